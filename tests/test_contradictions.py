"""What two sources contradict each other on, and which value is shown."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from rdflib.term import URIRef

from spnr_graph.findings import Severity
from spnr_graph.namespaces import expand, shorten
from spnr_graph.operations.contradictions import contradictions, disagreements
from spnr_graph.operations.validate import validate
from spnr_graph.store import Store, open_store

HEAD = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix acteur: <https://w3id.org/spnr/id/acteur/> .
@prefix initiative: <https://w3id.org/spnr/id/initiative/> .
@prefix participation: <https://w3id.org/spnr/id/participation/> .
@prefix role: <https://w3id.org/spnr/voc/role/> .
@prefix statut: <https://w3id.org/spnr/voc/statut/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPH = "https://w3id.org/spnr/graph/contribution/{}/essai"
RANKS = "".join(
    f'<{GRAPH.format(name)}> dcterms:identifier "{name}" ; void:triples 1 ; '
    f"spnr:trustRank {rank} .\n"
    for name, rank in (("sure", 1), ("moyenne", 2), ("faible", 3))
)
TOUCHING = "participation:a a spnr:Participation ; cv:hasParticipant acteur:a ; "
TOUCHING += "spnr:initiative initiative:i ; cv:role "


def store_of(**sources: str) -> Store:
    """Return a store with sources of declared trust."""
    store = open_store("memory:")
    named = {GRAPH.format(name): text for name, text in sources.items()}
    named["https://w3id.org/spnr/graph/catalogue"] = RANKS
    for graph, text in named.items():
        lines = ox.serialize(
            ox.parse(HEAD + text, ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES
        )
        store.replace(URIRef(graph), io.BytesIO(lines or b""))
    return store


def said(
    store: Store, thing: str | None = None
) -> list[tuple[str, str, str, str, str, str]]:
    """Return thing, property, value and source shown, value and source not shown."""
    return [
        (
            shorten(each.thing),
            shorten(each.about),
            shorten(str(each.shown)),
            each.source.split("/")[-2],
            shorten(str(each.other)),
            each.other_source.split("/")[-2],
        )
        for each in disagreements(store, URIRef(expand(thing) or "") if thing else None)
    ]


@pytest.mark.parametrize(
    ("sure", "faible", "about", "shown", "other"),
    [
        pytest.param(
            'acteur:a skos:prefLabel "Un"@fr .',
            'acteur:a skos:prefLabel "Deux"@fr .',
            "skos:prefLabel",
            "Un",
            "Deux",
            id="names",
        ),
        pytest.param(
            "initiative:i adms:status statut:achevee .",
            "initiative:i adms:status statut:en-cours .",
            "adms:status",
            "statut:achevee",
            "statut:en-cours",
            id="status",
        ),
        pytest.param(
            'initiative:i schema:startDate "2018-02-01"^^xsd:date .',
            'initiative:i schema:startDate "2019-01-01"^^xsd:date .',
            "schema:startDate",
            "2018-02-01",
            "2019-01-01",
            id="dates",
        ),
        pytest.param(
            "participation:p spnr:amountEUR 1000.0 .",
            "participation:p spnr:amountEUR 2000.0 .",
            "spnr:amountEUR",
            "1000",
            "2000",
            id="amounts",
        ),
    ],
)
def test_two_values_of_one_property_are_a_contradiction(
    sure: str, faible: str, about: str, shown: str, other: str
) -> None:
    ((_, *found),) = said(store_of(sure=sure, faible=faible))

    assert found == [about, shown, "sure", other, "faible"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(
            'acteur:a skos:prefLabel "Côte d\'Or"@fr .',
            'acteur:a skos:prefLabel " CÔTE  d\'or"@fr .',
            id="case and spaces",
        ),
        pytest.param(
            'acteur:a skos:prefLabel "Région"@fr .',
            'acteur:a skos:prefLabel "Region"@en .',
            id="two languages",
        ),
        pytest.param(
            'initiative:i schema:startDate "2018-01-01"^^xsd:date ; '
            'schema:temporalCoverage "2018/.." .',
            'initiative:i schema:startDate "2018-02-15"^^xsd:date .',
            id="a year and a day of it",
        ),
        pytest.param(
            'initiative:i schema:endDate "2018-12-31"^^xsd:date ; '
            'schema:temporalCoverage "2015/2018" .',
            'initiative:i schema:endDate "2018-06-30"^^xsd:date ; '
            'schema:temporalCoverage "../2018-06" .',
            id="a year and a month of it",
        ),
        pytest.param(
            "initiative:i adms:status statut:inconnu .",
            "initiative:i adms:status statut:en-cours .",
            id="unknown says nothing",
        ),
        pytest.param(
            "participation:p spnr:amountEUR 1000.0 .",
            "participation:p spnr:amountEUR 1000.00 .",
            id="one number written twice",
        ),
        pytest.param(
            'acteur:a skos:altLabel "A"@fr .',
            'acteur:a skos:altLabel "B"@fr .',
            id="a property that may have several values",
        ),
        pytest.param(
            TOUCHING + "role:porteur .",
            TOUCHING.replace("participation:a", "participation:b")
            + "role:porteur . participation:c cv:hasParticipant acteur:a ; "
            "spnr:initiative initiative:i ; cv:role role:financeur .",
            id="a role in common",
        ),
        pytest.param(
            TOUCHING + "role:porteur .",
            TOUCHING.replace("participation:a", "participation:b").replace(
                "initiative:i", "initiative:j"
            )
            + "role:financeur .",
            id="roles in two initiatives",
        ),
    ],
)
def test_what_is_compatible_is_no_contradiction(one: str, two: str) -> None:
    assert said(store_of(sure=one, faible=two)) == []


def test_roles_without_one_in_common_are_a_contradiction() -> None:
    other = TOUCHING.replace("participation:a", "participation:b")
    store = store_of(
        sure=TOUCHING + "role:porteur .", faible=other + "role:financeur ."
    )

    assert said(store) == [
        ("acteur:a", "cv:role", "role:porteur", "sure", "role:financeur", "faible")
    ]


@pytest.mark.parametrize("thing", ["acteur:a", "initiative:i", "participation:a"])
def test_a_thing_is_asked_about_with_its_participations(thing: str) -> None:
    other = TOUCHING.replace("participation:a", "participation:b")
    store = store_of(
        sure=TOUCHING + "role:porteur ; spnr:amountEUR 1.0 . "
        'acteur:z skos:prefLabel "Un"@fr .',
        faible=other + "role:financeur . participation:a spnr:amountEUR 2.0 . "
        'acteur:z skos:prefLabel "Deux"@fr .',
    )

    assert said(store, thing) == [
        row
        for row in said(store)
        if row[0] == "participation:a"
        or (row[0] == "acteur:a" and thing != "participation:a")
    ]
    assert len(said(store)) == 3
    assert said(store, "acteur:inconnu") == []


def test_values_that_one_source_gives_twice_are_not_between_sources() -> None:
    text = 'acteur:a skos:prefLabel "Un"@fr , "Deux"@fr .'

    assert said(store_of(sure=text)) == []


def test_of_three_sources_each_is_compared_with_the_value_shown() -> None:
    store = store_of(
        sure='acteur:a skos:prefLabel "Un"@fr .',
        moyenne='acteur:a skos:prefLabel "Deux"@fr .',
        faible='acteur:a skos:prefLabel "Trois"@fr .',
    )

    assert [row[2:] for row in said(store)] == [
        ("Un", "sure", "Trois", "faible"),
        ("Un", "sure", "Deux", "moyenne"),
    ]


def test_validate_warns_of_contradictions_in_both_languages() -> None:
    store = store_of(
        sure='acteur:a skos:prefLabel "Un"@fr .',
        faible='acteur:a skos:prefLabel "Deux"@fr .',
    )

    (found,) = contradictions(store)

    assert found in validate(store).findings
    assert (found.source, found.severity, found.shape) == (
        "faible",
        Severity.WARNING,
        "https://w3id.org/spnr/shapes#contradiction",
    )
    assert found.fr == (
        "nom : « Un » selon sure, « Deux » selon faible. La valeur de sure est "
        "montrée ; vérifier laquelle est juste et la corriger à la source."
    )
    assert found.en == (
        'name: "Un" according to sure, "Deux" according to faible. The value of sure '
        "is shown; check which one is right and correct it at the source."
    )
