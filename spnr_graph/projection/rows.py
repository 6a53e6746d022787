"""Participations as parallel columns, pulled from a store in bulk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.projection.answers import (
    Ask,
    Codes,
    Days,
    Numbers,
    day,
    days,
    interned,
    listed,
    numbers,
    records,
)
from spnr_graph.projection.attributes import Attributes, read_attributes

__all__ = [
    "Ask",
    "Attributes",
    "Codes",
    "Days",
    "Mask",
    "Numbers",
    "Participation",
    "Participations",
    "day",
    "pull",
    "records",
]

Mask: TypeAlias = npt.NDArray[np.bool_]
Index: TypeAlias = npt.NDArray[np.intp]

_COLUMNS: Final = (
    "participation",
    "acteur",
    "initiative",
    "role",
    "debut",
    "fin",
    "montant",
)


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


def pull(ask: Ask) -> Participations:
    """Read all the participations and what is known of their terms, in three questions.

    Args:
        ask: answers ``queries/internal/{name}.rq`` in CSV; with a store it is one
            call of ``store.write(query, buffer, "csv")``.

    Raises:
        DataError: an answer lacks a column, a date is none, an amount no number.
    """
    columns = records(ask("participations"), _COLUMNS)
    terms, codes = zip(*map(interned, columns[:4]), strict=True)
    sources, row, source = _sources(ask("provenances"), terms[0], codes[0])
    start, end, amount = days(columns[4]), days(columns[5]), numbers(columns[6])
    largest = np.full(len(terms[0]), np.nan)
    np.fmax.at(largest, codes[0], amount)
    rows = Participations(
        participations=terms[0],
        actors=terms[1],
        initiatives=terms[2],
        roles=terms[3],
        sources=sources,
        participation=codes[0][row],
        actor=codes[1][row],
        initiative=codes[2][row],
        role=codes[3][row],
        source=source,
        start=start[row],
        end=end[row],
        amount=largest[codes[0]][row],
        attributes=read_attributes(ask("attributs")),
    )
    return _ordered(rows)


def _sources(
    answer: bytes, things: tuple[str, ...], thing: Codes
) -> tuple[tuple[str, ...], Index, Codes]:
    """Return the sources, the row to repeat for each source it has, and that source.

    Args:
        answer: of ``queries/internal/provenances.rq``.
        things: the participations, sorted.
        thing: code of the participation of each row.
    """
    stated, pages = listed(answer, ("participation", "source"))
    sources, source = interned(["", *pages])
    codes = {term: code for code, term in enumerate(things)}
    sourced = np.fromiter((codes.get(one, -1) for one in stated), np.int64, len(stated))
    alone = np.setdiff1d(np.arange(len(things)), sourced)
    places = np.concatenate((sourced * len(sources) + source[1:], alone * len(sources)))
    whose, which = np.divmod(np.unique(places), len(sources))
    first, stop = (np.searchsorted(whose, thing, side) for side in ("left", "right"))
    row = np.repeat(np.arange(len(thing)), stop - first)
    offset = np.arange(len(row)) - np.searchsorted(row, row)
    return sources, row, which[first[row] + offset].astype(np.int32)


def _ordered(rows: Participations) -> Participations:
    """Return the rows in the order of their terms, each once."""
    columns = (
        rows.source,
        rows.participation,
        rows.end,
        rows.start,
        rows.role,
        rows.actor,
        rows.initiative,
    )
    rows = rows.take(np.lexsort(columns))
    fresh = rows.fresh()
    fresh[1:] |= np.diff(rows.source) != 0
    return rows.take(fresh)
