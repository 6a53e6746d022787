"""What things are said to have, as vectors that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import scipy.sparse as sp


def vocabulary(*said: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return all the terms that are said, sorted."""
    return tuple(sorted({t for each in said for terms in each.values() for t in terms}))


def incidence(
    nodes: Sequence[str], said: Mapping[str, Collection[str]], terms: Sequence[str]
) -> sp.csr_array:
    """Return ones where a node (row) is said to have a term (column).

    Args:
        nodes: in the order of the rows.
        said: node → its terms; those that are no column are left out.
        terms: in the order of the columns.
    """
    import scipy.sparse as sp

    places = {term: place for place, term in enumerate(terms)}
    columns = [
        sorted(places[t] for t in set(said.get(node, ())) if t in places)
        for node in nodes
    ]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((c for row in columns for c in row), np.int64, starts[-1])
    shape = (len(nodes), len(terms))
    return sp.csr_array((np.ones(len(flat)), flat, starts), shape=shape)


def profiles(nodes: Sequence[str], said: Mapping[str, Collection[str]]) -> sp.csr_array:
    """Return one vector of length 1 per node; their products are cosines.

    A term weighs ln(N / n), n of N nodes having it (Spärck Jones 1972,
    doi:10.1108/eb026526): what all have tells nothing, and a node that has nothing else
    is a vector of zeros.
    """
    import scipy.sparse as sp

    ones = incidence(nodes, said, vocabulary(said))
    having = np.bincount(ones.indices, minlength=ones.shape[1])
    weighed = sp.csr_array(ones.multiply(np.log(len(nodes) / np.maximum(having, 1))))
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    found = sp.csr_array(weighed.multiply((1 / lengths)[:, None]))
    found.eliminate_zeros()
    found.sort_indices()
    return found
