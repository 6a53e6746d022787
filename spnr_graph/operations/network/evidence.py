"""Evidence: the participations behind a few links, and over which days they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spnr_graph.projection import Filters, project
from spnr_graph.projection.answers import day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import networkx as nx

    from spnr_graph.projection import Participation, Participations
    from spnr_graph.projection.attributes import Attributes


def among(rows: Participations, actors: Collection[str]) -> nx.Graph[str]:
    """Return the links among a few actors, with their evidence.

    Args:
        rows: what passed the filters; nothing more is left out.
        actors: IRIs.
    """
    codes = [code for code, actor in enumerate(rows.actors) if actor in actors]
    few = rows.take(np.isin(rows.actor, codes))
    return project(few, filters=Filters(collaborative=False))


def by_initiative(
    evidence: Sequence[Participation],
) -> dict[str, tuple[Participation, ...]]:
    """Return the participations of each initiative, in the order of the IRIs."""
    return {
        initiative: tuple(each for each in evidence if each.initiative == initiative)
        for initiative in sorted({each.initiative for each in evidence})
    }


def common_days(
    facts: Attributes, initiative: str, stated: Sequence[Participation]
) -> tuple[date | None, date | None]:
    """Return the first and the last day that are known of a collaboration.

    The latest start of the stays of both actors and of the initiative, the earliest
    end; an unknown one says nothing.

    Args:
        facts: with the dates of initiatives.
        initiative: where the actors meet.
        stated: their participations in it.
    """
    first_days = map(day, facts.of("schema:startDate", initiative))
    last_days = map(day, facts.of("schema:endDate", initiative))
    starts = [min(filter(None, first_days), default=None)]
    ends = [max(filter(None, last_days), default=None)]
    for actor in {each.actor for each in stated}:
        stays = [each for each in stated if each.actor == actor]
        first = [each.start for each in stays if each.start]
        last = [each.end for each in stays if each.end]
        starts.append(min(first) if len(first) == len(stays) else None)
        ends.append(max(last) if len(last) == len(stays) else None)
    return max(filter(None, starts), default=None), min(
        filter(None, ends), default=None
    )
