"""Places for newcomers in a network whose other nodes stay where they were."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spnr_graph.projection import Links
    from spnr_graph.render.forces import Points

_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))


def welcomed(
    links: Links,
    reach: npt.NDArray[np.float64],
    former: Mapping[str, tuple[float, float]],
) -> Points:
    """Return places: those of the former, and for newcomers the nearest free ones.

    Newcomers come in rounds, those who know somebody placed before those who do not:
    each stands as near as discs allow to the middle of the placed nodes that it is
    linked to. Who knows nobody placed stands below the rest.

    Args:
        links: of the network.
        reach: the radius of each node's disc with the room around it.
        former: places of an earlier version, also of nodes that are gone.
    """
    known = dict(zip(links.nodes, range(len(links.nodes)), strict=True))
    points = np.full((len(links.nodes), 2), np.nan)
    discs = _Discs(2 * float(reach.max()))
    for iri, (x, y) in sorted(former.items()):
        code = known.get(iri)
        discs.add(x, y, float(reach.min() if code is None else reach[code]))
        if code is not None:
            points[code] = x, y
    while (rows := _round(links, points)) is not None:
        for code, x, y in rows:
            points[code] = spot = discs.nearest(x, y, float(reach[code]))
            discs.add(*spot, float(reach[code]))
    return points


def _round(links: Links, points: Points) -> list[tuple[int, float, float]] | None:
    """Return who comes next, and where it would like to stand; None when all came."""
    here = ~np.isnan(points[:, 0])
    if here.all():
        return None
    ties = links.weights[~here][:, here]
    total = np.asarray(ties.sum(axis=1)).ravel()
    waiting = np.flatnonzero(~here)
    if not total.any():
        # Nobody knows anybody placed: the first one opens a group of its own.
        low = points[here].max(0) if here.any() else np.zeros(2)
        left = float(points[here, 0].min()) if here.any() else 0.0
        degrees = np.diff(links.weights.indptr)[waiting]
        first = int(waiting[np.argmax(degrees)])
        return [(first, left, float(low[1]) + 100.0)]
    met = total > 0
    middles = (ties @ points[here])[met] / total[met, None]
    columns = (waiting[met].tolist(), middles[:, 0].tolist(), middles[:, 1].tolist())
    return list(zip(*columns, strict=True))


class _Discs:
    """Discs on a plane, found by the square in which their centre lies."""

    def __init__(self, side: float) -> None:
        """Make squares of this side: no disc is wider."""
        self.side = side
        self.squares: defaultdict[tuple[int, int], list[tuple[float, float, float]]]
        self.squares = defaultdict(list)

    def add(self, x: float, y: float, reach: float) -> None:
        """Put a disc down."""
        self.squares[self._square(x, y)].append((x, y, reach))

    def nearest(self, x: float, y: float, reach: float) -> tuple[float, float]:
        """Return the free place for a disc that is nearest on a sunflower's spiral."""
        return next(spot for spot in _spiral(x, y, reach) if self._free(*spot, reach))

    def _free(self, x: float, y: float, reach: float) -> bool:
        column, row = self._square(x, y)
        return not any(
            math.hypot(x - left, y - top) < reach + other
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for left, top, other in self.squares.get((i, j), ())
        )

    def _square(self, x: float, y: float) -> tuple[int, int]:
        return math.floor(x / self.side), math.floor(y / self.side)


def _spiral(x: float, y: float, reach: float) -> Iterator[tuple[float, float]]:
    """Yield ever farther places around a point, rounded as positions are."""
    step = 0
    while True:
        away, turn = reach * 0.7 * math.sqrt(step), step * _GOLDEN_ANGLE
        yield round(x + away * math.cos(turn), 2), round(y + away * math.sin(turn), 2)
        step += 1
