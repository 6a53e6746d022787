"""The nodes of a network, with what is known of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

    from spnr_graph.projection.attributes import Attributes
    from spnr_graph.projection.names import Names
    from spnr_graph.projection.rows import Participation, Participations

#: (actor, initiative) → what the actor does in it.
Places: TypeAlias = "dict[tuple[str, str], tuple[Participation, ...]]"


def places(rows: Participations) -> Places:
    """Bring together the participations of each actor in each initiative."""
    found: defaultdict[tuple[str, str], list[Participation]] = defaultdict(list)
    for stated in rows.stated():
        found[stated.actor, stated.initiative].append(stated)
    return {place: tuple(found[place]) for place in sorted(found)}


def describe(
    graph: nx.Graph[str], found: Places, facts: Attributes, names: Names
) -> None:
    """Give the nodes of a network all their attributes.

    A node is an initiative when something takes part in it, and an actor otherwise.
    """
    stated: defaultdict[str, list[Participation]] = defaultdict(list)
    initiatives = {initiative for _, initiative in found}
    for (actor, initiative), participations in found.items():
        stated[actor] += participations
        stated[initiative] += participations
    for node, attributes in graph.nodes(data=True):
        acts = node not in initiatives
        link = "org:classification" if acts else "dcterms:type"
        kind = next(iter(facts.of(link, node)), "")
        within = {one.initiative for one in stated[node]}
        axes = {axis for one in within for axis in facts.of("spnr:servesAxis", one)}
        attributes.update(
            type="actor" if acts else "initiative",
            label=names.label(node),
            short=names.short(node),
            kind=kind,
            kind_label=names.label(kind) if kind else "",
            participations=tuple(stated[node]),
            axes=tuple(sorted(axes)),
        )
    measure(graph)


def measure(graph: nx.Graph[str]) -> None:
    """Give the nodes the degree and the strength that they have in this graph."""
    for node, attributes in graph.nodes(data=True):
        attributes["degree"] = graph.degree(node)
        attributes["strength"] = float(graph.degree(node, weight="weight"))
