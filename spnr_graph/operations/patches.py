"""What merging changed in each graph, kept in the catalogue graph.

It hangs on the graph's activity, hence stays out of exports, and outlives the record of
a loading.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from spnr_graph import catalogue, sparql
from spnr_graph.identity.merge import Patch
from spnr_graph.namespaces import CATALOGUE_GRAPH, PREFIXES
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from spnr_graph.store import Store


def read(store: Store, graph: str) -> Patch:
    """Return what merging changed in a graph."""
    from rdflib.term import URIRef

    question = sparql.parse(query_text("internal/fusion"), name="internal/fusion")
    filled = sparql.fill(question, {"fusion": [URIRef(_node(graph))]})
    return Patch.of(str(change) for (change,) in store.select(filled))


def write(
    store: Store, graph: str, patch: Patch, *, triples: int | None = None
) -> None:
    """Keep what merging changed in a graph, in place of what was kept before.

    Args:
        store: a store open for writing.
        graph: IRI of the graph.
        patch: what merging changed.
        triples: how many triples the graph holds now, when merging alone changed it.
    """
    from rdflib import Literal, URIRef

    node, value = f"<{_node(graph)}>", URIRef(PREFIXES["prov"] + "value").n3()
    size = f"<{graph}> <{PREFIXES['void']}triples> "
    gone = (f"{node} ", size) if triples is not None else (f"{node} ",)
    starts = tuple(start.encode() for start in gone)
    name, sized = URIRef(CATALOGUE_GRAPH), False
    lines: list[bytes] = []
    for line in store.dump(name):
        sized |= line.startswith(size.encode())
        if not line.startswith(starts):
            lines.append(line)
    for change in patch.changes():
        lines.append(f"{node} {value} {Literal(change).n3()} .\n".encode())
    if triples is not None and sized:  # a graph that nobody described stays so
        lines.append(f"{size}{Literal(triples).n3()} .\n".encode())
    store.replace(name, io.BytesIO(b"".join(lines)))


def _node(graph: str) -> str:
    return f"{catalogue.activity(graph)}/fusion"
