"""Connections to the Web that a clock can break, and that stay on the Web."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from http.client import HTTPMessage


def is_address(source: str) -> bool:
    """Say whether a source is an http(s) address."""
    return source.lower().startswith(("http://", "https://"))


class Clock:
    """Breaks every connection when time is up, however slowly bytes drip."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.late = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        """Break this connection too when time is up, or at once when it is."""
        if self.late:
            connection.close()
            raise TimeoutError
        self._sockets.append(connection)

    def _ring(self) -> None:
        self.late = True
        for connection in self._sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # already closed: nothing is left to break

    def __enter__(self) -> Clock:
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


def _connection(kind: Any, clock: Clock, *args: Any, **names: Any) -> Any:  # noqa: ANN401
    """Make a connection of http.client that the clock watches once it is open."""
    made = kind(*args, **names)
    connect = made.connect

    def watched() -> None:
        connect()
        clock.watch(made.sock)

    made.connect = watched
    return made


class _Http(urllib.request.HTTPHandler):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a plain connection."""
        make = partial(_connection, http.client.HTTPConnection, self._clock)
        return self.do_open(make, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a secure connection."""
        make = partial(_connection, http.client.HTTPSConnection, self._clock)
        return self.do_open(make, req)


def opener(clock: Clock, redirects: int) -> urllib.request.OpenerDirector:
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
