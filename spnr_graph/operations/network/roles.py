"""Roles: which participations lead, fund or only benefit, as the data define roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from spnr_graph.projection import Participations
    from spnr_graph.projection.rows import Mask


def leading(rows: Participations) -> Mask:
    """Say of each row whether its role leads or coordinates."""
    return _opening(rows, "leads", "coordinates")


def funding(rows: Participations) -> Mask:
    """Say of each row whether its role funds."""
    return _opening(rows, "funds")


def benefiting(rows: Participations) -> Mask:
    """Say of each row whether its role only benefits."""
    return _opening(rows, "benefitsFrom")


def _opening(rows: Participations, *properties: str) -> Mask:
    """Say of each row whether its role opens a direct property (``spnr:shortcut``)."""
    wanted = {PREFIXES["spnr"] + each for each in properties}
    said = (rows.attributes.of("spnr:shortcut", role) for role in rows.roles)
    opens = np.array([not wanted.isdisjoint(each) for each in said], dtype=np.bool_)
    return opens[rows.role]
