"""A territory of any level in a cell, by its code or by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.outcome import Outcome, Problem
from spnr_graph.tables.places import COMMUNE, DEPARTEMENT, EPCI, REGION, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.places import Places
    from spnr_graph.tables.sheets import Value

#: ``dep-21`` alone, behind a name (``Côte-d'Or (dep-21)``), or as the graph says it.
_SHORT: Final = re.compile(
    r"(?:.*\()?(?:territoire:)?((?:pays|reg|dep|epci|com|zone)-[a-z0-9-]+)\)?",
    re.DOTALL | re.IGNORECASE,
)
#: What a bare code looks like, level by level; a name never does.
_CODES: Final = (
    (re.compile(r"[0-9]{9}"), EPCI),
    (re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}", re.IGNORECASE), COMMUNE),
    (re.compile(r"[0-9]{2,3}|2[AB]", re.IGNORECASE), DEPARTEMENT),
)
_NAMED: Final = (REGION, DEPARTEMENT, EPCI, COMMUNE)
_SHOWN: Final = 5


@dataclass(frozen=True)
class Territory:
    """A commune, an intermunicipal body, a department, a region or a zone."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the text and ``.territoire``, the IRI of the territory."""
        told = " ".join(str(value).split())
        if found := _SHORT.fullmatch(told):
            return _kept(told, PREFIXES["territoire"] + _spelt(found[1]))
        places = _places(told, context.places)
        if len(places) == 1:
            return _kept(told, places[0].iri)
        return Outcome(problems=(_several(told, places) if places else _none(told),))


def _spelt(code: str) -> str:
    """Return a short code as IRIs spell it: capitals only in codes of Corsica."""
    level, _, rest = code.lower().partition("-")
    return f"{level}-{rest.upper() if level in {'dep', 'com'} else rest}"


def short(iri: str) -> str:
    """Return the code that ``territoire`` reads back: ``dep-21``."""
    return iri.removeprefix(PREFIXES["territoire"])


def _kept(told: str, iri: str) -> Outcome:
    return Outcome(terms=(("", terms.text(told)), (".territoire", terms.iri(iri))))


def _places(told: str, places: Places) -> list[Place]:
    for pattern, level in _CODES:
        if pattern.fullmatch(told):
            if level == COMMUNE:
                found = places.commune(told.upper())
            else:
                found = places.get(level, told.upper())
            return [found] if found else []
    named = {
        (each.iri, each.name): each
        for level in _NAMED
        for each in places.named(level, told)
    }
    return list(named.values())


def _several(told: str, places: list[Place]) -> Problem:
    shown = [f"{place.name} ({short(place.iri)})" for place in places[:_SHOWN]]
    return Problem(
        rule="territoire-ambigu",
        fr=f"Plusieurs territoires s'appellent « {told} ». Écrire lequel : "
        f"{' ou '.join(shown)}.",
        en=f"Several territories are called '{told}'. Write which one: "
        f"{' or '.join(shown)}.",
    )


def _none(told: str) -> Problem:
    return Problem(
        rule="territoire-inconnu",
        fr=f"Aucun territoire connu ne s'appelle « {told} ». Vérifier le nom, ou "
        "écrire le code : 21231 pour une commune, dep-21 pour un département, reg-27 "
        "pour une région.",
        en=f"No known territory is called '{told}'. Check the name, or write the code: "
        "21231 for a municipality, dep-21 for a department, reg-27 for a region.",
    )
