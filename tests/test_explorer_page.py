"""The page of an explorer: one file, read without JavaScript, that asks no server."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser

import pytest

from spnr_graph.errors import DataError
from spnr_graph.render.explorer import page as pages
from spnr_graph.render.explorer.model import Text
from spnr_graph.render.explorer.pack import packed
from spnr_graph.render.explorer.page import page
from tests.collaborations import TURTLE, iri, loaded
from tests.explorers import explored, explored_file, invented


@pytest.fixture(scope="module")
def small():
    """The explorer of the small network of collaborations."""
    return explored(loaded(TURTLE))


class Elements(HTMLParser):
    """Elements of a page with their attributes and texts."""

    def __init__(self, text):
        super().__init__()
        self.found, self.texts, self._open = [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for each in self._open:
            self.texts[each] = self.texts.get(each, "") + data

    def of(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


def read(content):
    return Elements(content.decode("utf-8"))


def test_the_policy_lets_in_this_script_and_this_style_and_no_network(small):
    text = page(small).decode()
    elements = Elements(text)
    policy = next(
        meta["content"] for meta in elements.of("meta") if "http-equiv" in meta
    )
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)

    def digest(content):
        found = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        return f"'sha256-{found}'"

    assert len(script) == len(style) == 1
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {digest(script[0])}",
        f"style-src {digest(style[0])}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_page_loads_nothing(small):
    elements = read(page(small))

    assert [tag for tag, attrs in elements.found if "src" in attrs] == []
    assert [attrs["href"] for tag, attrs in elements.found if "href" in attrs] == [
        "data:,"
    ]


def test_the_page_reads_without_javascript_in_its_language(small):
    french = read(page(small))
    english = read(page(explored(loaded(TURTLE), lang="en")))

    assert french.of("html") == [{"lang": "fr"}]
    assert english.of("html") == [{"lang": "en"}]
    assert french.texts["title", None] == "Réseau d'essai"
    assert english.texts["title", None] == "A network"
    assert "6 acteurs, 6 liens" in french.texts["main", "static"]
    assert "6 actors, 6 links" in english.texts["main", "static"]
    assert "Le dessin demande JavaScript" in french.texts["noscript", None]
    assert "Béa et compagnie" in french.texts["main", "static"]
    assert "Bea and company" in english.texts["main", "static"]
    assert "Source : Essai" in french.texts["main", "static"]
    assert "Licence : CC0" in french.texts["main", "static"]


def test_what_is_said_when_the_data_cannot_be_read_waits_in_the_page(small):
    elements = read(page(small))
    said = next(attrs for attrs in elements.of("p") if attrs.get("id") == "unread")

    assert said == {"id": "unread", "role": "alert", "hidden": None}
    assert elements.texts["p", "unread"].startswith("Le dessin n'a pas pu être préparé")


def test_the_table_names_the_most_connected_and_says_how_many_rest(tmp_path):
    one = explored_file(invented(tmp_path, 1, actors=150, initiatives=120))
    assert len(one.graph) > 100

    elements = read(page(one))

    assert len(elements.of("tr")) == 101
    assert (
        f"Les 100 plus reliés, sur {len(one.graph)} acteurs ; le dessin"
        in elements.texts["main", "static"]
    )


def test_many_partners_are_counted_not_listed(tmp_path):
    one = explored_file(invented(tmp_path, 2, actors=14, initiatives=40))

    assert re.search(r"A\d+, et \d+ autres", read(page(one)).texts["table", None])


def test_the_data_are_the_packed_columns(small):
    text = read(page(small)).texts["script", "data"]

    assert json.loads(zlib.decompress(base64.b64decode(text))) == packed(small)


def test_the_same_network_gives_the_same_bytes():
    assert page(explored(loaded(TURTLE))) == page(explored(loaded(TURTLE)))


HOSTILE = {
    "markup": "</script><script>alert(1)</script><!-- <b>",
    "emoji": "Réseau 🌍🚲 numérique",
    "right-to-left": "\u202eشبكة التعاون\u202c",
    "long": "Syndicat " * 40,
    "lone-surrogate": "cassé \ud800 ici",
    "json": '"}];\u2028\u2029\\',
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_name_is_text(small, name):
    from dataclasses import replace

    graph, ada = small.graph.copy(), iri("acteur:ada")
    names = {
        lang: replace(told, labels={**told.labels, ada: name}, shorts={})
        for lang, told in small.names.items()
    }
    one = replace(small, graph=graph, names=names, title=Text(name, name))

    content = page(one)
    elements = read(content)
    shown = name.encode("utf-8", "replace").decode()
    columns = json.loads(
        zlib.decompress(base64.b64decode(elements.texts["script", "data"]))
    )

    assert [script.get("id") for script in elements.of("script")] == [
        "data", "notice", None,
    ]  # fmt: skip
    assert elements.of("b") == []
    assert elements.texts["title", None] == shown
    assert columns["nodes"]["label"][columns["nodes"]["iri"].index(ada)] == shown


def test_an_empty_network_is_a_page_that_says_so():
    from spnr_graph.projection import Filters

    one = explored(loaded(TURTLE), chosen=Filters(axis=(iri("axe:inconnu"),)))
    elements = read(page(one))

    assert "Aucune participation ne correspond" in elements.texts["main", "static"]
    assert elements.of("table") == []
    assert packed(one)["nodes"]["iri"] == []
    assert packed(one)["edges"]["a"] == []


def test_licences_of_the_libraries_stand_in_the_page(small):
    text = read(page(small)).texts["script", "notice"]

    assert "graphology 0.26.0 (MIT)" in text
    assert "sigma 3.0.3 (MIT)" in text


def test_a_page_that_was_not_built_says_how_to_build_it(small, monkeypatch):
    monkeypatch.setattr(pages, "BUILT", "absent")

    with pytest.raises(DataError) as caught:
        page(small)

    assert caught.value.fr.startswith("Explorateur : fichier explorer.js absent")
    assert "pip install -e ." in caught.value.en
