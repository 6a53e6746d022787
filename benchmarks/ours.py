"""The work as this project does it, through its public functions."""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from benchmarks.questions import arguments
from spnr_graph.derive import derive
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.operations import query as asking
from spnr_graph.operations.export import export
from spnr_graph.operations.load import load
from spnr_graph.operations.network import asker
from spnr_graph.operations.validate import validate
from spnr_graph.project import Project
from spnr_graph.projection import Filters, matrix, project, pull, read_names, select
from spnr_graph.store import open_store
from spnr_graph.table import Table

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from spnr_graph.projection import Participations
    from spnr_graph.store import Store

_NOW: Final = datetime(2026, 11, 23, tzinfo=UTC)
_MEMORY: Final = "memory:"


def prepare(bench: Bench) -> None:
    """Leave what other tasks start from: a derived store, and its content as files."""
    with bench.timed(), open_store(str(bench.scratch / "ours")) as store:
        load(store, project=Project(bench.root), check=False, now=_NOW)
        _write(bench, store)


def _write(bench: Bench, store: Store) -> None:
    """Write all the triples, as quads too, and who takes part in what."""
    triples, quads = (bench.scratch / name for name in ("all.nt", "all.nq"))
    with triples.open("wb") as flat, quads.open("wb") as named:
        for graph in store.graphs():
            end = f" <{graph}> .\n".encode()
            for line in store.dump(graph):
                flat.write(line)
                named.write(line[: line.rindex(b".")].rstrip() + end)
    rows = _rows(store, Project(bench.root))
    places = {
        (rows.actors[a], rows.initiatives[i])
        for a, i in zip(rows.actor.tolist(), rows.initiative.tolist(), strict=True)
    }
    _dump(bench, "places.json", sorted(places))


def bind_questions(bench: Bench) -> None:
    """Leave the questions as SPARQL that any engine answers."""
    content, texts = Project(bench.root), {}
    with bench.timed(), _on_disk(bench) as store:
        for name in content.queries:
            found = asking.find(name, content)
            texts[name] = asking.prepare(store, found, arguments(found)).text
    _dump(bench, "bound.json", texts)


def _dump(bench: Bench, name: str, value: object) -> None:
    (bench.scratch / name).write_text(json.dumps(value), encoding="utf-8")


def _rows(store: Store, content: Project) -> Participations:
    """Return the participations that make collaborations."""
    return select(pull(asker(store, content)), Filters())


def _on_disk(bench: Bench) -> Store:
    """Open what ``prepare`` left."""
    return open_store(str(bench.scratch / "ours"), read_only=True)


def _in_memory(bench: Bench) -> Store:
    """Copy what ``prepare`` left into memory."""
    store = open_store(_MEMORY)
    path = bench.scratch / "copy.nt"
    with _on_disk(bench) as source:
        for graph in source.graphs():
            with path.open("wb") as stream:
                stream.writelines(source.dump(graph))
            with path.open("rb") as stream:
                store.replace(graph, stream)
    return store


# --- load, check, derive ----------------------------------------------------------


def _time_load(bench: Bench, store: Store, *, check: bool, force: bool = False) -> None:
    """Time a loading until it begins to derive, which is measured apart."""
    ends: list[float] = []

    def progress(**step: object) -> None:
        if step["en"] == "deriving":
            ends.append(time.perf_counter())

    start = time.perf_counter()
    result = load(
        store,
        project=Project(bench.root),
        check=check,
        force=force,
        now=_NOW,
        progress=progress,
    )
    whole = time.perf_counter() - start
    facts = {"s with derivation": round(whole, 1), "triples": result.triples}
    bench.said("", ends[0] - start, {**facts, "findings": len(result.report.findings)})


def load_memory(bench: Bench) -> None:
    """Load the catalogue into memory without checking it."""
    _time_load(bench, open_store(_MEMORY), check=False)


def load_memory_checked(bench: Bench) -> None:
    """Load the catalogue into memory, checked with the shapes."""
    _time_load(bench, open_store(_MEMORY), check=True)


def _empty(bench: Bench) -> Store:
    folder = bench.scratch / "load"
    shutil.rmtree(folder, ignore_errors=True)
    return open_store(str(folder))


def load_disk(bench: Bench) -> None:
    """Load the catalogue onto disk without checking it."""
    _time_load(bench, _empty(bench), check=False)


def load_disk_checked(bench: Bench) -> None:
    """Load the catalogue onto disk, checked with the shapes."""
    _time_load(bench, _empty(bench), check=True)


def load_again(bench: Bench) -> None:
    """Load the catalogue over what the last ``load_disk`` left."""
    with open_store(str(bench.scratch / "load")) as store:
        _time_load(bench, store, check=False, force=True)


def check(bench: Bench) -> None:
    """Check all the contributions of a store in memory, as ``spnr validate`` does."""
    store = _in_memory(bench)
    with bench.timed() as facts:
        facts["findings"] = len(validate(store, project=Project(bench.root)).findings)


def _time_derive(bench: Bench, store: Store) -> None:
    rules = Project(bench.root).rules()
    with bench.timed() as facts:
        facts["triples"] = derive(store, rules).total


def derive_memory(bench: Bench) -> None:
    """Derive in a store in memory that holds no derived triple."""
    from rdflib.term import URIRef

    store = _in_memory(bench)
    store.drop(URIRef(INFERENCE_GRAPH))
    _time_derive(bench, store)


def derive_again(bench: Bench) -> None:
    """Derive in a store in memory that holds the same derived triples."""
    _time_derive(bench, _in_memory(bench))


# --- questions --------------------------------------------------------------------


def _time_questions(bench: Bench, store: Store) -> None:
    content = Project(bench.root)
    for name in content.queries:
        if name in bench.skip:
            continue
        given = arguments(asking.find(name, content))
        with bench.timed(name) as facts:
            found = asking.query(store, name, project=content, **given)
            facts["rows"] = len(found.rows) if isinstance(found, Table) else 1


def questions_memory(bench: Bench) -> None:
    """Ask each question of a store in memory."""
    _time_questions(bench, _in_memory(bench))


def questions_disk(bench: Bench) -> None:
    """Ask each question of a store on disk."""
    _time_questions(bench, _on_disk(bench))


# --- network and export -----------------------------------------------------------


def _time_pull(bench: Bench, store: Store) -> None:
    content = Project(bench.root)
    import scipy.sparse  # noqa: F401 - a second that is not the work

    with bench.timed() as facts:
        facts["pairs"] = matrix(_rows(store, content)).nnz


def project_memory(bench: Bench) -> None:
    """Pull the participations out of memory, and project them to a matrix."""
    _time_pull(bench, _in_memory(bench))


def project_disk(bench: Bench) -> None:
    """Pull the participations out of a directory, and project them to a matrix."""
    _time_pull(bench, _on_disk(bench))


def project_only(bench: Bench) -> None:
    """Project rows that are pulled already to a matrix."""
    import scipy.sparse  # noqa: F401 - a second that is not the work

    rows = _rows(_on_disk(bench), Project(bench.root))
    with bench.timed() as facts:
        facts["pairs"] = matrix(rows).nnz


def project_networkx(bench: Bench) -> None:
    """Project pulled rows to a graph with labels, and evidence on every edge."""
    import networkx  # noqa: F401
    import scipy.sparse  # noqa: F401 - seconds that are not the work

    store, content = _on_disk(bench), Project(bench.root)
    ask = asker(store, content)
    rows, names = pull(ask), read_names(ask, "fr")
    with bench.timed() as facts:
        facts["pairs"] = project(rows, names).number_of_edges()


def _time_turtle(bench: Bench, store: Store) -> None:
    path = bench.scratch / "all.ttl"
    with bench.timed() as facts, path.open("wb") as stream:
        export(store, stream, project=Project(bench.root))
        facts["bytes"] = stream.tell()


def turtle_memory(bench: Bench) -> None:
    """Write the whole of a store in memory as canonical Turtle."""
    _time_turtle(bench, _in_memory(bench))


def turtle_disk(bench: Bench) -> None:
    """Write the whole of a store on disk as canonical Turtle."""
    _time_turtle(bench, _on_disk(bench))
