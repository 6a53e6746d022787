import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.projection import project, pull, read_names
from spnr_graph.render import layout, palette, spots
from spnr_graph.render.wording import WORDS, period, summary
from tests import needs
from tests.collaborations import TURTLE, asking, iri, loaded, told

needs.package("matplotlib")
from matplotlib.image import imread  # noqa: E402

from spnr_graph.render.picture import poster  # noqa: E402
from spnr_graph.render.sheet import Caption  # noqa: E402


def svg(graph, caption=None):
    return poster(graph, caption or Caption(), "svg")


def png(graph, caption=None, dpi=40):
    return poster(graph, caption or Caption(), "png", dpi=dpi)


SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def network():
    with loaded(TURTLE) as store:
        ask = asking(store)
        return project(pull(ask), read_names(ask, "fr"))


def drawn(graph, **facts):
    return imread(io.BytesIO(png(graph, Caption(**facts), dpi=40)))


def colours(image):
    flat = (image[..., :3] * 255).round().astype(int).reshape(-1, 3)
    return {"#{:02X}{:02X}{:02X}".format(*rgb) for rgb in np.unique(flat, axis=0)}


def test_every_kind_has_its_colour_in_the_picture(network):
    found = colours(drawn(network))

    assert {kind.colour for kind in palette.kinds(network).values()} <= found


def test_an_empty_network_says_so_and_draws_nothing():
    empty = project(pull(told([])))

    assert "#E69F00" not in colours(drawn(empty))
    assert "le réseau est vide" in svg(empty).decode()


def test_one_actor_is_drawn():
    alone = project(pull(told([("a", "i")])))

    assert "#B0B5BD" in colours(drawn(alone))


def test_svg_is_named_and_well_formed(network):
    root = ET.fromstring(svg(network, Caption(title="Qui & <quoi>", licence="LO 2.0")))

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Qui & <quoi>"
    assert root.find(f"{SVG}desc").text.startswith(
        "6 acteurs, 6 liens. Les plus reliés"
    )


def test_hostile_names_are_drawn_as_they_can_be():
    names = [("a", "$x_1^{"), ("b", "😀 مرحبا \x07 <script>"), ("c", "n" * 300)]
    ask = told([("a", "i"), ("b", "i"), ("c", "i")], names)
    graph = project(pull(ask), read_names(ask, "fr"))

    ET.fromstring(svg(graph, Caption(title="$\\frac{$ \x07 & <b>", subtitle="x" * 900)))
    assert drawn(graph).std() > 0


def test_the_two_modes_have_each_their_legend(network):
    with loaded(TURTLE) as store:
        graph = project(pull(asking(store)), mode="actors-initiatives")

    kinds = list(palette.kinds(graph).values())
    assert [kind.type for kind in kinds] == ["actor"] * 3 + ["initiative"]
    assert drawn(graph, lang="en").std() > 0


def test_a_known_kind_keeps_its_look_and_others_get_free_ones():
    graph = nx.Graph()
    for n in range(70):
        graph.add_node(n, type="actor", kind=f"urn:k{n:02}", kind_label="")
    graph.add_node(99, type="actor", kind=iri("type-acteur:region"), kind_label="")

    looks = [(kind.colour, kind.shape) for kind in palette.kinds(graph).values()]
    assert palette.kinds(graph)[iri("type-acteur:region")].colour == "#D55E00"
    assert len(set(looks)) == 22


SCRIPT = """
import sys
from tests.collaborations import TURTLE, asking, loaded
from spnr_graph.projection import project, pull, read_names
from spnr_graph.render.exchange import gexf, graphml, node_link
from spnr_graph.render.page import page
from spnr_graph.render.picture import poster
from hashlib import sha256
with loaded(TURTLE) as store:
    ask = asking(store)
    graph = project(pull(ask), read_names(ask, "fr"))
from spnr_graph.render.sheet import Caption
svg = lambda g: poster(g, Caption(), "svg")
png = lambda g: poster(g, Caption(), "png", dpi=40)
for write in (gexf, graphml, node_link, page, svg, png):
    print(sha256(write(graph)).hexdigest())
"""


def test_same_network_same_bytes():
    outputs = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[1],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(done.stdout)

    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 6


def test_an_empty_network_has_no_place():
    assert layout.place(nx.Graph()) == {}


boxes = st.tuples(*[st.floats(0, 50)] * 2, *[st.floats(50, 100)] * 2)


@given(st.lists(boxes, max_size=5))
@settings(max_examples=50)
def test_a_free_spot_covers_nothing_and_stays_inside(taken):
    room = (0.0, 0.0, 200.0, 100.0)

    spot = spots.free((100.0, 50.0), (40.0, 10.0), 5.0, taken=taken, room=room)

    if spot:
        assert spots.within(spot, room)
        assert not any(spots.overlap(spot, box) for box in taken)


def test_a_name_that_fits_nowhere_has_no_spot():
    room = (0.0, 0.0, 30.0, 30.0)

    assert spots.free((15.0, 15.0), (40.0, 10.0), 5.0, taken=[], room=room) is None


def test_the_summary_counts_islands_and_loners(network):
    graph = project(
        pull(told([("a", "i"), ("b", "i"), ("c", "j"), ("d", "j"), ("e", "k")]))
    )

    assert summary(graph, "en")[0] == "5 actors, 2 links."
    assert summary(graph, "en")[2:] == [
        "1 actor without partner.",
        "2 separate groups; the largest has 2 members.",
    ]
    assert summary(graph, "fr")[3].startswith("2 ensembles séparés")
    assert summary(project(pull(told([("a", "i")]))), "fr") == [
        "1 acteur, 0 lien.",
        "1 acteur sans partenaire.",
    ]


def test_periods_are_written_as_each_language_does(network):
    stated = network.edges[iri("acteur:ada"), iri("acteur:dan")]["evidence"][-1]
    since = network.edges[iri("acteur:ada"), iri("acteur:eve")]["evidence"][-1]

    assert period(stated, "fr") == "jusqu'à 31/12/2020"
    both = replace(stated, start=date(2020, 1, 1))
    assert period(both, "fr") == "01/01/2020 – 31/12/2020"
    assert period(replace(stated, end=None), "fr") == ""
    assert period(since, "en") == "since 2021-01-01"


def test_both_languages_say_the_same_things():
    assert WORDS["fr"].keys() == WORDS["en"].keys()


def test_names_that_find_no_room_are_left_out():
    members = [f"m{n}" for n in range(160)]
    ask = told([(m, "i") for m in members], [(m, f"{m} {'mot ' * 9}") for m in members])
    graph = project(pull(ask), read_names(ask, "fr"))

    assert len(svg(graph)) < len(members) * 60_000
    assert drawn(graph).std() > 0
