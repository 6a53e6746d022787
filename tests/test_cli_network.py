"""``spnr network``: every verb in every format, both languages, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date

import openpyxl
import pytest

import spnr_graph
from spnr_graph.measures import definitions
from spnr_graph.render.cells import is_number, width
from spnr_graph.store import open_store
from tests import networks
from tests.commands import run

#: Every verb, with what it needs.
VERBS = (
    "summary",
    "actors",
    "communities",
    "communities --members",
    "resilience",
    "resilience --of funders",
    "resilience --of sources",
    "resilience --curve",
    "coverage",
    "coverage --blank",
    "coverage --level region --by axis --by audience",
    "proposals",
    "proposals --groups",
    "path ada dan",
    "compare 2016-01-01 2022-01-01",
    "measures",
)
LANGUAGES = ("fr", "en")
#: What no answer may hold: leaks of the machine.
LEAKS = re.compile(r"\b(nan|NaN|inf|Infinity|None|Traceback|Warning)\b")
#: What nobody writes: French articles unelided, doubled words, one thing in the plural.
CLUMSY = re.compile(
    r"\b(de|le|la|que) [ÀÂÉÈÊÎÔÛaeéèêiîouyAEIOUY]\w+|\b(\w+) \2\b|"
    r"\b1 (acteurs|liens|initiatives|départements|communautés|axes|lignes|rows|"
    r"actors|links|ways|chaînes|étapes)\b|\d\.\d[^\n]* %"
)
#: Words that begin with a vowel and take no elision.
ASPIRATED = ("onze", "oui", "yaourt")


@pytest.fixture(scope="module")
def location(tmp_path_factory):
    """A store with a small network, its territories and axes; tests only read it."""
    text = networks.VOCABULARY + (
        "axe:inclusion-numerique a spnr:PolicyAxis ; "
        'skos:prefLabel "inclusion numérique"@fr .\n'
        "territoire:reg-27 a dcterms:Location , igeo:Region ; "
        'skos:prefLabel "Bourgogne"@fr .\n'
        "territoire:dep-58 a dcterms:Location , igeo:Departement ; "
        'dcterms:isPartOf territoire:reg-27 ; skos:prefLabel "Nièvre"@fr ; '
        'dbo:populationTotal "200000"^^xsd:integer .\n'
        "territoire:dep-21 a dcterms:Location , igeo:Departement ; "
        'dcterms:isPartOf territoire:reg-27 ; skos:prefLabel "Côte-d\'Or"@fr .\n'
        "role:porteur spnr:shortcut spnr:leads .\n"
        "role:financeur spnr:shortcut spnr:funds .\n"
        "participation:un--ada dcterms:source <https://example.org/a> .\n"
        "participation:deux--cyd dcterms:source <https://example.org/b> .\n"
        '<https://example.org/a> a foaf:Document ; dcterms:title "Journal"@fr .\n'
    )
    place = (
        "; dcterms:spatial territoire:dep-58 ; spnr:servesAxis axe:inclusion-numerique "
        '; schema:startDate "2020-01-01"^^xsd:date '
    )
    text += "".join(networks.actor(name) for name in ("ada", "bea", "cyd", "dan"))
    text += networks.actor("ida") + networks.actor("homonyme-a", "Même nom")
    text += networks.actor("homonyme-b", "Même nom")
    text += networks.initiative("un", "ada", "bea", "cyd", more=place)
    text += networks.initiative("deux", "cyd", "dan", more=place)
    text += networks.initiative("seul", "ida")
    return networks.placed(tmp_path_factory.mktemp("reseau"), text)


def answered(location, verb, *words, lang="fr"):
    """Return what a verb writes; it must be able to."""
    result = run("--lang", lang, "--store", location, "network", *verb.split(), *words)
    assert result.exit_code == 0, result.stderr
    return result


def csv_rows(location, verb, lang):
    """Return the rows of a verb as texts, the titles first."""
    text = answered(location, verb, "-f", "csv", lang=lang).stdout
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_format_holds_the_same_cells(location, tmp_path, verb, lang):
    names, *rows = csv_rows(location, verb, lang)
    lines = answered(location, verb, "-f", "jsonl", lang=lang).stdout.splitlines()
    found = json.loads(answered(location, verb, "-f", "json", lang=lang).stdout)
    tsv = answered(location, verb, "-f", "tsv", lang=lang).stdout.splitlines()
    book = tmp_path / "a.xlsx"
    answered(location, verb, "-o", str(book), lang=lang)
    sheet = openpyxl.load_workbook(book).worksheets[0]

    assert found["head"]["vars"] == names
    assert [
        [row.get(name, {}).get("value", "") for name in names]
        for row in found["results"]["bindings"]
    ] == rows
    assert [list(json.loads(line)) for line in lines] == [names] * len(rows)
    assert tsv[0] == "\t".join(f"?{name}" for name in names)
    assert len(tsv) == 1 + len(rows)
    assert sheet.max_row == 1 + len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", VERBS)
def test_people_read_words_and_numbers(location, verb, lang):
    for words in ((), ("--wide",), ("-f", "markdown")):
        result = answered(location, verb, *words, lang=lang)
        said = result.stdout + result.stderr

        assert said.strip()
        assert not LEAKS.search(said)
        if verb != "measures":
            found = CLUMSY.search(said) if lang == "fr" else None
            assert found is None or found[0].endswith(ASPIRATED), found


@pytest.mark.parametrize("verb", VERBS)
def test_numbers_have_a_definition(location, verb):
    known = {each.name for each in definitions()}
    text = answered(location, verb, "-f", "json").stdout
    numeric = {
        name
        for row in json.loads(text)["results"]["bindings"]
        for name, cell in row.items()
        if cell.get("datatype", "").endswith(("integer", "decimal", "boolean"))
    }

    assert numeric - known == set()


def test_columns_of_the_library_are_those_of_the_command_line(location):
    with open_store(location, read_only=True) as store:
        found = spnr_graph.network_compare(store, date(2016, 1, 1), date(2022, 1, 1))

    names, *rows = csv_rows(location, "compare 2016-01-01 2022-01-01", "fr")
    assert list(found.table.columns) == names
    assert [["" if c is None else str(c) for c in row] for row in found.table.rows] == (
        rows
    )
    assert any(is_number(cell) for row in found.table.rows for cell in row)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "verb", ["coverage", "coverage --by axis --by audience", "path ada dan"]
)
def test_chief_columns_fit_a_terminal(location, monkeypatch, verb, lang):
    monkeypatch.setenv("COLUMNS", "100")

    lines = answered(location, verb, lang=lang).stdout.splitlines()

    assert not any(line.startswith("── ") for line in lines)
    assert max(map(width, lines)) <= 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("path ada ada", "« Ada » est donné deux fois. Choisir deux acteurs"),
        ("path ada bae", "Essayer : Bea (acteur:bea)"),
        ("path ada même-nom", "« même-nom »"),
        ("path ada", "END"),
        ("proposals --around zzzz", "« zzzz » ne désigne rien"),
        ("compare 2022-01-01 2020-01-01", "Donner la plus ancienne d'abord."),
        ("compare 2022-01-01 2022-01-01", "Donner la plus ancienne d'abord."),
        ("compare 2022 2023", "Écrire une date comme 2026-01-31."),
        ("compare 2022-01-01 2023-01-01 --on 2022-01-01", "l'option --on n'existe pas"),
        ("actors --sort beaute", "Tri « beaute » inconnu. Choisir parmi : liens,"),
        ("actors --top 0", "Donner un nombre plus grand que zéro."),
        ("actors --top trois", "ne convient pas"),
        ("actors --weight euros", "Choisir parmi : count, newman, amount."),
        ("summary --draws 2000", "Donner un nombre entre 0 et 1000."),
        ("communities --seeds 0", "Donner un nombre entre 1 et 1000."),
        ("path ada dan --alternatives 99", "Donner un nombre entre 1 et 20."),
        ("summary --on 2024-13-01", "Écrire une date comme 2026-01-31."),
        ("summary --between 2024-01-01 2020-01-01", "finit avant de commencer"),
        ("summary --between 2024-01-01", "attend 2 valeurs"),
        ("coverage --level pays", "Choisir parmi : region, departement"),
        ("summary --axis inclusio", "Essayer : inclusion numérique"),
        ("summary --territory atlantide", "« atlantide » ne désigne rien"),
        ("sumary", "Voulait-on dire summary ?"),
        ("summary -f pdf", "Choisir parmi : table,"),
        ("summary -o /", "Donner un fichier."),
    ],
)
def test_what_cannot_be_answered_is_said(location, words, said):
    result = run("--store", location, "network", *words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not LEAKS.search(result.stderr)


def test_two_actors_that_nothing_links_are_a_no(location):
    result = run("--store", location, "network", "path", "ada", "ida")

    assert (result.exit_code, result.stdout) == (1, "Aucune ligne.\n")
    assert result.stderr == (
        "« Ada » est relié de proche en proche à 3 autres acteurs.\n"
        "« Ida » n'a aucun partenaire dans ce réseau.\n"
        "Rien ne relie les deux ; --all-roles compte aussi les rôles qui ne font pas "
        "de collaboration.\n"
    )


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb.split()[0] not in {"path", "measures"}]
)
@pytest.mark.parametrize(
    "words",
    [
        "--source https://example.org/a --territory dep-21",
        "--on 1800-01-01 --axis inclusion-numerique",
        "--between 1800-01-01 1800-01-02",
    ],
)
def test_a_filter_that_matches_nothing_is_an_answer(location, verb, words):
    if verb.startswith("compare") and "18" in words:
        words = "--territory dep-21"
    result = answered(location, verb, *words.split())

    assert result.stdout
    assert not LEAKS.search(result.stdout + result.stderr)


def test_amounts_that_nobody_knows_are_told(location):
    result = answered(location, "actors --weight amount")

    assert "Liens de montant inconnu, comptés pour zéro : 4 sur 4.\n" in result.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_network_is_the_same_bytes(location, verb):
    command = ("-m", "spnr_graph", "--store", location, "network", *verb.split())
    first, second = (
        subprocess.run(
            [sys.executable, *command, "-f", "csv"],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("0", "1")
    )

    assert first
    assert first == second


def test_definitions_are_those_of_the_measures():
    found = spnr_graph.network_measures()
    names = [str(row[0]) for row in found.table.rows]

    assert names == [each.name for each in definitions()]
