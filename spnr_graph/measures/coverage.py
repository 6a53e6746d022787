"""Who acts where: initiatives and leads of each territory, theme by theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
#: Thing → the things it is related to.
Related: TypeAlias = Mapping[str, Collection[str]]
#: A territory and what its initiatives serve, as places in ``Coverage``.
Spot: TypeAlias = tuple[int, int]


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage:
    """A table of territories by themes.

    Attributes:
        territories: IRIs, a row each.
        axes: IRIs of what makes a column: an axis, or an axis, an objective and an
            audience that are served together.
        initiatives: number of initiatives that take place in the territory.
        leads: number of actors that lead one of these.
        regional: number of initiatives of a larger territory that holds it.
        population: inhabitants of each territory, NaN where unknown.
        acting: the initiatives that are counted; ``leading``, the leads; ``wider``,
            the initiatives of larger territories; only spots that have any.
    """

    territories: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...]
    initiatives: Counts
    leads: Counts
    regional: Counts
    population: Floats
    acting: Mapping[Spot, tuple[str, ...]]
    leading: Mapping[Spot, tuple[str, ...]]
    wider: Mapping[Spot, tuple[str, ...]]

    @property
    def per_100000(self) -> Floats:
        """Initiatives per 100,000 inhabitants; NaN where these are unknown or none."""
        people = np.where(self.population > 0, self.population, np.nan)
        return np.asarray(self.initiatives / people[:, None] * 100_000)

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Where no initiative takes place."""
        return np.equal(self.initiatives, 0)

    @property
    def fragile(self) -> npt.NDArray[np.bool_]:
        """Where one actor alone leads all that is led: its leaving empties the spot."""
        return np.equal(self.leads, 1)


def coverage(
    territories: Sequence[str],
    axes: Sequence[tuple[str, ...]],
    *,
    located: Related,
    covering: Related,
    serving: Mapping[str, Collection[tuple[str, ...]]],
    leads: Related,
    population: Mapping[str, int],
) -> Coverage:
    """Count initiatives and leads, territory by territory and theme by theme.

    Args:
        territories: IRIs, in the order of the rows.
        axes: what makes a column, in order.
        located: initiative → territories in which it takes place.
        covering: initiative → territories that lie within the one of the initiative.
        serving: initiative → what it serves, each of these a column.
        leads: initiative → actors that lead it.
        population: territory → inhabitants.
    """
    row = {territory: place for place, territory in enumerate(territories)}
    column = {axis: place for place, axis in enumerate(axes)}
    acting = _spots(located, serving, row, column)
    wider = _spots(covering, serving, row, column)
    leading = {
        spot: tuple(sorted({lead for i in found for lead in leads.get(i, ())}))
        for spot, found in acting.items()
    }
    shape = (len(row), len(column))
    people = [float(population.get(each, np.nan)) for each in territories]
    return Coverage(
        territories=tuple(territories),
        axes=tuple(axes),
        initiatives=_counts(acting, shape),
        leads=_counts(leading, shape),
        regional=_counts(wider, shape),
        population=np.array(people, dtype=np.float64),
        acting=acting,
        leading=leading,
        wider=wider,
    )


def _spots(
    places: Related,
    serving: Mapping[str, Collection[tuple[str, ...]]],
    row: Mapping[str, int],
    column: Mapping[tuple[str, ...], int],
) -> dict[Spot, tuple[str, ...]]:
    """Return the initiatives of each spot that has any, in the order of their IRIs."""
    found: defaultdict[Spot, list[str]] = defaultdict(list)
    for initiative in sorted(serving):
        where = {row[place] for place in places.get(initiative, ()) if place in row}
        what = {column[axis] for axis in serving[initiative] if axis in column}
        for spot in ((t, a) for t in where for a in what):
            found[spot].append(initiative)
    return {spot: tuple(found[spot]) for spot in sorted(found)}


def _counts(found: Mapping[Spot, tuple[str, ...]], shape: tuple[int, int]) -> Counts:
    """Return how many things stand in each spot."""
    counts = np.zeros(shape, dtype=np.int64)
    for spot, things in found.items():
        counts[spot] = len(things)
    return counts


DEFINITIONS: Final[tuple[Definition, ...]] = ()
