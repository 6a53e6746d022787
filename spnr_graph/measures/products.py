"""Products of sparse matrices, kept where a network has links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import scipy.sparse as sp

if TYPE_CHECKING:
    from spnr_graph.projection import Links

#: Rows multiplied at once: the product of hubs is nearly dense and must not be whole.
_ROWS: Final = 1024


def adjacency(links: Links) -> sp.csr_array:
    """Return who is linked with whom: ones where there is a link."""
    ones = links.weights.copy()
    ones.data[:] = 1.0
    return ones


def product_within(
    left: sp.csr_array, right: sp.csr_array, pattern: sp.csr_array
) -> sp.csr_array:
    """Return ``left @ right`` where the pattern, of zeros and ones, has ones."""
    blocks = [
        (left[start : start + _ROWS] @ right).multiply(pattern[start : start + _ROWS])
        for start in range(0, left.shape[0], _ROWS)
    ]
    return sp.csr_array(sp.vstack(blocks)) if blocks else pattern
