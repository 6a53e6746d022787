"""Say what a store holds: its sources, its totals, what is derived, its health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph import sparql
from spnr_graph.catalogue import Source, sources
from spnr_graph.labels import labels
from spnr_graph.namespaces import CATALOGUE_GRAPH, INFERENCE_GRAPH
from spnr_graph.operations.fingerprint import inference_fingerprint
from spnr_graph.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import URIRef

    from spnr_graph.store import Store


@dataclass(frozen=True, kw_only=True)
class Info:
    """What a store holds.

    Attributes:
        location: where the store is.
        sources: its contributions, in the order of their names.
        labels: publishers and licences, in the language asked for.
        totals: IRI of a class → number of things of that class.
        triples: number of triples in all named graphs.
        derived: number of derived triples.
        undescribed: graphs of which the catalogue says nothing.
        altered: graphs whose size is no longer what was placed.
        stale: whether derived statements are older than what they derive from.
    """

    location: str
    sources: tuple[Source, ...]
    labels: Mapping[URIRef, str]
    totals: Mapping[str, int]
    triples: int
    derived: int
    undescribed: tuple[str, ...]
    altered: tuple[str, ...]
    stale: bool

    @property
    def healthy(self) -> bool:
        """Say whether nothing calls for action."""
        return not (self.undescribed or self.altered or self.stale)


def info(store: Store, *, lang: str = "fr", project: Project | None = None) -> Info:
    """Describe a store.

    Args:
        store: an open store.
        lang: language of the names of publishers and licences.
        project: whose rules tell whether derived statements are current.
    """
    from rdflib.term import URIRef

    counts = {str(graph): count for graph, count in store.graphs().items()}
    described = sources(store)
    inference = described.pop(INFERENCE_GRAPH, None)
    mentioned = {i for s in described.values() for i in (s.publisher, s.licence) if i}
    house = {CATALOGUE_GRAPH, INFERENCE_GRAPH}
    contents = {graph: n for graph, n in counts.items() if graph not in house}
    question = sparql.parse((project or open_project()).query_text("internal/totals"))
    totals = {str(kind): int(str(count)) for kind, count in store.select(question)}
    expected = inference_fingerprint(described.values(), project or open_project())
    return Info(
        location=store.location,
        sources=tuple(sorted(described.values(), key=lambda source: source.name)),
        labels=labels(store, map(URIRef, sorted(mentioned)), lang),
        totals=totals,
        triples=sum(counts.values()),
        derived=counts.get(INFERENCE_GRAPH, 0),
        undescribed=tuple(sorted(set(contents) - set(described))),
        altered=tuple(
            sorted(g for g, s in described.items() if contents.get(g, 0) != s.triples)
        ),
        stale=bool(contents)
        and (inference is None or inference.fingerprint != expected),
    )
