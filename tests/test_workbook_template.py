"""The workbook that a coordinator sends: its sheets, lists, comments, protection."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from spnr_graph.operations.template import template
from spnr_graph.store import open_store
from spnr_graph.tables.workbook import template as write
from tests.commands import run
from tests.workbooks import form, load, words, written


def made(lang="fr", **options):
    output = io.BytesIO()
    write(output, form(), words(lang), partner="arnia", lang=lang, **options)
    return output.getvalue()


def opened(data):
    return load_workbook(io.BytesIO(data))


def validations(sheet):
    """Return column → (type, formula, whether other values are refused)."""
    return {
        str(rule.sqref).partition("2:")[0]: (
            rule.type,
            rule.formula1,
            bool(rule.showErrorMessage),
        )
        for rule in sheet.data_validations.dataValidation
    }


def test_the_sheets_come_in_the_order_in_which_they_are_filled_in():
    titles = opened(made()).sheetnames

    assert titles == [
        "Mode d'emploi",
        "acteurs",
        "initiatives",
        "participations",
        "listes",
    ]


def test_the_same_project_gives_the_same_bytes():
    assert made() == made()


def test_required_columns_are_marked_and_explained():
    sheet = opened(made())["acteurs"]

    titles = [cell.value for cell in sheet[1]]
    assert titles[:3] == ["Identifiant *", "Nom *", "Nom anglais"]
    assert sheet["B1"].comment.text == (
        "Nom officiel de l'organisation, en toutes lettres. Jamais le nom d'une "
        "personne.\nÀ remplir.\nExemple : Syndicat mixte du Val-Vert"
    )
    assert sheet["D1"].comment.text.splitlines()[1:] == [
        "Facultatif.",
        "Plusieurs valeurs possibles, séparées par |.",
        "Exemple : SMVV | Val-Vert numérique",
    ]
    assert sheet["B1"].fill.start_color.rgb != sheet["C1"].fill.start_color.rgb


def test_every_column_is_explained_in_both_languages():
    for resource in form().resources:
        for field in resource.fields:
            said = {"title", "title_en", "description", "description_en", "example"}
            assert said <= set(field.options), f"{resource.name}, {field.name}"
            assert field.options["title"] in field.aliases
            assert field.options["title_en"] in field.aliases


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_lists_hold_the_labels_of_the_schemes(lang):
    sheet = opened(made(lang))["listes"]

    columns = {
        column[0].value: [c.value for c in column[1:]] for column in sheet.columns
    }
    role = "Rôle" if lang == "fr" else "Role"
    found = [value for value in columns[role] if value]
    assert found == list(words(lang).concepts["role"].values())
    assert ("porteur" if lang == "fr" else "lead") in found


def test_cells_offer_their_lists_and_refuse_what_is_none():
    book = opened(made())
    found = validations(book["participations"])
    roles = len(words().concepts["role"])

    kind, source, strict = found["C"]
    sheet, _, cells = source.partition("!")
    held = [row[0].value for row in book[sheet][cells.replace("$", "")]]
    assert (kind, strict) == ("list", True)
    assert held == list(words().concepts["role"].values())
    assert len(held) == roles
    assert found["A"] == (
        "list",
        "OFFSET(acteurs!$A$2,0,0,MAX(1,COUNTA(acteurs!$A$2:$A$5000)),1)",
        False,
    )
    assert found["F"] == ("decimal", "0", True)
    assert found["D"][0] == "custom"


def test_titles_and_lists_are_locked_and_cells_are_not():
    book = opened(made())
    sheet = book["acteurs"]

    assert all(each.protection.sheet for each in book.worksheets)
    assert sheet["A1"].protection.locked
    assert not sheet["A2"].protection.locked
    assert not sheet.column_dimensions["F"].protection.locked
    assert book["listes"]["A2"].protection.locked


def test_numbers_of_registers_are_kept_as_text():
    sheet = opened(made())["acteurs"]
    titles = {cell.value: cell.column_letter for cell in sheet[1]}

    for title in ("SIREN", "SIRET"):
        assert sheet.column_dimensions[titles[title]].number_format == "@"
        assert sheet[f"{titles[title]}2"].data_type == "s"


def test_sheets_are_ready_to_be_read_and_printed():
    sheet = opened(made())["initiatives"]

    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:X2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == (
        "landscape",
        1,
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_is_complete_and_is_not_read(lang):
    data = made(lang)
    book = opened(data)

    for resource in form().resources:
        row = [cell.value for cell in book[resource.name][2]]
        assert row.count(None) == 1, f"only the name in the graph: {resource.name}"
    triples, findings = load(data)
    rules = sorted((f.sheet, f.shape.rpartition("#")[2]) for f in findings)
    assert triples == set()
    assert rules == [
        ("", "no-row"),
        ("acteurs", "no-row"),
        ("acteurs", "row-example"),
        ("initiatives", "no-row"),
        ("initiatives", "row-example"),
        ("participations", "no-row"),
        ("participations", "row-example"),
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_would_be_read_without_a_finding(lang):
    book = opened(made(lang))
    rows = {}
    for resource in form().resources:
        cells = [cell.value for cell in book[resource.name][2]]
        named = dict(zip([f.name for f in resource.fields], cells, strict=True))
        rows[resource.name] = [
            {
                name: value.replace("exemple-", "val-")
                if isinstance(value, str)
                else value
                for name, value in named.items()
            }
        ]

    triples, findings = load(written(rows, lang))

    assert findings == ()
    assert len(triples) == 54


def test_a_workbook_with_actors_alone_is_read():
    rows = {"acteurs": [{"identifiant": "a", "nom": "A"}]}

    triples, findings = load(written(rows))

    assert len(triples) == 3
    assert [(f.sheet, f.severity.name) for f in findings] == [
        ("initiatives", "INFO"),
        ("participations", "INFO"),
    ]


def test_sheets_may_be_renamed_in_capitals():
    data = written({"acteurs": [{"identifiant": "a", "nom": "A"}]})
    book = opened(data)
    book["acteurs"].title = "ACTEURS"
    output = io.BytesIO()
    book.save(output)

    assert load(output.getvalue())[0] == load(data)[0]


def test_things_of_the_store_are_listed_to_be_referred_to():
    graph = "https://w3id.org/spnr/graph/contribution/x/y"
    line = (
        "<https://w3id.org/spnr/id/acteur/siren-123456782> {} .\n"
        "<https://w3id.org/spnr/id/acteur/siren-123456782> "
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "Syndicat"@fr .\n'
    ).format(
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/spnr/def#Actor>"
    )
    output = io.BytesIO()
    with open_store("memory:") as store:
        from rdflib.term import URIRef

        store.replace(URIRef(graph), io.BytesIO(line.encode()))
        template(output, store=store, partner="arnia")

    rows = list(opened(output.getvalue())["déjà dans le graphe"].values)
    assert rows[0] == ("Feuille", "Nom", "Nom court")
    assert ("acteurs", "Syndicat", "acteur:siren-123456782") in rows


def test_the_command_writes_the_workbook(tmp_path):
    file = tmp_path / "classeur.xlsx"

    result = run(
        "--store", str(tmp_path / "none"), "template", str(file), "--partner", "arnia"
    )

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Classeur écrit dans {file}\n"
    assert opened(file.read_bytes())["Mode d'emploi"]["B2"].value == (
        "Partenaire : arnia"
    )
