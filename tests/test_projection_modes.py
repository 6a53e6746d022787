"""Networks other than that of who works with whom, and weights in euros."""

from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.projection import (
    WEIGHTS,
    Filters,
    collaborations,
    links,
    pairs,
    pull,
    read_links,
    select,
)
from spnr_graph.projection import project as labelled
from tests.collaborations import TURTLE, asking, iri, loaded, stating

ALL = Filters(collaborative=False)


def project(lines, facts=(), **options):
    options.setdefault("filters", ALL)
    return labelled(pull(stating(lines, facts)), **options)


def weights(graph):
    return {edge[:2]: edge[2] for edge in graph.edges(data="weight")}


def evidence(graph, one, other):
    return [stated.iri for stated in graph.edges[one, other]["evidence"]]


# --- initiatives ------------------------------------------------------------------


def test_initiatives_are_linked_by_the_actors_they_share_at_whatever_time():
    graph = project(
        [
            "ada fibre porteur - 2010-12-31",
            "ada lieu financeur 2020-01-01 -",
            "bea fibre financeur",
            "bea lieu porteur",
            "bea plan porteur",
            "cyd seul porteur",
        ],
        mode="initiatives",
    )

    assert weights(graph) == {
        ("fibre", "lieu"): 2,
        ("fibre", "plan"): 1,
        ("lieu", "plan"): 1,
    }
    assert evidence(graph, "fibre", "lieu") == ["p0", "p1", "p2", "p3"]
    assert sorted(graph) == ["fibre", "lieu", "plan", "seul"]
    assert set(dict(graph.nodes(data="type")).values()) == {"initiative"}


incidences = st.sets(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")),
    min_size=1,
    max_size=25,
)


@settings(deadline=None)
@given(incidences)
def test_weights_of_initiatives_are_those_of_networkx(places):
    shared = nx.Graph(places)
    initiatives = {initiative for _, initiative in places}
    lines = [f"{actor} {initiative} porteur" for actor, initiative in places]
    for weight, reference in (
        ("count", nx.bipartite.weighted_projected_graph),
        ("newman", nx.bipartite.collaboration_weighted_projected_graph),
    ):
        graph = project(lines, mode="initiatives", weight=weight)
        expected = reference(shared, initiatives)

        assert set(graph) == initiatives
        assert weights(graph) == pytest.approx(
            {
                (min(a, b), max(a, b)): value
                for a, b, value in expected.edges(data="weight")
            }
        )


# --- membership -------------------------------------------------------------------


PARTS = [
    ("commune", "org:memberOf", "communaute"),
    ("communaute", "org:memberOf", "pole"),
    ("pole", "org:memberOf", "pole"),
    ("absente", "org:memberOf", "communaute"),
]


def test_members_lead_to_what_they_are_part_of_and_to_the_networks_they_join():
    graph = project(
        ["commune tiers-lieux membre", "ville tiers-lieux porteur"],
        PARTS,
        mode="membership",
    )

    assert graph.is_directed()
    assert weights(graph) == {
        ("absente", "communaute"): 1,
        ("communaute", "pole"): 1,
        ("commune", "communaute"): 1,
        ("commune", "tiers-lieux"): 1,
    }
    assert evidence(graph, "commune", "tiers-lieux") == ["p0"]
    assert evidence(graph, "commune", "communaute") == []
    assert graph.nodes["tiers-lieux"]["type"] == "initiative"
    assert graph.nodes["pole"]["type"] == "actor"


def test_filters_keep_the_groupings_of_those_who_pass():
    graph = project(
        ["commune tiers-lieux membre", "ville seul porteur"],
        PARTS,
        mode="membership",
        filters=Filters(role=(iri("role:membre"),)),
    )

    assert list(graph) == ["communaute", "commune", "pole", "tiers-lieux"]


# --- funding ----------------------------------------------------------------------


GRANTS = [
    "etat fibre financeur - - 900",
    "etat fibre porteur",
    "region fibre financeur",
    "syndicat fibre porteur",
    "commune fibre beneficiaire",
    "region lieu financeur - 2010-12-31 50",
    "tiers lieu porteur 2011-01-01 -",
    "agence lieu operateur",
]


def test_money_leads_from_funders_to_those_it_reaches():
    graph = project(GRANTS, mode="funding", filters=Filters())

    assert weights(graph) == {
        ("etat", "commune"): 1,
        ("etat", "syndicat"): 1,
        ("region", "commune"): 1,
        ("region", "etat"): 1,
        ("region", "syndicat"): 1,
    }
    assert evidence(graph, "etat", "commune") == ["p0", "p4"]
    assert list(graph) == ["commune", "etat", "region", "syndicat"]


def test_funding_is_shared_out_among_those_it_reaches():
    shares = weights(project(GRANTS, mode="funding", weight="newman"))
    euros = project(GRANTS, mode="funding", weight="amount")

    assert shares["etat", "commune"] == pytest.approx(1 / 2)
    assert shares["region", "commune"] == pytest.approx(1 / 3)
    assert weights(euros)["etat", "commune"] == 450
    assert euros.edges["etat", "commune"]["known"] is True
    assert weights(euros)["region", "commune"] == 0
    assert euros.edges["region", "commune"]["known"] is False


def test_what_a_funder_brings_is_what_leaves_it():
    graph = project(
        [
            "etat i financeur - - 100",
            "etat j financeur - - 30",
            "a i porteur",
            "b i beneficiaire",
            "c i beneficiaire",
            "a j porteur",
        ],
        mode="funding",
        weight="amount",
    )

    assert graph.out_degree("etat", weight="weight") == pytest.approx(130)
    assert graph.nodes["etat"]["strength"] == pytest.approx(130)


# --- euros ------------------------------------------------------------------------


def test_actors_share_the_money_of_their_initiatives():
    lines = [
        "ada fibre financeur - - 600",
        "ada fibre financeur 2001-01-01 - 200",
        "bea fibre porteur - - 5000",
        "cyd fibre beneficiaire - - 700",
        "ada lieu porteur",
        "bea lieu porteur",
        "cyd plan porteur",
        "dan plan porteur",
    ]
    budgets = [("fibre", "spnr:budgetEUR", "500"), ("plan", "spnr:budgetEUR", "90")]

    graph = project(lines, budgets, weight="amount")

    assert weights(graph) == {
        ("ada", "bea"): 400,
        ("ada", "cyd"): 400,
        ("bea", "cyd"): 400,
        ("cyd", "dan"): 90,
    }
    known = {edge[:2]: edge[2] for edge in graph.edges(data="known")}
    assert known == {
        ("ada", "bea"): False,
        ("ada", "cyd"): True,
        ("bea", "cyd"): True,
        ("cyd", "dan"): True,
    }


def test_the_larger_of_two_budgets_and_of_the_funding_counts():
    budgets = [("i", "spnr:budgetEUR", "10"), ("i", "spnr:budgetEUR", "900")]
    rows = pull(stating(["a i financeur - - 40", "b i porteur"], budgets))

    assert rows.euros.tolist() == [900]


def test_filters_leave_out_actors_not_the_money_they_bring():
    lines = ["a i financeur - - 40", "b i porteur", "c i porteur"]
    lead = Filters(
        role=("https://w3id.org/spnr/voc/role/porteur",), collaborative=False
    )

    assert weights(project(lines, weight="amount", filters=lead)) == {("b", "c"): 40}


def test_links_without_known_euros_stay():
    lines = ["a i porteur", "b i porteur"]
    graph = project(lines, weight="amount")

    assert weights(graph) == {("a", "b"): 0}
    for matrix in (
        links(graph).weights,
        collaborations(pull(stating(lines)), weight="amount").weights,
    ):
        assert (matrix.nnz, matrix.data.tolist()) == (2, [0, 0])


def test_actors_and_initiatives_are_linked_by_the_amounts_of_their_participations():
    graph = project(
        ["a i financeur - - 40", "a i porteur", "b i financeur - - 2.5"],
        mode="actors-initiatives",
        weight="amount",
    )

    assert weights(graph) == {("a", "i"): 40, ("b", "i"): 2.5}
    assert [known for *_, known in graph.edges(data="known")] == [False, True]


# --- choices and bad choices ------------------------------------------------------


@pytest.mark.parametrize("mode", WEIGHTS)
def test_an_empty_network_is_a_network_in_every_mode(mode):
    for weight in WEIGHTS[mode]:
        graph = project([], mode=mode, weight=weight)

        assert (len(graph), graph.number_of_edges()) == (0, 0)
        assert (graph.graph["mode"], graph.graph["weight"]) == (mode, weight)


def test_a_weight_that_means_nothing_in_a_mode_is_refused():
    with pytest.raises(
        QueryError, match=r"weight \(membership\).*among: count\."
    ) as error:
        project([], mode="membership", weight="amount")
    assert "Choisir parmi : count." in error.value.fr


# --- a naive projection -----------------------------------------------------------


days = st.none() | st.integers(1, 9).map(lambda day: date(2020, 1, day))
stays = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("ijk"), days, days), max_size=16
)
budgets = st.dictionaries(st.sampled_from("ijk"), st.integers(0, 10**6), max_size=3)


def naive(stays, euros, weight):
    """Project as the definitions say, one pair after the other."""
    members, met = {}, set()
    for actor, place, _, _ in stays:
        members.setdefault(place, set()).add(actor)
    for (a, i, s, e), (b, j, t, f) in combinations(stays, 2):
        overlap = (s or date.min) <= (f or date.max) and (t or date.min) <= (
            e or date.max
        )
        if i == j and a != b and overlap:
            met.add((min(a, b), max(a, b), i))
    found = {}
    for a, b, i in sorted(met):
        whole = {"count": len(members[i]) - 1, "newman": 1, "amount": euros.get(i, 0)}
        share = whole[weight] / (len(members[i]) - 1)
        found[a, b] = found.get((a, b), 0) + share
    return found


@settings(deadline=None)
@given(stays, budgets, st.sampled_from(["count", "newman", "amount"]))
def test_graph_and_matrix_are_those_of_a_naive_projection(stays, euros, weight):
    lines = [f"{a} {i} porteur {s or '-'} {e or '-'}" for a, i, s, e in stays]
    facts = [(i, "spnr:budgetEUR", str(value)) for i, value in euros.items()]
    rows = select(pull(stating(lines, facts)), ALL)
    expected = naive(stays, euros, weight)

    graph = labelled(rows, weight=weight, filters=ALL)
    numbers = collaborations(rows, weight=weight)

    assert weights(graph) == pytest.approx(expected)
    entries = numbers.weights.tocoo()
    ends = zip(entries.row.tolist(), entries.col.tolist(), strict=True)
    names = [(numbers.nodes[a], numbers.nodes[b]) for a, b in ends]
    assert dict(zip(names, entries.data.tolist(), strict=True)) == pytest.approx(
        {**expected, **{(b, a): value for (a, b), value in expected.items()}}
    )
    again = links(graph)
    assert again.nodes == numbers.nodes
    assert again.weights.toarray() == pytest.approx(numbers.weights.toarray())


@settings(deadline=None)
@given(stays, st.integers(1, 9))
def test_pairs_are_the_same_in_blocks_of_any_size(stays, block):
    lines = [f"{a} {i} porteur {s or '-'} {e or '-'}" for a, i, s, e in stays]
    rows = pull(stating(lines))

    whole, parts = pairs(rows), pairs(rows, block=block)

    for column in ("initiative", "left", "right"):
        assert getattr(whole, column).tolist() == getattr(parts, column).tolist()


def test_links_straight_from_a_store_are_those_of_its_participations():
    with loaded(TURTLE) as store:
        ask = asking(store)
        for weight in ("count", "newman"):
            straight = read_links(ask, weight=weight)
            expected = collaborations(select(pull(ask), Filters()), weight=weight)

            assert straight.nodes == expected.nodes
            assert straight.weights.toarray().tolist() == (
                expected.weights.toarray().tolist()
            )


def test_links_leave_loops_out_and_add_both_directions_up():
    flows = nx.DiGraph()
    flows.add_weighted_edges_from([("a", "a", 9), ("a", "b", 1), ("b", "a", 2)])

    assert links(flows).weights.toarray().tolist() == [[0, 3], [3, 0]]


def test_matrices_number_nodes_with_what_older_scipy_takes():
    with loaded(TURTLE) as store:
        ask = asking(store)
        rows = select(pull(ask), Filters())

        for made in (collaborations(rows), read_links(ask), links(labelled(rows))):
            assert str(made.weights.indices.dtype) == "int32"
            assert str(made.weights.indptr.dtype) == "int32"
