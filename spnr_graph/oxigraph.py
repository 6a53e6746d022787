"""Oxigraph's terms and syntaxes, seen from a house whose terms are rdflib's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox
from rdflib.term import BNode, Literal, URIRef

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from rdflib.graph import Graph
    from rdflib.term import Identifier

    from spnr_graph.table import Row

_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True)
class RdfSyntax:
    """A syntax for triples or quads.

    Attributes:
        name: the name users type.
        title: the name that messages show.
        suffixes: endings of file names, the preferred one first.
        media_types: what servers call it, the registered one first; ``text/plain``
            and ``application/json`` say too little to be here.
        format: Oxigraph's own constant.
        has_graphs: whether it can name graphs.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    format: ox.RdfFormat
    has_graphs: bool = False


@dataclass(frozen=True)
class ResultSyntax:
    """A syntax for the rows of a SELECT or the answer of an ASK."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    format: ox.QueryResultsFormat


RDF_SYNTAXES: Final[dict[str, RdfSyntax]] = {
    syntax.name: syntax
    for syntax in (
        RdfSyntax(
            "turtle",
            "Turtle",
            (".ttl", ".turtle"),
            ("text/turtle", "application/turtle", "application/x-turtle"),
            ox.RdfFormat.TURTLE,
        ),
        RdfSyntax(
            "trig",
            "TriG",
            (".trig",),
            ("application/trig", "application/x-trig"),
            ox.RdfFormat.TRIG,
            True,
        ),
        RdfSyntax(
            "ntriples",
            "N-Triples",
            (".nt",),
            ("application/n-triples",),
            ox.RdfFormat.N_TRIPLES,
        ),
        RdfSyntax(
            "nquads",
            "N-Quads",
            (".nq",),
            ("application/n-quads", "text/x-nquads", "text/nquads"),
            ox.RdfFormat.N_QUADS,
            True,
        ),
        RdfSyntax(
            "rdfxml",
            "RDF/XML",
            (".rdf", ".owl", ".xml"),
            ("application/rdf+xml", "application/xml", "text/xml"),
            ox.RdfFormat.RDF_XML,
        ),
        RdfSyntax(
            "jsonld",
            "JSON-LD",
            (".jsonld", ".json"),
            ("application/ld+json",),
            ox.RdfFormat.JSON_LD,
            True,
        ),
        RdfSyntax("n3", "N3", (".n3",), ("text/n3", "text/rdf+n3"), ox.RdfFormat.N3),
    )
}

RESULT_SYNTAXES: Final[dict[str, ResultSyntax]] = {
    syntax.name: syntax
    for syntax in (
        ResultSyntax("csv", "CSV", (".csv",), ("text/csv",), ox.QueryResultsFormat.CSV),
        ResultSyntax(
            "tsv",
            "TSV",
            (".tsv",),
            ("text/tab-separated-values",),
            ox.QueryResultsFormat.TSV,
        ),
        ResultSyntax(
            "json",
            "SPARQL Results JSON",
            (".srj", ".json"),
            ("application/sparql-results+json", "application/json"),
            ox.QueryResultsFormat.JSON,
        ),
        ResultSyntax(
            "xml",
            "SPARQL Results XML",
            (".srx", ".xml"),
            ("application/sparql-results+xml", "application/xml", "text/xml"),
            ox.QueryResultsFormat.XML,
        ),
    )
}


def rdf_syntax_of_name(file_name: str) -> RdfSyntax | None:
    """Return the RDF syntax that the end of a file name tells, through ``.gz``.

    Example:
        >>> rdf_syntax_of_name("data/acteurs.TTL.gz").name
        'turtle'
    """
    name = file_name.lower().removesuffix(".gz")
    return next((s for s in RDF_SYNTAXES.values() if name.endswith(s.suffixes)), None)


def rdf_syntax_of_media_type(media_type: str) -> RdfSyntax | None:
    """Return the RDF syntax of a Content-Type, parameters ignored.

    Example:
        >>> rdf_syntax_of_media_type("text/turtle; charset=utf-8").name
        'turtle'
    """
    bare = _bare(media_type)
    return next((s for s in RDF_SYNTAXES.values() if bare in s.media_types), None)


def result_syntax_of_media_type(media_type: str) -> ResultSyntax | None:
    """Return the results syntax of a Content-Type, parameters ignored.

    Example:
        >>> result_syntax_of_media_type("application/sparql-results+json").name
        'json'
    """
    bare = _bare(media_type)
    return next((s for s in RESULT_SYNTAXES.values() if bare in s.media_types), None)


def _bare(media_type: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Identifier:
    """Return the rdflib twin of an Oxigraph term, its lexical form untouched.

    Raises:
        DataError: a triple term or a base direction (RDF 1.2), which rdflib lacks.

    Example:
        >>> to_rdflib(ox.Literal("bonjour", language="fr"))
        rdflib.term.Literal('bonjour', lang='fr')
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal) and term.direction is None:
        return _literal(term)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise DataError(
        fr=f"Le terme {term} relève de RDF 1.2, que rdflib ne sait pas représenter. "
        "Écartez-le de la requête ou des données.",
        en=f"The term {term} is RDF 1.2, which rdflib cannot represent. "
        "Leave it out of the query or of the data.",
    )


def _literal(term: ox.Literal) -> Literal:
    """Return the rdflib twin of a literal."""
    text, language, datatype = term.value, term.language, term.datatype.value
    if language is not None:
        return _exactly(text, language, None, text)
    if datatype == _XSD_STRING:
        return _exactly(text, None, None, text)
    literal = Literal(text, datatype=datatype, normalize=False)
    if str(literal) == text:
        return literal
    return _exactly(text, None, literal.datatype, literal.value)


def _exactly(
    text: str, language: str | None, datatype: URIRef | None, value: object
) -> Literal:
    """Build a literal past rdflib's constructor.

    The constructor collapses the white space of xsd:token whatever ``normalize``
    says, and takes three quarters of the time of an answer of plain strings.
    """
    literal = str.__new__(Literal, text)
    literal._language, literal._datatype = language, datatype
    literal._value, literal._ill_typed = value, None
    return literal


def from_rdflib(term: Identifier) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the Oxigraph twin of an rdflib term.

    Raises:
        DataError: an IRI, a language tag or a text that RDF does not allow.

    Example:
        >>> str(from_rdflib(Literal("01", datatype=URIRef("urn:t"))))
        '"01"^^<urn:t>'
    """
    try:
        if isinstance(term, URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, Literal):
            return _ox_literal(term)
    except ValueError as exc:
        raise DataError(
            fr=f"Le terme {term!s:.200} n'est pas du RDF valide ({exc}). "
            "Corrigez-le à la source.",
            en=f"The term {term!s:.200} is not valid RDF ({exc}). "
            "Correct it at its source.",
        ) from exc
    raise DataError(
        fr=f"« {term!s:.200} » n'est ni un IRI, ni un littéral, ni un nœud anonyme. "
        "Donnez un terme RDF.",
        en=f'"{term!s:.200}" is neither an IRI nor a literal nor a blank node. '
        "Give an RDF term.",
    )


def _ox_literal(term: Literal) -> ox.Literal:
    """Return the Oxigraph twin of a literal."""
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype is not None:
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    return ox.Literal(str(term))


def columns(solutions: ox.QuerySolutions) -> tuple[str, ...]:
    """Return the names of the variables of an answer, in order."""
    return tuple(variable.value for variable in solutions.variables)


def rows(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Yield the rows of an answer as rdflib terms, as they arrive.

    They must be read in the thread that asked: Oxigraph's answers cannot change hands,
    and are let go at once so that no traceback takes them to another thread.
    """
    try:
        for solution in solutions:
            yield tuple(None if term is None else to_rdflib(term) for term in solution)
    finally:
        del solutions


def graph(triples: Iterable[ox.Triple | ox.Quad]) -> Graph:
    """Return an rdflib graph of the triples."""
    from rdflib.graph import Graph

    answer = Graph()
    for triple in triples:
        answer.add(
            (
                to_rdflib(triple.subject),
                to_rdflib(triple.predicate),
                to_rdflib(triple.object),
            )
        )
    return answer


def rewrite_results(
    source: BinaryIO, syntax: ResultSyntax, output: BinaryIO, target: ResultSyntax
) -> None:
    """Copy rows from one results syntax to another, reading to the very end.

    Raises:
        SyntaxError: the source is not in its syntax or stops too early.
    """
    answer = ox.parse_query_results(source, syntax.format)
    if isinstance(answer, ox.QueryBoolean):
        raise SyntaxError("a boolean where rows were asked for")  # noqa: TRY004
    try:
        answer.serialize(output, target.format)
    finally:
        del answer
