"""Rows as text in columns: a table for a terminal, a table in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, BinaryIO, Final

from rdflib.term import URIRef

from spnr_graph.namespaces import shorten
from spnr_graph.render.cells import Look, cut, is_number, text, width
from spnr_graph.render.numbers import counted
from spnr_graph.render.numbers import number as grouped
from spnr_graph.table import LABEL_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Identifier

    from spnr_graph.table import Row, Solutions, Table

_GAP: Final = "  "
_RULE: Final = "─"
#: A text column narrower than this is not read any more: rows become records.
_NARROWEST: Final = 18
#: A whole number of as many digits is no year, and is read by groups of three.
_LONG: Final = 6
_WHOLE: Final = re.compile(r"([+-]?)([0-9]*)", re.ASCII)
_ROWS: Final = ("ligne", "lignes", "row", "rows")
_NOTHING: Final = {"fr": "Aucune ligne.", "en": "No row."}
_RECORD: Final = {"fr": "Ligne", "en": "Row"}
_MARKDOWN: Final = re.compile(r"[\\|`*\[\]<>~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column to draw; a cell is one text, or a label above its IRI."""

    title: str
    cells: list[list[str]]
    numeric: bool = False

    @property
    def natural(self) -> int:
        """The width at which nothing is folded."""
        widest = max(width(part) for cell in self.cells for part in cell)
        return max(width(self.title), widest)


def table(rows: Solutions | Table, output: BinaryIO, look: Look) -> None:
    """Write aligned columns that fit the terminal.

    Where they would not fit, labels go above their IRIs; then long cells are folded;
    and where columns would be too narrow to read, each row becomes a record.
    """
    held = tuple(rows)
    if not held:
        output.write((_NOTHING[look.lang] + "\n").encode())
        return
    drawn = _drawn(held, rows.columns, look)
    widths = _fit(drawn, look.width)
    if widths != [column.natural for column in drawn]:
        drawn = _stacked(drawn, rows.columns, look)
        widths = _fit(drawn, look.width)
    lines = _records(drawn, look) if widths is None else _lines(drawn, widths)
    for line in lines:
        output.write((line.rstrip() + "\n").encode())
    output.write(f"\n{counted(len(held), _ROWS, look.lang)}\n".encode())


def _drawn(
    rows: tuple[Row, ...], columns: tuple[str, ...], look: Look
) -> list[_Column]:
    """Return the columns with their terms as text, points of numbers in line."""
    drawn = []
    for place, name in enumerate(columns):
        texts = [text(row[place], look.lang) for row in rows]
        numeric = _numeric(rows, place)
        if numeric:
            texts = _aligned(_grouped(texts, look.lang))
        cells = [[shown] for shown in texts]
        title = look.title(name, columns)
        drawn.append(_Column(title=title, cells=cells, numeric=numeric))
    return drawn


def _numeric(rows: tuple[Row, ...], place: int) -> bool:
    """Tell whether a column holds numbers and nothing else."""
    bound: list[Identifier] = [t for row in rows if (t := row[place]) is not None]
    return bool(bound) and all(map(is_number, bound))


def _grouped(numbers: list[str], lang: str) -> list[str]:
    """Group the digits of a column where one number is too long to be read at once."""
    found = [_WHOLE.match(number) for number in numbers]
    if not any(m and len(m[2]) >= _LONG for m in found):
        return numbers
    return [
        m[1] + grouped(int(m[2]), lang) + text[m.end() :] if m and m[2] else text
        for m, text in zip(found, numbers, strict=True)
    ]


def _aligned(numbers: list[str]) -> list[str]:
    """Pad numbers on the right so that their decimal points stand in line."""
    tails = [len(number) - (number + ".").index(".") for number in numbers]
    longest = max(tails)
    return [
        number and number + " " * (longest - tail)
        for number, tail in zip(numbers, tails, strict=True)
    ]


def _stacked(
    drawn: list[_Column], columns: tuple[str, ...], look: Look
) -> list[_Column]:
    """Put the labels of a column above its IRIs, so that two columns become one."""
    stacked: list[_Column] = []
    for place, (name, column) in enumerate(zip(columns, drawn, strict=True)):
        before = columns[place - 1] if place else ""
        if before and name == before + LABEL_SUFFIX:
            iris = stacked.pop()
            cells = [
                [label[0], iri[0]] if label[0] not in {"", iri[0]} else iri
                for label, iri in zip(column.cells, iris.cells, strict=True)
            ]
            stacked.append(_Column(title=look.titles.get(before, before), cells=cells))
        else:
            stacked.append(column)
    return stacked


def _fit(drawn: list[_Column], room: int) -> list[int] | None:
    """Return the widths of the columns, the widest cut down first; None: no room.

    Numbers are never folded, nor is a column narrower than the common limit.
    """
    natural = [column.natural for column in drawn]
    left = room - len(_GAP) * (len(natural) - 1)
    if room <= 0 or sum(natural) <= left:
        return natural
    spare = left - sum(column.natural for column in drawn if column.numeric)
    texts = sorted(column.natural for column in drawn if not column.numeric)
    limit = 0
    for place, wide in enumerate(texts):
        limit = spare // (len(texts) - place)
        if wide > limit:
            break
        spare -= wide
    if limit < _NARROWEST:
        return None
    return [
        column.natural if column.numeric else min(column.natural, limit)
        for column in drawn
    ]


def _lines(drawn: list[_Column], widths: list[int]) -> Iterator[str]:
    yield from _line([[column.title] for column in drawn], drawn, widths)
    yield _GAP.join(_RULE * wide for wide in widths)
    cells = zip(*(column.cells for column in drawn), strict=True)
    rows = [list(_line(row, drawn, widths)) for row in cells]
    # Air between rows, but not for the sake of a few long ones.
    airy = 2 * sum(len(row) > 1 for row in rows) >= len(rows)
    for place, row in enumerate(rows):
        if airy and place:
            yield ""
        yield from row


def _line(
    row: Iterable[list[str]], drawn: list[_Column], widths: list[int]
) -> Iterator[str]:
    """Yield the lines of one row: long cells go on below themselves."""
    folded = [
        [line for part in cell for line in _fold(part, wide)]
        for cell, wide in zip(row, widths, strict=True)
    ]
    for lines in zip_longest(*folded, fillvalue=""):
        yield _GAP.join(
            _pad(line, wide, right=column.numeric)
            for line, wide, column in zip(lines, widths, drawn, strict=True)
        )


def _fold(cell: str, wide: int) -> Iterator[str]:
    first, rest = (cell, "") if width(cell) <= wide else cut(cell, wide)
    yield first
    while rest:
        # The step shows that the line goes on, not that a cell begins.
        first, rest = cut(rest, wide - 2)
        yield "  " + first


def _pad(cell: str, wide: int, *, right: bool) -> str:
    space = " " * (wide - width(cell))
    return space + cell if right else cell + space


def _records(drawn: list[_Column], look: Look) -> Iterator[str]:
    """Yield each row as a list of its bound columns, folded in the room there is."""
    margin = min(max(width(column.title) for column in drawn), look.width // 2)
    room = max(look.width - margin - len(_GAP), _NARROWEST)
    for place in range(len(drawn[0].cells)):
        if place:
            yield ""
        head = f"{_RULE * 2} {_RECORD[look.lang]} {place + 1} "
        yield head + _RULE * max(look.width - len(head), 0)
        for column in drawn:
            parts = [part.strip() for part in column.cells[place] if part]
            lines = [line for part in parts for line in _fold(part, room)]
            names = _fold(column.title, margin) if lines else ()
            for name, line in zip_longest(names, lines, fillvalue=""):
                yield _pad(name, margin, right=False) + _GAP + line


def markdown(rows: Solutions | Table, output: BinaryIO, look: Look) -> None:
    """Write a Markdown table (GitHub's), its text free of accidental mark-up."""
    held = tuple(rows)
    titles = [_escaped(look.title(name, rows.columns)) for name in rows.columns]
    rules = ["--:" if _numeric(held, i) else "---" for i in range(len(titles))]
    lines = [titles, rules]
    lines += [[_marked(term, look.lang) for term in row] for row in held]
    output.writelines(f"| {' | '.join(line)} |\n".encode() for line in lines)
    if not held:
        output.write(f"\n*{_NOTHING[look.lang]}*\n".encode())


def _marked(term: Identifier | None, lang: str) -> str:
    shown = text(term, lang)
    if isinstance(term, URIRef) and shown == shorten(str(term)) == str(term):
        return f"<{shown.replace('|', '%7C')}>"
    return _escaped(shown)


def _escaped(shown: str) -> str:
    return _MARKDOWN.sub(lambda m: "\\" + m.group(), shown)
