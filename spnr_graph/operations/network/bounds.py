"""Bounds: a network too large to draw is refused before it fills the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.errors import DataError
from spnr_graph.projection import Filters, select
from spnr_graph.render.numbers import number

if TYPE_CHECKING:
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Mode

#: Pairs beyond which a graph with evidence would take more than about 4 GB.
MOST: Final = 3_000_000


def check_size(
    pulled: Pulled, *, mode: Mode, chosen: Filters | None = None, most: int = MOST
) -> None:
    """Refuse a network whose pairs are too many, and name what makes most of them.

    Only modes that link all who meet grow so: 5,000 actors of one initiative make
    12,497,500 pairs.

    Args:
        pulled: what networks are made of.
        mode: what the nodes and links are.
        chosen: which participations make this one.
        most: number of pairs that may be.

    Raises:
        DataError: there may be more pairs.
    """
    if mode not in {"actors", "initiatives"}:
        return
    rows = select(pulled.rows, chosen or Filters())
    seats = np.unique(np.column_stack((rows.initiative, rows.actor)), axis=0)
    names, column = (rows.initiatives, 0) if mode == "actors" else (rows.actors, 1)
    sizes = np.bincount(seats[:, column], minlength=1).astype(np.int64)
    pairs = int((sizes * (sizes - 1) // 2).sum())
    if pairs <= most:
        return
    largest = int(sizes.argmax())
    what = ("acteurs", "actors") if mode == "actors" else ("initiatives",) * 2
    name, size = pulled.names.label(names[largest]), int(sizes[largest])
    raise DataError(
        fr=f"Réseau trop grand pour être dessiné : jusqu'à {number(pairs, 'fr')} "
        f"liens. « {name} » relie à soi seul {number(size, 'fr')} {what[0]}. Choisir "
        "--mode actors-initiatives, ou un filtre comme --axis ou --territory.",
        en=f"Network too large to be drawn: up to {number(pairs, 'en')} links; "
        f'"{name}" alone links {number(size, "en")} {what[1]}. Choose --mode '
        "actors-initiatives, or a filter such as --axis or --territory.",
    )
