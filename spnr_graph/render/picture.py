"""Networks as posters: SVG and PNG, drawn by matplotlib without a screen."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from spnr_graph.render import spots
from spnr_graph.render.layout import Positions, place, radius
from spnr_graph.render.palette import ends, kinds, strokes
from spnr_graph.render.sheet import INK, SOFT, Caption, sheet, shown
from spnr_graph.render.wording import WORDS, size, summary

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_MARKERS: Final = {
    "dot": "o",
    "square": "s",
    "diamond": "D",
    "triangle": "^",
    "triangleDown": "v",
    "hexagon": "h",
}
#: Areas that look alike: a marker's size is that of the square around it.
_FACTORS: Final = {"square": 0.8, "diamond": 0.75}


def poster(
    graph: nx.Graph[str],
    caption: Caption,
    form: Literal["svg", "png"],
    *,
    positions: Positions | None = None,
    dpi: int = 150,
) -> bytes:
    """Return the network as an A3 poster.

    Args:
        graph: as ``spnr_graph.projection.project`` gives it.
        caption: what is written around.
        form: ``"svg"``, its letters drawn as outlines, or ``"png"``.
        positions: where the nodes stand; found when not given.
        dpi: dots an inch of a PNG.
    """
    lang = caption.lang
    told = " — ".join(filter(None, [caption.subtitle, size(graph, lang)]))
    return sheet(
        lambda figure: _draw(figure, graph, positions or place(graph), lang),
        replace(caption, subtitle=told),
        form,
        told=" ".join(summary(graph, lang)),
        dpi=dpi,
    )


def _draw(
    figure: Figure, graph: nx.Graph[str], positions: Positions, lang: str
) -> None:
    """Draw network and legend."""
    if not graph:
        words = WORDS[lang]
        text = f"{words['empty']}\n{words['empty_help']}"
        figure.text(0.5, 0.5, text, size=16, color=SOFT, ha="center", va="center")
        return
    axes = figure.add_axes((0.02, 0.06, 0.78, 0.83))
    axes.set_axis_off()
    scale = _frame(axes, positions)
    _draw_edges(axes, graph, positions, scale)
    _draw_nodes(axes, graph, positions, scale)
    _draw_names(axes, graph, positions, scale)
    _draw_legend(figure, graph, lang)


def _frame(axes: Axes, positions: Positions) -> float:
    """Fit the places into the axes; return how many points one unit measures."""
    xs, ys = zip(*positions.values(), strict=True)
    margin = 45.0
    wide = max(max(xs) - min(xs) + 2 * margin, 300)
    tall = max(max(ys) - min(ys) + 2 * margin, 300)
    room = axes.get_window_extent()
    points = room.width * 72 / axes.figure.dpi
    scale = float(points / max(wide, tall * room.width / room.height))
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    half = points / scale / 2
    axes.set_xlim(x - half, x + half)
    half *= room.height / room.width
    axes.set_ylim(y + half, y - half)
    return scale


def _draw_edges(
    axes: Axes, graph: nx.Graph[str], positions: Positions, scale: float
) -> None:
    """Draw the links, the heavier the thicker and the darker."""
    from matplotlib.collections import LineCollection

    shares = dict(sorted(strokes(graph).items(), key=lambda item: item[1]))
    lines = LineCollection(
        [[positions[a], positions[b]] for a, b in shares],
        linewidths=[scale * (0.8 + 3.4 * share) for share in shares.values()],
        colors=[(0.32, 0.38, 0.45, 0.25 + 0.35 * s) for s in shares.values()],
        capstyle="round",
        zorder=1,
    )
    axes.add_collection(lines, autolim=False)
    if graph.is_directed():
        _draw_heads(axes, graph, positions, scale)


def _draw_heads(
    axes: Axes, graph: nx.Graph[str], positions: Positions, scale: float
) -> None:
    """Draw where directed links lead, short of the disc they lead to."""
    from matplotlib.patches import FancyArrowPatch

    for start, end in ends(graph):
        if start != end:
            axes.add_patch(
                FancyArrowPatch(
                    positions[start],
                    positions[end],
                    arrowstyle="-|>",
                    mutation_scale=max(4.0, 9 * scale),
                    shrinkB=scale * radius(graph.degree(end)),
                    color=(0.32, 0.38, 0.45, 0.8),
                    linewidth=0,
                    zorder=1,
                )
            )


def _draw_nodes(
    axes: Axes, graph: nx.Graph[str], positions: Positions, scale: float
) -> None:
    """Draw the signs, the least connected first."""
    for iri, kind in kinds(graph).items():
        nodes = [node for node in sorted(graph) if graph.nodes[node]["kind"] == iri]
        sides = [
            2 * scale * radius(graph.degree(n)) * _FACTORS.get(kind.shape, 1)
            for n in nodes
        ]
        axes.scatter(
            [positions[node][0] for node in nodes],
            [positions[node][1] for node in nodes],
            s=[side**2 for side in sides],
            c=kind.colour,
            marker=_MARKERS[kind.shape],
            edgecolors="white",
            linewidths=0.9,
            zorder=2,
        )


def _draw_names(
    axes: Axes, graph: nx.Graph[str], positions: Positions, scale: float
) -> None:
    """Name the most connected first, wherever the name covers nothing."""
    pixels = scale * axes.figure.dpi / 72
    places = axes.transData.transform([positions[node] for node in graph]).tolist()
    centres = {node: (x, y) for node, (x, y) in zip(graph, places, strict=True)}
    taken = [
        spots.around(*centres[node], radius(graph.degree(node)) * pixels * 0.85)
        for node in graph
    ]
    room = axes.get_window_extent().extents
    for node in sorted(graph, key=lambda n: (-graph.degree(n), n)):
        reach = radius(graph.degree(node)) * pixels + axes.figure.dpi / 40
        for width in (24, 14):
            text = _name(axes, graph.nodes[node]["short"], graph.degree(node), width)
            box = text.get_window_extent()
            spot = spots.free(
                centres[node], (box.width, box.height), reach, taken=taken, room=room
            )
            if spot:
                taken.append(spot)
                text.set_position((spot[0] - box.x0, spot[1] - box.y0))
                break
            text.remove()


def _name(axes: Axes, name: str, degree: int, width: int) -> Text:
    """Write a name in the corner of the page, for its measure to be taken."""
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import IdentityTransform

    share = min(1.0, degree / 40)
    return axes.text(
        0,
        0,
        _wrapped(name, width),
        size=8 + 4 * share,
        weight="bold" if share > 0.5 else "normal",
        color=INK,
        path_effects=[withStroke(linewidth=2.2, foreground="white")],
        transform=IdentityTransform(),
        zorder=3,
    )


def _draw_legend(figure: Figure, graph: nx.Graph[str], lang: str) -> None:
    """Draw the sign of each kind with its name and number."""
    words = WORDS[lang]
    axes = figure.add_axes((0.815, 0.06, 0.17, 0.83))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    y, sort = 0.98, ""
    for kind in kinds(graph).values():
        if kind.type != sort:
            sort = kind.type
            y -= 0.03 if y < 0.9 else 0
            axes.text(0, y, words[sort + "s"], size=13, weight="bold", color=INK)
            y -= 0.022
        axes.scatter(
            [0.04], [y - 0.009], s=110, c=kind.colour, marker=_MARKERS[kind.shape]
        )
        lines = textwrap.wrap(shown(kind.label or words["no_kind"], 56), 28)
        axes.text(0.11, y, "\n".join(lines), size=11, color=INK, va="top")
        axes.text(1, y, str(kind.count), size=11, color=SOFT, ha="right", va="top")
        y -= 0.029 + 0.02 * (len(lines) - 1)
    note = "\n".join(textwrap.wrap(words["legend_size"], 36))
    axes.text(0, y - 0.01, note, size=9, color=SOFT, va="top", linespacing=1.4)


def _wrapped(name: str, width: int) -> str:
    """Break a name into lines; a long one ends in an ellipsis."""
    return "\n".join(textwrap.wrap(shown(name, 44), width))
