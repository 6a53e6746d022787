"""The report as a copy of what was sent: wrong cells in colour, each with its mend."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook, load_workbook

from spnr_graph.findings import Finding, Severity
from spnr_graph.tables.workbook import annotate, copy
from tests.workbooks import load, written

ROWS = {
    "acteurs": [
        {"identifiant": "val", "nom": "=1+1", "siren": "123"},
        {"identifiant": "mont", "siren": "732829320"},
    ]
}
RED, ORANGE, BLUE = "00F9D5C2", "00FBE7BD", "00D9EEF9"


def annotated(data, findings, name="envoi.xlsx", **options):
    """Return the annotated copy of a delivery, opened."""
    output = io.BytesIO()
    annotate(lambda: io.BytesIO(data), findings, output, name=name, **options)
    return load_workbook(io.BytesIO(output.getvalue())), output.getvalue()


def finding(severity=Severity.WARNING, **where):
    message = {"fr": "Faux. Écrire 1.", "en": "Wrong. Write 1."}
    return Finding(
        source="x", severity=severity, focus="", shape="s", **message, **where
    )


def report(book, title="Rapport"):
    return [list(row) for row in book[title].iter_rows(values_only=True)]


def test_wrong_cells_are_coloured_and_say_what_to_do():
    data = written(ROWS)
    _, findings = load(data)

    sheet = annotated(data, findings)[0]["acteurs"]

    assert sheet["F2"].fill.start_color.rgb == ORANGE
    assert sheet["F2"].comment.text == (
        "À vérifier : SIREN « 123 » : nombre de chiffres faux. Vérifier le numéro, par "
        "exemple 732829320."
    )
    assert sheet["B3"].fill.start_color.rgb == RED
    assert sheet["B2"].fill.start_color.rgb == BLUE
    assert sheet["A2"].comment is None


def test_the_report_comes_first_and_links_to_the_cells():
    data = written(ROWS)
    _, findings = load(data)

    book, _ = annotated(data, findings)

    assert book.sheetnames[:3] == ["Rapport", "Mode d'emploi", "acteurs"]
    rows = report(book)
    assert rows[0][0] == "Rapport sur envoi.xlsx"
    assert rows[1][0] == (
        "Refusé en l'état : corriger les cellules « À corriger », puis renvoyer ce "
        "classeur. Ce qui est déjà dans le graphe n'a pas changé."
    )
    assert rows[2][0] == "À corriger : 1 · À vérifier : 1 · Pour information : 3"
    assert rows[4] == [
        *("Gravité", "Cellule", "Feuille", "Ligne", "Colonne", "Valeur", "Constat"),
    ]
    assert [row[:6] for row in rows[5:8]] == [
        ["À corriger", "B3", "acteurs", 3, "Nom *", None],
        ["À vérifier", "F2", "acteurs", 2, "SIREN", "123"],
        ["Pour information", "B2", "acteurs", 2, "Nom *", "=1+1"],
    ]
    assert book["Rapport"]["B6"].hyperlink.location == "'acteurs'!B3"
    assert book["Rapport"]["F8"].data_type == "s"


def test_sheets_values_widths_and_lists_are_kept():
    data = written(ROWS)
    before = load_workbook(io.BytesIO(data))

    after, _ = annotated(data, [])

    assert after.sheetnames == ["Rapport", *before.sheetnames]
    for sheet in before.worksheets:
        copied = after[sheet.title]
        assert list(copied.values) == list(sheet.values)
        widths = {k: d.width for k, d in sheet.column_dimensions.items()}
        assert {k: d.width for k, d in copied.column_dimensions.items()} == widths
        lists = len(sheet.data_validations.dataValidation)
        assert len(copied.data_validations.dataValidation) == lists
    assert report(after)[2][0] == "Rien à signaler."


def test_formulas_are_replaced_by_text_or_by_their_values():
    book = Workbook()
    book.active.append(["nom", "total"])
    book.active.append(["=cmd|' /C calc'!A0", "=SUM(1,2)"])
    book.active["A2"].data_type = "s"
    output = io.BytesIO()
    book.save(output)

    sheet = annotated(output.getvalue(), [])[0]["Sheet"]

    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("s", True)
    assert sheet["B2"].value is None


def test_a_copy_that_comes_back_corrected_is_read_and_forgets_its_marks():
    data = written(ROWS)
    triples, findings = load(data)
    _, marked = annotated(data, findings)

    again, _ = load(marked)
    book, _ = annotated(marked, [], name="retour.xlsx")

    assert again == triples
    assert book.sheetnames.count("Rapport") == 1
    assert book["acteurs"]["F2"].comment is None
    assert book["acteurs"]["F2"].fill.fill_type is None
    assert book["acteurs"]["B1"].comment.text.startswith("Nom officiel")


def test_the_comment_that_was_there_stays_below_ours():
    data = written(ROWS)
    help_text = load_workbook(io.BytesIO(data))["acteurs"]["F1"].comment.text

    _, marked = annotated(data, [finding(sheet="acteurs", column="SIREN")])
    book = load_workbook(io.BytesIO(marked))
    twice, _ = annotated(marked, [])

    assert book["acteurs"]["F1"].comment.text == (
        f"À vérifier : Faux. Écrire 1.\n\n— — —\n{help_text}"
    )
    assert twice["acteurs"]["F1"].comment.text == help_text


def test_names_of_people_who_wrote_the_workbook_are_not_kept():
    book = Workbook()
    book.active.append(["nom"])
    book.active.append(["A"])
    book.properties.creator = book.properties.lastModifiedBy = "Nom Prénom"
    output = io.BytesIO()
    book.save(output)

    copied = annotated(output.getvalue(), [])[0]

    assert (copied.properties.creator, copied.properties.lastModifiedBy) == (
        "spnr_graph",
        None,
    )


CSV = b'nom;valeur\n"A\nB";=1+1\nC;-2\n'
JSON = json.dumps([{"nom": "A", "mots": ["x", "y"]}, {"nom": "C", "mots": {"k": 1}}])


def test_a_csv_file_becomes_a_workbook_with_the_same_rows():
    wrong = finding(row=4, column="valeur", value='"-2"')

    book, data = annotated(CSV, [wrong], name="envoi.csv")

    sheet = book["table"]
    assert list(sheet.values) == [("nom", "valeur"), ("A\nB", "=1+1"), ("C", "-2")]
    assert (sheet["B2"].data_type, sheet["B2"].quotePrefix) == ("s", True)
    assert sheet["B3"].fill.start_color.rgb == ORANGE
    assert report(book)[5][:6] == ["À vérifier", "B3", "table", 4, "valeur", "-2"]
    assert annotated(CSV, [wrong], name="envoi.csv")[1] == data


def test_a_json_file_becomes_a_workbook_with_the_same_rows():
    book, _ = annotated(JSON.encode(), [], name="envoi.json", lang="en")

    assert list(book["table"].values) == [
        ("nom", "mots"),
        ("A", "x | y"),
        ("C", '{"k": 1}'),
    ]
    assert report(book, "Report")[:3] == [
        ["Report on envoi.json", *[None] * 6],
        [
            "Can be loaded. Cells \"To be checked\" that are wrong are not taken.",
            *[None] * 6,
        ],
        ["Nothing to report.", *[None] * 6],
    ]  # fmt: skip


def test_findings_of_no_cell_are_listed_without_a_link():
    whole = finding(Severity.VIOLATION)
    elsewhere = finding(sheet="nulle part", row=3, value="<https://example.org/x>")

    book, _ = annotated(CSV, [whole, elsewhere], name="envoi.csv")

    assert [row[:6] for row in report(book)[5:]] == [
        ["À corriger", None, None, None, None, None],
        ["À vérifier", None, "nulle part", 3, None, "<https://example.org/x>"],
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_of_a_long_table_the_rows_with_findings_are_copied(monkeypatch, lang):
    monkeypatch.setattr(copy, "COPIED", 2)
    data = b"nom\n" + b"".join(b"n%d\n" % n for n in range(10))

    book, _ = annotated(data, [finding(row=9, column="nom")], "long.csv", lang=lang)

    assert [row[0] for row in book["table"].values] == ["nom", "n0", "n1", "n7"]
    told = report(book, "Rapport" if lang == "fr" else "Report")[4][0]
    assert told.startswith(("« table » : les 7", '"table": the last 7'))


def test_a_heavy_workbook_is_rebuilt_from_its_values(monkeypatch):
    monkeypatch.setattr(copy, "_HEAVY", 10)
    data = written(ROWS)

    book, _ = annotated(data, [finding(sheet="acteurs", row=3, column="SIREN")])

    assert "acteurs" in book.sheetnames
    assert book["acteurs"]["A3"].value == "mont"
    assert book["acteurs"]["F3"].fill.start_color.rgb == ORANGE


def test_names_that_no_sheet_can_have_are_shortened():
    taken = Workbook()
    names = []
    for _ in range(2):
        names.append(copy._free(taken, "Fichier [2026] " + "x" * 40))
        taken.create_sheet(names[-1])

    assert names == [
        "Fichier -2026- xxxxxxxxxxxxxxxx",
        "Fichier -2026- xxxxxxxxxxxx (2)",
    ]
