"""Rows of RDF terms under named columns: what a SELECT query answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rdflib.term import Identifier

#: The column of labels beside the column ``acteur`` is ``acteur_libelle``.
LABEL_SUFFIX: Final = "_libelle"
#: One row: an rdflib term per column, None where the variable is unbound.
Row = tuple["Identifier | None", ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns and rows held in memory; ``Solutions`` is its streaming twin."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows, in the order of the query."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)


@dataclass(frozen=True, kw_only=True)
class Solutions:
    """Columns and an iterator of rows that can be read once, as they arrive."""

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        """Iterate over the rows, in the order of the query."""
        return self.rows

    def table(self) -> Table:
        """Read all the rows into memory."""
        return Table(columns=self.columns, rows=tuple(self.rows))
