from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import QueryError
from spnr_graph.measures.evolution import (
    DEFINITIONS,
    FIGURES,
    Figure,
    Move,
    Tie,
    evolution,
)
from spnr_graph.measures.network import DEFINITIONS as OF_NETWORK
from spnr_graph.operations.network import Pulled
from spnr_graph.operations.network.compare import COLUMNS, compare
from spnr_graph.projection import Filters, Names, links, pull
from tests.collaborations import iri


def network(*edges, alone=()):
    graph = nx.Graph()
    graph.add_nodes_from(alone)
    graph.add_weighted_edges_from(edges)
    return links(graph)


def test_who_came_and_left_and_which_links_began_ended_or_changed():
    before = network(("a", "b", 1), ("b", "c", 2), alone=["d"])
    after = network(("a", "b", 1), ("b", "c", 3), ("c", "e", 1))

    found = evolution(before, after)

    assert found.arrived == ("e",)
    assert found.left == ("d",)
    assert found.begun == (Tie(left="c", right="e", before=None, after=1),)
    assert found.ended == ()
    assert found.changed == (Tie(left="b", right="c", before=2, after=3),)
    assert found.kept == pytest.approx(2 / 3)


def test_the_figures_are_those_of_both_networks():
    found = evolution(network(("a", "b", 1), alone=["c"]), network(("a", "b", 1)))

    figures = {figure.name: (figure.before, figure.after) for figure in found.figures}
    assert figures["acteurs"] == (3, 2)
    assert figures["isoles"] == (1, 0)
    assert figures["densite"] == (pytest.approx(1 / 3), 1)
    assert figures["part_principale"] == (pytest.approx(2 / 3), 1)
    assert figures["composantes"] == (1, 1)
    assert figures["centralisation"] == (0.5, None)
    assert [each.name for each in found.figures] == list(FIGURES)


def test_every_figure_is_defined():
    defined = {each.name for each in (*OF_NETWORK, *DEFINITIONS)}

    assert set(FIGURES) <= defined
    assert {"liens_gardes", "rang_intermediarite"} <= defined


def test_who_stands_between_others_moves():
    star = [("hub", leaf, 1) for leaf in "abcd"]
    other = [("a", leaf, 1) for leaf in ("b", "c", "d", "hub")]

    found = evolution(network(*star, ("d", "e", 1)), network(*other, ("d", "e", 1)))

    assert found.moves == (
        Move(actor="a", before=None, after=1),
        Move(actor="hub", before=1, after=None),
    )


def test_nothing_changes_between_a_network_and_itself():
    same = network(("a", "b", 1), ("b", "c", 0.1 + 0.2))
    found = evolution(same, network(("a", "b", 1), ("b", "c", 0.3)))

    assert (found.arrived, found.left, found.begun, found.ended) == ((), (), (), ())
    assert (found.changed, found.moves, found.kept) == ((), (), 1)


def test_empty_networks_have_no_share_of_links_kept():
    found = evolution(network(), network())

    assert found.kept is None
    assert Figure(name="acteurs", before=0, after=0) in found.figures
    assert Figure(name="part_principale", before=None, after=None) in found.figures
    assert evolution(network(), network(alone=["a"])).arrived == ("a",)


def test_a_link_of_unknown_amount_is_a_link():
    found = evolution(network(("a", "b", 0)), network(("a", "b", 5)))

    assert (found.begun, found.ended) == ((), ())
    assert found.changed == (Tie(left="a", right="b", before=0, after=5),)


edges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.integers(1, 3))
)


@settings(deadline=None)
@given(edges, edges)
def test_links_come_and_go_as_sets_say(one, other):
    graphs = []
    for told_ in (one, other):
        graph = nx.Graph()
        graph.add_weighted_edges_from(edge for edge in told_ if edge[0] != edge[1])
        graphs.append(graph)
    before, after = ({tuple(sorted(edge)) for edge in graph.edges} for graph in graphs)

    found = evolution(*(links(graph) for graph in graphs))
    back = evolution(*(links(graph) for graph in reversed(graphs)))

    assert {(tie.left, tie.right) for tie in found.begun} == after - before
    assert {(tie.left, tie.right) for tie in found.ended} == before - after
    assert {(tie.left, tie.right) for tie in found.changed} == {
        edge
        for edge in before & after
        if graphs[0].edges[edge]["weight"] != graphs[1].edges[edge]["weight"]
    }
    assert found.arrived == back.left
    assert len(found.moves) == len(back.moves)


# ---- the answer


LEAD = iri("role:porteur")
ROWS = [
    # participation, actor, initiative, first day, last day
    ("p1", "ada", "fibre", "2010-01-01", "2020-12-31"),
    ("p2", "bea", "fibre", "2010-01-01", ""),
    ("p3", "bea", "lieu", "", ""),
    ("p4", "cyd", "lieu", "2022-01-01", ""),
    ("p5", "ada", "hub", "2010-01-01", "2021-06-30"),
    ("p6", "bea", "hub", "", "2021-06-30"),
    ("p7", "dan", "lieu", "", ""),
]


def pulled(lang="en", rows=ROWS):
    """Return what a store of these participations gives."""
    stated = [
        f"{iri(f'participation:{name}')},{iri(f'acteur:{actor}')},"
        f"{iri(f'initiative:{initiative}')},{LEAD},{start},{end},,"
        for name, actor, initiative, start, end in rows
    ]
    answers = {
        "participations": [
            "participation,acteur,initiative,role,debut,fin,montant,source",
            *stated,
        ],
        "attributs": [
            "chose,propriete,valeur",
            f"{LEAD},{iri('spnr:collaborative')},true",
            f"{iri('initiative:hub')},{iri('schema:startDate')},2009-01-01",
        ],
        "provenances": ["participation,source"],
    }
    lines = {name: "\r\n".join(text).encode() for name, text in answers.items()}
    return Pulled(rows=pull(lines.__getitem__), names=Names(), lang=lang)


def rows_of(answer):
    return [
        {
            column: None if cell is None else cell.toPython()
            for column, cell in zip(answer.table.columns, row, strict=True)
        }
        for row in answer.table.rows
    ]


def changes(answer):
    """Return the rows that speak of actors and links."""
    return [
        (
            row["changement"],
            row["acteur_libelle"],
            row["partenaire_libelle"],
            row["avant"],
            row["apres"],
            row["explication"],
        )
        for row in rows_of(answer)
        if row["acteur"] and row["mesure"] is None
    ]


def test_changes_are_told_with_the_initiatives_and_dates_behind_them():
    found = compare(pulled(), date(2020, 6, 30), date(2023, 1, 1), chosen=Filters())

    assert changes(found) == [
        (
            "arrival",
            "acteur:cyd",
            None,
            None,
            2,
            '"initiative:lieu" (since 2022-01-01)',
        ),
        (
            "departure",
            "acteur:ada",
            None,
            1,
            None,
            '"initiative:fibre" (until 2020-12-31) and "initiative:hub" (until '
            "2021-06-30)",
        ),
        (
            "link begun",
            "acteur:bea",
            "acteur:cyd",
            None,
            1,
            '"initiative:lieu" (since 2022-01-01)',
        ),
        (
            "link begun",
            "acteur:cyd",
            "acteur:dan",
            None,
            1,
            '"initiative:lieu" (since 2022-01-01)',
        ),
        (
            "link ended",
            "acteur:ada",
            "acteur:bea",
            2,
            None,
            '"initiative:fibre" (until 2020-12-31) and "initiative:hub" (until '
            "2021-06-30)",
        ),
    ]
    assert found.table.columns == tuple(column.name for column in COLUMNS)


def test_a_link_that_weighs_less_tells_what_it_lost():
    found = compare(pulled("fr"), date(2020, 6, 30), date(2021, 1, 1), chosen=Filters())

    assert changes(found) == [
        (
            "lien affaibli",
            "acteur:ada",
            "acteur:bea",
            2,
            1,
            "En moins : « initiative:fibre » (jusqu'au 31/12/2020).",
        )
    ]


def test_a_link_that_weighs_more_tells_what_it_gained():
    found = compare(
        pulled("fr"), date(2009, 6, 30), date(2010, 6, 30), chosen=Filters()
    )
    stronger = [
        ("p1", "ada", "one", "", ""),
        ("p2", "bea", "one", "", ""),
        ("p3", "ada", "two", "2015-05-01", ""),
        ("p4", "bea", "two", "2014-01-01", ""),
    ]
    more = compare(
        pulled("en", stronger), date(2010, 1, 1), date(2020, 1, 1), chosen=Filters()
    )

    assert changes(found)[0][:2] == ("arrivée", "acteur:ada")
    assert changes(more) == [
        (
            "link strengthened",
            "acteur:ada",
            "acteur:bea",
            1,
            2,
            'More: "initiative:two" (since 2015-05-01).',
        )
    ]


def test_a_link_may_weigh_less_through_the_same_initiatives():
    crowd = [
        ("p1", "ada", "one", "", ""),
        ("p2", "bea", "one", "", ""),
        ("p3", "cyd", "one", "2015-01-01", ""),
    ]
    found = compare(
        pulled("en", crowd),
        date(2010, 1, 1),
        date(2020, 1, 1),
        chosen=Filters(),
        weight="newman",
    )

    (weaker,) = [row for row in changes(found) if row[0] == "link weakened"]
    assert weaker[3:] == (
        1,
        0.5,
        "Same initiatives, whose number of actors or amounts changed.",
    )


def test_figures_and_ranks_come_first_and_are_read():
    found = compare(pulled("fr"), date(2020, 6, 30), date(2023, 1, 1), chosen=Filters())

    told_ = {row["mesure"]: row for row in rows_of(found) if row["mesure"]}
    assert told_["acteurs"]["explication"].startswith("Acteurs : inchangé. ")
    assert told_["collaborations"]["explication"].startswith("Collaborations : +1. ")
    assert told_["isoles"]["avant"] == told_["isoles"]["apres"] == 0
    assert float(told_["liens_gardes"]["apres"]) == 0.25
    assert told_["liens_gardes"]["explication"] == (
        "25\N{NO-BREAK SPACE}% des liens de l'une ou l'autre date durent."
    )
    assert told_["rang_intermediarite"]["explication"] == (
        "Ne relie plus personne ; était au rang 1."
    )


def test_ranks_and_links_that_last_are_told_in_english_too():
    line = [
        ("p1", "ada", "one", "", ""),
        ("p2", "bea", "one", "", ""),
        ("p3", "bea", "two", "", ""),
        ("p4", "cyd", "two", "", ""),
        ("p5", "cyd", "three", "2015-01-01", ""),
        ("p6", "dan", "three", "2015-01-01", ""),
        ("p7", "eve", "three", "2015-01-01", ""),
    ]
    found = compare(
        pulled("en", line), date(2010, 1, 1), date(2020, 1, 1), chosen=Filters()
    )

    told_ = [row["explication"] for row in rows_of(found) if row["mesure"]][-3:]
    assert told_ == [
        "40% of the links of either date last.",
        "Goes from rank 1 to rank 2 of those that link the others.",
        "Links other actors from now on, at rank 1.",
    ]
    back = compare(pulled("en"), date(2020, 6, 30), date(2023, 1, 1), chosen=Filters())
    assert "Links nobody any more; was at rank 1." in [
        row["explication"] for row in rows_of(back)
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Relie désormais d'autres acteurs, au rang 1."),
        ("en", "Links other actors from now on, at rank 1."),
    ],
)
def test_who_becomes_a_broker_is_told(lang, said):
    late = [
        ("p1", "ada", "one", "", ""),
        ("p2", "bea", "one", "", ""),
        ("p3", "bea", "two", "2015-01-01", ""),
        ("p4", "cyd", "two", "2015-01-01", ""),
    ]
    found = compare(
        pulled(lang, late), date(2010, 1, 1), date(2020, 1, 1), chosen=Filters()
    )

    (rank,) = [row for row in rows_of(found) if row["mesure"] == "rang_intermediarite"]
    assert rank["explication"] == said
    assert (rank["avant"], rank["apres"]) == (None, 1)


def test_participations_without_dates_are_counted():
    found = compare(pulled("fr"), date(2020, 6, 30), date(2023, 1, 1), chosen=Filters())

    assert found.notes["fr"] == (
        "1 arrivé, 1 parti ; 2 liens commencés, 1 terminé.",
        "Participations sans début connu : 2 sur 7 ; il est compté comme antérieur aux "
        "deux dates.",
        "Participations sans fin connue : 4 sur 7 ; elle est comptée comme postérieure "
        "aux deux dates.",
    )


def test_nothing_changed_is_an_answer():
    found = compare(pulled(), date(2022, 6, 1), date(2023, 1, 1), chosen=Filters())

    assert changes(found) == []
    assert found.notes["en"][0] == "0 came, 0 left; 0 links began, 0 ended."


def test_an_empty_network_is_an_answer():
    found = compare(
        pulled(rows=[]), date(2022, 6, 1), date(2023, 1, 1), chosen=Filters()
    )

    assert found.notes["en"] == (
        "No participation matches: widen the filters, or load the data (spnr load).",
    )
    assert found.table.rows == ()


def test_the_second_date_must_follow_the_first():
    with pytest.raises(QueryError, match="must follow the first") as error:
        compare(pulled(), date(2022, 1, 1), date(2022, 1, 1), chosen=Filters())

    assert "Donner la plus ancienne d'abord" in error.value.fr


def test_more_than_three_initiatives_are_counted():
    many = [
        (f"{actor}{k}", actor, f"i{k}", "2015-01-01", "")
        for actor in ("ada", "bea")
        for k in range(6)
    ]
    found = compare(
        pulled("fr", many), date(2010, 1, 1), date(2020, 1, 1), chosen=Filters()
    )

    assert changes(found)[0][-1] == (
        "« initiative:i0 » (depuis le 01/01/2015), « initiative:i1 » (depuis le "
        "01/01/2015), « initiative:i2 » (depuis le 01/01/2015) et 3 autres"
    )
