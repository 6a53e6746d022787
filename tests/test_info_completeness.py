"""What a contribution leaves unsaid, in shares and as a list of things to do."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import URIRef

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, CATALOGUE_GRAPH, INFERENCE_GRAPH, PREFIXES
from spnr_graph.operations.completeness import Aspect, Completeness, completeness
from spnr_graph.operations.gaps import GAPS
from spnr_graph.operations.layout import BAR, aligned, bar, markdown, percent
from spnr_graph.store import Store, open_store
from tests.commands import run

GRAPH = f"{BASE}graph/contribution/arnia/lieux"
OTHER = f"{BASE}graph/contribution/autre/jeu"
EMPTY = f"{BASE}graph/contribution/vide/jeu"
HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
OURS = """
acteur:a a spnr:Actor ; skos:prefLabel "Agence =A"@fr, "Agency"@en ; spnr:siret "1" ;
  org:classification type-acteur:commune ; dcterms:source <urn:s>, <urn:t> ;
  dcterms:spatial territoire:reg-27 ; foaf:homepage <https://a.invalid/> .
acteur:b a spnr:Actor ; skos:prefLabel "B"@fr ; spnr:siren "2" ; spnr:rna "W2" ;
  dcterms:source <urn:s> ; org:classification type-acteur:commune .
acteur:c a spnr:Actor ; skos:prefLabel "C"@en ; dcterms:source <urn:s> .
participation:p1 a spnr:Participation ; cv:hasParticipant acteur:c ;
  cv:role role:membre ; spnr:initiative initiative:i ;
  schema:endDate "2026-01-01"^^xsd:date .
"""
THEIRS = """
acteur:c a spnr:Actor ; skos:prefLabel "C de l'autre"@fr ; spnr:siren "3" .
initiative:i a spnr:Initiative ; skos:prefLabel "Une initiative"@fr .
participation:p2 a spnr:Participation ; cv:hasParticipant acteur:b ; spnr:initiative initiative:i .
participation:p3 a spnr:Participation ; cv:hasParticipant acteur:c ; spnr:initiative initiative:i .
"""  # noqa: E501


def put(store: Store, graph: str, turtle: str) -> None:
    triples = ox.parse((HEAD + turtle).encode(), ox.RdfFormat.TURTLE)
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    store.replace(URIRef(graph), io.BytesIO(lines))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with two contributions and the graph of what was derived."""
    location = str(tmp_path_factory.mktemp("completeness") / "store")
    named = {
        GRAPH: "lieux",
        OTHER: "autre",
        EMPTY: "vide",
        INFERENCE_GRAPH: "inference",
    }
    with open_store(location) as store:
        put(store, GRAPH, OURS)
        put(store, OTHER, THEIRS)
        put(store, EMPTY, "<urn:a> <urn:b> <urn:c> .")
        told = (
            f'<{graph}> dcterms:identifier "{name}" ; void:triples 1 .'
            for graph, name in named.items()
        )
        put(store, CATALOGUE_GRAPH, "\n".join(told))
    return location


def found(location: str, name: str = "lieux", lang: str = "fr") -> Completeness:
    with open_store(location, read_only=True) as store:
        return completeness(store, name, lang=lang)


# --- What is found --------------------------------------------------------------------


def test_shares_count_what_the_contribution_itself_says(held: str) -> None:
    shares = found(held).shares

    assert [(s.kind.split("#")[1], s.aspect.en, s.have, s.of) for s in shares] == [
        ("Actor", "website", 1, 3),
        ("Actor", "territory", 1, 3),
        ("Actor", "SIREN, SIRET or RNA", 2, 3),
        ("Actor", "French name", 2, 3),
        ("Actor", "type", 2, 3),
        ("Actor", "source", 3, 3),
        ("Participation", "source", 0, 1),
        ("Participation", "date", 1, 1),
        ("Participation", "role", 1, 1),
    ]


def test_the_score_is_what_is_said_over_what_is_expected(held: str) -> None:
    left = found(held)

    assert (left.filled, left.expected) == (13, 21)
    assert left.filled == sum(share.have for share in left.shares)
    assert left.expected == sum(share.of for share in left.shares)


def test_what_touches_most_participations_comes_first(held: str) -> None:
    gaps = found(held).gaps

    assert [(g.thing.rpartition("/")[2], g.links, len(g.missing)) for g in gaps] == [
        ("c", 2, 5),
        ("b", 1, 2),
        ("p1", 0, 1),
    ]
    assert gaps[1].missing == (
        Aspect(fr="site web", en="website"),
        Aspect(fr="territoire", en="territory"),
    )
    assert [gap.label for gap in gaps[:2]] == ["C de l'autre", "B"]


def test_what_was_derived_is_no_dataset_and_the_nearest_name_is_said(held: str) -> None:
    with pytest.raises(DataError) as near:
        found(held, "lieu")
    with pytest.raises(DataError) as derived:
        found(held, "inference")

    assert near.value.fr == (
        "L'entrepôt ne contient pas le jeu de données « lieu ». Voulait-on dire lieux "
        "? Il contient : autre, lieux, vide."
    )
    assert derived.value.en.endswith("It holds: autre, lieux, vide.")


def test_the_real_census_is_measured(catalogue_store: str) -> None:
    left = found(catalogue_store, "recensement")

    sizes = {share.kind.split("#")[1]: share.of for share in left.shares}
    assert sizes == {
        "Actor": 229, "DigitalService": 6, "Initiative": 141, "Participation": 582,
    }  # fmt: skip
    assert left.gaps[0].label == "Région Bourgogne-Franche-Comté"
    assert [gap.links for gap in left.gaps] == sorted(
        (gap.links for gap in left.gaps), reverse=True
    )


def test_a_merged_territory_needs_no_place_of_its_own(catalogue_store: str) -> None:
    gaps = found(catalogue_store, "territoires").gaps

    assert not [gap for gap in gaps if gap.label.startswith("Ancienne commune")]


# --- What is shown --------------------------------------------------------------------


def test_text_shows_bars_and_ten_things_to_do(held: str) -> None:
    result = run("--store", held, "info", "--dataset", "lieux")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Complétude de lieux : 61\N{NO-BREAK SPACE}% (13 informations données sur 21 "
        "attendues ; chacune compte autant)",
        "",
        "3 acteurs",
        "  site web             ██████▋                33\N{NO-BREAK SPACE}%  "
        "2 à compléter",
        "  territoire           ██████▋                33\N{NO-BREAK SPACE}%  "
        "2 à compléter",
        "  SIREN, SIRET ou RNA  █████████████▎         66\N{NO-BREAK SPACE}%  "
        "1 à compléter",
        "  nom français         █████████████▎         66\N{NO-BREAK SPACE}%  "
        "1 à compléter",
        "  type                 █████████████▎         66\N{NO-BREAK SPACE}%  "
        "1 à compléter",
        "  source               ████████████████████  100\N{NO-BREAK SPACE}%",
        "",
        "1 participation",
        "  source                          0\N{NO-BREAK SPACE}%  1 à compléter",
        "  date    ████████████████████  100\N{NO-BREAK SPACE}%",
        "  rôle    ████████████████████  100\N{NO-BREAK SPACE}%",
        "",
        "À compléter d'abord (3 sur 3), par nombre de participations concernées :",
        "   1. C de l'autre (acteur:c, 2 participations)",
        "      manque : SIREN, SIRET ou RNA, nom français, site web, territoire, type",
        "   2. B (acteur:b, 1 participation)",
        "      manque : site web, territoire",
        "   3. participation:p1 (0 participation)",
        "      manque : source",
    ]


def test_english_text_says_the_same(held: str) -> None:
    text = run("--store", held, "--lang", "en", "info", "--dataset", "lieux").stdout

    assert text.startswith(
        "Completeness of lieux: 61% (13 pieces of information given out of 21 "
        "expected; each counts the same)\n\n3 actors\n  website  "
    )
    assert "  source                          0%  1 to complete\n" in text
    assert text.endswith("      lacks: source\n")


def test_csv_is_the_whole_list(held: str) -> None:
    rows = csv.reader(io.StringIO(GAPS["csv"](found(held), lang="fr")))

    assert [row[1:] for row in rows] == [
        ["nom", "classe", "participations", "manque"],
        [
            "C de l'autre", "spnr:Actor", "2",
            "SIREN, SIRET ou RNA, nom français, site web, territoire, type",
        ],
        ["B", "spnr:Actor", "1", "site web, territoire"],
        ["participation:p1", "spnr:Participation", "0", "source"],
    ]  # fmt: skip


def test_json_is_the_whole_list_with_stable_keys(held: str) -> None:
    value = json.loads(GAPS["json"](found(held, lang="en"), lang="en"))

    assert (value["dataset"], value["graph"]) == ("lieux", GRAPH)
    assert (value["filled"], value["expected"]) == (13, 21)
    assert value["shares"][0] == {
        "class": "spnr:Actor", "aspect": "website", "have": 1, "of": 3,
    }  # fmt: skip
    assert value["gaps"][1] == {
        "thing": f"{BASE}id/acteur/b",
        "label": "B",
        "class": "spnr:Actor",
        "participations": 1,
        "missing": ["website", "territory"],
    }


def test_markdown_has_two_tables(held: str) -> None:
    lines = GAPS["markdown"](found(held), lang="fr").splitlines()

    assert lines[0].startswith("## Complétude de lieux : 61")
    assert lines[2:4] == [
        "| classe | information | donnée | sur | part |",
        "| --- | --- | --- | --- | --- |",
    ]
    assert lines[-2] == "| B | 1 | site web, territoire |"


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_dataset_without_measured_things_says_so(name: str, held: str) -> None:
    left = found(held, "vide")

    assert GAPS[name](left, lang="fr").startswith("Ce jeu de données ne contient rien")
    assert GAPS[name](left, lang="en").startswith("This dataset holds nothing whose")


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_complete_dataset_says_so(name: str, catalogue_store: str) -> None:
    left = found(catalogue_store, "ontologie")

    assert left.gaps == ()
    assert GAPS[name](left, lang="fr").endswith("tout ce qui est attendu est dit.\n")
    assert GAPS[name](left, lang="en").endswith("all that is expected is said.\n")


def test_contradictions_with_other_sources_are_told() -> None:
    name = 'acteur:a a spnr:Actor ; skos:prefLabel "{}"@fr .'
    with open_store("memory:") as store:
        put(store, GRAPH, name.format("Agence"))
        put(store, OTHER, name.format("Bureau"))
        put(store, EMPTY, 'acteur:b skos:prefLabel "B"@fr .')
        told = {GRAPH: "lieux", OTHER: "autre", EMPTY: "vide"}
        put(
            store,
            CATALOGUE_GRAPH,
            "\n".join(
                f'<{graph}> dcterms:identifier "{name}" ; void:triples 1 .'
                for graph, name in told.items()
            ),
        )
        lieux = completeness(store, "lieux")
        autre = completeness(store, "autre")
        vide = completeness(store, "vide")

    said = (
        "nom : « Agence » selon lieux, « Bureau » selon autre. La valeur de lieux est "
        "montrée ; vérifier laquelle est juste et la corriger à la source."
    )
    assert [each.finding.fr for each in lieux.disputed] == [said]
    assert autre.disputed == lieux.disputed
    assert vide.disputed == ()
    assert GAPS["text"](autre, lang="fr").splitlines()[-3:] == [
        "Contradictions avec d'autres sources (1 sur 1) :",
        "   1. Agence (acteur:a)",
        f"      {said}",
    ]
    english = GAPS["text"](autre, lang="en")
    assert "Contradictions with other sources (1 of 1):\n" in english
    assert json.loads(GAPS["json"](autre, lang="fr"))["contradictions"] == [
        {"thing": f"{BASE}id/acteur/a", "label": "Agence", "message": said}
    ]
    for lang in ("fr", "en"):
        assert "(acteur:a) |" in GAPS["markdown"](autre, lang=lang)


# --- Layout ---------------------------------------------------------------------------


@given(st.integers(1, 10_000), st.data())
def test_a_bar_is_full_only_when_nothing_lacks(of: int, data: st.DataObject) -> None:
    have = data.draw(st.integers(0, of))

    shown = bar(have, of)

    assert len(shown) == BAR
    assert (shown == "█" * BAR) == (have == of)
    assert (percent(have, of, "en") == "100%") == (have == of)
    assert (percent(0, 0, "en"), bar(0, 0)) == ("0%", " " * BAR)


def test_wide_characters_keep_columns_in_line() -> None:
    assert aligned([["日本", "x"], ["a", "y"]]) == ["日本  x", "a     y"]


def test_a_cell_cannot_break_a_markdown_table() -> None:
    assert markdown([["a"], ["x | y\nz"]]) == ["| a |", "| --- |", "| x \\| y z |"]
