"""Load: read, check, place, settle identities, derive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.check import Shapes
from spnr_graph.findings import Report, Severity
from spnr_graph.labels import labels
from spnr_graph.namespaces import shorten
from spnr_graph.operations.change_words import SENTENCES
from spnr_graph.operations.contributions import check as check_contributions
from spnr_graph.operations.loaded import Loaded, LoadResult
from spnr_graph.operations.loading import Loading
from spnr_graph.operations.reading import Reader
from spnr_graph.operations.requests import lacks, references, requests
from spnr_graph.operations.terms import Terms
from spnr_graph.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from spnr_graph.operations.contributions import Incoming
    from spnr_graph.operations.requests import Request
    from spnr_graph.store import Store

_TOTALS: Final = "internal/totals"


def _no_progress(**_: object) -> None:
    """Say nothing."""


def load(
    store: Store,
    sources: Sequence[str] = (),
    *,
    now: datetime,
    project: Project | None = None,
    terms: Terms | None = None,
    check: bool = True,
    force: bool = False,
    dry_run: bool = False,
    quarantine: Path | None = None,
    lang: str = "fr",
    progress: Callable[..., None] = _no_progress,
) -> LoadResult:
    """Load contributions, each in its own named graph, each in one atomic step.

    References of the catalogue that the store lacks are loaded first.

    A contribution that cannot be reached or read, or is refused, leaves the former
    version in place and does not stop the others.

    Args:
        store: a store open for writing; for reading, when nothing is to be written.
        sources: datasets of the catalogue, files, directories, addresses, or ``-``;
            the whole catalogue when empty.
        now: when this happens, with its time zone.
        project: catalogue, formats, shapes and rules; the shipped ones by default.
        terms: what is said of sources that are not in the catalogue.
        check: check each contribution with the shapes before it enters.
        force: read again what has not changed.
        dry_run: write nothing; tell what would change.
        quarantine: folder where refused deliveries are kept; None keeps none.
        lang: language of the names that the result holds.
        progress: called with ``fr``, ``en``, ``done`` and ``total`` at each step.

    Raises:
        DataError: a source is nothing that can be loaded; decisions on identity
            contradict each other.
        StoreError: the store cannot be read or written.
    """
    content = project or open_project()
    said = terms or Terms()
    work = Loading(
        store, content, now=now, progress=progress, dry_run=dry_run, folder=quarantine
    )
    asked = _asked(sources, content, work)
    with Reader(content, said, store) as reader:
        work.begin(len(asked))
        fresh = [each for each in asked if force or not work.is_unchanged(each)]
        incoming = work.read(fresh, reader, force=force)
        report = _checked(incoming, content, store, work, check=check)
        bad = {f.source for f in report.findings if f.severity is Severity.VIOLATION}
        for each in incoming:
            if each.name in bad:
                work.refuse(each, report)
            else:
                work.place(each, report)
        work.note_outcomes(bad)
    merged, derived = work.settle(), work.derive()
    counts = {str(graph): n for graph, n in store.graphs().items()}
    question = sparql.parse(content.query_text(_TOTALS))
    contributions = work.outcome(asked)
    return LoadResult(
        location=store.location,
        contributions=contributions,
        report=report,
        totals={str(kind): int(str(n)) for kind, n in store.select(question)},
        triples=sum(counts.values()),
        derived=derived,
        dry_run=dry_run,
        names=_names(store, contributions, report, lang),
        merged=merged,
    )


def _names(
    store: Store, contributions: Sequence[Loaded], report: Report, lang: str
) -> dict[str, str]:
    """Return the names of what the changes and the findings of tables mention."""
    from rdflib.term import URIRef

    wanted = {
        iri
        for each in contributions
        if each.changes
        for iri in each.changes.mentioned(SENTENCES)
    }
    tables = {each.name for each in contributions if each.formats}
    about = (f.focus for f in report.findings if f.source in tables)
    wanted |= {URIRef(iri) for iri in about if iri}
    found = labels(store, sorted(wanted), lang)
    # What has no name is called by its short IRI, which stands beside it anyway.
    told = {str(iri): name for iri, name in found.items()}
    return {iri: name for iri, name in told.items() if name != shorten(iri)}


def _asked(sources: Sequence[str], project: Project, work: Loading) -> list[Request]:
    """Return what is to be read, preceded by the references that are not there yet."""
    asked = requests(sources, project)
    named = {each.name for each in asked}
    # Nothing is understood, checked or derived without the territories and concepts.
    absent = (r for r in references(project) if lacks(r, work.sizes))
    return [*(r for r in absent if r.name not in named), *asked]


def _checked(
    incoming: Sequence[Incoming],
    project: Project,
    store: Store,
    work: Loading,
    *,
    check: bool,
) -> Report:
    """Check what was read, or only tell what reading found."""
    work.step("vérification", "checking")
    told = [*work.notes, *(note for each in incoming for note in each.notes)]
    if not (check and incoming):
        return Report.of(told)
    shapes = Shapes.parse(project.shapes_text())
    found = check_contributions(incoming, shapes, store)
    return Report.of([*told, *found.findings])
