"""What the network and its initiatives lose when somebody leaves, the most first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.measures.attack import DRAWS
from spnr_graph.measures.removal import aftermath, cuts, linked_pairs, without
from spnr_graph.measures.resilience import loss

if TYPE_CHECKING:
    from spnr_graph.measures.removal import Floats, Ints
    from spnr_graph.operations.network.scene import Scene


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


def departures(scene: Scene) -> list[Departure]:
    """Return what each departure costs, the greatest loss first."""
    if scene.of == "actors":
        found = _of_actors(scene)
    else:
        found = [_of_rows(scene, who) for who in scene.tried.tolist()]
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
            _departure(
                scene,
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
    return _departure(
        scene,
        who,
        cut_off=cut_off,
        pairs=pairs,
        largest=left.largest,
        links=scene.lost_weight(who),
    )


def _departure(
    scene: Scene, who: int, *, cut_off: int, pairs: int, largest: int, links: float
) -> Departure:
    """Return a departure, the initiatives that it leaves alone included.

    Args:
        scene: what counts.
        who: code of what leaves.
        cut_off: actors that are cut off.
        pairs: pairs of actors that are not linked any more.
        largest: actors of the largest component that is left.
        links: share of the weight of the links that goes.
    """
    lead, fund, all_ = (held.get(who, frozenset()) for held in scene.hanging)
    return Departure(
        who=who,
        leaderless=lead,
        unfunded=fund,
        orphaned=all_,
        cut_off=cut_off,
        pairs=pairs,
        largest=1 - largest / scene.largest if scene.largest else 0.0,
        links=links,
        loss=loss(
            hit=len(lead | fund | all_),
            initiatives=scene.initiatives,
            pairs=pairs,
            linked=scene.linked,
        ),
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
    leaves = np.zeros(len(scene.rows.actors), dtype=np.bool_)
    leaves[gone] = True
    stays = ~leaves[scene.rows.actor]
    hit = np.zeros(len(scene.rows.initiatives), dtype=np.bool_)
    for mask, held in zip(scene.masks, scene.held, strict=True):
        hit |= held & ~scene.holding(mask & stays)
    places = [scene.place[who] for who in gone.tolist() if who in scene.place]
    return loss(
        hit=int(hit.sum()),
        initiatives=scene.initiatives,
        pairs=scene.linked - linked_pairs(without(scene.links, places)),
        linked=scene.linked,
    )
