"""Networks as files for other programs: GraphML, GEXF (Gephi), node-link JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.projection import Names
from spnr_graph.render.layout import place, radius
from spnr_graph.render.palette import ends, kinds

if TYPE_CHECKING:
    import networkx as nx

    from spnr_graph.projection import Participation
    from spnr_graph.render.layout import Positions

#: Between several values of one attribute; no label of the vocabularies holds it.
_SEPARATOR: Final = " | "
#: What XML 1.0 cannot hold, even escaped.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def flat(graph: nx.Graph[str], positions: Positions | None = None) -> nx.Graph[str]:
    """Return the network with text and numbers alone as attributes, in order.

    Nodes keep ``type``, ``label``, ``short``, ``kind``, ``kind_label``, ``axes``,
    ``degree`` and ``strength``, and gain ``x`` and ``y`` when positions are given;
    edges keep ``weight`` and say their ``initiatives``, ``roles`` and ``sources``.
    """
    import networkx as nx

    names = graph.graph.get("names", Names())
    result: nx.Graph[str] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    for node in sorted(graph.nodes):
        facts: dict[str, Any] = graph.nodes[node]
        texts = {name: facts[name] for name in ("type", "label", "short", "kind")}
        texts["kind_label"] = facts["kind_label"]
        texts["axes"] = _joined(names.label(axis) for axis in facts["axes"])
        numbers: dict[str, Any] = {
            "degree": int(facts["degree"]),
            "strength": float(facts["strength"]),
        }
        if positions:
            numbers["x"], numbers["y"] = positions[node]
        result.add_node(node, **{k: _clean(v) for k, v in texts.items()}, **numbers)
    for left, right in ends(graph):
        stated = graph.edges[left, right]["evidence"]
        said = {name: _clean(text) for name, text in _said(stated, names).items()}
        weight = float(graph.edges[left, right]["weight"])
        result.add_edge(left, right, weight=weight, **said)
    return result


def _said(stated: tuple[Participation, ...], names: Names) -> dict[str, str]:
    """Return the evidence of an edge as text."""
    return {
        "initiatives": _joined(names.label(one.initiative) for one in stated),
        "roles": _joined(
            f"{names.short(one.actor)} ({names.label(one.role)})" for one in stated
        ),
        "sources": _joined(source for one in stated for source in one.sources),
    }


def _joined(texts: Any) -> str:  # noqa: ANN401  (any iterable of str)
    """Join distinct texts, in the order in which they come first."""
    return _SEPARATOR.join(dict.fromkeys(texts))


def _clean(text: str) -> str:
    """Replace the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def graphml(graph: nx.Graph[str], positions: Positions | None = None) -> bytes:
    """Return the network as GraphML, for networkx, igraph, yEd or Gephi."""
    import networkx as nx

    drawn = flat(graph, positions or place(graph))
    lines = nx.generate_graphml(drawn, named_key_ids=True)
    return _document("\n".join(lines))


def gexf(graph: nx.Graph[str], positions: Positions | None = None) -> bytes:
    """Return the network as GEXF 1.2 with positions, colours and sizes, for Gephi."""
    import networkx as nx

    positions, looks = positions or place(graph), kinds(graph)
    drawn = flat(graph)
    for node, facts in drawn.nodes(data=True):
        colour = bytes.fromhex(looks[graph.nodes[node]["kind"]].colour[1:])
        x, y = positions[node]
        facts["viz"] = {
            "color": dict(zip("rgb", colour, strict=True)) | {"a": 1.0},
            # Gephi's y grows upwards.
            "position": {"x": x, "y": -y, "z": 0.0},
            "size": radius(facts["degree"]),
        }
    text = "\n".join(nx.generate_gexf(drawn, version="1.2draft"))
    # networkx stamps today's date: same network, same bytes.
    return _document(re.sub(r' lastmodifieddate="[^"]*"', "", text))


def node_link(graph: nx.Graph[str], positions: Positions | None = None) -> bytes:
    """Return the network as node-link JSON, for D3 and ``networkx.node_link_graph``."""
    import networkx as nx

    data = nx.node_link_data(flat(graph, positions or place(graph)), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _document(text: str) -> bytes:
    """Return an XML document in UTF-8 with its declaration."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
