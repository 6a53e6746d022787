"""The workbook that a coordinator sends to a partner, empty or filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.tables.workbook import dress, guide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from spnr_graph.tables.formats import Field, Format, Resource
    from spnr_graph.tables.workbook.vocabulary import Vocabulary

    #: Names of columns → what their cells hold.
    Row = Mapping[str, object]

#: Name of the format that the workbook has.
FORMAT: Final = "classeur"
_WIDTHS: Final = {
    "texte": 44, "nom": 34, "url": 34, "identifiant": 24, "reference": 26,
    "territoire": 26, "concept": 26, "siren": 12, "siret": 17, "rna": 13,
    "date": 13, "montant": 16, "nombre": 13,
}  # fmt: skip
_FORMATS: Final = {"montant": "# ##0.00", "nombre": "0.00"}
_REQUIRED: Final = {
    True: {"fr": "À remplir.", "en": "To be filled in."},
    False: {"fr": "Facultatif.", "en": "Optional."},
}
_SEVERAL: Final = {
    "fr": "Plusieurs valeurs possibles, séparées par |.",
    "en": "Several values allowed, separated by |.",
}
_FOR_EXAMPLE: Final = {"fr": "Exemple :", "en": "Example:"}
#: Things of the graph that are listed; a list that is longer is of no help.
_MOST: Final = 5_000
_MORE: Final = {
    "fr": "… et {} autres : les chercher avec spnr explain.",
    "en": "… and {} others: look for them with spnr explain.",
}
_KNOWN: Final = {
    "fr": ("déjà dans le graphe", "Feuille", "Nom", "Nom court"),
    "en": ("already in the graph", "Sheet", "Name", "Short name"),
}


def template(
    output: BinaryIO,
    form: Format,
    vocabulary: Vocabulary,
    *,
    partner: str = "",
    lang: str = "fr",
) -> None:
    """Write an empty workbook with its instructions, its lists and an example.

    Args:
        output: where the bytes go.
        form: the format of the workbook.
        vocabulary: what its lists offer.
        partner: to whom it is sent.
        lang: language of titles, comments and labels.

    Raises:
        DataError: openpyxl is missing.
    """
    examples = {
        resource.name: [_example(resource, vocabulary, lang)]
        for resource in form.resources
    }
    book = filled(form, vocabulary, examples, partner=partner, lang=lang)
    for resource in form.resources:
        _grey(book[resource.name], len(resource.fields))
    dress.save(book, output, title=form.title(lang))


def filled(
    form: Format,
    vocabulary: Vocabulary,
    rows: Mapping[str, Sequence[Row]],
    *,
    partner: str,
    lang: str,
) -> Workbook:
    """Return the workbook with these rows, by the names of its sheets.

    Raises:
        DataError: openpyxl is missing.
    """
    book = dress.new_book()
    from spnr_graph.tables.workbook import lists

    guide.write(book, partner=partner, lang=lang)
    sheets = {
        resource.name: book.create_sheet(resource.name) for resource in form.resources
    }
    fields = [field for resource in form.resources for field in resource.fields]
    ranges = lists.write(book, vocabulary, fields, lang=lang)
    for resource in form.resources:
        sheet = sheets[resource.name]
        _titles(sheet, resource, lang)
        for place, field in enumerate(resource.fields, 1):
            lists.validate(sheet, place, field, ranges, lang=lang)
        for number, row in enumerate(rows.get(resource.name, ()), 2):
            _fill(sheet, number, resource.fields, row)
        _finish(sheet, len(resource.fields), len(rows.get(resource.name, ())) + 1)
    if any(vocabulary.known.values()):
        _known(book, vocabulary, lang)
    return book


def _titles(sheet: Worksheet, resource: Resource, lang: str) -> None:
    """Write the titles with their comments, and say how each column is kept."""
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter

    from spnr_graph.tables.workbook import lists

    for place, field in enumerate(resource.fields, 1):
        cell = sheet.cell(1, place)
        mark = " *" if field.required else ""
        colour = dress.REQUIRED if field.required else dress.OPTIONAL
        dress.head(cell, lists.title(field, lang) + mark, colour=colour)
        dress.note(cell, _comment(field, lang))
        kind = lists.of(field)["kind"]
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS.get(kind, 30)
        column.number_format = _FORMATS.get(kind, "@")
        column.protection = Protection(locked=False)
    sheet.row_dimensions[1].height = 32


def _comment(field: Field, lang: str) -> str:
    """Return what a column expects, whether it must be filled in, and an example."""
    key = "description" if lang == "fr" else "description_en"
    lines = [str(field.options.get(key) or field.options.get("description") or "")]
    lines.append(_REQUIRED[field.required][lang])
    if field.kind == "liste":
        lines.append(_SEVERAL[lang])
    if example := field.options.get("example"):
        lines.append(f"{_FOR_EXAMPLE[lang]} {example}")
    return "\n".join(line for line in lines if line)


def _fill(sheet: Worksheet, number: int, fields: Sequence[Field], row: Row) -> None:
    from openpyxl.styles import Alignment, Protection

    from spnr_graph.tables.workbook import lists

    for place, field in enumerate(fields, 1):
        value = row.get(field.name)
        if value is None:
            continue
        cell: Any = sheet.cell(number, place)
        kind = lists.of(field)["kind"]
        cell.number_format = _FORMATS.get(kind, "@")
        cell.protection = Protection(locked=False)
        cell.alignment = Alignment(vertical="top", wrap_text=kind == "texte")
        dress.put(cell, value)


def _finish(sheet: Worksheet, columns: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{max(rows, 2)}"
    sheet.print_title_rows = "1:1"
    dress.protect(sheet)
    dress.page(sheet, landscape=True)


def _example(resource: Resource, vocabulary: Vocabulary, lang: str) -> Row:
    """Return the example row: what the descriptor gives, in the language."""
    from spnr_graph.tables.workbook import lists

    row: dict[str, object] = {}
    for field in resource.fields:
        inner = lists.of(field)
        example = field.options.get("example")
        if example is None or inner.get("exact"):
            continue
        if inner["kind"] == "concept":
            example = vocabulary.translated.get((inner["scheme"], str(example)))
        elif inner["kind"] in {"montant", "nombre"}:
            example = float(example)
        row[field.name] = example
    return row


def _grey(sheet: Worksheet, columns: int) -> None:
    """Show that the second row is an example."""
    from openpyxl.styles import Font

    for place in range(1, columns + 1):
        cell = sheet.cell(2, place)
        cell.font = Font(name=dress.FONT, size=11, italic=True, color=dress.FAINT)
        cell.fill = dress.fill(dress.EXAMPLE)


def _known(book: Workbook, vocabulary: Vocabulary, lang: str) -> None:
    """List what the graph knows, with the names by which a row can refer to it."""
    name, *titles = _KNOWN[lang]
    sheet = book.create_sheet(name)
    for place, title in enumerate(titles, 1):
        dress.head(sheet.cell(1, place), title)
    lines = [
        (kind, *each) for kind, things in vocabulary.known.items() for each in things
    ]
    if len(lines) > _MOST:
        more = _MORE[lang].format(len(lines) - _MOST)
        lines = [*lines[:_MOST], ("", more, "")]
    for number, line in enumerate(lines, 2):
        for place, text in enumerate(line, 1):
            dress.put(sheet.cell(number, place), text)
    for letter, width in zip("ABC", (14, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:C{len(lines) + 1}"
    dress.protect(sheet)
    dress.page(sheet, landscape=True)
