"""What a cell means: a kind per name that a field may give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds.dates import Day, Period
from spnr_graph.tables.kinds.kind import Context, Kind
from spnr_graph.tables.kinds.numbers import AMOUNT, NUMBER, PERCENTAGE, Whole
from spnr_graph.tables.kinds.reference import Reference
from spnr_graph.tables.kinds.register import RNA, SIREN, SIRET, AnyRegister, Register
from spnr_graph.tables.kinds.territory import Territory
from spnr_graph.tables.kinds.text import Identifier, Ignored, Text
from spnr_graph.tables.kinds.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Context", "Kind"]

#: Name of a kind, as formats give it → how its cells are read.
KINDS: Final[Mapping[str, Kind]] = {
    "texte": Text(),
    "nom": Text(slug=True),
    "identifiant": Identifier(),
    "siren": Register(SIREN),
    "siret": Register(SIRET),
    "rna": Register(RNA),
    "acteur": AnyRegister(),
    "date": Day(),
    "periode": Period(),
    "montant": AMOUNT,
    "nombre": NUMBER,
    "pourcentage": PERCENTAGE,
    "entier": Whole(),
    "booleen": Truth(),
    "reference": Reference(),
    "territoire": Territory(),
    "ignore": Ignored(),
}
