"""Departments, regions and intermunicipal bodies in a cell, by code or by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import identifiers
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import mended, nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome
from spnr_graph.tables.places import DEPARTEMENT, EPCI, REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.places import Place, Places
    from spnr_graph.tables.sheets import Value

#: Codes of departments and of the collectivities overseas.
DEPARTEMENTS: Final = frozenset(
    {f"{n:02}" for n in range(1, 96) if n != 20}
    | {"2A", "2B"}
    | {str(n) for n in (*range(971, 979), *range(984, 990))}
)
#: Codes of the regions since 2016.
REGIONS: Final = frozenset(
    {"01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75",
     "76", "84", "93", "94"}
)  # fmt: skip
#: Level → (what it is called in French, in English, an example).
_CALLED: Final = {
    DEPARTEMENT: ("un département", "a department", "21 ou Côte-d'Or"),
    REGION: ("une région", "a region", "27 ou Bourgogne-Franche-Comté"),
    EPCI: (
        "une intercommunalité",
        "an intermunicipal body",
        "200000925, son SIREN, ou son nom",
    ),
}


@dataclass(frozen=True)
class Area:
    """A territory of one level above the communes.

    Attributes:
        level: ``DEPARTEMENT``, ``REGION`` or ``EPCI``.
    """

    level: str
    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the code, with the territory when it is described."""
        if refused := nested(value):
            return refused
        code = _code(value, self.level)
        place = context.places.get(self.level, code)
        named = [place] if place else _named(value, self.level, context.places)
        if len(named) == 1:
            return Outcome(
                terms=(
                    ("", terms.text(named[0].code)),
                    (".territoire", terms.iri(named[0].iri)),
                )
            )
        if code:
            problem = mended(
                "territory-not-described",
                fr=f"« {shown(value)} » est hors des territoires décrits : gardé sans "
                "lien.",
                en=f"'{shown(value)}' is outside the territories described: kept "
                "without link.",
            )
            return Outcome(terms=(("", terms.text(code)),), problems=(problem,))
        return _none(value, self.level, named)


def departement_code(value: Value, places: Places) -> str:
    """Return the code of the department that a cell names; ``""`` when it is none."""
    if value is None or isinstance(value, list | dict):
        return ""
    if code := _code(value, DEPARTEMENT):
        return code
    named = places.named(DEPARTEMENT, on_a_line(value))
    return named[0].code if len(named) == 1 else ""


def _code(value: Value, level: str) -> str:
    """Return the code that a cell writes, if it can be one of that level."""
    written = re.sub(r"[.,]0+$", "", on_a_line(value)).upper()
    if level == EPCI:
        return identifiers.siren(value).text
    code = written.zfill(2)
    return code if code in (REGIONS if level == REGION else DEPARTEMENTS) else ""


def _named(value: Value, level: str, places: Places) -> list[Place]:
    """Return the places that a name names, each once."""
    found = places.named(level, on_a_line(value))
    return list({place.iri: place for place in found}.values())


def _none(value: Value, level: str, named: list[Place]) -> Outcome:
    fr, en, example = _CALLED[level]
    if named:
        listed = [place.shown() for place in named]
        return wrong(
            f"{level}-ambiguous",
            fr=f"« {shown(value)} » peut être {' ou '.join(listed)}. Donner le code.",
            en=f"'{shown(value)}' may be {' or '.join(listed)}. Give the code.",
        )
    return wrong(
        f"{level}-unknown",
        fr=f"« {shown(value)} » n'est pas {fr} connu{'e' if fr[:3] == 'une' else ''}. "
        f"Écrire par exemple {example}.",
        en=f"'{shown(value)}' is not {en} that is known. Write for example {example}.",
    )
