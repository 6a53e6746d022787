"""One HTTP request at a time: time limit, retries, whole bodies, clear failures."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final, cast

from spnr_graph.store.failures import HttpError, broken, cut, excerpt, refusal

#: Seconds to wait before each new try of a read.
_DELAYS: Final = (0.5, 1.0, 2.0)
_HTML: Final = (b"<!doctype html", b"<html")


@dataclass(frozen=True, kw_only=True)
class Transport:
    """How requests reach one endpoint.

    Attributes:
        shown: the endpoint's address for messages, without credentials.
        credentials: ``user:password`` for Basic authentication, or ``""``.
        timeout: seconds that one request may wait for the endpoint, body included.
        sleep: what waits between two tries.
    """

    shown: str
    credentials: str = field(default="", repr=False)
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep

    def read(self, request: urllib.request.Request) -> Body:
        """Send a request that changes nothing, again when the failure may pass.

        Raises:
            HttpError: the endpoint failed, or still fails after the last try.
        """
        for delay in _DELAYS:
            try:
                return self._send(request)
            except HttpError as exc:
                if not exc.passing:
                    raise
            self.sleep(delay)
        return self._send(request)

    def write(self, request: urllib.request.Request) -> None:
        """Send a request that changes something, once.

        Raises:
            HttpError: the endpoint refused, or did not say that it was done.
        """
        try:
            with self._send(request) as body:
                while body.read(1 << 16):
                    pass
        except HttpError as exc:
            if exc.status:
                raise
            raise HttpError(
                fr=f"{exc.fr} La modification a pu avoir lieu ou non, mais jamais à "
                "moitié : vérifiez avec « spnr info ».",
                en=f"{exc.en} The change may or may not have happened, but never by "
                "half: check with `spnr info`.",
            ) from exc

    def _send(self, request: urllib.request.Request) -> Body:
        """Send a request once and return the body of its 2xx answer."""
        if self.credentials:
            token = b64encode(self.credentials.encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {token}")
        budget = _Budget(self.timeout)
        try:
            response = _opener(budget).open(request, timeout=self.timeout)
        except urllib.error.HTTPError as exc:
            with exc:
                raise refusal(self.shown, exc, _beginning(exc)) from exc
        except (OSError, http.client.HTTPException) as exc:
            raise broken(self.shown, self.timeout, exc) from exc
        return Body(response, self)


class Body:
    """The body of an answer, read to its announced end or not at all."""

    def __init__(self, response: Any, transport: Transport) -> None:  # noqa: ANN401 (addinfourl is untyped)
        """Take an open response and look at its beginning."""
        self._response = response
        self.shown = transport.shown
        self._transport = transport
        length = response.headers.get("Content-Length", "")
        self._left = int(length) if length.isdigit() else None
        self.headers = response.headers
        self.media_type: str = response.headers.get("Content-Type", "")
        try:
            self._head = self._receive(512)
        except HttpError:
            self.close()
            raise

    @property
    def excerpt(self) -> str:
        """The beginning of the body, for a message."""
        return excerpt(self._head)

    @property
    def is_html(self) -> bool:
        """Whether this is a page for people, whatever it says it is."""
        start = self._head.lstrip().lower()
        return "html" in self.media_type.lower() or start.startswith(_HTML)

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, or ``b""`` at the announced end.

        Raises:
            HttpError: too slow, cut off, or broken.
        """
        if size < 0:
            return b"".join(iter(partial(self.read, 1 << 16), b""))
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._receive(size)

    def _receive(self, size: int) -> bytes:
        """Receive some bytes from the network."""
        try:
            part = cast("bytes", self._response.read1(size))
        except (OSError, http.client.HTTPException) as exc:
            raise broken(self._transport.shown, self._transport.timeout, exc) from exc
        if self._left is not None:
            self._left -= len(part)
            # http.client takes an early end for the end when read by parts.
            if not part and size and self._left > 0:
                raise cut(self._transport.shown)
        return part

    def __enter__(self) -> Body:
        """Return the body itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close the connection."""
        self.close()

    def __del__(self) -> None:
        """Close the connection of rows that nobody read."""
        self.close()

    def close(self) -> None:
        """Close the connection; closing twice is no error."""
        self._response.close()


def _opener(budget: _Budget) -> urllib.request.OpenerDirector:
    """Return an opener of http and https, and of nothing else, within a budget."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirect(),
        _Http(budget),
        _Https(budget),
    ):
        opener.add_handler(handler)
    return opener


def _beginning(exc: urllib.error.HTTPError) -> bytes:
    """Return the beginning of the body of a refusal, as far as it comes."""
    try:
        return exc.read(2048)
    except (OSError, http.client.HTTPException):
        return b""


class _Budget:
    """Seconds left to wait for the endpoint; the reader's own time is free."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    def receive(self, sock: socket.socket, receive: Callable[[], int | None]) -> int:
        """Receive once, within what is left."""
        if self._left <= 0:
            raise TimeoutError
        sock.settimeout(self._left)
        start = time.monotonic()
        try:
            return receive() or 0
        finally:
            self._left -= time.monotonic() - start


# urllib and http.client are extended by inheritance, and in no other way.
class _Metered(io.RawIOBase):
    """A socket whose every reception counts against one budget."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, budget: _Budget) -> None:
        self._sock, self._raw, self._budget = sock, raw, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 (as in io)
        return self._budget.receive(self._sock, lambda: self._raw.readinto(buffer))

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """A response that reads through a metered socket."""

    def __init__(
        self, sock: socket.socket, *, method: str | None, budget: _Budget
    ) -> None:
        super().__init__(sock, method=method)
        self.fp = io.BufferedReader(_Metered(sock, self.fp.detach(), budget))


def _metered(kind: Any, budget: _Budget, *args: Any, **names: Any) -> Any:  # noqa: ANN401 (as in urllib)
    """Build a connection whose responses share a budget."""
    connection = kind(*args, **names)
    connection.response_class = partial(_Response, budget=budget)
    return connection


class _Http(urllib.request.HTTPHandler):
    """Plain HTTP within a budget."""

    def __init__(self, budget: _Budget) -> None:
        super().__init__()
        self._budget = budget

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        kind = partial(_metered, http.client.HTTPConnection, self._budget)
        return self.do_open(kind, req)


class _Https(urllib.request.HTTPSHandler):
    """HTTP over TLS within a budget."""

    def __init__(self, budget: _Budget) -> None:
        super().__init__(context=_context())
        self._budget = budget

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        kind = partial(_metered, http.client.HTTPSConnection, self._budget)
        return self.do_open(kind, req, context=_context())


@cache
def _context() -> ssl.SSLContext:
    """Read the certificates of the system once: it takes longer than a request."""
    return ssl.create_default_context()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follow nothing: urllib turns a redirected POST into a GET without the query."""

    def redirect_request(self, *args: object) -> None:
        """Refuse."""
