"""SPARQL text → Query; terms → slots."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import BNode

from spnr_graph import sparql
from spnr_graph.errors import QueryError
from spnr_graph.sparql import Column, Header, Parameter, Query

HEADER = """\
#+ question.fr: Quelles initiatives servent l'axe ?
#+ question.en: Which initiatives serve the axis?
#+ competency: CQ2
#+ param axe: spnr:PolicyAxis, required | Axe | Axis
#+ param date: xsd:date = 2026-01-01 | Date d'observation | Observation date
#+ param nom: xsd:string | Nom | Name
#+ column initiative: Initiative | Initiative
#+ example: axe=inclusion-numerique nom="Côte d'Or"
#+ empty: rien encore | nothing yet
"""
BODY = """\
PREFIX spnr: <https://w3id.org/spnr/def#>
SELECT ?initiative WHERE {
  VALUES ?axe { UNDEF }
  VALUES ?date { UNDEF }
  VALUES ?nom { UNDEF }
  ?initiative spnr:servesAxis ?axe .
}
"""
AXIS = URIRef("https://w3id.org/spnr/voc/axe/inclusion-numerique")


def refusal(text: str, name: str = "q", **options: bool) -> QueryError:
    with pytest.raises(QueryError) as caught:
        sparql.parse(text, name=name, **options)
    return caught.value


def test_parse_reads_form_columns_and_header() -> None:
    query = sparql.parse(HEADER + BODY, name="q")

    assert query == Query(
        name="q",
        text=HEADER + BODY,
        form="select",
        columns=("initiative",),
        has_dataset=False,
        header=Header(
            question={
                "fr": "Quelles initiatives servent l'axe ?",
                "en": "Which initiatives serve the axis?",
            },
            competency="CQ2",
            parameters=(
                Parameter(
                    name="axe",
                    kind="spnr:PolicyAxis",
                    required=True,
                    fr="Axe",
                    en="Axis",
                ),
                Parameter(
                    name="date",
                    kind="xsd:date",
                    default="2026-01-01",
                    fr="Date d'observation",
                    en="Observation date",
                ),
                Parameter(name="nom", kind="xsd:string", fr="Nom", en="Name"),
            ),
            columns=(Column(name="initiative", fr="Initiative", en="Initiative"),),
            example={"axe": "inclusion-numerique", "nom": "Côte d'Or"},
            empty={"fr": "rien encore", "en": "nothing yet"},
        ),
    )


@pytest.mark.parametrize(
    ("text", "form", "columns", "dataset"),
    [
        ("SELECT ?b (1 AS ?a) { ?b ?c ?d }", "select", ("b", "a"), False),
        ("SELECT (COUNT(*) AS ?n) FROM <x:y> {}", "select", ("n",), True),
        ("ASK FROM NAMED <x:y> {}", "ask", (), True),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "construct", (), False),
        ("DESCRIBE <x:y>", "describe", (), False),
        ("# SELECT\nBASE <x:> prefix a: <b> ASK {}", "ask", (), False),
        ("SELECT * { ?z ?y ?x }", "select", ("z", "y", "x"), False),
        ("SELECT * { { SELECT ?a { ?a ?b ?c } } }", "select", ("a",), False),
        (
            "SELECT * { { SELECT * { ?a <x:b> ?c } } ?d <x:e> ?a }",
            "select",
            ("a", "c", "d"),
            False,
        ),
        (
            "SELECT * { ?s <x:p> ?o MINUS { ?s ?z ?y } FILTER EXISTS { ?s ?q ?w } "
            "GRAPH ?h { ?s <x:p> ?o } VALUES (?k ?l) { (1 2) } BIND(?g AS ?n) "
            "OPTIONAL { ?s ?t ?u } FILTER(?v > 1) }",
            "select",
            ("s", "o", "h", "k", "l", "n", "t", "u"),
            False,
        ),
    ],
)
def test_parse_knows_the_four_forms(
    text: str, form: str, columns: tuple[str, ...], *, dataset: bool
) -> None:
    query = sparql.parse(text)

    assert (query.form, query.columns, query.has_dataset, query.header) == (
        form,
        columns,
        dataset,
        None,
    )


def test_star_columns_are_those_of_the_engine() -> None:
    text = (
        "SELECT * { ?s <x:p> ?o MINUS { ?s <x:q> ?y } FILTER(!BOUND(?v)) "
        "OPTIONAL { ?s ?t ?u } { SELECT ?k (1 AS ?n) { ?k ?i ?j } } }"
    )

    answer = pyoxigraph.Store().query(text)

    assert {v.value for v in answer.variables} == set(sparql.parse(text).columns)


def test_syntax_error_says_line_column_and_shows_the_place() -> None:
    error = refusal("SELECT ?a WHERE {\n\t?a ?b .\n}", name="essai")

    assert error.fr == (
        "essai, ligne 2, colonne 2 : ce n'est pas du SPARQL 1.1 à partir d'ici.\n"
        "     ?a ?b .\n"
        "     ^\n"
        "Corriger la requête à cet endroit, ou juste avant."
    )
    assert error.en.startswith("essai, line 2, column 2: not SPARQL 1.1 from here on.")


def test_empty_text_is_a_syntax_error() -> None:
    assert "line 1, column 1" in refusal("").en


def test_a_byte_order_mark_is_dropped() -> None:
    assert sparql.parse("\ufeffASK {}").text == "ASK {}"


@pytest.mark.parametrize(
    "keyword",
    ["INSERT DATA", "delete where", "LOAD <x:y>", "CLEAR ALL", "WITH <x:y> DELETE"],
)
def test_updates_are_refused_by_name(keyword: str) -> None:
    error = refusal(f"# SELECT\nPREFIX a: <x:y>\n{keyword} {{}}")

    assert error.en.startswith(f"q: {keyword.split()[0].upper()} changes data;")
    assert "spnr load" in error.fr


def test_deep_nesting_is_refused_not_fatal() -> None:
    error = refusal("SELECT * " + "{" * 3000 + "}" * 3000)

    assert "nested too deeply" in error.en


def test_impossible_escape_is_refused() -> None:
    assert "stands for no character" in refusal("ASK { ?a ?b '\\U00999999' }").en


def test_undeclared_prefix_is_located() -> None:
    error = refusal("ASK {\n ?a spnr:funds ?b }")

    assert error.en == (
        "q, line 2, column 5: the prefix 'spnr:' is not declared.\n"
        "     ?a spnr:funds ?b }\n"
        "        ^\n"
        "Add at the top: PREFIX spnr: <https://w3id.org/spnr/def#>"
    )


def test_complete_declares_known_prefixes_below_the_header() -> None:
    text = (
        "#+ question.fr: Quoi ?\n\n# axe:x\n"
        "BASE <https://example.org/>\n"
        "PREFIX owl: <x:mine#>\n"
        "ASK { ?a spnr:funds <axe:b> ; ^skos:broader|owl:b 'voc:c' }"
    )

    assert sparql.parse(text, complete=True).text == text.replace(
        "BASE",
        "PREFIX spnr: <https://w3id.org/spnr/def#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nBASE",
    )


def test_complete_still_refuses_unknown_prefixes() -> None:
    assert "prefix 'toto:'" in refusal("ASK { ?a toto:b ?c }", complete=True).en
    assert "prefix ':'" in refusal("ASK { ?a :b ?c }", complete=True).en


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        ("#+ titre: Quoi", "unknown header key 'titre'"),
        ("#+ question: Quoi", "unknown header key 'question'"),
        ("#+question.fr: Quoi", "malformed header line"),
        ("#+ question.fr:", "malformed header line"),
        ("#+ competency: 12", "malformed header line"),
        ("#+ param: xsd:date | a | b", "malformed header line"),
        ("#+ param d: xsd:date | a", "malformed header line"),
        ("#+ param d: xsd:date |  | b", "malformed header line"),
        ("#+ param D: xsd:date | a | b", "malformed header line"),
        ("#+ param d: xsd:gYear | a | b", "malformed header line"),
        ("#+ param d: foo:Bar | a | b", "malformed header line"),
        ("#+ param d: date | a | b", "malformed header line"),
        ("#+ param d: xsd:date = demain | a | b", "malformed header line"),
        ("#+ param d: spnr:Actor = inconnu | a | b", "malformed header line"),
        ("#+ column a: b", "malformed header line"),
        ("#+ question.fr a: b", "malformed header line"),
        ("#+ example: axe", "malformed header line"),
        ("#+ example: axe='l", "malformed header line"),
        ("#+ empty: rien", "malformed header line"),
    ],
)
def test_bad_header_line_says_file_and_line(line: str, fragment: str) -> None:
    error = refusal(f"# note\n{line}\nASK {{}}", name="fichier")

    assert error.en.startswith("fichier, line 2:")
    assert error.fr.startswith("fichier, ligne 2 :")
    assert fragment in error.en


def test_repeated_header_line_is_refused() -> None:
    error = refusal("#+ column a: x | y\n#+ column a: z | t\nSELECT ?a {}")

    assert "line 2: 'column a' is declared twice" in error.en


def test_header_line_below_the_query_is_refused() -> None:
    assert "line 2: a '#+' line stands below" in refusal("ASK {\n#+ a: b\n}").en


def test_parameter_without_slot_is_refused() -> None:
    error = refusal("#+ param d: xsd:date | a | b\nASK { VALUES ?d {UNDEF} }")

    assert "Write exactly VALUES ?d { UNDEF } in the pattern." in error.en


def test_slot_in_a_comment_is_no_slot() -> None:
    error = refusal("#+ param d: xsd:date | a | b\nASK {} # VALUES ?d { UNDEF }")

    assert "has no slot" in error.en


def test_slot_without_declaration_is_refused() -> None:
    error = refusal("#+ question.fr: Quoi ?\nASK { VALUES ?d { UNDEF } }")

    assert "the slot of 'd' is not declared" in error.en


def test_example_of_no_parameter_is_refused() -> None:
    assert "the example gives 'd'" in refusal("#+ example: d=1\nASK {}").en


def test_columns_must_be_those_of_the_query() -> None:
    error = refusal("#+ column b: x | y\nSELECT ?a ?b {}")

    assert "announces the columns b, the query gives a, b" in error.en


def test_bind_fills_slots_with_values_and_defaults() -> None:
    query = sparql.parse(HEADER + BODY, name="q")

    bound = sparql.bind(query, {"axe": AXIS, "nom": Literal("l'« axe »\n\\u0022")})

    assert bound.text.endswith(
        "SELECT ?initiative WHERE {\n"
        f"  VALUES ?axe {{ <{AXIS}> }}\n"
        '  VALUES ?date { "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> }\n'
        '  VALUES ?nom { "l\'« axe »\\n\\\\\\U000000750022" }\n'
        "  ?initiative spnr:servesAxis ?axe .\n}\n"
    )
    assert "#+ param" not in bound.text
    assert sparql.parse(bound.text, name="q") == bound


def test_bind_takes_out_the_slot_of_an_optional_parameter() -> None:
    bound = sparql.bind(sparql.parse(HEADER + BODY), {"axe": AXIS})

    assert "?nom" not in bound.text
    assert "UNDEF" not in bound.text


def test_bind_takes_an_iri_default() -> None:
    text = (
        "#+ param r: spnr:Role = role:porteur | Rôle | Role\n"
        "ASK { VALUES ?r { UNDEF } }"
    )

    bound = sparql.bind(sparql.parse(text), {})

    assert (
        bound.text == "ASK { VALUES ?r { <https://w3id.org/spnr/voc/role/porteur> } }"
    )


def test_bind_requires_what_is_required() -> None:
    with pytest.raises(QueryError) as caught:
        sparql.bind(sparql.parse(HEADER + BODY, name="q"), {})

    assert caught.value.fr == (
        "q : le paramètre « axe » est obligatoire (Axe). Ajouter : -p axe VALEUR."
    )


def test_bind_suggests_the_nearest_parameter() -> None:
    with pytest.raises(QueryError, match=r"unknown parameter 'axes'. Try: axe"):
        sparql.bind(sparql.parse(HEADER + BODY), {"axes": AXIS})
    with pytest.raises(QueryError, match=r"This question takes none\."):
        sparql.bind(sparql.parse("ASK {}"), {"axe": AXIS})


def test_bind_leaves_a_text_without_header_alone() -> None:
    query = sparql.parse("ASK { VALUES ?d { UNDEF } }")

    assert sparql.bind(query, {}) is query


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("axe", Literal("x")),
        ("axe", BNode("nobody")),
        ("date", AXIS),
        ("date", Literal("2026-01-01")),
        ("nom", Literal("x", lang="fr")),
        ("nom", Literal("1", datatype=XSD.integer)),
        ("axe", URIRef("https://x.org/> } INSERT")),
        ("axe", URIRef("relative")),
        ("axe", URIRef("https://x.org/\ud800")),
        ("nom", Literal("\ud800")),
        ("nom", Literal("\x00")),
    ],
)
def test_bind_refuses_a_term_of_another_kind(name: str, term: object) -> None:
    with pytest.raises(QueryError):
        sparql.bind(sparql.parse(HEADER + BODY), {"axe": AXIS, name: term})


def test_bind_refuses_an_ill_typed_date() -> None:
    term = Literal("2026-02-30", datatype=XSD.date, normalize=False)

    with pytest.raises(QueryError, match="takes a date, not '2026-02-30'"):
        sparql.bind(sparql.parse(HEADER + BODY), {"axe": AXIS, "date": term})


def test_bind_lets_the_column_of_an_absent_slot_go() -> None:
    text = "#+ param d: xsd:date | a | b\nSELECT * { VALUES ?d { UNDEF } ?a <x:b> ?c }"

    bound = sparql.bind(sparql.parse(text), {})

    assert bound.columns == ("a", "c")


def test_bind_refuses_a_text_that_changes_form() -> None:
    query = replace(sparql.parse(HEADER + BODY), form="ask")

    with pytest.raises(QueryError, match="changes the form of the query"):
        sparql.bind(query, {"axe": AXIS})


def test_fill_takes_many_terms_or_none() -> None:
    query = sparql.parse("SELECT ?i { VALUES ?i { UNDEF } VALUES ?j { UNDEF } }")

    filled = sparql.fill(query, {"i": [AXIS, Literal("x", lang="fr")], "j": []})

    assert filled.text == f'SELECT ?i {{ VALUES ?i {{ <{AXIS}> "x"@fr }}  }}'
    with pytest.raises(QueryError, match="neither an IRI nor a literal"):
        sparql.fill(query, {"i": [BNode("nobody")]})


CONDITIONAL = """\
#+ param lieu: dcterms:Location | Lieu | Place
SELECT ?a WHERE {
  ?a <x:b> "#? lieu" .
  { SELECT ?l { VALUES ?lieu { UNDEF } ?l <x:in> ?lieu } }  #? lieu
  ?a <x:at> ?l .#? lieu
}
"""


def test_lines_of_an_absent_parameter_go_away_with_its_slot() -> None:
    bound = sparql.bind(sparql.parse(CONDITIONAL), {})

    assert bound.text == 'SELECT ?a WHERE {\n  ?a <x:b> "#? lieu" .\n}\n'


def test_lines_of_a_given_parameter_stay_without_their_mark() -> None:
    bound = sparql.bind(sparql.parse(CONDITIONAL), {"lieu": AXIS})

    assert bound.text == (
        'SELECT ?a WHERE {\n  ?a <x:b> "#? lieu" .\n'
        f"  {{ SELECT ?l {{ VALUES ?lieu {{ <{AXIS}> }} ?l <x:in> ?lieu }} }}  \n"
        "  ?a <x:at> ?l .\n}\n"
    )


def test_a_condition_on_an_unknown_parameter_is_refused() -> None:
    error = refusal("#+ question.fr: Quoi ?\nASK {}  #? lieu")

    assert "the slot of 'lieu' is not declared" in error.en


HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\"'\\{}<>#?\n\r\t\b\f uU0025cC>INSERT"),
    st.sampled_from(
        [
            '" } INSERT DATA { <a:a> <a:b> <a:c> } #',
            "> } ; DROP ALL #",
            "\\u0022 } SELECT * { #",
            "\\\\U00000022",
            "\\",
            '"""',
            "\u2028\u2029\ufeff\u202e",
        ]
    ),
)
ECHO = sparql.parse(
    "#+ param nom: xsd:string, required | Nom | Name\n"
    "SELECT ?nom { VALUES ?nom { UNDEF } }"
)
ECHO_IRI = sparql.parse(
    "#+ param nom: spnr:Actor, required | Nom | Name\n"
    "SELECT ?nom { VALUES ?nom { UNDEF } }"
)


@settings(deadline=None, max_examples=300)
@given(HOSTILE)
def test_no_text_escapes_its_slot(text: str) -> None:
    try:
        bound = sparql.bind(ECHO, {"nom": Literal(text)})
    except QueryError:
        assert any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)
        return

    rows = [row[0].value for row in pyoxigraph.Store().query(bound.text)]
    reference = [str(row[0]) for row in Graph().query(bound.text)]

    assert rows == [text]
    assert reference == [text]


@settings(deadline=None, max_examples=200)
@given(HOSTILE)
def test_no_iri_escapes_its_slot(text: str) -> None:
    term = URIRef("https://example.org/" + text)
    try:
        bound = sparql.bind(ECHO_IRI, {"nom": term})
    except QueryError:
        return

    reference = [row[0] for row in Graph().query(bound.text)]

    assert reference == [term]
    assert bound.columns == ("nom",)


@pytest.mark.parametrize(
    ("kind", "text", "n3"),
    [
        ("xsd:date", " 2026-01-31 ", '"2026-01-31"^^xsd:date'),
        ("xsd:integer", "2000", '"2000"^^xsd:integer'),
        ("xsd:decimal", "12.5", '"12.5"^^xsd:decimal'),
        ("xsd:boolean", "Oui", '"true"^^xsd:boolean'),
        ("xsd:string", " a ", '" a "'),
    ],
)
def test_literal_is_typed(kind: str, text: str, n3: str) -> None:
    term = sparql.literal(kind, text)

    written = term.n3().replace("<http://www.w3.org/2001/XMLSchema#", "xsd:")
    assert written.replace(">", "") == n3


@pytest.mark.parametrize(
    ("kind", "text", "fr", "en"),
    [
        ("xsd:date", "31/01/2026", "une date", "a date"),
        ("xsd:date", "2026-02-30", "une date", "a date"),
        ("xsd:integer", "12.5", "un nombre entier", "a whole number"),
        ("xsd:date", "demain", "une date", "a date"),
        ("xsd:decimal", "12,5", "un nombre décimal", "a decimal number"),
        ("xsd:boolean", "peut-être", "vrai ou faux", "true or false"),
    ],
)
def test_ill_typed_text_gets_an_example(kind: str, text: str, fr: str, en: str) -> None:
    with pytest.raises(QueryError) as caught:
        sparql.literal(kind, text)

    example = sparql.DATATYPES[kind][2]
    assert (
        caught.value.fr == f"« {text} » n'est pas {fr}. Écrire par exemple {example}."
    )
    assert caught.value.en == f"'{text}' is not {en}. Write for example {example}."


def test_unknown_datatype_is_refused() -> None:
    with pytest.raises(QueryError, match="'xsd:gYear' is not supported"):
        sparql.literal("xsd:gYear", "2026")
