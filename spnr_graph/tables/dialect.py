"""How a table in text is written: what separates cells, what quotes them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The first wins when two explain a text as well: a comma stands in numbers and texts.
_SEPARATORS: Final = ";\t|,"
_QUOTES: Final = ('"', "'")
#: Rows, and characters, looked at.
_ROWS: Final = 200
_SAMPLE: Final = 1 << 18
#: What Excel writes, and reads, before the titles.
_DECLARED: Final = re.compile("\ufeff?sep=(.)\r?\n")
#: Lines before the titles, or quotes by apostrophes, must be much the better reading.
_LATE: Final = 0.8
_APOSTROPHES: Final = 0.9
#: A separator for tables of one column: no text holds it.
_NONE: Final = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a table in text is written.

    Attributes:
        separator: what stands between two cells.
        quote: what stands around a cell that holds a separator.
        spaced: a space follows each separator, before the quote.
        declared: the first line only says what the separator is.
    """

    separator: str
    quote: str = '"'
    spaced: bool = False
    declared: bool = False


def dialect(text: str, *, whole: bool) -> Dialect:
    r"""Return the dialect that makes the most regular table of a text.

    Args:
        text: the beginning of the table, or all of it.
        whole: whether it is all.

    Example:
        >>> dialect("nom;part\nDole;1,5\nGray;2,5\n", whole=True).separator
        ';'
    """
    declared = _DECLARED.match(text)
    begin = declared.end() if declared else 0
    sample = text[begin : begin + _SAMPLE]
    whole = whole and begin + _SAMPLE >= len(text)
    if declared:
        best, separators = _dialect(sample, declared.group(1), '"'), declared.group(1)
    else:
        best, separators = Dialect(separator=_NONE), _SEPARATORS
    most = 0.0
    for separator in separators:
        for quote in _QUOTES:
            tried = _dialect(sample, separator, quote)
            score = _regularity(sample, tried, whole=whole)
            if score > most:
                best, most = tried, score
    return replace(best, declared=bool(declared))


def _dialect(sample: str, separator: str, quote: str) -> Dialect:
    spaced = f"{separator} {quote}" in sample and f"{separator}{quote}" not in sample
    return Dialect(separator=separator, quote=quote, spaced=spaced)


def _regularity(sample: str, tried: Dialect, *, whole: bool) -> float:
    """Return how much the rows look like those of one table, from 0 to 1."""
    rows = _rows(sample, tried, whole=whole)
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width = max(widths, key=lambda each: (widths[each], each))
    if width == 1:
        return 0.0
    first = next(place for place, row in enumerate(rows) if len(row) == width)
    cells = [cell.strip() for row in rows for cell in row]
    quoted = sum(_is_quoted(cell) for cell in cells) / len(cells)
    score = widths[width] / (len(rows) - first) * (1 - quoted)
    score *= _LATE if first else 1.0
    return score * (_APOSTROPHES if tried.quote == "'" else 1.0)


def _rows(sample: str, tried: Dialect, *, whole: bool) -> list[list[str]]:
    lines: Iterable[str] = io.StringIO(sample, newline="")
    reader = csv.reader(
        lines,
        delimiter=tried.separator,
        quotechar=tried.quote,
        skipinitialspace=tried.spaced,
    )
    try:
        rows = list(islice(reader, _ROWS + 1))
    except csv.Error:
        return []
    if not whole and len(rows) <= _ROWS:
        rows = rows[:-1]
    return [row for row in rows[:_ROWS] if any(map(str.strip, row))]


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] and cell[0] in _QUOTES
