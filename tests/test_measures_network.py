"""Measures of a network as a whole, and what chance would give in its place."""

from collections import Counter
from itertools import islice

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.measures import definitions
from spnr_graph.measures.network import network
from spnr_graph.measures.null_model import chance, shuffled
from spnr_graph.measures.products import ends, product_within
from spnr_graph.measures.reach import by_initiatives, memberships
from spnr_graph.measures.structure import (
    clustering,
    degree_assortativity,
    mixing,
    renewed,
)
from spnr_graph.projection import collaborations, links, pull
from tests.collaborations import iri, told


def named(graph):
    """Return a graph with weights whose nodes are words in the order of its own."""
    found = nx.relabel_nodes(graph, {n: f"n{k:04}" for k, n in enumerate(graph)})
    nx.set_edge_attributes(found, 1.0, "weight")
    return found


@st.composite
def graphs(draw):
    """Draw a graph, often of several components."""
    size = draw(st.integers(1, 12))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    graph = nx.empty_graph(size)
    if pairs:
        graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=30)))
    return named(graph)


stays = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("pqrstu")),
    min_size=1,
    max_size=30,
)


@pytest.fixture(scope="module")
def karate():
    return network(links(named(nx.karate_club_graph())))


@pytest.fixture(scope="module")
def davis():
    graph = nx.davis_southern_women_graph()
    women = {n: d["bipartite"] == 0 for n, d in graph.nodes(data=True)}
    ends = ((a, b) if women[a] else (b, a) for a, b in graph.edges)
    plain = [(w.replace(" ", "-"), e) for w, e in ends]
    return graph, pull(told(plain))


def test_the_karate_club_is_as_published(karate):
    found = {
        "actors": karate.actors,
        "links": karate.links,
        "density": round(karate.density, 3),
        "mean_degree": round(karate.mean_degree, 3),
        "components": karate.components,
        "alone": karate.alone,
        "degree_centralisation": round(karate.degree_centralisation, 3),
        "betweenness_centralisation": round(karate.betweenness_centralisation, 3),
        "transitivity": round(karate.transitivity, 3),
        "mean_clustering": round(karate.mean_clustering, 3),
        "degree_assortativity": round(karate.degree_assortativity, 3),
        "distance": round(karate.distance, 3),
        "diameter": karate.diameter,
    }

    # Zachary 1977; Freeman's centralisations are 0.3996 and 0.4056
    assert found == {
        "actors": 34,
        "links": 78,
        "density": 0.139,
        "mean_degree": 4.588,
        "components": (34,),
        "alone": 0,
        "degree_centralisation": 0.4,
        "betweenness_centralisation": 0.406,
        "transitivity": 0.256,
        "mean_clustering": 0.571,
        "degree_assortativity": -0.476,
        "distance": 2.408,
        "diameter": 5,
    }


def test_the_southern_women_nearly_all_met(davis):
    found = network(collaborations(davis[1]))

    # Davis, Gardner & Gardner 1941: 18 women, 139 of the 153 pairs met at 14 events
    assert (found.actors, found.links, round(found.density, 3)) == (18, 139, 0.908)
    assert memberships(davis[1]).nnz == 89


def test_renewed_encounters_are_robins_and_alexanders(davis):
    graph, rows = davis

    reference = nx.bipartite.robins_alexander_clustering(graph)
    assert renewed(rows) == pytest.approx(reference)


@given(stays)
@settings(max_examples=60, deadline=None)
def test_renewed_encounters_agree_with_networkx(pairs):
    graph = nx.Graph((("actor", a), ("initiative", i)) for a, i in pairs)

    found = renewed(pull(told(pairs)))

    expected = nx.bipartite.robins_alexander_clustering(graph)
    assert (found or 0) == pytest.approx(expected)


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_figures_agree_with_networkx(graph):
    net = links(graph)
    found = network(net)

    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    assert found.density == (nx.density(graph) if len(graph) > 1 else None)
    assert (found.transitivity or 0) == pytest.approx(nx.transitivity(graph))
    assert found.mean_clustering == pytest.approx(nx.average_clustering(graph))
    local = nx.clustering(graph)
    np.testing.assert_allclose(
        clustering(net).local, [local[node] for node in sorted(graph)]
    )
    several = [len(c) for c in nx.connected_components(graph) if len(c) > 1]
    assert found.components == tuple(sorted(several, reverse=True))
    if several:
        # several components may be the largest: the first by name is taken
        first = min(
            (c for c in nx.connected_components(graph) if len(c) == max(several)),
            key=min,
        )
        largest = graph.subgraph(first)
        assert found.distance == pytest.approx(nx.average_shortest_path_length(largest))
        assert found.diameter == nx.diameter(largest)
    else:
        assert (found.distance, found.diameter) == (None, None)


@given(graphs(), st.data())
@settings(max_examples=60, deadline=None)
def test_mixing_agrees_with_networkx(graph, data):
    kinds = data.draw(
        st.lists(st.sampled_from("xyz"), min_size=len(graph), max_size=len(graph))
    )
    nx.set_node_attributes(graph, dict(zip(sorted(graph), kinds, strict=True)), "kind")
    found = mixing(links(graph), kinds)

    ends = {graph.nodes[n]["kind"] for edge in graph.edges for n in edge}
    if len(ends) < 2:
        assert found.coefficient is None
    else:
        expected = nx.attribute_assortativity_coefficient(graph, "kind")
        assert found.coefficient == pytest.approx(expected)
    assert found.known == graph.number_of_edges()


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_degree_assortativity_agrees_with_networkx(graph):
    found = degree_assortativity(links(graph))

    degrees = {graph.degree(n) for edge in graph.edges for n in edge}
    if len(degrees) < 2:
        assert found is None
    else:
        expected = nx.degree_assortativity_coefficient(graph)
        assert found == pytest.approx(expected)


def test_links_with_an_unknown_end_are_left_out_of_mixing():
    found = mixing(links(named(nx.path_graph(4))), ["x", "x", "", "y"])

    assert (found.known, found.alike, found.coefficient) == (1, 1.0, None)


def test_a_star_is_wholly_centralised_and_a_ring_not_at_all():
    star, ring = (network(links(named(make(6)))) for make in (star_of, nx.cycle_graph))

    assert (star.degree_centralisation, ring.degree_centralisation) == (1.0, 0.0)
    assert star.betweenness_centralisation == pytest.approx(1.0)
    assert ring.betweenness_centralisation == pytest.approx(0.0)
    assert ring.degree_assortativity is None


def star_of(size):
    return nx.star_graph(size - 1)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_what_does_not_exist_is_none(size):
    found = network(links(named(nx.empty_graph(size))))

    assert (found.actors, found.links, found.components) == (size, 0, ())
    assert found.density == (0.0 if size == 2 else None)
    assert found.degree_centralisation is None
    assert found.transitivity is None
    assert found.degree_assortativity is None
    assert (found.distance, found.diameter) == (None, None)


def test_distances_of_a_sample_are_near_and_its_diameter_not_above():
    graph = links(named(nx.barabasi_albert_graph(300, 2, seed=1)))
    exact, sampled = network(graph), network(graph, pivots=60)

    assert sampled.distance == pytest.approx(exact.distance, rel=0.03)
    assert sampled.diameter <= exact.diameter


@given(graphs(), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_a_product_is_kept_where_there_are_links(graph, seed):
    net = links(graph)
    left, right = np.random.default_rng(seed).integers(0, 9, (2, net.weights.nnz))

    assert_same_product(net, left.astype(float), right.astype(float))


def assert_same_product(net, left, right):
    """Compare with the product of the whole matrices."""
    rows, columns = ends(net)
    whole = np.zeros((2, len(net.nodes), len(net.nodes)))
    whole[0, rows, columns], whole[1, rows, columns] = left, right
    found = product_within(net, left, right)
    assert found.tolist() == (whole[0] @ whole[1])[rows, columns].tolist()


@pytest.mark.parametrize("crowd", [0, 40, 150])
def test_a_product_is_the_same_among_few_and_in_a_crowd(crowd):
    graph = nx.barabasi_albert_graph(500, 3, seed=1)
    graph.add_edges_from((a, b) for a in range(0, 3 * crowd, 3) for b in range(0, a, 3))
    net = links(named(graph))
    left, right = np.random.default_rng(1).integers(0, 9, (2, net.weights.nnz))

    assert_same_product(net, left.astype(float), right.astype(float))


def degrees(rows):
    """Return how many initiatives each actor has, and actors each initiative."""
    met = set(zip(rows.actor.tolist(), rows.initiative.tolist(), strict=True))
    return Counter(a for a, _ in met), Counter(i for _, i in met), len(met)


@given(stays, st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_chance_keeps_who_is_how_busy(pairs, seed):
    rows = pull(told(pairs))

    for drawn in shuffled(rows, draws=3, seed=seed):
        assert degrees(drawn) == degrees(rows)
        assert drawn.initiative.tolist() == rows.initiative.tolist()


def test_chance_draws_every_network_equally_often():
    """Three actors of one place each, in initiatives of one, two places: 3 networks."""
    rows = pull(told([("a", "p"), ("b", "q"), ("c", "q")]))
    drawn = Counter(
        frozenset(zip(d.actor.tolist(), d.initiative.tolist(), strict=True))
        for d in shuffled(rows, draws=1500, seed=2)
    )

    assert len(drawn) == 3
    assert all(430 < times < 570 for times in drawn.values())


def test_chance_draws_every_network_equally_often_where_exchanges_meet():
    """Ten memberships, where pairs get in each other's way."""
    pairs = ["ap", "aq", "bp", "bq", "br", "cq", "cr", "dp", "dr", "es"]
    rows = pull(told([tuple(pair) for pair in pairs]))
    draws = 20_000
    drawn = Counter(
        frozenset(zip(d.actor.tolist(), d.initiative.tolist(), strict=True))
        for d in shuffled(rows, draws=draws, seed=5)
    )

    expected = draws / len(drawn)
    chi = sum((times - expected) ** 2 / expected for times in drawn.values())
    free = len(drawn) - 1
    assert len(drawn) > 50
    # the chi-squared distribution has mean `free` and variance 2 × `free`
    assert abs(chi - free) < 4 * (2 * free) ** 0.5


def test_the_same_seed_draws_the_same_networks():
    rows = pull(
        told([(a, i) for a in "abcde" for i in "pqrs" if (a + i) not in "apbs"])
    )
    first, again = (chance(rows, draws=5, seed=3) for _ in range(2))

    assert first.links.tolist() == again.links.tolist()
    assert first.transitivity.tolist() == again.transitivity.tolist()


def test_chance_without_any_link_has_no_distance():
    found = chance(pull(told([("a", "p")])), draws=2)

    assert found.links.tolist() == [0, 0]
    assert np.isnan(found.transitivity).all()
    assert np.isnan(found.distance).all()
    assert np.isnan(found.renewed).all()


def test_chance_moves_a_stay_with_its_dates_not_its_actor():
    rows = pull(told([("a", "p"), ("b", "p"), ("c", "q"), ("d", "q")]))
    drawn = next(islice(shuffled(rows, draws=1), 1))

    assert drawn.start.tolist() == rows.start.tolist()
    assert drawn.role.tolist() == rows.role.tolist()


def test_an_initiative_of_two_axes_counts_half_in_each():
    rows = pull(told([("a", "p"), ("a", "q"), ("b", "q"), ("b", "q")]))
    said = {iri("initiative:p"): ("x", "y"), iri("initiative:q"): ("y",)}
    found = by_initiatives(rows, lambda one: said[one])

    assert found.categories == ("x", "y")
    assert found.amounts.toarray().tolist() == [[0.5, 1.5], [0, 1]]


def test_without_categories_nothing_is_reached():
    found = by_initiatives(pull(told([("a", "p")])), lambda _: ())

    assert found.amounts.shape == (1, 0)
    assert found.main() == ("",)


def test_measures_are_defined_once_in_both_languages():
    found = definitions()

    names = Counter(each.name for each in found)
    assert [name for name, times in names.items() if times > 1] == []
    assert {"liens", "intermediarite", "axes", "densite", "petit_monde"} <= set(names)
    for each in found:
        texts = (each.meaning_fr, each.meaning_en, each.caveat_fr, each.caveat_en)
        assert all(text.endswith(".") for text in texts), each.name
        assert all((each.fr, each.en, each.formula, each.source, each.unit_fr))
        assert each.meaning_fr != each.meaning_en
