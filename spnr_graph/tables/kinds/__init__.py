"""What a cell means: a kind per name that a field may give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds.kind import Context, Kind
from spnr_graph.tables.kinds.reference import Reference
from spnr_graph.tables.kinds.territory import Territory
from spnr_graph.tables.kinds.text import Identifier, Ignored

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Context", "Kind"]

#: Name of a kind, as formats give it → how its cells are read.
KINDS: Final[Mapping[str, Kind]] = {
    "identifiant": Identifier(),
    "ignore": Ignored(),
    "reference": Reference(),
    "territoire": Territory(),
}
