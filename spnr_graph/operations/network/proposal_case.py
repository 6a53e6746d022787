"""What speaks for a meeting, with the initiatives and documents behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Final

from spnr_graph.measures.gatherings import WIDE
from spnr_graph.measures.proposals import shared_partners
from spnr_graph.operations.network.proposal_ground import BRINGS, brought, lacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from spnr_graph.operations.network.proposal_ground import Meeting

#: So many partners and complementary roles are said and proved; partners are counted.
NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What one actor brings and another lacks.

    Attributes:
        what: a role, or an axis in which both lead.
        shown: where the giver has shown it; ``lacking`` where the taker lacks it.
    """

    giver: str
    taker: str
    what: str
    shown: str
    lacking: str

    @property
    def is_axis(self) -> bool:
        """Say whether both lead in an axis, rather than one has a missing role."""
        return self.what not in BRINGS


@dataclass(frozen=True, kw_only=True)
class Case:
    """What some actors share and bring to each other.

    Attributes:
        partners: whom all of them work with, those who link them most first.
        axes: that all of them serve; ``objectives`` that all of them pursue.
        place: the territory with the fewest actors where all of them are or act.
        evidence: initiatives behind the reasons; ``sources`` documents that state them.
    """

    actors: tuple[str, ...]
    partners: tuple[str, ...]
    axes: tuple[str, ...]
    objectives: tuple[str, ...]
    place: str | None
    fits: tuple[Fit, ...]
    evidence: tuple[str, ...]
    sources: tuple[str, ...]


def case(meeting: Meeting, actors: tuple[str, ...]) -> Case:
    """Return what speaks for a meeting of these actors."""
    partners = _partners(meeting, actors)
    themes = _common(meeting.said.themes, actors)
    served = _reached(meeting, actors, "spnr:servesAxis")
    axes = tuple(sorted(themes & served))
    place = _place(meeting, actors)
    fits = tuple(_fits(meeting, actors))[:NAMED]
    evidence = {initiative for fit in fits for initiative in (fit.shown, fit.lacking)}
    company = (*actors, *partners[:NAMED])
    for actor in actors:
        mine = meeting.stays[actor]
        for partner in partners[:NAMED]:
            evidence.add(_tie(meeting, actor, partner))
        evidence |= _first(meeting, mine, axes, place)
    return Case(
        actors=actors,
        partners=partners,
        axes=axes,
        objectives=tuple(sorted(themes - served)),
        place=place,
        fits=fits,
        evidence=tuple(sorted(evidence)),
        sources=tuple(sorted(_sources(meeting, company, evidence))),
    )


def _partners(meeting: Meeting, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom all the actors work with."""
    ranked = shared_partners(meeting.ground, *actors[:2])
    for pair in combinations(actors, 2):
        also = set(shared_partners(meeting.ground, *pair))
        ranked = [partner for partner in ranked if partner in also]
    return tuple(ranked)


def _tie(meeting: Meeting, actor: str, partner: str) -> str:
    """Return the smallest initiative of two actors: the one that tells most."""
    shared = meeting.stays[actor].keys() & meeting.stays[partner].keys()
    return min(shared, key=lambda one: (meeting.sizes[one], one))


def _common(
    said: Mapping[str, Collection[str]], actors: tuple[str, ...]
) -> frozenset[str]:
    """Return what is said of all the actors."""
    return frozenset.intersection(*(frozenset(said.get(a, ())) for a in actors))


def _reached(meeting: Meeting, actors: tuple[str, ...], link: str) -> set[str]:
    """Return what the initiatives of the first actor lead to."""
    mine = meeting.stays[actors[0]]
    return {value for one in mine for value in meeting.facts.of(link, one)}


def _place(meeting: Meeting, actors: tuple[str, ...]) -> str | None:
    """Return the narrowest territory that the actors share; None when it is wide."""
    shared = _common(meeting.said.places, actors)
    rare = [
        (meeting.presence[place], place)
        for place in shared
        if meeting.presence[place] <= WIDE * len(meeting.ground.nodes)
    ]
    return min(rare)[1] if rare else None


def _fits(meeting: Meeting, actors: tuple[str, ...]) -> Iterator[Fit]:
    """Yield one thing that each pair can bring, roles before experience of an axis."""
    seen: set[frozenset[str]] = set()
    order = {role: place for place, role in enumerate(BRINGS)}
    found = []
    for giver, taker in permutations(actors, 2):
        words = set(meeting.said.offers[giver]) & set(meeting.said.needs[taker])
        found += [(order.get(w, len(order)), w, giver, taker) for w in words]
    for _, what, giver, taker in sorted(found):
        if frozenset((giver, taker)) not in seen:
            seen.add(frozenset((giver, taker)))
            yield Fit(
                giver=giver,
                taker=taker,
                what=what,
                shown=_where(meeting, giver, what, lacking=False),
                lacking=_where(meeting, taker, what, lacking=True),
            )


def _where(meeting: Meeting, actor: str, what: str, *, lacking: bool) -> str:
    """Return the first initiative where an actor shows, or lacks, something."""
    for initiative, stays in sorted(meeting.stays[actor].items()):
        roles = {one.role for one in stays}
        said = (
            lacked(initiative, roles, meeting.facts, meeting.filled)
            if lacking
            else brought(initiative, roles, meeting.facts)
        )
        if what in said:
            return initiative
    raise KeyError(what)  # pragma: no cover  (the ground says that there is one)


def _first(
    meeting: Meeting, mine: Iterable[str], axes: tuple[str, ...], place: str | None
) -> set[str]:
    """Return one initiative of an actor per axis, and one in the territory."""
    found = set()
    inside = meeting.facts.below("dcterms:isPartOf", (place,)) if place else frozenset()
    for link, values in (
        *(("spnr:servesAxis", {axis}) for axis in axes),
        ("dcterms:spatial", inside),
    ):
        fitting = (i for i in sorted(mine) if values & set(meeting.facts.of(link, i)))
        found |= {initiative for initiative in (next(fitting, None),) if initiative}
    return found


def _sources(
    meeting: Meeting, actors: Iterable[str], evidence: Collection[str]
) -> set[str]:
    """Return the documents that state these actors' part in these initiatives."""
    return {
        source
        for actor in actors
        for initiative, stays in meeting.stays[actor].items()
        if initiative in evidence
        for one in stays
        for source in one.sources
    }
