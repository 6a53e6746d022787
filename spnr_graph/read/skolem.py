"""Blank nodes → IRIs that depend on what the nodes say, and on nothing else.

A node of a tree is named after the thing that refers to it, the predicate, what it
holds and its rank among equals: a change elsewhere in the file leaves its IRI alone.
Nodes that are shared, or that refer to each other, are named by colour refinement.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from spnr_graph.errors import DataError
from spnr_graph.namespaces import SKOLEM

#: Subject, predicate, object as N-Triples terms; blank nodes begin with ``_``.
Terms = tuple[str, str, str]

#: Blank nodes that are no trees are compared with each other: quadratic at worst.
TANGLED: Final = 2_000


def names(triples: Iterable[Terms], graph: str, label: str) -> dict[str, str]:
    """Return an IRI for every blank node.

    Args:
        triples: the triples that hold a blank node, at least.
        graph: what keeps the nodes of two sources apart, the IRI of their graph first.
        label: what messages call the source.

    Raises:
        DataError: too many blank nodes that are no trees.
    """
    forest = _Forest(set(triples), graph)
    if len(forest.tangled) > TANGLED:
        raise DataError(
            fr=f"{label} : {len(forest.tangled)} nœuds anonymes se désignent les uns "
            f"les autres (au plus {TANGLED}). Donnez-leur des IRI.",
            en=f"{label}: {len(forest.tangled)} blank nodes refer to each other "
            f"(at most {TANGLED}). Give them IRIs.",
        )
    return {node: SKOLEM + name for node, name in forest.names().items()}


def _hash(*parts: str) -> str:
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _Forest:
    """The blank nodes of a graph, what they hold and what refers to them."""

    def __init__(self, triples: set[Terms], graph: str) -> None:
        self._graph = graph
        self._holds: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._referrers: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        nodes: set[str] = set()
        for subject, predicate, value in triples:
            if subject[0] == "_":
                self._holds[subject].append((predicate, value))
                nodes.add(subject)
            if value[0] == "_":
                self._referrers[value].append((subject, predicate))
                nodes.add(value)
        self._order = self._depth_first(nodes)
        self.tangled = self._not_trees(nodes)

    def _depth_first(self, nodes: set[str]) -> list[str]:
        """List the nodes that hang below one referrer, parents before children."""
        starts = [
            node
            for node in nodes
            if all(subject[0] != "_" for subject, _ in self._referrers.get(node, ()))
        ]
        order: list[str] = []
        while starts:
            node = starts.pop()
            order.append(node)
            starts += [
                value
                for _, value in self._holds.get(node, ())
                if value[0] == "_" and len(self._referrers[value]) == 1
            ]
        return order

    def _not_trees(self, nodes: set[str]) -> set[str]:
        """Return every node connected with one that is shared or in a circle."""
        found = nodes.difference(self._order)
        found.update(n for n in nodes if len(self._referrers.get(n, ())) > 1)
        todo = list(found)
        while todo:
            node = todo.pop()
            near = [v for _, v in self._holds.get(node, ())]
            near += [s for s, _ in self._referrers.get(node, ())]
            fresh = {n for n in near if n[0] == "_"} - found
            found |= fresh
            todo += fresh
        return found

    def names(self) -> dict[str, str]:
        """Name the trees from the top, then the tangled nodes."""
        order = [node for node in self._order if node not in self.tangled]
        content: dict[str, str] = {}
        for node in reversed(order):
            held = ((p, content.get(v, v)) for p, v in self._holds.get(node, ()))
            content[node] = _hash(*(text for pair in sorted(held) for text in pair))
        named: dict[str, str] = {}
        ranks: defaultdict[str, int] = defaultdict(int)
        for node in order:
            above = [
                text
                for subject, predicate in self._referrers.get(node, ())
                for text in (named.get(subject, subject), predicate)
            ]
            key = _hash(self._graph, content[node], *above)
            named[node] = _hash(key, str(ranks[key])) if ranks[key] else key
            ranks[key] += 1
        return named | self._refined()

    def _refined(self) -> dict[str, str]:
        """Tell tangled nodes apart by what surrounds them, to any distance."""
        colours = dict.fromkeys(self.tangled, self._graph)
        count = 0
        while len(set(colours.values())) > count or count < len(colours):
            if len(set(colours.values())) > count:
                count = len(set(colours.values()))
                colours = {node: self._colour(node, colours) for node in colours}
                continue
            # Nothing tells some nodes apart: they are equal, so any of them is first.
            classes: defaultdict[str, list[str]] = defaultdict(list)
            for node, colour in colours.items():
                classes[colour].append(node)
            chosen = classes[min(c for c, same in classes.items() if len(same) > 1)][0]
            colours[chosen] = _hash(colours[chosen], "first")
        return colours

    def _colour(self, node: str, colours: dict[str, str]) -> str:
        below = (("+", p, colours.get(v, v)) for p, v in self._holds.get(node, ()))
        above = (("-", p, colours.get(s, s)) for s, p in self._referrers.get(node, ()))
        around = sorted([*below, *above])
        return _hash(colours[node], *(text for parts in around for text in parts))
