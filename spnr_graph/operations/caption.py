"""What is written around a drawing: title, what was kept, who publishes, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.catalogue import sources
from spnr_graph.labels import labels
from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.render.sheet import Caption

if TYPE_CHECKING:
    from datetime import date

    from spnr_graph.projection import Filters
    from spnr_graph.store import Store

#: Field of ``Filters`` → what it is called in a subtitle.
_SAID: Final = {
    "axis": ("axe", "axis"),
    "objective": ("objectif", "objective"),
    "audience": ("public", "audience"),
    "territory": ("territoire", "territory"),
    "actor_kind": ("type d'acteur", "kind of actor"),
    "initiative_kind": ("genre d'initiative", "kind of initiative"),
    "role": ("rôle", "role"),
    "source": ("source", "source"),
}


def caption(store: Store, *, title: str, chosen: Filters | None, lang: str) -> Caption:
    """Return what is written around a drawing of a store.

    Args:
        store: an open store.
        title: heading.
        chosen: what was kept.
        lang: language of labels and words.
    """
    origin, licence = _provenance(store, lang)
    return Caption(
        lang=lang,
        title=title,
        subtitle=_subtitle(store, chosen, lang),
        source=origin,
        licence=licence,
    )


def _provenance(store: Store, lang: str) -> tuple[str, str]:
    """Return who publishes the contributions that are drawn, and their licences."""
    from rdflib.term import URIRef

    drawn = [s for g, s in sources(store).items() if not g.startswith(REFERENCE_GRAPHS)]
    publishers = sorted({URIRef(s.publisher) for s in drawn if s.publisher})
    dates = sorted(s.date for s in drawn if s.date)
    origin = ", ".join(labels(store, publishers, lang).values())
    if dates:
        origin = f"{origin} ({_day(dates[-1], lang)})".strip()
    licences = sorted({URIRef(s.licence) for s in drawn if s.licence})
    return origin, ", ".join(labels(store, licences, lang).values())


def _day(day: date, lang: str) -> str:
    return day.strftime("%d/%m/%Y") if lang == "fr" else day.isoformat()


def _subtitle(store: Store, chosen: Filters | None, lang: str) -> str:
    """Say in words what was kept."""
    from rdflib.term import URIRef

    if chosen is None:
        return ""
    parts = []
    for field, words in _SAID.items():
        iris = [URIRef(iri) for iri in getattr(chosen, field)]
        if iris:
            values = ", ".join(labels(store, iris, lang).values())
            colon = "\N{NO-BREAK SPACE}:" if lang == "fr" else ":"
            parts.append(f"{words[lang != 'fr']}{colon} {values}")
    if chosen.on:
        parts.append(f"{'au' if lang == 'fr' else 'on'} {_day(chosen.on, lang)}")
    if chosen.between:
        first, last = (_day(day, lang) for day in chosen.between)
        parts.append(
            f"du {first} au {last}" if lang == "fr" else f"from {first} to {last}"
        )
    if not chosen.collaborative:
        parts.append("tous les rôles" if lang == "fr" else "all roles")
    return " · ".join(parts)
