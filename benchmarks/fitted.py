"""A score fitted to hidden meetings by logistic regression, beside the one we say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.measures.ground import Ground
    from spnr_graph.measures.proposals import Reasons

Floats: TypeAlias = npt.NDArray[np.float64]

#: What a pair is judged by, in the order of the coefficients.
FEATURES: Final = ("ln A_a A_b", "ln(1 + P)", "T", "C", "R")


def features(ground: Ground, found: Reasons) -> Floats:
    """Return the features of every pair, along the last axis."""
    activity = np.outer(ground.activity, ground.activity)
    parts = (np.log(np.maximum(activity, 1)), np.log1p(found.partners))
    return np.stack((*parts, found.places, found.themes, found.roles), axis=-1)


def coefficients(
    pairs: Sequence[Floats], right: Sequence[npt.NDArray[np.bool_]]
) -> Floats:
    """Return the coefficients that make what was right likeliest, none negative.

    A reason that lowers a score could not be said.

    Args:
        pairs: hold-out → features of its pairs.
        right: hold-out → whether each pair meets in what is hidden.
    """
    from scipy.optimize import minimize

    known = np.column_stack((np.vstack(pairs), np.ones(sum(map(len, pairs)))))
    hidden = np.concatenate(right).astype(np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = known @ weights
        chance = 1 / (1 + np.exp(-odds))
        value = float(np.mean(np.logaddexp(0, odds) - hidden * odds))
        return value, known.T @ (chance - hidden) / len(hidden)

    bounds = [(0.0, None)] * len(FEATURES) + [(None, None)]
    start = np.zeros(len(bounds))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Floats = found.x[:-1]
    return weights
