"""Raw rows → a sheet: where the titles are, what each column is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.tables.sheets import Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.tables.sheets import Remarks, SheetRow, TableLimits

#: A row before its table is known: its number and its cells.
RawRow = tuple[int, Sequence[Value]]

#: Rows looked at to tell the titles from what precedes them.
_SAMPLE: Final = 100
#: Share of the cells of a typical row that the row of titles fills at least.
_FILLED: Final = 0.6
#: Characters of a line before the titles that a remark shows.
_SHOWN: Final = 60
#: Characters without width: marks, and places where a line may break.
_INVISIBLE: Final = re.compile("[\ufeff\u200b\u2060]")


def titled(rows: Iterator[RawRow], remarks: Remarks, limits: TableLimits) -> Sheet:
    """Return the sheet that raw rows make.

    Args:
        rows: the rows of the table and what precedes it, at least one, none empty.
        remarks: takes what is noticed.
        limits: how many columns there may be.

    Raises:
        DataError: there are too many columns.
    """
    sample = list(islice(rows, _SAMPLE))
    place = _place(sample)
    _tell_before(sample[:place], remarks)
    number, cells = sample[place]
    below = sample[place + 1 :]
    width = max((_width(cells) for _, cells in sample[place:]), default=0)
    width = min(width, len(cells))
    columns = titles([*cells[:width]], remarks, limits, row=number)
    return Sheet(
        name=remarks.sheet,
        columns=columns,
        header_row=number,
        rows=_below(chain(below, rows), len(columns), remarks),
        remarks=remarks.found,
    )


def titles(
    cells: Sequence[Value], remarks: Remarks, limits: TableLimits, *, row: int
) -> tuple[str, ...]:
    """Return the titles that cells give, each once.

    Raises:
        DataError: there are too many of them.
    """
    if len(cells) > limits.columns:
        raise _too_many(remarks.label, len(cells), limits.columns)
    said = [_title(cell) for cell in cells]
    taken = {title for title in said if title}
    seen: Counter[str] = Counter()
    found = []
    for place, title in enumerate(said):
        if not title:
            name = _free(f"colonne {letters(place)}", taken, seen)
            _tell_missing(name, letters(place), remarks, row)
        elif title in seen:
            name = _free(title, taken, seen)
            _tell_repeated(title, name, remarks, row)
        else:
            name = title
            seen[title] = 1
        taken.add(name)
        found.append(name)
    return tuple(found)


def letters(place: int) -> str:
    """Return the letters of a column as a spreadsheet shows them.

    Example:
        >>> letters(0), letters(25), letters(26)
        ('A', 'Z', 'AA')
    """
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def check_lengths(cells: Sequence[Value], label: str, row: int, limit: int) -> None:
    """Refuse a row that holds a text too long for a cell.

    Raises:
        DataError: it does.
    """
    if any(isinstance(cell, str) and len(cell) > limit for cell in cells):
        raise too_long(label, row, limit)


def too_long(label: str, row: int, limit: int) -> DataError:
    """Return the error of a row, or of a cell in it, that does not end."""
    grouped = f"{limit:,}"
    spaced = grouped.replace(",", "\N{NO-BREAK SPACE}")
    return DataError(
        fr=f"{label}, ligne {row} : une cellule ou une ligne dépasse {spaced} "
        "caractères. Vérifier qu'un guillemet n'y est pas resté ouvert.",
        en=f"{label}, line {row}: a cell or a line is longer than {grouped} "
        "characters. Check that no quotation mark was left open there.",
    )


def is_blank(value: Value) -> bool:
    """Say whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def _width(cells: Sequence[Value]) -> int:
    """Return how many cells there are up to the last one that holds something."""
    width = len(cells)
    while width and is_blank(cells[width - 1]):
        width -= 1
    return width


def _place(sample: list[RawRow]) -> int:
    """Return which row holds the titles: the first that is about as full as others."""
    counts = [sum(not is_blank(cell) for cell in cells) for _, cells in sample]
    several = sorted(count for count in counts if count > 1)
    if not several:
        return 0
    typical = several[len(several) * 3 // 4]
    return next(
        place for place, count in enumerate(counts) if count >= _FILLED * typical
    )


def _title(value: Value) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    text = "" if value is None else text
    return " ".join(_INVISIBLE.sub("", text).split())


def _free(title: str, taken: set[str], last: Counter[str]) -> str:
    """Return a title that no other column has, numbered after the last one."""
    name = title
    while name in taken:
        last[title] += 1
        name = f"{title} ({max(last[title], 2)})"
    return name


def _below(rows: Iterable[RawRow], width: int, remarks: Remarks) -> Iterator[SheetRow]:
    for number, cells in rows:
        if len(cells) > width:
            cells = cells[: max(width, _width(cells))]
        yield number, tuple(cells)
    remarks.close()


def _tell_before(sample: list[RawRow], remarks: Remarks) -> None:
    for number, cells in sample:
        text = " ".join(_title(cell) for cell in cells if not is_blank(cell))
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        remarks.tell(
            "before-header",
            row=number,
            fr=f"Ligne sautée, avant les titres : « {shown} ».",
            en=f"Line skipped, before the titles: '{shown}'.",
        )


def _tell_missing(name: str, where: str, remarks: Remarks, row: int) -> None:
    remarks.tell(
        "title-missing",
        severity=Severity.WARNING,
        row=row,
        column=name,
        fr=f"La colonne {where} n'a pas de titre. Lui en donner un.",
        en=f"Column {where} has no title. Give it one.",
    )


def _tell_repeated(title: str, name: str, remarks: Remarks, row: int) -> None:
    remarks.tell(
        "title-repeated",
        severity=Severity.WARNING,
        row=row,
        column=name,
        fr=f"Le titre « {title} » est donné à plusieurs colonnes ; celle-ci est lue "
        f"comme « {name} ». Donner à chaque colonne son titre.",
        en=f"The title '{title}' is given to several columns; this one is read as "
        f"'{name}'. Give each column its own title.",
    )


def _too_many(label: str, count: int, limit: int) -> DataError:
    return DataError(
        fr=f"{label} : {count} colonnes, et la limite est de {limit}. Vérifier le "
        "séparateur, ou découper le tableau.",
        en=f"{label}: {count} columns, and the limit is {limit}. Check the separator, "
        "or split the table.",
    )
