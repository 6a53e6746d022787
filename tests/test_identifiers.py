"""Register numbers: normal forms, checks, and the IRIs that they make."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph import identifiers
from spnr_graph.identifiers import Flaw, Mend, Number

ACTOR = "https://w3id.org/spnr/id/acteur/"


def closed(digits: str) -> str:
    """Return digits with their check digit."""
    return next(digits + key for key in "0123456789" if identifiers.luhn(digits + key))


SIRENS = st.from_regex(r"[1-9][0-9]{7}", fullmatch=True).map(closed)
SIRETS = SIRENS.flatmap(
    lambda siren: st.from_regex(r"[0-9]{3}[1-9]", fullmatch=True).map(
        lambda rank: closed(siren + rank)
    )
)
#: Ways in which people and spreadsheets write a SIRET.
WAYS = (
    lambda n: n,
    lambda n: f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}",
    lambda n: f"{n[:2]}\u202f{n[2:5]}\u202f{n[5:8]}\u202f{n[8:11]}\u202f{n[11:]}",
    lambda n: f"{n[:3]}\u00a0{n[3:6]}\u00a0{n[6:9]}\u00a0{n[9:]}",
    lambda n: f"{n[:3]}.{n[3:6]}.{n[6:9]}.{n[9:]}",
    lambda n: f"{n[:9]}-{n[9:]}",
    lambda n: f"SIRET : {n}",
    lambda n: f"n° {n}",
    lambda n: f'="{n}"',
    lambda n: f"'{n}",
    lambda n: f"\u200e{n} ",
    lambda n: f"{n}.0",
    lambda n: f"{n},00",
    int,
    float,
    Decimal,
    lambda n: f"{n[0]}.{n[1:]}e13",
    lambda n: f"{n[0]},{n[1:]}E+13",
)


@given(SIRETS, st.sampled_from(WAYS))
def test_a_siret_reads_back_however_it_was_written(siret: str, way) -> None:
    number = identifiers.siret(way(siret))

    assert (number.text, number.flaw) == (siret, None)
    assert bool(number.mends) == (str(way(siret)) != siret)


@given(SIRENS, st.sampled_from(WAYS[:-2]))
def test_a_siren_reads_back_however_it_was_written(siren: str, way) -> None:
    assert identifiers.siren(way(siren)).text == siren


@given(SIRETS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_found(siret: str, place: int, change: int) -> None:
    digit = str((int(siret[place]) + change) % 10)
    wrong = siret[:place] + digit + siret[place + 1 :]

    assert identifiers.siret(wrong) in (
        Number(flaw=Flaw.CHECK_DIGIT),
        Number(flaw=Flaw.PLACEHOLDER),
    )


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        ("2.12503E+13", Flaw.DIGITS_LOST),
        ("2,1250284E+13", Flaw.DIGITS_LOST),
        ("7e99", Flaw.DIGITS_LOST),
        ("7.3282932000074e5", Flaw.CHARACTERS),
        ("7328293200007", Flaw.LENGTH),
        ("732829320", Flaw.LENGTH),
        ("732829320000741", Flaw.LENGTH),
        ("1", Flaw.LENGTH),
        ("en cours", Flaw.CHARACTERS),
        ("7328293200007X", Flaw.CHARACTERS),
        ("-", Flaw.CHARACTERS),
        (True, Flaw.CHARACTERS),
        (1.5, Flaw.LENGTH),
        ("00000000000000", Flaw.PLACEHOLDER),
        ("73282932000075", Flaw.CHECK_DIGIT),
    ],
)
def test_a_text_that_is_no_siret_says_why(value: object, flaw: Flaw) -> None:
    assert identifiers.siret(value) == Number(flaw=flaw)


def test_a_lost_leading_zero_comes_back_when_both_checks_agree() -> None:
    siret = closed(closed("05520135") + "0012")

    assert identifiers.siret(siret[1:]) == Number(text=siret, mends=(Mend.ZERO,))
    assert identifiers.siret(float(siret)) == Number(
        text=siret, mends=(Mend.FLOAT, Mend.ZERO)
    )


def test_a_siren_that_is_too_short_is_only_guessed() -> None:
    siren = closed("05520135")

    assert identifiers.siren(siren[1:]) == Number(flaw=Flaw.LENGTH, guess=siren)
    assert identifiers.siren("1234") == Number(flaw=Flaw.LENGTH)
    assert identifiers.siren("000000000") == Number(flaw=Flaw.PLACEHOLDER)
    assert identifiers.siren("abc") == Number(flaw=Flaw.CHARACTERS)


@pytest.mark.parametrize(
    ("siret", "sound"),
    [("35600000000048", True), ("35600000061667", True), ("35600000061668", False)],
)
def test_la_poste_counts_by_fives(siret: str, sound: bool) -> None:
    assert bool(identifiers.siret(siret).text) is sound


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("W212001234", Number(text="W212001234")),
        ("w212 001 234", Number(text="W212001234", mends=(Mend.SPELLING,))),
        ("RNA : W2A1001234", Number(text="W2A1001234", mends=(Mend.SPELLING,))),
        ("W21200123", Number(flaw=Flaw.LENGTH)),
        ("212001234", Number(flaw=Flaw.CHARACTERS)),
    ],
)
def test_an_association_has_w_and_nine_digits(value: str, number: Number) -> None:
    assert identifiers.rna(value) == number


def test_the_siren_makes_the_iri_of_an_actor() -> None:
    assert identifiers.actor_iri(siren="732829320") == f"{ACTOR}siren-732829320"
    assert identifiers.actor_iri(siret="73282932000074", rna="W212001234") == (
        f"{ACTOR}siren-732829320"
    )
    assert identifiers.actor_iri(rna="W212001234") == f"{ACTOR}rna-W212001234"
    with pytest.raises(ValueError, match="needs a SIREN"):
        identifiers.actor_iri()
