"""Who is who: actors that decisions made one, and those they hold apart."""

from __future__ import annotations

import re
from typing import Final

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES, shorten

_SIREN: Final = re.compile(re.escape(PREFIXES["acteur"]) + r"siren-(\d{9})")


class Classes:
    """Actors grouped by decisions, each group under the one that stays."""

    def __init__(self) -> None:
        """Start with every actor alone."""
        self._kept: dict[str, str] = {}
        self._reason: dict[str, str] = {}
        self._siren: dict[str, str] = {}
        self._apart: list[tuple[str, str, str]] = []

    def of(self, actor: str) -> str:
        """Return the actor that stands for another, at the end of the chain."""
        while actor in self._kept:
            actor = self._kept[actor]
        return actor

    def merge(self, kept: str, other: str, decision: str) -> None:
        """Let an actor stand for another.

        Raises:
            DataError: the other already stands for nothing of its own, both numbers
                are known and differ, or the two would end in a circle.
        """
        if other in self._kept:
            raise _taken(other, self._reason[other], decision)
        if self.of(kept) == other:
            raise _circle(kept, other, decision)
        first, second = self.siren(kept), self.siren(other)
        if first and second and first != second:
            raise other_number(kept, other, decision)
        self._kept[other] = kept
        self._reason[other] = decision
        if first or second:
            self._siren[self.of(kept)] = first or second

    def siren(self, actor: str) -> str:
        """Return the SIREN of the group of an actor, as its IRIs tell it, or ``""``."""
        end = self.of(actor)
        own = _SIREN.fullmatch(end)
        return own[1] if own else self._siren.get(end, "")

    def part(self, one: str, other: str, decision: str) -> None:
        """Hold two actors apart.

        Raises:
            DataError: other decisions made them one.
        """
        if self.of(one) == self.of(other):
            raise self.merged(one, other, decision)
        self._apart.append((one, other, decision))

    def apart(self, one: str, other: str) -> str:
        """Return the decision that holds two groups apart, or ``""``."""
        wanted = {self.of(one), self.of(other)}
        for first, second, decision in self._apart:
            if {self.of(first), self.of(second)} == wanted:
                return decision
        return ""

    def held_apart(self) -> frozenset[tuple[str, str]]:
        """Return the pairs of groups that are held apart, each in IRI order."""
        pairs = ((self.of(a), self.of(b)) for a, b, _ in self._apart)
        return frozenset((min(p), max(p)) for p in pairs)

    def renames(self) -> dict[str, str]:
        """Return discarded actor → the one that stands for it."""
        return {actor: self.of(actor) for actor in sorted(self._kept)}

    def merged(self, one: str, other: str, decision: str = "") -> DataError:
        """Return the error for two actors that should be distinct and are one."""
        reasons = {self._reason[a] for a in (one, other) if a in self._reason}
        by = ", ".join(sorted(map(shorten, reasons)))
        where = f"{shorten(decision)} : " if decision else ""
        return DataError(
            fr=f"{where}{shorten(one)} et {shorten(other)} ne font déjà qu'un acteur "
            f"({by}). Annuler d'abord : spnr reconcile undo {by}.",
            en=f"{where.replace(' :', ':')}{shorten(one)} and {shorten(other)} are "
            f"one actor already ({by}). Take that back first: spnr reconcile undo "
            f"{by}.",
        )


def held(one: str, other: str, decision: str) -> DataError:
    """Return the error for two actors that should be one and are held apart."""
    return DataError(
        fr=f"{shorten(one)} et {shorten(other)} ont été dits distincts "
        f"({shorten(decision)}). Annuler d'abord : spnr reconcile undo "
        f"{shorten(decision)}.",
        en=f"{shorten(one)} and {shorten(other)} were said to be distinct "
        f"({shorten(decision)}). Take that back first: spnr reconcile undo "
        f"{shorten(decision)}.",
    )


def other_number(one: str, other: str, decision: str = "") -> DataError:
    """Return the error for two actors whose SIREN are known and differ."""
    where = f"{shorten(decision)} : " if decision else ""
    return DataError(
        fr=f"{where}{shorten(one)} et {shorten(other)} ont deux SIREN différents : ce "
        "sont deux organisations. Vérifier les numéros.",
        en=f"{where.replace(' :', ':')}{shorten(one)} and {shorten(other)} have two "
        "different SIREN: they are two organisations. Check the numbers.",
    )


def _taken(actor: str, before: str, decision: str) -> DataError:
    return DataError(
        fr=f"{shorten(decision)} : {shorten(actor)} est déjà écarté par "
        f"{shorten(before)}. Annuler l'une des deux décisions, ou viser l'acteur "
        "retenu.",
        en=f"{shorten(decision)}: {shorten(actor)} is already discarded by "
        f"{shorten(before)}. Take one of the two decisions back, or point to the "
        "actor that was kept.",
    )


def _circle(kept: str, other: str, decision: str) -> DataError:
    return DataError(
        fr=f"{shorten(decision)} : {shorten(kept)} est déjà écarté au profit de "
        f"{shorten(other)} ; les décisions tournent en rond. Annuler l'une d'elles.",
        en=f"{shorten(decision)}: {shorten(kept)} is already discarded in favour of "
        f"{shorten(other)}; the decisions run in a circle. Take one of them back.",
    )
