import subprocess
import sys
from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.measures import communities as measure
from spnr_graph.measures import louvain as door
from spnr_graph.measures.communities import DEFINITIONS, communities, runs_within
from spnr_graph.measures.community_names import Trait, characters, de, named
from spnr_graph.measures.louvain import louvain
from spnr_graph.measures.partitions import likeness, modularity
from spnr_graph.operations.network import Pulled
from spnr_graph.operations.network.communities import communities as answered
from spnr_graph.projection import Filters, Links, Names, links, pull
from tests.collaborations import iri, told


def network(graph):
    """Return the links of a graph whose nodes are numbers, as IRIs that sort alike."""
    named_ = nx.relabel_nodes(graph, lambda node: f"urn:{node:04}")
    for _, _, attributes in named_.edges(data=True):
        attributes.setdefault("weight", 1.0)
    return links(named_)


def karate():
    """Return Zachary's karate club; links have no weight, as published."""
    return nx.Graph(nx.karate_club_graph().edges)


def groups(partition):
    """Return a partition as sets of nodes."""
    return {
        frozenset(np.flatnonzero(partition == number).tolist())
        for number in set(partition.tolist()) - {-1}
    }


def planted(groups_, size, inside, outside, seed):
    return nx.planted_partition_graph(groups_, size, inside, outside, seed=seed)


def test_the_communities_of_the_karate_club_are_the_published_optimum():
    found = communities(network(karate()))

    # Brandes et al. 2008, IEEE TKDE 20:172: the greatest modularity, four communities.
    assert round(found.best, 4) == 0.4198
    assert len(found.sizes) == 4
    assert round(found.modularity, 4) == 0.4198
    assert found.runs == 50


def test_the_karate_club_parts_along_its_factions():
    clubs = nx.karate_club_graph().nodes(data="club")
    found = communities(network(karate()))

    officer = {node for node, club in clubs if club == "Officer"}
    astray = set()
    for members in groups(found.of):
        astray |= min(members & officer, members - officer, key=len)
    # Zachary 1977, J. Anthropol. Res. 33:452: 8 sided with one and went with the other
    # for his examination; 9 has one friend in each faction, and runs waver.
    assert {8} <= astray <= {8, 9}
    assert found.stability[8] == 1
    assert int(found.stability.argmin()) == 9


def test_davis_women_form_two_groups_by_the_events_they_share():
    graph = nx.davis_southern_women_graph()
    women = sorted(graph.graph["top"])
    found = communities(
        links(nx.bipartite.weighted_projected_graph(graph, women)), resolution=1.0
    )

    # Freeman 2003: of 21 analyses nearly all part women 1–9 from women 10–18.
    first = {
        "Evelyn Jefferson",
        "Laura Mandeville",
        "Theresa Anderson",
        "Brenda Rogers",
    }
    second = {"Nora Fayette", "Sylvia Avondale", "Katherina Rogers", "Helen Lloyd"}
    of = dict(zip(women, found.of.tolist(), strict=True))
    assert {of[name] for name in first}.isdisjoint(of[name] for name in second)
    assert len({of[name] for name in first}) == len({of[name] for name in second}) == 1


@settings(max_examples=25, deadline=None)
@given(
    number=st.integers(2, 6),
    size=st.integers(8, 14),
    seed=st.integers(0, 10_000),
)
def test_planted_communities_are_found(number, size, seed):
    graph = planted(number, size, 0.9, 0.01, seed)
    found = communities(network(graph), seeds=10)

    assert groups(found.of) == {
        frozenset(range(k * size, (k + 1) * size)) for k in range(number)
    }
    assert found.sizes == (size,) * number
    assert found.stability.tolist() == [1.0] * (number * size)
    assert found.agreement == 1.0
    assert found.core.all()
    assert not found.border.any()


def bridged():
    """Return two cliques of six, and a node with two friends in each."""
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(6))
    graph.add_edges_from([(12, 0), (12, 1), (12, 6), (12, 7)])
    return graph


def test_who_stands_between_two_communities_is_at_the_border_and_leans_to_the_other():
    found = communities(network(bridged()), seeds=100)

    assert found.border.tolist() == [False] * 12 + [True]
    assert found.stability[:12].tolist() == [1.0] * 12
    assert 0.3 < found.stability[12] < 0.7
    assert found.leaning[12] == 1 - found.of[12]
    assert found.leaning[:12].tolist() == [-1] * 12


def test_communities_are_numbered_by_size_then_by_iri_and_the_alone_are_in_none():
    graph = nx.disjoint_union_all(
        [nx.empty_graph(1), nx.complete_graph(3), nx.complete_graph(5)]
    )
    graph = nx.disjoint_union(graph, nx.complete_graph(3))
    found = communities(network(graph))

    assert found.of.tolist() == [-1, 1, 1, 1, 0, 0, 0, 0, 0, 2, 2, 2]
    assert found.sizes == (5, 3, 3)
    assert found.stability.tolist() == [0.0] + [1.0] * 11
    assert found.core.tolist() == [False] + [True] * 11


@pytest.mark.parametrize("size", [0, 1, 3])
def test_without_links_there_is_no_community(size):
    found = communities(network(nx.empty_graph(size)))

    assert found.of.tolist() == [-1] * size
    assert (found.sizes, found.runs) == ((), 0)
    assert (found.modularity, found.best, found.agreement) == (None, None, None)


def test_two_partners_are_one_community():
    found = communities(network(nx.path_graph(2)), seeds=1)

    assert (found.of.tolist(), found.sizes, found.modularity) == ([0, 0], (2,), 0.0)
    assert (found.best, found.agreement) == (0.0, 1.0)


def test_a_link_that_weighs_nothing_brings_nobody_together():
    weights = sp.csr_array(
        (np.array([0.0, 0.0]), (np.array([0, 1]), np.array([1, 0]))), shape=(2, 2)
    )
    found = communities(Links(nodes=("a", "b"), weights=weights))

    assert found.of.tolist() == [-1, -1]


graphs = st.builds(
    lambda size, pairs: nx.Graph(
        [
            (a % size, b % size, {"weight": w})
            for a, b, w in pairs
            if a % size != b % size
        ]
    ),
    st.integers(2, 14),
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 99), st.sampled_from([1.0, 2.5])),
        min_size=1,
        max_size=40,
    ),
)


@settings(deadline=None)
@given(graphs)
def test_every_community_holds_together_and_modularity_is_that_of_networkx(graph):
    network_ = network(graph)
    found = communities(network_, seeds=5)

    whole = nx.convert_node_labels_to_integers(graph, ordering="sorted")
    if not whole.number_of_edges():
        assert found.modularity is None
        return
    for members in groups(found.of):
        assert nx.is_connected(whole.subgraph(members))
    expected = nx.community.modularity(whole, groups(found.of))
    assert found.modularity == pytest.approx(expected)
    assert ((found.of >= 0) == (np.diff(network_.weights.indptr) > 0)).all()
    assert ((found.stability > 0) == (found.of >= 0)).all()


@settings(deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_the_order_in_which_links_are_told_does_not_matter(graph, random):
    edges = list(graph.edges(data=True))
    random.shuffle(edges)
    again = nx.Graph(edges)

    one = communities(network(graph), seeds=5)
    other = communities(network(again), seeds=5)

    assert one.of.tolist() == other.of.tolist()
    assert one.stability.tolist() == other.stability.tolist()


def test_the_hash_seed_of_python_does_not_matter():
    code = (
        "import networkx as nx;"
        "from spnr_graph.projection import links;"
        "from spnr_graph.measures.communities import communities;"
        "g = nx.relabel_nodes(nx.les_miserables_graph(), lambda n: 'urn:' + n);"
        "c = communities(links(g));"
        "print(c.of.tolist(), c.stability.tolist(), c.leaning.tolist())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }

    assert len(answers) == 1


def test_runs_are_as_good_as_those_of_networkx():
    graph = nx.les_miserables_graph()
    network_ = links(graph)
    ours = [modularity(network_.weights, one) for one in louvain_of(network_, 20)]
    theirs = [
        nx.community.modularity(
            graph, nx.community.louvain_communities(graph, seed=seed)
        )
        for seed in range(20)
    ]

    assert np.mean(ours) == pytest.approx(np.mean(theirs), abs=0.005)
    assert max(ours) == pytest.approx(max(theirs), abs=0.002)


def test_the_unit_of_the_weights_does_not_matter():
    graph = nx.les_miserables_graph()
    euros = nx.Graph()
    euros.add_weighted_edges_from(
        (a, b, weight * 2.0**30) for a, b, weight in graph.edges(data="weight")
    )

    assert (
        communities(links(graph)).of.tolist() == communities(links(euros)).of.tolist()
    )


def louvain_of(network_, count):
    return louvain(network_.weights, seeds=range(count))


def test_past_the_bound_networkit_finds_communities_as_good(monkeypatch):
    network_ = network(planted(8, 20, 0.5, 0.03, 5))
    ours = louvain_of(network_, 10)
    monkeypatch.setattr(door, "_COMPILED", 0)
    compiled, again = louvain_of(network_, 10), louvain_of(network_, 10)

    rated = [
        np.mean([modularity(network_.weights, one) for one in runs])
        for runs in (ours, compiled)
    ]
    assert rated[0] == pytest.approx(rated[1], abs=0.005)
    assert all((a == b).all() for a, b in zip(compiled, again, strict=True))
    assert groups(communities(network_).of) == {
        frozenset(range(k * 20, (k + 1) * 20)) for k in range(8)
    }


def test_agreement_finds_what_single_runs_blur():
    graph = nx.LFR_benchmark_graph(
        300, 2.5, 1.5, 0.45, average_degree=9, max_degree=40, min_community=15, seed=3
    )
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    truth = np.empty(300, dtype=np.int64)
    planted_ = sorted({min(graph.nodes[n]["community"]) for n in graph})
    for node in graph:
        truth[node] = planted_.index(min(graph.nodes[node]["community"]))
    network_ = network(graph)
    runs = louvain_of(network_, 50)
    found = communities(network_)

    single = np.mean([likeness(run, truth) for run in runs])
    assert likeness(found.of, truth) > single + 0.02


def test_who_wavers_is_more_often_misplaced():
    size = 30
    graph = planted(5, size, 0.25, 0.05, 11)
    found = communities(network(graph))
    right = np.zeros(len(graph), dtype=bool)
    for members in groups(found.of):
        team = Counter(node // size for node in members).most_common(1)[0][0]
        for node in members:
            right[node] = node // size == team

    assert found.core.sum() > 30
    assert found.border.sum() > 30
    assert right[found.core].mean() > right[found.border].mean() + 0.05


def test_likeness_is_one_for_the_same_parts_and_nought_for_independent_ones():
    halves, quarters = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])

    assert likeness(halves, 1 - halves) == pytest.approx(1)
    assert likeness(halves, quarters) == 0
    assert likeness(np.zeros(4, int), np.zeros(4, int)) == 1
    # 2·I/(H+H) with I = ln 2 and H = ln 2, ln 4
    assert likeness(halves, np.arange(4)) == pytest.approx(2 / 3)


def test_a_network_without_weight_has_no_modularity():
    nobody = sp.csr_array((3, 3))

    assert modularity(nobody, np.array([0, 0, -1])) == 0


def test_fewer_runs_are_made_on_large_networks():
    found = [runs_within(links_, 50) for links_ in (1, 20_000, 100_000, 10_000_000)]

    assert found == [50, 50, 10, 5]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seeds": 0}, "0 runs asked for"),
        ({"resolution": 0.0}, "resolution 0.0 is no positive"),
        ({"resolution": float("nan")}, "resolution nan"),
    ],
    ids=["no-run", "nought", "nan"],
)
def test_numbers_that_find_nothing_are_refused(wrong, said):
    with pytest.raises(QueryError, match=said):
        communities(network(nx.path_graph(3)), **wrong)


def test_a_higher_resolution_gives_smaller_communities():
    network_ = network(nx.ring_of_cliques(8, 4))

    sizes = [
        len(communities(network_, resolution=resolution).sizes)
        for resolution in (0.05, 1.0, 1.5)
    ]
    assert sizes == sorted(sizes)
    assert sizes[1] == 8


def two_teams():
    """Return two teams of three, what they have, and their communities."""
    graph = nx.Graph()
    for team in ("abc", "xyz"):
        graph.add_edges_from(combinations([f"urn:{one}" for one in team], 2), weight=1)
    graph.add_edge("urn:a", "urn:b", weight=3.0)
    graph.add_edge("urn:c", "urn:x", weight=0.5)
    traits = {
        "axe": {f"urn:{one}": ("urn:inclusion",) for one in "abcx"},
        "territoire": {f"urn:{one}": ("urn:nievre",) for one in "xyz"},
        "genre": {"urn:a": ("urn:commune",)},
    }
    network_ = links(graph)
    return network_, communities(network_), traits


def test_a_community_is_marked_by_what_the_others_lack():
    first, second = characters(*two_teams())

    assert first.central == ("urn:a", "urn:b", "urn:c")
    assert first.traits == (
        Trait(kind="axe", iri="urn:inclusion", members=3, share=4 / 6),
    )
    assert second.central == ("urn:x", "urn:y", "urn:z")
    assert [trait.iri for trait in second.traits] == ["urn:nievre"]


def test_names_say_the_centre_the_marks_and_the_size():
    names = {
        "urn:a": "Nièvre Numérique",
        "urn:x": "Orange",
        "urn:inclusion": "inclusion",
        "urn:nievre": "Nièvre",
    }
    marks = characters(*two_teams())

    french = named(marks, short=names.__getitem__, lang="fr")
    english = named(marks, short=names.__getitem__, lang="en")

    assert [one.name for one in french] == [
        "Autour de Nièvre Numérique : inclusion (3 acteurs)",
        "Autour d'Orange : Nièvre (3 acteurs)",
    ]
    assert english[0].name == "Around Nièvre Numérique: inclusion (3 actors)"
    assert french[1].why == (
        "Orange y a le plus de liens ; 3 des 3 acteurs agissent dans Nièvre "
        "(réseau : 50\N{NO-BREAK SPACE}%)."
    )
    assert english[1].why == (
        "Orange has most links in it; 3 of the 3 actors act in Nièvre (network: 50%)."
    )


def test_communities_of_one_name_are_told_apart():
    marks = characters(*two_teams())

    found = named(marks, short=lambda _: "X", lang="en")

    assert [one.name for one in found] == [
        "Around X: X (3 actors)",
        "Around X: X (3 actors) – 2",
    ]
    bare = characters(*two_teams()[:2], {})
    assert [one.name for one in named(bare, short=str, lang="fr")] == [
        "Autour de urn:a (3 acteurs)".replace("de urn", "d'urn"),
        "Autour d'urn:x (3 acteurs)",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Le Grand Chalon", "du Grand Chalon"),
        ("Les Premiers Sapins", "des Premiers Sapins"),
        ("La Poste", "de La Poste"),
        ("Échanges", "d'Échanges"),
        ("Le", "de Le"),
        ("", "de "),
    ],
    ids=["le", "les", "la", "vowel", "alone", "empty"],
)
def test_de_contracts_and_elides(name, said):
    assert de(name) == said


def pulled(pairs, names=(), lang="fr"):
    """Return what a store of (actor, initiative) pairs gives."""
    ask = told(pairs)
    labels = {iri(f"acteur:{actor}"): name for actor, name in names}
    return Pulled(rows=pull(ask), names=Names(labels=labels), lang=lang)


TEAMS = [*((a, "one") for a in "abc"), *((a, "two") for a in "xyz"), ("q", "three")]


def cells(answer):
    return [
        tuple(None if cell is None else cell.toPython() for cell in row)
        for row in answer.table.rows
    ]


def test_the_answer_has_one_row_per_community():
    found = answered(pulled(TEAMS), chosen=Filters())

    rows = [dict(zip(found.table.columns, row, strict=True)) for row in cells(found)]
    assert [(row["communaute"], row["taille"], row["noyau"]) for row in rows] == [
        (1, 3, 3),
        (2, 3, 3),
    ]
    assert rows[0]["nom"] == "Autour d'acteur:a (3 acteurs)"
    assert rows[0]["membres"] == "acteur:a, acteur:b, acteur:c"
    assert (rows[0]["frontiere"], float(rows[0]["stabilite"])) == (0, 1.0)
    assert found.notes["fr"] == (
        "50 tirages comparés ; modularité 0,50, accord des tirages 1,00.",
        "1 acteur n'a aucun partenaire, donc aucune communauté.",
    )


def test_the_answer_can_have_one_row_per_actor():
    found = answered(pulled(TEAMS, lang="en"), chosen=Filters(), members=True, seeds=7)

    rows = cells(found)
    assert [row[0] for row in rows] == [1, 1, 1, 2, 2, 2, None]
    assert rows[0] == (
        1,
        "Around acteur:a (3 actors)",
        iri("acteur:a"),
        "acteur:a",
        1,
        True,
        None,
    )
    assert rows[-1] == (None, None, iri("acteur:q"), "acteur:q", None, None, None)
    assert found.notes["en"][0].startswith("7 runs compared; modularity 0.50")


def test_a_network_without_links_says_so():
    alone = answered(pulled([("a", "one")]), chosen=Filters())
    nobody = answered(pulled([]), chosen=Filters())

    assert alone.table.rows == nobody.table.rows == ()
    assert nobody.notes["en"] == (
        "No link has weight in this network, hence no community.",
    )
    assert alone.notes["fr"] == (
        "Aucun lien qui pèse dans ce réseau, donc aucune communauté.",
        "1 acteur n'a aucun partenaire, donc aucune communauté.",
    )


def test_links_of_unknown_amount_bring_nobody_together():
    found = answered(pulled(TEAMS), chosen=Filters(), weight="amount")

    assert found.table.rows == ()
    assert found.notes["en"][1:] == (
        "1 actor has no partner, hence no community.",
        "6 actors have only links of unknown amount, hence no community.",
    )


def test_runs_that_a_large_network_does_not_allow_are_told(monkeypatch):
    monkeypatch.setattr(measure, "_AFFORDABLE", 12)
    found = answered(pulled(TEAMS), chosen=Filters(), seeds=7)

    assert found.notes["fr"][:2] == (
        "5 tirages comparés ; modularité 0,50, accord des tirages 1,00.",
        "Réseau trop grand pour les 7 tirages demandés.",
    )


def test_who_wavers_leans_to_a_community_by_name():
    pairs = [
        *((f"a{k}", "one") for k in range(6)),
        *((f"b{k}", "two") for k in range(6)),
        *(("m", f"left{k}") for k in range(2)),
        *((f"a{k}", f"left{k}") for k in range(2)),
        *(("m", f"right{k}") for k in range(2)),
        *((f"b{k}", f"right{k}") for k in range(2)),
    ]
    found = answered(pulled(pairs), chosen=Filters(), members=True)

    (border,) = [row for row in cells(found) if row[5] is False]
    assert border[2] == iri("acteur:m")
    assert border[6] in {row[1] for row in cells(found)} - {border[1]}


def test_definitions_are_told_in_both_languages():
    assert [each.name for each in DEFINITIONS] == [
        "communaute",
        "taille",
        "stabilite",
        "noyau",
        "frontiere",
        "modularite",
        "accord",
    ]
    cited = [each.source for each in DEFINITIONS if each.name != "taille"]
    assert all("DOI" in source for source in cited)
