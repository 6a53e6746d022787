"""Communes in a cell: ``commune`` (by code) and ``nom-commune`` (by name)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.areas import DEPARTEMENTS, departement_code
from spnr_graph.tables.kinds.postal import postal_code
from spnr_graph.tables.kinds.said import mended, nested, on_a_line, shown, wrong
from spnr_graph.tables.kinds.text import decode
from spnr_graph.tables.outcome import Outcome, Problem
from spnr_graph.tables.places import COMMUNE, FORMER, Place, departement_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.places import Places
    from spnr_graph.tables.sheets import Value

_CODE: Final = re.compile(r"(?:\d{2}|2[AB])\d{3}")
#: Codes of the arrondissements of Paris, Lyon and Marseille → that of the commune.
_ARRONDISSEMENTS: Final = {
    **{str(code): "75056" for code in range(75101, 75121)},
    **{str(code): "69123" for code in range(69381, 69390)},
    **{str(code): "13055" for code in range(13201, 13217)},
}


@dataclass(frozen=True)
class CommuneCode:
    """An INSEE code, followed to the commune of today."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the code of today, with the commune and its name."""
        if refused := nested(value):
            return refused
        code, problems = insee_code(value)
        if not code:
            return _no_code(value)
        place = context.places.commune(_ARRONDISSEMENTS.get(code, code))
        if place:
            return _found(place, place.code, (*problems, *_followed(code, place)))
        departement = departement_of(code)
        if context.places.covers(departement) or departement not in DEPARTEMENTS:
            return _unknown_code(value)
        outside = _not_described(value)
        return Outcome(terms=(("", terms.text(code)),), problems=(*problems, outside))


@dataclass(frozen=True)
class CommuneName:
    """A name of a commune, with the neighbours that say which one it is.

    The options ``code_insee``, ``departement`` and ``code_postal`` name the columns
    that help. A longer name is taken only when it is the one of its department that
    holds the words written, and it is said.
    """

    alone: bool = False

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the name as received, with the commune."""
        if refused := nested(value):
            return refused
        name, told = decode(on_a_line(value))
        help_ = {
            option: row.get(str(field.options[option]))
            for option in ("code_insee", "departement", "code_postal")
            if option in field.options
        }
        place = _by_code(help_.get("code_insee"), context.places)
        if place:
            return _found(place, name, told)
        departement = _departement(help_, context.places)
        outcome = _by_name(name, departement, context.places)
        return replace(outcome, problems=(*told, *outcome.problems))


def insee_code(value: Value) -> tuple[str, tuple[Problem, ...]]:
    """Return the INSEE code of a commune that a cell writes, or ``""``.

    Example:
        >>> insee_code("2a004")[0], insee_code(1004.0)[0], insee_code("Dijon")[0]
        ('2A004', '01004', '')
    """
    written = re.sub(r"[.,]0+$", "", on_a_line(value)).upper()
    code = re.sub(r"\s", "", written)
    if re.fullmatch(r"\d{4}", code):
        problem = mended(
            "insee-leading-zero",
            fr=f"Code INSEE « {shown(value)} » lu 0{code} : le zéro du début était "
            "perdu. Mettre la colonne au format Texte.",
            en=f"INSEE code '{shown(value)}' read as 0{code}: its leading zero was "
            "lost. Give the column the format Text.",
        )
        return f"0{code}", (problem,)
    return (code, ()) if _CODE.fullmatch(code) else ("", ())


def _by_code(value: Value, places: Places) -> Place | None:
    code = insee_code(value)[0] if isinstance(value, str | int | float) else ""
    return places.commune(_ARRONDISSEMENTS.get(code, code)) if code else None


def _departement(help_: Mapping[str, Value], places: Places) -> str:
    """Return the code of the department that the neighbours of a name say."""
    if code := departement_code(help_.get("departement"), places):
        return code
    postal = postal_code(help_.get("code_postal"))[0]
    return departement_of(postal) if postal else ""


def _by_name(name: str, departement: str, places: Places) -> Outcome:
    found = places.named(COMMUNE, name, departement=departement)
    present = {place.iri: place for each in found if (place := places.present(each))}
    if len(present) == 1:
        place = next(iter(present.values()))
        former = found[0].level == FORMER
        return _found(place, name, (_renamed(name, place),) if former else ())
    if present:
        return _several(name, list(present.values()))
    longer = places.longer(name, departement)
    if len(longer) == 1:
        return _found(longer[0], name, (_lengthened(name, longer[0]),))
    if longer:
        return _several(name, longer)
    if departement and not places.covers(departement):
        outside = _not_described(name)
        return Outcome(terms=(("", terms.text(name)),), problems=(outside,))
    elsewhere = places.named(COMMUNE, name) if departement else []
    return _unknown_name(name, elsewhere or places.nearest(name, departement))


def _found(place: Place, value: str, problems: tuple[Problem, ...]) -> Outcome:
    return Outcome(
        terms=(
            ("", terms.text(value)),
            (".territoire", terms.iri(place.iri)),
            (".nom", terms.text(place.name)),
        ),
        problems=problems,
    )


def _followed(code: str, place: Place) -> tuple[Problem, ...]:
    """Tell of a code that is no longer that of a commune."""
    if code == place.code:
        return ()
    problem = mended(
        "commune-replaced",
        fr=f"Code INSEE {code} : ancienne commune ou arrondissement, aujourd'hui "
        f"{place.shown()}. Mettre le code à jour.",
        en=f"INSEE code {code}: a former commune or an arrondissement, today "
        f"{place.shown()}. Update the code.",
    )
    return (problem,)


def _renamed(name: str, place: Place) -> Problem:
    return mended(
        "commune-replaced",
        fr=f"« {shown(name)} » est une ancienne commune, aujourd'hui {place.shown()}.",
        en=f"'{shown(name)}' is a former commune, today {place.shown()}.",
    )


def _lengthened(name: str, place: Place) -> Problem:
    return mended(
        "commune-lengthened",
        fr=f"« {shown(name)} » lu {place.shown()}, seule commune du département dont "
        "le nom contient ces mots. Écrire le nom entier.",
        en=f"'{shown(name)}' read as {place.shown()}, the only commune of the "
        "department whose name holds these words. Write the whole name.",
    )


def _not_described(value: Value) -> Problem:
    return mended(
        "territory-not-described",
        fr=f"« {shown(value)} » est hors des territoires décrits : gardé sans lien.",
        en=f"'{shown(value)}' is outside the territories described: kept without link.",
    )


def _several(name: str, places: Sequence[Place]) -> Outcome:
    listed = [place.shown() for place in sorted(places, key=lambda p: p.code)]
    return wrong(
        "commune-ambiguous",
        fr=f"« {shown(name)} » peut être {' ou '.join(listed)}. Écrire le nom "
        "entier ou le code INSEE.",
        en=f"'{shown(name)}' may be {' or '.join(listed)}. Write the whole name or "
        "the INSEE code.",
    )


def _unknown_name(name: str, near: Sequence[Place]) -> Outcome:
    listed = ", ".join(place.shown() for place in near[:5])
    return wrong(
        "commune-unknown",
        fr=f"« {shown(name)} » n'est pas une commune connue à cet endroit. "
        + (f"Voulait-on dire : {listed} ?" if near else "Donner le code INSEE."),
        en=f"'{shown(name)}' is no known commune of that place. "
        + (f"Did you mean: {listed}?" if near else "Give the INSEE code."),
    )


def _unknown_code(value: Value) -> Outcome:
    return wrong(
        "insee-unknown",
        fr=f"Code INSEE « {shown(value)} » : aucune commune ne le porte ni ne l'a "
        "porté. Vérifier que ce n'est pas un code postal ; exemple : 21231 (Dijon).",
        en=f"INSEE code '{shown(value)}': no commune bears or bore it. Check that it "
        "is no postal code; example: 21231 (Dijon).",
    )


def _no_code(value: Value) -> Outcome:
    return wrong(
        "insee-form",
        fr=f"« {shown(value)} » n'est pas un code INSEE : cinq caractères, par exemple "
        "21231 ou 2A004.",
        en=f"'{shown(value)}' is no INSEE code: five characters, for example 21231 or "
        "2A004.",
    )
