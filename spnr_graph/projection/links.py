"""A network as numbers: what measures read, without a Python object per link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph.projection.meetings import matrix

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt
    import scipy.sparse as sp

    from spnr_graph.projection.meetings import Weight
    from spnr_graph.projection.rows import Participations


@dataclass(frozen=True, kw_only=True, eq=False)
class Links:
    """Weighted, undirected links between nodes.

    Attributes:
        nodes: IRIs, sorted; row ``k`` of the matrix is node ``k``.
        weights: symmetric, float64, without diagonal, indices sorted.
    """

    nodes: tuple[str, ...]
    weights: sp.csr_array


def links(graph: nx.Graph[str]) -> Links:
    """Return the links of a networkx graph whose edges have a ``weight``.

    A loop is left out; the two directions of a directed graph are added up. An edge
    of weight 0 (whose euros are unknown) stays, as an explicit 0.
    """
    import numpy as np

    nodes = tuple(sorted(graph))
    codes = {node: code for code, node in enumerate(nodes)}
    ends, weights = [], []
    for a, b, attributes in graph.edges(data=True):
        if a != b:
            ends.append((codes[a], codes[b]))
            weights.append(float(attributes["weight"]))
    left, right = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return Links(nodes=nodes, weights=_both_ways(len(nodes), left, right, weights))


def collaborations(rows: Participations, *, weight: Weight = "count") -> Links:
    """Return who works with whom, straight from the rows that passed the filters.

    Every actor of the rows is a node, also one who meets nobody. A pair that meets only
    where the euros are unknown weighs an explicit 0 under ``"amount"``.
    """
    import numpy as np

    half = matrix(rows, weight=weight).tocoo()
    present = np.unique(rows.actor)
    left, right = (np.searchsorted(present, ends) for ends in (half.row, half.col))
    return Links(
        nodes=tuple(rows.actors[code] for code in present.tolist()),
        weights=_both_ways(len(present), left, right, half.data),
    )


def _both_ways(
    size: int, left: npt.ArrayLike, right: npt.ArrayLike, weights: npt.ArrayLike
) -> sp.csr_array:
    """Return the symmetric matrix of links; unlike a sum, it keeps explicit zeros."""
    import numpy as np
    import scipy.sparse as sp

    # Half the memory, and what the graph algorithms of older scipy take.
    left, right = (np.asarray(one).astype(np.int32) for one in (left, right))
    ends = np.concatenate((left, right)), np.concatenate((right, left))
    values = np.concatenate((weights, weights))
    both = sp.coo_array((values, ends), shape=(size, size), dtype=np.float64).tocsr()
    both.sort_indices()
    return both
