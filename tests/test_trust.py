"""Which source is trusted most, and the label that is shown."""

from __future__ import annotations

import io
from itertools import permutations

import pytest
from rdflib.term import URIRef

from spnr_graph.catalogue import trust
from spnr_graph.labels import labels
from spnr_graph.namespaces import CATALOGUE_GRAPH, PREFIXES
from spnr_graph.operations.network import network
from spnr_graph.project import open_project
from spnr_graph.store import Store, open_store

ACTOR = URIRef(PREFIXES["acteur"] + "siren-239900011")
BASE = "https://w3id.org/spnr/graph/contribution/"
NAME = f"<{PREFIXES['skos']}prefLabel>"


def graph(name: str) -> URIRef:
    return URIRef(f"{BASE}{name}/essai")


def put(store: Store, name: URIRef, *lines: str) -> None:
    store.replace(name, io.BytesIO("".join(f"{line} .\n" for line in lines).encode()))


def catalogue(store: Store, **said: tuple[str | None, str | None]) -> None:
    """Describe sources by their rank and the day of their last change."""
    lines = []
    for name, (rank, day) in said.items():
        node = f"<{graph(name)}>"
        lines.append(f'{node} <{PREFIXES["dcterms"]}identifier> "{name}"')
        if rank is not None:
            typed = f'"{rank}"^^<{PREFIXES["xsd"]}integer>'
            lines.append(f"{node} <{PREFIXES['spnr']}trustRank> {typed}")
        if day is not None:
            typed = f'"{day}"^^<{PREFIXES["xsd"]}date>'
            lines.append(f"{node} <{PREFIXES['dcterms']}modified> {typed}")
    put(store, URIRef(CATALOGUE_GRAPH), *lines)


def named(store: Store, **names: str) -> None:
    """Let each source name the actor, in the language after the last @."""
    for source, text in names.items():
        name, _, lang = text.rpartition("@")
        put(store, graph(source), f'<{ACTOR}> {NAME} "{name}"@{lang}')


def test_rank_then_latest_change_then_iri_decide() -> None:
    with open_store("memory:") as store:
        catalogue(
            store,
            e=(None, "2026-05-01"),
            d=(None, None),
            c=("2", "2025-01-01"),
            b=("2", "2026-01-01"),
            a=("2", "2026-01-01"),
            f=("1", None),
        )
        order = trust(store)

    names = ["f", "a", "b", "c", "e", "d"]
    assert sorted(map(graph, "abcdef"), key=lambda g: order.place(str(g))) == [
        graph(name) for name in names
    ]
    assert order.ranks == {
        str(graph(name)): rank
        for name, rank in (("f", 1), ("a", 2), ("b", 2), ("c", 2))
    }


def test_a_graph_without_description_comes_last() -> None:
    with open_store("memory:") as store:
        catalogue(store, known=(None, None))
        order = trust(store)

    assert order.place(str(graph("known"))) < order.place(str(graph("alone")))
    assert order.place("urn:a") < order.place("urn:b")


def test_a_rank_or_a_day_that_is_none_counts_as_missing() -> None:
    with open_store("memory:") as store:
        catalogue(store, a=("premier", "hier"), b=("9", None))
        order = trust(store)

    assert order.place(str(graph("b"))) < order.place(str(graph("a")))
    assert order.ranks == {str(graph("b")): 9}


@pytest.mark.parametrize(
    "order", list(permutations(("fort", "moyen", "faible"))), ids="-".join
)
def test_the_most_trusted_name_is_shown_whatever_the_order_of_loading(
    order: tuple[str, ...],
) -> None:
    names = {"fort": "Zone@fr", "moyen": "Aire@fr", "faible": "Lieu@fr"}
    with open_store("memory:") as store:
        for source in order:
            named(store, **{source: names[source]})
        catalogue(store, fort=("1", None), moyen=("2", None), faible=(None, None))

        assert labels(store, [ACTOR]) == {ACTOR: "Zone"}


def test_the_language_comes_before_trust() -> None:
    with open_store("memory:") as store:
        named(store, fort="Region@en", faible="Région@fr")
        catalogue(store, fort=("1", None), faible=("2", None))

        assert labels(store, [ACTOR], "fr") == {ACTOR: "Région"}
        assert labels(store, [ACTOR], "en") == {ACTOR: "Region"}
        assert labels(store, [ACTOR], "de") == {ACTOR: "Region"}


def test_drawings_show_the_name_of_the_most_trusted_source() -> None:
    initiative, role = PREFIXES["initiative"] + "i", PREFIXES["role"] + "porteur"
    part = f"<{PREFIXES['participation']}p>"
    with open_store("memory:") as store:
        named(store, fort="Zone@fr", faible="Aire@fr")
        put(
            store,
            graph("parts"),
            f"{part} <{PREFIXES['cv']}hasParticipant> <{ACTOR}>",
            f"{part} <{PREFIXES['spnr']}initiative> <{initiative}>",
            f"{part} <{PREFIXES['cv']}role> <{role}>",
            f'<{role}> <{PREFIXES["spnr"]}collaborative> "true"'
            f"^^<{PREFIXES['xsd']}boolean>",
        )
        catalogue(store, fort=("1", None), faible=("2", None))
        drawn = network(store, project_=open_project())

    assert {drawn.nodes[node]["label"] for node in drawn} == {"Zone"}


def test_every_shipped_dataset_has_a_rank_and_says_why() -> None:
    content = open_project()
    rank = URIRef(PREFIXES["spnr"] + "trustRank")
    note = URIRef(PREFIXES["skos"] + "editorialNote")
    for name in ("ontologie", "politique", "territoires", "recensement"):
        dataset = content.datasets[name]
        found = dataset.description.value(dataset.graph, rank)
        notes = dataset.description.objects(dataset.graph, note)

        assert any(f"Rang de confiance {found} :" in str(each) for each in notes)
