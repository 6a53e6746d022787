"""The edges of a network without direction, with the participations behind each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.projection.meetings import pairs, shares, together

if TYPE_CHECKING:
    import networkx as nx

    from spnr_graph.projection.meetings import Weight
    from spnr_graph.projection.nodes import Places
    from spnr_graph.projection.rows import Participation, Participations


def add_pairs(
    graph: nx.Graph[str], rows: Participations, found: Places, weight: Weight
) -> None:
    """Add the edges between those who meet.

    Args:
        graph: to which edges are added, in order.
        rows: ``Participations.turned()`` to link initiatives that share actors.
        found: as ``places(rows)``, turned likewise.
        weight: see ``spnr_graph.projection.meetings.shares``.
    """
    met = pairs(rows)
    order = np.lexsort((met.initiative, met.right, met.left))
    left, right, where = met.left[order], met.right[order], met.initiative[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = (np.diff(left) != 0) | (np.diff(right) != 0)
    first = np.flatnonzero(fresh)
    share = shares(rows, weight)[where]
    summed = np.add.reduceat(np.nan_to_num(share), first) if len(first) else share
    unknown = np.add.reduceat(np.isnan(share), first) if len(first) else share
    always = together(rows)[where].tolist()
    left_terms = [rows.actors[code] for code in left.tolist()]
    right_terms = [rows.actors[code] for code in right.tolist()]
    place_terms = [rows.initiatives[code] for code in where.tolist()]
    stop = np.append(first, len(order))[1:]
    columns = (first.tolist(), stop.tolist(), summed.tolist(), unknown.tolist())
    for here, there, value, missing in zip(*columns, strict=True):
        one, other = left_terms[here], right_terms[here]
        evidence: tuple[Participation, ...] = ()
        for k in range(here, there):
            mine, theirs = found[one, place_terms[k]], found[other, place_terms[k]]
            evidence += mine + theirs if always[k] else common(mine, theirs)
        graph.add_edge(one, other, weight=value, evidence=evidence)
        if weight == "amount":
            graph.edges[one, other]["known"] = not missing


def common(
    here: tuple[Participation, ...], there: tuple[Participation, ...]
) -> tuple[Participation, ...]:
    """Return the participations that overlap one of the other's."""
    mine = [one for one in here if any(_overlap(one, other) for other in there)]
    theirs = [one for one in there if any(_overlap(one, other) for other in here)]
    return (*mine, *theirs)


def _overlap(one: Participation, other: Participation) -> bool:
    """Say whether two periods share a day, an unknown bound being open."""
    before = one.end and other.start and one.end < other.start
    after = other.end and one.start and other.end < one.start
    return not (before or after)


def add_places(graph: nx.Graph[str], found: Places, weight: Weight) -> None:
    """Add the edges from actors to initiatives, with the roles behind each."""
    members: defaultdict[str, int] = defaultdict(int)
    for _, initiative in found:
        members[initiative] += 1
    for (actor, initiative), stated in found.items():
        edge: dict[str, object] = {"evidence": stated}
        if weight == "newman":
            edge["weight"] = 1 / members[initiative]
        elif weight == "amount":
            amounts = {one.iri: one.amount for one in stated}.values()
            edge["weight"] = sum((one for one in amounts if one is not None), 0.0)
            edge["known"] = None not in amounts
        else:
            edge["weight"] = float(len({one.role for one in stated}))
        graph.add_edge(actor, initiative, **edge)
