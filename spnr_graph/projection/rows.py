"""Participations as parallel columns: what every network is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.projection.answers import Codes, Days, Numbers
from spnr_graph.projection.attributes import Attributes

Mask: TypeAlias = npt.NDArray[np.bool_]
Index: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Participation:
    """One actor in one role of one initiative, as its sources state it.

    Attributes:
        amount: euros that the actor brings or receives; None when unknown.
    """

    iri: str
    initiative: str
    actor: str
    role: str
    start: date | None = None
    end: date | None = None
    sources: tuple[str, ...] = ()
    amount: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Participations:
    """Who takes part in what, one row per participation, period and source.

    Terms are interned: ``actors[actor[k]]`` is the actor of row ``k``. The interned
    terms are sorted and so are the rows, whatever the order of the store's answer.

    Attributes:
        source: code of the source of each row; the term ``""`` stands for none.
        start: first day of each row, ``NaT`` when unknown; ``end`` the last one.
        amount: euros of the participation of each row, NaN when unknown; the largest
            where sources disagree. The rows of one participation repeat it.
        euros: what each *initiative* (not each row) is known to cost, NaN when unknown:
            the larger of its budget and of the sum of what its funders bring. Both are
            reported, either may be partial, and they must not be added. Filters leave
            it as it is.
        attributes: what filters and colours need to know of the terms.
    """

    participations: tuple[str, ...]
    actors: tuple[str, ...]
    initiatives: tuple[str, ...]
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    participation: Codes
    actor: Codes
    initiative: Codes
    role: Codes
    source: Codes
    start: Days
    end: Days
    amount: Numbers
    euros: Numbers
    attributes: Attributes

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.actor)

    def take(self, rows: Mask | Index) -> Participations:
        """Return the rows where the mask is true; the interned terms stay."""
        return replace(
            self,
            participation=self.participation[rows],
            actor=self.actor[rows],
            initiative=self.initiative[rows],
            role=self.role[rows],
            source=self.source[rows],
            start=self.start[rows],
            end=self.end[rows],
            amount=self.amount[rows],
        )

    def turned(self) -> Participations:
        """Return the same with initiatives in the place of actors, without periods."""
        return replace(
            self,
            actors=self.initiatives,
            initiatives=self.actors,
            actor=self.initiative,
            initiative=self.actor,
            start=np.full(len(self), np.datetime64("NaT"), self.start.dtype),
            end=np.full(len(self), np.datetime64("NaT"), self.end.dtype),
            euros=np.full(len(self.actors), np.nan),
        )

    def stated(self) -> tuple[Participation, ...]:
        """Return the rows as participations, the sources of each brought together."""
        first = np.flatnonzero(self.fresh())
        stop = np.append(first, len(self))[1:]
        columns = zip(
            (self.participations[code] for code in self.participation[first].tolist()),
            (self.initiatives[code] for code in self.initiative[first].tolist()),
            (self.actors[code] for code in self.actor[first].tolist()),
            (self.roles[code] for code in self.role[first].tolist()),
            self.start[first].tolist(),
            self.end[first].tolist(),
            self.amount[first].tolist(),
            zip(first.tolist(), stop.tolist(), strict=True),
            strict=True,
        )
        sources = [self.sources[code] for code in self.source.tolist()]
        return tuple(
            Participation(
                iri=iri,
                initiative=initiative,
                actor=actor,
                role=role,
                start=start,
                end=end,
                sources=tuple(filter(None, sources[here:there])),
                amount=None if isnan(amount) else amount,
            )
            for iri, initiative, actor, role, start, end, amount, (
                here,
                there,
            ) in columns
        )

    def fresh(self) -> Mask:
        """Say of each row whether it differs from the one before, sources apart."""
        fresh = np.zeros(len(self), dtype=np.bool_)
        fresh[:1] = True
        for column in (self.initiative, self.actor, self.role, self.participation):
            fresh[1:] |= np.diff(column) != 0
        for period in (self.start, self.end):
            fresh[1:] |= np.diff(period.astype(np.int64)) != 0
        return fresh
