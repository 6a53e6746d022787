"""Fingerprints that tell whether work would give what is already there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from spnr_graph import __version__
from spnr_graph.namespaces import REFERENCE_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spnr_graph.catalogue import Source
    from spnr_graph.project import Project


def _digest(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of byte strings, each preceded by its length."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def files_fingerprint(files: Iterable[Path], project: Project) -> str:
    """Fingerprint the bytes of files, the shapes they are checked with, and us."""
    hashes = []
    for path in files:
        with path.open("rb") as stream:
            hashes.append(hashlib.file_digest(stream, "sha256").digest())
    return bytes_fingerprint(hashes, project)


def bytes_fingerprint(parts: Iterable[bytes], project: Project) -> str:
    """Fingerprint bytes, what they are understood and checked with, and us."""
    shapes = project.shapes_text().encode()
    formats = [f"{name}\n{text}".encode() for name, text in project.mappings()]
    known = _references(project)
    return _digest([*parts, shapes, *formats, *known, __version__.encode()])


def _references(project: Project) -> Iterator[bytes]:
    """Yield the files of the references: places and concepts of tables come from it."""
    for dataset in project.datasets.values():
        if dataset.graph.startswith(REFERENCE_GRAPHS):
            yield from (path.read_bytes() for path in dataset.files if path.is_file())


def content_fingerprint(ntriples: Iterable[bytes], project: Project) -> str:
    """Fingerprint triples, in whatever order they come."""
    content = hashlib.sha256(b"".join(sorted(ntriples))).digest()
    return bytes_fingerprint([content], project)


def inference_fingerprint(sources: Iterable[Source], project: Project) -> str:
    """Fingerprint what the derived statements come from: contributions and rules."""
    stated = sorted(f"{s.graph} {s.fingerprint}".encode() for s in sources)
    rules = [f"{name}\n{text}".encode() for name, text in project.rules()]
    return _digest([*stated, *rules, __version__.encode()])
