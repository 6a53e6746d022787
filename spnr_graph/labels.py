"""IRIs → labels in a language, in bulk."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from spnr_graph import sparql
from spnr_graph.catalogue import trust
from spnr_graph.namespaces import shorten
from spnr_graph.project import query_text
from spnr_graph.table import LABEL_SUFFIX, Solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Identifier, URIRef

    from spnr_graph.store import Store
    from spnr_graph.table import Row

#: IRIs asked at once: 500 make a request of about 40 kB, which every endpoint takes.
BATCH = 500


def labels(store: Store, iris: Iterable[URIRef], lang: str = "fr") -> dict[URIRef, str]:
    """Return a label for each IRI, in their order.

    The label is one in ``lang``, else in another language, else without language; the
    prefixed name when the store knows none. Between sources, the most trusted decides.
    """
    wanted = dict.fromkeys(iris)
    nearest: dict[Identifier, tuple[int, set[str]]] = {}
    for thing, name in _rows(store, "internal/labels", wanted):
        if thing is not None and name is not None:
            distance = _distance(name, lang)
            if thing not in nearest or distance < nearest[thing][0]:
                nearest[thing] = (distance, {str(name)})
            elif distance == nearest[thing][0]:
                nearest[thing][1].add(str(name))
    contested = [t for t in wanted if t in nearest and len(nearest[t][1]) > 1]
    found = {thing: min(names) for thing, (_, names) in nearest.items()}
    if contested:
        found.update(_most_trusted(store, contested, lang))
    return {iri: found.get(iri) or str(shorten(iri)) for iri in wanted}


def _most_trusted(
    store: Store, things: Iterable[URIRef], lang: str
) -> dict[Identifier, str]:
    """Choose between several names: nearest language, best source, property, text."""
    order = trust(store)
    best: dict[Identifier, tuple[int, tuple[int, str], str, str]] = {}
    for thing, rank, name, graph in _rows(store, "internal/labels-by-source", things):
        if thing is not None and name is not None:
            place = order.place(str(graph))
            key = (_distance(name, lang), place, str(rank), str(name))
            best[thing] = min(key, best.get(thing, key))
    return {thing: key[3] for thing, key in best.items()}


def _rows(store: Store, name: str, things: Iterable[URIRef]) -> Iterator[Row]:
    """Ask about things, so many at once."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        question = sparql.parse(query_text(name), name=name)
        yield from store.select(sparql.fill(question, {"thing": batch}))


def labelled(store: Store, rows: Solutions, lang: str = "fr") -> Solutions:
    """Add a column of labels after each column that holds IRIs.

    All rows are read first: which columns hold IRIs is known only then.
    """
    from rdflib.term import URIRef

    table = tuple(rows)
    places = range(len(rows.columns))
    found = {i for row in table for i in places if isinstance(row[i], URIRef)}
    iris = (row[i] for row in table for i in sorted(found))
    names = labels(store, (iri for iri in iris if isinstance(iri, URIRef)), lang)
    columns = (
        name
        for i, column in enumerate(rows.columns)
        for name in ((column, column + LABEL_SUFFIX) if i in found else (column,))
    )
    return Solutions(
        columns=tuple(columns), rows=(_widen(row, found, names) for row in table)
    )


def _widen(row: Row, places: set[int], names: dict[URIRef, str]) -> Row:
    return tuple(_cells(row, places, names))


def _cells(
    row: Row, places: set[int], names: dict[URIRef, str]
) -> Iterator[Identifier | None]:
    from rdflib.term import Literal, URIRef

    for i, term in enumerate(row):
        yield term
        if i in places:
            yield Literal(names[term]) if isinstance(term, URIRef) else None


def _distance(name: Identifier, lang: str) -> int:
    language = getattr(name, "language", None)
    if not language:
        return 2
    return 0 if language.partition("-")[0] == lang else 1
