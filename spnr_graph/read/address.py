"""An http(s) address → its body, whole, in an RDF syntax that is known."""

from __future__ import annotations

import urllib.parse
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.oxigraph import (
    RDF_SYNTAXES,
    rdf_syntax_of_media_type,
    rdf_syntax_of_name,
)
from spnr_graph.read.connection import is_address
from spnr_graph.read.sources import rewound, stem, unknown_syntax
from spnr_graph.read.stream import Material, web_page
from spnr_graph.read.web import Ask, Reach, download

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["Reach", "fetch", "is_address"]

#: The preferred media type of each syntax, triples before quads before the rest.
ACCEPT: Final = ", ".join(
    [syntax.media_types[0] for syntax in RDF_SYNTAXES.values()] + ["*/*;q=0.1"]
)


def fetch(address: str, syntax: str | None, reach: Reach) -> Material:
    """Download an address whole.

    Raises:
        DataError: no answer, a refusal, too many redirects, too slow, too large, cut
            short, a web page, or a syntax that cannot be told.
    """
    ask = Ask(address=address, accept=ACCEPT)
    got = download(ask, reach)
    assert got.body is not None  # noqa: S101 - no version was said to be here
    path = PurePosixPath(urllib.parse.unquote(urllib.parse.urlsplit(got.final).path))
    try:
        known = syntax or _syntax(ask.shown, got.headers, path.name)
    except DataError:
        got.body.close()
        raise
    return Material(
        label=ask.shown,
        open=partial(rewound, got.body),
        syntax=known,
        close=got.body.close,
        stem=stem(path.name) or urllib.parse.urlsplit(got.final).hostname or "",
        base=got.final,
    )


def _syntax(shown: str, headers: Message, name: str) -> str:
    """Tell the syntax from the announced type, else from the end of the address."""
    said = headers.get("Content-Type", "")
    known = rdf_syntax_of_media_type(said) or rdf_syntax_of_name(name)
    if "html" in said.lower():
        raise web_page(shown)
    if known is None:
        raise unknown_syntax(shown, said)
    return known.name
