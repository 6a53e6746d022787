"""What can be said of each actor of a network, as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.measures.actor_definitions import DEFINITIONS
from spnr_graph.measures.holes import constraint, effective_size
from spnr_graph.measures.ranks import core_numbers, pagerank
from spnr_graph.measures.shortest import shortest_paths

if TYPE_CHECKING:
    from spnr_graph.measures.shortest import Integers, Numbers, ShortestPaths
    from spnr_graph.projection import Links

__all__ = ["DEFINITIONS", "Actors", "actors"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Actors:
    """A number per node for each measure; NaN where the measure does not exist.

    Attributes:
        degree: number of partners.
        strength: sum of the weights of the links.
        betweenness: share of the pairs of others that the node stands between.
        error: standard error of the betweenness, zero where it is exact.
        closeness: Wasserman and Faust's, from 0 (alone) to 1 (linked to all).
        pagerank: as they are weighted; they add up to one.
        core: the deepest core that holds the node.
        constraint: Burt's; NaN without partner.
        effective_size: Burt's; NaN without partner.
        paths: the shortest paths that betweenness and closeness were made of.
    """

    degree: Integers
    strength: Numbers
    betweenness: Numbers
    error: Numbers
    closeness: Numbers
    pagerank: Numbers
    core: Integers
    constraint: Numbers
    effective_size: Numbers
    paths: ShortestPaths


def actors(links: Links, *, pivots: int | None = None, seed: int = 1) -> Actors:
    """Return the measures of every node, in the order of the nodes.

    Args:
        links: the network.
        pivots: starting points of the shortest paths; see ``shortest_paths``.
        seed: of their sample.
    """
    paths = shortest_paths(links, pivots=pivots, seed=seed)
    size = len(links.nodes)
    pairs = max((size - 1) * (size - 2) / 2, 1)
    return Actors(
        degree=np.diff(links.weights.indptr).astype(np.int64),
        strength=np.asarray(links.weights.sum(axis=1), dtype=np.float64),
        betweenness=paths.betweenness / pairs,
        error=paths.error / pairs,
        closeness=closeness(paths),
        pagerank=pagerank(links),
        core=core_numbers(links),
        constraint=constraint(links),
        effective_size=effective_size(links),
        paths=paths,
    )


def closeness(paths: ShortestPaths) -> Numbers:
    """Return the closeness of each node, scaled by how many it can reach."""
    size = len(paths.distance)
    others = paths.components.sizes[paths.components.of] - 1
    reached = others / max(size - 1, 1)
    return np.where(others > 0, reached / np.nan_to_num(paths.distance, nan=1.0), 0.0)
