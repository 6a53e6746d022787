"""The bytes of a table: opened as often as needed, unpacked, bounded."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from zipfile import BadZipFile

from spnr_graph.errors import DataError
from spnr_graph.read.sources import keep
from spnr_graph.read.stream import too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack

GZIP: Final = b"\x1f\x8b"
#: What unpacking raises when what is packed is not right.
BROKEN: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    ValueError,
    gzip.BadGzipFile,
    struct.error,
    zlib.error,
)
#: Bytes taken at a time.
BLOCK: Final = 1 << 18
#: Last bytes of a gzip file: how much it holds. One that lies is caught on the way.
_SAID: Final = 4
#: What is packed may grow this much, and always up to ``_ALLOWED`` bytes: real
#: tables shrink by 5 to 50, a bomb by a thousand.
_RATIO: Final = 200
_ALLOWED: Final = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """Bytes that can be read again from their beginning.

    Attributes:
        label: what messages call it.
        name: its file name, whose suffix may tell what it is.
        open: returns a new binary stream at the beginning.
        stack: closes what was opened.
        limit: how many bytes may come.
        packed: whether the bytes are what something packed holds.
    """

    label: str
    name: str
    open: Callable[[], BinaryIO]
    stack: ExitStack
    limit: int
    packed: bool = False

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes from the beginning.

        Raises:
            DataError: there are too many, they cannot be read, or what packs them is
                damaged.
        """
        taken = 0
        try:
            with self.open() as stream:
                while block := stream.read(BLOCK):
                    taken += len(block)
                    if taken > self.limit:
                        raise self._too_large()
                    yield block
        except BROKEN as exc:
            raise damaged(self.label) from exc
        except OSError as exc:
            raise unreadable(self.label, exc) from exc

    def head(self, size: int) -> bytes:
        """Return the first bytes, fewer when there are no more.

        Raises:
            DataError: what packs them is damaged.
        """
        found = bytearray()
        blocks = self.blocks()
        for block in blocks:
            found += block
            if len(found) >= size:
                break
        blocks.close()  # type: ignore[attr-defined]
        return bytes(found[:size])

    def seekable(self) -> BinaryIO:
        """Return a stream that can be read anywhere.

        Raises:
            DataError: there are too many bytes, or what packs them is damaged.
        """
        if not self.packed:
            stream = self.stack.enter_context(self.open())
            if stream.seekable():
                return stream
        return self.stack.enter_context(keep(self.blocks(), self.label, self.limit))

    def unpacked(self) -> Source:
        """Return what the bytes hold, which gzip packed.

        Raises:
            DataError: they hold too much, or are cut.
        """
        with self.open() as raw:
            size = raw.seek(0, io.SEEK_END)
            raw.seek(max(size - _SAID, 0))
            said = int.from_bytes(raw.read(_SAID), "little")
        held = replace(
            self,
            name=self.name[:-3] if self.name.lower().endswith(".gz") else self.name,
            open=self._gunzip,
            limit=allowed(size, self.limit),
            packed=True,
        )
        if said > held.limit:
            # A bomb, or cut and saying anything: both are known before any parsing.
            for _ in held.blocks():
                pass
        return held

    def _gunzip(self) -> BinaryIO:
        raw = self.stack.enter_context(self.open())
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw))

    def _too_large(self) -> DataError:
        return bomb(self.label) if self.packed else too_large(self.label, self.limit)


def allowed(packed: int, limit: int) -> int:
    """Return how many bytes may come out of so many packed ones."""
    return min(limit, max(_ALLOWED, _RATIO * packed))


def unreadable(label: str, exc: OSError) -> DataError:
    """Return the error of a file that the system does not give."""
    return DataError(
        fr=f"{label} : lecture impossible ({exc.strerror}). Vérifier le chemin et les "
        "droits.",
        en=f"{label}: cannot be read ({exc.strerror}). Check the path and its "
        "permissions.",
    )


def damaged(label: str) -> DataError:
    """Return the error of a packed file that cannot be unpacked."""
    return DataError(
        fr=f"{label} : le fichier compressé est tronqué ou abîmé. Le copier ou le "
        "télécharger de nouveau.",
        en=f"{label}: the compressed file is cut short or damaged. Copy or download "
        "it again.",
    )


def bomb(label: str) -> DataError:
    """Return the error of a packed file that holds out of proportion."""
    return DataError(
        fr=f"{label} : le fichier compressé contient bien plus que sa taille ne le "
        f"laisse attendre (plus de {_RATIO} fois, ou au-delà de la limite). Le donner "
        "décompressé, ou le découper.",
        en=f"{label}: the compressed file holds far more than its size suggests (over "
        f"{_RATIO} times, or beyond the limit). Give it uncompressed, or split it.",
    )
