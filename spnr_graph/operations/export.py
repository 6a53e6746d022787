"""Export: the whole graph, one dataset, or one thing with its surroundings."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, BinaryIO

from spnr_graph import sparql
from spnr_graph.catalogue import is_run, sources
from spnr_graph.errors import DataError, QueryError
from spnr_graph.labels import labels
from spnr_graph.namespaces import BASE, INFERENCE_GRAPH
from spnr_graph.operations.datasets import dataset as named
from spnr_graph.project import Project, open_project
from spnr_graph.render import graphs
from spnr_graph.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import URIRef

    from spnr_graph.sparql import Query
    from spnr_graph.store import Store

#: An answer or an entity stands in no graph of its own; this one holds it in TriG.
_ANSWER = BASE + "graph/answer"


#: Kinds of things that an entity may be, the first the most likely.
_KINDS = (
    "spnr:Actor",
    "spnr:Initiative",
    "spnr:DigitalService",
    "dcterms:Location",
    "skos:Concept",
    "spnr:Participation",
)


def export(
    store: Store,
    output: BinaryIO,
    *,
    format_name: str = "turtle",
    dataset: str | None = None,
    entity: str | None = None,
    derived: bool = True,
    lang: str = "fr",
    project: Project | None = None,
) -> str:
    """Write the graph; the same content gives the same bytes.

    Args:
        store: an open store.
        output: where the bytes go.
        format_name: ``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld``,
            ``rdfxml``, ``csv`` (a zip archive of tables), or ``xlsx`` (one dataset,
            as it was received, in the workbook of ``operations.template``).
        dataset: name of one contribution; all of them by default.
        entity: label, slug, prefixed name or IRI of one thing.
        derived: with the statements that the rules derive.
        lang: language in which ``entity`` is understood.
        project: whose JSON-LD context and queries are used.

    Returns:
        What the format cannot tell, in words; ``""`` when it tells all.

    Raises:
        DataError: no such dataset, both a dataset and an entity, or a workbook of more
            than one dataset.
        QueryError: ``entity`` means nothing or several things.
    """
    content = project or open_project()
    if dataset is not None and entity is not None:
        raise DataError(
            fr="--dataset et --entity s'excluent : choisir l'un des deux.",
            en="--dataset and --entity exclude each other: choose one.",
        )
    if format_name == "xlsx":
        return _workbook(store, output, dataset, lang=lang, project=content)
    if entity is not None:
        thing = find_entity(store, entity, lang)
        question = sparql.parse(content.query_text("internal/entity"))
        filled = sparql.fill(question, {"entity": [thing]})
        write_answer(store, filled, output, format_name=format_name, project=content)
        return ""
    described = sources(store)
    chosen = named(described, dataset) if dataset is not None else None
    held = [
        graph
        for graph in store.graphs()
        if (chosen is None or str(graph) == chosen.graph)
        and (derived or str(graph) != INFERENCE_GRAPH)
    ]
    graphs.write(
        {graph: _content(store, graph) for graph in held},
        output,
        format_name,
        header=_header(store, held, lang),
        context=content.context_text(),
    )
    return ""


def _workbook(
    store: Store, output: BinaryIO, dataset: str | None, *, lang: str, project: Project
) -> str:
    from spnr_graph.operations.workbook import export_workbook, left_words

    if dataset is None:
        raise DataError(
            fr="Un classeur contient un jeu de données et un seul : le nommer avec "
            "--dataset (la liste : spnr info).",
            en="A workbook holds one dataset: name it with --dataset (the list: spnr "
            "info).",
        )
    found = export_workbook(store, output, dataset=dataset, lang=lang, project=project)
    return left_words(found, lang)


def find_entity(store: Store, text: str, lang: str) -> URIRef:
    """Find the one thing that a person means, whatever its kind.

    Raises:
        QueryError: nothing has that name, or several things of one kind have it.
    """
    for kind in _KINDS:
        with contextlib.suppress(QueryError):
            return resolve(store, kind, text, lang=lang)
    return resolve(store, "rdfs:Resource", text, lang=lang)  # or says what is near


def _content(store: Store, graph: URIRef) -> Iterator[bytes]:
    return (line for line in store.dump(graph) if not is_run(line))


def _header(store: Store, held: Iterable[URIRef], lang: str) -> str:
    """Name the contributions, their publishers and licences, for a human reader."""
    from rdflib.term import URIRef

    described = sources(store)
    shown = [described[str(g)] for g in held if str(g) in described]
    shown.sort(key=lambda source: source.name)
    mentioned = {i for s in shown for i in (s.publisher, s.licence) if i}
    names = labels(store, (URIRef(iri) for iri in sorted(mentioned)), lang)
    lines = []
    for source in shown:
        said = [names[URIRef(i)] for i in (source.publisher, source.licence) if i]
        colon = " :" if lang == "fr" else ":"
        parts = f"{colon} {', '.join(said)}" if said else ""
        lines.append(f"{source.name}{parts} <{source.graph}>")
    return "\n".join(lines)


def write_answer(
    store: Store,
    query: Query,
    output: BinaryIO,
    *,
    format_name: str,
    project: Project,
) -> None:
    """Write the answer of a CONSTRUCT or DESCRIBE in a graph format."""
    from rdflib.term import URIRef

    answer = io.BytesIO()
    store.write(query, answer, "ntriples")
    answer.seek(0)
    graphs.write(
        {URIRef(_ANSWER): answer},
        output,
        format_name,
        context=project.context_text(),
    )
