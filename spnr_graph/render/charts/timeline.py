"""When initiatives run; what is not known fades into the paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.render.charts.words import WORDS, Form, nothing
from spnr_graph.render.sheet import A3, INK, SOFT, Caption, sheet, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Span:
    """An initiative on the line of time; an unknown bound is None."""

    label: str
    start: date | None
    end: date | None
    group: str


def timeline(
    spans: Sequence[Span],
    colours: dict[str, str],
    caption: Caption,
    form: Form,
    *,
    dpi: int = 150,
) -> bytes:
    """Draw when each initiative runs; an unknown end fades out, no date is said apart.

    Args:
        spans: the initiatives.
        colours: group → colour, in the order of the legend.
        caption: what is written around.
        form: ``"svg"`` or ``"png"``.
        dpi: dots an inch of a PNG.
    """
    words = WORDS[caption.lang]
    dated = sorted(
        (s for s in spans if s.start or s.end),
        key=lambda s: (s.start or s.end, s.end is None, s.end or s.start, s.label),
    )
    days = [day for s in dated for day in (s.start, s.end) if day]
    told = (
        words["spans"].format(len(dated), min(days).year, max(days).year)
        if days
        else words["nothing"]
    )
    tall = max(A3[1], 2.6 + 0.17 * len(dated))

    def draw(figure: Figure) -> None:
        if not dated:
            nothing(figure, caption.lang)
            return
        axes = figure.add_axes((0.03, 0.9 / tall, 0.94, 1 - 2.7 / tall))
        _draw_spans(axes, dated, colours, words)
        _draw_groups(figure, dated, colours, tall)
        if undated := len(spans) - len(dated):
            text = words["others"].format(undated)
            figure.text(0.97, 0.45 / tall, text, size=10, color=SOFT, ha="right")

    return sheet(draw, caption, form, told=told, size=(A3[0], tall), dpi=dpi)


def _draw_spans(
    axes: Axes, spans: Sequence[Span], colours: dict[str, str], words: dict[str, str]
) -> None:
    """Draw the bars and, beside each, its name."""
    days = [day.toordinal() for s in spans for day in (s.start, s.end) if day]
    low, high = min(days), max(days)
    margin = max((high - low) * 0.02, 60)
    first, last = low - margin, high + margin
    # What has no known end is drawn to where the last one starts, not to the last end.
    now = max([s.start.toordinal() for s in spans if s.start], default=high) + margin
    least = 0.004 * (last - first)
    for row, span in enumerate(spans):
        start = span.start.toordinal() if span.start else first
        end = span.end.toordinal() if span.end else max(now, start + margin)
        colour = colours[span.group]
        axes.barh(row, max(end - start, least), left=start, height=0.62, color=colour)
        if not span.end or not span.start:
            _fade(axes, row, (start, end), ends=not span.end)
        beside = start - first > 0.5 * (last - first)
        axes.text(
            start - 20 if beside else max(end, start + least) + 20,
            row,
            shown(span.label, 62),
            ha="right" if beside else "left",
            va="center",
            size=7.5,
            color=INK,
            bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.6},
            clip_on=False,
        )
    wide = last - first
    axes.set_xlim(first - 0.02 * wide, last + 0.3 * wide)
    axes.set_ylim(len(spans) - 0.3, -0.7)
    _draw_years(axes, low, high)
    axes.text(1, 1.012, words["ongoing"] + " : ▒", size=9, color=SOFT, ha="right",
              transform=axes.transAxes)  # fmt: skip


def _fade(axes: Axes, row: int, bar: tuple[float, float], *, ends: bool) -> None:
    """Let the side of a bar whose date is unknown fade into the paper."""
    start, end = bar
    length = min((end - start) * 0.35, 400)
    steps = np.linspace(0, 1, 9)
    edges = (end - length + length * steps) if ends else (start + length * (1 - steps))
    for (a, b), strength in zip(pairwise(edges.tolist()), steps[1:], strict=True):
        axes.barh(
            row,
            abs(b - a),
            left=min(a, b),
            height=0.66,
            color="white",
            alpha=float(strength) * 0.95,
        )


def _draw_years(axes: Axes, low: int, high: int) -> None:
    """Draw a line at the beginning of years, so many that they stay apart."""
    years = range(date.fromordinal(low).year, date.fromordinal(high).year + 2)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) / s <= 24)
    marks = [year for year in years if year % step == 0]
    axes.set_xticks([date(y, 1, 1).toordinal() for y in marks], [str(y) for y in marks])
    axes.set_yticks([])
    axes.xaxis.tick_top()
    axes.tick_params(labelsize=10, labelcolor=INK, color=SOFT, length=0, pad=6)
    axes.grid(axis="x", color="#E3E7EB", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_groups(
    figure: Figure, spans: Sequence[Span], colours: dict[str, str], tall: float
) -> None:
    """Draw the legend of the groups that are there."""
    from matplotlib.patches import Patch

    counts = Counter(span.group for span in spans)
    figure.legend(
        handles=[
            Patch(facecolor=colour, label=f"{shown(group, 60)} ({counts[group]})")
            for group, colour in colours.items()
            if counts[group]
        ],
        loc="lower left",
        bbox_to_anchor=(0.03, 0.35 / tall),
        ncols=4,
        frameon=False,
        fontsize=9.5,
        labelcolor=INK,
    )
