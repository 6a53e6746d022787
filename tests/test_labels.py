"""IRIs → labels."""

from __future__ import annotations

import io

import pytest
from rdflib import Literal, URIRef

from spnr_graph import labels as module
from spnr_graph import sparql
from spnr_graph.labels import labelled, labels
from spnr_graph.store import Store, open_store
from spnr_graph.table import Solutions

EX = "https://w3id.org/spnr/id/acteur/"
REGION = URIRef(EX + "siren-239900011")
AXIS = URIRef("https://w3id.org/spnr/voc/axe/inclusion-numerique")
CATALOGUED = URIRef("https://w3id.org/spnr/graph/reference/territoires")
NAMELESS = URIRef(EX + "sans-nom")
FOREIGN = URIRef("https://example.org/a#b?c")


def test_labels_prefer_the_language_then_another(small: Store) -> None:
    known = [AXIS, REGION, CATALOGUED]

    assert labels(small, known, "fr") == {
        AXIS: "inclusion numérique",
        REGION: "Région Exemple",
        CATALOGUED: "Territoires",
    }
    assert labels(small, known, "en") == {
        AXIS: "digital inclusion",
        REGION: "Example Region",
        CATALOGUED: "Territoires",
    }


def test_a_nameless_thing_is_called_by_its_short_name(small: Store) -> None:
    assert labels(small, [NAMELESS, FOREIGN], "fr") == {
        NAMELESS: "acteur:sans-nom",
        FOREIGN: "https://example.org/a#b?c",
    }


def test_no_iri_asks_nothing() -> None:
    with open_store("memory:") as store:
        assert labels(store, [], "fr") == {}


def test_batches_give_every_label(
    small: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    iris = [AXIS, NAMELESS, REGION, CATALOGUED, AXIS]

    assert list(labels(small, iris, "fr")) == [AXIS, NAMELESS, REGION, CATALOGUED]


def test_property_then_text_decide_between_equals() -> None:
    name = "<http://xmlns.com/foaf/0.1/name>"
    title = "<http://purl.org/dc/terms/title>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    thing, plain = f"<{EX}a>", f"<{EX}b>"
    lines = [
        f'{thing} {name} "nom"@fr .',
        f'{thing} {title} "titre"@fr-FR .',
        f'{thing} {label} "étiquette 2"@fr .',
        f'{thing} {label} "étiquette 1"@fr .',
        f'{plain} {label} "sans langue" .',
        f'{plain} {name} "name"@en .',
    ]
    with open_store("memory:") as store:
        graph = URIRef("https://w3id.org/spnr/graph/reference/essai")
        store.replace(graph, io.BytesIO("\n".join(lines).encode()))
        found = labels(store, [URIRef(EX + "a"), URIRef(EX + "b")], "fr")

    assert list(found.values()) == ["étiquette 1", "name"]


def test_labelled_adds_a_column_beside_iris(small: Store) -> None:
    query = sparql.parse(
        "SELECT ?a ?n ?b { VALUES (?a ?n ?b) { "
        f"(<{REGION}> 1 UNDEF) (UNDEF 2 UNDEF) (<{NAMELESS}> UNDEF UNDEF) }} }} "
        "ORDER BY ?n"
    )

    table = labelled(small, small.select(query), "fr").table()

    assert table.columns == ("a", "a_libelle", "n", "b")
    assert table.rows == (
        (NAMELESS, Literal("acteur:sans-nom"), None, None),
        (REGION, Literal("Région Exemple"), Literal(1), None),
        (None, None, Literal(2), None),
    )


def test_labelled_keeps_an_empty_answer(small: Store) -> None:
    empty = Solutions(columns=("a",), rows=iter(()))

    assert labelled(small, empty, "fr").table().columns == ("a",)
