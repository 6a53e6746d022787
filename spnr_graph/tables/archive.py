"""What a zip file holds: tables, a workbook, or something else; bombs refused."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from spnr_graph.errors import DataError
from spnr_graph.tables.source import BROKEN, allowed, bomb, damaged

if TYPE_CHECKING:
    from zipfile import ZipInfo

#: How zip files begin, empty ones too; « PK » alone is a title (point kilométrique).
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
#: What old workbooks and those behind a password begin with.
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK: Final = "xl/workbook.xml"
_ENCRYPTED: Final = 0x1
_METHODS: Final = (ZIP_STORED, ZIP_DEFLATED)


def open_archive(stream: BinaryIO, label: str) -> ZipFile:
    """Open a zip file.

    Raises:
        DataError: it is damaged.
    """
    try:
        return ZipFile(stream)
    except (*BROKEN, OSError) as exc:
        raise damaged(label) from exc


def is_workbook(archive: ZipFile, label: str) -> bool:
    """Say whether a zip file is a workbook that can be read.

    Raises:
        DataError: it is a workbook of another kind, or has macros.
    """
    names = set(archive.namelist())
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise other_workbook(label, "")
    if "xl/vbaProject.bin" in names:
        raise other_workbook(label, "macros")
    return _WORKBOOK in names or "[Content_Types].xml" in names


def check_size(archive: ZipFile, label: str, limit: int) -> None:
    """Refuse an archive that is encrypted, unusual or out of proportion.

    A member never gives more bytes than it declares: ``zipfile`` stops there.

    Raises:
        DataError: it is.
    """
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise other_workbook(label, "password")
    if any(member.compress_type not in _METHODS for member in members):
        raise _unknown_method(label)
    packed = sum(member.compress_size for member in members)
    if sum(member.file_size for member in members) > allowed(packed, limit):
        raise bomb(label)


def table_members(archive: ZipFile, suffixes: tuple[str, ...]) -> list[ZipInfo]:
    """Return the members whose name is that of a table, in the order of names."""
    found = [m for m in archive.infolist() if m.filename.lower().endswith(suffixes)]
    return sorted(filter(_is_seen, found), key=lambda member: member.filename)


def other_members(archive: ZipFile, tables: list[ZipInfo]) -> list[str]:
    """Return the names of the members that are left."""
    taken = {member.filename for member in tables}
    return sorted(
        member.filename
        for member in archive.infolist()
        if _is_seen(member) and member.filename not in taken
    )


def _unknown_method(label: str) -> DataError:
    return DataError(
        fr=f"{label} : la méthode de compression de cette archive n'est pas lue. La "
        "refaire avec la compression ordinaire (deflate), ou donner les tableaux.",
        en=f"{label}: the compression method of this archive is not read. Make it "
        "again with ordinary compression (deflate), or give the tables.",
    )


def _is_seen(member: ZipInfo) -> bool:
    """Say whether a person sees the file; systems add their own."""
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return bool(parts) and not member.filename.endswith("/") and not hidden


def old_workbook(beginning: bytes, label: str) -> DataError:
    """Return the error of a workbook behind a password, or older than XLSX."""
    return other_workbook(label, "password" if _PASSWORD in beginning else "")


def other_workbook(label: str, why: str) -> DataError:
    """Return the error of a workbook that is not read."""
    fr, en = {
        "password": ("protégé par un mot de passe", "protected by a password"),
        "macros": ("un classeur avec macros (XLSM)", "a workbook with macros (XLSM)"),
        "": (
            "d'un format qui n'est pas lu (XLS, XLSB, ODS…)",
            "in a format that is not read (XLS, XLSB, ODS…)",
        ),
    }[why]
    return DataError(
        fr=f"{label} : ce fichier est {fr}. L'enregistrer comme classeur Excel (XLSX), "
        "sans mot de passe ni macros, ou en CSV.",
        en=f"{label}: this file is {en}. Save it as an Excel workbook (XLSX), without "
        "password or macros, or as CSV.",
    )
