"""The report on a delivery as a copy of it: wrong cells in colour, with the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.findings import Report, Severity
from spnr_graph.namespaces import shorten
from spnr_graph.tables.workbook import dress
from spnr_graph.tables.workbook.copy import Copied, copied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from spnr_graph.findings import Finding
    from spnr_graph.tables.sheets import TableLimits
    from spnr_graph.tables.workbook.copy import Opener

TITLE: Final = {"fr": "Rapport", "en": "Report"}
#: Whose comments these are: they go away when the copy is reported on in its turn.
_AUTHOR: Final = "spnr_graph, rapport"
#: What stands between our comment and the one that was there before.
_BEFORE: Final = "\n\n— — —\n"
#: Light tints of Okabe and Ito's vermilion, orange and sky blue.
_COLOURS: Final = {
    Severity.VIOLATION: "F9D5C2",
    Severity.WARNING: "FBE7BD",
    Severity.INFO: "D9EEF9",
}
_WORDS: Final = {
    Severity.VIOLATION: {"fr": "À corriger", "en": "To be corrected"},
    Severity.WARNING: {"fr": "À vérifier", "en": "To be checked"},
    Severity.INFO: {"fr": "Pour information", "en": "For information"},
}
_HEADING: Final = {"fr": "Rapport sur {}", "en": "Report on {}"}
_VERDICT: Final = {
    (False, "fr"): "Refusé en l'état : corriger les cellules « À corriger », puis "
    "renvoyer ce classeur. Ce qui est déjà dans le graphe n'a pas changé.",
    (False, "en"): "Refused as it is: mend the cells \"To be corrected\", then send "
    "this workbook back. What is already in the graph has not changed.",
    (True, "fr"): "Peut être chargé. Les cellules « À vérifier » qui sont fausses n'y "
    "sont pas reprises.",
    (True, "en"): "Can be loaded. Cells \"To be checked\" that are wrong are not "
    "taken.",
}  # fmt: skip
_NOTHING: Final = {"fr": "Rien à signaler.", "en": "Nothing to report."}
_COLUMNS: Final = {
    "fr": ("Gravité", "Cellule", "Feuille", "Ligne", "Colonne", "Valeur", "Constat"),
    "en": ("Severity", "Cell", "Sheet", "Row", "Column", "Value", "Finding"),
}
_WIDTHS: Final = (17, 10, 18, 8, 24, 30, 90)
_PARTIAL: Final = {
    "fr": "« {0} » : les {1} dernières lignes sans constat n'y sont pas recopiées.",
    "en": "\"{0}\": the last {1} rows without finding are not copied here.",
}  # fmt: skip
#: Lines of the report; a sheet cannot hold more comments in comfort.
_MOST: Final = 5_000
_MORE: Final = {
    "fr": "… et {} autres constats.",
    "en": "… and {} other findings.",
}


def annotate(
    source: Opener,
    findings: Iterable[Finding],
    output: BinaryIO,
    *,
    label: str = "",
    lang: str = "fr",
    name: str = "",
    path_in_json: str = "",
    limits: TableLimits | None = None,
) -> None:
    """Write a copy of a table with its wrong cells marked, and a sheet that lists them.

    Args:
        source: what was sent: a file, or what returns a new binary stream.
        findings: what was found, of the table and of what it says.
        output: where the bytes go, a workbook whatever was sent.
        label: what the report calls it; its file name by default.
        lang: language of the report.
        name: its file name, when ``source`` is no path.
        path_in_json: key of the array in a JSON document.
        limits: how much it may cost.

    Raises:
        DataError: the table cannot be read, or openpyxl is missing.
    """
    report = Report.of(list(findings))
    label = label or name or getattr(source, "name", "")
    wrong: dict[str, set[int]] = {}
    for finding in report.findings:
        wrong.setdefault(finding.sheet, set()).add(finding.row)
    book, sheets = copied(
        source,
        label=label,
        wrong=wrong,
        lang=lang,
        name=name,
        path_in_json=path_in_json,
        limits=limits,
    )
    _forget(book)
    marked: dict[tuple[str, str], list[Finding]] = {}
    places = {}
    for finding in report.findings:
        if place := _cell(finding, sheets):
            marked.setdefault(place, []).append(finding)
            places[finding] = place
    for (title, where), found in marked.items():
        _mark(book[title][where], found, lang)
    _list(book, report, places, sheets, label=label, lang=lang)
    dress.save(book, output, title=_HEADING[lang].format(label))


def _cell(finding: Finding, sheets: Mapping[str, Copied]) -> tuple[str, str] | None:
    """Return the sheet and the cell of a finding; None when it is in no table."""
    from openpyxl.utils import get_column_letter

    copy = sheets.get(finding.sheet)
    if copy is None or not (finding.row or finding.column):
        return None
    first = finding.column.split(", ")[0]  # a key of several columns
    column = copy.columns.get(finding.column) or copy.columns.get(first) or 1
    return copy.sheet.title, f"{get_column_letter(column)}{copy.row(finding.row)}"


def _mark(cell: Cell, found: list[Finding], lang: str) -> None:
    """Colour a cell by the worst of its findings, and say in a comment what to do."""
    worst = max(finding.severity for finding in found)
    told = "\n\n".join(
        dict.fromkeys(f"{_WORDS[f.severity][lang]} : {f.text(lang)}" for f in found)
    )
    if lang == "en":
        told = told.replace(" : ", ": ")
    before = cell.comment.text if cell.comment else ""
    dress.note(cell, told + (f"{_BEFORE}{before}" if before else ""), author=_AUTHOR)
    cell.fill = dress.fill(_COLOURS[worst])


def _forget(book: Workbook) -> None:
    """Take away the report and the marks of a copy that comes back corrected."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for title in TITLE.values():
        if title in book.sheetnames and _is_ours(book[title]):
            book.remove(book[title])
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.comment is None or cell.comment.author != _AUTHOR:
                    continue
                _, _, before = cell.comment.text.partition(_BEFORE)
                cell.comment = Comment(before, dress.AUTHOR) if before else None
                cell.fill = PatternFill()


def _is_ours(sheet: Worksheet) -> bool:
    heads = {_HEADING[lang].format("") for lang in _HEADING}
    return str(sheet["A1"].value or "").startswith(tuple(heads))


def _list(
    book: Workbook,
    report: Report,
    places: Mapping[Finding, tuple[str, str]],
    sheets: Mapping[str, Copied],
    *,
    label: str,
    lang: str,
) -> None:
    """Write the first sheet: the verdict, then every finding with a link."""
    sheet = book.create_sheet(TITLE[lang], 0)
    book.active = 0
    for each in book.worksheets[1:]:
        each.sheet_view.tabSelected = False
    head = _verdict(sheet, report, sheets, label=label, lang=lang)
    for place, title in enumerate(_COLUMNS[lang], 1):
        dress.head(sheet.cell(head, place), title)
    in_order = {name: place for place, name in enumerate(sheets)}
    ranked = sorted(
        report.findings,
        key=lambda f: (-f.severity, in_order.get(f.sheet, -1), f.row, f.column),
    )
    for row, finding in enumerate(ranked[:_MOST], head + 1):
        _line(sheet, row, finding, places.get(finding), lang)
    if len(ranked) > _MOST:
        more = _MORE[lang].format(len(ranked) - _MOST)
        dress.put(sheet.cell(head + _MOST + 1, 1), more)
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{head + 1}"
    last = head + min(len(ranked), _MOST)
    sheet.auto_filter.ref = f"A{head}:G{max(last, head + 1)}"
    dress.page(sheet, landscape=True)


def _verdict(
    sheet: Worksheet,
    report: Report,
    sheets: Mapping[str, Copied],
    *,
    label: str,
    lang: str,
) -> int:
    """Write what the whole comes to, and return the row where the list begins."""
    from openpyxl.styles import Font

    dress.put(sheet["A1"], _HEADING[lang].format(label))
    sheet["A1"].font = Font(name=dress.FONT, size=16, bold=True, color=dress.INK)
    dress.put(sheet["A2"], _VERDICT[report.conforms, lang])
    dress.put(sheet["A3"], _counts(report, lang))
    row = 5
    for copy in sheets.values():
        if copy.left:
            said = _PARTIAL[lang].format(copy.sheet.title, copy.left)
            dress.put(sheet.cell(row, 1), said)
            row += 1
    return row


def _counts(report: Report, lang: str) -> str:
    """Return how many findings of each severity there are."""
    parts = [
        f"{_WORDS[severity][lang]}{' :' if lang == 'fr' else ':'} "
        f"{report.count(severity)}"
        for severity in sorted(Severity, reverse=True)
        if report.count(severity)
    ]
    return " · ".join(parts) or _NOTHING[lang]


def _line(
    sheet: Worksheet,
    row: int,
    finding: Finding,
    place: tuple[str, str] | None,
    lang: str,
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    title, where = place or ("", "")
    told: tuple[Any, ...] = (
        _WORDS[finding.severity][lang],
        where or None,
        title or finding.sheet or None,
        finding.row or None,
        finding.column or None,
        _value(finding),
        finding.text(lang),
    )
    for column, value in enumerate(told, 1):
        cell = sheet.cell(row, column)
        dress.put(cell, value)
        cell.alignment = Alignment(vertical="top", wrap_text=column >= 6)
    sheet.cell(row, 1).fill = dress.fill(_COLOURS[finding.severity])
    if place:
        link = sheet.cell(row, 2)
        quoted = title.replace("'", "''")
        link.hyperlink = Hyperlink(ref=f"B{row}", location=f"'{quoted}'!{where}")
        link.font = Font(name=dress.FONT, color=dress.REQUIRED, underline="single")


def _value(finding: Finding) -> str | None:
    """Return the wrong value, or the thing that a finding is about."""
    if finding.value.startswith('"'):
        body = finding.value[1 : finding.value.rindex('"')]
        return body.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
    return finding.value or (shorten(finding.focus) if finding.focus else None)
