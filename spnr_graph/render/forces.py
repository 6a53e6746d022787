"""Forces between the nodes of one component: links attract, all nodes repel.

Places come from the distances to pivots (Brandes and Pich 2006), then move under
forces between those of ForceAtlas2 (attraction grows with the distance, Jacomy et al.
2014) and LinLog (it does not, Noack 2009), so that groups show. Repulsion is summed
over a mesh by a Fourier transform: its cost grows with the nodes, not with their pairs.
No random number is drawn.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    import scipy.sparse as sp

Points: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.float64]

_PIVOTS: Final = 50
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
#: The distance that the places of ``n`` nodes span is this many times the root of n.
_SPREAD: Final = 30.0
_REPULSION: Final = 900.0
_ATTRACTION: Final = 1200.0
_GRAVITY: Final = 2.0
#: Attraction grows with this power of the distance: 1 is ForceAtlas2, 0 is LinLog.
_STRETCH: Final = 0.5
#: Up to this many nodes every pair is compared: exact, and faster than the mesh.
_EXACT: Final = 250


def settled(weights: sp.csr_array) -> Points:
    """Return places for the nodes of one connected component.

    Args:
        weights: symmetric, positive, without diagonal.
    """
    size: int = weights.shape[0]
    if size <= 2:
        return np.column_stack((np.arange(size) * _SPREAD * 2, np.zeros(size)))
    points = pivoted(weights) * _SPREAD * math.sqrt(size)
    return _moved(points, pulls(weights), _rounds(size))


def _rounds(size: int) -> int:
    """Return for how long nodes move: large networks have less time for each."""
    if size < 100:
        return 100 + 3 * size
    return 400 if size <= 2000 else max(60, round(300 * math.sqrt(2000 / size)))


def pivoted(weights: sp.csr_array) -> Points:
    """Place by the distances to pivots, each the farthest from those before it."""
    from scipy.sparse.csgraph import dijkstra

    size: int = weights.shape[0]
    distances: list[Numbers] = []
    pivot, nearest = int(np.argmax(np.diff(weights.indptr))), np.full(size, np.inf)
    for _ in range(min(size, _PIVOTS)):
        distances.append(dijkstra(weights, indices=[pivot], unweighted=True)[0])
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


def pulls(weights: sp.csr_array) -> sp.csr_array:
    """Return how strongly links attract: those of the backbone more than the rest.

    A link that chance explains (disparity filter, Serrano et al. 2009, p-value of the
    end that tells most) pulls twenty times less than one that it does not.
    """
    links = weights.tocoo()
    strength = np.asarray(weights.sum(axis=1)).ravel()
    strength[strength == 0] = 1.0  # euros that are all unknown: links weigh nothing
    others = np.diff(weights.indptr) - 1
    chance = np.minimum(
        (1 - links.data / strength[links.row]) ** others[links.row],
        (1 - links.data / strength[links.col]) ** others[links.col],
    )
    # The only link of a node: nothing to compare with, and nothing else holds it.
    alone = (others[links.row] == 0) | (others[links.col] == 0)
    chance[alone] = 0.0
    result = weights.copy()
    result.data = np.log1p(links.data) * (0.05 + 0.95 * (1 - chance) ** 2)
    return result


def _moved(points: Points, pull: sp.csr_array, rounds: int) -> Points:
    """Move all nodes under the forces, ever more slowly."""
    size = len(points)
    mass = np.diff(pull.indptr) + 1.0
    repulse = _pairwise if size <= _EXACT else _mesh(size)
    limit = _SPREAD * math.sqrt(size) * 0.15
    for step in range(rounds):
        moves = _REPULSION * repulse(points, mass) - _GRAVITY * points
        moves -= _ATTRACTION * _attraction(points, pull) / mass[:, None]
        lengths = np.sqrt((moves**2).sum(1, keepdims=True)) + 1e-9
        most = limit * (1 - step / rounds) ** 2 + 0.01
        points = points + moves / lengths * np.minimum(lengths * 0.05, most)
    return points


def _attraction(points: Points, pull: sp.csr_array) -> Points:
    """Return the force of the links on each node, against which it moves."""
    ends = np.repeat(np.arange(len(points)), np.diff(pull.indptr))
    gaps = points[ends] - points[pull.indices]
    lengths = np.sqrt((gaps**2).sum(1)) + 1.0
    gaps *= (pull.data * lengths ** (_STRETCH - 1))[:, None]
    sums = [np.bincount(ends, gap, minlength=len(points)) for gap in gaps.T]
    return np.column_stack(sums)


def _pairwise(points: Points, mass: Numbers) -> Points:
    """Return the repulsion on each node, of mass over distance, pair by pair."""
    gaps = points[:, None] - points
    squares = (gaps**2).sum(-1) + 1.0
    return np.asarray(((mass / squares)[:, :, None] * gaps).sum(1))


def _mesh(size: int) -> Callable[[Points, Numbers], Points]:
    """Return a repulsion that is summed over a mesh, fine enough for this many nodes.

    The mass of a node goes to the four corners of its cell, the field of all masses is
    one convolution, and a node feels that of its four corners: what it gives itself
    cancels out.
    """
    from scipy import fft

    cells = min(512, 2 ** math.ceil(math.log2(2 * math.sqrt(size))))
    # Twice as wide, so that the transform does not wrap the field around.
    side = 2 * cells
    steps = np.fft.fftfreq(side, 1 / side)
    down, across = np.meshgrid(steps, steps, indexing="ij")
    squares = across**2 + down**2 + 0.3
    kernels = [fft.rfft2(across / squares), fft.rfft2(down / squares)]

    def repulse(points: Points, mass: Numbers) -> Points:
        low = points.min(0)
        width = float((points.max(0) - low).max()) / (cells - 2) + 1e-9
        places = (points - low) / width
        cell = places.astype(np.int64)
        (x, y), one = (places - cell).T, 1.0
        shares = np.column_stack(
            ((one - x) * (one - y), x * (one - y), (one - x) * y, x * y)
        )
        corners = (cell[:, 1] * side + cell[:, 0])[:, None] + [0, 1, side, side + 1]
        masses = np.bincount(
            corners.ravel(), (shares * mass[:, None]).ravel(), minlength=side * side
        )
        spectrum = fft.rfft2(masses.reshape(side, side))
        fields = (fft.irfft2(spectrum * kernel, s=(side, side)) for kernel in kernels)
        felt = [(field.ravel()[corners] * shares).sum(1) for field in fields]
        return np.asarray(np.column_stack(felt) / width)

    return repulse
