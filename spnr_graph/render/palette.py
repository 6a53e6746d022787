"""Colour and shape of each kind of node, safe for colour-blind eyes.

Colours are those of Okabe and Ito (2008), a slate grey and a brown; a shape tells apart
the kinds that share one. A known kind always looks the same, whatever the filters.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

_COLOURS: Final = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#E69F00",
    "#56B4E9",
    "#CC79A7",
    "#6B7280",
    "#A6761D",
)
_SHAPES: Final = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown")
_UNKNOWN: Final = ("#B0B5BD", "dot")

_ACTORS: Final = {
    "etat": ("#0072B2", "dot"),
    "region": ("#D55E00", "dot"),
    "departement": ("#009E73", "dot"),
    "bloc-communal": ("#A6761D", "dot"),
    "intercommunalite": ("#56B4E9", "dot"),
    "commune": ("#E69F00", "dot"),
    "etablissement-public": ("#0072B2", "square"),
    "groupement": ("#D55E00", "square"),
    "enseignement-recherche": ("#009E73", "square"),
    "chambre-consulaire": ("#E69F00", "square"),
    "entreprise": ("#6B7280", "diamond"),
    "association": ("#CC79A7", "triangle"),
    "pole": ("#0072B2", "triangle"),
    "reseau": ("#D55E00", "triangle"),
    "collectif": ("#E69F00", "triangle"),
}
_INITIATIVES: Final = (
    "strategie",
    "programme",
    "projet",
    "infrastructure",
    "service",
    "equipement",
    "evenement",
    "dispositif-aide",
    "formation",
    "donnees",
    "lieu",
    "outil",
    "reseau",
)
_KNOWN: Final = {
    **{PREFIXES["type-acteur"] + name: look for name, look in _ACTORS.items()},
    **{
        PREFIXES["type-initiative"] + name: (colour, shape)
        for name, (shape, colour) in zip(
            _INITIATIVES, product(("hexagon", "triangleDown"), _COLOURS), strict=False
        )
    },
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of node: how it is named, drawn, and how many there are."""

    iri: str
    label: str
    type: str
    colour: str
    shape: str
    count: int


def look(iri: str) -> tuple[str, str] | None:
    """Return the colour and the shape of a known kind, None for any other thing."""
    return _KNOWN.get(iri)


def kinds(graph: nx.Graph[str]) -> dict[str, Kind]:
    """Return the kinds of the nodes by IRI: actors first, most frequent first."""
    found: Counter[tuple[str, str, str]] = Counter(
        (node["type"], node["kind"], node["kind_label"])
        for _, node in graph.nodes(data=True)
    )
    free = _free()
    looks = {"": _UNKNOWN, **_KNOWN}
    for _, iri, _ in sorted(found):
        if iri not in looks:
            looks[iri] = next(free, _UNKNOWN)
    ranked = sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    return {
        iri: Kind(
            iri=iri,
            label=label,
            type=sort,
            colour=looks[iri][0],
            shape=looks[iri][1],
            count=count,
        )
        for (sort, iri, label), count in ranked
    }


def ends(graph: nx.Graph[str]) -> list[tuple[str, str]]:
    """Return the links in order: from whom to whom when directed, else ends sorted."""
    if graph.is_directed():
        return sorted(graph.edges)
    return sorted((min(edge), max(edge)) for edge in graph.edges)


def strokes(graph: nx.Graph[str]) -> dict[tuple[str, str], float]:
    """Return how strong each link is drawn, from 0 to 1, in the order of ``ends``."""
    weights = {edge: float(graph.edges[edge]["weight"]) for edge in ends(graph)}
    low, high = min(weights.values(), default=0.0), max(weights.values(), default=0.0)
    if low == high:
        return dict.fromkeys(weights, 0.25)
    return {e: math.sqrt((w - low) / (high - low)) for e, w in weights.items()}


def _free() -> Iterator[tuple[str, str]]:
    """Yield the looks that no known kind has."""
    taken = {*_KNOWN.values(), _UNKNOWN}
    return ((c, s) for s, c in product(_SHAPES, _COLOURS) if (c, s) not in taken)
