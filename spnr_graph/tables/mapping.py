"""Checked rows as triples, by the slice, through a CONSTRUCT → N-Triples."""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pyoxigraph as ox

from spnr_graph.tables.construct import GIVES, TABLE
from spnr_graph.tables.kinds import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.tables.construct import Construct
    from spnr_graph.tables.rows import CheckedRow

#: Rows that go through the CONSTRUCT at once.
SLICE: Final = 10_000
_ROW: Final = f"<{TABLE}r".encode()
_GIVES: Final = re.compile(
    rf"<{re.escape(TABLE)}r(\d+)> <{re.escape(GIVES)}> ".encode()
)
#: Rows without a triple that are named.
_MOST: Final = 10
#: Where a row was: name of its sheet, number.
Origin = tuple[str, int]
#: N-Triples, and the places in the slice of the rows that gave them.
_Answer = tuple[bytes, set[int]]


class Mapped:
    """The triples that a mapping makes of rows.

    Attributes:
        triples: how many were written so far.
        silent: rows that gave none so far, in order, the first ones.
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
        # Oxigraph works beside Python: the next slice is checked meanwhile.
        with ThreadPoolExecutor(max_workers=1) as worker:
            pending: Future[_Answer] | None = None
            origins: list[Origin] = []
            while batch := list(islice(source, size)):
                lines = self._lines(batch)
                if pending:
                    self._take(pending.result(), origins, output)
                origins = [(title, row.number) for title, row in batch]
                pending = worker.submit(self._answer, lines)
            if pending:
                self._take(pending.result(), origins, output)

    def _take(self, answer: _Answer, origins: list[Origin], output: BinaryIO) -> None:
        """Write what a slice gave, and remember the rows that gave nothing."""
        block, gave = answer
        output.write(block)
        self.triples += block.count(b"\n")
        if len(gave) < len(origins):
            silent = (o for place, o in enumerate(origins) if place not in gave)
            self.silent += islice(silent, _MOST - len(self.silent))
            self.silences += len(origins) - len(gave)

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

    def _answer(self, lines: str) -> _Answer:
        """Return what the CONSTRUCT makes, and the places of the rows that gave it."""
        store = ox.Store()
        # Kinds have checked every term: no need to do so twice.
        store.bulk_load(lines.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
        answer = cast("ox.QueryTriples", store.query(self._construct.text))
        block = answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        kept: list[bytes] = []
        gave: set[int] = set()
        for line in block.split(b"\n"):
            # A look at the first bytes spares most lines the expression.
            if line.startswith(_ROW) and (found := _GIVES.match(line)):
                gave.add(int(found[1]))
            else:
                kept.append(line)
        return b"\n".join(kept), gave
