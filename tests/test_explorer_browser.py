"""The explorer in a real browser: drawn, searched, filtered, walked, told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from spnr_graph.operations.network import pull_network
from spnr_graph.projection import Filters
from spnr_graph.render.explorer.page import page
from tests.collaborations import iri, loaded
from tests.explorer_pages import TURTLE, browsing, show
from tests.explorers import explored


@pytest.fixture(scope="module")
def browser():
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def store():
    return loaded(TURTLE)


@pytest.fixture(scope="module")
def path(store, tmp_path_factory):
    """The page of the network that these tests look at."""
    path = tmp_path_factory.mktemp("page") / "réseau d'essai.html"
    path.write_bytes(page(explored(store, observed=date(2020, 1, 31))))
    return path


@pytest.fixture(scope="module")
def tab(browser, path):
    """The page in the tab that these tests share."""
    return show(browser, path, color_scheme="light")


@pytest.fixture
def opened(tab):
    """Open an address of the page; it may neither ask for anything nor complain."""

    def open_page(fragment=""):
        tab.restart(fragment)
        return tab

    yield open_page
    assert tab.silent()


def expect(*arguments):
    """Wait until a place of the page is as it is said."""
    from playwright.sync_api import expect as until

    return until(*arguments)


# --- What is drawn


@pytest.mark.parametrize(
    ("theme", "paper"), [("light", "#ffffff"), ("dark", "#12171e")]
)
def test_the_colours_of_the_legend_are_drawn_on_the_paper_of_the_theme(
    opened, theme, paper
):
    seen = opened()
    seen.tab.emulate_media(color_scheme=theme)
    picture = seen.picture()
    legend = seen.tab.locator(".legend-line svg > *").evaluate_all(
        "signs => signs.map(sign => sign.getAttribute('fill'))"
    )

    assert next(iter(picture.colours)) == paper
    assert 0.01 < picture.inked() < 0.5
    assert len(set(legend)) == 5
    assert {colour: picture.colours.get(colour, 0) > 60 for colour in legend} == (
        dict.fromkeys(legend, True)
    )
    seen.tab.emulate_media(color_scheme="light")


def test_the_backbone_opens_and_all_links_come_when_they_are_asked_for(opened):
    seen = opened()
    few, backbone = seen.picture(), seen.links()
    nodes, drawn, whole = seen.counts()

    assert (nodes, whole) == (10, 23)
    assert drawn == len(backbone) < whole
    seen.all_links()
    assert seen.counts() == (10, 23, 23)
    assert groups(backbone) == groups(seen.links())
    assert seen.picture().inked() > few.inked()
    assert seen.hash() == "v=1&all=1"


def groups(links):
    """Return who is linked, by however many steps."""
    import networkx as nx

    return sorted(map(sorted, nx.connected_components(nx.Graph(links))))


def test_names_are_written_in_the_drawing(opened):
    seen = opened()
    names = re.findall(rb"<text[^>]*>([^<]+)</text>", seen.taken("Dessin (SVG)")[1])

    assert {"Halleville", "CCVO", "Ville de Saint-Élan"} <= {
        name.decode() for name in names
    }


def test_an_actor_pointed_at_stands_out_with_all_its_partners(opened):
    seen = opened()
    before = seen.picture()
    seen.tab.mouse.move(*seen.places()["Halleville"])
    expect(seen.tab.locator("#drawing")).to_have_css("cursor", "pointer")
    expect(seen.tab.locator("#drawing")).to_have_class(re.compile("drawing-dimmed"))
    during = seen.picture()
    seen.tab.mouse.move(5, 5)
    expect(seen.tab.locator("#drawing")).not_to_have_class(re.compile("drawing-dimmed"))

    assert during.unlike(before) > 0.01
    assert seen.picture().unlike(before) < 0.001


# --- Search


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mediatheque d'eve", "Médiathèque d'Ève"),
        ("MÉDIATHÈQUE", "Médiathèque d'Ève"),
        ("mediatèhque", "Médiathèque d'Ève"),
        ("oeuf", "Communauté de communes du Val d'Œuf"),
        ("ccvo", "Communauté de communes du Val d'Œuf"),
        ("100000009", "Ville de Saint-Élan"),
        ("beatrix data", "Béatrix Données"),
        ("bus numerique", "Bus numérique"),
    ],
    ids=[
        *("no-accents", "capitals", "slip", "ligature"),
        *("acronym", "siren", "english", "initiative"),
    ],
)
def test_search_forgives_and_opens_what_it_finds_from_the_keyboard(opened, typed, name):
    seen = opened()
    seen.tab.keyboard.press("/")
    box = seen.tab.get_by_role("combobox", name="Chercher")
    expect(box).to_be_focused()
    seen.tab.keyboard.type(typed)
    expect(seen.tab.get_by_role("option").first).to_contain_text(name)
    seen.tab.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "answer-0")
    seen.tab.keyboard.press("Enter")

    expect(seen.tab.locator("#panel-title")).to_have_text(name)
    expect(seen.tab.locator("#panel-title")).to_be_focused()
    seen.tab.keyboard.press("Escape")
    expect(seen.tab.locator("#panel-title")).to_have_count(0)


def test_search_says_that_it_found_nothing(opened):
    seen = opened()
    seen.tab.get_by_role("combobox", name="Chercher").fill("zzzzzz")

    expect(seen.tab.locator("p.told")).to_have_text(
        "Aucune réponse. Essayer un autre nom, ou moins de lettres."
    )


# --- Filters: what the page counts is what Python counts


def counted(store, chosen):
    """Count the nodes and the links of Python."""
    graph = pull_network(store, lang="fr").graph(chosen=chosen)
    return len(graph), graph.number_of_edges()


FILTERS = {
    "axis": (["Inclusion numérique"], Filters(axis=(iri("axe:inclusion-numerique"),))),
    "two-axes": (
        ["Inclusion numérique", "Territoires intelligents"],
        Filters(
            axis=(iri("axe:inclusion-numerique"), iri("axe:territoires-intelligents"))
        ),
    ),
    "kind": (["association"], Filters(actor_kind=(iri("type-acteur:association"),))),
    "kind-and-narrower": (
        ["bloc communal"],
        Filters(actor_kind=(iri("type-acteur:bloc-communal"),)),
    ),
    "role": (["porteur"], Filters(role=(iri("role:porteur"),))),
    "place-and-parts": (["Vallées"], Filters(territory=(iri("territoire:dep-58"),))),
    "several": (
        ["Territoires intelligents", "commune", "porteur"],
        Filters(
            axis=(iri("axe:territoires-intelligents"),),
            actor_kind=(iri("type-acteur:commune"),),
            role=(iri("role:porteur"),),
        ),
    ),
}


@pytest.mark.parametrize(("names", "chosen"), FILTERS.values(), ids=FILTERS.keys())
def test_a_filter_leaves_what_the_same_filter_leaves_in_python(
    opened, store, names, chosen
):
    seen = opened("v=1&all=1")
    for name in names:
        seen.option(name).check()
    nodes, links = counted(store, chosen)

    assert seen.counts() == (nodes, links, links)
    assert len(seen.table("Acteurs")) == max(nodes, 1)
    seen.tab.get_by_role("button", name="Tout effacer").click()
    assert seen.counts() == (10, 23, 23)


def test_the_number_beside_a_choice_is_what_it_leaves(opened):
    seen = opened("v=1&all=1")
    rows = seen.tab.get_by_role("list", name=re.compile("^(Axe|Type)$")).locator(
        "label"
    )
    told = [int(number) for number in rows.locator(".count").all_inner_texts()]
    left = []
    for row in rows.locator("input").all():
        row.check()
        left.append(seen.counts()[0])
        row.uncheck()

    assert left == told == [8, 3, 4, 3, 3, 2]


def test_a_period_leaves_what_it_leaves_in_python(opened, store):
    first, last = date(2012, 7, 1), date(2014, 7, 1)
    day = {each: (each - date(1970, 1, 1)).days for each in (first, last)}
    seen = opened("v=1&all=1")
    seen.tab.get_by_role("slider", name="Fin").fill(str(day[last]))
    seen.tab.get_by_role("slider", name="Début").fill(str(day[first]))
    nodes, links = counted(store, Filters(between=(first, last)))

    assert seen.counts() == (nodes, links, links)
    expect(seen.tab.locator(".period")).to_have_text(
        "1er juillet 2012 – 1er juillet 2014"
    )
    expect(seen.tab.locator(".chips .chip").first).to_have_text(
        "Période\u00a0: du 1er juillet 2012 au 1er juillet 2014"
    )


def test_the_day_of_observation_is_a_press_away(opened, store):
    seen = opened("v=1&all=1")
    seen.tab.get_by_role("button", name="Au 31 janvier 2020").click()
    nodes, links = counted(store, Filters(on=date(2020, 1, 31)))

    assert seen.counts() == (nodes, links, links)


def test_a_slider_moves_by_days_months_and_years_from_the_keyboard(opened):
    seen = opened()
    slider = seen.tab.get_by_role("slider", name="Fin")
    slider.focus()
    for key, said in {
        "ArrowLeft": "30 décembre 2020",
        "Shift+ArrowLeft": "30 novembre 2020",
        "PageDown": "1er décembre 2019",
    }.items():
        seen.tab.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", said)


def test_a_community_is_a_filter(opened):
    seen = opened("v=1&all=1")
    group = seen.tab.locator("#filters details.group").filter(has_text="Communauté")
    group.locator("summary").click()
    row = group.locator("label").first
    size = int(row.locator(".count").inner_text())
    row.locator("input").check()

    assert seen.counts()[0] == size < 10


def test_the_legend_filters_too(opened, store):
    seen = opened("v=1&all=1")
    seen.tab.locator("button.legend-line").filter(has_text="ssociation").first.click()
    nodes, links = counted(store, Filters(actor_kind=(iri("type-acteur:association"),)))

    assert seen.counts() == (nodes, links, links)


def test_filters_that_leave_nothing_say_so_and_can_be_taken_away(opened):
    seen = opened(
        "v=1&kind=type-acteur:association&role=role:porteur&axis=axe:territoires-intelligents"
    )

    expect(seen.tab.locator(".drawing-notice")).to_contain_text(
        "Rien ne répond à ces filtres."
    )
    expect(seen.tab.get_by_role("table", name="Acteurs")).to_contain_text(
        "Rien à montrer ici."
    )
    assert seen.counts() == (0, 0, 0)
    for _ in range(3):
        seen.tab.locator(".chips .chip").first.click()
    assert seen.counts()[::2] == (10, 23)


# --- Focus


def test_the_surroundings_of_an_actor_to_any_depth(opened, store):
    import networkx as nx

    graph = pull_network(store, lang="fr").graph()
    hal = iri("acteur:hal")
    seen = opened("v=1&all=1&selected=acteur:hal")
    seen.tab.get_by_role("button", name="Voir ses alentours").click()
    for depth in (1, 2, 3):
        seen.tab.get_by_label("Distance").select_option(str(depth))
        around = nx.ego_graph(graph, hal, radius=depth)
        expect(seen.tab.locator(".bar .chip")).to_contain_text(
            f"Autour de Halleville, à {depth} pas"
        )
        assert seen.counts()[:2] == (len(around), around.number_of_edges())
    seen.tab.get_by_role("button", name="Autour de Halleville").click()

    assert seen.counts() == (10, 23, 23)


# --- The record


def test_the_record_of_an_actor_tells_all_down_to_its_sources(opened):
    seen = opened()
    seen.tab.mouse.click(*seen.places()["Ville de Saint-Élan"])
    panel = seen.tab.locator(".panel")
    expect(panel.locator("h2")).to_have_text("Ville de Saint-Élan")
    text = panel.inner_text()

    for told in (
        "100000009",
        "Saint-Élan",
        "Inclusion numérique",
        "Affirmé",
        "Béatrix Données",
        "3 initiatives communes\u00a0: ",
        "Tiers-lieux des Plateaux",
        "Du 1er janvier 2015 au 31 décembre 2018",
        "porteur · affirmé",
        "Région d'essai · 2018",
    ):
        assert told.lower() in text.lower()
    assert panel.get_by_role("link").evaluate_all(
        "links => links.map(link => [link.href, link.rel, link.target])"
    ) == [
        ["https://example.org/ada", "noopener noreferrer", "_blank"],
        ["https://example.org/bilan", "noopener noreferrer", "_blank"],
    ]


def test_a_link_explains_itself(opened):
    seen = opened("v=1&selected=acteur:ada")
    seen.tab.locator(".panel .why").first.click()
    panel = seen.tab.locator(".panel")
    expect(panel.locator("h2")).to_have_text("Ville de Saint-Élan et Béatrix Données")
    text = panel.inner_text()

    for told in (
        "3 initiatives communes · poids 3",
        "Portail de données",
        "Fibre à l'école",
        "Béatrix Données\u00a0: financeur · 12\u202f500\u00a0€",
        "Bilan des tiers-lieux",
    ):
        assert told in text
    assert "selected=acteur:ada~acteur:bea" in seen.hash()


def test_an_initiative_tells_who_takes_part(opened):
    seen = opened("v=1&selected=initiative:bus")
    panel = seen.tab.locator(".panel")

    expect(panel.locator("h2")).to_have_text("Bus numérique")
    expect(panel).to_contain_text("Participants (2)")
    panel.get_by_role("button", name="Ida Services").click()
    expect(panel.locator("h2")).to_have_text("Ida Services")


def test_a_record_says_that_what_it_tells_is_filtered_out(opened):
    seen = opened("v=1&role=role:financeur&selected=acteur:gus")

    expect(seen.tab.locator(".panel .notice")).to_have_text(
        "Cet élément est hors des filtres : il n'est pas dans le dessin."
    )


# --- The tables


def test_the_tables_hold_what_is_drawn_and_sort(opened):
    seen = opened()
    rows = seen.table("Acteurs")
    degrees = [int(row[4]) for row in rows]

    assert degrees == sorted(degrees, reverse=True)
    assert rows[0][:2] == ["Halleville", "Commune"]
    seen.tab.get_by_role("button", name="Nom", exact=True).first.click()
    assert [row[0] for row in seen.table("Acteurs")] == [
        "Béatrix Données", "Communauté de communes du Val d'Œuf",
        "Commune de Corcelles", "Faÿ Réseaux", "Gus", "Halleville", "Ida Services",
        "Jardins numériques", "Médiathèque d'Ève", "Ville de Saint-Élan",
    ]  # fmt: skip
    assert len(seen.table("Liens")) == seen.counts()[1]
    expect(
        seen.tab.get_by_role("table", name="Acteurs").locator("th[aria-sort=ascending]")
    ).to_have_text("Nom")


def test_a_name_in_the_table_opens_its_record_and_closing_comes_back(opened):
    seen = opened()
    button = seen.tab.get_by_role("table", name="Acteurs").get_by_role(
        "button", name="Jardins numériques"
    )
    button.focus()
    seen.tab.keyboard.press("Enter")
    expect(seen.tab.locator("#panel-title")).to_have_text("Jardins numériques")
    expect(seen.tab.locator("#panel-title")).to_be_focused()
    expect(seen.tab.locator("tr[aria-current=true]")).to_contain_text("Jardins")
    seen.tab.keyboard.press("Escape")

    expect(button).to_be_focused()


# --- The keyboard


def test_everything_is_reached_by_the_keyboard_alone(browser, path):
    seen = show(browser, path)
    seen.tab.keyboard.press("Tab")
    expect(seen.tab.get_by_role("link", name="Aller au dessin")).to_be_focused()
    seen.tab.keyboard.press("Enter")
    drawing = seen.tab.locator("#drawing")
    expect(drawing).to_be_focused()
    seen.tab.keyboard.press("ArrowRight")
    expect(seen.tab.locator("#panel-title")).to_have_text("Halleville")
    expect(drawing).to_be_focused()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        seen.tab.keyboard.press(key)
    expect(seen.tab.locator("p.unseen[role=status]").last).to_contain_text("relié par")
    seen.tab.keyboard.press("f")
    expect(seen.tab.locator(".bar .chip")).to_contain_text("Autour de")
    seen.tab.keyboard.press("Enter")
    expect(seen.tab.locator("#panel-title")).to_be_focused()
    seen.tab.keyboard.press("Escape")
    expect(drawing).to_be_focused()
    seen.tab.keyboard.press("Escape")
    assert seen.counts()[::2] == (10, 23)
    seen.tab.keyboard.press("t")
    expect(seen.tab.locator("#tables-title")).to_be_focused()
    seen.tab.keyboard.press("?")
    expect(seen.tab.get_by_role("dialog")).to_be_visible()
    seen.tab.keyboard.press("Escape")
    expect(seen.tab.get_by_role("dialog")).to_be_hidden()


def test_the_camera_zooms_and_comes_back(opened):
    seen = opened()
    seen.tab.locator("#drawing").focus()
    whole = seen.picture()
    seen.tab.keyboard.press("+")
    near = seen.picture()
    seen.tab.keyboard.press("0")

    assert near.unlike(whole) > 0.01
    assert seen.picture().unlike(whole) < 0.001


# --- Language, theme, colours and sizes


def test_the_page_speaks_english_when_it_is_asked_to(opened):
    seen = opened()
    seen.tab.get_by_role("button", name="English").click()

    expect(seen.tab.locator("html")).to_have_attribute("lang", "en")
    expect(seen.tab).to_have_title("A network")
    expect(seen.tab.locator("#summary-title")).to_have_text("What the drawing shows")
    expect(seen.tab.get_by_role("table", name="Actors")).to_contain_text("Beatrix Data")
    expect(seen.tab.locator("#seen")).to_have_text(re.compile("^10 actors · "))
    assert seen.hash() == "v=1&lang=en"
    left = seen.tab.locator("body").inner_text()
    assert not re.search("Acteurs|Liens|Filtres|Communauté :", left)


def test_the_theme_is_a_choice(opened):
    seen = opened()
    seen.tab.locator("summary", has_text="Apparence").click()
    seen.tab.get_by_role("button", name="Sombre").click()

    assert next(iter(seen.picture().colours)) == "#12171e"
    assert seen.hash() == "v=1&theme=dark"


def test_a_measure_colours_and_sizes_the_signs(opened):
    seen = opened()
    before = seen.picture()
    seen.tab.get_by_role("combobox", name="Couleur").select_option("liens")
    ramp = seen.tab.locator(".legend-line svg > *").evaluate_all(
        "signs => signs.map(sign => sign.getAttribute('fill'))"
    )
    after = seen.picture()
    seen.tab.get_by_role("combobox", name="Taille").select_option("none")

    assert {colour for colour in ramp if after.colours.get(colour, 0) > 60}
    assert not set(ramp) & {c for c, n in before.colours.items() if n > 60}
    assert seen.picture().unlike(after) > 0.01


def test_the_summary_says_in_words_what_is_seen(opened):
    seen = opened("v=1&axis=axe:territoires-intelligents")
    text = seen.tab.locator(".summary .told").inner_text()

    assert "Le dessin montre 3 acteurs et 2 liens." in text
    assert "Le lien le plus fort unit Ville de Saint-Élan et Béatrix Données" in text
    assert "Filtres en vigueur\u00a0: Axe\u00a0: Territoires intelligents." in text
