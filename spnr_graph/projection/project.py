"""Participations → a network of labelled nodes, whose edges carry their evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from spnr_graph.errors import QueryError
from spnr_graph.projection.edges import add_pairs, add_places
from spnr_graph.projection.flows import add_funding, add_memberships
from spnr_graph.projection.names import Names
from spnr_graph.projection.nodes import describe, places
from spnr_graph.projection.selection import Filters, select

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from spnr_graph.projection.meetings import Weight
    from spnr_graph.projection.nodes import Places
    from spnr_graph.projection.rows import Participations

Mode: TypeAlias = Literal[
    "actors", "actors-initiatives", "initiatives", "membership", "funding"
]
#: Mode → the weights that mean something in it.
WEIGHTS: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("count", "newman", "amount"),
    "actors-initiatives": ("count", "newman", "amount"),
    "initiatives": ("count", "newman"),
    "membership": ("count",),
    "funding": ("count", "newman", "amount"),
}
_DIRECTED: Final = frozenset({"membership", "funding"})


def project(
    rows: Participations,
    names: Names | None = None,
    *,
    mode: Mode = "actors",
    weight: Weight = "count",
    filters: Filters | None = None,
) -> nx.Graph[str]:
    """Return the network of the participations that pass the filters.

    Nodes are IRIs with ``type`` (``"actor"``, ``"initiative"``), ``label``, ``short``,
    ``kind``, ``kind_label``, ``axes`` (of its initiatives), ``participations``,
    ``degree`` and ``strength``; edges have ``weight`` and ``evidence``, the
    participations of both ends that make them. An actor who meets nobody is a node
    without edges; directed modes leave out those who have no part in what they show.
    ``graph.graph`` holds ``mode``, ``weight`` and ``names``.

    - ``actors``: who meets whom in an initiative, over common days;
    - ``actors-initiatives``: who takes part in what;
    - ``initiatives``: which initiatives share actors, at whatever time;
    - ``membership``: a directed graph from members to what they belong to;
    - ``funding``: a directed graph from funders to those whom their money reaches.

    Under ``"amount"`` edges say too whether all their amounts are ``known``: where they
    are not, the weight is what is known, which may be 0, and the edge stays.

    Args:
        rows: as ``pull`` gives them.
        names: as ``read_names`` gives them; prefixed names when absent.
        mode: one of those above.
        weight: of a pair of actors, see ``spnr_graph.projection.meetings.shares``, of
            two initiatives likewise; an edge between an actor and an initiative weighs
            one per role, 1 / n under ``"newman"``, the known amounts under
            ``"amount"``; see ``docs/network.md`` for the others.
        filters: by default, what rule R5 counts as collaboration. The directed modes
            choose roles by themselves: ``collaborative`` says nothing to them.

    Raises:
        QueryError: the mode or the weight is unknown, or they do not go together.
    """
    import networkx as nx

    _check("mode", mode, get_args(Mode))
    _check(f"weight ({mode})", weight, WEIGHTS[mode])
    names, filters = names or Names(), filters or Filters()
    if directed := mode in _DIRECTED:
        filters = replace(filters, collaborative=False)
    kept = select(rows, filters)
    found, facts = places(kept), kept.attributes
    made = nx.DiGraph if directed else nx.Graph
    graph: nx.Graph[str] = made(mode=mode, weight=weight, names=names)
    if mode == "funding":
        add_funding(graph, found, weight)
    elif mode == "membership":
        members = {actor for actor, _ in found}
        if filters == Filters(collaborative=False):  # also who takes part in nothing
            members.update(facts.values.get("org:memberOf", ()))
        add_memberships(graph, found, facts, members)
    else:
        _add_meetings(graph, kept, found)
    describe(graph, found, facts, names)
    return graph


def _add_meetings(graph: nx.Graph[str], rows: Participations, found: Places) -> None:
    """Add the nodes and edges of a network without direction, in its own mode."""
    mode, weight = graph.graph["mode"], graph.graph["weight"]
    if mode != "initiatives":
        graph.add_nodes_from(sorted({actor for actor, _ in found}))
    if mode != "actors":
        graph.add_nodes_from(sorted({initiative for _, initiative in found}))
    if mode == "actors":
        add_pairs(graph, rows, found, weight)
    elif mode == "initiatives":
        turned = {(there, here): stated for (here, there), stated in found.items()}
        add_pairs(graph, rows.turned(), turned, weight)
    else:
        add_places(graph, found, weight)


def _check(what: str, value: str, known: tuple[str, ...]) -> None:
    """Refuse a choice that does not exist."""
    if value not in known:
        raise QueryError(
            fr=f"Réseau : « {value} » n'est pas une valeur de {what}. "
            f"Choisir parmi : {', '.join(known)}.",
            en=f'Network: "{value}" is no value of {what}. '
            f"Choose among: {', '.join(known)}.",
        )
