"""In which départements things take place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from spnr_graph.projection.rows import Attributes

_DEPARTMENT: Final = PREFIXES["territoire"] + "dep-"


class Departments:
    """The départements of initiatives and actors, by where they are said to be."""

    def __init__(self, facts: Attributes) -> None:
        """Remember what holds what.

        Args:
            facts: with ``dcterms:spatial`` and ``dcterms:isPartOf``.
        """
        self._facts = facts
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, thing: str) -> tuple[str, ...]:
        """Return the départements of a thing; a whole region is in none of them."""
        places = self._facts.of("dcterms:spatial", thing)
        return tuple(sorted({found for place in places for found in self._of(place)}))

    def _of(self, place: str) -> tuple[str, ...]:
        """Return the départements that hold a territory, or that it is."""
        if place not in self._known:
            self._known[place] = ()  # a territory that would hold itself ends here
            self._known[place] = (
                (place,)
                if place.startswith(_DEPARTMENT)
                else tuple(
                    sorted(
                        {
                            found
                            for whole in self._facts.of("dcterms:isPartOf", place)
                            for found in self._of(whole)
                        }
                    )
                )
            )
        return self._known[place]
