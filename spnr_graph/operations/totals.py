"""How much there is, in words: what ``load`` and ``info`` both say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Class → (French singular, French plural, English singular, English plural).
_KINDS: Final = {
    "Actor": ("acteur", "acteurs", "actor", "actors"),
    "Initiative": ("initiative", "initiatives", "initiative", "initiatives"),
    "Participation": (
        "participation", "participations", "participation", "participations",
    ),
    "DigitalService": (
        "service numérique", "services numériques",
        "digital service", "digital services",
    ),
    "CoverageObservation": (
        "observation de couverture", "observations de couverture",
        "coverage observation", "coverage observations",
    ),
}  # fmt: skip
SEVERITIES: Final = {
    Severity.VIOLATION: ("violation", "violations", "violation", "violations"),
    Severity.WARNING: ("avertissement", "avertissements", "warning", "warnings"),
    Severity.INFO: ("conseil", "conseils", "hint", "hints"),
}


def totals_text(totals: Mapping[str, int], lang: str) -> str:
    """Return how many things of each kind there are, in words."""
    parts = []
    for name, words in _KINDS.items():
        value = totals.get(PREFIXES["spnr"] + name, 0)
        if value:
            parts.append(counted(value, words, lang))
    return " · ".join(parts)


def triples_text(triples: int, derived: int, lang: str) -> str:
    """Return how many triples there are, and how many of them are derived."""
    total = counted(triples, ("triplet", "triplets", "triple", "triples"), lang)
    if lang == "fr":
        return f"{total}, dont {number(derived, lang)} déduits par les règles"
    return f"{total}, of which {number(derived, lang)} derived by the rules"
