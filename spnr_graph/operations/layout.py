"""Rows of text → aligned columns, Markdown, CSV; a share → a bar."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from spnr_graph.render.cells import width

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: Width of the bar of a share, in characters.
BAR: Final = 20
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def aligned(
    rows: Sequence[Sequence[str]], *, right: Collection[int] = (), indent: str = ""
) -> list[str]:
    """Return rows as lines whose columns stand under each other.

    Args:
        rows: as many cells in each, the titles first.
        right: numbers of the columns that are aligned to the right.
        indent: what each line begins with.

    Example:
        >>> aligned([["a", "n"], ["bc", "12"]], right={1})
        ['a    n', 'bc  12']
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for number, (cell, room) in enumerate(zip(row, widths, strict=True)):
            space = " " * (room - width(cell))
            cells.append(space + cell if number in right else cell + space)
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def bar(have: int, of: int) -> str:
    """Return a share as a bar, full only when nothing lacks.

    Example:
        >>> bar(1, 2)
        '██████████          '
    """
    eighths = BAR * 8 * have // of if of else 0
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + _EIGHTHS[rest].strip()).ljust(BAR)


def percent(have: int, of: int, lang: str) -> str:
    """Return a share in percent, rounded down, so that 100 % means everything.

    Example:
        >>> percent(2, 3, "en"), percent(999, 1000, "en")
        ('66%', '99%')
    """
    value = 100 * have // of if of else 0
    return f"{value}\N{NO-BREAK SPACE}%" if lang == "fr" else f"{value}%"


def markdown(rows: Iterable[Sequence[object]]) -> list[str]:
    """Return rows as the lines of a Markdown table, the titles first."""
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    columns = lines[0].count(" | ") + 1
    return [lines[0], f"|{' --- |' * columns}", *lines[1:]]


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, the titles first; cells hold their text untouched."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\r\n").writerows(rows)
    return output.getvalue()
