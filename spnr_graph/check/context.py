"""What a check needs to know besides a contribution: what the things it names are."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from spnr_graph import sparql
from spnr_graph.namespaces import BASE
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spnr_graph.sparql import Query
    from spnr_graph.store import Store

#: Things asked about at once.
_BATCH: Final = 1000
_TSV: Final = ox.QueryResultsFormat.TSV
_TYPED: Final = "SELECT DISTINCT ?s WHERE { GRAPH ?g { ?s a ?class } }"
_SUBJECTS: Final = "SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
_VALUES: Final = """
SELECT DISTINCT ?o WHERE {{
  GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(ISIRI(?o) && STRSTARTS(STR(?o), "{base}"))
}}
"""


class Described:
    """The private store of a contribution, and the things whose class it tells."""

    def __init__(self, staged: ox.Store) -> None:
        """Look once at a store that does not change any more."""
        self._store = staged
        self._typed = _iris(staged, _TYPED)

    def undescribed(self, graph: str) -> tuple[str, ...]:
        """Return the IRIs that a graph names but whose class nothing here tells.

        These are things that it makes statements about, and IRIs of ours among the
        values.

        Args:
            graph: IRI of a named graph of the store.
        """
        named = _iris(self._store, _SUBJECTS.format(graph=graph))
        named |= _iris(self._store, _VALUES.format(graph=graph, base=BASE))
        return tuple(sorted(named - self._typed))

    def known(self, things: Iterable[str]) -> list[str]:
        """Return those of the things whose class is told here."""
        return [thing for thing in things if thing in self._typed]

    def describe(self, query: Query) -> bytes:
        """Answer a CONSTRUCT."""
        answer = cast("ox.QueryTriples", self._store.query(query.text))
        return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""


def _iris(staged: ox.Store, query: str) -> frozenset[str]:
    """Return the IRIs of the one column of an answer."""
    answer = cast("ox.QuerySolutions", staged.query(query))
    lines = (answer.serialize(format=_TSV) or b"").decode().split("\n")[1:]
    return frozenset(line[1:-1] for line in lines if line.startswith("<"))


def context(
    things: Sequence[str],
    *,
    others: Iterable[Described],
    store: Store | None,
    replaced: Iterable[str],
) -> bytes:
    """Return the classes and schemes of things, as N-Triples.

    Args:
        things: IRIs to describe.
        others: the other contributions.
        store: where contributions go; None when there is no store yet.
        replaced: graphs of the store that are about to change, which do not count.
    """
    output = io.BytesIO()
    for other in others:
        for query in _questions(other.known(things), ()):
            output.write(other.describe(query))
    if store is not None:
        for query in _questions(things, tuple(replaced)):
            store.write(query, output, "ntriples")
    return output.getvalue()


def _questions(things: Iterable[str], replaced: tuple[str, ...]) -> Iterator[Query]:
    from rdflib.term import URIRef

    question = sparql.parse(query_text("internal/context"), name="context")
    gone = [URIRef(iri) for iri in replaced]
    question = sparql.fill(question, {"replaced": gone or [URIRef(BASE)]})
    rest = iter(things)
    while batch := [URIRef(iri) for iri in islice(rest, _BATCH)]:
        yield sparql.fill(question, {"thing": batch})
