"""The modules of the page: their own tests, and what they share with Python."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import networkx as nx
import pytest

from spnr_graph.namespaces import PREFIXES
from tests.needs import program

WEB = Path(__file__).parents[1] / "spnr_graph/render/explorer/web"
TESTS = sorted(path.name for path in (WEB / "test").glob("*.mjs"))
SUITES = [name for name in TESTS if name != "packed.mjs"]


def node(script: str) -> str:
    """Return what a module of JavaScript writes, run beside the tests of the page."""
    done = subprocess.run(
        [program("node"), "--input-type=module", "--eval", script],
        cwd=WEB / "test",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("name", SUITES)
def test_the_modules_of_the_page_pass_their_own_tests(name):
    done = subprocess.run(
        [program("node"), "--test", f"test/{name}"],
        cwd=WEB,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout.decode()


def test_addresses_shorten_iris_with_the_prefixes_of_the_graph():
    prefixes = json.loads(
        node(
            'import { PREFIXES } from "../src/state.js";'
            "process.stdout.write(JSON.stringify(PREFIXES))"
        )
    )

    assert prefixes == {name: PREFIXES[name] for name in prefixes}
    assert {"acteur", "initiative", "axe", "role", "territoire"} <= set(prefixes)


def exported(name: str, state: str = "{}") -> str:
    """Return an export of the small network of the tests of the page."""
    return node(
        'import * as exports from "../src/exports-data.js";'
        'import { Model } from "../src/model.js";'
        'import { initial } from "../src/state.js";'
        'import { packed } from "./packed.mjs";'
        "const model = new Model(packed());"
        f"const state = {{ ...initial(model.packed), all: true, ...{state} }};"
        f"process.stdout.write(exports.{name}(model, model.visible(state), state));"
    )


def test_networkx_reads_the_gexf_of_what_is_seen():
    text = exported("gexf")

    graph = nx.read_gexf(io.BytesIO(text.encode()), version="1.3")

    town, region = (PREFIXES["acteur"] + f"siren-{digit * 9}" for digit in "12")
    alone = PREFIXES["acteur"] + "local-essai-seule"
    assert not graph.is_directed()
    assert sorted(graph[town][region].items()) == [
        ("id", "0"),
        ("shared", "Réseau de tiers-lieux | Portail de données"),
        ("weight", 2.0),
    ]
    assert graph.nodes[region] == {
        "label": "Région d'essai",
        "territory": "Bourgogne-Franche-Comté",
        "community": "Autour de la Région",
        "degree": 2.0,
        "strength": 3.0,
        "intermediarite": 0.25,
        "viz": {"position": {"x": 1.0, "y": 0.0, "z": 0.0}},
    }
    assert graph.nodes[alone]["label"] == '=Seule, "association"'
    assert (len(graph), graph.number_of_edges()) == (4, 3)


def test_an_empty_view_is_a_gexf_without_nodes():
    text = exported("gexf", "{ kind: [2], role: [5] }")

    graph = nx.read_gexf(io.BytesIO(text.encode()), version="1.3")

    assert (len(graph), graph.number_of_edges()) == (0, 0)
