"""Participations → the ground on which actors are proposed to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from spnr_graph.measures.ground import Said, ground
from spnr_graph.namespaces import PREFIXES
from spnr_graph.projection import collaborations, select
from spnr_graph.spelling import organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spnr_graph.measures.ground import Ground
    from spnr_graph.projection import (
        Filters,
        Names,
        Participation,
        Participations,
    )
    from spnr_graph.projection.attributes import Attributes

LEAD: Final = PREFIXES["role"] + "porteur"
#: What a lead may lack and another actor bring.
BRINGS: Final = tuple(
    PREFIXES["role"] + name
    for name in ("financeur", "ingenierie", "operateur", "coordinateur")
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Meeting:
    """The ground of proposals, and what their words and evidence are made of.

    Attributes:
        stays: actor → initiative → its participations that pass the filters.
        said: what the ground was made of.
        filled: initiative → roles that somebody has in it, filters or not.
        sizes: initiative → actors that take part in it.
        presence: territory → actors of the network that are or act there.
        alike: pairs of actors that bear the same name.
        facts: what is known of initiatives, actors and territories.
    """

    ground: Ground
    stays: Mapping[str, Mapping[str, tuple[Participation, ...]]]
    said: Said
    filled: Mapping[str, frozenset[str]]
    sizes: Mapping[str, int]
    presence: Mapping[str, int]
    alike: tuple[tuple[str, str], ...]
    facts: Attributes


def meeting(rows: Participations, chosen: Filters, names: Names) -> Meeting:
    """Return the ground of the participations that pass the filters.

    The day or the period of the filters says who may be proposed; shared partners may
    be older. Two actors have met when any participations, filtered or not, say so.
    """
    past = select(rows, replace(chosen, on=None, between=None))
    ties = collaborations(past)
    stays = _stays(past.stated())
    met: defaultdict[str, set[str]] = defaultdict(set)
    filled: defaultdict[str, set[str]] = defaultdict(set)
    for a, i, r in zip(
        rows.actor.tolist(), rows.initiative.tolist(), rows.role.tolist(), strict=True
    ):
        met[rows.actors[a]].add(rows.initiatives[i])
        filled[rows.initiatives[i]].add(rows.roles[r])
    roles = {initiative: frozenset(found) for initiative, found in filled.items()}
    said = _said(stays, rows.attributes, met, roles)
    now = {rows.actors[code] for code in select(rows, chosen).actor.tolist()}
    alike = tuple(_alike(ties.nodes, names))
    parts = tuple(_parts(ties.nodes, rows.attributes))
    return Meeting(
        ground=ground(ties, said, kin=(*alike, *parts), closed=set(ties.nodes) - now),
        stays=stays,
        said=said,
        filled=roles,
        sizes=Counter(one for mine in stays.values() for one in mine),
        presence=Counter(place for each in said.places.values() for place in each),
        alike=alike,
        facts=rows.attributes,
    )


def _stays(
    stated: Iterable[Participation],
) -> dict[str, dict[str, tuple[Participation, ...]]]:
    """Bring together the participations of each actor by initiative."""
    found: dict[str, dict[str, tuple[Participation, ...]]] = {}
    for one in stated:
        of_actor = found.setdefault(one.actor, {})
        of_actor[one.initiative] = (*of_actor.get(one.initiative, ()), one)
    return found


def _said(
    stays: Mapping[str, Mapping[str, tuple[Participation, ...]]],
    facts: Attributes,
    met: Mapping[str, set[str]],
    filled: Mapping[str, frozenset[str]],
) -> Said:
    """Gather what is said of each actor."""
    held = {
        actor: {i: {one.role for one in some} for i, some in places.items()}
        for actor, places in stays.items()
    }
    return Said(
        initiatives=stays,
        met=met,
        places={
            actor: _within(facts, "dcterms:spatial", (actor, *mine))
            for actor, mine in stays.items()
        },
        themes={actor: _themes(facts, mine) for actor, mine in stays.items()},
        offers={
            actor: {
                word
                for initiative, roles in mine.items()
                for word in brought(initiative, roles, facts)
            }
            for actor, mine in held.items()
        },
        needs={
            actor: {
                word
                for initiative, roles in mine.items()
                for word in lacked(initiative, roles, facts, filled)
            }
            for actor, mine in held.items()
        },
    )


def _themes(facts: Attributes, initiatives: Iterable[str]) -> set[str]:
    """Return the axes and objectives of some initiatives."""
    return {
        theme
        for initiative in initiatives
        for link in ("spnr:servesAxis", "spnr:pursuesObjective")
        for theme in facts.of(link, initiative)
    }


def brought(initiative: str, roles: Iterable[str], facts: Attributes) -> set[str]:
    """Return what an actor shows in an initiative that it can bring elsewhere.

    A role, or an axis: who leads in an axis has experience for others who lead in it.
    """
    found = set(roles) & set(BRINGS)
    if LEAD in roles:
        found |= set(facts.of("spnr:servesAxis", initiative))
    return found


def lacked(
    initiative: str,
    roles: Iterable[str],
    facts: Attributes,
    filled: Mapping[str, frozenset[str]],
) -> set[str]:
    """Return what an actor lacks as the lead of an initiative."""
    if LEAD not in roles:
        return set()
    missing = set(BRINGS) - filled[initiative]
    return missing | set(facts.of("spnr:servesAxis", initiative))


def _within(facts: Attributes, link: str, things: Iterable[str]) -> set[str]:
    """Return the territories of some things and all that hold them."""
    found: set[str] = set()
    waiting = [place for thing in things for place in facts.of(link, thing)]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(facts.of("dcterms:isPartOf", place))
    return found


def _parts(nodes: Iterable[str], facts: Attributes) -> Iterator[tuple[str, str]]:
    """Yield each actor with every body that it is a part of, at any depth."""
    for node in nodes:
        for whole in sorted(_within(facts, "dcterms:isPartOf", (node,))):
            yield node, whole


def _alike(nodes: Iterable[str], names: Names) -> Iterator[tuple[str, str]]:
    """Yield pairs of actors that bear the same name: perhaps one, not yet merged."""
    first: dict[str, str] = {}
    for node in nodes:
        name = organisation(names.label(node))
        if name in first:
            yield first[name], node
        first.setdefault(name, node)
