"""Text in a cell: ``texte``, ``nom``, ``identifiant`` and ``ignore``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph import spelling
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.outcome import EMPTY, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value


@dataclass(frozen=True)
class Identifier:
    """A code of the partner's own: text as it is."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the text, and its slug."""
        told = " ".join(str(value).split())
        slug = spelling.slug(told)
        return Outcome(
            terms=(
                ("", terms.text(told)),
                *([(".slug", terms.text(slug))] if slug else []),
            )
        )


@dataclass(frozen=True)
class Ignored:
    """A column that is read and left."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return nothing."""
        return EMPTY
