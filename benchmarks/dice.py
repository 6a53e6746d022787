"""Draws that are the same on every machine and every version of Python."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_T = TypeVar("_T")

#: Exponent of ``rank``: the first of 16,000 is drawn 2 % of the time, as the largest
#: actor of a region is.
_TAIL: Final = 2.5


class Chances(Generic[_T]):
    """Values with their weights, ready to be drawn."""

    def __init__(self, weights: Mapping[_T, float]) -> None:
        """Sum the weights up."""
        self.values: Final = tuple(weights)
        self.sums: Final = tuple(accumulate(weights.values()))


class Dice:
    """A source of draws with a fixed seed.

    Only ``Random.random`` is used: Python promises that it gives the same numbers in
    every version, and promises it of no other method.
    """

    def __init__(self, seed: int, stream: str) -> None:
        """Open a stream of draws of its own, so that one part may change alone."""
        self._next = Random(f"{seed}/{stream}").random

    def chance(self, probability: float) -> bool:
        """Say yes with a probability."""
        return self._next() < probability

    def below(self, limit: int) -> int:
        """Draw a whole number from 0 to ``limit`` − 1."""
        return int(self._next() * limit)

    def rank(self, limit: int) -> int:
        """Draw a whole number below ``limit``, the small ones far more often."""
        return int(limit * self._next() ** _TAIL)

    def pareto(self, least: float, shape: float) -> float:
        """Draw a number from ``least`` up, with a heavy tail."""
        return least * float((1 - self._next()) ** (-1 / shape))

    def pick(self, values: Sequence[_T]) -> _T:
        """Draw one of the values."""
        return values[self.below(len(values))]

    def draw(self, chances: Chances[_T]) -> _T:
        """Draw one of the values by its weight."""
        return chances.values[bisect(chances.sums, self._next() * chances.sums[-1])]
