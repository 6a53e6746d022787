"""Invented formats of tables: a folder of formats, sheets, and what reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from spnr_graph.project import Project
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.kinds import Context
from spnr_graph.tables.places import Places
from spnr_graph.tables.sheets import Sheet

if TYPE_CHECKING:
    from pathlib import Path

#: A format of one table: the halls of an invented valley.
HALLS = {
    "title": "Salles",
    "title_en": "Halls",
    "source": "https://exemple.fr/salles",
    "primaryKey": ["code"],
    "fields": [
        {
            "name": "code",
            "kind": "identifiant",
            "type": "string",
            "example": "S-12",
            "constraints": {"required": True},
        },
        {
            "name": "Nom de la salle",
            "kind": "nom",
            "aliases": ["Nom", "Raison sociale"],
        },
        {
            "name": "places",
            "kind": "entier",
            "type": "integer",
            "example": 120,
            "constraints": {"minimum": 1, "maximum": 500},
        },
        {
            "name": "usage",
            "kind": "identifiant",
            "type": "string",
            "constraints": {"enum": ["réunion", "spectacle"]},
        },
        {"name": "note", "kind": "ignore"},
    ],
}
MAPPING = """
PREFIX initiative: <https://w3id.org/spnr/id/initiative/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX table: <https://w3id.org/spnr/table#>
CONSTRUCT {
  ?salle dcterms:identifier ?code ; skos:prefLabel ?nom ; dcterms:extent ?places ;
    dcterms:source ?source .
} WHERE {
  table:this table:partner ?partenaire ; table:source ?source .
  ?ligne table:code ?code ; table:code.slug ?court .
  OPTIONAL { ?ligne table:nom_de_la_salle ?nom }
  OPTIONAL { ?ligne table:places ?places }
  BIND(IRI(CONCAT(STR(initiative:), ?partenaire, "-", ?court)) AS ?salle) # la salle
}
"""
GRAPH = "https://w3id.org/spnr/graph/contribution/essai/salles"
CONTEXT = Context(places=Places([]), partner="essai", concepts=Concepts([]))


def project(root: Path, **files: tuple[Any, str]) -> Project:
    """Return a project whose formats are (descriptor, mapping) by name."""
    for folder in ("ontology", "data", "queries/mappings"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, (descriptor, mapping) in files.items():
        file = root / "queries" / "mappings" / name
        text = descriptor if isinstance(descriptor, str) else json.dumps(descriptor)
        file.with_suffix(".json").write_text(text, encoding="utf-8")
        file.with_suffix(".rq").write_text(mapping, encoding="utf-8")
    return Project(root)


def sheet(*rows: tuple[Any, ...], name: str = "") -> Sheet:
    """Return a sheet: titles first, then rows numbered from 2."""
    return Sheet(
        name=name,
        columns=rows[0],
        header_row=1,
        rows=iter(list(enumerate(rows[1:], 2))),
    )
