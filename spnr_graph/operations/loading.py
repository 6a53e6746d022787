"""One loading under way: what was read, placed, refused, and what is left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph import __version__, catalogue
from spnr_graph.errors import DataError, StoreError
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.harvest import Quarantine, UnreachableError
from spnr_graph.identity.merge import Renames
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.operations.attempts import Attempts
from spnr_graph.operations.changed import what_changes
from spnr_graph.operations.contributions import distinct, unreadable
from spnr_graph.operations.loaded import Loaded
from spnr_graph.operations.refused import keep
from spnr_graph.operations.settle import (
    derive_again,
    place,
    read_ledger,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from rdflib.graph import Graph

    from spnr_graph.operations.contributions import Incoming
    from spnr_graph.operations.difference import Changes
    from spnr_graph.operations.reading import Reader
    from spnr_graph.operations.requests import Request
    from spnr_graph.project import Project
    from spnr_graph.read.stream import Material
    from spnr_graph.store import Store


class Loading:
    """One loading under way."""

    def __init__(
        self,
        store: Store,
        project: Project,
        *,
        now: datetime,
        progress: Callable[..., None],
        dry_run: bool,
        folder: Path | None,
    ) -> None:
        """Look at what the store holds; see ``load`` for the arguments."""
        self.store, self.project = store, project
        self.now, self.progress, self.dry_run = now, progress, dry_run
        self.ledger = read_ledger(project)
        self.renames = Renames(self.ledger.renames)
        self.quarantine = Quarantine(folder) if folder and not dry_run else None
        self.former = catalogue.sources(store)
        self.attempts = Attempts(store, now)
        self.sizes = {str(graph): n for graph, n in store.graphs().items()}
        self.done: list[Loaded] = []
        self.notes: list[Finding] = []
        self.steps = (0, 1)
        self.claimed: dict[str, str] = {}
        self.requests: dict[str, Request] = {}
        self._asked: dict[str, Request] = {}

    def begin(self, sources: int) -> None:
        """Count the steps to come: read and place each, check, settle, derive."""
        self.steps = (0, 2 * sources + 3)

    def step(self, fr: str, en: str) -> None:
        """Tell that a step begins."""
        done, total = self.steps
        self.progress(fr=fr, en=en, done=done, total=total)
        self.steps = (min(done + 1, total), total)

    def is_unchanged(self, request: Request) -> bool:
        """Say whether the store holds just what reading the files would give."""
        if request.dataset is None:
            return False
        known = self.former.get(str(request.dataset.graph))
        if known is None or known.triples != self.sizes.get(known.graph, 0):
            return False
        try:
            same = known.fingerprint == request.fingerprint(self.project)
        except OSError:
            return False  # reading says what is wrong with the file
        if same:
            self._unchanged(request)
        return same

    def _unchanged(self, request: Request) -> None:
        assert request.dataset is not None  # noqa: S101 - only datasets are compared
        known = self.former[str(request.dataset.graph)]
        state = Loaded(
            name=request.name,
            graph=known.graph,
            state="unchanged",
            triples=known.triples,
            findings=tuple(map(int, known.findings.split("/"))),
        )
        self.done.append(state)

    def read(
        self, fresh: Sequence[Request], reader: Reader, *, force: bool
    ) -> list[Incoming]:
        """Read sources; what cannot be reached or read is told in the outcome."""
        found: list[Incoming] = []
        for request in reader.in_order(fresh):
            self.step(f"lecture de {request.name}", f"reading {request.name}")
            try:
                found += self._read(request, reader, force=force)
            except UnreachableError as error:
                self._unreached(request, error)
            except DataError as error:
                self._failed(request, reader, error)
        return self._named(found)

    def _named(self, found: Sequence[Incoming]) -> list[Incoming]:
        """Give contributions distinct names, and remember who asked for each."""
        named = distinct(found)
        for former, each in zip(found, named, strict=True):
            self.requests[each.name] = self._asked[former.graph]
        return named

    def _read(
        self, request: Request, reader: Reader, *, force: bool
    ) -> tuple[Incoming, ...]:
        seen = self.attempts.last(request)
        graph = str(request.dataset.graph) if request.dataset else ""
        known = self.former.get(graph)
        whole = known is not None and known.triples == self.sizes.get(graph, 0)
        staged = reader.stage(
            request,
            seen=seen if whole and not force else None,
            fingerprint=known.fingerprint if known and whole else "",
        )
        self.attempts.came(staged.seen)
        self.notes += staged.notes
        if staged.unchanged:
            self._unchanged(request)
            self.attempts.ended(request, "unchanged")
            return ()
        self._claim(request.name, [each.graph for each in staged.incoming])
        self._asked.update(dict.fromkeys((e.graph for e in staged.incoming), request))
        return staged.incoming

    def _claim(self, name: str, graphs: Sequence[str]) -> None:
        """Keep graphs for a source; no other of the same loading may replace them."""
        taken = [graph for graph in graphs if graph in self.claimed]
        if taken:
            raise _taken(name, taken[0], self.claimed[taken[0]])
        self.claimed.update(dict.fromkeys(graphs, name))

    def _unreached(self, request: Request, error: UnreachableError) -> None:
        since = self.attempts.ended(request, "unreachable", error)
        self._absent(request, "unreachable", error, since=since)

    def _failed(self, request: Request, reader: Reader, error: DataError) -> None:
        self.attempts.ended(request, "failed", error)
        report = Report.of([unreadable(request.name, error)])
        name = request.dataset.name if request.dataset else None
        kept, unkept = self._keep(name, reader.materials, report)
        if unkept is not None:
            fr, en = f"{error.fr} {unkept.fr}", f"{error.en} {unkept.en}"
            error = DataError(fr=fr, en=en)
        self._absent(request, "failed", error, kept=kept)

    def _keep(
        self, name: str | None, materials: Iterable[Material], report: Report
    ) -> tuple[Path | None, StoreError | None]:
        """Keep a refused delivery; one that cannot be kept stops no other partner."""
        try:
            return keep(self.quarantine, name, materials, report), None
        except StoreError as error:
            return None, error

    def _absent(
        self,
        request: Request,
        state: str,
        error: DataError,
        *,
        since: datetime | None = None,
        kept: Path | None = None,
    ) -> None:
        graph = str(request.dataset.graph) if request.dataset else ""
        self.done.append(
            Loaded(
                name=request.name,
                graph=graph,
                state="unreachable" if state == "unreachable" else "failed",
                triples=self.sizes.get(graph, 0),
                error=error,
                since=since,
                quarantine=kept,
            )
        )

    def note_outcomes(self, refused: Iterable[str]) -> None:
        """Tell the catalogue how each harvest ended."""
        bad = set(refused)
        for name, request in self.requests.items():
            self.attempts.ended(request, "refused" if name in bad else "loaded")
        if not self.dry_run:
            self.attempts.write()

    def refuse(self, each: Incoming, report: Report) -> None:
        """Leave the former version in place, and keep the delivery apart."""
        own = Report.of([f for f in report.findings if f.source == each.name])
        path, unkept = self._keep(each.name, each.materials, own)
        kept = Loaded(
            name=each.name,
            graph=each.graph,
            state="refused",
            triples=self.sizes.get(each.graph, 0),
            findings=_counts(report, each.name),
            formats=each.formats,
            rows=each.rows,
            changes=self._changes(each) if self.dry_run else None,
            quarantine=path,
            error=unkept,
        )
        self.done.append(kept)

    def place(self, each: Incoming, report: Report) -> None:
        """Put a contribution in its graph, and tell the catalogue."""
        self.step(f"mise en place de {each.name}", f"placing {each.name}")
        changes, findings = self._changes(each), _counts(report, each.name)
        change = None
        if not self.dry_run:
            catalogue.begin(self.store, each.graph)
            change = place(
                self.store,
                each.graph,
                lambda: each.staging.ntriples(each.graph),
                self.renames,
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
            triples=change.total if change else each.triples,
            change=change,
            findings=findings,
            changes=changes,
            formats=each.formats,
            rows=each.rows,
        )
        self.done.append(state)

    def _changes(self, each: Incoming) -> Changes | None:
        held = self.sizes.get(each.graph, 0)
        return what_changes(self.store, each, held, dry_run=self.dry_run)

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

    def settle(self) -> int:
        """Bring the store to the decisions on identity; return how many merge."""
        self.step("identités", "identities")
        if self.dry_run:
            return len(self.ledger.renames)
        return settle(self.store, self.ledger, now=self.now).merged

    def derive(self) -> int:
        """Derive again when sources or rules are not those of the last time."""
        self.step("déduction", "deriving")
        if self.dry_run:
            return self.sizes.get(INFERENCE_GRAPH, 0)
        return derive_again(self.store, self.project, now=self.now)

    def outcome(self, asked: Sequence[Request]) -> tuple[Loaded, ...]:
        """Return what became of each contribution, in the order of the request."""
        order = {request.name: rank for rank, request in enumerate(asked)}
        order |= {n: order[request.name] for n, request in self.requests.items()}
        rank = {s.name: order.get(s.name, len(order)) for s in self.done}
        return tuple(sorted(self.done, key=lambda s: (rank[s.name], s.name)))


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
