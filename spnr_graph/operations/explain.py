"""Explain: a thing, or a statement about it → who says so, or from what it follows."""

from __future__ import annotations

import itertools
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from spnr_graph.catalogue import Source, Trust, sources, trust
from spnr_graph.errors import QueryError
from spnr_graph.labels import labels
from spnr_graph.namespaces import (
    CATALOGUE_GRAPH,
    IDENTITY_GRAPH,
    INFERENCE_GRAPH,
    PREFIXES,
    shorten,
)
from spnr_graph.operations.asked import asked_property, asked_value, written_iri
from spnr_graph.operations.contradictions import disagreements
from spnr_graph.operations.export import find_entity
from spnr_graph.operations.grounds import Grounds
from spnr_graph.operations.said import Said
from spnr_graph.project import Project, open_project
from spnr_graph.render.explained import Account, Dispute, Explanation, Part, Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Identifier, URIRef

    from spnr_graph.operations.said import Mention, Quad
    from spnr_graph.render.explained import Derived
    from spnr_graph.store import Store

#: How many values, participations or mentions of one kind are given by default.
MOST: Final = 10
_CV, _SPNR, _SCHEMA = (PREFIXES[name] for name in ("cv", "spnr", "schema"))
_TYPE: Final = PREFIXES["rdf"] + "type"
_REPLACED_BY: Final = PREFIXES["dcterms"] + "isReplacedBy"
_CITES: Final = PREFIXES["dcterms"] + "source"
#: How a participation names its two ends.
_ENDS: Final = (_CV + "hasParticipant", _SPNR + "initiative")
#: Graphs that are told of apart: what rules derive, and what was merged.
_APART: Final = frozenset({INFERENCE_GRAPH, IDENTITY_GRAPH})


def explain(
    store: Store,
    thing: str,
    about: str | None = None,
    value: str | None = None,
    *,
    lang: str = "fr",
    most: int = MOST,
    project: Project | None = None,
) -> Explanation:
    """Say who states what of a thing, and from what the rest is derived.

    Args:
        store: an open store.
        thing: label, slug, prefixed name or IRI.
        about: only this property: label, prefixed name or IRI.
        value: only this value: label, prefixed name, IRI, date or number.
        lang: language of labels, and in which names are understood.
        most: how many values of one kind are given; the others are counted.
        project: whose rules explain what is derived.

    Raises:
        QueryError: a name means nothing, or several things; the nearest are listed.
        StoreError: the store does not answer.
    """
    content = project or open_project()
    said = Said(store, most=most)
    iri = _find(store, said, thing, lang)
    rows = said.of(iri)
    mentions = said.mentions(iri)
    asked = wanted = None
    if about is not None:
        used = {row[2] for row in rows} | {mention.about for mention in mentions}
        asked = asked_property(store, used, about, lang)
        rows = [row for row in rows if row[2] == asked]
        mentions = [mention for mention in mentions if mention.about == asked]
    if value is not None:
        wanted = asked_value(store, (row[3] for row in rows), value, lang)
        rows = [row for row in rows if row[3] == wanted]
        mentions = []
    found = _Found(said, iri, rows, mentions, most)
    disputes = tuple(found.disputes(asked))
    derived, totals = found.derived(content)
    grounds = {graph for d in derived for g in d.grounds for graph in g.graphs}
    explained = Explanation(
        thing=iri,
        about=asked,
        value=wanted,
        kinds=_kinds(said.of(iri)),
        former=tuple(found.former()),
        accounts=tuple(found.accounts(disputes, grounds)),
        derived=tuple(derived),
        derived_totals=totals,
        titles=_titles(content, lang),
        decisions=() if about else tuple(said.decisions(iri)),
        disputes=disputes,
    )
    return replace(explained, names=_names(store, explained, lang))


def _find(store: Store, said: Said, text: str, lang: str) -> URIRef:
    """Find the thing; one that is only mentioned has no name, but an IRI will do."""
    try:
        return find_entity(store, text, lang)
    except QueryError:
        iri = written_iri(text)
        if iri is None or not (said.of(iri) or said.mentions(iri)):
            raise
        return iri


def _kinds(rows: Iterable[Quad]) -> tuple[URIRef, ...]:
    """Return the classes of a thing, as sources state them."""
    stated = (row for row in rows if str(row[0]) != INFERENCE_GRAPH)
    return tuple(sorted({cast("URIRef", r[3]) for r in stated if str(r[2]) == _TYPE}))


def _titles(project: Project, lang: str) -> dict[str, str]:
    """Return the titles of the rules."""
    from spnr_graph.derive.premises import rule_titles

    return {name: rule_titles(text).get(lang, name) for name, text in project.rules()}


class _Found:
    """What was found about one thing, on its way into an explanation."""

    def __init__(
        self,
        said: Said,
        thing: URIRef,
        rows: Sequence[Quad],
        mentions: Sequence[Mention],
        most: int,
    ) -> None:
        self._said = said
        self._thing = thing
        self._rows = rows
        self._mentions = mentions
        self._most = most

    def former(self) -> Iterator[URIRef]:
        """Yield the IRIs that the thing replaced."""
        seen = {}
        for mention in self._mentions:
            if str(mention.about) == _REPLACED_BY:
                seen.update(dict.fromkeys(self._said.subjects(mention, self._thing)))
        yield from sorted(seen)

    def disputes(self, about: URIRef | None) -> Iterator[Dispute]:
        """Yield what sources contradict each other on, participations included."""
        linked = any(str(mention.about) in _ENDS for mention in self._mentions)
        for each in disagreements(self._said.store, self._thing):
            mine = self._thing in (each.thing, each.initiative)
            if about in (None, each.about) if mine else linked:
                yield each

    def accounts(
        self, disputes: Iterable[Dispute], grounds: Iterable[URIRef]
    ) -> Iterator[Account]:
        """Yield what each source says, the most trusted first, ``grounds`` included."""
        disputes = [each for each in disputes if each.thing == self._thing]
        store = self._said.store
        order, described = trust(store), sources(store)
        graphs = {row[0] for row in self._rows} | {m.graph for m in self._mentions}
        graphs.update(grounds)
        told = [graph for graph in graphs if str(graph) not in _APART]
        for graph in sorted(told, key=lambda graph: order.place(str(graph))):
            parts, total = self._parts(graph)
            yield Account(
                graph=graph,
                **_description(described.get(str(graph)), order, str(graph)),
                statements=tuple(self._statements(graph, disputes)),
                parts=tuple(parts),
                parts_total=total,
                mentions=tuple(self._mentioned(graph)),
            )

    def _statements(
        self, graph: URIRef, disputes: Iterable[Dispute]
    ) -> Iterator[Stated]:
        values: dict[URIRef, list[Identifier]] = {}
        for source, _, about, value in self._rows:
            if source == graph:
                values.setdefault(about, []).append(value)
        won = {each.about for each in disputes if each.source == graph}
        lost = {each.about for each in disputes if each.other_source == graph}
        for about, given in values.items():
            yield Stated(
                about=about,
                values=tuple(given[: self._most]),
                total=len(given),
                shown=False if about in lost else True if about in won else None,
            )

    def _mentioned(self, graph: URIRef) -> Iterator[Stated]:
        for each in self._mentions:
            if each.graph == graph and str(each.about) not in _ENDS:
                subjects = self._said.subjects(each, self._thing)
                yield Stated(about=each.about, values=tuple(subjects), total=each.times)

    def _parts(self, graph: URIRef) -> tuple[list[Part], int]:
        """Return the first participations in a graph, and how many there are."""
        parts: list[Part] = []
        total = 0
        for each in self._mentions:
            if each.graph == graph and str(each.about) in _ENDS:
                total += each.times
                subjects = self._said.subjects(each, self._thing)
                self._said.fetch(subjects)
                other = next(end for end in _ENDS if end != str(each.about))
                parts += [self._part(graph, iri, other) for iri in subjects]
        return parts, total

    def _part(self, graph: URIRef, iri: URIRef, other: str) -> Part:
        given: dict[str, list[Identifier]] = {}
        for source, _, about, value in self._said.of(iri):
            if source == graph:
                given.setdefault(str(about), []).append(value)

        def one(about: str) -> Identifier | None:
            return given[about][0] if about in given else None

        return Part(
            iri=iri,
            role=one(_CV + "role"),
            other=one(other),
            start=one(_SCHEMA + "startDate"),
            end=one(_SCHEMA + "endDate"),
            amount=one(_SPNR + "amountEUR"),
            documents=tuple(given.get(_CITES, ())),
        )

    def derived(self, project: Project) -> tuple[list[Derived], dict[str, int]]:
        """Return the first derived statements of each property, and how many are."""
        grounds = Grounds(self._said, project.rules())
        chosen: list[tuple[URIRef, URIRef, Identifier]] = []
        totals: dict[str, int] = {}
        own = [row[1:] for row in self._rows if str(row[0]) == INFERENCE_GRAPH]
        for about, group in itertools.groupby(own, key=lambda triple: triple[1]):
            triples = list(group)
            totals[str(about)] = len(triples)
            chosen += triples[: self._most]
        for each in self._mentions:
            if str(each.graph) == INFERENCE_GRAPH and str(each.about) not in totals:
                totals[str(each.about)] = each.times
                subjects = self._said.subjects(each, self._thing)
                chosen += [(subject, each.about, self._thing) for subject in subjects]
        return [grounds.of(triple) for triple in chosen], totals


def _description(source: Source | None, order: Trust, graph: str) -> dict[str, Any]:
    """Return what the catalogue says of a source."""
    rank = order.ranks.get(graph)
    if source is None:
        name = "catalogue" if graph == CATALOGUE_GRAPH else shorten(graph)
        return {"name": name, "rank": rank}
    return {
        "name": source.name,
        "publisher": source.publisher,
        "licence": source.licence,
        "modified": source.date.isoformat() if source.date else "",
        "rank": rank,
    }


def _names(store: Store, explained: Explanation, lang: str) -> Mapping[str, str]:
    """Return the label of everything that an explanation names."""
    found = labels(store, sorted(set(_iris(explained))), lang)
    return {str(iri): name for iri, name in found.items()}


def _iris(value: object) -> Iterator[URIRef]:
    """Yield every IRI in a value."""
    from rdflib.term import URIRef

    if isinstance(value, URIRef):
        yield value
    elif isinstance(value, Account):
        yield from (URIRef(iri) for iri in (value.publisher, value.licence) if iri)
    if isinstance(value, tuple):
        for each in value:
            yield from _iris(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _iris(getattr(value, field.name))
