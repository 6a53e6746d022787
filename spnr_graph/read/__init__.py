"""A file, a directory, an address or a stream → contributions in a private store."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from spnr_graph.errors import DataError
from spnr_graph.namespaces import (
    CATALOGUE_GRAPH,
    CONTRIBUTION_GRAPHS,
    INFERENCE_GRAPH,
)
from spnr_graph.oxigraph import RDF_SYNTAXES
from spnr_graph.read import skolem
from spnr_graph.read.address import Reach, fetch, is_address
from spnr_graph.read.parse import parse
from spnr_graph.read.sources import check_syntax, files, slug, standard_input
from spnr_graph.read.stream import Material

#: Graphs that spnr writes itself: what a file says in them is left out.
RESERVED: Final = frozenset({CATALOGUE_GRAPH, INFERENCE_GRAPH})
_NTRIPLES: Final = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a source may cost.

    Attributes:
        file_bytes: size of a file or of standard input, unpacked.
        network_bytes: size of what comes from an address.
        seconds: time that an address has to answer, body included.
        redirects: how many times an address may send elsewhere.
    """

    file_bytes: int = 20_000_000_000
    network_bytes: int = 2_000_000_000
    seconds: float = 120.0
    redirects: int = 5


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One named graph as it was read, before any check.

    Attributes:
        graph: IRI of the named graph.
        sources: what it was read from, in order.
        triples: how many triples it holds.
        skolemised: how many blank nodes were given an IRI.
        skipped: statements left out, as they stood in a graph that spnr writes itself.
    """

    graph: str
    sources: tuple[str, ...]
    triples: int
    skolemised: int = 0
    skipped: int = 0


class Staging:
    """Contributions waiting in a private store, each in its named graph."""

    def __init__(self) -> None:
        """Start empty."""
        #: What the check asks: contributions and context. ``add`` may replace it.
        self.store = ox.Store()
        self._contributions: dict[str, Contribution] = {}

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """The contributions, in the order in which they came."""
        return tuple(self._contributions.values())

    def add(
        self,
        source: str | Path | Material,
        *,
        graph: str | None = None,
        partner: str = "local",
        syntax: str | None = None,
        limits: Limits | None = None,
    ) -> tuple[Contribution, ...]:
        """Read a source.

        Args:
            source: a file, a directory, an http(s) address, ``-``, or a material whose
                syntax is known, which is closed.
            graph: named graph that takes everything. Without it each graph that the
                source names stays as it is, and the rest of each file goes to
                ``graph/contribution/{partner}/{name of the file}``.
            partner: who contributes, when ``graph`` is not given.
            syntax: name of the RDF syntax; else told by the name or the media type.
            limits: how much the source may cost.

        Returns:
            The contributions that the source made or added to.

        Raises:
            DataError: the source cannot be read; the staging is as it was before.
        """
        touched: dict[str, None] = {}
        bounds = limits or Limits()
        read = []
        for material in _materials(source, syntax, bounds):
            try:
                read.append((material, _read(material, graph, partner, bounds)))
            finally:
                material.close()
        for material, part in read:
            self._merge(part.store)
            for name in part.graphs:
                self._record(name, part, material.label)
                touched[name] = None
        return tuple(self._contributions[name] for name in touched)

    def _merge(self, other: ox.Store) -> None:
        """Put the smaller store into the larger one, and keep that."""
        small, self.store = sorted((self.store, other), key=len)
        for name in small.named_graphs():
            lines = small.dump(format=_NTRIPLES, from_graph=name)
            self.store.bulk_load(input=lines, format=_NTRIPLES, to_graph=name)

    def _record(self, name: str, part: _Part, label: str) -> None:
        former = self._contributions.get(name)
        sources = former.sources if former else ()
        main = name == part.graphs[0]
        self._contributions[name] = Contribution(
            graph=name,
            sources=(*sources, label),
            triples=_count(self.store, name),
            skolemised=(former.skolemised if former else 0) + part.skolemised[name],
            skipped=(former.skipped if former else 0) + (part.skipped if main else 0),
        )

    def context(self, graph: str, ntriples: BinaryIO | bytes) -> None:
        """Add a graph that the check may look at, and that is not to be placed."""
        name = ox.NamedNode(graph)
        self.store.bulk_load(input=ntriples, format=_NTRIPLES, to_graph=name)

    def ntriples(self, graph: str) -> BinaryIO:
        """Return a graph as N-Triples, from the beginning of a stream."""
        output = io.BytesIO()
        self.store.dump(output, _NTRIPLES, from_graph=ox.NamedNode(graph))
        output.seek(0)
        return output

    def has_blank_nodes(self, graph: str) -> bool:
        """Say whether a graph holds a blank node; never true of a contribution."""
        return bool(_blank_triples(self.store, graph))


def read(
    source: str | Path,
    *,
    graph: str | None = None,
    partner: str = "local",
    syntax: str | None = None,
    limits: Limits | None = None,
) -> Staging:
    """Read one source into a staging of its own; see ``Staging.add``.

    Raises:
        DataError: the source cannot be read.
    """
    staging = Staging()
    staging.add(source, graph=graph, partner=partner, syntax=syntax, limits=limits)
    return staging


def own_graph(name: str, partner: str = "local") -> str:
    """Return the named graph of a file that names none.

    Example:
        >>> own_graph("Aides 2026")
        'https://w3id.org/spnr/graph/contribution/local/aides-2026'
    """
    return f"{CONTRIBUTION_GRAPHS}{slug(partner)}/{slug(name)}"


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What one material gave, in a store of its own."""

    store: ox.Store
    graphs: tuple[str, ...]
    skolemised: dict[str, int]
    skipped: int


def _materials(
    source: str | Path | Material, syntax: str | None, limits: Limits
) -> list[Material]:
    """Find what a person named."""
    if isinstance(source, Material):
        return [source]
    told = None if syntax is None else check_syntax(syntax)
    if isinstance(source, str) and source == "-":
        return [standard_input(told, limits.file_bytes)]
    if isinstance(source, str) and is_address(source):
        reach = Reach(
            seconds=limits.seconds,
            size=limits.network_bytes,
            redirects=limits.redirects,
        )
        return [fetch(source, told, reach)]
    return files(Path(source), told)


def _read(material: Material, graph: str | None, partner: str, limits: Limits) -> _Part:
    """Read one material; its statements end up in named graphs without blank nodes."""
    own = _checked(graph) if graph else own_graph(material.stem, partner)
    store, blank = parse(material, own, limits.file_bytes)
    if RDF_SYNTAXES[material.syntax].has_graphs:
        _place(store, own, flatten=graph is not None)
    skipped = 0
    for name in RESERVED - {graph}:
        skipped += _count(store, name)
        store.remove_graph(ox.NamedNode(name))
    graphs = sorted(str(g.value) for g in store.named_graphs())
    if not len(store):
        raise _nothing(material.label, skipped)
    named = {g: _skolemise(store, g, material) if blank else 0 for g in graphs}
    return _Part(store=store, graphs=tuple(graphs), skolemised=named, skipped=skipped)


def _checked(graph: str) -> str:
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
    triples = _blank_triples(store, graph)
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


def _blank_triples(store: ox.Store, graph: str) -> list[skolem.Terms]:
    """Return the triples of a graph that hold a blank node."""
    rows = store.query(
        f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o "
        "FILTER(ISBLANK(?s) || ISBLANK(?o)) } }"
    )
    return [(str(s), str(p), str(o)) for s, p, o in rows]  # type: ignore[union-attr]


def _count(store: ox.Store, graph: str) -> int:
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
