"""Networks as this project makes, measures and lays them out."""

from __future__ import annotations

import time
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from benchmarks.files import inputs
from benchmarks.layout import network
from spnr_graph.measures.actors import closeness
from spnr_graph.measures.communities import communities
from spnr_graph.measures.holes import constraint
from spnr_graph.measures.louvain import louvain
from spnr_graph.measures.ranks import core_numbers, pagerank
from spnr_graph.measures.shortest import shortest_paths
from spnr_graph.operations.network import asker, pull_network
from spnr_graph.project import Project
from spnr_graph.projection import Filters, Links, pull, read_links
from spnr_graph.render.layout import place_links
from spnr_graph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.bench import Bench
    from spnr_graph.store import Store

_MEMORY: Final = "memory:"
#: Starting points of sampled shortest paths, and actors of the layouts.
SOURCES: Final = 256
LAYOUTS: Final = (500, 5_000)
#: The two days that are compared: the generator draws periods between them.
_DAYS: Final = (date(2018, 1, 1), date(2024, 1, 1))


def prepare(bench: Bench) -> None:
    """Leave a store in a directory, nothing derived, and its network as a matrix."""
    import scipy.sparse as sp

    with bench.timed(), _filled(bench, str(bench.scratch / "network")) as store:
        found = read_links(asker(store, Project(bench.root)))
        sp.save_npz(bench.scratch / "links.npz", sp.csr_matrix(found.weights))


def _filled(bench: Bench, location: str) -> Store:
    """Place the files of the generated project in an empty store."""
    import pyoxigraph as ox
    from rdflib.term import URIRef

    store = open_store(location)
    for graph, files in groupby(inputs(bench.root), key=lambda each: each[1]):
        lines = bench.scratch / "network.nt"
        with lines.open("wb") as stream:
            for path, _ in files:
                if path.suffix == ".nt":
                    stream.write(path.read_bytes())
                else:
                    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
                    triples = (quad.triple for quad in quads)
                    ox.serialize(triples, stream, ox.RdfFormat.N_TRIPLES)
        with lines.open("rb") as stream:
            store.replace(URIRef(graph), stream)
    return store


def _on_disk(bench: Bench) -> Store:
    """Open what ``prepare`` left."""
    return open_store(str(bench.scratch / "network"), read_only=True)


def measured(bench: Bench) -> Links:
    """Return the network that ``prepare`` left."""
    import scipy.sparse as sp

    weights = sp.csr_array(sp.load_npz(bench.scratch / "links.npz"))
    width = len(str(weights.shape[0]))
    names = tuple(f"n{code:0{width}}" for code in range(weights.shape[0]))
    return Links(nodes=names, weights=weights)


# --- from the store ---------------------------------------------------------------


def _time_whole(bench: Bench, store: Store) -> None:
    """Time a store until its communities, each step told apart."""
    import networkit  # noqa: F401
    import scipy.sparse.csgraph  # noqa: F401 - seconds that are not the work

    ask = asker(store, Project(bench.root))
    with bench.timed() as facts:
        start = time.process_time()
        links = read_links(ask)
        read = time.process_time()
        links.weights.sum(axis=1)
        pagerank(links)
        ranked = time.process_time()
        found = communities(links)
        agreed = time.process_time() - ranked
        facts["s of processor to the pairs"] = round(read - start, 2)
        facts["degree, PageRank"] = round(ranked - read, 2)
        facts[f"communities ({found.runs} runs)"] = round(agreed, 2)
        facts["actors"], facts["pairs"] = len(links.nodes), links.weights.nnz // 2


def whole_memory(bench: Bench) -> None:
    """Take a store in memory to its pairs, their measures and communities."""
    _time_whole(bench, _filled(bench, _MEMORY))


def whole_disk(bench: Bench) -> None:
    """Take a store in a directory to its pairs, their measures and communities."""
    _time_whole(bench, _on_disk(bench))


def _time_pull(bench: Bench, store: Store) -> None:
    ask = asker(store, Project(bench.root))
    with bench.timed() as facts:
        facts["participations"] = len(pull(ask).participations)


def pull_memory(bench: Bench) -> None:
    """Pull all the participations, their sources and attributes out of memory."""
    _time_pull(bench, _filled(bench, _MEMORY))


def pull_disk(bench: Bench) -> None:
    """Pull all the participations, their sources and attributes out of a directory."""
    _time_pull(bench, _on_disk(bench))


# --- measures and layouts ---------------------------------------------------------


def times(bench: Bench, work: Mapping[str, Callable[[], object]]) -> None:
    """Time each piece of work; how many it gives is told where it is a collection."""
    for label, make in work.items():
        if label not in bench.skip:
            with bench.timed(label):
                make()


def measures(bench: Bench) -> None:
    """Measure a network that is a sparse matrix."""
    import networkit  # noqa: F401
    import scipy.sparse.csgraph  # noqa: F401 - seconds that are not the work

    links = measured(bench)
    linked = links.weights.sum(axis=1) > 0
    weights = links.weights[linked][:, linked]
    times(
        bench,
        {
            "degree and strength": lambda: links.weights.sum(axis=1),
            "PageRank": lambda: pagerank(links),
            "core numbers": lambda: core_numbers(links),
            "constraint": lambda: constraint(links),
            "communities, one run": lambda: louvain(weights, seeds=[1]),
            "communities, agreed": lambda: communities(links),
            "betweenness, sampled": lambda: shortest_paths(links, pivots=SOURCES),
            "betweenness and closeness": lambda: closeness(
                shortest_paths(links, pivots=len(links.nodes))
            ),
        },
    )


def layouts(bench: Bench) -> None:
    """Lay out made-up villages, see ``benchmarks.layout``."""
    made = {size: network(size) for size in LAYOUTS}
    times(
        bench,
        {f"{size:,} actors": _layout(links) for size, links in made.items()},
    )


def _layout(links: Links) -> Callable[[], object]:
    return lambda: place_links(links)


# --- verbs ------------------------------------------------------------------------


def verbs(bench: Bench) -> None:
    """Answer every verb of ``spnr network`` from a pull that all of them share."""
    from spnr_graph.operations.network import (
        actors,
        communities,
        compare,
        coverage,
        proposals,
        resilience,
        summary,
    )

    store, content = _on_disk(bench), Project(bench.root)
    pulled, every = pull_network(store, project_=content), Filters()
    first, last = _DAYS
    times(
        bench,
        {
            "summary": lambda: summary.summary(pulled, chosen=every),
            "actors": lambda: actors.actors(pulled, chosen=every),
            "communities": lambda: communities.communities(pulled, chosen=every),
            "resilience": lambda: resilience.resilience(pulled),
            "coverage": lambda: coverage.coverage(pulled, store, project_=content),
            "proposals": lambda: proposals.proposals(pulled),
            "compare": lambda: compare.compare(pulled, first, last, chosen=every),
            "graph with evidence": pulled.graph,
        },
    )
