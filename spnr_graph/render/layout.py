"""Where the nodes of a network stand: same network, same places.

Forces (``forces``) place each connected component, discs are pushed apart, components
are packed in rows. Who had a place in a former version keeps it; a newcomer stands
beside those it is linked to.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.render.forces import Points, settled
from spnr_graph.render.newcomers import welcomed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    import scipy.sparse as sp

    from spnr_graph.projection import Links

Positions: TypeAlias = dict[str, tuple[float, float]]

#: Free room around a disc, in the unit of the radii; names need it.
_MARGIN: Final = 7.0
#: Where no component is larger, rows are this many times as long as the page is high.
_PAGE: Final = 1.4


def radius(degree: int) -> float:
    """Return the radius of a node's disc: its area grows with the degree."""
    return 5.0 + 2.6 * math.sqrt(degree)


def place(
    graph: nx.Graph[str], former: Mapping[str, tuple[float, float]] | None = None
) -> Positions:
    """Return the place of every node; y grows downwards, discs do not overlap.

    The largest component comes first, the others stand in rows below it.

    Args:
        graph: links in both directions are one link.
        former: places of an earlier version: they are kept as they are, newcomers
            stand beside their neighbours and off every former place.
    """
    from spnr_graph.projection import links

    return place_links(links(graph), former)


def place_links(
    links: Links, former: Mapping[str, tuple[float, float]] | None = None
) -> Positions:
    """Return the place of every node of a matrix of links, see ``place``."""
    if not links.nodes:
        return {}
    degrees = np.diff(links.weights.indptr)
    radii = np.array([radius(degree) for degree in degrees.tolist()])
    weights = _known(links.weights)
    if former:
        points = welcomed(replace(links, weights=weights), radii + _MARGIN / 2, former)
    else:
        points = _packed(_components(weights, radii), radii)
    rounded = np.round(points, 2).tolist()
    return {node: (x, y) for node, (x, y) in zip(links.nodes, rounded, strict=True)}


#: Codes of the nodes of a component, and where they stand.
_Box: TypeAlias = tuple[npt.NDArray[np.int64], Points]


def _known(weights: sp.csr_array) -> sp.csr_array:
    """Return the weights, those that are 0 (not known) as low as the lowest known."""
    known = weights.copy()
    positive = known.data > 0
    known.data[~positive] = known.data[positive].min() if positive.any() else 1.0
    return known


def _components(weights: sp.csr_array, radii: npt.NDArray[np.float64]) -> list[_Box]:
    """Return the components with the places of their nodes, largest first."""
    from scipy.sparse.csgraph import connected_components

    count, member = connected_components(weights, directed=False)
    order = np.argsort(member, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(member, minlength=count))[:-1])
    groups.sort(key=lambda group: (-len(group), int(group[0])))
    boxes: list[_Box] = []
    for group in groups:
        if len(group) == 1:
            boxes.append((group, np.zeros((1, 2))))
            continue
        points = settled(weights[group][:, group])
        boxes.append((group, _apart(_flat(points), radii[group])))
    return boxes


def _flat(points: Points) -> Points:
    """Turn the cloud so that its longest side lies flat, as a page does."""
    centred = points - points.mean(0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    axes = axes * np.sign(axes[[0, 1], np.argmax(np.abs(axes), axis=1)])[:, None]
    return np.asarray(centred @ axes.T * [1.3, 1.0])


def _apart(points: Points, radii: npt.NDArray[np.float64]) -> Points:
    """Push apart the discs that overlap, a little more sideways: names lie flat."""
    from scipy.spatial import cKDTree

    stretch = np.array([0.8, 1.0])
    points = points * stretch
    for _ in range(300):
        near = cKDTree(points).query_pairs(
            2 * float(radii.max()) + _MARGIN, output_type="ndarray"
        )
        gaps = points[near[:, 0]] - points[near[:, 1]]
        lengths = np.sqrt((gaps**2).sum(1)) + 1e-9
        overlap = radii[near].sum(1) + _MARGIN - lengths
        hit = overlap > 0.01
        if not hit.any():
            break
        push = gaps[hit] / lengths[hit, None] * (overlap[hit, None] * 0.4)
        for axis in (0, 1):
            ends = near[hit].T
            points[:, axis] += np.bincount(ends[0], push[:, axis], len(points))
            points[:, axis] -= np.bincount(ends[1], push[:, axis], len(points))
    return np.asarray(points / stretch)


def _packed(boxes: list[_Box], radii: npt.NDArray[np.float64]) -> Points:
    """Lay the components out in rows, as wide as the first one or as a page."""
    sides = []
    for group, points in boxes:
        room = float(radii[group].max()) + 5 * _MARGIN
        low = points.min(0) - room
        sides.append((low, points.max(0) + room - low))
    area = sum(float(side[0] * side[1]) for _, side in sides)
    width = max(float(sides[0][1][0]), 400.0, math.sqrt(area * _PAGE))
    placed = np.zeros((len(radii), 2))
    x = y = height = 0.0
    alone = False
    for (group, points), (low, (wide, tall)) in zip(boxes, sides, strict=True):
        if x and (x + wide > width or alone):
            x, y, height = 0.0, y + height, 0.0
        placed[group] = points - low + [x, y]
        # Beside a component that is most of the network nothing stands.
        alone = len(group) > len(radii) / 2
        x, height = x + float(wide), max(height, float(tall))
    return placed
