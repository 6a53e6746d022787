"""An http(s) address → its body, whole, within limits of time, size and redirects."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.errors import DataError
from spnr_graph.oxigraph import (
    RDF_SYNTAXES,
    rdf_syntax_of_media_type,
    rdf_syntax_of_name,
)
from spnr_graph.read.sources import keep, rewound, stem, unknown_syntax
from spnr_graph.read.stream import Material, too_large, web_page

if TYPE_CHECKING:
    from email.message import Message
    from http.client import HTTPMessage

#: The preferred media type of each syntax, triples before quads before the rest.
_ACCEPT: Final = ", ".join(
    [syntax.media_types[0] for syntax in RDF_SYNTAXES.values()] + ["*/*;q=0.1"]
)
_PIECE: Final = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a download may go."""

    seconds: float
    size: int
    redirects: int


def is_address(source: str) -> bool:
    """Say whether a source is an http(s) address."""
    return source.lower().startswith(("http://", "https://"))


def fetch(address: str, syntax: str | None, reach: Reach) -> Material:
    """Download an address whole.

    Raises:
        DataError: no answer, a refusal, too many redirects, too slow, too large, cut
            short, a web page, or a syntax that cannot be told.
    """
    shown = _shown(address)
    request = urllib.request.Request(  # noqa: S310 - checked by is_address
        address, headers={"Accept": _ACCEPT, "User-Agent": "spnr-graph"}
    )
    with _Clock(reach.seconds) as clock:
        opener = _opener(clock, reach.redirects)
        try:
            with opener.open(request, timeout=reach.seconds) as response:
                kept = _body(response, shown, reach, clock)
                headers, final = response.headers, response.geturl()
        except urllib.error.HTTPError as exc:
            exc.close()
            raise _refused(shown, exc) from exc
        except (OSError, http.client.HTTPException) as exc:
            raise _failed(shown, exc, reach, late=clock.late) from exc
    path = PurePosixPath(urllib.parse.unquote(urllib.parse.urlsplit(final).path))
    try:
        known = syntax or _syntax(shown, headers, path.name)
    except DataError:
        kept.close()
        raise
    return Material(
        label=shown,
        open=partial(rewound, kept),
        syntax=known,
        close=kept.close,
        stem=stem(path.name) or urllib.parse.urlsplit(final).hostname or "",
        base=final,
    )


def _body(
    response: Any,  # noqa: ANN401 - untyped
    shown: str,
    reach: Reach,
    clock: _Clock,
) -> BinaryIO:
    """Receive the body; http.client alone takes an early end for the end."""
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > reach.size:
        raise too_large(shown, reach.size)
    kept = keep(iter(partial(response.read1, _PIECE), b""), shown, reach.size)
    if clock.late or (announced.isdigit() and kept.tell() < int(announced)):
        kept.close()
        raise http.client.IncompleteRead(b"")
    return kept


def _syntax(shown: str, headers: Message, name: str) -> str:
    """Tell the syntax from the announced type, else from the end of the address."""
    said = headers.get("Content-Type", "")
    known = rdf_syntax_of_media_type(said) or rdf_syntax_of_name(name)
    if "html" in said.lower():
        raise web_page(shown)
    if known is None:
        raise unknown_syntax(shown, said)
    return known.name


def _shown(address: str) -> str:
    """Return an address without the credentials that it may hold."""
    parts = urllib.parse.urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class _Clock:
    """Breaks every connection when time is up, however slowly bytes drip."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.late = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        self._sockets.append(connection)

    def _ring(self) -> None:
        self.late = True
        for connection in self._sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # already closed: nothing is left to break

    def __enter__(self) -> _Clock:
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.cancel()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http(s) only, and not for ever."""

    def __init__(self, limit: int) -> None:
        self.max_redirections = limit  # type: ignore[misc]  # urllib reads it on self
        self.max_repeats = limit  # type: ignore[misc]

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request."""
        if not is_address(newurl):
            raise urllib.error.HTTPError(newurl, code, _ELSEWHERE, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_ELSEWHERE: Final = "redirect to another protocol"


def _connection(kind: Any, clock: _Clock, *args: Any, **names: Any) -> Any:  # noqa: ANN401
    """Make a connection of http.client that the clock watches once it is open."""
    made = kind(*args, **names)
    connect = made.connect

    def watched() -> None:
        connect()
        clock.watch(made.sock)

    made.connect = watched
    return made


class _Http(urllib.request.HTTPHandler):
    def __init__(self, clock: _Clock) -> None:
        super().__init__()
        self._clock = clock

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a plain connection."""
        make = partial(_connection, http.client.HTTPConnection, self._clock)
        return self.do_open(make, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, clock: _Clock) -> None:
        super().__init__()
        self._clock = clock

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a secure connection."""
        make = partial(_connection, http.client.HTTPSConnection, self._clock)
        return self.do_open(make, req)


def _opener(clock: _Clock, redirects: int) -> urllib.request.OpenerDirector:
    """Return an opener that knows http and https, and neither file: nor ftp:."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Http(clock),
        _Https(clock),
        _Redirects(redirects),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _refused(shown: str, exc: urllib.error.HTTPError) -> DataError:
    if exc.code in {301, 302, 303, 307, 308}:
        return DataError(
            fr=f"{shown} : l'adresse renvoie vers d'autres sans fin, ou hors du Web. "
            "Ouvrez-la dans un navigateur et donnez l'adresse finale.",
            en=f"{shown}: the address redirects without end, or out of the Web. Open "
            "it in a browser and give the final address.",
        )
    return DataError(
        fr=f"{shown} : le serveur répond {exc.code} ({exc.reason}). Vérifiez "
        "l'adresse dans un navigateur.",
        en=f"{shown}: the server answers {exc.code} ({exc.reason}). Check the "
        "address in a browser.",
    )


def _failed(shown: str, exc: Exception, reach: Reach, *, late: bool) -> DataError:
    if late or isinstance(exc, TimeoutError):
        return DataError(
            fr=f"{shown} : l'adresse n'a pas répondu en entier en {reach.seconds:g} s. "
            "Recommencez plus tard, ou téléchargez le fichier et chargez-le.",
            en=f"{shown}: the address did not answer in full within {reach.seconds:g} "
            "s. Try again later, or download the file and load it.",
        )
    if isinstance(exc, http.client.IncompleteRead | ConnectionResetError):
        return DataError(
            fr=f"{shown} : la réponse s'arrête avant la fin. Recommencez.",
            en=f"{shown}: the answer stops before its end. Try again.",
        )
    reason = getattr(exc, "reason", exc)
    return DataError(
        fr=f"{shown} : l'adresse ne répond pas ({reason}). Vérifiez l'adresse et la "
        "connexion.",
        en=f"{shown}: the address does not answer ({reason}). Check the address and "
        "the connection.",
    )
