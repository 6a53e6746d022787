"""The same actors and initiatives, joined at random: what chance alone would give.

Who takes part in what is shuffled so that each actor keeps its number of initiatives,
and each initiative its number of actors and their dates. The null model is in two modes
because the links of actors are: an initiative of five actors makes ten links and as
many triangles at once, which a null model of the links alone would take for a finding
(Newman, Strogatz & Watts 2001, Phys. Rev. E 64:026118,
DOI 10.1103/PhysRevE.64.026118).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.definition import Definition
from spnr_graph.measures.shortest import shortest_paths
from spnr_graph.measures.structure import clustering, mean_distance, renewed
from spnr_graph.projection import collaborations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.measures.shortest import Integers, Numbers
    from spnr_graph.projection import Participations

DEFINITIONS: Final = (
    Definition(
        name="valeur",
        fr="Valeur",
        en="Value",
        meaning_fr="Valeur, dans le réseau observé, de la mesure que la ligne nomme.",
        meaning_en="Value, in the network observed, of the measure that the row names.",
        formula="that of the measure",
        source="own definition",
        unit_fr="celle de la mesure",
        unit_en="that of the measure",
        caveat_fr="Celle de la mesure ; vide quand elle n'existe pas.",
        caveat_en="That of the measure; empty where it does not exist.",
    ),
    Definition(
        name="hasard",
        fr="Au hasard",
        en="By chance",
        meaning_fr="Valeur moyenne de la mesure dans des réseaux tirés au hasard, où "
        "chacun garde son nombre d'initiatives.",
        meaning_en="Mean value of the measure in networks drawn at random, where each "
        "actor keeps its number of initiatives.",
        formula="mean over the draws of the null model in two modes: exchanges of "
        "memberships that keep the degrees of actors and of initiatives",
        source="Newman, Strogatz & Watts 2001, Phys. Rev. E 64:026118, "
        "DOI 10.1103/PhysRevE.64.026118",
        unit_fr="celle de la mesure",
        unit_en="that of the measure",
        caveat_fr="Le hasard ignore la distance et les compétences : s'en écarter "
        "n'est ni bien ni mal.",
        caveat_en="Chance knows neither distance nor skills: to differ from it is "
        "neither good nor bad.",
    ),
)
#: Rounds in which half the possible exchanges are made: before the first draw, and
#: between two draws. Each round touches every membership once.
_FIRST: Final = 60
_BETWEEN: Final = 15
#: Draws: enough for a band, fewer where each takes seconds.
_MOST: Final = 100
_FEWEST: Final = 10
_ROWS: Final = 100_000
#: Pairs that meet beyond which a draw takes minutes: none is made unless asked for.
_PAIRS: Final = 5_000_000
#: Starting points of the shortest paths of a draw: at least these, and as many more as
#: there are fewer participations.
_PIVOTS: Final = 64
_STARTS: Final = 2_000_000
_STEPS: Final = 500_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Chance:
    """What the draws gave, a number per draw; NaN where a measure does not exist.

    Attributes:
        links: number of links.
        transitivity: see ``structure.clustering``.
        distance: mean distance in the largest component.
        renewed: see ``structure.renewed``.
    """

    links: Numbers
    transitivity: Numbers
    distance: Numbers
    renewed: Numbers


def chance(rows: Participations, *, draws: int | None = None, seed: int = 1) -> Chance:
    """Measure networks drawn at random that keep who is how busy.

    Args:
        rows: the participations that make the network.
        draws: how many; by default 100, fewer beyond 1,000 participations, none where
            crowds meet.
        seed: of the draws; the same seed gives the same networks.
    """
    pairs = int((np.bincount(rows.initiative).astype(np.int64) ** 2).sum()) // 2
    if draws is None:
        draws = min(_MOST, max(_FEWEST, _ROWS // max(len(rows), 1)))
        draws = 0 if pairs > _PAIRS else draws
    starts = min(_STARTS // max(len(rows), 1), _STEPS // max(pairs, 1))
    pivots = max(_PIVOTS, starts)
    found = np.full((4, draws), np.nan)
    for column, drawn in enumerate(shuffled(rows, draws=draws, seed=seed)):
        links = collaborations(drawn)
        paths = shortest_paths(links, pivots=pivots, seed=seed)
        values = (
            links.weights.nnz / 2,
            clustering(links).transitivity,
            mean_distance(paths),
            renewed(drawn),
        )
        found[:, column] = [np.nan if value is None else value for value in values]
    return Chance(
        links=found[0], transitivity=found[1], distance=found[2], renewed=found[3]
    )


def shuffled(
    rows: Participations, *, draws: int, seed: int = 1
) -> Iterator[Participations]:
    """Draw participations where actors have changed places, degrees kept.

    A round pairs all the memberships at random and lets half of the pairs exchange
    their actors, where nobody comes twice into an initiative. A pair takes part only
    when the four memberships, before and after, are named by no other pair: this holds
    of the way back too, so every network with these degrees is as likely as any other
    (Ryser 1957, Can. J. Math. 9:371, DOI 10.4153/CJM-1957-044-3).
    """
    random = np.random.default_rng(seed)
    size = np.int64(len(rows.actors) or 1)
    stays = rows.initiative.astype(np.int64) * size + rows.actor
    places, member = np.unique(stays, return_inverse=True)
    initiative, actor = np.divmod(places, size)
    for draw in range(draws):
        for _ in range(_BETWEEN if draw else _FIRST):
            _exchange(initiative, actor, size, random)
        yield replace(rows, actor=actor[member].astype(np.int32))


def _exchange(
    initiative: Integers, actor: Integers, size: np.int64, random: np.random.Generator
) -> None:
    """Let half of the pairs of memberships that can exchange their actors."""
    order = random.permutation(len(actor))
    half = len(order) // 2
    one, other = order[:half], order[half : 2 * half]
    rest = order[2 * half :]
    now = np.concatenate((one, other, rest))
    after = np.concatenate((other, one))
    keys = np.concatenate(
        (
            initiative[now] * size + actor[now],
            initiative[now[: 2 * half]] * size + actor[after],
        )
    )
    _, first, counts = np.unique(keys, return_inverse=True, return_counts=True)
    alone = counts[first] == 1
    before, then = alone[: len(now)], alone[len(now) :]
    free = before[:half] & before[half : 2 * half] & then[:half] & then[half:]
    free &= random.random(half) < 0.5
    left, right = one[free], other[free]
    actor[left], actor[right] = actor[right], actor[left]
