"""Where the content is: the shipped project, another one, and what can be missing."""

import shutil

import pytest

from spnr_graph.errors import DataError, QueryError
from spnr_graph.project import open_project, query_text

CATALOGUE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/spnr/graph/contribution/a/b> a dcat:Dataset ;
    dcterms:identifier "b" ;
    dcterms:title "Le jeu b"@fr , "Dataset b"@en ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/local-a-a> ;
    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;
    dcat:distribution <https://w3id.org/spnr/graph/contribution/a/b/fichier> .
<https://w3id.org/spnr/graph/contribution/a/b/fichier> a dcat:Distribution ;
    dcat:downloadURL <file:data/b.ttl> .
"""


@pytest.fixture
def elsewhere(tmp_path):
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "data" / "catalogue.ttl").write_text(CATALOGUE)
    return tmp_path


def test_the_shipped_project_has_its_parts():
    project = open_project()

    assert len(project.queries) >= 40
    assert [name for name, _ in project.rules()] == ["R1", "R2", "R3", "R4", "R5"]
    assert "sh:NodeShape" in project.shapes_text()
    assert project.context_text().lstrip().startswith("{")


def test_the_shipped_catalogue_has_four_datasets_references_first():
    datasets = open_project().datasets

    assert set(datasets) == {"ontologie", "politique", "territoires", "recensement"}
    assert list(datasets)[-1] == "recensement"
    for dataset in datasets.values():
        assert dataset.licence
        assert dataset.publisher
        assert all(path.is_file() for path in dataset.files), dataset.name


def test_another_project_is_read_from_its_folder(elsewhere):
    dataset = open_project(elsewhere).datasets["b"]

    assert dataset.files == (elsewhere / "data" / "b.ttl",)
    assert dataset.title("en") == "Dataset b"
    assert dataset.title("xx") in {"Le jeu b", "Dataset b"}
    assert len(dataset.description) == 9


def test_the_environment_names_the_project(elsewhere, monkeypatch):
    monkeypatch.setenv("SPNR_ROOT", str(elsewhere))

    assert open_project().root == elsewhere


def test_a_folder_without_content_is_said(tmp_path):
    (tmp_path / "data").mkdir()

    with pytest.raises(DataError, match=r"ontology/, queries/ missing") as caught:
        open_project(tmp_path)

    assert "il manque ontology/, queries/" in caught.value.fr


def test_a_dataset_without_a_name_is_said(elsewhere):
    text = CATALOGUE.replace('dcterms:identifier "b" ;', "")
    (elsewhere / "data" / "catalogue.ttl").write_text(text)

    with pytest.raises(DataError, match="dcterms:identifier is missing"):
        _ = open_project(elsewhere).datasets


def test_a_broken_catalogue_is_said(elsewhere):
    (elsewhere / "data" / "catalogue.ttl").write_text("<a> <b> ")

    with pytest.raises(DataError, match=r"catalogue\.ttl is not valid Turtle"):
        _ = open_project(elsewhere).datasets


def test_a_missing_catalogue_is_said(elsewhere):
    shutil.rmtree(elsewhere / "data")
    (elsewhere / "data").mkdir()

    with pytest.raises(DataError, match="cannot be read"):
        _ = open_project(elsewhere).datasets


def test_an_unknown_query_suggests_the_nearest():
    name = next(iter(open_project().queries))

    with pytest.raises(QueryError) as caught:
        query_text(name[:-1])

    assert name in caught.value.en
    assert "spnr query --list" in caught.value.fr
