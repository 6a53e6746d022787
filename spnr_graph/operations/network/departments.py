"""In which départements things take place, by what the pull of a store knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from spnr_graph.projection.attributes import Attributes

_DEPARTMENT: Final = PREFIXES["territoire"] + "dep-"
_INTERCOMMUNALITY: Final = PREFIXES["territoire"] + "epci-"


class Departments:
    """The départements of a thing, by where it is said to be."""

    def __init__(self, facts: Attributes) -> None:
        """Remember what holds what.

        Args:
            facts: with ``dcterms:spatial`` and ``dcterms:isPartOf``.
        """
        self._facts = facts
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, thing: str) -> tuple[str, ...]:
        """Return the départements of a thing; a whole region is in none of them."""
        places = self._facts.of("dcterms:spatial", thing)
        return tuple(sorted(frozenset[str]().union(*map(self._of, places))))

    def _of(self, place: str) -> frozenset[str]:
        """Return the départements of a place, those of its communes for a group."""
        if place not in self._known:
            parts = frozenset({place})
            if place.startswith(_INTERCOMMUNALITY):
                parts = self._facts.below("dcterms:isPartOf", (place,))
            found = frozenset[str]().union(*map(self._holding, parts))
            self._known[place] = found
        return self._known[place]

    def _holding(self, place: str) -> frozenset[str]:
        """Return the départements above a place; groups of communes straddle them."""
        seen: set[str] = set()
        waiting = [place]
        while waiting:
            each = waiting.pop()
            if each not in seen and not each.startswith(_INTERCOMMUNALITY):
                seen.add(each)
                waiting.extend(self._facts.of("dcterms:isPartOf", each))
        return frozenset(each for each in seen if each.startswith(_DEPARTMENT))
