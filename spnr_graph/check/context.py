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
    from collections.abc import Iterable, Iterator

    from spnr_graph.sparql import Query
    from spnr_graph.store import Store

#: Things asked about at once.
_BATCH: Final = 1000
_UNDESCRIBED: Final = """
SELECT DISTINCT ?o WHERE {{
  {{
    SELECT DISTINCT ?o WHERE {{
      GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(ISIRI(?o) && STRSTARTS(STR(?o), "{base}"))
    }}
  }}
  UNION
  {{ SELECT DISTINCT ?o WHERE {{ GRAPH <{graph}> {{ ?o ?p ?v }} FILTER(ISIRI(?o)) }} }}
  FILTER NOT EXISTS {{ GRAPH ?g {{ ?o a ?class }} }}
}}
"""


def undescribed(staged: ox.Store, graph: str) -> tuple[str, ...]:
    """Return the IRIs that a staged graph names but whose class nothing staged tells.

    These are things that it makes statements about, and IRIs of ours among the values.

    Args:
        staged: the private store of a contribution.
        graph: IRI of its named graph.
    """
    rows = staged.query(_UNDESCRIBED.format(graph=graph, base=BASE))
    return tuple(sorted(str(row[0].value) for row in rows))  # type: ignore[union-attr]


def describe(staged: ox.Store, query: Query) -> bytes:
    """Answer a CONSTRUCT from the private store of another contribution."""
    answer = cast("ox.QueryTriples", staged.query(query.text))
    return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""


def context(
    things: Iterable[str],
    *,
    others: Iterable[ox.Store],
    store: Store | None,
    replaced: Iterable[str],
) -> bytes:
    """Return the classes and schemes of things, as N-Triples.

    Args:
        things: IRIs to describe.
        others: private stores of the other contributions.
        store: where contributions go; None when there is no store yet.
        replaced: graphs of the store that are about to change, which do not count.
    """
    stores, output = tuple(others), io.BytesIO()
    for query in _questions(things, ()):
        output.writelines(describe(staged, query) for staged in stores)
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
