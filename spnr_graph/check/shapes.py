"""SHACL shapes as values that can be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from spnr_graph.check.paths import Path
from spnr_graph.check.shapes_graph import Node, Term
from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES

_SH: Final = PREFIXES["sh"]


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """One constraint of one shape.

    Attributes:
        parameter: local name of the SHACL parameter (``minCount``).
        values: its value, or the members of its list.
        shapes: the shapes that it refers to; for a qualified value shape, the shape
            first and its siblings after.
        options: companion parameters (``flags``, ``qualifiedMinCount``, ``select``…).
        messages: language → message of the constraint itself (SPARQL only).
    """

    parameter: str
    values: tuple[Term, ...]
    shapes: tuple[Shape, ...]
    options: Mapping[str, str]
    messages: Mapping[str, str]

    @property
    def component(self) -> str:
        """Return the IRI of the constraint component."""
        special = {
            "sparql": "SPARQLConstraint",
            "qualifiedValueShape": "QualifiedMinCountConstraint",
        }
        name = self.parameter[0].upper() + self.parameter[1:] + "Constraint"
        return f"{_SH}{special.get(self.parameter, name)}Component"

    @property
    def number(self) -> int:
        """Return the value as a number."""
        return int(self.values[0].value)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A node shape (no path) or a property shape.

    Attributes:
        node: the node of the shapes graph.
        name: its IRI, or that of the nearest shape above it that has one.
        path: None for a node shape.
        severity: how serious its findings are.
        messages: language → message, "" for a message without language.
        targets: (``targetClass`` and the like, term); empty for a nested shape.
        constraints: in the order of the SHACL parameters.
    """

    node: Node
    name: str
    path: Path | None
    severity: Severity
    messages: Mapping[str, str]
    targets: tuple[tuple[str, Term], ...]
    constraints: tuple[Constraint, ...]
