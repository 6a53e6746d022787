"""The fire drill of the network: strange stores, crowds, full disks, deaf readers.

Every answer is right, or says in words what is wrong and what to do.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from spnr_graph.store import open_store
from tests import needs, networks
from tests.commands import run
from tests.networks import GRAPH

VERBS = (
    "summary",
    "actors",
    "actors --weight amount",
    "communities --members",
    "communities --weight newman",
    "resilience",
    "resilience --of funders",
    "resilience --of sources",
    "resilience --curve",
    "coverage --blank",
    "proposals",
    "proposals --groups",
    "compare 2020-01-01 2024-01-01",
)
LEAKS = re.compile(r"\b(nan|NaN|inf|Infinity|None|Traceback|Warning)\b")
EMPTY = ("vide", "sans-initiative", "sans-acteur")
LOAD = "charger les données (spnr load)"


@pytest.mark.parametrize("name", sorted(networks.NETWORKS))
def test_any_network_has_answers(tmp_path, name):
    location = networks.placed(tmp_path, networks.NETWORKS[name])

    for verb in VERBS:
        for lang in ("fr", "en"):
            words = ("--lang", lang, "--store", location, "network", *verb.split())
            result = run(*words)

            assert result.exit_code == 0, (verb, result.stderr)
            assert not LEAKS.search(result.stdout + result.stderr), verb
            if name in EMPTY:
                empty = "Aucune ligne.\n" if lang == "fr" else "No row.\n"
                assert (verb, result.stdout) == (verb, empty)
                assert result.stderr


@pytest.mark.parametrize("verb", ["summary", "actors", "proposals"])
def test_an_empty_store_says_what_to_do(tmp_path, verb):
    location = networks.placed(tmp_path, "")

    assert LOAD in run("--store", location, "network", verb).stderr


def test_paths_ask_for_actors_that_are_there(tmp_path):
    location = networks.placed(tmp_path, networks.NETWORKS["chacun-pour-soi"])
    alone = run("--lang", "en", "--store", location, "network", "path", "ada", "bea")

    assert (alone.exit_code, alone.stdout) == (1, "No row.\n")
    assert alone.stderr.splitlines()[:2] == [
        '"Ada" has no partner in this network.',
        '"Bea" has no partner in this network.',
    ]


def test_there_is_no_store(tmp_path):
    for verb in ("summary", "path a b", "compare 2020-01-01 2021-01-01"):
        place = str(tmp_path / "nulle-part")
        result = run("--store", place, "network", *verb.split())

        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Erreur : ")
    assert list(tmp_path.iterdir()) == []


def test_strange_names_come_out_whole(tmp_path):
    location = networks.placed(tmp_path, networks.NETWORKS["noms"])
    words = ("--store", location, "network", "actors", "-f", "jsonl")
    lines = run(*words).stdout
    table = run("--store", location, "network", "actors").stdout

    assert all(f"acteur/{name}" in lines for name in networks.NAMES)
    assert "Fabrique 🧑🏽‍💻 & Cie" in lines
    assert "\\n" in lines
    assert "Deux lignes et des espaces" in table
    assert "\t" not in table


def test_a_crowd_is_counted_without_drawing_it(tmp_path):
    names = [f"a{number:04}" for number in range(3200)]
    text = networks.VOCABULARY + "".join(map(networks.actor, names))
    location = networks.placed(tmp_path, text + networks.initiative("foule", *names))
    result = run("--store", location, "network", "summary", "-f", "csv")

    assert result.exit_code == 0
    assert "\nacteurs,Acteurs,3200,,,,acteurs," in result.stdout
    assert "\ncollaborations,Collaborations,5118400,,,," in result.stdout
    assert "Aucun réseau tiré au hasard : " in result.stderr
    assert "--draws" in result.stderr


@pytest.mark.parametrize("verb", ["summary", "actors", "path ada bea", "measures"])
def test_a_full_disk_is_said(tmp_path, verb):
    full = str(needs.device("/dev/full"))
    location = networks.placed(tmp_path, networks.NETWORKS["un-couple"])
    command = ("--store", location, "network", *verb.split())
    result = run(*command, "-o", full)
    with open(full, "wb") as stream:  # noqa: PTH123 - a device
        piped = subprocess.run(
            [sys.executable, "-m", "spnr_graph", *command],
            stdout=stream,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )

    assert result.exit_code == piped.returncode == 2
    assert "il n'y a plus de place sur le disque" in result.stderr
    assert "il n'y a plus de place sur le disque" in piped.stderr.decode()


@pytest.mark.parametrize("verb", ["network measures -f csv", "visualise -f svg"])
def test_a_reader_that_goes_away_is_no_fault(tmp_path, verb):
    location = networks.placed(tmp_path, networks.NETWORKS["un-couple"])
    command = [sys.executable, "-m", "spnr_graph", "--store", location, *verb.split()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
        code = process.wait(60)

    assert code in {0, 141}
    assert "Traceback" not in said
    assert "Erreur" not in said


@pytest.mark.parametrize(
    "verb",
    [
        "network summary",
        "network actors --wide",
        "network communities",
        "network resilience",
        "network coverage",
        "network proposals",
        "network path ada dan",
        "visualise -f gexf",
    ],
)
def test_a_remote_store_gives_the_same_bytes(
    oxigraph_plain, tmp_path_factory, tmp_path, verb
):
    location = networks.placed(tmp_path, TEAM)
    with (
        open_store(location, read_only=True) as here,
        open_store(oxigraph_plain) as there,
    ):
        for graph in there.graphs():
            there.drop(graph)
        there.replace(GRAPH, here.dump(GRAPH))
    words = verb.split()
    if words[0] == "network":
        words += ["-f", "csv"]

    near = run("--store", location, *words)
    far = run("--store", oxigraph_plain, *words)
    assert (near.exit_code, far.exit_code) == (0, 0)
    assert far.stdout_bytes == near.stdout_bytes
    assert far.stderr == near.stderr


TEAM = (
    networks.VOCABULARY
    + "".join(networks.actor(name) for name in ("ada", "bea", "cyd", "dan"))
    + networks.initiative("un", "ada", "bea", "cyd")
    + networks.initiative("deux", "cyd", "dan")
)
