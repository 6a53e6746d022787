"""SHACL property paths: read from a shapes graph, written as SPARQL, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.check.shapes_graph import Node, ShapesGraph, rdf, sh, shape_error

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPEATS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_TOKEN: Final = re.compile(r"<[^<>]*>|[()^/|*+?]")


@dataclass(frozen=True)
class Path:
    """A property path as a tree.

    Attributes:
        op: "" for a predicate, else one of ``^ / | * + ?``.
        parts: operands, in order; empty for a predicate.
        iri: the predicate.
    """

    op: str
    parts: tuple[Path, ...] = ()
    iri: str = ""

    def __str__(self) -> str:
        """Return the path in SPARQL syntax with full IRIs."""
        if not self.op:
            return f"<{self.iri}>"
        if self.op in "/|":
            return self.op.join(self._part(part) for part in self.parts)
        inner = self.parts[0]
        text = str(inner) if not inner.op else f"({inner})"
        return "^" + text if self.op == "^" else text + self.op

    def _part(self, part: Path) -> str:
        """Return an operand, in brackets where it would be read otherwise."""
        tight = part.op == "|" or part.op == self.op
        return f"({part})" if tight else str(part)


def read_path(graph: ShapesGraph, node: Node) -> Path:
    """Read the path that a node of the shapes graph stands for.

    Raises:
        DataError: the node is not a path of SHACL Core.
    """
    return _read(graph, node, frozenset())


def _read(graph: ShapesGraph, node: Node, above: frozenset[Node]) -> Path:
    if node in above:
        raise shape_error(
            graph.name, node, fr="le chemin se contient lui-même", en="the path loops"
        )
    above |= {node}
    if graph.value(node, rdf("first")) is not None:
        return _many(graph, graph.list(node), above, "/", node)
    if (inner := graph.value(node, sh("inversePath"))) is not None:
        return Path("^", (_read(graph, _resource(graph, inner), above),))
    if (inner := graph.value(node, sh("alternativePath"))) is not None:
        return _many(graph, graph.list(_resource(graph, inner)), above, "|", node)
    for name, mark in _REPEATS.items():
        if (inner := graph.value(node, sh(name))) is not None:
            return Path(mark, (_read(graph, _resource(graph, inner), above),))
    if isinstance(node, ox.NamedNode) and not graph.is_blank(node):
        return Path("", iri=node.value)
    raise shape_error(
        graph.name, node, fr="le chemin sh:path est illisible", en="sh:path is no path"
    )


def _many(
    graph: ShapesGraph,
    members: list[ox.NamedNode | ox.BlankNode | ox.Literal],
    above: frozenset[Node],
    op: str,
    node: Node,
) -> Path:
    parts = tuple(_read(graph, _resource(graph, part), above) for part in members)
    if len(parts) < 2:
        raise shape_error(
            graph.name,
            node,
            fr="une liste de chemins compte au moins deux membres",
            en="a list of paths has at least two members",
        )
    return Path(op, parts)


def _resource(graph: ShapesGraph, term: object) -> Node:
    """Return a term that may stand for a path: no literal."""
    if isinstance(term, ox.NamedNode):
        return term
    raise shape_error(
        graph.name,
        term,
        fr="un littéral n'est pas un chemin",
        en="a literal is not a path",
    )


def parse_path(text: str) -> Path:
    """Parse what ``str(path)`` wrote.

    Example:
        >>> parse_path("^<urn:a>/(<urn:b>|<urn:c>)*").op
        '/'

    Raises:
        ValueError: the text was not written by ``str(path)``.
    """
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError(f"not a path: {text}")
    rest = [*tokens, ""]
    rest.reverse()
    path = _alternative(rest)
    if rest != [""]:
        raise ValueError(f"not a path: {text}")
    return path


def _alternative(rest: list[str]) -> Path:
    parts = [_sequence(rest)]
    while rest[-1] == "|":
        rest.pop()
        parts.append(_sequence(rest))
    return parts[0] if len(parts) == 1 else Path("|", tuple(parts))


def _sequence(rest: list[str]) -> Path:
    parts = [_element(rest)]
    while rest[-1] == "/":
        rest.pop()
        parts.append(_element(rest))
    return parts[0] if len(parts) == 1 else Path("/", tuple(parts))


def _element(rest: list[str]) -> Path:
    mark = rest.pop()
    if mark == "^":
        return Path("^", (_element(rest),))
    if mark == "(":
        path = _alternative(rest)
        if rest.pop() != ")":
            raise ValueError("not a path: a bracket is not closed")
    elif mark.startswith("<"):
        path = Path("", iri=mark[1:-1])
    else:
        raise ValueError(f"not a path: {mark!r} stands where a predicate should")
    return Path(rest.pop(), (path,)) if rest[-1] in {"*", "+", "?"} else path


#: A triple of a report graph: subject IRI, local name of a property, object IRI.
Step = tuple[str, str, str]


def path_triples(path: Path, node: str) -> Iterator[Step]:
    """Yield the SHACL description of a path under a given IRI.

    Args:
        path: any path but a single predicate, which describes itself.
        node: IRI of the node that stands for the path; parts hang below it.
    """
    if path.op in "/|":
        head = node
        if path.op == "|":
            head = f"{node}-l"
            yield node, "alternativePath", head
        yield from _list_triples(path.parts, head)
        return
    names = {mark: name for name, mark in _REPEATS.items()} | {"^": "inversePath"}
    yield from _link(node, names[path.op], path.parts[0], f"{node}-0")


def _list_triples(parts: tuple[Path, ...], head: str) -> Iterator[Step]:
    cells = [head, *(f"{head}-{index}" for index in range(1, len(parts))), ""]
    for index, part in enumerate(parts):
        yield from _link(cells[index], "first", part, f"{cells[index]}-v")
        yield cells[index], "rest", cells[index + 1]


def _link(subject: str, name: str, part: Path, node: str) -> Iterator[Step]:
    if not part.op:
        yield subject, name, part.iri
        return
    yield subject, name, node
    yield from path_triples(part, node)
