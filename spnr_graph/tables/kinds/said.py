"""Cells as text, and how problems with them are put into words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.tables.outcome import Outcome, Problem
from spnr_graph.tables.personal import hidden

if TYPE_CHECKING:
    from spnr_graph.tables.sheets import Value

#: Characters of a cell that a message shows.
_SHOWN: Final = 60


def as_text(value: Value) -> str:
    """Return a cell as people would have written it, without spaces around.

    Example:
        >>> as_text(21000.0), as_text(True)
        ('21000', 'oui')
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def on_a_line(value: Value) -> str:
    """Return a cell as text with single spaces: no run of them slows a pattern down.

    Example:
        >>> on_a_line(" 21000  Dijon ")
        '21000 Dijon'
    """
    return " ".join(as_text(value).split())


def shown(value: Value) -> str:
    """Return a cell as a message shows it: on one line, cut when it is long.

    Nothing that may be a person's address or number is repeated.
    """
    line = hidden(" ".join(str(value).split()))
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def wrong(rule: str, *, fr: str, en: str) -> Outcome:
    """Return the outcome of a cell that cannot be kept; the format says how bad."""
    return Outcome(problems=(Problem(rule=rule, fr=fr, en=en),))


def mended(rule: str, *, fr: str, en: str) -> Problem:
    """Return what is told of a value that was put right and kept."""
    return Problem(rule=rule, fr=fr, en=en, severity=Severity.INFO)


def left_out(rule: str, *, fr: str, en: str) -> Problem:
    """Return what is told of data on persons, which nobody may force in."""
    return Problem(rule=rule, fr=fr, en=en, severity=Severity.WARNING)


def nested(value: Value) -> Outcome | None:
    """Return the refusal of a list or a mapping where one value is meant."""
    if not isinstance(value, list | dict):
        return None
    return wrong(
        "several-values",
        fr=f"« {shown(value)} » : plusieurs valeurs où une seule est attendue. N'en "
        "donner qu'une.",
        en=f"'{shown(value)}': several values where one is meant. Give one.",
    )
