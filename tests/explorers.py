"""Invented networks as explorers, for the tests of the page and of its model."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from spnr_graph.operations.network import pull_network
from spnr_graph.operations.network.explore import explorer
from spnr_graph.projection import Filters
from spnr_graph.render.explorer.model import Explorer
from spnr_graph.render.explorer.pack import deflated, packed
from spnr_graph.render.layout import place
from spnr_graph.render.sheet import Caption
from spnr_graph.store import Store
from tests.collaborations import loaded
from tests.needs import program

VIEWS = Path(__file__).with_name("explorer_views.mjs")
HEAD = (Path(__file__).parent / "fixtures/network/collaborations.ttl").read_text(
    encoding="utf-8"
)
_ROLES = ("porteur", "financeur", "beneficiaire", "membre")
_AXES = ("inclusion-numerique", "territoires-intelligents")
_PLACES = ("com-58194", "dep-58", "dep-21", "reg-27")
_KINDS = ("commune", "entreprise", "bloc-communal")


def invented(
    folder: Path, seed: int, *, actors: int = 12, initiatives: int = 8
) -> Path:
    """Write a random network in Turtle: dates, roles, axes, places, or none of them."""
    draw, themes = random.Random(seed), random.Random(seed + 1000)
    vocabulary = HEAD.partition("acteur:ada a spnr:Actor")[0]
    lines = [vocabulary]
    for a in range(actors):
        kind = draw.choice((*_KINDS, None))
        said = f" ; org:classification type-acteur:{kind}" if kind else ""
        if draw.random() < 0.3:
            said += f" ; dcterms:isPartOf acteur:a{draw.randrange(actors):02}"
        lines.append(f'acteur:a{a:02} a spnr:Actor{said} ; skos:prefLabel "A{a}"@fr .')
    for i in range(initiatives):
        axes = draw.sample(_AXES, draw.randrange(3))
        said = "".join(f" ; spnr:servesAxis axe:{axis}" for axis in axes)
        said += _drawn(themes, "spnr:pursuesObjective", "abc")
        said += _drawn(themes, "dcterms:audience", "abc")
        said += f" ; dcterms:spatial territoire:{draw.choice(_PLACES)}"
        said += _dates(draw)
        if draw.random() < 0.6:
            said += f" ; spnr:budgetEUR {draw.randrange(1, 90)}000"
        lines.append(
            f"initiative:i{i} a spnr:Initiative ; dcterms:type type-initiative:projet"
            f'{said} ; skos:prefLabel "I{i}"@fr .'
        )
        for a in draw.sample(range(actors), draw.randrange(1, 7)):
            for role in draw.sample(_ROLES, draw.randrange(1, 3)):
                euros = f" ; spnr:amountEUR {a + 1}00" if draw.random() < 0.5 else ""
                euros += _drawn(themes, "dcterms:source", "uvw")
                lines.append(
                    f"participation:i{i}--a{a:02}--{role} cv:hasParticipant "
                    f"acteur:a{a:02} ; spnr:initiative initiative:i{i} ; "
                    f"cv:role role:{role}{_dates(draw)}{euros} ."
                )
    path = folder / f"{seed}.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _drawn(draw: random.Random, link: str, names: str) -> str:
    """Return none, one or two values of a property."""
    found = draw.sample(names, draw.randrange(3))
    return "".join(f" ; {link} <https://example.org/{name}>" for name in found)


def _dates(draw: random.Random) -> str:
    """Return a first and a last year, either of them sometimes unknown."""
    first = draw.randrange(2010, 2020)
    said = ""
    if draw.random() < 0.5:
        said += f' ; schema:startDate "{first}-01-01"^^xsd:date'
    if draw.random() < 0.5:
        last = first + draw.randrange(6)
        said += f' ; schema:endDate "{last}-12-31"^^xsd:date'
    return said


def explored(
    store: Store,
    *,
    mode: str = "actors",
    weight: str = "count",
    lang: str = "fr",
    chosen: Filters | None = None,
    **options: Any,
) -> Explorer:
    """Return the explorer of a store."""
    pulled = pull_network(store, lang=lang)
    graph = pulled.graph(mode=mode, weight=weight, chosen=chosen)
    captions = {
        language: Caption(lang=language, title=title, source="Essai", licence="CC0")
        for language, title in (("fr", "Réseau d'essai"), ("en", "A network"))
    }
    return explorer(
        store,
        pulled,
        graph,
        positions=place(graph),
        captions=captions,
        mode=mode,
        weight=weight,
        chosen=chosen,
        **options,
    )


def explored_file(path: Path, **options: Any) -> Explorer:
    """Return the explorer of a Turtle file."""
    return explored(loaded(path), **options)


def views(*asked: tuple[Explorer, list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return what the page sees of explorers, in states whose things are IRIs."""
    question = json.dumps(
        [{"base64": deflated(packed(one)), "states": states} for one, states in asked]
    )
    done = subprocess.run(
        [program("node"), str(VIEWS)],
        input=question.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found
