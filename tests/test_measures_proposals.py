"""Proposals: the score, the groups, and the measures of how good a ranking is."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fitted import coefficients
from benchmarks.link_baselines import baselines
from spnr_graph.measures.gatherings import Gathering, gatherings
from spnr_graph.measures.ground import Said, ground
from spnr_graph.measures.profiles import profiles
from spnr_graph.measures.proposals import (
    Weights,
    candidates,
    diverse,
    ranked,
    reasons,
    shared_partners,
)
from spnr_graph.measures.ranking import (
    area_under_curve,
    average_precision,
    precision_at,
)
from spnr_graph.projection import links

#: Four pairs in two ties: 0.9 right; 0.5 right and wrong; 0.1 wrong.
SCORES = np.array([0.5, 0.9, 0.1, 0.5])
HIDDEN = np.array([True, True, False, False])


def test_quality_of_a_ranking_by_hand():
    # Won: 0.9 against two; 0.5 against 0.1; tied: 0.5 against 0.5. (3 + ½) / 4.
    assert area_under_curve(SCORES, HIDDEN) == 3.5 / 4
    # Recall ½ at precision 1, then recall 1 at precision 2/3.
    assert average_precision(SCORES, HIDDEN) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert [precision_at(SCORES, HIDDEN, k) for k in (1, 2, 3, 9)] == [
        1,
        pytest.approx(1.5 / 2),
        pytest.approx(2 / 3),
        0.5,
    ]


def test_quality_is_none_where_there_is_nothing_to_judge():
    none, some = np.array([]), np.array([], dtype=bool)

    assert area_under_curve(none, some) is None
    assert area_under_curve(SCORES, np.ones(4, dtype=bool)) is None
    assert average_precision(SCORES, np.zeros(4, dtype=bool)) is None
    assert precision_at(none, some, 10) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1))
def test_quality_is_what_counting_pairs_gives(pairs):
    scores = np.array([float(score) for score, _ in pairs])
    hidden = np.array([right for _, right in pairs])
    good = [s for s, right in pairs if right]
    bad = [s for s, right in pairs if not right]

    found = area_under_curve(scores, hidden)

    wins = [(g > b) + (g == b) / 2 for g in good for b in bad]
    assert found == (pytest.approx(sum(wins) / len(wins)) if wins else None)
    precision = precision_at(scores, hidden, len(pairs))
    assert precision == pytest.approx(len(good) / len(pairs))


def test_profiles_weigh_what_is_rare():
    found = profiles(
        ("a", "b", "c"), {"a": {"all", "two"}, "b": {"all", "two"}, "c": {"all"}}
    ).toarray()

    assert found.tolist() == [[0, 1], [0, 1], [0, 0]]


def scene(*edges, kin=(), closed=(), **said):
    """Return the ground of a network given as pairs of letters; each is one meeting."""
    graph = nx.Graph()
    for edge in edges:
        graph.add_edge(*edge, weight=1.0)
    met = {n: {"".join(sorted(e)) for e in graph.edges(n)} for n in graph}
    said = Said(**{"initiatives": met, "met": met, **said})
    return ground(links(graph), said, kin=kin, closed=closed)


def found(ground, **options):
    """Return pair → score of all that is proposed."""
    return {p.left + p.right: p.score for p in candidates(ground, **options)}


def test_the_score_is_its_formula():
    said = {
        "places": {"a": {"here"}, "b": {"here"}, "z": {"there"}},
        "themes": {"a": {"t", "u"}, "b": {"t"}},
        "offers": {"a": {"money"}},
        "needs": {"b": {"money"}},
    }

    (proposal,) = candidates(scene("az", "bz", **said))

    rare, common = math.log(3 / 1), math.log(3 / 2)
    expected = {
        "partners": 1.0,
        "places": 1.0,
        "themes": common / math.hypot(rare, common),
        "roles": 1.0,
    }
    assert {name: getattr(proposal, name) for name in expected} == pytest.approx(
        expected
    )
    partners, places, themes, roles = expected.values()
    said = (0.2 + partners + 0.5 * places + 0.125 * roles) * (1 + themes)
    assert (proposal.left, proposal.right) == ("a", "b")
    assert proposal.score == pytest.approx(100 * said / (said + 25))


def test_activity_multiplies_and_grows_ever_more_slowly():
    (proposal,) = candidates(
        scene("az", "bz", initiatives={"a": {"i", "j", "k"}, "b": {"l"}})
    )

    said = math.sqrt(math.log2(1 + 3) * math.log2(1 + 1)) * (0.2 + 1)
    assert proposal.score == pytest.approx(100 * said / (said + 25))


def test_only_strangers_with_a_reason_are_proposed():
    # a–z–b, and c–d apart, of whom nothing is known: no reason, no proposal.
    assert list(found(scene("az", "bz", "cd"))) == ["ab"]


def test_a_territory_or_a_role_is_a_reason_without_shared_partner():
    places = {"a": {"here"}, "c": {"here"}}
    needs, offers = {"b": {"money"}}, {"d": {"money"}}

    assert set(found(scene("ab", "cd", places=places))) == {"ac"}
    assert set(found(scene("ab", "cd", needs=needs, offers=offers))) == {"bd"}


def test_those_who_met_in_any_role_are_not_proposed():
    met = {"a": {"plan", "az"}, "b": {"plan", "bz"}, "z": {"az", "bz"}}

    assert found(scene("az", "bz", met=met)) == {}


def test_kin_and_closed_actors_are_not_proposed():
    assert found(scene("az", "bz", kin=[("b", "a")])) == {}
    assert found(scene("az", "bz", kin=[("a", "elsewhere")])) != {}
    assert set(found(scene("az", "bz", "cz", closed={"c"}))) == {"ab"}


def test_around_an_actor_are_its_own_proposals():
    star = scene("az", "bz", "cz")

    assert set(found(star)) == {"ab", "ac", "bc"}
    assert set(found(star, around="b")) == {"ab", "bc"}
    assert found(star, around="unknown") == {}


def test_equal_proposals_come_in_the_order_of_iris_and_are_cut_there():
    star = scene("az", "bz", "cz", "dz")

    assert list(found(star)) == ["ab", "ac", "ad", "bc", "bd", "cd"]
    assert set(found(star, each=1)) == {"ab", "ac", "ad"}


def test_the_best_are_kept_when_each_actor_may_bring_few():
    better = scene("az", "bz", "cz", "ay", "cy")

    assert set(found(better, around="a", each=1)) == {"ac"}


def test_no_actor_fills_the_list():
    ranked = candidates(scene("az", "bz", "cz", "dz"))

    assert [p.left + p.right for p in diverse(ranked, top=9, most=1)] == ["ab", "cd"]
    assert [p.left + p.right for p in diverse(ranked, top=2)] == ["ab", "ac"]
    around = candidates(scene("az", "bz", "cz", "dz"), around="a")
    assert len(diverse(around, top=9, most=1, around="a")) == 3


def test_only_the_most_active_are_compared(monkeypatch):
    field = scene("az", "bz", "cz", "dz", "ay", "bx", "wv", "wu", closed={"w"})
    assert ranked(field) == candidates(field)

    monkeypatch.setattr("spnr_graph.measures.proposals.COMPARED", 3)  # z, a and b
    few = ranked(field)

    assert few == [p for p in candidates(field) if p.left + p.right == "ab"]


def test_shared_partners_come_with_the_most_exclusive_first():
    hub = scene("az", "bz", "ay", "by", "zx", "zw")

    assert shared_partners(hub, "a", "b") == ["y", "z"]
    assert shared_partners(hub, "a", "w") == ["z"]


def test_nobody_gives_no_proposal():
    nobody = ground(links(nx.Graph()), Said())

    assert candidates(nobody) == []
    assert gatherings(nobody, [], top=5) == []


edges = st.sets(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(
        lambda edge: edge[0] < edge[1]
    ),
    min_size=1,
)
terms = st.dictionaries(
    st.sampled_from("abcdef"), st.sets(st.sampled_from("xyz")), max_size=6
)


@settings(deadline=None)
@given(
    edges, st.fixed_dictionaries(dict.fromkeys(("places", "themes", "offers"), terms))
)
def test_scores_are_symmetric_bounded_and_of_strangers(ties, said):
    said["needs"] = dict(zip("fedcba", said["offers"].values(), strict=False))
    field = scene(*ties, **said)

    weighed = reasons(field, slice(0, len(field.nodes)))

    assert (weighed.score == weighed.score.T).all()
    assert (weighed.free == weighed.free.T).all()
    assert 0 <= weighed.score.min() <= weighed.score.max() < 100
    proposed = found(field)
    assert not set(proposed) & {a + b for a, b in ties}
    assert list(proposed.values()) == sorted(proposed.values(), reverse=True)
    assert proposed == found(scene(*sorted(ties), **said))


@settings(deadline=None)
@given(edges)
def test_one_more_shared_partner_never_lowers_a_score(ties):
    before = found(scene(*ties))
    for pair, score in before.items():
        after = found(scene(*ties, (pair[0], "new"), (pair[1], "new")))
        assert after[pair] > score


@settings(deadline=None)
@given(edges)
def test_the_reason_of_shared_partners_is_their_number(ties):
    field = scene(*ties)
    graph = nx.Graph(ties)

    weighed = reasons(field, slice(0, len(field.nodes)))

    for i, j in zip(*np.nonzero(np.triu(weighed.free)), strict=True):
        shared = nx.common_neighbors(graph, field.nodes[i], field.nodes[j])
        assert weighed.partners[i, j] == len(shared)


@settings(deadline=None)
@given(edges)
def test_the_classic_predictors_are_those_of_networkx(ties):
    graph = nx.Graph(ties)
    nodes = sorted(graph)
    took = np.zeros((len(nodes), len(ties)))
    for column, edge in enumerate(sorted(ties)):
        took[[nodes.index(node) for node in edge], column] = 1

    squares = baselines(took, seed=1)

    for name, index in (
        ("Adamic–Adar", nx.adamic_adar_index),
        ("resource allocation", nx.resource_allocation_index),
        ("preferential attachment", nx.preferential_attachment),
    ):
        for a, b, value in index(graph):
            place = (nodes.index(a), nodes.index(b))
            assert squares[name][place] == pytest.approx(value)
    assert (squares["random"] == squares["random"].T).all()


def test_a_fitted_score_grows_with_what_was_right_alone():
    alike, mixed = np.zeros((40, 5)), np.zeros((40, 5))
    alike[:20, 1] = 1  # of the pairs that share partners, three in four meet
    alike[:, 2] = np.tile([0, 1], 20)  # places tell nothing
    alike[:20, 3] = -1  # themes tell the contrary
    right = np.zeros(40, dtype=bool)
    right[:15] = right[20:25] = True

    found = coefficients([alike, mixed[:0]], [right, right[:0]])

    # The odds of 3 : 1 against 1 : 3.
    assert found.tolist() == pytest.approx([0, math.log(9), 0, 0, 0], abs=0.02)


def test_a_group_shares_a_theme_and_a_territory_and_completes_itself():
    said = {
        "places": {n: {"here"} for n in "abc"} | {"d": {"there"}},
        "themes": {n: {"t"} for n in "abcd"},
        "offers": {"a": {"money"}},
        "needs": {"b": {"money"}},
    }
    ties = ("az", "bz", "cz", "dz", "yx", "wv")
    field = scene(*ties, **said)
    ranked = candidates(field)

    (group,) = gatherings(field, ranked, top=5)

    scores = {p.left + p.right: p.score for p in ranked}
    mean = sum(scores[pair] for pair in ("ab", "ac", "bc")) / 3
    assert group == Gathering(members=("a", "b", "c"), score=pytest.approx(mean))
    assert gatherings(field, ranked, top=5, around="d") == []
    assert gatherings(field, ranked, top=0) == []
    without = scene(*ties, **{**said, "offers": {}})
    assert gatherings(without, candidates(without), top=5) == []


def test_a_territory_of_most_actors_makes_no_group():
    said = {
        "places": {n: {"region"} for n in "abcz"},
        "themes": {n: {"t"} for n in "abc"},
        "offers": {"a": {"money"}},
        "needs": {"b": {"money"}},
    }
    field = scene("az", "bz", "cz", "yx", **said)

    assert gatherings(field, candidates(field), top=5) == []


def test_groups_have_at_most_five_members_and_differ():
    letters = "abcdefghi"
    said = {
        "places": {n: {"here"} for n in letters},
        "themes": {n: {"t"} for n in letters},
        "offers": {n: {"money"} for n in letters},
        "needs": {n: {"money"} for n in letters},
    }
    field = scene(*(n + "z" for n in letters), *("kl", "mn", "op", "qr", "st"), **said)

    groups = gatherings(field, candidates(field), top=9)

    assert {len(group.members) for group in groups} == {5}
    members = [set(group.members) for group in groups]
    assert all(len(x & y) < 2 for x in members for y in members if x is not y)
    assert len(gatherings(field, candidates(field), top=9, most=1)) == 1
    around = gatherings(field, candidates(field), top=9, around="a")
    assert all("a" in group.members for group in around)


def test_other_weights_give_other_scores():
    field = scene("az", "bz")
    plain = Weights(partners=0, places=0, themes=0, roles=0)

    score = reasons(field, slice(0, 3), weights=plain).score[0, 1]

    assert score == pytest.approx(100 * 0.2 / (0.2 + 25))
