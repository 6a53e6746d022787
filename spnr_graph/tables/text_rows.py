"""A table in text (CSV and its kin) → its rows."""

from __future__ import annotations

import csv
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.tables.dialect import dialect
from spnr_graph.tables.header import check_lengths, titled, too_long
from spnr_graph.tables.source import BLOCK
from spnr_graph.tables.text import Text, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.tables.dialect import Dialect
    from spnr_graph.tables.sheets import Remarks, Sheet, TableLimits
    from spnr_graph.tables.source import Source

#: A row may be so many times as long as a cell.
_CELLS: Final = 16
#: What a table of empty cells is made of.
_NOTHING: Final = " \t\r\n;,|\"'"
#: Rows of one width before the last one make the table regular.
_STEADY: Final = 2


def text_sheet(source: Source, limits: TableLimits, remarks: Remarks) -> Sheet:
    """Return the sheet that a text holds.

    Raises:
        DataError: the bytes are no text, no table, or hold nothing.
    """
    text = Text(source, remarks, longest=_CELLS * limits.cell_chars + BLOCK)
    if text.whole and not text.sample.strip(_NOTHING):
        raise empty(source.label)
    # The module has one limit for the whole process: raised, never lowered, so that
    # nothing that others read stops being readable. Ours is looked at below.
    csv.field_size_limit(max(csv.field_size_limit(), _CELLS * limits.cell_chars))
    written = dialect(text.sample, whole=text.whole)
    rows = _rows(text, written, limits.cell_chars, remarks)
    first = next(rows, None)
    if first is None:
        raise empty(source.label)
    return titled(chain([first], rows), remarks, limits)


def _rows(
    text: Text, written: Dialect, longest: int, remarks: Remarks
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line and the cells of each row.

    Raises:
        DataError: a cell is too long, a quote is never closed, or the end is missing.
    """
    lines = iter(text)
    skipped = len(list(islice(lines, 1))) if written.declared else 0
    reader = csv.reader(
        lines,
        delimiter=written.separator,
        quotechar=written.quote,
        skipinitialspace=written.spaced,
    )
    width = steady = 0
    number = skipped + 1
    try:
        for cells in reader:
            if text.pulled > longest - BLOCK:
                check_lengths(cells, text.label, number, longest)
            text.pulled = 0
            if text.ended:
                raise _open_quote(text.label, number, written.quote)
            if text.open_end and len(cells) < width:
                _cut_short(remarks, number, regular=steady >= _STEADY)
            if any(map(str.strip, cells)):
                steady = steady + 1 if len(cells) == width else 1
                width = len(cells)
                yield number, cells
            number = reader.line_num + skipped + 1
    except csv.Error as exc:
        raise too_long(text.label, number, csv.field_size_limit()) from exc


def _cut_short(remarks: Remarks, row: int, *, regular: bool) -> None:
    """Tell that the last row lacks cells and the end of its line.

    Raises:
        DataError: all the rows before it are alike, hence the file is cut.
    """
    if regular:
        raise DataError(
            fr=f"{remarks.label}, ligne {row} : le fichier s'arrête au milieu de cette "
            "ligne. Le copier ou le télécharger de nouveau ; s'il est entier, ajouter "
            "les cellules qui manquent à sa dernière ligne.",
            en=f"{remarks.label}, line {row}: the file stops in the middle of this "
            "line. Copy or download it again; if it is whole, add the cells that its "
            "last line lacks.",
        )
    remarks.tell(
        "cut-short",
        severity=Severity.WARNING,
        row=row,
        fr="La dernière ligne a moins de cellules que la précédente, et rien ne la "
        "termine. Vérifier que le fichier est entier.",
        en="The last line has fewer cells than the one before, and nothing ends it. "
        "Check that the file is whole.",
    )


def _open_quote(label: str, row: int, quote: str) -> DataError:
    return DataError(
        fr=f"{label}, ligne {row} : un guillemet ({quote}) s'ouvre et n'est pas fermé "
        "avant la fin du fichier. Le fermer ; ou le fichier est incomplet : le "
        "télécharger de nouveau.",
        en=f"{label}, line {row}: a quotation mark ({quote}) opens and is not closed "
        "before the end of the file. Close it; or the file is incomplete: download it "
        "again.",
    )
