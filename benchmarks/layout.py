"""Layouts beside each other, time and quality: ``python -m benchmarks.layout 5000``.

Quality is what a reader feels: how often two links cross, how many neighbours of a node
stand among those nearest to it, how well distances on the page tell those in the
network. Seconds are those of the processor, whatever else the machine does.
"""

from __future__ import annotations

import sys
import time
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from spnr_graph.projection import Links
from spnr_graph.render import forces
from spnr_graph.render.layout import place_links

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Points: TypeAlias = npt.NDArray[np.float64]
    Layout: TypeAlias = Callable[[Links], Points]

_SEED: Final = 7
_SAMPLE: Final = 200_000
_SIZES: Final = (250, 1000, 5000, 20_000)


def network(size: int) -> Links:
    """Return a made-up network of villages: meetings of 2 to 18, one in four abroad."""
    import scipy.sparse as sp

    dice = np.random.default_rng(_SEED)
    home = dice.integers(0, max(4, size // 120), size)
    activity = dice.pareto(1.5, size) + 0.3
    pairs: list[tuple[int, int]] = []
    for _ in range(size * 9 // 10):
        local = np.flatnonzero(home == dice.integers(0, home.max() + 1))
        share = activity[local] / activity[local].sum()
        count = min(len(local), 2 + int(dice.geometric(0.45)), 18)
        met = set(dice.choice(local, count, replace=False, p=share).tolist())
        if dice.random() < 0.25:
            met.add(int(dice.integers(0, size)))
        pairs += combinations(sorted(met), 2)
    ends = np.array(pairs).T
    half = sp.coo_array((np.ones(len(pairs)), (ends[0], ends[1])), shape=(size, size))
    weights = sp.csr_array(half + half.T)
    weights.sort_indices()
    width = len(str(size))
    names = tuple(f"n{code:0{width}}" for code in range(size))
    return _largest(Links(nodes=names, weights=weights))


def _largest(links: Links) -> Links:
    """Return the largest component: layouts differ most in it."""
    from scipy.sparse.csgraph import connected_components

    member = connected_components(links.weights, directed=False)[1]
    inside = np.flatnonzero(member == np.bincount(member).argmax())
    nodes = tuple(links.nodes[code] for code in inside.tolist())
    return Links(nodes=nodes, weights=links.weights[inside][:, inside])


def crossings(points: Points, links: Links) -> float:
    """Return the share of pairs of links that cross, of a fixed sample."""
    dice = np.random.default_rng(_SEED)
    drawn = links.weights.tocoo()
    half = drawn.row < drawn.col
    ends = np.column_stack((drawn.row[half], drawn.col[half]))
    a, b = ends[dice.integers(0, len(ends), _SAMPLE)].T
    c, d = ends[dice.integers(0, len(ends), _SAMPLE)].T
    apart = (a != c) & (a != d) & (b != c) & (b != d)
    a, b, c, d = a[apart], b[apart], c[apart], d[apart]

    def side(
        x: npt.NDArray[np.int32], y: npt.NDArray[np.int32], z: npt.NDArray[np.int32]
    ) -> Points:
        one, other = points[y] - points[x], points[z] - points[x]
        return np.asarray(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])

    between = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return float(between.mean())


def preserved(points: Points, links: Links) -> float:
    """Return how alike the nearest on the page and the neighbours are (Jaccard)."""
    from scipy.spatial import cKDTree

    tree, weights = cKDTree(points), links.weights
    shares = []
    for node in _some(len(points), 1000):
        near = set(weights[[node]].indices.tolist())
        found = set(tree.query(points[node], k=range(1, len(near) + 2))[1].tolist())
        found.discard(int(node))
        shares.append(len(near & found) / len(near | found))
    return float(np.mean(shares))


def stress(points: Points, links: Links) -> float:
    """Return the mean squared error of distances, at the best scale, of a sample."""
    from scipy.sparse.csgraph import dijkstra

    starts = _some(len(points), 100)
    hops = dijkstra(links.weights, indices=starts, unweighted=True)
    away = np.sqrt(((points[starts][:, None] - points) ** 2).sum(-1))
    hops, away = hops[hops > 0], away[hops > 0]
    scale = (away / hops).sum() / (away**2 / hops**2).sum()
    return float(((scale * away / hops - 1) ** 2).mean())


def _some(size: int, count: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(_SEED).permutation(size)[:count]


def _ours(links: Links) -> Points:
    return np.array(list(place_links(links).values()))


def _pivots(links: Links) -> Points:
    return forces.pivoted(links.weights)


def _igraph(links: Links) -> Points:
    import random

    import igraph

    igraph.set_random_number_generator(random.Random(_SEED))
    drawn = links.weights.tocoo()
    half = drawn.row < drawn.col
    ends = np.column_stack((drawn.row[half], drawn.col[half])).tolist()
    graph = igraph.Graph(n=len(links.nodes), edges=ends)
    return np.array(graph.layout_fruchterman_reingold().coords)


def _networkit(links: Links) -> Points:
    import networkit

    networkit.setSeed(_SEED, False)
    networkit.setNumberOfThreads(1)
    graph = networkit.Graph(len(links.nodes))
    drawn = links.weights.tocoo()
    for a, b in zip(drawn.row.tolist(), drawn.col.tolist(), strict=True):
        if a < b:
            graph.addEdge(a, b)
    pivots = networkit.viz.PivotMDS(graph, 2, 50)
    pivots.run()
    stressed = networkit.viz.MaxentStress(
        graph, 2, 2, coordinates=pivots.getCoordinates()
    )
    stressed.run()
    return np.array(stressed.getCoordinates())


CONTESTANTS: Final[dict[str, Layout]] = {
    "pivots alone": _pivots,
    "spnr_graph (pivots, forces on a mesh, discs apart)": _ours,
    "igraph Fruchterman–Reingold": _igraph,
    "networkit PivotMDS + MaxentStress": _networkit,
}


def main(sizes: list[int]) -> None:
    """Print one row per layout and size, as Markdown."""
    say = sys.stdout.write
    say("| actors | links | layout | seconds | crossings | preserved | stress |\n")
    say("| --- | --- | --- | --- | --- | --- | --- |\n")
    for size in sizes or _SIZES:
        links = network(size)
        for name, layout in CONTESTANTS.items():
            start = time.process_time()
            points = layout(links)
            seconds = time.process_time() - start
            quality = [m(points, links) for m in (crossings, preserved, stress)]
            told = " | ".join(f"{value:.4f}" for value in quality)
            counts = f"{len(points):,} | {links.weights.nnz // 2:,}"
            say(f"| {counts} | {name} | {seconds:.2f} | {told} |\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
