"""How links are shared out: few actors have many, many have few."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.render.charts.words import WORDS, Form, nothing
from spnr_graph.render.sheet import INK, SOFT, Caption, sheet, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def degree_distribution(
    degrees: Sequence[tuple[str, int]],
    caption: Caption,
    form: Form,
    *,
    dpi: int = 150,
) -> bytes:
    """Draw how many actors have how many partners; the five most linked are named.

    Args:
        degrees: name and number of partners of each actor.
        caption: what is written around.
        form: ``"svg"`` or ``"png"``.
        dpi: dots an inch of a PNG.
    """
    words = WORDS[caption.lang]
    counts = sorted(number for _, number in degrees)
    ranked = sorted(degrees, key=lambda each: (-each[1], each[0]))
    median = int(np.median(counts)) if counts else 0
    told = (
        words["spread"].format(len(counts), median, ranked[0][1], ranked[0][0])
        if ranked
        else words["nothing"]
    )

    def draw(figure: Figure) -> None:
        if not counts:
            nothing(figure, caption.lang)
            return
        axes = figure.add_axes((0.07, 0.12, 0.88, 0.72))
        _draw_bars(axes, counts, words)
        axes.axvline(median, color="#B3261E", linewidth=1.4, linestyle=(0, (4, 3)))
        axes.text(
            median,
            0.99,
            f" {words['median'].format(median)}",
            color="#B3261E",
            size=11,
            va="top",
            transform=axes.get_xaxis_transform(),
        )
        _name_highest(axes, ranked[:5])

    return sheet(draw, caption, form, told=told, dpi=dpi)


def _draw_bars(axes: Axes, counts: list[int], words: dict[str, str]) -> None:
    """Draw one bar per number of partners, or per range of them."""
    from matplotlib.ticker import MaxNLocator

    width = max(1, -(-(counts[-1] + 1) // 60))
    bins = Counter(number // width for number in counts)
    axes.bar(
        [place * width + (width - 1) / 2 for place in bins],
        list(bins.values()),
        width=0.86 * width,
        color="#0072B2",
    )
    axes.set_xlabel(words["degree"], size=13, color=INK, labelpad=10)
    axes.set_ylabel(words["actors"], size=13, color=INK, labelpad=10)
    axes.tick_params(labelsize=11, labelcolor=INK, color=SOFT)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color="#E3E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _name_highest(axes: Axes, ranked: Sequence[tuple[str, int]]) -> None:
    """Name the most linked above their bars, one line each, with a leader."""
    high = axes.get_ylim()[1]
    axes.set_ylim(0, high * 1.05)
    for place, (name, number) in enumerate(ranked):
        if number:
            axes.annotate(
                f"{shown(name, 46)} ({number})",
                xy=(number, high * 0.06),
                xytext=(number, high * (0.78 - 0.11 * place)),
                ha="right",
                va="center",
                size=10.5,
                color=INK,
                arrowprops={
                    "arrowstyle": "-",
                    "color": SOFT,
                    "linewidth": 0.8,
                    "relpos": (1, 0.5),
                },
            )
