"""What a departure costs: initiatives that hang on one actor, a loss in one number."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

Ints: TypeAlias = npt.NDArray[np.int64]


def sole(places: npt.ArrayLike, holders: npt.ArrayLike) -> tuple[Ints, Ints]:
    """Return the places that one holder alone holds, and that holder.

    Args:
        places: a code per row, such as the initiative.
        holders: a code per row, such as the actor that leads it; rows may repeat.
    """
    both = np.column_stack((np.asarray(places), np.asarray(holders))).astype(np.int64)
    held = np.unique(both.reshape(-1, 2), axis=0)
    place, first, count = np.unique(held[:, 0], return_index=True, return_counts=True)
    return place[count == 1], held[first[count == 1], 1]


def loss(*, hit: int, initiatives: int, pairs: int, linked: int) -> float:
    """Return the loss of a departure, from 0 to 1.

    It is the mean of two shares, of what is there to lose: initiatives that are left
    without a lead, a funder or any actor, and pairs of actors that are not linked any
    more, even through others.

    Args:
        hit: initiatives that lose their last lead, their last funder or everybody.
        initiatives: all of them.
        pairs: pairs of actors that are not linked any more.
        linked: pairs of actors that were linked.
    """
    acting = hit / initiatives if initiatives else 0.0
    meeting = pairs / linked if linked else 0.0
    return (acting + meeting) / 2


DEFINITIONS: Final[tuple[Definition, ...]] = ()
