"""Candidates: actors that may be one, best first, each with its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2
from typing import TYPE_CHECKING, Final, cast

from spnr_graph.identity.blocks import blocks
from spnr_graph.identity.evidence import Answers, Comparison, weigh
from spnr_graph.identity.reasons import reasons
from spnr_graph.identity.rivals import Candidate, among_rivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.identity.actors import Actor, Places
    from spnr_graph.identity.classes import Classes

#: Below this probability two actors are not worth a person's time.
MINIMUM: Final = 0.5
#: From this probability on, two actors are probably one; never certain without number.
PROBABLE: Final = 0.9


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
        if answers is None or _held_apart(first, second, decided, apart):
            continue
        if decided.of(first.iri) == decided.of(second.iri):
            continue
        score = 1.0 if number else weigh(answers)
        if score >= minimum:
            found.append(_candidate(first, second, score, answers, places))

    def held_apart(one: Actor, other: Actor) -> bool:
        return _held_apart(one, other, decided, apart)

    found = among_rivals(found, held_apart)
    found.sort(key=lambda each: (-each.score, each.kept.iri, each.other.iri))
    return Found(tuple(found), len(shared.pairs), shared.skipped)


def compare(actors: Sequence[Actor], places: Places, one: str, other: str) -> Candidate:
    """Compare two actors among all, whatever was decided.

    Args:
        actors: all the actors: they tell which words and names are rare.
        places: what is known of territories.
        one: IRI of an actor.
        other: IRI of another.
    """
    rank = {actor.iri: rank for rank, actor in enumerate(actors)}
    first, second = actors[rank[one]], actors[rank[other]]
    compared = Comparison(actors, places)
    answers = cast("Answers", compared.answers(rank[one], rank[other], -inf))
    same = not first.numbers.isdisjoint(second.numbers)
    return _candidate(first, second, 1.0 if same else weigh(answers), answers, places)


def stays_first(actor: Actor) -> tuple[bool, tuple[int, str], int, str]:
    """Return a sort key: number, then trust, then number of statements, then IRI."""
    return not actor.siren, actor.rank, -actor.statements, actor.iri


def _held_apart(
    one: Actor, other: Actor, decided: Classes, apart: frozenset[tuple[str, str]]
) -> bool:
    """Say whether two actors have different SIREN, or were said to be distinct."""
    if one.siren and other.siren and one.siren.isdisjoint(other.siren):
        return True
    first, second = sorted((decided.of(one.iri), decided.of(other.iri)))
    return (first, second) in apart


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
