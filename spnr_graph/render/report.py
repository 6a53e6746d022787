"""Report of a check → text, JSON, CSV or Markdown, in French or English."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.findings import Severity
from spnr_graph.namespaces import shorten
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from spnr_graph.findings import Finding, Report

#: IRI → label in the reader's language.
Labels = Mapping[str, str]

#: What data must not do to a terminal: break lines, move the cursor, colour.
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_IRI: Final = re.compile(r"<([^<>]*)>")
#: Severity → singular and plural, in French and in English.
_WORDS: Final = {
    Severity.VIOLATION: ("violation", "violations", "violation", "violations"),
    Severity.WARNING: ("avertissement", "avertissements", "warning", "warnings"),
    Severity.INFO: ("conseil", "conseils", "hint", "hints"),
}
_SOURCES: Final = ("source", "sources", "source", "sources")
_COLUMNS: Final = (
    ("source", "source"),
    ("gravité", "severity"),
    ("élément", "thing"),
    ("nom", "name"),
    ("message", "message"),
    ("chemin", "path"),
    ("valeur", "value"),
    ("forme", "shape"),
    ("composant", "component"),
    ("feuille", "sheet"),
    ("ligne", "row"),
    ("colonne", "column"),
)
_WORST_FIRST: Final = sorted(Severity, reverse=True)


def text(
    report: Report, *, lang: str, labels: Labels | None = None, most: int = 5
) -> str:
    """Return the report as a person reads it on a terminal.

    Args:
        report: what was found.
        lang: ``"fr"`` or ``"en"``.
        labels: names of things.
        most: how many findings of one shape are shown; the others are counted.
    """
    lines = [_summary(report, lang)]
    for source, findings in _grouped(report.findings, lambda f: f.source):
        lines += ["", source]
        worst = sorted(findings, key=_by_topic)
        for _, same in _grouped(worst, lambda f: _by_topic(f)[:4]):
            for group in _alike(same, lang):
                lines += _repeated(group, lang=lang, labels=labels or {}, most=most)
    return "\n".join(lines) + "\n"


def _grouped(
    findings: Iterable[Finding], key: Callable[[Finding], Any]
) -> list[tuple[Any, list[Finding]]]:
    """Return (key, findings) in the order in which keys first appear."""
    groups: dict[Any, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.items())


def _summary(report: Report, lang: str) -> str:
    """Return the first line: how many findings, in how many sources."""
    if not report.findings:
        return "Aucun constat." if lang == "fr" else "No finding."
    counts = ", ".join(
        counted(n, _WORDS[severity], lang)
        for severity in _WORST_FIRST
        if (n := report.count(severity))
    )
    sources = counted(len({f.source for f in report.findings}), _SOURCES, lang)
    return f"{counts} {'dans' if lang == 'fr' else 'in'} {sources}"


def _by_topic(
    finding: Finding,
) -> tuple[int, bool, str, str, bool, str, int, Finding]:
    """Sort worst first, cells before things, then by shape, column and row.

    Of a column, what counts others comes last.
    """
    return (
        -finding.severity,
        not finding.column,
        finding.shape,
        finding.column,
        not finding.row,
        finding.sheet,
        finding.row,
        finding,
    )


def _topic(finding: Finding, lang: str) -> str:
    """Return what findings of one shape with several messages have in common."""
    if not finding.column:
        return shorten(finding.shape)
    word = "colonne" if lang == "fr" else "column"
    return f"{word} {_column(finding)}"


def _alike(findings: list[Finding], lang: str) -> list[list[Finding]]:
    """Split findings of one shape by message, when few messages come many times."""
    groups = [same for _, same in _grouped(findings, lambda f: f.text(lang))]
    return groups if 2 * len(groups) <= len(findings) else [findings]


def _repeated(
    findings: list[Finding], *, lang: str, labels: Labels, most: int
) -> list[str]:
    """Return the findings of one shape: its message once, then the things."""
    first = findings[0]
    word = _severity(first, lang)
    messages = {finding.text(lang) for finding in findings}
    alike = len(messages) == 1
    title = first.text(lang) if alike else _topic(first, lang)
    lines = [f"  {word} — {_CONTROLS.sub(' ', title)}"]
    for finding in findings[:most]:
        about = _thing(finding, labels) or _place(finding, lang)
        parts = [about, _path(finding), _value(finding, labels)]
        parts += [] if alike else [finding.text(lang)]
        if shown := " · ".join(part for part in parts if part):
            lines.append("    " + _CONTROLS.sub(" ", shown))
    if (more := len(findings) - most) > 0:
        rest = number(more, lang)
        words = f"… et {rest} autres" if lang == "fr" else f"… and {rest} more"
        lines.append(f"    {words}")
    return lines


def _severity(finding: Finding, lang: str) -> str:
    return _WORDS[finding.severity][0 if lang == "fr" else 2]


def _thing(finding: Finding, labels: Labels) -> str:
    """Return the name of the thing with its short IRI."""
    short = shorten(finding.focus)
    label = labels.get(finding.focus)
    return f"{label} ({short})" if label else short


def _place(finding: Finding, lang: str) -> str:
    """Return where in a table a finding is: sheet, row, column."""
    words = ("feuille", "ligne", "colonne")
    if lang != "fr":
        words = ("sheet", "row", "column")
    values = (finding.sheet, finding.row, _column(finding))
    found = zip(words, values, strict=True)
    return ", ".join(f"{word} {value}" for word, value in found if value)


def _column(finding: Finding) -> str:
    """Return the title of a column without the mark of what must be filled in."""
    return finding.column.removesuffix(" *")


def _path(finding: Finding) -> str:
    return _IRI.sub(lambda iri: shorten(iri[1]), finding.path)


def _value(finding: Finding, labels: Labels) -> str:
    """Return the offending value, unless it is the thing itself."""
    if finding.value in {finding.focus, f"<{finding.focus}>"}:
        return ""
    if iri := _IRI.fullmatch(finding.value):
        return labels.get(iri[1]) or shorten(iri[1])
    said, quote, kind = finding.value.rpartition('"')  # a text may hold tags
    return said + quote + _IRI.sub(lambda each: shorten(each[1]), kind)


def _cells(finding: Finding, lang: str, labels: Labels) -> list[str]:
    """Return one row: the columns of CSV and, shortened, those of Markdown."""
    return [
        finding.source,
        _severity(finding, lang),
        finding.focus,
        labels.get(finding.focus, ""),
        finding.text(lang),
        finding.path,
        finding.value,
        finding.shape,
        finding.component,
        finding.sheet,
        str(finding.row or ""),
        finding.column,
    ]


def as_csv(report: Report, *, lang: str, labels: Labels | None = None) -> str:
    """Return every finding as a row of CSV, IRIs in full."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(column[0 if lang == "fr" else 1] for column in _COLUMNS)
    for finding in report.findings:
        writer.writerow(_cells(finding, lang, labels or {}))
    return output.getvalue()


def _cell(finding: Finding) -> dict[str, str | int]:
    """Return the place of a finding in a table; nothing when it is in no table."""
    place: dict[str, str | int] = {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
    }
    return {name: value for name, value in place.items() if value}


def as_json(report: Report, *, lang: str, labels: Labels | None = None) -> str:
    """Return every finding as JSON, its message in both languages."""
    del lang
    names = labels or {}
    found = [
        {
            "source": finding.source,
            "severity": finding.severity.name.lower(),
            "focus": finding.focus,
            **({"label": names[finding.focus]} if finding.focus in names else {}),
            "shape": finding.shape,
            "path": finding.path,
            "value": finding.value,
            "component": finding.component,
            **_cell(finding),
            "message": {"fr": finding.fr, "en": finding.en},
        }
        for finding in report.findings
    ]
    counts = {
        severity.name.lower(): report.count(severity) for severity in _WORST_FIRST
    }
    answer = {"conforms": report.conforms, "counts": counts, "findings": found}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def as_markdown(report: Report, *, lang: str, labels: Labels | None = None) -> str:
    """Return a table per source."""
    titles = ("Gravité", "Élément", "Constat", "Chemin", "Valeur")
    if lang != "fr":
        titles = ("Severity", "Thing", "Finding", "Path", "Value")
    names = labels or {}
    lines = ["# Constats" if lang == "fr" else "# Findings", "", _summary(report, lang)]
    for source, findings in _grouped(report.findings, lambda f: f.source):
        lines += ["", f"## {_escaped(source)}", "", _row(titles)]
        lines.append(_row(["---"] * len(titles)))
        for finding in findings:
            cells = (
                _severity(finding, lang),
                _escaped(_thing(finding, names) or _place(finding, lang)),
                _escaped(finding.text(lang)),
                _escaped(_path(finding)),
                _escaped(_value(finding, names)),
            )
            lines.append(_row(cells))
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(words: str) -> str:
    """Return words that Markdown shows as they are, on one line."""
    plain = re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", words)
    return " ".join(plain.split())


#: Name of a format → its renderer.
RENDERERS: Final[Mapping[str, Callable[..., str]]] = {
    "text": text,
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
}


def render(
    report: Report, name: str, *, lang: str, labels: Labels | None = None
) -> bytes:
    r"""Return a report in the format of that name, as UTF-8.

    Example:
        >>> from spnr_graph.findings import Report
        >>> render(Report(findings=()), "text", lang="fr").decode()
        'Aucun constat.\n'
    """
    text = RENDERERS[name](report, lang=lang, labels=labels)
    return text.encode(errors="replace")  # a file may have any name
