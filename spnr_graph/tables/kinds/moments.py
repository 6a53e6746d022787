"""Dates as people write them → the days that they may be."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from spnr_graph import spelling

_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
    "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
#: Letters that tell a month from the others; fewer are no abbreviation.
_SHORTEST: Final = 3
_EARLIEST, _LATEST = 1000, 2999
_QUARTER, _HALF = 3, 6
#: Years of two digits from here on are of the last century, as in POSIX.
_LAST_CENTURY: Final = 69
#: The hour behind a date, which says nothing of the day.
_HOUR: Final = re.compile(
    r"(?<=\d)(?:T| +(?:à +)?)\d{1,2}(?:[:h]\d{0,2}){1,2}(?:[.,]\d+)?"
    r"(?: ?Z|[+\-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_FIELDS: Final = re.compile(r"(\d{1,4})([/.\- ])(\d{1,2})\2(\d{1,4})")
_MONTH: Final = re.compile(r"(\d{4})[\-/](\d{1,2})|(\d{1,2})[\-/](\d{4})")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
#: What words of a date are made of; ``2021 ?`` is a doubt, not a date.
_WORDED: Final = re.compile(r"\w[\w\s.,'’\-]*")
_PART: Final = re.compile(
    r"(?:([ts])([1-4])|([1-4])(?:er|e|eme|ere|nd|nde)? ([ts])(?:rim|em)estre)"
    r"(?: de)? (\d{4})"
    r"|(\d{4}) ([ts])([1-4])"
)
_WORDS: Final = re.compile(
    r"(?:(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    r"(\d{1,2})(?:er)? )?([a-z]+) (\d{4})"
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date, as precise as it was given.

    Attributes:
        first: the first day that it may be.
        last: the last day.
        opens: ISO 8601 text of its beginning (``2021``, ``2021-03``, ``2021-03-01``).
        closes: ISO 8601 text of its end, of the same precision.
        short_year: whether its century was not written.
    """

    first: date
    last: date
    opens: str
    closes: str
    short_year: bool = False

    @property
    def text(self) -> str:
        """The date itself, or ``opens/closes`` for a part of a year."""
        both = self.opens == self.closes
        return self.opens if both else f"{self.opens}/{self.closes}"


def moment(text: str, order: str = "dmy") -> Moment | None:
    """Return what a text dates; None when it is no date, or an impossible one.

    Args:
        text: what people write.
        order: order of day, month and year between separators; a year of four digits
            that comes first is always followed by the month.

    Example:
        >>> moment("1er mars 2021").text, moment("T1 2022").text
        ('2021-03-01', '2022-01/2022-03')
    """
    text = _HOUR.sub("", text.strip())
    if found := _FIELDS.fullmatch(text):
        return _of_fields((found[1], found[3], found[4]), order)
    if found := _COMPACT.fullmatch(text):
        return _day(*map(int, found.groups()))
    if found := _MONTH.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _months(int(year), int(month), int(month))
    return _in_words(spelling.normal(text)) if _WORDED.fullmatch(text) else None


def _in_words(words: str) -> Moment | None:
    """Return what words date: a year, a part of one, a month, a day."""
    if re.fullmatch(r"\d{4}", words):
        return _months(int(words), 1, 12, whole_year=True)
    if found := _PART.fullmatch(words):
        return _part(found)
    if found := _WORDS.fullmatch(words):
        months = [
            number
            for number, name in enumerate(_MONTHS, 1)
            if len(found[2]) >= _SHORTEST and name.startswith(found[2])
        ]
        if len(months) == 1 and found[1]:
            return _day(int(found[3]), months[0], int(found[1]))
        if len(months) == 1:
            return _months(int(found[3]), months[0], months[0])
    return None


def _part(found: re.Match[str]) -> Moment | None:
    """Return a quarter (``t``, trimestre) or a half (``s``, semestre) of a year."""
    letter, number, year = (
        next(group for group in groups if group)
        for groups in (found.group(1, 4, 7), found.group(2, 3, 8), found.group(5, 6))
    )
    length = _QUARTER if letter == "t" else _HALF
    last = int(number) * length
    return _months(int(year), last - length + 1, last)


def _of_fields(fields: tuple[str, str, str], order: str) -> Moment | None:
    """Return the day of three numbers in an order."""
    if len(fields[0]) == len("2021"):
        order = "ymd"
    named = dict(zip(order, fields, strict=True))
    year = named["y"]
    if len(year) not in {2, 4} or max(len(named["m"]), len(named["d"])) > 2:
        return None
    short = len(year) == 2
    century = (1900 if int(year) >= _LAST_CENTURY else 2000) if short else 0
    return _day(century + int(year), int(named["m"]), int(named["d"]), short=short)


def _day(year: int, month: int, day: int, *, short: bool = False) -> Moment | None:
    months = _months(year, month, month)
    if months is None or not 1 <= day <= months.last.day:
        return None
    found = date(year, month, day)
    text = found.isoformat()
    return Moment(first=found, last=found, opens=text, closes=text, short_year=short)


def _months(
    year: int, first: int, last: int, *, whole_year: bool = False
) -> Moment | None:
    """Return the months of a year from the first to the last."""
    if not (_EARLIEST <= year <= _LATEST and 1 <= first <= last <= len(_MONTHS)):
        return None
    opens, closes = f"{year}-{first:02}", f"{year}-{last:02}"
    return Moment(
        first=date(year, first, 1),
        last=date(year, last, calendar.monthrange(year, last)[1]),
        opens=str(year) if whole_year else opens,
        closes=str(year) if whole_year else closes,
    )
