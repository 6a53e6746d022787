"""Kinds of cells: pages, mailboxes, telephones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph import sparql
from spnr_graph.tables.kinds.links import web_address
from tests.cells import read, said


@pytest.mark.parametrize(
    ("value", "address", "rules"),
    [
        ("https://exemple.fr", "https://exemple.fr", []),
        ("http://exemple.fr:8080/a?b=c,d#e", "http://exemple.fr:8080/a?b=c,d#e", []),
        ("<https://exemple.fr>", "https://exemple.fr", []),
        ("https://été.fr/où", "https://été.fr/où", []),
        ("www.exemple.fr", "https://www.exemple.fr", ["page-address"]),
        ("exemple.fr/a b", "https://exemple.fr/a%20b", ["page-address"]),
        ("exemple.fr:8080", "https://exemple.fr:8080", ["page-address"]),
        ("http//exemple.fr", "http://exemple.fr", ["page-address"]),
        ("https:/exemple.fr", "https://exemple.fr", ["page-address"]),
        ("htpp://exemple.fr", "http://exemple.fr", ["page-address"]),
        ("https://http://exemple.fr", "https://exemple.fr", ["page-address"]),
        ("HTTP://Exemple.fr/A", "http://Exemple.fr/A", ["page-address"]),
        ("https://a.fr http://b.fr", "https://a.fr", ["page-address"]),
        ("https://a.fr/{x}|<y>", "https://a.fr/%7Bx%7D%7C%3Cy%3E", ["page-address"]),
    ],
)
def test_pages_have_a_scheme_and_make_iris(
    value: str, address: str, rules: list[str]
) -> None:
    assert read("url", value) == ([("", address), (".iri", address)], rules)


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)", "mailto:a@exemple.fr", "ftp://exemple.fr", "néant",
        "https://", "http://10.0.0.1", "https://nom:secret@exemple.fr",
        "https://[exemple.fr", "https://exemple.fr:port/", "voir le site", 12,
    ],
)  # fmt: skip
def test_what_is_no_page_is_told(value: Any) -> None:
    assert read("url", value) == ([], ["!not-a-page"])


@given(st.text())
def test_an_address_is_safe_in_an_iri(text: str) -> None:
    address = web_address(f"https://exemple.fr/{text}")

    assert address == "" or sparql.is_iri(address)


@pytest.mark.parametrize(
    "address",
    [
        "contact@exemple.fr", "accueil.lieu@exemple.fr", "mairie-bourg@exemple.fr",
        "bourgmairie21@exemple.fr", "epn@exemple.fr", "csfranceservices@exemple.fr",
        "cc.val-clair@exemple.fr", "bibliotheque2@exemple.fr",
    ],
)  # fmt: skip
def test_mailboxes_of_functions_are_kept(address: str) -> None:
    assert read("courriel", f" {address.upper()} ") == ([("", address)], [])
    assert read("courriel", f"mailto:{address}") == ([("", address)], [])


@pytest.mark.parametrize(
    "address",
    [
        "prenom.nom@exemple.fr", "p.bureau@exemple.fr", "marie.ville@exemple.fr",
        "villeneuve@exemple.fr", "nom@nom.fr", "adresse-masquee@exemple.invalid",
        "12@exemple.fr",
    ],
)  # fmt: skip
def test_mailboxes_of_persons_are_left_out_and_not_repeated(address: str) -> None:
    assert read("courriel", address) == ([], ["?personal-address"])
    assert address not in str(said("courriel", address))


def test_what_is_no_mailbox_is_told_without_repeating_one() -> None:
    assert read("courriel", "contact") == ([], ["!not-an-address"])
    assert said("courriel", "a.b@exemple.fr ou c.d@exemple.fr")[0][0].startswith(
        "« …@… ou …@… » n'est pas"
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("03 80 00 00 00", "+33380000000"),
        ("03.80.00.00.00", "+33380000000"),
        ("03/80/00/00/00", "+33380000000"),
        ("+33 (0)3 80 00 00 00", "+33380000000"),
        ("0033 3 80 00 00 00", "+33380000000"),
        ("Tél : 0380000000", "+33380000000"),
        (380000000, "+33380000000"),
        ("0262 00 00 00", "+262262000000"),
        ("+41 32 000 00 00", "+41320000000"),
        ("3939", "3939"),
        ("116 000", "116000"),
    ],
)
def test_telephones_have_their_country_code(value: Any, number: str) -> None:
    assert read("telephone", value) == ([("", number)], [])


@pytest.mark.parametrize(
    ("value", "terms", "rules"),
    [
        ("06 00 00 00 00", [], ["?mobile-number"]),
        ("+33 7 00 00 00 00", [], ["?mobile-number"]),
        ("+33 (0)6 00 00 00 00", [], ["?mobile-number"]),
        (600000000, [], ["?mobile-number"]),
        (
            "03 80 00 00 00 / 06 00 00 00 00",
            [("", "+33380000000")],
            ["?mobile-number", "several-telephones"],
        ),
        (
            "03 80 00 00 00 ou 03 80 00 00 01",
            [("", "+33380000000")],
            ["several-telephones"],
        ),
        ("03 80 00", [], ["!not-a-telephone"]),
        ("sur rendez-vous", [], ["!not-a-telephone"]),
        ("voir 0380000000", [], ["!not-a-telephone"]),
    ],
)
def test_mobile_numbers_are_left_out(
    value: Any, terms: list[tuple[str, str]], rules: list[str]
) -> None:
    assert read("telephone", value) == (terms, rules)


def test_a_number_left_out_is_not_repeated() -> None:
    assert "06" not in str(said("telephone", "06 00 00 00 00"))
