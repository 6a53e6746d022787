"""Terms and syntaxes cross the door to Oxigraph unchanged."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import BNode, Identifier, Literal, URIRef, Variable

from spnr_graph import oxigraph
from spnr_graph.errors import DataError

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
DATATYPES = st.sampled_from(
    [f"{XSD}{name}" for name in ("integer", "token", "date", "boolean", "string")]
    + ["urn:type"]
)
TERMS = st.one_of(
    st.builds(ox.Literal, TEXT),
    st.builds(lambda t: ox.Literal(t, language="fr-be"), TEXT),
    st.builds(lambda t, d: ox.Literal(t, datatype=ox.NamedNode(d)), TEXT, DATATYPES),
    st.just(ox.NamedNode("urn:é")),
    st.just(ox.BlankNode("b1")),
)


@pytest.mark.filterwarnings("ignore")  # rdflib warns of "no such date" and the like
@given(term=TERMS)
def test_any_term_comes_back_as_it_went(
    term: ox.NamedNode | ox.BlankNode | ox.Literal,
) -> None:
    assert oxigraph.from_rdflib(oxigraph.to_rdflib(term)) == term


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ox.Literal("a", language="fr"), Literal("a", lang="fr")),
        (ox.Literal("a"), Literal("a")),
        (ox.Literal(7), Literal(7)),
        (ox.NamedNode("urn:a"), URIRef("urn:a")),
        (ox.BlankNode("b"), BNode("b")),
    ],
)
def test_terms_equal_those_of_rdflib(
    term: ox.NamedNode | ox.BlankNode | ox.Literal, expected: Identifier
) -> None:
    twin = oxigraph.to_rdflib(term)

    assert (twin, type(twin), twin.n3()) == (expected, type(expected), expected.n3())
    if isinstance(expected, Literal):
        assert isinstance(twin, Literal)
        assert (twin.value, twin.language) == (expected.value, expected.language)


def test_a_lexical_form_is_never_normalised() -> None:
    for text, name in (("01", "integer"), (" a  b ", "token"), ("1.50", "decimal")):
        literal = ox.Literal(text, datatype=ox.NamedNode(XSD + name))
        assert str(oxigraph.to_rdflib(literal)) == text


@pytest.mark.parametrize(
    "term", [URIRef("pas un iri"), Literal("a", datatype=URIRef("<>"))]
)
def test_a_term_that_rdf_does_not_allow_is_told(term: Identifier) -> None:
    with pytest.raises(DataError, match="is not valid RDF") as caught:
        oxigraph.from_rdflib(term)

    assert "Corrigez-le à la source." in caught.value.fr


def test_what_is_no_rdf_term_is_told() -> None:
    with pytest.raises(DataError, match="neither an IRI nor a literal"):
        oxigraph.from_rdflib(Variable("x"))


@pytest.mark.parametrize(
    "term",
    [
        ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")),
        ox.Literal("a", language="fr", direction=ox.BaseDirection.LTR),
    ],
)
def test_a_term_that_rdflib_lacks_is_told(term: ox.Triple | ox.Literal) -> None:
    with pytest.raises(DataError, match=r"is RDF 1\.2"):
        oxigraph.to_rdflib(term)


def test_every_rdf_syntax_is_found_by_its_names() -> None:
    for name, syntax in oxigraph.RDF_SYNTAXES.items():
        assert syntax.name == name
        assert syntax.has_graphs == syntax.format.supports_datasets
        assert ox.RdfFormat.from_media_type(syntax.media_types[0]) == syntax.format
        for suffix in syntax.suffixes:
            assert oxigraph.rdf_syntax_of_name(f"x{suffix}") is syntax
            assert oxigraph.rdf_syntax_of_name(f"X{suffix.upper()}.gz") is syntax
        for media_type in syntax.media_types:
            found = oxigraph.rdf_syntax_of_media_type(f" {media_type.upper()}; a=b")
            assert found is syntax


def test_every_result_syntax_is_found_by_its_media_types() -> None:
    for name, syntax in oxigraph.RESULT_SYNTAXES.items():
        assert syntax.name == name
        for media_type in syntax.media_types:
            assert oxigraph.result_syntax_of_media_type(media_type) is syntax


def test_an_unknown_syntax_is_none() -> None:
    assert oxigraph.rdf_syntax_of_name("lettre.odt") is None
    assert oxigraph.rdf_syntax_of_media_type("text/html") is None
    assert oxigraph.result_syntax_of_media_type("text/html") is None


def test_results_are_rewritten_from_one_syntax_to_another() -> None:
    tsv = b'?s\t?o\n<urn:a>\t"\xc3\xa9"@fr\n\t1\n'
    syntaxes, output = oxigraph.RESULT_SYNTAXES, io.BytesIO()

    oxigraph.rewrite_results(io.BytesIO(tsv), syntaxes["tsv"], output, syntaxes["csv"])

    assert output.getvalue() == "s,o\r\nurn:a,é\r\n,1\r\n".encode()


def test_a_boolean_is_no_rows() -> None:
    json = oxigraph.RESULT_SYNTAXES["json"]
    truth = io.BytesIO(b'{"head":{},"boolean":true}')

    with pytest.raises(SyntaxError, match="a boolean"):
        oxigraph.rewrite_results(truth, json, io.BytesIO(), json)
