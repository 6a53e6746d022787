"""Candidates: actors that may be one, best first, each with its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2
from typing import TYPE_CHECKING, Final

from spnr_graph.identity.blocks import blocks
from spnr_graph.identity.evidence import Answers, Comparison, weigh
from spnr_graph.identity.model import Text
from spnr_graph.identity.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.identity.actors import Actor, Places
    from spnr_graph.identity.classes import Classes

#: Below this probability two actors are not worth a person's time.
MINIMUM: Final = 0.5
#: From this probability on, two actors are probably one; never certain without number.
PROBABLE: Final = 0.9


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Two actors that may be one.

    Attributes:
        kept: the one that would stay.
        other: the one that would be discarded.
        score: probability that they are one; 1 when they share a number.
        reasons: why, for and against, in words.
    """

    kept: Actor
    other: Actor
    score: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class Found:
    """Candidates, best first, and how they were found.

    Attributes:
        candidates: those above the minimum.
        compared: how many pairs were compared.
        skipped: how many blocks were too large to be compared.
    """

    candidates: tuple[Candidate, ...]
    compared: int
    skipped: int


def candidates(
    actors: Sequence[Actor],
    places: Places,
    decided: Classes,
    *,
    minimum: float = MINIMUM,
) -> Found:
    """Return the actors that may be one.

    Two actors whose SIREN are known and differ are never candidates, nor are those
    that a decision made one or holds apart.

    Args:
        actors: all the actors.
        places: what is known of territories.
        decided: the decisions in force.
        minimum: probability, above 0 and below 1, under which a pair is left out.
    """
    comparison = Comparison(actors, places)
    shared = blocks(actors, places, comparison)
    apart, odds = decided.held_apart(), log2(minimum / (1 - minimum))
    found: list[Candidate] = []
    for pair in shared.pairs:
        one, other = divmod(pair, len(actors))
        first, second = actors[one], actors[other]
        number = not first.numbers.isdisjoint(second.numbers)
        answers = comparison.answers(one, other, -inf if number else odds)
        if answers is None or _settled(first, second, decided, apart):
            continue
        score = 1.0 if number else weigh(answers)
        if score >= minimum:
            found.append(_candidate(first, second, score, answers, places))
    found.sort(key=lambda each: (-each.score, each.kept.iri, each.other.iri))
    return Found(tuple(found), len(shared.pairs), shared.skipped)


def stays_first(actor: Actor) -> tuple[bool, tuple[int, str], int, str]:
    """Return a sort key: number, then trust, then number of statements, then IRI."""
    return not actor.siren, actor.rank, -actor.statements, actor.iri


def _settled(
    one: Actor, other: Actor, decided: Classes, apart: frozenset[tuple[str, str]]
) -> bool:
    """Say whether two actors are known to be one, or to be two."""
    if one.siren and other.siren and one.siren.isdisjoint(other.siren):
        return True
    first, second = sorted((decided.of(one.iri), decided.of(other.iri)))
    return first == second or (first, second) in apart


def _candidate(
    one: Actor, other: Actor, score: float, answers: Answers, places: Places
) -> Candidate:
    kept, discarded = sorted((one, other), key=stays_first)
    return Candidate(
        kept=kept,
        other=discarded,
        score=score,
        reasons=reasons(kept, discarded, answers, places),
    )
