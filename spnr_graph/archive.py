"""Zip archives whose bytes depend on their content alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The first moment that a zip archive can name.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY: Final = 8 * 1024 * 1024
_PLAIN_FILE: Final = 0o100644 << 16


class Archive(ZipFile):
    """A zip archive that knows no clock, and no rights or owners of files."""

    def entry(self, name: str) -> ZipInfo:
        """Return the entry of a file that is about to be written."""
        info = ZipInfo(name, EPOCH)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = _PLAIN_FILE
        info.create_system = 3  # Unix, wherever it is written
        return info

    def writestr(  # type: ignore[override]
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: str | bytes,
        *_: object,
        **__: object,
    ) -> None:
        """Write an entry; what is not its name and content is left out."""
        named = isinstance(zinfo_or_arcname, ZipInfo)
        name = zinfo_or_arcname.filename if named else zinfo_or_arcname  # type: ignore[union-attr]
        super().writestr(self.entry(str(name)), data)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        *_: object,
        **__: object,
    ) -> None:
        """Copy a file into the archive; its date stays outside."""
        info = self.entry(str(arcname or filename).lstrip("/"))
        with Path(filename).open("rb") as source, self.open(info, "w") as target:
            shutil.copyfileobj(source, target)


@contextmanager
def archive(output: BinaryIO) -> Iterator[Archive]:
    """Open an archive that goes to ``output``, pipe or file, when it is complete.

    Entries for a pipe are written in another way than for a file; going through a
    temporary file makes the bytes the same.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        with Archive(spool, "w", ZIP_DEFLATED) as opened:
            yield opened
        spool.seek(0)
        shutil.copyfileobj(spool, output)
