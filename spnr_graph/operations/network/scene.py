"""What counts before anybody leaves: the rows, their network, who may leave."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from spnr_graph.measures.removal import linked_pairs, nearness, without
from spnr_graph.measures.resilience import sole
from spnr_graph.measures.shortest import components
from spnr_graph.operations.network.roles import benefiting, funding, leading
from spnr_graph.projection import Links, collaborations, matrix, pairs, select
from spnr_graph.projection.meetings import shares

if TYPE_CHECKING:
    import scipy.sparse as sp

    from spnr_graph.measures.removal import Floats, Ints, Nearness
    from spnr_graph.projection import Filters, Participations, Weight
    from spnr_graph.projection.rows import Mask

Of: TypeAlias = Literal["actors", "funders", "sources"]

#: Each funder and source takes a search of the network: so many are worked out.
MOST_TRIED: Final = 200


class Scene:
    """The participations that count and their network, before anybody leaves."""

    def __init__(
        self, rows: Participations, chosen: Filters, *, weight: Weight, of: Of
    ) -> None:
        """Select what counts.

        Whether a lead is left must not depend on which actors are looked at: filters
        of actors and roles choose initiatives and who may leave, not who stays.

        Args:
            rows: all the participations.
            chosen: which initiatives and actors are looked at.
            weight: of the links.
            of: what may leave.
        """
        self.of, self.weight = of, weight
        self.meeting = select(rows, chosen)
        self.links = collaborations(self.meeting, weight=weight)
        seen = select(rows, replace(chosen, collaborative=False))
        everybody = replace(chosen, collaborative=False, actor_kind=(), role=())
        wide = select(rows, everybody)
        self.rows = wide.take(np.isin(wide.initiative, seen.initiative))
        acting = seen.actor[~benefiting(seen)]
        self.actors = np.union1d(acting, self.meeting.actor).astype(np.int64)

    @cached_property
    def initiatives(self) -> int:
        """Number of initiatives."""
        return len(np.unique(self.rows.initiative))

    @cached_property
    def linked(self) -> int:
        """Number of pairs of actors that are linked, even through others."""
        return linked_pairs(self.links)

    @cached_property
    def largest(self) -> int:
        """Number of actors of the largest component."""
        return int(components(self.links).sizes.max(initial=0))

    @cached_property
    def near(self) -> Nearness:
        """Steps between actors."""
        return nearness(self.links)

    @cached_property
    def masks(self) -> tuple[Mask, Mask, Mask]:
        """Rows of roles that lead, that fund, and all but those that only benefit."""
        return (
            leading(self.rows),
            funding(self.rows),
            ~benefiting(self.rows),
        )

    @cached_property
    def held(self) -> tuple[Mask, ...]:
        """Say of each initiative whether anybody leads it, funds it, acts in it."""
        return tuple(self.holding(mask) for mask in self.masks)

    def holding(self, rows: Mask) -> Mask:
        """Say of each initiative whether one of these rows is about it."""
        size = len(self.rows.initiatives)
        return np.bincount(self.rows.initiative[rows], minlength=size) > 0

    @cached_property
    def hanging(self) -> tuple[dict[int, frozenset[int]], ...]:
        """Who holds which initiatives alone: of each mask, holder → initiatives."""
        return tuple(self._held_alone(mask) for mask in self.masks)

    def _held_alone(self, mask: Mask) -> dict[int, frozenset[int]]:
        rows = self.rows.take(mask)
        places, holders = sole(rows.initiative, self.holders(rows))
        held: dict[int, set[int]] = {}
        for place, holder in zip(places.tolist(), holders.tolist(), strict=True):
            held.setdefault(holder, set()).add(place)
        return {holder: frozenset(found) for holder, found in held.items()}

    def holders(self, rows: Participations) -> Ints:
        """Return with what each row would leave; −1 for what stays in any case."""
        if self.of == "sources":
            known = np.array([bool(source) for source in rows.sources], dtype=bool)
            return np.where(known[rows.source], rows.source, -1).astype(np.int64)
        if self.of == "funders":
            return np.where(funding(rows), rows.actor, -1).astype(np.int64)
        return rows.actor.astype(np.int64)

    @cached_property
    def leaving(self) -> Ints:
        """Codes of what may leave: actors that are looked at, or any source."""
        if self.of == "actors":
            return self.actors
        holders = np.unique(self.holders(self.rows))
        if self.of == "funders":
            return np.intersect1d(holders, self.actors)
        return holders[holders >= 0]

    @cached_property
    def tried(self) -> Ints:
        """Codes of those whose departure is worked out: all, or those who hold most."""
        if self.of == "actors" or len(self.leaving) <= MOST_TRIED:
            return self.leaving
        held = [
            sum(len(kind.get(who, ())) for kind in self.hanging)
            for who in self.leaving.tolist()
        ]
        holding = self._holding[self._holding >= 0]
        rows = np.bincount(holding, minlength=int(self.leaving.max()) + 1)
        order = np.lexsort((self.leaving, -rows[self.leaving], -np.array(held)))
        return np.sort(self.leaving[order[:MOST_TRIED]])

    def iri(self, who: int) -> str:
        """Return the IRI of what may leave."""
        return (self.rows.sources if self.of == "sources" else self.rows.actors)[who]

    def seen_as(self, of: Of) -> Scene:
        """Return the same participations, where something else may leave."""
        other = copy(self)
        other.of = of
        for kept in ("hanging", "_holding"):
            other.__dict__.pop(kept, None)
        return other

    def after(self, who: int) -> Links:
        """Return the network without what leaves."""
        if self.of == "actors":
            place = self.place.get(who)
            return without(self.links, [] if place is None else [place])
        before, kept = self._touched(who)
        lost = matrix(before) - matrix(kept)
        half = self._counts - lost  # whole numbers: what meets no more is exactly 0
        present = np.unique(self.meeting.actor[self._holding != who])
        both = (half + half.T).tocsr()[present][:, present]
        both.eliminate_zeros()
        both.sort_indices()
        nodes = tuple(self.rows.actors[code] for code in present.tolist())
        return Links(nodes=nodes, weights=both)

    def lost_weight(self, who: int) -> float:
        """Return the share of the weight of the links that leaves with some rows.

        What is left of an initiative weighs as before: Newman's weights do not grow.
        """
        before, kept = (
            self._shares[pairs(rows).initiative].sum() for rows in self._touched(who)
        )
        gone = before - kept
        total = self.links.weights.sum() / 2
        return max(0.0, float(gone / total)) if total else 0.0

    def _touched(self, who: int) -> tuple[Participations, Participations]:
        """Return the rows of the initiatives that lose some, then those that stay.

        No link outside these initiatives can change.
        """
        stays = self._holding != who
        losing = np.zeros(len(self.rows.initiatives), dtype=np.bool_)
        losing[self.meeting.initiative[~stays]] = True
        within = losing[self.meeting.initiative]
        return self.meeting.take(within), self.meeting.take(within & stays)

    @cached_property
    def _shares(self) -> Floats:
        return np.nan_to_num(shares(self.meeting, self.weight))

    @cached_property
    def _counts(self) -> sp.csr_array:
        return matrix(self.meeting)

    @cached_property
    def _holding(self) -> Ints:
        return self.holders(self.meeting)

    @cached_property
    def place(self) -> dict[int, int]:
        """Code of an actor → its place in the network."""
        present = np.unique(self.meeting.actor).tolist()
        return {code: place for place, code in enumerate(present)}
