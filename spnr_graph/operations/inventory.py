"""What ``info`` found → text, JSON, CSV or Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import shorten
from spnr_graph.operations.freshness import Freshness, freshness
from spnr_graph.operations.layout import aligned, csv_text, markdown
from spnr_graph.operations.totals import totals_text, triples_text
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from spnr_graph.operations.info import Info

#: Key → French and English title.
_COLUMNS: Final = {
    "name": ("source", "source"),
    "publisher": ("éditeur", "publisher"),
    "licence": ("licence", "licence"),
    "document": ("document", "document"),
    "date": ("date", "date"),
    "age_days": ("âge (jours)", "age (days)"),
    "frequency": ("fréquence", "frequency"),
    "updated": ("dernier changement", "last change"),
    "late_days": ("retard (jours)", "late (days)"),
    "state": ("état", "state"),
    "checked": ("moissonné le", "harvested"),
    "failing_since": ("en échec depuis", "failing since"),
    "error": ("raison", "reason"),
    "last_refused": ("dernier refus", "last refused"),
    "triples": ("triplets", "triples"),
    "loaded": ("chargé le", "loaded"),
    "version": ("version", "version"),
    "findings": ("constats", "findings"),
    "graph": ("graphe", "graph"),
}
_SHOWN: Final = ("name", "publisher", "licence", "triples", "findings")
#: State of a harvest that fails → what is said of it, with the day since when.
_TROUBLES: Final = {
    "unreachable": ("injoignable depuis le {}", "unreachable since {}"),
    "refused": ("livraison refusée depuis le {}", "delivery refused since {}"),
    "failed": ("livraison illisible depuis le {}", "delivery unreadable since {}"),
}
_DAYS: Final = ("jour", "jours", "day", "days")


def _all(info: Info, today: date) -> list[Freshness]:
    """Judge every source; the harvest of each is found by its graph."""
    return [
        freshness(source, [o for o in info.outcomes if o.graph == source.graph], today)
        for source in info.sources
    ]


def _rows(info: Info, today: date, lang: str) -> list[dict[str, object]]:
    names = {str(iri): name for iri, name in info.labels.items()}
    return [
        {
            "name": each.source.name,
            "publisher": names.get(each.source.publisher, ""),
            "licence": names.get(each.source.licence, ""),
            "document": each.source.document,
            "date": _text(each.source.date),
            "age_days": "" if each.age is None else each.age,
            "frequency": each.frequency.text(lang),
            "updated": _text(each.updated),
            "late_days": each.late,
            "state": _state(each, lang),
            "checked": _text(each.checked),
            "failing_since": _text(each.trouble.failing if each.trouble else None),
            "error": each.trouble.text(lang) if each.trouble else "",
            "last_refused": _text(each.refused),
            "triples": each.source.triples,
            "loaded": _text(each.source.loaded),
            "version": each.source.version,
            "findings": each.source.findings,
            "graph": each.source.graph,
        }
        for each in _all(info, today)
    ]


def _text(moment: date | None) -> str:
    return moment.isoformat() if moment else ""


def _state(each: Freshness, lang: str) -> str:
    """Say whether a source is late, and whether its harvest fails."""
    french = lang == "fr"
    said = []
    if each.late:
        days = counted(each.late, _DAYS, lang)
        said.append(f"en retard de {days}" if french else f"{days} late")
    if each.trouble is not None and each.trouble.failing is not None:
        words = _TROUBLES[each.trouble.state][0 if french else 1]
        said.append(words.format(_day(each.trouble.failing)))
    if said:
        return ", ".join(said)
    if each.frequency.days is None:
        return "sans échéance" if french else "nothing promised"
    if each.age is None:
        return "date inconnue" if french else "date unknown"
    return "à jour" if french else "on time"


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


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
    said.extend(
        f"{name} : n'est plus au catalogue, et ce qu'il disait est encore là. L'y "
        "remettre, ou recharger le tout dans un entrepôt neuf."
        if french
        else f"{name}: no longer in the catalogue, and what it said is still here. Put "
        "it back there, or load everything into a new store."
        for name in info.gone
    )
    return said


def _titles(keys: Iterable[str], lang: str) -> list[str]:
    return [_COLUMNS[key][0 if lang == "fr" else 1] for key in keys]


def info_text(info: Info, *, lang: str, today: date) -> str:
    """Return what a store holds as text for a terminal."""
    rows, french = _rows(info, today, lang), lang == "fr"
    shown = [dict(row, triples=number(int(str(row["triples"])), lang)) for row in rows]
    table = [[str(row[key]) for key in _SHOWN] for row in shown]
    lines = [f"{'Entrepôt' if french else 'Store'} : {info.location}", ""]
    lines += aligned([_titles(_SHOWN, lang), *table], right={3})
    lines += ["", *_freshness(rows, lang)] if rows else []
    lines += ["", totals_text(info.totals, lang) or ("(vide)" if french else "(empty)")]
    lines.append(triples_text(info.triples, info.derived, lang))
    good = "Santé : rien à signaler." if french else "Health: nothing to report."
    lines += _advice(info, lang) or [good]
    return "\n".join(lines) + "\n"


def _freshness(rows: list[dict[str, object]], lang: str) -> list[str]:
    """Return who is late, by how much, and whose harvest fails, since when and why."""
    keys = ("name", "frequency", "updated", "state")
    table = [[str(row[key]) for key in keys] for row in rows]
    lines = aligned([_titles(keys, lang), *table])
    colon = " :" if lang == "fr" else ":"
    for row in rows:
        if row["error"]:
            lines.append(f"  {row['name']}{colon} {row['error']}")
        if row["last_refused"]:
            words = "dernière livraison refusée le" if lang == "fr" else "last refused"
            day = str(row["last_refused"])[:10]
            lines.append(f"  {row['name']}{colon} {words} {day}")
    return lines


def info_json(info: Info, *, lang: str, today: date) -> str:
    """Return what a store holds as JSON, with stable keys."""
    value = {
        "location": info.location,
        "sources": _rows(info, today, lang),
        "totals": {shorten(kind): n for kind, n in info.totals.items()},
        "triples": info.triples,
        "derived": info.derived,
        "healthy": info.healthy,
        "advice": _advice(info, lang),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def info_markdown(info: Info, *, lang: str, today: date) -> str:
    """Return the sources of a store as a Markdown table, then totals and health."""
    rows = [row.values() for row in _rows(info, today, lang)]
    lines = markdown([_titles(_COLUMNS, lang), *map(list, rows)])
    lines += ["", totals_text(info.totals, lang), ""]
    lines += [triples_text(info.triples, info.derived, lang), ""]
    return "\n".join([*lines, *_advice(info, lang)]).rstrip() + "\n"


def info_csv(info: Info, *, lang: str, today: date) -> str:
    """Return the sources of a store as CSV."""
    rows = [list(row.values()) for row in _rows(info, today, lang)]
    return csv_text([_titles(_COLUMNS, lang), *rows])


#: Format name → renderer, for ``spnr info -f``.
INFO: Final[dict[str, Callable[..., str]]] = {
    "text": info_text,
    "csv": info_csv,
    "json": info_json,
    "markdown": info_markdown,
}
