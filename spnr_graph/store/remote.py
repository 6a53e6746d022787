"""A SPARQL 1.1 endpoint as a store: query, update and Graph Store protocols.

``store/address.py`` says how its location is written.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.client import BAD_REQUEST
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

import pyoxigraph as ox
from rdflib.term import URIRef

from spnr_graph import oxigraph
from spnr_graph.errors import StoreError
from spnr_graph.store import Change
from spnr_graph.store.address import Address
from spnr_graph.store.answers import (
    ROWS,
    TRIPLES,
    copy_rows,
    rows,
    solutions,
    triples,
    truth,
)
from spnr_graph.store.difference import (
    checked,
    difference,
    normal,
    serialised,
    split_lines,
)
from spnr_graph.store.endpoint import Endpoint
from spnr_graph.store.failures import HttpError
from spnr_graph.store.http import Body, Transport
from spnr_graph.store.requests import (
    COUNTS,
    check_form,
    check_syntax,
    graph_name,
    refused,
)
from spnr_graph.table import Solutions

if TYPE_CHECKING:
    from rdflib.graph import Graph

    from spnr_graph.sparql import Query

#: Bytes to store that are held in memory; the rest waits in a temporary file.
_SPOOL: Final = 1 << 24


class RemoteStore:
    """A ``Store`` that is a SPARQL 1.1 endpoint.

    Where the endpoint's default graph is not the union of its named graphs, each query
    without a dataset of its own is sent with parameters that make it so: Oxigraph's
    ``union-default-graph``, else the list of the graphs, asked for each time.
    """

    def __init__(
        self,
        location: str,
        *,
        read_only: bool = False,
        timeout: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Reach the endpoint, to learn what its default graph is.

        Raises:
            StoreError: the location is wrong, or the endpoint does not answer.
        """
        address = Address.of(location)
        self.location = address.location
        transport = Transport(
            shown=address.query,
            credentials=address.credentials,
            timeout=timeout,
            sleep=sleep,
        )
        self._endpoint = Endpoint(address=address, http=transport)
        self._read_only = read_only or not (address.store or address.update)
        self._closed = False
        self._mode = self._endpoint.detect()

    def select(self, query: Query) -> Solutions:
        """Answer a SELECT; rows stream."""
        check_form(query, "select")
        body = self._query(query, ROWS)
        answer = solutions(body)
        return Solutions(columns=oxigraph.columns(answer), rows=rows(answer, body))

    def ask(self, query: Query) -> bool:
        """Answer an ASK."""
        check_form(query, "ask")
        with self._query(query, ROWS) as body:
            return truth(body)

    def construct(self, query: Query) -> Graph:
        """Answer a CONSTRUCT or a DESCRIBE as an rdflib graph in memory."""
        check_form(query, "construct", "describe")
        return oxigraph.graph(triples(self._query(query, TRIPLES)))

    def write(self, query: Query, output: BinaryIO, syntax: str) -> None:
        """Stream an answer to ``output``, parsed on the way so that no end is lost."""
        check_syntax(query, syntax)
        if query.form != "select":
            for part in serialised(triples(self._query(query, TRIPLES))):
                output.write(part)
            return
        with self._query(query, ROWS) as body:
            copy_rows(body, output, syntax)

    def replace(self, graph: URIRef, ntriples: BinaryIO) -> Change:
        """Make a named graph hold exactly these triples, in one atomic step.

        The step is one PUT of the Graph Store Protocol, or one update request where
        only an update address is known. Nothing is sent when nothing changes.
        """
        self._check_writable()
        name = graph_name(graph)
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as spool:
            lines = _copied(checked(ntriples), cast("BinaryIO", spool))
            change = difference(normal(self.dump(graph)), normal(lines))
            if not change.total:
                return self.drop(graph)
            if change.added or change.removed:
                length = spool.tell()
                spool.seek(0)
                self._put(name, cast("BinaryIO", spool), length)
        return Change(
            added=len(change.added), removed=len(change.removed), total=change.total
        )

    def _put(self, name: ox.NamedNode, ntriples: BinaryIO, length: int) -> None:
        """Send the whole content of a graph."""
        if self._endpoint.address.store:
            request = self._endpoint.graph_request("PUT", name, ntriples)
            request.add_header("Content-Type", "application/n-triples")
            request.add_header("Content-Length", str(length))
            self._endpoint.http.write(request)
            return
        text = ntriples.read().decode()
        insert = f"INSERT DATA {{ GRAPH {name} {{\n{text}}} }}"
        self._endpoint.update(f"DROP SILENT GRAPH {name} ;\n{insert}")

    def drop(self, graph: URIRef) -> Change:
        """Remove a named graph in one atomic step; an absent graph is no error."""
        self._check_writable()
        name = graph_name(graph)
        removed = self.graphs().get(graph, 0)
        if removed and self._endpoint.address.store:
            self._endpoint.http.write(self._endpoint.graph_request("DELETE", name))
        elif removed:
            self._endpoint.update(f"DROP SILENT GRAPH {name}")
        return Change(added=0, removed=removed, total=0)

    def graphs(self) -> Mapping[URIRef, int]:
        """Return every non-empty named graph with its number of triples."""
        self._check_open()
        answer = self._endpoint.select(COUNTS)
        counts = sorted((str(graph), int(str(count))) for graph, count in answer)
        return {URIRef(graph): count for graph, count in counts if count}

    def dump(self, graph: URIRef) -> Iterator[bytes]:
        r"""Stream a named graph as N-Triples lines (``b"…\n"``), in no given order."""
        self._check_open()
        name = graph_name(graph)
        yield from split_lines(serialised(self._endpoint.graph_triples(name)))

    def close(self) -> None:
        """Refuse further use; connections end with each answer."""
        self._closed = True

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        self.close()

    def _query(self, query: Query, accept: str) -> Body:
        """Send a query of the user."""
        self._check_open()
        if query.has_dataset:
            self._check_from(query)
        else:
            self._mode = self._mode or self._endpoint.detect()
        dataset = () if query.has_dataset else self._endpoint.dataset(self._mode)
        try:
            return self._endpoint.send(query.text, query.form, accept, dataset)
        except HttpError as exc:
            if exc.status == BAD_REQUEST:
                raise refused(query, exc.said) from exc
            raise

    def _check_from(self, query: Query) -> None:
        """Refuse a FROM that the endpoint would ignore."""
        if self._endpoint.ignores_from():
            raise StoreError(
                fr=f"{self.location} ne tient pas compte de FROM (requête "
                f"{query.name}). Écrivez GRAPH <…> {{ … }} à la place, ou démarrez le "
                "serveur sans --union-default-graph.",
                en=f"{self.location} ignores FROM (query {query.name}). Write "
                "GRAPH <…> { … } instead, or start the server without "
                "--union-default-graph.",
            )

    def _check_open(self) -> None:
        """Refuse a closed store."""
        if self._closed:
            raise StoreError(
                fr=f"L'entrepôt {self.location} est fermé. Ouvrez-le de nouveau.",
                en=f"The store {self.location} is closed. Open it again.",
            )

    def _check_writable(self) -> None:
        """Refuse to write where it is not allowed or not known how."""
        self._check_open()
        if self._read_only:
            raise StoreError(
                fr=f"{self.location} est en lecture seule. Pour écrire, ouvrez-le en "
                "écriture et ajoutez à l'adresse #store=URL (ou #update=URL).",
                en=f"{self.location} is read-only. To write, open it for writing and "
                "add #store=URL (or #update=URL) to the address.",
            )


def _copied(lines: Iterable[bytes], copy: BinaryIO) -> Iterator[bytes]:
    """Yield lines as they are, keeping a copy."""
    for line in lines:
        copy.write(line)
        yield line
