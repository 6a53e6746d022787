"""One interface to every place where the graph can live, and the way to open one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from spnr_graph.errors import StoreError

if TYPE_CHECKING:
    from rdflib.graph import Graph
    from rdflib.term import URIRef

    from spnr_graph.sparql import Query
    from spnr_graph.table import Solutions


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a replacement did to a named graph, in triples."""

    added: int
    removed: int
    total: int


class Store(Protocol):
    """A set of named graphs that answers SPARQL.

    Contract, proved by ``tests/test_store.py`` on every implementation:

    - the default graph of a query is the union of all named graphs, each triple once
      (an endpoint may count a shared triple once per graph: ``docs/stores.md``);
    - terms are rdflib terms, rows keep the order of the query, unbound is None; an
      engine may normalise numbers, dates and the case of language tags, never texts;
    - rows are read in the thread that asked for them;
    - ``replace`` and ``drop`` are atomic: on any failure, kill included, the store
      holds the former version of that graph, whole;
    - every failure is a ``SpnrError`` that says where, what and what to do;
    - nothing is truncated in silence.
    """

    #: The string that opens this store again.
    location: str

    def select(self, query: Query) -> Solutions:
        """Answer a SELECT; rows stream."""
        ...

    def ask(self, query: Query) -> bool:
        """Answer an ASK."""
        ...

    def construct(self, query: Query) -> Graph:
        """Answer a CONSTRUCT or a DESCRIBE as an rdflib graph in memory."""
        ...

    def write(self, query: Query, output: BinaryIO, syntax: str) -> None:
        """Stream an answer to ``output`` with the engine's own writer.

        Args:
            query: a SELECT (``csv``, ``tsv``, ``json``, ``xml``) or a CONSTRUCT or
                DESCRIBE (``ntriples``).
            output: a binary stream; memory stays flat however many rows there are.
            syntax: one of the names above.
        """
        ...

    def replace(self, graph: URIRef, ntriples: BinaryIO) -> Change:
        """Make a named graph hold exactly these triples, in one atomic step.

        Args:
            graph: IRI of the named graph; it is created when absent.
            ntriples: N-Triples without blank nodes, UTF-8; may repeat triples.
        """
        ...

    def drop(self, graph: URIRef) -> Change:
        """Remove a named graph in one atomic step; an absent graph is no error."""
        ...

    def graphs(self) -> Mapping[URIRef, int]:
        """Return every non-empty named graph with its number of triples."""
        ...

    def dump(self, graph: URIRef) -> Iterator[bytes]:
        r"""Stream a named graph as N-Triples lines (``b"…\n"``), in no given order."""
        ...

    def close(self) -> None:
        """Release files and connections; closing twice is no error."""
        ...

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        ...


def open_store(
    location: str, *, read_only: bool = False, timeout: float = 60.0
) -> Store:
    """Open a store.

    Args:
        location: ``memory:`` (gone when closed), a directory (created when absent
            and not ``read_only``), or the ``http(s)://`` address of a SPARQL 1.1
            endpoint (``store/address.py`` says how it is written).
        read_only: open without the right to write; several processes can read a
            directory while one writes.
        timeout: seconds that one request to an endpoint may last.

    Raises:
        StoreError: the directory is not a store, is locked or is not writable; the
            endpoint does not answer.
    """
    if location.startswith(("http://", "https://")):
        from spnr_graph.store.remote import RemoteStore

        return RemoteStore(location, read_only=read_only, timeout=timeout)
    if not location.strip() or "://" in location:
        raise StoreError(
            fr=f"« {location} » n'est pas un entrepôt. Donnez un dossier, « memory: » "
            "ou une adresse en http:// ou https://.",
            en=f"'{location}' is no store. Give a directory, 'memory:' or an address "
            "in http:// or https://.",
        )
    from spnr_graph.store.embedded import EmbeddedStore

    return EmbeddedStore(location, read_only=read_only)
