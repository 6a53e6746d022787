"""The door of the tables: a file, whatever packs it, → its sheets."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from spnr_graph.errors import DataError
from spnr_graph.tables.archive import (
    OLE,
    ZIP,
    check_size,
    is_workbook,
    old_workbook,
    open_archive,
    other_members,
    table_members,
)
from spnr_graph.tables.json_rows import json_sheet
from spnr_graph.tables.sheets import Remarks, TableLimits, UnknownTableError
from spnr_graph.tables.source import GZIP, Source, unreadable
from spnr_graph.tables.text_rows import text_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipFile, ZipInfo

    from spnr_graph.tables.sheets import Sheet

_PLAIN: Final = (".csv", ".tsv", ".txt", ".xlsx", ".json")
#: Endings of the names of files that hold tables.
TABLE_SUFFIXES: Final = (*_PLAIN, *(f"{suffix}.gz" for suffix in _PLAIN), ".zip")
#: Bytes that tell what a file is; the word that tells a password lies among them.
_BEGINNING: Final = 1 << 20
#: How an object, or an array of objects, begins.
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*[\"}]")
#: Layers of packing: a zip file of gzip files.
_LAYERS: Final = 2


def is_table_name(file_name: str) -> bool:
    """Say whether a file of this name holds a table.

    Example:
        >>> is_table_name("Subventions 2026.CSV.gz"), is_table_name("data.ttl")
        (True, False)
    """
    return file_name.lower().endswith(TABLE_SUFFIXES)


@contextmanager
def open_sheets(
    source: Path | Callable[[], BinaryIO],
    *,
    label: str,
    limits: TableLimits | None = None,
    name: str = "",
    path_in_json: str = "",
) -> Iterator[Iterator[Sheet]]:
    """Open a table and give its sheets; their rows can be read until it is closed.

    What the file is, its first bytes tell; its name only tells JSON from CSV.

    Args:
        source: a file, or what returns a new binary stream at its beginning; when it
            is packed, or a workbook, the stream must be able to seek.
        label: what messages call it.
        limits: how much it may cost.
        name: its file name, when ``source`` is no path.
        path_in_json: key of the array in a JSON document; keys of objects in objects
            have dots between.

    Raises:
        DataError: it cannot be read, is no table, or holds none.
    """
    with ExitStack() as stack:
        opened = partial(_open, source, label) if isinstance(source, Path) else source
        bounds = limits or TableLimits()
        root = Source(
            label=label,
            name=name or (source.name if isinstance(source, Path) else label),
            open=opened,
            stack=stack,
            limit=bounds.bytes,
        )
        yield _Opening(bounds, path_in_json).sheets(root, "", 0)


def _open(path: Path, label: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as exc:
        raise unreadable(label, exc) from exc


class _Opening:
    """The sheets of one source, whatever it is packed in."""

    def __init__(self, limits: TableLimits, path_in_json: str) -> None:
        self._limits, self._path = limits, path_in_json
        self._left: list[str] = []

    def sheets(self, source: Source, name: str, layer: int) -> Iterator[Sheet]:
        """Yield the sheets of a source, whose lone table is called ``name``."""
        head = source.head(_BEGINNING)
        if head.startswith(OLE):
            raise old_workbook(head, source.label)
        packed = head.startswith((GZIP, *ZIP))
        if packed and layer == _LAYERS:
            raise _too_many_layers(source.label)
        if head.startswith(GZIP):
            yield from self.sheets(source.unpacked(), name, layer + 1)
        elif head.startswith(ZIP):
            yield from self._zip(source, name, layer)
        else:
            yield self._text(source, name, head)

    def _text(self, source: Source, name: str, head: bytes) -> Sheet:
        remarks = self._remarks(source.label, name)
        if _is_json(source.name, head):
            return json_sheet(source, self._limits, remarks, self._path)
        return text_sheet(source, self._limits, remarks)

    def _zip(self, source: Source, name: str, layer: int) -> Iterator[Sheet]:
        stream = source.seekable()
        archive = source.stack.enter_context(open_archive(stream, source.label))
        if is_workbook(archive, source.label):
            from spnr_graph.tables.excel import workbook_sheets

            check_size(archive, source.label, self._limits.workbook_bytes)
            yield from workbook_sheets(
                archive,
                source.label,
                self._limits,
                lambda title: self._remarks(
                    source.label, f"{name}/{title}" if name else title
                ),
            )
            return
        check_size(archive, source.label, source.limit)
        members = table_members(archive, TABLE_SUFFIXES)
        others = other_members(archive, members)
        if not members:
            raise _no_table(source.label, others)
        self._left += others
        names = _names(members) if len(members) > 1 else [name]
        for member, called in zip(members, names, strict=True):
            yield from self.sheets(_member(source, archive, member), called, layer + 1)

    def _remarks(self, label: str, sheet: str) -> Remarks:
        """Return the remarks on a sheet; the first one is told what was left out."""
        remarks = Remarks(label, sheet)
        for name in self._left:
            remarks.tell(
                "file-left-out",
                fr=f"« {name} » n'est pas un tableau : ce fichier de l'archive n'est "
                "pas lu.",
                en=f"'{name}' is no table: this file of the archive is not read.",
            )
        self._left.clear()
        return remarks


def _is_json(name: str, head: bytes) -> bool:
    """Say whether a text is JSON: by its name, or by how it begins."""
    return name.lower().endswith(".json") or bool(_JSON.match(head))


def _member(source: Source, archive: ZipFile, member: ZipInfo) -> Source:
    return Source(
        label=f"{source.label} ({member.filename})",
        name=member.filename,
        open=cast("Callable[[], BinaryIO]", partial(archive.open, member)),
        stack=source.stack,
        limit=source.limit,
        packed=True,
    )


def _names(members: list[ZipInfo]) -> list[str]:
    """Return the names of the sheets: those of the files, with folders if needed."""
    paths = [PurePosixPath(member.filename) for member in members]
    stems = [path.name.split(".")[0] for path in paths]
    if len(set(stems)) == len(stems):
        return stems
    return [str(path) for path in paths]


def _too_many_layers(label: str) -> DataError:
    return DataError(
        fr=f"{label} : des archives y sont emboîtées. Donner les tableaux eux-mêmes, "
        "ou une seule archive.",
        en=f"{label}: it holds archives inside archives. Give the tables themselves, "
        "or a single archive.",
    )


def _no_table(label: str, names: list[str]) -> UnknownTableError:
    said = ", ".join(names[:5]) or "-"
    return UnknownTableError(
        fr=f"{label} : aucun tableau dans cette archive (contenu : {said}). Y mettre "
        "des fichiers CSV, XLSX ou JSON.",
        en=f"{label}: no table in this archive (it holds: {said}). Put CSV, XLSX or "
        "JSON files in it.",
    )
