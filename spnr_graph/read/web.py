"""One address → its body, whole: limits, redirects, conditions, new attempts."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.errors import DataError
from spnr_graph.read.connection import Clock, opener
from spnr_graph.read.sources import keep
from spnr_graph.read.stream import too_large

if TYPE_CHECKING:
    from email.message import Message

_PIECE: Final = 1 << 16
_NOT_MODIFIED: Final = 304
#: Statuses of a server that may do better a little later.
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
#: Seconds before the second attempt; each next pause is twice as long.
_PAUSE: Final = 1.0
#: Longest time, in seconds, that a server may ask us to wait (Retry-After).
LONGEST_WAIT: Final = 60.0


class UnreachableError(DataError):
    """An address that did not give its body, now: it may do so another time.

    Attributes:
        status: HTTP status of the refusal; 0 without an answer.
        passing: whether a new attempt may do better.
        wait: seconds that the server asks us to wait; None when it does not say.
    """

    def __init__(
        self,
        *,
        fr: str,
        en: str,
        status: int = 0,
        passing: bool = False,
        wait: float | None = None,
    ) -> None:
        """Keep what the caller may decide upon."""
        super().__init__(fr=fr, en=en)
        self.status, self.passing, self.wait = status, passing, wait


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
        return urllib.request.Request(self.address, headers=said)  # noqa: S310 - http(s)


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
        UnreachableError: no answer, a refusal, too slow, or cut short, to the last attempt.
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
            raise _refused(ask.shown, exc) from exc
    except (OSError, http.client.HTTPException) as exc:
        raise _failed(ask.shown, exc, reach, late=clock.late) from exc


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
        raise _packed(shown, packing)
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
            yield gzip.decompress(part, _PIECE)
            while gzip.unconsumed_tail:
                yield gzip.decompress(gzip.unconsumed_tail, _PIECE)
    except zlib.error as exc:
        raise _cut(shown) from exc
    if not gzip.eof:
        raise http.client.IncompleteRead(b"")


def _refused(shown: str, exc: urllib.error.HTTPError) -> UnreachableError:
    if exc.code in {301, 302, 303, 307, 308}:
        return UnreachableError(
            fr=f"{shown} : l'adresse renvoie vers d'autres sans fin, ou hors du Web. "
            "Ouvrez-la dans un navigateur et donnez l'adresse finale.",
            en=f"{shown}: the address redirects without end, or out of the Web. Open "
            "it in a browser and give the final address.",
            status=exc.code,
        )
    wait = _seconds(exc.headers.get("Retry-After", ""), exc.headers.get("Date", ""))
    passing = exc.code in _PASSING
    if passing and wait is not None and wait > LONGEST_WAIT:
        mend_fr = f"Il demande d'attendre {wait:.0f} s : recommencez ensuite."
        mend_en = f"It asks to wait for {wait:.0f} s: try again then."
    elif passing:
        mend_fr = "Recommencez plus tard, ou prévenez ses responsables."
        mend_en = "Try again later, or tell the people who run it."
    else:
        mend_fr = "Vérifiez l'adresse dans un navigateur."
        mend_en = "Check the address in a browser."
    return UnreachableError(
        fr=f"{shown} : le serveur répond {exc.code} ({exc.reason}). {mend_fr}",
        en=f"{shown}: the server answers {exc.code} ({exc.reason}). {mend_en}",
        status=exc.code,
        passing=passing,
        wait=wait,
    )


def _seconds(text: str, now: str) -> float | None:
    """Return how long to wait: seconds, or a date beside the server's own."""
    if text.strip().isdigit():
        return float(text)
    try:
        until, since = parsedate_to_datetime(text), parsedate_to_datetime(now)
        return max((until - since).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None  # absent or unreadable: the server asks for nothing


def _failed(
    shown: str, exc: Exception, reach: Reach, *, late: bool
) -> UnreachableError:
    reason = getattr(exc, "reason", exc)
    if late or isinstance(reason, TimeoutError):
        return UnreachableError(
            fr=f"{shown} : l'adresse n'a pas répondu en entier en {reach.seconds:g} s. "
            "Recommencez plus tard, ou téléchargez le fichier et chargez-le.",
            en=f"{shown}: the address did not answer in full within {reach.seconds:g} "
            "s. Try again later, or download the file and load it.",
            passing=True,
        )
    if isinstance(exc, http.client.IncompleteRead | ConnectionResetError):
        return _cut(shown)
    if isinstance(reason, ssl.SSLCertVerificationError):
        said = reason.verify_message
        return UnreachableError(
            fr=f"{shown} : le certificat du serveur n'est pas reconnu ({said}). "
            "Vérifiez l'adresse ; si elle est bonne, prévenez ses responsables.",
            en=f"{shown}: the certificate of the server is not trusted ({said}). "
            "Check the address; if it is right, tell the people who run it.",
        )
    return UnreachableError(
        fr=f"{shown} : l'adresse ne répond pas ({reason}). Vérifiez l'adresse et la "
        "connexion.",
        en=f"{shown}: the address does not answer ({reason}). Check the address and "
        "the connection.",
        passing=isinstance(reason, ConnectionError),
    )


def _cut(shown: str) -> UnreachableError:
    return UnreachableError(
        fr=f"{shown} : la réponse s'arrête avant la fin. Recommencez.",
        en=f"{shown}: the answer stops before its end. Try again.",
        passing=True,
    )


def _packed(shown: str, packing: str) -> DataError:
    return DataError(
        fr=f"{shown} : la réponse est compressée d'une façon qui n'a pas été demandée "
        f"({packing:.40}). Téléchargez le fichier et chargez-le.",
        en=f"{shown}: the answer is packed in a way that was not asked for "
        f"({packing:.40}). Download the file and load it.",
    )
