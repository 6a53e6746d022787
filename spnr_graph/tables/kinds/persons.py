"""Addresses and numbers of persons in a text: found and taken out."""

from __future__ import annotations

import re
from typing import Final

from spnr_graph.tables.kinds.markup import tidy
from spnr_graph.tables.kinds.said import left_out
from spnr_graph.tables.outcome import Problem
from spnr_graph.tables.personal import MAIL, MOBILE

_EMPTY_BRACKETS: Final = re.compile(r" ?\(\s*\)| ?<\s*>")
#: What is told of them; what was found is not repeated.
PERSONAL: Final = left_out(
    "personal-data",
    fr="Adresse électronique ou numéro de mobile dans un texte : retiré, car ce "
    "peut être celui d'une personne. Donner les contacts de service dans leurs "
    "colonnes.",
    en="E-mail address or mobile number in a text: taken out, for it may be a "
    "person's. Give the contacts of a service in their own columns.",
)


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
    return tidy(_EMPTY_BRACKETS.sub("", text)), (PERSONAL,)
