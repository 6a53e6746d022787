"""A network as numbers: what measures read, without a Python object per link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph.projection.project import matrix

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

    from spnr_graph.projection.project import Weight
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
    """Return the links of a networkx graph whose edges have a ``weight``."""
    import networkx as nx
    import numpy as np
    import scipy.sparse as sp

    nodes = tuple(sorted(graph))
    if not nodes:
        return Links(nodes=(), weights=sp.csr_array((0, 0), dtype=np.float64))
    weights = sp.csr_array(
        nx.to_scipy_sparse_array(graph, nodelist=nodes, dtype=np.dtype(float))
    )
    weights.setdiag(0)
    weights.eliminate_zeros()
    weights.sort_indices()
    return Links(nodes=nodes, weights=weights)


def collaborations(rows: Participations, *, weight: Weight = "count") -> Links:
    """Return who works with whom, straight from the rows that passed the filters.

    Every actor of the rows is a node, also one who meets nobody.
    """
    import numpy as np
    import scipy.sparse as sp

    half = matrix(rows, weight=weight)
    present = np.unique(rows.actor)
    both = sp.csr_array(half + half.T)[present][:, present]
    both.sort_indices()
    return Links(
        nodes=tuple(rows.actors[code] for code in present.tolist()), weights=both
    )
