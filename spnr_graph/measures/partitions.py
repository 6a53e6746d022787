"""Partitions of a network, rated and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import scipy.sparse as sp

    from spnr_graph.measures.louvain import Partition


def modularity(
    weights: sp.csr_array, partition: Partition, *, resolution: float = 1.0
) -> float:
    """Return the share of weight inside communities, less what chance would give.

    Args:
        weights: symmetric, without diagonal.
        partition: −1 for a node that stands alone.
        resolution: what chance counts for; 1 in Newman and Girvan 2004.

    Returns:
        From −0.5 to 1; 0 where there is no weight.
    """
    total = float(weights.sum())
    if not total:
        return 0.0
    links = weights.tocoo()
    same = (partition[links.row] == partition[links.col]) & (partition[links.row] >= 0)
    strength = np.asarray(weights.sum(axis=1)).ravel()
    alone = partition < 0
    held = np.bincount(partition[~alone], weights=strength[~alone])
    expected = float((held**2).sum() + (strength[alone] ** 2).sum()) / total**2
    return float(links.data[same].sum()) / total - resolution * expected


def likeness(one: Partition, other: Partition) -> float:
    """Return the normalised mutual information of two partitions, from 0 to 1.

    2·I(A, B) / (H(A) + H(B)) (Danon et al. 2005, J. Stat. Mech. P09008); 1 when neither
    parts anything.
    """
    pairs = one * (int(other.max(initial=0)) + 1) + other
    entropies = _entropy(one) + _entropy(other)
    if not entropies:
        return 1.0
    shared = entropies - _entropy(pairs)
    return min(1.0, max(0.0, 2 * shared / entropies))


def _entropy(partition: npt.NDArray[np.int64]) -> float:
    """Return the entropy of the sizes of the parts, in nats."""
    shares = np.unique(partition, return_counts=True)[1] / (len(partition) or 1)
    return max(0.0, float(-(shares * np.log(shares)).sum()))
