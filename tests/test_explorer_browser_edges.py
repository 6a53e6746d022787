"""The explorer of strange networks: none, alone, unkind names, crowds, many."""

from __future__ import annotations

import io
import math

import networkx as nx
import pytest

from spnr_graph.operations.network.pulled import Pulled
from spnr_graph.projection import p_values, pull, read_names
from spnr_graph.projection.attributes import Attributes
from spnr_graph.render.explorer.model import Explorer, Text
from spnr_graph.render.explorer.page import page
from tests.collaborations import told
from tests.explorer_pages import browsing, show


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture
def opened(browser, tmp_path):
    """Open the page of an explorer; it may neither ask for anything nor complain."""
    shown = []

    def open_page(one, fragment="", **context):
        path = tmp_path / f"{len(shown)}.html"
        path.write_bytes(page(one))
        shown.append(show(browser, path, fragment, color_scheme="light", **context))
        return shown[-1]

    yield open_page
    for each in shown:
        each.tab.context.close()
        assert each.silent()


def sketched(participations, names=(), *, mode="actors"):
    """Return an explorer of (actor, initiative) pairs, placed on a spiral."""
    ask = told(participations, names)
    pulled = Pulled(rows=pull(ask), names=read_names(ask, "fr"), lang="fr")
    graph = pulled.graph(mode=mode)
    # The seeds of a sunflower: even, and fast for any number.
    turn = math.pi * (3 - math.sqrt(5))
    positions = {}
    for k, node in enumerate(sorted(graph)):
        far, around = 40 * math.sqrt(k), k * turn
        positions[node] = (far * math.cos(around), far * math.sin(around))
    links = (tuple(sorted(link)) for link in graph.edges)
    return Explorer(
        graph=graph,
        names={"fr": pulled.names, "en": pulled.names},
        facts=pulled.rows.attributes,
        details=Attributes({}),
        positions=positions,
        significance=dict(zip(links, p_values(graph), strict=True)),
        mode=mode,
        title=Text("Réseau d'essai", "A network"),
    )


def chain(actors):
    """Return who takes part in what: each third actor is in two initiatives."""
    return [
        (f"a{k % actors:06}", f"i{i:06}")
        for i in range(actors // 2)
        for k in range(2 * i, 2 * i + 3)
    ]


# --- Few


def test_an_empty_network_is_a_page_that_says_so(opened):
    seen = opened(sketched([]))

    assert seen.counts() == (0, 0, 0)
    assert seen.tab.locator(".drawing-notice").inner_text() == (
        "Le réseau est vide : aucune participation ne relie des acteurs."
    )
    assert seen.tab.locator(".summary .told").inner_text() == (
        "Ce réseau est vide\u00a0: aucune participation ne s'y trouve."
    )
    assert seen.table("Acteurs") == [["Rien à montrer ici."]]
    for export in ("Acteurs (CSV)", "Réseau (GEXF, pour Gephi)", "Dessin (SVG)"):
        assert seen.taken(export)[1]


def test_one_actor_stands_in_the_middle(opened):
    seen = opened(sketched([("seule", "projet")], [("seule", "Seule au monde")]))
    [(x, y)] = seen.places().values()
    box = seen.tab.locator("#drawing").bounding_box()

    assert seen.counts() == (1, 0, 0)
    assert abs(x - box["x"] - box["width"] / 2) < 2
    assert abs(y - box["y"] - box["height"] / 2) < 2
    seen.tab.mouse.click(x, y)
    assert seen.tab.locator("#panel-title").inner_text() == "Seule au monde"
    assert "aucun" in seen.tab.locator(".panel").inner_text()


def test_actors_who_never_meet_are_all_drawn(opened):
    seen = opened(sketched([("a", "i"), ("b", "j"), ("c", "k")]))

    assert seen.counts() == (3, 0, 0)
    assert len(seen.places()) == 3
    assert seen.picture().inked() > 0.001
    assert seen.table("Liens") == [["Rien à montrer ici."]]


def test_without_any_date_no_period_is_asked_for(opened):
    seen = opened(sketched(chain(8)))

    assert seen.tab.get_by_role("slider").count() == 0
    assert seen.counts()[::2] == (8, 12)


# --- Unkind names

UNKIND = {
    "markup": "<img src=x onerror='document.title=1'></script><script>alert()</script>",
    "emoji": "👩\u200d👩\u200d👧 Réseau 🌍🚲",
    "right-to-left": "\u202eشبكة التعاون\u202c",
    "long": "Syndicat mixte" * 21,
    "one-word": "X" * 300,
    "quotes": 'l\'"été" & <b>',
    "newline": "Deux\nlignes\tet\u2028plus",
}


@pytest.fixture(scope="module")
def unkind(browser, tmp_path_factory):
    """The page of actors who bear these names."""
    path = tmp_path_factory.mktemp("unkind") / "page.html"
    path.write_bytes(page(sketched([(a, "i") for a in UNKIND], UNKIND.items())))
    return show(browser, path)


@pytest.mark.parametrize("actor", UNKIND)
def test_any_name_is_text_wherever_it_is_written(unkind, actor):
    unkind.restart(f"v=1&selected=acteur:{actor}")
    said = " ".join(UNKIND[actor].split())
    panel = unkind.tab.locator("#panel-title").inner_text()

    assert " ".join(panel.split()) == said
    assert unkind.tab.title() == "Réseau d'essai"
    assert unkind.tab.locator("img, #app script, #app b").count() == 0
    assert unkind.tab.evaluate("document.documentElement.scrollWidth") == 1280
    assert said in {" ".join(row[0].split()) for row in unkind.table("Acteurs")}
    assert unkind.silent()


@pytest.mark.parametrize("export", ["Acteurs (CSV)", "Dessin (SVG)", "Dessin (PNG)"])
def test_unkind_names_are_taken_away_too(unkind, export):
    unkind.restart("")

    assert unkind.taken(export)[1]
    assert unkind.silent()


def test_unkind_names_are_read_back_from_the_network(unkind):
    unkind.restart("")
    text = unkind.taken("Réseau (GEXF, pour Gephi)")[1]
    read = nx.read_gexf(io.BytesIO(text), version="1.3")

    assert {facts["label"] for _, facts in read.nodes(data=True)} == set(
        UNKIND.values()
    )


def test_a_source_that_is_no_address_of_the_web_is_no_link(opened):
    seen = opened(sketched([("a", "i"), ("b", "i")]), "v=1&selected=acteur:a")

    assert "javascript:alert(1)" in seen.tab.locator(".panel").inner_text()
    assert seen.tab.locator("a[href^='javascript']").count() == 0


# --- Many


def test_an_initiative_of_5_000_actors_opens_and_tells_them_by_handfuls(opened):
    crowd = [(f"a{k:04}", "salon") for k in range(5000)]
    seen = opened(
        sketched(crowd, [("a0001", "Une des foules")], mode="actors-initiatives"),
        "v=1&selected=initiative:salon",
    )
    panel = seen.tab.locator(".panel")

    assert seen.counts() == (5001, 5000, 5000)
    assert "PARTICIPANTS (5000)" in panel.inner_text()
    assert panel.locator("section.part").first.locator("li").count() < 60
    assert seen.picture().inked() > 0.1


def test_10_000_actors_open_and_answer(opened):
    seen = opened(sketched(chain(10_000), [("a000042", "Quarante-deux")]))

    assert seen.counts()[::2] == (10_000, 15_000)
    assert seen.picture().inked() > 0.1
    seen.tab.get_by_role("combobox", name="Chercher").fill("quarante deux")
    seen.tab.keyboard.press("Enter")
    assert seen.tab.locator("#panel-title").inner_text() == "Quarante-deux"
    seen.tab.get_by_role("button", name="Voir ses alentours").click()
    assert seen.counts()[0] == 5
    seen.tab.keyboard.press("Escape")
    seen.tab.keyboard.press("Escape")
    seen.all_links()
    assert seen.counts() == (10_000, 15_000, 15_000)


@pytest.mark.slow
def test_100_000_actors_open(opened):
    seen = opened(sketched(chain(100_000)))

    assert seen.counts()[::2] == (100_000, 150_000)
    assert seen.picture().inked() > 0.1
