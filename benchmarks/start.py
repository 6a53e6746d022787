"""How long commands take to start."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from benchmarks.bench import Bench

_TIMES: Final = 10
_COMMANDS: Final = {
    "spnr --help": ("-m", "spnr_graph", "--help"),
    "spnr query --help": ("-m", "spnr_graph", "query", "--help"),
    "python -c pass": ("-c", "pass"),
    "python -c 'import click'": ("-c", "import click"),
    "python -c 'import rdflib'": ("-c", "import rdflib"),
}


def commands(bench: Bench) -> None:
    """Start each command ten times, by turns, and tell the median."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(_TIMES + 1):
        for label, arguments in _COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL
            )
            # The first turn compiles and fills the cache of files.
            if turn:
                taken[label].append(time.perf_counter() - start)
    for label, seconds in taken.items():
        bench.said(label, statistics.median(seconds))
