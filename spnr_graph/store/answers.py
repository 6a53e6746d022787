"""Bodies of an endpoint's answers, read to their end as rows, booleans or triples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar, cast

import pyoxigraph as ox

from spnr_graph import oxigraph
from spnr_graph.store.failures import HttpError, foreign, partial, unreadable

if TYPE_CHECKING:
    from spnr_graph.store.http import Body
    from spnr_graph.table import Row

#: What is asked for, the surest to parse first.
ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
#: Headers by which Virtuoso says that its answer is cut.
_PARTIAL: Final = ("X-SPARQL-MaxRows", "X-SQL-State")

_Syntax = TypeVar("_Syntax", oxigraph.RdfSyntax, oxigraph.ResultSyntax)


def solutions(body: Body) -> ox.QuerySolutions:
    """Begin to read the rows of a body.

    Raises:
        HttpError: the body holds something else.
    """
    answer = _results(body)
    if isinstance(answer, ox.QuerySolutions):
        return answer
    body.close()
    raise unreadable(body.shown, "boolean")


def truth(body: Body) -> bool:
    """Read the boolean of a body.

    Raises:
        HttpError: the body holds something else.
    """
    answer = _results(body)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    raise unreadable(body.shown, "head, results")


def _results(body: Body) -> ox.QuerySolutions | ox.QueryBoolean:
    """Begin to read SPARQL results."""
    try:
        syntax = _syntax(body, oxigraph.result_syntax_of_media_type)
        return ox.parse_query_results(cast("BinaryIO", body), syntax.format)
    except SyntaxError as exc:
        body.close()
        raise malformed(body, exc) from exc
    except HttpError:
        body.close()
        raise


def rows(answer: ox.QuerySolutions, body: Body) -> Iterator[Row]:
    """Yield rows to the announced end of the body.

    Raises:
        HttpError: the body is cut short or malformed.
    """
    found = oxigraph.rows(answer)
    del answer
    with body:
        try:
            yield from found
        except SyntaxError as exc:
            raise malformed(body, exc) from exc


def copy_rows(body: Body, output: BinaryIO, syntax: str) -> None:
    """Write the rows of a body in another syntax, to its announced end.

    Raises:
        HttpError: the body is cut short, malformed or something else.
    """
    source = _syntax(body, oxigraph.result_syntax_of_media_type)
    target = oxigraph.RESULT_SYNTAXES[syntax]
    try:
        oxigraph.rewrite_results(cast("BinaryIO", body), source, output, target)
    except SyntaxError as exc:
        raise malformed(body, exc) from exc


def triples(body: Body) -> Iterator[ox.Triple]:
    """Yield the triples of a body, to its announced end.

    Raises:
        HttpError: the body is cut short, malformed or something else.
    """
    with body:
        syntax = _syntax(body, oxigraph.rdf_syntax_of_media_type)
        try:
            quads = ox.parse(cast("BinaryIO", body), syntax.format)
            yield from (quad.triple for quad in quads)
        except SyntaxError as exc:
            raise malformed(body, exc) from exc


def malformed(body: Body, exc: SyntaxError) -> HttpError:
    """Return the error for a body that its parser does not accept."""
    return unreadable(body.shown, exc.msg)


def _syntax(body: Body, find: Callable[[str], _Syntax | None]) -> _Syntax:
    """Return the syntax of a body, refusing pages, partial and unknown answers."""
    limits = [body.headers[name] for name in _PARTIAL if name in body.headers]
    if limits:
        raise partial(body.shown, limits[0])
    syntax = find(body.media_type)
    if body.is_html or syntax is None:
        raise foreign(body.shown, body.media_type, body.excerpt, page=body.is_html)
    return syntax
