"""Groups: the communities that an explorer shows, named in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph.measures.communities import communities
from spnr_graph.measures.community_names import characters, named
from spnr_graph.operations.network.communities import traits_of
from spnr_graph.projection import links
from spnr_graph.render.explorer.model import Community, Membership, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from spnr_graph.projection import Names, Participations


def grouped(
    graph: nx.Graph[str], rows: Participations, names: Mapping[str, Names]
) -> tuple[tuple[Community, ...], dict[str, Membership]]:
    """Return the communities of a network of actors, and who belongs to which.

    Args:
        graph: actors and who works with whom.
        rows: the participations that make it.
        names: names by language, ``"fr"`` and ``"en"``.
    """
    network = links(graph)
    found = communities(network)
    marks = characters(network, found, traits_of(rows))
    # The page counts the members that it shows beside each name.
    fr, en = (
        named(marks, short=names[lang].short, lang=lang, sized=False)
        for lang in ("fr", "en")
    )
    shown = tuple(
        Community(
            label=Text(fr[number].name, en[number].name),
            size=mark.size,
            stability=float(found.stability[found.of == number].mean()),
        )
        for number, mark in enumerate(marks)
    )
    codes = zip(network.nodes, found.of.tolist(), found.stability.tolist(), strict=True)
    members = {
        node: Membership(community=community, stability=stability)
        for node, community, stability in codes
        if community >= 0
    }
    return shown, members
