"""Relays: who could act where nobody does, or where one actor is alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

from spnr_graph.operations.network.departure_words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spnr_graph.measures.coverage import Coverage, Spot
    from spnr_graph.operations.network.acting import Acting
    from spnr_graph.projection import Names

#: So many actors are named; of each, so many initiatives or territories.
_ACTORS: Final = 3
_REASONS: Final = 2
#: So many are ranked once for all spots alike; most are neither near nor here.
_FIRST: Final = 100


@dataclass(kw_only=True)
class Relay:
    """An actor that could act in a spot, and why.

    Attributes:
        actor: IRI.
        wider: initiatives of the theme that it leads for a larger territory.
        beside: territories side by side where it leads the theme; ``away``, others.
        here: whether it leads something else in the territory.
    """

    actor: str
    wider: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    here: bool = False

    @property
    def rank(self) -> tuple[int, int, str]:
        """Order of the proposals, see ``_rank``."""
        counts = (len(self.wider), len(self.beside), len(self.away))
        return _rank(self.actor, *counts, here=self.here)


class Relays:
    """All who lead something, ready to be proposed spot by spot."""

    def __init__(
        self, found: Coverage, acts: Acting, beside: Mapping[str, frozenset[str]]
    ) -> None:
        """Index who leads what and where.

        Args:
            found: what was counted.
            acts: who leads each initiative.
            beside: territory → those side by side.
        """
        self._found, self._acts, self._beside = found, acts, beside
        self._led: defaultdict[int, defaultdict[str, list[int]]]
        self._led = defaultdict(lambda: defaultdict(list))
        self._here: defaultdict[int, set[str]] = defaultdict(set)
        self._row = {place: row for row, place in enumerate(found.territories)}
        self._first: dict[tuple[int, tuple[str, ...]], list[str]] = {}
        for (row, column), actors in found.leading.items():
            for actor in actors:
                self._led[column][actor].append(row)
                self._here[row].add(actor)

    def of(self, spot: Spot) -> list[Relay]:
        """Return the three who could best act in a spot, the best reasons first.

        Whoever leads something there already is left out.
        """
        row, column = spot
        leading = self._found.leading
        near = self._beside.get(self._found.territories[row], frozenset())
        known = set(self._here[row])
        for territory in near & self._row.keys():
            known.update(leading.get((self._row[territory], column), ()))
        barred = known.union(leading.get(spot, ()))
        wider = self._wider(spot)
        told = [
            self._relay(actor, column, wider, near=near, here=actor in self._here[row])
            for actor in known.difference(leading.get(spot, ()))
        ]
        told += [
            self._relay(actor, column, wider)
            for actor in self._afar(spot, wider, barred)
        ]
        return sorted(told, key=lambda each: each.rank)[:_ACTORS]

    def _relay(
        self,
        actor: str,
        column: int,
        wider: Mapping[str, list[str]],
        *,
        near: frozenset[str] = frozenset(),
        here: bool = False,
    ) -> Relay:
        """Return what speaks for an actor, its own spot being another one."""
        rows = self._led[column].get(actor, ())
        led = [self._found.territories[row] for row in rows]
        return Relay(
            actor=actor,
            wider=wider.get(actor, []),
            beside=[place for place in led if place in near],
            away=[place for place in led if place not in near],
            here=here,
        )

    def _wider(self, spot: Spot) -> dict[str, list[str]]:
        """Return who leads what for a larger territory."""
        leads: defaultdict[str, list[str]] = defaultdict(list)
        for initiative in self._found.wider.get(spot, ()):
            for actor in self._acts.leads.get(initiative, ()):
                leads[actor].append(initiative)
        return leads

    def _afar(
        self, spot: Spot, wider: Mapping[str, list[str]], barred: set[str]
    ) -> list[str]:
        """Return the best of those who lead the theme, but neither near nor here."""
        led = self._led[spot[1]]

        def rank(actor: str) -> tuple[int, int, str]:
            larger, away = len(wider.get(actor, ())), len(led.get(actor, ()))
            return _rank(actor, larger, 0, away, here=False)

        key = (spot[1], self._found.wider.get(spot, ()))
        if key not in self._first:
            self._first[key] = nsmallest(_FIRST, wider.keys() | led.keys(), key=rank)
        first = [actor for actor in self._first[key] if actor not in barred]
        if len(first) < _ACTORS and len(self._first[key]) == _FIRST:
            others = (wider.keys() | led.keys()) - barred
            return nsmallest(_ACTORS, others, key=rank)
        return first[:_ACTORS]


def _rank(
    actor: str, wider: int, beside: int, away: int, *, here: bool
) -> tuple[int, int, str]:
    """Return the order of the proposals: reasons first, then experience, then the IRI.

    To lead the theme for the larger territory or next door counts twice.

    Args:
        actor: IRI.
        wider: number of initiatives that it leads for a larger territory.
        beside: number of territories next door where it leads the theme.
        away: number of territories elsewhere.
        here: whether it leads something else in the territory.
    """
    reasons = 2 * (wider > 0) + 2 * (beside > 0) + (away > 0) + here
    return -reasons, -(wider + beside + away), actor


def told(relays: Sequence[Relay], names: Names, lang: str) -> str:
    """Name those who could act, with the reasons.

    Args:
        relays: in order.
        names: of actors, territories and initiatives.
        lang: ``"fr"`` or ``"en"``.
    """
    words = _FR if lang == "fr" else _EN
    said = []
    for each in relays[:_ACTORS]:
        reasons = [
            words[kind].format(
                listed([names.label(e) for e in things], lang, most=_REASONS)
            )
            for kind in ("wider", "beside", "away")
            if (things := getattr(each, kind))
        ]
        reasons += [words["here"]] if each.here else []
        said.append(f"{names.label(each.actor)} ({', '.join(reasons)})")
    return (" ; " if lang == "fr" else "; ").join(said)


_FR: Final = {
    "wider": "porte ce thème plus largement : {}",
    "beside": "le porte à côté : {}",
    "away": "le porte ailleurs : {}",
    "here": "porte ici autre chose",
}
_EN: Final = {
    "wider": "leads this theme more widely: {}",
    "beside": "leads it next door: {}",
    "away": "leads it elsewhere: {}",
    "here": "leads something else here",
}
