"""The difference between what a named graph holds and what it is to hold.

An engine may keep ``"01"^^xsd:integer`` as ``"1"``, so two sets of lines can only be
compared once both went through it; that is done here in slices, so that memory is
bounded by the lines themselves and never by a second copy of the graph in an engine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from spnr_graph.errors import StoreError

#: Lines that one passing engine holds at a time: about 40 MB.
_SLICE: Final = 100_000
#: Triples that one step of a stream holds.
_STEP: Final = 10_000
_BLANK_NODE: Final = re.compile(rb"\s*(?:<[^>]*>\s*<[^>]*>\s*)?_:")
_NTRIPLES: Final = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Lines to add, lines to remove, and how many there will be."""

    added: frozenset[bytes]
    removed: frozenset[bytes]
    total: int


def difference(old: Iterable[bytes], new: Iterable[bytes]) -> Difference:
    """Compare two sets of N-Triples lines, both in the engine's normal form."""
    absent = set(old)
    before = len(absent)
    kept: set[bytes] = set()
    added: set[bytes] = set()
    for line in new:
        if line in absent:
            absent.discard(line)
            kept.add(line)
        elif line not in kept:
            added.add(line)
    return Difference(
        added=frozenset(added),
        removed=frozenset(absent),
        total=before - len(absent) + len(added),
    )


def normal(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield N-Triples lines as the engine itself would write them back.

    Raises:
        StoreError: a line is not N-Triples; its number is said.
    """
    source = iter(lines)
    first = 1
    while part := list(islice(source, _SLICE)):
        engine = ox.Store()
        try:
            engine.load(b"".join(part), _NTRIPLES)
        except SyntaxError as exc:
            raise malformed(exc, first + (exc.lineno or 1) - 1) from exc
        text = engine.dump(format=_NTRIPLES, from_graph=ox.DefaultGraph())
        yield from split_lines([text or b""])
        first += len(part)


def checked(lines: Iterable[bytes], first: int = 1) -> Iterator[bytes]:
    """Yield the lines as they are, refusing a blank node.

    Args:
        lines: N-Triples.
        first: number of the first line, for the message.

    Raises:
        StoreError: a blank node, which would be another one at each replacement.
    """
    for number, line in enumerate(lines, start=first):
        if b"_:" in line and _BLANK_NODE.match(line):
            raise StoreError(
                fr=f"N-Triples à ranger, ligne {number} : un nœud anonyme "
                f"({line.strip().decode(errors='replace'):.120}). "
                "Donnez-lui un IRI avant de ranger le graphe.",
                en=f"N-Triples to store, line {number}: a blank node "
                f"({line.strip().decode(errors='replace'):.120}). "
                "Give it an IRI before storing the graph.",
            )
        yield line


def serialised(source: Iterable[ox.Triple]) -> Iterator[bytes]:
    """Yield N-Triples by slices of whole lines."""
    rest = iter(source)
    while part := list(islice(rest, _STEP)):
        yield ox.serialize(part, format=ox.RdfFormat.N_TRIPLES) or b""


def split_lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield lines that end with ``\n``: U+0085 or U+2028 may be in a text."""
    for part in parts:
        yield from (line + b"\n" for line in part.split(b"\n") if line)


class LineReader:
    """A binary stream made of lines, for engines that call ``read``."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Take lines or blocks of them; they are consumed as they are read."""
        self._lines = iter(lines)
        self._now = io.BytesIO()

    def read(self, size: int = -1) -> bytes:
        """Return ``size`` bytes, or all that is left."""
        if size < 0:
            return self._now.read() + b"".join(self._lines)
        parts: list[bytes] = []
        while size > 0:
            part = self._now.read(size)
            if part:
                parts.append(part)
                size -= len(part)
            elif (block := next(self._lines, None)) is None:
                break
            else:
                self._now = io.BytesIO(block)
        return b"".join(parts)


def malformed(exc: SyntaxError, line: int) -> StoreError:
    """Return the error for N-Triples that do not parse.

    Args:
        exc: what the parser said.
        line: number of the faulty line in the whole input.
    """
    what = exc.msg.partition(": ")[2] or exc.msg
    return StoreError(
        fr=f"N-Triples à ranger, ligne {line}, colonne {exc.offset or 1} : "
        f"{what} (message du moteur). Rien n'a été changé ; corrigez la source.",
        en=f"N-Triples to store, line {line}, column {exc.offset or 1}: {what}. "
        "Nothing was changed; correct the source.",
    )
