"""Participations → weighted networks whose every edge carries its evidence."""

from __future__ import annotations

from spnr_graph.network.names import Names, read_names
from spnr_graph.network.projection import (
    Mode,
    Pairs,
    Weight,
    matrix,
    pairs,
    project,
)
from spnr_graph.network.rows import Ask, Participation, Participations, pull
from spnr_graph.network.selection import Filters, select

__all__ = [
    "Ask",
    "Filters",
    "Mode",
    "Names",
    "Pairs",
    "Participation",
    "Participations",
    "Weight",
    "matrix",
    "pairs",
    "project",
    "pull",
    "read_names",
    "select",
]
