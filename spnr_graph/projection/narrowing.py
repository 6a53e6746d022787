"""Which part of a network to show: its strong links, its core, who is around whom."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from spnr_graph.errors import QueryError
from spnr_graph.projection.backbone import p_values
from spnr_graph.projection.nodes import measure

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What to keep of a network; what is not given keeps all.

    Links go first, nodes then: ``min_weight`` and ``backbone`` take links out and leave
    every node where it is; ``ego``, ``k_core`` and ``largest``, in this order, keep
    nodes by the links that are left. The direction of links does not count there.

    Attributes:
        min_weight: least weight of a link, in the unit of the network's weight.
        backbone: keep the links whose p-value is below this alpha, up to 1, see
            ``spnr_graph.projection.backbone``.
        k_core: keep the nodes that have so many links among themselves.
        largest: keep the largest component; of equal ones, that of the first IRI.
        ego: IRI of a node to keep with all that is at most ``depth`` links away.
        depth: see ``ego``.
    """

    min_weight: float = 0.0
    backbone: float | None = None
    k_core: int | None = None
    largest: bool = False
    ego: str | None = None
    depth: int = 1

    def __post_init__(self) -> None:
        """Make plain text of the IRI: an rdflib term equals no text."""
        if self.ego is not None:
            object.__setattr__(self, "ego", str(self.ego))


def narrow(graph: nx.Graph[str], narrowing: Narrowing) -> nx.Graph[str]:
    """Return the part of a network that a narrowing keeps, as a new graph.

    Nodes get the ``degree`` and ``strength`` that they have there.

    Args:
        graph: as ``project`` gives it, directed or not.
        narrowing: what to keep.

    Raises:
        QueryError: a value makes no sense, or the actor is not in the network.
    """
    _check(narrowing)
    kept = graph.copy()
    for left, right, edge in list(kept.edges(data=True)):
        if edge["weight"] < narrowing.min_weight:
            kept.remove_edge(left, right)
    if narrowing.backbone is not None:
        found = list(zip(kept.edges, p_values(kept), strict=True))
        kept.remove_edges_from([edge for edge, p in found if p >= narrowing.backbone])
    if narrowing.ego is not None:
        kept = _around(kept, narrowing.ego, narrowing.depth)
    if narrowing.k_core is not None:
        kept = _core(kept, narrowing.k_core)
    if narrowing.largest:
        kept = _largest(kept)
    measure(kept)
    return kept


def _around(graph: nx.Graph[str], ego: str, depth: int) -> nx.Graph[str]:
    """Keep a node and all that is at most ``depth`` links away."""
    import networkx as nx

    if ego not in graph:
        name = graph.graph["names"].label(ego) if "names" in graph.graph else ego
        raise QueryError(
            fr=f"« {name} » n'est pas dans ce réseau : les filtres l'en excluent, ou "
            "il n'y a aucun rôle. Choisir un autre acteur, ou élargir les filtres.",
            en=f'"{name}" is not in this network: the filters leave it out, or it has '
            "no role there. Choose another actor, or widen the filters.",
        )
    undirected = graph.to_undirected(as_view=True)
    near = nx.single_source_shortest_path_length(undirected, ego, cutoff=depth)
    return graph.subgraph(near).copy()


def _core(graph: nx.Graph[str], k: int) -> nx.Graph[str]:
    """Keep the nodes that have ``k`` links among themselves."""
    import networkx as nx

    core = nx.core_number(graph)
    return graph.subgraph(node for node in graph if core[node] >= k).copy()


def _largest(graph: nx.Graph[str]) -> nx.Graph[str]:
    """Keep the largest component; an empty network stays as it is."""
    import networkx as nx

    components = nx.connected_components(graph.to_undirected(as_view=True))
    largest = min(components, key=lambda one: (-len(one), min(one)), default=set())
    return graph.subgraph(largest).copy()


def _check(narrowing: Narrowing) -> None:
    """Refuse values that make no sense.

    Raises:
        QueryError: one of them does not.
    """
    weight, alpha = narrowing.min_weight, narrowing.backbone
    if not isfinite(weight) or weight < 0:
        raise _refused(
            ("poids minimal", "un nombre positif ou nul"),
            ("least weight", "a number, 0 or more"),
            weight,
        )
    if alpha is not None and not 0 < alpha <= 1:
        raise _refused(
            ("alpha", "un nombre au-dessus de 0 et jusqu'à 1, tel que 0,05"),
            ("alpha", "a number above 0 and up to 1, such as 0.05"),
            alpha,
        )
    for name, value in (("k", narrowing.k_core), ("depth", narrowing.depth)):
        if value is not None and value < 1:
            fr = {"k": "k du noyau", "depth": "profondeur"}[name]
            en = {"k": "k of the core", "depth": "depth"}[name]
            raise _refused(
                (fr, "un entier à partir de 1"), (en, "a whole number from 1 on"), value
            )


def _refused(fr: tuple[str, str], en: tuple[str, str], value: float) -> QueryError:
    """Return the error that says what a value should be."""
    return QueryError(
        fr=f"Réseau : {fr[0]} « {value} » refusé. Donner {fr[1]}.",
        en=f'Network: {en[0]} "{value}" refused. Give {en[1]}.',
    )
