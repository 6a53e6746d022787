"""What filters, colours and groupings need to know of the things of a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from spnr_graph.namespaces import expand
from spnr_graph.projection.answers import records

_PROPERTIES: Final = (
    "dcterms:audience",
    "dcterms:isPartOf",
    "dcterms:spatial",
    "dcterms:type",
    "org:classification",
    "org:memberOf",
    "schema:endDate",
    "schema:startDate",
    "skos:broader",
    "spnr:budgetEUR",
    "spnr:collaborative",
    "spnr:pursuesObjective",
    "spnr:servesAxis",
    "spnr:shortcut",
)


@dataclass(frozen=True)
class Attributes:
    """What is known of initiatives, actors, concepts and territories.

    Attributes:
        values: prefixed name of a property → thing → its values, in order.
    """

    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, name: str, thing: str) -> tuple[str, ...]:
        """Return the values of a property, given by its prefixed name."""
        return self.values.get(name, {}).get(thing, ())

    def below(self, name: str, roots: tuple[str, ...]) -> frozenset[str]:
        """Return the roots and all that leads to one of them by the property."""
        children: dict[str, list[str]] = {}
        for child, parents in self.values.get(name, {}).items():
            for parent in parents:
                children.setdefault(parent, []).append(child)
        found: set[str] = set()
        waiting = list(roots)
        while waiting:
            thing = waiting.pop()
            if thing not in found:
                found.add(thing)
                waiting.extend(children.get(thing, ()))
        return frozenset(found)


def read_attributes(answer: bytes) -> Attributes:
    """Read the answer of ``queries/internal/attributs.rq``.

    Raises:
        DataError: the answer lacks a column.
    """
    found: dict[str, dict[str, list[str]]] = {}
    rows = zip(*records(answer, ("chose", "propriete", "valeur")), strict=True)
    for thing, iri, value in rows:
        found.setdefault(iri, {}).setdefault(thing, []).append(value)
    return Attributes(
        {
            name: {
                thing: tuple(sorted(set(values)) if len(values) > 1 else values)
                for thing, values in found.get(str(expand(name)), {}).items()
            }
            for name in _PROPERTIES
        }
    )
