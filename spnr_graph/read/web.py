"""One address → its body, whole: limits, redirects, conditions, new attempts."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.read.connection import Clock, opener
from spnr_graph.read.sources import keep
from spnr_graph.read.stream import too_large
from spnr_graph.read.unreachable import (
    LONGEST_WAIT,
    UnreachableError,
    cut,
    failed,
    no_address,
    packed,
    refused,
)

if TYPE_CHECKING:
    from email.message import Message

_PIECE: Final = 1 << 16
_NOT_MODIFIED: Final = 304
#: Characters of an address that stay as they are.
_KEPT: Final = "%:/?#[]@!$&'()*+,;=~"
#: Seconds before the second attempt; each next pause is twice as long.
_PAUSE: Final = 1.0


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a download may go, all its attempts together.

    Attributes:
        seconds: time that it may take.
        size: bytes that it may bring, unpacked.
        redirects: how many times an address may send elsewhere.
    """

    seconds: float
    size: int
    redirects: int = 5


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of an address.

    Attributes:
        address: http or https.
        accept: media types, the preferred one first.
        etag: version that is already here, as the server named it, or ``""``.
        last_modified: date of that version, as the server wrote it, or ``""``.
    """

    address: str
    accept: str
    etag: str = ""
    last_modified: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be an address.

        Raises:
            DataError: a host or a port that none can have.
        """
        try:
            coded(self.address)
        except ValueError as exc:
            raise no_address(self.address) from exc

    @property
    def shown(self) -> str:
        """The address without the credentials that it may hold."""
        parts = urllib.parse.urlsplit(self.address)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def request(self) -> urllib.request.Request:
        """Write the request."""
        headers = {
            "Accept": self.accept,
            "Accept-Encoding": "gzip",
            "User-Agent": "spnr-graph",
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
        }
        said = {name: value for name, value in headers.items() if value}
        return urllib.request.Request(coded(self.address), headers=said)  # noqa: S310 - http(s)


def coded(address: str) -> str:
    """Return an address in ASCII: catalogues hold IRIs, and the Web wants URIs.

    Example:
        >>> coded("https://région.exemple/données 2026.csv?q=é%20e#x")
        'https://xn--rgion-bsa.exemple/donn%C3%A9es%202026.csv?q=%C3%A9%20e#x'
    """
    parts = urllib.parse.urlsplit(address)
    if not parts.hostname or parts.port == 0:
        raise ValueError(address)
    host = parts.netloc.encode("idna").decode()
    coded = urllib.parse.quote(parts._replace(netloc="").geturl(), safe=_KEPT)
    return urllib.parse.urlsplit(coded)._replace(netloc=host).geturl()


@dataclass(frozen=True, kw_only=True)
class Download:
    """What an address answered.

    Attributes:
        body: the bytes from their beginning, to be closed; None when the version that
            is here is still the last.
        headers: headers of the answer.
        final: address after redirects.
        attempts: how many it took.
    """

    body: BinaryIO | None = field(repr=False)
    headers: Message = field(repr=False)
    final: str
    attempts: int


def download(
    ask: Ask,
    reach: Reach,
    *,
    attempts: int = 1,
    pause: Callable[[float], None] = time.sleep,
) -> Download:
    """Bring the body of an address, whole or not at all.

    Args:
        ask: the address, and the version of it that is already here.
        reach: limits, for all the attempts together.
        attempts: how many times to try when the failure may pass.
        pause: waits so many seconds before a new attempt.

    Raises:
        UnreachableError: no answer, a refusal, too slow or cut short, each time.
        DataError: too large, or packed in a way that was not asked for.
    """
    end = time.monotonic() + reach.seconds
    with Clock(reach.seconds) as clock:
        for attempt in range(1, attempts + 1):
            try:
                return _once(ask, reach, clock, attempt, reach.seconds / attempts)
            except UnreachableError as failure:
                wait = _wait(failure, attempt)
                left = end - time.monotonic()
                last = attempt == attempts or clock.late
                if last or not failure.passing or wait > min(left, LONGEST_WAIT):
                    raise
                pause(wait)
    raise AssertionError("at least one attempt")  # pragma: no cover


def _wait(failure: UnreachableError, attempt: int) -> float:
    """Return how long to wait: what the server asks, else twice as long each time."""
    usual = _PAUSE * 2.0 ** (attempt - 1)
    return usual if failure.wait is None else max(failure.wait, usual)


def _once(ask: Ask, reach: Reach, clock: Clock, attempt: int, idle: float) -> Download:
    """Ask once; ``idle`` is how many seconds the server may stay silent."""
    try:
        with opener(clock, reach.redirects).open(ask.request(), timeout=idle) as answer:
            return Download(
                body=_body(answer, ask.shown, reach, clock),
                headers=answer.headers,
                final=answer.geturl(),
                attempts=attempt,
            )
    except urllib.error.HTTPError as exc:
        with exc:
            if exc.code == _NOT_MODIFIED and (ask.etag or ask.last_modified):
                return Download(
                    body=None, headers=exc.headers, final=exc.url, attempts=attempt
                )
            raise refused(ask.shown, exc) from exc
    except (OSError, http.client.HTTPException) as exc:
        allowed = reach.seconds if clock.late else idle
        raise failed(ask.shown, exc, allowed, late=clock.late) from exc


def _body(
    response: Any,  # noqa: ANN401 - untyped
    shown: str,
    reach: Reach,
    clock: Clock,
) -> BinaryIO:
    """Receive the body; http.client alone takes an early end for the end."""
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > reach.size:
        raise too_large(shown, reach.size)
    expected = int(announced) if announced.isdigit() else None
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    raw = _received(response, expected, clock)
    if packing in {"gzip", "x-gzip"}:
        raw = _unpacked(raw, shown)
    elif packing not in {"", "identity"}:
        raise packed(shown, packing)
    kept = keep(raw, shown, reach.size)
    kept.seek(0)
    return kept


def _received(
    response: Any,  # noqa: ANN401 - untyped
    expected: int | None,
    clock: Clock,
) -> Iterator[bytes]:
    """Yield the bytes as they come, to the announced end."""
    count = 0
    for part in iter(partial(response.read1, _PIECE), b""):
        count += len(part)
        yield part
    if clock.late or (expected is not None and count < expected):
        raise http.client.IncompleteRead(b"")


def _unpacked(parts: Iterator[bytes], shown: str) -> Iterator[bytes]:
    """Unpack what was packed for the way, in pieces, so that a bomb meets the limit."""
    gzip = zlib.decompressobj(wbits=31)
    try:
        for part in parts:
            left = part
            while left:
                if gzip.eof:  # another member follows
                    gzip = zlib.decompressobj(wbits=31)
                yield gzip.decompress(left, _PIECE)
                left = gzip.unconsumed_tail or gzip.unused_data
    except zlib.error as exc:
        raise cut(shown) from exc
    if not gzip.eof:
        raise http.client.IncompleteRead(b"")
