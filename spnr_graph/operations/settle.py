"""Settle: the graphs of a store, brought to the decisions on identity in force.

Every step leaves ``received = (placed − put in) ∪ taken out`` true, so that an
interruption between any two of them loses nothing: what merging changed is recorded
before it is placed, and forgotten after.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from spnr_graph import __version__, catalogue
from spnr_graph.derive import derive
from spnr_graph.identity import decisions
from spnr_graph.identity.merge import Patch, Renames, applied, patch, received
from spnr_graph.identity.written import statements
from spnr_graph.namespaces import (
    CATALOGUE_GRAPH,
    IDENTITY_GRAPH,
    INFERENCE_GRAPH,
    PREFIXES,
)
from spnr_graph.operations import patches
from spnr_graph.operations.fingerprint import inference_fingerprint
from spnr_graph.store import Change
from spnr_graph.store.difference import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from rdflib.graph import Graph
    from rdflib.term import URIRef

    from spnr_graph.identity.model import Ledger
    from spnr_graph.project import Project
    from spnr_graph.store import Store

#: Graphs that no partner contributes: nothing in them is merged.
_OWN: Final = frozenset({CATALOGUE_GRAPH, IDENTITY_GRAPH, INFERENCE_GRAPH})


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What settling did.

    Attributes:
        graphs: IRI of each graph that changed → what was changed in it.
        merged: how many actors stand under another's identity.
        changed: whether anything at all was written.
    """

    graphs: dict[str, Change]
    merged: int
    changed: bool


def ledger_path(project: Project) -> Path:
    """Return the file of a project's ledger."""
    return project.root / "data" / "identite.ttl"


def read_ledger(project: Project) -> Ledger:
    """Read the ledger of a project.

    Raises:
        DataError: its decisions are incomplete or contradict each other.
    """
    return decisions.read(ledger_path(project))


def received_lines(store: Store, graph: str) -> Iterator[bytes]:
    """Yield the lines of a graph as its partner sent them."""
    return received(_dump(store, graph), patches.read(store, graph))


def place(
    store: Store, graph: str, lines: Callable[[], BinaryIO], renames: Renames
) -> Change:
    """Make a graph hold what a partner sent, merged.

    Args:
        store: a store open for writing, settled.
        graph: IRI of the graph.
        lines: gives the N-Triples that were received, in the store's normal form, each
            time it is called.
        renames: the decisions in force.

    Returns:
        What the partner changed, in triples.
    """
    before = patches.read(store, graph)
    after = patch(lines(), renames) if renames else Patch()
    full = next(iter(store.dump(_iri(graph))), None) is not None
    if not full or before == after:
        if before != after:
            patches.write(store, graph, after)
        if not after:
            return store.replace(_iri(graph), lines())
        return _replace(store, graph, applied(lines(), after))
    if before:
        _replace(store, graph, received_lines(store, graph))
        patches.write(store, graph, Patch())
    change = store.replace(_iri(graph), lines())
    if not after:
        return change
    patches.write(store, graph, after)
    placed = _replace(store, graph, applied(lines(), after))
    return Change(added=change.added, removed=change.removed, total=placed.total)


def settle(store: Store, ledger: Ledger, *, now: datetime) -> Settled:
    """Bring every graph of a store to the decisions in force, and say which they are.

    A store that is settled already is left as it is.

    Args:
        store: a store open for writing.
        ledger: the decisions.
        now: when this happens, with its time zone.

    Raises:
        StoreError: the store cannot be read or written; settling again ends the work.
    """
    held = {str(graph): size for graph, size in store.graphs().items()}
    known = catalogue.sources(store).get(IDENTITY_GRAPH)
    size, merged = held.get(IDENTITY_GRAPH, 0), len(ledger.renames)
    if known is None:
        same = not ledger.decisions
    else:
        same = (known.fingerprint, known.triples) == (ledger.fingerprint, size)
    if same:
        return Settled(graphs={}, merged=merged, changed=False)
    catalogue.begin(store, IDENTITY_GRAPH)
    renames, changes = Renames(ledger.renames), dict[str, Change]()
    for graph in sorted(set(held) - _OWN):
        if change := _settle(store, graph, renames):
            changes[graph] = change
    if ledger.in_force:
        _write(store, ledger, now)
    elif known is not None:
        _clear(store)
    changed = bool(changes or ledger.in_force or known)
    return Settled(graphs=changes, merged=merged, changed=changed)


def expected(store: Store, ledger: Ledger) -> dict[str, int]:
    """Return how many statements of each graph settling would change.

    Args:
        store: an open store.
        ledger: the decisions to come.
    """
    renames, found = Renames(ledger.renames), dict[str, int]()
    for graph in sorted({str(graph) for graph in store.graphs()} - _OWN):
        before = patches.read(store, graph)
        after = patch(received(_dump(store, graph), before), renames)
        if moved := before.taken_out ^ after.taken_out:
            found[graph] = len(moved)
    return found


def derive_again(store: Store, project: Project, *, now: datetime) -> int:
    """Derive again when sources, decisions or rules are not those of the last time.

    Returns:
        How many statements are derived.
    """
    described = catalogue.sources(store)
    last = described.pop(INFERENCE_GRAPH, None)
    wanted = inference_fingerprint(described.values(), project)
    sizes = {str(graph): size for graph, size in store.graphs().items()}
    held = sizes.get(INFERENCE_GRAPH, 0)
    if last is not None and (last.fingerprint, last.triples) == (wanted, held):
        return held
    if not sizes:
        return 0  # nothing to derive from, nothing to describe
    found = derive(store, project.rules())
    told = catalogue.inference(described)
    _record(
        store,
        told,
        graph=INFERENCE_GRAPH,
        triples=found.total,
        fingerprint=wanted,
        now=now,
    )
    return found.total


def _settle(store: Store, graph: str, renames: Renames) -> Change | None:
    """Bring one graph to the decisions in force; None when it is there already."""
    before = patches.read(store, graph)
    after = patch(received(_dump(store, graph), before), renames)
    if before == after:
        return None
    patches.write(store, graph, before | after)
    change = _replace(store, graph, applied(received_lines(store, graph), after))
    patches.write(store, graph, after, triples=change.total)
    return change


def _write(store: Store, ledger: Ledger, now: datetime) -> None:
    """Write the graph of identities, and tell the catalogue."""
    owl, dcterms = PREFIXES["owl"], PREFIXES["dcterms"]
    true = f'"true"^^<{PREFIXES["xsd"]}boolean>'
    lines = statements(ledger.in_force)
    for old, new in ledger.renames.items():
        lines.append(f"<{old}> <{owl}deprecated> {true} .\n".encode())
        lines.append(f"<{old}> <{dcterms}isReplacedBy> <{new}> .\n".encode())
    change = store.replace(_iri(IDENTITY_GRAPH), io.BytesIO(b"".join(lines)))
    told = catalogue.identity()
    _record(
        store,
        told,
        graph=IDENTITY_GRAPH,
        triples=change.total,
        fingerprint=ledger.fingerprint,
        now=now,
    )


def _clear(store: Store) -> None:
    """Leave no trace of identities when no decision is in force any more."""
    from rdflib.graph import Graph

    store.drop(_iri(IDENTITY_GRAPH))
    catalogue.write(store, {IDENTITY_GRAPH: Graph(bind_namespaces="none")})


def _record(
    store: Store,
    description: Graph,
    *,
    graph: str,
    triples: int,
    fingerprint: str,
    now: datetime,
) -> None:
    """Tell the catalogue of a graph that is made here."""
    told = catalogue.record(
        description,
        graph=graph,
        triples=triples,
        fingerprint=fingerprint,
        findings="0/0/0",
        ended=now,
        version=f"spnr_graph {__version__}",
    )
    catalogue.write(store, {graph: told})


def _dump(store: Store, graph: str) -> Iterator[bytes]:
    return normal(store.dump(_iri(graph)))


def _replace(store: Store, graph: str, lines: Iterable[bytes]) -> Change:
    """Replace a graph by lines that may come from that very graph."""
    with TemporaryFile() as file:
        file.writelines(lines)
        file.seek(0)
        return store.replace(_iri(graph), cast("BinaryIO", file))


def _iri(graph: str) -> URIRef:
    from rdflib.term import URIRef

    return URIRef(graph)
