"""Rewrite Turtle files in canonical form: ``python -m spnr_graph.turtle FILE…``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from spnr_graph.errors import SpnrError
from spnr_graph.turtle import canonical


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the files, or only say which ones differ.

    Returns:
        0 when all is well, 1 when ``--check`` found a file that is not canonical,
        2 when a file could not be read or written.
    """
    parser = argparse.ArgumentParser(
        prog="python -m spnr_graph.turtle",
        description="Rewrite Turtle files in the project's canonical form. Comments "
        "below the first prefix or triple are lost.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a Turtle file, or a directory: then every .ttl file below it",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a file differs"
    )
    options = parser.parse_args(arguments)
    differing = 0
    for path in options.files:
        found = sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
        try:
            differing += sum(_rewrite(each, write=not options.check) for each in found)
        except (SpnrError, OSError) as exc:
            print(exc, file=sys.stderr)  # noqa: T201
            return 2
    return 1 if options.check and differing else 0


def _rewrite(path: Path, *, write: bool) -> bool:
    """Put one file in canonical form; say whether it was not."""
    before = path.read_bytes()
    after = canonical(before, name=str(path))
    if before == after:
        return False
    print(path)  # noqa: T201
    if write:
        path.write_bytes(after)
    return True


if __name__ == "__main__":
    sys.exit(main())
