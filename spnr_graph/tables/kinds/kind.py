"""What it is to be a kind: how a cell is read, and what may be known beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.concepts import Concepts
    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.outcome import Outcome
    from spnr_graph.tables.places import Places
    from spnr_graph.tables.sheets import Value


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a cell may be compared with.

    Attributes:
        places: the territories, by code and by name.
        partner: slug of the partner, part of the IRIs that it mints.
        concepts: the concepts of the schemes, by what people call them.
    """

    places: Places
    partner: str
    concepts: Concepts


class Kind(Protocol):
    """How the cells of a column are understood."""

    @property
    def alone(self) -> bool:
        """Whether an outcome depends on the cell and its field alone."""

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return what a cell gives, and what was wrong with it or put right.

        Args:
            value: what the cell holds; never nothing, nor blank text.
            field: the column, with the options of its kind.
            row: name of a field → cell, of the neighbours that the options name.
            context: what is known besides.
        """
