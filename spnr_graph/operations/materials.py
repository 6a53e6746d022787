"""Files and what they are: tables or RDF, by their names and first bytes."""

from __future__ import annotations

import gzip
import re
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from spnr_graph.errors import DataError
from spnr_graph.read.sources import files
from spnr_graph.read.stream import Material
from spnr_graph.tables.open import TABLE_SUFFIXES, is_table_name

#: What tells JSON-LD from a table in JSON, near its beginning.
_JSON_LD: Final = re.compile(rb'"@(?:context|graph|id)"')
_BEGINNING: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b"


def is_table(path: Path) -> bool:
    """Say whether a file holds a table, JSON-LD being none."""
    if not is_table_name(path.name):
        return False
    json = ".json" in [suffix.lower() for suffix in path.suffixes]
    return not (json and _JSON_LD.search(_beginning(path)))


def of_file(path: Path) -> Material:
    """Return a file as a material of no known syntax."""
    return Material(
        label=str(path),
        open=partial(_open, path),
        syntax="",
        stem=path.name,
        name=path.name,
    )


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as exc:
        raise DataError(
            fr=f"{path} : lecture impossible ({exc.strerror}). Vérifier les droits.",
            en=f"{path}: cannot be read ({exc.strerror}). Check its permissions.",
        ) from exc


def stem_of(material: Material) -> str:
    """Return the name of a table's file without what tells its form."""
    name = material.name or material.stem
    lower = name.lower()
    ends = [end for end in TABLE_SUFFIXES if lower.endswith(end)]
    return name[: -len(max(ends, key=len))] if ends else name


def kept_of(source: str) -> tuple[Material, ...]:
    """Return the RDF files of a path, as they would be kept when refused."""
    path = Path(source)
    if path.is_dir():
        return tuple(files(path, None))
    return (of_file(path),) if path.is_file() else ()


def is_table_address(address: str) -> bool:
    """Say whether an address looks like that of a table."""
    return is_table_name(urlsplit(address).path)


def _beginning(path: Path) -> bytes:
    with _open(path) as stream:
        head = stream.read(_BEGINNING)
    if not head.startswith(_GZIP):
        return head
    with gzip.open(path) as stream:
        try:
            return stream.read(_BEGINNING)
        except (OSError, EOFError):
            return b""  # reading it in earnest says what is wrong
