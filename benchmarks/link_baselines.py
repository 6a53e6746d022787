"""Classic predictors of links, from a two-mode network: what proposals must beat."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

Square: TypeAlias = npt.NDArray[np.float64]


def baselines(took_part: Square, *, seed: int) -> Mapping[str, Square]:
    """Return the score of every pair under each predictor.

    Args:
        took_part: ones where an actor (row) takes part in an initiative (column).
        seed: of the random scores.
    """
    met = took_part @ took_part.T
    np.fill_diagonal(met, 0)
    links = (met > 0).astype(np.float64)
    degree, busy = links.sum(0), took_part.sum(1)
    walk = links * _inverse(degree)[:, None]
    random = np.random.default_rng(seed).random(links.shape)
    return {
        "random": np.triu(random, 1) + np.triu(random, 1).T,
        "preferential attachment": np.outer(degree, degree),
        "preferential attachment, initiatives": np.outer(busy, busy),
        "common neighbours": links @ links,
        "Adamic–Adar": links
        @ (links * _inverse(np.log(np.maximum(degree, 2)))[:, None]),
        "resource allocation": links @ (links * _inverse(degree)[:, None]),
        "cosine of partners": (links @ links)
        * _inverse(np.sqrt(np.outer(degree, degree))),
        "Katz": _katz(links),
        "personalised PageRank": _page_rank(walk) + _page_rank(walk).T,
    }


def _inverse(values: Square) -> Square:
    """Return 1 / x, and 0 where x is 0."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _katz(links: Square) -> Square:
    """Count the walks of all lengths, each step halved beside the first eigenvalue."""
    first = float(np.abs(np.linalg.eigvalsh(links)).max(initial=0.0)) or 1.0
    return np.linalg.inv(np.eye(len(links)) - 0.5 / first * links)


def _page_rank(walk: Square) -> Square:
    """Return where a walker who returns home (15 %) is found, from every home."""
    return np.linalg.inv(np.eye(len(walk)) - 0.85 * walk)
