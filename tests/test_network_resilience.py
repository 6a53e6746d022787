"""Who leaves, what is lost: a small network by hand, others from scratch."""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from spnr_graph.errors import QueryError
from spnr_graph.operations.network import Pulled, pull_network
from spnr_graph.operations.network.departure_words import Lost, explained
from spnr_graph.operations.network.departures import departures, random_losses
from spnr_graph.operations.network.removal_curve import CURVE
from spnr_graph.operations.network.resilience import COLUMNS, columns, resilience
from spnr_graph.operations.network.scene import Scene
from spnr_graph.projection import Filters
from tests.collaborations import ROOT, iri, loaded

ROLES = ROOT / "ontology" / "voc" / "role.ttl"
DEPARTURES = Path(__file__).parent / "fixtures" / "network" / "departs.ttl"
HELD = (
    "acteur_libelle",
    "initiatives_sans_porteur",
    "initiatives_sans_financeur",
    "initiatives_orphelines",
    "acteurs_coupes",
    "paires_coupees",
    "perte",
)


@pytest.fixture(scope="module")
def store():
    with loaded(ROLES, DEPARTURES) as opened:
        yield opened


@pytest.fixture(scope="module")
def pulled(store):
    return pull_network(store)


def cells(found, *names):
    """Return some columns of an answer as Python values."""
    places = [found.table.columns.index(name) for name in names]
    return [
        tuple(None if row[k] is None else row[k].toPython() for k in places)
        for row in found.table
    ]


def numbers(found, *names):
    return [tuple(float(v) for v in row) for row in cells(found, *names)]


def test_actors_are_ranked_by_what_their_departure_costs(pulled):
    found = resilience(pulled)

    held = [(*row[:-1], float(row[-1])) for row in cells(found, *HELD)]
    assert held == [
        ("Ada", 2, 0, 0, 1, 3, 0.4),
        ("Béa", 1, 0, 0, 2, 4, 0.325),
        ("Gus", 0, 1, 0, 0, 0, 0.125),
        ("Cyd", 0, 1, 0, 0, 0, 0.125),
        ("Ève", 1, 0, 1, 0, 0, 0.125),
        ("Dan", 0, 0, 0, 0, 0, 0.0),
    ]
    assert found.table.columns == tuple(column.name for column in COLUMNS)


def test_a_departure_is_explained_by_names(pulled):
    said = dict(cells(resilience(pulled), "acteur_libelle", "explication"))

    assert said["Ada"] == (
        "Plus de porteur pour « Fibre » et « Tiers-lieu ». Plus de lien avec le reste "
        "pour « Cyd »."
    )
    assert said["Ève"] == "Plus aucun acteur dans « Seul »."
    assert said["Dan"] == (
        "Aucune initiative n'y perd son porteur ni son financeur, et personne n'est "
        "coupé du réseau."
    )


def test_links_component_and_efficiency_are_lost_by_shares(pulled):
    found = resilience(pulled, top=2)
    shares = numbers(found, "part_liens", "perte_composante", "perte_efficacite")
    # Ways between Bea, Cyd, Dan, Gus: three links; two steps to Cyd; three twice.
    before = 3 + 1 / 2 + 2 / 3
    # Between Ada, Cyd, Dan, Gus: two links; two and three steps, twice each.
    otherwise = 2 + 2 / 2 + 2 / 3

    assert shares == [
        (0.4, 0.4, round(1 - 3 / before, 3)),
        (0.6, 0.6, round(1 - 2 / otherwise, 3)),
    ]


def test_chance_is_the_departure_of_any_actor(pulled):
    band = set(numbers(resilience(pulled), "hasard_bas", "hasard_haut"))

    # Losses 0, 0.125 three times, 0.325, 0.4: percentiles between the order statistics.
    assert band == {(round(0.25 * 0.125, 3), round(0.325 + 0.75 * 0.075, 3))}


def test_a_funder_may_leave_as_funder_alone(pulled):
    found = resilience(pulled, of="funders")

    assert cells(found, "financeur_libelle", "initiatives_sans_financeur") == [
        ("Gus", 1),
        ("Cyd", 1),
    ]
    assert cells(found, "initiatives_sans_porteur", "acteurs_coupes") == [(0, 0)] * 2
    assert numbers(found, "perte", "part_liens") == [(0.125, 0.4), (0.125, 0.2)]


def test_a_source_takes_away_what_it_alone_states(pulled):
    found = resilience(pulled, of="sources")

    assert found.table.columns == tuple(column.name for column in columns("sources"))
    assert cells(found, "source", *HELD[1:-1], "explication") == [
        (
            "https://example.org/a",
            1,
            1,
            0,
            2,
            7,
            "Plus de porteur pour « Wifi ». Plus de financeur pour « Wifi »."
            " Plus rien n'est su de « Gus ». Plus de lien avec le reste pour « Dan ».",
        ),
        (
            "https://example.org/b",
            1,
            0,
            1,
            2,
            6,
            "Plus aucun acteur dans « Fibre ». Plus de lien avec le reste pour "
            "« Ada » et « Cyd ».",
        ),
    ]


def test_the_curve_names_who_leaves_beside_what_chance_would_leave(pulled):
    found = resilience(pulled, curve=True)

    assert found.table.columns == tuple(column.name for column in CURVE)
    assert cells(found, "retires", "acteur_libelle") == [
        (0, None),
        (1, "Béa"),
        (2, "Ada"),
        (3, "Dan"),
        (4, "Cyd"),
        (5, "Ève"),
        (6, "Gus"),
    ]
    assert [row[0] for row in numbers(found, "part_restante")] == [
        0.833, 0.333, 0.333, 0.167, 0.167, 0.167, 0.0,
    ]  # fmt: skip
    assert "Indice R (moyenne des parts restantes) : 0,194" in found.notes["fr"][1]
    assert "Index R (mean of the shares left): 0.194" in found.notes["en"][1]


def test_the_curve_may_follow_betweenness_and_stop(pulled):
    found = resilience(pulled, curve=True, attack="betweenness", top=2)

    assert cells(found, "retires", "acteur_libelle") == [(0, None), (1, "Béa")]
    assert "intermédiarité" in found.notes["fr"][0]


def test_filters_choose_initiatives_and_actors_not_who_is_left(pulled):
    only = Filters(role=(iri("role:partenaire"),))

    found = resilience(pulled, chosen=only)

    # Bea and Dan are partners, in two initiatives that others lead and fund.
    assert cells(found, *HELD[:4]) == [("Béa", 1, 0, 0), ("Dan", 0, 0, 0)]


def test_only_funders_that_are_looked_at_leave(pulled):
    found = resilience(
        pulled, chosen=Filters(role=(iri("role:porteur"),)), of="funders"
    )

    assert len(found.table) == 0


def test_the_store_is_spoken_of_in_english_too(store):
    found = resilience(pull_network(store, lang="en"), top=1)

    assert cells(found, "explication") == [
        (
            'No lead is left for "Fibre" and "Tiers-lieu". No link with the rest is '
            'left for "Cyd".',
        )
    ]
    assert found.notes["en"][2] == (
        "Initiatives: 4. Already without a known lead: 0; without a known funder: 2. "
        "Those have none to lose."
    )


def test_many_names_are_counted():
    lost = Lost(cut_off=["a", "b", "c", "d", "e", "f", "g"], gone=["a", "b", "c", "d"])

    assert explained(lost, str.upper, "fr") == (
        "Plus rien n'est su de « A », « B », « C » et 1 autre. Plus de lien avec le "
        "reste pour « A », « B », « C » et 4 autres."
    )


@pytest.mark.parametrize("of", ["actors", "funders", "sources"])
def test_a_filter_that_matches_nothing_gives_no_row_and_says_why(pulled, of):
    nobody = Filters(axis=(iri("axe:inclusion-numerique"),))

    found = resilience(pulled, chosen=nobody, of=of)

    assert len(found.table) == 0
    assert "filtres" in found.notes["fr"][0]
    curve = resilience(pulled, chosen=nobody, curve=True)
    assert len(curve.table) == 0
    assert "nothing to remove" in curve.notes["en"][0]


def test_what_cannot_leave_is_refused(pulled):
    with pytest.raises(QueryError) as caught:
        resilience(pulled, of="axes")

    assert "« axes »" in caught.value.fr
    assert "actors, funders, sources" in caught.value.en


def test_several_actors_at_random_cost_what_the_worst_case_bounds(pulled):
    scene = Scene(pulled.rows, Filters(), weight="count", of="sources")

    assert random_losses(scene, 6).tolist() == [1.0] * 100
    assert random_losses(scene, 2).tolist() == random_losses(scene, 2).tolist()
    assert max(random_losses(scene, 1)) == pytest.approx(0.4)


def test_data_whose_roles_lead_nothing_lose_no_lead():
    with loaded(DEPARTURES) as bare:
        everybody = Filters(collaborative=False)
        found = resilience(pull_network(bare), chosen=everybody)

    assert {row[0] for row in cells(found, "initiatives_sans_porteur")} == {0}
    assert "Déjà sans porteur connu : 4" in found.notes["fr"][2]


_ROLES = ("porteur", "coordinateur", "financeur", "partenaire", "beneficiaire")
_STATED = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("uvwxy"),
        st.sampled_from(_ROLES),
        st.sampled_from(("1", "2")),
    ),
    max_size=14,
    unique=True,
)


def told(stated) -> Pulled:
    """Pull what a store holds that states these: actor, initiative, role, source."""
    lines = []
    for actor, initiative, role, source in stated:
        one = f"<{iri(f'participation:{initiative}--{actor}--{role}')}> "
        lines += [
            f"{one}<{iri('cv:hasParticipant')}> <{iri(f'acteur:{actor}')}> .",
            f"{one}<{iri('spnr:initiative')}> <{iri(f'initiative:{initiative}')}> .",
            f"{one}<{iri('cv:role')}> <{iri(f'role:{role}')}> .",
            f"{one}<{iri('dcterms:source')}> <https://example.org/{source}> .",
        ]
    with loaded(ROLES) as opened:
        graph = URIRef("https://w3id.org/spnr/graph/contribution/test/tire")
        opened.replace(graph, io.BytesIO("\n".join(lines).encode()))
        return pull_network(opened)


def state_of(stated):
    """Return from scratch who is linked, and what is led, funded and done."""
    graph, members = nx.Graph(), defaultdict(set)
    for actor, initiative, role, _ in stated:
        if role != "beneficiaire":
            graph.add_node(actor)
            members[initiative].add(actor)
    for met in members.values():
        graph.add_edges_from((a, b) for a in met for b in met if a < b)
    led = {i for _, i, role, _ in stated if role in ("porteur", "coordinateur")}
    funded = {i for _, i, role, _ in stated if role == "financeur"}
    return graph, led, funded, set(members)


def pairs_of(graph, among):
    return {
        (a, b)
        for component in nx.connected_components(graph)
        for a in component & among
        for b in component & among
        if a < b
    }


@given(_STATED, st.sampled_from(["actors", "funders", "sources"]))
@settings(max_examples=60, deadline=None)
def test_what_is_said_lost_is_what_removing_and_starting_again_shows(stated, of):
    pulled = told(stated)
    scene = Scene(pulled.rows, Filters(), weight="count", of=of)
    graph, *before = state_of(stated)

    found = {scene.iri(each.who).rsplit("/", 1)[1]: each for each in departures(scene)}

    leavers = {
        "actors": {a for a, _, role, _ in stated if role != "beneficiaire"},
        "funders": {a for a, _, role, _ in stated if role == "financeur"},
        "sources": {source for *_, source in stated},
    }[of]
    assert set(found) == leavers
    for who, departure in found.items():
        after, *left = state_of(
            [
                row
                for row in stated
                if not (
                    (of == "actors" and row[0] == who)
                    or (of == "funders" and row[0] == who and row[2] == "financeur")
                    or (of == "sources" and row[3] == who)
                )
            ]
        )
        counted = set(graph) if of == "sources" else set(graph) - {who}
        lost = pairs_of(graph, counted) - pairs_of(after, counted)
        missing = [was - now for was, now in zip(before, left, strict=True)]
        said = (departure.leaderless, departure.unfunded, departure.orphaned)
        names = [
            {pulled.rows.initiatives[code].rsplit("/", 1)[1] for code in codes}
            for codes in said
        ]
        assert names == missing
        assert departure.pairs == len(lost)
        hit = len(set().union(*missing)) / len({i for _, i, _, _ in stated})
        linked = len(pairs_of(graph, set(graph)))
        share = len(lost) / linked if linked else 0
        assert departure.loss == pytest.approx((hit + share) / 2)


def test_a_large_network_is_sampled_and_thinned_and_says_so():
    chain = [
        (f"n{k + end:04}", f"i{k:04}", "porteur", "1")
        for k in range(1000)
        for end in (0, 1)
    ]
    pulled = told(chain)

    found = resilience(pulled, top=21)
    ways = cells(found, "perte_efficacite")
    assert [row == (None,) for row in ways] == [False] * 20 + [True]
    assert found.notes["fr"][-1] == (
        "Efficacité estimée à partir de 64 acteurs tirés, pour les 20 premières lignes."
    )
    curve = resilience(pulled, curve=True)
    assert [row[0] for row in cells(curve, "retires")][:3] == [0, 2, 4]
    assert curve.notes["en"][-1] == "One row in 2 is given."


def test_of_many_sources_those_that_hold_most_are_worked_out():
    pulled = told(
        [(f"a{k % 7}", f"i{k:03}", "porteur", f"s{k:03}") for k in range(201)]
    )

    found = resilience(pulled, of="sources")

    assert len(found.table) == 200
    assert found.notes["fr"][3] == (
        "Départs essayés : les 200 qui tiennent seuls le plus d'initiatives, puis le "
        "plus de participations, sur 201."
    )


def test_the_region_rests_on_few_actors():
    folder = ROOT / "data" / "recensement"
    files = [folder / f"{name}.ttl" for name in ("acteurs", "initiatives")]
    with loaded(ROLES, *files, folder / "participations.ttl") as region:
        found = resilience(pull_network(region), top=10)

    losses = [row[0] for row in numbers(found, "perte")]
    chance = numbers(found, "hasard_haut")[0][0]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > chance > 0
    assert all(0 <= each <= 1 for each in losses)


def test_a_source_takes_the_weight_of_its_meetings_whatever_the_weight(tmp_path):
    path = tmp_path / "three.ttl"
    path.write_text(
        "@prefix cv: <http://data.europa.eu/m8g/> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix spnr: <https://w3id.org/spnr/def#> .\n"
        + "".join(
            f"<urn:p{actor}> cv:hasParticipant <urn:{actor}> ; spnr:initiative <urn:i>"
            " ; cv:role <https://w3id.org/spnr/voc/role/porteur> ; dcterms:source "
            f"<https://example.org/{source}> .\n"
            for actor, source in (("a", "one"), ("b", "two"), ("c", "two"))
        ),
        encoding="utf-8",
    )
    with loaded(ROLES, path) as store:
        pulled = pull_network(store)

    for weight in ("count", "newman"):
        found = resilience(pulled, of="sources", weight=weight)
        lost = dict(cells(found, "source", "part_liens"))
        assert {str(source): float(share) for source, share in lost.items()} == {
            "https://example.org/one": 0.667,
            "https://example.org/two": 1.0,
        }
