"""The answers of a store → participations, pulled in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from spnr_graph.projection.attributes import read_attributes
from spnr_graph.projection.rows import Participations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.projection.answers import Ask, Codes, Numbers
    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.projection.rows import Index

#: The role of who brings money.
FUNDER: Final = PREFIXES["role"] + "financeur"

_COLUMNS: Final = (
    "participation",
    "acteur",
    "initiative",
    "role",
    "debut",
    "fin",
    "montant",
)


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
    attributes = read_attributes(ask("attributs"))
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
        euros=_euros(terms, codes, largest, attributes),
        attributes=attributes,
    )
    return _ordered(rows)


def _euros(
    terms: Sequence[tuple[str, ...]],
    codes: Sequence[Codes],
    amount: Numbers,
    attributes: Attributes,
) -> Numbers:
    """Return what each initiative is known to cost, see ``Participations.euros``.

    Args:
        terms: participations, actors, initiatives and roles.
        codes: which of them each row speaks of.
        amount: euros of each participation.
        attributes: which know the budgets.
    """
    funder = np.array([role == FUNDER for role in terms[3]], dtype=np.bool_)
    bringing = funder[codes[3]] & ~np.isnan(amount[codes[0]])
    participation, first = np.unique(codes[0][bringing], return_index=True)
    initiative, brought = codes[2][bringing][first], amount[participation]
    found = np.bincount(initiative, brought, len(terms[2])).astype(np.float64)
    found[np.bincount(initiative, minlength=len(terms[2])) == 0] = np.nan
    budgets = attributes.values.get("spnr:budgetEUR", {})
    budget = [max(map(number, budgets.get(one, ("",)))) for one in terms[2]]
    return np.fmax(found, budget)


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
