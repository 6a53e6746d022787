"""The same work done by others: pyoxigraph, rdflib, oxrdflib, maplib, networkx."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from benchmarks.files import inputs
from spnr_graph.namespaces import INFERENCE_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyoxigraph as ox
    from rdflib.graph import Dataset, Graph

    from benchmarks.bench import Bench


# --- pyoxigraph -----------------------------------------------------------------


def _fill(store: ox.Store, bench: Bench) -> ox.Store:
    import pyoxigraph as ox

    formats = {".nt": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE}
    for path, graph in inputs(bench.root):
        store.bulk_load(
            path=str(path), format=formats[path.suffix], to_graph=ox.NamedNode(graph)
        )
    return store


def load_pyoxigraph_memory(bench: Bench) -> None:
    """Load each file with ``bulk_load`` into its graph in memory."""
    import pyoxigraph as ox

    with bench.timed():
        _fill(ox.Store(), bench)


def load_pyoxigraph_disk(bench: Bench) -> None:
    """Load each file with ``bulk_load`` into its graph on disk."""
    import pyoxigraph as ox

    folder = bench.scratch / "pyoxigraph"
    shutil.rmtree(folder, ignore_errors=True)
    with bench.timed():
        _fill(ox.Store(str(folder)), bench)


def _on_disk(bench: Bench) -> ox.Store:
    """Fill a directory with the quads of our store, once, and open it."""
    import pyoxigraph as ox

    folder = bench.scratch / "pyoxigraph-derived"
    if not folder.exists():
        store = ox.Store(str(folder))
        path = str(bench.scratch / "all.nq")
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        del store
    return ox.Store.read_only(str(folder))


def _in_memory(bench: Bench) -> ox.Store:
    import pyoxigraph as ox

    store = ox.Store()
    path = str(bench.scratch / "all.nq")
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return store


def _ask(query: Callable[[str], Any], bench: Bench) -> None:
    """Put each bound question, and take all the rows as the engine gives them."""
    bound = json.loads((bench.scratch / "bound.json").read_text(encoding="utf-8"))
    for name, text in bound.items():
        if name not in bench.skip:
            with bench.timed(name) as facts:
                answer = query(text)
                facts["rows"] = len(list(answer))


def questions_pyoxigraph_memory(bench: Bench) -> None:
    """Ask the questions of a store in memory."""
    store = _in_memory(bench)
    _ask(lambda text: store.query(text, use_default_graph_as_union=True), bench)


def questions_pyoxigraph_disk(bench: Bench) -> None:
    """Ask the questions of a store on disk."""
    store = _on_disk(bench)
    _ask(lambda text: store.query(text, use_default_graph_as_union=True), bench)


def _rules(bench: Bench) -> list[str]:
    files = sorted((bench.root / "ontology" / "rules").glob("*.rq"))
    return [path.read_text(encoding="utf-8") for path in files]


def derive_pyoxigraph(bench: Bench) -> None:
    """Run the rules once, in order, and add what each constructs."""
    import pyoxigraph as ox

    store = _fill(ox.Store(), bench)
    graph = ox.NamedNode(INFERENCE_GRAPH)
    with bench.timed() as facts:
        for text in _rules(bench):
            found: Any = store.query(text, use_default_graph_as_union=True)
            store.bulk_extend(
                ox.Quad(each.subject, each.predicate, each.object, graph)
                for each in found
            )
        quads = store.quads_for_pattern(None, None, None, graph)
        facts["triples"] = len(list(quads))


def project_pyoxigraph(bench: Bench) -> None:
    """Project with a self-join in SPARQL, without dates nor kinds."""
    store = _in_memory(bench)
    text = """
        PREFIX cv: <http://data.europa.eu/m8g/>
        PREFIX spnr: <https://w3id.org/spnr/def#>
        SELECT ?a ?b (COUNT(DISTINCT ?i) AS ?n) {
          ?p cv:hasParticipant ?a ; spnr:initiative ?i .
          ?q spnr:initiative ?i ; cv:hasParticipant ?b .
          FILTER(STR(?a) < STR(?b))
        } GROUP BY ?a ?b"""
    with bench.timed() as facts:
        answer: Any = store.query(text, use_default_graph_as_union=True)
        facts["pairs"] = len(list(answer))


def turtle_pyoxigraph(bench: Bench) -> None:
    """Write all the triples as Turtle: one graph, in no given order."""
    store = _in_memory(bench)
    with bench.timed() as facts:
        everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        answer = store.query(everything, use_default_graph_as_union=True)
        facts["bytes"] = len(_turtle(answer))


def _turtle(answer: Any) -> bytes:  # noqa: ANN401 - one of several classes
    import pyoxigraph as ox

    text = ox.serialize(answer, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return text or b""


# --- rdflib and oxrdflib --------------------------------------------------------


def _dataset(bench: Bench, store: str = "default") -> Dataset:
    from rdflib import Dataset, URIRef

    # oxrdflib brings parsers of its own; rdflib's would hide what it is good at.
    prefix = "ox-" if store == "Oxigraph" else ""
    formats = {".nt": f"{prefix}nt", ".ttl": f"{prefix}turtle"}
    dataset = Dataset(store=store, default_union=True)
    for path, graph in inputs(bench.root):
        dataset.graph(URIRef(graph)).parse(str(path), format=formats[path.suffix])
    return dataset


def load_rdflib(bench: Bench) -> None:
    """Load each file into its graph with rdflib's own parsers and store."""
    with bench.timed():
        _dataset(bench)


def load_oxrdflib(bench: Bench) -> None:
    """Load each file into its graph with oxrdflib."""
    import oxrdflib  # noqa: F401 - says at once when it is missing

    with bench.timed():
        _dataset(bench, "Oxigraph")


def questions_rdflib(bench: Bench) -> None:
    """Ask the questions of rdflib's own engine."""
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    dataset.parse(str(bench.scratch / "all.nq"), format="nquads")
    _ask(lambda text: dataset.query(text), bench)


def questions_oxrdflib(bench: Bench) -> None:
    """Ask the questions of Oxigraph through rdflib."""
    import oxrdflib  # noqa: F401
    from rdflib import Dataset

    dataset = Dataset(store="Oxigraph", default_union=True)
    dataset.parse(str(bench.scratch / "all.nq"), format="ox-nquads")
    _ask(lambda text: dataset.query(text), bench)


def derive_rdflib(bench: Bench) -> None:
    """Run the rules once, in order, with rdflib's own engine."""
    from rdflib import URIRef

    dataset = _dataset(bench)
    graph = dataset.graph(URIRef(INFERENCE_GRAPH))
    with bench.timed() as facts:
        for text in _rules(bench):
            for triple in dataset.query(text):
                graph.add(triple)  # type: ignore[arg-type]
        facts["triples"] = len(graph)


def _flat(bench: Bench) -> Graph:
    """Return all the triples as one rdflib graph with our prefixes."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    graph.parse(str(bench.scratch / "all.nt"), format="nt")
    return graph


def turtle_rdflib(bench: Bench) -> None:
    """Write all the triples with rdflib's Turtle writer."""
    graph = _flat(bench)
    with bench.timed() as facts:
        facts["bytes"] = len(graph.serialize(format="turtle", encoding="utf-8"))


def turtle_rdflib_long(bench: Bench) -> None:
    """Write all the triples with rdflib's writer made for differences."""
    graph = _flat(bench)
    with bench.timed() as facts:
        facts["bytes"] = len(graph.serialize(format="longturtle", encoding="utf-8"))


def check_pyshacl(bench: Bench) -> None:
    """Check all the triples with pySHACL on rdflib."""
    import pyshacl
    from rdflib import Graph

    graph = _flat(bench)
    shapes = Graph().parse(str(bench.root / "ontology" / "shapes.ttl"))
    with bench.timed() as facts:
        _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
        found = "SELECT ?r { ?r a <http://www.w3.org/ns/shacl#ValidationResult> }"
        facts["findings"] = len(results.query(found))


# --- maplib: no union of graphs, so that all is in its default graph --------------


def _model(*paths: Path) -> Any:  # noqa: ANN401 - optional package
    from maplib import Model

    model = Model()
    for path in paths:
        model.read(str(path))
    return model


def load_maplib(bench: Bench) -> None:
    """Load each file into the one default graph."""
    import maplib  # noqa: F401

    with bench.timed():
        _model(*(path for path, _ in inputs(bench.root)))


def questions_maplib(bench: Bench) -> None:
    """Ask the questions of maplib; those that name graphs find nothing."""
    model = _model(bench.scratch / "all.nt")

    _ask(lambda text: model.query(text).rows(), bench)


def turtle_maplib(bench: Bench) -> None:
    """Write all the triples as Turtle."""
    model = _model(bench.scratch / "all.nt")
    with bench.timed() as facts:
        text = model.writes(format="turtle", prefixes=dict(PREFIXES))
        facts["bytes"] = len(text)


# --- networkx -------------------------------------------------------------------


def project_networkx(bench: Bench) -> None:
    """Project with networkx the rows that we project with scipy."""
    import networkx as nx
    from networkx.algorithms import bipartite

    places = json.loads((bench.scratch / "places.json").read_text(encoding="utf-8"))
    with bench.timed() as facts:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edges_from((actor, initiative) for actor, initiative in places)
        actors = {actor for actor, _ in places}
        projected = bipartite.weighted_projected_graph(graph, actors)
        facts["pairs"] = projected.number_of_edges()
