"""Networks as one HTML file that works offline, drawn by pyvis' vis-network.

pyvis' own page reaches for a content delivery network whatever the option, and its
``from_nx`` writes into the graph it is given; so its nodes, edges, options and library
are taken, and the page around them is ours.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.projection import Names
from spnr_graph.render.layout import place, radius
from spnr_graph.render.palette import ends, kinds, strokes
from spnr_graph.render.wording import WORDS, period, size, source_name, summary

if TYPE_CHECKING:
    import networkx as nx

    from spnr_graph.render.layout import Positions

_LIBRARY: Final = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 4},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 150,
        "dragNodes": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
#: The signs of the legend, as the canvas draws them.
_SHAPES: Final = {
    "dot": "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
    "square": "M-8-8h16v16h-16z",
    "diamond": "M0-10L10 0L0 10L-10 0z",
    "triangle": "M0-9L10 8H-10z",
    "triangleDown": "M0 9L10-8H-10z",
    "hexagon": "M-10 0L-5-9H5L10 0L5 9H-5z",
}


def page(
    graph: nx.Graph[str],
    *,
    lang: str = "fr",
    title: str = "",
    subtitle: str = "",
    source: str = "",
    licence: str = "",
    positions: Positions | None = None,
) -> bytes:
    """Return the network as one HTML page that asks nothing of any server.

    Args:
        graph: as ``spnr_graph.projection.project`` gives it.
        lang: language of the page, ``"fr"`` or ``"en"``; names keep their own.
        title: heading of the page.
        subtitle: what was filtered, and the day of observation.
        source: where the data come from.
        licence: under which they may be used.
        positions: where the nodes stand; found when not given.
    """
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    words = WORDS[lang]
    text = environment.from_string(_asset("network.html")).render(
        lang=lang,
        title=title or words["title"],
        subtitle=subtitle,
        source=source,
        licence=licence,
        words=words,
        size=size(graph, lang),
        summary=summary(graph, lang),
        kinds=list(kinds(graph).values()),
        shapes=_SHAPES,
        rows=_rows(graph, lang),
        css=_raw(_asset("network.css")),
        script=_raw(_asset("network.js")),
        library=_raw(_library() if graph else ""),
        data=_raw(
            _json(_data(graph, positions or place(graph), lang)) if graph else ""
        ),
    )
    return text.encode()


def _asset(name: str) -> str:
    """Return a file of the page as text."""
    folder = resources.files("spnr_graph.render") / "assets"
    return (folder / name).read_text(encoding="utf-8")


def _library() -> str:
    """Return vis-network as pyvis carries it, without the address of its source map."""
    text = resources.files("pyvis").joinpath(*_LIBRARY).read_text(encoding="utf-8")
    return text.partition("//# sourceMappingURL")[0]


def _raw(text: str) -> Any:  # noqa: ANN401  (markupsafe comes with jinja2)
    """Mark a text of our own as markup."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  (assets of the package and escaped JSON)


def _json(data: object) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _rows(graph: nx.Graph[str], lang: str) -> list[dict[str, Any]]:
    """Return the rows of the table: the most connected first."""
    ids = {node: number for number, node in enumerate(sorted(graph))}
    rows = []
    for node in sorted(
        graph, key=lambda n: (-graph.degree(n), graph.nodes[n]["label"])
    ):
        facts: dict[str, Any] = graph.nodes[node]
        partners = sorted(graph.nodes[other]["short"] for other in graph[node])
        strength = f"{facts['strength']:.3f}".rstrip("0").rstrip(".")
        rows.append(
            {
                "id": ids[node],
                "label": facts["label"],
                "kind": facts["kind_label"],
                "degree": facts["degree"],
                "strength": facts["strength"],
                "strength_text": strength.replace(".", "," if lang == "fr" else "."),
                "partners": ", ".join(partners),
            }
        )
    return rows


class _Index:
    """Numbers for things, in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, thing: str) -> int:
        """Return the number of a thing."""
        return self.numbers.setdefault(thing, len(self.numbers))


def _data(graph: nx.Graph[str], positions: Positions, lang: str) -> dict[str, Any]:
    """Return what the script of the page reads: nodes and edges of pyvis, records."""
    names: Names = graph.graph.get("names", Names())
    initiatives, sources = _Index(), _Index()
    ids = {node: number for number, node in enumerate(sorted(graph))}
    drawing = _drawing(graph, ids, positions)
    nodes = [
        _record(graph.nodes[node], names, initiatives, sources, ids, lang)
        | {"id": number, "iri": node, "group": graph.nodes[node]["kind"]}
        | {"drawn": {k: v for k, v in drawn.items() if k not in {"id", "label"}}}
        for (node, number), drawn in zip(ids.items(), drawing.nodes, strict=True)
    ]
    links = []
    for edge in drawing.edges:
        stated = graph.edges[edge["iris"]]["evidence"]
        shared = dict.fromkeys(initiatives(one.initiative) for one in stated)
        links.append(
            {k: v for k, v in edge.items() if k != "iris"} | {"shared": list(shared)}
        )
    return {
        "words": WORDS[lang],
        "options": _OPTIONS,
        "nodes": nodes,
        "links": links,
        "initiatives": [names.label(iri) for iri in initiatives.numbers],
        "sources": [[source_name(iri, names), iri] for iri in sources.numbers],
    }


def _drawing(graph: nx.Graph[str], ids: dict[str, int], positions: Positions) -> Any:  # noqa: ANN401
    """Return the pyvis network: places, sizes, signs and colours."""
    from pyvis.edge import Edge
    from pyvis.network import Network

    drawing = Network(directed=graph.is_directed())
    looks = kinds(graph)
    for node, number in ids.items():
        look = looks[graph.nodes[node]["kind"]]
        x, y = positions[node]
        drawing.add_node(
            number,
            label=" ",
            x=x,
            y=y,
            size=round(radius(graph.degree(node)), 2),
            shape=look.shape,
            color=look.colour,
        )
    shares = strokes(graph)
    for left, right in ends(graph):
        share = shares[left, right]
        # Network.add_edge compares with every edge before: quadratic.
        edge = Edge(
            ids[left],
            ids[right],
            width=round(1.1 + 4 * share, 2),
            opacity=round(0.4 + 0.35 * share, 2),
            weight=graph.edges[left, right]["weight"],
            iris=(left, right),
        )
        drawing.edges.append(edge.options)
    return drawing


def _record(
    facts: dict[str, Any],
    names: Names,
    initiatives: _Index,
    sources: _Index,
    ids: dict[str, int],
    lang: str,
) -> dict[str, Any]:
    """Return what the panel of a node says."""
    return {
        "type": facts["type"],
        "label": facts["label"],
        "short": facts["short"],
        "kind": facts["kind_label"] or WORDS[lang]["no_kind"],
        "axes": [names.label(axis) for axis in facts["axes"]],
        "stated": [
            [
                initiatives(one.initiative),
                ids[one.actor],
                names.label(one.role),
                period(one, lang),
                [sources(source) for source in one.sources],
            ]
            for one in facts["participations"]
        ],
    }
