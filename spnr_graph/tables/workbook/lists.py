"""The lists that cells are chosen from, and the validations that offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spnr_graph.tables.workbook import dress

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.workbook.vocabulary import Vocabulary

TITLE: Final = "listes"
#: Rows below the title to which lists and formats apply.
LAST_ROW: Final = 5000
_PLACES: Final = {"fr": "Territoires", "en": "Territories"}
_WRONG: Final = {
    "fr": ("Valeur inconnue", "Choisir une valeur de la liste déroulante."),
    "en": ("Unknown value", "Choose a value of the drop-down list."),
}
_NUMBER: Final = {
    "fr": ("Nombre attendu", "Écrire un nombre positif, sans unité : 12500 ou 0,5."),
    "en": ("Number expected", "Write a positive number, without unit: 12500 or 0.5."),
}
_DATE: Final = {
    "fr": ("Date attendue", "Écrire 2021, 2021-03 ou 15/03/2021."),
    "en": ("Date expected", "Write 2021, 2021-03 or 2021-03-15."),
}
#: A date of Excel's, a year, a year and a month, or a day written in either way.
_IS_DATE: Final = (
    "OR(ISNUMBER({0}),AND(LEN({0})=4,ISNUMBER(VALUE({0}))),"
    'AND(LEN({0})=7,MID({0},5,1)="-"),AND(LEN({0})=10,'
    'OR(MID({0},5,1)="-",MID({0},3,1)="/")))'
)


def write(
    book: Workbook, vocabulary: Vocabulary, fields: list[Field], *, lang: str
) -> dict[str, str]:
    """Write the sheet of lists, and protect it.

    Returns:
        Name of a list (a scheme, or ``territoire``) → the range that holds it.
    """
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(TITLE)
    lists: dict[str, tuple[str, list[str]]] = {}
    for field in fields:
        scheme = str(of(field).get("scheme", ""))
        if scheme and scheme not in lists:
            labels = list(vocabulary.concepts.get(scheme, {}).values())
            lists[scheme] = (title(field, lang), labels)
    lists["territoire"] = (_PLACES[lang], vocabulary.listed_places())
    ranges = {}
    for column, (name, (heading, values)) in enumerate(lists.items(), 1):
        letter = get_column_letter(column)
        dress.head(sheet.cell(1, column), heading)
        for row, value in enumerate(values, 2):
            dress.put(sheet.cell(row, column), value)
        longest = max(map(len, (heading, *values)))
        sheet.column_dimensions[letter].width = min(longest, 60) + 3
        ranges[name] = f"{TITLE}!${letter}$2:${letter}${max(len(values), 1) + 1}"
    sheet.freeze_panes = "A2"
    dress.protect(sheet)
    dress.page(sheet, landscape=True)
    return ranges


def title(field: Field, lang: str) -> str:
    """Return the title of a column in a language."""
    key = "title" if lang == "fr" else "title_en"
    return str(field.options.get(key) or field.options.get("title") or field.name)


def of(field: Field) -> dict[str, Any]:
    """Return the kind of a cell, or of its items, with the options of that kind."""
    if field.kind != "liste":
        return {"kind": field.kind, **field.options}
    inner = field.options.get("of", "texte")
    return dict(inner) if isinstance(inner, dict) else {**field.options, "kind": inner}


def validate(
    sheet: Worksheet, column: int, field: Field, ranges: dict[str, str], *, lang: str
) -> None:
    """Let a column offer its list, or refuse what is no date or no number."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(column)
    inner = of(field)
    kind = inner["kind"]
    several = field.kind == "liste"
    if kind == "concept":
        rule = _list(ranges[inner["scheme"]], several=several, lang=lang)
    elif kind == "territoire":
        rule = _list(ranges["territoire"], several=True, lang=lang)
    elif kind == "reference" and not inner.get("exact"):
        source = f"{inner['sheet']}!$A$2"
        held = f"{inner['sheet']}!$A$2:$A${LAST_ROW}"
        rows = f"OFFSET({source},0,0,MAX(1,COUNTA({held})),1)"
        rule = _list(rows, several=True, lang=lang)
    elif kind in {"montant", "nombre"}:
        rule = _said(
            DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0"),
            _NUMBER[lang],
        )
    elif kind == "date":
        rule = _said(
            DataValidation(type="custom", formula1=_IS_DATE.format(f"{letter}2")),
            _DATE[lang],
        )
    else:
        return
    rule.allow_blank = True
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _list(source: str, *, several: bool, lang: str) -> DataValidation:
    """Return a list; where several values may stand, it offers without refusing."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=source)
    if several:
        rule.showErrorMessage = False
        return rule
    return _said(rule, _WRONG[lang])


def _said(rule: DataValidation, words: tuple[str, str]) -> DataValidation:
    rule.errorTitle, rule.error = words
    rule.showErrorMessage = True
    return rule
