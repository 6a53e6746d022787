"""What may be a person's address or number: neither in the graph nor in a report."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.findings import Report
from spnr_graph.render.report import render
from spnr_graph.tables import formats
from spnr_graph.tables.personal import MAIL, MOBILE, hidden
from spnr_graph.tables.rows import check
from spnr_graph.tables.workbook.annotated import annotate
from tests.own_formats import CONTEXT, project, sheet

MAPPING = """PREFIX table: <https://w3id.org/spnr/table#>
CONSTRUCT { ?row <urn:says> ?value } WHERE { ?row table:colonne ?value }
"""
ADDRESS, MOBILE_NUMBER = "prenom.nom@exemple.invalid", "06 12 34 56 78"
KINDS = [
    "texte", "nom", "identifiant", "siret", "acteur", "commune", "nom-commune",
    "departement", "code-postal", "date", "periode", "montant", "entier", "booleen",
    "url", "courriel", "telephone", "latitude", "concept",
]  # fmt: skip


def read(folder, kind, value):
    """Return the terms and the findings of a cell of a kind."""
    field = {"name": "colonne", "kind": kind}
    if kind == "concept":
        field["scheme"] = "role"
    own = formats(project(folder, essai=({"title": "E", "fields": [field]}, MAPPING)))
    rows = check(
        sheet(("colonne",), (value,)), own["essai"].resources[0], CONTEXT, "a.csv"
    )
    return [term for row in rows for term in row.terms], rows.findings


@pytest.mark.parametrize("value", [
    ADDRESS, f"https://exemple.fr/{ADDRESS}", f"={ADDRESS}", f"Dijon {ADDRESS}",
    f"mailto:{ADDRESS}", "x" * 70 + ADDRESS,
])  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_an_address_of_a_person_enters_nowhere(tmp_path, kind, value):
    terms, findings = read(tmp_path, kind, value)
    report = Report.of(list(findings))

    assert "prenom" not in str(terms)
    assert findings
    for name in ("text", "json", "csv", "markdown"):
        assert b"prenom" not in render(report, name, lang="fr")
        assert b"prenom" not in render(report, name, lang="en")


@pytest.mark.parametrize("kind", ["texte", "nom", "telephone", "concept", "montant"])
def test_a_mobile_number_is_in_no_report(tmp_path, kind):
    terms, findings = read(tmp_path, kind, MOBILE_NUMBER)

    assert "34 56" not in str(terms) + str(findings)
    assert findings


def test_a_report_as_a_workbook_lists_no_address(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(f"colonne\n{ADDRESS}\n", encoding="utf-8")
    _, findings = read(tmp_path, "courriel", ADDRESS)
    output = io.BytesIO()

    annotate(table, findings, output, lang="fr")

    book = openpyxl.load_workbook(output)
    listed = [cell.value for row in book["Rapport"].iter_rows() for cell in row]
    assert "…@…" in listed
    assert ADDRESS not in listed


@given(st.text(alphabet="a.@-+ 0617\N{NO-BREAK SPACE}é", max_size=40))
def test_nothing_hidden_is_left(text):
    shown = hidden(text)

    assert not MAIL.search(shown)
    assert not MOBILE.search(shown)
