"""How two nodes are linked: the shortest chains, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.projection import Links

_Hops: TypeAlias = npt.NDArray[np.float64]

DEFINITIONS: Final = (
    Definition(
        name="chaine",
        fr="Chaîne",
        en="Chain",
        meaning_fr="Numéro de la chaîne : 1 pour celle dont les acteurs partagent le "
        "plus.",
        meaning_en="Number of the chain: 1 for the one whose actors share most.",
        formula="order of rising resistance; ties go by IRI",
        source="Newman 2001, Phys. Rev. E 64:016132, DOI 10.1103/PhysRevE.64.016132",
        unit_fr="numéro",
        unit_en="number",
        caveat_fr="Les chaînes montrées sont toutes aussi courtes.",
        caveat_en="The chains shown are all as short.",
    ),
    Definition(
        name="etape",
        fr="Étape",
        en="Hop",
        meaning_fr="Place de la collaboration dans la chaîne, à partir du premier "
        "acteur ; une ligne par initiative qui la fait.",
        meaning_en="Place of the collaboration in the chain, from the first actor; a "
        "row per initiative that makes it.",
        formula="1 to d(a,b)",
        source="Harary, Norman & Cartwright 1965, Structural Models, Wiley",
        unit_fr="numéro",
        unit_en="number",
        caveat_fr="Plusieurs lignes de même étape sont un seul lien.",
        caveat_en="Several rows of one hop are one link.",
    ),
    Definition(
        name="etapes",
        fr="Étapes",
        en="Hops",
        meaning_fr="Nombre de collaborations qu'il faut suivre pour aller d'un acteur "
        "à l'autre.",
        meaning_en="Number of collaborations to follow from one actor to the other.",
        formula="d(a,b) = least number of links of a chain from a to b",
        source="Harary, Norman & Cartwright 1965, Structural Models, Wiley",
        unit_fr="collaborations",
        unit_en="collaborations",
        caveat_fr="Une chaîne courte dit qui peut présenter qui, non qu'il le fera.",
        caveat_en="A short chain says who can introduce whom, not that they will.",
    ),
    Definition(
        name="resistance",
        fr="Résistance",
        en="Resistance",
        meaning_fr="Faiblesse d'une chaîne : petite quand ses acteurs partagent "
        "beaucoup. Elle départage les chaînes aussi courtes.",
        meaning_en="Weakness of a chain: small when its actors share much. It ranks "
        "chains that are equally short.",
        formula="r = Σ 1/w over the links of the chain, w their weight",
        source="Newman 2001, Phys. Rev. E 64:016132, DOI 10.1103/PhysRevE.64.016132",
        unit_fr="inverse du poids",
        unit_en="inverse of the weight",
        caveat_fr="À comparer seulement entre chaînes de même longueur.",
        caveat_en="To be compared only between chains of the same length.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Chain:
    """One way from a node to another.

    Attributes:
        nodes: IRIs, both ends included.
        resistance: sum of the inverse weights of its links.
    """

    nodes: tuple[str, ...]
    resistance: float


@dataclass(frozen=True, kw_only=True)
class Paths:
    """How two nodes are linked.

    Attributes:
        chains: the shortest chains, the least resistance first, then by IRI; none when
            nothing links the nodes.
        count: number of shortest chains, also of those that are not given.
        reach: number of nodes of the component of each end, itself included; 0 when
            it is no node of the network.
    """

    chains: tuple[Chain, ...]
    count: int
    reach: tuple[int, int]


def paths(links: Links, start: str, end: str, *, limit: int = 1) -> Paths:
    """Return the shortest chains between two nodes, however long.

    Args:
        links: who meets whom.
        start: IRI of a node.
        end: IRI of another.
        limit: number of chains to give.
    """
    from scipy.sparse.csgraph import dijkstra

    numbers = {node: number for number, node in enumerate(links.nodes)}
    ends = [numbers.get(start), numbers.get(end)]
    known = [number for number in ends if number is not None]
    if len(known) < 2:
        sizes = [0 if n is None else _component(links, n) for n in ends]
        return Paths(chains=(), count=0, reach=(sizes[0], sizes[1]))
    first, last = known
    hops = dijkstra(links.weights, indices=known, unweighted=True)
    reach = (int(np.isfinite(hops[0]).sum()), int(np.isfinite(hops[1]).sum()))
    if np.isinf(hops[0, last]):
        return Paths(chains=(), count=0, reach=reach)
    found, count = _shortest(links, hops, first, last, limit)
    return Paths(
        chains=tuple(
            Chain(nodes=tuple(links.nodes[n] for n in nodes), resistance=resistance)
            for resistance, nodes in found
        ),
        count=count,
        reach=reach,
    )


def _component(links: Links, node: int) -> int:
    """Return the number of nodes that a node is linked with, itself included."""
    from scipy.sparse.csgraph import breadth_first_order

    order = breadth_first_order(links.weights, node, return_predecessors=False)
    return len(order)


def _shortest(
    links: Links, hops: _Hops, first: int, last: int, limit: int
) -> tuple[Sequence[tuple[float, tuple[int, ...]]], int]:
    """Return the best of the shortest chains, and how many there are.

    From hop to hop, each node keeps its best chains: what is best at the end passes
    through what is best on the way.
    """
    between = np.flatnonzero(hops[0] + hops[1] == hops[0, last])
    order = between[np.argsort(hops[0, between], kind="stable")].tolist()
    best: dict[int, list[tuple[float, tuple[int, ...]]]] = {first: [(0.0, (first,))]}
    count = {first: 1}
    bounds, ends = links.weights.indptr, links.weights.indices
    for node in order[1:]:
        inside = slice(bounds[node], bounds[node + 1])
        weights = links.weights.data[inside].tolist()
        reached: list[tuple[float, tuple[int, ...]]] = []
        count[node] = 0
        for other, weight in zip(ends[inside].tolist(), weights, strict=True):
            if other in best and hops[0, other] == hops[0, node] - 1:
                more = 1 / weight if weight else float("inf")
                reached += [
                    (round(cost + more, 12), (*way, node)) for cost, way in best[other]
                ]
                count[node] += count[other]
        best[node] = sorted(reached)[:limit]
    return best[last], count[last]
