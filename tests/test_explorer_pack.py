"""What an explorer holds, as the columns that the page reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from spnr_graph.render.explorer.pack import packed
from tests.collaborations import TURTLE, iri, loaded
from tests.explorers import explored, explored_file, invented

MORE = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix fiabilite: <https://w3id.org/spnr/voc/fiabilite/> .
@prefix statut: <https://w3id.org/spnr/voc/statut/> .

acteur:ada spnr:siren "111111118" ; spnr:siret "11111111800011" ;
  dcterms:spatial territoire:com-58194 ; foaf:homepage <https://example.org/ada,1> ;
  spnr:confidence fiabilite:affirme .
fiabilite:affirme skos:prefLabel "affirmé"@fr , "stated"@en .
statut:en-cours skos:prefLabel "en cours"@fr .
initiative:fibre adms:status statut:en-cours ; foaf:page <https://example.org/fibre> ;
  spnr:budgetEUR 1234567.5 .
participation:fibre--bea spnr:amountEUR 7654321 ; spnr:confidence fiabilite:affirme .
<https://example.org/a> a foaf:Document ; dcterms:title "Délibération"@fr ;
  dc:publisher "Commune d'Ada" ; dcterms:issued "2015-06" .
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The small network of collaborations, with all that an explorer may tell."""
    path = tmp_path_factory.mktemp("told") / "more.ttl"
    path.write_text(TURTLE.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return explored_file(path, observed=date(2026, 1, 31))


@pytest.fixture(scope="module")
def columns(told):
    return packed(told)


def row(columns, thing):
    """One thing of a group of columns."""
    at = columns["iri"].index(thing)
    return {n: column[at] for n, column in columns.items() if n != "measures"}


def test_all_columns_of_a_group_have_as_many_rows(columns):
    for group in ("concepts", "nodes", "initiatives", "participations", "sources"):
        sizes = {
            name: len(column)
            for name, column in columns[group].items()
            if name != "measures"
        }
        assert set(sizes.values()) == {len(columns[group]["iri"])}
    assert len({len(column) for column in columns["edges"].values()}) == 1
    assert {len(column) for column in columns["nodes"]["measures"].values()} == {
        len(columns["nodes"]["iri"])
    }


def test_what_is_written_above_the_network(columns):
    assert (columns["v"], columns["lang"]) == (1, "fr")
    assert columns["meta"] == {
        "title": {"fr": "Réseau d'essai", "en": "A network"},
        "subtitle": "",
        "source": "Essai",
        "licence": "CC0",
        "observed": "2026-01-31",
        "mode": "actors",
        "weight": "count",
        "alpha": 0.2,
    }


def test_an_actor_with_its_numbers_place_page_and_how_sure(columns):
    concepts = columns["concepts"]["iri"]
    ada = row(columns["nodes"], iri("acteur:ada"))

    assert ada["label"] == "Commune d'Ada"
    assert ada["short"] == "Ada"
    assert ada["type"] == 0
    assert ada["initiative"] == -1
    assert ada["identifiers"] == [["SIREN", "111111118"], ["SIRET", "11111111800011"]]
    assert ada["page"] == "https://example.org/ada,1"
    assert concepts[ada["kind"]] == iri("type-acteur:commune")
    assert concepts[ada["territory"]] == iri("territoire:com-58194")
    assert concepts[ada["confidence"]] == iri("fiabilite:affirme")
    assert [concepts[axis] for axis in ada["axes"]] == [
        iri("axe:inclusion-numerique"),
        iri("axe:territoires-intelligents"),
    ]
    assert ada["first"] == 2015


def test_what_is_not_known_is_said_to_be_unknown(columns):
    gus = row(columns["nodes"], iri("acteur:gus"))

    assert (gus["kind"], gus["territory"], gus["confidence"]) == (-1, -1, -1)
    assert (gus["identifiers"], gus["page"], gus["axes"]) == ([], "", [])
    assert (gus["first"], gus["community"], gus["stability"]) == (None, -1, 0)


def test_names_in_both_languages_and_once_where_they_are_one(columns):
    bea = row(columns["nodes"], iri("acteur:bea"))

    assert bea["label"] == {"fr": "Béa et compagnie", "en": "Bea and company"}
    assert row(columns["nodes"], iri("acteur:cyd"))["label"] == "Cyd"


def test_concepts_and_what_holds_them_at_every_level(columns):
    concepts = columns["concepts"]
    town = row(concepts, iri("territoire:com-58194"))
    county, region = (
        concepts["iri"].index(iri(f"territoire:{name}"))
        for name in ("dep-58", "reg-27")
    )

    assert town["scheme"] == "territory"
    assert town["parent"] == county
    assert town["within"] == sorted([county, region])
    commune = row(concepts, iri("type-acteur:commune"))
    assert (commune["colour"], commune["shape"]) == ("#E69F00", "dot")
    assert commune["parent"] == concepts["iri"].index(iri("type-acteur:bloc-communal"))


def test_an_initiative_with_its_days_status_and_euros_to_the_cent(columns):
    concepts = columns["concepts"]["iri"]
    fibre = row(columns["initiatives"], iri("initiative:fibre"))
    epoch = date(1970, 1, 1)

    assert fibre["start"] == (date(2015, 1, 1) - epoch).days
    assert fibre["end"] == (date(2018, 12, 31) - epoch).days
    assert concepts[fibre["status"]] == iri("statut:en-cours")
    assert fibre["page"] == "https://example.org/fibre"
    assert fibre["euros"] == 7654321  # what funders bring is more than the budget


def test_a_participation_with_its_amount_sources_and_how_sure(columns):
    given = columns["participations"]
    lead = row(given, iri("participation:fibre--ada"))
    funds = row(given, iri("participation:fibre--bea"))

    assert [columns["sources"]["iri"][s] for s in lead["sources"]] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert (lead["amount"], funds["amount"]) == (None, 7654321)
    assert columns["concepts"]["iri"][funds["confidence"]] == iri("fiabilite:affirme")
    assert columns["nodes"]["iri"][funds["actor"]] == iri("acteur:bea")


def test_a_source_with_its_title_and_publisher(columns):
    assert row(columns["sources"], "https://example.org/a") == {
        "iri": "https://example.org/a",
        "title": "Délibération",
        "publisher": "Commune d'Ada",
        "issued": "2015-06",
        "licence": "",
    }
    assert row(columns["sources"], "https://example.org/b")["title"] == ""


def test_a_link_names_the_initiatives_that_make_it(columns):
    nodes, edges = columns["nodes"]["iri"], columns["edges"]
    ends = list(zip(edges["a"], edges["b"], strict=True))
    both = ends.index((nodes.index(iri("acteur:ada")), nodes.index(iri("acteur:bea"))))

    assert edges["weight"][both] == 2
    assert [columns["initiatives"]["iri"][i] for i in edges["via"][both]] == [
        iri("initiative:fibre"),
        iri("initiative:lieu"),
    ]
    assert all(a < b for a, b in ends)
    assert ends == sorted(ends)


def test_every_measure_is_explained_in_both_languages(columns):
    named = [one["name"] for one in columns["measures"]]

    assert named == list(columns["nodes"]["measures"])
    assert named[:3] == ["liens", "force", "intermediarite"]
    for one in columns["measures"]:
        for key in ("label", "meaning", "unit", "caveat"):
            assert one[key], (one["name"], key)
        assert one["source"]


def test_communities_count_their_members(columns):
    members = columns["nodes"]["community"]

    assert columns["communities"]
    for number, one in enumerate(columns["communities"]):
        assert one["size"] == members.count(number)
        assert set(one["label"]) == {"fr", "en"}
        assert 0 < one["stability"] <= 1


def test_actors_that_link_initiatives_are_nodes_of_their_own():
    columns = packed(explored(loaded(TURTLE), mode="initiatives"))
    nodes = columns["nodes"]

    assert set(nodes["type"]) == {0, 1}
    assert columns["communities"] == []
    ends = {*columns["edges"]["a"], *columns["edges"]["b"]}
    assert {nodes["type"][node] for node in ends} == {1}


def test_a_part_of_a_network_leaves_the_actors_of_the_rest_out(tmp_path):
    one = explored_file(invented(tmp_path, 5), mode="actors-initiatives")
    initiative = next(
        n for n in one.graph if one.graph.nodes[n]["type"] == "initiative"
    )
    near = [initiative, next(iter(one.graph[initiative]))]

    columns = packed(replace(one, graph=one.graph.subgraph(near)))

    assert columns["nodes"]["iri"] == sorted(near)
    assert set(columns["participations"]["actor"]) == {
        columns["nodes"]["iri"].index(near[1])
    }


def test_places_in_a_circle_end():
    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.render.explorer.concepts import Concepts

    facts = Attributes({"dcterms:isPartOf": {"a": ("b",), "b": ("a",)}})
    concepts = Concepts(facts, {"territory": {"a"}})

    assert concepts.all(["a", "b"]) == [0, 1]
