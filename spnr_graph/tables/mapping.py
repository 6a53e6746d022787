"""Checked rows as triples, by the slice, through a CONSTRUCT → N-Triples."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pyoxigraph as ox

from spnr_graph.tables.construct import GIVES, TABLE
from spnr_graph.tables.kinds import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spnr_graph.tables.construct import Construct
    from spnr_graph.tables.rows import CheckedRow

#: Rows that go through the CONSTRUCT at once.
SLICE: Final = 10_000
_GIVES: Final = re.compile(
    rf"^<{re.escape(TABLE)}r(\d+)> <{re.escape(GIVES)}> .*\n".encode(), re.MULTILINE
)
#: Where a row was: name of its sheet, number.
Origin = tuple[str, int]


class Mapped:
    """The triples that a mapping makes of rows.

    Attributes:
        triples: how many were written so far.
        silent: rows that gave none so far, in order, up to ``most``.
        silences: how many they are in all.
    """

    def __init__(self, construct: Construct, constants: Mapping[str, str]) -> None:
        """Prepare the query.

        Args:
            construct: the mapping.
            constants: local name → N-Triples term of what is said on ``table:this``.
        """
        self.triples = self.silences = 0
        self.silent: list[Origin] = []
        self.most = 10
        self._construct = construct
        self._predicates = {
            name: f" <{TABLE}{name}> " for name in sorted(construct.used)
        }
        self._constants = "".join(
            f"<{TABLE}this> <{TABLE}{name}> {term} .\n"
            for name, term in constants.items()
        )

    def write(
        self,
        rows: Iterable[tuple[str, CheckedRow]],
        output: BinaryIO,
        *,
        size: int | None = SLICE,
    ) -> None:
        """Write what the mapping makes of rows.

        Args:
            rows: name of the sheet and row.
            output: receives N-Triples.
            size: rows in a slice; None for all at once, which takes memory.
        """
        source = iter(rows)
        while batch := list(islice(source, size)):
            block, gave = self._answer(self._lines(batch))
            output.write(block)
            self.triples += block.count(b"\n")
            if len(gave) < len(batch):
                silent = (o for n, o in enumerate(_origins(batch)) if n not in gave)
                self.silent += islice(silent, self.most - len(self.silent))
                self.silences += len(batch) - len(gave)

    def _lines(self, batch: list[tuple[str, CheckedRow]]) -> str:
        """Return rows as N-Triples: only what the mapping reads."""
        known = self._predicates
        number, sheet = known.get("row"), known.get("sheet")
        lines = [self._constants]
        for place, (title, row) in enumerate(batch):
            subject = f"<{TABLE}r{place}>"
            if number:
                lines.append(
                    f"{subject}{number}{terms.typed(str(row.number), 'integer')} .\n"
                )
            if sheet:
                lines.append(f"{subject}{sheet}{terms.text(title)} .\n")
            lines += [
                f"{subject}{known[name]}{term} .\n"
                for name, term in row.terms
                if name in known
            ]
        return "".join(lines)

    def _answer(self, lines: str) -> tuple[bytes, set[int]]:
        """Return what the CONSTRUCT makes, and the places of the rows that gave it."""
        store = ox.Store()
        # Kinds have checked every term: no need to do so twice.
        store.bulk_load(lines.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
        answer = cast("ox.QueryTriples", store.query(self._construct.text))
        block = answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return _GIVES.sub(b"", block), set(map(int, _GIVES.findall(block)))


def _origins(batch: list[tuple[str, CheckedRow]]) -> Iterator[Origin]:
    return ((title, row.number) for title, row in batch)
