"""A sheet and the schema of its table → checked rows, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.tables.columns import Column, is_blank
from spnr_graph.tables.keys import Keys
from spnr_graph.tables.outcome import Problem
from spnr_graph.tables.recognise import match
from spnr_graph.tables.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spnr_graph.findings import Finding
    from spnr_graph.tables.formats import Resource
    from spnr_graph.tables.kinds import Context
    from spnr_graph.tables.recognise import Match
    from spnr_graph.tables.sheets import Sheet, Value

#: (Local name in ``table:``, N-Triples term) of what a row says.
Terms = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """A row whose cells were read.

    Attributes:
        number: the number of the row as an editor shows it.
        terms: what it says.
    """

    number: int
    terms: Terms


class CheckedRows:
    """The rows of a sheet as they are checked; they can be read once.

    Attributes:
        count: rows read so far.
    """

    def __init__(
        self,
        sheet: Sheet,
        resource: Resource,
        context: Context,
        *,
        source: str,
        addresses: Mapping[str, bool],
        example: str = "",
        alone: bool = True,
    ) -> None:
        """Compare the titles; rows are read as they are asked for."""
        self.count = 0
        self._example, self._alone = example, alone
        self._sheet, self._resource, self._context = sheet, resource, context
        self._told = Told(source, sheet.name)
        found = match(sheet.columns, resource)
        self._columns = tuple(
            Column(
                field,
                places=found.places,
                title=sheet.columns[found.places[field.name]],
                resource=resource,
                addresses=addresses,
            )
            for field in resource.fields
            if field.name in found.places and field.kind != "ignore"
        )
        self._keys = Keys(self._told, self._columns, resource)
        _tell_columns(self._told, found)

    @property
    def table(self) -> str:
        """Name of the table of the format that the sheet is."""
        return self._resource.name

    def tell(
        self, name: str, problem: Problem, severity: Severity, *, row: int, value: str
    ) -> None:
        """Tell something wrong in a column, found when all the rows were read.

        Args:
            name: name of the field.
            problem: what is wrong.
            severity: how serious it is.
            row: number of the row.
            value: what the cell holds.
        """
        titles = {column.field.name: column.title for column in self._columns}
        column = titles.get(name, name)
        self._told.add(problem, severity, row=row, column=column, value=value)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the columns, and with the rows read so far."""
        return self._told.findings()

    def __iter__(self) -> Iterator[CheckedRow]:
        """Check the rows, one after the other."""
        width = len(self._sheet.columns)
        for number, cells in self._sheet.rows:
            if self._example and self._shows_how(cells):
                self._told.add(_EXAMPLE, Severity.INFO, row=number)
                continue
            self.count += 1
            if len(cells) != width:
                self._tell_width(number, cells, width)
            yield CheckedRow(number=number, terms=self._terms(number, cells))
        if not self.count:
            severity = Severity.VIOLATION if self._alone else Severity.INFO
            self._told.add(NO_ROW, severity, row=self._sheet.header_row)

    def _shows_how(self, cells: tuple[Value, ...]) -> bool:
        """Say whether a row is an example: the first of its columns says so."""
        place = self._columns[0].place if self._columns else 0
        value = cells[place] if place < len(cells) else None
        return str(value or "").strip().casefold().startswith(self._example)

    def _terms(self, number: int, cells: tuple[Value, ...]) -> Terms:
        """Return what a row says; tell what is wrong with its cells."""
        terms: Terms = []
        size = len(cells)
        for column in self._columns:
            value = cells[column.place] if column.place < size else None
            # Most cells were met before: no call for them.
            outcome = column.known.get(value) if type(value) is str else None
            if outcome is None:
                outcome = (
                    column.empty
                    if value is None or value == ""
                    else column.read(value, cells, self._context)
                )
            if outcome.terms:
                terms += outcome.terms
            if outcome.problems:
                self._tell(number, column, value, outcome.problems)
        self._keys.see(number, terms)
        return terms

    def _tell(
        self, number: int, column: Column, value: Value, problems: tuple[Problem, ...]
    ) -> None:
        for problem in problems:
            severity = problem.severity
            self._told.add(
                problem,
                column.severity if severity is None else severity,
                row=number,
                column=column.title,
                value=value,
            )

    def _tell_width(self, number: int, cells: tuple[Value, ...], width: int) -> None:
        """Tell cells beyond the titles, or a row that stops before the last title."""
        if len(cells) > width and all(is_blank(cell) for cell in cells[width:]):
            return
        problem = _TOO_MANY if len(cells) > width else _TOO_FEW
        self._told.add(problem, Severity.WARNING, row=number)


def check(
    sheet: Sheet,
    resource: Resource,
    context: Context,
    source: str,
    *,
    addresses: Mapping[str, bool] | None = None,
    example: str = "",
    alone: bool = True,
) -> CheckedRows:
    """Return the rows of a sheet, each cell read by its kind and checked.

    Args:
        sheet: the table as it was received; its rows are consumed.
        resource: what its format says of it.
        context: what cells may be compared with.
        source: what findings call the file.
        addresses: names in ``table:`` whose text will be part of an IRI → whether it is
            the whole of it; text that cannot be is left out and told.
        example: how the first cell of a row begins that only shows how to fill it in.
        alone: whether it is the only table, which then must have rows.
    """
    return CheckedRows(
        sheet,
        resource,
        context,
        source=source,
        addresses=addresses or {},
        example=example,
        alone=alone,
    )


def _tell_columns(told: Told, found: Match) -> None:
    """Tell the columns that are missing, and those that nobody knows."""
    for name, near in found.missing.items():
        fr = f" ; est-ce « {near} » ? La renommer" if near else ". L'ajouter"
        en = f"; is it '{near}'? Rename it" if near else ". Add it"
        told.add(
            Problem(
                rule="column-missing",
                fr=f"La colonne « {name} » est obligatoire et manque{fr}.",
                en=f"The column '{name}' is required and missing{en}.",
            ),
            Severity.VIOLATION,
            column=name,
        )
    for title in found.unknown:
        told.add(_UNKNOWN, Severity.INFO, column=title)


_EXAMPLE: Final = Problem(
    rule="row-example",
    fr="Cette ligne est un exemple : elle n'est pas reprise.",
    en="This row is an example: it is not taken.",
)
NO_ROW: Final = Problem(
    rule="no-row",
    fr="La table n'a aucune ligne sous les titres. Vérifier que le fichier est "
    "complet.",
    en="The table has no row below the titles. Check that the file is complete.",
)
_TOO_MANY: Final = Problem(
    rule="cells",
    fr="La ligne a plus de cellules que la table n'a de colonnes. Vérifier les "
    "séparateurs et les guillemets ; les cellules en trop sont laissées de côté.",
    en="The row has more cells than the table has columns. Check separators and "
    "quotes; the extra cells are left aside.",
)
_TOO_FEW: Final = Problem(
    rule="cells",
    fr="La ligne a moins de cellules que la table n'a de colonnes. Vérifier les "
    "séparateurs, et que le fichier est complet.",
    en="The row has fewer cells than the table has columns. Check separators, and "
    "that the file is complete.",
)
_UNKNOWN: Final = Problem(
    rule="column-unknown",
    fr="Le format ne connaît pas cette colonne : elle n'est pas reprise.",
    en="The format does not know this column: it is not taken.",
)
