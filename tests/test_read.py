"""Reading: every kind of source, every mistake told, nothing lost."""

from __future__ import annotations

import gzip
import http.server
import io
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, CATALOGUE_GRAPH, INFERENCE_GRAPH, SKOLEM
from spnr_graph.read import Contribution, Limits, Staging, own_graph, read, skolem

G = f"{BASE}graph/contribution/local/"
TURTLE = b'@prefix e: <http://e/> .\ne:s e:p e:o , "caf\xc3\xa9"@fr .\n'
LINES = [
    '<http://e/s> <http://e/p> "café"@fr .',
    "<http://e/s> <http://e/p> <http://e/o> .",
]


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def lines(staging: Staging, graph: str) -> list[str]:
    return sorted(staging.ntriples(graph).read().decode().splitlines())


def refusal(*args: object, **names: object) -> DataError:
    with pytest.raises(DataError) as caught:
        read(*args, **names)  # type: ignore[arg-type]
    return caught.value


# --- Syntaxes -------------------------------------------------------------------

SAME = {
    "a.ttl": TURTLE,
    "a.nt": "\n".join(LINES),
    "a.n3": TURTLE,
    "a.trig": TURTLE,
    "a.nq": "\n".join(LINES),
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://e/"><rdf:Description rdf:about="http://e/s">'
    '<e:p rdf:resource="http://e/o"/><e:p xml:lang="fr">café</e:p>'
    "</rdf:Description></rdf:RDF>",
    "a.jsonld": '{"@id": "http://e/s", "http://e/p": [{"@id": "http://e/o"}, '
    '{"@value": "café", "@language": "fr"}]}',
}


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("packed", [False, True])
def test_every_syntax_gives_the_same_graph(
    name: str, packed: bool, tmp_path: Path
) -> None:
    data = SAME[name] if isinstance(SAME[name], bytes) else SAME[name].encode()
    path = write(tmp_path / name, gzip.compress(data, mtime=0) if packed else data)
    path = path.rename(path.with_name(path.name + ".gz")) if packed else path

    staging = read(path)

    assert staging.contributions == (
        Contribution(graph=f"{G}a", sources=(str(path),), triples=2),
    )
    assert lines(staging, f"{G}a") == LINES
    assert not staging.has_blank_nodes(f"{G}a")


def test_gzip_is_known_by_its_first_bytes_whatever_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ttl", gzip.compress(TURTLE, mtime=0))

    assert lines(read(path), f"{G}a") == LINES


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ttl", b"\xef\xbb\xbf" + TURTLE)

    assert lines(read(str(path)), f"{G}a") == LINES


def test_the_syntax_given_wins_over_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TURTLE)

    assert lines(read(path, syntax="turtle"), f"{G}a-txt") == LINES


def test_relative_iris_hang_below_the_graph_and_never_below_a_path(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "mes aides.ttl", "<> <#p> <a> , <file:data/x.ttl> .")

    base = f"{BASE}graph/contribution/region"
    assert lines(read(path, partner="Région"), own_graph("mes aides", "region")) == [
        f"<{base}/mes-aides> <{base}/mes-aides#p> <file:data/x.ttl> .",
        f"<{base}/mes-aides> <{base}/mes-aides#p> <{base}/a> .",
    ]


# --- Graphs -----------------------------------------------------------------------

TRIG = f"""
<http://e/s> <http://e/p> 1 .
<http://e/g> {{ <http://e/s> <http://e/p> 2 }}
_:g {{ <http://e/s> <http://e/p> 3 }}
<{INFERENCE_GRAPH}> {{ <http://e/s> <http://e/p> 4 , 5 }}
<{CATALOGUE_GRAPH}> {{ <http://e/s> <http://e/p> 6 }}
"""


def numbers(staging: Staging, graph: str) -> list[int]:
    return [int(re.findall(r'"(\d)"', line)[0]) for line in lines(staging, graph)]


def test_graphs_of_a_file_stay_and_reserved_ones_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.trig", TRIG)

    staging = read(path)

    assert staging.contributions == (
        Contribution(graph="http://e/g", sources=(str(path),), triples=1, skipped=3),
        Contribution(graph=f"{G}a", sources=(str(path),), triples=2),
    )
    assert numbers(staging, "http://e/g") == [2]
    assert numbers(staging, f"{G}a") == [1, 3]
    assert numbers(staging, INFERENCE_GRAPH) == []


def test_a_graph_that_is_given_takes_everything(tmp_path: Path) -> None:
    path = write(tmp_path / "a.trig", TRIG)

    staging = read(path, graph="http://e/mine")

    assert staging.contributions == (
        Contribution(graph="http://e/mine", sources=(str(path),), triples=6),
    )
    assert numbers(staging, "http://e/mine") == [1, 2, 3, 4, 5, 6]


def test_a_source_that_is_all_reserved_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.trig", f"<{INFERENCE_GRAPH}> {{ <http://e/s> a <http://e/C> }}"
    )

    assert "stands in graphs that spnr writes itself" in str(refusal(path))


def test_a_name_that_is_no_iri_cannot_name_a_graph(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ttl", TURTLE)

    assert str(refusal(path, graph="no> {}")) == (
        "'no> {}' is not an IRI: it cannot name a graph."
    )


def test_files_add_up_in_one_graph_with_context_beside(tmp_path: Path) -> None:
    staging = Staging()
    staging.context("http://e/context", b"<http://e/c> <http://e/p> <http://e/d> .\n")
    one = write(tmp_path / "one.ttl", TURTLE)
    two = write(
        tmp_path / "two.nt", LINES[0] + "\n<http://e/t> <http://e/p> <http://e/o> ."
    )

    staging.add(one, graph="http://e/g")
    added = staging.add(two, graph="http://e/g")

    assert added == staging.contributions
    assert added == (
        Contribution(graph="http://e/g", sources=(str(one), str(two)), triples=3),
    )
    assert lines(staging, "http://e/context") == [
        "<http://e/c> <http://e/p> <http://e/d> ."
    ]


def test_a_failed_source_leaves_the_staging_as_it_was(tmp_path: Path) -> None:
    staging = read(write(tmp_path / "a.ttl", TURTLE))
    write(tmp_path / "d" / "a.ttl", "<http://e/new> <http://e/p> 1 .")
    write(tmp_path / "d" / "b.ttl", "oops")

    with pytest.raises(DataError):
        staging.add(tmp_path / "d")

    assert len(staging.store) == 2
    assert [c.graph for c in staging.contributions] == [f"{G}a"]


def test_a_directory_is_read_in_order_rdf_files_only(tmp_path: Path) -> None:
    for name in (
        "b.ttl",
        "a/c.nt.gz",
        ".hidden/x.ttl",
        ".y.ttl",
        "package.json",
        "t.xml",
        "R.md",
    ):
        data = LINES[0].encode()
        write(
            tmp_path / name,
            gzip.compress(data, mtime=0) if name.endswith("gz") else data,
        )

    assert [(c.graph, c.sources) for c in read(tmp_path).contributions] == [
        (f"{G}a-c", (str(tmp_path / "a" / "c.nt.gz"),)),
        (f"{G}b", (str(tmp_path / "b.ttl"),)),
    ]


# --- Blank nodes --------------------------------------------------------------------


def test_blank_nodes_become_iris_that_stay(tmp_path: Path) -> None:
    p = "@prefix e: <http://e/> . "
    text = p + 'e:s e:a [ e:t "x" ] , [ e:t "x" ; e:l (1) ] .'
    first = read(write(tmp_path / "a.ttl", text))
    other = p + "_:y e:t 'x' . e:s e:a _:z, _:y . _:z e:l (1) ; e:t 'x' ."
    again = read(write(tmp_path / "2" / "a.ttl", other))
    more = read(
        write(tmp_path / "3" / "a.ttl", other + " <http://e/s> <http://e/q> [] .")
    )

    assert first.contributions[0].skolemised == 3
    assert first.contributions[0].triples == 7
    assert lines(first, f"{G}a") == lines(again, f"{G}a")
    assert set(lines(first, f"{G}a")) < set(lines(more, f"{G}a"))
    assert not first.has_blank_nodes(f"{G}a")
    subjects = {line.split()[0] for line in lines(first, f"{G}a")}
    assert sum(s.startswith(f"<{SKOLEM}") for s in subjects) == 3


def test_two_graphs_never_share_a_blank_node(tmp_path: Path) -> None:
    text = "<http://e/s> <http://e/a> [ <http://e/t> 'x' ] ."
    one, two = (read(write(tmp_path / n, text)) for n in ("a.ttl", "b.ttl"))

    assert not set(lines(one, f"{G}a")) & set(lines(two, f"{G}b"))


TANGLES = {
    "shared": [("<a>", "<p>", "_:0"), ("<b>", "<p>", "_:0"), ("_:0", "<q>", "_:1")],
    "circle": [("_:0", "<p>", "_:1"), ("_:1", "<p>", "_:2"), ("_:2", "<p>", "_:0")],
    "itself": [("_:0", "<p>", "_:0")],
    "equal twins": [
        ("<a>", "<p>", "_:0"), ("<a>", "<p>", "_:1"), ("_:0", "<q>", "_:2"),
        ("_:1", "<q>", "_:2"), ("_:3", "<q>", '"x"'), ("_:4", "<q>", '"x"'),
    ],
    "two equal circles": [
        ("_:0", "<p>", "_:1"), ("_:1", "<p>", "_:0"),
        ("_:2", "<p>", "_:3"), ("_:3", "<p>", "_:2"),
    ],
    "equal trees": [
        ("<a>", "<p>", "_:0"), ("_:0", "<q>", "_:1"),
        ("<a>", "<p>", "_:2"), ("_:2", "<q>", "_:3"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("shape", TANGLES)
def test_names_tell_all_nodes_apart_and_follow_no_label_and_no_order(
    shape: str,
) -> None:
    triples = TANGLES[shape]
    nodes = sorted({t for triple in triples for t in triple if t[0] == "_"})
    wanted = None
    for seed in range(6):
        renamed = random.Random(seed).sample(nodes, len(nodes))
        label = dict(zip(nodes, (f"_:x{n[2:]}" for n in renamed), strict=True))
        relabelled = [tuple(label.get(t, t) for t in triple) for triple in triples]
        random.Random(seed).shuffle(relabelled)

        names = skolem.names(relabelled, "g", "x")
        graph = {tuple(names.get(t, t) for t in triple) for triple in relabelled}

        assert len(set(names.values())) == len(nodes)
        assert wanted in (None, graph)
        wanted = graph


def test_too_large_a_tangle_is_refused(tmp_path: Path) -> None:
    text = "".join(f"_:{i} <http://e/p> _:{(i + 1) % 2001} .\n" for i in range(2001))

    assert str(refusal(write(tmp_path / "a.ttl", text))) == (
        f"{tmp_path / 'a.ttl'}: 2001 blank nodes refer to each other (at most 2000). "
        "Give them IRIs."
    )


def test_very_deep_blank_nodes_are_named(tmp_path: Path) -> None:
    text = (
        "<http://e/s> <http://e/p> " + "[ <http://e/p> " * 5000 + "1" + "]" * 5000 + "."
    )

    assert read(write(tmp_path / "a.ttl", text)).contributions[0].skolemised == 5000


# --- Mistakes in files ------------------------------------------------------------


def test_malformed_turtle_says_file_line_column_and_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.ttl", "@prefix e: <http://e/> .\ne:s e:p 1 ;\n    e:q ?? .\n"
    )

    error = refusal(path)

    assert str(error) == (
        f"{path}, line 3, column 9: this is not Turtle (A variable name is not allowed "
        "to be empty): 'e:q ?? .'. Correct that line."
    )
    assert error.fr == (
        f"{path}, ligne 3, colonne 9 : ce n'est pas du Turtle (A variable name is not "
        "allowed to be empty) : « e:q ?? . ». Corrigez cette ligne."
    )


def test_the_text_shown_is_what_stands_around_the_mistake(tmp_path: Path) -> None:
    text = "<http://e/s> <http://e/p> " + ", ".join(map(str, range(500))) + " ?? ."

    assert "498, 499 ?? .'. Correct" in str(refusal(write(tmp_path / "a.ttl", text)))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ttl", "e:s e:p 1 .", "line 1, column 1: this is not Turtle (The"),
        (
            "a.ttl",
            "<http://e/s> <http://e/p> 'x",
            "this is not Turtle (Unexpected end of file)",
        ),
        (
            "a.nt",
            "<a> <http://e/p> <http://e/o> .",
            "No scheme found in an absolute IRI",
        ),
        ("a.rdf", "<a><b></a>", "this is not RDF/XML (XML namespaces are required"),
        ("a.jsonld", '{"@id": ', "this is not JSON-LD ("),
        ("a.jsonld", '{"nom": "ARNia"}', "the source is empty, it holds no triple"),
        ("a.ttl", "", "the source is empty, it holds no triple"),
        (
            "a.ttl.gz",
            gzip.compress(b"", mtime=0),
            "the source is empty, it holds no triple",
        ),
        (
            "a.ttl",
            b"# un\n<http://e/caf\xe9> a <http://e/C> .",
            "line 2, byte 18: the text is not UTF-8",
        ),
        ("a.ttl", b"# caf\xe9\n", "line 1, byte 5: the text is not UTF-8"),
        (
            "a.ttl",
            "<http://e/s> a <http://e/C> .".encode("utf-16"),
            "line 1, byte 0: the text is not",
        ),
        ("a.ttl", b"# caf\xc3", "line 1, byte 5: the text is not UTF-8"),
        (
            "a.ttl.gz",
            gzip.compress(TURTLE, mtime=0)[:-9],
            "the gzip file is cut short or damaged",
        ),
        (
            "a.ttl.gz",
            gzip.compress(TURTLE, mtime=0)[:12] + b"\xff" * 40,
            "cut short or damaged",
        ),
        (
            "a.ttl",
            " <!-- x -->\n<!DOCTYPE HTML>\n<html>",
            "this is a web page, not RDF data",
        ),
        ("a.rdf", "<html lang='fr'>", "this is a web page, not RDF data"),
        # Looked for with a pattern that does not try every way to read the comments.
        ("a.ttl", "<!---->" * 1000 + "x", "line 1"),
        (
            "a.ttl",
            "<http://e/s> <http://e/p> <<( <http://e/a> <http://e/b> 1 )>> .",
            "RDF 1.2",
        ),
        ("a.ttl", "<http://e/s> <http://e/p> 1 {| <http://e/b> 2 |} .", "RDF 1.2"),
        (
            "a.ttl",
            "<http://e/s> <http://e/p> 'x'@ar--rtl .",
            "base direction (RDF 1.2)",
        ),
        (
            "a.trig",
            "<http://e/g> { <http://e/s> <http://e/p> 'x'@ar--rtl }",
            "(RDF 1.2)",
        ),
        (
            "a.n3",
            "{ <http://e/a> a <http://e/b> } => { <http://e/a> a <http://e/c> } .",
            "N3 formulas or rules",
        ),
        (
            "a.jsonld",
            '{"@context": "https://schema.org/", "name": "x"}',
            "the JSON-LD context is at another address",
        ),
    ],
)
def test_a_bad_file_is_told_in_both_languages(
    name: str, data: bytes | str, said: str, tmp_path: Path
) -> None:
    path = write(tmp_path / name, data)

    error = refusal(path)

    assert str(error).startswith(str(path))
    assert said in str(error)
    assert error.fr.startswith(str(path))
    assert error.fr.endswith(".")
    assert error.fr != error.en


def bomb(*entities: str, used: str = "&a;") -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE r [{"".join(entities)}]><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        f'<rdf:Description rdf:about="http://e/s"><e:p>{used}</e:p></rdf:Description>'
        "</rdf:RDF>"
    )


@pytest.mark.parametrize(
    "text",
    [
        bomb('<!ENTITY a "x">', '<!ENTITY b "&a;&a;&a;">', used="&b;"),
        bomb(f'<!ENTITY a "{"x" * 300}">'),
        bomb('<!ENTITY a SYSTEM "file:///etc/hostname">'),
        bomb('<!ENTITY % a "x">'),
        bomb(
            "<!-- " + "x" * (1 << 18) + " -->", '<!ENTITY a "x">', '<!ENTITY b "&a;">'
        ),
    ],
)
def test_dangerous_xml_entities_are_refused(text: str, tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "a.rdf", text))

    assert "an XML entity refers to another one, to a file, or is longer" in str(error)
    assert "une entité XML" in error.fr


def test_short_xml_entities_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rdf", bomb('<!ENTITY a "http://www.w3.org/ns/org#">'))

    assert lines(read(path), f"{G}a") == [
        '<http://e/s> <http://e/p> "http://www.w3.org/ns/org#" .'
    ]


def test_a_file_larger_than_the_limit_is_refused_even_packed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.nt.gz", gzip.compress((LINES[0] + "\n").encode() * 100_000)
    )

    error = refusal(path, limits=Limits(file_bytes=2_500_000))

    assert str(error) == (
        f"{path}: the source is larger than the limit of 2.5 MB. Split it, "
        "or raise the limit with --max-size."
    )
    assert "la limite de 2,5 Mo" in error.fr
    assert "limit of 100 B." in str(refusal(path, limits=Limits(file_bytes=100)))


def test_an_unknown_syntax_lists_the_known_ones(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "x")

    assert str(refusal(path)) == (
        f"{path}: the syntax cannot be told. State it with --syntax: turtle, trig, "
        "ntriples, nquads, rdfxml, jsonld, n3."
    )
    assert str(refusal(path, syntax="excel")) == (
        "The syntax 'excel' is unknown. Choose among: turtle, trig, ntriples, nquads, "
        "rdfxml, jsonld, n3."
    )


def test_a_missing_file_suggests_the_nearest(tmp_path: Path) -> None:
    write(tmp_path / "acteurs.ttl", TURTLE)

    assert str(refusal(tmp_path / "acteur.ttl")) == (
        f"{tmp_path}/acteur.ttl: no such file. The nearest is {tmp_path}/acteurs.ttl."
    )
    assert str(refusal(tmp_path / "zzz.nq")).endswith(
        "zzz.nq: no such file. Check the path."
    )
    assert f"there is no directory {tmp_path / 'no'}" in str(
        refusal(tmp_path / "no" / "a.ttl")
    )


def test_a_directory_without_rdf_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "x")

    assert str(refusal(tmp_path)) == (
        f"{tmp_path}: no RDF file in this directory (suffixes looked for: .ttl, .trig, "
        ".nt, .nq, .rdf, .jsonld, .n3). Give another directory, or a file."
    )


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "loop.ttl"
    path.symlink_to(tmp_path / "other.ttl")
    (tmp_path / "other.ttl").mkdir()
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "x.ttl").symlink_to("x.ttl")

    assert "no RDF file in this directory" in str(refusal(path))
    assert f"{tmp_path}/d/x.ttl: cannot be read (" in str(refusal(tmp_path / "d"))


# --- Standard input -----------------------------------------------------------------


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input_needs_a_syntax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(gzip.compress(TURTLE, mtime=0)))

    assert str(refusal("-")).startswith(
        "entrée standard (-): the syntax cannot be told. State it with --syntax"
    )
    assert lines(read("-", syntax="turtle"), f"{G}entree-standard") == LINES


def test_standard_input_has_a_limit_and_tells_mistakes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(b"x" * 200_000))
    assert "larger than the limit of 100 kB" in str(
        refusal("-", syntax="turtle", limits=Limits(file_bytes=100_000))
    )

    monkeypatch.setattr("sys.stdin", Stdin(b"# x\noops .\n"))
    assert "-, line 2, column 1: this is not Turtle" in str(
        refusal("-", syntax="turtle")
    )


# --- Addresses ------------------------------------------------------------------------


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the first segment of the path."""

    def log_message(self, *args: object) -> None:
        pass

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        getattr(self, self.path.split("/")[1].partition(".")[0])()

    def good(self) -> None:
        self.server.seen.append(self.headers["Accept"])  # type: ignore[attr-defined]
        self.reply(200, b"<> <p> <o> .", Content_Type="text/turtle; charset=utf-8")

    def packed(self) -> None:
        self.reply(200, gzip.compress(TURTLE, mtime=0), Content_Type="application/gzip")

    def encoded(self) -> None:
        self.reply(
            200,
            gzip.compress(TURTLE, mtime=0),
            Content_Type="text/turtle",
            Content_Encoding="gzip",
        )

    def html(self) -> None:
        self.reply(200, b"<p>", Content_Type="text/html")

    def disguised(self) -> None:
        self.reply(200, b"<!doctype html><p>", Content_Type="text/turtle")

    def plain(self) -> None:
        self.reply(200, b"x", Content_Type="text/plain")

    def away(self) -> None:
        self.reply(302, Location="/good/deeper/x.ttl")

    def forever(self) -> None:
        self.reply(302, Location=f"/forever/{time.monotonic_ns()}")

    def local(self) -> None:
        self.reply(302, Location="file:///etc/hostname")

    def announced(self) -> None:
        self.reply(200, b"", Content_Type="text/turtle", Content_Length="5000")

    def large(self) -> None:
        self.reply(200, b"# " + b"x" * 5000, Content_Type="text/turtle")

    def short(self) -> None:
        self.reply(200, TURTLE, Content_Type="text/turtle", Content_Length="500")

    def chunk(self) -> None:
        self.reply(
            200, b"ff\r\nabc", Content_Type="text/turtle", Transfer_Encoding="chunked"
        )

    def slow(self) -> None:
        self.send_response(200)
        self.drip()

    def head(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        self.drip()

    def drip(self) -> None:
        try:
            for _ in range(100):
                self.wfile.write(b"#")
                time.sleep(0.05)
        except OSError:
            pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str] = []
        self.base = f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with running() as server:
        yield server


def test_an_address_is_asked_for_rdf_and_is_the_base(web: Server) -> None:
    staging = read(f"{web.base}/good/x.txt")

    assert staging.contributions == (
        Contribution(graph=f"{G}x-txt", sources=(f"{web.base}/good/x.txt",), triples=1),
    )
    assert lines(staging, f"{G}x-txt") == [
        f"<{web.base}/good/x.txt> <{web.base}/good/p> <{web.base}/good/o> ."
    ]
    assert web.seen[-1].startswith(
        "text/turtle, application/trig, application/n-triples"
    )


def test_redirects_are_followed_and_the_last_address_is_the_base(web: Server) -> None:
    staging = read(f"{web.base}/away")

    assert lines(staging, f"{G}x") == [
        f"<{web.base}/good/deeper/x.ttl> <{web.base}/good/deeper/p> "
        f"<{web.base}/good/deeper/o> ."
    ]


def test_packed_answers_are_unpacked(web: Server) -> None:
    assert lines(read(f"{web.base}/packed/x.ttl.gz"), f"{G}x") == LINES
    assert lines(read(f"{web.base}/encoded/x"), f"{G}x") == LINES


def test_an_address_without_a_path_is_named_after_its_host() -> None:
    class Root(Handler):
        def do_GET(self) -> None:
            self.good()

    with running() as server:
        server.RequestHandlerClass = Root

        assert [c.graph for c in read(server.base).contributions] == [f"{G}127-0-0-1"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("html/x", "this is a web page, not RDF data"),
        ("disguised/x", "this is a web page, not RDF data"),
        ("plain/x", "the syntax cannot be told (announced type: text/plain)"),
        ("forever/x", "the address redirects without end, or out of the Web"),
        ("local/x", "the address redirects without end, or out of the Web"),
        ("announced/x", "larger than the limit of 4 kB"),
        ("large/x", "larger than the limit of 4 kB"),
        ("short/x", "the answer stops before its end"),
        ("chunk/x", "the answer stops before its end"),
        ("slow/x", "did not answer in full within 0.5 s"),
        ("head/x", "did not answer in full within 0.5 s"),
    ],
)
def test_a_bad_address_is_told(path: str, said: str, web: Server) -> None:
    began = time.monotonic()
    error = refusal(
        f"{web.base}/{path}", limits=Limits(network_bytes=4_000, seconds=0.5)
    )

    assert said in str(error)
    assert str(error).startswith(f"{web.base}/{path}")
    assert error.fr.startswith(f"{web.base}/{path} : ")
    assert time.monotonic() - began < 3


def test_what_is_not_there_is_told_with_its_status() -> None:
    class Missing(Handler):
        def do_GET(self) -> None:
            self.send_error(404)

    with running() as server:
        server.RequestHandlerClass = Missing
        error = refusal(f"{server.base}/x.ttl")

    assert "the server answers 404 (Not Found). Check the address" in str(error)


def test_an_address_that_does_not_answer_is_told_without_its_password() -> None:
    with running() as server:
        base = server.base
    address = base.replace("http://", "http://me:secret@") + "/x.ttl"

    error = refusal(address)

    assert str(error).startswith(f"{base}/x.ttl: the address does not answer (")
    assert "secret" not in error.fr + error.en


def test_a_server_that_does_not_speak_tls_is_told(web: Server) -> None:
    address = web.base.replace("http://", "https://") + "/good/x.ttl"

    error = refusal(address)

    assert str(error).startswith(f"{address}: the address does not answer (")
    assert error.fr.endswith("Vérifier l'adresse et la connexion.")


def test_the_private_store_is_what_the_check_asks(tmp_path: Path) -> None:
    staging = read(write(tmp_path / "a.ttl", TURTLE))

    assert bool(staging.store.query(f"ASK {{ GRAPH <{G}a> {{ ?s ?p <http://e/o> }} }}"))
    assert isinstance(staging.store, ox.Store)
