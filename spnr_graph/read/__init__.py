"""A file, a directory, an address or a stream → contributions in a private store."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from spnr_graph.read.address import Reach, fetch, is_address
from spnr_graph.read.part import (
    RESERVED,
    Part,
    blank_triples,
    checked,
    count,
    own_graph,
    read_part,
)
from spnr_graph.read.sources import check_syntax, files, standard_input

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spnr_graph.read.stream import Material

__all__ = ["RESERVED", "Contribution", "Limits", "Staging", "own_graph", "read"]

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
        source: str | Path,
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
        bounds = limits or Limits()
        materials = _materials(source, syntax, bounds)
        return self.take(materials, graph=graph, partner=partner, limits=bounds)

    def take(
        self,
        materials: Iterable[Material],
        *,
        graph: str | None = None,
        partner: str = "local",
        limits: Limits | None = None,
    ) -> tuple[Contribution, ...]:
        """Read materials whose syntax is known, and close them; see ``add``.

        Raises:
            DataError: one cannot be read; the staging is as it was before.
        """
        touched: dict[str, None] = {}
        bounds = limits or Limits()
        read = []
        for material in materials:
            try:
                part = read_part(material, graph, partner, bounds.file_bytes)
                read.append((material, part))
            finally:
                material.close()
        for material, part in read:
            self._merge(part.store)
            for name in part.graphs:
                self._record(name, part, material.label)
                touched[name] = None
        return tuple(self._contributions[name] for name in touched)

    def put(self, graph: str, ntriples: BinaryIO, label: str) -> Contribution:
        """Add N-Triples that we made ourselves, without blank nodes, to a graph.

        Args:
            graph: IRI of the named graph.
            ntriples: a stream at its beginning.
            label: what they were made from.
        """
        name = ox.NamedNode(checked(graph))
        # An engine wrote them: no need to look at every IRI again.
        self.store.bulk_load(ntriples, _NTRIPLES, to_graph=name, lenient=True)
        former = self._contributions.get(graph)
        self._contributions[graph] = Contribution(
            graph=graph,
            sources=(*(former.sources if former else ()), label),
            triples=count(self.store, graph),
            skolemised=former.skolemised if former else 0,
            skipped=former.skipped if former else 0,
        )
        return self._contributions[graph]

    def _merge(self, other: ox.Store) -> None:
        """Put the smaller store into the larger one, and keep that."""
        small, self.store = sorted((self.store, other), key=len)
        for name in small.named_graphs():
            lines = small.dump(format=_NTRIPLES, from_graph=name)
            self.store.bulk_load(lines, _NTRIPLES, to_graph=name, lenient=True)

    def _record(self, name: str, part: Part, label: str) -> None:
        former = self._contributions.get(name)
        sources = former.sources if former else ()
        main = name == part.graphs[0]
        self._contributions[name] = Contribution(
            graph=name,
            sources=(*sources, label),
            triples=count(self.store, name),
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
        return bool(blank_triples(self.store, graph))


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


def _materials(
    source: str | Path, syntax: str | None, limits: Limits
) -> list[Material]:
    """Find what a person named."""
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
