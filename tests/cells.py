"""A cell read by a kind, told in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.formats import Field
from spnr_graph.tables.kinds import KINDS, Context
from spnr_graph.tables.places import Places

TERRITORY = PREFIXES["territoire"]
VOC = PREFIXES["voc"]
SKOS = PREFIXES["skos"]


def commune(code: str, name: str) -> tuple[str | None, ...]:
    """Return a row of the territories: a commune of today."""
    return (f"{TERRITORY}com-{code}", "commune", code, name, None)


def former(code: str, name: str | None, after: str) -> tuple[str | None, ...]:
    """Return a row of the territories: a former commune."""
    successor = f"{TERRITORY}com-{after}"
    return (f"{TERRITORY}com-{code}", "ancienne", code, name, successor)


#: Invented names under codes of two departments, in the forms that cause trouble.
PLACES = Places(
    [
        (f"{TERRITORY}reg-27", "region", "27", "Bourgogne-Franche-Comté", None),
        (f"{TERRITORY}dep-21", "departement", "21", "Côte-d'Or", None),
        (f"{TERRITORY}dep-58", "departement", "58", "Nièvre", None),
        (f"{TERRITORY}epci-732829320", "epci", "732829320", "CC du Val Clair", None),
        (
            f"{TERRITORY}epci-732829320",
            "epci",
            "732829320",
            "Communauté de communes du Val Clair",
            None,
        ),
        (f"{TERRITORY}epci-200000925", "epci", "200000925", "CA du Haut Pré", None),
        (f"{TERRITORY}epci-200010650", "epci", "200010650", "CC du Haut Pré", None),
        commune("21001", "Saint-Aubin-lès-Prés"),
        commune("21002", "L'Orme-sur-Ouche"),
        commune("21003", "Valmont"),
        commune("21004", "Orme"),
        commune("58001", "Valmont"),
        commune("58002", "Bellerive-Cours-sur-Loire"),
        commune("58003", "Château-Noir (Ville)"),
        commune("58004", "Château-Noir (Campagne)"),
        commune("58005", "Le Pré-Vert"),
        former("21050", "Vieuxbourg", "21003"),
        former("21051", None, "21050"),
        former("21003", "Valmont-le-Bas", "21001"),
        former("21060", "Boucle", "21061"),
        former("21061", "Boucle", "21060"),
        former("21062", "Perdue", "99999"),
    ]
)
CONCEPTS = Concepts(
    [
        (f"{VOC}role", f"{VOC}role/financeur", f"{SKOS}prefLabel", "financeur", "fr"),
        (f"{VOC}role", f"{VOC}role/financeur", f"{SKOS}prefLabel", "funder", "en"),
        (f"{VOC}role", f"{VOC}role/financeur", f"{SKOS}notation", "RO3", ""),
        (f"{VOC}role", f"{VOC}role/porteur", f"{SKOS}prefLabel", "porteur", "fr"),
        (f"{VOC}role", f"{VOC}role/porteur", f"{SKOS}altLabel", "pilote", "fr"),
    ]
)
CONTEXT = Context(places=PLACES, partner="test", concepts=CONCEPTS)

Told = tuple[list[tuple[str, str]], list[str]]


def read(
    kind: str,
    value: Any,
    row: Mapping[str, Any] | None = None,
    **options: Any,
) -> Told:
    """Return the terms of a cell, shortened, and the rules of what was told.

    A rule is marked ``!`` when the format decides how bad it is, ``?`` when the value
    was left out for the sake of persons.
    """
    field = Field(name="colonne", kind=kind, options=options)
    outcome = KINDS[kind].read(value, field, row or {}, CONTEXT)
    marks = {None: "!", Severity.WARNING: "?", Severity.INFO: ""}
    for problem in outcome.problems:
        assert problem.fr.endswith((".", "?"))
        assert problem.en.endswith((".", "?"))
    return (
        [(suffix, _short(term)) for suffix, term in outcome.terms],
        [f"{marks[each.severity]}{each.rule}" for each in outcome.problems],
    )


def said(kind: str, value: Any, **options: Any) -> list[tuple[str, str]]:
    """Return the messages of a cell, in French and in English."""
    row = options.pop("row", {})
    field = Field(name="colonne", kind=kind, options=options)
    outcome = KINDS[kind].read(value, field, row, CONTEXT)
    return [(problem.fr, problem.en) for problem in outcome.problems]


def _short(term: str) -> str:
    """Return a plain string as it is, another literal with ``^^name``, an IRI short."""
    for prefix in ("xsd", "territoire", "acteur", "voc"):
        term = term.replace(f"<{PREFIXES[prefix]}", f"<{prefix}:")
    if term.endswith('"'):
        return term[1:-1]
    value, _, datatype = term.rpartition("^^")
    return f"{value[1:-1]}^^{datatype[5:-1]}" if value else term[1:-1]
