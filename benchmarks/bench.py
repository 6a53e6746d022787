"""One measure in a process of its own: what it takes, told line by line to the parent.

The parent (``runner``) starts ``python -m benchmarks.bench TASK ROOT SCRATCH``. A task
prepares what it needs, then times one or several things with ``Bench.timed``.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Facts: TypeAlias = "dict[str, int | float | str]"

_STATUS: Final = Path("/proc/self/status")


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a task is given.

    Attributes:
        root: the generated project.
        scratch: a folder that lives as long as the whole run of the benchmarks.
        skip: labels that are measured already, or that proved too slow.
    """

    root: Path
    scratch: Path
    skip: frozenset[str] = field(default=frozenset())

    @contextmanager
    def timed(self, label: str = "") -> Iterator[Facts]:
        """Time what is done within, and tell it with the facts that are put in."""
        facts: Facts = {}
        _tell(event="start", label=label)
        start, worked = time.perf_counter(), time.process_time()
        yield facts
        seconds, processor = time.perf_counter() - start, time.process_time() - worked
        self.said(label, seconds, facts, processor=processor)

    def said(
        self,
        label: str,
        seconds: float,
        facts: Facts | None = None,
        *,
        processor: float | None = None,
    ) -> None:
        """Tell a time that was taken otherwise."""
        taken = {"seconds": seconds, "processor": processor}
        _tell(event="done", label=label, **taken, facts=facts or {})


def _tell(**message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def peak_memory() -> float:
    """Return the most memory that this process ever held, in MB.

    Linux tells it of the program itself; elsewhere it includes what the parent held
    when it started this process.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def find(task: str) -> Callable[[Bench], None]:
    """Return the function that a task names, as ``peers.load_rdflib``."""
    module, _, name = task.rpartition(".")
    found: Callable[[Bench], None] = getattr(
        importlib.import_module(f"benchmarks.{module}"), name
    )
    return found


def main(task: str, root: str, scratch: str, *skip: str) -> None:
    """Run a task, and tell how much memory it took."""
    bench = Bench(root=Path(root), scratch=Path(scratch), skip=frozenset(skip))
    try:
        find(task)(bench)
    except ModuleNotFoundError as error:
        _tell(event="missing", package=error.name)
        return
    _tell(event="end", memory=peak_memory())


if __name__ == "__main__":
    main(*sys.argv[1:])
