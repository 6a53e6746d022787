"""Deliveries that are refused, kept with the report that says why."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.operations.materials import stem_of
from spnr_graph.read.sources import stem
from spnr_graph.render.report import render

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spnr_graph.findings import Report
    from spnr_graph.harvest import Quarantine
    from spnr_graph.read.stream import Material


def keep(
    quarantine: Quarantine | None,
    name: str | None,
    materials: Iterable[Material],
    report: Report,
) -> Path | None:
    """Keep a refused delivery with its report; return where the last file is.

    Args:
        quarantine: where; None keeps nothing.
        name: of the dataset; None for that of each file.
        materials: what was read.
        report: why it is refused.

    Raises:
        StoreError: the quarantine cannot be written.
    """
    if quarantine is None:
        return None
    text, json = (render(report, f, lang="fr").decode() for f in ("text", "json"))
    kept = None
    for material in materials:
        place = name or stem(stem_of(material))
        # What cannot be opened cannot be kept: the report says so already.
        with contextlib.suppress(DataError):
            kept = quarantine.keep(place, material, text, json)
    return kept
