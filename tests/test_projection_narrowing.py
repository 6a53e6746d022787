"""Which part of a network is kept."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.projection import (
    Narrowing,
    backbone_words,
    links,
    narrow,
    newman_weights,
    p_values,
    project,
    pull,
    significance,
)
from tests.collaborations import TURTLE, asking, iri, loaded


def a(name):
    return iri(f"acteur:{name}")


@pytest.fixture(scope="module")
def graph():
    with loaded(TURTLE) as store:
        return project(pull(asking(store)))


def shorts(graph):
    return sorted(node.rpartition("/")[2] for node in graph)


def weighted(*edges, directed=False):
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_weighted_edges_from(edges)
    return graph


@pytest.mark.parametrize("mode", ["actors", "initiatives"])
def test_newman_weights_are_those_of_a_network_that_weighs_so(mode):
    with loaded(TURTLE) as store:
        rows = pull(asking(store))
    counted = project(rows, mode=mode)
    weighed = project(rows, mode=mode, weight="newman")

    assert newman_weights(counted) == pytest.approx(
        [weighed.edges[edge]["weight"] for edge in counted.edges]
    )


def test_newman_weights_count_only_who_is_still_in_the_network(graph):
    pair = graph.subgraph([a("ada"), a("eve")])

    assert newman_weights(pair) == [pair.edges[a("ada"), a("eve")]["weight"]]


# --- the disparity filter ---------------------------------------------------------


def naive(graph, one, other):
    """Compute the p-value of an edge as the paper writes it."""
    weight, found = graph.edges[one, other]["weight"], [1.0]
    directed = graph.is_directed()
    for node, edges in (
        (one, graph.out_edges if directed else graph.edges),
        (other, graph.in_edges if directed else graph.edges),
    ):
        around = [w for *_, w in edges(node, data="weight") if w > 0]
        if sum(around):
            found.append((1 - weight / sum(around)) ** (len(around) - 1))
    return min(found)


ends = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"))
networks = st.dictionaries(
    ends.filter(lambda pair: pair[0] != pair[1]), st.integers(0, 20), max_size=20
)


@settings(deadline=None)
@given(networks, st.booleans())
def test_significance_is_that_of_a_naive_computation(edges, directed):
    graph = weighted(*((a, b, w) for (a, b), w in edges.items()), directed=directed)
    expected = {edge: naive(graph, *edge) for edge in graph.edges}

    assert dict(zip(graph.edges, p_values(graph), strict=True)) == pytest.approx(
        expected
    )
    if not directed:
        numbers = links(graph)
        matrix = significance(numbers).tocoo()
        assert matrix.nnz == 2 * len(expected)
        for one, other, value in zip(matrix.row, matrix.col, matrix.data, strict=True):
            edge = numbers.nodes[one], numbers.nodes[other]
            assert value == pytest.approx(
                expected[edge if edge in expected else edge[::-1]]
            )


def test_a_strong_link_of_a_hub_is_kept_and_no_node_is_dropped():
    star = weighted(*(("hub", f"leaf{k}", 1) for k in range(9)), ("hub", "twin", 91))

    kept = narrow(star, Narrowing(backbone=0.05))

    assert list(kept.edges) == [("hub", "twin")]
    assert set(kept) == set(star)
    assert (kept.nodes["hub"]["degree"], kept.nodes["leaf0"]["degree"]) == (1, 0)


def test_an_end_with_one_link_leaves_the_choice_to_the_other():
    pair = weighted(("a", "b", 100))

    assert p_values(pair) == [1.0]
    assert narrow(pair, Narrowing(backbone=1)).number_of_edges() == 0


def test_alpha_is_said_in_words():
    star = weighted(*(("hub", f"leaf{k}", 1) for k in range(9)), ("hub", "twin", 91))

    assert backbone_words(star, 0.05) == {
        "fr": "Alpha 0,05 : liens gardés, 1 sur 10 (10 %), trop forts pour être dus au "
        "hasard ; si chacun répartissait sa force au hasard entre ses liens, un lien "
        "aussi fort aurait moins de 5 % de chances d'apparaître. Augmenter alpha pour "
        "en garder davantage.",
        "en": "Alpha 0.05: links kept, 1 out of 10 (10%), too strong to be due to "
        "chance; if everyone shared out its strength at random among its links, so "
        "strong a link would come with less than 5% probability. Raise alpha to keep "
        "more of them.",
    }
    assert backbone_words(nx.Graph(), 0.05)["en"] == (
        "This network has no link: alpha changes nothing."
    )


# --- the other ways ---------------------------------------------------------------


def test_nothing_asked_keeps_all(graph):
    assert nx.utils.graphs_equal(narrow(graph, Narrowing()), graph)


def test_weak_links_go_and_their_nodes_stay(graph):
    kept = narrow(graph, Narrowing(min_weight=2))

    assert list(kept.edges) == [(a("ada"), a("bea"))]
    assert shorts(kept) == shorts(graph)
    assert kept.nodes[a("cyd")]["strength"] == 0


@pytest.mark.parametrize(
    ("narrowing", "left"),
    [
        (Narrowing(k_core=2), ["ada", "bea", "cyd", "eve"]),
        (Narrowing(k_core=3), []),
        (Narrowing(largest=True), ["ada", "bea", "cyd", "dan", "eve"]),
        (Narrowing(ego=a("dan")), ["ada", "dan"]),
        (Narrowing(ego=a("dan"), depth=2), ["ada", "bea", "cyd", "dan", "eve"]),
        (Narrowing(ego=a("gus"), depth=9), ["gus"]),
        (Narrowing(ego=a("dan"), depth=2, k_core=2), ["ada", "bea", "cyd", "eve"]),
        (Narrowing(min_weight=2, largest=True), ["ada", "bea"]),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else None,
)
def test_nodes_are_kept_by_the_links_that_are_left(graph, narrowing, left):
    kept = narrow(graph, narrowing)

    assert shorts(kept) == left
    assert all(kept.degree(node) == n for node, n in kept.nodes(data="degree"))
    assert kept.graph == graph.graph


def test_the_direction_of_links_does_not_keep_nodes_apart():
    flow = weighted(("a", "b", 1), ("c", "b", 1), ("d", "e", 1), directed=True)

    assert list(narrow(flow, Narrowing(ego="a", depth=2))) == ["a", "b", "c"]
    assert list(narrow(flow, Narrowing(largest=True)).edges) == [("a", "b"), ("c", "b")]
    assert len(narrow(flow, Narrowing(k_core=2))) == 0


def test_an_empty_network_stays_empty():
    everything = Narrowing(min_weight=1, backbone=0.1, k_core=1, largest=True)

    assert len(narrow(nx.Graph(), everything)) == 0


def test_an_actor_who_is_not_in_the_network_is_said(graph):
    with pytest.raises(
        QueryError, match='"acteur:fay" is not in this network'
    ) as error:
        narrow(graph, Narrowing(ego=a("fay")))
    assert "élargir les filtres" in error.value.fr


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        (
            Narrowing(min_weight=-1),
            'least weight "-1" refused. Give a number, 0 or more',
        ),
        (Narrowing(min_weight=float("nan")), 'least weight "nan"'),
        (Narrowing(backbone=0), 'alpha "0" refused. Give a number above 0'),
        (Narrowing(backbone=1.5), 'alpha "1.5"'),
        (Narrowing(k_core=0), 'k of the core "0"'),
        (Narrowing(ego="x", depth=0), 'depth "0" refused. Give a whole number'),
    ],
    ids=["negative", "no number", "alpha 0", "alpha above 1", "no core", "no depth"],
)
def test_values_that_make_no_sense_are_refused(graph, narrowing, said):
    with pytest.raises(QueryError, match=said):
        narrow(graph, narrowing)
