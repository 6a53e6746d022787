"""Every command as a person uses it: help, the happy path, exit codes, messages."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from spnr_graph import catalogue
from spnr_graph.cli import cli
from spnr_graph.store import open_store
from tests import needs
from tests.commands import run

COMMANDS = (
    "formats",
    "template",
    "load",
    "reconcile",
    "query",
    "explain",
    "network",
    "visualise",
    "export",
    "validate",
    "info",
)
TURTLE = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix type-acteur: <https://w3id.org/spnr/voc/type-acteur/> .
<https://w3id.org/spnr/id/acteur/local-essai-a> a spnr:Actor ;
    skos:prefLabel "Atelier d'essai"@fr ;
    org:classification type-acteur:association .
"""


@pytest.fixture
def contribution(tmp_path):
    path = tmp_path / "essai.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


def test_the_commands_come_in_the_order_of_the_data():
    assert tuple(cli.list_commands(None)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "Example:" in result.stdout
    assert f"spnr {command}" in result.stdout


def test_the_module_and_the_console_script_are_the_same_program():
    environment = {**os.environ, "COLUMNS": "100"}
    script = Path(sys.executable).with_name("spnr")
    for words in ([sys.executable, "-m", "spnr_graph"], [str(script)]):
        done = subprocess.run(
            [*words, "--version"], capture_output=True, text=True, env=environment
        )
        assert done.stdout.startswith("spnr, version ")


def test_help_imports_none_of_the_heavy_libraries():
    code = (
        "import sys; from spnr_graph.cli import cli\n"
        "heavy = {'rdflib', 'pyoxigraph', 'networkx', 'scipy', 'numpy', 'pyvis',"
        " 'matplotlib', 'openpyxl', 'pyshacl', 'SPARQLWrapper'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_the_catalogue_loads_and_loading_again_changes_nothing(tmp_path):
    store = str(tmp_path / "store")

    first = run("--store", store, "load")
    second = run("--store", store, "load")

    assert first.exit_code == second.exit_code == 0
    assert "229 acteurs · 141 initiatives · 582 participations" in first.stdout
    assert "Constats : 0 violation" in first.stdout
    assert second.stdout.count("inchangé") == 4
    assert first.stdout.splitlines()[-3:] == second.stdout.splitlines()[-3:]


def test_force_reads_again_what_has_not_changed(tmp_path):
    store = str(tmp_path / "store")
    run("--store", store, "load", "ontologie")

    again = run("--store", store, "load", "ontologie", "--force")

    assert "+0 −0" in again.stdout


def test_a_file_loads_with_what_is_said_of_it(catalogue_store, contribution, tmp_path):
    store = str(tmp_path / "store")
    run("--store", store, "load", "ontologie")

    result = run(
        "--store", store, "--lang", "en", "load", str(contribution),
        "--source", "essai", "--licence", "https://spdx.org/licenses/etalab-2.0",
    )  # fmt: skip
    info = json.loads(run("--store", store, "info", "-f", "json").stdout)

    assert result.exit_code == 0
    assert "1 source read into" in result.stdout
    assert "2 actors" in result.stdout
    assert info["healthy"]
    graphs = {source["graph"] for source in info["sources"]}
    assert "https://w3id.org/spnr/graph/contribution/essai/essai" in graphs


def test_standard_input_loads_when_its_syntax_is_said(tmp_path):
    store = str(tmp_path / "store")
    run("--store", store, "load", "ontologie")

    result = run("--store", store, "load", "-", "--syntax", "turtle", stdin=TURTLE)

    assert result.exit_code == 0
    assert "2 acteurs" in result.stdout


def test_a_refused_contribution_is_exit_1_and_leaves_the_former(tmp_path, contribution):
    store = str(tmp_path / "store")
    run("--store", store, "load", "ontologie")
    run("--store", store, "load", str(contribution))
    before = run("--store", store, "export", "-f", "nquads").stdout
    bad = TURTLE.replace("org:classification", 'spnr:siren "12" ; org:classification')
    contribution.write_text(bad, encoding="utf-8")

    result = run("--store", store, "load", str(contribution))

    assert result.exit_code == 1
    assert "REFUSÉ : la version antérieure reste en place" in result.stdout
    assert "SIREN" in result.stdout
    assert run("--store", store, "export", "-f", "nquads").stdout == before


def test_no_check_lets_in_what_the_shapes_refuse(tmp_path, contribution):
    store = str(tmp_path / "store")
    contribution.write_text(TURTLE.replace("@fr", "@de"), encoding="utf-8")

    result = run("--store", store, "load", str(contribution), "--no-check")

    assert result.exit_code == 0


def test_one_bad_source_does_not_stop_the_others(tmp_path, contribution):
    store, broken = str(tmp_path / "store"), tmp_path / "broken.ttl"
    broken.write_text("<a> <b> ", encoding="utf-8")

    result = run("--store", store, "load", "ontologie", str(broken), str(contribution))

    assert result.exit_code == 2
    assert "NON CHARGÉ" in result.stdout
    assert "broken.ttl" in result.stdout
    assert "2 acteurs" in result.stdout


def test_an_unknown_dataset_suggests_the_nearest(tmp_path):
    result = run("--store", str(tmp_path / "s"), "load", "recensment")

    assert result.exit_code == 2
    assert "Voulait-on dire recensement ?" in result.stderr


def test_query_lists_the_questions():
    result = run("query", "--list")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 40
    assert "Qui porte ou coordonne chaque initiative ?" in result.stdout


def test_query_answers_with_labels(catalogue_store):
    result = run(
        "--store", catalogue_store, "query", "initiatives-d-un-axe",
        "-p", "axe", "inclusion numérique", "--labels", "-f", "csv",
    )  # fmt: skip

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert "libelle" in lines[0]
    assert len(lines) > 20


@pytest.mark.parametrize("typed", [
    "inclusion-numerique", "axe:inclusion-numerique", "Inclusion Numerique", "AX1",
    "https://w3id.org/spnr/voc/axe/inclusion-numerique",
    "<https://w3id.org/spnr/voc/axe/inclusion-numerique>", "digital inclusion",
])  # fmt: skip
def test_a_parameter_understands_what_people_type(catalogue_store, typed):
    shown = run(
        "--store", catalogue_store, "query", "initiatives-d-un-axe",
        "-p", "axe", typed, "--show",
    )  # fmt: skip

    assert shown.exit_code == 0
    assert "<https://w3id.org/spnr/voc/axe/inclusion-numerique>" in shown.stdout


@pytest.mark.parametrize(
    "format_name", ["csv", "tsv", "json", "jsonl", "markdown", "table"]
)
def test_query_writes_every_text_format(catalogue_store, format_name):
    result = run(
        "--store", catalogue_store, "query", "-f", format_name,
        "SELECT ?a { ?a a spnr:Actor } ORDER BY ?a LIMIT 3",
    )  # fmt: skip

    assert result.exit_code == 0
    assert result.stdout.count("acteur") >= 3


def test_query_writes_a_spreadsheet_by_its_suffix(catalogue_store, tmp_path):
    needs.package("openpyxl")
    path = tmp_path / "deep" / "acteurs.xlsx"

    result = run(
        "--store", catalogue_store, "query", "-o", str(path),
        "SELECT ?a { ?a a spnr:Actor } LIMIT 3",
    )  # fmt: skip

    assert result.exit_code == 0
    assert zipfile.is_zipfile(path)


def test_query_reads_a_file_and_standard_input(catalogue_store, tmp_path):
    text = "SELECT (COUNT(?a) AS ?n) { ?a a spnr:Actor }"
    path = tmp_path / "q.rq"
    path.write_text(text)

    from_file = run("--store", catalogue_store, "query", str(path), "-f", "csv")
    from_stdin = run("--store", catalogue_store, "query", "-", "-f", "csv", stdin=text)

    assert from_file.stdout_bytes == from_stdin.stdout_bytes == b"n\r\n229\r\n"


def test_ask_answers_by_exit_code(catalogue_store):
    yes = run("--store", catalogue_store, "query", "ASK { ?a a spnr:Actor }")
    no = run(
        "--store", catalogue_store, "--lang", "en", "query", "ASK { ?a a spnr:Nothing }"
    )
    as_json = run("--store", catalogue_store, "query", "-f", "json", "ASK { ?s ?p ?o }")

    assert (yes.exit_code, yes.stdout) == (0, "oui\n")
    assert (no.exit_code, no.stdout) == (1, "no\n")
    assert json.loads(as_json.stdout) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("format_name", ["turtle", "ntriples", "jsonld"])
def test_a_construct_is_written_as_a_graph(catalogue_store, format_name):
    result = run(
        "--store", catalogue_store, "query", "-f", format_name,
        "CONSTRUCT { ?a a spnr:Actor } { ?a a spnr:Actor } LIMIT 2",
    )  # fmt: skip

    assert result.exit_code == 0
    assert result.stdout.count("acteur") >= 2


@pytest.mark.parametrize(("words", "said"), [
    (["query"], "Quelle question ?"),
    (["query", "pilotes"], "Voulait-on dire"),
    (["query", "nulle-part.rq"], "nulle-part.rq : fichier introuvable"),
    (["query", "SELECT ?a { ?a"], "ligne 1"),
    (["query", "DELETE WHERE { ?s ?p ?o }"], "DELETE modifie les données"),
    (["query", "initiatives-d-un-axe", "-p", "axe", "inclusoin"], "inclusion"),
    (["query", "initiatives-d-un-axe", "-p", "aks", "x"], "axe"),
    (["query", "initiatives-actives", "-p", "date", "hier"], "hier"),
    (["query", "ASK { ?s ?p ?o }", "-f", "turtle"], "ne convient pas"),
    (["query", "initiatives-actives", "-p", "date", "2020-01-01", "-p", "date",
      "2021-01-01"], "« date » est donné deux fois"),
    (["query", "SELECT * { ?s ?p ?o }", "-f", "turtle"], "ne convient pas"),
    (["export", "--dataset", "rien"], "ne contient pas le jeu de données « rien »"),
    (["export", "--dataset", "a", "--entity", "b"], "s'excluent"),
    (["visualise", "--axis", "zzz", "-f", "svg"], "zzz"),
])  # fmt: skip
def test_bad_input_is_said_and_is_exit_2(catalogue_store, words, said):
    result = run("--store", catalogue_store, *words)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_store_that_is_not_there_is_said(tmp_path):
    result = run("--store", str(tmp_path / "nowhere"), "info")

    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert "spnr load" in result.stderr


@pytest.mark.parametrize("suffix", ["html", "svg", "png", "json", "graphml", "gexf"])
def test_visualise_writes_every_format(catalogue_store, tmp_path, suffix):
    path = tmp_path / f"reseau.{suffix}"

    result = run("--store", catalogue_store, "visualise", "-o", str(path))

    assert result.exit_code == 0
    assert f"Dessin écrit dans {path}" in result.stderr
    assert result.stdout == ""
    assert path.stat().st_size > 10_000


def test_filters_make_the_network_smaller(catalogue_store):
    def nodes(*words):
        result = run("--store", catalogue_store, "visualise", "-f", "graphml", *words)
        assert result.exit_code == 0, result.stderr
        return sum(e.tag.endswith("}node") for e in ET.fromstring(result.stdout).iter())

    everything = nodes()

    assert everything > 100
    for filters in (
        ["--axis", "inclusion-numerique"],
        ["--territory", "Jura"],
        ["--kind", "commune"],
        ["--initiative-kind", "projet"],
        ["--role", "financeur"],
        ["--on", "2012-01-01"],
    ):
        assert 0 < nodes(*filters) < everything, filters
    assert nodes("--all-roles") > everything
    assert nodes("--mode", "actors-initiatives") > everything


def test_a_filtered_picture_says_what_it_keeps(catalogue_store):
    result = run(
        "--store", catalogue_store, "--lang", "en", "visualise",
        "--axis", "inclusion-numerique", "--on", "2022-06-01", "--all-roles",
    )  # fmt: skip

    assert "digital inclusion" in result.stdout
    assert "2022-06-01" in result.stdout
    assert "all roles" in result.stdout
    assert 'lang="en"' in result.stdout


@pytest.mark.parametrize(
    "format_name", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"]
)
def test_export_writes_every_syntax(catalogue_store, tmp_path, format_name):
    path = tmp_path / "out"

    result = run(
        "--store", catalogue_store, "export", "-f", format_name, "-o", str(path)
    )

    assert result.exit_code == 0
    assert b"scoran-bfc" in path.read_bytes()


def test_export_writes_tables(catalogue_store, tmp_path):
    path = tmp_path / "spnr.zip"

    result = run("--store", catalogue_store, "export", "-o", str(path))

    with zipfile.ZipFile(path) as archive:
        actors = archive.read("acteurs.csv").decode()
    assert result.exit_code == 0
    assert len(actors.splitlines()) >= 230


def test_export_of_a_dataset_is_only_that(catalogue_store):
    result = run(
        "--store", catalogue_store, "export", "--dataset", "politique", "-f", "nquads"
    )

    graphs = {line.rsplit(" ", 2)[-2] for line in result.stdout.splitlines()}
    assert graphs == {"<https://w3id.org/spnr/graph/reference/politique>"}


@pytest.mark.parametrize("name", ["ARNia", "arnia", "scoran-bfc", "territoire:dep-39"])
def test_export_of_an_entity_brings_its_surroundings(catalogue_store, name):
    result = run("--store", catalogue_store, "export", "--entity", name)

    assert result.exit_code == 0
    assert "skos:prefLabel" in result.stdout


def test_exports_do_not_depend_on_when_or_in_what_order_things_were_loaded(tmp_path):
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    run("--store", one, "load")
    for name in ("recensement", "territoires", "politique", "ontologie"):
        run("--store", other, "load", name, "--no-check")
    run("--store", other, "load", "recensement", "--no-check", "--force")

    for format_name in ("turtle", "nquads", "trig"):
        first = run("--store", one, "export", "-f", format_name).stdout_bytes
        assert run("--store", other, "export", "-f", format_name).stdout_bytes == first


def test_validate_says_what_the_catalogue_lacks(catalogue_store):
    result = run("--store", catalogue_store, "validate")
    strict = run("--store", catalogue_store, "validate", "--fail-on", "warning")

    assert result.exit_code == 0
    assert "avertissements" in result.stdout
    assert strict.exit_code == 1


def test_validate_reads_without_loading(contribution, tmp_path):
    store = str(tmp_path / "none")
    contribution.write_text(TURTLE.replace("@fr", "@de"), encoding="utf-8")

    bad = run("--store", store, "validate", "ontologie", str(contribution))
    never = run("--store", store, "validate", str(contribution), "--fail-on", "never")

    assert bad.exit_code == 1
    assert never.exit_code == 0
    assert "Le nom en français manque" in bad.stdout
    assert not Path(store).exists()


@pytest.mark.parametrize("format_name", ["text", "json", "csv", "markdown", "turtle"])
def test_validate_writes_every_format(catalogue_store, format_name):
    result = run("--store", catalogue_store, "validate", "-f", format_name)

    assert result.exit_code == 0
    assert "local-recensement" in result.stdout


def test_info_tells_sources_totals_and_health(catalogue_store):
    text = run("--store", catalogue_store, "info")
    markdown = run("--store", catalogue_store, "--lang", "en", "info", "-f", "markdown")
    value = json.loads(run("--store", catalogue_store, "info", "-f", "json").stdout)

    assert text.exit_code == 0
    assert "Santé : rien à signaler." in text.stdout
    assert "Licence Ouverte 2.0" in text.stdout
    assert "229 actors" in markdown.stdout
    assert value["totals"]["spnr:Participation"] == 582
    assert [s["name"] for s in value["sources"]] == [
        "ontologie", "politique", "recensement", "territoires",
    ]  # fmt: skip


def test_output_is_whole_or_absent(catalogue_store, tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text("former")

    result = run(
        "--store", catalogue_store, "export", "--entity", "zzzz", "-o", str(path)
    )

    assert result.exit_code == 2
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_output_that_cannot_be_written_is_said(catalogue_store, tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("")

    result = run("--store", catalogue_store, "export", "-o", str(blocker / "x.ttl"))

    assert result.exit_code == 2
    assert "écriture impossible" in result.stderr


def test_an_endpoint_is_a_store_like_any_other(oxigraph_plain, catalogue_store):
    with open_store(oxigraph_plain) as store:
        for graph in store.graphs():
            store.drop(graph)

    loaded = run("--store", oxigraph_plain, "load")
    again = run("--store", oxigraph_plain, "load")
    info = run("--store", oxigraph_plain, "info")
    there = run("--store", oxigraph_plain, "export", "-f", "nquads")
    here = run("--store", catalogue_store, "export", "-f", "nquads")
    page = run("--store", oxigraph_plain, "visualise")

    assert loaded.exit_code == again.exit_code == info.exit_code == 0
    assert again.stdout.count("inchangé") == 4
    assert there.stdout_bytes == here.stdout_bytes
    assert (
        page.stdout_bytes == run("--store", catalogue_store, "visualise").stdout_bytes
    )


def test_a_date_that_is_needed_is_today_when_it_is_not_given(catalogue_store):
    today = datetime.now(tz=UTC).date().isoformat()

    shown = run("--store", catalogue_store, "query", "initiatives-actives", "--show")

    assert f'"{today}"^^<http://www.w3.org/2001/XMLSchema#date>' in shown.stdout
    assert shown.stderr == f"date : {today} (aujourd'hui)\n"


def test_an_interrupted_loading_is_not_taken_for_the_one_before(tmp_path):
    location = str(tmp_path / "store")
    run("--store", location, "load", "ontologie")
    graph = "https://w3id.org/spnr/graph/reference/ontologie"
    with open_store(location) as store:
        catalogue.begin(store, graph)  # then the program is killed

    sick = run("--store", location, "info")
    again = run("--store", location, "load", "ontologie")

    assert sick.exit_code == 1
    assert "relancer spnr load" in sick.stdout
    assert "+0 −0" in again.stdout
    assert run("--store", location, "info").exit_code == 0
