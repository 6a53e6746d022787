"""``spnr visualise``: every mode, weight, format and narrowing, and what goes wrong."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime

import networkx as nx
import pytest

from spnr_graph.projection import WEIGHTS
from tests import needs, networks
from tests.collaborations import iri
from tests.commands import run

#: What no reader of a drawing should meet.
LEAKS = re.compile(r"\b(nan|inf|None|Traceback)\b")
MODES = tuple((mode, weight) for mode in WEIGHTS for weight in WEIGHTS[mode])
NARROWINGS = (
    ("--min-weight", "2"),
    ("--backbone", "0.5"),
    ("--k-core", "2"),
    ("--largest",),
    ("--ego", "ada"),
    ("--ego", "ada", "--depth", "3"),
    ("--min-weight", "1", "--backbone", "1", "--k-core", "1", "--largest"),
)
#: Two runs of the interpreter that order their sets and dictionaries differently.
SEEDS = ("0", "1")


@pytest.fixture(scope="module")
def location(tmp_path_factory):
    """A store with a small network; tests only read it."""
    return networks.collaborations(tmp_path_factory.mktemp("reseau"))


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """A store whose modes all have edges: money, memberships, shared actors."""
    text = networks.VOCABULARY + (
        networks.actor("ada", more="; org:memberOf acteur:bea ")
        + networks.actor("bea")
        + networks.actor("cyd", "Ça & <là>")
        + networks.initiative("fibre", "ada", "bea", "cyd")
        + networks.initiative("lieu", "ada", "bea", "cyd")
        + "role:financeur spnr:shortcut spnr:funds ; spnr:collaborative true .\n"
        + 'participation:fibre--bea spnr:amountEUR "1500.5"^^xsd:decimal .\n'
    )
    return networks.placed(tmp_path_factory.mktemp("modes"), text)


def drawn(location, *words, suffix, directory):
    """Return the bytes of a drawing; said last is where it is, before it the alpha."""
    path = directory / f"reseau.{suffix}"
    result = run("--store", location, "visualise", *words, "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    *said, last = result.stderr.splitlines()
    assert last == f"Dessin écrit dans {path}"
    assert [line[:5] for line in said] == ["Alpha"] * words.count("--backbone")
    return path.read_bytes()


@pytest.mark.parametrize(("mode", "weight"), MODES, ids=map("-".join, MODES))
def test_graphs_read_back_are_the_same_graph(region, tmp_path, mode, weight):
    words = ("--mode", mode, "--weight", weight)
    graphml, gexf, linked = (
        drawn(region, *words, suffix=suffix, directory=tmp_path)
        for suffix in ("graphml", "gexf", "json")
    )
    wanted = nx.node_link_graph(json.loads(linked), edges="edges")
    found = {
        "graphml": nx.read_graphml(io.BytesIO(graphml)),
        "gexf": nx.read_gexf(io.BytesIO(gexf)),
    }

    assert wanted.number_of_edges() > 0
    assert wanted.is_directed() == (mode in {"membership", "funding"})
    for graph in found.values():
        assert graph.is_directed() == wanted.is_directed()
        assert {n: wanted.nodes[n]["label"] for n in wanted} == {
            n: graph.nodes[n]["label"] for n in graph
        }
        assert weights(graph) == weights(wanted)


@pytest.mark.parametrize(("mode", "weight"), MODES, ids=map("-".join, MODES))
def test_igraph_reads_the_same_graph(region, tmp_path, mode, weight):
    needs.package("igraph")
    import igraph

    words = ("--mode", mode, "--weight", weight)
    path = tmp_path / "reseau.graphml"
    graph = nx.read_graphml(
        io.BytesIO(drawn(region, *words, suffix="graphml", directory=tmp_path))
    )
    read = igraph.Graph.Read_GraphML(str(path))
    names = read.vs["id"]
    ends = ((names[e.source], names[e.target], round(e["weight"], 9)) for e in read.es)

    assert read.is_directed() == graph.is_directed()
    assert sorted(names) == sorted(graph)
    assert sorted(
        ends if graph.is_directed() else ((*sorted(e[:2]), e[2]) for e in ends)
    ) == weights(graph)
    assert dict(zip(names, read.vs["label"], strict=True)) == {
        node: graph.nodes[node]["label"] for node in graph
    }


def weights(graph):
    """Return the edges with their weights; the order of ends counts where directed."""
    return sorted(
        (*(ends if graph.is_directed() else sorted(ends)), round(weight, 9))
        for *ends, weight in graph.edges(data="weight")
    )


@pytest.mark.parametrize("suffix", ["html", "svg", "json", "graphml", "gexf"])
@pytest.mark.parametrize("narrowing", NARROWINGS, ids=" ".join)
def test_a_part_of_the_network_is_drawn(location, tmp_path, suffix, narrowing):
    content = drawn(location, *narrowing, suffix=suffix, directory=tmp_path)

    if suffix != "html":
        assert not LEAKS.search(content.decode())
    assert f"{datetime.now(tz=UTC):%Y-%m-%d}".encode() not in content


def test_narrowing_keeps_what_it_says(location, tmp_path):
    def nodes(*words):
        content = drawn(location, *words, suffix="json", directory=tmp_path)
        return [node["id"].rpartition("/")[2] for node in json.loads(content)["nodes"]]

    everyone = ["ada", "bea", "cyd", "dan", "eve", "gus"]
    assert nodes() == everyone
    assert nodes("--ego", "ada") == ["ada", "bea", "cyd", "dan", "eve"]
    assert nodes("--ego", "cyd") == ["ada", "bea", "cyd"]
    assert nodes("--largest") == ["ada", "bea", "cyd", "dan", "eve"]
    assert nodes("--k-core", "9") == []
    assert nodes("--min-weight", "99") == everyone


@pytest.mark.parametrize("suffix", ["html", "svg", "png", "json", "graphml", "gexf"])
@pytest.mark.parametrize("name", sorted(networks.NETWORKS))
def test_any_network_is_drawn(tmp_path, name, suffix):
    location = networks.placed(tmp_path, networks.NETWORKS[name])

    content = drawn(location, suffix=suffix, directory=tmp_path)

    assert content
    if suffix == "graphml":
        nx.read_graphml(io.BytesIO(content))


@pytest.mark.parametrize("view", ["coverage", "degrees", "timeline"])
@pytest.mark.parametrize("name", sorted(networks.NETWORKS))
def test_any_chart_is_drawn(tmp_path, name, view):
    location = networks.placed(tmp_path, networks.NETWORKS[name])

    content = drawn(location, "--view", view, suffix="svg", directory=tmp_path)

    assert b"<svg" in content
    assert not LEAKS.search(content.decode())


def test_everyone_keeps_their_place_and_newcomers_find_one(location, tmp_path):
    places = tmp_path / "places.csv"
    words = ("--positions", str(places))
    drawn(
        location,
        *words,
        "--on",
        "2017-01-01",
        suffix="svg",
        directory=tmp_path,
    )
    before = places.read_text(encoding="utf-8").splitlines()
    drawn(location, *words, suffix="svg", directory=tmp_path)
    after = places.read_text(encoding="utf-8").splitlines()

    assert set(before) < set(after)
    assert len(after) == 1 + 6
    assert len({line.partition(",")[2] for line in after}) == 1 + 6
    drawn(location, *words, suffix="svg", directory=tmp_path)
    assert places.read_text(encoding="utf-8").splitlines() == after


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff\xfe", 1),
        (b"", 1),
        (b"nom,x,y\n", 1),
        (b"iri,x,y\nurn:a,1\n", 2),
        (b"iri,x,y\nurn:a,nan,0\n", 2),
        (b"iri,x,y\nurn:a,1,1e999\n", 2),
        (b"iri,x,y\nurn:a,1,1\nurn:a,2,2\n", 3),
    ],
    ids=["bytes", "empty", "header", "cells", "nan", "infinite", "twice"],
)
def test_positions_that_are_none_are_refused(location, tmp_path, content, line):
    places = tmp_path / "places.csv"
    places.write_bytes(content or b"\n")
    result = run(
        *("--store", location, "visualise", "--positions", str(places)),
        *("-o", str(tmp_path / "reseau.svg")),
    )

    assert result.exit_code == 2
    assert f"Positions, ligne {line} :" in result.stderr
    assert places.read_bytes() == (content or b"\n")
    assert not (tmp_path / "reseau.svg").exists()


def test_places_far_away_are_no_accident(location, tmp_path):
    places = tmp_path / "places.csv"
    far = f"iri,x,y\n{iri('acteur:ada')},1e300,-1e300\n"
    places.write_text(far, encoding="utf-8")
    result = run(
        *("--store", location, "visualise", "--positions", str(places)),
        *("-o", str(tmp_path / "reseau.svg")),
    )

    assert (result.exit_code, result.exception is None) == (2, False)
    assert "Positions, ligne 2 :" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--ego nobody", "« nobody » ne désigne rien"),
        ("--ego fay", "« Fay » n'est pas dans ce réseau"),
        ("--mode membership --weight amount", "n'est pas une valeur de weight"),
        ("--depth 2", "--depth ne sert à rien sans --ego"),
        ("-f svg --engine pyvis", "--engine ne sert à rien hors d'une page html"),
        ("--view degrees --ego ada", "--ego ne sert à rien avec --view degrees"),
        ("--view timeline -f html", "La vue timeline se dessine en svg ou png"),
        ("--backbone 0", "Donner un nombre entre 0 (exclu) et 1."),
        ("--backbone nan", "alpha « nan » refusé"),
        ("--min-weight inf", "poids minimal « inf » refusé"),
        ("--k-core 0", "Donner un nombre plus grand que zéro."),
        ("--between 2024-01-01 2020-01-01", "finit avant de commencer"),
        ("-o /dev/null/x/y.svg", "écriture impossible"),
        ("--positions .", "ne convient pas. Donner un fichier."),
    ],
)
def test_what_cannot_be_drawn_is_said(location, words, said):
    result = run("--store", location, "visualise", "-f", "svg", *words.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_crowd_is_refused_and_drawn_in_two_modes(tmp_path):
    names = [f"a{number:04}" for number in range(2500)]
    text = networks.VOCABULARY + "".join(map(networks.actor, names))
    location = networks.placed(tmp_path, text + networks.initiative("foule", *names))
    refused = run("--lang", "en", "--store", location, "visualise", "-f", "svg")

    assert refused.exit_code == 2
    assert '"Foule" alone links 2,500 actors. Choose --mode' in refused.stderr
    words = ("--mode", "actors-initiatives")
    content = drawn(location, *words, suffix="gexf", directory=tmp_path)
    assert nx.read_gexf(io.BytesIO(content)).number_of_edges() == 2500


@pytest.mark.parametrize(
    "words",
    [
        "html",
        "html --engine pyvis",
        "svg",
        *(f"gexf --mode {mode}" for mode in WEIGHTS),
        "svg --view coverage",
        "svg --view timeline",
    ],
)
def test_the_same_network_is_the_same_bytes(region, words):
    suffix, *rest = words.split()
    command = ("-m", "spnr_graph", "--store", region, "visualise", "-f", suffix)
    first, second = (
        subprocess.run(
            [sys.executable, *command, *rest],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in SEEDS
    )

    assert first
    assert first == second
