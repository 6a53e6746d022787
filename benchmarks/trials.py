"""Tasks that try the runner itself: one is slow, one fails, one lacks a package."""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.bench import Bench


def sleeps(bench: Bench) -> None:
    """Sleep for ten seconds at its second label."""
    for label, seconds in {"quick": 0, "slow": 10, "after": 0}.items():
        if label not in bench.skip:
            with bench.timed(label):
                time.sleep(seconds)


def fails(bench: Bench) -> None:
    """Fail at its first label."""
    if "wrong" not in bench.skip:
        with bench.timed("wrong"):
            message = "no such thing"
            raise ValueError(message)
    with bench.timed("after") as facts:
        facts["rows"] = 2


def lacks(bench: Bench) -> None:
    """Import what nobody has."""
    with bench.timed():
        importlib.import_module("nowhere_to_be_found")
