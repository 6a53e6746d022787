"""The cells of a sheet of a workbook, as openpyxl parses them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.functions import iterparse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from spnr_graph.tables.header import RawRow
    from spnr_graph.tables.sheets import Value

#: The first day that is none of the calendar, as Excel counts (10000-01-01).
_DAYS: Final = 2_958_466
#: A line break of Windows as Excel spells it in shared texts.
_RETURN: Final = re.compile("_x000D_\n?")


class SheetCells(WorkSheetParser):
    """openpyxl's own parser, which its public reader hides too much of.

    The reader fills every gap of a sheet, however wide, and gives None for a formula
    that was never computed as for an empty cell.

    Attributes:
        faults: row → (position, error value or ``""`` for a formula never computed)
            of the cells that were left out.
        merged: ranges of merged cells, once all the rows were read.
    """

    def __init__(self, stream: Any, texts: list[str], book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        """Parse the XML of a sheet."""
        super().__init__(
            stream,
            texts,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.faults: dict[int, list[tuple[int, str]]] = {}
        self.merged: list[str] = []

    def rows(self) -> Iterator[RawRow]:
        """Yield the number and the cells of each row that has any."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                if cells:
                    yield number, self._values(number, cells)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged = [each.get("ref", "") for each in element]

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Return what a cell holds; ``"e"`` and ``"f"`` are types of cells without."""
        if self._is_no_date(element):
            element.set("t", "e")
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "f"
        elif element.get("t") == "inlineStr" and cell["value"]:
            cell["value"] = unescape(cell["value"])
        return cell

    def _is_no_date(self, element: Element) -> bool:
        """Say whether a number of days is beyond the calendar."""
        if int(element.get("s", 0)) not in self.date_formats:
            return False
        days = element.findtext(VALUE_TAG) or "0"
        return element.get("t", "n") == "n" and not 0 <= float(days) < _DAYS

    def _values(self, number: int, cells: list[dict[str, Any]]) -> list[Value]:
        values: list[Value] = [None] * max(cell["column"] for cell in cells)
        for cell in cells:
            place = cell["column"] - 1
            kind, value = cell["data_type"], cell["value"]
            if isinstance(value, float) and not math.isfinite(value):
                kind = "e"
            if kind in {"e", "f"}:
                self.faults.setdefault(number, []).append((place, str(value or "")))
            else:
                values[place] = _plain(value)
        return values


def _plain(value: Any) -> Value:  # noqa: ANN401 - openpyxl's own
    """Return a value that tables know: a date without time, a time as text."""
    if isinstance(value, str):
        return _RETURN.sub("\n", value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    found: str | int | float | bool | date | None = value
    return found
