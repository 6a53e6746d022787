"""A loopback endpoint that fails in a chosen way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

JSON = "application/sparql-results+json"
TRUE = b'{"head":{},"boolean":true}'
FALSE = b'{"head":{},"boolean":false}'
ONE_ROW = (
    b'{"head":{"vars":["s"]},"results":{"bindings":['
    b'{"s":{"type":"uri","value":"urn:a"}}]}}'
)

Answer = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request, answered by the next function of the script."""

    protocol_version = "HTTP/1.1"
    server: Script

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        self.form = parse_qs(body)
        self.body = body
        self.server.seen.append(self)
        self.close_connection = True
        self.server.next()(self)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 (http.server's names)

    def log_message(self, *args: object) -> None:
        """Keep the tests quiet."""

    def say(
        self, status: int, body: bytes, media_type: str = JSON, **headers: str
    ) -> None:
        """Answer in the ordinary way."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Script(ThreadingHTTPServer):
    """A server that plays answers in order and repeats the last one."""

    daemon_threads = True
    seen: list[Exchange]
    answers: list[Answer]

    def next(self) -> Answer:
        """Return the next answer of the script."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def script(*answers: Answer) -> Iterator[Script]:
    """Run a server that plays these answers, after two that open a store."""
    server = Script(("127.0.0.1", 0), Exchange)
    server.seen, server.answers = [], [says(200, TRUE), *answers]
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(
    status: int, body: bytes = b"", media_type: str = JSON, **headers: str
) -> Answer:
    """Answer with a status and a body."""
    return lambda exchange: exchange.say(status, body, media_type, **headers)


def hangs_up(exchange: Exchange) -> None:
    """Close the connection without a word."""
    exchange.connection.shutdown(2)


def sleeps(exchange: Exchange) -> None:
    """Send no header for a while."""
    time.sleep(0.6)


def dribbles(exchange: Exchange) -> None:
    """Send a byte now and then, each in time, the whole too late."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", JSON)
    exchange.send_header("Content-Length", "1000")
    exchange.end_headers()
    for _ in range(20):
        exchange.wfile.write(b" ")
        time.sleep(0.05)


def dribbles_headers(exchange: Exchange) -> None:
    """Send the headers a byte at a time."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(20):
        exchange.wfile.write(b"X")
        time.sleep(0.05)


def cuts_chunks(exchange: Exchange) -> None:
    """Stop in the middle of a chunk."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", JSON)
    exchange.send_header("Transfer-Encoding", "chunked")
    exchange.end_headers()
    half = ONE_ROW[: len(ONE_ROW) // 2]
    exchange.wfile.write(b"%x\r\n%b\r\n" % (len(half), half) + b"40\r\nabc")
