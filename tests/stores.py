"""Stores for tests: questions, N-Triples, and a real Oxigraph server."""

from __future__ import annotations

import io
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rdflib.term import URIRef

from spnr_graph import sparql
from spnr_graph.sparql import Query
from spnr_graph.store import Store
from tests import needs

G1 = URIRef("https://w3id.org/spnr/graph/contribution/a/un")
G2 = URIRef("https://w3id.org/spnr/graph/contribution/b/deux")
EX = "https://w3id.org/spnr/id/"


def question(text: str) -> Query:
    """Return a parsed query."""
    return sparql.parse(text, complete=True)


def nt(*lines: str) -> io.BytesIO:
    """Return N-Triples as a stream; ``a b c`` stands for three of our IRIs."""
    return io.BytesIO("".join(triple(line) + "\n" for line in lines).encode())


def triple(line: str) -> str:
    """Return one N-Triples line from ``s p o``, where ``o`` may be a literal."""
    subject, predicate, rest = line.split(" ", 2)
    last = rest if rest.startswith('"') else f"<{EX}{rest}>"
    return f"<{EX}{subject}> <{EX}{predicate}> {last} ."


def held(store: Store, graph: URIRef) -> list[bytes]:
    """Return what a graph holds, sorted."""
    return sorted(store.dump(graph))


def lines(*short: str) -> list[bytes]:
    """Return the same as ``held`` for the triples that ``nt`` would write."""
    return sorted(f"{triple(line)}\n".encode() for line in short)


@contextmanager
def oxigraph_server(directory: Path, *options: str) -> Iterator[str]:
    """Run a real Oxigraph server on a loopback port."""
    program = needs.program("oxigraph")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ("--location", str(directory / "data"), "--bind", f"127.0.0.1:{port}")
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "serve", *where, *options], stdout=log, stderr=log
        )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a server listens."""
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the Oxigraph server stopped at once"
        time.sleep(0.05)
    raise AssertionError("the Oxigraph server does not listen")
