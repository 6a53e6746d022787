"""Structural holes: how much the partners of an actor know each other (Burt 1992)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.measures.products import ends, product_within

if TYPE_CHECKING:
    from spnr_graph.measures.products import Numbers
    from spnr_graph.projection import Links


def constraint(links: Links) -> Numbers:
    """Return Burt's constraint of each node, NaN without partner; weights count."""
    spent = _shares(links)
    held = spent + product_within(links, spent, spent)
    return _summed(links, held**2)


def effective_size(links: Links) -> Numbers:
    """Return the partners that do not repeat each other, NaN without; weights count."""
    _, partner = ends(links)
    relative = links.weights.data / _strongest(links)[partner]
    return _summed(links, 1 - product_within(links, _shares(links), relative))


def _shares(links: Links) -> Numbers:
    """Return the share of its strength that each node gives to each partner."""
    strength = np.asarray(links.weights.sum(axis=1), dtype=np.float64)
    node, _ = ends(links)
    return links.weights.data / np.where(strength == 0, 1.0, strength)[node]


def _strongest(links: Links) -> Numbers:
    """Return the weight of the strongest link of each node, one where it is none."""
    node, _ = ends(links)
    most = np.zeros(len(links.nodes))
    np.maximum.at(most, node, links.weights.data)
    return np.where(most == 0, 1.0, most)


def _summed(links: Links, values: Numbers) -> Numbers:
    """Add up the values of each node's links, NaN where it has none."""
    node, _ = ends(links)
    total = np.bincount(node, values, minlength=len(links.nodes))
    return np.where(np.diff(links.weights.indptr) > 0, total, np.nan)
