"""Statements about things that are typed elsewhere: checked, but only for themselves.

Shapes find their targets by class. A contribution that adds to a thing without typing
it would escape them; so the class is lent to it for the time of a check. What the whole
thing must have is then nobody's fault here, and what others state is not held against
the contribution: only findings about what it states itself remain, or about what that
calls for (an amount calls for its status).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spnr_graph.check.shapes_graph import ShapesGraph
    from spnr_graph.findings import Finding

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_ELSEWHERE: Final = """
SELECT DISTINCT ?thing ?class WHERE {{
  {{
    SELECT DISTINCT ?thing WHERE {{
      GRAPH <{graph}> {{ ?thing ?property ?value }}
      FILTER NOT EXISTS {{ GRAPH <{graph}> {{ ?thing a ?own }} }}
    }}
  }}
  GRAPH ?other {{ ?thing a ?class }}
}}
"""
#: Constraints that a whole thing meets or not, whoever states what.
_OF_THE_WHOLE: Final = frozenset(
    f"{PREFIXES['sh']}{name}ConstraintComponent"
    for name in ("MinCount", "QualifiedMinCount", "HasValue", "Equals")
)
_FOR_SUBJECTS: Final = PREFIXES["sh"] + "targetSubjectsOf"
_HAS_PROPERTY: Final = PREFIXES["sh"] + "property"
_SPARQL: Final = PREFIXES["sh"] + "SPARQLConstraintComponent"


@contextmanager
def classes_lent(store: ox.Store, graph: str) -> Iterator[frozenset[str]]:
    """Give things the classes that other graphs of a store know, then take them back.

    Args:
        store: the private store of a contribution, with its context.
        graph: IRI of the named graph that is checked.

    Yields:
        The IRIs of the things that were given a class.
    """
    rows = store.query(_ELSEWHERE.format(graph=graph))
    name = ox.NamedNode(graph)
    quads = [ox.Quad(row[0], _TYPE, row[1], name) for row in rows]  # type: ignore[union-attr]
    store.extend(quads)
    try:
        yield frozenset(quad.subject.value for quad in quads)  # type: ignore[union-attr]
    finally:
        for quad in quads:
            store.remove(quad)


def callers(shapes: ShapesGraph) -> dict[str, frozenset[str]]:
    """Return what brings shapes about: shape → the properties whose subjects it is for.

    Args:
        shapes: the shapes graph; property shapes stand for the node shapes they are of.
    """
    targets: dict[str, set[str]] = {}
    parts: list[tuple[str, str]] = []
    for node, predicate, term in shapes.triples:
        if predicate.value == _FOR_SUBJECTS:
            targets.setdefault(node.value, set()).add(term.value)
        elif predicate.value == _HAS_PROPERTY:
            parts.append((node.value, term.value))
    found = {shape: set(properties) for shape, properties in targets.items()}
    for whole, part in parts:
        if whole in targets:
            found.setdefault(part, set()).update(targets[whole])
    return {shape: frozenset(properties) for shape, properties in found.items()}


def own(
    findings: Iterable[Finding],
    store: ox.Store,
    graph: str,
    lent: frozenset[str],
    *,
    called_by: Mapping[str, frozenset[str]],
) -> list[Finding]:
    """Keep the findings that what a graph states itself accounts for.

    Args:
        findings: of a check during which classes were lent.
        store: the store that was checked.
        graph: IRI of the named graph.
        lent: the things that were given a class.
        called_by: what ``callers`` says of the shapes.
    """
    return [
        finding
        for finding in findings
        if finding.focus not in lent
        or _is_own(finding, store, graph)
        or _is_called(finding, store, graph, called_by.get(finding.shape, ()))
    ]


def _is_called(
    finding: Finding, store: ox.Store, graph: str, properties: Iterable[str]
) -> bool:
    """Say whether a graph itself states a property that asks for the whole."""
    focus, name = ox.NamedNode(finding.focus), ox.NamedNode(graph)
    return finding.component in _OF_THE_WHOLE and any(
        next(store.quads_for_pattern(focus, ox.NamedNode(each), None, name), None)
        for each in properties
    )


def _is_own(finding: Finding, store: ox.Store, graph: str) -> bool:
    if finding.component == _SPARQL:
        return True
    if not finding.path or finding.component in _OF_THE_WHOLE:
        return False
    if not finding.path.startswith("<") or "<" in finding.path[1:]:
        return True  # a longer path leaves the thing: what is staged decides
    path = ox.NamedNode(finding.path[1:-1])
    focus, name = ox.NamedNode(finding.focus), ox.NamedNode(graph)
    stated = {str(q.object) for q in store.quads_for_pattern(focus, path, None, name)}
    return finding.value in stated if finding.value else len(stated) > 1
