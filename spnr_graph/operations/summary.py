"""What ``info`` found → text, JSON or Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import shorten
from spnr_graph.operations.totals import totals_text, triples_text
from spnr_graph.render.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from spnr_graph.operations.info import Info

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
    lines += ["", totals_text(info.totals, lang) or ("(vide)" if french else "(empty)")]
    lines.append(triples_text(info.triples, info.derived, lang))
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
    lines += ["", totals_text(info.totals, lang), ""]
    lines += [triples_text(info.triples, info.derived, lang), ""]
    return "\n".join([*lines, *_advice(info, lang)]).rstrip() + "\n"


#: Format name → renderer, for ``spnr info -f``.
INFO: Final[dict[str, Callable[..., str]]] = {
    "text": info_text,
    "json": info_json,
    "markdown": info_markdown,
}
