"""Findings of a check: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """SHACL severities, ordered: a Violation refuses the contribution."""

    INFO = 0
    WARNING = 1
    VIOLATION = 2


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    """One result of one constraint on one thing.

    Attributes:
        source: name of the contribution (or file) in which the thing was found.
        severity: how serious it is.
        focus: IRI of the thing.
        shape: IRI of the shape that was not met (``sh:sourceShape``).
        path: SHACL path in SPARQL syntax with full IRIs, or ``""``.
        value: N-Triples form of the offending term, or ``""``.
        component: IRI of the constraint component (``sh:MinCountConstraintComponent``).
        fr: message in French.
        en: message in English.
        sheet: name of the sheet of a table, or ``""``.
        row: number of the row as a spreadsheet or an editor shows it, or 0.
        column: title of the column as it stands in the table, or ``""``.
    """

    source: str
    severity: Severity
    focus: str
    shape: str
    path: str = ""
    value: str = ""
    component: str = ""
    fr: str = ""
    en: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def text(self, lang: str) -> str:
        """Return the message in ``lang`` (``"fr"`` or ``"en"``)."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, kw_only=True)
class Report:
    """All the findings of one run, sorted: worst first, then source, focus, shape."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: list[Finding]) -> Report:
        """Sort, drop exact repeats, freeze."""
        ranked = sorted(set(findings), key=lambda f: (-f.severity, f))
        return cls(findings=tuple(ranked))

    def count(self, severity: Severity) -> int:
        """Return how many findings have exactly this severity."""
        return sum(f.severity is severity for f in self.findings)

    def at_least(self, severity: Severity) -> bool:
        """Say whether any finding is this severe or worse."""
        return any(f.severity >= severity for f in self.findings)

    @property
    def conforms(self) -> bool:
        """Say whether nothing refuses the data: no Violation."""
        return not self.at_least(Severity.VIOLATION)
