"""Register numbers in a cell: ``siren``, ``siret``, ``rna`` and ``acteur``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import identifiers
from spnr_graph.identifiers import SIREN_LENGTH, SIRET_LENGTH, Flaw, Mend, Number
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import mended, nested, shown, wrong
from spnr_graph.tables.outcome import Outcome, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

SIREN: Final = "siren"
SIRET: Final = "siret"
RNA: Final = "rna"
#: Register → (how it is read, its name, an example).
_REGISTERS: Final[Mapping[str, tuple[Callable[[object], Number], str, str]]] = {
    SIREN: (identifiers.siren, "SIREN", "732829320"),
    SIRET: (identifiers.siret, "SIRET", "73282932000074"),
    RNA: (identifiers.rna, "RNA", "W212001234"),
}
_AS_TEXT: Final = (
    "Mettre la colonne au format Texte et recopier le numéro",
    "Give the column the format Text and copy the number again",
)
_CHECK: Final = ("Vérifier le numéro", "Check the number")
#: Flaw → what is wrong and what to do, in French and in English.
_FLAWS: Final[Mapping[Flaw, tuple[tuple[str, str], tuple[str, str]]]] = {
    Flaw.LENGTH: (("nombre de chiffres faux", "wrong number of digits"), _CHECK),
    Flaw.CHARACTERS: (
        ("d'autres caractères que ceux d'un numéro", "characters that no number has"),
        _CHECK,
    ),
    Flaw.CHECK_DIGIT: (
        (
            "clé de contrôle fausse, un chiffre au moins est erroné",
            "wrong check digit, at least one digit is mistaken",
        ),
        _CHECK,
    ),
    Flaw.DIGITS_LOST: (
        (
            "arrondi par le tableur, des chiffres sont perdus",
            "rounded by the spreadsheet, digits are lost",
        ),
        _AS_TEXT,
    ),
    Flaw.PLACEHOLDER: (
        ("numéro de remplissage", "a number that only fills the cell"),
        ("Laisser la cellule vide, ou donner le numéro", "Leave it empty, or give it"),
    ),
}
_MENDS: Final[Mapping[Mend, tuple[str, str]]] = {
    Mend.SPELLING: ("écrit avec d'autres signes", "written with other signs"),
    Mend.FLOAT: (
        "écrit comme un nombre. Mettre la colonne au format Texte",
        "written as a number. Give the column the format Text",
    ),
    Mend.ZERO: (
        "le zéro du début était perdu. Mettre la colonne au format Texte",
        "its leading zero was lost. Give the column the format Text",
    ),
}


@dataclass(frozen=True)
class Register:
    """A number of one register.

    Attributes:
        register: ``SIREN``, ``SIRET`` or ``RNA``.
    """

    register: str
    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the normal form, and the IRI of the actor that it makes."""
        return nested(value) or _read(value, self.register)


@dataclass(frozen=True)
class AnyRegister:
    """A number of any of the three registers."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the normal form, and the IRI of the actor that it makes."""
        return nested(value) or _read(value, _guessed(value))


def _guessed(value: Value) -> str:
    """Return the register whose numbers look most like a value."""
    written = str(value).upper()
    if identifiers.rna(value).text or written.lstrip().startswith(("W", "RNA")):
        return RNA
    if identifiers.siren(value).text or "SIREN" in written:
        return SIREN
    digits = sum(character.isdigit() for character in written)
    return SIREN if 0 < digits <= SIREN_LENGTH + 1 else SIRET


def _read(value: Value, register: str) -> Outcome:
    read, name, _ = _REGISTERS[register]
    number = read(value)
    if number.flaw:
        return _flawed(value, register, number)
    companions = {
        SIREN: (SIREN, number.text),
        SIRET: (SIREN, number.text[:SIREN_LENGTH]),
        RNA: (RNA, number.text),
    }
    told = [(register, number.text), companions[register]]
    actor = identifiers.actor_iri(**{register: number.text})
    return Outcome(
        terms=(
            ("", terms.text(number.text)),
            *((f".{key}", terms.text(text)) for key, text in dict(told).items()),
            (".acteur", terms.iri(actor)),
        ),
        problems=tuple(_mended(value, name, number.text, m) for m in number.mends),
    )


def _mended(value: Value, name: str, text: str, mend: Mend) -> Problem:
    fr, en = _MENDS[mend]
    return mended(
        f"{name.lower()}-{mend}",
        fr=f"{name} « {shown(value)} » lu {text} : {fr}.",
        en=f"{name} '{shown(value)}' read as {text}: {en}.",
    )


def _flawed(value: Value, register: str, number: Number) -> Outcome:
    _, name, example = _REGISTERS[register]
    (fr, en), (do_fr, do_en) = _FLAWS[number.flaw or Flaw.CHARACTERS]
    if number.guess:
        fr, en = f"{fr}, peut-être {number.guess}", f"{en}, maybe {number.guess}"
    elif register == SIRET and number.flaw is Flaw.LENGTH:
        fr += f" (un SIRET en a {SIRET_LENGTH}, un SIREN {SIREN_LENGTH})"
        en += f" (a SIRET has {SIRET_LENGTH}, a SIREN {SIREN_LENGTH})"
    return wrong(
        f"{register}-{number.flaw}",
        fr=f"{name} « {shown(value)} » : {fr}. {do_fr}, par exemple {example}.",
        en=f"{name} '{shown(value)}': {en}. {do_en}, for example {example}.",
    )
