"""The answers of a store → participations, pulled in bulk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from spnr_graph.namespaces import PREFIXES
from spnr_graph.projection.answers import (
    days,
    interned,
    listed,
    number,
    numbers,
    records,
)
from spnr_graph.projection.attributes import Attributes, read_attributes
from spnr_graph.projection.links import collaborations
from spnr_graph.projection.rows import Participations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.projection.answers import Ask, Codes, Numbers
    from spnr_graph.projection.links import Links
    from spnr_graph.projection.rows import Index

#: The role of who brings money.
FUNDER: Final = PREFIXES["role"] + "financeur"

_PRESENCE: Final = ("acteur", "initiative", "role", "debut", "fin")


def pull(ask: Ask) -> Participations:
    """Read all the participations and what is known of their terms, in three questions.

    Args:
        ask: answers ``queries/internal/{name}.rq`` in CSV; with a store it is one
            call of ``store.write(query, buffer, "csv")``.

    Raises:
        DataError: an answer lacks a column, a date is none, an amount no number.
    """
    columns = records(ask("participations"), ("participation", *_PRESENCE, "montant"))
    things, thing = interned(columns[0])
    amount = np.full(len(things), np.nan)
    np.fmax.at(amount, thing, numbers(columns[6]))
    sources, row, source = _sources(ask("provenances"), things, thing)
    present = _present(columns[1:6], read_attributes(ask("attributs")))
    rows = replace(
        present.take(row),
        participations=things,
        sources=sources,
        participation=thing[row],
        source=source,
        amount=amount[thing][row],
    )
    return _ordered(replace(rows, euros=_euros(rows)))


def read_links(ask: Ask, *, weight: Literal["count", "newman"] = "count") -> Links:
    """Read who works with whom (rule R5) straight from a store, for measures alone.

    The same as ``collaborations(select(pull(ask), Filters()))``, several times faster:
    neither evidence nor attributes are read, and the engine leaves out what makes no
    collaboration.

    Args:
        ask: see ``pull``.
        weight: see ``spnr_graph.projection.meetings.shares``; euros need ``pull``.

    Raises:
        DataError: an answer lacks a column, or a date is none.
    """
    actor, initiative, start, end = records(
        ask("presences"), ("acteur", "initiative", "debut", "fin")
    )
    columns = (actor, initiative, [""] * len(actor), start, end)
    return collaborations(_present(columns, Attributes({})), weight=weight)


def _present(columns: Sequence[list[str]], attributes: Attributes) -> Participations:
    """Return rows that know who is where and when, but not what states it.

    Args:
        columns: actor, initiative, role, start and end of each row.
        attributes: of the terms.
    """
    size = len(columns[0])
    (actors, actor), (initiatives, initiative), (roles, role) = map(
        interned, columns[:3]
    )
    none = np.zeros(size, np.int32)
    return Participations(
        participations=("",),
        actors=actors,
        initiatives=initiatives,
        roles=roles,
        sources=("",),
        participation=none,
        actor=actor,
        initiative=initiative,
        role=role,
        source=none,
        start=days(columns[3]),
        end=days(columns[4]),
        amount=np.full(size, np.nan),
        euros=np.full(len(initiatives), np.nan),
        attributes=attributes,
    )


def _euros(rows: Participations) -> Numbers:
    """Return what each initiative is known to cost, see ``Participations.euros``."""
    size = len(rows.initiatives)
    funder = np.array([role == FUNDER for role in rows.roles], dtype=np.bool_)
    known = rows.take(funder[rows.role] & ~np.isnan(rows.amount))
    _, first = np.unique(known.participation, return_index=True)
    where, brought = known.initiative[first], known.amount[first]
    found = np.bincount(where, brought, size).astype(np.float64)
    found[np.bincount(where, minlength=size) == 0] = np.nan
    budgets = rows.attributes.values.get("spnr:budgetEUR", {})
    budget = [max(map(number, budgets.get(one, ("",)))) for one in rows.initiatives]
    return np.fmax(found, np.array(budget, dtype=np.float64))


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
