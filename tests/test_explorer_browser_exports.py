"""What a page gives away: its address, pictures, tables, the network, paper."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest

from spnr_graph.operations.network import pull_network
from spnr_graph.projection import Filters
from spnr_graph.render.explorer.page import page
from tests.collaborations import iri, loaded
from tests.explorer_pages import TURTLE, Picture, browsing, show
from tests.explorers import explored

AXIS = "v=1&axis=axe:inclusion-numerique&all=1"
#: Every part of a state, as a visitor may leave it.
WHOLE = (
    "v=1&lang=en&depth=2&colour=community&size=pagerank&sort=label&sortLinks=a"
    "&theme=dark&axis=axe:inclusion-numerique&kind=type-acteur:commune"
    "&role=role:porteur,role:financeur&territory=territoire:reg-27&from=2013-01-01"
    "&to=2018-06-30&all=1&focus=acteur:hal&selected=acteur:ada&camera=0.4,0.6,0.5"
)


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def store():
    return loaded(TURTLE)


@pytest.fixture(scope="module")
def path(store, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(page(explored(store, observed=date(2020, 1, 31))))
    return path


@pytest.fixture(scope="module")
def tab(browser, path):
    return show(browser, path, color_scheme="light")


@pytest.fixture
def opened(tab):
    """Open an address of the page; it may neither ask for anything nor complain."""

    def open_page(fragment=""):
        tab.restart(fragment)
        return tab

    yield open_page
    assert tab.silent()


def counted(store, chosen=None):
    return pull_network(store, lang="fr").graph(chosen=chosen)


# --- The address


def test_an_address_opens_the_same_view_and_is_written_the_same(browser, path):
    seen = show(browser, path, WHOLE)

    assert seen.hash() == WHOLE
    assert seen.tab.locator("html").get_attribute("lang") == "en"
    assert seen.tab.get_by_role("combobox", name="Colour").input_value() == "community"
    assert seen.tab.get_by_role("combobox", name="Size").input_value() == "pagerank"
    assert seen.tab.get_by_role("switch").is_checked()
    assert seen.tab.locator("#panel-title").inner_text() == "Ville de Saint-Élan"
    assert seen.tab.locator(".period").inner_text() == "1 January 2013 – 30 June 2018"
    # A camera that moves writes the address anew: the rest of it stays.
    seen.tab.get_by_role("button", name="Zoom in").click()
    seen.tab.wait_for_url(re.compile(r"camera=0\.4,0\.6,0\.3333$"))
    assert seen.hash().rpartition("&")[0] == WHOLE.rpartition("&")[0]
    assert seen.silent()
    seen.tab.context.close()


def test_the_link_that_is_copied_opens_the_same_view(opened, browser, path):
    seen = opened()
    seen.option("Inclusion numérique").check()
    seen.tab.get_by_role("combobox", name="Couleur").select_option("community")
    seen.tab.get_by_role("table", name="Acteurs").get_by_text("Halleville").click()
    seen.tab.locator(".tools").get_by_role("button", name="Copier le lien").click()
    seen.tab.locator(".toast", has_text="Lien copié : il rouvre cette vue.").wait_for()
    box = seen.tab.get_by_role("combobox", name="Chercher")
    box.focus()
    seen.tab.keyboard.press("Control+V")
    address, _, fragment = box.input_value().partition("#")
    box.fill("")
    again = show(browser, path, fragment, color_scheme="light")

    assert address == path.as_uri()
    assert again.counts() == seen.counts()
    assert again.tab.locator("#panel-title").inner_text() == "Halleville"
    assert again.picture().unlike(seen.picture()) < 0.001
    again.tab.context.close()


def test_the_way_back_is_that_of_the_browser(opened):
    seen = opened()
    start = seen.counts()
    seen.option("Territoires intelligents").check()
    fewer = seen.counts()
    seen.all_links()
    seen.tab.go_back()
    assert seen.counts() == fewer
    seen.tab.go_back()
    assert seen.counts() == start
    seen.tab.go_forward()
    assert seen.counts() == fewer


def test_an_address_that_names_what_is_gone_says_so(opened):
    seen = opened("v=1&selected=acteur:parti&axis=axe:parti&unheard=of&from=hier")

    assert seen.tab.locator("p.notice[role=status]").inner_text() == (
        "Le lien suivi désigne 2 éléments absents de ce réseau\u00a0: axe:parti, "
        "acteur:parti."
    )
    assert seen.counts()[::2] == (10, 23)


# --- Files


def test_the_tables_are_taken_away_as_they_are_seen(opened, store):
    seen = opened(AXIS)
    graph = counted(store, Filters(axis=(iri("axe:inclusion-numerique"),)))
    name, actors = seen.taken("Acteurs (CSV)")
    rows = list(csv.DictReader(io.StringIO(actors.decode("utf-8-sig"))))

    assert name == "spnr-actors-2020-01-31-acteurs.csv"
    assert {row["iri"]: float(row["degree"]) for row in rows} == dict(graph.degree())
    name, links = seen.taken("Liens (CSV)")
    rows = list(csv.DictReader(io.StringIO(links.decode("utf-8-sig"))))
    assert name == "spnr-actors-2020-01-31-liens.csv"
    assert sorted(
        (*sorted((row["iri_a"], row["iri_b"])), float(row["weight"])) for row in rows
    ) == sorted(
        (*sorted((a, b)), weight) for a, b, weight in graph.edges(data="weight")
    )
    assert {row["shared"] for row in rows if row["b"] == "Ida Services"} <= {
        "Bus numérique", "Ateliers du jeudi",
    }  # fmt: skip


def test_networkx_reads_the_network_that_is_seen(opened, store):
    seen = opened(AXIS)
    graph = counted(store, Filters(axis=(iri("axe:inclusion-numerique"),)))
    name, text = seen.taken("Réseau (GEXF, pour Gephi)")
    read = nx.read_gexf(io.BytesIO(text), version="1.3")

    assert name == "spnr-actors-2020-01-31.gexf"
    assert weights(read) == weights(graph)
    assert set(read) == set(graph)
    assert read.nodes[iri("acteur:ada")]["label"] == "Ville de Saint-Élan"
    assert read.nodes[iri("acteur:ada")]["kind"] == "commune"


def test_a_reader_of_plain_xml_finds_the_same_network(opened, store):
    seen = opened()
    seen.all_links()
    text = seen.taken("Réseau (GEXF, pour Gephi)")[1]
    space = "{http://gexf.net/1.3}"
    root = ElementTree.fromstring(text)
    read = nx.Graph()
    read.add_nodes_from(node.get("id") for node in root.iter(f"{space}node"))
    for edge in root.iter(f"{space}edge"):
        read.add_edge(
            edge.get("source"), edge.get("target"), weight=float(edge.get("weight"))
        )

    assert root.attrib == {"version": "1.3"}
    assert root.find(f"{space}graph").get("defaultedgetype") == "undirected"
    assert weights(read) == weights(counted(store))
    assert set(read) == set(counted(store))


def weights(graph):
    return {frozenset(ends): weight for *ends, weight in graph.edges(data="weight")}


EXPORTS = (
    "Acteurs (CSV)",
    "Liens (CSV)",
    "Réseau (GEXF, pour Gephi)",
    "Dessin (SVG)",
    "Dessin (PNG)",
)


@pytest.mark.parametrize(
    "export", EXPORTS, ids=["actors", "links", "gexf", "svg", "png"]
)
def test_the_same_view_gives_the_same_bytes_whoever_opens_it(
    opened, browser, path, export
):
    seen = opened(AXIS)
    first = seen.taken(export)
    again = show(browser, path, AXIS, color_scheme="light")

    assert seen.taken(export) == first == again.taken(export)
    assert again.silent()
    again.tab.context.close()


def test_no_export_holds_the_day_on_which_it_is_taken(opened):
    seen = opened(AXIS)
    today = seen.tab.evaluate("new Date().toISOString().slice(0, 10)")
    year = today[:4].encode()

    for export in EXPORTS[:4]:
        name, text = seen.taken(export)
        assert year not in text
        assert today not in name


def test_the_pictures_say_what_they_show_and_of_whom(opened):
    seen = opened(AXIS)
    svg = seen.taken("Dessin (SVG)")[1].decode()
    root = ElementTree.fromstring(svg)
    said = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    name, png = seen.taken("Dessin (PNG)")
    picture = Picture(png)

    assert "Réseau d'essai" in said
    assert {"Type", "Commune", "Halleville"} <= set(said)
    assert said[-1] == (
        "Observé le 31 janvier 2020 — Source\u00a0: Essai — Licence\u00a0: CC0"
    )
    assert not re.search(r"<script|<image|href|\son\w+=", svg)
    assert name == "spnr-actors-2020-01-31.png"
    assert picture.image.size == tuple(
        round(2 * float(root.get(side))) for side in ("width", "height")
    )
    assert picture.colours["#e69f00"] > 1000


# --- Paper


def test_the_page_prints_as_one_sheet_of_a3_with_all_that_a_poster_needs(opened):
    seen = opened()
    seen.tab.evaluate(
        """() => addEventListener("beforeprint", () => {
          const texts = document.querySelectorAll(".poster text");
          window.printed = [...texts].map(text => text.textContent);
        }, { once: true })"""
    )
    pdf = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
    printed = seen.tab.evaluate("window.printed")

    assert re.findall(rb"/Type /Page\b", pdf) == [b"/Type /Page"]
    [box] = re.findall(rb"/MediaBox \[([^]]+)\]", pdf)
    assert [round(float(side) / 72 * 25.4) for side in box.split()] == [0, 0, 420, 297]
    assert {"Réseau d'essai", "Type", "Commune", "Ville de Saint-Élan"} <= set(printed)
    assert printed[-1].startswith("Observé le 31 janvier 2020 — Source\u00a0: Essai")
    assert seen.tab.locator(".poster svg").count() == 0


def test_paper_shows_the_poster_alone_and_always_light(opened):
    seen = opened("v=1&theme=dark")
    seen.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.tab.emulate_media(media="print")
    shown = seen.tab.evaluate(
        """() => [...document.body.children]
          .filter(one => one.checkVisibility())
          .map(one => one.className)"""
    )
    picture = Picture(seen.tab.screenshot())
    seen.tab.emulate_media(media="screen")
    seen.tab.evaluate("dispatchEvent(new Event('afterprint'))")

    assert shown == ["poster"]
    assert next(iter(picture.colours)) == "#ffffff"
    assert picture.colours["#e69f00"] > 60
