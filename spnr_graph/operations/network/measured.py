"""Measured: the numbers of each node that an explorer colours and sizes by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from spnr_graph.measures.actors import DEFINITIONS, actors
from spnr_graph.projection import links
from spnr_graph.render.explorer.model import Measured

if TYPE_CHECKING:
    import networkx as nx

#: Name of the measure → column of ``Actors``.
_COLUMNS: Final = {
    "liens": "degree",
    "force": "strength",
    "intermediarite": "betweenness",
    "proximite": "closeness",
    "pagerank": "pagerank",
    "coeur": "core",
    "contrainte": "constraint",
    "taille_effective": "effective_size",
}


def measured(graph: nx.Graph[str]) -> tuple[Measured, ...]:
    """Return the measures of every node of a network; directions do not count."""
    network = links(graph.to_undirected(as_view=True))
    numbers = actors(network)
    known = {one.name: one for one in DEFINITIONS}
    return tuple(
        Measured(
            definition=known[name],
            values={
                node: None if math.isnan(value) else value
                for node, value in zip(
                    network.nodes, getattr(numbers, column).tolist(), strict=True
                )
            },
        )
        for name, column in _COLUMNS.items()
    )
