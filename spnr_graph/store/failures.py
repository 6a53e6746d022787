"""What went wrong between us and an endpoint, said to a person."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
from http.client import OK
from typing import Final

from spnr_graph.errors import StoreError

_PASSING_STATUSES: Final = frozenset({502, 503, 504})
_EXCERPT: Final = 300

#: Status → what it means and what to do, in French and in English.
_STATUSES: Final[dict[int, tuple[str, str]]] = {
    400: (
        "la demande est refusée. Corrigez-la",
        "the request is refused. Correct it",
    ),
    401: (
        "il faut s'identifier. Écrivez l'adresse sous la forme "
        "https://utilisateur:motdepasse@hôte/…",
        "credentials are needed. Write the address as https://user:password@host/…",
    ),
    403: (
        "l'accès est interdit. Vérifiez vos droits et l'adresse",
        "access is forbidden. Check your rights and the address",
    ),
    404: (
        "il n'y a rien à cette adresse. Vérifiez-la",
        "there is nothing at this address. Check it",
    ),
    413: (
        "la demande est trop longue pour ce serveur. Réduisez-la ou relevez la limite "
        "du serveur",
        "the request is too long for this server. Shorten it or raise the limit of the "
        "server",
    ),
    414: (
        "la demande est trop longue pour ce serveur. Réduisez-la ou relevez la limite "
        "du serveur",
        "the request is too long for this server. Shorten it or raise the limit of the "
        "server",
    ),
}
_OTHERWISE: Final = (
    "le serveur a échoué. Réessayez plus tard, ou prévenez son responsable",
    "the server failed. Try again later, or tell the people who run it",
)


class HttpError(StoreError):
    """A request that failed: its status (0 without one) and whether it may pass.

    The status is 200 when an answer came and is not what it should be.
    """

    def __init__(
        self,
        *,
        fr: str,
        en: str,
        status: int = 0,
        said: str = "",
        passing: bool = False,
    ) -> None:
        """Keep what the caller may decide upon."""
        super().__init__(fr=fr, en=en)
        self.status = status
        self.said = said
        self.passing = passing


def refusal(shown: str, exc: urllib.error.HTTPError, body: bytes) -> HttpError:
    """Return the error for an answer whose status is not 2xx."""
    status = exc.code
    if 300 <= status < 400:
        target = exc.headers.get("Location", "?")
        return HttpError(
            fr=f"{shown} renvoie vers {target:.200}. Si cette adresse est la bonne, "
            "donnez-la directement.",
            en=f"{shown} redirects to {target:.200}. If that is the right address, "
            "give it directly.",
            status=status,
        )
    said = excerpt(body)
    fr, en = _STATUSES.get(status, _OTHERWISE)
    return HttpError(
        fr=f"{shown} répond {status} : {fr}."
        + (f" Il dit : « {said} »." if said else ""),
        en=f"{shown} answers {status}: {en}."
        + (f' It says: "{said}".' if said else ""),
        status=status,
        said=said,
        passing=status in _PASSING_STATUSES,
    )


def excerpt(body: bytes) -> str:
    """Return the beginning of a body as one line of text."""
    return " ".join(body.decode(errors="replace").split())[:_EXCERPT]


def broken(
    shown: str, timeout: float, exc: OSError | http.client.HTTPException
) -> HttpError:
    """Return the error for a connection that failed or was cut."""
    if isinstance(exc, urllib.error.URLError) and isinstance(exc.reason, OSError):
        exc = exc.reason
    if isinstance(exc, TimeoutError):
        return _slow(shown, timeout)
    if isinstance(exc, ssl.SSLError):
        return _insecure(shown, exc)
    if isinstance(exc, socket.gaierror):
        return HttpError(
            fr=f"{shown} est introuvable : ce nom de machine est inconnu. "
            "Vérifiez l'adresse et la connexion au réseau.",
            en=f"{shown} cannot be found: its host name is unknown. "
            "Check the address and the network.",
        )
    if isinstance(exc, http.client.IncompleteRead):
        return cut(shown)
    if isinstance(exc, (ConnectionError, http.client.HTTPException)):
        return _unanswered(shown, exc)
    return HttpError(
        fr=f"{shown} est injoignable : {exc} (message du système). "
        "Vérifiez l'adresse et la connexion au réseau.",
        en=f"{shown} cannot be reached: {exc}. Check the address and the network.",
    )


def _slow(shown: str, timeout: float) -> HttpError:
    """Return the error for an endpoint that let the time limit pass."""
    return HttpError(
        fr=f"{shown} n'a pas fini de répondre en {timeout:g} s. Simplifiez la demande "
        "ou accordez plus de temps (--timeout).",
        en=f"{shown} did not finish its answer within {timeout:g} s. Simplify the "
        "request or allow more time (--timeout).",
    )


def _insecure(shown: str, exc: ssl.SSLError) -> HttpError:
    """Return the error for a TLS connection that cannot be trusted."""
    reason = getattr(exc, "verify_message", "") or exc.reason or str(exc)
    return HttpError(
        fr=f"{shown} : la connexion sécurisée (TLS) a échoué ({reason}). Vérifiez "
        "l'adresse ; si elle est bonne, prévenez les responsables du serveur.",
        en=f"{shown}: the secure connection (TLS) failed ({reason}). Check the "
        "address; if it is right, tell the people who run the server.",
    )


def _unanswered(shown: str, exc: OSError | http.client.HTTPException) -> HttpError:
    """Return the error for a connection refused, or closed without an answer."""
    if isinstance(exc, ConnectionRefusedError):
        return HttpError(
            fr=f"{shown} ne répond pas : la connexion est refusée. "
            "Vérifiez l'adresse, et que le serveur est démarré.",
            en=f"{shown} does not answer: the connection is refused. "
            "Check the address, and that the server is running.",
            passing=True,
        )
    return HttpError(
        fr=f"{shown} a rompu la connexion ou ne parle pas HTTP. "
        "Vérifiez l'adresse, ou réessayez plus tard.",
        en=f"{shown} broke the connection or does not speak HTTP. "
        "Check the address, or try again later.",
        passing=isinstance(exc, ConnectionError),
    )


def cut(shown: str) -> HttpError:
    """Return the error for a body that ends before its announced end."""
    return HttpError(
        fr=f"{shown} a interrompu sa réponse avant la fin : rien de ce début n'est "
        "sûr. Réessayez, ou demandez moins à la fois.",
        en=f"{shown} stopped before the end of its answer: nothing of this beginning "
        "is safe. Try again, or ask for less at a time.",
    )


def unreadable(shown: str, said: str) -> HttpError:
    """Return the error for an answer that is cut short or not what it claims."""
    return HttpError(
        fr=f"{shown} a donné une réponse incomplète ou mal formée ({said:.300}). "
        "Réessayez, ou demandez moins à la fois.",
        en=f"{shown} gave an incomplete or malformed answer ({said:.300}). "
        "Try again, or ask for less at a time.",
        status=OK,
    )


def partial(shown: str, limit: str) -> HttpError:
    """Return the error for an answer that the endpoint itself says is partial."""
    return HttpError(
        fr=f"{shown} n'a donné qu'une partie de la réponse (limite du serveur : "
        f"{limit}). Demandez moins à la fois (LIMIT, OFFSET) ou relevez cette limite.",
        en=f"{shown} gave only a part of the answer (limit of the server: {limit}). "
        "Ask for less at a time (LIMIT, OFFSET) or raise that limit.",
        status=OK,
    )


def foreign(shown: str, media_type: str, start: str, *, page: bool) -> HttpError:
    """Return the error for an answer in a syntax that was not asked for."""
    what_fr = "une page HTML" if page else f"du « {media_type or 'type inconnu'} »"
    what_en = "an HTML page" if page else f"{media_type or 'an unknown type'!r}"
    return HttpError(
        fr=f"{shown} répond par {what_fr}, pas par une réponse SPARQL : "
        f"« {start:.120} ». Donnez l'adresse du point d'accès SPARQL lui-même.",
        en=f"{shown} answers with {what_en}, not with a SPARQL answer: "
        f'"{start:.120}". Give the address of the SPARQL endpoint itself.',
        status=OK,
    )
