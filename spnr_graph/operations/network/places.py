"""Territories: their levels, what holds what, which ones touch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from spnr_graph.projection.answers import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.projection import Ask
    from spnr_graph.projection.attributes import Attributes

Level: TypeAlias = Literal["region", "departement", "epci", "commune"]

_RANKS: Final = {"commune": 0, "epci": 1, "departement": 2, "region": 3}
#: A territory of no level, such as a country, is larger than a region if it has parts.
_LARGEST: Final = 4
#: Level → the territories that two of that level share when they lie side by side.
_BESIDE: Final = {"commune": "epci", "epci": "departement", "departement": "epci"}


@dataclass(frozen=True, kw_only=True)
class Places:
    """The territories of a store.

    Attributes:
        levels: territory → level.
        population: territory → inhabitants, where known.
        facts: what is part of what.
    """

    levels: Mapping[str, str]
    population: Mapping[str, int]
    facts: Attributes

    def of_level(self, level: str) -> tuple[str, ...]:
        """Return the territories of a level, in the order of their IRIs."""
        return tuple(sorted(each for each, of in self.levels.items() if of == level))

    def above(self, place: str) -> frozenset[str]:
        """Return a territory and all that hold it."""
        return _reached(place, self._wholes)

    def below(self, place: str) -> frozenset[str]:
        """Return a territory and all its parts."""
        return _reached(place, self._parts)

    @cached_property
    def _wholes(self) -> Mapping[str, tuple[str, ...]]:
        return self.facts.values.get("dcterms:isPartOf", {})

    @cached_property
    def _parts(self) -> Mapping[str, list[str]]:
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for part, wholes in self._wholes.items():
            for whole in wholes:
                parts[whole].append(part)
        return parts

    def within(self, level: str, chosen: Iterable[str]) -> tuple[str, ...]:
        """Return the territories of a level that share a part with one of those chosen.

        An intercommunality lies in a department by its communes.
        """
        parts = {part for each in chosen for part in self.below(each)}
        whole = {holder for part in parts for holder in self.above(part)}
        return tuple(each for each in self.of_level(level) if each in whole | parts)

    def located(self, place: str, level: str) -> frozenset[str]:
        """Return the territories of a level in which a place lies, in whole or in part.

        A place that is larger than the level lies in none: it covers its parts.
        """
        inside = {each for each in self.above(place) if self.levels.get(each) == level}
        if not inside and self._rank(place) < _RANKS[level]:
            inside = self._met(place, level)
        return frozenset(inside)

    def covering(self, place: str, level: str) -> frozenset[str]:
        """Return the territories of a level that a larger place covers."""
        if self._rank(place) <= _RANKS[level]:
            return frozenset()
        return frozenset(self._met(place, level))

    def _rank(self, place: str) -> int:
        return _RANKS.get(self.levels.get(place, ""), _LARGEST)

    def _met(self, place: str, level: str) -> set[str]:
        """Return the territories of a level that share a part with a place."""
        return {
            whole
            for part in self.below(place)
            for whole in self.above(part)
            if self.levels.get(whole) == level
        }

    def beside(self, level: str) -> dict[str, frozenset[str]]:
        """Return the territories that lie side by side, as far as the data tell.

        Communes of one intercommunality, intercommunalities of one department and
        departments that share an intercommunality; regions have no neighbours here.
        """
        shared: defaultdict[str, set[str]] = defaultdict(set)
        if level in _BESIDE:
            for commune in self.of_level("commune"):
                held = self.above(commune)
                mine = [each for each in held if self.levels.get(each) == level]
                for each in held:
                    if self.levels.get(each) == _BESIDE[level]:
                        shared[each].update(mine)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for group in shared.values():
            for each in group:
                found[each] |= group - {each}
        return {place: frozenset(others) for place, others in found.items()}


def _reached(start: str, steps: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return what can be reached from a thing, itself included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        thing = waiting.pop()
        if thing not in found:
            found.add(thing)
            waiting.extend(steps.get(thing, ()))
    return frozenset(found)


def read_places(ask: Ask, facts: Attributes) -> Places:
    """Read the territories of a store.

    Args:
        ask: answers an internal query in CSV.
        facts: what is part of what.

    Raises:
        DataError: the answer lacks a column.
    """
    columns = records(ask("couverture-lieux"), ("lieu", "niveau", "population"))
    rows = sorted(zip(*columns, strict=True))
    return Places(
        levels={place: level for place, level, _ in rows},
        population={place: int(people) for place, _, people in rows if people},
        facts=facts,
    )
