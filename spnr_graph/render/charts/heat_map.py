"""Where nobody acts: a number for each territory and axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from spnr_graph.render.charts.words import WORDS, Form, folded, nothing
from spnr_graph.render.sheet import A3, INK, Caption, sheet, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


#: How a cell is drawn where nobody acts.
_BLANK: Final[dict[str, Any]] = {
    "facecolor": "white",
    "edgecolor": "#B3261E",
    "hatch": "//",
    "alpha": 0.55,
}


@dataclass(frozen=True, kw_only=True)
class Heat:
    """A number for each row and column.

    Attributes:
        rows: names of the rows (territories), from top to bottom.
        columns: names of the columns (axes).
        values: one row of numbers per name of a row.
        notes: what stands small under each number, same shape; may be empty texts.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    notes: tuple[tuple[str, ...], ...] = ()


def heat_map(heat: Heat, caption: Caption, form: Form, *, dpi: int = 150) -> bytes:
    """Draw a matrix of numbers; an empty cell is hatched, so that it is seen.

    Args:
        heat: the numbers.
        caption: what is written around.
        form: ``"svg"`` or ``"png"``.
        dpi: dots an inch of a PNG.
    """
    words = WORDS[caption.lang]
    cells = [value for row in heat.values for value in row]
    told = words["heat"].format(cells.count(0), len(cells))
    tall = max(A3[1], 3.2 + 0.32 * len(heat.rows))

    def draw(figure: Figure) -> None:
        if not cells:
            nothing(figure, caption.lang)
            return
        room = 2.6 / tall
        axes = figure.add_axes((0.24, 0.8 / tall, 0.72, 1 - 0.8 / tall - room))
        _draw_cells(axes, heat)
        _draw_heat_legend(figure, words, tall)

    return sheet(draw, caption, form, told=told, size=(A3[0], tall), dpi=dpi)


def _draw_cells(axes: Axes, heat: Heat) -> None:
    """Draw the cells with their numbers, and the names of rows and columns."""
    from matplotlib.patches import Rectangle

    values = np.array(heat.values, dtype=float)
    top = max(float(values.max()), 1.0)
    # Square roots: the difference between 1 and 3 matters more than 40 and 42.
    shades = np.ma.masked_equal(np.sqrt(values / top), 0)
    axes.imshow(shades, aspect="auto", cmap="YlGnBu", vmin=-0.12, vmax=1.15)
    for (i, j), value in np.ndenumerate(values):
        if value == 0:
            axes.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, linewidth=0, **_BLANK))
        ink = "white" if value / top > 0.3 else INK
        note = heat.notes[i][j] if heat.notes else ""
        size = 13 if len(heat.rows) <= 30 else 8
        axes.text(
            j,
            i - (0.08 if note else 0),
            f"{int(value)}",
            ha="center",
            va="center",
            size=size,
            weight="bold",
            color=ink,
        )
        if note:
            axes.text(j, i + 0.28, note, ha="center", va="center", size=8, color=ink)
    axes.set_xticks(range(len(heat.columns)), [folded(c, 30) for c in heat.columns])
    axes.set_yticks(range(len(heat.rows)), [shown(r, 40) for r in heat.rows])
    axes.tick_params(length=0, labelsize=11, labelcolor=INK, pad=8)
    axes.xaxis.tick_top()
    for side in axes.spines.values():
        side.set_visible(False)
    for line in range(1, len(heat.rows)):
        axes.axhline(line - 0.5, color="white", linewidth=2)
    for line in range(1, len(heat.columns)):
        axes.axvline(line - 0.5, color="white", linewidth=2)


def _draw_heat_legend(figure: Figure, words: dict[str, str], tall: float) -> None:
    """Say what a number and a hatched cell mean."""
    from matplotlib.patches import Patch

    figure.legend(
        handles=[
            Patch(facecolor="#41B6C4", label=words["cell"]),
            Patch(label=words["blank"], **_BLANK),
        ],
        loc="lower right",
        bbox_to_anchor=(0.97, 0.25 / tall),
        ncols=2,
        frameon=False,
        fontsize=10,
        labelcolor=INK,
    )
