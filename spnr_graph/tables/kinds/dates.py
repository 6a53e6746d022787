"""Dates in a cell: ``date`` and ``periode``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.moments import Moment, moment
from spnr_graph.tables.kinds.said import mended, nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.outcome import Problem
    from spnr_graph.tables.sheets import Value

#: Orders of day, month and year that the option ``order`` may give → an example.
_ORDERS: Final = {"dmy": "31/12/2021", "mdy": "12/31/2021", "ymd": "2021/12/31"}
#: What stands between the ends of a period, surest first.
_BETWEEN: Final = (
    r"\s*\.\.\.?\s*|\s*/\s*",
    r"\s*[–—]\s*|\s+-\s+|\s+(?:au|à|a|et|jusqu['’](?:au|en|à))\s+",
    r"(?<=\d{4})\s*-\s*(?=\d{4})",
)
_SINCE: Final = re.compile(r"(?:depuis|à partir|a partir|dès|des)\b(?: d[eu]\b)?", re.I)
_UNTIL: Final = re.compile(r"jusqu['’](?:au|en|à|a)\b|(?:\.\.|-)?/(?=[^/]+$)", re.I)
_FROM: Final = re.compile(r"(?:du|de|d['’]|entre|le)\b\s*", re.I)


@dataclass(frozen=True)
class Day:
    """A date, precise or not."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the date, and the first and last day that it may be."""
        if refused := nested(value):
            return refused
        order = _order(field)
        found = _moment(value, order)
        if found is None:
            return _no_date(value, order)
        full = found.first == found.last
        text = terms.day(found.first) if full else terms.text(found.text)
        return Outcome(
            terms=(("", text), *_bounds(found, found)), problems=_told(value, found)
        )


@dataclass(frozen=True)
class Period:
    """A time from one date to another; either may be open."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the period as ``start/end``, and its first and last day."""
        if refused := nested(value):
            return refused
        order = _order(field)
        start, end = _ends(value, order)
        if start is None and end is None:
            return _no_period(value)
        if start and end and start.first > end.last:
            return wrong(
                "period-reversed",
                fr=f"« {shown(value)} » : la fin précède le début. Les échanger.",
                en=f"'{shown(value)}': the end comes before the start. Swap them.",
            )
        text = f"{start.opens if start else '..'}/{end.closes if end else '..'}"
        told = (p for each in (start, end) if each for p in _told(value, each))
        return Outcome(
            terms=(("", terms.text(text)), *_bounds(start, end)),
            problems=tuple(dict.fromkeys(told)),
        )


def _order(field: Field) -> str:
    order = str(field.options.get("order", "dmy"))
    return order if order in _ORDERS else "dmy"


def _moment(value: Value, order: str) -> Moment | None:
    """Return the date of a cell; a number is no date unless it is a year."""
    if isinstance(value, date):
        return moment(value.isoformat()[:10])
    if isinstance(value, bool):
        return None
    return moment(on_a_line(value), order)


def _ends(value: Value, order: str) -> tuple[Moment | None, Moment | None]:
    """Return the start and the end of a period; neither when it is none."""
    if found := _moment(value, order):
        return found, found
    text = on_a_line(value)
    if since := _SINCE.match(text):
        return moment(text[since.end() :], order), None
    if until := _UNTIL.match(text):
        return None, moment(text[until.end() :], order)
    text = _FROM.sub("", text, count=1) if _FROM.match(text) else text
    for between in _BETWEEN:
        parts = re.split(between, text, flags=re.IGNORECASE)
        if len(parts) == 2 and (start := moment(parts[0], order)):
            end = moment(parts[1], order)
            if end or parts[1].strip(" .") == "":
                return start, end
    if opened := re.fullmatch(r"(.+)/(?:\.\.)?", text):
        return moment(opened[1], order), None
    return None, None


def _bounds(start: Moment | None, end: Moment | None) -> tuple[tuple[str, str], ...]:
    """Return the first and the last day as companions."""
    first = ((".debut", terms.day(start.first)),) if start else ()
    last = ((".fin", terms.day(end.last)),) if end else ()
    return (*first, *last)


def _told(value: Value, found: Moment) -> tuple[Problem, ...]:
    """Tell of a year whose century was guessed."""
    if not found.short_year:
        return ()
    problem = mended(
        "short-year",
        fr=f"« {shown(value)} » : année sur deux chiffres, lue {found.first.year}. "
        "Écrire l'année en entier.",
        en=f"'{shown(value)}': year of two digits, read as {found.first.year}. Write "
        "the whole year.",
    )
    return (problem,)


def _no_date(value: Value, order: str) -> Outcome:
    return wrong(
        "not-a-date",
        fr=f"« {shown(value)} » n'est pas une date, ou une date impossible. Écrire par "
        f"exemple {_ORDERS[order]} ou 2021-12-31.",
        en=f"'{shown(value)}' is no date, or an impossible one. Write for example "
        f"{_ORDERS[order]} or 2021-12-31.",
    )


def _no_period(value: Value) -> Outcome:
    return wrong(
        "not-a-period",
        fr=f"« {shown(value)} » n'est pas une période. Écrire par exemple "
        "2021-03-01/2022-12-31 ou 2021/.. quand la fin n'est pas connue.",
        en=f"'{shown(value)}' is no period. Write for example 2021-03-01/2022-12-31, "
        "or 2021/.. when the end is not known.",
    )
