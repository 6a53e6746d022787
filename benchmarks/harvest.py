"""``python -m benchmarks.harvest``: real tables loaded in one command, beside peers.

The whole harvest stands beside pyoxigraph's own bulk load of the triples that come of
it; the mapping of two formats beside morph-kgc, where ``SPNR_MORPH_KGC`` names a Python
that has it. Morph gets rows whose cells we read before: it only has to map them, while
our time goes from the file as it was received to the triples.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import report
from benchmarks.areas import Contestant, Group
from benchmarks.runner import Outcome, run

if TYPE_CHECKING:
    from benchmarks.bench import Bench, Facts
    from spnr_graph.store import Store

_FOLDERS: Final = ("cog-2026", "mediation", "financements", "acteurs", "connectivite")
_MAPPINGS: Final = Path(__file__).parent / "mappings"
#: Format → file of the real data, without its folder's root.
_MAPPED: Final = {
    "arcep-debit-commune": "connectivite/arcep-commune-debit-beta-bfc.csv",
    "france-services": "mediation/france-services-bfc-20221201.csv",
}
#: How often the larger table stands in the long one, each time on another date.
_TIMES: Final = 10
_LONG: Final = f"arcep-debit-commune × {_TIMES}"
_NOW: Final = datetime(2026, 11, 23, tzinfo=UTC)
_PEER: Final = """
import json, os, resource, sys, time
import morph_kgc
start, begun = time.perf_counter(), sum(os.times()[:4])
found = morph_kgc.materialize_set(sys.argv[1])
seconds, busy = time.perf_counter() - start, sum(os.times()[:4]) - begun
with open(sys.argv[2], "w", encoding="utf-8") as stream:
    stream.writelines(f"{line} .\\n" for line in found)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "s of processor": busy, "MB": memory}))
"""

GROUPS: Final = (
    Group(
        title="Harvest: every real table, references and derivation included",
        limit=600,
        contestants=(
            Contestant(name="ours, checked", task="harvest.checked"),
            Contestant(name="ours, unchecked", task="harvest.unchecked"),
            Contestant(name="pyoxigraph bulk_load", task="harvest.pyoxigraph"),
        ),
    ),
    Group(
        title="One table → N-Triples",
        limit=300,
        contestants=(
            Contestant(name="ours, from the file", task="harvest.ours"),
            Contestant(name="morph-kgc, from rows", task="harvest.morph"),
        ),
        each=True,
    ),
)


def checked(bench: Bench) -> None:
    """Load all the tables into memory, with the checks."""
    _harvest(bench, check=True)


def unchecked(bench: Bench) -> None:
    """Load all the tables into memory, without the checks; leave the N-Triples."""
    _harvest(bench, check=False)


@contextmanager
def _timed(bench: Bench, label: str = "") -> Iterator[Facts]:
    """Time something, and tell what it took of the processors too."""
    with bench.timed(label) as facts:
        start = time.process_time()
        yield facts
        facts["s of processor"] = round(time.process_time() - start, 2)


def _harvest(bench: Bench, *, check: bool) -> None:
    from spnr_graph.operations.load import load
    from spnr_graph.operations.terms import Terms
    from spnr_graph.store import open_store

    folders = [str(bench.root / name) for name in _FOLDERS]
    steps: dict[str, float] = {}
    begun = [("", 0.0)]

    def progress(*, en: str, **_: object) -> None:
        now, (last, since) = time.perf_counter(), begun[0]
        steps[last] = steps.get(last, 0.0) + now - since
        begun[0] = (en.partition(" ")[0], now)

    with open_store("memory:") as store:
        with _timed(bench) as facts:
            terms = Terms(partner="open")
            result = load(
                store, folders, now=_NOW, terms=terms, check=check, progress=progress
            )
            progress(en="")
            del steps[""]
            facts["triples"] = result.triples
            facts |= {f"s {name}": round(took, 1) for name, took in steps.items()}
        _leave(store, bench.scratch)


def _leave(store: Store, scratch: Path) -> None:
    """Leave each graph of a store as N-Triples, in a folder of their own."""
    folder = scratch / "graphs"
    folder.mkdir(exist_ok=True)
    names = {}
    for place, graph in enumerate(store.graphs()):
        names[f"{place}.nt"] = str(graph)
        with (folder / f"{place}.nt").open("wb") as stream:
            stream.writelines(store.dump(graph))
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")


def pyoxigraph(bench: Bench) -> None:
    """Bulk load the N-Triples that came of the harvest, each into its graph."""
    import pyoxigraph as ox

    folder, store = bench.scratch / "graphs", ox.Store()
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    with _timed(bench) as facts:
        for name, graph in names.items():
            store.bulk_load(
                path=str(folder / name),
                format=ox.RdfFormat.N_TRIPLES,
                to_graph=ox.NamedNode(graph),
            )
        facts["triples"] = len(store)


def ours(bench: Bench) -> None:
    """Read each table from its file; leave its triples, and rows for the other."""
    from spnr_graph.operations.knowledge import Knowledge
    from spnr_graph.operations.load import load
    from spnr_graph.project import open_project
    from spnr_graph.store import open_store
    from spnr_graph.tables.formats import formats
    from spnr_graph.tables.reading import read_table

    known = formats(open_project(), schemas=False)
    with open_store("memory:") as store:
        load(store, ["ontologie", "territoires"], now=_NOW, check=False)
        context = Knowledge(store, "open").context
        for label, path in _tables(bench).items():
            with _timed(bench, label) as facts:
                read = read_table(
                    path, label=label, formats=known, context=context, graph=label
                )
                facts["rows"] = read.rows
            with read.ntriples as stream:
                lines = stream.read().decode()
            (bench.scratch / f"{label}.nt").write_text(lines, encoding="utf-8")
            _write_rows(lines, bench.scratch / f"{label}.csv")


def _tables(bench: Bench) -> dict[str, Path]:
    """Return the tables to be mapped, the long one made now."""
    found = {name: bench.root / path for name, path in _MAPPED.items()}
    first = found["arcep-debit-commune"].read_text(encoding="utf-8")
    warning, header, rows = first.split("\n", 2)
    dates = [rows.replace(";2019-", f";{2019 - rank}-") for rank in range(_TIMES)]
    long = bench.scratch / "long.csv"
    long.write_text("\n".join([warning, header, "".join(dates)]), encoding="utf-8")
    return {**found, _LONG: long}


def _write_rows(lines: str, path: Path) -> None:
    """Write triples as rows: one for each end of a subject, a column for a property."""
    import pyoxigraph as ox

    rows: dict[str, dict[str, str]] = {}
    for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES):
        key = str(quad.subject).rpartition("/")[2].rstrip(">")
        name = str(quad.predicate.value).replace("#", "/").rpartition("/")[2]
        language = getattr(quad.object, "language", None)
        column = f"{name}_{language}" if language else name
        rows.setdefault(key, {"key": key})[column] = str(quad.object.value)
    rows = {key: row for key, row in rows.items() if key != "france-services"}
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows.values())


def morph(bench: Bench) -> None:
    """Map the same rows with morph-kgc, and compare the triples with ours."""
    python = os.environ.get("SPNR_MORPH_KGC")
    if not python:
        raise ModuleNotFoundError(name="morph-kgc (SPNR_MORPH_KGC)")
    for label in (*_MAPPED, _LONG):
        mapping = _MAPPINGS / f"{label.partition(' ')[0]}.rml.ttl"
        settings = bench.scratch / "morph.ini"
        settings.write_text(
            "[CONFIGURATION]\nlogging_level = ERROR\n\n[rows]\n"
            f"mappings = {mapping}\nfile_path = {bench.scratch / label}.csv\n",
            encoding="utf-8",
        )
        made = bench.scratch / "morph.nt"
        done = subprocess.run(
            [python, "-c", _PEER, str(settings), str(made)],
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads(done.stdout.splitlines()[-1])
        same, total = _compare(made, bench.scratch / f"{label}.nt")
        rows = -1 if same < total else _rows(label, bench)
        bench.said(label, told.pop("seconds"), {"rows": rows, **told})


def _rows(label: str, bench: Bench) -> int:
    """Return how many rows the table as received has."""
    with _tables(bench)[label].open(encoding="utf-8", newline="") as stream:
        rows = sum(1 for _ in csv.reader(stream))
    return rows - (2 if label.startswith("arcep") else 1)


def _compare(made: Path, wanted: Path) -> tuple[int, int]:
    """Return how many triples two files share, and how many there are in all."""
    import pyoxigraph as ox

    one, other = (
        {str(q) for q in ox.parse(path=str(p), format=ox.RdfFormat.N_TRIPLES)}
        for p in (made, wanted)
    )
    for line in [*sorted(one - other)[:3], *sorted(other - one)[:3]]:
        sys.stderr.write(f"{line}\n")
    return len(one & other), len(one | other)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table after each group."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.harvest")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--realdata", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--repeat", type=int, default=3, metavar="N")
    chosen = parser.parse_args(arguments)
    kept: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="harvest-") as folder:
        for group in GROUPS:
            tasks = group.contestants * chosen.repeat
            rounds = _rounds(tasks, chosen.realdata.resolve(), Path(folder), group)
            found = report.results(rounds)
            print(report.table(group, found), flush=True)
            kept[group.title] = {
                label: {name: one.values() for name, one in line.items()}
                for label, line in found.items()
            }
    if chosen.json:
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


def _rounds(
    tasks: Iterable[Contestant], root: Path, scratch: Path, group: Group
) -> dict[str, list[Outcome]]:
    """Run contestants by turns, so that a noisy minute strikes them all."""
    found: dict[str, list[Outcome]] = {}
    for one in tasks:
        outcome = run(one.task, root, scratch, limit=group.limit)
        found.setdefault(one.name, []).append(outcome)
    return found


if __name__ == "__main__":
    sys.exit(main())
