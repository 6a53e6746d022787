"""Which links are too strong to be due to chance: the disparity filter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx
    import scipy.sparse as sp

    from spnr_graph.projection.answers import Numbers
    from spnr_graph.projection.links import Links
    from spnr_graph.projection.meetings import Keys
    from spnr_graph.projection.rows import Participation


def significance(links: Links) -> sp.csr_array:
    """Return how likely chance alone would make each link so strong, for either end.

    The disparity filter (Serrano, Boguñá and Vespignani 2009, PNAS 106:6483): were the
    strength s of a node shared out at random among its k links, one of weight w or
    more would come with probability p = (1 − w / s)^(k − 1). Of the two ends the
    smaller p counts. At an end with one link p is 1, so that only the other end can
    keep it, as in the paper; two nodes linked to nobody else have p = 1. So has a link
    of weight 0, which adds nothing to k.

    Args:
        links: symmetric, as ``collaborations`` gives them.

    Returns:
        The p-values, in a matrix with the same stored entries as the weights.
    """
    import scipy.sparse as sp

    weights = links.weights.tocoo()
    left, right = weights.row.astype(np.int64), weights.col.astype(np.int64)
    found = sp.csr_array(links.weights, copy=True)
    found.data = _chances(left, right, weights.data, len(links.nodes))
    return found


def p_values(
    graph: nx.Graph[str], weights: Sequence[float] | None = None
) -> list[float]:
    """Return the significance of each edge of a graph, in the order of its edges.

    A directed edge is compared with what leaves its first end and with what reaches the
    second, as in the paper.

    Args:
        graph: directed or not.
        weights: of its edges, in order; by default their ``weight``.
    """
    codes = {node: code for code, node in enumerate(graph)}
    left = np.array([codes[a] for a, _ in graph.edges], np.int64)
    right = np.array([codes[b] for _, b in graph.edges], np.int64)
    if weights is None:
        weights = [edge["weight"] for *_, edge in graph.edges(data=True)]
    values = np.array(weights, np.float64)
    if not graph.is_directed():
        left, right = np.concatenate((left, right)), np.concatenate((right, left))
        values = np.concatenate((values, values))
    found: list[float] = _chances(left, right, values, len(codes)).tolist()
    return found[: graph.number_of_edges()]


def newman_weights(graph: nx.Graph[str]) -> list[float]:
    """Return Newman's weight of each edge, whatever the weight of the graph.

    Counted from the evidence, over the nodes of this graph alone: where most pairs
    share one thing, it still tells who works closely from who stands in a crowd.

    Args:
        graph: of mode ``actors`` or ``initiatives``.
    """
    meets = graph.graph["mode"] == "actors"

    def groups(stated: Iterable[Participation]) -> set[str]:
        return {one.initiative if meets else one.actor for one in stated}

    members = Counter(
        group
        for _, node in graph.nodes(data=True)
        for group in groups(node["participations"])
    )
    return [
        sum(
            1 / max(members[group] - 1, 1) for group in sorted(groups(edge["evidence"]))
        )
        for *_, edge in graph.edges(data=True)
    ]


def _chances(left: Keys, right: Keys, weights: Numbers, size: int) -> Numbers:
    """Return the smaller p-value of the two ends of each link, see ``significance``."""
    found = np.ones(len(weights))
    for ends in (left, right):
        strength = np.bincount(ends, weights, size)[ends]
        degree = np.bincount(ends, weights > 0, size)[ends]
        share = np.divide(weights, strength, np.zeros(len(weights)), where=strength > 0)
        rest = np.maximum(1 - share, 0) ** np.maximum(degree - 1, 0)
        found = np.minimum(found, rest)
    return found


def backbone_words(graph: nx.Graph[str], alpha: float) -> dict[str, str]:
    """Say what a backbone at this alpha keeps of a network, by language.

    Args:
        graph: the network before it is narrowed.
        alpha: level of the backbone.
    """
    chances = p_values(graph)
    whole, kept = len(chances), sum(p < alpha for p in chances)
    if not whole:
        return {
            "fr": "Ce réseau n'a aucun lien : alpha n'y change rien.",
            "en": "This network has no link: alpha changes nothing.",
        }
    level, chance = f"{alpha:g}", f"{alpha * 100:g}"
    share = f"{kept / whole:.0%}"
    return {
        "fr": f"Alpha {level.replace('.', ',')} : liens gardés, {kept} sur {whole} "
        f"({share.replace('%', ' %')}), trop forts pour être dus au hasard ; si chacun "
        "répartissait sa force au hasard entre ses liens, un lien aussi fort aurait "
        f"moins de {chance.replace('.', ',')} % de chances d'apparaître. Augmenter "
        "alpha pour en garder davantage.",
        "en": f"Alpha {level}: links kept, {kept} out of {whole} ({share}), too strong "
        "to be due to chance; if everyone shared out its strength at random among its "
        f"links, so strong a link would come with less than {chance}% probability. "
        "Raise alpha to keep more of them.",
    }
