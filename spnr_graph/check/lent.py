"""Statements about things that are typed elsewhere: checked, but only for themselves.

Shapes find their targets by class. A contribution that adds to a thing without typing
it would escape them; so the class is lent to it for the time of a check. What the whole
thing must have is then nobody's fault here, and what others state is not held against
the contribution: only findings about what it states itself remain.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def own(
    findings: Iterable[Finding], store: ox.Store, graph: str, lent: frozenset[str]
) -> list[Finding]:
    """Keep the findings that what a graph states itself accounts for.

    Args:
        findings: of a check during which classes were lent.
        store: the store that was checked.
        graph: IRI of the named graph.
        lent: the things that were given a class.
    """
    return [f for f in findings if f.focus not in lent or _is_own(f, store, graph)]


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
