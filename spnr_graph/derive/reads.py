"""What a rule reads: the predicates that must be at hand before it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable

#: Parts of SPARQL that see more than triples of the merged view.
_FOREIGN: Final = frozenset({"Graph", "GraphGraphPattern", "ServiceGraphPattern"})
#: Groups of triples: as algebra, and as EXISTS keeps them.
_GROUPS: Final = frozenset({"BGP", "TriplesBlock"})


@dataclass(frozen=True, kw_only=True)
class Reads:
    """The predicates that a rule reads.

    Attributes:
        predicates: those that its text names.
        variables: SELECT queries, each with one column: the values that a variable in
            the place of a predicate can take, given the predicates above.
        everything: whether the rule may read any triple at all.
        foreign: whether the rule names graphs or services.
    """

    predicates: frozenset[URIRef] = frozenset()
    variables: tuple[str, ...] = ()
    everything: bool = False
    foreign: bool = False


def reads(text: str) -> Reads:
    """Return what a CONSTRUCT query reads.

    Example:
        >>> rule = "CONSTRUCT { ?a <urn:q> ?b } WHERE { ?a <urn:p> ?b }"
        >>> sorted(reads(rule).predicates)
        [rdflib.term.URIRef('urn:p')]
    """
    parts = list(nodes(prepareQuery(text).algebra))
    groups = [list(_triples(node)) for node in parts if node.name in _GROUPS]
    predicates: set[URIRef] = set()
    variables: list[str] = []
    everything = False
    for group in groups:
        for _, predicate, _ in group:
            if isinstance(predicate, Variable):
                values = _values(predicate, group)
                everything |= values is None
                variables += [values] if values else []
                continue
            named = list(_named(predicate))
            everything |= None in named
            predicates |= {each for each in named if each is not None}
    return Reads(
        predicates=frozenset(predicates),
        variables=tuple(variables),
        everything=everything,
        foreign=any(node.name in _FOREIGN for node in parts),
    )


def nodes(part: Any) -> Iterator[CompValue]:  # noqa: ANN401 - rdflib's algebra
    """Yield every node of an algebra, what EXISTS holds included."""
    if isinstance(part, CompValue):
        yield part
        for inner in part.values():
            yield from nodes(inner)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from nodes(inner)


def _triples(node: CompValue) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the triple patterns of a group; those of EXISTS are still flat."""
    if node.name == "BGP":
        yield from node.triples
        return
    for block in node.triples:
        terms = list(block)
        yield from zip(terms[::3], terms[1::3], terms[2::3], strict=True)


def _named(predicate: Any) -> Iterator[URIRef | None]:  # noqa: ANN401 - a path
    """Yield the predicates of a path; None where it can meet any triple."""
    if isinstance(predicate, URIRef):
        yield predicate
    elif isinstance(predicate, InvPath):
        yield from _named(predicate.arg)
    elif isinstance(predicate, (SequencePath, AlternativePath)):
        for part in predicate.args:
            yield from _named(part)
    elif isinstance(predicate, MulPath) and predicate.mod == "+":
        yield from _named(predicate.path)
    else:  # a negated set, or a path of length zero, which meets every node
        yield None


def _values(variable: Variable, group: list[tuple[Any, Any, Any]]) -> str | None:
    """Return the query for the values of a predicate variable.

    The same basic graph pattern must hold it as a subject or an object beside a named
    predicate; else nothing bounds it, and the answer is None.
    """
    bounding = [
        f"{s.n3()} {p.n3()} {o.n3()} ."
        for s, p, o in group
        if isinstance(p, URIRef) and variable in (s, o)
    ]
    if not bounding:
        return None
    return f"SELECT DISTINCT {variable.n3()} WHERE {{ {' '.join(bounding)} }}"
