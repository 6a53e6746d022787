"""How a workbook looks: colours, titles, cells that stay text, and how it is saved."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.archive import EPOCH, archive
from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

    #: What openpyxl says that a sheet holds; nothing is merged in ours.
    AnyCell = Cell | MergedCell

#: Colours of Okabe and Ito, as the drawings have them, darkened to carry white text.
REQUIRED: Final = "005A8C"
OPTIONAL: Final = "6B7280"
EXAMPLE: Final = "F1F5F9"
INK: Final = "1F2937"
FAINT: Final = "6B7280"
#: The longest text that a cell can hold, and the longest list of a validation.
LONGEST: Final = 32_767
ROWS: Final = 1_048_576
FONT: Final = "Calibri"

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Excel reads ``_x0041_`` as "A": the first underscore is spelt that way too.
_CODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: What a spreadsheet may take for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@")
#: Who writes the workbooks and the comments on their titles.
AUTHOR: Final = "spnr_graph"


def new_book() -> Workbook:
    """Return a workbook without sheets.

    Raises:
        DataError: openpyxl is missing.
    """
    try:
        from openpyxl import Workbook
    except ImportError as exc:
        raise DataError(
            fr="Les classeurs demandent openpyxl, qui n'est pas installé. "
            "L'installer : pip install 'spnr-graph[xlsx]'.",
            en="Workbooks need openpyxl, which is not installed. Install it: "
            "pip install 'spnr-graph[xlsx]'.",
        ) from exc
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def save(book: Workbook, output: BinaryIO, *, title: str) -> None:
    """Write a workbook; the same content gives the same bytes.

    ``Workbook.save`` would stamp the time of the day.
    """
    from openpyxl.writer.excel import ExcelWriter

    properties = book.properties
    properties.creator, properties.title = AUTHOR, title
    properties.created = properties.modified = datetime(*EPOCH)  # noqa: DTZ001
    with archive(output) as target:
        ExcelWriter(book, target).save()


def put(cell: AnyCell, value: Any) -> None:  # noqa: ANN401 - whatever a cell can hold
    """Give a cell a value; text stays text, even where it looks like a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = safe(value)
    cell.data_type = "s"
    if value.startswith(FORMULA):
        cell.quotePrefix = True


def safe(text: str) -> str:
    """Return a text as a cell can hold it."""
    return _CODED.sub("_x005F_", _NOT_XML.sub("", text.replace("\r\n", "\n")))


def fill(colour: str) -> PatternFill:
    """Return a plain background."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour, end_color=colour)


def head(cell: AnyCell, title: str, *, colour: str = OPTIONAL) -> None:
    """Write the title of a column."""
    from openpyxl.styles import Alignment, Font

    put(cell, title)
    cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = fill(colour)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def note(cell: AnyCell, text: str, *, author: str = AUTHOR) -> None:
    """Hang a comment on a cell, large enough for its text."""
    from openpyxl.comments import Comment

    comment = Comment(safe(text), author)
    lines = sum(1 + len(line) // 44 for line in text.splitlines())
    comment.width, comment.height = 320, 24 + 18 * lines
    cell.comment = comment


def page(sheet: Worksheet, *, landscape: bool) -> None:
    """Set a sheet up for A4 paper: its width on one page, titles on each."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    footer: Any = sheet.oddFooter
    footer.center.text = "&A, &P/&N"


def protect(sheet: Worksheet) -> None:
    """Lock the cells that are locked, without password; the rest works as usual."""
    guard = sheet.protection
    guard.sheet = True
    for allowed in (
        *("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"),
        *("sort", "autoFilter"),
    ):
        setattr(guard, allowed, False)  # False: this is not forbidden
