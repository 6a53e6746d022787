"""The contract of ``Store``, one body for every kind of store."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.term import Literal, URIRef

from spnr_graph import oxigraph
from spnr_graph.errors import QueryError, SpnrError, StoreError
from spnr_graph.store import Change, Store, open_store
from tests.stores import EX, G1, G2, held, lines, nt, question

XSD = "http://www.w3.org/2001/XMLSchema#"


def test_an_empty_store_has_no_graphs_and_no_rows(store: Store) -> None:
    answer = store.select(question("SELECT ?s ?p ?o { ?s ?p ?o }")).table()

    assert (answer.columns, answer.rows) == (("s", "p", "o"), ())
    assert dict(store.graphs()) == {}


def test_replace_creates_a_graph_and_says_what_it_did(store: Store) -> None:
    change = store.replace(G1, nt("a p b", "a p c", "a p b"))

    assert change == Change(added=2, removed=0, total=2)
    assert held(store, G1) == lines("a p b", "a p c")
    assert dict(store.graphs()) == {G1: 2}


def test_replace_makes_the_graph_exactly_the_new_triples(store: Store) -> None:
    store.replace(G1, nt("a p b", "a p c", "a p d"))

    change = store.replace(G1, nt("a p c", "a p e", "a p e"))

    assert change == Change(added=1, removed=2, total=2)
    assert held(store, G1) == lines("a p c", "a p e")


def test_replacing_by_the_same_changes_nothing(store: Store) -> None:
    number = f'a p "01"^^<{XSD}integer>'
    store.replace(G1, nt("a p b", number))

    assert store.replace(G1, nt(number, "a p b")) == Change(added=0, removed=0, total=2)


def test_replacing_by_nothing_empties_the_graph(store: Store) -> None:
    store.replace(G1, nt("a p b"))

    assert store.replace(G1, nt()) == Change(added=0, removed=1, total=0)
    assert dict(store.graphs()) == {}
    assert held(store, G1) == []


def test_replacing_an_absent_graph_by_nothing_is_no_change(store: Store) -> None:
    assert store.replace(G1, nt()) == Change(added=0, removed=0, total=0)
    assert dict(store.graphs()) == {}


def test_replace_touches_no_other_graph(store: Store) -> None:
    store.replace(G1, nt("a p b"))
    store.replace(G2, nt("a p b", "c p d"))

    store.replace(G1, nt("e p f"))

    assert (held(store, G1), held(store, G2)) == (
        lines("e p f"),
        lines("a p b", "c p d"),
    )
    assert dict(store.graphs()) == {G1: 1, G2: 2}


def test_drop_removes_one_graph(store: Store) -> None:
    store.replace(G1, nt("a p b", "a p c"))
    store.replace(G2, nt("a p b"))

    assert store.drop(G1) == Change(added=0, removed=2, total=0)
    assert dict(store.graphs()) == {G2: 1}


def test_dropping_an_absent_graph_is_no_error(store: Store) -> None:
    assert store.drop(G1) == Change(added=0, removed=0, total=0)


def test_the_default_graph_is_the_union(store: Store) -> None:
    store.replace(G1, nt("a p b", "a p c"))
    store.replace(G2, nt("a p b", "d p e"))
    text = "SELECT DISTINCT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"

    answer = store.select(question(text)).table()

    assert answer.rows == tuple(
        (URIRef(EX + s), URIRef(EX + o)) for s, o in ("ab", "ac", "de")
    )


def test_a_triple_of_two_graphs_counts_once_in_the_union(
    store: Store, request: pytest.FixtureRequest
) -> None:
    if store.location.startswith("http"):
        reason = "Oxigraph 0.5 counts it once for each graph (its issue 1919)"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    amount = f'a p "10"^^<{XSD}integer>'
    count = question("SELECT (COUNT(*) AS ?n) (SUM(?o) AS ?total) { ?s ?p ?o }")

    def seen() -> list[tuple[str, ...]]:
        return [tuple(map(str, row)) for row in store.select(count)]

    store.replace(G1, nt(amount, f'b p "1"^^<{XSD}integer>'))
    store.replace(G2, nt(amount))
    assert seen() == [("2", "11")]
    store.replace(G1, nt(f'b p "1"^^<{XSD}integer>'))
    assert seen() == [("2", "11")]
    store.replace(G1, nt(amount))
    store.drop(G2)
    assert seen() == [("1", "10")]
    store.drop(G1)
    assert seen() == [("0", "0")]


def test_a_join_crosses_graphs_and_graph_keeps_them_apart(store: Store) -> None:
    store.replace(G1, nt("a p b"))
    store.replace(G2, nt("b q c"))
    across = f"{{ ?s <{EX}p> ?m . ?m <{EX}q> ?o }}"

    assert store.ask(question(f"ASK {across}"))
    assert not store.ask(question(f"ASK {{ GRAPH ?g {across} }}"))
    assert store.select(
        question("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    ).table().rows == ((G1,), (G2,))


def test_a_query_with_its_own_dataset_keeps_it_or_is_refused(
    store: Store, store_kind: str
) -> None:
    store.replace(G1, nt("a p b"))
    store.replace(G2, nt("c p d"))

    text = question(f"SELECT ?s FROM <{G2}> {{ ?s ?p ?o }}")

    if store_kind == "remote-union":
        with pytest.raises(StoreError, match="ignores FROM") as caught:
            store.select(text)
        assert "sans --union-default-graph" in caught.value.fr
        return
    assert store.select(text).table().rows == ((URIRef(EX + "c"),),)


def test_rows_keep_the_order_of_the_query(store: Store) -> None:
    store.replace(G1, nt(*(f'a p "{n:03}"' for n in range(50))))

    answer = store.select(question("SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o)"))

    assert [str(o) for (o,) in answer] == [f"{n:03}" for n in reversed(range(50))]


def test_unbound_is_none(store: Store) -> None:
    store.replace(G1, nt("a p b"))

    answer = store.select(
        question(f"SELECT ?o ?x {{ ?s ?p ?o OPTIONAL {{ ?s <{EX}q> ?x }} }}")
    ).table()

    assert (answer.columns, answer.rows) == (("o", "x"), ((URIRef(EX + "b"), None),))


def test_construct_and_describe_answer_rdflib_graphs(store: Store) -> None:
    store.replace(G1, nt("a p b", 'a p "é"@fr'))
    expected = Graph().parse(nt("a p b", 'a p "é"@fr'), format="nt")

    built = store.construct(question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    described = store.construct(question(f"DESCRIBE <{EX}a>"))

    assert set(built) == set(expected)
    assert set(described) == set(expected)


@pytest.mark.parametrize(
    ("syntax", "expected"),
    [
        ("csv", 's,x\r\nhttps://w3id.org/spnr/id/a,"é,""1"""\r\n'),
        ("tsv", '?s\t?x\n<https://w3id.org/spnr/id/a>\t"é,\\"1\\""@fr\n'),
    ],
)
def test_write_streams_rows(store: Store, syntax: str, expected: str) -> None:
    store.replace(G1, nt('a p "é,\\"1\\""@fr'))
    output = io.BytesIO()

    store.write(question("SELECT ?s ?x { ?s ?p ?x }"), output, syntax)

    assert output.getvalue().decode() == expected


@pytest.mark.parametrize("syntax", ["json", "xml"])
def test_write_streams_results_that_parse_back(store: Store, syntax: str) -> None:
    store.replace(G1, nt('a p "é"@fr', "a p b"))
    text = question("SELECT ?s ?x { ?s ?p ?x OPTIONAL { ?x ?y ?z } } ORDER BY ?x")
    output, again = io.BytesIO(), io.BytesIO()

    store.write(text, output, syntax)

    output.seek(0)
    syntaxes = oxigraph.RESULT_SYNTAXES
    oxigraph.rewrite_results(output, syntaxes[syntax], again, syntaxes["tsv"])
    assert again.getvalue().decode() == (
        "?s\t?x\n"
        "<https://w3id.org/spnr/id/a>\t<https://w3id.org/spnr/id/b>\n"
        '<https://w3id.org/spnr/id/a>\t"é"@fr\n'
    )


def test_write_streams_triples(store: Store) -> None:
    store.replace(G1, nt("a p b", 'a p "é"@fr'))
    output = io.BytesIO()

    text = question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    store.write(text, output, "ntriples")

    assert sorted(output.getvalue().splitlines(keepends=True)) == lines(
        "a p b", 'a p "é"@fr'
    )


@pytest.mark.parametrize(
    ("text", "syntax", "message"),
    [
        ("ASK { ?s ?p ?o }", "json", "does not write the answer of a ASK"),
        ("SELECT * { ?s ?p ?o }", "ntriples", "Possible syntaxes: csv, json, tsv, xml"),
        ("DESCRIBE <a:b>", "csv", "Possible syntaxes: ntriples"),
    ],
)
def test_a_syntax_that_does_not_fit_is_refused(
    store: Store, text: str, syntax: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        store.write(question(text), io.BytesIO(), syntax)


def test_each_method_refuses_the_other_forms(store: Store) -> None:
    select, ask = question("SELECT * { ?s ?p ?o }"), question("ASK { ?s ?p ?o }")

    with pytest.raises(QueryError, match="a SELECT is expected here, not a ASK"):
        store.select(ask)
    with pytest.raises(QueryError, match="a ASK is expected here, not a SELECT"):
        store.ask(select)
    with pytest.raises(QueryError, match="a CONSTRUCT is expected here"):
        store.construct(select)


def test_malformed_triples_change_nothing_and_the_line_is_said(store: Store) -> None:
    store.replace(G1, nt("a p b"))
    broken = b"".join(lines("a p c", "a p d")) + b"<a:a> <a:b> oops .\n"

    for graph in (G1, G2):
        with pytest.raises(StoreError, match="line 3, column 13") as caught:
            store.replace(graph, io.BytesIO(broken))
        assert "ligne 3, colonne 13" in caught.value.fr
        assert "Rien n'a été changé" in caught.value.fr

    assert (held(store, G1), held(store, G2)) == (lines("a p b"), [])
    assert dict(store.graphs()) == {G1: 1}


def test_a_blank_node_is_refused_with_its_line(store: Store) -> None:
    store.replace(G1, nt("a p b"))

    for text in (b"_:x <a:b> <a:c> .\n", b"<a:a> <a:b> _:x .\n"):
        with pytest.raises(StoreError, match="line 2: a blank node"):
            store.replace(G1, io.BytesIO(b"".join(lines("a p c")) + text))

    assert held(store, G1) == lines("a p b")


def test_what_looks_like_a_blank_node_in_a_text_is_a_text(store: Store) -> None:
    store.replace(G1, nt('a p "> _:x"'))

    assert held(store, G1) == lines('a p "> _:x"')


def test_a_query_that_the_engine_refuses_is_a_query_error(store: Store) -> None:
    text = replace(question("ASK { ?s ?p ?o }"), text="ASK { ?s ?p }")

    with pytest.raises(QueryError, match="refused by the engine"):
        store.ask(text)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()

    with pytest.raises(StoreError, match="is closed"):
        store.graphs()
    with pytest.raises(StoreError, match="is closed"):
        store.replace(G1, nt("a p b"))
    with pytest.raises(StoreError, match="is closed"):
        list(store.dump(G1))


def test_a_graph_name_that_is_no_iri_is_refused(store: Store) -> None:
    with pytest.raises(SpnrError, match="not valid RDF"):
        store.replace(URIRef("a b> { } } ; DROP ALL #"), nt("a p b"))


def test_what_was_written_is_there_when_the_store_opens_again(
    store_location: str,
) -> None:
    with open_store(store_location) as first:
        first.replace(G1, nt("a p b"))
        again = first.location
    if again == "memory:":  # by contract, gone when it is closed
        with open_store(again) as second:
            assert second.graphs() == {}
        return

    with open_store(again) as second:
        assert held(second, G1) == lines("a p b")
    with open_store(again, read_only=True) as third:
        assert held(third, G1) == lines("a p b")
        with pytest.raises(StoreError, match="read-only") as caught:
            third.replace(G1, nt("a p c"))
        assert "lecture seule" in caught.value.fr
        with pytest.raises(StoreError, match="read-only"):
            third.drop(G1)


def test_a_reader_sees_one_version_or_the_other_while_a_writer_replaces(
    store: Store,
) -> None:
    versions = [[f'a p "{v}-{n}"' for n in range(40)] for v in ("old", "new")]
    store.replace(G1, nt(*versions[0]))
    seen: set[frozenset[str]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            rows = store.select(question("SELECT ?o { ?s ?p ?o }"))
            seen.add(frozenset(str(o) for (o,) in rows))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(1, 4):
            store.replace(G1, nt(*versions[turn % 2]))
    finally:
        done.set()
        reader.join()

    whole = {frozenset(f"{v}-{n}" for n in range(40)) for v in ("old", "new")}
    assert seen
    assert seen <= whole


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\n\r\t\"\\'\u2028\x85\x0c")
)
LANGUAGES = st.sampled_from(["fr", "en", "fr-be", "x-foo", "de-ch-1996"])
DATATYPES = st.sampled_from([f"{XSD}token", f"{XSD}anyURI", "urn:type", f"{XSD}gYear"])
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.just(Literal("\\u0041 \\n . # _:x")),
    st.builds(lambda text, lang: Literal(text, lang=lang), TEXTS, LANGUAGES),
    st.builds(
        lambda text: Literal(text, datatype=URIRef("urn:type")),
        TEXTS,
    ),
    st.builds(
        lambda number: Literal(str(number), datatype=URIRef(f"{XSD}integer")),
        st.integers(-(10**18), 10**18),
    ),
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.sets(LITERALS, min_size=1, max_size=12))
def test_any_literal_comes_back_as_it_went(store: Store, values: set[Literal]) -> None:
    text = b"".join(
        f"<{EX}a> <{EX}p> {oxigraph.from_rdflib(value)} .\n".encode()
        for value in values
    )

    change = store.replace(G1, io.BytesIO(text))
    rows = store.select(question("SELECT ?o { ?s ?p ?o }"))

    assert change.total == len(values)
    assert {(str(o), o.language, o.datatype) for (o,) in rows} == {
        (str(o), o.language, o.datatype) for o in values
    }
    dumped = b"".join(store.dump(G1))
    assert store.replace(G1, io.BytesIO(dumped)) == Change(
        added=0, removed=0, total=len(values)
    )


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    old=st.sets(st.integers(0, 9)),
    new=st.lists(st.integers(0, 9), max_size=20),
)
def test_replace_answers_the_true_difference(
    store: Store, old: set[int], new: list[int]
) -> None:
    store.drop(G1)
    store.replace(G1, nt(*(f"a p o{n}" for n in old)))

    change = store.replace(G1, nt(*(f"a p o{n}" for n in new)))

    assert change == Change(
        added=len(set(new) - old), removed=len(old - set(new)), total=len(set(new))
    )
    assert held(store, G1) == lines(*(f"a p o{n}" for n in set(new)))
