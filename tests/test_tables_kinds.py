"""Kinds of cells: text, register numbers, numbers, yes or no, concepts, lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.formats import Field
from spnr_graph.tables.kinds import KINDS
from tests.cells import CONTEXT, read, said

OPTIONS: dict[str, dict[str, Any]] = {
    "concept": {"scheme": "role"},
    "liste": {"of": {"kind": "nom"}, "separator": ["|", ";"]},
    "nom-commune": {"departement": "d", "code_postal": "p", "code_insee": "i"},
    "latitude": {"with": "o", "commune": "i"},
    "longitude": {"with": "o", "commune": "i"},
    "reference": {"sheet": "acteurs"},
}
CELLS = st.one_of(
    st.text(min_size=1).filter(str.strip),
    st.from_regex(r"[-+0-9 .,/€%:@a-zT()]{1,20}", fullmatch=True).filter(str.strip),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2),
)


@pytest.mark.parametrize("kind", KINDS)
@given(value=CELLS, other=CELLS)
def test_whatever_a_cell_holds_gives_terms_or_is_told(
    kind: str, value: Any, other: Any
) -> None:
    field = Field(name="c", kind=kind, options=OPTIONS.get(kind, {}))
    row = {"c": value, "o": other, "d": other, "p": other, "i": other}

    outcome = KINDS[kind].read(value, field, row, CONTEXT)

    for _, term in outcome.terms:
        line = f"<a:s> <a:p> {term} ."
        (triple,) = parse(line, RdfFormat.N_TRIPLES)
        assert str(triple.object) == term or "\\" in term
    for problem in outcome.problems:
        assert problem.fr.endswith((".", "?"))
        assert problem.en.endswith((".", "?"))
    if kind not in {"ignore", "liste"}:
        assert outcome.terms or outcome.problems


@pytest.mark.parametrize(
    ("value", "text", "rules"),
    [
        (" Un  lieu \n ouvert ", r"Un lieu\nouvert", []),
        (12.0, "12", []),
        (Decimal("1.50"), "1.50", []),
        (True, "oui", []),
        (date(2021, 3, 1), "2021-03-01", []),
        (datetime(2021, 3, 1, 9, tzinfo=UTC), "2021-03-01T09:00:00+00:00", []),
        ("MÃ©diathÃ¨que", "Médiathèque", ["double-decoding"]),
        ("<p>Accès &amp; <b>accueil</b></p>", "Accès & accueil", ["html"]),
        ("a<br/>b", r"a\nb", ["html"]),
        ("a<script>alert(1)</script>b<!-- c", "ab", ["html"]),
        ("5 < 6 > 4 & AT&T &copy 2020", "5 < 6 > 4 & AT&T &copy 2020", []),
        ("caf&eacute;&#33;", "café!", ["html"]),
        ("<https://exemple.fr>", "<https://exemple.fr>", []),
        ("=1+1", "=1+1", ["formula"]),
        ("@SOMME(A1)", "@SOMME(A1)", ["formula"]),
        ("\t=x", "=x", ["formula"]),
        ("+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", ["formula"]),
        ("+33 3 80 00 00 00", "+33 3 80 00 00 00", []),
        ("-12,5 %", "-12,5 %", []),
        ("- accès libre", "- accès libre", []),
        ("Écrire à a.b@exemple.fr.", "Écrire à .", ["?personal-data"]),
        ("Tél. 06 00 00 00 00 (le soir)", "Tél. (le soir)", ["?personal-data"]),
        ("0600000000 / 07.00.00.00.00 fin", "/ fin", ["?personal-data"]),
        ("appeler +33 (0)6 00 00 00 00", "appeler", ["?personal-data"]),
        ("appeler 0033 6-00-00-00-00", "appeler", ["?personal-data"]),
        ("le 06.12.2020 08h30", "le 06.12.2020 08h30", []),
        ("03 80 00 00 00", "03 80 00 00 00", []),
        ("n° 210600000000001", "n° 210600000000001", []),
    ],
)
def test_text_is_mended_and_told(value: Any, text: str, rules: list[str]) -> None:
    assert read("texte", value) == ([("", text)], rules)


def test_text_that_was_only_a_mailbox_leaves_nothing() -> None:
    assert read("texte", "a.b@exemple.fr") == ([], ["?personal-data"])
    assert "exemple.fr" not in str(said("texte", "a.b@exemple.fr"))


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in {"liste", "ignore"}])
def test_a_list_is_refused_where_one_value_is_meant(kind: str) -> None:
    if kind not in {"reference", "territoire", "booleen"}:
        assert read(kind, ["a", "b"], scheme="role") == ([], ["!several-values"])


def test_names_and_codes_have_slugs() -> None:
    assert read("nom", "L'Étape") == ([("", "L'Étape"), (".slug", "l-etape")], [])
    assert read("identifiant", " AB_1 ") == ([("", "AB_1"), (".slug", "ab-1")], [])
    assert read("identifiant", "場所") == ([("", "場所")], [])
    assert read("ignore", "x") == ([], [])


SIRET = [
    ("", "73282932000074"),
    (".siret", "73282932000074"),
    (".siren", "732829320"),
    (".acteur", "acteur:siren-732829320"),
]
SIREN = [
    ("", "732829320"),
    (".siren", "732829320"),
    (".acteur", "acteur:siren-732829320"),
]
RNA = [
    ("", "W212001234"),
    (".rna", "W212001234"),
    (".acteur", "acteur:rna-W212001234"),
]


@pytest.mark.parametrize(
    ("kind", "value", "terms", "rules"),
    [
        ("siret", "73282932000074", SIRET, []),
        ("siret", "732 829 320 00074", SIRET, ["siret-spelling"]),
        ("siret", 73282932000074.0, SIRET, ["siret-float"]),
        ("siret", "732829320", [], ["!siret-length"]),
        ("siret", "7,32829E+13", [], ["!siret-digits-lost"]),
        ("siret", "00000000000000", [], ["!siret-placeholder"]),
        ("siren", 732829320, SIREN, []),
        ("siren", "732829321", [], ["!siren-check-digit"]),
        ("siren", "non connu", [], ["!siren-characters"]),
        ("rna", "w212001234", RNA, ["rna-spelling"]),
        ("acteur", "73282932000074", SIRET, []),
        ("acteur", "732829320", SIREN, []),
        ("acteur", "W212001234", RNA, []),
        ("acteur", "SIREN 732829320", SIREN, ["siren-spelling"]),
        ("acteur", "W2120", [], ["!rna-length"]),
        ("acteur", "73282932", [], ["!siren-length"]),
        ("acteur", "7328293200007", [], ["!siret-length"]),
    ],
)
def test_numbers_make_actors(
    kind: str, value: Any, terms: list[tuple[str, str]], rules: list[str]
) -> None:
    assert read(kind, value) == (terms, rules)


def test_a_wrong_number_is_told_with_what_to_do() -> None:
    assert said("siren", "73282932") == [
        (
            "SIREN « 73282932 » : nombre de chiffres faux. Vérifier le numéro, par "
            "exemple 732829320.",
            "SIREN '73282932': wrong number of digits. Check the number, for example "
            "732829320.",
        )
    ]
    assert said("siren", "55201353")[0][0].startswith("SIREN « 55201353 » : nombre")


@pytest.mark.parametrize(
    ("kind", "value", "number"),
    [
        ("montant", "1 234,50 €", "1234.5^^decimal"),
        ("montant", "1\u202f234,50\u00a0€", "1234.5^^decimal"),
        ("montant", "1.234.567,89", "1234567.89^^decimal"),
        ("montant", "1,234,567.89", "1234567.89^^decimal"),
        ("montant", "1'234.5", "1234.5^^decimal"),
        ("montant", "12 k€", "12000^^decimal"),
        ("montant", "1,2 M€", "1200000^^decimal"),
        ("montant", "(12)", "-12^^decimal"),
        ("montant", "\u2212 12 euros", "-12^^decimal"),
        ("montant", "0.250", "0.25^^decimal"),
        ("montant", 1234.5, "1234.5^^decimal"),
        ("montant", Decimal("1E+3"), "1000^^decimal"),
        ("montant", "1.5e3", "1500^^decimal"),
        ("nombre", "47.123", "47.123^^decimal"),
        ("nombre", ",5", "0.5^^decimal"),
        ("nombre", "-0", "0^^decimal"),
        ("pourcentage", "45 %", "45^^decimal"),
        ("pourcentage", "0,45", "0.45^^decimal"),
        ("entier", "1 234", "1234^^integer"),
        ("entier", "12,0", "12^^integer"),
        ("entier", 12.0, "12^^integer"),
    ],
)
def test_numbers_are_read_as_people_write_them(
    kind: str, value: Any, number: str
) -> None:
    assert read(kind, value) == ([("", number)], [])


@pytest.mark.parametrize(
    ("kind", "value", "rule"),
    [
        ("montant", "1.234", "!ambiguous-number"),
        ("montant", "1,234 €", "!ambiguous-number"),
        ("entier", "1,234", "!ambiguous-number"),
        ("montant", "12 34", "!not-a-number"),
        ("montant", "12 dollars", "!not-a-number"),
        ("montant", "12,5,3", "!not-a-number"),
        ("montant", "environ 12", "!not-a-number"),
        ("montant", "9" * 50, "!not-a-number"),
        ("montant", float("nan"), "!not-a-number"),
        ("montant", True, "!not-a-number"),
        ("montant", date(2021, 1, 1), "!not-a-number"),
        ("nombre", "12 %", "!not-a-number"),
        ("entier", "12,5", "!not-whole"),
    ],
)
def test_what_is_no_number_is_told(kind: str, value: Any, rule: str) -> None:
    assert read(kind, value) == ([], [rule])


def test_the_decimal_mark_of_a_format_ends_the_doubt() -> None:
    assert read("montant", "1.234", decimalChar=",") == ([("", "1234^^decimal")], [])
    assert read("montant", "1,234", decimalChar=",") == ([("", "1.234^^decimal")], [])


def test_a_share_counts_in_ones() -> None:
    assert read("pourcentage", "45 %", share=True) == ([("", "0.45^^decimal")], [])
    assert read("pourcentage", "0.45", share=True) == ([("", "0.45^^decimal")], [])


@pytest.mark.parametrize(
    ("value", "answer"),
    [("oui", "true"), ("X", "true"), (1, "true"), ("Vrai", "true"), (True, "true"),
     ("NON", "false"), ("0", "false"), (False, "false")],
)  # fmt: skip
def test_yes_and_no_have_many_spellings(value: Any, answer: str) -> None:
    assert read("booleen", value) == ([("", f"{answer}^^boolean")], [])


def test_what_is_neither_yes_nor_no_is_told() -> None:
    assert read("booleen", "peut-être") == ([], ["!not-yes-or-no"])
    own: dict[str, Any] = {"trueValues": ["Ouvert"], "falseValues": ["Fermé"]}
    assert read("booleen", "ouvert", **own) == ([("", "true^^boolean")], [])
    assert read("booleen", "fermé", **own) == ([("", "false^^boolean")], [])
    assert read("booleen", "oui", **own) == ([], ["!not-yes-or-no"])


FUNDER = [("", "financeur"), (".concept", "voc:role/financeur")]
LEADER = [("", "porteur"), (".concept", "voc:role/porteur")]
CODES = {"FIN": "financeur", "P/F": ["porteur", "financeur"], "sans objet": None}


@pytest.mark.parametrize(
    ("value", "terms", "rules"),
    [
        ("Financeur", FUNDER, []),
        ("pilote", LEADER, []),
        ("RO3", FUNDER, []),
        ("fin", FUNDER, []),
        ("p/f", LEADER + FUNDER, []),
        ("Sans objet", [], []),
        ("financier", [], ["!concept-unknown"]),
    ],
)
def test_concepts_are_named_in_many_ways(
    value: str, terms: list[tuple[str, str]], rules: list[str]
) -> None:
    assert read("concept", value, scheme="role", codes=CODES) == (terms, rules)


def test_an_unknown_concept_is_told_with_what_may_be_chosen() -> None:
    assert said("concept", "financier", scheme="role")[0][0] == (
        "« financier » n'est pas dans la liste des valeurs possibles. Voulait-on "
        "dire : financeur ?"
    )
    assert said("concept", "xyz", scheme="role")[0][1] == (
        "'xyz' is not in the list of possible values. Choose among: funder."
    )


@pytest.mark.parametrize(
    ("value", "options", "texts", "rules"),
    [
        ("a|b| |a", {}, ["a", "b"], []),
        ("a;b|c", {"separator": ["|", ";"]}, ["a", "b", "c"], []),
        (["a", None, "b|c"], {}, ["a", "b", "c"], []),
        ([{"nom": "a"}, {"nom": "b"}], {"key": "nom"}, ["a", "b"], []),
        ([{"autre": "a"}], {"key": "nom"}, [], []),
        ("=a|=b", {}, ["=a", "=b"], ["formula", "formula"]),
        ([["a"]], {}, [], ["!several-values"]),
        (12, {"of": "entier"}, ["12^^integer"], []),
        ("1 | x", {"of": {"kind": "entier"}}, ["1^^integer"], ["!not-a-number"]),
    ],
)
def test_lists_give_each_value_once(
    value: Any, options: dict[str, Any], texts: list[str], rules: list[str]
) -> None:
    assert read("liste", value, **options) == ([("", t) for t in texts], rules)


def test_items_of_a_list_have_their_own_options() -> None:
    of = {"kind": "concept", "scheme": "role"}

    assert read("liste", "pilote|RO3|funder", of=of) == (LEADER + FUNDER, [])


def test_a_name_is_near_a_label_that_holds_a_word_like_it() -> None:
    voc, prefer = PREFIXES["voc"], f"{PREFIXES['skos']}prefLabel"
    concepts = Concepts(
        (voc + "type-acteur", f"{voc}type-acteur/{slug}", prefer, label, "fr")
        for slug, label in (
            ("association", "association, fondation ou ESS"),
            ("entreprise", "entreprise"),
        )
    )

    assert concepts.nearest("type-acteur", "associaton", "fr") == [
        "association, fondation ou ESS"
    ]
    assert concepts.nearest("type-acteur", "régie", "fr") == []
