"""How a network falls apart as its nodes leave one by one."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.measures.definition import Definition
from spnr_graph.measures.removal import without
from spnr_graph.measures.shortest import shortest_paths

if TYPE_CHECKING:
    import scipy.sparse as sp

    from spnr_graph.measures.removal import Floats, Ints
    from spnr_graph.projection import Links

Attack: TypeAlias = Literal["degree", "betweenness"]

#: Betweenness worked out again after each removal takes seconds up to so many nodes.
_MOST_RECOMPUTED: Final = 500
DRAWS: Final = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class Band:
    """What is left when nodes leave at random, by number of nodes that left.

    Attributes:
        low: 5 % of the draws leave less.
        mean: of the draws.
        high: 5 % of the draws leave more.
        robustness: index R of each draw, sorted.
    """

    low: Floats
    mean: Floats
    high: Floats
    robustness: Floats


def order_of_attack(
    links: Links, by: Attack = "degree", *, recomputed: bool = True
) -> Ints:
    """Return the nodes in the order in which a targeted attack removes them.

    Args:
        links: the network; weights do not count.
        by: what is attacked first: the node with most links, or that most shortest
            ways pass through. Of equals, the first in the order of the IRIs.
        recomputed: whether the rank is worked out again after each removal.

    Raises:
        QueryError: ``by`` is unknown, or the network too large for that.
    """
    if by not in get_args(Attack):
        raise QueryError(
            fr=f"Attaque : « {by} » est inconnue. Choisir degree ou betweenness.",
            en=f'Attack: "{by}" is unknown. Choose degree or betweenness.',
        )
    if by == "degree":
        return _by_degree(links.weights, recomputed=recomputed)
    if recomputed and len(links.nodes) > _MOST_RECOMPUTED:
        raise QueryError(
            fr="Attaque par l'intermédiarité recalculée : le réseau dépasse "
            f"{_MOST_RECOMPUTED} acteurs. Choisir degree, ou filtrer.",
            en="Attack by betweenness worked out again: the network has more than "
            f"{_MOST_RECOMPUTED} actors. Choose degree, or filter.",
        )
    return _by_betweenness(links, recomputed=recomputed)


def _by_degree(weights: sp.csr_array, *, recomputed: bool) -> Ints:
    """Remove the node that has most links, then the next."""
    degree = np.diff(weights.indptr).tolist()
    if not recomputed:
        return np.lexsort((np.arange(len(degree)), -np.array(degree, dtype=int)))
    starts, ends = weights.indptr.tolist(), weights.indices.tolist()
    waiting = [(-links, node) for node, links in enumerate(degree)]
    heapq.heapify(waiting)
    order: list[int] = []
    while waiting:
        links, node = heapq.heappop(waiting)
        if degree[node] != -links:
            continue  # an older rank of a node: a newer one waits, or it has left
        degree[node] = -1
        order.append(node)
        for other in ends[starts[node] : starts[node + 1]]:
            if degree[other] > 0:
                degree[other] -= 1
                heapq.heappush(waiting, (-degree[other], other))
    return np.array(order, dtype=np.int64)


def _by_betweenness(links: Links, *, recomputed: bool) -> Ints:
    """Remove the node that most shortest ways pass through, then the next."""
    count = len(links.nodes)
    if not recomputed:
        return np.argsort(-_through(links), kind="stable")
    staying = np.arange(count)
    order = np.empty(count, dtype=np.int64)
    for step in range(count):
        worst = int(np.argmax(_through(links)))
        order[step] = staying[worst]
        staying = np.delete(staying, worst)
        links = without(links, [worst])
    return order


def _through(links: Links) -> Floats:
    """Return the betweenness, rounded so that nodes in the same position tie."""
    return np.round(shortest_paths(links).betweenness, 6)


def left(links: Links, order: Ints) -> Floats:
    """Return the share of all nodes in the largest component after each removal.

    Args:
        links: the network.
        order: all its nodes, in the order in which they leave.

    Returns:
        One value more than there are nodes: first the whole network, last none.
    """
    from scipy.sparse.csgraph import minimum_spanning_tree

    count = len(links.nodes)
    if not count:
        return np.zeros(1)
    # Seen backwards, nodes come in; a link is there once its later end is. A spanning
    # tree of the earliest links tells the same components, with fewer links to join.
    turn = np.empty(count, dtype=np.int64)
    turn[order] = np.arange(count, 0, -1)
    linked = links.weights.tocoo()
    linked.data = np.maximum(turn[linked.row], turn[linked.col]).astype(np.float64)
    tree = minimum_spanning_tree(linked.tocsr()).tocoo()
    by_turn = np.argsort(tree.data, kind="stable")
    sizes = _joined(
        count,
        tree.row[by_turn].tolist(),
        tree.col[by_turn].tolist(),
        tree.data[by_turn].astype(int).tolist(),
    )
    return np.array(sizes[::-1], dtype=np.float64) / count


def _joined(
    count: int, rows: list[int], columns: list[int], turns: list[int]
) -> list[int]:
    """Return the size of the largest set after each turn, joining link after link."""
    above = list(range(count))
    size = [1] * count
    largest = [0] + [1] * count
    for row, column, turn in zip(rows, columns, turns, strict=True):
        a, b = _top(above, row), _top(above, column)
        if size[a] < size[b]:
            a, b = b, a
        above[b] = a
        size[a] += size[b]
        largest[turn] = max(largest[turn], size[a])
    for turn in range(1, count + 1):
        largest[turn] = max(largest[turn], largest[turn - 1])
    return largest


def _top(above: list[int], node: int) -> int:
    """Return what stands for the set of a node, halving the way to it."""
    while above[node] != node:
        above[node] = above[above[node]]
        node = above[node]
    return node


def robustness(curve: Floats) -> float | None:
    """Return the index R of a curve: the mean of what is left after each removal.

    R lies between 0 and 1/2 (Schneider et al. 2011, PNAS 108, 3838–3841,
    doi:10.1073/pnas.1009440108). None for a network without nodes.
    """
    return float(curve[1:].mean()) if len(curve) > 1 else None


def random_band(links: Links, *, draws: int = DRAWS, seed: int = 0) -> Band:
    """Return what is left when nodes leave at random.

    Args:
        links: the network.
        draws: how many random orders.
        seed: of the draws.
    """
    random = np.random.default_rng(seed)
    count = len(links.nodes)
    curves = np.array([left(links, random.permutation(count)) for _ in range(draws)])
    low, high = np.quantile(curves, (0.05, 0.95), axis=0)
    indices = curves[:, 1:].mean(axis=1) if count else np.zeros(0)
    return Band(
        low=low, mean=curves.mean(axis=0), high=high, robustness=np.sort(indices)
    )


DEFINITIONS: Final = (
    Definition(
        name="retires",
        fr="Acteurs retirés",
        en="Actors removed",
        meaning_fr="Nombre d'acteurs partis un à un, les plus liés d'abord.",
        meaning_en="Number of actors that have left, one by one, most linked first.",
        formula="q, from 0 to n; ties go by IRI",
        source="Albert, R., Jeong, H. & Barabási, A.-L. (2000), Nature 406, 378–382, "
        "doi:10.1038/35019019",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Un ordre d'épreuve, non une prévision de départs.",
        caveat_en="An order to test with, no forecast of departures.",
    ),
    Definition(
        name="part_restante",
        fr="Part restante",
        en="Share left",
        meaning_fr="Part de tous les acteurs qui sont encore reliés en un seul "
        "ensemble après tant de départs.",
        meaning_en="Share of all the actors that are still linked in one component "
        "after so many departures.",
        formula="s(q) = S(q) / n, S(q) being the size of the largest component after q "
        "of the n actors left; at random: mean, 5th and 95th percentiles of 100 orders",
        source="Albert, R., Jeong, H. & Barabási, A.-L. (2000), Nature 406, 378–382, "
        "doi:10.1038/35019019",
        unit_fr="part, de 0 à 1",
        unit_en="share, from 0 to 1",
        caveat_fr="Suppose que personne ne remplace ceux qui partent.",
        caveat_en="Supposes that nobody replaces those who leave.",
    ),
    Definition(
        name="indice_r",
        fr="Indice R de robustesse",
        en="Robustness index R",
        meaning_fr="Moyenne de ce qui reste relié à mesure que tous partent : 0,5 "
        "quand tous sont liés à tous, près de 0 quand un départ suffit à tout couper.",
        meaning_en="Mean of what stays linked as all leave: 0.5 when all are linked "
        "with all, near 0 when one departure cuts everything.",
        formula="R = (1/n) Σ s(q), q from 1 to n",
        source="Schneider, C. M. et al. (2011), PNAS 108(10), 3838–3841, "
        "doi:10.1073/pnas.1009440108",
        unit_fr="sans unité, de 0 à 0,5",
        unit_en="no unit, from 0 to 0.5",
        caveat_fr="À comparer avec la valeur au hasard du même réseau, non d'un réseau "
        "d'une autre taille.",
        caveat_en="To be compared with the value at random of the same network, not of "
        "a network of another size.",
    ),
)
