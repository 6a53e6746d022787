"""A SPARQL 1.1 endpoint as a store: query, update and Graph Store protocols.

``store/address.py`` says how its location is written.
"""

from __future__ import annotations

import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.client import BAD_REQUEST, NOT_FOUND
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, Self, cast
from urllib.parse import quote

import pyoxigraph as ox
from rdflib.term import URIRef
from SPARQLWrapper import POST, SPARQLWrapper

from spnr_graph import __version__, oxigraph
from spnr_graph.errors import StoreError
from spnr_graph.store import Change
from spnr_graph.store.address import Address
from spnr_graph.store.answers import (
    ROWS,
    TRIPLES,
    malformed,
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
    from spnr_graph.table import Row

_AGENT: Final = f"spnr_graph/{__version__}"
#: Bytes to store that are held in memory; the rest waits in a temporary file.
_SPOOL: Final = 1 << 24
#: Is a triple of some named graph also in the default graph?
_UNION: Final = "ASK { { SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } ?s ?p ?o }"
_FILLED: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"
_GRAPHS: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?g)) }"
_OXIGRAPH_UNION: Final = (("union-default-graph", "true"),)
Parameters = tuple[tuple[str, str], ...]


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
        self._address = Address.of(location)
        self.location = self._address.location
        self._shown = self._address.query
        self._read_only = read_only
        self._closed = False
        self._http = Transport(
            shown=self._shown,
            credentials=self._address.credentials,
            timeout=timeout,
            sleep=sleep,
        )
        self._mode = self._detect()

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
            answer = solutions(body)
            try:
                answer.serialize(output, oxigraph.RESULT_SYNTAXES[syntax].format)
            except SyntaxError as exc:
                raise malformed(body, exc) from exc

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
        if self._address.store:
            request = self._graph_request("PUT", name, ntriples)
            request.add_header("Content-Type", "application/n-triples")
            request.add_header("Content-Length", str(length))
            self._http.write(request)
            return
        text = ntriples.read().decode()
        insert = f"INSERT DATA {{ GRAPH {name} {{\n{text}}} }}"
        self._update(f"DROP SILENT GRAPH {name} ;\n{insert}")

    def drop(self, graph: URIRef) -> Change:
        """Remove a named graph in one atomic step; an absent graph is no error."""
        self._check_writable()
        name = graph_name(graph)
        removed = self.graphs().get(graph, 0)
        if removed and self._address.store:
            self._http.write(self._graph_request("DELETE", name))
        elif removed:
            self._update(f"DROP SILENT GRAPH {name}")
        return Change(added=0, removed=removed, total=0)

    def graphs(self) -> Mapping[URIRef, int]:
        """Return every non-empty named graph with its number of triples."""
        answer = self._internal(COUNTS)
        counts = sorted((str(graph), int(str(count))) for graph, count in answer)
        return {URIRef(graph): count for graph, count in counts if count}

    def dump(self, graph: URIRef) -> Iterator[bytes]:
        r"""Stream a named graph as N-Triples lines (``b"…\n"``), in no given order."""
        name = graph_name(graph)
        yield from split_lines(serialised(self._graph_triples(name)))

    def _graph_triples(self, name: ox.NamedNode) -> Iterator[ox.Triple]:
        """Yield the triples of a named graph; none when it is absent."""
        if not self._address.store:
            text = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            return triples(self._send(text, "construct", TRIPLES))
        self._check_open()
        request = self._graph_request("GET", name)
        request.add_header("Accept", TRIPLES)
        try:
            return triples(self._http.read(request))
        except HttpError as exc:
            if exc.status == NOT_FOUND:
                return iter(())
            raise

    def close(self) -> None:
        """Refuse further use; connections end with each answer."""
        self._closed = True

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the store."""
        self.close()

    def _detect(self) -> Literal["union", "flag", "list"] | None:
        """Learn what makes the union the default graph; None while all is empty."""
        if self._truth_of(_UNION):
            return "union"
        if not self._truth_of(_FILLED):
            return None
        try:
            return "flag" if self._truth_of(_UNION, _OXIGRAPH_UNION) else "list"
        except HttpError as exc:
            if exc.status == BAD_REQUEST:
                return "list"
            raise

    def _truth_of(self, text: str, parameters: Parameters = ()) -> bool:
        """Ask a question of our own."""
        with self._send(text, "ask", ROWS, parameters) as body:
            return truth(body)

    def _internal(self, text: str) -> Iterator[Row]:
        """Select for our own use."""
        body = self._send(text, "select", ROWS)
        return rows(solutions(body), body)

    def _parameters(self, query: Query) -> Parameters:
        """Return what makes the default graph of this query the union."""
        if query.has_dataset:
            return ()
        self._mode = self._mode or self._detect()
        if self._mode == "flag":
            return _OXIGRAPH_UNION
        if self._mode != "list":
            return ()
        graphs = sorted(str(graph) for (graph,) in self._internal(_GRAPHS))
        ways = ("default-graph-uri", "named-graph-uri")
        return tuple((way, graph) for way in ways for graph in graphs)

    def _query(self, query: Query, accept: str) -> Body:
        """Send a query of the user."""
        try:
            return self._send(query.text, query.form, accept, self._parameters(query))
        except HttpError as exc:
            if exc.status == BAD_REQUEST:
                raise refused(query, exc.said) from exc
            raise

    def _send(
        self, text: str, form: str, accept: str, parameters: Parameters = ()
    ) -> Body:
        """Send a query, again when its failure may pass."""
        self._check_open()
        return self._http.read(self._request(text, form, accept, parameters))

    def _update(self, text: str) -> None:
        """Send one update request, once."""
        self._http.write(self._request(text, "insert", "*/*"))

    def _request(
        self, text: str, form: str, accept: str, parameters: Parameters = ()
    ) -> urllib.request.Request:
        """Have SPARQLWrapper write the request.

        It is told the form, because its own guess takes ``PREFIX load:`` for an update;
        and it does not send the request itself, because it would follow redirections
        with the password and set no limit to the whole.
        """
        wrapper = SPARQLWrapper(self._address.query, self._address.update, agent=_AGENT)
        wrapper.queryString, wrapper.queryType = text, form.upper()
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        request: urllib.request.Request = wrapper._createRequest()
        return request

    def _graph_request(
        self, method: str, name: ox.NamedNode, data: BinaryIO | None = None
    ) -> urllib.request.Request:
        """Write a request of the Graph Store Protocol."""
        store = self._address.store
        url = f"{store}{'&' if '?' in store else '?'}graph={quote(name.value, safe='')}"
        return urllib.request.Request(  # noqa: S310 (http or https, checked by Address)
            url, data=data, method=method, headers={"User-Agent": _AGENT}
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
        if self._read_only or not (self._address.store or self._address.update):
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
