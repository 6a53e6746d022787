"""What a cell means: a kind per name that a field may give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds.areas import Area
from spnr_graph.tables.kinds.communes import CommuneCode, CommuneName
from spnr_graph.tables.kinds.contact import Mailbox, Telephone
from spnr_graph.tables.kinds.coordinates import Coordinate
from spnr_graph.tables.kinds.dates import Day, Period
from spnr_graph.tables.kinds.kind import Context, Kind
from spnr_graph.tables.kinds.links import Link
from spnr_graph.tables.kinds.numbers import AMOUNT, NUMBER, PERCENTAGE, Whole
from spnr_graph.tables.kinds.postal import PostalCode
from spnr_graph.tables.kinds.reference import Reference
from spnr_graph.tables.kinds.register import RNA, SIREN, SIRET, AnyRegister, Register
from spnr_graph.tables.kinds.several import Several
from spnr_graph.tables.kinds.territory import Territory
from spnr_graph.tables.kinds.text import Identifier, Ignored, Text
from spnr_graph.tables.kinds.truth import Truth
from spnr_graph.tables.kinds.vocabulary import Concept
from spnr_graph.tables.places import DEPARTEMENT, EPCI, REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Context", "Kind"]

_OF_ONE_VALUE: Final[Mapping[str, Kind]] = {
    "texte": Text(),
    "nom": Text(slug=True),
    "identifiant": Identifier(),
    "reference": Reference(),
    "siren": Register(SIREN),
    "siret": Register(SIRET),
    "rna": Register(RNA),
    "acteur": AnyRegister(),
    "commune": CommuneCode(),
    "nom-commune": CommuneName(),
    "departement": Area(DEPARTEMENT),
    "region": Area(REGION),
    "epci": Area(EPCI),
    "territoire": Territory(),
    "code-postal": PostalCode(),
    "date": Day(),
    "periode": Period(),
    "montant": AMOUNT,
    "nombre": NUMBER,
    "pourcentage": PERCENTAGE,
    "entier": Whole(),
    "booleen": Truth(),
    "url": Link(),
    "courriel": Mailbox(),
    "telephone": Telephone(),
    "latitude": Coordinate(north=True),
    "longitude": Coordinate(north=False),
    "concept": Concept(),
    "ignore": Ignored(),
}
#: Name of a kind, as formats give it → how its cells are read.
KINDS: Final[Mapping[str, Kind]] = {**_OF_ONE_VALUE, "liste": Several(_OF_ONE_VALUE)}
