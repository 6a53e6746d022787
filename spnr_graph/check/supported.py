"""Refusal of shapes that compile to something else than what SHACL means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from spnr_graph.check.compile import (
    LOST_DATATYPES,
    Scope,
    is_compiled,
    is_node_kind,
    literal,
    queries,
)
from spnr_graph.check.select import read_select
from spnr_graph.check.shapes import Constraint, Shape
from spnr_graph.check.shapes_graph import ShapesGraph, shape_error
from spnr_graph.errors import DataError


def verify(graph: ShapesGraph, shapes: Iterable[Shape]) -> None:
    """Make sure that every constraint of the shapes can be run as SHACL means it.

    Raises:
        DataError: one cannot; its shape and the reason are said.
    """
    empty = ox.Store()
    for shape in _every(shapes):
        for constraint in shape.constraints:
            _verify(graph, shape, constraint, empty)


def _every(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Yield shapes and all that they refer to, each once."""
    waiting, seen = list(shapes), set()
    while waiting:
        shape = waiting.pop()
        if shape.node in seen:
            continue
        seen.add(shape.node)
        yield shape
        for constraint in shape.constraints:
            waiting += constraint.shapes


def _verify(graph: ShapesGraph, shape: Shape, c: Constraint, empty: ox.Store) -> None:
    blank = [v for v in c.values if isinstance(v, ox.NamedNode) and graph.is_blank(v)]
    name = f"sh:{c.parameter}"
    if blank and not c.shapes and c.parameter not in {"sparql", "closed"}:
        raise _unsupported(graph, shape, f"{name} [ ]")
    if c.parameter == "datatype" and str(c.values[0].value) in LOST_DATATYPES:
        what = f"{name} {c.values[0]} (Oxigraph → xsd:integer)"
        raise _unsupported(graph, shape, what)
    if c.parameter == "nodeKind" and not is_node_kind(c.values[0]):
        raise _unsupported(graph, shape, f"{name} {c.values[0]}")
    if c.parameter == "pattern" and not _compiles(c, empty):
        raise _unsupported(graph, shape, f"{name} {c.values[0]}")
    for query in _texts(graph, shape, c):
        try:
            empty.query(query)
        except SyntaxError as exc:
            raise shape_error(
                graph.name,
                shape.node,
                fr=f"la requête de {name} est mal formée ({exc.msg})",
                en=f"the query of {name} is malformed ({exc.msg})",
            ) from exc


def _texts(graph: ShapesGraph, shape: Shape, c: Constraint) -> list[str]:
    """Return the queries of a constraint, as for an unknown focus."""
    if is_compiled(c):
        scope = Scope(focus="?this ?p ?o .", path=shape.path)
        return queries(scope, c, lambda top: (top,))
    if c.parameter != "sparql":
        return []
    path = str(shape.path) if shape.path else None
    try:
        return [read_select(c.options["select"], path).text]
    except ValueError as exc:
        raise _unsupported(graph, shape, f"sh:sparql, {exc}") from exc


def _compiles(c: Constraint, empty: ox.Store) -> bool:
    """Say whether the engine can run a regular expression (no look-around)."""
    flags = literal(c.options.get("flags", ""))
    regex = f"REGEX('', {literal(c.values[0].value)}, {flags})"
    # An expression that the engine cannot compile is an error, hence never true.
    return bool(empty.query(f"ASK {{ FILTER({regex} || !{regex}) }}"))


def _unsupported(graph: ShapesGraph, shape: Shape, what: str) -> DataError:
    return shape_error(
        graph.name,
        shape.node,
        fr=f"{what} n'est pas pris en charge",
        en=f"{what} is not supported",
    )
