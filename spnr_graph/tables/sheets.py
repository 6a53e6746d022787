"""A table as it was received: one header, rows of raw values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.findings import Finding

#: A cell: text from CSV; typed from XLSX; lists and mappings too from JSON.
#: ``datetime`` is a ``date``.
Value = str | int | float | Decimal | bool | date | list[object] | dict[str, object] | None
#: The number of a row as a spreadsheet or an editor shows it, and its cells.
SheetRow = tuple[int, tuple[Value, ...]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it was received.

    Attributes:
        name: sheet of a workbook or file of an archive; ``""`` for a lone table.
        columns: titles, each once: spaces trimmed, a repeated title numbered
            (``nom (2)``), a missing one named after its letter (``colonne D``).
        header_row: number of the row of titles, as an editor shows it.
        rows: the rows below, once, as they stream; empty rows are left out; a row may
            have fewer or more cells than there are columns.
        remarks: what reading noticed: encoding guessed, lines before the header,
            titles repeated. Their ``source`` is the label of the material.
    """

    name: str
    columns: tuple[str, ...]
    header_row: int
    rows: Iterator[SheetRow]
    remarks: tuple[Finding, ...] = ()
