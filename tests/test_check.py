"""Data against shapes: both engines agree, and what is not supported is refused."""

import json
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spnr_graph.check import Shapes
from spnr_graph.check.paths import Path as PropertyPath
from spnr_graph.check.paths import parse_path
from spnr_graph.check.results import report_graph, report_ntriples, report_turtle
from spnr_graph.check.select import read_select
from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import PREFIXES
from tests import needs

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((Path(__file__).parent / "fixtures" / "shapes").rglob("*.ttl"))
REFERENCE = [
    ROOT / "ontology" / "spnr.ttl",
    *sorted((ROOT / "ontology" / "voc").glob("*.ttl")),
]
SH = PREFIXES["sh"]
HEAD = """
@prefix : <urn:x:> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


AIMED = ":S a sh:NodeShape ; sh:targetClass :C ; "
SOME_P = "[ sh:path :p ; sh:minCount 1 ]"


def shapes(text: str, **options) -> Shapes:
    return Shapes.parse(HEAD + text, name="formes.ttl", **options)


def staged(**graphs: str) -> ox.Store:
    store = ox.Store()
    for name, text in graphs.items():
        store.load(
            HEAD + text, ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"urn:{name}")
        )
    return store


def foci(found) -> list[str]:
    return sorted(finding.focus.removeprefix("urn:x:") for finding in found)


def project_shapes(**options) -> Shapes:
    text = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    return Shapes.parse(text, **options)


# --- the examples of the ontology, and the reference engine ---------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_an_example_gives_exactly_the_expected_findings(path):
    store = ox.Store()
    for each in REFERENCE:
        store.load(path=str(each), to_graph=ox.NamedNode("urn:reference"))
    store.load(path=str(path), to_graph=ox.NamedNode("urn:data"))

    found = project_shapes().check(store, source="essai", graph="urn:data")

    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert {(f.shape, f.focus, f.severity.name) for f in found} == {
        (each["shape"], each["focus"], each["severity"].upper()) for each in expected
    }
    assert all(f.fr and f.en and f.fr != f.en and f.source == "essai" for f in found)


@pytest.mark.slow
def test_both_engines_find_the_same_in_all_the_examples_together():
    needs.package("pyshacl")
    store = ox.Store()
    for path in [*REFERENCE, *EXAMPLES]:
        store.load(path=str(path), to_graph=ox.NamedNode("urn:data"))

    found = project_shapes().check(store, source="essai")
    reference = project_shapes(engine="pyshacl").check(store, source="essai")

    assert len({finding.shape for finding in found}) > 50
    assert Report.of(found) == Report.of(reference)


EVERY_CONSTRAINT = """
:S a sh:NodeShape ; sh:targetClass :C ; sh:targetSubjectsOf :p ; sh:targetObjectsOf :q ;
  sh:property
    [ sh:path :p ; sh:minCount 1 ; sh:maxCount 2 ; sh:message "p"@fr , "p"@en ],
    [ sh:path :p ; sh:nodeKind sh:IRI ], [ sh:path :p ; sh:class :D ],
    [ sh:path :n ; sh:datatype xsd:integer ], [ sh:path :n ; sh:minInclusive 2 ],
    [ sh:path :n ; sh:maxExclusive 5 ; sh:severity sh:Warning ],
    [ sh:path :n ; sh:in ( 1 2 3 "a" ) ], [ sh:path :n ; sh:lessThan :m ],
    [ sh:path :l ; sh:uniqueLang true ], [ sh:path :l ; sh:languageIn ( "fr" "en" ) ],
    [ sh:path :l ; sh:minLength 2 ], [ sh:path :l ; sh:pattern "^[ab]" ; sh:flags "i" ],
    [ sh:path :l ; sh:qualifiedValueShape [ sh:languageIn ( "fr" ) ] ;
      sh:qualifiedMinCount 1 ],
    [ sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ;
      sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ],
    [ sh:path ( :p [ sh:inversePath :q ] ) ; sh:maxCount 1 ],
    [ sh:path [ sh:alternativePath ( :p :q ) ] ; sh:node :T ],
    [ sh:path [ sh:oneOrMorePath :p ] ; sh:disjoint :q ],
    [ sh:path :p ; sh:equals :q ; sh:hasValue :a ],
    [ sh:path :p ; sh:property [ sh:path :n ; sh:minCount 1 ] ] ;
  sh:or ( [ sh:path :n ; sh:minCount 1 ] [ sh:class :D ] ) ;
  sh:not [ sh:class :D ; sh:property [ sh:path :n ; sh:minCount 2 ] ] ;
  sh:xone ( [ sh:class :C ] [ sh:class :D ] ) .
:T sh:and ( [ sh:nodeKind sh:IRI ] [ sh:property [ sh:path :n ; sh:maxCount 1 ] ] ) .
:Closed a sh:NodeShape ; sh:targetClass :D ; sh:closed true ;
  sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
  sh:property [ sh:path :p ] .
"""
NODES = st.sampled_from([":a", ":b", ":c"])
TRIPLES = st.one_of(
    st.tuples(NODES, st.just("a"), st.sampled_from([":C", ":D", ":E"])),
    st.tuples(NODES, st.sampled_from([":p", ":q"]), NODES),
    st.tuples(NODES, st.just(":p"), st.sampled_from(['"a"', "1"])),
    st.tuples(
        NODES,
        st.sampled_from([":n", ":m"]),
        st.sampled_from(["1", "2", "4", "5", '"a"']),
    ),
    st.tuples(
        NODES,
        st.just(":l"),
        st.sampled_from(['"a"@fr', '"ab"@fr', '"B"@en', '"c"', ":a"]),
    ),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.lists(TRIPLES, max_size=12))
def test_both_engines_find_the_same_in_any_data(triples):
    needs.package("pyshacl")
    text = ":E rdfs:subClassOf :C .\n" + "".join(
        f"{s} {p} {o} .\n" for s, p, o in triples
    )
    store = staged(data=text)

    found = shapes(EVERY_CONSTRAINT).check(store, source="x")

    reference = shapes(EVERY_CONSTRAINT, engine="pyshacl").check(store, source="x")
    assert Report.of(found) == Report.of(reference)


# --- where a check looks --------------------------------------------------------

NAMED = (
    ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :D ] ."
)


def test_values_are_looked_up_in_the_whole_store_and_targets_in_one_graph():
    store = staged(
        one=":a a :C ; :p :d . :b a :C ; :p :e .", two=":d a :D . :c a :C ; :p :e ."
    )

    assert foci(shapes(NAMED).check(store, source="x", graph="urn:one")) == ["b"]
    assert foci(shapes(NAMED).check(store, source="x", graph="urn:two")) == ["c"]
    assert foci(shapes(NAMED).check(store, source="x")) == ["b", "c"]


def test_a_report_on_several_graphs_names_their_sources():
    store = staged(one=":a a :C ; :p :e .", two=":b a :C ; :p :e . :c a :C .")

    report = shapes(NAMED).report(store, {"urn:one": "un", "urn:two": "deux"})

    assert [(f.source, f.focus) for f in report.findings] == [
        ("deux", "urn:x:b"),
        ("un", "urn:x:a"),
    ]


def test_subclasses_count_as_targets_and_as_values():
    text = ":E rdfs:subClassOf :C . :F rdfs:subClassOf :D . "
    store = staged(data=text + ":a a :E ; :p :f . :f a :F . :b a :E ; :p :b .")

    assert foci(shapes(NAMED).check(store, source="x", graph="urn:data")) == ["b"]


def test_a_class_that_is_a_shape_targets_its_instances():
    implicit = f":C a sh:NodeShape , owl:Class ; sh:property {SOME_P} ."

    found = shapes(implicit).check(staged(data=":a a :C ."), source="x")

    assert foci(found) == ["a"]


def test_a_target_node_is_checked_where_it_is_described():
    one = f":S a sh:NodeShape ; sh:targetNode :a ; sh:property {SOME_P} ."
    store = staged(one=":a :q 1 .", two=":b :q 1 .")

    assert foci(shapes(one).check(store, source="x", graph="urn:one")) == ["a"]
    assert foci(shapes(one).check(store, source="x", graph="urn:two")) == []
    assert foci(shapes(one).check(ox.Store(), source="x")) == ["a"]


def test_the_same_value_in_two_graphs_is_one_value():
    text = ":S a sh:NodeShape ; sh:targetClass :C ; sh:property "
    text += "[ sh:path :p ; sh:maxCount 1 ] , [ sh:path :p ; sh:maxCount 2 ] , "
    text += "[ sh:path :l ; sh:uniqueLang true ] ."
    data = ':a a :C ; :p 1 ; :l "x"@fr .'

    assert shapes(text).check(staged(one=data, two=data), source="x") == []


# --- what a finding says --------------------------------------------------------


def test_a_finding_tells_all_it_knows():
    text = """:S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path
      [ sh:inversePath :p ] ; sh:class :D ; sh:severity sh:Info ; sh:message
      "{?value} n'est pas D."@fr , "{?value} is not D."@en ] ."""

    found = shapes(text).check(staged(data=":a a :C . :b :p :a ."), source="essai")

    assert found == [
        Finding(
            source="essai",
            severity=Severity.INFO,
            focus="urn:x:a",
            shape="urn:x:S",
            path="^<urn:x:p>",
            value="<urn:x:b>",
            component=SH + "ClassConstraintComponent",
            fr="urn:x:b n'est pas D.",
            en="urn:x:b is not D.",
        )
    ]


def test_a_shape_without_message_speaks_in_both_languages():
    text = AIMED + "sh:property [ sh:path :p ; sh:minCount 2 ] ."

    (found,) = shapes(text).check(staged(data=":a a :C ; :p 1 ."), source="x")

    assert (found.fr, found.en) == (
        "Il faut au moins 2 valeur(s).",
        "At least 2 value(s) must be given.",
    )


def test_a_message_without_language_serves_for_both():
    text = AIMED + 'sh:message "Non." ; sh:nodeKind sh:Literal .'

    (found,) = shapes(text).check(staged(data=":a a :C ."), source="x")

    assert (found.fr, found.en, found.value) == ("Non.", "Non.", "<urn:x:a>")


# --- SPARQL constraints ---------------------------------------------------------

SPARQL = """:S a sh:NodeShape ; sh:targetClass :C ; sh:message "Voir {{?q}}."@fr ;
  sh:sparql [ sh:prefixes :P ; sh:select \"\"\"{query}\"\"\" ] .
:P sh:declare [ sh:prefix "x" ; sh:namespace "urn:x:"^^xsd:anyURI ] ."""
DATA = ":a a :C ; :p :b ; :q 1 . :b a :C ; :p :c ; :q 2 . :c :q 2 ."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT $this ?q WHERE { $this x:p/x:q ?q . $this x:q ?q }", ["b"]),
        ("SELECT $this WHERE { { FILTER($this = x:a) } }", ["a"]),
        ("SELECT $this WHERE { { $this x:q 1 } UNION { $this x:q 2 } }", ["a", "b"]),
        (
            "SELECT $this (COUNT(?b) AS ?n) WHERE { $this x:p ?b } GROUP BY $this",
            ["a", "b"],
        ),
        ("SELECT $this WHERE { FILTER NOT EXISTS { $this x:p/x:p ?x } }", ["b"]),
        ("SELECT $this WHERE { $this x:q ?q } LIMIT 1", ["a", "b"]),
        (
            "SELECT $this WHERE { $this x:q 1 . FILTER EXISTS { { $this x:p ?x } } }",
            ["a"],
        ),
        ("SELECT $this WHERE { $this x:q 1 . # { nested? }\n }", ["a"]),
        ("SELECT $this WHERE { { FILTER (BOUND( $this ) && BOUND(?no)) } }", []),
        ("SELECT ?q WHERE { $this x:q ?q . FILTER(?q = 1) }", ["a"]),
    ],
)
def test_this_is_bound_as_shacl_says(query, expected):
    text = SPARQL.format(query=query)

    found = shapes(text).check(staged(data=DATA), source="x", graph="urn:data")

    assert foci(found) == expected


def test_columns_of_a_query_fill_its_message():
    text = SPARQL.format(
        query="SELECT $this ?q ?path WHERE { $this ?path ?q . FILTER(?q = 1) }"
    )

    (found,) = shapes(text).check(staged(data=DATA), source="x")

    assert (found.fr, found.en) == ("Voir 1.", "A rule of the shape is not met.")
    assert (found.path, found.value) == ("<urn:x:q>", "<urn:x:a>")


def test_a_property_shape_gives_its_path_to_the_query():
    text = """:S a sh:PropertyShape ; sh:targetClass :C ; sh:path ( :p :q ) ;
      sh:sparql [ sh:message "m" ;
        sh:select "SELECT $this ?value { $this $PATH ?value }" ] ."""

    found = shapes(text).check(staged(data=DATA), source="x", graph="urn:data")

    assert sorted((f.focus, f.path, f.value) for f in found) == [
        ("urn:x:a", "<urn:x:p>/<urn:x:q>", str(ox.Literal(2))),
        ("urn:x:b", "<urn:x:p>/<urn:x:q>", str(ox.Literal(2))),
    ]


def test_a_switched_off_query_or_shape_finds_nothing():
    text = """:S a sh:NodeShape ; sh:targetClass :C ;
      sh:sparql [ sh:deactivated true ; sh:select "SELECT $this { $this ?p ?o }" ] ;
      sh:property [ sh:deactivated true ; sh:path :z ; sh:minCount 1 ;
        sh:unknown 1 ] ."""

    assert shapes(text).check(staged(data=DATA), source="x") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this ?p ?o MINUS { $this ?p 1 } }",
        "SELECT $this WHERE { VALUES ?o { 1 } $this ?p ?o }",
        "SELECT $this WHERE { SERVICE <urn:s> { $this ?p ?o } }",
        "SELECT $this WHERE { BIND(1 AS ?this) }",
        "SELECT $this WHERE { { SELECT ?o WHERE { $this ?p ?o } } }",
        "SELECT $this WHERE { GRAPH $shapesGraph { $this ?p ?o } }",
        "SELECT $this",
    ],
)
def test_a_query_that_shacl_forbids_is_refused(query):
    with pytest.raises(ValueError, match=r"\w"):
        read_select(query, None)

    with pytest.raises(DataError, match=r"urn:x:S: sh:sparql, .* is not supported"):
        shapes(SPARQL.format(query=query))


# --- what is refused ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "en"),
    [
        ("sh:foo 1", "<http://www.w3.org/ns/shacl#foo> is not supported"),
        ("sh:minCount 1", "sh:minCount needs a sh:path"),
        ("sh:property [ sh:path :p , :q ]", "two sh:path"),
        ("sh:property [ sh:path ( :p ) ]", "a list of paths has at least two members"),
        ("sh:property [ sh:path [ sh:zeroPath :p ] ]", "sh:path is no path"),
        ("sh:property [ sh:path ( :p 1 ) ]", "a literal is not a path"),
        ("sh:property [ sh:path _:x ] . _:x sh:inversePath _:x", "the path loops"),
        ("sh:node :S", "the shape is recursive"),
        ("sh:node 1", "sh:node expects a shape or a list, not"),
        ('sh:property "p"', 'sh:property expects a shape or a list, not "p"'),
        ("sh:targetClass :C ; sh:property 1", "sh:property expects a shape"),
        ("sh:severity :Grave", "the severity <urn:x:Grave> is not sh:Violation"),
        ("sh:in :nothing", "a list is broken"),
        ("sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l", "a list is broken"),
        ("sh:datatype xsd:byte", "(Oxigraph → xsd:integer) is not supported"),
        ("sh:nodeKind :Thing", "sh:nodeKind <urn:x:Thing> is not supported"),
        (r'sh:pattern "(a)\\1"', "sh:pattern"),
        ("sh:hasValue [ ]", "sh:hasValue [ ] is not supported"),
        ("sh:sparql [ ]", "sh:sparql without sh:select"),
        ('sh:sparql [ sh:select "SELECT $this { oops }" ]', "sh:sparql is malformed"),
        ("sh:path 1", "sh:path expects an IRI, not"),
        (":v 1 . :K sh:parameter [ sh:path :v ]", "<urn:x:v> is not supported"),
    ],
)
def test_a_shape_that_would_be_misread_is_refused(text, en):
    head = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"

    with pytest.raises(DataError) as caught:
        shapes(f"{head}:S a sh:NodeShape ; sh:targetClass :C ; {text} .")

    assert en in caught.value.en
    assert caught.value.en.startswith("formes.ttl, shape ")
    assert caught.value.fr.startswith("formes.ttl, forme ")
    assert "pySHACL" in caught.value.fr


def test_shapes_that_are_not_turtle_are_refused_with_line_and_column():
    with pytest.raises(DataError) as caught:
        Shapes.parse("<urn:a> <urn:b> <urn:c> .\n<urn:a> oops", name="formes.ttl")

    assert caught.value.fr.startswith("formes.ttl, ligne 2, colonne ")
    assert caught.value.en.startswith("formes.ttl, line 2, column ")


def test_a_quoted_triple_is_no_shape():
    with pytest.raises(TypeError, match="quoted triple"):
        Shapes.parse("<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .")


def test_the_reference_engine_runs_what_the_compiled_one_refuses():
    needs.package("pyshacl")
    text = AIMED + "sh:property [ sh:path :p ; sh:datatype xsd:byte ] ."
    store = staged(data=":a a :C ; :p 1 .", other=":b a :C ; :p 1 .")

    found = shapes(text, engine="pyshacl").check(store, source="x", graph="urn:data")

    assert [(f.focus, f.shape, f.fr) for f in found] == [
        (
            "urn:x:a",
            "urn:x:S",
            "La valeur doit être un littéral valide de type xsd:byte.",
        )
    ]


def test_the_reference_engine_says_why_it_refuses_shapes():
    needs.package("pyshacl")
    broken = shapes(
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:minCount 1 .", engine="pyshacl"
    )

    with pytest.raises(
        DataError, match=r"formes\.ttl: pySHACL refuses these shapes \(.+\)"
    ):
        broken.check(staged(data=":a a :C ."), source="x")


def test_without_pyshacl_the_reference_engine_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyshacl", None)

    with pytest.raises(DataError, match=r"pip install 'spnr-graph\[shacl\]'"):
        shapes(NAMED, engine="pyshacl").check(ox.Store(), source="x")


# --- paths and the report graph -------------------------------------------------

PREDICATES = st.sampled_from([PropertyPath("", iri=f"urn:{n}") for n in "pqr"])
PATHS = st.recursive(
    PREDICATES,
    lambda inner: st.one_of(
        st.builds(lambda op, p: PropertyPath(op, (p,)), st.sampled_from("^*+?"), inner),
        st.builds(
            lambda op, ps: PropertyPath(op, tuple(ps)),
            st.sampled_from("/|"),
            st.lists(inner, min_size=2, max_size=3),
        ),
    ),
    max_leaves=6,
)


@given(PATHS)
def test_a_path_is_read_back_from_its_text_and_the_engine_accepts_it(path):
    assert str(parse_path(str(path))) == str(path)
    assert parse_path(str(path)) == path
    ox.Store().query(f"SELECT * WHERE {{ <urn:a> {path} ?v }}")


@pytest.mark.parametrize("text", ["", "urn:p", "<urn:p>/", "(<urn:p>", "<urn:p>)", "*"])
def test_what_is_no_path_is_refused(text):
    with pytest.raises(ValueError, match="not a path"):
        parse_path(text)


REPORT = Report.of(
    [
        Finding(
            source="essai",
            severity=Severity.WARNING,
            focus="urn:x:a",
            shape="urn:x:S",
            path="(^<urn:x:p>)*/(<urn:x:q>|<urn:x:r>)",
            value='"a\\"b"@fr',
            component=SH + "InConstraintComponent",
            fr="Non « a ».",
            en='No "a".',
        ),
        Finding(
            source="essai",
            severity=Severity.INFO,
            focus="_:b",
            shape="urn:x:S",
            path="<urn:x:p>",
        ),
    ]
)


def test_a_report_graph_says_what_the_findings_say():
    graph = report_graph(REPORT)

    rows = graph.query(
        """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?focus ?severity ?value ?fr ?source ?back ?left ?right WHERE {
          ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?r .
          ?r a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultSeverity ?severity ;
            sh:value ?value ; sh:sourceShape <urn:x:S> ; sh:resultMessage ?fr ;
            <http://purl.org/dc/elements/1.1/source> ?source ; sh:resultPath ?path .
          ?path rdf:first/sh:zeroOrMorePath/sh:inversePath ?back ;
            rdf:rest/rdf:first/sh:alternativePath ?either .
          ?either rdf:first ?left ; rdf:rest/rdf:first ?right ; rdf:rest/rdf:rest ().
          FILTER(LANG(?fr) = "fr")
        }
        """
    )
    assert [[str(cell) for cell in row] for row in rows] == [
        [
            "urn:x:a",
            SH + "Warning",
            'a"b',
            "Non « a ».",
            "essai",
            "urn:x:p",
            "urn:x:q",
            "urn:x:r",
        ]
    ]


def test_a_report_graph_has_no_blank_node_and_always_the_same_bytes():
    assert b"_:" not in report_ntriples(REPORT)
    assert report_ntriples(REPORT) == report_ntriples(REPORT)
    assert report_turtle(REPORT).startswith(b"@prefix ")
    assert b"sh:conforms true" in report_turtle(Report(findings=()))
