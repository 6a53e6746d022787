"""Every error a user may see.

    SpnrError
    ├── DataError    a file, an address, a contribution or a term in it is wrong
    ├── QueryError   a query, its name or one of its parameters is wrong
    └── StoreError   a store cannot be opened, reached, read or written

A message says where, what is wrong and what to do, in one sentence each, in French
and in English. Only the command line decides which of the two a person reads.
"""

from __future__ import annotations


class SpnrError(Exception):
    """An error that a person can act on, told in French and in English."""

    def __init__(self, *, fr: str, en: str) -> None:
        """Keep both texts; ``str(error)`` is the English one."""
        super().__init__(en)
        self.fr = fr
        self.en = en

    def text(self, lang: str) -> str:
        """Return the message in ``lang`` (``"fr"`` or ``"en"``)."""
        return self.fr if lang == "fr" else self.en


class DataError(SpnrError):
    """A file, an address, a contribution or a term in it is wrong."""


class QueryError(SpnrError):
    """A query, its name or one of its parameters is wrong."""


class StoreError(SpnrError):
    """A store cannot be opened, reached, read or written."""
