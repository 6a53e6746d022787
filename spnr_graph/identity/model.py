"""What a decision on identity is, and what a ledger of them says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from spnr_graph.identity.classes import Classes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Kind(StrEnum):
    """What a decision says; the value is the slug of its concept."""

    SAME = "meme-acteur"
    DISTINCT = "acteurs-distincts"
    UNDONE = "annulation"


@dataclass(frozen=True, kw_only=True)
class Text:
    """The same words in French and in English; either may be missing."""

    fr: str = ""
    en: str = ""

    def pick(self, lang: str) -> str:
        """Return the words in a language, else in the other."""
        return (self.en or self.fr) if lang == "en" else (self.fr or self.en)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision on identity.

    Attributes:
        iri: its IRI.
        kind: what it says.
        on: the day.
        by: the function that takes it, never a person.
        why: the reason.
        keeps: IRI of the actor that stays (the first of two distinct ones).
        discards: IRI of the other; both are ``""`` when a decision is taken back.
        evidence: what it rests on.
        undoes: IRI of the decision that is taken back, or ``""``.
    """

    iri: str
    kind: Kind
    on: date
    by: str
    why: Text
    keeps: str = ""
    discards: str = ""
    evidence: tuple[Text, ...] = ()
    undoes: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors, the one that stays first."""
        return self.keeps, self.discards


@dataclass(frozen=True)
class Ledger:
    """Every decision that was taken, by date.

    Attributes:
        decisions: all of them, those that were taken back included.
        text: the canonical Turtle that says them.
    """

    decisions: tuple[Decision, ...] = ()
    text: bytes = field(default=b"", repr=False)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the ledger's text."""
        return hashlib.sha256(self.text).hexdigest()

    @cached_property
    def in_force(self) -> tuple[Decision, ...]:
        """Decisions that say something today: none that was taken back."""
        gone = {each.undoes for each in self.decisions}
        return tuple(
            each
            for each in self.decisions
            if each.kind is not Kind.UNDONE and each.iri not in gone
        )

    @cached_property
    def classes(self) -> Classes:
        """Who is who, according to the decisions in force.

        Raises:
            DataError: they contradict each other; the two decisions are named.
        """
        classes = Classes()
        for each in self.in_force:
            if each.kind is Kind.SAME:
                classes.merge(each.keeps, each.discards, each.iri)
        for each in self.in_force:
            if each.kind is Kind.DISTINCT:
                classes.part(each.keeps, each.discards, each.iri)
        return classes

    @cached_property
    def renames(self) -> Mapping[str, str]:
        """IRI of each discarded actor → IRI of the actor it stands for now."""
        return self.classes.renames()
