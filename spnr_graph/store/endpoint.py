"""A SPARQL 1.1 endpoint as it is spoken to: queries, updates and graphs."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import BAD_REQUEST, NOT_FOUND
from typing import TYPE_CHECKING, BinaryIO, Final, Literal
from urllib.parse import quote

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper

from spnr_graph import __version__
from spnr_graph.store.address import Address
from spnr_graph.store.answers import ROWS, TRIPLES, rows, solutions, triples, truth
from spnr_graph.store.failures import HttpError
from spnr_graph.store.http import Body, Transport

if TYPE_CHECKING:
    from spnr_graph.table import Row

_AGENT: Final = f"spnr_graph/{__version__}"
#: Is a triple of some named graph also in the default graph?
_UNION: Final = "ASK { { SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } ?s ?p ?o }"
_FILLED: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"
#: A graph of no triple: an answer "true" means that FROM is ignored.
_FROM: Final = "ASK FROM <urn:uuid:9e52bde1-4b0a-4a65-b0a6-8a4d4a2a6c11> { ?s ?p ?o }"
_GRAPHS: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?g)) }"
_OXIGRAPH_UNION: Final = (("union-default-graph", "true"),)

Parameters = tuple[tuple[str, str], ...]
#: What makes the union of the graphs the default graph; None while all is empty.
Mode = Literal["union", "flag", "list"] | None


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """The addresses of an endpoint and the way there."""

    address: Address
    http: Transport

    def send(
        self, text: str, form: str, accept: str, parameters: Parameters = ()
    ) -> Body:
        """Send a query, again when its failure may pass."""
        return self.http.read(self._request(text, form, accept, parameters))

    def update(self, text: str) -> None:
        """Send one update request, once."""
        self.http.write(self._request(text, "insert", "*/*"))

    def _request(
        self, text: str, form: str, accept: str, parameters: Parameters = ()
    ) -> urllib.request.Request:
        """Have SPARQLWrapper write the request.

        It is told the form, because its own guess takes ``PREFIX load:`` for an update;
        and it does not send the request itself, because it would follow redirections
        with the password and set no limit to the whole.
        """
        wrapper = SPARQLWrapper(self.address.query, self.address.update, agent=_AGENT)
        wrapper.queryString, wrapper.queryType = text, form.upper()
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        request: urllib.request.Request = wrapper._createRequest()
        return request

    def graph_request(
        self, method: str, name: ox.NamedNode, data: BinaryIO | None = None
    ) -> urllib.request.Request:
        """Write a request of the Graph Store Protocol."""
        store = self.address.store
        url = f"{store}{'&' if '?' in store else '?'}graph={quote(name.value, safe='')}"
        return urllib.request.Request(  # noqa: S310 (http or https, checked by Address)
            url, data=data, method=method, headers={"User-Agent": _AGENT}
        )

    def detect(self) -> Mode:
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
        with self.send(text, "ask", ROWS, parameters) as body:
            return truth(body)

    def select(self, text: str) -> Iterator[Row]:
        """Select for our own use."""
        body = self.send(text, "select", ROWS)
        return rows(solutions(body), body)

    def dataset(self, mode: Mode) -> Parameters:
        """Return the parameters that make the union the default graph."""
        if mode == "flag":
            return _OXIGRAPH_UNION
        if mode != "list":
            return ()
        graphs = sorted(str(graph) for (graph,) in self.select(_GRAPHS))
        ways = ("default-graph-uri", "named-graph-uri")
        return tuple((way, graph) for way in ways for graph in graphs)

    def ignores_from(self) -> bool:
        """Say whether FROM changes nothing (Oxigraph 0.5 with its union)."""
        return self._truth_of(_FROM)

    def graph_triples(self, name: ox.NamedNode) -> Iterator[ox.Triple]:
        """Yield the triples of a named graph; none when it is absent."""
        if not self.address.store:
            text = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            return triples(self.send(text, "construct", TRIPLES))
        request = self.graph_request("GET", name)
        request.add_header("Accept", TRIPLES)
        try:
            return triples(self.http.read(request))
        except HttpError as exc:
            if exc.status == NOT_FOUND:
                return iter(())
            raise
