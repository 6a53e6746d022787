import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from tests import needs

needs.package("matplotlib")
from spnr_graph.render.charts import (  # noqa: E402
    Heat,
    Span,
    degree_distribution,
    heat_map,
    timeline,
)
from spnr_graph.render.sheet import Caption  # noqa: E402

FRENCH = Caption(title="Essai <b>", source="Source", licence="Licence Ouverte 2.0")
ENGLISH = Caption(lang="en", title="Trial")
HEAT = Heat(
    rows=("Jura", "Nièvre & Morvan"),
    columns=("inclusion", "économie"),
    values=((0, 3), (12, 1)),
    notes=(("", "1 porteur"), ("4 porteurs", "1 porteur")),
)
DEGREES = [("Ada", 9), ("Bea <i>", 4), ("قمر", 4), ("🌍 " + "x" * 300, 0), ("Eve", 1)]
SPANS = (
    Span(label="Fibre", start=date(2012, 1, 1), end=date(2052, 1, 1), group="a"),
    Span(label="Atelier", start=date(2020, 3, 4), end=date(2020, 3, 4), group="b"),
    Span(label="Sans fin", start=date(2019, 1, 1), end=None, group="a"),
    Span(label="Sans début", start=None, end=date(2015, 6, 1), group="b"),
    Span(label="Sans date", start=None, end=None, group="a"),
)
GROUPS = {"a": "#0072B2", "b": "#D55E00"}


def described(svg):
    """Title and description of an SVG that is well-formed XML."""
    root = ET.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    return root.findtext(f"{name}title"), root.findtext(f"{name}desc")


def colours(svg):
    return set(re.findall(r"#[0-9a-f]{6}", svg.decode()))


def test_a_heat_map_says_how_many_cells_are_blank():
    svg = heat_map(HEAT, FRENCH, "svg")

    assert described(svg) == (
        "Essai <b>",
        "Nombre d'initiatives par territoire. Cases vides : 1 sur 4.",
    )
    assert "#b3261e" in colours(svg)


def test_a_heat_map_without_blank_is_not_hatched_but_in_its_legend():
    full = Heat(rows=("Jura",), columns=("inclusion",), values=((3,),))

    hatched = heat_map(HEAT, FRENCH, "svg").count(b"url(#")
    assert heat_map(full, FRENCH, "svg").count(b"url(#") < hatched


def test_degrees_say_half_and_the_most_linked():
    _, told = described(degree_distribution(DEGREES, FRENCH, "svg"))

    assert told == (
        "5 acteurs ; la moitié a au plus 4 partenaires, le plus lié en a 9 (Ada)."
    )


def test_a_timeline_says_its_years_and_draws_every_group():
    svg = timeline(SPANS, GROUPS, ENGLISH, "svg")

    assert described(svg) == ("Trial", "4 initiatives from 2012 to 2052.")
    assert {"#0072b2", "#d55e00"} <= colours(svg)


def test_a_timeline_grows_with_its_initiatives():
    many = SPANS * 60
    few, tall = (timeline(s, GROUPS, ENGLISH, "svg") for s in (SPANS, many))

    heights = [
        float(ET.fromstring(s).get("height").removesuffix("pt")) for s in (few, tall)
    ]
    assert heights[1] > 2 * heights[0]


DRAWINGS = {
    "heat": lambda form: heat_map(HEAT, FRENCH, form, dpi=40),
    "degrees": lambda form: degree_distribution(DEGREES, FRENCH, form, dpi=40),
    "timeline": lambda form: timeline(SPANS, GROUPS, FRENCH, form, dpi=40),
}
EMPTY = {
    "heat": lambda: heat_map(Heat(rows=(), columns=(), values=()), FRENCH, "svg"),
    "degrees": lambda: degree_distribution([], FRENCH, "svg"),
    "timeline": lambda: timeline(SPANS[-1:], GROUPS, FRENCH, "svg"),
}


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_chart_is_the_same_bytes_without_a_date(name, form):
    first, second = DRAWINGS[name](form), DRAWINGS[name](form)

    assert first == second
    assert b"dc:date" not in first
    assert b"tIME" not in first


@pytest.mark.parametrize("name", EMPTY)
def test_a_chart_of_nothing_says_so(name):
    title, told = described(EMPTY[name]())

    assert title == "Essai <b>"
    assert told


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_png_has_ink_of_more_than_one_colour(name):
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(DRAWINGS[name]("png"))) as image:
        assert len(image.convert("RGB").getcolors(1_000_000)) > 20
