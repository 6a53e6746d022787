"""The network page in a real browser, opened from a file, every request watched."""

import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib.image import imread

from spnr_graph.projection import Filters, project, pull, read_names
from spnr_graph.render.page import page
from tests import needs
from tests.collaborations import TURTLE, asking, iri, loaded, told

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = [
    ("a", "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>"),
    ("b", "</script><script>window.pwned = 3</script>"),
    ("c", "😀 مرحبا بالعالم \u202e renversé {{ 7 * 7 }} ${window.pwned = 4}"),
    ("d", "long " * 60),
]


@pytest.fixture(scope="module")
def network():
    with loaded(TURTLE) as store:
        ask = asking(store)
        return project(pull(ask), read_names(ask, "fr"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    needs.package("playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=needs.chromium(),
            args=FLAGS,
            viewport={"width": 1000, "height": 700},
            reduced_motion="reduce",
        )
        yield context
        context.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from a file; it may neither ask for anything nor complain."""
    tabs = []

    def open_page(content):
        path = tmp_path / f"{len(tabs)}.html"
        path.write_bytes(content)
        tab = browser.new_page()
        seen = []
        tab.on("request", lambda request: seen.append(request.url))
        tab.on("websocket", lambda socket: seen.append(socket.url))
        tab.on("console", lambda message: seen.append(message.text))
        tab.on("pageerror", lambda error: seen.append(str(error)))
        tab.goto(path.as_uri())
        tabs.append((tab, seen, path.as_uri()))
        return tab

    yield open_page
    for tab, seen, address in tabs:
        tab.close()
        assert seen == [address]


class Links(HTMLParser):
    """Collect what a browser could fetch."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [
            (tag, value) for name, value in attrs if name in {"src", "href", "action"}
        ]


def pixels(tab):
    """Return the colours of the canvas as it is seen."""
    image = imread(io.BytesIO(tab.locator("#network canvas").screenshot()))
    flat = (image[..., :3] * 255).round().astype(np.int64) @ [65536, 256, 1]
    return {f"#{colour:06X}" for colour in np.unique(flat).tolist()}


def on_screen(tab, name):
    """Return where a node stands in the window."""
    return tab.evaluate(
        """name => {
        const { network, records } = window.spnr;
        const id = records.find((r) => r.short === name).id;
        const at = network.canvasToDOM(network.getPositions()[id]);
        const box = document.querySelector("#network canvas").getBoundingClientRect();
        return { x: box.left + at.x, y: box.top + at.y };
        }""",
        name,
    )


def test_nothing_in_the_page_can_be_fetched(network):
    content = page(network).decode()
    links = Links()
    links.feed(content)

    assert links.found == [("link", "data:,")]
    assert "default-src 'none'" in content
    assert "sourceMappingURL" not in content
    assert not re.search(r"cdnjs|jsdelivr|unpkg|bootstrap", content)


def test_the_network_is_drawn_in_the_colours_of_its_legend(opened, network):
    tab = opened(page(network))

    assert {"#E69F00", "#6B7280", "#B0B5BD", "#FFFFFF"} <= pixels(tab)
    legend = tab.locator(".kind").all_inner_texts()
    assert [" ".join(text.split()).lower() for text in legend] == [
        "genre non précisé 2",
        "commune 2",
        "entreprise 2",
    ]


def test_the_page_says_what_it_shows(opened, network):
    facts = {"title": "Qui & quoi", "subtitle": "Nièvre", "licence": "LO 2.0"}
    tab = opened(page(network, source="recensement", **facts))

    assert tab.title() == "Qui & quoi"
    assert tab.locator("html").get_attribute("lang") == "fr"
    assert tab.locator("header p").inner_text() == "Nièvre — 6 acteurs, 6 liens"
    assert "Commune d'Ada (4)" in tab.locator("#summary").inner_text()
    assert "1 acteur sans partenaire." in tab.locator("#summary").inner_text()
    foot = tab.locator("footer").inner_text().split("\n")
    assert [line for line in foot if line] == [
        "Source : recensement",
        "Licence : LO 2.0",
    ]


def test_search_ignores_accents_and_focuses_the_node(opened, network):
    tab = opened(page(network))

    tab.fill("#search", "EVE")
    assert tab.locator("#results button").all_inner_texts() == ["Ève"]
    tab.press("#search", "Enter")

    canvas = tab.locator("#network canvas").bounding_box()
    spot = on_screen(tab, "Ève")
    assert spot["x"] == pytest.approx(canvas["x"] + canvas["width"] / 2, abs=2)
    assert spot["y"] == pytest.approx(canvas["y"] + canvas["height"] / 2, abs=2)
    assert tab.locator("#panel h2").inner_text() == "Ève"
    assert tab.locator("#results").is_hidden()


def test_a_search_without_result_says_so(opened, network):
    tab = opened(page(network))

    tab.fill("#search", "zzz")

    assert tab.locator("#results").inner_text() == "Aucun nom ne correspond."
    tab.fill("#search", "")
    assert tab.locator("#results").is_hidden()


def test_a_click_opens_the_record_and_dims_the_rest(opened, network):
    tab = opened(page(network))
    before = pixels(tab)

    spot = on_screen(tab, "Ada")
    tab.mouse.click(spot["x"], spot["y"])

    text = tab.locator("#panel").inner_text()
    for said in ("Commune d'Ada", "porteur — Fibre optique", "Partenaires (4)"):
        assert said in text
    assert "ensemble dans Fibre optique ; Tiers-lieu" in text
    sources = tab.locator("#panel a")
    assert sources.first.inner_text() == "Journal d'Ada"
    assert sources.first.get_attribute("href") == "https://example.org/a"
    assert sources.first.get_attribute("rel") == "noopener noreferrer"
    tab.keyboard.press("Escape")
    assert tab.locator("#panel").is_hidden()
    assert pixels(tab) & {"#E69F00"} == before & {"#E69F00"}


def test_a_click_on_a_link_explains_it(opened, network):
    tab = opened(page(network))

    one, other = on_screen(tab, "Ada"), on_screen(tab, "Béa")
    tab.mouse.click((one["x"] + other["x"]) / 2, (one["y"] + other["y"]) / 2)

    text = tab.locator("#panel").inner_text()
    assert "Commune d'Ada — Béa et compagnie" in text
    assert "financeur — Béa et compagnie (depuis 01/06/2021)" in text


def test_hovering_tells_roles_and_sources_and_dims_the_rest(opened, network):
    tab = opened(page(network))

    spot = on_screen(tab, "Dan")
    tab.mouse.move(spot["x"] - 30, spot["y"])
    tab.mouse.move(spot["x"], spot["y"], steps=4)
    tab.wait_for_selector("div.vis-tooltip:visible")

    lines = tab.locator("div.vis-tooltip").inner_text().split("\n")
    assert lines == [
        "Dan",
        "genre non précisé",
        "financeur — Tiers-lieu",
        "Liens : 1",
        "Sources : 0",
    ]
    dimmed = tab.evaluate(
        "() => window.spnr.records.filter((r) => window.spnr.network.body.nodes[r.id]"
        ".options.opacity < 1).map((r) => r.short)"
    )
    assert dimmed == ["Béa", "Cyd", "Ève", "Gus"]


def test_the_legend_lights_a_kind(opened, network):
    tab = opened(page(network))
    company = tab.locator(".kind", has_text=re.compile("entreprise", re.IGNORECASE))

    company.click()
    tab.wait_for_timeout(100)
    assert company.get_attribute("aria-pressed") == "true"
    assert "#E69F00" not in pixels(tab)

    company.click()
    tab.wait_for_timeout(100)
    assert "#E69F00" in pixels(tab)


def test_the_table_sorts_and_opens_records_by_keyboard(opened, network):
    tab = opened(page(network))
    names = tab.locator("tbody .open")

    tab.focus("#table summary")
    tab.keyboard.press("Enter")
    assert names.first.inner_text() == "Commune d'Ada"
    assert tab.locator("tbody tr").first.inner_text().split("\t") == [
        "Commune d'Ada",
        "commune",
        "4",
        "5",
        "Béa, Cyd, Dan, Ève",
    ]

    tab.focus("thead th:nth-child(1) button")
    tab.keyboard.press("Enter")
    assert names.all_inner_texts() == [
        "Béa et compagnie",
        "Commune d'Ada",
        "Cyd",
        "Dan",
        "Ève",
        "Gus",
    ]
    tab.keyboard.press("Enter")
    assert names.first.inner_text() == "Gus"
    tab.click("thead th:nth-child(3) button")
    assert tab.locator("thead th").nth(2).get_attribute("aria-sort") == "descending"

    names.last.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == "Gus"
    assert tab.evaluate("document.activeElement.id") == "panel"


def test_zoom_buttons_change_the_scale(opened, network):
    tab = opened(page(network))
    scale = "window.spnr.network.getScale()"
    start = tab.evaluate(scale)

    tab.click("#zoom-in")
    assert tab.evaluate(scale) == pytest.approx(start * 1.3)
    tab.click("#zoom-out")
    assert tab.evaluate(scale) == pytest.approx(start)
    tab.click("#zoom-in")
    tab.click("#fit")
    assert tab.evaluate(scale) == pytest.approx(start)


def test_initiatives_name_their_participants(opened):
    with loaded(TURTLE) as store:
        ask = asking(store)
        graph = project(pull(ask), read_names(ask, "en"), mode="actors-initiatives")
    tab = opened(page(graph, lang="en"))

    tab.fill("#search", "fibre")
    tab.press("#search", "Enter")

    text = tab.locator("#panel").inner_text()
    assert "Participants" in text
    assert "funder — Bea and company" in text
    assert tab.locator(".legend h3").all_inner_texts() == ["Actors", "Initiatives"]


def test_hostile_names_are_inert(opened):
    ask = told([(actor, "i") for actor, _ in HOSTILE], HOSTILE)
    content = page(project(pull(ask), read_names(ask, "fr")), title=HOSTILE[1][1])
    tab = opened(content)

    for _, name in HOSTILE:
        tab.fill("#search", name)
        tab.press("#search", "Enter")
        shown = tab.locator("#panel h2").text_content()
        assert shown == name
    assert tab.title() == HOSTILE[1][1]
    assert tab.evaluate("window.pwned") is None
    assert tab.locator("#panel a").count() == 0
    assert "javascript:alert(1)" in tab.locator("#panel").inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_empty_network_says_so(opened):
    graph = project(pull(told([("a", "i")])), filters=Filters(axis=("urn:none",)))
    content = page(graph)
    tab = opened(content)

    assert "le réseau est vide" in tab.locator("#summary").inner_text()
    assert "Élargir les filtres" in tab.locator("#summary").inner_text()
    assert tab.locator("#network, #table, script").count() == 0
    assert len(content) < 20_000


def test_one_actor_is_a_page(opened):
    tab = opened(page(project(pull(told([("seul", "i")])))))

    assert "#B0B5BD" in pixels(tab)
    assert tab.locator("#summary p").all_inner_texts() == [
        "1 acteur, 0 lien.",
        "1 acteur sans partenaire.",
    ]


def test_the_page_is_readable_in_the_dark(opened, network):
    tab = opened(page(network))

    tab.emulate_media(color_scheme="dark")
    tab.wait_for_timeout(100)

    assert "#0F141A" in {
        tab.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"
        ).upper()
    }
    assert "#E6EDF3" in pixels(tab)


def test_the_browser_itself_refuses_any_request(browser, network, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(page(network))
    tab = browser.new_page()
    tab.goto(path.as_uri())

    refused = tab.evaluate(
        """() => new Promise((resolve) => {
        const seen = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          seen.push(event.effectiveDirective);
          if (seen.length === 3) resolve(seen.sort());
        });
        fetch("http://127.0.0.1:9/").catch(() => {});
        new Image().src = "http://127.0.0.1:9/";
        document.head.append(Object.assign(document.createElement("script"),
          { src: "http://127.0.0.1:9/" }));
        })"""
    )

    assert refused == ["connect-src", "img-src", "script-src-elem"]
    tab.close()


def test_the_graph_is_left_as_it_was(network):
    before = {node: dict(facts) for node, facts in network.nodes(data=True)}

    page(network)

    assert dict(network.nodes(data=True)) == before
    assert iri("acteur:ada") in before
