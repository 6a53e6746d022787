"""Normal forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph import spelling

#: What French is written with.
FRENCH = st.text(
    "aàâäbcçdeéèêëfghiîïjklmnoôöœpqrstuùûüvwxyÿzÀÇÉÈÊÎÔŒÙ '’-–…«» °€.,!?0123"
)


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    once = spelling.normal(text)

    assert spelling.normal(once) == once


def test_a_normal_form_has_no_case_accents_nor_punctuation() -> None:
    assert spelling.normal("  L’Œuvre d'Été — n° 2 ") == "l oeuvre d ete n 2"


@given(st.text())
def test_a_slug_is_safe_in_an_iri(text: str) -> None:
    slug = spelling.slug(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert spelling.slug(slug) == slug


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Saint-Aubin-lès-Prés", "saint aubin les pres"),
        ("ST AUBIN LEZ PRES", "saint aubin les pres"),
        ("Ste-Colombe", "sainte colombe"),
        ("CHALON S/ SAONE", "chalon sur saone"),
        ("DIJON CEDEX BP 47032", "dijon"),
        ("21000 Dijon Cedex 9", "dijon"),
        ("Dijon CS 12345", "dijon"),
        ("LYON 03", "lyon"),
        ("Paris 15e arrondissement", "paris"),
        ("Marseille 1er", "marseille"),
        ("Nevers (58)", "nevers"),
        ("Ajaccio (2A)", "ajaccio"),
        ("L’ISLE SUR LE DOUBS", "l isle sur le doubs"),
        ("Creusot (Le)", "le creusot"),
        ("Bœuf-sur-Œuvre", "boeuf sur oeuvre"),
        ("La", "la"),
        ("", ""),
    ],
)
def test_the_spellings_of_a_commune_are_one(written: str, form: str) -> None:
    assert spelling.place(written) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SARL Les Ateliers de l'Étang", "ATELIERS DE L'ETANG"),
        ("Association Le Relais", "le relais"),
        ("Syndicat mixte de la Vallée", "VALLEE"),
        ("Communauté de communes du Val Clair", "CC Val Clair"),
        ("Conseil départemental de la Nièvre", "Département de la Nièvre"),
        ("Mairie de Nevers", "Ville de NEVERS"),
    ],
)
def test_legal_forms_and_small_words_do_not_tell_names_apart(
    one: str, other: str
) -> None:
    assert spelling.organisation(one) == spelling.organisation(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Commune de Nevers", "Communauté d'agglomération de Nevers"),
        ("Région Bourgogne", "Département Bourgogne"),
        ("CCAS de Dole", "Ville de Dole"),
    ],
)
def test_public_bodies_of_one_place_stay_apart(one: str, other: str) -> None:
    assert spelling.organisation(one) != spelling.organisation(other)


def test_a_name_that_is_a_legal_form_stays() -> None:
    assert spelling.organisation("L'Association") == "l association"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Agence de la Transition Énergétique (ADEME)", {"ademe", "adlte", "ate"}),
        ("Maison des Jeunes et de la Culture", {"mjc", "mdjedlc"}),
        ("GIP Territoires numériques", {"gip", "gtn"}),
        ("LA POSTE", set()),
        ("Un lieu (à venir, plus tard)", set()),
    ],
)
def test_acronyms_are_those_given_and_those_made(name: str, found: set[str]) -> None:
    assert spelling.acronyms(name) == found


def twice(text: str) -> str:
    """Return a text whose UTF-8 was read as Windows-1252, controls as they are."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in text.encode("utf-8")
    )


@given(FRENCH)
def test_text_decoded_twice_is_mended(text: str) -> None:
    assert spelling.mend(twice(text)) == text
    assert spelling.mend(text.encode("utf-8").decode("latin-1")) == text
    assert spelling.mend(twice(twice(text))) == text


@given(FRENCH)
def test_text_decoded_once_stays(text: str) -> None:
    assert spelling.mend(text) == text


@given(st.text())
def test_mending_twice_is_mending_once(text: str) -> None:
    once = spelling.mend(text)

    assert spelling.mend(once) == once


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SÃO PAULO", "SÃO PAULO"),
        ("LIBERTÉ\u00a0!", "LIBERTÉ\u00a0!"),
        ("VÃ©ritÃ© Ã venir", "Vérité à venir"),
        ("VÃ©ritÃ© Ã  venir", "Vérité à venir"),
        ("lâ€™Ã‰tat", "l’État"),
        ("Å“uvre Ã  10 â‚¬", "œuvre à 10 €"),
    ],
)
def test_only_what_is_certain_is_mended(written: str, meant: str) -> None:
    assert spelling.mend(written) == meant
