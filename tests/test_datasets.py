"""Names of datasets: of a delivery, and of what a store holds."""

import shutil
from pathlib import Path

import pytest

from spnr_graph.catalogue import Source
from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import CONTRIBUTION_GRAPHS, IDENTITY_GRAPH
from spnr_graph.operations.datasets import dataset, names
from spnr_graph.render.report import render
from tests.commands import run
from tests.test_cli import TURTLE

ROOT = Path(__file__).parents[1]
HELD = {
    source.graph: source
    for source in (
        Source(graph=f"{CONTRIBUTION_GRAPHS}arnia/classeur", name="classeur"),
        Source(graph=f"{CONTRIBUTION_GRAPHS}hub/classeur", name="classeur"),
        Source(graph=f"{CONTRIBUTION_GRAPHS}hub/lieux", name="lieux"),
    )
}


def test_a_name_that_two_partners_chose_has_the_partner_before_it():
    assert list(names(HELD).values()) == ["arnia/classeur", "hub/classeur", "lieux"]


@pytest.mark.parametrize("name", ["lieux", "hub/lieux", "arnia/classeur"])
def test_a_dataset_is_found_with_or_without_its_partner(name):
    assert dataset(HELD, name).graph.endswith(name)


def test_a_name_of_two_datasets_is_a_question():
    with pytest.raises(DataError) as error:
        dataset(HELD, "classeur")

    assert error.value.text("fr") == (
        "Plusieurs jeux de données s'appellent « classeur ». Choisir : arnia/classeur, "
        "hub/classeur."
    )
    assert error.value.text("en") == (
        "Several datasets are called 'classeur'. Choose: arnia/classeur, hub/classeur."
    )


@pytest.mark.parametrize(("held", "end"), [(HELD, "lieux."), ({}, "rien.")])
def test_an_unknown_dataset_is_told_with_those_that_are_there(held, end):
    with pytest.raises(DataError) as error:
        dataset(held, "lieu")

    assert error.value.text("fr").endswith(end)
    assert ("Voulait-on dire lieux ?" in error.value.text("fr")) == bool(held)


def test_a_delivery_replaces_the_one_of_the_name_that_it_is_given(tmp_path):
    store = ("--store", str(tmp_path / "store"))
    first, second = tmp_path / "janvier.ttl", tmp_path / "mars.ttl"
    first.write_text(TURTLE, encoding="utf-8")
    second.write_text(TURTLE.replace("Atelier", "Grand atelier"), encoding="utf-8")
    words = ("--source", "essai", "--dataset", "ateliers")

    assert run(*store, "load", str(first), *words).exit_code == 0
    again = run(*store, "load", str(second), *words)
    info = run(*store, "info")
    exported = run(*store, "export", "--dataset", "essai/ateliers", "-f", "nquads")

    assert again.exit_code == 0
    assert "ateliers" in again.stdout
    assert [line.split()[0] for line in info.stdout.split("\n\n")[1].splitlines()] == [
        "source",
        "ateliers",
        "ontologie",
        "politique",
        "territoires",
    ]
    assert "Grand atelier d'essai" in exported.stdout
    assert "graph/contribution/essai/ateliers>" in exported.stdout
    assert IDENTITY_GRAPH not in run(*store, "info", "-f", "json").stdout


def test_a_report_names_columns_without_their_mark_and_leaves_tags_in_texts():
    report = Report.of(
        [
            Finding(
                source="classeur",
                severity=Severity.WARNING,
                focus="",
                shape="https://w3id.org/spnr/table#html",
                value='"<b>Nom</b>"',
                fr=f"Message {row}.",
                en=f"Message {row}.",
                sheet="acteurs",
                row=row,
                column="Nom *",
            )
            for row in (3, 4)
        ]
    )

    assert render(report, "text", lang="fr").decode() == (
        "2 avertissements dans 1 source\n\nclasseur\n"
        "  avertissement — colonne Nom\n"
        '    feuille acteurs, ligne 3, colonne Nom · "<b>Nom</b>" · Message 3.\n'
        '    feuille acteurs, ligne 4, colonne Nom · "<b>Nom</b>" · Message 4.\n'
    )


def test_names_in_a_report_are_in_the_language_of_the_reader(tmp_path):
    actors = tmp_path / "lieux.csv"
    shutil.copy(ROOT / "tests/fixtures/tables/scdl-subventions.csv", actors)
    store = ("--store", str(tmp_path / "store"))
    assert run(*store, "load", "ontologie").exit_code == 0
    words = ("load", str(actors), "--source", "essai", "--dry-run")

    french = run(*store, *words).stdout
    english = run(*store, "--lang", "en", *words).stdout

    assert (" : financeur." in french, ": funder." in english) == (True, True)
    assert "participation:" not in french.split("Rien")[0].split("ajoutée")[-1]
