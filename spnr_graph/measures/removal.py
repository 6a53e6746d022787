"""What a network loses when one of its nodes leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.products import adjacency
from spnr_graph.measures.shortest import components
from spnr_graph.projection import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    import scipy.sparse as sp

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

#: Up to so many nodes, paths are counted between all pairs; beyond, from pivots.
EXACT_PATHS: Final = 500
PIVOTS: Final = 64


@dataclass(frozen=True, kw_only=True, eq=False)
class Cuts:
    """What each node holds together, in the order of the nodes.

    Attributes:
        cut_off: other nodes of its component that are no longer linked, even through
            others, to the largest piece that is left of it.
        pairs: pairs of other nodes that were linked, even through others, and are not
            any more.
        largest: nodes of the largest component of the network without it.
    """

    cut_off: Ints
    pairs: Ints
    largest: Ints


def cuts(links: Links) -> Cuts:
    """Return what every node holds together, all at once, in linear time.

    One depth-first search gives the pieces that the removal of each node leaves
    (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272).
    """
    count = len(links.nodes)
    if not count:
        none = np.zeros(0, dtype=np.int64)
        return Cuts(cut_off=none, pairs=none, largest=none)
    parts = components(links)
    label, sizes = parts.of, parts.sizes
    order, parent, lowest = _search(links.weights, label)
    place = np.empty(count + 1, dtype=np.int64)
    place[order] = np.arange(count + 1)
    pieces = _pieces(order.tolist(), parent.tolist(), lowest.tolist(), place.tolist())
    below, squares, greatest = pieces[:, :-1]
    rest = np.where(parent[:-1] == count, 0, sizes[label] - 1 - below)
    squares = squares + rest * rest
    greatest = np.maximum(greatest, rest)
    others = sizes[label] - 1
    ranked = np.sort(np.append(sizes, 0))
    elsewhere = np.where(sizes[label] == ranked[-1], ranked[-2], ranked[-1])
    return Cuts(
        cut_off=others - greatest,
        pairs=(others * others - squares) // 2,
        largest=np.maximum(greatest, elsewhere),
    )


def _search(weights: sp.csr_array, label: Ints) -> tuple[Ints, Ints, Ints]:
    """Search depth first from a root above one node of each component.

    Returns:
        The nodes as they are reached, the parent of each, and the earliest place in
        that order of each node and its neighbours.
    """
    import scipy.sparse as sp
    from scipy.sparse.csgraph import depth_first_order

    root = len(label)
    tops = np.unique(label, return_index=True)[1]
    linked = weights.tocoo()
    rows = np.concatenate((linked.row, tops, np.full(len(tops), root)))
    columns = np.concatenate((linked.col, np.full(len(tops), root), tops))
    shape = (root + 1, root + 1)
    whole = sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    order, parent = depth_first_order(whole, root, directed=True)
    place = np.empty(root + 1, dtype=np.int64)
    place[order] = np.arange(root + 1)
    lowest = place.copy()
    starts = weights.indptr[:-1][np.diff(weights.indptr) > 0]
    if len(starts):
        some = np.flatnonzero(np.diff(weights.indptr))
        nearest = np.minimum.reduceat(place[weights.indices], starts)
        lowest[some] = np.minimum(lowest[some], nearest)
    return order.astype(np.int64), parent.astype(np.int64), lowest


def _pieces(
    order: list[int], parent: list[int], lowest: list[int], place: list[int]
) -> Ints:
    """Add up, from the leaves, the pieces that hang on each node alone.

    Returns:
        Three rows: nodes of these pieces, sum of their squared sizes, the largest.
    """
    count = len(order)
    size = [1] * count
    below, squares, greatest = [0] * count, [0] * count, [0] * count
    for node in reversed(order[1:]):
        above = parent[node]
        size[above] += size[node]
        if lowest[node] >= place[above]:
            below[above] += size[node]
            squares[above] += size[node] ** 2
            greatest[above] = max(greatest[above], size[node])
        else:
            lowest[above] = min(lowest[above], lowest[node])
    return np.array((below, squares, greatest), dtype=np.int64)


def without(links: Links, gone: Sequence[int] | Ints) -> Links:
    """Return the links among the nodes that stay.

    Args:
        links: the network.
        gone: places of the nodes that leave.
    """
    stays = np.ones(len(links.nodes), dtype=np.bool_)
    stays[gone] = False
    kept = np.flatnonzero(stays)
    weights = links.weights[kept][:, kept]
    return Links(nodes=tuple(links.nodes[k] for k in kept.tolist()), weights=weights)


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """What a network that shrank has lost.

    Attributes:
        gone: nodes that are there no more.
        cut_off: nodes that stay, but outside the largest piece of what was their
            component; of two such pieces the one that holds the first node stays.
        pairs: pairs of nodes that stay, were linked, even through others, and are not
            any more.
        largest: nodes of the largest component that is left.
    """

    gone: tuple[str, ...]
    cut_off: tuple[str, ...]
    pairs: int
    largest: int


def aftermath(before: Links, after: Links, *, aside: str = "") -> Aftermath:
    """Compare a network with what is left of it, from their components alone.

    Args:
        before: the network.
        after: some of its nodes and links.
        aside: a node that may link others but is not counted: who leaves in part.
    """
    stay = set(after.nodes) - {aside}
    former = components(before).of[[n in stay for n in before.nodes]]
    parts = components(after)
    now = parts.of[[n in stay for n in after.nodes]]
    whole, sizes = np.bincount(former), np.bincount(now, minlength=len(parts.sizes))
    # Of the pieces of a former component the largest stays, then the first.
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    best = np.full(len(whole), len(sizes))
    np.minimum.at(best, former, rank[now])
    lost = rank[now] != best[former]
    counted = [node for node in after.nodes if node in stay]
    return Aftermath(
        gone=tuple(n for n in before.nodes if n not in stay and n != aside),
        cut_off=tuple(counted[k] for k in np.flatnonzero(lost).tolist()),
        pairs=_pairs(whole) - _pairs(sizes),
        largest=int(parts.sizes.max(initial=0)),
    )


def _pairs(sizes: Ints) -> int:
    """Return how many pairs lie within groups of these sizes."""
    return int((sizes * (sizes - 1) // 2).sum())


def linked_pairs(links: Links) -> int:
    """Return how many pairs of nodes are linked, even through others."""
    return _pairs(components(links).sizes)


@dataclass(frozen=True, kw_only=True, eq=False)
class Nearness:
    """One divided by the steps between nodes; zero where nothing links them.

    Attributes:
        nodes: IRIs, sorted.
        sources: places of the nodes from which steps are counted: all, or pivots.
        inverse: a row per source, a column per node.
    """

    nodes: tuple[str, ...]
    sources: Ints
    inverse: Floats


def nearness(links: Links, *, pivots: int = PIVOTS, seed: int = 0) -> Nearness:
    """Count the steps between all nodes, or from pivots past ``EXACT_PATHS`` nodes.

    Args:
        links: the network; weights do not count.
        pivots: how many nodes to count from in a large network.
        seed: of the draw of the pivots.
    """
    count = len(links.nodes)
    sources = np.arange(count)
    if count > EXACT_PATHS:
        drawn = np.random.default_rng(seed).choice(count, size=pivots, replace=False)
        sources = np.sort(drawn)
    inverse = _inverse_steps(links, sources)
    return Nearness(nodes=links.nodes, sources=sources, inverse=inverse)


def _inverse_steps(links: Links, sources: Ints) -> Floats:
    """Search breadth first from all the sources at once."""
    adjacent = adjacency(links)
    front = np.zeros((len(links.nodes), len(sources)))
    front[sources, np.arange(len(sources))] = 1
    reached = front > 0
    inverse = np.zeros(front.shape)
    steps = 0
    while front.any():
        steps += 1
        fresh = ((adjacent @ front) > 0) & ~reached
        inverse[fresh] = 1 / steps
        reached |= fresh
        front = fresh.astype(np.float64)
    return np.ascontiguousarray(inverse.T)


def efficiency(links: Links) -> float | None:
    """Return the global efficiency: the mean of one over the steps between two nodes.

    None below two nodes; from pivots past ``EXACT_PATHS`` nodes.
    """
    found = nearness(links)
    pairs = len(found.sources) * (len(found.nodes) - 1)
    return float(found.inverse.sum() / pairs) if pairs > 0 else None


def efficiency_lost(before: Nearness, after: Links) -> float | None:
    """Return the share of the efficiency between those who stay that is lost.

    Args:
        before: steps in the network.
        after: some of its nodes and links.

    Returns:
        From 0 (no way is longer) to 1; None where nothing linked those who stay.
    """
    place = {node: k for k, node in enumerate(after.nodes)}
    now = np.array([place.get(node, -1) for node in before.nodes], dtype=np.int64)
    rows = now[before.sources] >= 0
    former = float(before.inverse[rows][:, now >= 0].sum())
    if not former:
        return None
    left = _inverse_steps(after, now[before.sources[rows]])
    return max(0.0, 1 - float(left.sum()) / former)
