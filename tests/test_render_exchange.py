import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from spnr_graph.projection import Filters, project, pull, read_names
from spnr_graph.render.exchange import flat, gexf, graphml, node_link
from spnr_graph.render.layout import place
from tests.collaborations import TURTLE, asking, iri, loaded, told

GEXF = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
HOSTILE = "<b>&\"'\x0b\x00 \ud7ff 😀 مرحبا"


@pytest.fixture(scope="module")
def network():
    with loaded(TURTLE) as store:
        ask = asking(store)
        return project(pull(ask), read_names(ask, "fr"))


def edges(graph):
    return {tuple(sorted((a, b))): facts for a, b, facts in graph.edges(data=True)}


def same(graph, other):
    """Say whether two graphs hold the same, whatever the order of the ends."""
    assert dict(graph.nodes(data=True)) == dict(other.nodes(data=True))
    assert edges(graph) == edges(other)


def test_graphml_read_back_is_the_same_graph(network):
    read = nx.read_graphml(io.BytesIO(graphml(network)))

    same(read, flat(network, place(network)))


def test_gexf_read_back_is_the_same_graph(network):
    read = nx.read_gexf(io.BytesIO(gexf(network)))

    for _, facts in read.nodes(data=True):
        del facts["viz"]
    for *_, facts in read.edges(data=True):
        del facts["id"]
    same(read, flat(network))


def test_gexf_holds_for_an_independent_reader(network):
    root = ET.fromstring(gexf(network))

    positions = place(network)
    ada = root.find(f".//g:node[@id='{iri('acteur:ada')}']", GEXF)
    x, y = positions[iri("acteur:ada")]
    assert ada.get("label") == "Commune d'Ada"
    assert ada.find("viz:color", GEXF).attrib == {
        "r": "230",
        "g": "159",
        "b": "0",
        "a": "1.0",
    }
    place_of = ada.find("viz:position", GEXF).attrib
    assert place_of == {"x": str(x), "y": str(-y), "z": "0.0"}
    assert len(root.findall(".//g:edge", GEXF)) == network.number_of_edges()
    assert "lastmodifieddate" not in root.find("g:meta", GEXF).attrib


def test_node_link_read_back_is_the_same_graph(network):
    read = nx.node_link_graph(json.loads(node_link(network)), edges="edges")

    same(read, flat(network, place(network)))


def test_edges_say_their_evidence(network):
    edge = flat(network).edges[iri("acteur:ada"), iri("acteur:bea")]

    assert edge == {
        "weight": 2.0,
        "initiatives": "Fibre optique | Tiers-lieu",
        "roles": "Ada (porteur) | Béa (financeur) | Ada (financeur)",
        "sources": "https://example.org/a | https://example.org/b",
    }


def test_hostile_labels_survive():
    ask = told([("a", "i"), ("b", "i")], [("a", HOSTILE), ("b", "x" * 300)])
    network = project(pull(ask), read_names(ask, "fr"))

    read = nx.read_graphml(io.BytesIO(graphml(network)))
    label = read.nodes[iri("acteur:a")]["label"]
    assert label == "<b>&\"'\ufffd\ufffd \ud7ff 😀 مرحبا"
    assert (
        nx.read_gexf(io.BytesIO(gexf(network))).nodes[iri("acteur:a")]["label"] == label
    )


@pytest.mark.parametrize("write", [graphml, gexf, node_link])
def test_an_empty_network_is_a_valid_file(write):
    network = project(pull(told([])), filters=Filters(axis=("urn:none",)))

    assert write(network) == write(network)
    assert b"acteur" not in write(network)
