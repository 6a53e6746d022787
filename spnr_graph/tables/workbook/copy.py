"""A copy, as a workbook, of the table that a partner sent."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from spnr_graph.tables.open import open_sheets
from spnr_graph.tables.workbook import dress
from spnr_graph.tables.workbook.cells import BAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from spnr_graph.tables.sheets import Sheet, TableLimits, Value

    #: A file, or what returns a new binary stream at its beginning.
    Opener = Path | Callable[[], BinaryIO]

#: A workbook that weighs more is rebuilt from its values: its styles take too long.
_HEAVY: Final = 8_000_000
#: Rows of a sheet that are copied; beyond, only those where something is wrong.
COPIED: Final = 50_000
_WIDEST: Final = 60
_SAMPLE: Final = 200
_DIGITS: Final = 10**15
_TITLE: Final = 31
_LONE: Final = {"fr": "table", "en": "table"}


@dataclass(frozen=True, kw_only=True)
class Copied:
    """Where a sheet of what was sent stands in the copy.

    Attributes:
        sheet: the sheet of the copy.
        columns: title → column, from 1.
        header: row of the titles.
        rows: number of a row as it was sent → row of the copy; None where each row
            stands at its own number.
        left: rows that were not copied.
    """

    sheet: Worksheet
    columns: Mapping[str, int]
    header: int
    rows: Mapping[int, int] | None = field(default=None)
    left: int = 0

    def row(self, number: int) -> int:
        """Return where a row is; that of the titles for the table as a whole."""
        if self.rows is None:
            return number or self.header
        return self.rows.get(number, self.header)


def copied(
    source: Opener,
    *,
    label: str,
    wrong: Mapping[str, set[int]],
    lang: str,
    name: str = "",
    path_in_json: str = "",
    limits: TableLimits | None = None,
) -> tuple[Workbook, dict[str, Copied]]:
    """Return a copy of a table as a workbook, and where each of its sheets stands.

    A workbook keeps its sheets, its widths, its lists; formulas are replaced by the
    values that they had. Anything else becomes a workbook with the same rows.

    Args:
        source: what was sent.
        label: what messages call it.
        wrong: sheet → rows that must be there, however long it is.
        lang: language of the names that are made up.
        name: its file name, when ``source`` is no path.
        path_in_json: key of the array in a JSON document.
        limits: how much it may cost.

    Raises:
        DataError: it cannot be read, or openpyxl is missing.
    """
    book = dress.new_book()
    found: dict[str, Copied] = {}
    opened = open_sheets(
        source, label=label, limits=limits, name=name, path_in_json=path_in_json
    )
    with opened as sheets:
        # Its dangers are looked for here, before openpyxl sees the whole.
        as_it_was = _workbook(source, sheets_of := list(sheets))
        if as_it_was is not None:
            book = as_it_was
            found = {each.name: _place(book[each.name], each) for each in sheets_of}
        else:
            for each in sheets_of:
                kept = wrong.get(each.name, set())
                found[each.name] = _rebuilt(book, each, kept, lang)
    return book, found


def _workbook(source: Opener, sheets: list[Sheet]) -> Workbook | None:
    """Return the workbook that was sent, formulas replaced; None when it is none."""
    from openpyxl import load_workbook

    with source.open("rb") if isinstance(source, Path) else source() as stream:
        if not zipfile.is_zipfile(stream):
            return None
        with zipfile.ZipFile(stream) as packed:
            weight = sum(member.file_size for member in packed.infolist())
            if "xl/workbook.xml" not in packed.namelist() or weight > _HEAVY:
                return None
        stream.seek(0)
        book = load_workbook(stream, data_only=True, keep_links=False)
    if any(sheet.name not in book.sheetnames for sheet in sheets):
        return None
    for each in book.worksheets:
        for cells in each.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and cell.value.startswith(dress.FORMULA):
                    dress.put(cast("Any", cell), cell.value)
    book.properties.lastModifiedBy = None
    return book


def _place(copy: Worksheet, sheet: Sheet) -> Copied:
    columns = {title: place for place, title in enumerate(sheet.columns, 1)}
    return Copied(sheet=copy, columns=columns, header=sheet.header_row)


def _rebuilt(book: Workbook, sheet: Sheet, wrong: set[int], lang: str) -> Copied:
    """Write the rows of a sheet below its titles."""
    from openpyxl.utils import get_column_letter

    copy = book.create_sheet(_free(book, sheet.name or _LONE[lang]))
    widths = [len(title) for title in sheet.columns]
    for place, title in enumerate(sheet.columns, 1):
        dress.head(copy.cell(1, place), title)
    rows: dict[int, int] = {}
    left = 0
    for number, cells in sheet.rows:
        if len(rows) >= COPIED and number not in wrong:
            left += 1
            continue
        row = rows[number] = len(rows) + 2
        for place, value in enumerate(map(_plain, cells), 1):
            if value is not None:
                dress.put(cast("Any", copy.cell(row, place)), value)
            if row <= _SAMPLE and place <= len(widths):
                widths[place - 1] = max(widths[place - 1], len(str(value or "")))
    for place, width in enumerate(widths, 1):
        letter = get_column_letter(place)
        copy.column_dimensions[letter].width = min(width, _WIDEST) + 3
    copy.freeze_panes = "A2"
    columns = {title: place for place, title in enumerate(sheet.columns, 1)}
    return Copied(sheet=copy, columns=columns, header=1, rows=rows, left=left)


def _free(book: Workbook, name: str) -> str:
    """Return a name that a sheet can have and that no other sheet has."""
    plain = "".join("-" if sign in r"[]:*?/\'" else sign for sign in name)
    short, count = plain[:_TITLE], 2
    while short.lower() in {each.lower() for each in book.sheetnames}:
        end = f" ({count})"
        short, count = plain[: _TITLE - len(end)] + end, count + 1
    return short


def _plain(value: Value) -> object:
    """Return a value as a cell can hold it."""
    if value is None or isinstance(value, bool | float | date | datetime):
        return value
    if isinstance(value, int | Decimal):
        return value if -_DIGITS < value < _DIGITS else str(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = BAR.join(cast("list[str]", value))
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    text = str(value)
    fits = len(text) <= dress.LONGEST
    return text if fits else f"{text[: dress.LONGEST - 1]}…"
