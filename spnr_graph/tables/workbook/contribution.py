"""A contribution → rows of the workbook, and what does not fit in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import pyoxigraph as ox

from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.project import query_text
from spnr_graph.tables.kinds.reference import PREFIX_OF
from spnr_graph.tables.workbook import naming
from spnr_graph.tables.workbook.cells import Cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.tables.formats import Field, Format, Resource
    from spnr_graph.tables.kinds import Context
    from spnr_graph.tables.sheets import Value
    from spnr_graph.tables.workbook.vocabulary import Vocabulary

    Term = ox.NamedNode | ox.Literal
    #: Column → companion and values.
    Said = dict[str, tuple[str, set[Term]]]

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_PERIOD: Final = ox.NamedNode(PREFIXES["schema"] + "temporalCoverage")
_SIREN: Final = ox.NamedNode(PREFIXES["spnr"] + "siren")
_IDENTIFIER: Final = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
_CLASSES: Final = {
    "acteurs": ox.NamedNode(PREFIXES["spnr"] + "Actor"),
    "initiatives": ox.NamedNode(PREFIXES["spnr"] + "Initiative"),
    "participations": ox.NamedNode(PREFIXES["spnr"] + "Participation"),
}
_LOCAL: Final = re.compile(r"[^\s()<>\"{}|\\^`]+")
_ISO: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What a contribution is as rows.

    Attributes:
        rows: sheet → rows, in the order of the IRIs of their things.
        left: (class or ``""``, property) → statements that no cell can tell.
        added: property → statements that a loading of these rows would add.
    """

    rows: Mapping[str, list[dict[str, Value]]]
    left: Mapping[tuple[str, str], int]
    added: Mapping[str, int]


def contribution(
    lines: Iterable[bytes], form: Format, vocabulary: Vocabulary, context: Context
) -> Contribution:
    """Return what N-Triples say as rows of the workbook.

    Each cell is read again by the kind of its column: what it would not give back
    exactly is left out and counted.

    Args:
        lines: N-Triples, one triple a line.
        form: the format of the workbook.
        vocabulary: labels of concepts and territories.
        context: what cells are read with; its partner is the one who contributes.
    """
    store = ox.Store()
    store.bulk_load(b"".join(lines), ox.RdfFormat.N_TRIPLES)
    return _Writer(store, form, vocabulary, context).contribution()


class _Writer:
    """The rows of one contribution."""

    def __init__(
        self,
        store: ox.Store,
        form: Format,
        vocabulary: Vocabulary,
        context: Context,
    ) -> None:
        self._store, self._form, self._partner = store, form, context.partner
        self._said: dict[str, dict[ox.NamedNode, Said]] = defaultdict(dict)
        self._properties: dict[tuple[str, str], ox.NamedNode] = {}
        self._collect()
        rows = {
            sheet: naming.row_names(self._identifiers(sheet), sheet, self._partner)
            for sheet in ("acteurs", "initiatives")
        }
        self._cells = Cells(vocabulary=vocabulary, context=context, rows=rows)
        self._told: set[tuple[Term, Term, Term]] = set()

    def _collect(self) -> None:
        """Gather what is said of each thing that a row can name."""
        answer = self._store.query(query_text("internal/classeur-cellules"))
        for one in cast("ox.QuerySolutions", answer):
            sheet, column, suffix = (
                cast("ox.Literal", one[name]).value
                for name in ("sheet", "column", "suffix")
            )
            thing, value = (
                cast("ox.NamedNode", one["thing"]),
                cast("Term", one["value"]),
            )
            namespace = PREFIXES[PREFIX_OF[sheet]]
            local = thing.value.removeprefix(namespace)
            if local == thing.value or not _LOCAL.fullmatch(local):
                continue
            self._properties[sheet, column] = cast("ox.NamedNode", one["property"])
            said = self._said[sheet].setdefault(thing, {})
            said.setdefault(column, (suffix, set()))[1].add(value)

    def _identifiers(self, sheet: str) -> dict[str, list[str]]:
        return {
            thing.value: [
                value.value
                for value in said.get("identifiant", ("", set()))[1]
                if isinstance(value, ox.Literal) and not value.language
            ]
            for thing, said in self._said[sheet].items()
        }

    def contribution(self) -> Contribution:
        """Write every row, and count what they do not tell."""
        rows = {each.name: self._sheet(each) for each in self._form.resources}
        held = {(q.subject, q.predicate, q.object) for q in self._store}
        classes: dict[Any, str] = {}
        for subject, predicate, term in sorted(held, key=str):
            if predicate == _TYPE:
                classes.setdefault(subject, shorten(cast("Term", term).value))
        left = Counter(
            (classes.get(subject, ""), shorten(predicate.value))
            for subject, predicate, _ in held - self._told
        )
        added = Counter(shorten(p.value) for _, p, _ in self._told - held)
        return Contribution(
            rows=rows,
            left=dict(sorted(left.items())),
            added=dict(sorted(added.items())),
        )

    def _sheet(self, resource: Resource) -> list[dict[str, Value]]:
        things = sorted(
            self._said[resource.name].items(), key=lambda item: item[0].value
        )
        rows = [(thing, self._row(resource, thing, said)) for thing, said in things]
        self._name(resource, rows)
        return [row for _, row in rows]

    def _row(
        self, resource: Resource, thing: ox.NamedNode, said: Said
    ) -> dict[str, Value]:
        """Return the cells of a thing, without the one that names it in the graph."""
        row: dict[str, Value] = {}
        self._tell(thing, _TYPE, _CLASSES[resource.name])
        for column in resource.fields:
            suffix, wanted = said.get(column.local, ("", set()))
            if column.name == "identifiant":
                row[column.name] = self._cells.rows[resource.name][thing.value]
                told = ox.Literal(str(row[column.name]))
                self._tell(thing, _IDENTIFIER, told)
            elif column.kind == "date":
                self._date(resource, thing, said, column, row)
            elif wanted:
                value, kept = self._cells.write(column, suffix, wanted)
                if value is not None:
                    row[column.name] = value
                for term in kept:
                    predicate = self._properties[resource.name, column.local]
                    self._tell(thing, predicate, term)
        if row.get("siret"):
            self._tell(thing, _SIREN, ox.Literal(str(row["siret"])[:9]))
        self._period(resource, thing, row)
        return row

    def _date(
        self,
        resource: Resource,
        thing: ox.NamedNode,
        said: Said,
        column: Field,
        row: dict[str, Value],
    ) -> None:
        """Write one end of the period, as precise as the period gives it."""
        suffix, wanted = said.get(column.local, (f".{column.local}", set()))
        place = 0 if column.local == "debut" else 1
        periods = sorted(term.value for term in said.get("periode", ("", set()))[1])
        spelt = [p.split("/")[place] for p in periods if p.count("/") == 1]
        for term in sorted(wanted, key=str):
            for text in (*spelt, term.value):
                given = self._cells.read(column, text) if _ISO.fullmatch(text) else {}
                if given.get(suffix) == {str(term)}:
                    row[column.name] = text
                    predicate = self._properties[resource.name, column.local]
                    self._tell(thing, predicate, term)
                    return

    def _period(
        self, resource: Resource, thing: ox.NamedNode, row: Mapping[str, Value]
    ) -> None:
        """Tell the period that the mapping makes of both dates."""
        start, end = row.get("debut"), row.get("fin")
        if resource.name != "acteurs" and (start or end):
            period = f"{start or '..'}/{end or '..'}"
            self._tell(thing, _PERIOD, ox.Literal(period))

    def _name(
        self, resource: Resource, rows: list[tuple[ox.NamedNode, dict[str, Value]]]
    ) -> None:
        """Name the things that the mapping would call otherwise."""
        twins: Counter[tuple[Value, ...]] = Counter()
        for thing, row in rows:
            twins[self._fact(thing, row)] += 1
        for thing, row in rows:
            again = twins[self._fact(thing, row)] > 1
            if self._expected(resource.name, thing, row, again=again) != thing.value:
                row["nom_court"] = shorten(thing.value)

    def _fact(self, thing: ox.NamedNode, row: Mapping[str, Value]) -> tuple[Value, ...]:
        return (row.get("acteur"), row.get("initiative"), row.get("role"))

    def _expected(
        self, sheet: str, thing: ox.NamedNode, row: Mapping[str, Value], *, again: bool
    ) -> str:
        """Return the IRI that the mapping makes of a row."""
        if sheet == "participations":
            said = self._said[sheet][thing]
            ends = [
                sorted(t.value for t in said.get(name, ("", set()))[1])
                for name in ("initiative", "acteur", "role")
            ]
            if any(len(each) != 1 for each in ends):
                return ""
            year = str(row["debut"])[:4] if again and row.get("debut") else ""
            initiative, actor, role = (each[0] for each in ends)
            return naming.participation_iri(initiative, actor, role, year)
        identifier = str(row["identifiant"])
        if sheet == "initiatives":
            return naming.local_iri(sheet, self._partner, identifier)
        numbers = {name: str(row.get(name) or "") for name in ("siren", "siret", "rna")}
        return naming.actor_iri(self._partner, identifier, **numbers)

    def _tell(self, subject: Term, predicate: Term, term: Term) -> None:
        self._told.add((subject, predicate, term))
