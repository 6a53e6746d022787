"""Networks that a person may meet or fear, in stores that the command line opens."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from rdflib import URIRef

from spnr_graph.namespaces import PREFIXES
from spnr_graph.store import open_store
from tests.collaborations import TURTLE

GRAPH = URIRef("https://w3id.org/spnr/graph/contribution/test/reseau")
#: What makes a role and a kind collaborate, and gives them names.
VOCABULARY = """
role:porteur spnr:collaborative true ; skos:prefLabel "porteur"@fr , "lead"@en .
role:financeur spnr:collaborative true ; skos:prefLabel "financeur"@fr , "funder"@en .
type-initiative:projet spnr:collaborative true ; skos:prefLabel "projet"@fr .
"""
MARKUP = '<script>alert("1")</script> & <b>« gras »</b>'
#: Names as they come out of other people's systems.
NAMES = {
    "balise": MARKUP,
    "emoji": "Fabrique 🧑🏽‍💻 & Cie",
    "arabe": "جمعية التضامن الرقمي",
    "long": "Syndicat mixte " + "d'aménagement numérique " * 12,
    "lignes": "Deux\nlignes\t et  des espaces",
    "formule": "=SOMME(A1)",
    "accolades": "{0} %s $x` \\ ~ |",
}


def actor(name: str, label: str = "", more: str = "") -> str:
    """Return an actor in Turtle; ``more`` are further statements."""
    said = _quoted(label or name.capitalize())
    return f"acteur:{name} a spnr:Actor ; skos:prefLabel {said}@fr {more}.\n"


def initiative(name: str, *actors: str, more: str = "") -> str:
    """Return an initiative and who takes part; the first one leads."""
    found = [
        f"initiative:{name} a spnr:Initiative ; dcterms:type type-initiative:projet ; "
        f"skos:prefLabel {_quoted(name.capitalize())}@fr {more}.\n"
    ]
    for place, each in enumerate(actors):
        role = "financeur" if place else "porteur"
        found.append(
            f"participation:{name}--{each} cv:hasParticipant acteur:{each} ; "
            f"spnr:initiative initiative:{name} ; cv:role role:{role} .\n"
        )
    return "".join(found)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


NETWORKS: dict[str, str] = {
    "vide": "",
    "sans-initiative": VOCABULARY + actor("ada") + actor("bea"),
    "sans-acteur": VOCABULARY + initiative("seul"),
    "un-acteur": VOCABULARY + actor("ada") + initiative("seul", "ada"),
    "chacun-pour-soi": VOCABULARY
    + actor("ada")
    + actor("bea")
    + initiative("un", "ada")
    + initiative("deux", "bea"),
    "un-couple": VOCABULARY
    + actor("ada")
    + actor("bea")
    + initiative("un", "ada", "bea"),
    "noms": VOCABULARY
    + "".join(actor(name, label) for name, label in NAMES.items())
    + initiative("tous", *NAMES)
    + initiative("deux", "balise", "arabe"),
    "sans-nom": VOCABULARY
    + initiative("un", "ada", "bea", "cyd")
    + initiative("deux", "cyd", "dan"),
}


def placed(directory: Path, text: str) -> str:
    """Return where a store lies that holds this Turtle, without its prefixes."""
    head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    return _placed(
        directory, pyoxigraph.parse(head + text, pyoxigraph.RdfFormat.TURTLE)
    )


def collaborations(directory: Path) -> str:
    """Return where a store lies that holds ``fixtures/network/collaborations.ttl``."""
    return _placed(directory, pyoxigraph.parse(path=str(TURTLE)))


def _placed(directory: Path, quads: Iterable[pyoxigraph.Quad]) -> str:
    location = str(directory / "store")
    triples = (quad.triple for quad in quads)
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    with open_store(location) as store:
        store.replace(GRAPH, io.BytesIO(lines))
    return location
