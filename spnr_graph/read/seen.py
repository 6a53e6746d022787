"""What was last seen of an address or a file: enough to tell whether it changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A version of some bytes.

    Attributes:
        etag: what the server called it, or ``""``.
        last_modified: date that the server gave it, as it wrote it, or ``""``.
        sha256: digest of the bytes, as unpacked from the way.
        bytes: how many there were.
    """

    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    bytes: int = 0
