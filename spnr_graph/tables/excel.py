"""An Excel workbook (XLSX) → its visible sheets."""

from __future__ import annotations

import warnings
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.tables.header import check_lengths, is_blank, letters, titled
from spnr_graph.tables.source import BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipFile

    from openpyxl import Workbook

    from spnr_graph.tables.excel_cells import SheetCells
    from spnr_graph.tables.header import RawRow
    from spnr_graph.tables.sheets import Remarks, Sheet, SheetRow, TableLimits

#: What openpyxl, the XML parser and zipfile raise on a workbook that is not right.
_BROKEN: Final = (
    *BROKEN,
    AttributeError,
    LookupError,
    OSError,
    OverflowError,
    ParseError,
    RecursionError,
    TypeError,
)
#: Bytes in which the first element of a part must begin.
_PROLOGUE: Final = 1 << 16


def workbook_sheets(
    archive: ZipFile,
    label: str,
    limits: TableLimits,
    begin: Callable[[str], Remarks],
) -> Iterator[Sheet]:
    """Yield the visible sheets that hold something.

    Args:
        archive: the workbook.
        label: what messages call it.
        limits: how much it may cost.
        begin: returns the remarks on the sheet of a name.

    Raises:
        DataError: it is damaged, dangerous, or holds nothing.
    """
    _refuse_doctypes(archive, label)
    book = _load(cast("BinaryIO", archive.fp), label)
    hidden = [each.title for each in book.worksheets if not _is_visible(each)]
    empty = True
    for each in filter(_is_visible, book.worksheets):
        cells = _cells(book, each)
        rows = _sound(cells, label, limits.cell_chars)
        first = next(rows, None)
        if first is None:
            continue
        remarks = begin(each.title)
        if empty:
            _tell_hidden(hidden, remarks)
        empty = False
        sheet = titled(chain([first], rows), remarks, limits)
        yield replace(sheet, rows=_noting(sheet, cells, remarks))
    if empty:
        raise _nothing(label)


def _is_visible(sheet: Any) -> bool:  # noqa: ANN401 - openpyxl's own
    return bool(sheet.sheet_state == "visible")


def _refuse_doctypes(archive: ZipFile, label: str) -> None:
    """Refuse a workbook whose XML declares a document type: entities come from there.

    Raises:
        DataError: it does, or what precedes the first element is too long to tell.
    """
    for member in archive.infolist():
        try:
            with archive.open(member) as stream:
                head = stream.read(_PROLOGUE)
        except _BROKEN as exc:
            raise _damaged(label) from exc
        if not _has_element(head, label) and len(head) == _PROLOGUE:
            raise _doctype(label)


def _has_element(head: bytes, label: str) -> bool:
    """Say whether XML gets to its first element; what is no XML harms nobody."""
    seen = []

    def refuse(*_: object) -> None:
        raise _doctype(label)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda *_: seen.append(True)
    try:
        parser.Parse(head, False)
    except expat.ExpatError:
        return True
    return bool(seen)


def _load(stream: BinaryIO, label: str) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError as exc:
        raise DataError(
            fr="Lire un classeur demande openpyxl, qui n'est pas installé. L'installer "
            ": pip install 'spnr-graph[tables]'.",
            en="Reading a workbook needs openpyxl, which is not installed. Install it: "
            "pip install 'spnr-graph[tables]'.",
        ) from exc
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it does not know: no matter here.
            warnings.simplefilter("ignore")
            return load_workbook(
                stream, read_only=True, data_only=True, keep_links=False
            )
    except _BROKEN as exc:
        raise _damaged(label) from exc


def _cells(book: Workbook, sheet: Any) -> SheetCells:  # noqa: ANN401 - openpyxl's own
    from spnr_graph.tables.excel_cells import SheetCells

    return SheetCells(sheet._get_source(), sheet._shared_strings, book)


def _sound(cells: SheetCells, label: str, longest: int) -> Iterator[RawRow]:
    """Yield the rows of a sheet that are not empty.

    Raises:
        DataError: the workbook is damaged, or a cell is too long.
    """
    rows = cells.rows()
    while True:
        try:
            row = next(rows, None)
        except _BROKEN as exc:
            raise _damaged(label) from exc
        if row is None:
            return
        check_lengths(row[1], label, row[0], longest)
        if not all(map(is_blank, row[1])):
            yield row


def _noting(sheet: Sheet, cells: SheetCells, remarks: Remarks) -> Iterator[SheetRow]:
    """Yield the rows as wide as the titles, and tell which cells had no value."""
    width = len(sheet.columns)
    for number, row in sheet.rows:
        if number in cells.faults:
            _tell_faults(number, cells.faults.pop(number), sheet.columns, remarks)
        # A workbook does not keep the empty cells at the end of a row.
        yield number, (*row, *(None,) * (width - len(row)))
    for number in sorted(cells.faults):
        _tell_faults(number, cells.faults[number], sheet.columns, remarks)
    for where in cells.merged:
        _tell_merged(where, sheet.header_row, remarks)
    remarks.close()


def _tell_hidden(titles: list[str], remarks: Remarks) -> None:
    for title in titles:
        remarks.tell(
            "sheet-hidden",
            fr=f"La feuille masquée « {title} » n'est pas lue. L'afficher pour qu'elle "
            "le soit.",
            en=f"The hidden sheet '{title}' is not read. Unhide it to have it read.",
        )


def _tell_faults(
    row: int, faults: list[tuple[int, str]], columns: tuple[str, ...], remarks: Remarks
) -> None:
    for place, error in faults:
        known = place < len(columns)
        column = columns[place] if known else f"colonne {letters(place)}"
        if error:
            _tell_error(row, column, error, remarks)
        else:
            _tell_formula(row, column, remarks)


def _tell_error(row: int, column: str, error: str, remarks: Remarks) -> None:
    remarks.tell(
        "cell-error",
        severity=Severity.WARNING,
        row=row,
        column=column,
        fr=f"La cellule contient une erreur ({error}) ; elle est lue comme vide. "
        "Corriger sa formule ou écrire la valeur.",
        en=f"The cell holds an error ({error}); it is read as empty. Mend its formula "
        "or write the value.",
    )


def _tell_formula(row: int, column: str, remarks: Remarks) -> None:
    remarks.tell(
        "formula-without-value",
        severity=Severity.WARNING,
        row=row,
        column=column,
        fr="La formule n'a jamais été calculée ; la cellule est lue comme vide. Ouvrir "
        "le classeur dans un tableur et l'enregistrer de nouveau.",
        en="The formula was never computed; the cell is read as empty. Open the "
        "workbook in a spreadsheet program and save it again.",
    )


def _tell_merged(where: str, header_row: int, remarks: Remarks) -> None:
    from openpyxl.utils.cell import range_boundaries

    _, top, _, bottom = range_boundaries(where)
    if (bottom or 0) > header_row:
        remarks.tell(
            "cells-merged",
            severity=Severity.WARNING,
            row=top or 0,
            fr=f"Les cellules {where} sont fusionnées ; seule la première garde la "
            "valeur. Les séparer et répéter la valeur dans chacune.",
            en=f"The cells {where} are merged; only the first one keeps the value. "
            "Unmerge them and repeat the value in each.",
        )


def _doctype(label: str) -> DataError:
    return DataError(
        fr=f"{label} : le XML de ce classeur déclare un type de document ou des "
        "entités, ce qu'aucun tableur n'écrit. L'ouvrir dans un tableur sûr et "
        "l'enregistrer de nouveau, ou le donner en CSV.",
        en=f"{label}: the XML of this workbook declares a document type or entities, "
        "which no spreadsheet program writes. Open it in a safe one and save it again, "
        "or give it as CSV.",
    )


def _damaged(label: str) -> DataError:
    return DataError(
        fr=f"{label} : le classeur est tronqué ou abîmé. L'ouvrir dans un tableur et "
        "l'enregistrer de nouveau en XLSX, ou le donner en CSV.",
        en=f"{label}: the workbook is cut short or damaged. Open it in a spreadsheet "
        "program and save it again as XLSX, or give it as CSV.",
    )


def _nothing(label: str) -> DataError:
    return DataError(
        fr=f"{label} : aucune feuille visible de ce classeur ne contient de ligne. "
        "Vérifier que c'est le bon fichier, et afficher les feuilles masquées.",
        en=f"{label}: no visible sheet of this workbook holds a row. Check that it is "
        "the right file, and unhide the hidden sheets.",
    )
