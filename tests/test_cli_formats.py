"""``spnr formats``: the list, one explained, a file recognised."""

import json

import pytest

from tests import needs
from tests.commands import run
from tests.own_formats import HALLS, MAPPING, project


@pytest.fixture
def root(tmp_path):
    return str(project(tmp_path, salles=(HALLS, MAPPING)).root)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "salles.csv"
    path.write_text("Code,Étage,Nom\nS1,2,a\n", encoding="utf-8")
    return str(path)


def rows(result):
    document = json.loads(result.stdout)
    names = document["head"]["vars"]
    return [
        tuple(row.get(name, {}).get("value", "") for name in names)
        for row in document["results"]["bindings"]
    ]


def test_formats_are_listed(root):
    result = run("--root", root, "formats", "-f", "json")

    assert rows(result) == [("salles", "Salles", "5", "code")]
    assert "Recognised by" in run("--root", root, "--lang", "en", "formats").stdout


def test_a_format_is_explained_column_by_column(root):
    result = run("--root", root, "formats", "salles", "-f", "json")

    assert rows(result) == [
        ("code", "un code", "oui", "S-12", "dcterms:identifier", ""),
        ("Nom de la salle", "un nom", "non", "", "skos:prefLabel", ""),
        (
            "places",
            "un nombre entier, au moins 1, au plus 500",
            "non",
            "120",
            "dcterms:extent",
            "",
        ),
        ("usage", "un code, parmi réunion, spectacle", "non", "", "", ""),
        ("note", "n'est pas repris", "non", "", "", ""),
    ]


def test_an_explanation_names_the_sheet_and_speaks_english(tmp_path):
    package = {
        "title": "Classeur",
        "resources": [
            {
                "name": "salles",
                "schema": {
                    "fields": [
                        {
                            "name": "code",
                            "description": "Code.",
                            "description_en": "A code.",
                        }
                    ]
                },
            },
            {"name": "clés", "schema": {"fields": [{"name": "places"}]}},
        ],
    }
    mapping = MAPPING.replace("table:nom_de_la_salle", "table:places")
    root = str(project(tmp_path, classeur=(package, mapping)).root)

    result = run("--root", root, "--lang", "en", "formats", "classeur", "-f", "json")

    assert rows(result) == [
        ("salles", "code", "a text", "no", "", "dcterms:identifier", "A code."),
        ("clés", "places", "a text", "no", "", "dcterms:extent, skos:prefLabel", ""),
    ]


def test_the_mapping_is_shown(root):
    assert run("--root", root, "formats", "salles", "--show").stdout == (
        MAPPING.rstrip() + "\n"
    )
    result = run("--root", root, "formats", "--show")
    assert result.exit_code == 2
    assert "Quel format montrer ?" in result.stderr


def test_a_file_is_recognised_and_its_columns_told(root, table):
    result = run("--root", root, "formats", "--file", table, "-f", "json")

    assert result.exit_code == 0
    assert result.stderr == f"{table} : format salles, 2 colonnes connues sur 3.\n"
    assert rows(result) == [
        ("Code", "code", "connue"),
        ("Étage", "", "inconnue"),
        ("Nom", "Nom de la salle", "connue"),
        ("", "places", "absente"),
        ("", "usage", "absente"),
        ("", "note", "absente"),
    ]


def test_a_file_that_lacks_a_column_answers_no(root, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("codes,nom\nS1,a\n", encoding="utf-8")

    lacking = run("--root", root, "formats", "salles", "--file", str(path), "-f", "csv")

    assert lacking.exit_code == 1
    assert lacking.stdout.splitlines()[3] == "codes,code,manque"
    unknown = run("--root", root, "formats", "--file", str(path))
    assert unknown.exit_code == 2
    assert "il manque « code » (« codes » ?)" in unknown.stderr


def test_sheets_that_are_left_are_told(root, tmp_path):
    import zipfile

    path = tmp_path / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("salles.csv", "code,nom\nS1,a\n")
        archive.writestr("autre.csv", "x,y\n1,2\n")

    result = run("--root", root, "formats", "--file", str(path), "-f", "csv")

    assert "autre,,,feuille laissée\r\n".encode() in result.stdout_bytes


def test_an_unknown_format_or_file_is_said(root):
    result = run("--root", root, "formats", "salle")

    assert result.exit_code == 2
    assert "Voulait-on dire salles ?" in result.stderr
    assert run("--root", root, "formats", "--file", "absent.csv").exit_code == 2


def test_the_shipped_formats_are_listed_and_recognise_real_files():
    path = needs.realdata("mediation", "france-services-bfc-20221201.csv")

    assert "france-services" in run("formats").stdout
    assert (
        "format france-services, 23 colonnes"
        in run("formats", "--file", str(path)).stderr
    )
