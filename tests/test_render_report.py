"""A report as text, JSON, CSV and Markdown, in both languages."""

import csv
import io
import json

import pytest

from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render import report as rendering

ACTOR = PREFIXES["acteur"]
SP = PREFIXES["sp"]
SPNR = PREFIXES["spnr"]
SIREN = [
    Finding(
        source="recensement",
        severity=Severity.VIOLATION,
        focus=f"{ACTOR}local-{n}",
        shape=f"{SP}actorSiren",
        path=f"<{SPNR}siren>",
        value=f'"{n}"',
        component=f"{PREFIXES['sh']}PatternConstraintComponent",
        fr="Un SIREN compte neuf chiffres.",
        en="A SIREN has nine digits.",
    )
    for n in range(1, 8)
]
OTHERS = [
    Finding(
        source="politique",
        severity=Severity.INFO,
        focus=f"{PREFIXES['initiative']}spnr",
        shape=f"{SP}hasPage",
        path=f"^<{SPNR}initiative>/<{PREFIXES['foaf']}page>",
        fr="Sans page publique.",
        en="Without a public page.",
    ),
    Finding(
        source="politique",
        severity=Severity.WARNING,
        focus=f"{ACTOR}un",
        shape=f"{SP}old",
        value=f"<{ACTOR}deux>",
        fr="Vise deux.",
        en="Points to two.",
    ),
    Finding(
        source="politique",
        severity=Severity.WARNING,
        focus=f"{ACTOR}un",
        shape=f"{SP}old",
        value=f"<{ACTOR}un>",
        fr="Vise | un\n*soi*.",
        en="Points to one.",
    ),
]
REPORT = Report.of([*SIREN, *OTHERS])
LABELS = {f"{ACTOR}local-1": "Atelier numérique", f"{ACTOR}deux": "Commune d'essai"}


def test_text_groups_by_source_then_shape_and_counts_what_it_leaves_out():
    assert rendering.text(REPORT, lang="fr", labels=LABELS, most=3) == (
        "7 violations, 2 avertissements, 1 conseil dans 2 sources\n"
        "\n"
        "recensement\n"
        "  violation — Un SIREN compte neuf chiffres.\n"
        '    Atelier numérique (acteur:local-1) · spnr:siren · "1"\n'
        '    acteur:local-2 · spnr:siren · "2"\n'
        '    acteur:local-3 · spnr:siren · "3"\n'
        "    … et 4 autres\n"
        "\n"
        "politique\n"
        "  avertissement — sp:old\n"
        "    acteur:un · Commune d'essai · Vise deux.\n"
        "    acteur:un · Vise | un *soi*.\n"
        "  conseil — Sans page publique.\n"
        "    initiative:spnr · ^spnr:initiative/foaf:page\n"
    )


def test_text_speaks_english_and_knows_the_singular():
    report = Report.of(SIREN[:2])

    assert rendering.text(report, lang="en", most=1) == (
        "2 violations in 1 source\n"
        "\n"
        "recensement\n"
        "  violation — A SIREN has nine digits.\n"
        '    acteur:local-1 · spnr:siren · "1"\n'
        "    … and 1 more\n"
    )


@pytest.mark.parametrize(
    ("lang", "line"), [("fr", "Aucun constat.\n"), ("en", "No finding.\n")]
)
def test_text_of_nothing_is_one_line(lang, line):
    assert rendering.text(Report(findings=()), lang=lang) == line


def test_json_holds_every_finding_in_both_languages():
    answer = json.loads(rendering.render(REPORT, "json", lang="fr", labels=LABELS))

    assert answer["conforms"] is False
    assert answer["counts"] == {"violation": 7, "warning": 2, "info": 1}
    assert len(answer["findings"]) == 10
    assert answer["findings"][0] == {
        "source": "recensement",
        "severity": "violation",
        "focus": f"{ACTOR}local-1",
        "label": "Atelier numérique",
        "shape": f"{SP}actorSiren",
        "path": f"<{SPNR}siren>",
        "value": '"1"',
        "component": f"{PREFIXES['sh']}PatternConstraintComponent",
        "message": {"fr": SIREN[0].fr, "en": SIREN[0].en},
    }
    assert "label" not in answer["findings"][1]


@pytest.mark.parametrize(
    ("lang", "titles", "severity", "message"),
    [
        (
            "fr",
            "source,gravité,élément,nom,message,chemin,valeur,forme,composant,"
            "feuille,ligne,colonne",
            "violation",
            SIREN[0].fr,
        ),
        (
            "en",
            "source,severity,thing,name,message,path,value,shape,component,sheet,row,column",
            "violation",
            SIREN[0].en,
        ),
    ],
)
def test_csv_has_a_row_for_every_finding(lang, titles, severity, message):
    text = rendering.render(REPORT, "csv", lang=lang, labels=LABELS).decode()

    rows = list(csv.reader(io.StringIO(text)))
    assert text.startswith(titles + "\r\n")
    assert len(rows) == 1 + 10
    assert rows[1] == [
        "recensement",
        severity,
        f"{ACTOR}local-1",
        "Atelier numérique",
        message,
        f"<{SPNR}siren>",
        '"1"',
        f"{SP}actorSiren",
        f"{PREFIXES['sh']}PatternConstraintComponent",
        "",
        "",
        "",
    ]


def test_markdown_has_a_table_for_every_source_and_escapes_what_it_shows():
    text = rendering.render(Report.of(OTHERS), "markdown", lang="fr").decode()

    assert text == (
        "# Constats\n"
        "\n"
        "2 avertissements, 1 conseil dans 1 source\n"
        "\n"
        "## politique\n"
        "\n"
        "| Gravité | Élément | Constat | Chemin | Valeur |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| avertissement | acteur:un | Vise deux. |  | acteur:deux |\n"
        "| avertissement | acteur:un | Vise \\| un \\*soi\\*. |  |  |\n"
        "| conseil | initiative:spnr | Sans page publique. "
        "| ^spnr:initiative/foaf:page |  |\n"
    )


def test_markdown_speaks_english():
    text = rendering.render(Report.of(OTHERS[:1]), "markdown", lang="en").decode()

    assert text.splitlines()[0] == "# Findings"
    assert text.splitlines()[6] == "| Severity | Thing | Finding | Path | Value |"
    assert text.splitlines()[8].startswith(
        "| hint | initiative:spnr | Without a public"
    )


def test_a_typed_value_shows_a_short_datatype():
    typed = Finding(
        source="x",
        severity=Severity.INFO,
        focus="urn:a",
        shape="urn:s",
        value=f'"2"^^<{PREFIXES["xsd"]}integer>',
        en="Two.",
    )

    lines = rendering.text(Report.of([typed]), lang="en").splitlines()

    assert lines[-1] == '    urn:a · "2"^^xsd:integer'


def test_a_cell_of_a_table_is_told_by_sheet_row_and_column():
    cell = Finding(
        source="classeur.xlsx",
        severity=Severity.WARNING,
        focus="",
        shape=PREFIXES["table"] + "siret-length",
        value="2125028430001",
        fr="Un SIRET compte quatorze chiffres.",
        en="A SIRET has fourteen digits.",
        sheet="acteurs",
        row=12,
        column="SIRET",
    )
    report = Report.of([cell])

    text = rendering.render(report, "text", lang="fr").decode()
    rows = list(csv.reader(io.StringIO(rendering.as_csv(report, lang="en"))))
    found = json.loads(rendering.as_json(report, lang="en"))["findings"][0]

    assert "    feuille acteurs, ligne 12, colonne SIRET · 2125028430001\n" in text
    assert rows[1][-3:] == ["acteurs", "12", "SIRET"]
    assert (found["sheet"], found["row"], found["column"]) == ("acteurs", 12, "SIRET")
    assert "sheet acteurs, row 12, column SIRET" in rendering.as_markdown(
        report, lang="en"
    )
