"""Which participations enter a network."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.projection.answers import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.projection.rows import Mask, Participations


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to keep: any value within a field, every field that is given.

    Attributes:
        axis: IRIs of policy axes that the initiative serves; ``objective`` and
            ``audience`` likewise, narrower concepts included.
        territory: IRIs of territories where the initiative takes place, parts included.
        actor_kind: IRIs of kinds of actors, narrower ones included.
        initiative_kind: IRIs of kinds of initiatives, narrower ones included.
        role: IRIs of roles.
        source: IRIs of the documents that state the participation.
        on: keep what is under way on this day; an unknown bound is open.
        between: keep what is under way on one day at least from the first to the last,
            both included.
        collaborative: leave out the roles and kinds that do not make collaborations
            (rule R5): beneficiaries, suppliers, strategies, schemes…
    """

    axis: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    actor_kind: tuple[str, ...] = ()
    initiative_kind: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    on: date | None = None
    between: tuple[date, date] | None = None
    collaborative: bool = True

    def __post_init__(self) -> None:
        """Make plain text of IRIs: an rdflib term equals no text."""
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, tuple) and each.name != "between":
                object.__setattr__(self, each.name, tuple(str(one) for one in value))

    def periods(self) -> list[tuple[date, date]]:
        """Return the first and the last day of what is asked of time."""
        day_alone = (self.on, self.on) if self.on else None
        return [period for period in (day_alone, self.between) if period]


#: Field of ``Filters`` → property of the initiative, property that leads to the whole.
_OF_INITIATIVES = {
    "axis": ("spnr:servesAxis", "skos:broader"),
    "objective": ("spnr:pursuesObjective", "skos:broader"),
    "audience": ("dcterms:audience", "skos:broader"),
    "territory": ("dcterms:spatial", "dcterms:isPartOf"),
    "initiative_kind": ("dcterms:type", "skos:broader"),
}


def select(rows: Participations, filters: Filters) -> Participations:
    """Return the participations that pass the filters."""
    keep = np.ones(len(rows), dtype=np.bool_)
    facts = rows.attributes
    for name, (link, up) in _OF_INITIATIVES.items():
        if wanted := getattr(filters, name):
            passes = _linked(facts, link, facts.below(up, wanted))
            keep &= _mask(rows.initiatives, passes)[rows.initiative]
    if filters.actor_kind:
        kinds = facts.below("skos:broader", filters.actor_kind)
        passes = _linked(facts, "org:classification", kinds)
        keep &= _mask(rows.actors, passes)[rows.actor]
    if filters.role:
        roles = facts.below("skos:broader", filters.role)
        keep &= _mask(rows.roles, roles.__contains__)[rows.role]
    if filters.source:
        keep &= _mask(rows.sources, set(filters.source).__contains__)[rows.source]
    for first, last in filters.periods():
        keep &= _under_way(rows, first, last)
    if filters.collaborative:
        keep &= _collaborative(rows)
    return rows.take(keep)


def _mask(terms: Iterable[str], passes: Callable[[str], bool]) -> Mask:
    """Say of each term whether it passes."""
    return np.fromiter(map(passes, terms), np.bool_)


def _linked(facts: Attributes, link: str, to: frozenset[str]) -> Callable[[str], bool]:
    """Return the test that a thing is linked to any of these."""
    return lambda thing: not to.isdisjoint(facts.of(link, thing))


def _under_way(rows: Participations, first: date, last: date) -> Mask:
    """Say of each row whether it, and its initiative, are under way in a period.

    Raises:
        QueryError: the period ends before it starts.
    """
    if last < first:
        raise QueryError(
            fr=f"Période du {first} au {last} : elle finit avant de commencer. Donner "
            "le premier jour, puis le dernier.",
            en=f"Period from {first} to {last}: it ends before it starts. Give the "
            "first day, then the last.",
        )
    facts = rows.attributes

    def lasts(initiative: str) -> bool:
        starts = [day(text) for text in facts.of("schema:startDate", initiative)]
        ends = [day(text) for text in facts.of("schema:endDate", initiative)]
        begun = not starts or any(start and start <= last for start in starts)
        return begun and (not ends or any(end and end >= first for end in ends))

    within = ~(rows.start > np.datetime64(last)) & ~(rows.end < np.datetime64(first))
    return within & _mask(rows.initiatives, lasts)[rows.initiative]


def _collaborative(rows: Participations) -> Mask:
    """Say of each row whether its role and its initiative's kinds collaborate."""
    facts = rows.attributes
    excluded = {
        kind
        for kind, said in facts.values.get("spnr:collaborative", {}).items()
        if not {"false", "0"}.isdisjoint(said)
    }
    roles = _mask(
        rows.roles,
        lambda role: not {"true", "1"}.isdisjoint(facts.of("spnr:collaborative", role)),
    )
    kinds = _mask(
        rows.initiatives,
        lambda initiative: excluded.isdisjoint(facts.of("dcterms:type", initiative)),
    )
    return roles[rows.role] & kinds[rows.initiative]
