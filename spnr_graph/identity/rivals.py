"""Candidates that exclude one another: an actor is at most one of two distinct ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from spnr_graph.identity.model import Text

if TYPE_CHECKING:
    from spnr_graph.identity.actors import Actor

#: The score of a candidate with a common number, as a probability that has odds.
_ALMOST: Final = 0.999


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


def among_rivals(
    found: Sequence[Candidate], held_apart: Callable[[Actor, Actor], bool]
) -> list[Candidate]:
    """Lower the score of an actor that fits several actors known to be distinct.

    It is at most one of them: ``odds / (1 + sum of odds)``.

    Args:
        found: candidates.
        held_apart: says whether two actors are known to be two.
    """
    matches: dict[str, list[tuple[Actor, float]]] = defaultdict(list)
    for each in found:
        matches[each.kept.iri].append((each.other, each.score))
        matches[each.other.iri].append((each.kept, each.score))
    lowered = []
    for each in found:
        sides = ((each.kept, each.other), (each.other, each.kept))
        rivals = [
            (rival, score)
            for mine, theirs in sides
            for rival, score in matches[mine.iri]
            if rival is not theirs and held_apart(rival, theirs)
        ]
        lowered.append(_shared_out(each, rivals) if rivals else each)
    return lowered


def _shared_out(each: Candidate, rivals: list[tuple[Actor, float]]) -> Candidate:
    """Return a candidate whose score allows for those that exclude it."""
    if each.score == 1:
        return each
    odds = sum(_odds(min(score, _ALMOST)) for _, score in rivals)
    own = _odds(each.score)
    names = ", ".join(sorted({rival.label for rival, _ in rivals}))
    reason = Text(
        fr=f"un acteur distinct convient aussi : {names}.",
        en=f"a distinct actor fits as well: {names}.",
    )
    score = own / (1 + own + odds)
    return replace(each, score=score, reasons=(*each.reasons, reason))


def _odds(probability: float) -> float:
    return probability / (1 - probability)
