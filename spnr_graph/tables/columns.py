"""A column of a sheet: how its cells are read, and what is remembered of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from spnr_graph.findings import Severity
from spnr_graph.tables.constraints import checker, example, lexical
from spnr_graph.tables.fields import NEIGHBOURS
from spnr_graph.tables.kinds import KINDS
from spnr_graph.tables.kinds.persons import PERSONAL
from spnr_graph.tables.kinds.several import Several, together
from spnr_graph.tables.outcome import EMPTY, Outcome, Problem
from spnr_graph.tables.personal import MAIL

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
        *,
        places: Mapping[str, int],
        title: str,
        resource: Resource,
        addresses: Mapping[str, bool],
    ) -> None:
        """Find what its cells are checked with.

        Args:
            field: what the format says of it.
            places: name of a field → place of its column in a row.
            title: its title in the sheet.
            resource: the table that it is a column of.
            addresses: names in ``table:`` whose text will be part of an IRI → whether
                it is the whole of it.
        """
        self.field, self.title = field, title
        self.place = places[field.name]
        self.severity = _SEVERITIES[field.severity]
        self.empty = Outcome(problems=(_required(field),)) if field.required else EMPTY
        #: Cell, alone or with its neighbours → what it gives.
        self.known: dict[Hashable, Outcome] = {}
        self._kind: Kind = KINDS[field.kind]
        self._inner = _inner(field)
        self._local = field.local
        self._check = checker(field, resource.schema.get_field(field.name))
        self._addresses = addresses
        self._absent = frozenset(
            (*resource.schema.missing_values, *field.options.get("missing", ()))
        ) - {""}
        self._neighbours = {
            name: places[name] for name in _neighbours(field) if name in places
        }

    def read(self, value: Value, cells: tuple[Value, ...], context: Context) -> Outcome:
        """Return what a cell gives, by memory when it was met before.

        Args:
            value: what the cell holds; never None.
            cells: the row.
            context: what cells may be compared with.
        """
        row = {
            name: cells[place] if place < len(cells) else None
            for name, place in self._neighbours.items()
        }
        # 1, 1.0 and True are equal, but not the same cell.
        alone = type(value) is str and not row
        key: Any = value if alone else (type(value), value, *row.values())
        try:
            known = self.known.get(key)
        except TypeError:  # a list of JSON cannot be remembered
            return self._read(value, row, context)
        if known is None:
            known = self._read(value, row, context)
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            if len(str(value)) <= _LONGEST:
                self.known[key] = known
        return known

    def _read(
        self, value: Value, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        if is_blank(value) or (self._absent and str(value).strip() in self._absent):
            return self.empty
        kind = self._kind
        if not isinstance(kind, Several):
            return self._kept(kind.read(value, self.field, row, context))
        items = kind.items(value, self.field, row, context)
        return together(map(self._kept, items)) if items else self.empty

    def _kept(self, outcome: Outcome) -> Outcome:
        """Return what may be kept of a value: whatever its kind let through."""
        problems = outcome.problems
        if self._check:
            for suffix, term in outcome.terms:
                if not suffix:
                    problems += self._check(lexical(term))
            if len(problems) > len(outcome.problems):
                return Outcome(problems=problems)
        if self._inner != "courriel" and any(map(_is_personal, outcome.terms)):
            return Outcome(problems=(*problems, PERSONAL))
        terms = []
        for suffix, term in outcome.terms:
            name = self._local + suffix
            if name in self._addresses and not _fits(term, whole=self._addresses[name]):
                problems += (_unfit(self.field),)
            else:
                terms.append((name, term))
        return Outcome(terms=tuple(terms), problems=problems)


def _is_personal(term: tuple[str, str]) -> bool:
    """Say whether a term holds an e-mail address."""
    return "@" in term[1] and bool(MAIL.search(term[1]))


def _inner(field: Field) -> str:
    """Return the kind of the values of a column, listed or not."""
    of = field.options.get("of", "texte") if field.kind == "liste" else field.kind
    return str(of["kind"] if isinstance(of, dict) else of)


def _neighbours(field: Field) -> set[str]:
    """Return the names of the fields that the options of a kind name."""
    of = field.options.get("of")
    options = {**field.options, **(of if isinstance(of, dict) else {})}
    return {str(options[name]) for name in NEIGHBOURS if name in options}


def is_blank(value: Value) -> bool:
    """Say whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def _fits(term: str, *, whole: bool) -> bool:
    """Say whether a text can be an IRI, or the end of one."""
    if not term.startswith('"'):
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
