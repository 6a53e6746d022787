"""Rows as an Excel workbook: typed cells, no formula, same rows, same bytes."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from rdflib.term import BNode, Literal

from spnr_graph.archive import EPOCH, archive
from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render.cells import BOOLEAN, Look, is_number, json_number, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from rdflib.term import Identifier

    from spnr_graph.table import Row, Solutions, Table

#: Limits of the file format.
_ROWS: Final = 1_048_576
_TEXT: Final = 32_767
#: A number with more digits would lose the last ones.
_DIGITS: Final = 15
#: Excel has a day too many in 1900: before March its dates are others'.
_FIRST_DAY: Final = date(1900, 3, 1)
#: Rows looked at before the widths of the columns are written.
_SAMPLE: Final = 500
_WIDEST: Final = 60
_SHEET: Final = {"fr": "Résultats", "en": "Results"}
_XSD: Final = PREFIXES["xsd"]
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z?",
    re.ASCII,
)
_YEAR: Final = re.compile(r"[0-9]{4}", re.ASCII)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Excel reads ``_x0041_`` as "A": the first underscore is spelt that way too.
_CODED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA: Final = ("=", "+", "-", "@")


def write(rows: Solutions | Table, output: BinaryIO, look: Look) -> None:
    """Write a workbook of one sheet: bold titles, frozen, with a filter.

    Raises:
        DataError: openpyxl is missing, or more rows or text than a sheet can hold.
    """
    try:
        from openpyxl import Workbook
    except ImportError as exc:
        raise DataError(
            fr="Le format xlsx demande openpyxl, qui n'est pas installé. L'installer : "
            "pip install 'spnr-graph[xlsx]'.",
            en="The xlsx format needs openpyxl, which is not installed. Install it: "
            "pip install 'spnr-graph[xlsx]'.",
        ) from exc
    book = Workbook(write_only=True)
    _fill(book, rows, look)
    _save(book, output)


def _fill(book: Workbook, rows: Solutions | Table, look: Look) -> None:
    from openpyxl.utils import get_column_letter

    titles = [look.title(name, rows.columns) for name in rows.columns]
    source = iter(rows)
    sample = list(islice(source, _SAMPLE))
    # Closed on failure too: its temporary file must not outlive this call half open.
    with closing(book.create_sheet(_SHEET[look.lang])) as opened:
        sheet: Any = opened
        for place, wide in enumerate(_widths(titles, sample), 1):
            sheet.column_dimensions[get_column_letter(place)].width = wide
        sheet.freeze_panes = "A2"
        sheet.append(_head(sheet, titles))
        count = 1
        for row in chain(sample, source):
            count += 1
            if count > _ROWS:
                raise _too_many()
            sheet.append([_cell(sheet, term) for term in row])
        if titles:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{count}"


def _widths(titles: list[str], sample: list[Row]) -> Iterator[int]:
    for place, title in enumerate(titles):
        longest = max((width(str(row[place] or "")) for row in sample), default=0)
        yield min(max(longest, width(title) + 3), _WIDEST) + 2


def _head(sheet: Any, titles: list[str]) -> list[Any]:  # noqa: ANN401 - openpyxl's own
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    bold = Font(name="Calibri", size=11, bold=True)
    cells = [WriteOnlyCell(sheet, title) for title in titles]
    for cell in cells:
        cell.data_type, cell.font = "s", bold
    return cells


def _cell(sheet: Any, term: Identifier | None) -> Any:  # noqa: ANN401 - openpyxl's own
    """Return a typed cell; text that looks like a formula stays text when edited."""
    from openpyxl.cell import WriteOnlyCell

    if term is None:
        return None
    value = _typed(term)
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm:ss"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    shown = _CODED.sub("_x005F_", _NOT_XML.sub("", value.replace("\r\n", "\n")))
    if len(shown) > _TEXT:
        raise _too_long(shown)
    cell = WriteOnlyCell(sheet, shown)
    cell.data_type = "s"
    if shown.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _typed(term: Identifier) -> str | int | Decimal | bool | date | datetime:
    """Return the value of a term that a sheet can hold exactly, else its text."""
    lexical = str(term)
    if not isinstance(term, Literal):
        return f"_:{lexical}" if isinstance(term, BNode) else lexical
    datatype = str(term.datatype)
    if is_number(term):
        return _number(lexical)
    if datatype == BOOLEAN and lexical in {"true", "false"}:
        return lexical == "true"
    if datatype == _XSD + "gYear" and _YEAR.fullmatch(lexical):
        return int(lexical)
    if datatype in {_XSD + "date", _XSD + "dateTime"}:
        return _day(lexical)
    return lexical


def _number(lexical: str) -> str | int | Decimal:
    spelt = json_number(lexical)
    if spelt is None:
        return lexical
    value = Decimal(spelt)
    if (
        len(value.normalize().as_tuple().digits) > _DIGITS
        or abs(value.adjusted()) > 300
    ):
        return lexical
    return int(value) if value == value.to_integral_value() else value


def _day(lexical: str) -> str | date | datetime:
    try:
        if _DATE.fullmatch(lexical):
            day = date.fromisoformat(lexical)
            return day if day >= _FIRST_DAY else lexical
        if _MOMENT.fullmatch(lexical):
            moment = datetime.fromisoformat(lexical.removesuffix("Z"))
            return moment if moment.date() >= _FIRST_DAY else lexical
    except ValueError:
        pass  # the 31st of February: the text says it as well
    return lexical


def _save(book: Workbook, output: BinaryIO) -> None:
    """Save past ``Workbook.save``, which stamps the time of the day."""
    from openpyxl.writer.excel import ExcelWriter

    properties = book.properties
    properties.creator = "spnr_graph"
    properties.created = properties.modified = datetime(*EPOCH)  # noqa: DTZ001
    with archive(output) as target:
        ExcelWriter(book, target).save()


def _too_many() -> DataError:
    held = f"{_ROWS - 1:,}"
    spaced = held.replace(",", "\N{NO-BREAK SPACE}")
    return DataError(
        fr=f"La réponse a plus de {spaced} lignes, et une feuille Excel n'en tient pas "
        "davantage. Choisir le format csv, ou restreindre la question.",
        en=f"The answer has more than {held} rows, all that an Excel sheet can hold. "
        "Choose the csv format, or narrow the question.",
    )


def _too_long(shown: str) -> DataError:
    return DataError(
        fr=f"Un texte de {len(shown)} caractères ne tient pas dans une cellule Excel "
        f"(au plus {_TEXT}) : « {shown[:60]}… ». Choisir le format csv.",
        en=f"A text of {len(shown)} characters does not fit an Excel cell "
        f"(at most {_TEXT}): '{shown[:60]}…'. Choose the csv format.",
    )
