"""A small project that knows two invented formats: halls, and the communes of a valley.

Its catalogue names the ontology alone, so that a loading takes a second.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

from tests.commands import run

ROOT = Path(__file__).parents[1]
CATALOGUE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/spnr/graph/reference/ontologie> a dcat:Dataset ;
    dcterms:identifier "ontologie" ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/equipe> ;
    dcterms:license <https://spdx.org/licenses/CC-BY-4.0> ;
    dcat:distribution <urn:spnr:o>, <urn:spnr:t> .
<urn:spnr:o> dcat:downloadURL <file:ontology/spnr.ttl> .
<urn:spnr:t> dcat:downloadURL <file:ontology/voc/type-acteur.ttl> .
"""
HALLS = {
    "title": "Salles",
    "title_en": "Halls",
    "primaryKey": ["code"],
    "fields": [
        {"name": "code", "kind": "identifiant", "constraints": {"required": True}},
        {"name": "nom", "kind": "nom", "constraints": {"required": True}},
        {"name": "siren", "kind": "siren"},
        {"name": "genre", "kind": "concept", "scheme": "type-acteur"},
        {"name": "commune", "kind": "commune"},
        {"name": "courriel", "kind": "courriel"},
    ],
}
HALLS_MAPPING = """
PREFIX acteur: <https://w3id.org/spnr/id/acteur/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spnr: <https://w3id.org/spnr/def#>
PREFIX table: <https://w3id.org/spnr/table#>
CONSTRUCT {
  ?salle a spnr:Actor ; skos:prefLabel ?nom_fr ; org:classification ?genre ;
    spnr:siren ?siren ; dcterms:spatial ?commune .
} WHERE {
  table:this table:partner ?partenaire .
  ?ligne table:code.slug ?code ; table:nom ?nom .
  OPTIONAL { ?ligne table:genre.concept ?genre }
  OPTIONAL { ?ligne table:siren ?siren }
  OPTIONAL { ?ligne table:commune.territoire ?commune }
  BIND(IRI(CONCAT(STR(acteur:), "local-", ?partenaire, "-", ?code)) AS ?salle)
  BIND(STRLANG(?nom, "fr") AS ?nom_fr)
}
"""
COMMUNES = {
    "title": "Communes",
    "territories": True,
    "primaryKey": ["code"],
    "fields": [
        {"name": "code", "kind": "identifiant", "constraints": {"required": True}},
        {"name": "libelle", "kind": "nom", "constraints": {"required": True}},
    ],
}
COMMUNES_MAPPING = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX igeo: <http://rdf.insee.fr/def/geo#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX table: <https://w3id.org/spnr/table#>
PREFIX territoire: <https://w3id.org/spnr/id/territoire/>
CONSTRUCT {
  ?commune a dcterms:Location, igeo:Commune ; dcterms:identifier ?code ;
    skos:prefLabel ?nom_fr .
} WHERE {
  ?ligne table:code ?code ; table:libelle ?nom .
  BIND(IRI(CONCAT(STR(territoire:), "com-", ?code)) AS ?commune)
  BIND(STRLANG(?nom, "fr") AS ?nom_fr)
}
"""


class Place:
    """The project, a folder of deliveries and a store, below a folder of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "project"
        self.store = str(folder / "entrepot")
        self.run = partial(run, "--root", str(self.root), "--store", self.store)

    def write(self, name: str, content: str | bytes) -> str:
        """Write a delivery; return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def held(self) -> bytes:
        """Return every byte of content that the store holds."""
        result = self.run("export", "-f", "nquads")
        assert result.exit_code == 0, result.stderr
        return result.stdout_bytes

    def quarantined(self) -> list[str]:
        """Return the files in quarantine, without the digests in their paths."""
        kept = self.folder / "quarantaine"
        found = (each.relative_to(kept) for each in kept.rglob("*") if each.is_file())
        return sorted(f"{each.parts[0]}/{each.name}" for each in found)


def project(root: Path) -> Path:
    """Write the project."""
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copytree(ROOT / "queries", root / "queries")
    mappings = root / "queries" / "mappings"
    shutil.rmtree(mappings)
    for name, descriptor, mapping in (
        ("salles", HALLS, HALLS_MAPPING),
        ("communes", COMMUNES, COMMUNES_MAPPING),
    ):
        (mappings / name).parent.mkdir(exist_ok=True)
        (mappings / f"{name}.json").write_text(json.dumps(descriptor), encoding="utf-8")
        (mappings / f"{name}.rq").write_text(mapping, encoding="utf-8")
    (root / "data").mkdir()
    (root / "data" / "catalogue.ttl").write_text(CATALOGUE, encoding="utf-8")
    return root
