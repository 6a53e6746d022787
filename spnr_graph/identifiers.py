"""Register numbers (SIREN, SIRET, RNA) and the IRIs that they make."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from spnr_graph.namespaces import PREFIXES

SIREN_LENGTH: Final = 9
SIRET_LENGTH: Final = 14
#: The one company whose SIRET follow a rule of their own.
LA_POSTE: Final = "356000000"
#: Zeros that may have been dropped behind a number written with an exponent; with more
#: of them nobody can tell zeros from digits that were rounded off.
_IDLE_ZEROS: Final = 2
#: What people put before a number, or between its digits.
_PREFIX: Final = re.compile(r"^(?:siren|siret|rna)?\s*(?:n\s*[°o])?\s*:?\s*", re.I)
_SEPARATORS: Final = re.compile(r"[\s.\-_'’\"=]+")
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")
_EXPONENT: Final = re.compile(r"(\d)(?:[.,](\d+))?\s*e\s*\+?(\d{1,3})", re.I)
_RNA: Final = re.compile(r"W(?:\d{2}|2[AB])\d{7}")


class Flaw(StrEnum):
    """Why a text is no register number; the value is the name of the rule."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check-digit"
    DIGITS_LOST = "digits-lost"
    PLACEHOLDER = "placeholder"


class Mend(StrEnum):
    """What was done to read a number; the value is the name of the rule."""

    SPELLING = "spelling"
    FLOAT = "float"
    ZERO = "leading-zero"


@dataclass(frozen=True, kw_only=True)
class Number:
    """A register number as it was read, or why it could not be.

    Attributes:
        text: the normal form; ``""`` when there is a flaw.
        flaw: what is wrong, if anything.
        mends: what had to be put right.
        guess: the number that may have been meant, when it is worth telling.
    """

    text: str = ""
    flaw: Flaw | None = None
    mends: tuple[Mend, ...] = ()
    guess: str = ""


def luhn(digits: str) -> bool:
    """Say whether a number ends with the check digit of ISO/IEC 7812-1.

    Example:
        >>> luhn("732829320"), luhn("732829321")
        (True, False)
    """
    reverse = [int(digit) for digit in reversed(digits)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in reverse[1::2])
    return (sum(reverse[::2]) + sum(doubled)) % 10 == 0


def siren(value: object) -> Number:
    """Read the number of a company or public body: nine digits.

    A SIREN that is too short is never filled up: one in ten would pass the check.

    Example:
        >>> siren("732 829 320").text
        '732829320'
    """
    digits, mends, flaw = _digits(value, SIREN_LENGTH)
    if flaw:
        return Number(flaw=flaw)
    if len(digits) != SIREN_LENGTH:
        filled = digits.zfill(SIREN_LENGTH)
        sound = len(digits) == SIREN_LENGTH - 1 and luhn(filled)
        return Number(flaw=Flaw.LENGTH, guess=filled if sound else "")
    return _checked(digits, mends, sound=luhn(digits))


def siret(value: object) -> Number:
    """Read the number of an establishment: a SIREN and five digits.

    A leading zero that was lost is put back when both check digits then agree.

    Example:
        >>> siret(21250284300015.0).text
        '21250284300015'
    """
    digits, mends, flaw = _digits(value, SIRET_LENGTH)
    if flaw:
        return Number(flaw=flaw)
    filled = digits.zfill(SIRET_LENGTH)
    if len(digits) == SIRET_LENGTH - 1 and _sound_siret(filled):
        return Number(text=filled, mends=(*mends, Mend.ZERO))
    if len(digits) != SIRET_LENGTH:
        return Number(flaw=Flaw.LENGTH)
    return _checked(digits, mends, sound=_sound_siret(digits))


def rna(value: object) -> Number:
    """Read the number of an association: W and nine digits.

    Example:
        >>> rna("w212 001 234").text
        'W212001234'
    """
    written = _plain(value)
    text = _SEPARATORS.sub("", _PREFIX.sub("", written)).upper()
    if not _RNA.fullmatch(text):
        looks = re.fullmatch(r"W[\dAB]*", text)
        return Number(flaw=Flaw.LENGTH if looks else Flaw.CHARACTERS)
    return Number(text=text, mends=() if text == written else (Mend.SPELLING,))


def actor_iri(*, siren: str = "", siret: str = "", rna: str = "") -> str:
    """Return the IRI of the actor that a number makes; the SIREN comes first.

    Example:
        >>> actor_iri(siret="21250284300015")
        'https://w3id.org/spnr/id/acteur/siren-212502843'
    """
    if number := siren or siret[:SIREN_LENGTH]:
        return f"{PREFIXES['acteur']}siren-{number}"
    if rna:
        return f"{PREFIXES['acteur']}rna-{rna}"
    raise ValueError("an actor's IRI needs a SIREN, a SIRET or an RNA number")


def _sound_siret(digits: str) -> bool:
    """Say whether both check digits agree; La Poste counts by fives."""
    if digits.startswith(LA_POSTE):
        return luhn(digits) or sum(map(int, digits)) % 5 == 0
    return luhn(digits) and luhn(digits[:SIREN_LENGTH])


def _checked(digits: str, mends: tuple[Mend, ...], *, sound: bool) -> Number:
    if not digits.strip("0"):
        return Number(flaw=Flaw.PLACEHOLDER)
    if not sound:
        return Number(flaw=Flaw.CHECK_DIGIT)
    return Number(text=digits, mends=mends)


def _plain(value: object) -> str:
    """Return a value as text without the characters that are not seen."""
    text = unicodedata.normalize("NFKC", str(value))
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


def _digits(value: object, length: int) -> tuple[str, tuple[Mend, ...], Flaw | None]:
    """Return the digits of a number of that length, however it was written."""
    written = _plain(value)
    if found := _EXPONENT.fullmatch(written):
        return _expanded(found, length)
    text = _PREFIX.sub("", written)
    if whole := _WHOLE.fullmatch(text):
        return whole[1], (Mend.FLOAT,), None
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]+", digits):
        return "", (), Flaw.CHARACTERS
    return digits, () if digits == str(value) else (Mend.SPELLING,), None


def _expanded(
    found: re.Match[str], length: int
) -> tuple[str, tuple[Mend, ...], Flaw | None]:
    """Return the digits of ``2.125028430001e13``, unless some were rounded off."""
    whole, fraction, exponent = found[1], found[2] or "", int(found[3])
    significant = len((whole + fraction).rstrip("0"))
    if exponent > length or significant < length - _IDLE_ZEROS:
        return "", (), Flaw.DIGITS_LOST
    digits = (whole + fraction.rstrip("0")).ljust(exponent + 1, "0")
    if len(digits) > exponent + 1:
        return "", (), Flaw.CHARACTERS
    return digits, (Mend.FLOAT,), None
