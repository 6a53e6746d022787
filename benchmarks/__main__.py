"""``python -m benchmarks``: our time and memory beside others', in the same run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import report
from benchmarks.areas import AREAS, PREPARED
from benchmarks.generate import SEED, SIZES, generate
from benchmarks.runner import Outcome, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.areas import Contestant, Group

_PACKAGES: Final = (
    "pyoxigraph", "rdflib", "oxrdflib", "maplib", "networkx", "scipy", "pyshacl",
    "igraph", "networkit", "pyvis",
)  # fmt: skip
_PREPARATION_LIMIT: Final = 1_800.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, and print a table after each group."""
    chosen = _parser().parse_args(arguments)
    found: dict[str, Any] = {"machine": _machine(), "sizes": {}}
    print(json.dumps(found["machine"], ensure_ascii=False))
    for size in chosen.size or ["s"]:
        print(f"\n=== {size}: about {SIZES[size]:,} triples")
        found["sizes"][size] = _measure(size, chosen)
        if chosen.json:
            text = json.dumps(found, ensure_ascii=False, indent=1)
            chosen.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--size", action="append", choices=SIZES, help="may be repeated; default: s")
    add("--only", type=_areas, default=tuple(AREAS), metavar="AREA,…")
    add("--repeat", type=int, default=3, metavar="N", help="rounds; default: 3")
    add("--seed", type=int, default=SEED)
    add("--ours", action="store_true", help="leave the others out")
    add(
        "--without",
        type=_words,
        default=(),
        metavar="WORD,…",
        help="leave out those whose name holds a word, for example rdflib",
    )
    add("--limit", type=float, metavar="SECONDS", help="instead of each group's own")
    add("--data", type=Path, default=Path("build/benchmarks"), metavar="FOLDER")
    add("--json", type=Path, metavar="FILE")
    return parser


def _areas(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in AREAS]
    if unknown:
        message = f"{', '.join(unknown)}: choose among {', '.join(AREAS)}"
        raise argparse.ArgumentTypeError(message)
    return names


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _measure(size: str, chosen: argparse.Namespace) -> dict[str, Any]:
    """Measure one size in a scratch folder of its own."""
    root = chosen.data / size
    done = generate(SIZES[size], root, seed=chosen.seed)
    print(f"{done.total:,} triples generated")
    found: dict[str, Any] = {"triples": done.total}
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=chosen.data) as folder:
        scratch = Path(folder).resolve()
        tasks = (task for area in chosen.only for task in PREPARED.get(area, ()))
        for task in dict.fromkeys(tasks):
            _prepare(task, root.resolve(), scratch)
        for area in chosen.only:
            for group in AREAS[area]:
                if any(size in one.sizes.split() for one in group.contestants):
                    found[group.title] = _compete(group, size, root, scratch, chosen)
    return found


def _prepare(task: str, root: Path, scratch: Path) -> None:
    outcome = run(task, root, scratch, limit=_PREPARATION_LIMIT)
    problems = [outcome.problem, *(m.problem for m in outcome.measures.values())]
    if any(problems):
        sys.exit(f"{task}: {' '.join(problems)}")


def _compete(
    group: Group, size: str, root: Path, scratch: Path, chosen: argparse.Namespace
) -> dict[str, Any]:
    """Run the contestants by turns, so that a noisy minute strikes them all."""
    able = [one for one in group.contestants if size in one.sizes.split()]
    able = [one for one in able if _wanted(one, chosen)]
    limit = chosen.limit or group.limit
    rounds: dict[str, list[Outcome]] = {one.name: [] for one in able}
    for _ in range(chosen.repeat):
        for one in able:
            former = rounds[one.name]
            hopeless = bool(former) and not _came_to_an_end(former)
            outcome = (
                former[-1]
                if hopeless
                else run(one.task, root.resolve(), scratch, limit=limit)
            )
            former.append(outcome)
    if not able:
        return {}
    found = report.results(rounds)
    print("\n" + report.table(group, found), flush=True)
    return {
        label: {name: one.values() for name, one in line.items()}
        for label, line in found.items()
    }


def _wanted(one: Contestant, chosen: argparse.Namespace) -> bool:
    """Say whether a contestant is neither left out by name nor as one of the others."""
    if chosen.ours and one.task.partition(".")[0].endswith("peers"):
        return False
    return not any(word in one.name for word in chosen.without)


def _came_to_an_end(outcomes: Iterable[Outcome]) -> bool:
    return any(m.seconds for one in outcomes for m in one.measures.values())


def _machine() -> dict[str, Any]:
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "missing"
    cores = os.cpu_count()
    return {"python": platform.python_version(), "cores": cores, **versions}


if __name__ == "__main__":
    sys.exit(main())
