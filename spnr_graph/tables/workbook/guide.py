"""The first sheet of a workbook: what to do, in ten lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.tables.workbook import dress

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE: Final = {"fr": "Mode d'emploi", "en": "Instructions"}
_HEADING: Final = {
    "fr": "Vos acteurs, vos initiatives, et qui participe à quoi",
    "en": "Your actors, your initiatives, and who takes part in what",
}
_PARTNER: Final = {"fr": "Partenaire : {}", "en": "Partner: {}"}
_STEPS: Final = {
    "fr": (
        "Remplir trois feuilles, dans cet ordre : « acteurs » (les organisations), "
        "« initiatives » (ce qui est mené), « participations » (qui fait quoi).",
        "Écrire une organisation, une initiative ou une participation par ligne, sans "
        "laisser de ligne de titres ni de total.",
        "Donner à chaque acteur et à chaque initiative un identifiant court, et le "
        "garder d'un envoi à l'autre.",
        "Les colonnes au titre bleu, marquées *, sont à remplir ; les grises, quand "
        "vous le savez. Passer la souris sur un titre pour lire ce qu'il attend.",
        "Choisir dans les listes déroulantes. La feuille « listes » les donne en "
        "entier.",
        "Séparer par une barre | plusieurs valeurs dans une même cellule, par "
        "exemple : citoyens | entreprises.",
        "Dans « participations », désigner un acteur ou une initiative par "
        "l'identifiant de sa ligne ; un acteur qui n'est pas dans le classeur, par son "
        "SIREN ; ce qui est déjà dans le graphe, par son nom court (acteur:…, "
        "initiative:…).",
        "Écrire une date aussi précisément que vous la connaissez : 2021, 2021-03 ou "
        "15/03/2021.",
        "N'écrire aucune donnée personnelle : ni nom, ni adresse, ni téléphone d'une "
        "personne. L'adresse du document qui l'atteste suffit, dans « Source ».",
        "Enregistrer au format XLSX et renvoyer le classeur. Vous recevrez un "
        "rapport : votre classeur, avec les cellules à corriger en couleur.",
    ),
    "en": (
        "Fill in three sheets, in this order: \"acteurs\" (the organisations), "
        "\"initiatives\" (what is done), \"participations\" (who does what).",
        "Write one organisation, initiative or participation per row, with no heading "
        "or total in between.",
        "Give each actor and each initiative a short identifier, and keep it from one "
        "delivery to the next.",
        "Columns with a blue title, marked *, must be filled in; the grey ones when "
        "you know. Point at a title to read what it expects.",
        "Choose from the drop-down lists. The sheet \"listes\" gives them in full.",
        "Separate several values in one cell by a bar |, for example: citizens | "
        "businesses.",
        "In \"participations\", name an actor or an initiative by the identifier of "
        "its row; an actor that is not in the workbook by its SIREN; what is already "
        "in the graph by its short name (acteur:…, initiative:…).",
        "Write a date as precisely as you know it: 2021, 2021-03 or 2021-03-15.",
        "Write no personal data: no name, address or telephone of a person. The "
        "address of the document that attests it is enough, in \"Source\".",
        "Save as XLSX and send the workbook back. You will receive a report: your "
        "workbook, with the cells to be corrected in colour.",
    ),
}  # fmt: skip
_EXAMPLE: Final = {
    "fr": "Un exemple est en deuxième ligne de chaque feuille, en italique : il n'est "
    "pas lu, comme toute ligne dont l'identifiant commence par « exemple ». Vous "
    "pouvez l'effacer.",
    "en": "An example is in the second row of each sheet, in italics: it is not read, "
    "like any row whose identifier starts with \"exemple\". You may delete it.",
}  # fmt: skip
_HELP: Final = {
    "fr": "Une question ? La poser à la coordination qui vous a envoyé ce classeur.",
    "en": "A question? Ask the coordination team that sent you this workbook.",
}


def write(book: Workbook, *, partner: str, lang: str) -> None:
    """Write the sheet that says what to do, and protect it."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(TITLE[lang])
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 5
    sheet.column_dimensions["B"].width = 96
    dress.put(sheet["B1"], _HEADING[lang])
    sheet["B1"].font = Font(name=dress.FONT, size=18, bold=True, color=dress.REQUIRED)
    if partner:
        dress.put(sheet["B2"], _PARTNER[lang].format(partner))
        sheet["B2"].font = Font(name=dress.FONT, size=12, color=dress.FAINT)
    wrapped = Alignment(wrap_text=True, vertical="top")
    ink = Font(name=dress.FONT, size=12, color=dress.INK)
    lines = [*enumerate(_STEPS[lang], 1), ("", _EXAMPLE[lang]), ("", _HELP[lang])]
    for row, (number, text) in enumerate(lines, 4):
        mark, cell = sheet.cell(row, 1), sheet.cell(row, 2)
        dress.put(mark, number or None)
        dress.put(cell, text)
        mark.font = Font(name=dress.FONT, size=12, bold=True, color=dress.REQUIRED)
        cell.font, cell.alignment = ink, wrapped
        mark.alignment = Alignment(horizontal="right", vertical="top")
        sheet.row_dimensions[row].height = 22 + 16 * (len(text) // 95)
    dress.protect(sheet)
    dress.page(sheet, landscape=False)
