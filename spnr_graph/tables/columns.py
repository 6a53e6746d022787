"""A column of a sheet: how its cells are read, and what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.findings import Severity
from spnr_graph.tables.constraints import checker, example, lexical
from spnr_graph.tables.kinds import KINDS
from spnr_graph.tables.outcome import EMPTY, Outcome, Problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from spnr_graph.tables.formats import Field, Resource
    from spnr_graph.tables.kinds import Context, Kind
    from spnr_graph.tables.sheets import Value

#: Cells remembered per column, and the longest text that is.
_REMEMBERED: Final = 20_000
_LONGEST: Final = 200
_SEVERITIES: Final = {"violation": Severity.VIOLATION, "warning": Severity.WARNING}


class Column:
    """A column of a sheet, and what is remembered of its cells."""

    def __init__(
        self,
        field: Field,
        place: int,
        title: str,
        resource: Resource,
        addresses: Mapping[str, bool],
    ) -> None:
        self.field, self.place, self.title = field, place, title
        self.kind: Kind = KINDS[field.kind]
        self.severity = _SEVERITIES[field.severity]
        self._local = field.local
        self._check = checker(field, resource.schema.get_field(field.name))
        self._addresses = addresses
        self._remembers = self.kind.alone
        self._absent = frozenset(
            (*resource.schema.missing_values, *field.options.get("missing", ()))
        ) - {""}
        self._empty = Outcome(problems=(_required(field),)) if field.required else EMPTY
        self._known: dict[Hashable, Outcome] = {}

    def read(self, value: Value, row: Mapping[str, Value], context: Context) -> Outcome:
        """Return what a cell gives, by memory when it was met before."""
        if value is None or value == "":
            return self._empty
        if not self._remembers or isinstance(value, (list, dict)):
            return self._read(value, row, context)
        # 1, 1.0 and True are equal, but not the same cell.
        key = value if type(value) is str else (type(value), value)
        known = self._known.get(key)
        if known is None:
            known = self._read(value, row, context)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            if type(value) is not str or len(value) <= _LONGEST:
                self._known[key] = known
        return known

    def _read(
        self, value: Value, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        if is_blank(value) or (self._absent and str(value).strip() in self._absent):
            return self._empty
        outcome = self.kind.read(value, self.field, row, context)
        problems = outcome.problems
        if self._check:
            for suffix, term in outcome.terms:
                if not suffix:
                    problems += self._check(lexical(term))
        if len(problems) > len(outcome.problems):
            return Outcome(problems=problems)
        terms = [(self._local + suffix, term) for suffix, term in outcome.terms]
        for pair in terms[:]:
            if not _fits(pair[1], whole=self._addresses.get(pair[0])):
                terms.remove(pair)
                problems += (_unfit(self.field),)
        return Outcome(terms=tuple(terms), problems=problems)


def is_blank(value: Value) -> bool:
    """Say whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def _fits(term: str, *, whole: bool | None) -> bool:
    """Say whether a text can be an IRI, or the end of one, as the mapping has it."""
    if whole is None or not term.startswith('"'):
        return True
    text = lexical(term)
    try:
        ox.NamedNode(text if whole else f"https://w3id.org/{text}")
    except ValueError:
        return False
    return True


def _required(field: Field) -> Problem:
    return Problem(
        rule="required",
        fr=f"La cellule est vide alors que la colonne est obligatoire. La remplir"
        f"{example(field, 'fr')}.",
        en=f"The cell is empty but the column is required. Fill it in"
        f"{example(field, 'en')}.",
    )


def _unfit(field: Field) -> Problem:
    return Problem(
        rule="iri",
        fr="La valeur ne peut pas entrer dans une adresse : espace, accolade ou autre "
        f"signe interdit. La corriger{example(field, 'fr')}.",
        en="The value cannot be part of an address: a space, a brace or another "
        f"forbidden sign. Correct it{example(field, 'en')}.",
    )
