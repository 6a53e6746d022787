"""Rows of a SELECT → table, CSV, TSV, JSON, JSON lines, Markdown or a workbook.

CSV, TSV and JSON are the SPARQL 1.1 result formats, byte for byte as Oxigraph writes
them, so that it does not matter who writes. As those formats demand, a CSV cell holds
the text of its term untouched: a spreadsheet may take ``=…`` for a formula, which the
``xlsx`` format rules out.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, BinaryIO, Final

from rdflib.term import BNode, Literal, URIRef

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render import cells, columns, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib.term import Identifier

    from spnr_graph.table import Row, Solutions, Table

_XSD: Final = PREFIXES["xsd"]
_STRING: Final = _XSD + "string"
#: Lexical forms that SPARQL TSV writes without quotes and datatype.
_BARE: Final = {
    _XSD + "boolean": re.compile("true|false"),
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(
        r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+"
    ),
}
_CSV_SPECIAL: Final = re.compile('[",\r\n]')
_TSV_ESCAPES: Final = str.maketrans(
    {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}
)
#: Rows encoded at once: one write per row would cost more than the row.
_BATCH: Final = 1_000


def write(
    rows: Solutions | Table,
    output: BinaryIO,
    format_name: str,
    *,
    lang: str = "fr",
    width: int = 0,
    titles: Mapping[str, str] | None = None,
) -> None:
    """Write rows; all formats but ``table`` and ``markdown`` do so as they arrive.

    Args:
        rows: the answer of a SELECT.
        output: receives UTF-8, or a workbook.
        format_name: a name of ``WRITERS``.
        lang: language of what is written around the rows.
        width: columns of the terminal, for ``table``; 0 for no limit.
        titles: column → what ``table``, ``markdown`` and ``xlsx`` call it.

    Raises:
        DataError: no such format, or rows that it cannot hold.
    """
    writer = WRITERS.get(format_name)
    if writer is None:
        raise unknown_format(format_name, WRITERS)
    look = cells.Look(lang=lang, width=width, titles=titles or {})
    writer(rows, output, look)


def unknown_format(name: str, known: Iterable[str]) -> DataError:
    """Return the error that names the formats there are."""
    names = ", ".join(known)
    return DataError(
        fr=f"Format « {name} » inconnu. Choisir parmi : {names}.",
        en=f"Unknown format '{name}'. Choose among: {names}.",
    )


def _send(texts: Iterable[str], output: BinaryIO) -> None:
    """Encode texts by the batch."""
    source = iter(texts)
    while batch := "".join(islice(source, _BATCH)):
        output.write(batch.encode())


def _csv(rows: Solutions | Table, output: BinaryIO, _: cells.Look) -> None:
    output.write((",".join(rows.columns) + "\r\n").encode())
    _send((",".join(map(_csv_cell, row)) + "\r\n" for row in rows), output)


def _csv_cell(term: Identifier | None) -> str:
    if term is None:
        return ""
    text = f"_:{term}" if isinstance(term, BNode) else str(term)
    if _CSV_SPECIAL.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(rows: Solutions | Table, output: BinaryIO, _: cells.Look) -> None:
    output.write(("\t".join(f"?{name}" for name in rows.columns) + "\n").encode())
    _send(("\t".join(map(_tsv_cell, row)) + "\n" for row in rows), output)


def _tsv_cell(term: Identifier | None) -> str:
    if term is None:
        return ""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    datatype = str(getattr(term, "datatype", None) or _STRING)
    bare = _BARE.get(datatype)
    if bare and bare.fullmatch(term):
        return str(term)
    quoted = '"' + term.translate(_TSV_ESCAPES) + '"'
    if language := getattr(term, "language", None):
        return f"{quoted}@{language}"
    return quoted if datatype == _STRING else f"{quoted}^^<{datatype}>"


def _json(rows: Solutions | Table, output: BinaryIO, _: cells.Look) -> None:
    head = ",".join(map(_quoted, rows.columns))
    output.write(f'{{"head":{{"vars":[{head}]}},"results":{{"bindings":['.encode())
    keys = [_quoted(name) for name in rows.columns]
    _send(_json_rows(rows, keys), output)
    output.write(b"]}}")


def _json_rows(rows: Iterable[Row], keys: list[str]) -> Iterator[str]:
    separator = ""
    for row in rows:
        bound = zip(keys, row, strict=True)
        parts = (f"{k}:{_json_term(term)}" for k, term in bound if term is not None)
        yield separator + "{" + ",".join(parts) + "}"
        separator = ","


def _json_term(term: Identifier) -> str:
    value = f'"value":{_quoted(str(term))}'
    if isinstance(term, URIRef):
        return f'{{"type":"uri",{value}}}'
    if isinstance(term, BNode):
        return f'{{"type":"bnode",{value}}}'
    more = ""
    if language := getattr(term, "language", None):
        more = f',"xml:lang":{_quoted(language)}'
    elif (datatype := getattr(term, "datatype", None)) and str(datatype) != _STRING:
        more = f',"datatype":{_quoted(str(datatype))}'
    return f'{{"type":"literal",{value}{more}}}'


def _jsonl(rows: Solutions | Table, output: BinaryIO, _: cells.Look) -> None:
    """Write one object of plain values a row: numbers, truth values, text, null."""
    keys = [_quoted(name) for name in rows.columns]
    lines = (
        "{"
        + ", ".join(f"{k}: {_plain(t)}" for k, t in zip(keys, row, strict=True))
        + "}\n"
        for row in rows
    )
    _send(lines, output)


def _plain(term: Identifier | None) -> str:
    """Return a term as a JSON value; digits are kept as they are written."""
    if term is None:
        return "null"
    if isinstance(term, Literal) and cells.is_number(term):
        text = cells.json_number(str(term))
        return _quoted(str(term)) if text is None else text
    if isinstance(term, Literal) and str(term.datatype) == _XSD + "boolean":
        return json.dumps(str(term) in {"true", "1"})
    return _quoted(f"_:{term}" if isinstance(term, BNode) else str(term))


#: Name → writer: a format more is a line here and one in the registry of ``render``.
WRITERS: Final[dict[str, Callable[[Solutions | Table, BinaryIO, cells.Look], None]]] = {
    "table": columns.table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": columns.markdown,
    "xlsx": workbook.write,
}
