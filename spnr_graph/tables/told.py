"""Findings of a table, kept up to a limit and counted beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Finding, Severity
from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.personal import hidden

if TYPE_CHECKING:
    from spnr_graph.tables.outcome import Problem
    from spnr_graph.tables.sheets import Value

#: Findings of one rule in one column that are kept; the others are counted.
KEPT: Final = 100
#: Characters of a wrong value that a finding shows.
_SHOWN: Final = 80


def shape(rule: str) -> str:
    """Return the IRI of a rule of tables."""
    return PREFIXES["table"] + rule


class Told:
    """The findings of one sheet, in flat memory whatever is wrong with it."""

    def __init__(self, source: str, sheet: str) -> None:
        """Start without any.

        Args:
            source: what findings call the file.
            sheet: name of the sheet.
        """
        self._source, self._sheet = source, sheet
        self._kept: list[Finding] = []
        self._counts: dict[tuple[str, str, Severity], int] = {}

    def add(
        self,
        problem: Problem,
        severity: Severity,
        *,
        row: int = 0,
        column: str = "",
        value: Value = None,
    ) -> None:
        """Keep a problem, or count it when many of its kind are there already."""
        key = (problem.rule, column, severity)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count > KEPT:
            return
        self._kept.append(
            self._finding(
                problem.rule,
                severity,
                row=row,
                column=column,
                value="" if value is None else terms.text(_short(value)),
                fr=problem.fr,
                en=problem.en,
            )
        )

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity, those not kept included."""
        return sum(n for (_, _, s), n in self._counts.items() if s is severity)

    def findings(self) -> tuple[Finding, ...]:
        """Return what was kept, and how many more there were of each kind."""
        more = [
            self._finding(
                rule,
                severity,
                column=column,
                fr=f"… et {grouped(count - KEPT)} autres constats du même genre.",
                en=f"… and {count - KEPT:,} more findings of the same kind.",
            )
            for (rule, column, severity), count in self._counts.items()
            if count > KEPT
        ]
        return (*self._kept, *more)

    def _finding(
        self,
        rule: str,
        severity: Severity,
        *,
        fr: str,
        en: str,
        column: str = "",
        row: int = 0,
        value: str = "",
    ) -> Finding:
        return Finding(
            source=self._source,
            severity=severity,
            focus="",
            shape=shape(rule),
            value=value,
            fr=fr,
            en=en,
            sheet=self._sheet,
            row=row,
            column=column,
        )


def _short(value: Value) -> str:
    """Return a value as reports show it: cut, without what may be a person's."""
    text = hidden(str(value))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def grouped(value: int) -> str:
    """Return a number as French writes it: no-break spaces between thousands."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
