"""The nodes of a network, with what is known of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def add_nodes(
    graph: nx.Graph[str],
    sort: Literal["actor", "initiative"],
    things: Iterable[str],
    facts: Attributes,
    names: Names,
) -> None:
    """Add the nodes of one sort with what is known of them."""
    link = "org:classification" if sort == "actor" else "dcterms:type"
    for thing in sorted(things):
        kind = next(iter(facts.of(link, thing)), "")
        graph.add_node(
            thing,
            type=sort,
            label=names.label(thing),
            short=names.short(thing),
            kind=kind,
            kind_label=names.label(kind) if kind else "",
        )


def finish(graph: nx.Graph[str], found: Places, facts: Attributes) -> None:
    """Give the nodes their participations, axes, degree and strength."""
    stated: defaultdict[str, list[Participation]] = defaultdict(list)
    for (actor, initiative), participations in found.items():
        stated[actor] += participations
        stated[initiative] += participations
    for node, attributes in graph.nodes(data=True):
        initiatives = {one.initiative for one in stated[node]}
        axes = {axis for i in initiatives for axis in facts.of("spnr:servesAxis", i)}
        attributes["participations"] = tuple(stated[node])
        attributes["axes"] = tuple(sorted(axes))
    measure(graph)


def measure(graph: nx.Graph[str]) -> None:
    """Give the nodes the degree and the strength that they have in this graph."""
    for node, attributes in graph.nodes(data=True):
        attributes["degree"] = graph.degree(node)
        attributes["strength"] = float(graph.degree(node, weight="weight"))
