"""What went wrong between us and an address, said to a person."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
from email.utils import parsedate_to_datetime
from typing import Final

from spnr_graph.errors import DataError

#: Statuses of a server that may do better a little later.
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
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


def refused(shown: str, exc: urllib.error.HTTPError) -> UnreachableError:
    """Return the error of an answer that is neither the body nor "not modified"."""
    if exc.code in {301, 302, 303, 307, 308}:
        return UnreachableError(
            fr=f"{shown} : l'adresse renvoie vers d'autres sans fin, ou hors du Web. "
            "L'ouvrir dans un navigateur et donner l'adresse finale.",
            en=f"{shown}: the address redirects without end, or out of the Web. Open "
            "it in a browser and give the final address.",
            status=exc.code,
        )
    wait = _seconds(exc.headers.get("Retry-After", ""), exc.headers.get("Date", ""))
    passing = exc.code in _PASSING
    if passing and wait is not None and wait > LONGEST_WAIT:
        mend_fr = f"Il demande d'attendre {wait:.0f} s : recommencer ensuite."
        mend_en = f"It asks to wait for {wait:.0f} s: try again then."
    elif passing:
        mend_fr = "Recommencer plus tard, ou prévenir ses responsables."
        mend_en = "Try again later, or tell the people who run it."
    else:
        mend_fr = "Vérifier l'adresse dans un navigateur."
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


def failed(
    shown: str, exc: Exception, seconds: float, *, late: bool
) -> UnreachableError:
    """Return the error of a connection that failed, was cut or was too slow."""
    reason = getattr(exc, "reason", exc)
    if late or isinstance(reason, TimeoutError):
        return UnreachableError(
            fr=f"{shown} : l'adresse n'a pas répondu en entier en {seconds:g} s. "
            "Recommencer plus tard, ou télécharger le fichier et le charger.",
            en=f"{shown}: the address did not answer in full within {seconds:g} "
            "s. Try again later, or download the file and load it.",
            passing=True,
        )
    if isinstance(exc, http.client.IncompleteRead | ConnectionResetError):
        return cut(shown)
    if isinstance(reason, ssl.SSLCertVerificationError):
        said = reason.verify_message
        return UnreachableError(
            fr=f"{shown} : le certificat du serveur n'est pas reconnu ({said}). "
            "Vérifier l'adresse ; si elle est bonne, prévenir ses responsables.",
            en=f"{shown}: the certificate of the server is not trusted ({said}). "
            "Check the address; if it is right, tell the people who run it.",
        )
    fr, en = _said(reason)
    return UnreachableError(
        fr=f"{shown} : l'adresse ne répond pas ({fr}). Vérifier l'adresse et la "
        "connexion.",
        en=f"{shown}: the address does not answer ({en}). Check the address and "
        "the connection.",
        passing=isinstance(reason, ConnectionError),
    )


def _said(reason: object) -> tuple[str, str]:
    """Return why nothing answers, in French and in English."""
    if isinstance(reason, ConnectionRefusedError):
        return "connexion refusée", "connection refused"
    if isinstance(reason, socket.gaierror):
        return "nom de machine inconnu", "unknown host name"
    return str(reason), str(reason)


def cut(shown: str) -> UnreachableError:
    """Return the error of a body that ends before its end."""
    return UnreachableError(
        fr=f"{shown} : la réponse s'arrête avant la fin. Recommencer.",
        en=f"{shown}: the answer stops before its end. Try again.",
        passing=True,
    )


def packed(shown: str, packing: str) -> DataError:
    """Return the error of a packing that was not asked for."""
    return DataError(
        fr=f"{shown} : la réponse est compressée d'une façon qui n'a pas été demandée "
        f"({packing:.40}). Télécharger le fichier et le charger.",
        en=f"{shown}: the answer is packed in a way that was not asked for "
        f"({packing:.40}). Download the file and load it.",
    )


def no_address(address: str) -> DataError:
    """Return the error of a text that looks like an address and is none."""
    shown = address.rpartition("@")[2]
    return DataError(
        fr=f"{shown} : cette adresse n'en est pas une. Vérifier le nom de machine et "
        "le port.",
        en=f"{shown}: this is no address. Check its host name and its port.",
    )
