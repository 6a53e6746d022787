"""Charts beside the network: who acts where, how links are shared out, since when.

Each is a sheet of paper (``spnr_graph.render.sheet``) with a description in words.
"""

from __future__ import annotations

from spnr_graph.render.charts.degrees import degree_distribution
from spnr_graph.render.charts.heat_map import Heat, heat_map
from spnr_graph.render.charts.timeline import Span, timeline

__all__ = ["Heat", "Span", "degree_distribution", "heat_map", "timeline"]
