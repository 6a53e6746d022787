"""The registry of output formats: the choices of the command line derive from it.

A new format is a renderer and one line here. Renderers are named, not imported: what a
format needs is loaded when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal[
    "rows", "graph", "contribution", "network", "report", "info", "explanation"
]


@dataclass(frozen=True, kw_only=True)
class Format:
    """One output format.

    Attributes:
        name: what ``-f`` takes.
        kinds: which results it can show.
        suffixes: file suffixes that mean it.
        media_type: as HTTP names it.
        binary: whether it is no text for a terminal.
    """

    name: str
    kinds: frozenset[Kind]
    suffixes: tuple[str, ...]
    media_type: str
    binary: bool = False


def _format(
    name: str, kinds: str, suffixes: str, media_type: str, *, binary: bool = False
) -> Format:
    return Format(
        name=name,
        kinds=frozenset(kinds.split()),  # type: ignore[arg-type]
        suffixes=tuple(suffixes.split()),
        media_type=media_type,
        binary=binary,
    )


FORMATS: Final = (
    _format("table", "rows", ".txt", "text/plain"),
    _format("text", "report info explanation", ".txt", "text/plain"),
    _format("csv", "rows report info", ".csv", "text/csv"),
    _format("tsv", "rows", ".tsv", "text/tab-separated-values"),
    _format("json", "rows report info explanation", ".json .srj", "application/json"),
    _format("jsonl", "rows", ".jsonl", "application/jsonl"),
    _format("markdown", "rows report info explanation", ".md", "text/markdown"),
    _format(
        "xlsx",
        "rows contribution",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        binary=True,
    ),
    _format("turtle", "graph report", ".ttl", "text/turtle"),
    _format("trig", "graph", ".trig", "application/trig"),
    _format("ntriples", "graph", ".nt", "application/n-triples"),
    _format("nquads", "graph", ".nq", "application/n-quads"),
    _format("jsonld", "graph", ".jsonld", "application/ld+json"),
    _format("rdfxml", "graph", ".rdf .xml", "application/rdf+xml"),
    _format("csv", "graph", ".zip", "application/zip", binary=True),
    _format("html", "network", ".html .htm", "text/html"),
    _format("svg", "network", ".svg", "image/svg+xml"),
    _format("png", "network", ".png", "image/png", binary=True),
    _format("json", "network", ".json", "application/json"),
    _format("graphml", "network", ".graphml", "application/graphml+xml"),
    _format("gexf", "network", ".gexf", "application/gexf+xml"),
)


def formats(*kinds: Kind) -> tuple[Format, ...]:
    """Return the formats that can show any of these kinds of result."""
    return tuple(each for each in FORMATS if each.kinds & set(kinds))


def names(*kinds: Kind) -> tuple[str, ...]:
    """Return the names of the formats of these kinds, each once."""
    return tuple(dict.fromkeys(each.name for each in formats(*kinds)))


def by_suffix(kind: Kind, path: str) -> str | None:
    """Return the format that the suffix of a path means, or None."""
    suffix = PurePath(path).suffix.lower()
    found = (each.name for each in formats(kind) if suffix in each.suffixes)
    return next(found, None)
