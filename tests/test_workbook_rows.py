"""What rows of the workbook mean: references, territories, IRIs, periods."""

from __future__ import annotations

import pytest

from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.tables.formats import Field
from spnr_graph.tables.kinds import KINDS
from tests.workbooks import context, load, written

ACTOR = {"identifiant": "val", "nom": "Val"}
PLACE = {"identifiant": "lieu", "nom": "Lieu"}


def read(kind, value, **options):
    field = Field(name="c", kind=kind, options=options)
    outcome = KINDS[kind].read(value, field, {}, context())
    return dict(outcome.terms), [problem.rule for problem in outcome.problems]


def said(rows, **names):
    """Return (subject, property, value) of what rows give, in short form."""
    triples, findings = load(written(rows))
    told = {
        (shorten(s.value), shorten(p.value), shorten(o.value)) for s, p, o in triples
    }
    return told, [f for f in findings if f.severity > Severity.INFO]


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("732829320", "acteur:siren-732829320"),
        ("732 829 320", "acteur:siren-732829320"),
        ("73282932000074", "acteur:siren-732829320"),
        ("W123456789", "acteur:rna-W123456789"),
        ("acteur:local-autre-pays", "acteur:local-autre-pays"),
        ("Pays (acteur:local-autre-pays)", "acteur:local-autre-pays"),
        ("https://w3id.org/spnr/id/acteur/siren-732829320", "acteur:siren-732829320"),
    ],
)
def test_an_actor_of_the_graph_is_named_by_number_or_short_name(text, iri):
    terms, problems = read("reference", text, sheet="acteurs")

    assert problems == []
    prefix, _, local = iri.partition(":")
    assert terms[".iri"] == f"<{PREFIXES[prefix]}{local}>"


def test_a_row_is_named_by_its_identifier():
    assert read("reference", "Val Vert", sheet="acteurs") == (
        {"": '"Val Vert"', ".slug": '"val-vert"'},
        [],
    )


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("initiative:spnr", {"sheet": "acteurs"}),
        ("https://example.org/x", {"sheet": "acteurs"}),
        ("val", {"sheet": "acteurs", "exact": True}),
        ("—", {"sheet": "initiatives"}),
    ],
)
def test_what_names_nothing_is_refused(text, options):
    assert read("reference", text, **options) == ({}, ["reference"])


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Côte-d'Or (dep-21)", "dep-21"),
        ("territoire:reg-27", "reg-27"),
        ("zone-europe", "zone-europe"),
        ("COM-21231", "com-21231"),
        ("dep-2a", "dep-2A"),
        ("21231", "com-21231"),
        ("21", "dep-21"),
        ("cote d'or", "dep-21"),
        ("Bourgogne-Franche-Comté", "reg-27"),
        ("dijon", "com-21231"),
    ],
)
def test_a_territory_of_any_level_is_named_by_code_or_name(text, territory):
    terms, problems = read("territoire", text)

    assert problems == []
    assert terms[".territoire"] == f"<{PREFIXES['territoire']}{territory}>"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ville-Nulle-Part", "territoire-inconnu"),
        ("99999", "territoire-inconnu"),
        ("Beaulieu", "territoire-ambigu"),
    ],
)
def test_a_territory_that_is_none_or_several_is_told(text, rule):
    assert read("territoire", text) == ({}, [rule])


def test_a_number_names_the_actor_before_its_identifier():
    rows = {
        "acteurs": [
            {**ACTOR, "siret": "73282932000074"},
            {"identifiant": "Asso", "nom": "Asso", "rna": "W123456789"},
            {"identifiant": "Sans N°", "nom": "Sans", "membre_de": "val"},
        ]
    }

    told, wrong = said(rows)

    assert wrong == []
    assert {s for s, p, _ in told} == {
        "acteur:siren-732829320",
        "acteur:rna-W123456789",
        "acteur:local-arnia-sans-n",
    }
    assert (
        "acteur:local-arnia-sans-n",
        "dcterms:isPartOf",
        "acteur:siren-732829320",
    ) in told


def test_a_participation_is_named_after_what_it_says():
    row = {"acteur": "val", "initiative": "lieu", "role": "porteur"}

    told, wrong = said(
        {"acteurs": [ACTOR], "initiatives": [PLACE], "participations": [row]}
    )

    name = "participation:arnia-lieu--local-arnia-val--porteur"
    assert wrong == []
    assert {(p, o) for s, p, o in told if s == name} == {
        ("rdf:type", "spnr:Participation"),
        ("cv:hasParticipant", "acteur:local-arnia-val"),
        ("spnr:initiative", "initiative:arnia-lieu"),
        ("cv:role", "role:porteur"),
    }


def test_a_role_held_twice_is_named_with_its_year():
    row = {"acteur": "val", "initiative": "lieu", "role": "porteur"}
    twice = [{**row, "debut": "2018", "fin": "2019"}, {**row, "debut": "2022-05"}]

    told, _ = said(
        {"acteurs": [ACTOR], "initiatives": [PLACE], "participations": twice}
    )

    found = {(s, o) for s, p, o in told if p == "schema:temporalCoverage"}
    name = "participation:arnia-lieu--local-arnia-val--porteur"
    assert found == {(f"{name}--2018", "2018/2019"), (f"{name}--2022", "2022-05/..")}


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        ("2021", None, ("2021-01-01", None, "2021/..")),
        (None, "03/2022", (None, "2022-03-31", "../2022-03")),
        ("15/03/2021", "2022", ("2021-03-15", "2022-12-31", "2021-03-15/2022")),
        ("T1 2021", None, ("2021-01-01", None, "2021-01-01/..")),
    ],
)
def test_dates_are_widened_and_their_precision_is_kept(start, end, dates):
    told, _ = said({"initiatives": [{**PLACE, "debut": start, "fin": end}]})

    found = {p: o for _, p, o in told}
    names = ("schema:startDate", "schema:endDate", "schema:temporalCoverage")
    assert tuple(found.get(name) for name in names) == dates


def test_a_row_that_is_not_there_is_told_with_the_nearest():
    rows = {
        "acteurs": [{**ACTOR, "membre_de": "nulle-part"}],
        "initiatives": [PLACE],
        "participations": [{"acteur": "vall", "initiative": "lieu", "role": "porteur"}],
    }

    _, wrong = said(rows)

    assert [(f.sheet, f.row, f.column, f.severity.name, f.fr) for f in wrong] == [
        (
            "acteurs",
            2,
            "Membre de",
            "WARNING",
            "Aucune ligne de la feuille « acteurs » n'a l'identifiant « nulle-part ». "
            "Corriger l'identifiant, ou ajouter la ligne.",
        ),
        (
            "participations",
            2,
            "Acteur *",
            "VIOLATION",
            "Aucune ligne de la feuille « acteurs » n'a l'identifiant « vall » ; "
            "est-ce « val » ? Corriger l'identifiant, ou ajouter la ligne.",
        ),
    ]


def test_two_identifiers_that_make_one_iri_are_refused():
    _, wrong = said({"acteurs": [ACTOR, {"identifiant": "VAL", "nom": "Autre"}]})

    assert [(f.row, f.shape, f.severity.name) for f in wrong] == [
        (3, PREFIXES["table"] + "identifiers-alike", "VIOLATION")
    ]
