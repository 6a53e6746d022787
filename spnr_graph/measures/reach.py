"""How widely each actor acts: over axes, départements, communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from spnr_graph.measures.products import adjacency
from spnr_graph.measures.reach_definitions import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spnr_graph.measures.shortest import Integers, Numbers
    from spnr_graph.projection import Links, Participations

__all__ = ["DEFINITIONS", "Reach", "Spread", "by_initiatives", "by_partners", "reach"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Spread:
    """How much of each node's activity falls in each category.

    Attributes:
        categories: what the columns stand for.
        amounts: a row per node, a column per category.
    """

    categories: tuple[str, ...]
    amounts: sp.csr_array

    def main(self) -> tuple[str, ...]:
        """Return the category where each node is most active, ``""`` without any."""
        if not self.categories:
            return ("",) * self.amounts.shape[0]
        best = self.amounts.argmax(axis=1)
        active = np.diff(self.amounts.indptr) > 0
        return tuple(
            self.categories[code] if any_ else ""
            for code, any_ in zip(best.tolist(), active.tolist(), strict=True)
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """How many categories each node reaches, and how evenly.

    Attributes:
        number: categories in which the node is active.
        evenness: Pielou's, from 0 (nearly all in one) to 1; NaN below two categories.
        participation: Guimerà and Amaral's coefficient, NaN without category.
    """

    number: Integers
    evenness: Numbers
    participation: Numbers


def by_initiatives(
    rows: Participations, categories: Callable[[str], Sequence[str]]
) -> Spread:
    """Return how the initiatives of each actor fall into categories.

    An initiative counts for one, shared out between its categories.

    Args:
        rows: participations; each actor that they name is a node, in order.
        categories: those of an initiative, such as its axes; none is allowed.
    """
    known = [categories(initiative) for initiative in rows.initiatives]
    names = tuple(sorted({name for found in known for name in found}))
    column = {name: code for code, name in enumerate(names)}
    width = [len(found) for found in known]
    place = np.repeat(np.arange(len(known)), width)
    code = np.array([column[name] for found in known for name in found], np.int64)
    share = 1 / np.repeat(np.maximum(width, 1), width)
    of = sp.csr_array((share, (place, code)), shape=(len(known), len(names)))
    return Spread(categories=names, amounts=sp.csr_array(memberships(rows) @ of))


def memberships(rows: Participations) -> sp.csr_array:
    """Return who takes part in what: a row per actor named, ones once per pair."""
    node, actor = np.unique(rows.actor, return_inverse=True)
    shape = (len(node), len(rows.initiatives))
    found = sp.csr_array((np.ones(len(actor)), (actor, rows.initiative)), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


def by_partners(links: Links, community: Integers) -> Spread:
    """Return how the partners of each node fall into groups.

    Args:
        links: the network; weights do not count, as in Guimerà and Amaral.
        community: of each node, −1 for none.
    """
    member = np.flatnonzero(community >= 0)
    width = int(community.max(initial=-1)) + 1
    of = sp.csr_array(
        (np.ones(len(member)), (member, community[member])),
        shape=(len(community), width),
    )
    return Spread(
        categories=tuple(str(code) for code in range(width)),
        amounts=sp.csr_array(adjacency(links) @ of),
    )


def reach(spread: Spread) -> Reach:
    """Return how many categories each node reaches, and how evenly."""
    amounts = spread.amounts.copy()
    amounts.eliminate_zeros()
    number = np.diff(amounts.indptr).astype(np.int64)
    node = np.repeat(np.arange(len(number)), number)
    total = np.bincount(node, weights=amounts.data, minlength=len(number))
    share = amounts.data / total[node]
    entropy = -np.bincount(node, share * np.log(share), minlength=len(number))
    several = number > 1
    squares = np.bincount(node, share**2, minlength=len(number))
    return Reach(
        number=number,
        evenness=np.divide(
            entropy,
            np.log(np.maximum(number, 2)),
            out=np.full(len(number), np.nan),
            where=several,
        ),
        participation=np.where(number > 0, np.maximum(1 - squares, 0), np.nan),
    )
