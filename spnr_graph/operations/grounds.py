"""Grounds: a derived statement → its chain of rules, and what is stated under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.derive.premises import why
from spnr_graph.namespaces import BASE, INFERENCE_GRAPH, PREFIXES
from spnr_graph.render.explained import Derived, Ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Identifier, URIRef

    from spnr_graph.derive.premises import Triple
    from spnr_graph.operations.said import Said

_ROLE: Final = PREFIXES["cv"] + "role"
_ACTOR: Final = PREFIXES["cv"] + "hasParticipant"
_INITIATIVE: Final = PREFIXES["spnr"] + "initiative"
#: What concepts and the ontology say makes rules work, but is no ground of a statement.
_FRAMEWORK: Final = (PREFIXES["spnr"], BASE + "voc/")


class Grounds:
    """Chains of rules, followed down to what sources state."""

    def __init__(self, said: Said, rules: tuple[tuple[str, str], ...]) -> None:
        """Follow these rules over what is said."""
        self._said = said
        self._rules = rules

    def of(self, triple: Triple) -> Derived:
        """Explain a derived statement.

        Raises:
            StoreError: the store does not answer.
        """
        rules: dict[str, None] = {}
        stated: dict[Triple, list[URIRef]] = {}
        self._follow(triple, rules, stated, {triple})
        return Derived(
            subject=triple[0],  # type: ignore[arg-type]
            about=triple[1],  # type: ignore[arg-type]
            value=triple[2],
            rules=tuple(rules),
            grounds=tuple(_grouped(stated)),
        )

    def _follow(
        self,
        triple: Triple,
        rules: dict[str, None],
        stated: dict[Triple, list[URIRef]],
        seen: set[Triple],
    ) -> None:
        for step in why(self._said.store, self._rules, triple):
            rules[step.rule] = None
            premises = [p for p in step.premises if not _is_framework(p)]
            self._said.fetch(p[0] for p in premises)  # type: ignore[misc]
            for premise in premises:
                if premise in seen:
                    continue
                seen.add(premise)
                graphs = self._graphs(premise)
                if graphs:
                    stated[premise] = graphs
                else:
                    self._follow(premise, rules, stated, seen)

    def _graphs(self, triple: Triple) -> list[URIRef]:
        """Return the sources that state a triple."""
        quads = self._said.of(triple[0])  # type: ignore[arg-type]
        graphs = (q[0] for q in quads if q[1:] == triple)
        return [graph for graph in graphs if str(graph) != INFERENCE_GRAPH]


def _is_framework(triple: Triple) -> bool:
    return str(triple[0]).startswith(_FRAMEWORK)


def _grouped(stated: dict[Triple, list[URIRef]]) -> Iterator[Ground]:
    """Yield one ground per thing, in the order of their IRIs."""
    about: dict[Identifier, dict[str, Identifier]] = {}
    graphs: dict[Identifier, set[URIRef]] = {}
    for (subject, predicate, value), sources in stated.items():
        about.setdefault(subject, {})[str(predicate)] = value
        graphs.setdefault(subject, set()).update(sources)
    for subject in sorted(about):
        yield Ground(
            iri=subject,  # type: ignore[arg-type]
            role=about[subject].get(_ROLE),
            actor=about[subject].get(_ACTOR),
            initiative=about[subject].get(_INITIATIVE),
            graphs=tuple(sorted(graphs[subject])),
        )
