"""A shapes graph → shapes; what is not supported is refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from spnr_graph.check.paths import Path, read_path
from spnr_graph.check.shapes import Constraint, Shape
from spnr_graph.check.shapes_graph import (
    Node,
    ShapesGraph,
    Term,
    owl,
    rdf,
    rdfs,
    sh,
    shape_error,
)
from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES

_SH: Final = PREFIXES["sh"]

#: Parameters whose every value is a constraint of its own.
ONE_BY_ONE: Final = (
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive",
    "minInclusive", "maxExclusive", "maxInclusive", "minLength", "maxLength", "pattern",
    "languageIn", "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals",
    "not", "and", "or", "xone", "node", "property", "qualifiedValueShape", "closed",
    "hasValue", "in", "sparql",
)  # fmt: skip
_LISTS: Final = {"languageIn", "in", "and", "or", "xone"}
_SHAPE_LISTS: Final = {"and", "or", "xone"}
_SHAPES: Final = {"not", "node", "property", "qualifiedValueShape"}
_ONLY_PROPERTY: Final = {
    "minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals",
    "qualifiedValueShape",
}  # fmt: skip
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
#: Read together with another parameter, or without effect on the result.
_QUIET: Final = {
    *_TARGETS, "path", "flags", "ignoredProperties", "qualifiedMinCount",
    "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "message", "severity",
    "deactivated", "name", "description", "order", "group", "defaultValue", "declare",
    "prefixes", "suggestedShapesGraph",
}  # fmt: skip
_SEVERITIES: Final = {
    sh("Violation"): Severity.VIOLATION,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.INFO,
}


def read_shapes(graph: ShapesGraph) -> tuple[Shape, ...]:
    """Read every shape that has a target, with the shapes it refers to.

    Raises:
        DataError: a shape uses what is not supported, or is malformed.
    """
    reader = _Reader(graph)
    aimed = (node for node in graph.all_subjects() if reader.targets(node))
    return tuple(shape for shape in map(reader.shape, aimed) if shape.constraints)


class _Reader:
    """Reads shapes, each once, and refuses what it does not know."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._done: dict[Node, Shape] = {}
        self._open: list[Node] = []
        self._custom = self._custom_parameters()

    def _custom_parameters(self) -> set[Node]:
        """Return the parameters of constraint components written in SPARQL."""
        return {
            path
            for component in self.graph.all_subjects()
            for parameter in self.graph.nodes(component, sh("parameter"))
            for path in self.graph.nodes(parameter, sh("path"))
        }

    def error(self, node: Node, fr: str, en: str) -> DataError:
        return shape_error(self.graph.name, node, fr=fr, en=en)

    def targets(self, node: Node) -> tuple[tuple[str, Term], ...]:
        """Return what the shape aims at, a class that is itself a shape included."""
        found = [
            (name, term)
            for name in _TARGETS
            for term in self.graph.objects(node, sh(name))
        ]
        kinds = set(self.graph.objects(node, rdf("type")))
        shaped = kinds & {sh("NodeShape"), sh("PropertyShape")}
        if shaped and kinds & {rdfs("Class"), owl("Class")}:
            found.append(("targetClass", node))
        return tuple(found)

    def shape(self, node: Node) -> Shape:
        """Read a shape and all that it refers to."""
        if node in self._done:
            return self._done[node]
        if node in self._open:
            raise self.error(node, "la forme est récursive", "the shape is recursive")
        self._open.append(node)
        path = self._path(node)
        active = not self._true(node, "deactivated")
        if active:
            self._refuse_unknown(node, path)
        shape = Shape(
            node=node,
            name=self._name(node),
            path=path,
            severity=self._severity(node),
            messages=self.graph.texts(node, sh("message")),
            targets=self.targets(node),
            constraints=tuple(self._constraints(node)) if active else (),
        )
        self._open.pop()
        self._done[node] = shape
        return shape

    def _path(self, node: Node) -> Path | None:
        paths = self.graph.nodes(node, sh("path"))
        if len(paths) > 1:
            raise self.error(node, "deux sh:path", "two sh:path")
        return read_path(self.graph, paths[0]) if paths else None

    def _name(self, node: Node) -> str:
        """Return the shape's IRI, or that of the shape that is being read above it."""
        named = (n.value for n in reversed(self._open) if not self.graph.is_blank(n))
        return next(named, self.graph.name)

    def _severity(self, node: Node) -> Severity:
        severity = self.graph.value(node, sh("severity")) or sh("Violation")
        for known, value in _SEVERITIES.items():
            if severity == known:
                return value
        raise self.error(
            node,
            f"la gravité {severity} n'est ni sh:Violation, ni sh:Warning, ni sh:Info",
            f"the severity {severity} is not sh:Violation, sh:Warning or sh:Info",
        )

    def _true(self, node: Node, name: str) -> bool:
        value = self.graph.value(node, sh(name))
        return isinstance(value, ox.Literal) and value.value == "true"

    def _refuse_unknown(self, node: Node, path: Path | None) -> None:
        """Refuse a parameter that this engine would otherwise pass over in silence."""
        own = {"select"} if self.graph.subjects(sh("sparql"), node) else set()
        for predicate in self.graph.predicates(node):
            local = predicate.value.removeprefix(_SH)
            foreign = local == predicate.value
            known = local in _QUIET | own or local in ONE_BY_ONE
            if (foreign and predicate in self._custom) or not (foreign or known):
                raise self.error(
                    node,
                    f"{predicate} n'est pas pris en charge",
                    f"{predicate} is not supported",
                )
            if path is None and not foreign and local in _ONLY_PROPERTY:
                raise self.error(
                    node,
                    f"sh:{local} demande un sh:path",
                    f"sh:{local} needs a sh:path",
                )

    def _constraints(self, node: Node) -> Iterator[Constraint]:
        for name in ONE_BY_ONE:
            for value in self.graph.objects(node, sh(name)):
                if self._applies(node, name, value):
                    yield self._constraint(node, name, value)

    def _applies(self, node: Node, name: str, value: Term) -> bool:
        """Say whether a constraint is switched on."""
        if name in {"closed", "uniqueLang"}:
            return self._true(node, name)
        query = isinstance(value, ox.NamedNode) and name == "sparql"
        return not (query and self._true(self._node(node, name, value), "deactivated"))

    def _constraint(self, node: Node, name: str, value: Term) -> Constraint:
        values: tuple[Term, ...] = (value,)
        if name in _LISTS:
            values = tuple(self.graph.list(self._node(node, name, value)))
        if name in _SHAPES or name in _SHAPE_LISTS:
            members = [self.shape(self._node(node, name, each)) for each in values]
            members += self._siblings(node, value) if name.startswith("qual") else []
        else:
            members = []
        return Constraint(
            parameter=name,
            values=values,
            shapes=tuple(members),
            options=dict(self._options(node, name, value)),
            messages=self._messages(name, value),
        )

    def _messages(self, name: str, value: Term) -> Mapping[str, str]:
        """Return the messages that a SPARQL constraint bears itself."""
        if name == "sparql" and isinstance(value, ox.NamedNode):
            return self.graph.texts(value, sh("message"))
        return {}

    def _node(self, node: Node, name: str, value: Term) -> Node:
        if isinstance(value, ox.NamedNode):
            return value
        raise self.error(
            node,
            f"sh:{name} attend une forme ou une liste, pas {value}",
            f"sh:{name} expects a shape or a list, not {value}",
        )

    def _siblings(self, node: Node, own: Term) -> list[Shape]:
        """Return the other qualified value shapes of the shapes above this one."""
        if not self._true(node, "qualifiedValueShapesDisjoint"):
            return []
        return [
            self.shape(qualified)
            for parent in self.graph.subjects(sh("property"), node)
            for sibling in self.graph.nodes(parent, sh("property"))
            for qualified in self.graph.nodes(sibling, sh("qualifiedValueShape"))
            if qualified != own
        ]

    def _options(self, node: Node, name: str, value: Term) -> Iterator[tuple[str, str]]:
        """Yield the companion parameters of a constraint as text."""
        if name == "closed":
            yield "allowed", " ".join(self._allowed(node))
        elif name == "sparql":
            yield from self._sparql(node, self._node(node, name, value))
        else:
            for option in ("flags", "qualifiedMinCount", "qualifiedMaxCount"):
                found = self.graph.value(node, sh(option))
                if found is not None:
                    yield option, found.value

    def _allowed(self, node: Node) -> list[str]:
        """Return the properties that a closed shape allows, as SPARQL."""
        listed = [
            str(term)
            for head in self.graph.nodes(node, sh("ignoredProperties"))
            for term in self.graph.list(head)
        ]
        paths = [
            str(path)
            for member in self.graph.nodes(node, sh("property"))
            for path in self.graph.nodes(member, sh("path"))
            if not self.graph.is_blank(path)
        ]
        return sorted({*listed, *paths})

    def _sparql(self, node: Node, constraint: Node) -> Iterator[tuple[str, str]]:
        """Yield the query of a SPARQL constraint, with the prefixes it asks for."""
        select = self.graph.value(constraint, sh("select"))
        if not isinstance(select, ox.Literal):
            raise self.error(
                node, "sh:sparql sans sh:select", "sh:sparql without sh:select"
            )
        yield "select", self._prologue(constraint) + select.value

    def _prologue(self, constraint: Node) -> str:
        waiting = self.graph.nodes(constraint, sh("prefixes"))
        lines: dict[str, None] = {}
        seen: set[Node] = set()
        while waiting:
            holder = waiting.pop()
            if holder in seen:
                continue
            seen.add(holder)
            waiting += self.graph.nodes(holder, owl("imports"))
            for declaration in self.graph.nodes(holder, sh("declare")):
                prefix = self.graph.value(declaration, sh("prefix"))
                namespace = self.graph.value(declaration, sh("namespace"))
                if prefix is not None and namespace is not None:
                    lines[f"PREFIX {prefix.value}: <{namespace.value}>\n"] = None
        return "".join(lines)
