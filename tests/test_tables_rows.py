"""Checked rows: a wrong cell never passes, and says what is wrong and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.findings import Finding, Severity
from spnr_graph.tables import formats
from spnr_graph.tables.constraints import lexical
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.rows import check
from spnr_graph.tables.told import KEPT
from tests.own_formats import CONTEXT, HALLS, MAPPING, project, sheet

TABLE = "https://w3id.org/spnr/table#"
TITLES = ("code", "nom", "places", "usage")


@pytest.fixture(scope="module")
def halls(tmp_path_factory):
    own = project(tmp_path_factory.mktemp("halls"), salles=(HALLS, MAPPING))
    return formats(own)["salles"].resources[0]


def read(resource, *rows, **options):
    rows = check(sheet(*rows), resource, CONTEXT, "salles.csv", **options)
    return list(rows), rows.findings


def brief(findings):
    return [
        (f.shape.removeprefix(TABLE), f.severity, f.row, f.column) for f in findings
    ]


def test_cells_become_terms_under_the_names_of_their_columns(halls):
    rows, findings = read(halls, TITLES, ("S 1", "Salle basse", "12", "réunion"))

    assert [(row.number, row.terms) for row in rows] == [
        (
            2,
            [
                ("code", '"S 1"'),
                ("code.slug", '"s-1"'),
                ("nom_de_la_salle", '"Salle basse"'),
                ("nom_de_la_salle.slug", '"salle-basse"'),
                ("places", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
                ("usage", '"réunion"'),
                ("usage.slug", '"reunion"'),
            ],
        )
    ]
    assert findings == ()


def test_a_finding_says_where_what_and_how_to_mend_it(halls):
    rows, findings = read(halls, TITLES, ("S1", "", "900", ""))

    assert rows[0].terms == [("code", '"S1"'), ("code.slug", '"s1"')]
    assert findings == (
        Finding(
            source="salles.csv",
            severity=Severity.WARNING,
            focus="",
            shape=f"{TABLE}maximum",
            value='"900"',
            fr="La valeur dépasse le maximum, 500. La vérifier, par exemple : 120.",
            en="The value is above the maximum, 500. Check it, for example: 120.",
            row=2,
            column="places",
        ),
    )


@pytest.mark.parametrize(
    ("schema", "cell", "rule", "fr", "en"),
    [
        (
            {"type": "string", "constraints": {"pattern": "[A-Z]+"}},
            "abc",
            "pattern",
            "La valeur n'a pas la forme attendue ([A-Z]+). La corriger.",
            "The value does not have the expected form ([A-Z]+). Correct it.",
        ),
        (
            {"type": "string", "constraints": {"enum": ["réunion", "spectacle"]}},
            "Spectacles",
            "enum",
            "La valeur n'est pas dans la liste. Écrire « spectacle » ?",
            "The value is not in the list. Write 'spectacle'?",
        ),
        (
            {"type": "string", "constraints": {"enum": list("abcdefghi")}},
            "zzz",
            "enum",
            "La valeur n'est pas dans la liste. Choisir parmi : "
            "a, b, c, d, e, f, g, h, …",
            "The value is not in the list. Choose among: a, b, c, d, e, f, g, h, …",
        ),
        (
            {"type": "integer", "constraints": {"minimum": 3}},
            "2",
            "minimum",
            "La valeur est inférieure au minimum, 3. La vérifier.",
            "The value is below the minimum, 3. Check it.",
        ),
        (
            {"type": "string", "constraints": {"minLength": 3}},
            "ab",
            "minLength",
            "Le texte est trop court (minimum de signes : 3). Le compléter.",
            "The text is too short (least length: 3). Complete it.",
        ),
        (
            {"type": "string", "constraints": {"maxLength": 1}},
            "ab",
            "maxLength",
            "Le texte est trop long (maximum de signes : 1). L'abréger.",
            "The text is too long (greatest length: 1). Shorten it.",
        ),
        (
            {"type": "integer", "constraints": {"minimum": 3}},
            "deux",
            "type",
            "La valeur n'est pas un nombre entier. La corriger.",
            "The value is not a whole number. Correct it.",
        ),
        (
            {"type": "time"},
            "deux",
            "type",
            "La valeur n'est pas du type time. La corriger.",
            "The value is not of the type time. Correct it.",
        ),
        (
            {"type": "string", "format": "email"},
            "deux",
            "type",
            "La valeur n'est pas une adresse électronique. La corriger.",
            "The value is not an e-mail address. Correct it.",
        ),
    ],
    ids=[
        "pattern", "near one of a list", "none of a list", "minimum", "too short",
        "too long", "type", "another type", "format",
    ],
)  # fmt: skip
def test_each_constraint_is_told_in_words(tmp_path, schema, cell, rule, fr, en):
    descriptor = {
        "title": "Essai",
        "fields": [{"name": "code", "kind": "identifiant", **schema}],
    }
    mapping = MAPPING.replace("table:nom_de_la_salle", "table:code").replace(
        "table:places", "table:code"
    )
    own = formats(project(tmp_path, essai=(descriptor, mapping)))["essai"]

    rows, findings = read(own.resources[0], ("code",), (cell,))

    assert rows[0].terms == []
    assert [(f.shape, f.fr, f.en) for f in findings] == [(TABLE + rule, fr, en)]


def test_an_empty_required_cell_is_a_violation(halls):
    _, findings = read(halls, TITLES, (" ", "Salle", "1", ""))

    assert brief(findings) == [("required", Severity.VIOLATION, 2, "code")]
    assert findings[0].fr == (
        "La cellule est vide alors que la colonne est obligatoire. La remplir, "
        "par exemple : S-12."
    )


def test_a_missing_required_column_is_told_once_with_the_nearest_title(halls):
    rows, findings = read(halls, ("codes", "nom"), ("S1", "a"), ("S2", "b"))

    assert len(rows) == 2
    assert brief(findings) == [
        ("column-missing", Severity.VIOLATION, 0, "code"),
        ("column-unknown", Severity.INFO, 0, "codes"),
    ]
    assert findings[0].fr == (
        "La colonne « code » est obligatoire et manque ; est-ce « codes » ? "
        "La renommer."
    )


def test_a_missing_column_without_likeness_is_to_be_added(halls):
    _, findings = read(halls, ("nom",), ("a",))

    assert findings[0].en == "The column 'code' is required and missing. Add it."


def test_a_repeated_key_names_the_first_row(halls):
    rows, findings = read(halls, TITLES[:1], ("S1",), ("S2",), (" S1 ",))

    assert len(rows) == 3
    assert brief(findings) == [("key", Severity.WARNING, 4, "code")]
    assert findings[0].value == '"S1"'
    assert findings[0].fr.startswith("La ligne 2 porte déjà cette valeur")


def test_a_unique_column_and_a_key_of_two_columns(tmp_path):
    descriptor = {
        "title": "Essai",
        "primaryKey": ["code", "places"],
        "fields": [
            {"name": "code", "kind": "identifiant"},
            {"name": "places", "kind": "entier"},
            {
                "name": "nom_de_la_salle",
                "kind": "nom",
                "constraints": {"unique": True},
                "type": "string",
            },
        ],
    }
    own = formats(project(tmp_path, essai=(descriptor, MAPPING)))["essai"]
    titles = ("code", "places", "nom_de_la_salle")

    _, findings = read(
        own.resources[0],
        titles,
        ("S1", "1", "a"),
        ("S1", "2", "b"),
        ("S1", "1", "a"),
        ("", "1", ""),
        ("", "1", ""),
    )

    assert [(f.column, f.value, f.row) for f in findings] == [
        ("code, places", '"S1 1"', 4),
        ("nom_de_la_salle", '"a"', 4),
    ]


def test_keys_beyond_the_limit_are_said_not_to_be_compared(halls, monkeypatch):
    monkeypatch.setattr("spnr_graph.tables.keys.KEYS", 2)

    _, findings = read(halls, ("code",), ("a",), ("b",), ("c",), ("d",), ("a",))

    assert brief(findings) == [
        ("keys", Severity.INFO, 4, ""),
        ("key", Severity.WARNING, 6, "code"),
    ]


def test_rows_of_another_width_are_told_unless_the_rest_is_blank(halls):
    rows, findings = read(
        halls,
        TITLES,
        ("S1", "a", "1", "", "reste"),
        ("S2", "a", "1", "", "", None),
        ("S3",),
    )

    assert [row.terms[0] for row in rows] == [
        ("code", '"S1"'),
        ("code", '"S2"'),
        ("code", '"S3"'),
    ]
    assert brief(findings) == [
        ("cells", Severity.WARNING, 2, ""),
        ("cells", Severity.WARNING, 4, ""),
    ]
    assert "plus de cellules" in findings[0].fr
    assert "moins de cellules" in findings[1].fr


def test_a_table_without_rows_is_refused(halls):
    rows, findings = read(halls, TITLES)

    assert rows == []
    assert brief(findings) == [("no-row", Severity.VIOLATION, 1, "")]


def test_findings_of_one_kind_are_kept_up_to_a_limit_then_counted(halls):
    many = 3_314
    rows = ((f"S{n}", "", "9000", "") for n in range(many))

    _, findings = read(halls, TITLES, *rows)

    assert len(findings) == KEPT + 1
    assert brief(findings)[-1] == ("maximum", Severity.WARNING, 0, "places")
    assert (
        findings[-1].fr == "… et 3\N{NO-BREAK SPACE}214 autres constats du même genre."
    )
    assert findings[-1].en == "… and 3,214 more findings of the same kind."


def test_a_long_value_is_shown_shortened(halls):
    _, findings = read(halls, TITLES, ("S1", "", "9" * 500, ""))

    assert findings[0].value == '"' + "9" * 79 + '…"'


def test_words_for_nothing_are_nothing(tmp_path):
    descriptor = {
        "title": "Essai",
        "missingValues": ["", "NC"],
        "fields": [
            {"name": "code", "kind": "identifiant"},
            {"name": "places", "kind": "entier", "missing": ["-"]},
            {"name": "nom_de_la_salle", "kind": "nom"},
        ],
    }
    own = formats(project(tmp_path, essai=(descriptor, MAPPING)))["essai"]

    rows, findings = read(
        own.resources[0], ("code", "places", "nom_de_la_salle"), ("NC", " - ", "-")
    )

    assert rows[0].terms == [("nom_de_la_salle", '"-"')]
    assert findings == ()


def test_text_that_cannot_be_part_of_an_iri_is_left_out_where_it_would_be(halls):
    rows, findings = read(
        halls, TITLES, ("S 1", "", "", ""), addresses={"code": False, "places": False}
    )

    assert rows[0].terms == [("code.slug", '"s-1"')]
    assert brief(findings) == [("iri", Severity.VIOLATION, 2, "code")]


@pytest.mark.parametrize(
    ("text", "whole", "fits"),
    [
        ("S-1", False, True),
        ("é#1", False, True),
        ("a<b", False, False),
        ("a%zz", False, False),
        ("S-1", True, False),
        ("https://exemple.fr/é", True, True),
        ("https://exemple.fr/a b", True, False),
    ],
)
def test_what_can_be_an_iri_is_what_rdf_says(halls, text, whole, fits):
    rows, findings = read(halls, TITLES, (text, "", "", ""), addresses={"code": whole})

    assert (("code", terms.text(text)) in rows[0].terms) is fits
    assert bool(findings) is not fits


def test_equal_cells_of_different_types_are_not_confused(halls):
    rows, _ = read(halls, TITLES[:1], (1,), (True,), ("1",), (1,))

    assert [row.terms[0][1] for row in rows] == ['"1"', '"oui"', '"1"', '"1"']


def test_a_kind_sees_the_neighbours_that_its_options_name_ignored_ones_too(tmp_path):
    descriptor = {
        "title": "Essai",
        "fields": [
            {"name": "code", "kind": "latitude", "with": "places"},
            {"name": "places", "kind": "ignore"},
            {"name": "nom_de_la_salle"},
        ],
    }
    own = formats(project(tmp_path, essai=(descriptor, MAPPING)))["essai"]

    rows, _ = read(
        own.resources[0], ("code", "places"), ("47.3", "5.0"), ("5.0", "47.3"), ("5.0",)
    )

    assert [lexical(row.terms[0][1]) if row.terms else "" for row in rows] == [
        "47.3",
        "47.3",
        "5",
    ]


def test_memory_of_cells_is_bounded(halls, monkeypatch):
    monkeypatch.setattr("spnr_graph.tables.columns._REMEMBERED", 2)

    rows, _ = read(halls, TITLES[:1], *((f"S{n % 5}",) for n in range(20)))

    assert [row.terms[0][1] for row in rows] == [f'"S{n % 5}"' for n in range(20)]


@given(st.text())
def test_the_text_of_a_term_is_the_text_it_was_made_of(text):
    printable = "".join(c for c in text if c.isprintable() or c in "\n\r\t")
    assert lexical(terms.text(printable)) == printable


def test_the_text_of_other_terms():
    assert lexical("<https://exemple.fr/>") == "https://exemple.fr/"
    assert lexical(r'"\u00e9\U0001F600\b"@fr') == "é😀\b"


def test_a_wrong_item_of_a_list_leaves_the_others_alone(tmp_path):
    of = {"kind": "concept", "scheme": "role"}
    descriptor = {
        "title": "Essai",
        "fields": [
            {
                "name": "code",
                "kind": "liste",
                "of": "identifiant",
                "type": "string",
                "constraints": {"enum": ["A", "B"]},
            },
            {"name": "places", "kind": "liste", "of": of},
            {"name": "nom_de_la_salle"},
        ],
    }
    own = formats(project(tmp_path, essai=(descriptor, MAPPING)))["essai"]

    rows, findings = read(own.resources[0], ("code", "places"), ("A|Z|B", "néant"))

    assert rows[0].terms == [
        ("code", '"A"'), ("code.slug", '"a"'), ("code", '"B"'), ("code.slug", '"b"'),
    ]  # fmt: skip
    assert [f.shape.removeprefix(TABLE) for f in findings] == [
        "enum", "concept-unknown",
    ]  # fmt: skip


def test_a_list_without_any_item_is_an_empty_cell(tmp_path):
    field = {"name": "code", "kind": "liste", "of": "identifiant"}
    needed = {**field, "constraints": {"required": True}}
    others = [{"name": "nom_de_la_salle"}, {"name": "places"}]
    descriptor = {"title": "Essai", "fields": [needed, *others]}
    own = formats(project(tmp_path, essai=(descriptor, MAPPING)))["essai"]

    rows, findings = read(own.resources[0], ("code",), (" | ",))

    assert rows[0].terms == []
    assert brief(findings) == [("required", Severity.VIOLATION, 2, "code")]
