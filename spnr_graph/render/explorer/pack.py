"""An explorer as packed columns: no text twice, things as numbers, then deflated."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.projection.answers import day
from spnr_graph.render.explorer.concepts import Concepts
from spnr_graph.render.explorer.model import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.projection import Participation
    from spnr_graph.render.explorer.model import Explorer

_EPOCH: Final = date(1970, 1, 1).toordinal()
#: Significant digits of measures, weights and p-values; more would be noise.
_DIGITS: Final = 6
_IDENTIFIERS: Final = {"SIREN": "spnr:siren", "SIRET": "spnr:siret", "RNA": "spnr:rna"}


def deflated(columns: Mapping[str, Any]) -> str:
    """Return packed columns as JSON, deflated, in base64."""
    text = json.dumps(
        columns, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    # A lone surrogate is no character: it becomes a question mark, not an error.
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode()


def packed(explorer: Explorer) -> dict[str, Any]:
    """Return an explorer as columns of JSON values, see docs/design.md."""
    return _Packing(explorer).columns()


def _rounded(value: float | None) -> float | None:
    return None if value is None else _whole(float(f"{value:.{_DIGITS}g}"))


def _whole(value: float | None) -> float | None:
    """Return a number without the decimals that say nothing."""
    return int(value) if value is not None and float(value).is_integer() else value


def _days(value: date | None) -> int | None:
    return value.toordinal() - _EPOCH if value else None


class _Packing:
    """The columns of one explorer."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.facts, self.details = explorer.facts, explorer.details
        self.stated = _stated(explorer)
        places = {one.initiative for one in self.stated}
        nodes = explorer.graph.nodes
        places |= {node for node in nodes if nodes[node]["type"] == "initiative"}
        self.initiatives = _numbered(places)
        # Where initiatives are linked, the actors that link them are nodes that the
        # page does not draw.
        self.nodes = _numbered({*explorer.graph, *(one.actor for one in self.stated)})
        self.sources = _numbered(s for one in self.stated for s in one.sources)
        self.concepts = Concepts(self.facts, self._used())

    def columns(self) -> dict[str, Any]:
        """Return all the columns."""
        shown = self.explorer
        return {
            "v": 1,
            "lang": shown.lang,
            "meta": {
                "title": shown.title.both(),
                "subtitle": shown.subtitle.both(),
                "source": shown.source.both(),
                "licence": shown.licence.both(),
                "observed": shown.observed.isoformat() if shown.observed else None,
                "mode": shown.mode,
                "weight": shown.weight,
                "alpha": shown.alpha,
            },
            "concepts": self.concepts.columns(shown),
            "nodes": self._nodes(),
            "communities": [
                {
                    "label": one.label.both(),
                    "size": one.size,
                    "stability": _rounded(one.stability),
                }
                for one in shown.communities
            ],
            "measures": self._measures(),
            "initiatives": self._initiatives(),
            "participations": self._participations(),
            "sources": self._sources(),
            "edges": self._edges(),
        }

    def _used(self) -> dict[str, set[str]]:
        """Return the concepts that something shown has, by scheme."""

        def of(things: Iterable[str], *names: str) -> set[str]:
            both = (self.facts, self.details)
            return {
                v for t in things for n in names for one in both for v in one.of(n, t)
            }

        places, nodes = self.initiatives, self.nodes
        told = [*nodes, *places, *(one.iri for one in self.stated)]
        return {
            "axis": of(places, "spnr:servesAxis"),
            "objective": of(places, "spnr:pursuesObjective"),
            "audience": of(places, "dcterms:audience"),
            "actor_kind": of(nodes, "org:classification"),
            "initiative_kind": of(places, "dcterms:type"),
            "role": {one.role for one in self.stated},
            "territory": of([*nodes, *places], "dcterms:spatial"),
            "status": of(places, "adms:status"),
            "confidence": of(told, "spnr:confidence"),
        }

    def _nodes(self) -> dict[str, Any]:
        shown, nodes = self.explorer, list(self.nodes)
        types = [0 if node not in self.initiatives else 1 for node in nodes]
        kinds = ("org:classification", "dcterms:type")
        pages = ("foaf:homepage", "foaf:page")
        axes, first = self._reached()
        member = shown.memberships.get
        places = [shown.positions.get(node, (0.0, 0.0)) for node in nodes]
        return {
            "iri": nodes,
            "type": types,
            "label": [shown.name(node).both() for node in nodes],
            "short": [shown.short(node).both() for node in nodes],
            "kind": [
                self.concepts.one(self.facts.of(kinds[type_], node))
                for node, type_ in zip(nodes, types, strict=True)
            ],
            "territory": [self.concepts.one(self._places(node)) for node in nodes],
            "axes": [self.concepts.all(axes.get(node, ())) for node in nodes],
            "identifiers": [self._identifiers(node) for node in nodes],
            "page": [
                self._first(pages[type_], node)
                for node, type_ in zip(nodes, types, strict=True)
            ],
            "confidence": [self._confidence(node) for node in nodes],
            "initiative": [self.initiatives.get(node, -1) for node in nodes],
            "x": [_whole(x) for x, _ in places],
            "y": [_whole(y) for _, y in places],
            "community": [m.community if (m := member(n)) else -1 for n in nodes],
            "stability": [
                _rounded(m.stability) if (m := member(n)) else 0 for n in nodes
            ],
            "measures": {
                one.definition.name: [_rounded(one.values.get(node)) for node in nodes]
                for one in shown.measures
            },
            "first": [first.get(node) for node in nodes],
        }

    def _reached(self) -> tuple[dict[str, set[str]], dict[str, int]]:
        """Return the axes of each node, and the first year it is heard of."""
        axes: dict[str, set[str]] = {}
        years: dict[str, int] = {}
        for one in self.stated:
            served = self.facts.of("spnr:servesAxis", one.initiative)
            start = one.start or self._bound("schema:startDate", one.initiative, min)
            for node in (one.actor, one.initiative):
                axes.setdefault(node, set()).update(served)
                if start:
                    years[node] = min(start.year, years.get(node, start.year))
        return axes, years

    def _measures(self) -> list[dict[str, Any]]:
        told = [one.definition for one in self.explorer.measures]
        return [
            {
                "name": one.name,
                "label": Text(one.fr, one.en).both(),
                "meaning": Text(one.meaning_fr, one.meaning_en).both(),
                "unit": Text(one.unit_fr, one.unit_en).both(),
                "caveat": Text(one.caveat_fr, one.caveat_en).both(),
                "source": one.source,
            }
            for one in told
        ]

    def _initiatives(self) -> dict[str, Any]:
        places, facts, concepts = list(self.initiatives), self.facts, self.concepts

        def each(name: str) -> list[list[int]]:
            return [concepts.all(facts.of(name, place)) for place in places]

        return {
            "iri": places,
            "label": [self.explorer.name(place).both() for place in places],
            "kind": [concepts.one(facts.of("dcterms:type", place)) for place in places],
            "axes": each("spnr:servesAxis"),
            "objectives": each("spnr:pursuesObjective"),
            "audiences": each("dcterms:audience"),
            "territories": each("dcterms:spatial"),
            "start": [_days(self._bound("schema:startDate", p, min)) for p in places],
            "end": [_days(self._bound("schema:endDate", p, max)) for p in places],
            "status": [
                concepts.one(self.details.of("adms:status", place)) for place in places
            ],
            "page": [self._first("foaf:page", place) for place in places],
            "euros": [_whole(self.explorer.euros.get(place)) for place in places],
        }

    def _participations(self) -> dict[str, Any]:
        stated = self.stated
        return {
            "iri": [one.iri for one in stated],
            "actor": [self.nodes[one.actor] for one in stated],
            "initiative": [self.initiatives[one.initiative] for one in stated],
            "role": [self.concepts.one((one.role,)) for one in stated],
            "start": [_days(one.start) for one in stated],
            "end": [_days(one.end) for one in stated],
            "sources": [[self.sources[s] for s in one.sources] for one in stated],
            "amount": [_whole(one.amount) for one in stated],
            "confidence": [self._confidence(one.iri) for one in stated],
        }

    def _sources(self) -> dict[str, Any]:
        names = list(self.sources)
        return {
            "iri": names,
            "title": [self._title(source).both() for source in names],
            "publisher": [self._first("dc:publisher", source) for source in names],
            "issued": [self._first("dcterms:issued", source) for source in names],
            "licence": [self._first("dcterms:license", source) for source in names],
        }

    def _edges(self) -> dict[str, Any]:
        shown = self.explorer
        links = {
            _ends(shown, a, b): data for a, b, data in shown.graph.edges(data=True)
        }
        order = sorted(
            links, key=lambda link: (self.nodes[link[0]], self.nodes[link[1]])
        )
        return {
            "a": [self.nodes[a] for a, _ in order],
            "b": [self.nodes[b] for _, b in order],
            "weight": [_rounded(links[link]["weight"]) for link in order],
            "significance": [_rounded(shown.significance[link]) for link in order],
            "via": [
                sorted(
                    {self.initiatives[o.initiative] for o in links[link]["evidence"]}
                )
                for link in order
            ],
        }

    def _places(self, node: str) -> tuple[str, ...]:
        name = "dcterms:spatial"
        return self.details.of(name, node) or self.facts.of(name, node)

    def _identifiers(self, node: str) -> list[list[str]]:
        return [
            [name, value]
            for name, known in _IDENTIFIERS.items()
            for value in self.details.of(known, node)
        ]

    def _confidence(self, thing: str) -> int:
        return self.concepts.one(self.details.of("spnr:confidence", thing))

    def _first(self, name: str, thing: str) -> str:
        return next(iter(self.details.of(name, thing)), "")

    def _bound(self, name: str, thing: str, choose: Any) -> date | None:  # noqa: ANN401
        found = [known for t in self.facts.of(name, thing) if (known := day(t))]
        return choose(found) if found else None

    def _title(self, source: str) -> Text:
        """Return the title of a source, empty when only its address is known."""
        names = self.explorer.names
        return Text(
            names["fr"].labels.get(source, ""), names["en"].labels.get(source, "")
        )


def _numbered(things: Iterable[str]) -> dict[str, int]:
    return {thing: number for number, thing in enumerate(sorted(set(things)))}


def _ends(explorer: Explorer, a: str, b: str) -> tuple[str, str]:
    """Return the ends of a link: in order, or from one to the other when directed."""
    return (a, b) if explorer.graph.is_directed() else (min(a, b), max(a, b))


def _stated(explorer: Explorer) -> list[Participation]:
    """Return each participation once, in the order of initiatives, actors and roles.

    Of an initiative, those of actors who are no part of this network are left out;
    where initiatives are linked, all their actors are what links them.
    """
    nodes = explorer.graph.nodes
    every = explorer.mode == "initiatives"
    found = {
        one
        for node in nodes
        for one in nodes[node]["participations"]
        if every or one.actor in nodes
    }
    return sorted(found, key=lambda o: (o.initiative, o.actor, o.role, o.iri))
