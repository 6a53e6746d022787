"""Constraints that one look at a whole property clears, before any node is visited.

Most constraints hold on most graphs. Reading all pairs (subject, value) of a property
once and comparing sets says so for several constraints at the price of one, and costs
less than asking the engine node by node. What is not cleared here is evaluated exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from spnr_graph.check.compile import (
    RDF_TYPE,
    Scope,
    Subclasses,
    is_test,
    violates,
)
from spnr_graph.check.shapes import Constraint, Shape

_TSV: Final = ox.QueryResultsFormat.TSV
#: Constraints that a property without any value cannot break.
_VACUOUS: Final = frozenset({
    "maxCount", "uniqueLang", "disjoint", "lessThan", "lessThanOrEquals", "node", "and",
    "or", "not", "xone",
})  # fmt: skip
#: Constraints that the pairs of a property can clear.
_BY_PAIRS: Final = frozenset({"minCount", "maxCount", "uniqueLang", "class"})


@dataclass(frozen=True)
class Task:
    """One constraint of one shape on the nodes of one focus."""

    shape: Shape
    constraint: Constraint
    scope: Scope

    @property
    def predicate(self) -> str:
        """Return the property that the constraint is about, "" for any other path."""
        path = self.scope.path
        return str(path) if path is not None and not path.op else ""


class Screen:
    """The sets that tasks are compared with; each is read once."""

    def __init__(self, query: Callable[[str], Any], subclasses: Subclasses) -> None:
        """Ask a store whose default graph is the union of all."""
        self._query = query
        self._subclasses = subclasses
        self._instances: dict[str, frozenset[bytes]] = {}

    def remaining(self, tasks: Iterable[Task]) -> list[Task]:
        """Return the tasks that may have something to tell."""
        groups: dict[str, list[Task]] = {}
        for task in tasks:
            groups.setdefault(task.predicate, []).append(task)
        return [
            task
            for predicate, group in groups.items()
            for task in (self._sift(predicate, group) if predicate else group)
        ]

    def _sift(self, predicate: str, group: list[Task]) -> list[Task]:
        """Return the tasks on a property that are not cleared."""
        if not self._query(f"ASK {{ ?this {predicate} ?value }}"):
            return [task for task in group if not _holds_without_values(task)]
        tested = [task for task in group if not self._passes(predicate, task)]
        if sum(task.constraint.parameter in _BY_PAIRS for task in tested) < 2:
            return tested  # the exact query costs less than reading the pairs
        pairs = self._rows(f"?this ?value WHERE {{ ?this {predicate} ?value }}")
        values: dict[bytes, bytes] = {}
        for pair in pairs:
            subject, _, value = pair.partition(b"\t")
            values[subject] = value
        single = len(values) == len(pairs)
        named = {pair.partition(b"\t")[2] for pair in pairs}
        return [t for t in tested if not self._clears(t, values, named, single=single)]

    def _passes(self, predicate: str, task: Task) -> bool:
        """Say whether no value of the property, wherever it is, breaks a test."""
        c = task.constraint
        if not is_test(c) or c.parameter == "class":
            return False
        broken = violates("?value", c, self._subclasses)
        return not self._query(f"ASK {{ ?this {predicate} ?value FILTER({broken}) }}")

    def _clears(
        self,
        task: Task,
        subjects: Mapping[bytes, bytes],
        values: set[bytes],
        *,
        single: bool,
    ) -> bool:
        """Say whether the pairs of a property show that a constraint holds."""
        c = task.constraint
        if c.parameter == "uniqueLang":
            return single
        if c.parameter == "maxCount":
            return single and c.number >= 1
        if c.parameter == "class":
            patterns = (
                f"?this {RDF_TYPE} {k} ." for k in self._subclasses(c.values[0])
            )
            return values <= frozenset().union(*map(self._nodes, patterns))
        if c.parameter == "minCount" and c.number <= 1:
            return self._nodes(task.scope.focus) <= subjects.keys()
        return False

    def _nodes(self, pattern: str) -> frozenset[bytes]:
        """Return the nodes that a pattern binds."""
        if pattern not in self._instances:
            rows = self._rows(f"?this WHERE {{ {pattern} }}")
            self._instances[pattern] = frozenset(rows)
        return self._instances[pattern]

    def _rows(self, rest: str) -> set[bytes]:
        """Return the rows of a SELECT as lines of tab-separated terms."""
        answer = self._query(f"SELECT {rest}").serialize(format=_TSV)
        return set(answer.split(b"\n")[1:-1])


def _holds_without_values(task: Task) -> bool:
    """Say whether a constraint holds on a property that nobody uses."""
    return is_test(task.constraint) or task.constraint.parameter in _VACUOUS
