from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.errors import DataError, QueryError
from spnr_graph.projection import (
    Filters,
    Names,
    Participation,
    matrix,
    project,
    pull,
    read_names,
    select,
)
from spnr_graph.sparql import parse
from tests.collaborations import ROOT, TURTLE, asking, iri, loaded, told


@pytest.fixture(scope="module")
def store():
    with loaded(TURTLE) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(store):
    return pull(asking(store))


def a(name):
    return iri(f"acteur:{name}")


def taken(name):
    return iri(f"participation:{name}")


def weights(graph):
    return {
        tuple(sorted(iri.rpartition("/")[2] for iri in edge[:2])): edge[2]
        for edge in graph.edges(data="weight")
    }


def answers(*stays):
    """Return what answers from participations in CSV, without sources."""
    header = "participation,acteur,initiative,role,debut,fin,montant"
    return {
        "participations": "\r\n".join([header, *stays]).encode(),
        "provenances": b"participation,source\r\n",
        "attributs": b"chose,propriete,valeur\r\n",
    }.__getitem__


def actors(rows):
    return sorted({one.actor.rpartition("/")[2] for one in rows.stated()})


def test_actors_meet_where_their_roles_kinds_and_periods_allow_it(rows):
    graph = project(rows)

    assert weights(graph) == {
        ("ada", "bea"): 2,
        ("ada", "cyd"): 1,
        ("ada", "dan"): 1,
        ("ada", "eve"): 1,
        ("bea", "cyd"): 1,
        ("bea", "eve"): 1,
    }
    assert list(nx.isolates(graph)) == [a("gus")]


def test_pairs_are_those_of_rule_r5(store, rows):
    rule = (ROOT / "ontology" / "rules" / "R5.rq").read_text(encoding="utf-8")
    derived = store.construct(parse(rule.replace("#+", "# ")))

    both_ways = {(str(s), str(o)) for s, _, o in derived}

    edges = set(project(rows).edges)
    assert both_ways == edges | {(right, left) for left, right in edges}


def test_everything_can_be_asked_for(rows):
    graph = project(rows, filters=Filters(collaborative=False))

    assert ("cyd", "dan") in weights(graph)
    assert ("ada", "fay") in weights(graph)


def test_newman_weighs_an_initiative_by_its_other_actors(rows):
    graph = project(rows, weight="newman")

    assert weights(graph)["ada", "bea"] == pytest.approx(1 / 2 + 1 / 3)


def test_an_edge_carries_the_participations_behind_it(rows):
    edge = project(rows).edges[a("ada"), a("bea")]

    fibre, lieu = iri("initiative:fibre"), iri("initiative:lieu")
    lead, funder = iri("role:porteur"), iri("role:financeur")
    assert edge["evidence"] == (
        Participation(
            iri=taken("fibre--ada"),
            initiative=fibre,
            actor=a("ada"),
            role=lead,
            sources=("https://example.org/a", "https://example.org/b"),
        ),
        Participation(
            iri=taken("fibre--bea"), initiative=fibre, actor=a("bea"), role=funder
        ),
        Participation(
            iri=taken("lieu--ada2"), initiative=lieu, actor=a("ada"), role=funder
        ),
        Participation(
            iri=taken("lieu--ada"), initiative=lieu, actor=a("ada"), role=lead
        ),
        Participation(
            iri=taken("lieu--bea"),
            initiative=lieu,
            actor=a("bea"),
            role=funder,
            start=date(2021, 6, 1),
        ),
    )


def test_evidence_leaves_out_the_periods_that_do_not_meet():
    ask = answers(
        "p1,acteur:a,initiative:i,role:porteur,2001-01-01,2001-12-31,",
        "p2,acteur:a,initiative:i,role:porteur,2011-01-01,2011-12-31,",
        "p3,acteur:b,initiative:i,role:porteur,2011-06-01,,",
        "p4,acteur:b,initiative:i,role:financeur,2012-06-01,,",
    )
    graph = project(pull(ask), filters=Filters(collaborative=False))

    evidence = graph.edges["acteur:a", "acteur:b"]["evidence"]
    assert graph.edges["acteur:a", "acteur:b"]["weight"] == 1
    assert [(one.actor, one.start) for one in evidence] == [
        ("acteur:a", date(2011, 1, 1)),
        ("acteur:b", date(2011, 6, 1)),
    ]


def test_a_node_says_what_it_is(store, rows):
    graph = project(rows, read_names(asking(store), "en"))

    bea = dict(graph.nodes[a("bea")])
    assert len(bea.pop("participations")) == 2
    assert bea == {
        "type": "actor",
        "label": "Bea and company",
        "short": "Béa",
        "kind": iri("type-acteur:entreprise"),
        "kind_label": "company",
        "axes": (iri("axe:inclusion-numerique"), iri("axe:territoires-intelligents")),
        "degree": 3,
        "strength": 4.0,
    }


def test_names_fall_back_to_another_language_then_to_the_prefixed_name(store):
    names = read_names(asking(store), "en")

    assert names.label(a("cyd")) == "Cyd"
    assert names.label(a("nobody")) == "acteur:nobody"
    assert names.label("https://example.org/a") == "Journal d'Ada"
    assert Names(labels={"x": "Dan"}, shorts={"x": "Daniel"}).short("x") == "Dan"


def test_two_modes_link_actors_to_initiatives(rows):
    graph = project(rows, mode="actors-initiatives")

    assert weights(graph)["ada", "lieu"] == 2
    assert weights(graph)["ada", "fibre"] == 1
    assert nx.is_bipartite(graph)
    kinds = Counter(sort for _, sort in graph.nodes(data="type"))
    assert kinds == {"actor": 6, "initiative": 3}
    shares = weights(project(rows, mode="actors-initiatives", weight="newman"))
    assert shares["ada", "fibre"] == pytest.approx(1 / 3)


ALL = ["ada", "bea", "cyd", "dan", "eve", "fay", "gus"]


@pytest.mark.parametrize(
    ("given_filters", "left"),
    [
        (Filters(collaborative=False), ALL),
        (Filters(), ["ada", "bea", "cyd", "dan", "eve", "gus"]),
        (
            Filters(axis=(iri("axe:inclusion-numerique"),), collaborative=False),
            ["ada", "bea", "cyd", "dan", "eve"],
        ),
        (Filters(territory=(iri("territoire:dep-58"),)), ["ada", "bea", "cyd"]),
        (
            Filters(territory=(iri("territoire:reg-27"),), collaborative=False),
            ["ada", "bea", "cyd", "dan", "eve", "fay"],
        ),
        (Filters(actor_kind=(iri("type-acteur:bloc-communal"),)), ["ada", "cyd"]),
        (
            Filters(
                initiative_kind=(iri("type-initiative:strategie"),), collaborative=False
            ),
            ["cyd", "dan"],
        ),
        (Filters(role=(iri("role:porteur"),)), ["ada", "gus"]),
        (Filters(source=("https://example.org/b",)), ["ada"]),
        (Filters(on=date(2020, 6, 30)), ["ada", "dan", "gus"]),
        (Filters(on=date(2016, 6, 30)), ["ada", "bea", "cyd", "dan", "gus"]),
        (Filters(on=date(2026, 1, 1)), ["ada", "bea", "eve", "gus"]),
        (Filters(on=date(2014, 1, 1)), ["ada", "dan", "gus"]),
        (
            Filters(between=(date(2020, 12, 31), date(2021, 1, 1))),
            ["ada", "dan", "eve", "gus"],
        ),
        (
            Filters(between=(date(2018, 12, 31), date(2021, 6, 1))),
            ["ada", "bea", "cyd", "dan", "eve", "gus"],
        ),
        (Filters(objective=(iri("objectif:formation"),)), []),
        (Filters(audience=(iri("public:citoyens"),)), []),
    ],
)
def test_filters_keep_what_passes_them_all(rows, given_filters, left):
    assert actors(select(rows, given_filters)) == left


def test_a_period_that_ends_before_it_starts_is_refused(rows):
    with pytest.raises(QueryError, match="2021-01-01 to 2020-01-01: it ends before"):
        select(rows, Filters(between=(date(2021, 1, 1), date(2020, 1, 1))))


def test_a_filter_that_matches_nothing_gives_an_empty_network(rows):
    graph = project(rows, filters=Filters(axis=("urn:none",)))

    assert (len(graph), graph.number_of_edges()) == (0, 0)


def test_hierarchies_may_turn_in_circles(rows):
    circle = {"dcterms:isPartOf": {"x": ("y",), "y": ("x",)}}
    facts = replace(rows.attributes, values=circle)

    assert facts.below("dcterms:isPartOf", ("x",)) == {"x", "y"}


def test_the_order_of_the_answer_does_not_matter(rows, store):
    ask = asking(store)

    def backwards(name):
        header, *lines = ask(name).splitlines(keepends=True)
        return header + b"".join(reversed(lines))

    again = pull(backwards)

    assert again.stated() == rows.stated()
    assert nx.utils.graphs_equal(project(again), project(rows))


def test_an_unknown_mode_or_weight_is_refused(rows):
    with pytest.raises(QueryError, match="actors, actors-initiatives"):
        project(rows, mode="everything")
    with pytest.raises(QueryError, match=r"weight.*count, newman"):
        project(rows, weight="euros")


def test_of_several_amounts_the_largest_stands():
    stated = pull(
        answers(
            "urn:p,urn:a,urn:i,urn:r,,,2000",
            "urn:p,urn:a,urn:i,urn:r,,,1500.5",
            "urn:q,urn:a,urn:i,urn:r,,,",
        )
    ).stated()

    assert [(one.iri, one.amount) for one in stated] == [
        ("urn:p", 2000.0),
        ("urn:q", None),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "urn:p,https://x.org/a,b\r\nurn:p,https://x.org/c\r\nurn:none,https://y.org/",
        'urn:p,"https://x.org/a,b"\r\nurn:p,https://x.org/c\r\n',
    ],
    ids=["bare commas", "quoted"],
)
def test_addresses_of_sources_may_hold_commas(lines):
    given = answers("urn:p,urn:a,urn:i,urn:r,,,", "urn:q,urn:a,urn:i,urn:r,,,")
    sources = f"participation,source\r\n{lines}".encode()

    rows = pull(lambda name: sources if name == "provenances" else given(name))

    assert [one.sources for one in rows.stated()] == [
        ("https://x.org/a,b", "https://x.org/c"),
        (),
    ]


def test_a_missing_column_is_said():
    with pytest.raises(DataError, match="columns x instead of participation") as error:
        pull({"participations": b"x\r\n"}.__getitem__)
    assert "colonnes x au lieu" in error.value.fr


def test_a_date_that_is_none_is_said():
    with pytest.raises(DataError, match='"2018" cannot be read'):
        pull(answers("urn:p,urn:a,urn:i,urn:r,2018,,"))


def test_an_amount_that_is_none_is_said():
    with pytest.raises(DataError, match='"beaucoup" cannot be read'):
        pull(answers("urn:p,urn:a,urn:i,urn:r,,,beaucoup"))


memberships = st.sets(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("ijklmn")),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(memberships)
def test_weights_are_those_of_networkx(pairs):
    rows = pull(told(pairs))
    incidence = nx.Graph((iri(f"acteur:{a}"), iri(f"initiative:{i}")) for a, i in pairs)
    members = [iri(f"acteur:{a}") for a in {a for a, _ in pairs}]

    counted = nx.bipartite.weighted_projected_graph(incidence, members)
    shared = nx.bipartite.collaboration_weighted_projected_graph(incidence, members)

    for weight, expected in (("count", counted), ("newman", shared)):
        graph = project(rows, weight=weight)
        assert set(graph) == set(expected)
        assert weights(graph) == pytest.approx(weights(expected))
        assert matrix(rows, weight=weight).nnz == expected.number_of_edges()


days = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9))
stays = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("ij"), days, days), max_size=14
)


@settings(deadline=None)
@given(stays)
def test_periods_that_overlap_are_those_of_the_definition(stays):
    lines = [
        f"p{k},{actor},{initiative},r,{start or ''},{end or ''},"
        for k, (actor, initiative, start, end) in enumerate(stays)
    ]
    expected = Counter()
    seen = set()
    for one, other in combinations(stays, 2):
        (a, i, s, e), (b, j, t, f) = one, other
        meet = (s or date.min) <= (f or date.max) and (t or date.min) <= (e or date.max)
        key = (*sorted((a, b)), i)
        if i == j and a != b and meet and key not in seen:
            seen.add(key)
            expected[key[:2]] += 1

    graph = project(pull(answers(*lines)), filters=Filters(collaborative=False))

    assert weights(graph) == expected
    assert all(evidence for *_, evidence in graph.edges(data="evidence"))


def test_names_with_commas_quotes_and_line_breaks_are_read_whole():
    ask = told([("a", "i")], [("a", 'One, "two"\nthree')])

    assert read_names(ask, "fr").label(a("a")) == 'One, "two"\nthree'


def test_a_former_name_does_not_stand_for_the_present_one():
    rows = [
        "urn:a,nom,Syndicat mixte Nièvre Numérique,fr",
        "urn:a,sigle,Niverlan,fr",
        "urn:a,sigle,Nièvre Numérique,fr",
        "urn:b,nom,Département de l'Yonne,fr",
        "urn:b,sigle,CD 89,fr",
        "urn:c,nom,Pôle emploi,fr",
        "urn:c,sigle,France Travail,fr",
        "urn:d,sigle,Sans nom,fr",
    ]
    answer = "\r\n".join(["chose,sorte,nom,langue", *rows]).encode()

    names = read_names({"noms": answer}.__getitem__, "fr")

    shorts = [names.short(f"urn:{letter}") for letter in "abcd"]
    assert shorts == ["Nièvre Numérique", "CD 89", "Pôle emploi", "urn:d"]
