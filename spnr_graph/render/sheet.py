"""A sheet of paper: title above, sources below, and a drawing of matplotlib between.

Drawn without a screen and without a date: the same content makes the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from spnr_graph.render.wording import WORDS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: A3 landscape, in inches.
A3: Final = (16.54, 11.69)
INK: Final = "#1B1F24"
SOFT: Final = "#59636E"
_SETTINGS: Final[Any] = {
    "font.family": "DejaVu Sans",
    "svg.fonttype": "path",
    "svg.hashsalt": "spnr",
    "path.simplify": False,
    "text.parse_math": False,
}
#: Draws on a figure what stands between the title and the sources.
Draw: TypeAlias = "Callable[[Figure], None]"


@dataclass(frozen=True, kw_only=True)
class Caption:
    """What is written around a drawing; the title has a default."""

    lang: str = "fr"
    title: str = ""
    subtitle: str = ""
    source: str = ""
    licence: str = ""


def sheet(
    draw: Draw,
    caption: Caption,
    form: Literal["svg", "png"],
    *,
    told: str,
    size: tuple[float, float] = A3,
    dpi: int = 150,
) -> bytes:
    """Return a sheet as SVG, its letters drawn as outlines, or as PNG.

    Args:
        draw: draws the middle of the sheet.
        caption: what is written around it.
        form: ``"svg"`` or ``"png"``.
        told: what the drawing shows, in words, for who cannot see it.
        size: width and height in inches.
        dpi: dots an inch of a PNG.
    """
    drawn = _saved(draw, caption, form, size=size, dpi=72 if form == "svg" else dpi)
    if form == "png":
        return drawn
    # matplotlib writes no title element: browsers and screen readers want one.
    name = _escaped(caption.title or WORDS[caption.lang]["title"])
    head = f"<title>{name}</title>\n <desc>{_escaped(told)}</desc>\n <metadata>"
    text = drawn.decode().replace("<metadata>", head, 1)
    return text.replace("<svg ", f'<svg role="img" lang="{caption.lang}" ', 1).encode()


def _escaped(text: str) -> str:
    """Escape a text for XML, without the characters that XML cannot hold."""
    legal = "".join(c for c in text if c.isprintable() or c == " ")
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _saved(
    draw: Draw,
    caption: Caption,
    form: Literal["svg", "png"],
    *,
    size: tuple[float, float],
    dpi: int,
) -> bytes:
    """Draw the sheet and return its bytes, without a date in them."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    output = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=size, dpi=dpi, facecolor="white")
        FigureCanvasAgg(figure)
        _write_head(figure, caption)
        _write_foot(figure, caption)
        draw(figure)
        dateless = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(output, format=form, dpi=dpi, metadata=dateless)
    return output.getvalue()


def _write_head(figure: Figure, caption: Caption) -> None:
    """Write the title, and under it what is shown; distances from the upper edge."""
    tall = figure.get_figheight()
    title = caption.title or WORDS[caption.lang]["title"]
    figure.text(
        0.03, 1 - 0.643 / tall, shown(title, 90), size=26, weight="bold", color=INK
    )
    figure.text(
        0.03, 1 - 0.97 / tall, shown(caption.subtitle, 160), size=13, color=SOFT
    )


def _write_foot(figure: Figure, caption: Caption) -> None:
    """Write the sources and the licence."""
    words = WORDS[caption.lang]
    said = [
        f"{words[name]}{words['colon']}{value}"
        for name, value in (("source", caption.source), ("licence", caption.licence))
        if value
    ]
    low = 0.292 / figure.get_figheight()
    figure.text(0.03, low, shown(" — ".join(said), 230), size=9, color=SOFT)


def shown(text: str, width: int) -> str:
    """Return a text that the font can draw, cut at ``width`` characters."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    known = get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap()
    flat = " ".join(text.split())
    cut = flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"
    return "".join(c if ord(c) in known else "·" for c in cut)
