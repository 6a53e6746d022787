"""What a network loses when nodes leave, against networkx and from scratch."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.measures.attack import (
    left,
    order_of_attack,
    random_band,
    robustness,
)
from spnr_graph.measures.removal import (
    Aftermath,
    aftermath,
    cuts,
    efficiency,
    efficiency_lost,
    linked_pairs,
    nearness,
    without,
)
from spnr_graph.measures.resilience import loss, sole
from spnr_graph.projection import Links, links


@st.composite
def graphs(draw, most=12):
    """Return a graph with few enough links to fall apart."""
    nodes = [f"n{k:02}" for k in range(draw(st.integers(0, most)))]
    pairs = [(a, b) for a in nodes for b in nodes if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2 * most)) if pairs else []
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(chosen, weight=1.0)
    return graph


def links_of(graph: nx.Graph) -> Links:
    """Return the links of a graph whose nodes may be numbers."""
    named = nx.relabel_nodes(graph, lambda node: f"n{node:03}")
    nx.set_edge_attributes(named, 1.0, "weight")
    return links(named)


def largest(graph: nx.Graph) -> int:
    return max(map(len, nx.connected_components(graph)), default=0)


def pairs_of(graph: nx.Graph) -> set[frozenset[str]]:
    """Return the pairs of nodes that are linked, even through others."""
    return {
        frozenset((a, b))
        for component in nx.connected_components(graph)
        for a in component
        for b in component
        if a < b
    }


@given(graphs())
@settings(deadline=None)
def test_what_each_node_holds_together_is_what_removing_it_shows(graph):
    network = links(graph)
    found = cuts(network)

    for place, node in enumerate(network.nodes):
        rest = graph.copy()
        rest.remove_node(node)
        lost = {p for p in pairs_of(graph) if node not in p} - pairs_of(rest)
        after = aftermath(network, links(rest))
        assert after == aftermath(network, without(network, [place]))
        assert after.pairs == found.pairs[place] == len(lost)
        assert len(after.cut_off) == found.cut_off[place]
        assert after.largest == found.largest[place] == largest(rest)
        assert after.gone == (node,)


@given(graphs())
@settings(deadline=None)
def test_who_cuts_others_off_are_the_articulation_points(graph):
    network = links(graph)
    found = {network.nodes[k] for k in np.flatnonzero(cuts(network).cut_off)}

    assert found == set(nx.articulation_points(graph))


@given(graphs())
@settings(deadline=None)
def test_efficiency_is_that_of_networkx(graph):
    found = efficiency(links(graph))

    if len(graph) < 2:
        assert found is None
    else:
        assert found == pytest.approx(nx.global_efficiency(graph))


@given(graphs())
@settings(deadline=None)
def test_linked_pairs_are_counted(graph):
    assert linked_pairs(links(graph)) == len(pairs_of(graph))


@given(graphs(), st.sampled_from(["degree", "betweenness"]), st.booleans())
@settings(deadline=None)
def test_the_curve_is_what_removing_node_after_node_leaves(graph, by, recomputed):
    network = links(graph)
    order = order_of_attack(network, by, recomputed=recomputed)
    rest, expected = graph.copy(), [largest(graph)]
    for place in order.tolist():
        rest.remove_node(network.nodes[place])
        expected.append(largest(rest))

    shares = np.array(expected) / (len(graph) or 1)
    assert sorted(order.tolist()) == list(range(len(graph)))
    assert left(network, order).tolist() == pytest.approx(shares.tolist())


@given(graphs())
@settings(deadline=None)
def test_the_most_linked_leaves_first_each_time(graph):
    network = links(graph)
    rest, expected = graph.copy(), []
    while rest:
        expected.append(min(rest, key=lambda node: (-rest.degree(node), node)))
        rest.remove_node(expected[-1])

    order = order_of_attack(network, "degree")
    assert [network.nodes[k] for k in order.tolist()] == expected


@given(graphs())
@settings(deadline=None)
def test_the_node_of_highest_betweenness_leaves_first_each_time(graph):
    network = links(graph)
    rest, expected = graph.copy(), []
    while rest:
        through = nx.betweenness_centrality(rest, normalized=False)
        expected.append(min(rest, key=lambda n: (-round(through[n], 6), n)))
        rest.remove_node(expected[-1])

    order = order_of_attack(network, "betweenness")
    assert [network.nodes[k] for k in order.tolist()] == expected


def test_a_star_loses_everything_with_its_centre():
    star = links_of(nx.star_graph(4))
    found = cuts(star)

    assert found.cut_off.tolist() == [3, 0, 0, 0, 0]
    assert found.pairs.tolist() == [6, 0, 0, 0, 0]
    assert found.largest.tolist() == [1, 4, 4, 4, 4]
    assert aftermath(star, without(star, [0])) == Aftermath(
        gone=("n000",), cut_off=("n002", "n003", "n004"), pairs=6, largest=1
    )


def test_who_leaves_in_part_still_links_others_and_is_not_counted():
    path = links_of(nx.path_graph(4))
    lighter = links_of(nx.Graph([(0, 1), (2, 3)]))

    found = aftermath(path, lighter, aside="n002")

    assert found == Aftermath(gone=(), cut_off=("n003",), pairs=2, largest=2)


@pytest.mark.parametrize("count", [2, 5, 10])
def test_index_r_of_a_star_and_of_a_complete_network(count):
    star = links_of(nx.star_graph(count - 1))
    whole = links_of(nx.complete_graph(count))

    assert robustness(left(star, order_of_attack(star))) == pytest.approx(
        (count - 1) / count**2
    )
    assert robustness(left(whole, order_of_attack(whole))) == pytest.approx(
        (count - 1) / (2 * count)
    )


def test_a_targeted_attack_on_the_karate_club_does_more_than_chance():
    karate = links_of(nx.karate_club_graph())
    band = random_band(karate)

    by_degree = robustness(left(karate, order_of_attack(karate)))
    by_betweenness = robustness(left(karate, order_of_attack(karate, "betweenness")))

    assert by_degree == pytest.approx(157 / 34**2)
    assert by_betweenness == pytest.approx(155 / 34**2)
    assert band.robustness.min() > by_degree
    assert (band.low <= band.high).all()
    assert [band.mean[0], band.mean[-1]] == [1, 0]


def test_the_same_seed_draws_the_same_band():
    karate = links_of(nx.karate_club_graph())
    first, again, other = (
        random_band(karate, draws=5, seed=seed).mean.tolist() for seed in (1, 1, 2)
    )

    assert first == again != other


def test_the_loss_of_efficiency_is_that_of_the_ways_between_those_who_stay():
    ring = links_of(nx.cycle_graph(6))
    path = without(ring, [0])
    before = 5 * (2 * 1 + 2 / 2 + 1 / 3) - 2 * (1 + 1 / 2) - 1 / 3
    after = 2 * (4 * 1 + 3 / 2 + 2 / 3 + 1 / 4)

    assert efficiency_lost(nearness(ring), path) == pytest.approx(1 - after / before)


def test_pivots_estimate_the_loss_of_efficiency_of_a_large_network():
    graph = nx.barabasi_albert_graph(600, 2, seed=3)
    network = links_of(graph)
    after = without(network, [0])

    whole = nx.global_efficiency(graph)
    assert nearness(network).sources.shape == (64,)
    assert efficiency(network) == pytest.approx(whole, rel=0.1)
    assert 0 < efficiency_lost(nearness(network), after) < 0.2


def test_nothing_is_left_to_lose_where_nothing_is_linked():
    alone = links_of(nx.empty_graph(3))

    assert efficiency_lost(nearness(alone), without(alone, [0])) is None
    assert efficiency(alone) == 0
    assert cuts(alone).largest.tolist() == [1, 1, 1]


def test_an_empty_network_loses_nothing():
    empty = links_of(nx.empty_graph(0))
    band = random_band(empty, draws=3)

    assert cuts(empty).pairs.tolist() == []
    assert aftermath(empty, empty) == Aftermath(gone=(), cut_off=(), pairs=0, largest=0)
    assert left(empty, order_of_attack(empty)).tolist() == [0.0]
    assert robustness(left(empty, order_of_attack(empty))) is None
    assert (band.low.tolist(), band.robustness.tolist()) == ([0.0], [])


def test_an_unknown_attack_is_refused():
    with pytest.raises(QueryError) as caught:
        order_of_attack(links_of(nx.path_graph(2)), "luck")

    assert "luck" in caught.value.fr
    assert "degree" in caught.value.en


def test_betweenness_is_not_worked_out_again_in_a_large_network():
    path = links_of(nx.path_graph(501))

    with pytest.raises(QueryError) as caught:
        order_of_attack(path, "betweenness")

    assert "501" not in caught.value.fr
    assert "500 acteurs" in caught.value.fr
    assert order_of_attack(path, "betweenness", recomputed=False)[0] == 250


def test_places_that_one_holder_alone_holds():
    places, holders = sole([1, 1, 2, 3, 3, 3], [7, 7, 8, 7, 9, 7])

    assert (places.tolist(), holders.tolist()) == ([1, 2], [7, 8])
    assert [found.tolist() for found in sole([], [])] == [[], []]


def test_the_loss_is_the_mean_of_two_shares():
    assert loss(hit=2, initiatives=4, pairs=3, linked=10) == pytest.approx(0.4)
    assert loss(hit=0, initiatives=0, pairs=0, linked=0) == 0
