"""A graph of SHACL shapes as an index of terms, its blank nodes made IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES, SKOLEM, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A node of the shapes graph; blank ones are skolemised, so it is always an IRI.
Node: TypeAlias = ox.NamedNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_SHAPE: Final = SKOLEM + "forme-"


def sh(name: str) -> Node:
    """Return a term of SHACL."""
    return ox.NamedNode(PREFIXES["sh"] + name)


def rdf(name: str) -> Node:
    """Return a term of RDF."""
    return ox.NamedNode(PREFIXES["rdf"] + name)


def rdfs(name: str) -> Node:
    """Return a term of RDF Schema."""
    return ox.NamedNode(PREFIXES["rdfs"] + name)


def owl(name: str) -> Node:
    """Return a term of OWL."""
    return ox.NamedNode(PREFIXES["owl"] + name)


def shape_error(name: str, node: object, *, fr: str, en: str) -> DataError:
    """Return the error of a shape that cannot be used as it is."""
    label = shorten(node.value) if isinstance(node, ox.NamedNode) else str(node)
    if label.startswith(_SHAPE):
        label = "[ … ]"
    return DataError(
        fr=f"{name}, forme {label} : {fr}. Corriger la forme SHACL, ou la vérifier "
        "avec le moteur de référence pySHACL.",
        en=f"{name}, shape {label}: {en}. Correct the SHACL shape, or check it with "
        "the reference engine pySHACL.",
    )


class ShapesGraph:
    """Triples of shapes, looked up by subject and predicate."""

    def __init__(
        self, name: str, triples: Iterable[ox.Triple], *, skolem: str = _SHAPE
    ) -> None:
        """Index triples.

        Args:
            name: the file that messages cite.
            triples: shapes, or a report on them.
            skolem: what the IRIs of blank nodes begin with.
        """
        self.name = name
        self._skolem = skolem
        self.triples: list[tuple[Node, Node, Term]] = []
        self._objects: dict[tuple[Node, Node], list[Term]] = {}
        self._predicates: dict[Node, dict[Node, None]] = {}
        self._subjects: dict[tuple[Node, Term], dict[Node, None]] = {}
        numbers: dict[ox.BlankNode, int] = {}
        for triple in triples:
            subject = self._named(triple.subject, numbers)
            value = self._named(triple.object, numbers)
            if isinstance(subject, ox.NamedNode):
                self._add(subject, triple.predicate, value)

    def _add(self, subject: Node, predicate: Node, value: Term) -> None:
        self.triples.append((subject, predicate, value))
        values = self._objects.setdefault((subject, predicate), [])
        if value not in values:
            values.append(value)
        self._predicates.setdefault(subject, {})[predicate] = None
        self._subjects.setdefault((predicate, value), {})[subject] = None

    def _named(self, term: object, numbers: dict[ox.BlankNode, int]) -> Term:
        """Return the term itself, or the IRI that stands for a blank node."""
        if isinstance(term, ox.BlankNode):
            number = numbers.setdefault(term, len(numbers))
            return ox.NamedNode(f"{self._skolem}{number}")
        if isinstance(term, (ox.NamedNode, ox.Literal)):
            return term
        raise TypeError(f"a quoted triple in a graph of shapes: {term}")

    @classmethod
    def parse(cls, text: str, name: str, *, base: str | None = None) -> ShapesGraph:
        """Parse Turtle.

        Raises:
            DataError: the text is not Turtle; file, line and column are said.
        """
        try:
            quads = list(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base))
        except SyntaxError as exc:
            raise DataError(
                fr=f"{name}, ligne {exc.lineno}, colonne {exc.offset} : les formes ne "
                f"sont pas du Turtle valide ({exc.msg}). Corriger cette ligne.",
                en=f"{name}, line {exc.lineno}, column {exc.offset}: the shapes are "
                f"not valid Turtle ({exc.msg}). Correct this line.",
            ) from exc
        return cls(name, (quad.triple for quad in quads))

    def objects(self, subject: Node, predicate: Node) -> list[Term]:
        """Return the objects, in the order of the text."""
        return self._objects.get((subject, predicate), [])

    def nodes(self, subject: Node, predicate: Node) -> list[Node]:
        """Return the objects that must be nodes.

        Raises:
            DataError: one of them is a literal.
        """
        found: list[Node] = []
        for term in self.objects(subject, predicate):
            if not isinstance(term, ox.NamedNode):
                raise shape_error(
                    self.name,
                    subject,
                    fr=f"{shorten(predicate.value)} attend une IRI, pas {term}",
                    en=f"{shorten(predicate.value)} expects an IRI, not {term}",
                )
            found.append(term)
        return found

    def value(self, subject: Node, predicate: Node) -> Term | None:
        """Return the first object, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def predicates(self, subject: Node) -> Iterator[Node]:
        """Iterate over the predicates of a subject."""
        return iter(self._predicates.get(subject, ()))

    def subjects(self, predicate: Node, value: Term) -> list[Node]:
        """Return the subjects that have a value."""
        return list(self._subjects.get((predicate, value), ()))

    def all_subjects(self) -> Iterator[Node]:
        """Iterate over every subject, in the order of the text."""
        return iter(self._predicates)

    def list(self, head: Node) -> list[Term]:
        """Return the members of an RDF list.

        Raises:
            DataError: the list is broken, or never ends.
        """
        members: list[Term] = []
        seen: set[Node] = set()
        cell: Term | None = head
        while cell != rdf("nil"):
            first = self.value(cell, rdf("first")) if isinstance(cell, Node) else None
            if first is None or not isinstance(cell, Node) or cell in seen:
                raise shape_error(
                    self.name,
                    head,
                    fr="une liste est rompue",
                    en="a list is broken",
                )
            seen.add(cell)
            members.append(first)
            cell = self.value(cell, rdf("rest"))
        return members

    def is_blank(self, node: Node) -> bool:
        """Say whether the node had no IRI in the text."""
        return node.value.startswith(self._skolem)

    def texts(self, subject: Node, predicate: Node) -> Mapping[str, str]:
        """Return language → text, "" for texts without a language."""
        return {
            term.language or "": term.value
            for term in self.objects(subject, predicate)
            if isinstance(term, ox.Literal)
        }
