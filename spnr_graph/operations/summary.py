"""What ``load`` did and what ``info`` found → text, JSON, CSV or Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from spnr_graph.operations.info import Info
    from spnr_graph.operations.loaded import Loaded, LoadResult

#: Class → (French singular, French plural, English singular, English plural).
_KINDS: Final = {
    "Actor": ("acteur", "acteurs", "actor", "actors"),
    "Initiative": ("initiative", "initiatives", "initiative", "initiatives"),
    "Participation": (
        "participation", "participations", "participation", "participations",
    ),
    "DigitalService": (
        "service numérique", "services numériques",
        "digital service", "digital services",
    ),
    "CoverageObservation": (
        "observation de couverture", "observations de couverture",
        "coverage observation", "coverage observations",
    ),
}  # fmt: skip
_SEVERITIES: Final = {
    Severity.VIOLATION: ("violation", "violations", "violation", "violations"),
    Severity.WARNING: ("avertissement", "avertissements", "warning", "warnings"),
    Severity.INFO: ("conseil", "conseils", "hint", "hints"),
}
#: What became of a contribution that was not placed, in French and in English.
_STATES: Final = {
    "unchanged": ("inchangé", "unchanged"),
    "refused": (
        "REFUSÉ : la version antérieure reste en place",
        "REFUSED: the former version stays",
    ),
    "failed": ("NON CHARGÉ : rien n'a changé", "NOT LOADED: nothing changed"),
}
#: The same of a refused contribution that has no former version.
_FIRST: Final = ("REFUSÉ : rien n'a changé", "REFUSED: nothing changed")
#: How many findings of a refused contribution the text shows.
_SHOWN: Final = 5


def _totals(totals: Mapping[str, int], lang: str) -> str:
    parts = []
    for name, words in _KINDS.items():
        value = totals.get(PREFIXES["spnr"] + name, 0)
        if value:
            parts.append(counted(value, words, lang))
    return " · ".join(parts)


def _triples(triples: int, derived: int, lang: str) -> str:
    total = counted(triples, ("triplet", "triplets", "triple", "triples"), lang)
    if lang == "fr":
        return f"{total}, dont {number(derived, lang)} déduits par les règles"
    return f"{total}, of which {number(derived, lang)} derived by the rules"


def _state(each: Loaded, lang: str) -> str:
    if each.state == "loaded" and each.change is not None:
        added, removed = (
            number(n, lang) for n in (each.change.added, each.change.removed)
        )
        return f"+{added} −{removed}"
    first = each.state == "refused" and not each.triples
    words = _FIRST if first else _STATES.get(each.state, ("", ""))
    return words[0] if lang == "fr" else words[1]


def loaded_text(result: LoadResult, *, lang: str, errors: bool = True) -> str:
    """Return the report of a loading: each contribution, totals, findings.

    Args:
        result: what ``operations.load`` returned.
        lang: ``"fr"`` or ``"en"``.
        errors: say why sources could not be read.
    """
    french = lang == "fr"
    n = sum(each.state != "failed" for each in result.contributions)
    head = counted(
        n, ("source lue", "sources lues", "source read", "sources read"), lang
    )
    lines = [f"{head} {'dans' if french else 'into'} {result.location}"]
    name_width = max((len(each.name) for each in result.contributions), default=0)
    sizes = [
        "–" if each.state == "failed" else number(each.triples, lang)
        for each in result.contributions
    ]
    size_width = max(map(len, sizes), default=0)
    for each, size in zip(result.contributions, sizes, strict=True):
        noun = "triplets" if french else "triples"
        line = f"  {each.name:<{name_width}}  {size:>{size_width}} {noun}  "
        lines.append((line + _state(each, lang)).rstrip())
        if errors and each.error is not None:
            lines.append(f"      {each.error.text(lang)}")
        lines += _why_refused(each, result, lang)
    lines.append("")
    lines.append(_totals(result.totals, lang) or ("(vide)" if french else "(empty)"))
    lines.append(_triples(result.triples, result.derived, lang))
    lines.append(_findings(result, lang))
    return "\n".join(lines) + "\n"


def _why_refused(each: Loaded, result: LoadResult, lang: str) -> list[str]:
    if each.state != "refused":
        return []
    worst = [
        f for f in result.report.findings
        if f.source == each.name and f.severity is Severity.VIOLATION
    ]  # fmt: skip
    colon = " :" if lang == "fr" else ":"
    lines = [f"      {shorten(f.focus)}{colon} {f.text(lang)}" for f in worst[:_SHOWN]]
    if len(worst) > _SHOWN:
        more = number(len(worst) - _SHOWN, lang)
        lines.append(
            f"      … et {more} autres" if lang == "fr" else f"      … and {more} more"
        )
    return lines


def _findings(result: LoadResult, lang: str) -> str:
    counts = ", ".join(
        counted(sum(each.findings[rank] for each in result.contributions), words, lang)
        for rank, words in enumerate(_SEVERITIES.values())
    )
    if lang == "fr":
        return f"Constats : {counts} (détail : spnr validate)"
    return f"Findings: {counts} (details: spnr validate)"


_COLUMNS = (
    ("name", "source", "source"),
    ("publisher", "éditeur", "publisher"),
    ("licence", "licence", "licence"),
    ("date", "date", "date"),
    ("age_days", "âge (jours)", "age (days)"),
    ("triples", "triplets", "triples"),
    ("loaded", "chargé le", "loaded"),
    ("findings", "constats", "findings"),
    ("graph", "graphe", "graph"),
)


def _rows(info: Info, today: date) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    names = {str(iri): name for iri, name in info.labels.items()}
    for source in info.sources:
        age = (today - source.date).days if source.date else None
        rows.append({
            "name": source.name,
            "publisher": names.get(source.publisher, ""),
            "licence": names.get(source.licence, ""),
            "date": source.date.isoformat() if source.date else "",
            "age_days": "" if age is None else age,
            "triples": source.triples,
            "loaded": source.loaded.isoformat() if source.loaded else "",
            "findings": source.findings,
            "graph": source.graph,
        })  # fmt: skip
    return rows


def _advice(info: Info, lang: str) -> list[str]:
    french = lang == "fr"
    said = []
    if info.stale:
        said.append(
            "Les énoncés déduits ne suivent plus les sources : relancer spnr load."
            if french
            else "Derived statements no longer match the sources: run spnr load again."
        )
    said.extend(
        f"{graph} : graphe sans description au catalogue ; le recharger par spnr load."
        if french
        else f"{graph}: no description in the catalogue; load it with spnr load."
        for graph in info.undescribed
    )
    said.extend(
        f"{graph} : modifié hors de spnr load ; le recharger avec --force."
        if french
        else f"{graph}: changed outside of spnr load; load it again with --force."
        for graph in info.altered
    )
    return said


def info_text(info: Info, *, lang: str, today: date) -> str:
    """Return what a store holds as text for a terminal."""
    rows, french = _rows(info, today), lang == "fr"
    keys = ("name", "publisher", "licence", "date", "age_days", "triples", "findings")
    titles = {key: (fr if french else en) for key, fr, en in _COLUMNS}
    table = [[titles[key] for key in keys]]
    for row in rows:
        cells = dict(row, triples=number(int(str(row["triples"])), lang))
        table.append([str(cells[key]) for key in keys])
    widths = [max(len(line[i]) for line in table) for i in range(len(keys))]
    right = {"age_days", "triples"}
    lines = [f"{'Entrepôt' if french else 'Store'} : {info.location}", ""]
    for line in table:
        cells_ = (
            f"{cell:>{w}}" if key in right else f"{cell:<{w}}"
            for cell, w, key in zip(line, widths, keys, strict=True)
        )
        lines.append("  ".join(cells_).rstrip())
    lines += ["", _totals(info.totals, lang) or ("(vide)" if french else "(empty)")]
    lines.append(_triples(info.triples, info.derived, lang))
    good = "Santé : rien à signaler." if french else "Health: nothing to report."
    lines += _advice(info, lang) or [good]
    return "\n".join(lines) + "\n"


def info_json(info: Info, *, lang: str, today: date) -> str:
    """Return what a store holds as JSON, with stable keys."""
    value = {
        "location": info.location,
        "sources": _rows(info, today),
        "totals": {shorten(kind): n for kind, n in info.totals.items()},
        "triples": info.triples,
        "derived": info.derived,
        "healthy": info.healthy,
        "advice": _advice(info, lang),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def info_markdown(info: Info, *, lang: str, today: date) -> str:
    """Return the sources of a store as a Markdown table, then totals and health."""
    french = lang == "fr"
    titles = [fr if french else en for _, fr, en in _COLUMNS]
    lines = [f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}"]
    for row in _rows(info, today):
        cells = (str(row[key]).replace("|", "\\|") for key, _, _ in _COLUMNS)
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", _totals(info.totals, lang), ""]
    lines += [_triples(info.triples, info.derived, lang), ""]
    return "\n".join([*lines, *_advice(info, lang)]).rstrip() + "\n"


#: Format name → renderer, for ``spnr info -f``.
INFO: Final[dict[str, Callable[..., str]]] = {
    "text": info_text,
    "json": info_json,
    "markdown": info_markdown,
}
