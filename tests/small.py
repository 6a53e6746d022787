"""The small graph of ``fixtures/small``, derived, in our store and in rdflib."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph
from rdflib import Dataset, URIRef

from spnr_graph.derive import derive
from spnr_graph.project import open_project
from spnr_graph.store import Store, open_store

FOLDER = Path(__file__).parent / "fixtures" / "small"
ONTOLOGY = "https://w3id.org/spnr/graph/reference/ontologie"


def small_store() -> Store:
    """Return the small graph with the ontology, and what the rules derive from both."""
    project = open_project()
    lines: dict[str, list[bytes]] = {}
    for quad in pyoxigraph.parse(path=str(FOLDER / "small.trig")):
        lines.setdefault(quad.graph_name.value, []).append(_line(quad))
    ontology = project.root / "ontology"
    for path in (ontology / "spnr.ttl", *sorted((ontology / "voc").glob("*.ttl"))):
        for quad in pyoxigraph.parse(path=str(path)):
            if not _blank(quad):
                lines.setdefault(ONTOLOGY, []).append(_line(quad))
    store = open_store("memory:")
    for graph, triples in lines.items():
        store.replace(URIRef(graph), io.BytesIO(b"".join(triples)))
    derive(store, project.rules())
    return store


def reference(store: Store) -> Dataset:
    """Return the same graphs in rdflib, whose default graph is their union."""
    dataset = Dataset(default_union=True)
    for name in store.graphs():
        data = b"".join(store.dump(name))
        dataset.graph(name).parse(data=data, format="nt")
    return dataset


def _line(quad: pyoxigraph.Quad) -> bytes:
    return f"{quad.triple} .\n".encode()


def _blank(quad: pyoxigraph.Quad) -> bool:
    blank = pyoxigraph.BlankNode
    return isinstance(quad.subject, blank) or isinstance(quad.object, blank)
