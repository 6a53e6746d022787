"""Who meets whom, and how strongly, as numbers: what every projection starts from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import scipy.sparse as sp

    from spnr_graph.projection.answers import Codes, Numbers
    from spnr_graph.projection.rows import Mask, Participations

Keys: TypeAlias = "npt.NDArray[np.int64]"
Weight: TypeAlias = Literal["count", "newman", "amount"]

_OPEN_START: Final = np.datetime64("0001-01-01", "D")
_OPEN_END: Final = np.datetime64("9999-12-31", "D")
#: Pairs that are compared at once: bounds the memory of large initiatives.
_BLOCK: Final = 1 << 22


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Who meets whom where: one entry per initiative and pair of its actors.

    Entries are in the order of initiative, left and right.

    Attributes:
        initiative: code of the initiative of each entry.
        left: code of the actor that comes first in the order of the IRIs.
        right: code of the other one.
    """

    initiative: Codes
    left: Codes
    right: Codes


@dataclass(frozen=True, kw_only=True, eq=False)
class _Stays:
    """When each actor is in each initiative: every distinct period once, sorted."""

    initiative: Keys
    actor: Keys
    start: Keys
    end: Keys

    def fresh(self) -> Mask:
        """Say of each stay whether it is the first of its actor in its initiative."""
        fresh = np.ones(len(self.actor), dtype=np.bool_)
        fresh[1:] = (np.diff(self.initiative) != 0) | (np.diff(self.actor) != 0)
        return fresh


def pairs(rows: Participations, *, block: int = _BLOCK) -> Pairs:
    """Return the pairs of actors that meet in each initiative, over common days.

    This is rule R5 on the rows given: periods must overlap, an unknown bound is open.

    Args:
        rows: as ``select`` leaves them.
        block: how many pairs are compared at once, about.
    """
    blocks = list(_meetings(_stays(rows), block))
    columns = [np.concatenate(column) for column in zip(*blocks, strict=True)]
    initiative, left, right = columns or [np.zeros(0, np.int32)] * 3
    return Pairs(initiative=initiative, left=left, right=right)


def _stays(rows: Participations) -> _Stays:
    """Return the distinct stays of the rows."""
    start = np.where(np.isnat(rows.start), _OPEN_START, rows.start).astype(np.int64)
    end = np.where(np.isnat(rows.end), _OPEN_END, rows.end).astype(np.int64)
    place = rows.initiative.astype(np.int64) * (len(rows.actors) or 1) + rows.actor
    order = np.lexsort((end, start, place))
    place, start, end = place[order], start[order], end[order]
    fresh = np.ones(len(place), dtype=np.bool_)
    fresh[1:] = np.diff(place) != 0
    fresh[1:] |= (np.diff(start) != 0) | (np.diff(end) != 0)
    initiative, actor = np.divmod(place[fresh], len(rows.actors) or 1)
    return _Stays(
        initiative=initiative, actor=actor, start=start[fresh], end=end[fresh]
    )


def _meetings(stays: _Stays, block: int) -> Iterator[tuple[Codes, Codes, Codes]]:
    """Yield initiative, left and right of the pairs, a block of stays at a time.

    A block never parts the stays of one actor in one initiative: a pair that meets
    twice there is found, and counted once, in the block of its left actor.
    """
    initiative = stays.initiative
    stop = np.searchsorted(initiative, initiative, side="right")
    counts = stop - np.arange(len(initiative)) - 1
    heads = np.flatnonzero(stays.fresh())
    before = (np.cumsum(counts) - counts)[heads]
    cuts = heads[np.diff(before // block, prepend=-1) != 0]
    for here, there in pairwise([*cuts.tolist(), len(counts)]):
        yield _block(stays, np.arange(here, there), counts[here:there])


def _block(stays: _Stays, firsts: Keys, counts: Keys) -> tuple[Codes, Codes, Codes]:
    """Return the pairs of these stays with the later ones of their initiative."""
    first = np.repeat(firsts, counts)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    second = first + offset + 1
    meets = stays.actor[first] != stays.actor[second]
    meets &= stays.start[first] <= stays.end[second]
    meets &= stays.start[second] <= stays.end[first]
    first, second = first[meets], second[meets]
    fresh = stays.fresh()
    if not fresh.all():  # a pair that meets over several periods is counted once
        seat, heads = np.cumsum(fresh) - 1, np.flatnonzero(fresh)
        met = np.sort(seat[first] * len(heads) + seat[second])
        met = met[np.diff(met, prepend=-1) != 0]  # np.unique hashes: 50 times slower
        first, second = (heads[seats] for seats in np.divmod(met, len(heads)))
    left, right = stays.actor[first], stays.actor[second]
    met_in = stays.initiative[first]
    return met_in.astype(np.int32), left.astype(np.int32), right.astype(np.int32)


def together(rows: Participations) -> Mask:
    """Say of each initiative whether all its actors meet on one common day."""
    stays = _stays(rows)
    arrival = np.full(len(rows.initiatives), np.iinfo(np.int64).min)
    departure = np.full(len(rows.initiatives), np.iinfo(np.int64).max)
    np.maximum.at(arrival, stays.initiative, stays.start)
    np.minimum.at(departure, stays.initiative, stays.end)
    return arrival <= departure


def shares(rows: Participations, weight: Weight) -> Numbers:
    """Return what each initiative adds to the weight of a pair that meets in it.

    - ``count``: 1;
    - ``newman``: 1 / (n − 1), n being the number of actors of the initiative in these
      rows (Newman 2001, Phys. Rev. E 64, 016132);
    - ``amount``: its euros / (n − 1), NaN when they are unknown. The strength of an
      actor is then the euros of the initiatives where it is not alone.
    """
    if weight == "count":
        return np.ones(len(rows.initiatives))
    size = np.int64(len(rows.actors) or 1)
    places = np.unique(rows.initiative * size + rows.actor)
    members = np.bincount(places // size, minlength=len(rows.initiatives))
    whole = rows.euros if weight == "amount" else np.ones(len(rows.initiatives))
    return np.asarray(whole / np.maximum(members - 1, 1))


def matrix(rows: Participations, *, weight: Weight = "count") -> sp.csr_array:
    """Return the weights of the pairs of actors, as an upper triangular matrix.

    Rows and columns follow ``rows.actors``; ``shares`` says what a meeting weighs. A
    pair that meets only where the euros are unknown weighs an explicit 0.
    """
    import scipy.sparse as sp

    met = pairs(rows)
    share = np.nan_to_num(shares(rows, weight))[met.initiative]
    size = len(rows.actors)
    # Unlike sums of matrices, the sums of this conversion keep explicit zeros.
    return sp.coo_array((share, (met.left, met.right)), shape=(size, size)).tocsr()
