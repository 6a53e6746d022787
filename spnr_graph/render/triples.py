"""N-Triples lines → subjects with their predicates and objects, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.turtle.terms import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RDF: Final = PREFIXES["rdf"]
XSD: Final = PREFIXES["xsd"]
TYPE: Final = RDF + "type"
STRING: Final = XSD + "string"
_TRIPLE: Final = re.compile(
    r"[ \t]*<([^>]*)>[ \t]*<([^>]*)>[ \t]*"
    r'(?:<([^>]*)>|"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?)'
    r"[ \t]*\.[ \t]*(?:#.*)?"
)
_NOTHING: Final = re.compile(r"[ \t]*(?:#.*)?")


class Value(NamedTuple):
    """An object: an IRI (``datatype`` empty) or a literal.

    Tuples compare quickly, and in an order that depends on nothing else.
    """

    text: str
    datatype: str = ""
    language: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether this is an IRI."""
        return not self.datatype


#: Subject → predicate → objects.
Nodes = dict[str, dict[str, set[Value]]]
_LANGUAGE_STRING: Final = RDF + "langString"


def nodes(lines: Iterable[bytes]) -> Nodes:
    """Group triples by subject and predicate, repeats dropped.

    Raises:
        DataError: a line is not a triple without blank nodes.
    """
    found: defaultdict[str, defaultdict[str, set[Value]]]
    found = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in _read(lines):
        found[subject][predicate].add(value)
    return {subject: dict(facts) for subject, facts in found.items()}


def _read(lines: Iterable[bytes]) -> Iterator[tuple[str, str, Value]]:
    iris: dict[str, str] = {}
    for line in lines:
        text = line.decode().rstrip("\r\n")
        match = _TRIPLE.fullmatch(text)
        if match is None:
            if _NOTHING.fullmatch(text):
                continue
            raise _not_a_triple(text)
        subject, predicate, iri, literal, language, datatype = match.groups()
        if "\\" in text:
            subject, predicate = unescape(subject), unescape(predicate)
            iri = iri and unescape(iri)
            literal = literal and unescape(literal)
            datatype = datatype and unescape(datatype)
        # One string per IRI, not one per place where it stands.
        subject = iris.setdefault(subject, subject)
        predicate = iris.setdefault(predicate, predicate)
        if iri is not None:
            value = Value(iris.setdefault(iri, iri))
        elif language:
            value = Value(literal, _LANGUAGE_STRING, language.lower())
        else:
            value = Value(
                literal, iris.setdefault(datatype or STRING, datatype or STRING)
            )
        yield subject, predicate, value


def _not_a_triple(line: str) -> DataError:
    shown = line.strip()[:200]
    return DataError(
        fr=f"Ce n'est pas un triplet N-Triples sans nœud anonyme : {shown}. Donner un "
        "IRI à chaque nœud, ou choisir le format ntriples.",
        en=f"This is not an N-Triples triple without blank nodes: {shown}. Give every "
        "node an IRI, or choose the ntriples format.",
    )
