"""Load: read, check, place, derive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph import __version__, catalogue, sparql
from spnr_graph.check import Shapes
from spnr_graph.derive import derive
from spnr_graph.errors import DataError
from spnr_graph.findings import Report, Severity
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.operations.contributions import (
    Incoming,
    Request,
    lacks_references,
    references,
    requests,
    stage,
)
from spnr_graph.operations.contributions import check as check_contributions
from spnr_graph.operations.fingerprint import inference_fingerprint
from spnr_graph.operations.loaded import Loaded, LoadResult
from spnr_graph.operations.terms import Terms
from spnr_graph.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rdflib.graph import Graph

    from spnr_graph.store import Store


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
    progress: Callable[..., None] = _no_progress,
) -> LoadResult:
    """Load contributions, each in its own named graph, each in one atomic step.

    A store without any reference graph is given those of the catalogue first.

    A contribution that cannot be read or is refused leaves the former version in
    place and does not stop the others.

    Args:
        store: a store open for writing.
        sources: datasets of the catalogue, files, directories, addresses, or ``-``;
            the whole catalogue when empty.
        now: when this happens, with its time zone.
        project: catalogue, shapes and rules; the shipped ones by default.
        terms: what is said of sources that are not in the catalogue.
        check: check each contribution with the shapes before it enters.
        force: read again what has not changed.
        progress: called with ``fr``, ``en``, ``done`` and ``total`` at each step.

    Raises:
        DataError: a source is nothing that can be loaded.
        StoreError: the store cannot be read or written.
    """
    content = project or open_project()
    work = _Work(store, content, terms or Terms(), now, progress)
    asked = requests(sources, content)
    if lacks_references(work.sizes):
        # Nothing could be checked, or derived, without the concepts.
        named = {each.name for each in asked}
        asked = [*(r for r in references(content) if r.name not in named), *asked]
    work.begin(len(asked))
    fresh = [each for each in asked if force or not work.is_unchanged(each)]
    incoming = [one for each in fresh for one in work.read(each)]
    report = work.check(incoming) if check else _notes(incoming)
    refused = {f.source for f in report.findings if f.severity is Severity.VIOLATION}
    for each in incoming:
        if each.name in refused:
            work.refuse(each, report)
        else:
            work.place(each, report)
    derived = work.derive()
    counts = {str(graph): n for graph, n in store.graphs().items()}
    question = sparql.parse(content.query_text("internal/totals"))
    return LoadResult(
        location=store.location,
        contributions=work.outcome(asked),
        report=report,
        totals={str(kind): int(str(n)) for kind, n in store.select(question)},
        triples=sum(counts.values()),
        derived=derived,
    )


def _notes(incoming: Sequence[Incoming]) -> Report:
    return Report.of([note for each in incoming for note in each.notes])


class _Work:
    """One loading under way."""

    def __init__(
        self,
        store: Store,
        project: Project,
        terms: Terms,
        now: datetime,
        progress: Callable[..., None],
    ) -> None:
        self.store, self.project, self.terms = store, project, terms
        self.now, self.progress = now, progress
        self.former = catalogue.sources(store)
        self.sizes = {str(graph): n for graph, n in store.graphs().items()}
        self.done: list[tuple[Request | None, Loaded]] = []
        self.steps = (0, 1)
        self.claimed: dict[str, str] = {}

    def begin(self, sources: int) -> None:
        """Count the steps to come: read and place each, check, derive."""
        self.steps = (0, 2 * sources + 2)

    def step(self, fr: str, en: str) -> None:
        """Tell that a step begins."""
        done, total = self.steps
        self.progress(fr=fr, en=en, done=done, total=total)
        self.steps = (min(done + 1, total), total)

    def is_unchanged(self, request: Request) -> bool:
        """Say whether the store holds just what reading the source would give."""
        if request.dataset is None:
            return False
        graph = str(request.dataset.graph)
        known = self.former.get(graph)
        if known is None or known.triples != self.sizes.get(graph, 0):
            return False
        try:
            same = known.fingerprint == request.fingerprint(self.project)
        except OSError:
            return False  # reading says what is wrong with the file
        if same:
            state = Loaded(
                name=request.name,
                graph=graph,
                state="unchanged",
                triples=known.triples,
                findings=tuple(map(int, known.findings.split("/"))),
            )
            self.done.append((request, state))
        return same

    def read(self, request: Request) -> list[Incoming]:
        """Read a source; what cannot be read is told in the report."""
        self.step(f"lecture de {request.name}", f"reading {request.name}")
        try:
            staged = stage(request, self.project, self.terms)
            self._claim(request.name, [each.graph for each in staged])
        except DataError as error:
            state = Loaded(name=request.name, graph="", state="failed", error=error)
            self.done.append((request, state))
            return []
        return staged

    def _claim(self, name: str, graphs: Sequence[str]) -> None:
        """Keep graphs for a source; no other of the same loading may replace them."""
        taken = [graph for graph in graphs if graph in self.claimed]
        if taken:
            raise _taken(name, taken[0], self.claimed[taken[0]])
        self.claimed.update(dict.fromkeys(graphs, name))

    def check(self, incoming: Sequence[Incoming]) -> Report:
        """Check what was read."""
        self.step("vérification", "checking")
        if not incoming:
            return Report.of([])
        shapes = Shapes.parse(self.project.shapes_text())
        return check_contributions(incoming, shapes, self.store)

    def refuse(self, each: Incoming, report: Report) -> None:
        """Leave the former version in place."""
        kept = Loaded(
            name=each.name,
            graph=each.graph,
            state="refused",
            triples=self.sizes.get(each.graph, 0),
            findings=_counts(report, each.name),
        )
        self.done.append((None, kept))

    def place(self, each: Incoming, report: Report) -> None:
        """Put a contribution in its graph, and tell the catalogue."""
        from rdflib.term import URIRef

        self.step(f"mise en place de {each.name}", f"placing {each.name}")
        findings = _counts(report, each.name)
        catalogue.begin(self.store, each.graph)
        change = self.store.replace(
            URIRef(each.graph), each.staging.ntriples(each.graph)
        )
        self._record(
            each.graph,
            each.description,
            triples=change.total,
            fingerprint=each.fingerprint,
            findings="/".join(map(str, findings)),
        )
        state = Loaded(
            name=each.name,
            graph=each.graph,
            state="loaded",
            triples=change.total,
            change=change,
            findings=findings,
        )
        self.done.append((None, state))

    def _record(
        self,
        graph: str,
        description: Graph,
        *,
        triples: int,
        fingerprint: str,
        findings: str,
    ) -> None:
        told = catalogue.record(
            description,
            graph=graph,
            triples=triples,
            fingerprint=fingerprint,
            findings=findings,
            ended=self.now,
            version=f"spnr_graph {__version__}",
        )
        catalogue.write(self.store, {graph: told})

    def derive(self) -> int:
        """Derive again when sources or rules are not those of the last time."""
        self.step("déduction", "deriving")
        described = catalogue.sources(self.store)
        last = described.pop(INFERENCE_GRAPH, None)
        wanted = inference_fingerprint(described.values(), self.project)
        held = self.sizes.get(INFERENCE_GRAPH, 0)
        if last is not None and last.fingerprint == wanted and last.triples == held:
            return held
        if not self.store.graphs():
            return 0  # nothing to derive from, nothing to describe
        found = derive(self.store, self.project.rules())
        self._record(
            INFERENCE_GRAPH,
            catalogue.inference(described),
            triples=found.total,
            fingerprint=wanted,
            findings="0/0/0",
        )
        return found.total

    def outcome(self, asked: Sequence[Request]) -> tuple[Loaded, ...]:
        """Return what became of each contribution, in the order of the request."""
        order = {request.name: rank for rank, request in enumerate(asked)}
        states = [state for _, state in self.done]
        rank = {s.name: order.get(s.name.split("#")[0], len(order)) for s in states}
        return tuple(sorted(states, key=lambda s: (rank[s.name], s.name)))


def _counts(report: Report, name: str) -> tuple[int, ...]:
    """Count the findings of one contribution, worst first."""
    own = Report(findings=tuple(f for f in report.findings if f.source == name))
    return tuple(own.count(severity) for severity in sorted(Severity, reverse=True))


def _taken(name: str, graph: str, first: str) -> DataError:
    return DataError(
        fr=f"{name} : sa place, {graph}, est déjà prise par {first}. Renommer l'un des "
        "deux, ou les charger l'un après l'autre avec deux --source.",
        en=f"{name}: its place, {graph}, is already taken by {first}. Rename one of "
        "the two, or load them one after the other with two --source.",
    )
