"""Structural holes: how much the partners of an actor know each other (Burt 1992)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from spnr_graph.measures.products import adjacency, product_within

if TYPE_CHECKING:
    from spnr_graph.measures.shortest import Numbers
    from spnr_graph.projection import Links


def constraint(links: Links) -> Numbers:
    """Return Burt's constraint of each node, NaN without partner; weights count."""
    pattern = adjacency(links)
    spent = _shares(links)
    held = spent + product_within(spent, spent, pattern)
    found = np.asarray(held.power(2).sum(axis=1), dtype=np.float64)
    found[np.diff(links.weights.indptr) == 0] = np.nan
    return found


def effective_size(links: Links) -> Numbers:
    """Return the partners that do not repeat each other, NaN without; weights count."""
    if not links.nodes:
        return np.zeros(0)
    strongest = np.asarray(links.weights.max(axis=1).toarray()).ravel()
    scale = 1 / np.where(strongest == 0, 1.0, strongest)
    relative = sp.csr_array(sp.diags_array(scale) @ links.weights)
    repeated = product_within(
        _shares(links), sp.csr_array(relative.T), adjacency(links)
    )
    degree = np.diff(links.weights.indptr)
    return np.where(degree > 0, degree - repeated.sum(axis=1), np.nan)


def _shares(links: Links) -> sp.csr_array:
    """Return the share of its strength that each node gives to each partner."""
    strength = np.asarray(links.weights.sum(axis=1), dtype=np.float64)
    scale = 1 / np.where(strength == 0, 1.0, strength)
    return sp.csr_array(sp.diags_array(scale) @ links.weights)
