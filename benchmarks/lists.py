"""What a reader of a list of proposals meets: no actor in too many of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.proposals import MOST

if TYPE_CHECKING:
    import numpy.typing as npt

#: How long the lists are.
_LENGTHS: Final = (10, 20)


def lists(
    scores: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
    pairs: npt.NDArray[np.intp],
) -> tuple[float, float]:
    """Return the precision of the lists of 10 and of 20.

    Args:
        scores: of each pair.
        right: whether each meets in what is hidden.
        pairs: the two actors of each.
    """
    times: Counter[int] = Counter()
    hits: list[bool] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        pair = pairs[place].tolist()
        if all(times[actor] < MOST for actor in pair):
            times.update(pair)
            hits.append(bool(right[place]))
        if len(hits) == max(_LENGTHS):
            break
    shorter, longer = (sum(hits[:k]) / min(k, len(hits)) for k in _LENGTHS)
    return shorter, longer
