"""What graphs say of things: the questions that an explanation asks a store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, cast

from spnr_graph import sparql
from spnr_graph.project import query_text
from spnr_graph.render.explained import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Identifier, URIRef

    from spnr_graph.store import Store
    from spnr_graph.table import Row

    #: Graph, subject, property, value.
    Quad: TypeAlias = tuple[URIRef, URIRef, URIRef, Identifier]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """How often a graph relates other things to a thing by a property."""

    graph: URIRef
    about: URIRef
    times: int


class Said:
    """The statements of a store, asked thing by thing and kept."""

    def __init__(self, store: Store, *, most: int) -> None:
        """Ask a store; lists of subjects hold ``most`` at most."""
        self.store = store
        self._most = most
        self._quads: dict[URIRef, list[Quad]] = {}

    def of(self, thing: URIRef) -> list[Quad]:
        """Return every statement of which a thing is the subject."""
        self.fetch([thing])
        return self._quads[thing]

    def fetch(self, things: Iterable[URIRef]) -> None:
        """Ask about several things at once."""
        missing = [thing for thing in dict.fromkeys(things) if thing not in self._quads]
        self._quads.update({thing: [] for thing in missing})
        if missing:
            for row in self._ask("explain-statements", thing=missing):
                quad = cast("Quad", row)
                self._quads[quad[1]].append(quad)

    def mentions(self, thing: URIRef) -> list[Mention]:
        """Return how often each graph names a thing as a value, by property."""
        return [
            Mention(
                graph=cast("URIRef", graph),
                about=cast("URIRef", about),
                times=int(str(times)),
            )
            for graph, about, times in self._ask("explain-mentions", thing=[thing])
            if graph is not None
        ]

    def subjects(self, mention: Mention, thing: URIRef) -> list[URIRef]:
        """Return the first things that are related to a thing."""
        slots = {"graph": [mention.graph], "property": [mention.about]}
        rows = self._ask(
            "explain-subjects", end=f"\nLIMIT {self._most}", thing=[thing], **slots
        )
        return [cast("URIRef", row[0]) for row in rows]

    def decisions(self, thing: URIRef) -> Iterator[Decision]:
        """Yield the decisions on the identity of a thing, the oldest first."""
        found: dict[Identifier, Decision] = {}
        for row in self._ask("explain-decisions", thing=[thing]):
            iri, kind, kept, discarded, day, by, why, note = row
            known = found.get(cast("URIRef", iri)) or Decision(
                iri=cast("URIRef", iri),
                kind=kind,
                kept=cast("URIRef", kept),
                discarded=cast("URIRef", discarded),
                date=_text(day),
                by=_text(by),
                why=_text(why),
            )
            notes = (*known.evidence, _text(note)) if note else known.evidence
            found[known.iri] = replace(known, evidence=tuple(dict.fromkeys(notes)))
        yield from found.values()

    def _ask(self, name: str, *, end: str = "", **slots: list[URIRef]) -> Iterator[Row]:
        question = sparql.parse(query_text(f"internal/{name}"), name=name)
        filled = sparql.fill(question, slots)
        yield from self.store.select(replace(filled, text=filled.text + end))


def _text(term: Identifier | None) -> str:
    return "" if term is None else str(term)
