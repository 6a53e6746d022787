"""Validate: the store, or contributions that are not loaded, against the shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph.catalogue import sources as described
from spnr_graph.check import Shapes
from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Report
from spnr_graph.labels import labels
from spnr_graph.namespaces import CATALOGUE_GRAPH, INFERENCE_GRAPH
from spnr_graph.operations.contradictions import contradictions
from spnr_graph.operations.contributions import Incoming, check, distinct, unreadable
from spnr_graph.operations.reading import Reader
from spnr_graph.operations.requests import lacks, references, requests
from spnr_graph.operations.terms import Terms
from spnr_graph.project import Project, open_project
from spnr_graph.read import Staging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.check import Engine
    from spnr_graph.store import Store


def validate(
    store: Store | None,
    sources: Sequence[str] = (),
    *,
    project: Project | None = None,
    terms: Terms | None = None,
    engine: Engine = "compiled",
) -> Report:
    """Check contributions with the shapes; nothing is loaded.

    Args:
        store: what is checked when no source is named, and context otherwise.
        sources: what ``load`` takes; the contributions in the store when empty.
        project: whose shapes and catalogue; the shipped ones by default.
        terms: what is said of the sources: partner, syntax, format of tables.
        engine: ``compiled`` or ``pyshacl``.

    Returns:
        The findings; a source that cannot be read is a Violation.

    Raises:
        DataError: a source is nothing that can be checked; the shapes are broken.
        StoreError: the store does not answer.
    """
    content = project or open_project()
    shapes = Shapes.parse(content.shapes_text(), engine=engine)
    if not sources:
        if store is None:
            return check([], shapes, None)
        report = check(_held(store), shapes, store)
        return Report.of([*report.findings, *contradictions(store)])
    with Reader(content, terms or Terms(), store) as reader:
        known: list[Incoming] = []
        held = set() if store is None else set(map(str, store.graphs()))
        for request in references(content):
            if lacks(request, held):
                known += reader.stage(request).incoming
        incoming: list[Incoming] = []
        told: list[Finding] = []
        for request in reader.in_order(requests(sources, content)):
            try:
                staged = reader.stage(request)
                incoming += staged.incoming
                told += staged.notes
            except DataError as error:
                told.append(unreadable(request.name, error))
        report = check(distinct(incoming), shapes, store, known)
    return Report.of([*told, *report.findings])


def _held(store: Store) -> list[Incoming]:
    """Stage every contribution of a store, and its catalogue."""
    from rdflib.graph import Graph

    names = {graph: source.name for graph, source in described(store).items()}
    held = []
    for graph in store.graphs():
        if str(graph) == INFERENCE_GRAPH:
            continue
        staging = Staging()
        staging.context(str(graph), b"".join(store.dump(graph)))
        name = "catalogue" if str(graph) == CATALOGUE_GRAPH else str(graph)
        held.append(
            Incoming(
                name=names.get(str(graph), name),
                graph=str(graph),
                staging=staging,
                triples=0,
                fingerprint="",
                description=Graph(),
            )
        )
    return held


def report_bytes(
    store: Store | None, report: Report, format_name: str, *, lang: str
) -> bytes:
    """Render a report, with the names of the things it is about.

    Args:
        store: where names are looked up, if there is one.
        report: the findings.
        format_name: ``text``, ``json``, ``csv``, ``markdown`` or ``turtle``.
        lang: language of names and messages.
    """
    from rdflib.term import URIRef

    from spnr_graph.check.results import report_turtle
    from spnr_graph.render.report import render

    if format_name == "turtle":
        return report_turtle(report)
    focus = sorted({f.focus for f in report.findings if "://" in f.focus})
    names = labels(store, map(URIRef, focus), lang) if store is not None else {}
    shown = {str(iri): name for iri, name in names.items()}
    return render(report, format_name, lang=lang, labels=shown)
