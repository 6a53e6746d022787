"""The reference engine: pySHACL, slow and complete, giving the same findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from spnr_graph import oxigraph
from spnr_graph.check.messages import (
    component_parameter,
    default_message,
    fill,
    plain,
)
from spnr_graph.check.paths import read_path
from spnr_graph.check.shapes_graph import ShapesGraph, Term, sh
from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Severity
from spnr_graph.namespaces import LANGUAGES, PREFIXES, SKOLEM

if TYPE_CHECKING:
    from rdflib.graph import Graph
    from rdflib.term import Identifier

_SH: Final = PREFIXES["sh"]
_SEVERITIES: Final = {_SH + "Warning": Severity.WARNING, _SH + "Info": Severity.INFO}


def check_by_reference(
    shapes: ShapesGraph, store: ox.Store, *, source: str, graph: str | None
) -> list[Finding]:
    """Check a store with pySHACL.

    Raises:
        DataError: pySHACL is not installed, or it refuses the shapes.
    """
    answer = _validate(
        oxigraph.graph({quad.triple for quad in store}),
        oxigraph.graph(_with_blank_paths(shapes)),
        shapes.name,
    )
    report = (
        ox.Triple(_node(s), _node(p), oxigraph.from_rdflib(cast("Identifier", o)))
        for s, p, o in answer
    )
    results = ShapesGraph(shapes.name, report, skolem=SKOLEM + "constat-")
    findings = (
        _finding(shapes, results, node, source)
        for report in results.all_subjects()
        for node in results.nodes(report, sh("result"))
    )
    return [f for f in findings if graph is None or _described(store, graph, f.focus)]


def _node(term: object) -> ox.NamedNode:
    """Return a subject or a predicate of a report; blank ones keep their name."""
    named = oxigraph.from_rdflib(cast("Identifier", term))
    return cast("ox.NamedNode", named)


def _with_blank_paths(shapes: ShapesGraph) -> Iterator[ox.Triple]:
    """Yield the triples of shapes; pySHACL takes any path with an IRI for a predicate.

    Shapes keep the IRIs of their skolemised nodes, which pySHACL then reports.
    """
    paths = {o for _, p, o in shapes.triples if p == sh("path")}
    blank: set[Term] = set()
    while paths:
        found = {o for o in paths if isinstance(o, ox.NamedNode) and shapes.is_blank(o)}
        blank |= found
        paths = {o for s, _, o in shapes.triples if s in found} - blank
    names = {term: ox.BlankNode(str(n)) for n, term in enumerate(blank)}
    for s, p, o in shapes.triples:
        yield ox.Triple(names.get(s, s), p, names.get(o, o))


def _validate(data: Graph, shapes: Graph, name: str) -> Graph:
    """Return the report graph of pySHACL."""
    try:
        import pyshacl
        from pyshacl.errors import ReportableRuntimeError
    except ImportError as exc:
        raise DataError(
            fr="Le moteur de référence pySHACL n'est pas installé. Installer "
            "l'extra shacl : pip install 'spnr-graph[shacl]'.",
            en="The reference engine pySHACL is not installed. Install the extra "
            "shacl: pip install 'spnr-graph[shacl]'.",
        ) from exc
    from rdflib.graph import Graph

    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as exc:
        raise _refused(name, str(exc.message)) from exc
    if not isinstance(report, Graph):
        raise _refused(name, str(text))
    return report


def _refused(name: str, why: str) -> DataError:
    why = " ".join(why.split())
    return DataError(
        fr=f"{name} : pySHACL refuse ces formes ({why}). Corriger les formes SHACL.",
        en=f"{name}: pySHACL refuses these shapes ({why}). Correct the SHACL shapes.",
    )


def _described(store: ox.Store, graph: str, focus: str) -> bool:
    """Say whether a named graph says anything about a node."""
    if focus.startswith(('"', "_:")):
        return False
    node, name = ox.NamedNode(focus), ox.NamedNode(graph)
    return next(store.quads_for_pattern(node, None, None, name), None) is not None


def _finding(
    shapes: ShapesGraph, results: ShapesGraph, node: ox.NamedNode, source: str
) -> Finding:
    """Read one result of the report graph."""
    shape = results.nodes(node, sh("sourceShape"))[0]
    component = results.nodes(node, sh("sourceConstraintComponent"))[0].value
    paths = results.nodes(node, sh("resultPath"))
    value = results.value(node, sh("value"))
    focus = results.objects(node, sh("focusNode"))[0]
    severity = results.nodes(node, sh("resultSeverity"))[0].value
    texts = {
        lang: _message(shapes, results, node, shape, component, lang)
        for lang in LANGUAGES
    }
    return Finding(
        source=source,
        severity=_SEVERITIES.get(severity, Severity.VIOLATION),
        focus=plain(focus),
        shape=_nearest(shapes, shape),
        path=str(read_path(results, paths[0])) if paths else "",
        value="" if value is None else str(value),
        component=component,
        fr=texts["fr"],
        en=texts["en"],
    )


def _message(
    shapes: ShapesGraph,
    results: ShapesGraph,
    node: ox.NamedNode,
    shape: ox.NamedNode,
    component: str,
    lang: str,
) -> str:
    """Return the message of the constraint, of the shape, or the default one."""
    value = results.value(node, sh("value"))
    known: dict[str, Term | None] = {
        "value": value,
        "this": results.value(node, sh("focusNode")),
    }
    for holder in (*results.nodes(node, sh("sourceConstraint")), shape):
        messages = shapes.texts(holder, sh("message"))
        if (text := messages.get(lang, messages.get(""))) is not None:
            return fill(text, known)
    parameter = component_parameter(component)
    return default_message(parameter, list(_values(shapes, shape, parameter)), lang)


def _values(shapes: ShapesGraph, shape: ox.NamedNode, parameter: str) -> Iterator[Term]:
    """Yield the value of a parameter, or the members of its list."""
    for value in shapes.objects(shape, sh(parameter)):
        if parameter in {"in", "languageIn"} and isinstance(value, ox.NamedNode):
            yield from shapes.list(value)
        else:
            yield value


def _nearest(shapes: ShapesGraph, node: ox.NamedNode) -> str:
    """Return the IRI of a shape, or of the nearest one that refers to it."""
    level, seen = [node], {node}
    while level:
        named = sorted(each.value for each in level if not shapes.is_blank(each))
        if named:
            return named[0]
        level = [s for s, _, o in shapes.triples if o in level and s not in seen]
        seen.update(level)
    return shapes.name
