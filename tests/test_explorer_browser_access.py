"""The explorer for everyone: rules of access, small screens, no script, no WebGL."""

from __future__ import annotations

import re

import pytest

from spnr_graph.render.explorer.page import page
from tests.collaborations import loaded
from tests.explorer_pages import TURTLE, axe, browsing, show, violations, without_webgl
from tests.explorers import explored

#: A record, chips and every link: what a page shows when much is open.
MUCH = "v=1&all=1&axis=axe:inclusion-numerique&focus=acteur:hal&selected=acteur:ada"
SCREENS = {"desk": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(page(explored(loaded(TURTLE))))
    return path


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    """The script of axe-core."""
    return axe(tmp_path_factory.mktemp("axe"))


@pytest.fixture
def opened(browser, path):
    """Open the page in a tab of its own; it may not complain."""
    shown = []

    def open_page(fragment="", *, size=(1280, 800), **context):
        width, height = size
        viewport = {"width": width, "height": height}
        shown.append(show(browser, path, fragment, viewport=viewport, **context))
        return shown[-1]

    yield open_page
    for one in shown:
        one.tab.context.close()
        assert one.silent()


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_rules_of_access_find_nothing_whatever_is_open(opened, rules, scheme, size):
    seen = opened(size=size, color_scheme=scheme)
    assert violations(seen.tab, rules) == []

    seen.restart(MUCH)
    seen.tab.locator("#panel-title").wait_for()
    assert violations(seen.tab, rules) == []

    seen.tab.locator("details.group").evaluate_all(
        "groups => groups.forEach(group => { group.open = true; })"
    )
    seen.tab.locator("summary", has_text="Apparence").click()
    assert violations(seen.tab, rules) == []

    seen.tab.keyboard.press("Escape")
    seen.tab.get_by_role("combobox", name="Chercher").fill("commune")
    assert seen.tab.get_by_role("option").count() > 0
    assert violations(seen.tab, rules) == []

    seen.tab.keyboard.press("Escape")
    seen.tab.get_by_role("button", name="Aide").click()
    seen.tab.get_by_role("dialog").wait_for()
    assert violations(seen.tab, rules) == []


def test_the_rules_would_find_a_line_too_pale_to_read(opened, rules):
    seen = opened()
    seen.tab.locator("#seen").evaluate("line => { line.style.color = '#dddddd'; }")
    found = {told.partition(" ")[0] for told in violations(seen.tab, rules)}

    assert "color-contrast" in found


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1920])
def test_no_screen_must_be_pushed_sideways(opened, width):
    seen = opened(MUCH, size=(width, 740))
    wide = seen.tab.evaluate("document.documentElement.scrollWidth")

    assert wide == width
    assert seen.tab.locator("#panel-title").is_visible()


def test_a_small_screen_is_used_by_touch(opened):
    seen = opened(size=(360, 740), has_touch=True, is_mobile=True)
    seen.tab.locator(".top").get_by_role("button", name="Filtres").tap()
    seen.option("Territoires intelligents").tap()
    assert seen.counts()[0] == 3
    seen.tab.locator(".top").get_by_role("button", name="Filtres").tap()
    seen.tab.get_by_role("combobox", name="Chercher").fill("beatrix")
    seen.tab.get_by_role("option").first.tap()

    title = seen.tab.locator("#panel-title")
    title.wait_for()
    assert title.inner_text() == "Béatrix Données"
    seen.tab.get_by_role("button", name="Fermer la fiche").tap()
    title.wait_for(state="detached")
    buttons = seen.tab.locator(".tools > *:visible, .zoom button, .sheet-button")
    for button in buttons.all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 32, button.inner_text()


def test_whoever_wants_no_movement_sees_none(opened):
    seen = opened(reduced_motion="reduce")
    seen.tab.get_by_role("button", name="Agrandir").click()
    moving = seen.tab.evaluate(
        "document.getAnimations().filter(one => one.playState === 'running').length"
    )

    assert moving == 0
    first = seen.picture()
    assert seen.picture().unlike(first) == 0


def test_whoever_likes_movement_arrives_at_the_same_place(opened):
    still, moved = (opened(reduced_motion=how) for how in ("reduce", "no-preference"))
    for seen in (still, moved):
        seen.tab.get_by_role("button", name="Agrandir").click()
        seen.tab.wait_for_url(re.compile(r"camera=0\.5,0\.5,0\.6667$"))

    assert moved.picture().unlike(still.picture()) < 0.001


def test_the_page_reads_without_a_script(browser, path):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    text = tab.locator("body").inner_text()

    assert "Le dessin demande JavaScript" in text
    assert "10 acteurs, 23 liens" in text
    assert tab.locator("tbody tr").count() == 10
    assert "Source : Essai" in text.replace("\u00a0", " ")
    context.close()


def test_without_webgl_a_picture_stands_in_for_the_drawing(browser, path):
    with without_webgl(browser) as other:
        seen = show(other, path, color_scheme="light")
        notice = seen.tab.locator(".drawing-notice").inner_text()

        assert notice.startswith("Ce navigateur ne sait pas dessiner le réseau")
        assert seen.tab.locator(".drawing-still [data-node]").count() == 10
        assert seen.picture().colours["#e69f00"] > 60
        seen.tab.locator(".drawing-still [data-node]").first.click()
        assert seen.tab.locator("#panel-title").inner_text() == "Halleville"
        seen.option("Territoires intelligents").check()
        assert seen.tab.locator(".drawing-still [data-node]").count() == 3
        seen.tab.locator("#drawing").focus()
        seen.tab.keyboard.press("ArrowRight")
        assert seen.tab.locator("#panel-title").inner_text() != "Halleville"
        assert seen.taken("Dessin (PNG)")[1].startswith(b"\x89PNG")
        assert seen.silent()
