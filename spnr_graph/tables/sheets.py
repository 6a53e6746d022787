"""A table as it was received: one header, rows of raw values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Severity
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A cell: text from CSV; typed from XLSX; lists and mappings too from JSON, whose
#: numbers with a point are ``Decimal``. ``datetime`` is a ``date``.
Value = (
    str | int | float | Decimal | bool | date | list[object] | dict[str, object] | None
)
#: The number of a row as a spreadsheet or an editor shows it, and its cells.
SheetRow = tuple[int, tuple[Value, ...]]

#: Remarks of one rule on one column that are kept; the others are counted.
_KEPT: Final = 100


class UnknownTableError(DataError):
    """A file that holds no table of a known format, and need not be one of ours."""


@dataclass(frozen=True, kw_only=True)
class TableLimits:
    """How much a table may cost.

    Attributes:
        bytes: size of a file of text, unpacked.
        workbook_bytes: size of all the parts of a workbook, unpacked.
        json_bytes: size of a JSON document, which is read whole.
        cell_chars: length of a cell.
        columns: number of columns.
    """

    bytes: int = 20_000_000_000
    workbook_bytes: int = 1_000_000_000
    json_bytes: int = 200_000_000
    cell_chars: int = 1_000_000
    columns: int = 16_384


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it was received.

    Attributes:
        name: sheet of a workbook; file of an archive of several tables, without its
            suffix; ``""`` for a lone table.
        columns: titles, each once: spaces trimmed, a repeated title numbered
            (``nom (2)``), a missing one named after its letter (``colonne D``).
        header_row: number of the row of titles, as an editor shows it; 0 in JSON.
        rows: the rows below, once, as they stream; empty rows are left out; a row may
            have fewer or more cells than there are columns. Of a row of text that
            holds line breaks the number is that of its first line; of JSON, the
            position in the array, from 1.
        remarks: what reading noticed: encoding guessed, lines before the header,
            titles repeated. Their ``source`` is the label of the material. More may
            come while the rows are read: look at them again after the last row.
    """

    name: str
    columns: tuple[str, ...]
    header_row: int
    rows: Iterator[SheetRow]
    remarks: Sequence[Finding] = ()


@dataclass(frozen=True)
class Remarks:
    """What reading one sheet noticed, bounded however often it occurs.

    Attributes:
        label: what messages call the material.
        sheet: name of the sheet.
        found: the findings so far.
    """

    label: str
    sheet: str = ""
    found: list[Finding] = field(init=False, default_factory=list)
    _count: Counter[tuple[str, str]] = field(init=False, default_factory=Counter)

    def tell(
        self,
        rule: str,
        *,
        fr: str,
        en: str,
        severity: Severity = Severity.INFO,
        row: int = 0,
        column: str = "",
    ) -> None:
        """Keep a remark, or count it when there are many alike."""
        self._count[rule, column] += 1
        if self._count[rule, column] <= _KEPT:
            self._add(rule, severity, fr, en, row, column)

    def close(self) -> None:
        """Tell how many remarks were not kept."""
        for (rule, column), count in sorted(self._count.items()):
            if count > _KEPT:
                more = count - _KEPT
                last = next(f for f in self.found if f.shape.endswith(f"#{rule}"))
                self._add(
                    rule,
                    last.severity,
                    f"… et {more} autres remarques de même nature.",
                    f"… and {more} more remarks of the same kind.",
                    0,
                    column,
                )
        self._count.clear()

    def _add(
        self, rule: str, severity: Severity, fr: str, en: str, row: int, column: str
    ) -> None:
        self.found.append(
            Finding(
                source=self.label,
                severity=severity,
                focus="",
                shape=PREFIXES["table"] + rule,
                fr=fr,
                en=en,
                sheet=self.sheet,
                row=row,
                column=column,
            )
        )
