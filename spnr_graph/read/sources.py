"""What a person named → the materials to read: files, a directory, standard input."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import sys
import tempfile
import unicodedata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from spnr_graph.errors import DataError
from spnr_graph.oxigraph import RDF_SYNTAXES, rdf_syntax_of_name
from spnr_graph.read.stream import Material, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Suffixes that many files have which are no RDF: read when named, not when found.
_AMBIGUOUS: Final = (".xml", ".json")
#: Bytes of a stream kept in memory before a temporary file takes over.
_SPOOL: Final = 1 << 24
_PIECE: Final = 1 << 16


def slug(text: str) -> str:
    """Return a name that can stand in an IRI.

    Example:
        >>> slug("Données de l'été 2026")
        'donnees-de-l-ete-2026'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "sans-nom"


def stem(name: str) -> str:
    """Return a file name without the suffixes that tell its syntax.

    Example:
        >>> stem("export.2026.ttl.gz")
        'export.2026'
    """
    name = name[:-3] if name.lower().endswith(".gz") else name
    syntax = rdf_syntax_of_name(name)
    ends = [s for s in syntax.suffixes if name.lower().endswith(s)] if syntax else []
    return name[: -len(ends[0])] if ends else name


def check_syntax(name: str) -> str:
    """Return the name of a known syntax.

    Raises:
        DataError: it is not known; those that are known are listed.
    """
    if name in RDF_SYNTAXES:
        return name
    known = ", ".join(RDF_SYNTAXES)
    raise DataError(
        fr=f"La syntaxe « {name} » est inconnue. Choisissez parmi : {known}.",
        en=f"The syntax {name!r} is unknown. Choose among: {known}.",
    )


def files(path: Path, syntax: str | None) -> list[Material]:
    """Return the materials of a file or of a directory, in order.

    Raises:
        DataError: there is no such file, it cannot be read, its syntax cannot be
            told, or a directory holds no RDF.
    """
    if path.is_dir():
        return _directory(path, syntax)
    _check_there(path)
    return [_file(path, syntax, stem(path.name))]


def _file(path: Path, syntax: str | None, name: str) -> Material:
    known = rdf_syntax_of_name(path.name)
    if syntax is None and known is None:
        raise unknown_syntax(str(path))
    return Material(
        label=str(path),
        open=partial(_open, path),
        syntax=syntax or (known.name if known else ""),
        stem=name,
    )


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as exc:
        raise DataError(
            fr=f"{path} : lecture impossible ({exc.strerror}). Vérifiez les droits.",
            en=f"{path}: cannot be read ({exc.strerror}). Check its permissions.",
        ) from exc


def _directory(path: Path, syntax: str | None) -> list[Material]:
    found = sorted(_rdf_files(path))
    if not found:
        endings = ", ".join(s.suffixes[0] for s in RDF_SYNTAXES.values())
        raise DataError(
            fr=f"{path} : aucun fichier RDF dans ce dossier (suffixes attendus : "
            f"{endings}). Donnez un autre dossier, ou un fichier.",
            en=f"{path}: no RDF file in this directory (suffixes looked for: "
            f"{endings}). Give another directory, or a file.",
        )
    return [
        _file(each, syntax, stem("-".join(each.relative_to(path).parts)))
        for each in found
    ]


def _rdf_files(path: Path) -> Iterator[Path]:
    """Yield the RDF files below a directory, hidden ones left out."""
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            plain = name.lower().removesuffix(".gz")
            told = rdf_syntax_of_name(plain) and not plain.endswith(_AMBIGUOUS)
            if told and not name.startswith("."):
                yield Path(folder, name)


def _check_there(path: Path) -> None:
    if path.exists():
        return
    folder = path.parent
    if not folder.is_dir():
        raise DataError(
            fr=f"{path} : le dossier {folder} n'existe pas. Vérifiez le chemin.",
            en=f"{path}: there is no directory {folder}. Check the path.",
        )
    names = sorted(each.name for each in folder.iterdir())
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    fr = f" Le plus proche : {folder / near[0]}." if near else " Vérifiez le chemin."
    en = f" The nearest is {folder / near[0]}." if near else " Check the path."
    raise DataError(
        fr=f"{path} : ce fichier n'existe pas.{fr}", en=f"{path}: no such file.{en}"
    )


def unknown_syntax(label: str, said: str = "") -> DataError:
    """Return the error of a source whose syntax cannot be told."""
    known = ", ".join(RDF_SYNTAXES)
    fr, en = (f" (type annoncé : {said})", f" (announced type: {said})")
    return DataError(
        fr=f"{label} : la syntaxe est inconnue{fr if said else ''}. Indiquez-la avec "
        f"--syntax : {known}.",
        en=f"{label}: the syntax cannot be told{en if said else ''}. State it with "
        f"--syntax: {known}.",
    )


def standard_input(syntax: str | None, limit: int) -> Material:
    """Return what comes on standard input, kept so that it can be read again.

    Raises:
        DataError: no syntax was given, or more bytes came than the limit.
    """
    label = "-"
    if syntax is None:
        raise unknown_syntax("entrée standard (-)")
    kept = keep(iter(partial(sys.stdin.buffer.read, _PIECE), b""), label, limit)
    return Material(
        label=label,
        open=partial(rewound, kept),
        syntax=syntax,
        stem="entree-standard",
        close=kept.close,
    )


def keep(parts: Iterable[bytes], label: str, limit: int) -> BinaryIO:
    """Keep bytes that come once, in memory, or on disk when they are many.

    Raises:
        DataError: more came than the limit.
    """
    with contextlib.ExitStack() as undo:
        kept = undo.enter_context(tempfile.SpooledTemporaryFile(max_size=_SPOOL))
        for part in parts:
            kept.write(part)
            if kept.tell() > limit:
                raise too_large(label, limit)
        undo.pop_all()
    return cast("BinaryIO", kept)


def rewound(kept: BinaryIO) -> BinaryIO:
    """Return a stream at the beginning of a kept file, which closing leaves open."""
    kept.seek(0)
    return cast("BinaryIO", _Borrowed(kept))


class _Borrowed(io.RawIOBase):
    """A view of a stream whose end is somebody else's business."""

    def __init__(self, lent: BinaryIO) -> None:
        self._lent = lent

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = self._lent.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._lent.seek(offset, whence)
