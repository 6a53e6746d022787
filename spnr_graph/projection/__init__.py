"""Participations → weighted networks whose every edge carries its evidence."""

from __future__ import annotations

from spnr_graph.projection.answers import Ask
from spnr_graph.projection.links import Links, collaborations, links
from spnr_graph.projection.names import Names, read_names
from spnr_graph.projection.project import (
    Mode,
    Pairs,
    Weight,
    matrix,
    pairs,
    project,
)
from spnr_graph.projection.rows import Participation, Participations, pull
from spnr_graph.projection.selection import Filters, select

__all__ = [
    "Ask",
    "Filters",
    "Links",
    "Mode",
    "Names",
    "Pairs",
    "Participation",
    "Participations",
    "Weight",
    "collaborations",
    "links",
    "matrix",
    "pairs",
    "project",
    "pull",
    "read_names",
    "select",
]
