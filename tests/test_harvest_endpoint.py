"""An endpoint is pulled whole, page after page, or refused with the figures."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.distribution import Distribution
from spnr_graph.errors import DataError, QueryError
from spnr_graph.harvest import Reach, UnreachableError, fetch
from spnr_graph.harvest.construct import parse
from spnr_graph.harvest.endpoint import pull
from tests.faults import JSON, Answer, Exchange, Script, says, script, sleeps
from tests.stores import oxigraph_server

NEAR = Reach(seconds=20.0, size=1_000_000)
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
MAPPED = """PREFIX e: <http://e/>
# A mapping: { braces } in a comment are none.
CONSTRUCT { ?s e:name ?name ; e:note "a } brace" ; e:at ?place }
FROM <http://e/g>
WHERE { ?s e:p ?name OPTIONAL { ?s e:in ?place } }"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real endpoint with 25 things, 5 of which have a place, and a blank node."""
    lines = [f'<http://e/{n:02}> <http://e/p> "n° {n % 7}"@fr .' for n in range(25)]
    lines += [f"<http://e/{n:02}> <http://e/in> <http://e/{n % 2}> ." for n in range(5)]
    with oxigraph_server(tmp_path_factory.mktemp("endpoint")) as url:
        put(f"{url}/store?graph=http://e/g", "\n".join(lines))
        put(f"{url}/store?graph=http://e/blank", "_:b <http://e/p> <http://e/o> .")
        yield f"{url}/query"


def put(address: str, text: str) -> None:
    request = urllib.request.Request(address, data=text.encode(), method="PUT")
    request.add_header("Content-Type", "application/n-triples")
    urllib.request.urlopen(request).close()


def lines(address: str, construct: str, **options: object) -> list[str]:
    with pull(address, construct, **{"reach": NEAR, **options}) as body:
        return body.read().decode().splitlines()


def refusal(address: str, construct: str = ALL, **options: object) -> DataError:
    with pytest.raises(DataError) as caught:
        lines(address, construct, **options)
    return caught.value


# --- A real endpoint ------------------------------------------------------------------


@pytest.mark.parametrize("page", [1, 4, 25, 1000])
def test_pages_make_what_one_answer_would(real: str, page: int) -> None:
    accept = {
        "Accept": "application/n-triples",
        "Content-Type": "application/sparql-query",
    }
    request = urllib.request.Request(real, MAPPED.encode(), accept, method="POST")
    with urllib.request.urlopen(request) as answer:
        whole = sorted(answer.read().decode().splitlines())

    found = lines(real, MAPPED, page=page)

    assert sorted(set(found)) == whole
    assert len(whole) == 25 + 25 + 5


def test_an_endpoint_without_such_things_gives_nothing(real: str) -> None:
    assert lines(real, "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p <http://e/none> }") == []


def test_a_blank_node_is_refused_with_the_way_out(real: str) -> None:
    error = refusal(real, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")

    assert error.en == (
        f"{real}: ?s is a blank node, whose name changes from one answer to the next. "
        "Leave these rows out in the pattern with FILTER(!isBlank(?s)), or build an "
        "IRI there."
    )


def test_a_distribution_that_is_an_endpoint_becomes_a_delivery(real: str) -> None:
    place = Distribution(
        iri="urn:d", title="Lieux", kind="endpoint", location=real, construct=MAPPED
    )

    first = fetch(place, reach=NEAR)
    again = fetch(place, seen=first.seen, reach=NEAR)

    assert (first.state, again.state) == ("fresh", "unchanged")
    assert first.material.syntax == "ntriples"
    assert first.material.label == real
    first.close()
    again.close()


def test_what_the_endpoint_refuses_is_told_with_its_words(real: str) -> None:
    error = refusal(f"{real}/nowhere")

    assert f"{real}/nowhere answers 404" in error.en
    assert isinstance(error, UnreachableError)


def test_size_is_limited(real: str) -> None:
    error = refusal(real, MAPPED, reach=Reach(seconds=20, size=1000))

    assert "larger than the limit of 1 kB" in error.en


# --- A faulty endpoint ----------------------------------------------------------------


@contextmanager
def faulty(*answers: Answer) -> Iterator[Script]:
    with script(*answers) as server:
        server.answers.pop(0)
        yield server


def counted(number: int) -> Answer:
    """Answer a COUNT."""
    value = {"type": "literal", "value": str(number)}
    value["datatype"] = "http://www.w3.org/2001/XMLSchema#integer"
    return rows(["n"], [{"n": value}])


def results(names: list[str], found: list[dict[str, object]]) -> bytes:
    value = {"head": {"vars": names}, "results": {"bindings": found}}
    return json.dumps(value).encode()


def rows(names: list[str], found: list[dict[str, object]]) -> Answer:
    return says(200, results(names, found))


def things_json(*numbers: int) -> bytes:
    """Return rows ``urn:N urn:p "v"``."""
    return results(
        ["s", "p", "o"],
        [
            {
                "s": {"type": "uri", "value": f"urn:{n}"},
                "p": {"type": "uri", "value": "urn:p"},
                "o": {"type": "literal", "value": "v"},
            }
            for n in numbers
        ],
    )


TWO = things_json(1, 2)


def things(*numbers: int) -> Answer:
    """Answer with rows ``urn:N urn:p "v"``."""
    return says(200, things_json(*numbers))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([counted(3), things(1, 2), things(), counted(3)], "counts 3 rows and gave 2."),
        ([counted(3), things(), counted(3)], "counts 3 rows and gave 0."),
        ([counted(1), things(1, 2), counted(1)], "counts 1 rows and gave 2."),
        (
            [counted(4), things(1, 2), things(2, 3), counted(4)],
            "counts 4 rows and gave 4, 1 of them twice.",
        ),
        ([counted(2), things(1, 2), counted(5)], "changed while they were read (2"),
    ],
    ids=["capped", "empty", "more", "twice", "changed"],
)
def test_partial_answers_are_refused_with_the_figures(
    answers: list[Answer], said: str
) -> None:
    with faulty(*answers) as server:
        error = refusal(server.url)

    assert said in error.en
    assert not isinstance(error, UnreachableError)


def test_shorter_pages_than_asked_for_are_followed_to_the_end() -> None:
    with faulty(counted(3), things(1, 2), things(3), counted(3)) as server:
        found = lines(server.url, ALL)

        offsets = [re.findall(r"OFFSET[+ ](\d+)", each.body) for each in server.seen]
    assert found == [f'<urn:{n}> <urn:p> "v" .' for n in (1, 2, 3)]
    assert offsets == [[], ["0"], ["2"], []]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            [counted(1), says(200, b'{"head":{"vars":["s","p","o"]},"resu')],
            "incomplete",
        ),
        (
            [counted(2), says(200, TWO[: TWO.index(b"urn:2")])],
            "incomplete or malformed answer",
        ),
        ([counted(1), rows(["a"], [])], "incomplete or malformed answer (head, vars)"),
        ([rows(["n"], [])], "incomplete or malformed answer (COUNT)"),
        (
            [rows(["n"], [{"n": {"type": "literal", "value": "many"}}])],
            "incomplete or malformed answer (COUNT)",
        ),
        ([says(200, b"<html>Oups", "text/html")], "an HTML page"),
        (
            [counted(1), says(200, b"{}", JSON, X_SPARQL_MaxRows="10000")],
            "only a part of the answer (limit of the server: 10000)",
        ),
    ],
    ids=["truncated", "truncated-rows", "columns", "no-count", "count", "page", "cap"],
)
def test_answers_that_cannot_be_believed_are_refused(
    answers: list[Answer], said: str
) -> None:
    with faulty(*answers) as server:
        error = refusal(server.url)

    assert said in error.en
    assert server.url in error.fr
    assert not isinstance(error, UnreachableError)


@pytest.mark.parametrize("status", [502, 503])
def test_an_endpoint_that_fails_for_a_moment_is_asked_again(status: int) -> None:
    pauses: list[float] = []
    answers = (counted(1), says(status), things(1), counted(1))
    with faulty(*answers) as server:
        found = lines(server.url, ALL, pause=pauses.append)

    assert (len(found), len(pauses)) == (1, 1)


@pytest.mark.parametrize("status", [500, 503])
def test_an_endpoint_that_stays_down_is_unreachable(status: int) -> None:
    with faulty(says(status, b"SR353: Sorted TOP")) as server:
        error = refusal(server.url, pause=lambda _: None)

    assert isinstance(error, UnreachableError)
    assert (error.status, error.passing) == (status, status == 503)
    assert "SR353: Sorted TOP" in error.en


@pytest.mark.parametrize(
    "answers", [[sleeps], [counted(9), things(1), sleeps]], ids=["at-once", "later"]
)
def test_time_is_limited_over_all_the_pages(answers: list[Answer]) -> None:
    with faulty(*answers) as server:
        error = refusal(server.url, reach=Reach(seconds=0.4, size=1000))

    assert isinstance(error, UnreachableError)


def test_no_page_is_asked_for_when_time_is_up() -> None:
    with faulty(counted(1)) as server:
        error = refusal(server.url, reach=Reach(seconds=0.0, size=1000))

        assert server.seen == []
    assert error.fr.startswith(f"{server.url}/query : le point d'accès n'a pas tout")


def test_an_address_that_is_none_is_refused() -> None:
    assert "is not the address of a SPARQL endpoint" in refusal("http://").en


def test_nothing_is_asked_of_a_server_before_the_text_is_good() -> None:
    def unexpected(exchange: Exchange) -> None:
        raise AssertionError(exchange.body)

    with faulty(unexpected) as server:
        error = refusal(
            server.url, "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <urn:x> {} }"
        )

        assert server.seen == []
    assert "SERVICE would send the question to another server" in error.en


# --- The text of a CONSTRUCT ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ?o }", "a CONSTRUCT is expected, not a SELECT"),
        (f"{ALL} LIMIT 5", "LIMIT / OFFSET after the pattern"),
        (f"{ALL} ORDER BY ?s", "ORDER BY after the pattern"),
        (f"{ALL} GROUP BY ?s", "GROUP BY after the pattern"),
        (f"{ALL} VALUES ?s {{ <urn:a> }}", "VALUES after the pattern"),
        ("CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o }", "a blank node in the template"),
        ("CONSTRUCT { ?s ?p _:b } WHERE { ?s ?p ?o }", "a blank node in the template"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o { SERVICE ?x {} } }", "SERVICE would send"),
        (
            "CONSTRUCT { <urn:a> <urn:b> 1 } { ?s ?p ?o }",
            "the template has no variable",
        ),
        ("CONSTRUCT { ?s ?p ?o", "not SPARQL 1.1 from here on"),
    ],
    ids=lambda value: value[:24],
)
def test_a_text_that_cannot_be_pulled_is_refused_with_its_mend(
    text: str, said: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, "lieux.rq")

    assert said in caught.value.en
    assert caught.value.fr.startswith("lieux.rq")


def test_the_short_form_is_its_own_template() -> None:
    found = parse("CONSTRUCT FROM <urn:g> WHERE { ?s <urn:p> ?o }", "x")

    assert found.template == found.pattern == "{ ?s <urn:p> ?o }"
    assert (found.dataset, found.variables) == ("FROM <urn:g>", ("s", "o"))


def test_a_text_is_cut_at_its_own_braces() -> None:
    found = parse(MAPPED, "x")

    assert found.variables == ("s", "name", "place")
    assert found.dataset == "FROM <http://e/g>"
    assert found.pattern == "{ ?s e:p ?name OPTIONAL { ?s e:in ?place } }"


TERMS = st.one_of(
    st.integers(0, 99).map(lambda n: ox.NamedNode(f"urn:{n}")),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00")).map(ox.Literal),
    st.text("ab", min_size=1).map(lambda text: ox.Literal(text, language="fr")),
)


@given(st.lists(st.tuples(TERMS, st.none() | TERMS), max_size=8))
def test_filling_is_what_an_engine_does_with_the_same_rows(
    found: list[tuple[ox.NamedNode | ox.Literal, ox.NamedNode | ox.Literal | None]],
) -> None:
    construct = parse("CONSTRUCT { <urn:x> <urn:a> ?a ; <urn:b> ?b } { ?a ?c ?b }", "x")
    written = [["UNDEF" if t is None else str(t) for t in row] for row in found]

    triples = set(map(str, ox.Store().query(construct.fill(written))))

    assert triples == {
        f"<urn:x> <urn:{name}> {term}"
        for row in found
        for name, term in zip("ab", row, strict=True)
        if term is not None
    }
