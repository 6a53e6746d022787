"""How central each actor is among all: PageRank and core number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from spnr_graph.measures.shortest import Integers, Numbers
    from spnr_graph.projection import Links

_DAMPING: Final = 0.85
#: A change that no decimal shows; each round leaves 0.85 of the error, so that this
#: many rounds are always enough.
_SETTLED: Final = 1e-13
_ROUNDS: Final = 250


def pagerank(links: Links) -> Numbers:
    """Return the PageRank of each node, which add up to one; weights count."""
    size = len(links.nodes)
    strength = np.asarray(links.weights.sum(axis=1), dtype=np.float64)
    alone = strength == 0
    shares = 1 / np.where(alone, 1.0, strength)
    rank = np.full(size, 1 / max(size, 1))
    for _ in range(_ROUNDS):
        received = links.weights @ (rank * shares) + rank[alone].sum() / max(size, 1)
        before, rank = rank, _DAMPING * received + (1 - _DAMPING) / max(size, 1)
        if np.abs(rank - before).sum() < _SETTLED:
            break
    return rank


def core_numbers(links: Links) -> Integers:
    """Return the largest k such that the node has k neighbours that all have k.

    All the nodes that have too few neighbours left are taken away at once.
    """
    degree = np.diff(links.weights.indptr).astype(np.int64)
    core = np.zeros(len(degree), np.int64)
    there = np.ones(len(degree), dtype=np.bool_)
    while there.any():
        level = max(int(core.max()), int(degree[there].min()))
        leaving = np.flatnonzero(there & (degree <= level))
        while len(leaving):
            core[leaving] = level
            there[leaving] = False
            losing = links.weights[leaving].indices
            degree -= np.bincount(losing, minlength=len(degree))
            fewer = np.zeros(len(degree), dtype=np.bool_)
            fewer[losing] = True
            leaving = np.flatnonzero(fewer & there & (degree <= level))
    return core
