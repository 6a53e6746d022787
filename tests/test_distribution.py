"""Distributions of the catalogue: files, addresses, endpoints, and their mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from spnr_graph.distribution import Distribution
from spnr_graph.errors import DataError
from spnr_graph.project import Dataset, open_project

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix every: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix table: <https://w3id.org/spnr/table/> .
@prefix : <https://w3id.org/spnr/graph/contribution/a/b#> .
"""
DATASET = """<https://w3id.org/spnr/graph/contribution/a/b> a dcat:Dataset ;
    dcterms:identifier "b" ; dcterms:publisher <https://w3id.org/spnr/id/acteur/a> ;
    dcterms:accrualPeriodicity every:DAILY ;
    dcat:distribution """
PARTS = """
:lieux dcat:downloadURL <https://exemple.invalid/lieux.csv> ;
    dcterms:title "Places"@en , "Lieux"@fr ;
    dcterms:conformsTo table:lieux , <https://exemple.invalid/norme> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
    spdx:checksum :somme .
:somme spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "%s" .
:acteurs dcat:downloadURL <file:data/./acteurs%%20b.ttl> .
:sparql dcat:accessURL <http://exemple.invalid:8890/sparql> ;
    spnr:construct <file:queries/b.rq> .
"""
TEXT = "CONSTRUCT WHERE { ?s ?p ?o }\n"
#: What a distribution says → what is wrong with it, and the mend.
MISTAKES = {
    "dcterms:title 'vide'": "neither dcat:downloadURL (file or address) nor",
    "dcat:accessURL <https://e.invalid/sparql>": "neither dcat:downloadURL",
    "dcat:downloadURL <https://e.invalid/1> , <https://e.invalid/2>": "Keep only one",
    "dcat:downloadURL <ftp://e.invalid/x.csv>": "is no address. Write <https://…>",
    "dcat:downloadURL <https:x.csv>": "is no address. Write <https://…>",
    "dcat:downloadURL <https://e.invalid:99999/x.csv>": "is no address. Write",
    "dcat:downloadURL <https://moi:secret@e.invalid/x.csv>": "holds credentials",
    "dcat:downloadURL <file:///etc/passwd>": "leaves the project",
    "dcat:downloadURL <FILE:../x.csv>": "leaves the project",
    "dcat:downloadURL <file:data/../../x.csv>": "leaves the project",
    "dcat:downloadURL <file:%2Fetc/passwd>": "leaves the project",
    "dcat:downloadURL <file:.>": "leaves the project",
    "spnr:construct <file:queries/b.rq>": "dcat:accessURL, the address of the SPARQL",
    "dcat:accessURL <urn:x> ; spnr:construct <file:queries/b.rq>": "is no address",
    "dcat:accessURL <http://e.invalid/> ; spnr:construct <http://e.invalid/b.rq>": (
        "is no file of the project"
    ),
    "dcat:accessURL <http://e.invalid/> ; spnr:construct <file:queries/no.rq>": (
        "cannot be read"
    ),
    "dcat:downloadURL <file:x> ; dcterms:conformsTo <https://w3id.org/spnr/table/a> , "
    "<https://w3id.org/spnr/table/b>": "2 formats of table. Keep only one",
    "dcat:downloadURL <file:x> ; spdx:checksum :somme": "gives no SHA-256 digest",
}


def write(root: Path, text: str) -> None:
    for name in ("ontology", "data", "queries"):
        (root / name).mkdir(exist_ok=True)
    (root / "queries" / "b.rq").write_text(TEXT)
    catalogue = PREFIXES + DATASET + text
    (root / "data" / "catalogue.ttl").write_text(catalogue, encoding="utf-8")


def dataset(root: Path, text: str) -> Dataset:
    write(root, text)
    return open_project(root).datasets["b"]


def test_a_dataset_may_be_had_in_several_places(tmp_path: Path) -> None:
    found = dataset(tmp_path, ":lieux , :acteurs , :sparql ." + PARTS % ("A" * 64))

    base = "https://w3id.org/spnr/graph/contribution/a/b#"
    assert set(found.distributions) == {
        Distribution(
            iri=f"{base}lieux",
            title="Lieux",
            kind="address",
            location="https://exemple.invalid/lieux.csv",
            format="lieux",
            media_type="text/csv",
            sha256="a" * 64,
        ),
        Distribution(
            iri=f"{base}acteurs",
            title="acteurs",
            kind="file",
            location=str(tmp_path / "data" / "acteurs b.ttl"),
        ),
        Distribution(
            iri=f"{base}sparql",
            title="sparql",
            kind="endpoint",
            location="http://exemple.invalid:8890/sparql",
            construct=TEXT,
        ),
    }
    assert found.files == (tmp_path / "data" / "acteurs b.ttl",)
    assert found.frequency.endswith("/DAILY")
    assert {d.name for d in found.distributions} == {
        "lieux.csv", "acteurs b.ttl", "sparql",
    }  # fmt: skip
    assert len(list(found.description.subjects(unique=True))) == 5


@pytest.mark.parametrize("said", MISTAKES, ids=lambda said: said[:50])
def test_a_mistake_is_said_with_its_dataset_its_distribution_and_its_mend(
    said: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        dataset(tmp_path, f":x . :x {said} .")

    where = "distribution https://w3id.org/spnr/graph/contribution/a/b#x"
    assert caught.value.en.startswith(f"data/catalogue.ttl, dataset 'b', {where}: ")
    assert caught.value.fr.startswith(f"data/catalogue.ttl, jeu « b », {where} : ")
    assert MISTAKES[said] in caught.value.en
    assert "secret" not in caught.value.en + caught.value.fr


@pytest.mark.parametrize("value", ["12", "zz" * 32], ids=["short", "no-digits"])
def test_a_checksum_that_is_none_is_said(value: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="gives no SHA-256 digest"):
        dataset(tmp_path, ":lieux ." + PARTS % value)


def test_a_dataset_without_a_distribution_is_said(tmp_path: Path) -> None:
    write(tmp_path, "<urn:x> .")
    path = tmp_path / "data" / "catalogue.ttl"
    text = path.read_text(encoding="utf-8").replace("dcat:distribution <urn:x>", "")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match="dcat:distribution is missing"):
        _ = open_project(tmp_path).datasets
