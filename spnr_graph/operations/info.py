"""Say what a store holds: its sources, its totals, what is derived, its health."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spnr_graph import sparql
from spnr_graph.catalogue import Source, sources
from spnr_graph.harvest import Outcome, outcomes
from spnr_graph.labels import labels
from spnr_graph.namespaces import CATALOGUE_GRAPH, IDENTITY_GRAPH, INFERENCE_GRAPH
from spnr_graph.operations.datasets import names
from spnr_graph.operations.fingerprint import inference_fingerprint
from spnr_graph.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import URIRef

    from spnr_graph.store import Store


@dataclass(frozen=True, kw_only=True)
class Info:
    """What a store holds.

    Attributes:
        location: where the store is.
        sources: its contributions, in the order of their names, then those that were
            asked for and never came.
        outcomes: what became of the harvest of each distribution.
        labels: publishers and licences, in the language asked for.
        totals: IRI of a class → number of things of that class.
        triples: number of triples in all named graphs.
        derived: number of derived triples.
        undescribed: graphs of which the catalogue says nothing.
        altered: graphs whose size is no longer what was placed.
        stale: whether derived statements are older than what they derive from.
        gone: names of datasets that stood in the catalogue and no longer do; what they
            said stays.
    """

    location: str
    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]
    labels: Mapping[URIRef, str]
    totals: Mapping[str, int]
    triples: int
    derived: int
    undescribed: tuple[str, ...]
    altered: tuple[str, ...]
    stale: bool
    gone: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Say whether nothing calls for action."""
        return not (self.undescribed or self.altered or self.stale or self.gone)


def info(store: Store, *, lang: str = "fr", project: Project | None = None) -> Info:
    """Describe a store.

    Args:
        store: an open store.
        lang: language of the names of publishers and licences.
        project: whose rules tell whether derived statements are current, and whose
            catalogue names what never came.
    """
    from rdflib.term import URIRef

    counts = {str(graph): count for graph, count in store.graphs().items()}
    content = project or open_project()
    described = sources(store)
    inference = described.pop(INFERENCE_GRAPH, None)
    harvested = outcomes(store)
    listed = (
        *sorted(_listed(described), key=lambda source: source.name),
        *_awaited(harvested.values(), described, content),
    )
    mentioned = {iri for s in listed for iri in (s.publisher, s.licence) if iri}
    house = {CATALOGUE_GRAPH, INFERENCE_GRAPH}
    contents = {graph: n for graph, n in counts.items() if graph not in house}
    question = sparql.parse(content.query_text("internal/totals"))
    totals = {str(kind): int(str(count)) for kind, count in store.select(question)}
    expected = inference_fingerprint(described.values(), content)
    return Info(
        location=store.location,
        sources=listed,
        outcomes=tuple(harvested.values()),
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
        gone=_gone(listed, content),
    )


def _gone(listed: Iterable[Source], project: Project) -> tuple[str, ...]:
    """Return the datasets that came from a catalogue which no longer has them."""
    kept = {str(dataset.graph) for dataset in project.datasets.values()}
    return tuple(s.name for s in listed if s.distributed and s.graph not in kept)


def _listed(described: Mapping[str, Source]) -> Iterator[Source]:
    """Yield what partners and references give, under names that are different."""
    given = {g: s for g, s in described.items() if g != IDENTITY_GRAPH}
    called = names(given)
    return (replace(source, name=called[graph]) for graph, source in given.items())


def _awaited(
    found: Iterable[Outcome], described: Mapping[str, Source], project: Project
) -> list[Source]:
    """Return the datasets that were asked for and of which nothing was ever placed."""
    graphs = {each.graph for each in found} - set(described)
    return [
        Source(
            graph=str(dataset.graph),
            name=dataset.name,
            publisher=dataset.publisher,
            licence=dataset.licence,
            frequency=dataset.frequency,
        )
        for dataset in sorted(project.datasets.values(), key=lambda d: d.name)
        if str(dataset.graph) in graphs
    ]
