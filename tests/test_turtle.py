"""Canonical Turtle: same content, same bytes, and nothing lost on the way."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from rdflib import Graph
from rdflib.compare import to_isomorphic

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, PREFIXES
from spnr_graph.turtle import canonical, write, write_trig
from spnr_graph.turtle.__main__ import main

XSD = PREFIXES["xsd"]
HERE = Path(__file__).parent / "fixtures" / "turtle"


def turtle(*lines: str, header: str = "") -> str:
    output = io.BytesIO()
    write((f"{line}\n".encode() for line in lines), output, header=header)
    return output.getvalue().decode()


def trig(graphs: dict[str, list[str]]) -> str:
    output = io.BytesIO()
    encoded = {g: [f"{x}\n".encode() for x in lines] for g, lines in graphs.items()}
    write_trig(encoded, output)
    return output.getvalue().decode()


def dataset(text: bytes | str, syntax: RdfFormat = RdfFormat.TURTLE) -> Dataset:
    found = Dataset(parse(text, syntax))
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found


def one(term: str) -> str:
    """Write one object and return it as canonical Turtle shows it."""
    text = turtle(f"<http://e/s> <http://e/p> {term} .")
    return text.rpartition("<http://e/p> ")[2].removesuffix(" .\n")


# --- The form -----------------------------------------------------------------


def test_the_whole_form_is_the_golden_file() -> None:
    lines = (HERE / "small.nt").read_text("utf-8").splitlines()

    assert turtle(*lines) == (HERE / "small.ttl").read_text("utf-8")


def test_nested_nodes_and_lists_are_the_golden_file() -> None:
    source = (HERE / "shapes-input.ttl").read_bytes()
    wanted = (HERE / "shapes.ttl").read_bytes()

    assert canonical(source) == wanted
    assert canonical(wanted) == wanted
    assert dataset(source) == dataset(wanted)


def test_no_line_ends_with_a_space() -> None:
    for path in HERE.glob("*.ttl"):
        if not path.stem.endswith("-input"):
            assert [
                x for x in path.read_text("utf-8").split("\n") if x != x.rstrip()
            ] == []


@pytest.mark.parametrize("header", ["Titre\n\nSuite", "# Titre\n\n# Suite\n"])
def test_the_header_becomes_a_comment(header: str) -> None:
    text = turtle("<http://e/s> <http://e/p> <http://e/o> .", header=header)

    assert text == "# Titre\n\n# Suite\n\n<http://e/s> <http://e/p> <http://e/o> .\n"


def test_nothing_is_written_for_nothing() -> None:
    assert turtle() == ""
    assert turtle(header="vide") == "# vide\n"
    assert canonical(b"") == b""
    assert canonical("# seul\n") == b"# seul\n"
    assert canonical("# sans fin de ligne") == b"# sans fin de ligne\n"
    assert trig({}) == ""


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (f'"5"^^<{XSD}integer>', "5"),
        (f'"-12"^^<{XSD}integer>', "-12"),
        (f'"007"^^<{XSD}integer>', '"007"^^xsd:integer'),
        (f'"-0"^^<{XSD}integer>', '"-0"^^xsd:integer'),
        (f'"+5"^^<{XSD}integer>', '"+5"^^xsd:integer'),
        (f'"1.50"^^<{XSD}decimal>', "1.50"),
        (f'"1000"^^<{XSD}decimal>', '"1000"^^xsd:decimal'),
        (f'".5"^^<{XSD}decimal>', '".5"^^xsd:decimal'),
        (f'"true"^^<{XSD}boolean>', "true"),
        (f'"1"^^<{XSD}boolean>', '"1"^^xsd:boolean'),
        (f'"1.0E0"^^<{XSD}double>', '"1.0E0"^^xsd:double'),
        (f'"2026-01-31"^^<{XSD}date>', '"2026-01-31"^^xsd:date'),
        (f'"x"^^<{XSD}string>', '"x"'),
        ('"x"@FR-ca', '"x"@fr-ca'),
        ('"x"@ar--rtl', '"x"@ar--rtl'),
        ('"dit \\"oui\\" \\\\ non"', '"dit \\"oui\\" \\\\ non"'),
        ('"caf\\u00E9 \\U0001F600"', '"café 😀"'),
        ('"a\tb\\u0001\\u2028"', '"a\\tb\\u0001\\u2028"'),
        ('"a\\nb"', '"""a\nb"""'),
        ('"a \\nb"', '"a \\nb"'),
        ('"a\\n\\"\\"\\"b\\""', '"""a\n\\"\\""b\\""""'),
        ('"a\\r\\nb"', '"""a\\r\nb"""'),
        ('"espace\u00a0insécable"', '"espace\u00a0insécable"'),
        ("<http://e/a%20(b)>", "<http://e/a%20(b)>"),
        ("<http://e/caf\\u00E9>", "<http://e/café>"),
        ("<http://e/a\\u0020b>", "<http://e/a\\u0020b>"),
        (f"<{BASE}voc/axe/inclusion>", "axe:inclusion"),
        (f"<{BASE}voc/axe/>", f"<{BASE}voc/axe/>"),
        (f"<{BASE}voc/axe/a.b>", "axe:a.b"),
        (f"<{BASE}voc/axe/a.>", f"<{BASE}voc/axe/a.>"),
        (f"<{BASE}voc/axe/-a>", f"<{BASE}voc/axe/-a>"),
        (f"<{BASE}voc/axe/a(b)>", f"<{BASE}voc/axe/a(b)>"),
        (f"<{BASE}voc/axe/é>", "axe:é"),
        (f"<{PREFIXES['rdf']}nil>", "()"),
        (f"<{PREFIXES['rdf']}type>", "rdf:type"),
    ],
)
def test_a_term_has_one_form(term: str, written: str) -> None:
    assert one(term) == written
    source = f"<http://e/s> <http://e/p> {term} ."
    if "\\u0020" not in term:
        assert dataset(turtle(source)) == dataset(source, RdfFormat.N_TRIPLES)


def test_prefixes_are_declared_only_when_used_and_in_order() -> None:
    text = turtle(
        f"<{BASE}voc/axe/a> <{PREFIXES['rdf']}type> <{BASE}def#PolicyAxis> .",
        f'<{BASE}voc/axe/a> <http://e/p> "2026-01-31"^^<{XSD}date> .',
    )

    assert text.split("\n\n")[0].splitlines() == [
        f"@prefix spnr: <{BASE}def#> .",
        f"@prefix axe: <{BASE}voc/axe/> .",
        f"@prefix xsd: <{XSD}> .",
    ]


def test_every_namespace_ends_where_the_writer_cuts() -> None:
    assert {namespace[-1] for namespace in PREFIXES.values()} == {"/", "#"}


def test_order_and_repeats_and_spelling_of_lines_do_not_matter() -> None:
    lines = (HERE / "small.nt").read_text("utf-8").splitlines()
    shuffled = lines * 2
    random.Random(7).shuffle(shuffled)
    odd = [
        "# comment",
        "",
        "<http://e/caf\\u00e9>\t<http://e/p>  <http://e/o>.# end",
        '<http://e/café> <http://e/p> "a\\u0062"^^<' + XSD + "string> .",
    ]
    plain = [
        "<http://e/café> <http://e/p> <http://e/o> .",
        '<http://e/café> <http://e/p> "ab" .',
    ]

    assert turtle(*shuffled) == turtle(*lines)
    assert turtle(*odd) == turtle(*plain)


@pytest.mark.parametrize(
    "line",
    [
        "_:b <http://e/p> <http://e/o> .",
        "<http://e/s> <http://e/p> _:b .",
        '<http://e/s> <http://e/p> "open .',
        "<http://e/s> <http://e/p> <<( <http://e/a> <http://e/b> <http://e/c> )>> .",
    ],
)
def test_a_line_that_is_no_triple_is_shown(line: str) -> None:
    with pytest.raises(DataError) as caught:
        turtle(line)

    assert str(caught.value) == (
        f"This is not an N-Triples triple without blank nodes: {line}"
    )
    assert caught.value.fr == (
        f"Ce n'est pas un triplet N-Triples sans nœud anonyme : {line}"
    )


# --- canonical ------------------------------------------------------------------


def test_canonical_keeps_the_comments_at_the_top_only() -> None:
    text = canonical(
        "\ufeff# un  \r\n\r\n#deux\r\n\r\n@prefix x: <http://e/> .\n"
        "# trois\nx:s x:p x:o .\n"
    )

    assert text == b"# un\n\n#deux\n\n<http://e/s> <http://e/p> <http://e/o> .\n"


def test_prefix_spelling_and_order_of_a_document_do_not_matter() -> None:
    one_way = (
        f"PREFIX a: <{BASE}voc/axe/>\na:x a:p a:y, a:z ; a:q [ a:r 1 ; a:t ( 1 2 ) ] ."
    )
    other = (
        f"<{BASE}voc/axe/x> <{BASE}voc/axe/q> _:n . @base <{BASE}voc/axe/> ."
        "_:n <t> (1 2) . _:n <r> 1 . <x> <p> <z> . <x> <p> <y> , <z> ."
    )

    assert canonical(one_way) == canonical(other)


def test_equal_blank_nodes_are_all_kept() -> None:
    text = canonical(
        "<http://e/s> <http://e/p> [ <http://e/q> 1 ] , [ <http://e/q> 1 ] ."
    )

    assert text == (
        b"<http://e/s> <http://e/p> [ <http://e/q> 1 ], [ <http://e/q> 1 ] .\n"
    )


def test_blank_nodes_that_nobody_refers_to_come_last() -> None:
    text = canonical(
        "[] <http://e/p> 2 . [ <http://e/p> 1 ] . <http://e/z> <http://e/p> [] ."
    )

    assert text.decode() == (
        "<http://e/z> <http://e/p> [] .\n\n[] <http://e/p> 1 .\n\n[] <http://e/p> 2 .\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        "_:l rdf:first 1 .",
        "_:l rdf:first 1 , 2 ; rdf:rest () .",
        "_:l rdf:first 1 ; rdf:rest () ; rdf:value 3 .",
        "_:l rdf:first 1 ; rdf:rest <http://e/elsewhere> .",
    ],
)
def test_a_list_that_is_not_well_formed_is_written_as_nodes(body: str) -> None:
    source = (
        f"@prefix rdf: <{PREFIXES['rdf']}> . <http://e/s> <http://e/p> _:l . {body}"
    )

    text = canonical(source)

    assert b"[ rdf:first 1" in text
    assert dataset(text) == dataset(source)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("_:a <http://e/p> _:b . _:b <http://e/p> _:a ; <http://e/q> 1 .", "[]"),
        ("<http://e/s> <http://e/p> _:a ; <http://e/q> _:a . _:a <http://e/r> 1 .",
         "[ <http://e/r> 1 ]"),
    ],
)  # fmt: skip
def test_blank_nodes_that_are_no_trees_are_refused(text: str, about: str) -> None:
    with pytest.raises(DataError) as caught:
        canonical(text)

    assert str(caught.value).startswith("The blank node [")
    assert "referred to several times, or by itself" in str(caught.value)
    assert "Donnez-lui un IRI." in caught.value.fr
    if about != "[]":
        assert about in str(caught.value)


def test_very_deep_nesting_is_refused() -> None:
    with pytest.raises(DataError, match="nested more than 50 levels deep"):
        canonical(
            "<http://e/s> <http://e/p> "
            + "[ <http://e/p> " * 60
            + "1"
            + " ]" * 60
            + " ."
        )


def test_malformed_turtle_says_line_and_column() -> None:
    with pytest.raises(DataError) as caught:
        canonical(
            "<http://e/s> <http://e/p> 1 .\n<http://e/s> <oops> 2 .", name="x.ttl"
        )

    assert str(caught.value) == (
        "x.ttl, line 2, column 14: this is not Turtle (Parser error at line 2 between "
        "columns 14 and 20: No scheme found in an absolute IRI). Correct that line."
    )
    assert caught.value.fr.startswith(
        "x.ttl, ligne 2, colonne 14 : ce n'est pas du Turtle"
    )


def test_text_that_is_not_utf8_says_line_and_byte() -> None:
    with pytest.raises(DataError) as caught:
        canonical(b"# un\n# caf\xe9\n", name="x.ttl")

    assert str(caught.value) == (
        "x.ttl, line 2, byte 10: the text is not UTF-8. Save it as UTF-8."
    )


def test_a_triple_term_is_refused() -> None:
    with pytest.raises(DataError, match=r"x\.ttl: a triple is the object of another"):
        canonical(
            "<http://e/s> <http://e/p> <<( <http://e/a> <http://e/b> 1 )>> .",
            name="x.ttl",
        )


# --- TriG -----------------------------------------------------------------------


def test_trig_writes_graphs_in_order_and_leaves_empty_ones_out() -> None:
    text = trig(
        {
            f"{BASE}graph/b": [f"<http://e/s> <{PREFIXES['rdf']}type> <http://e/o> ."],
            "http://e/a": ["<http://e/s> <http://e/p> 'no' ."[:0]],
            f"{BASE}graph/a": [
                "<http://e/t> <http://e/p> <http://e/o> .",
                "<http://e/s> <http://e/p> <http://e/o> .",
            ],
        }
    )

    assert text == (
        f"@prefix graph: <{BASE}graph/> .\n\n"
        "graph:a {\n<http://e/s> <http://e/p> <http://e/o> .\n\n"
        "<http://e/t> <http://e/p> <http://e/o> .\n}\n\n"
        "graph:b {\n<http://e/s> a <http://e/o> .\n}\n"
    )
    assert {str(quad.graph_name) for quad in parse(text, RdfFormat.TRIG)} == {
        f"<{BASE}graph/a>",
        f"<{BASE}graph/b>",
    }


# --- Round trips over anything ----------------------------------------------------

NAMESPACES = [*PREFIXES.values(), "http://e/", "urn:x:"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LOCALS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_.%()'é~:;,-]{0,8}", fullmatch=True).map(
        lambda text: text.replace("%", "%20")
    ),
    st.sampled_from(["a", "b", "é", "a.b", "中文"]),
)
IRIS = st.builds(
    lambda space, local: NamedNode(space + local), st.sampled_from(NAMESPACES), LOCALS
)
LITERALS = st.one_of(
    st.builds(Literal, TEXT),
    st.builds(
        lambda t, lang: Literal(t, language=lang),
        TEXT,
        st.sampled_from(["fr", "en", "de-ch"]),
    ),
    st.builds(lambda t, d: Literal(t, datatype=d), TEXT, IRIS),
    st.builds(
        lambda n, d: Literal(n, datatype=NamedNode(XSD + d)),
        st.from_regex(
            r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}|true|false|[0-9]E[0-9]", fullmatch=True
        ),
        st.sampled_from(["integer", "decimal", "boolean", "double"]),
    ),
)
TRIPLES = st.lists(st.builds(Triple, IRIS, IRIS, IRIS | LITERALS), max_size=12)


def ntriples(triples: list[Triple]) -> list[bytes]:
    return serialize(triples, format=RdfFormat.N_TRIPLES).splitlines(keepends=True)


def split(text: bytes) -> list[bytes]:
    return [line + b"\n" for line in text.split(b"\n") if line]


@settings(max_examples=100, deadline=None)
@given(TRIPLES, st.randoms(use_true_random=False))
def test_any_graph_comes_back_and_order_never_shows(
    triples: list[Triple], order: random.Random
) -> None:
    lines = split(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    first, second = io.BytesIO(), io.BytesIO()

    write(lines, first)
    order.shuffle(lines)
    write(lines, second)

    text = first.getvalue()
    assert second.getvalue() == text
    assert canonical(text) == text
    read = parse(text, RdfFormat.TURTLE)
    assert {Triple(q.subject, q.predicate, q.object) for q in read} == set(triples)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.builds(Triple, IRIS, IRIS, IRIS | st.builds(Literal, TEXT)), max_size=8)
)
def test_rdflib_reads_the_same_graph(triples: list[Triple]) -> None:
    source = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    output = io.BytesIO()
    write(split(source), output)

    written = Graph().parse(data=output.getvalue(), format="turtle")

    assert set(written) == set(Graph().parse(data=source, format="nt"))


def trees(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    pairs = st.lists(st.tuples(IRIS, children), max_size=3)
    return st.one_of(
        pairs.map(lambda p: ("node", p)),
        st.lists(children, max_size=3).map(lambda items: ("list", items)),
    )


TREES = st.recursive(IRIS | LITERALS, trees, max_leaves=6)


def quads(subject: object, predicate: object, tree: object, out: list[Quad]) -> None:
    """Add a tree of nodes and lists below ``subject``."""
    rdf = PREFIXES["rdf"]
    if not isinstance(tree, tuple):
        out.append(Quad(subject, predicate, tree))
    elif tree[0] == "node":
        node = BlankNode()
        out.append(Quad(subject, predicate, node))
        for inner, value in tree[1]:
            quads(node, inner, value, out)
    else:
        for item in tree[1]:
            cell = BlankNode()
            out.append(Quad(subject, predicate, cell))
            quads(cell, NamedNode(rdf + "first"), item, out)
            subject, predicate = cell, NamedNode(rdf + "rest")
        out.append(Quad(subject, predicate, NamedNode(rdf + "nil")))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(IRIS, IRIS, TREES), max_size=4),
    st.randoms(use_true_random=False),
)
def test_any_tree_of_blank_nodes_comes_back(
    roots: list[tuple[NamedNode, NamedNode, object]], order: random.Random
) -> None:
    found: list[Quad] = []
    for subject, predicate, tree in roots:
        quads(subject, predicate, tree, found)
    source = serialize(found, format=RdfFormat.N_QUADS) or b""
    order.shuffle(found)
    shuffled = serialize(found, format=RdfFormat.N_QUADS) or b""

    text = canonical(source)

    assert dataset(text) == dataset(source)
    assert canonical(shuffled) == text
    assert canonical(text) == text


def test_rdflib_reads_nested_nodes_and_lists_alike() -> None:
    source = (HERE / "shapes-input.ttl").read_text("utf-8")

    ours = Graph().parse(data=canonical(source), format="turtle")

    assert to_isomorphic(ours) == to_isomorphic(
        Graph().parse(data=source, format="turtle")
    )


# --- Over files -------------------------------------------------------------------


def test_files_are_checked_then_rewritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_bytes((HERE / "small.ttl").read_bytes())
    bad.write_text("<http://e/s>   <http://e/p> 1.", "utf-8")

    assert main(["--check", str(good), str(bad)]) == 1
    assert bad.read_text("utf-8") == "<http://e/s>   <http://e/p> 1."
    assert main([str(good), str(bad)]) == 0
    assert bad.read_text("utf-8") == "<http://e/s> <http://e/p> 1 .\n"
    assert main(["--check", str(good), str(bad)]) == 0
    assert capsys.readouterr().out == f"{bad}\n{bad}\n"


def test_a_file_that_cannot_be_read_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<", "utf-8")

    assert main([str(broken)]) == 2
    assert f"{broken}, line 1, column" in capsys.readouterr().err
    assert main([str(tmp_path / "none.ttl")]) == 2
    assert "none.ttl" in capsys.readouterr().err


def test_the_module_runs(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<http://e/s> <http://e/p> 1 .\n", "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "spnr_graph.turtle", "--check", str(file)],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_every_file_below_a_directory_is_checked(tmp_path, capsys):
    from spnr_graph.turtle.__main__ import main

    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.ttl").write_text("<urn:s> <urn:p> <urn:o> .\n")
    (tmp_path / "b.ttl").write_text("<urn:s> <urn:p>     <urn:o> .\n")

    assert main(["--check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'b.ttl'}\n"
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
