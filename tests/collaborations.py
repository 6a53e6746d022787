"""Small networks for the tests of projections and pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from rdflib import URIRef

from spnr_graph.namespaces import PREFIXES, expand
from spnr_graph.projection import Ask
from spnr_graph.sparql import parse
from spnr_graph.store import Store, open_store

ROOT = Path(__file__).parents[1]
TURTLE = Path(__file__).parent / "fixtures" / "network" / "collaborations.ttl"


def iri(name: str) -> str:
    """Return the IRI of a prefixed name that the package knows."""
    found = expand(name)
    assert found, name
    return found


def loaded(*paths: Path) -> Store:
    """Return a store in memory that holds these Turtle files."""
    store = open_store("memory:")
    lines = io.BytesIO()
    for path in paths:
        quads = pyoxigraph.parse(path=str(path))
        triples = (quad.triple for quad in quads)
        lines.write(
            pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
        )
    lines.seek(0)
    store.replace(URIRef("https://w3id.org/spnr/graph/contribution/test/reseau"), lines)
    return store


def asking(store: Store) -> Ask:
    """Return what answers the internal queries from a store."""

    def ask(name: str) -> bytes:
        text = (ROOT / "queries" / "internal" / f"{name}.rq").read_text(
            encoding="utf-8"
        )
        output = io.BytesIO()
        store.write(parse(text, name=name), output, "csv")
        return output.getvalue()

    return ask


def told(
    participations: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]] = ()
) -> Ask:
    """Return what answers from (actor, initiative) pairs, all of them leads."""
    lead = PREFIXES["role"] + "porteur"
    rows = [
        (
            iri(f"participation:{i}--{a}"),
            iri(f"acteur:{a}"),
            iri(f"initiative:{i}"),
            lead,
            "",
            "",
            "",
        )
        for a, i in participations
    ]
    answers = {
        "participations": _csv(
            "participation acteur initiative role debut fin montant", rows
        ),
        "provenances": _csv(
            "participation source", [(row[0], "javascript:alert(1)") for row in rows]
        ),
        "attributs": _csv(
            "chose propriete valeur", [(lead, iri("spnr:collaborative"), "true")]
        ),
        "noms": _csv(
            "chose sorte nom langue",
            [(iri(f"acteur:{a}"), "nom", name, "fr") for a, name in names],
        ),
    }
    return answers.__getitem__


def stating(
    participations: Iterable[str], facts: Iterable[tuple[str, str, str]] = ()
) -> Ask:
    """Return what answers from lines ``actor initiative role [start end [amount]]``.

    Args:
        participations: ``-`` stands for what is not known; roles are slugs.
        facts: thing, prefixed name of a property, value.
    """
    rows = []
    for number, line in enumerate(participations):
        cells = ["" if cell == "-" else cell for cell in line.split()]
        actor, initiative, role, *rest = cells
        known = (actor, initiative, iri(f"role:{role}"), *rest, *[""] * (3 - len(rest)))
        rows.append((f"p{number}", *known))
    stated = [(thing, iri(name), value) for thing, name, value in facts]
    answers = {
        "participations": _csv(
            "participation acteur initiative role debut fin montant", rows
        ),
        "provenances": _csv("participation source", []),
        "attributs": _csv("chose propriete valeur", stated),
    }
    return answers.__getitem__


def _csv(columns: str, rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return SPARQL results in CSV."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(columns.split())
    writer.writerows(rows)
    return output.getvalue().encode()
