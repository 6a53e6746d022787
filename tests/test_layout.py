"""Places: found once, legible, the same for the same network, kept by who had one."""

import math
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import DataError
from spnr_graph.projection import links
from spnr_graph.render import forces
from spnr_graph.render.layout import place, place_links, radius
from spnr_graph.render.positions import read_positions, written_positions


def named(graph):
    """Return the graph with text as names of its nodes, in their order."""
    width = len(str(len(graph)))
    nx.set_edge_attributes(graph, 1.0, "weight")
    return nx.relabel_nodes(graph, {n: f"n{n:0{width}}" for n in graph})


def villages(count, size):
    """Return cliques in a ring, each linked to the next by one edge."""
    return named(nx.connected_caveman_graph(count, size))


def overlapping(graph, places):
    """Return the pairs of discs that share a point."""
    nodes = sorted(graph)
    return [
        (one, other)
        for i, one in enumerate(nodes)
        for other in nodes[:i]
        if math.dist(places[one], places[other])
        < radius(graph.degree(one)) + radius(graph.degree(other))
    ]


graphs = st.builds(
    lambda size, chance, seed: named(nx.gnp_random_graph(size, chance, seed=seed)),
    st.integers(0, 40),
    st.sampled_from([0.0, 0.05, 0.2, 1.0]),
    st.integers(0, 10),
)


@given(graphs)
@settings(max_examples=30, deadline=None)
def test_every_node_has_a_finite_place_and_no_disc_covers_another(graph):
    places = place(graph)

    assert sorted(places) == sorted(graph)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    assert overlapping(graph, places) == []


@given(graphs, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_nodes_and_links_changes_nothing(graph, chance):
    nodes, edges = list(graph), list(graph.edges)
    chance.shuffle(nodes)
    chance.shuffle(edges)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(((b, a) for a, b in edges), weight=1.0)

    assert place(shuffled) == place(graph)


def test_another_process_gives_the_same_places():
    program = (
        "import networkx as nx; from spnr_graph.render.layout import place;"
        "g = nx.relabel_nodes(nx.connected_caveman_graph(60, 6), str);"
        "nx.set_edge_attributes(g, 1.0, 'weight');"
        "print(sorted(place(g).items()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    }

    assert len(runs) == 1


def test_a_group_stands_together_and_apart_from_the_others():
    graph = villages(8, 12)
    places = place(graph)
    at = np.array([places[node] for node in sorted(graph)]).reshape(8, 12, 2)

    middles = at.mean(1)
    within = np.sqrt(((at - middles[:, None]) ** 2).sum(-1)).max()
    between = [math.dist(a, b) for i, a in enumerate(middles) for b in middles[:i]]

    assert within < min(between) * 0.75


def test_links_of_the_backbone_pull_more_than_those_of_chance():
    graph = named(nx.complete_graph(12))
    nx.set_edge_attributes(graph, 1.0, "weight")
    graph["n00"]["n01"]["weight"] = 30.0

    pull = forces.pulls(links(graph).weights).toarray()

    assert pull[0, 1] == pytest.approx(math.log(31), rel=0.01)
    assert pull[2, 3] < 0.5 * math.log(2)
    assert (pull == pull.T).all()


def test_the_only_link_of_a_node_pulls_fully():
    pull = forces.pulls(links(named(nx.star_graph(30))).weights)

    assert pull.data == pytest.approx(np.full(60, math.log(2)))


def test_the_mesh_repels_as_comparing_every_pair_does():
    points = np.random.default_rng(3).normal(size=(2000, 2)) * 500
    mass = np.ones(2000)

    exact = forces._pairwise(points, mass)
    meshed = forces._mesh(2000)(points, mass)

    error = np.sqrt(((exact - meshed) ** 2).sum(1).mean())
    assert error < 0.15 * np.sqrt((exact**2).sum(1).mean())


def test_large_components_are_placed_by_the_mesh():
    graph = villages(40, 10)

    assert overlapping(graph, place(graph)) == []


def test_directed_links_count_in_both_directions():
    graph = named(nx.path_graph(5))

    assert place(nx.DiGraph(graph.edges(data=True))) == place(graph)


def test_many_small_components_fill_a_page_instead_of_a_column():
    graph = named(nx.disjoint_union_all([nx.path_graph(2)] * 400))

    xs, ys = zip(*place(graph).values(), strict=True)

    assert 0.5 < (max(xs) - min(xs)) / (max(ys) - min(ys)) < 3


def test_a_matrix_is_placed_as_the_graph_that_it_was_made_of():
    graph = villages(3, 5)

    assert place_links(links(graph)) == place(graph)


def test_links_whose_weight_is_unknown_hold_like_the_weakest():
    graph = villages(4, 6)
    unknown = graph.copy()
    nx.set_edge_attributes(unknown, 0.0, "weight")

    assert place(unknown) == place(graph)


def test_nothing_stands_beside_a_component_that_is_most_of_the_network():
    graph = nx.compose(villages(6, 8), nx.Graph())
    graph.add_node("z")

    places = place(graph)

    assert places["z"][1] > max(y for node, (_, y) in places.items() if node != "z")


def test_actors_with_the_same_partners_stand_apart():
    places = place(named(nx.star_graph(40)))

    assert len(set(places.values())) == 41


def test_newcomers_follow_links_whose_weight_is_unknown():
    graph = villages(2, 4)
    former = place(graph)
    graph.add_edge("n0", "new", weight=0.0)

    assert math.dist(place(graph, former)["new"], former["n0"]) < 60


def test_an_actor_alone_stands_somewhere():
    assert len(place(named(nx.empty_graph(1)))) == 1
    assert place(nx.Graph()) == {}


def test_everyone_stays_in_place_when_newcomers_arrive():
    graph = villages(5, 6)
    former = place(graph)
    grown = graph.copy()
    grown.add_edges_from([("n00", "new1"), ("n01", "new1"), ("new1", "new2")])
    grown.add_edge("far1", "far2")
    grown.add_node("alone")
    nx.set_edge_attributes(grown, 1.0, "weight")

    places = place(grown, former)

    assert {node: places[node] for node in graph} == former
    assert overlapping(grown, places) == []
    nearest = min(former, key=lambda n: math.dist(former[n], places["new1"]))
    assert nearest in {f"n0{k}" for k in range(6)}
    assert math.dist(places["new1"], places["new2"]) < 120
    assert math.dist(places["far1"], places["far2"]) < 120
    assert places["far1"][1] > max(y for _, y in former.values())


def test_who_left_leaves_a_gap_for_its_return():
    graph = villages(4, 6)
    former = place(graph)
    fewer = graph.copy()
    fewer.remove_node("n03")
    fewer.add_edge("n02", "new", weight=1.0)

    places = place(fewer, former)

    room = radius(1) + 5
    assert math.dist(places["new"], former["n03"]) > room
    assert {node: former[node] for node in fewer if node != "new"} == {
        node: at for node, at in places.items() if node != "new"
    }


def test_places_of_strangers_alone_do_not_hinder():
    graph = villages(2, 4)

    places = place(graph, {"someone-else": (3.0, 4.0)})

    assert sorted(places) == sorted(graph)
    assert overlapping(graph, places) == []


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
        st.tuples(*[st.integers(-(10**7), 10**7).map(lambda n: n / 100)] * 2),
    )
)
def test_positions_come_back_from_their_file(positions):
    data = written_positions(positions)

    assert read_positions(data) == positions
    assert written_positions(read_positions(data)) == data


def test_a_file_of_positions_is_a_sorted_table():
    assert written_positions({"b": (1, 2.5), "a": (-0.125, 3)}) == (
        b"iri,x,y\na,-0.12,3.00\nb,1.00,2.50\n"
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\xff\xfe", 1),
        (b"iri;x;y\n", 1),
        (b"iri,x,y\na,1\n", 2),
        (b"iri,x,y\na,1,2\na,3,4\n", 3),
        (b"iri,x,y\na,1,deux\n", 2),
        (b"iri,x,y\na,1,nan\n", 2),
        (b"iri,x,y\n\n", 2),
    ],
    ids=["empty", "binary", "header", "cells", "twice", "word", "nan", "blank"],
)
def test_a_file_that_holds_no_positions_is_refused_with_its_line(data, line):
    with pytest.raises(DataError) as refused:
        read_positions(data)

    assert f"Positions, ligne {line} : ce n'est pas un fichier" in refused.value.fr
    assert f"Positions, line {line}: this is no file" in refused.value.en
