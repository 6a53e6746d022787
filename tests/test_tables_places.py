"""Territories by code and by name, concepts by what people call them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from spnr_graph.oxigraph import rows
from spnr_graph.read import Staging
from spnr_graph.sparql import Query
from spnr_graph.table import Row
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.formats import Field
from spnr_graph.tables.kinds import KINDS, Context
from spnr_graph.tables.places import COMMUNE, DEPARTEMENT, EPCI, Place, Places
from tests import needs
from tests.cells import CONCEPTS, PLACES, TERRITORY, VOC, commune, former

Ask = Callable[[Query], Iterable[Row]]


@pytest.fixture(scope="module")
def shipped() -> Ask:
    """The territories and concept schemes of the repository, before they are loaded."""
    root = Path(__file__).parents[1]
    staging = Staging()
    for folder in ("data/territoires", "ontology/voc"):
        staging.add(root / folder)
    return lambda query: rows(
        staging.store.query(query.text, use_default_graph_as_union=True)
    )


def codes(places: list[Place] | tuple[Place, ...]) -> list[str]:
    """Return the codes of places."""
    return [place.code for place in places]


@pytest.mark.parametrize(
    ("code", "present"),
    [("21001", "21001"), ("21050", "21003"), ("21051", "21003"), ("21003", "21003")],
)
def test_a_code_is_followed_to_the_commune_of_today(code: str, present: str) -> None:
    place = PLACES.commune(code)

    assert place is not None
    assert (place.level, place.code) == (COMMUNE, present)


@pytest.mark.parametrize("code", ["99999", "21060", "21062", ""])
def test_a_code_that_leads_nowhere_is_no_commune(code: str) -> None:
    assert PLACES.commune(code) is None


@pytest.mark.parametrize(
    ("name", "departement", "found"),
    [
        ("SAINT AUBIN LES PRES", "21", ["21001"]),
        ("St-Aubin-lès-Prés", "", ["21001"]),
        ("Valmont", "58", ["58001"]),
        ("Valmont", "", ["21003", "58001"]),
        ("ORME SUR OUCHE", "", ["21002"]),
        ("l'Orme", "", ["21004"]),
        ("Pré-Vert", "", ["58005"]),
        ("La Pré Vert", "", ["58005"]),
        ("Vieuxbourg", "21", ["21050"]),
        ("Vieuxbourg", "58", []),
        ("Ailleurs", "", []),
    ],
)
def test_communes_are_found_by_name(
    name: str, departement: str, found: list[str]
) -> None:
    assert codes(PLACES.named(COMMUNE, name, departement=departement)) == found


def test_other_levels_are_found_by_name() -> None:
    assert codes(PLACES.named(DEPARTEMENT, "COTE D'OR")) == ["21"]
    assert codes(PLACES.named(EPCI, "Val clair")) == ["732829320"]
    assert codes(PLACES.named(EPCI, "CA du haut pré")) == ["200000925"]
    assert codes(PLACES.named(EPCI, "Haut-Pré")) == ["200000925", "200010650"]


def test_longer_names_hold_the_words_in_order() -> None:
    assert codes(PLACES.longer("BELLERIVE-SUR-LOIRE", "58")) == ["58002"]
    assert codes(PLACES.longer("CHATEAU NOIR", "58")) == ["58003", "58004"]
    assert PLACES.longer("LOIRE", "58") == []
    assert PLACES.longer("BELLERIVE-SUR-LOIRE", "21") == []
    assert PLACES.longer("", "58") == []


def test_the_nearest_names_hold_the_longest_word_or_look_alike() -> None:
    assert codes(PLACES.nearest("Grand Bellerive", "58")) == ["58002"]
    assert codes(PLACES.nearest("Valmond", "58")) == ["58001"]
    assert PLACES.nearest("Xyz", "58") == ()
    assert PLACES.nearest("Valmont", "99") == ()


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [commune("21003", "Neuf"), former("21003", "Vieux", "21001")]

    for each in (rows, rows[::-1]):
        places = Places(each)
        assert places.commune("21003") == Place(
            iri=f"{TERRITORY}com-21003", level=COMMUNE, code="21003", name="Neuf"
        )


def test_the_shipped_territories_are_read(shipped: Ask) -> None:
    places = Places.ask(shipped)

    assert (place := places.commune("21213")) is not None
    assert place.shown() == "Neuilly-Crimolois (21452)"
    assert codes(places.named(COMMUNE, "Crimolois")) == ["21213"]
    assert places.covers("58")
    assert not places.covers("75")
    assert codes(places.named(EPCI, "Communauté d'agglomération du Grand Dole")) == [
        "200010650"
    ]


def test_stores_are_asked_together(shipped: Ask) -> None:
    places = Places.ask(shipped, lambda _: [commune("75056", "Paris")])

    assert places.commune("75056") is not None
    assert places.commune("58086") is not None


def test_most_places_of_a_real_delivery_are_found(shipped: Ask) -> None:
    """Of 697 lines 683 are placed, 15 of them by a longer name; 14 are told."""
    context = Context(places=Places.ask(shipped), partner="test", concepts=Concepts([]))
    field = Field(
        name="ville",
        kind="nom-commune",
        options={"departement": "departement", "code_postal": "code_postal"},
    )
    path = needs.realdata("mediation", "mednum-bfc-lieux.csv")
    told: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            outcome = KINDS[field.kind].read(row["ville"], field, row, context)
            rule = outcome.problems[0].rule if outcome.problems else "found"
            told[rule] = told.get(rule, 0) + 1

    assert told == {
        "found": 668,
        "commune-lengthened": 15,
        "commune-ambiguous": 5,
        "commune-unknown": 9,
    }


def test_concepts_are_found_by_every_name() -> None:
    funder = f"{VOC}role/financeur"

    for name in ("financeur", "Funder", "ro3", "FINANCEUR"):
        assert CONCEPTS.named("role", name) == [funder]
    assert CONCEPTS.named("role", "pilote") == [f"{VOC}role/porteur"]
    assert CONCEPTS.named("role", "x") == []
    assert CONCEPTS.named("x", "financeur") == []
    assert CONCEPTS.nearest("role", "financier", "fr") == ["financeur"]
    assert CONCEPTS.labels("role", "fr") == ["financeur", "porteur"]


def test_the_shipped_concepts_are_read(shipped: Ask) -> None:
    concepts = Concepts.ask(shipped)

    assert concepts.named("type-acteur", "TA9") == [f"{VOC}type-acteur/association"]
    assert concepts.named("role", "funder") == [f"{VOC}role/financeur"]
