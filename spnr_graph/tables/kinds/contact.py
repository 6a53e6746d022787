"""Ways to reach a service in a cell: ``courriel`` and ``telephone``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import spelling
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import (
    left_out,
    mended,
    nested,
    on_a_line,
    shown,
    wrong,
)
from spnr_graph.tables.outcome import Outcome
from spnr_graph.tables.personal import MAIL, MOBILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: Words that name a function or a place of work when an address begins with them.
_FUNCTIONS: Final = frozenset({
    "admin", "administration", "agence", "antenne", "asso", "association", "atelier",
    "bib", "bonjour", "bureau", "ca", "cc", "ccas", "cd", "centre", "cias", "club",
    "cms", "com", "communication", "compta", "csc", "cu", "cyber", "dgs", "direction",
    "dpo", "ecole", "epn", "foyer", "formation", "fs", "hello", "info", "infos",
    "inscription", "maison", "mediation", "mfs", "mission", "mjc", "mlj", "office",
    "point", "pole", "presse", "projet", "rpe", "scolaire", "site", "sivom", "siaep",
    "social", "support", "ville", "webmaster",
})  # fmt: skip
#: Words that no surname holds: they name a function wherever they stand.
_ANYWHERE: Final = (
    "accueil", "biblio", "centresocial", "communaute", "commune", "contact", "digital",
    "espace", "fablab", "franceservice", "informatique", "ludotheque", "mairie",
    "mediatheque", "missionlocale", "msap", "multimedia", "numerique", "prefecture",
    "relais", "renseignement", "secretariat", "service", "socioculturel", "tierslieu",
    "tourisme", "urbanisme",
)  # fmt: skip
#: Country codes of the departments overseas by the beginning of their numbers.
_OVERSEAS: Final = {
    "0262": "262", "0263": "262", "0269": "262", "0590": "590", "0594": "594",
    "0596": "596", "0508": "508",
}  # fmt: skip
_NATIONAL: Final = re.compile(r"(?:(?:\+|00)33(?:\(0\)|0)?|0)([1-9]\d{8})")
_ABROAD: Final = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
#: Numbers of four digits (3939) and of six (116000): the State's and social services'.
_SHORT: Final = re.compile(r"3\d{3}|1\d{2,3}|11[68]\d{3}")
_TITLE: Final = re.compile(r"\b(?:tel|tél|téléphone|telephone|fixe)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_BETWEEN: Final = re.compile(r"\s*(?:[/;,|\n]|\bou\b|\bet\b)\s*")


@dataclass(frozen=True)
class Mailbox:
    """An e-mail address, kept only when it names a function."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the address in small letters; a person's is left out."""
        if refused := nested(value):
            return refused
        address = on_a_line(value).removeprefix("mailto:").strip(" <>.;,").lower()
        if not MAIL.fullmatch(address):
            return wrong(
                "not-an-address",
                fr=f"« {shown(value)} » n'est pas une adresse électronique. Écrire "
                "par exemple contact@exemple.fr.",
                en=f"'{shown(value)}' is no e-mail address. Write for example "
                "contact@exemple.fr.",
            )
        if not functional(address):
            problem = left_out(
                "personal-address",
                fr="Adresse électronique qui peut être celle d'une personne : retirée. "
                "Donner une adresse de service, par exemple contact@exemple.fr.",
                en="E-mail address that may be a person's: left out. Give that of a "
                "service, for example contact@exemple.fr.",
            )
            return Outcome(problems=(problem,))
        return Outcome(terms=(("", terms.text(address)),))


@dataclass(frozen=True)
class Telephone:
    """A telephone number, unless it is a mobile one."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the number with its country code; a short one as it is."""
        if refused := nested(value):
            return refused
        written = on_a_line(value)
        whole = telephone(written)
        parts = [whole] if whole else [telephone(p) for p in _BETWEEN.split(written)]
        fixed = [number for number in parts if number and not _mobile(number)]
        problems = []
        if any(map(_mobile, parts)):
            problem = left_out(
                "mobile-number",
                fr="Numéro de mobile : retiré, car il peut être celui d'une personne. "
                "Donner le numéro du service, par exemple 03 00 00 00 00.",
                en="Mobile number: left out, for it may be a person's. Give the number "
                "of the service, for example 03 00 00 00 00.",
            )
            problems.append(problem)
        elif not fixed:
            return wrong(
                "not-a-telephone",
                fr=f"« {shown(value)} » n'est pas un numéro de téléphone. Écrire par "
                "exemple 03 00 00 00 00.",
                en=f"'{shown(value)}' is no telephone number. Write for example "
                "03 00 00 00 00.",
            )
        if len(parts) > 1 and fixed:
            problem = mended(
                "several-telephones",
                fr=f"Plusieurs numéros dans la cellule : {fixed[0]} est gardé. N'en "
                "donner qu'un.",
                en=f"Several numbers in the cell: {fixed[0]} is kept. Give one.",
            )
            problems.append(problem)
        kept = (("", terms.text(fixed[0])),) if fixed else ()
        return Outcome(terms=kept, problems=tuple(problems))


def functional(address: str) -> bool:
    """Say whether an e-mail address names a function rather than a person.

    A name of an organisation alone is not enough: many are those of persons.

    Example:
        >>> functional("mairie-nevers@exemple.fr"), functional("a.martin@exemple.fr")
        (True, False)
    """
    local = address.partition("@")[0]
    words = spelling.normal(re.sub(r"\d", " ", local)).split()
    joined = "".join(words)
    return any(word in _FUNCTIONS for word in words[:1]) or any(
        word in joined for word in _ANYWHERE
    )


def telephone(written: str) -> str:
    """Return a number with its country code, a short one as it is, else ``""``.

    Example:
        >>> telephone("03 80 00 00 00"), telephone("3939"), telephone("0262 00 00 00")
        ('+33380000000', '3939', '+262262000000')
    """
    if _WORD.search(_TITLE.sub("", written)):
        return ""
    digits = re.sub(r"[^\d+()]", "", written)
    if found := _NATIONAL.fullmatch(digits):
        number = f"0{found[1]}"
        return f"+{_OVERSEAS.get(number[:4], '33')}{found[1]}"
    digits = digits.replace("(0)", "")
    if found := _ABROAD.fullmatch(digits):
        return f"+{found[1]}"
    if re.fullmatch(r"[1-9]\d{8}", digits):
        return telephone(f"0{digits}")
    return digits if _SHORT.fullmatch(digits) else ""


def _mobile(number: str) -> bool:
    return bool(MOBILE.fullmatch(number))
