"""The catalogue graph: what is known of each contribution and of its last loading.

What a contribution *is* (title, publisher, licence, files, number of triples) is
content and is exported. What happened when it was *loaded* (when, by which version,
with which findings) hangs on one ``prov:Activity`` per contribution, which exports
leave out, so that the same content gives the same bytes whenever it was loaded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any

from spnr_graph import sparql
from spnr_graph.namespaces import (
    ACTIVITIES,
    BASE,
    CATALOGUE_GRAPH,
    IDENTITY_GRAPH,
    INFERENCE_GRAPH,
    PREFIXES,
)
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from rdflib.graph import Graph
    from rdflib.term import Identifier, Node, URIRef

    from spnr_graph.store import Store


@dataclass(frozen=True, kw_only=True)
class Source:
    """A contribution as the catalogue graph of a store describes it.

    Attributes:
        graph: IRI of its named graph.
        name: what the command line calls it.
        publisher: IRI of its publisher, or ``""``.
        licence: IRI of its licence, or ``""``.
        document: IRI of the document that it comes from, or ``""``.
        frequency: IRI of how often it should change, or ``""``.
        date: day of its last change as the publisher states it, or None.
        triples: how many triples were placed.
        loaded: when it was last loaded, or None.
        version: name and version of the program that loaded it.
        fingerprint: SHA-256 of what was read and of the shapes it was checked with.
        findings: what the check said, in short.
        distributed: whether a catalogue says where it comes from.
    """

    graph: str
    name: str
    publisher: str = ""
    licence: str = ""
    document: str = ""
    frequency: str = ""
    date: date | None = None
    triples: int = 0
    loaded: datetime | None = None
    version: str = ""
    fingerprint: str = ""
    findings: str = ""
    distributed: bool = False


def sources(store: Store) -> dict[str, Source]:
    """Return what the store's catalogue graph says: graph IRI → source."""
    from rdflib.term import Literal

    answer = store.select(sparql.parse(query_text("internal/sources"))).table()
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer)
    found = {}
    for row in rows:
        get: dict[str, Any] = {
            name: term.toPython() if isinstance(term, Literal) else str(term)
            for name, term in row.items()
            if term is not None
        }
        found[str(get["graph"])] = Source(
            graph=str(get["graph"]),
            name=str(get["name"]),
            publisher=str(get.get("publisher", "")),
            licence=str(get.get("licence", "")),
            document=str(get.get("document", "")),
            frequency=str(get.get("frequency", "")),
            date=get.get("modified") or get.get("issued"),
            triples=int(get.get("triples", 0)),
            loaded=get.get("loaded"),
            version=str(get.get("version", "")),
            fingerprint=str(get.get("fingerprint", "")),
            findings=str(get.get("findings", "")),
            distributed=bool(get.get("distributed")),
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Trust:
    """The order in which sources are believed, where they say different things.

    It decides which value is shown; all of them remain in the store.

    Attributes:
        places: IRI of a graph → its place, 0 for the most trusted.
        ranks: IRI of a graph → the rank that the catalogue declares.
    """

    places: Mapping[str, int]
    ranks: Mapping[str, int]

    def place(self, graph: str) -> tuple[int, str]:
        """Return a sort key: graphs without description come last, by their IRI."""
        return self.places.get(graph, len(self.places)), graph


def trust(store: Store) -> Trust:
    """Rank the graphs of a store: by declared rank, then latest change, then IRI."""
    rows = store.select(sparql.parse(query_text("internal/trust"), name="trust"))
    best: dict[str, tuple[float, int]] = {}
    for graph, rank, modified in rows:
        key = (_rank(rank), -_day(modified))
        best[str(graph)] = min(key, best.get(str(graph), key))
    ordered = sorted(best, key=lambda graph: (best[graph], graph))
    return Trust(
        places={graph: place for place, graph in enumerate(ordered)},
        ranks={g: int(key[0]) for g, key in best.items() if key[0] != inf},
    )


def _rank(term: Identifier | None) -> float:
    """Return a rank; a graph that has none, or no number, comes after all others."""
    try:
        return inf if term is None else int(str(term))
    except ValueError:
        return inf


def _day(term: Identifier | None) -> int:
    """Return a day as a number; 0 when it is not known to the day."""
    try:
        return 0 if term is None else date.fromisoformat(str(term)[:10]).toordinal()
    except ValueError:
        return 0


def activity(graph: str) -> URIRef:
    """Return the IRI of the activity that last loaded a graph."""
    from rdflib.term import URIRef

    return URIRef(ACTIVITIES + graph.removeprefix(BASE + "graph/"))


def record(
    description: Iterable[tuple[object, object, object]],
    *,
    graph: str,
    triples: int,
    fingerprint: str,
    findings: str,
    ended: datetime,
    version: str,
) -> Graph:
    """Return the statements of the catalogue graph about one loaded contribution."""
    from rdflib import RDF, XSD, Literal, URIRef
    from rdflib.graph import Graph

    prov, schema, void = (PREFIXES[p] for p in ("prov", "schema", "void"))
    node, run = URIRef(graph), activity(graph)
    out = Graph(bind_namespaces="none")
    for triple in description:
        out.add(triple)  # type: ignore[arg-type]
    out.add((node, URIRef(void + "triples"), Literal(triples)))
    out.add((node, URIRef(prov + "wasGeneratedBy"), run))
    for used in list(out.objects(node, URIRef(PREFIXES["dcat"] + "distribution"))):
        out.add((run, URIRef(prov + "used"), used))
    out.add((run, RDF.type, URIRef(prov + "Activity")))
    stamp = Literal(ended.isoformat(timespec="seconds"), datatype=XSD.dateTime)
    out.add((run, URIRef(prov + "endedAtTime"), stamp))
    out.add((run, URIRef(schema + "sha256"), Literal(fingerprint)))
    out.add((run, URIRef(schema + "softwareVersion"), Literal(version)))
    out.add((run, URIRef(schema + "description"), Literal(findings)))
    return out


def inference(derived_from: Iterable[str]) -> Graph:
    """Describe the graph of derived statements.

    Args:
        derived_from: IRIs of the graphs that the rules read.
    """
    from rdflib import URIRef

    titles = {"fr": "Énoncés déduits", "en": "Derived statements"}
    out = _made_here(INFERENCE_GRAPH, "inference", titles)
    node, derived = URIRef(INFERENCE_GRAPH), URIRef(PREFIXES["prov"] + "wasDerivedFrom")
    for graph in derived_from:
        out.add((node, derived, URIRef(graph)))
    return out


def identity() -> Graph:
    """Describe the graph of decisions on identity."""
    titles = {"fr": "Décisions d'identité", "en": "Identity decisions"}
    return _made_here(IDENTITY_GRAPH, "identite", titles)


def _made_here(graph: str, name: str, titles: Mapping[str, str]) -> Graph:
    """Describe a graph that no partner contributes."""
    from rdflib import RDF, Literal, URIRef
    from rdflib.graph import Graph

    prov, dcterms = PREFIXES["prov"], PREFIXES["dcterms"]
    node, out = URIRef(graph), Graph(bind_namespaces="none")
    out.add((node, RDF.type, URIRef(prov + "Entity")))
    out.add((node, URIRef(dcterms + "identifier"), Literal(name)))
    for lang, title in titles.items():
        out.add((node, URIRef(dcterms + "title"), Literal(title, lang=lang)))
    return out


def write(store: Store, records: Mapping[str, Graph]) -> None:
    """Put records into the catalogue graph, each in place of the former one.

    Statements about other contributions stay as they are.

    Args:
        store: the store whose catalogue graph is rewritten, in one atomic step.
        records: graph IRI → its record.
    """
    from rdflib.graph import Graph
    from rdflib.term import URIRef

    graph = URIRef(CATALOGUE_GRAPH)
    catalogue = Graph(bind_namespaces="none")
    catalogue.parse(data=b"".join(store.dump(graph)), format="nt")
    for name, new in records.items():
        for subject in {URIRef(name), activity(name), *new.subjects()}:
            _forget(catalogue, subject)
        catalogue += new
    text = catalogue.serialize(format="nt", encoding="utf-8")
    store.replace(graph, io.BytesIO(text))


def begin(store: Store, graph: str) -> None:
    """Forget the last loading of a graph that is about to change.

    Should the new one be interrupted before it is recorded, nobody takes the graph for
    what was recorded before.
    """
    from rdflib.graph import Graph
    from rdflib.term import URIRef

    name = URIRef(CATALOGUE_GRAPH)
    catalogue = Graph(bind_namespaces="none")
    catalogue.parse(data=b"".join(store.dump(name)), format="nt")
    if (activity(graph), None, None) in catalogue:
        catalogue.remove((activity(graph), None, None))
        text = catalogue.serialize(format="nt", encoding="utf-8")
        store.replace(name, io.BytesIO(text))


def _forget(catalogue: Graph, subject: Node) -> None:
    """Remove what is said of a subject, save which datasets a catalogue holds."""
    from rdflib.term import URIRef

    holds = URIRef(PREFIXES["dcat"] + "dataset")
    for triple in list(catalogue.triples((subject, None, None))):
        if triple[1] != holds:
            catalogue.remove(triple)


def is_run(line: bytes) -> bool:
    """Say whether an N-Triples line tells of a loading rather than of content."""
    run = f"<{ACTIVITIES}".encode()
    return run in line
