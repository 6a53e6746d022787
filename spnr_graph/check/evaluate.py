"""Shapes evaluated over a store: compiled queries, and sets of nodes for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from spnr_graph.check.compile import (
    RDF_TYPE,
    Scope,
    condition,
    is_compiled,
    queries,
)
from spnr_graph.check.screen import Screen, Task
from spnr_graph.check.select import read_select
from spnr_graph.check.shapes import Constraint, Shape
from spnr_graph.check.shapes_graph import Term
from spnr_graph.namespaces import PREFIXES

_SUBCLASS: Final = f"<{PREFIXES['rdfs']}subClassOf>"
_QUALIFIED: Final = {"qualifiedMinCount": "Min", "qualifiedMaxCount": "Max"}
#: One row of a query: name of a variable → term, None where it is unbound.
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """One row of one constraint.

    Attributes:
        shape: the shape that is not met.
        constraint: the constraint of that shape.
        component: IRI of its component.
        focus: the node.
        path: SPARQL text of the path, or "".
        value: the offending term, if there is one.
        bindings: other columns of a SPARQL constraint, for its message.
    """

    shape: Shape
    constraint: Constraint
    component: str
    focus: Term
    path: str
    value: Term | None
    bindings: Row = field(default_factory=dict)


class Evaluation:
    """One store, whole or seen from one of its named graphs."""

    def __init__(self, store: ox.Store, graph: str | None) -> None:
        """Look at the targets of one named graph, or of the whole store."""
        self._store = store
        self._graph = graph
        self._below: dict[Term, tuple[Term, ...]] = {}

    def results(self, shapes: Iterable[Shape]) -> Iterator[Result]:
        """Check the targets of shapes."""
        tasks = (
            task
            for shape in shapes
            for target, term in shape.targets
            if self._any(focus := self._target(target, term))
            for task in _tasks(shape, focus)
        )
        for task in Screen(self._query, self._subclasses).remaining(tasks):
            yield from self._broken(task.shape, task.constraint, task.scope)

    def _query(self, query: str) -> Any:  # noqa: ANN401 - rows or a boolean
        """Ask the store, its default graph being the union of all."""
        return self._store.query(query, use_default_graph_as_union=True)

    def _any(self, focus: str) -> bool:
        return bool(self._query(f"ASK {{ {focus} }}"))

    def _subclasses(self, top: Term) -> tuple[Term, ...]:
        """Return a class and the classes below it in the data."""
        if top not in self._below:
            query = f"SELECT DISTINCT ?c WHERE {{ ?c {_SUBCLASS}+ {top} }}"
            found = {row["c"] for row in self._found(query)} - {top}
            named = (each for each in found if isinstance(each, ox.NamedNode))
            self._below[top] = (top, *sorted(named, key=str))
        return self._below[top]

    def _target(self, target: str, term: Term) -> str:
        """Return the focus pattern of a target."""
        if target == "targetNode":
            described = self._within("?this ?p ?o .")
            seen = "" if self._graph is None else f"FILTER EXISTS {{ {described} }}"
            return f"VALUES ?this {{ {term} }} {seen}"
        if target == "targetClass":
            classes = self._subclasses(term)
            if len(classes) == 1:
                return self._within(f"?this {RDF_TYPE} {term} .")
            listed = " ".join(map(str, classes))
            pattern = self._within(f"?this {RDF_TYPE} ?class .")
            pattern = f"VALUES ?class {{ {listed} }} {pattern}"
        elif target == "targetSubjectsOf":
            pattern = self._within(f"?this {term} ?any .")
        else:
            pattern = self._within(f"?any {term} ?this .")
        return f"{{ SELECT DISTINCT ?this WHERE {{ {pattern} }} }}"

    def _within(self, pattern: str) -> str:
        """Return a pattern that must hold in the graph that is checked."""
        return (
            pattern if self._graph is None else f"GRAPH <{self._graph}> {{ {pattern} }}"
        )

    def _failing(self, shape: Shape, focus: str) -> set[Term]:
        """Return the focus nodes that do not conform to a shape."""
        scope = Scope(focus=focus, path=shape.path)
        return {
            result.focus
            for constraint in shape.constraints
            for result in self._broken(shape, constraint, scope)
        }

    def _broken(self, shape: Shape, c: Constraint, scope: Scope) -> Iterator[Result]:
        """Yield the results of one constraint of a shape."""
        if is_compiled(c):
            for query in queries(scope, c, self._subclasses):
                yield from (self._read(shape, c, row) for row in self._found(query))
        elif c.parameter == "sparql":
            yield from self._select(shape, c, scope)
        elif c.parameter == "qualifiedValueShape":
            yield from self._qualified(shape, c, scope)
        else:
            bad = self._unlogical(c, scope.as_focus())
            for focus, value in self._pairs(scope, bad):
                yield self._plain(shape, c, focus, value)

    def _plain(
        self, shape: Shape, c: Constraint, focus: Term, value: Term | None
    ) -> Result:
        path = str(shape.path) if shape.path else ""
        return Result(shape, c, c.component, focus, path, value)

    def _found(self, query: str) -> Iterator[Row]:
        """Run a query and yield its rows by column."""
        answer = self._query(query)
        names = [variable.value for variable in answer.variables]
        for row in answer:
            yield dict(zip(names, row, strict=True))

    def _read(self, shape: Shape, c: Constraint, row: Row) -> Result:
        """Read a row of a query with ?this, and perhaps ?value and ?path."""
        focus = row["this"]
        value = row.get("value")
        if value is None and shape.path is None and c.parameter != "hasValue":
            value = focus
        path = str(row.get("path") or shape.path or "")
        return Result(shape, c, c.component, focus, path, value, row)

    def _unlogical(self, c: Constraint, nodes: str) -> set[Term]:
        """Return the nodes that break a constraint made of other shapes."""
        failing = [self._failing(shape, nodes) for shape in c.shapes]
        if c.parameter in {"node", "property", "and"}:
            return set().union(*failing)
        if c.parameter == "or" and failing:
            return failing[0].intersection(*failing[1:])
        everything = self._all(nodes)
        if c.parameter in {"not", "or"}:
            return everything - failing[0] if failing else everything
        failures = Counter(node for each in failing for node in each)
        return {node for node in everything if failures[node] != len(failing) - 1}

    def _all(self, focus: str) -> set[Term]:
        """Return every node that a focus pattern binds."""
        return {row[0] for row in self._query(f"SELECT ?this WHERE {{ {focus} }}")}

    def _pairs(self, scope: Scope, bad: set[Term]) -> Iterator[tuple[Term, Term]]:
        """Yield (focus, value) for the values that are bad."""
        if scope.path is None or not bad:
            yield from ((node, node) for node in bad)
            return
        for focus, value in self._values(scope):
            if value in bad:
                yield focus, value

    def _values(self, scope: Scope) -> Iterator[tuple[Term, Term]]:
        query = f"SELECT DISTINCT ?this ?value WHERE {{ {scope.values} }}"
        return ((row[0], row[1]) for row in self._query(query))

    def _qualified(self, shape: Shape, c: Constraint, scope: Scope) -> Iterator[Result]:
        """Count the values that conform to a qualified shape and to no sibling."""
        wanted, *siblings = c.shapes
        good = condition(wanted, "?value", self._subclasses)
        least = int(c.options.get("qualifiedMinCount", 0))
        simple = not siblings and least == 1 and "qualifiedMaxCount" not in c.options
        if good is not None and simple:
            yield from self._lacking(shape, c, scope, good)
            return
        nodes = scope.as_focus()
        outside = self._failing(wanted, nodes)
        for sibling in siblings:
            outside |= self._all(nodes) - self._failing(sibling, nodes)
        counts = Counter(f for f, value in self._values(scope) if value not in outside)
        for focus in self._all(scope.focus):
            yield from self._miscounted(shape, c, focus, counts[focus])

    def _lacking(
        self, shape: Shape, c: Constraint, scope: Scope, good: str
    ) -> Iterator[Result]:
        """Find the nodes without any conforming value, in one query."""
        absent = f"FILTER NOT EXISTS {{ {scope.reach('?value')} FILTER({good}) }}"
        query = f"SELECT DISTINCT ?this WHERE {{ {scope.focus} {absent} }}"
        for row in self._found(query):
            yield self._plain(shape, c, row["this"], None)

    def _miscounted(
        self, shape: Shape, c: Constraint, focus: Term, count: int
    ) -> Iterator[Result]:
        for option, extreme in _QUALIFIED.items():
            bound = int(c.options.get(option, count))
            if count < bound if extreme == "Min" else count > bound:
                component = c.component.replace("Min", extreme)
                path = str(shape.path)
                yield Result(shape, c, component, focus, path, None)

    def _select(self, shape: Shape, c: Constraint, scope: Scope) -> Iterator[Result]:
        """Run the query of a SPARQL constraint."""
        path = str(shape.path) if shape.path else None
        select = read_select(c.options["select"], path)
        if select.flat:
            bulk = self._found(select.bulk(scope.focus))
            yield from (self._read(shape, c, row) for row in bulk)
            return
        for node in self._all(scope.focus):
            for row in self._found(select.about(node)):
                yield self._read(shape, c, {**row, "this": node})


def _tasks(shape: Shape, focus: str) -> Iterator[Task]:
    """Yield the constraints of a shape; property shapes below it report themselves."""
    scope = Scope(focus=focus, path=shape.path)
    for constraint in shape.constraints:
        if constraint.parameter == "property":
            yield from _tasks(constraint.shapes[0], scope.as_focus())
        else:
            yield Task(shape, constraint, scope)
