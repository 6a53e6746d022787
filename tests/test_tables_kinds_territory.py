"""Kinds of cells: communes, departments, regions, EPCI, postal codes, coordinates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cells import read, said

Terms = list[tuple[str, str]]


def placed(value: str, code: str, name: str) -> Terms:
    """Return the terms of a cell that was placed in a commune."""
    return [("", value), (".territoire", f"territoire:com-{code}"), (".nom", name)]


VALMONT = placed("21003", "21003", "Valmont")


@pytest.mark.parametrize(
    ("value", "terms", "rules"),
    [
        ("21003", VALMONT, []),
        (21003, VALMONT, []),
        (21003.0, VALMONT, []),
        ("21003.0", VALMONT, []),
        ("21050", VALMONT, ["commune-replaced"]),
        ("21051", VALMONT, ["commune-replaced"]),
        ("1004", [("", "01004")], ["insee-leading-zero", "territory-not-described"]),
        ("2a004", [("", "2A004")], ["territory-not-described"]),
        ("75115", [("", "75115")], ["territory-not-described"]),
        ("21999", [], ["!insee-unknown"]),
        ("00123", [], ["!insee-unknown"]),
        ("Valmont", [], ["!insee-form"]),
        ("210030", [], ["!insee-form"]),
    ],
)
def test_insee_codes_lead_to_the_commune_of_today(
    value: Any, terms: Terms, rules: list[str]
) -> None:
    assert read("commune", value) == (terms, rules)


@pytest.mark.parametrize(
    ("value", "row", "terms", "rules"),
    [
        ("VALMONT", {"d": "58"}, ("58001", "Valmont"), []),
        ("VALMONT", {"d": "Nièvre"}, ("58001", "Valmont"), []),
        ("VALMONT CEDEX", {"p": "58009"}, ("58001", "Valmont"), []),
        ("VALMONT", {"p": 21000, "d": None}, ("21003", "Valmont"), []),
        ("Autre nom", {"i": "21003"}, ("21003", "Valmont"), []),
        ("VALMONT", {"i": "faux", "d": "21"}, ("21003", "Valmont"), []),
        ("VieuxBourg", {"d": "21"}, ("21003", "Valmont"), ["commune-replaced"]),
        (
            "BELLERIVE-SUR-LOIRE",
            {"p": "58000"},
            ("58002", "Bellerive-Cours-sur-Loire"),
            ["commune-lengthened"],
        ),
        (
            "St Aubin lÃ¨s PrÃ©s",
            {"d": "21"},
            ("21001", "Saint-Aubin-lès-Prés"),
            ["double-decoding"],
        ),
        ("VALMONT", {}, None, ["!commune-ambiguous"]),
        ("CHATEAU NOIR", {"d": "58"}, None, ["!commune-ambiguous"]),
        ("BELLERIVE-SUR-LOIRE", {}, None, ["!commune-unknown"]),
        ("Orme", {"d": "58"}, None, ["!commune-unknown"]),
        ("Perdue", {"d": "21"}, None, ["!commune-unknown"]),
    ],
)
def test_names_of_communes_are_placed_by_their_neighbours(
    value: str, row: dict[str, Any], terms: tuple[str, str] | None, rules: list[str]
) -> None:
    options = {"departement": "d", "code_postal": "p", "code_insee": "i"}
    found, told = read("nom-commune", value, row, **options)

    assert told == rules
    shown = value if "Ã" not in value else "St Aubin lès Prés"
    assert found == (placed(shown, *terms) if terms else [])


def test_a_commune_outside_the_territories_keeps_its_name() -> None:
    outside = read("nom-commune", "Valmont", {"d": "75"}, departement="d")

    assert outside == ([("", "Valmont")], ["territory-not-described"])


@pytest.mark.parametrize(
    ("value", "row", "message"),
    [
        (
            "CHATEAU NOIR",
            {"d": "58"},
            "« CHATEAU NOIR » peut être Château-Noir (Ville) (58003) ou Château-Noir "
            "(Campagne) (58004). Écrire le nom entier ou le code INSEE.",
        ),
        (
            "Orme",
            {"d": "58"},
            "« Orme » n'est pas une commune connue à cet endroit. Voulait-on dire : "
            "Orme (21004) ?",
        ),
        (
            "Introuvable",
            {"d": "58"},
            "« Introuvable » n'est pas une commune connue à cet endroit. Donner le "
            "code INSEE.",
        ),
    ],
)
def test_what_may_be_meant_is_said(
    value: str, row: dict[str, Any], message: str
) -> None:
    assert said("nom-commune", value, row=row, departement="d")[0][0] == message


@pytest.mark.parametrize(
    ("kind", "value", "terms", "rules"),
    [
        ("departement", "21", [("", "21"), (".territoire", "territoire:dep-21")], []),
        ("departement", 21.0, [("", "21"), (".territoire", "territoire:dep-21")], []),
        (
            "departement",
            "COTE D'OR",
            [("", "21"), (".territoire", "territoire:dep-21")],
            [],
        ),
        ("departement", 7, [("", "07")], ["territory-not-described"]),
        ("departement", "2b", [("", "2B")], ["territory-not-described"]),
        ("departement", "20", [], ["!departement-unknown"]),
        ("departement", "Nulle part", [], ["!departement-unknown"]),
        ("region", "27", [("", "27"), (".territoire", "territoire:reg-27")], []),
        (
            "region",
            "bourgogne franche comté",
            [("", "27"), (".territoire", "territoire:reg-27")],
            [],
        ),
        ("region", "53", [("", "53")], ["territory-not-described"]),
        ("region", "99", [], ["!region-unknown"]),
        (
            "epci",
            "732 829 320",
            [("", "732829320"), (".territoire", "territoire:epci-732829320")],
            [],
        ),
        (
            "epci",
            "CC du Val Clair",
            [("", "732829320"), (".territoire", "territoire:epci-732829320")],
            [],
        ),
        ("epci", "246700488", [("", "246700488")], ["territory-not-described"]),
        ("epci", "Haut-Pré", [], ["!epci-ambiguous"]),
        ("epci", "123456789", [], ["!epci-unknown"]),
    ],
)
def test_areas_are_read_by_code_or_name(
    kind: str, value: Any, terms: Terms, rules: list[str]
) -> None:
    assert read(kind, value) == (terms, rules)


def test_areas_of_one_name_are_both_told() -> None:
    assert said("epci", "Haut-Pré")[0][0] == (
        "« Haut-Pré » peut être CA du Haut Pré (200000925) ou CC du Haut Pré "
        "(200010650). Donner le code."
    )
    assert said("region", "x")[0][0].startswith("« x » n'est pas une région connue.")


COTE_D_OR = (".departement", "territoire:dep-21")


@pytest.mark.parametrize(
    ("value", "terms", "rules"),
    [
        ("21000", [("", "21000"), COTE_D_OR], []),
        (21000.0, [("", "21000"), COTE_D_OR], []),
        ("21 000", [("", "21000"), COTE_D_OR], []),
        ("21070 CEDEX 9", [("", "21070"), COTE_D_OR], []),
        ("F-21000", [("", "21000"), COTE_D_OR], []),
        (1000, [("", "01000")], ["postal-code-leading-zero"]),
        ("20137", [("", "20137")], []),
        ("97411", [("", "97411")], []),
        ("00123", [], ["!postal-code"]),
        ("2100", [("", "02100")], ["postal-code-leading-zero"]),
        ("210000", [], ["!postal-code"]),
        ("Dijon", [], ["!postal-code"]),
    ],
)
def test_postal_codes_have_five_digits(
    value: Any, terms: Terms, rules: list[str]
) -> None:
    assert read("code-postal", value) == (terms, rules)


@pytest.mark.parametrize(
    ("latitude", "longitude", "north", "east", "rules"),
    [
        ("47.32", "5.04", "47.32", "5.04", []),
        ("47,32", "5,04", "47.32", "5.04", []),
        (47.32, 5.04, "47.32", "5.04", []),
        ("5.04", "47.32", "47.32", "5.04", ["coordinates-swapped"]),
        ("6600000", "700000", "46.5", "3", ["lambert-93"]),
        (
            "700000",
            "6600000",
            "46.5",
            "3",
            ["coordinates-swapped", "lambert-93"],
        ),
        ("-21.1", "55.5", "-21.1", "55.5", []),
        ("0", "0", None, None, ["!outside-territory"]),
        ("52.5", "13.4", None, None, ["!outside-territory"]),
        ("47.32", None, "47.32", None, []),
        (None, "5.04", None, "5.04", []),
    ],
)
def test_coordinates_are_put_right_together(
    latitude: Any, longitude: Any, north: Any, east: Any, rules: list[str]
) -> None:
    row = {"lat": latitude, "lon": longitude}
    for kind, column, other, expected in (
        ("latitude", "lat", "lon", north),
        ("longitude", "lon", "lat", east),
    ):
        if row[column] is not None:
            terms = [("", f"{expected}^^decimal")] if expected else []
            assert read(kind, row[column], row, **{"with": other}) == (terms, rules)


def test_a_point_is_on_the_side_of_the_sea_where_its_commune_is() -> None:
    options = {"with": "lon", "commune": "insee"}
    row = {"lon": "55.5", "insee": "97411"}

    assert read("latitude", "-21.1", row, **options) == ([("", "-21.1^^decimal")], [])
    for insee, found in (("21003", []), ("Valmont", [("", "-21.1^^decimal")])):
        row["insee"] = insee
        assert read("latitude", "-21.1", row, **options)[0] == found


@pytest.mark.parametrize(
    ("kind", "value", "rule"),
    [
        ("latitude", "nord", "!not-a-coordinate"),
        ("longitude", "est", "!not-a-coordinate"),
        ("latitude", "80", "!outside-territory"),
        ("longitude", "90", "!outside-territory"),
    ],
)
def test_what_is_no_coordinate_is_told(kind: str, value: str, rule: str) -> None:
    assert read(kind, value) == ([], [rule])
