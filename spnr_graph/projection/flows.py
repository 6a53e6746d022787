"""Directed networks: who belongs to what, and whose money reaches whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from spnr_graph.namespaces import PREFIXES
from spnr_graph.projection.edges import common
from spnr_graph.projection.pulling import FUNDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.projection.meetings import Weight
    from spnr_graph.projection.nodes import Places
    from spnr_graph.projection.rows import Participation

Stated: TypeAlias = "tuple[Participation, ...]"
#: A funder, its participations in an initiative, and whom it reaches there with what
#: both do.
_Grant: TypeAlias = "tuple[str, Stated, dict[str, Stated]]"

_MEMBER: Final = PREFIXES["role"] + "membre"
#: Roles of those whom the money of an initiative reaches.
_RECEIVERS: Final = frozenset(
    PREFIXES["role"] + role for role in ("beneficiaire", "porteur")
)


def add_memberships(
    graph: nx.Graph[str], found: Places, facts: Attributes, members: Iterable[str]
) -> None:
    """Add the edges from members to what they belong to.

    An actor belongs to the actor that it is part of, with no participation as evidence,
    and to the initiative of which it is member: that stands for the network itself,
    which may have several leads or none.

    Args:
        graph: to which edges and their ends are added.
        found: participations, of which those of members count.
        facts: who is part of whom.
        members: actors whose groupings, and their groupings, are wanted.
    """
    seats = {
        place: seat
        for place, stated in found.items()
        if (seat := tuple(one for one in stated if one.role == _MEMBER))
    }
    edges: dict[tuple[str, str], Stated] = dict(seats)
    waiting, seen = sorted(members), set(members)
    while waiting:
        part = waiting.pop()
        for whole in set(facts.of("org:memberOf", part)) - {part}:
            edges[part, whole] = ()
            if whole not in seen:
                seen.add(whole)
                waiting.append(whole)
    graph.add_nodes_from(sorted({end for edge in edges for end in edge}))
    for edge in sorted(edges):
        graph.add_edge(*edge, weight=1.0, evidence=edges[edge])


def add_funding(graph: nx.Graph[str], found: Places, weight: Weight) -> None:
    """Add the edges from funders to those who lead, or benefit from, what they fund.

    An initiative adds 1, shared out among the m receivers under ``newman``, or what the
    funder is known to bring to it, shared out likewise, under ``amount``. The periods
    of both must overlap; nobody funds itself. A funder that reaches nobody is a node.
    """
    evidence: dict[tuple[str, str], Stated] = {}
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    unknown: set[tuple[str, str]] = set()
    nodes: set[str] = set()
    for funder, funds, reached in _grants(found):
        nodes.update((funder, *reached))
        amounts = {one.iri: one.amount for one in funds}.values()
        euros = sum((amount for amount in amounts if amount is not None), 0.0)
        for receiver, shared in reached.items():
            edge = (funder, receiver)
            evidence[edge] = evidence.get(edge, ()) + shared
            if None in amounts:
                unknown.add(edge)
            whole = euros if weight == "amount" else 1.0
            weights[edge] += whole if weight == "count" else whole / len(reached)
    graph.add_nodes_from(sorted(nodes))
    for edge in sorted(evidence):
        graph.add_edge(*edge, weight=weights[edge], evidence=evidence[edge])
        if weight == "amount":
            graph.edges[edge]["known"] = edge not in unknown


def _grants(found: Places) -> Iterator[_Grant]:
    """Yield each funder of each initiative, and whom it reaches there, in order."""
    funders: defaultdict[str, list[Stated]] = defaultdict(list)
    receivers: defaultdict[str, list[Stated]] = defaultdict(list)
    for (_, initiative), stated in found.items():
        if funds := tuple(one for one in stated if one.role == FUNDER):
            funders[initiative].append(funds)
        if gets := tuple(one for one in stated if one.role in _RECEIVERS):
            receivers[initiative].append(gets)
    for initiative in sorted(funders):
        for funds in funders[initiative]:
            funder = funds[0].actor
            reached = {
                gets[0].actor: shared
                for gets in receivers[initiative]
                if gets[0].actor != funder and (shared := common(funds, gets))
            }
            yield funder, funds, reached
