"""What became of a cell: the terms it gives, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spnr_graph.findings import Severity


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong with a cell, or something that was put right.

    Attributes:
        rule: local name in ``table:`` (``siret-length``): the shape of the finding.
        fr: what is wrong, how to mend it, an example (French).
        en: the same in English.
        severity: None when the format decides (``severity`` of the field); a value
            that was put right and kept is ``INFO``.
    """

    rule: str
    fr: str
    en: str
    severity: Severity | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a cell gives.

    Attributes:
        terms: (suffix, N-Triples term) pairs: suffix ``""`` is the value itself under
            the name of its column, ``".territoire"`` a companion.
        problems: what was wrong with it or put right; a value that cannot be kept
            gives no term.
    """

    terms: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


#: A cell without a value.
EMPTY = Outcome()
