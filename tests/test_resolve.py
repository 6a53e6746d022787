"""What a person typed → one thing of the graph."""

from __future__ import annotations

import io

import pytest
from rdflib import URIRef

from spnr_graph.errors import QueryError
from spnr_graph.resolve import resolve
from spnr_graph.store import Store, open_store

ID = "https://w3id.org/spnr/id/"
VOC = "https://w3id.org/spnr/voc/"


@pytest.mark.parametrize(
    ("kind", "text", "iri"),
    [
        ("spnr:PolicyAxis", VOC + "axe/inclusion-numerique", "axe/inclusion-numerique"),
        (
            "spnr:PolicyAxis",
            f"<{VOC}axe/inclusion-numerique>",
            "axe/inclusion-numerique",
        ),
        ("spnr:PolicyAxis", "axe:inclusion-numerique", "axe/inclusion-numerique"),
        ("spnr:PolicyAxis", "inclusion-numerique", "axe/inclusion-numerique"),
        ("spnr:PolicyAxis", "AX1", "axe/inclusion-numerique"),
        ("spnr:PolicyAxis", "inclusion numérique", "axe/inclusion-numerique"),
        ("spnr:PolicyAxis", "Inclusion Numerique", "axe/inclusion-numerique"),
        ("spnr:PolicyAxis", "digital inclusion", "axe/inclusion-numerique"),
        ("voc:type-acteur", "commune", "type-acteur/commune"),
        ("voc:technologie", " fibre jusqu’au logement ", "technologie/ftth"),
    ],
)
def test_concepts_are_found(small: Store, kind: str, text: str, iri: str) -> None:
    assert resolve(small, kind, text) == URIRef(VOC + iri)


@pytest.mark.parametrize(
    ("kind", "text", "iri"),
    [
        ("spnr:Actor", "region-exemple", "acteur/siren-239900011"),
        ("spnr:Actor", "239900011", "acteur/siren-239900011"),
        ("spnr:Actor", "siren-239900011", "acteur/siren-239900011"),
        ("spnr:Actor", "GRAND AMONT", "acteur/siren-200000017"),
        ("spnr:Actor", "universite d exemple", "acteur/local-recensement-universite"),
        ("spnr:Actor", "Atelier-du-cuir", "acteur/local-recensement-atelier-du-cuir"),
        ("spnr:Actor", "W9A0000001", "acteur/rna-W9A0000001"),
        ("dcterms:Location", "9A", "territoire/dep-9A"),
        ("dcterms:Location", "cote d'aval", "territoire/dep-9B"),
        ("dcterms:Location", "Oeuilly", "territoire/com-9A001"),
        ("dcterms:Location", "L’ÉTANG", "territoire/com-9B001"),
        ("igeo:Departement", "Amont", "territoire/dep-9A"),
        (
            "rdfs:Resource",
            "Université d'Exemple",
            "acteur/local-recensement-universite",
        ),
        (
            "rdfs:Resource",
            "universite d'exemple",
            "acteur/local-recensement-universite",
        ),
    ],
)
def test_things_are_found(small: Store, kind: str, text: str, iri: str) -> None:
    assert resolve(small, kind, text) == URIRef(ID + iri)


@pytest.mark.parametrize(
    ("kind", "text", "iri"),
    [
        ("spnr:Actor", "acteur:local-recensement-ancien", "acteur/siren-200000041"),
        ("spnr:Actor", "ancien syndicat du haut debit", "acteur/siren-200000041"),
        ("dcterms:Location", "9A003", "territoire/com-9A001"),
    ],
)
def test_a_replaced_thing_stands_for_its_successor(
    small: Store, kind: str, text: str, iri: str
) -> None:
    assert resolve(small, kind, text) == URIRef(ID + iri)


def refusal(store: Store, kind: str, text: str, lang: str = "fr") -> QueryError:
    with pytest.raises(QueryError) as caught:
        resolve(store, kind, text, lang=lang)
    return caught.value


def test_an_ambiguous_name_lists_the_candidates(small: Store) -> None:
    error = refusal(small, "dcterms:Location", "Amont")

    assert error.fr == (
        "« Amont » désigne plusieurs choses du genre dcterms:Location : "
        "Amont (territoire:com-9A002), Amont (territoire:dep-9A). Donner le nom entre "
        "parenthèses."
    )
    assert error.en.endswith("Give the name in parentheses.")


def test_an_unknown_name_suggests_the_nearest(small: Store) -> None:
    error = refusal(small, "spnr:PolicyAxis", "inclusion numérik", "en")

    assert error.en == (
        "'inclusion numérik' names nothing of kind spnr:PolicyAxis. "
        "Try: digital inclusion (axe:inclusion-numerique)."
    )


def test_a_word_of_the_name_is_enough_for_a_suggestion(small: Store) -> None:
    error = refusal(small, "spnr:Actor", "departement")

    assert error.fr == (
        "« departement » ne désigne rien du genre spnr:Actor. Essayer : "
        "Département de Côte-d'Aval (acteur:siren-229900039), "
        "Département d'Amont (acteur:siren-229900021)."
    )


@pytest.mark.parametrize("text", ["xyzxyz", "", "«»", 'a" } INSERT'])
def test_nothing_near_asks_for_a_name(small: Store, text: str) -> None:
    error = refusal(small, "spnr:PolicyAxis", text)

    assert error.fr.endswith("Donner un nom, un code ou une IRI.")
    assert error.en.endswith("Give a name, a code or an IRI.")


def test_a_thing_of_another_kind_is_not_taken(small: Store) -> None:
    error = refusal(small, "spnr:Actor", "axe:inclusion-numerique")

    assert "names nothing of kind spnr:Actor" in error.en


def test_an_empty_store_says_what_to_do() -> None:
    with open_store("memory:") as store:
        error = refusal(store, "spnr:Actor", "arnia")

    assert (
        error.fr
        == "L'entrepôt ne contient rien du genre spnr:Actor. Charger les données : "
        "spnr load."
    )
    assert "spnr load" in error.en


def test_successors_in_a_circle_or_unknown_end() -> None:
    def line(thing: str, successor: str) -> str:
        isa = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        by = "<http://purl.org/dc/terms/isReplacedBy>"
        return (
            f"<{ID}acteur/{thing}> {isa} <https://w3id.org/spnr/def#Actor> .\n"
            f"<{ID}acteur/{thing}> {by} <{ID}acteur/{successor}> .\n"
        )

    data = line("a", "b") + line("b", "a") + line("c", "ailleurs")
    with open_store("memory:") as store:
        graph = URIRef("https://w3id.org/spnr/graph/identite")
        store.replace(graph, io.BytesIO(data.encode()))

        assert resolve(store, "spnr:Actor", "a") == URIRef(ID + "acteur/a")
        assert resolve(store, "spnr:Actor", "c") == URIRef(ID + "acteur/ailleurs")
