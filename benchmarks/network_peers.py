"""The same networks by networkx, python-igraph and networkit; pages by pyvis."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.layout import CONTESTANTS, network
from benchmarks.network import LAYOUTS, SOURCES, measured, times
from spnr_graph.projection import Links

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from benchmarks.bench import Bench

_SEED: Final = 1


def _ends(links: Links) -> tuple[list[list[int]], list[float]]:
    """Return the two ends and the weight of each link."""
    drawn = links.weights.tocoo()
    half = drawn.row < drawn.col
    ends = np.column_stack((drawn.row[half], drawn.col[half])).tolist()
    return ends, drawn.data[half].tolist()


# --- projection -------------------------------------------------------------------


def project_igraph(bench: Bench) -> None:
    """Project with igraph the rows that we project with scipy."""
    import igraph

    places = json.loads((bench.scratch / "places.json").read_text(encoding="utf-8"))
    with bench.timed() as facts:
        actors = {actor: code for code, actor in enumerate({a for a, _ in places})}
        where = {one: len(actors) + k for k, one in enumerate({i for _, i in places})}
        ends = [(actors[actor], where[one]) for actor, one in places]
        types = [False] * len(actors) + [True] * len(where)
        graph = igraph.Graph.Bipartite(types, ends)
        projected = graph.bipartite_projection(which=0, multiplicity=True)
        facts["pairs"] = projected.ecount()


# --- measures ---------------------------------------------------------------------


def measures_networkx(bench: Bench) -> None:
    """Measure with networkx; scipy stands behind its PageRank."""
    import networkx as nx
    import scipy.sparse.csgraph  # noqa: F401 - a second that is not the work

    graph = _networkx(measured(bench))
    times(
        bench,
        {
            "degree and strength": lambda: dict(graph.degree(weight="weight")),
            "PageRank": lambda: nx.pagerank(graph, tol=1e-13, max_iter=500),
            "core numbers": lambda: nx.core_number(graph),
            "constraint": lambda: nx.constraint(graph, weight="weight"),
            "communities, one run": lambda: nx.community.louvain_communities(
                graph, seed=_SEED
            ),
            "betweenness, sampled": lambda: nx.betweenness_centrality(
                graph, k=min(SOURCES, len(graph)), seed=_SEED
            ),
            "betweenness and closeness": lambda: (
                nx.betweenness_centrality(graph),
                nx.closeness_centrality(graph),
            ),
        },
    )


def _networkx(links: Links) -> nx.Graph[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(links.nodes)))
    for (a, b), weight in zip(*_ends(links), strict=True):
        graph.add_edge(a, b, weight=weight)
    return graph


def measures_igraph(bench: Bench) -> None:
    """Measure with igraph; it takes the first sources, we draw them."""
    import igraph

    links = measured(bench)
    ends, weights = _ends(links)
    graph = igraph.Graph(n=len(links.nodes), edges=ends)
    graph.es["weight"] = weights
    sources = list(range(min(SOURCES, len(links.nodes))))
    times(
        bench,
        {
            "degree and strength": lambda: graph.strength(weights="weight"),
            "PageRank": lambda: graph.pagerank(weights="weight"),
            "core numbers": graph.coreness,
            "constraint": lambda: graph.constraint(weights="weight"),
            "communities, one run": lambda: graph.community_multilevel(
                weights="weight"
            ),
            "betweenness, sampled": lambda: graph.betweenness(sources=sources),
            "betweenness and closeness": lambda: (
                graph.betweenness(),
                graph.closeness(),
            ),
        },
    )


def measures_networkit(bench: Bench) -> None:
    """Measure with networkit in one thread, as we use it."""
    import networkit as nk

    nk.setNumberOfThreads(1)
    nk.setSeed(_SEED, False)
    links = measured(bench)
    graph = nk.Graph(len(links.nodes), weighted=True)
    for (a, b), weight in zip(*_ends(links), strict=True):
        graph.addEdge(a, b, weight)
    # Shortest paths count steps, as ours do.
    steps, of = nk.graphtools.toUnweighted(graph), nk.centrality
    every = of.ClosenessVariant.GENERALIZED
    times(
        bench,
        {
            "degree and strength": lambda: [
                graph.weightedDegree(node) for node in graph.iterNodes()
            ],
            "PageRank": _ran(of.PageRank(graph, 0.85, 1e-13)),
            "core numbers": _ran(of.CoreDecomposition(steps)),
            "communities, one run": _ran(nk.community.PLM(graph, refine=True)),
            "betweenness, sampled": _ran(of.EstimateBetweenness(steps, SOURCES)),
            "betweenness and closeness": lambda: (
                of.Betweenness(steps).run(),
                of.Closeness(steps, False, every).run(),
            ),
        },
    )


def _ran(algorithm: Any) -> Callable[[], object]:  # noqa: ANN401 - one of many classes
    return lambda: algorithm.run()


# --- layouts ----------------------------------------------------------------------


def _lay_out(bench: Bench, layout: Callable[[Links], object]) -> None:
    made = {size: network(size) for size in LAYOUTS}
    work = {size: _laid_out(layout, links) for size, links in made.items()}
    times(bench, {f"{size:,} actors": done for size, done in work.items()})


def _laid_out(layout: Callable[[Links], object], links: Links) -> Callable[[], object]:
    return lambda: layout(links)


def layouts_networkx(bench: Bench) -> None:
    """Lay out with the springs of networkx, 50 rounds by default."""
    import networkx as nx

    _lay_out(bench, lambda links: nx.spring_layout(_networkx(links), seed=_SEED))


def layouts_igraph(bench: Bench) -> None:
    """Lay out with Fruchterman and Reingold's forces of igraph."""
    import igraph  # noqa: F401 - says at once when it is missing

    _lay_out(bench, CONTESTANTS["igraph Fruchterman–Reingold"])


def layouts_networkit(bench: Bench) -> None:
    """Lay out with networkit: pivots, then stress."""
    import networkit  # noqa: F401 - a second that is not the work

    _lay_out(bench, CONTESTANTS["networkit PivotMDS + MaxentStress"])
