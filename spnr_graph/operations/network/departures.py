"""Who may leave, and what the network and its initiatives lose by it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from spnr_graph.measures.attack import DRAWS
from spnr_graph.measures.removal import (
    aftermath,
    cuts,
    linked_pairs,
    nearness,
    without,
)
from spnr_graph.measures.resilience import loss, sole
from spnr_graph.measures.shortest import components
from spnr_graph.operations.network.roles import benefiting, funding, leading
from spnr_graph.projection import collaborations, select

if TYPE_CHECKING:
    from spnr_graph.measures.removal import Floats, Ints, Nearness
    from spnr_graph.projection import Filters, Links, Participations, Weight
    from spnr_graph.projection.rows import Mask

Of: TypeAlias = Literal["actors", "funders", "sources"]


@dataclass(frozen=True, kw_only=True)
class Departure:
    """What is lost when an actor, a funder or a source leaves.

    Attributes:
        who: code of what leaves.
        leaderless: codes of the initiatives that lose their last lead; ``unfunded``
            their last funder, ``orphaned`` everybody but those who benefit.
        cut_off: actors that are no longer linked to what is left of their component;
            those of whom nothing is known any more, when a source leaves.
        pairs: pairs of actors that are not linked any more, even through others.
        largest: share of the largest component that goes, who leaves included.
        links: share of the weight of all links that goes.
        loss: see ``measures.resilience.loss``.
    """

    who: int
    leaderless: frozenset[int]
    unfunded: frozenset[int]
    orphaned: frozenset[int]
    cut_off: int
    pairs: int
    largest: float
    links: float
    loss: float


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

    @property
    def leaving(self) -> Ints:
        """Codes of what may leave: actors that are looked at, or any source."""
        if self.of == "actors":
            return self.actors
        holders = np.unique(self.holders(self.rows))
        if self.of == "funders":
            return np.intersect1d(holders, self.actors)
        return holders[holders >= 0]

    def iri(self, who: int) -> str:
        """Return the IRI of what may leave."""
        return (self.rows.sources if self.of == "sources" else self.rows.actors)[who]

    def seen_as(self, of: Of) -> Scene:
        """Return the same participations, where something else may leave."""
        other = copy(self)
        other.of = of
        other.__dict__.pop("hanging", None)
        return other

    def after(self, who: int) -> Links:
        """Return the network without what leaves."""
        if self.of == "actors":
            place = self.place.get(who)
            return without(self.links, [] if place is None else [place])
        stays = self.holders(self.meeting) != who
        return collaborations(self.meeting.take(stays), weight=self.weight)

    def departure(
        self, who: int, *, cut_off: int, pairs: int, largest: int, links: float
    ) -> Departure:
        """Return a departure, the initiatives that it leaves alone included.

        Args:
            who: code of what leaves.
            cut_off: actors that are cut off.
            pairs: pairs of actors that are not linked any more.
            largest: actors of the largest component that is left.
            links: share of the weight of the links that goes.
        """
        lead, fund, all_ = (held.get(who, frozenset()) for held in self.hanging)
        return Departure(
            who=who,
            leaderless=lead,
            unfunded=fund,
            orphaned=all_,
            cut_off=cut_off,
            pairs=pairs,
            largest=1 - largest / self.largest if self.largest else 0.0,
            links=links,
            loss=loss(
                hit=len(lead | fund | all_),
                initiatives=self.initiatives,
                pairs=pairs,
                linked=self.linked,
            ),
        )

    @cached_property
    def place(self) -> dict[int, int]:
        """Code of an actor → its place in the network."""
        present = np.unique(self.meeting.actor).tolist()
        return {code: place for place, code in enumerate(present)}


def departures(scene: Scene) -> list[Departure]:
    """Return what each departure costs, the greatest loss first."""
    if scene.of == "actors":
        found = _of_actors(scene)
    else:
        found = [_of_rows(scene, who) for who in scene.leaving.tolist()]
    return sorted(found, key=lambda d: (-d.loss, -d.cut_off, -d.links, d.who))


def _of_actors(scene: Scene) -> list[Departure]:
    """Work out all the actors at once."""
    cut = cuts(scene.links)
    strength = np.asarray(scene.links.weights.sum(axis=0), dtype=np.float64)
    total = float(strength.sum()) / 2
    found = []
    for who in scene.leaving.tolist():
        k = scene.place.get(who, -1)
        found.append(
            scene.departure(
                who,
                cut_off=int(cut.cut_off[k]) if k >= 0 else 0,
                pairs=int(cut.pairs[k]) if k >= 0 else 0,
                largest=int(cut.largest[k]) if k >= 0 else scene.largest,
                links=float(strength[k]) / total if k >= 0 and total else 0.0,
            )
        )
    return found


def _of_rows(scene: Scene, who: int) -> Departure:
    """Work out the departure of a funder or a source: some rows of several actors."""
    after = scene.after(who)
    if scene.of == "sources":
        left = aftermath(scene.links, after)
        cut_off = len(left.cut_off) + len(left.gone)
        pairs = scene.linked - linked_pairs(after)
    else:
        left = aftermath(scene.links, after, aside=scene.iri(who))
        cut_off, pairs = len(left.cut_off), left.pairs
    total = float(scene.links.weights.sum())
    kept = float(after.weights.sum())
    return scene.departure(
        who,
        cut_off=cut_off,
        pairs=pairs,
        largest=left.largest,
        links=max(0.0, 1 - kept / total) if total else 0.0,
    )


def random_losses(
    scene: Scene, leaving: int, *, draws: int = DRAWS, seed: int = 0
) -> Floats:
    """Return what it costs when so many actors leave at random, one value per case.

    Every actor in turn when one leaves, else so many draws.

    Args:
        scene: what counts.
        leaving: how many actors leave, whole.
        draws: how many draws.
        seed: of the draws.
    """
    if leaving == 1:
        whole = scene if scene.of == "actors" else scene.seen_as("actors")
        return np.array([each.loss for each in _of_actors(whole)])
    random = np.random.default_rng(seed)
    size = min(leaving, len(scene.actors))
    return np.array(
        [
            _loss_of(scene, random.choice(scene.actors, size=size, replace=False))
            for _ in range(draws)
        ]
    )


def _loss_of(scene: Scene, gone: Ints) -> float:
    """Return what it costs when these actors leave together."""
    stays = ~np.isin(scene.rows.actor, gone)
    hit: set[int] = set()
    for mask in scene.masks:
        kept = scene.rows.initiative[mask & stays]
        hit.update(np.setdiff1d(scene.rows.initiative[mask], kept).tolist())
    places = [scene.place[who] for who in gone.tolist() if who in scene.place]
    return loss(
        hit=len(hit),
        initiatives=scene.initiatives,
        pairs=scene.linked - linked_pairs(without(scene.links, places)),
        linked=scene.linked,
    )
