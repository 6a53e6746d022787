from datetime import date
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.measures.paths import DEFINITIONS, Chain, paths
from spnr_graph.operations.network import Pulled, pull_network
from spnr_graph.operations.network.path import COLUMNS, path
from spnr_graph.projection import Filters, Names, links, pull
from tests.collaborations import TURTLE, iri, loaded, told


def network(*edges):
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges)
    return links(graph)


def test_a_chain_has_its_ends_and_its_resistance():
    found = paths(network(("a", "b", 2.0), ("b", "c", 4.0)), "a", "c")

    assert found.chains == (Chain(nodes=("a", "b", "c"), resistance=0.75),)
    assert (found.count, found.reach) == (1, (3, 3))


def test_of_two_chains_as_short_the_stronger_comes_first_then_the_first_by_iri():
    square = [("a", "x", 1), ("x", "z", 1), ("a", "y", 1), ("y", "z", 1)]

    alike = paths(network(*square), "a", "z", limit=2)
    stronger = paths(network(*square[:3], ("y", "z", 5.0)), "a", "z")

    assert [chain.nodes[1] for chain in alike.chains] == ["x", "y"]
    assert stronger.chains == (Chain(nodes=("a", "y", "z"), resistance=1.2),)
    assert stronger.count == 2


def test_a_short_chain_comes_before_a_strong_one():
    found = paths(
        network(("a", "z", 0.1), ("a", "b", 9), ("b", "z", 9)), "a", "z", limit=5
    )

    assert [chain.nodes for chain in found.chains] == [("a", "z")]


def test_a_link_that_weighs_nothing_still_links_but_comes_last():
    graph = nx.Graph([("a", "b"), ("b", "z"), ("a", "c"), ("c", "z")])
    nx.set_edge_attributes(graph, 1.0, "weight")
    network_ = links(graph)
    network_.weights.data[network_.weights.indices == 1] = 0.0

    found = paths(network_, "a", "z", limit=2)

    assert [chain.nodes[1] for chain in found.chains] == ["c", "b"]


def test_without_a_chain_the_reach_of_both_ends_is_told():
    parts = network(("a", "b", 1), ("b", "c", 1), ("y", "z", 1))

    assert paths(parts, "a", "z").reach == (3, 2)
    assert paths(parts, "a", "nobody").reach == (3, 0)
    assert paths(parts, "nobody", "noone").reach == (0, 0)
    assert paths(parts, "a", "z").chains == ()


def test_chains_are_as_long_as_they_must():
    line = network(*((f"{k:03}", f"{k + 1:03}", 1) for k in range(300)))

    (chain,) = paths(line, "000", "300").chains
    assert chain.nodes == tuple(f"{k:03}" for k in range(301))


def test_many_equally_short_chains_are_counted_not_listed():
    ladder = [
        (f"{k:02}{side}", f"{k + 1:02}{other}", 1)
        for k in range(60)
        for side in "lr"
        for other in "lr"
    ]

    found = paths(network(*ladder), "00l", "60l", limit=3)

    assert found.count == 2**59
    assert len(found.chains) == 3


graphs = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([1.0, 2.0, 3.0])),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(graphs, st.integers(1, 4))
def test_chains_are_all_the_shortest_paths_of_networkx(edges, limit):
    graph = nx.Graph()
    graph.add_nodes_from("ab")
    graph.add_weighted_edges_from(
        ("abcdefghij"[a], "abcdefghij"[b], w) for a, b, w in edges if a != b
    )
    found = paths(links(graph), "a", "b", limit=10**6)

    if not nx.has_path(graph, "a", "b"):
        assert (found.chains, found.count) == ((), 0)
        assert found.reach == tuple(
            len(nx.node_connected_component(graph, end)) for end in "ab"
        )
        return
    expected = sorted(
        (round(sum(1 / graph.edges[edge]["weight"] for edge in pairwise(one)), 9), one)
        for one in map(tuple, nx.all_shortest_paths(graph, "a", "b"))
    )
    assert [chain.nodes for chain in found.chains] == [one for _, one in expected]
    assert found.count == len(expected)
    assert paths(links(graph), "a", "b", limit=limit).chains == (found.chains)[:limit]


# ---- the answer


def pulled(pairs, lang="en"):
    return Pulled(rows=pull(told(pairs)), names=Names(), lang=lang)


def a(name):
    return iri(f"acteur:{name}")


def rows(answer):
    return [
        {
            column: None if cell is None else cell.toPython()
            for column, cell in zip(answer.table.columns, row, strict=True)
        }
        for row in answer.table.rows
    ]


CHAIN = [
    ("x", "one"),
    ("y", "one"),
    ("y", "two"),
    ("z", "two"),
    ("y", "six"),
    ("z", "six"),
]


def test_every_hop_names_its_initiatives():
    found = path(pulled(CHAIN), a("x"), a("z"), chosen=Filters())

    hops = [
        (
            row["chaine"],
            row["etape"],
            row["acteur_libelle"],
            row["initiative_libelle"],
            row["partenaire_libelle"],
        )
        for row in rows(found)
    ]
    assert hops == [
        (1, 1, "acteur:x", "initiative:one", "acteur:y"),
        (1, 2, "acteur:y", "initiative:six", "acteur:z"),
        (1, 2, "acteur:y", "initiative:two", "acteur:z"),
    ]
    assert found.notes == {
        "fr": ("2 étapes ; 1 chaîne aussi courte.",),
        "en": ("2 hops; 1 chain that short.",),
    }
    assert not found.no


def test_the_way_back_is_the_same_way():
    there = path(pulled(CHAIN), a("x"), a("z"), chosen=Filters())
    back = path(pulled(CHAIN), a("z"), a("x"), chosen=Filters())

    assert {row["initiative"] for row in rows(there)} == {
        row["initiative"] for row in rows(back)
    }


@pytest.fixture(scope="module")
def store():
    with loaded(TURTLE) as opened:
        yield opened


def test_a_hop_tells_roles_dates_sources_and_participations(store):
    found = path(pull_network(store), a("dan"), a("eve"), chosen=Filters())

    ada = [iri(f"participation:lieu--{name}") for name in ("ada", "ada2")]
    first = {
        "chaine": 1,
        "etape": 1,
        "acteur": a("dan"),
        "acteur_libelle": "Dan",
        "roles": "financeur",
        "initiative": iri("initiative:lieu"),
        "initiative_libelle": "Tiers-lieu",
        "partenaire": a("ada"),
        "partenaire_libelle": "Commune d'Ada",
        "roles_partenaire": "financeur, porteur",
        "debut": None,
        "fin": date(2020, 12, 31),
        "resistance": 2,
        "sources": "",
        "adresses": "",
        "participations": " ".join([*ada, iri("participation:lieu--dan")]),
    }
    second = {
        "etape": 2,
        "acteur": a("ada"),
        "acteur_libelle": "Commune d'Ada",
        "roles": "financeur, porteur",
        "partenaire": a("eve"),
        "partenaire_libelle": "Ève",
        "roles_partenaire": "financeur",
        "debut": date(2021, 1, 1),
        "fin": None,
        "participations": " ".join([*ada, iri("participation:lieu--eve")]),
    }
    assert rows(found) == [first, first | second]
    assert found.table.columns == tuple(column.name for column in COLUMNS)


def test_sources_are_named_and_addressed(store):
    found = path(pull_network(store), a("ada"), a("cyd"), chosen=Filters())

    (hop,) = rows(found)
    assert hop["sources"] == "Journal d'Ada ; https://example.org/b"
    assert hop["adresses"] == "https://example.org/a https://example.org/b"
    assert (hop["debut"], hop["fin"]) == (date(2015, 1, 1), date(2018, 12, 31))


def test_alternatives_are_given_when_they_are_asked_for():
    square = [*CHAIN[:4], ("x", "left"), ("w", "left"), ("w", "right"), ("z", "right")]

    one = path(pulled(square), a("x"), a("z"), chosen=Filters())
    two = path(pulled(square), a("x"), a("z"), chosen=Filters(), alternatives=5)

    assert one.notes["fr"] == (
        "2 étapes ; 2 chaînes aussi courtes, dont 1 ici (--alternatives pour en voir "
        "plus).",
    )
    assert [row["chaine"] for row in rows(two)] == [1, 1, 2, 2]
    assert two.notes["en"] == ("2 hops; 2 chains that short.",)


def test_nothing_links_two_actors_is_an_answer_that_says_why():
    parts = [*CHAIN, ("p", "alone"), ("q", "far"), ("r", "far")]

    apart = path(pulled(parts), a("x"), a("q"), chosen=Filters())
    alone = path(pulled(parts), a("p"), a("nobody"), chosen=Filters())

    assert apart.no
    assert apart.table.rows == ()
    assert apart.notes["en"] == (
        '"acteur:x" is linked, step by step, with 2 other actors.',
        '"acteur:q" is linked, step by step, with 1 other actor.',
        "Nothing links the two; --all-roles also counts the roles that make no "
        "collaboration.",
    )
    assert alone.notes["fr"][:2] == (
        "« acteur:p » n'a aucun partenaire dans ce réseau.",
        "« acteur:nobody » ne prend part à rien dans ce réseau : élargir les filtres.",
    )


def test_an_empty_network_links_nobody():
    found = path(pulled([]), a("x"), a("z"), chosen=Filters())

    assert found.no


def test_the_same_actor_twice_is_refused_in_words():
    with pytest.raises(QueryError, match='"acteur:x" is given twice') as error:
        path(pulled(CHAIN), a("x"), a("x"), chosen=Filters())

    assert "Choisir deux acteurs différents" in error.value.fr


def test_definitions_name_chains_hops_and_resistance():
    assert [each.name for each in DEFINITIONS] == [
        "chaine",
        "etape",
        "etapes",
        "resistance",
    ]
