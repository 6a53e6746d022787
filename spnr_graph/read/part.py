"""One material → its statements, in named graphs and without blank nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.errors import DataError
from spnr_graph.namespaces import (
    CATALOGUE_GRAPH,
    CONTRIBUTION_GRAPHS,
    IDENTITY_GRAPH,
    INFERENCE_GRAPH,
)
from spnr_graph.oxigraph import RDF_SYNTAXES
from spnr_graph.read import skolem
from spnr_graph.read.parse import parse
from spnr_graph.read.sources import slug

if TYPE_CHECKING:
    from spnr_graph.read.stream import Material

#: Graphs that spnr writes itself: what a file says in them is left out.
RESERVED: Final = frozenset({CATALOGUE_GRAPH, IDENTITY_GRAPH, INFERENCE_GRAPH})


def own_graph(name: str, partner: str = "local") -> str:
    """Return the named graph of a file that names none.

    Example:
        >>> own_graph("Aides 2026")
        'https://w3id.org/spnr/graph/contribution/local/aides-2026'
    """
    return f"{CONTRIBUTION_GRAPHS}{slug(partner)}/{slug(name)}"


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one material gave, in a store of its own."""

    store: ox.Store
    graphs: tuple[str, ...]
    skolemised: dict[str, int]
    skipped: int


def read_part(material: Material, graph: str | None, partner: str, size: int) -> Part:
    """Read one material; its statements end up in named graphs without blank nodes.

    Args:
        material: what to read.
        graph: named graph that takes everything; None for those that it names.
        partner: who contributes, when ``graph`` is None.
        size: how many bytes may come, unpacked.

    Raises:
        DataError: it cannot be read, or says nothing.
    """
    own = checked(graph) if graph else own_graph(material.stem, partner)
    store, blank = parse(material, own, size)
    if RDF_SYNTAXES[material.syntax].has_graphs:
        _place(store, own, flatten=graph is not None)
    skipped = 0
    for name in RESERVED - {graph}:
        skipped += count(store, name)
        store.remove_graph(ox.NamedNode(name))
    graphs = sorted(str(g.value) for g in store.named_graphs())
    if not len(store):
        raise _nothing(material.label, skipped)
    named = {g: _skolemise(store, g, material) if blank else 0 for g in graphs}
    return Part(store=store, graphs=tuple(graphs), skolemised=named, skipped=skipped)


def checked(graph: str) -> str:
    """Return an IRI that can name a graph.

    Raises:
        DataError: it is no IRI.
    """
    try:
        return ox.NamedNode(graph).value
    except ValueError as exc:
        raise DataError(
            fr=f"« {graph} » n'est pas un IRI : il ne peut pas nommer un graphe.",
            en=f"{graph!r} is not an IRI: it cannot name a graph.",
        ) from exc


def _place(store: ox.Store, own: str, *, flatten: bool) -> None:
    """Move statements without a graph, or all of them, to the source's own graph."""
    store.update(f"ADD DEFAULT TO <{own}> ; CLEAR DEFAULT")
    for name in list(store.named_graphs()):
        blank = isinstance(name, ox.BlankNode)
        if blank or (flatten and name.value != own):
            target = ox.NamedNode(own)
            quads = list(store.quads_for_pattern(None, None, None, name))
            store.extend(
                ox.Quad(q.subject, q.predicate, q.object, target) for q in quads
            )
            store.remove_graph(name)


def _skolemise(store: ox.Store, graph: str, material: Material) -> int:
    """Give an IRI to every blank node of a graph; return how many there were."""
    triples = blank_triples(store, graph)
    named = skolem.names(triples, f"{graph} {material.stem}", material.label)
    iris = {node: ox.NamedNode(iri) for node, iri in named.items()}
    name = ox.NamedNode(graph)
    found = [
        quad
        for quad in store.quads_for_pattern(None, None, None, name)
        if isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
    ]
    for quad in found:
        store.remove(quad)
    store.extend(
        ox.Quad(
            iris.get(str(quad.subject), quad.subject),
            quad.predicate,
            iris.get(str(quad.object), quad.object),
            name,
        )
        for quad in found
    )
    return len(iris)


def blank_triples(store: ox.Store, graph: str) -> list[skolem.Terms]:
    """Return the triples of a graph that hold a blank node."""
    rows = store.query(
        f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o "
        "FILTER(ISBLANK(?s) || ISBLANK(?o)) } }"
    )
    return [(str(s), str(p), str(o)) for s, p, o in rows]  # type: ignore[union-attr]


def count(store: ox.Store, graph: str) -> int:
    """Return how many triples a named graph holds."""
    if [name.value for name in store.named_graphs()] == [graph]:
        return len(store)
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(next(iter(rows))[0].value)  # type: ignore[arg-type]


def _nothing(label: str, skipped: int) -> DataError:
    if skipped:
        return DataError(
            fr=f"{label} : tout ce que dit cette source se trouve dans des graphes que "
            "spnr écrit lui-même. Placez-le dans un autre graphe.",
            en=f"{label}: all that this source says stands in graphs that spnr writes "
            "itself. Put it in another graph.",
        )
    return DataError(
        fr=f"{label} : la source est vide, elle ne contient aucun triplet. Vérifiez le "
        "fichier et sa syntaxe.",
        en=f"{label}: the source is empty, it holds no triple. Check the file and its "
        "syntax.",
    )
