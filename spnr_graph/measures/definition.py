"""What a measure means: the words, the formula, the source, the caveat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One measure, explained like a colleague would.

    Attributes:
        name: the column that holds it in tables, a French slug (``intermediarite``).
        fr: title in French; ``en`` in English.
        meaning_fr: one sentence a coordinator understands; ``meaning_en`` likewise.
        formula: in plain text, with its symbols said.
        source: who defined it, where: author, year, journal, DOI.
        unit_fr: ``"liens"``, ``"sans unité, de 0 à 1"``; ``unit_en`` likewise.
        caveat_fr: when not to trust it; ``caveat_en`` likewise.
    """

    name: str
    fr: str
    en: str
    meaning_fr: str
    meaning_en: str
    formula: str
    source: str
    unit_fr: str
    unit_en: str
    caveat_fr: str
    caveat_en: str
