"""SPARQL text → a checked ``Query`` whose parameters are bound safely."""

from spnr_graph.sparql.binding import bind, fill, is_iri
from spnr_graph.sparql.grammar import parse
from spnr_graph.sparql.header import parse_header
from spnr_graph.sparql.literals import DATATYPES, literal
from spnr_graph.sparql.model import Column, Form, Header, Parameter, Query

__all__ = [
    "DATATYPES",
    "Column",
    "Form",
    "Header",
    "Parameter",
    "Query",
    "bind",
    "fill",
    "is_iri",
    "literal",
    "parse",
    "parse_header",
]
