"""Groups that almost exist: three to five actors that should all meet each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from spnr_graph.measures.definition import Definition
from spnr_graph.measures.proposals import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import scipy.sparse as sp

    from spnr_graph.measures.ground import Ground
    from spnr_graph.measures.proposals import Proposal

LEAST: Final = 3
LARGEST: Final = 5
#: A newcomer must be worth, with the members, this part of what they are together.
WORTH: Final = 0.75
#: A territory where more than this part of the actors are brings nobody together.
WIDE: Final = 0.5
#: So many pairs, the best ones, are the beginning of a group.
_SEEDS: Final = 1000

DEFINITIONS: Final = (
    Definition(
        name="rang",
        fr="Rang",
        en="Rank",
        meaning_fr="Place de la proposition dans la liste : 1 pour la plus utile.",
        meaning_en="Place of the proposal in the list: 1 for the most useful.",
        formula="order of falling worth (score, score_groupe); ties go by IRI",
        source="own definition",
        unit_fr="rang",
        unit_en="rank",
        caveat_fr="Des intérêts proches donnent des rangs sans portée.",
        caveat_en="Where worths are close, ranks mean little.",
    ),
    Definition(
        name="partenaires_communs",
        fr="Partenaires communs",
        en="Shared partners",
        meaning_fr="Acteurs qui travaillent déjà avec chacun de ceux de la "
        "proposition.",
        meaning_en="Actors that already work with each of those of the proposal.",
        formula="number of nodes linked with every actor of the proposal",
        source="Newman 2001, Phys. Rev. E 64:025102, DOI 10.1103/PhysRevE.64.025102",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Un partenaire de tout le monde rapproche peu : le score le pèse "
        "moins, ce nombre non.",
        caveat_en="A partner of everybody brings few together: the score weighs it "
        "less, this number does not.",
    ),
    Definition(
        name="score_groupe",
        fr="Intérêt d'un groupe",
        en="Worth of a group",
        meaning_fr="Ce qui plaide pour réunir trois à cinq acteurs qui n'ont, deux à "
        "deux, aucune initiative commune, mais tous un territoire et un thème communs.",
        meaning_en="What speaks for bringing together three to five actors of whom no "
        "two have an initiative in common, but all a territory and a theme.",
        formula="mean over the pairs of the group of the worth of their meeting "
        "(score); from the best pairs, the best newcomer joins while its mean with the "
        "members is at least 0.75 of theirs",
        source="own measure, greedy; docs/proposals.md",
        unit_fr="points, de 0 à 100",
        unit_en="points, 0 to 100",
        caveat_fr="La recherche part des 1 000 meilleures paires et n'essaie pas tous "
        "les groupes. Sa qualité n'a pas été mesurée : les groupes se forment rarement "
        "d'un coup.",
        caveat_en="The search begins with the 1,000 best pairs and does not try all "
        "groups. Its quality was not measured: groups rarely form at once.",
    ),
)

#: Node → node → what speaks for their meeting.
_Scores: TypeAlias = dict[str, dict[str, float]]


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Some actors that should meet; the score is the mean of their pairs."""

    members: tuple[str, ...]
    score: float


def gatherings(
    ground: Ground,
    ranked: Sequence[Proposal],
    *,
    top: int,
    around: str | None = None,
    most: int = MOST,
) -> list[Gathering]:
    """Return groups of nodes that may all be proposed to each other, best first.

    All share a theme that not everybody has and a territory that is not ``WIDE``, and
    one brings what another lacks.

    Args:
        ground: what the proposals were weighed by.
        ranked: proposals of pairs, best first.
        top: how many groups.
        around: a node that every group must hold.
        most: how many groups a node may be in; ``around`` may be in all. Two groups
            have fewer than two members in common, ``around`` apart.
    """
    scores: _Scores = {}
    for each in ranked:
        scores.setdefault(each.left, {})[each.right] = each.score
        scores.setdefault(each.right, {})[each.left] = each.score
    place = {node: row for row, node in enumerate(ground.nodes)}
    present = np.bincount(ground.places.indices, minlength=ground.places.shape[1])
    wide = set(np.flatnonzero(present > WIDE * len(ground.nodes)).tolist())
    seeds = (each for each in ranked if around in (None, each.left, each.right))
    grown = {
        members: Gathering(members=members, score=_mean(scores, members))
        for seed in islice(seeds, _SEEDS)
        if (members := _grown(ground, scores, seed, place=place, wide=wide))
    }
    best = sorted(grown.values(), key=lambda g: (-g.score, g.members))
    return _diverse(best, top, most, around)


def _grown(
    ground: Ground,
    scores: _Scores,
    seed: Proposal,
    *,
    place: Mapping[str, int],
    wide: set[int],
) -> tuple[str, ...] | None:
    """Return the group that grows from a pair; None when none does."""
    pair = (seed.left, seed.right)
    shared = [
        _terms(matrix, place[pair[0]]) & _terms(matrix, place[pair[1]])
        for matrix in (ground.places, ground.themes)
    ]
    shared[0] -= wide
    members: tuple[str, ...] = pair
    while all(shared) and len(members) < LARGEST:
        fitting = [
            (-sum(scores[member][node] for member in members) / len(members), node)
            for node in set.intersection(*(set(scores[m]) for m in members))
            if _terms(ground.places, place[node]) & shared[0]
            and _terms(ground.themes, place[node]) & shared[1]
        ]
        worth, newcomer = min(fitting, default=(0.0, ""))
        if not fitting or -worth < WORTH * _mean(scores, members):
            break
        shared[0] &= _terms(ground.places, place[newcomer])
        shared[1] &= _terms(ground.themes, place[newcomer])
        members = (*members, newcomer)
    rows = [place[member] for member in members]
    if len(members) < LEAST or not (ground.offers[rows] @ ground.needs[rows].T).nnz:
        return None
    return tuple(sorted(members))


def _terms(matrix: sp.csr_array, row: int) -> set[int]:
    """Return the columns in which a row has something."""
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    return set(matrix.indices[start:end].tolist())


def _mean(scores: _Scores, members: Sequence[str]) -> float:
    """Return the mean score of the pairs of some members."""
    pairs = [scores[one][other] for one, other in combinations(sorted(members), 2)]
    return sum(pairs) / len(pairs)


def _diverse(
    best: Iterable[Gathering], top: int, most: int, around: str | None
) -> list[Gathering]:
    """Keep the first groups, no node in too many, no two groups nearly the same."""
    kept: list[Gathering] = []
    times: Counter[str] = Counter()
    for each in best:
        own = set(each.members) - {around}
        if len(kept) == top:
            break
        if any(times[node] >= most for node in own):
            continue
        if all(len(own & set(other.members)) < 2 for other in kept):
            kept.append(each)
            times.update(own)
    return kept
