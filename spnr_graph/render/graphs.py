"""Named graphs → Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or tables.

Turtle, N-Triples, JSON-LD and RDF/XML hold the union of the graphs, each triple once;
TriG and N-Quads keep the graphs apart. Same content, same bytes, in any order of lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

from spnr_graph import turtle
from spnr_graph.errors import DataError
from spnr_graph.render import jsonld, rdfxml, tables
from spnr_graph.render.triples import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib.term import URIRef

    Graphs = Mapping[URIRef, Iterable[bytes]]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a format may say besides the triples."""

    header: str = ""
    context: str = ""


def write(
    graphs: Graphs,
    output: BinaryIO,
    format_name: str,
    *,
    header: str = "",
    context: str = "",
) -> None:
    """Write named graphs in a format.

    Args:
        graphs: IRI of each graph → its N-Triples lines, in any order.
        output: receives UTF-8, or a zip archive of tables (``csv``).
        format_name: a name of ``WRITERS``.
        header: lines for a human reader: what this is, publishers, licences.
        context: the text of a JSON-LD context, for ``jsonld``.

    Raises:
        DataError: no such format, or content that it cannot hold.
    """
    writer = WRITERS.get(format_name)
    if writer is None:
        known = ", ".join(WRITERS)
        raise DataError(
            fr=f"Format « {format_name} » inconnu. Choisir parmi : {known}.",
            en=f"Unknown format '{format_name}'. Choose among: {known}.",
        )
    writer(graphs, output, Surroundings(header=header, context=context))


def _lines(graphs: Graphs) -> Iterator[bytes]:
    """Return the lines of all graphs."""
    return chain.from_iterable(graphs.values())


def _turtle(graphs: Graphs, output: BinaryIO, around: Surroundings) -> None:
    turtle.write(_lines(graphs), output, header=around.header)


def _trig(graphs: Graphs, output: BinaryIO, around: Surroundings) -> None:
    named = {str(name): lines for name, lines in graphs.items()}
    turtle.write_trig(named, output, header=around.header)


def _ntriples(graphs: Graphs, output: BinaryIO, _: Surroundings) -> None:
    output.writelines(sorted(set(_statements(_lines(graphs)))))


def _nquads(graphs: Graphs, output: BinaryIO, _: Surroundings) -> None:
    quads: set[bytes] = set()
    for name, lines in graphs.items():
        end = f" <{name}> .\n".encode()
        quads.update(line[:-3] + end for line in _statements(lines))
    output.writelines(sorted(quads))


def _statements(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines that hold a triple, ended in the one canonical way."""
    for line in lines:
        if line.endswith(b" .\n"):
            yield line
        elif (text := line.strip()) and not text.startswith(b"#"):
            if not text.endswith(b"."):
                raise _not_a_statement(text)
            yield text[:-1].rstrip() + b" .\n"


def _not_a_statement(line: bytes) -> DataError:
    shown = line[:200].decode(errors="replace")
    return DataError(
        fr=f"Ce n'est pas une ligne N-Triples : {shown}. Elle doit finir par un point.",
        en=f"This is not a line of N-Triples: {shown}. It must end with a full stop.",
    )


def _jsonld(graphs: Graphs, output: BinaryIO, around: Surroundings) -> None:
    jsonld.write(nodes(_lines(graphs)), output, context=around.context)


def _rdfxml(graphs: Graphs, output: BinaryIO, around: Surroundings) -> None:
    rdfxml.write(nodes(_lines(graphs)), output, header=around.header)


def _tables(graphs: Graphs, output: BinaryIO, around: Surroundings) -> None:
    tables.write(nodes(_lines(graphs)), output, header=around.header)


#: Name → writer: a format more is a line here and one in the registry of ``render``.
WRITERS: Final[dict[str, Callable[[Graphs, BinaryIO, Surroundings], None]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "ntriples": _ntriples,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "csv": _tables,
}
