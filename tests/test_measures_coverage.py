"""Who acts where: counts of a table made by hand, and laws of any table."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.measures.coverage import coverage

AXES = (("a",), ("b",))


def test_initiatives_and_leads_are_counted_where_they_act():
    found = coverage(
        ("east", "west"),
        AXES,
        located={"i": ["east"], "j": ["east", "west"], "k": ["nowhere"]},
        covering={"r": ["east", "west"]},
        serving={"i": [("a",)], "j": [("a",)], "k": [("a",)], "r": [("b",), ("c",)]},
        leads={"i": ["ada"], "j": ["ada", "bea"], "r": ["cyd"]},
        population={"east": 50_000},
    )

    assert found.initiatives.tolist() == [[2, 0], [1, 0]]
    assert found.leads.tolist() == [[2, 0], [2, 0]]
    assert found.regional.tolist() == [[0, 1], [0, 1]]
    assert found.blank.tolist() == [[False, True], [False, True]]
    assert found.fragile.tolist() == [[False, False], [False, False]]
    assert found.acting == {(0, 0): ("i", "j"), (1, 0): ("j",)}
    assert found.leading == {(0, 0): ("ada", "bea"), (1, 0): ("ada", "bea")}
    assert found.wider == {(0, 1): ("r",), (1, 1): ("r",)}
    assert found.per_100000[0].tolist() == [4.0, 0.0]
    assert all(map(math.isnan, found.per_100000[1]))


def test_nobody_lives_where_the_population_is_none():
    found = coverage(
        ("desert",),
        AXES,
        located={},
        covering={},
        serving={},
        leads={},
        population={"desert": 0},
    )

    assert found.population.tolist() == [0.0]
    assert all(map(math.isnan, found.per_100000[0]))


def test_a_table_may_have_no_row_and_no_column():
    found = coverage(
        (), (), located={}, covering={}, serving={}, leads={}, population={}
    )

    assert found.initiatives.shape == (0, 0)
    assert found.per_100000.shape == (0, 0)


_THINGS = st.sets(st.sampled_from("uvw"), max_size=3)


@given(
    located=st.dictionaries(st.sampled_from("ijk"), _THINGS),
    leads=st.dictionaries(st.sampled_from("ijk"), st.sets(st.sampled_from("xyz"))),
)
@settings(deadline=None)
def test_without_the_only_lead_of_a_fragile_spot_nobody_leads_there(located, leads):
    def counted(leading):
        return coverage(
            tuple("uvw"),
            AXES,
            located=located,
            covering={},
            serving={i: [("a",)] for i in located},
            leads=leading,
            population={},
        )

    found = counted(leads)
    for spot, actors in found.leading.items():
        assert found.leads[spot] == len(actors)
        assert found.fragile[spot] == (len(actors) == 1)
        for actor in actors:
            left = counted({i: who - {actor} for i, who in leads.items()})
            assert (left.leads[spot] == 0) == found.fragile[spot]
