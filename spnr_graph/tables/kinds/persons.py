"""Addresses and numbers of persons in a text: found and taken out."""

from __future__ import annotations

import re
from typing import Final

from spnr_graph.tables.kinds.markup import tidy
from spnr_graph.tables.kinds.said import left_out
from spnr_graph.tables.outcome import Problem

#: An e-mail address. Its parts are bounded so that no text takes more than one pass.
MAIL: Final = re.compile(r"[\w.+%\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")
#: A French mobile number, its pairs of digits parted alike: ``06 12…``, ``+33 (0)6…``.
MOBILE: Final = re.compile(
    r"(?<![\d+])(?:(?:\+|00) ?33[ .\-]?(?:\(0\)[ .\-]?)?|0)[67]"
    r"([ .\-/]?)\d\d(?:\1\d\d){3}(?!\d)"
)
_EMPTY_BRACKETS: Final = re.compile(r" ?\(\s*\)| ?<\s*>")


def take_out(written: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text without e-mail addresses and mobile numbers; they are told.

    What was found is not repeated in the message.

    Example:
        >>> take_out("Écrire à a.b@exemple.invalid ou au 06 00 00 00 00.")[0]
        'Écrire à ou au .'
    """
    text, mails = MAIL.subn("", written) if "@" in written else (written, 0)
    text, mobiles = MOBILE.subn("", text.replace("\u00a0", " ").replace("\u202f", " "))
    if not mails + mobiles:
        return written, ()
    problem = left_out(
        "personal-data",
        fr="Adresse électronique ou numéro de mobile dans un texte : retiré, car ce "
        "peut être celui d'une personne. Donner les contacts de service dans leurs "
        "colonnes.",
        en="E-mail address or mobile number in a text: taken out, for it may be a "
        "person's. Give the contacts of a service in their own columns.",
    )
    return tidy(_EMPTY_BRACKETS.sub("", text)), (problem,)
