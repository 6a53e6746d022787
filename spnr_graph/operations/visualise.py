"""Show: the network as a page, a picture or an exchange file; charts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.namespaces import LANGUAGES
from spnr_graph.operations.caption import caption
from spnr_graph.operations.network import pull_network
from spnr_graph.operations.network.bounds import check_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

    from spnr_graph.project import Project
    from spnr_graph.projection import Filters, Mode, Narrowing, Weight
    from spnr_graph.render.layout import Positions
    from spnr_graph.render.sheet import Caption
    from spnr_graph.store import Store

_TITLES: Final = {
    "actors": ("Réseau des collaborations", "Network of collaborations"),
    "actors-initiatives": ("Acteurs et initiatives", "Actors and initiatives"),
    "initiatives": (
        "Initiatives qui partagent des acteurs",
        "Initiatives that share actors",
    ),
    "membership": ("Qui est membre de quoi", "Who is a member of what"),
    "funding": ("Qui finance qui", "Who funds whom"),
}


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A file, and where everyone stands in it.

    Attributes:
        content: bytes of the page, picture or exchange file.
        positions: CSV that a later drawing can be given, so that nobody moves.
        backbone: what the backbone keeps, in words by language; empty without one.
    """

    content: bytes
    positions: bytes
    backbone: Mapping[str, str]


def visualise(
    store: Store,
    *,
    format_name: str = "html",
    engine: str = "explorer",
    mode: Mode = "actors",
    weight: Weight = "count",
    chosen: Filters | None = None,
    narrowing: Narrowing | None = None,
    title: str = "",
    lang: str = "fr",
    project: Project | None = None,
) -> bytes:
    """Draw the network of collaborations.

    Args:
        store: an open store.
        format_name: ``html``, ``svg``, ``png``, ``json`` (node-link), ``graphml``
            or ``gexf``.
        engine: what draws the page: ``"explorer"`` or ``"pyvis"``.
        mode: see ``spnr_graph.projection.project``.
        weight: see ``spnr_graph.projection.project``.
        chosen: what to keep; by default all that counts as collaboration.
        narrowing: which part of the network to draw.
        title: heading; says what the mode shows by default.
        lang: language of labels and words.
        project: whose internal queries read the store.

    Returns:
        The bytes of one file, the same for the same content and arguments.

    Raises:
        DataError: a picture is asked for and matplotlib is not installed.
        StoreError: the store does not answer.
    """
    return draw(
        store,
        format_name=format_name,
        engine=engine,
        mode=mode,
        weight=weight,
        chosen=chosen,
        narrowing=narrowing,
        title=title,
        lang=lang,
        project=project,
    ).content


def draw(
    store: Store,
    *,
    format_name: str = "html",
    engine: str = "explorer",
    mode: Mode = "actors",
    weight: Weight = "count",
    chosen: Filters | None = None,
    narrowing: Narrowing | None = None,
    former: bytes = b"",
    title: str = "",
    lang: str = "fr",
    project: Project | None = None,
) -> Drawing:
    """Draw the network, and say where everyone stands.

    Args:
        store: an open store.
        format_name: see ``visualise``, as for the others.
        engine: what draws the page.
        mode: what the nodes and links are.
        weight: of a link.
        chosen: what to keep.
        narrowing: which part of the network to draw.
        former: ``Drawing.positions`` of an earlier drawing: everyone in it stays in
            place, and stays in the positions of this one.
        title: heading.
        lang: language of labels and words.
        project: whose internal queries read the store.
    """
    from spnr_graph.render.layout import place
    from spnr_graph.render.positions import read_positions, written_positions

    pulled = pull_network(store, lang=lang, project_=project)
    check_size(pulled, mode=mode, chosen=chosen)
    graph = pulled.graph(mode=mode, weight=weight, chosen=chosen)
    graph, words = _narrowed(graph, narrowing)
    before = read_positions(former) if former else {}
    positions = place(graph, before)
    captions = {
        each: caption(
            store, title=title or _TITLES[mode][each != "fr"], chosen=chosen, lang=each
        )
        for each in LANGUAGES
    }
    name = f"{format_name}-{engine}" if format_name == "html" else format_name
    if name == "html-explorer":
        from spnr_graph.operations.network.explore import explorer
        from spnr_graph.render.explorer.page import page

        content = page(
            explorer(
                store,
                pulled,
                graph,
                positions=positions,
                captions=captions,
                mode=mode,
                weight=weight,
                chosen=chosen,
                observed=chosen.on if chosen else None,
                project_=project,
            )
        )
    else:
        content = _DRAWN[name](graph, positions, captions[lang])
    return Drawing(
        content=content,
        positions=written_positions(before | positions),
        backbone=words,
    )


def _narrowed(
    graph: nx.Graph[str], narrowing: Narrowing | None
) -> tuple[nx.Graph[str], Mapping[str, str]]:
    """Return the part of a network to draw, and what its backbone keeps, in words."""
    from spnr_graph.projection import Narrowing, backbone_words, narrow

    if narrowing is None:
        return graph, {}
    part = narrow(graph, narrowing)
    if narrowing.backbone is None:
        return part, {}
    heavy = narrow(graph, Narrowing(min_weight=narrowing.min_weight))
    return part, backbone_words(heavy, narrowing.backbone)


def chart(
    store: Store,
    view: str,
    *,
    format_name: str = "svg",
    chosen: Filters | None = None,
    title: str = "",
    lang: str = "fr",
    project: Project | None = None,
) -> bytes:
    """Draw a chart beside the network.

    Args:
        store: an open store.
        view: ``"coverage"`` (territory × axis), ``"degrees"`` (how links are shared
            out) or ``"timeline"`` (when initiatives run).
        format_name: ``"svg"`` or ``"png"``.
        chosen: what to keep; by default all that counts as collaboration.
        title: heading; says what the view shows by default.
        lang: language of labels and words.
        project: whose internal queries read the store.

    Raises:
        DataError: matplotlib is not installed.
        StoreError: the store does not answer.
    """
    from spnr_graph.operations.network import charts

    pulled = pull_network(store, lang=lang, project_=project)
    named = title or charts.TITLES[view][lang != "fr"]
    words = caption(store, title=named, chosen=chosen, lang=lang)
    try:
        return charts.DRAWN[view](store, pulled, chosen, words, format_name)  # type: ignore[arg-type]
    except ModuleNotFoundError as error:
        raise _no_pictures() from error


def _pyvis(graph: nx.Graph[str], positions: Positions, words: Caption) -> bytes:
    from spnr_graph.render.page import page

    return page(
        graph,
        lang=words.lang,
        title=words.title,
        subtitle=words.subtitle,
        source=words.source,
        licence=words.licence,
        positions=positions,
    )


def _picture(kind: str) -> Callable[[nx.Graph[str], Positions, Caption], bytes]:
    def draw(graph: nx.Graph[str], positions: Positions, words: Caption) -> bytes:
        from spnr_graph.render.picture import poster

        try:
            return poster(graph, words, kind, positions=positions)  # type: ignore[arg-type]
        except ModuleNotFoundError as error:
            raise _no_pictures() from error

    return draw


def _no_pictures() -> DataError:
    return DataError(
        fr="Les images demandent matplotlib. L'installer : "
        "pip install 'spnr-graph[picture]'.",
        en="Pictures need matplotlib. Install it: pip install 'spnr-graph[picture]'.",
    )


def _exchange(kind: str) -> Callable[[nx.Graph[str], Positions, Caption], bytes]:
    def write(graph: nx.Graph[str], positions: Positions, _: Caption) -> bytes:
        from spnr_graph.render import exchange

        writers = {
            "json": exchange.node_link,
            "graphml": exchange.graphml,
            "gexf": exchange.gexf,
        }
        return writers[kind](graph, positions)

    return write


_DRAWN: Final = {
    "html-pyvis": _pyvis,
    "svg": _picture("svg"),
    "png": _picture("png"),
    "json": _exchange("json"),
    "graphml": _exchange("graphml"),
    "gexf": _exchange("gexf"),
}
