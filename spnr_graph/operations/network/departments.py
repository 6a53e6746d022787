"""In which départements things take place, by what the pull of a store knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from spnr_graph.projection.rows import Attributes

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
        """Return the départements that hold a place, or that its communes are in."""
        if place not in self._known:
            self._known[place] = frozenset()  # what would hold itself ends here
            if place.startswith(_DEPARTMENT):
                self._known[place] = frozenset({place})
            else:
                near = self._facts.of("dcterms:isPartOf", place)
                if place.startswith(_INTERCOMMUNALITY):
                    near = tuple(self._facts.below("dcterms:isPartOf", (place,)))
                self._known[place] = frozenset[str]().union(*map(self._of, near))
        return self._known[place]
