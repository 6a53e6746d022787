"""Concepts and territories that an explorer names, numbered, with what holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spnr_graph.render.palette import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.render.explorer.model import Explorer

#: Scheme → property that leads from a concept to the one that holds it.
_UP: Final = {
    "axis": "skos:broader",
    "objective": "skos:broader",
    "audience": "skos:broader",
    "actor_kind": "skos:broader",
    "initiative_kind": "skos:broader",
    "role": "skos:broader",
    "territory": "dcterms:isPartOf",
    "status": "skos:broader",
    "confidence": "skos:broader",
}


class Concepts:
    """Concepts in the order in which they are packed: by scheme, then by IRI."""

    def __init__(self, facts: Attributes, used: dict[str, set[str]]) -> None:
        """Gather the concepts that are used, and all those that hold them.

        Args:
            facts: what is part of what.
            used: scheme → IRIs.
        """
        self._facts = facts
        self._scheme: dict[str, str] = {}
        for scheme in _UP:
            for iri in sorted(self._closed(scheme, used.get(scheme, set()))):
                self._scheme.setdefault(iri, scheme)
        self._numbers = {iri: number for number, iri in enumerate(self._scheme)}

    def one(self, iris: Sequence[str]) -> int:
        """Return the number of the first of these concepts, -1 when there is none."""
        return self._numbers[min(iris)] if iris else -1

    def all(self, iris: Iterable[str]) -> list[int]:
        """Return the numbers of these concepts, in order."""
        return sorted(self._numbers[iri] for iri in iris)

    def columns(self, explorer: Explorer) -> dict[str, list[Any]]:
        """Return the columns of the concepts.

        ``parent`` is the concept that holds it; where several do, the first in the
        order of their IRIs (of a commune the département, not the EPCI); ``within``
        holds all of them, at every level.
        """
        drawn = [look(iri) for iri in self._numbers]
        return {
            "iri": list(self._numbers),
            "label": [explorer.name(iri).both() for iri in self._numbers],
            "scheme": list(self._scheme.values()),
            "colour": [known[0] if known else None for known in drawn],
            "shape": [known[1] if known else None for known in drawn],
            "parent": [self.one(self._parents(iri)) for iri in self._numbers],
            "within": [
                self.all(self._closed(self._scheme[iri], {iri}) - {iri})
                for iri in self._numbers
            ],
        }

    def _parents(self, iri: str) -> tuple[str, ...]:
        above = self._facts.of(_UP[self._scheme[iri]], iri)
        return tuple(parent for parent in above if parent != iri)

    def _closed(self, scheme: str, iris: set[str]) -> set[str]:
        """Return these concepts and all that hold them; a cycle ends where it began."""
        found: set[str] = set()
        waiting = list(iris)
        while waiting:
            iri = waiting.pop()
            if iri not in found:
                found.add(iri)
                waiting.extend(self._facts.of(_UP[scheme], iri))
        return found
