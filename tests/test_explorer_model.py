"""The model of the page counts as Python does, whatever is filtered."""

from __future__ import annotations

from datetime import date

import pytest

from spnr_graph.operations.network import pull_network
from spnr_graph.projection import WEIGHTS, Filters
from spnr_graph.render.explorer.pack import packed
from tests.collaborations import TURTLE, iri, loaded
from tests.explorers import explored, explored_file, invented, views

DAY = {name: (date.fromisoformat(name) - date(1970, 1, 1)).days for name in (
    "2014-07-01", "2016-07-01"
)}  # fmt: skip
INCLUSION, SMART = iri("axe:inclusion-numerique"), iri("axe:territoires-intelligents")
TOWNS, BLOC = iri("type-acteur:commune"), iri("type-acteur:bloc-communal")
LEAD, NIEVRE = iri("role:porteur"), iri("territoire:dep-58")
THEME, OTHER, SOURCE, SECOND = (f"https://example.org/{name}" for name in "abuv")
#: The state of the page, and the filters of every verb that say the same.
ALIKE = {
    "all": ({}, Filters()),
    "axis": ({"axis": [INCLUSION]}, Filters(axis=(INCLUSION,))),
    "either-axis": ({"axis": [INCLUSION, SMART]}, Filters(axis=(INCLUSION, SMART))),
    "kind": ({"kind": [TOWNS]}, Filters(actor_kind=(TOWNS,))),
    "kind-and-narrower": ({"kind": [BLOC]}, Filters(actor_kind=(BLOC,))),
    "role": ({"role": [LEAD]}, Filters(role=(LEAD,))),
    "place-and-parts": ({"territory": [NIEVRE]}, Filters(territory=(NIEVRE,))),
    "objective": ({"objective": [THEME]}, Filters(objective=(THEME,))),
    "audience": (
        {"audience": [THEME, OTHER]},
        Filters(audience=(THEME, OTHER)),
    ),
    "source": ({"source": [SOURCE]}, Filters(source=(SOURCE,))),
    "either-source": (
        {"source": [SOURCE, SECOND], "axis": [SMART]},
        Filters(source=(SOURCE, SECOND), axis=(SMART,)),
    ),
    "day": (
        {"from": DAY["2014-07-01"], "to": DAY["2014-07-01"]},
        Filters(on=date(2014, 7, 1)),
    ),
    "period": (
        {"from": DAY["2014-07-01"], "to": DAY["2016-07-01"]},
        Filters(between=(date(2014, 7, 1), date(2016, 7, 1))),
    ),
    "several": (
        {"axis": [SMART], "role": [LEAD], "from": DAY["2014-07-01"]},
        Filters(
            axis=(SMART,),
            role=(LEAD,),
            between=(date(2014, 7, 1), date(9999, 12, 31)),
        ),
    ),
}  # fmt: skip


def concepts_of(state):
    """The IRIs of the concepts and sources that a state names."""
    return [one for named in state.values() if isinstance(named, list) for one in named]


def links_of(graph):
    """The links of Python as the page tells its own."""
    return sorted(
        [
            *((a, b) if graph.is_directed() else sorted((a, b))),
            pytest.approx(facts["weight"], rel=1e-5),
        ]
        for a, b, facts in graph.edges(data=True)
    )


MODES = {
    f"{mode}-{weight}": (mode, weight)
    for mode, weights in WEIGHTS.items()
    for weight in weights
    # Funds that are shared out are recounted evenly: see model.js.
    if (mode, weight) not in {("funding", "newman"), ("funding", "amount")}
}


@pytest.mark.parametrize(("mode", "weight"), MODES.values(), ids=MODES.keys())
def test_the_page_filters_and_weighs_as_python_does(tmp_path, mode, weight):
    paths = [invented(tmp_path, seed) for seed in range(12)]
    states = [{**state, "all": True} for state, _ in ALIKE.values()]
    explorers = [explored_file(path, mode=mode, weight=weight) for path in paths]

    found = views(*((one, states) for one in explorers))

    for path, one, seen in zip(paths, explorers, found, strict=True):
        pulled, columns = pull_network(loaded(path)), packed(one)
        named = columns["concepts"]["iri"] + columns["sources"]["iri"]
        for (state, filters), view in zip(ALIKE.values(), seen, strict=True):
            if not all(concept in named for concept in concepts_of(state)):
                continue  # the page offers only what its network names
            graph = pulled.graph(mode=mode, weight=weight, chosen=filters)
            assert view["nodes"] == sorted(graph)
            assert sorted(edge[:3] for edge in view["edges"]) == links_of(graph)
            assert {n: view["degree"][n] for n in graph} == dict(graph.degree())
            assert {n: view["strength"][n] for n in graph} == pytest.approx(
                dict(graph.degree(weight="weight")), rel=1e-5
            )
            assert view["nodeCount"] == len(graph)
            assert view["edgeCount"] == graph.number_of_edges()
            assert view["hiddenCount"] == 0
            if mode == "actors":
                for a, b, _, via in view["edges"]:
                    shared = {one.initiative for one in graph.edges[a, b]["evidence"]}
                    assert set(via) == shared


def test_the_backbone_keeps_together_what_is_linked(tmp_path):
    import networkx as nx

    explorers = [explored_file(invented(tmp_path, seed)) for seed in range(12)]
    states = [{}, {"axis": [SMART]}]
    found = views(*((one, states) for one in explorers))
    whole = views(
        *((one, [{**state, "all": True} for state in states]) for one in explorers)
    )

    for seen, every in zip(found, whole, strict=True):
        for backbone, full in zip(seen, every, strict=True):
            parts = []
            for view in (backbone, full):
                graph = nx.Graph([edge[:2] for edge in view["edges"]])
                parts.append(sorted(map(sorted, nx.connected_components(graph))))
            assert parts[0] == parts[1]
            assert backbone["degree"] == full["degree"]
            assert backbone["edgeCount"] + backbone["hiddenCount"] == full["edgeCount"]
            assert {tuple(e[:2]) for e in backbone["edges"]} <= {
                tuple(e[:2]) for e in full["edges"]
            }


@pytest.mark.parametrize(("mode", "weight"), MODES.values(), ids=MODES.keys())
def test_chances_are_counted_again_as_python_counts_them(tmp_path, mode, weight):
    options = {"mode": mode, "weight": weight, "alpha": 0.7}
    explorers = [explored_file(invented(tmp_path, s), **options) for s in range(6)]
    ever = date(1, 1, 1).toordinal() - date(1970, 1, 1).toordinal()

    found = views(*((one, [{}, {"from": ever}]) for one in explorers))

    for stated, counted in found:
        assert [e[:2] for e in counted["edges"]] == [e[:2] for e in stated["edges"]]


def test_links_that_chance_does_not_explain_are_in_the_backbone(tmp_path):
    one = explored_file(invented(tmp_path, 3), alpha=0.9)
    ((seen,),) = views((one, [{}]))
    kept = {(a, b) for a, b, *_ in seen["edges"]}

    surprising = {link for link, value in one.significance.items() if value < 0.9}

    assert surprising
    assert surprising <= kept


def test_a_focus_shows_who_is_near_with_all_their_own_links():
    one = explored(loaded(TURTLE))
    ada, bea, cyd, eve = (
        iri(f"acteur:{name}") for name in ("ada", "bea", "cyd", "eve")
    )

    ((near, far, absent),) = views(
        (
            one,
            [
                {"focus": eve, "depth": 1},
                {"focus": eve, "depth": 2},
                {"focus": eve, "depth": 1, "kind": [TOWNS]},
            ],
        )
    )

    assert near["nodes"] == sorted([ada, bea, eve])
    assert [e[:2] for e in near["edges"] if eve in e] == [[ada, eve], [bea, eve]]
    assert cyd in far["nodes"]
    assert absent["nodes"] == []


def test_filters_that_nothing_matches_leave_an_empty_view():
    one = explored(loaded(TURTLE))

    (seen,), = views((one, [{"from": -100_000, "to": -100_000, "axis": [INCLUSION],
                              "role": [LEAD], "territory": [NIEVRE]}]))  # fmt: skip

    assert (seen["nodes"], seen["edges"]) == ([], [])
    assert (seen["nodeCount"], seen["edgeCount"], seen["hiddenCount"]) == (0, 0, 0)
