"""How a network holds together: clustering, centralisation, assortativity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.measures.products import ends, product_within
from spnr_graph.measures.reach import memberships

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.measures.shortest import Numbers, ShortestPaths
    from spnr_graph.projection import Links, Participations


@dataclass(frozen=True, kw_only=True, eq=False)
class Clustering:
    """How often the partners of an actor are partners.

    Attributes:
        transitivity: share of the paths of two links that a third one closes; None
            when there is no such path.
        local: for each node, share of the pairs of its neighbours that are linked,
            zero below two neighbours.
    """

    transitivity: float | None
    local: Numbers


def clustering(links: Links) -> Clustering:
    """Return global and local clustering; weights do not count."""
    degree = np.diff(links.weights.indptr).astype(np.float64)
    ones = np.ones(links.weights.nnz)
    shared = product_within(links, ones, ones)
    closed = np.bincount(ends(links)[0], shared, minlength=len(degree))
    open_ = degree * (degree - 1)
    total = float(open_.sum())
    return Clustering(
        transitivity=float(closed.sum()) / total if total else None,
        local=np.divide(closed, open_, out=np.zeros(len(degree)), where=open_ > 0),
    )


def renewed(rows: Participations) -> float | None:
    """Return how often two actors who meet once meet again in another initiative.

    Robins and Alexander's clustering of the network in two modes: four times the number
    of cycles of four over the number of paths of three; None without such a path.
    """
    places = memberships(rows)
    shared = (places @ places.T).tocoo()
    met = shared.data[shared.row < shared.col]
    cycles = float((met * (met - 1) / 2).sum())
    busy = np.asarray(places.sum(axis=1)) - 1
    full = np.asarray(places.sum(axis=0)) - 1
    paths = float(busy @ places @ full)
    return 4 * cycles / paths if paths else None


def mean_distance(paths: ShortestPaths) -> float | None:
    """Return the mean number of steps in the largest component, None when it is one."""
    inside = paths.components.of == 0
    if inside.sum() < 2:
        return None
    known = paths.distance[inside]
    return float(np.nanmean(known))


def centralisation(values: Numbers, most: float) -> float | None:
    """Return Freeman's centralisation, None where there is none to compare with.

    Args:
        values: the measure of each node.
        most: the sum of the differences to the greatest value in a star of this size,
            the most centralised network.
    """
    if most <= 0:
        return None
    return float((values.max() - values).sum() / most)


def degree_assortativity(links: Links) -> float | None:
    """Return the correlation between the degrees of linked nodes, None if all equal."""
    degree = np.diff(links.weights.indptr)
    left, right = (degree[end] for end in ends(links))
    if not len(left) or left.min() == left.max():
        return None
    return float(np.corrcoef(left, right)[0, 1])


@dataclass(frozen=True, kw_only=True)
class Mixing:
    """Whether linked nodes are alike.

    Attributes:
        coefficient: 1 when links join only like to like, 0 as by chance, below when
            they join unlike; None where all are alike or no link has two known ends.
        alike: share of the links, both ends known, that join like to like.
        known: number of links whose two ends are known.
    """

    coefficient: float | None
    alike: float | None
    known: int


def mixing(links: Links, categories: Sequence[str]) -> Mixing:
    """Return whether links join nodes of the same category (Newman 2003).

    Args:
        links: the network; weights do not count.
        categories: of each node, ``""`` when unknown: its links are left out.
    """
    names, code = np.unique(np.array(categories, dtype=object), return_inverse=True)
    unknown = np.array([name == "" for name in names.tolist()], dtype=np.bool_)
    left, right = (code[end] for end in ends(links))
    both = ~unknown[left] & ~unknown[right]
    left, right = left[both], right[both]
    if not len(left):
        return Mixing(coefficient=None, alike=None, known=0)
    alike = float((left == right).mean())
    shares = np.bincount(left, minlength=len(names)) / len(left)
    expected = float((shares**2).sum())
    return Mixing(
        coefficient=(alike - expected) / (1 - expected) if expected < 1 else None,
        alike=alike,
        known=len(left) // 2,
    )
