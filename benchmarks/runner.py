"""Tasks run one after the other, each in a process that is killed at its time limit."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKOUT: Final = Path(__file__).parents[1]
#: After so many things that were too slow or failed, the rest of a task is left out.
_PATIENCE: Final = 6
#: Seconds that a task may take to prepare what it will time.
_PREPARATION: Final = 900.0


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What one thing took.

    Attributes:
        seconds: None when it was killed at the limit, or failed.
        processor: seconds of the processor, this process alone; None when untold.
        problem: why there is no time: ``"> 60 s"``, ``"missing"``, ``"failed"``.
        facts: what the task said of its answer (rows, bytes…).
    """

    seconds: float | None = None
    processor: float | None = None
    problem: str = ""
    facts: Mapping[str, int | float | str] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a task told: the measures by label, and its peak memory in MB."""

    measures: dict[str, Measure] = field(default_factory=dict)
    memory: float | None = None
    problem: str = ""


def run(task: str, root: Path, scratch: Path, *, limit: float) -> Outcome:
    """Run a task until all its labels are measured.

    Args:
        task: module and function, as ``peers.load_rdflib``.
        root: the generated project.
        scratch: a folder for what is written.
        limit: seconds that one label may last.
    """
    outcome = Outcome()
    for _ in range(_PATIENCE):
        label, problem = _attempt(task, root, scratch, limit, outcome)
        if not problem:
            break
        outcome.measures[label] = Measure(problem=problem)
        if not label:
            break
    return outcome


def _attempt(
    task: str, root: Path, scratch: Path, limit: float, outcome: Outcome
) -> tuple[str, str]:
    """Run a task once; return the label at which it stopped, and why if it did."""
    command = [sys.executable, "-m", "benchmarks.bench", task, str(root), str(scratch)]
    trace = scratch / "stderr.txt"
    with (
        trace.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*command, *outcome.measures],
            cwd=_CHECKOUT,
            env=os.environ | {"PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        label, late = _follow(process, limit, outcome)
        code = process.returncode
    if late:
        return label, f"> {limit:g} s"
    if not code:
        return label, ""
    last = trace.read_text(encoding="utf-8").strip().splitlines()[-1:]
    return label, f"failed: {''.join(last)[:120]}"


def _follow(
    process: subprocess.Popen[str], limit: float, outcome: Outcome
) -> tuple[str, bool]:
    """Note what a task tells; return what it was at, and whether it was late."""
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, lines))
    reader.start()
    label, late = "", False
    until = time.monotonic() + max(limit, _PREPARATION)
    try:
        while line := lines.get(timeout=max(0.0, until - time.monotonic())):
            said: dict[str, Any] = json.loads(line)
            under_way = said["event"] == "start"
            label = said["label"] if under_way else ""
            until = time.monotonic() + (limit if under_way else _PREPARATION)
            _note(said, outcome)
    except queue.Empty:
        late = True
        process.kill()
    reader.join()
    process.wait()
    return label, late


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


def _note(said: Mapping[str, Any], outcome: Outcome) -> None:
    if said["event"] == "done":
        outcome.measures[said["label"]] = Measure(
            seconds=said["seconds"], processor=said["processor"], facts=said["facts"]
        )
    elif said["event"] == "end":
        outcome.memory = said["memory"]
    elif said["event"] == "missing":
        outcome.problem = f"{said['package']} is not installed"
