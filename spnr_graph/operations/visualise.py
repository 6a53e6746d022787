"""Show: the network of collaborations as a page, a picture or an exchange file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.catalogue import sources
from spnr_graph.errors import DataError
from spnr_graph.labels import labels
from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.operations.network import network

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import networkx as nx

    from spnr_graph.project import Project
    from spnr_graph.projection import Filters, Mode, Weight
    from spnr_graph.render.sheet import Caption
    from spnr_graph.store import Store

_TITLES: Final = {
    "actors": ("Réseau des collaborations", "Network of collaborations"),
    "actors-initiatives": ("Acteurs et initiatives", "Actors and initiatives"),
}
#: Field of ``Filters`` → what it is called in a subtitle.
_SAID: Final = {
    "axis": ("axe", "axis"),
    "objective": ("objectif", "objective"),
    "audience": ("public", "audience"),
    "territory": ("territoire", "territory"),
    "actor_kind": ("type d'acteur", "kind of actor"),
    "initiative_kind": ("genre d'initiative", "kind of initiative"),
    "role": ("rôle", "role"),
}


def visualise(
    store: Store,
    *,
    format_name: str = "html",
    mode: Mode = "actors",
    weight: Weight = "count",
    chosen: Filters | None = None,
    title: str = "",
    lang: str = "fr",
    project: Project | None = None,
) -> bytes:
    """Draw the network of collaborations.

    Args:
        store: an open store.
        format_name: ``html``, ``svg``, ``png``, ``json`` (node-link), ``graphml``
            or ``gexf``.
        mode: ``"actors"`` (who works with whom) or ``"actors-initiatives"``.
        weight: ``"count"`` of shared initiatives, or ``"newman"``.
        chosen: what to keep; by default all that counts as collaboration.
        title: heading; says what the mode shows by default.
        lang: language of labels and words.
        project: whose internal queries read the store.

    Returns:
        The bytes of one file, the same for the same content and arguments.

    Raises:
        DataError: a picture is asked for and matplotlib is not installed.
        StoreError: the store does not answer.
    """
    from spnr_graph.render.sheet import Caption

    graph = network(
        store, mode=mode, weight=weight, chosen=chosen, lang=lang, project_=project
    )
    origin, licence = _provenance(store, lang)
    caption = Caption(
        lang=lang,
        title=title or _TITLES[mode][lang != "fr"],
        subtitle=_subtitle(store, chosen, lang),
        source=origin,
        licence=licence,
    )
    return _DRAWN[format_name](graph, caption)


def _html(graph: nx.Graph[str], caption: Caption) -> bytes:
    from spnr_graph.render.page import page

    return page(
        graph,
        lang=caption.lang,
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        licence=caption.licence,
    )


def _picture(kind: str) -> Callable[[nx.Graph[str], Caption], bytes]:
    def draw(graph: nx.Graph[str], caption: Caption) -> bytes:
        from spnr_graph.render import picture

        try:
            return (
                picture.svg(graph, caption)
                if kind == "svg"
                else picture.png(graph, caption)
            )
        except ModuleNotFoundError as error:
            raise DataError(
                fr="Les images demandent matplotlib. L'installer : "
                "pip install 'spnr-graph[picture]'.",
                en="Pictures need matplotlib. Install it: "
                "pip install 'spnr-graph[picture]'.",
            ) from error

    return draw


def _exchange(kind: str) -> Callable[[nx.Graph[str], Caption], bytes]:
    def write(graph: nx.Graph[str], _: Caption) -> bytes:
        from spnr_graph.render import exchange

        writers = {
            "json": exchange.node_link,
            "graphml": exchange.graphml,
            "gexf": exchange.gexf,
        }
        return writers[kind](graph)

    return write


_DRAWN: Final = {
    "html": _html,
    "svg": _picture("svg"),
    "png": _picture("png"),
    "json": _exchange("json"),
    "graphml": _exchange("graphml"),
    "gexf": _exchange("gexf"),
}


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
    if not chosen.collaborative:
        parts.append("tous les rôles" if lang == "fr" else "all roles")
    return " · ".join(parts)
