"""Participations → weighted networks whose every edge carries its evidence."""

from __future__ import annotations

from spnr_graph.projection.answers import Ask
from spnr_graph.projection.backbone import (
    backbone_words,
    newman_weights,
    p_values,
    significance,
)
from spnr_graph.projection.links import Links, collaborations, links
from spnr_graph.projection.meetings import Pairs, Weight, matrix, pairs
from spnr_graph.projection.names import Names, read_names
from spnr_graph.projection.narrowing import Narrowing, narrow
from spnr_graph.projection.project import WEIGHTS, Mode, project
from spnr_graph.projection.pulling import pull, read_links
from spnr_graph.projection.rows import Participation, Participations
from spnr_graph.projection.selection import Filters, select

__all__ = [
    "WEIGHTS",
    "Ask",
    "Filters",
    "Links",
    "Mode",
    "Names",
    "Narrowing",
    "Pairs",
    "Participation",
    "Participations",
    "Weight",
    "backbone_words",
    "collaborations",
    "links",
    "matrix",
    "narrow",
    "newman_weights",
    "p_values",
    "pairs",
    "project",
    "pull",
    "read_links",
    "read_names",
    "select",
    "significance",
]
