"""Who acts where, in a store: places, themes, networks, relays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from spnr_graph.errors import QueryError
from spnr_graph.operations.network import asker, pull_network
from spnr_graph.operations.network.coverage import COLUMNS, columns, coverage, survey
from spnr_graph.operations.network.places import read_places
from spnr_graph.projection import Filters
from tests.collaborations import ROOT, iri, loaded

VOCABULARIES = [
    ROOT / "ontology" / "voc" / f"{name}.ttl"
    for name in ("axe", "base-couverture", "objectif", "public", "role", "technologie")
]
#: Classes of axes, objectives, audiences are in the vocabularies themselves.
FIXTURE = Path(__file__).parent / "fixtures" / "network" / "couverture.ttl"
COUNTS = ("initiatives", "porteurs", "initiatives_regionales", "etat")


@pytest.fixture(scope="module")
def store():
    with loaded(*VOCABULARIES, FIXTURE) as opened:
        yield opened


@pytest.fixture(scope="module")
def pulled(store):
    return pull_network(store)


@pytest.fixture(scope="module")
def places(store, pulled):
    return read_places(asker(store), pulled.rows.attributes)


def place(name):
    return iri(f"territoire:{name}")


def named(found):
    return sorted(one.rsplit("/", 1)[1] for one in found)


def cells(found, *names):
    """Return some columns of an answer as Python values."""
    at = [found.table.columns.index(name) for name in names]
    return [
        tuple(None if row[k] is None else row[k].toPython() for k in at)
        for row in found.table
    ]


def rows_of(found, axis, *names):
    """Return some columns of the rows of an axis."""
    wanted = iri(f"axe:{axis}")
    return [row[1:] for row in cells(found, "axe", *names) if row[0] == wanted]


def test_every_territory_meets_every_axis(pulled, store):
    found = coverage(pulled, store)

    assert found.table.columns == tuple(column.name for column in COLUMNS)
    assert [row[0] for row in rows_of(found, "inclusion-numerique", "territoire")] == [
        place("dep-1"),
        place("dep-2"),
        place("dep-3"),
    ]
    assert rows_of(found, "inclusion-numerique", *COUNTS) == [
        (2, 2, 1, "plusieurs porteurs"),
        (1, 1, 1, "un seul porteur"),
        (0, 0, 1, "zone blanche"),
    ]
    assert rows_of(found, "territoires-intelligents", *COUNTS) == [
        (0, 0, 1, "zone blanche"),
        (0, 0, 1, "zone blanche"),
        (1, 0, 1, "sans porteur connu"),
    ]
    assert (
        rows_of(found, "transformation-numerique", *COUNTS)
        == [(0, 0, 0, "zone blanche")] * 3
    )


def test_counts_are_brought_to_the_population_where_it_is_known(pulled, store):
    found = rows_of(
        coverage(pulled, store), "inclusion-numerique", "population", "pour_100000"
    )

    assert [(people, share and float(share)) for people, share in found] == [
        (100_000, 2.0),
        (50_000, 2.0),
        (None, None),
    ]


def test_the_only_lead_is_named(pulled, store):
    found = rows_of(
        coverage(pulled, store),
        "inclusion-numerique",
        "zone_blanche",
        "fragile",
        "porteur_unique",
        "porteur_unique_libelle",
    )

    assert found == [
        (False, False, None, None),
        (False, True, iri("acteur:bea"), "Béa"),
        (True, False, None, None),
    ]


def test_who_could_extend_is_named_with_reasons(pulled, store):
    found = coverage(pulled, store)

    assert rows_of(found, "inclusion-numerique", "relais") == [
        (None,),
        (
            "Ada (le porte à côté : « Amont ») ; "
            "Cyd (porte ce thème plus largement : « Plan régional »)",
        ),
        (
            "Cyd (porte ce thème plus largement : « Plan régional ») ; "
            "Béa (le porte ailleurs : « Amont » et « Milieu ») ; "
            "Ada (le porte ailleurs : « Amont »)",
        ),
    ]
    assert rows_of(found, "transformation-numerique", "relais") == [
        ("Ada (porte ici autre chose) ; Béa (porte ici autre chose)",),
        ("Béa (porte ici autre chose)",),
        (None,),
    ]


def test_networks_are_those_of_the_last_measurement(pulled, store):
    found = rows_of(
        coverage(pulled, store),
        "inclusion-numerique",
        "taux_fixe",
        "taux_mobile",
        "reception",
    )

    assert [
        (fixed and float(fixed), mobile and float(mobile), told)
        for fixed, mobile, told in found
    ] == [
        (
            60.0,
            None,
            "réseau fixe : 60,0 % au 01/01/2022 ; fibre jusqu'au logement : 72,5 % "
            "(locaux) au 01/01/2024, moyenne des parties",
        ),
        (None, 99.0, "4G : 99,0 % (population) au 30/06/2025"),
        (
            40.0,
            None,
            "fibre jusqu'au logement : 40,0 % (locaux) au 01/01/2024, moyenne des "
            "parties",
        ),
    ]


def test_blank_zones_come_with_most_inhabitants_first(pulled, store):
    found = coverage(pulled, store, blank_only=True)

    assert [row[0] for row in cells(found, "territoire_libelle")] == [
        "Amont", "Amont", "Milieu", "Milieu", "Aval", "Aval",
    ]  # fmt: skip
    assert {row[0] for row in cells(found, "zone_blanche")} == {True}


def test_what_counts_nowhere_is_said(pulled, store):
    found = coverage(pulled, store)

    assert found.notes["fr"][0] == (
        "Cases : 9. Sans aucune initiative située sur place (zones blanches) : 6. "
        "Tenues par un seul porteur : 1."
    )
    assert found.notes["fr"][2:] == (
        "Sans lieu, ne comptent nulle part : 1 initiative.",
        "Comptées nulle part, car leurs lieux ne sont rattachés à aucun de ces "
        "territoires : 1 initiative, de « Plateau ».",
        "Population inconnue, donc pas de nombre pour 100 000 habitants : 1 "
        "territoire.",
    )
    assert found.notes["en"][3] == (
        "Counted nowhere, for their places belong to none of these territories: 1 "
        'initiative, of "Plateau".'
    )


def test_a_zone_of_the_region_counts_in_the_region(pulled, store):
    found = coverage(pulled, store, level="region")

    assert rows_of(found, "territoires-intelligents", *COUNTS) == [
        (2, 1, 1, "un seul porteur")
    ]
    assert rows_of(found, "inclusion-numerique", *COUNTS) == [
        (3, 3, 0, "plusieurs porteurs")
    ]


@pytest.mark.parametrize(
    ("level", "counts"),
    [
        ("commune", [(1, 2), (0, 2), (0, 2), (0, 1)]),
        ("epci", [(2, 1), (0, 1)]),
    ],
)
def test_smaller_territories_are_covered_by_larger_ones(pulled, store, level, counts):
    found = coverage(pulled, store, level=level)

    assert (
        rows_of(found, "inclusion-numerique", "initiatives", "initiatives_regionales")
        == counts
    )


def test_filters_choose_initiatives_rows_and_columns(pulled, store):
    chosen = Filters(
        axis=(iri("axe:inclusion-numerique"),),
        territory=(place("epci-1"),),
        on=date(2024, 1, 1),
    )

    found = coverage(pulled, store, chosen=chosen)

    assert cells(found, "territoire_libelle", *COUNTS[:3]) == [
        ("Amont", 1, 1, 1),
        ("Milieu", 1, 1, 1),
    ]


def test_initiatives_without_actors_do_not_pass_a_filter_of_actors(pulled, store):
    leads = Filters(role=(iri("role:porteur"),))

    found = coverage(pulled, store, chosen=leads)

    assert rows_of(found, "territoires-intelligents", "initiatives") == [(0,)] * 3


def test_themes_combine(pulled, store):
    found = coverage(pulled, store, by=("axis", "audience", "axis"))

    assert found.table.columns == tuple(c.name for c in columns(("axis", "audience")))
    filled = [row for row in cells(found, "axe", "public", "initiatives") if row[2]]
    assert filled == [(iri("axe:inclusion-numerique"), iri("public:citoyens"), 1)]
    # Audiences that nobody names are columns, but not the one that holds all others.
    assert iri("public:tous-publics") not in {row[0] for row in cells(found, "public")}
    assert iri("public:entreprises") in {row[0] for row in cells(found, "public")}


def test_the_heat_map_has_its_numbers(pulled, store):
    found = survey(pulled, store).found

    assert named(found.territories) == ["dep-1", "dep-2", "dep-3"]
    assert found.initiatives.sum() == 4
    assert [axis for (axis,) in found.axes] == sorted(axis for (axis,) in found.axes)


def test_english_is_spoken_too(store):
    found = coverage(pull_network(store, lang="en"), store, blank_only=True)

    assert cells(found, "etat")[0] == ("blank zone",)
    assert "60.0% on 2022-01-01" in cells(found, "reception")[0][0]
    assert "mean of the parts" in cells(found, "reception")[0][0]


def test_territories_of_a_level_that_share_a_part(places):
    assert named(places.within("departement", [place("epci-1")])) == ["dep-1", "dep-2"]
    assert named(places.within("commune", [place("dep-2")])) == ["com-21"]
    assert named(places.within("region", [place("com-31")])) == ["reg-1"]
    assert named(places.located(place("epci-1"), "departement")) == ["dep-1", "dep-2"]
    assert named(places.located(place("reg-1"), "departement")) == []
    assert named(places.covering(place("epci-1"), "commune")) == [
        "com-11",
        "com-12",
        "com-21",
    ]
    assert named(places.covering(place("com-11"), "commune")) == []


def test_neighbours_are_what_the_data_tell(places):
    def beside(level):
        return {
            one.rsplit("/", 1)[1]: named(others)
            for one, others in places.beside(level).items()
            if others
        }

    assert beside("departement") == {"dep-1": ["dep-2"], "dep-2": ["dep-1"]}
    assert beside("commune")["com-11"] == ["com-12", "com-21"]
    assert beside("epci") == {}
    assert beside("region") == {}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"level": "canton"}, "canton"),
        ({"by": ("colour",)}, "colour"),
        ({"by": ()}, ""),
    ],
    ids=["level", "theme", "no theme"],
)
def test_a_level_or_theme_that_does_not_exist_is_refused(pulled, store, wrong, said):
    with pytest.raises(QueryError) as caught:
        coverage(pulled, store, **wrong)

    assert f"« {said} »" in caught.value.fr
    assert "Choose among" in caught.value.en


def test_an_empty_store_says_what_to_load():
    with loaded() as empty:
        found = coverage(pull_network(empty), empty)
        assert len(found.table) == 0
        assert "spnr load territoires" in found.notes["fr"][0]

    with loaded(FIXTURE) as bare:
        found = coverage(pull_network(bare), bare)
        assert len(found.table) == 0
        assert "spnr load ontologie" in found.notes["en"][0]


def test_no_blank_zone_and_no_measurement_are_said(pulled, store):
    chosen = Filters(axis=(iri("axe:inclusion-numerique"),))

    found = coverage(pulled, store, chosen=chosen, level="region", blank_only=True)

    assert len(found.table) == 0
    assert found.notes["fr"][-1] == "Aucune zone blanche."
    somewhere = coverage(pulled, store, level="epci")
    assert "Delta" in {row[0] for row in cells(somewhere, "territoire_libelle")}


def test_territories_without_measurement_are_counted(tmp_path):
    lines = FIXTURE.read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = tmp_path / "moins.ttl"
    kept = [line for line in lines if not line.startswith("observation:com-39")]
    fewer.write_text("".join(kept), encoding="utf-8")

    with loaded(*VOCABULARIES, fewer) as opened:
        found = coverage(pull_network(opened), opened)

    assert found.notes["fr"][-1] == (
        "Couverture fixe et mobile sans aucune mesure : 1 territoire."
    )


def test_the_region_has_eight_departments_by_three_axes():
    region = ROOT / "data" / "territoires"
    census = ROOT / "data" / "recensement"
    files = [
        *sorted(region.glob("*.ttl")),
        *(census / f"{n}.ttl" for n in ("acteurs", "initiatives", "participations")),
    ]
    with loaded(*VOCABULARIES, *files) as opened:
        found = coverage(pull_network(opened), opened)

    assert len(found.table) == 24
    assert len({row[0] for row in cells(found, "territoire")}) == 8
    assert all(count >= 1 for (count,) in cells(found, "initiatives_regionales"))
    assert all(people > 100_000 for (people,) in cells(found, "population"))
    assert found.notes["fr"][-1].startswith("Couverture fixe et mobile : aucune mesure")
    for state, relays in cells(found, "etat", "relais"):
        assert (relays is None) == (state == "plusieurs porteurs")
