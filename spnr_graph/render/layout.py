"""Where the nodes of a network stand: same network, same places.

No random number is drawn: pivots give the first places (Brandes and Pich 2006), forces
as in ForceAtlas2 (Jacomy et al. 2014) refine them, then discs are pushed apart.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import networkx as nx

Points: TypeAlias = npt.NDArray[np.float64]
Positions: TypeAlias = dict[str, tuple[float, float]]

#: Forces compare every pair of nodes: beyond this size the pivots alone decide.
_FORCES_LIMIT: Final = 1500
_PIVOTS: Final = 50
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
#: Free room around a disc, in the unit of the radii; names need it.
_MARGIN: Final = 7.0


def radius(degree: int) -> float:
    """Return the radius of a node's disc: its area grows with the degree."""
    return 5.0 + 2.6 * math.sqrt(degree)


def place(graph: nx.Graph[str]) -> Positions:
    """Return the place of every node; y grows downwards, discs do not overlap.

    The largest component comes first, the others stand in rows below it.
    """
    import networkx as nx

    components = sorted(nx.connected_components(graph), key=lambda c: (-len(c), min(c)))
    boxes = []
    for component in components:
        nodes = sorted(component)
        boxes.append((nodes, _component(graph, nodes)))
    return dict(sorted(_packed(boxes, graph).items()))


def _component(graph: nx.Graph[str], nodes: list[str]) -> Points:
    """Return the places of the nodes of one component, turned to lie flat."""
    import networkx as nx

    radii = np.array([radius(graph.degree(node)) for node in nodes])
    if len(nodes) == 1:
        return np.zeros((1, 2))
    links = nx.to_scipy_sparse_array(graph, nodelist=nodes, weight="weight")
    points = _pivoted(links, len(nodes)) * 30 * math.sqrt(len(nodes))
    if len(nodes) <= _FORCES_LIMIT:
        points = _forced(points, np.log1p(links.toarray()))
    return _apart(_flat(points), radii)


def _pivoted(links: Any, size: int) -> Points:  # noqa: ANN401  (a sparse array)
    """Place by the distances to pivots, each the farthest from those before it."""
    from scipy.sparse.csgraph import dijkstra

    distances: list[npt.NDArray[np.float64]] = []
    pivot, nearest = int(np.argmax(np.diff(links.indptr))), np.full(size, np.inf)
    for _ in range(min(size, _PIVOTS)):
        distances.append(dijkstra(links, indices=[pivot], unweighted=True)[0])
        nearest = np.minimum(nearest, distances[-1])
        pivot = int(np.argmax(nearest))
    squares = np.array(distances).T ** 2
    squares -= squares.mean(0)
    squares -= squares.mean(1, keepdims=True)
    vectors = np.linalg.svd(squares, full_matrices=False)[0][:, :2]
    signs = np.sign(vectors[np.argmax(np.abs(vectors), axis=0), [0, 1]])
    # Nodes with the same neighbours fall on one point: a sunflower parts them.
    turn = np.arange(size) * _GOLDEN_ANGLE
    spread = np.sqrt((np.arange(size) + 1) / size) * 0.2
    flower = np.column_stack((np.cos(turn), np.sin(turn))) * spread[:, None]
    return np.asarray(vectors * signs / np.abs(vectors).max() + flower)


def _forced(points: Points, pull: npt.NDArray[np.float64]) -> Points:
    """Let linked nodes attract and all nodes repel each other, ever more slowly."""
    size = len(points)
    mass = np.count_nonzero(pull, axis=1) + 1.0
    repulsion, attraction = 900.0 * mass[:, None] * mass, 20.0 * pull
    scale = 30 * math.sqrt(size)
    rounds = 400
    for step in range(rounds):
        squared = (points[:, :1] - points[:, 0]) ** 2 + 1.0
        squared += (points[:, 1:] - points[:, 1]) ** 2
        strength = repulsion / squared - attraction
        moves = strength.sum(1, keepdims=True) * points - strength @ points
        moves -= 4.0 * mass[:, None] * points
        moves /= mass[:, None]
        lengths = np.sqrt((moves**2).sum(-1, keepdims=True)) + 1e-9
        limit = scale * 0.15 * (1 - step / rounds) ** 2 + 0.01
        points = points + moves / lengths * np.minimum(lengths * 0.05, limit)
    return points


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
        np.add.at(points, near[hit, 0], push)
        np.subtract.at(points, near[hit, 1], push)
    return np.asarray(points / stretch)


def _packed(boxes: list[tuple[list[str], Points]], graph: nx.Graph[str]) -> Positions:
    """Lay the components out in rows as wide as the first one."""
    positions: Positions = {}
    width = x = y = height = 0.0
    for nodes, points in boxes:
        room = max(radius(graph.degree(node)) for node in nodes) + 5 * _MARGIN
        low, high = points.min(0) - room, points.max(0) + room
        wide, tall = (high - low).tolist()
        width = width or max(wide, 400.0)
        if x and x + wide > width:
            x, y, height = 0.0, y + height, 0.0
        for node, point in zip(nodes, (points - low + [x, y]).tolist(), strict=True):
            positions[node] = (round(point[0], 2), round(point[1], 2))
        x, height = x + wide, max(height, tall)
    return positions
