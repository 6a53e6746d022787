"""Data against SHACL shapes: a staged contribution in, findings out.

Shapes are compiled to SPARQL and run on Oxigraph, which takes seconds where an
interpreter of SHACL takes minutes. What is not supported is refused by name when the
shapes are read; ``engine="pyshacl"`` asks the reference engine instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from spnr_graph.check.evaluate import Evaluation
from spnr_graph.check.messages import finding
from spnr_graph.check.reader import read_shapes
from spnr_graph.check.shapes import Shape
from spnr_graph.check.shapes_graph import ShapesGraph
from spnr_graph.check.supported import verify
from spnr_graph.findings import Finding, Report

Engine = Literal["compiled", "pyshacl"]
ENGINES: Final[tuple[Engine, ...]] = ("compiled", "pyshacl")


@dataclass(frozen=True, kw_only=True)
class Shapes:
    """Shapes ready to check any number of graphs.

    Attributes:
        graph: the shapes graph as it was read.
        shapes: those that have a target; none are read for the reference engine.
        engine: which engine checks.
    """

    graph: ShapesGraph
    shapes: tuple[Shape, ...]
    engine: Engine

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        name: str = "shapes.ttl",
        engine: Engine = "compiled",
        base: str | None = None,
    ) -> Shapes:
        """Read shapes in Turtle.

        Args:
            text: the shapes.
            name: where the text comes from, for messages.
            engine: ``compiled``, or ``pyshacl`` (the extra ``shacl``).
            base: IRI against which relative IRIs are resolved.

        Raises:
            DataError: the text is not Turtle; a shape is malformed or uses what the
                compiled engine does not support.
        """
        graph = ShapesGraph.parse(text, name, base=base)
        if engine == "pyshacl":
            return cls(graph=graph, shapes=(), engine=engine)
        shapes = read_shapes(graph)
        verify(graph, shapes)
        return cls(graph=graph, shapes=shapes, engine=engine)

    def check(
        self, store: ox.Store, *, source: str, graph: str | None = None
    ) -> list[Finding]:
        """Check what one named graph describes.

        Values and classes are looked up in the whole store, so that a role described
        in a reference graph counts.

        Args:
            store: every graph that matters to the check.
            source: name of the contribution, for the findings.
            graph: IRI of the graph whose things are checked; None checks all.
        """
        if self.engine == "pyshacl":
            from spnr_graph.check.reference import check_by_reference

            return check_by_reference(self.graph, store, source=source, graph=graph)
        results = Evaluation(store, graph).results(self.shapes)
        return [finding(result, source) for result in results]

    def report(self, store: ox.Store, sources: Mapping[str, str]) -> Report:
        """Check several named graphs of one staging store.

        Args:
            store: every graph that matters to the check.
            sources: IRI of a named graph → name of the contribution.
        """
        return Report.of(
            [
                found
                for graph, source in sources.items()
                for found in self.check(store, source=source, graph=graph)
            ]
        )
