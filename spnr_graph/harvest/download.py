"""A file of the project, a web address or an endpoint → a delivery."""

from __future__ import annotations

import time
import urllib.parse
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from spnr_graph.errors import DataError
from spnr_graph.harvest.delivery import Delivery, digest, material
from spnr_graph.read.address import ACCEPT
from spnr_graph.read.seen import Seen
from spnr_graph.read.stream import is_web_page
from spnr_graph.read.web import Ask, Reach, coded, download

if TYPE_CHECKING:
    from collections.abc import Callable

    from spnr_graph.distribution import Distribution

#: How many characters of a digest messages show.
_SHOWN: Final = 12
#: Bytes in which a web page shows that it is one.
_BEGINNING: Final = 1 << 12


def fetch(
    distribution: Distribution,
    *,
    seen: Seen | None = None,
    reach: Reach,
    attempts: int = 3,
    pause: Callable[[float], None] = time.sleep,
) -> Delivery:
    """Bring what a distribution holds now.

    Args:
        distribution: what the catalogue says.
        seen: the version that is here already.
        reach: limits of time and size, for all the attempts together.
        attempts: how many times to try when a failure may pass.
        pause: waits so many seconds before a new attempt.

    Raises:
        UnreachableError: nothing came, or not the whole of it.
        DataError: what came is too large, a web page, or not what the catalogue says.
    """
    if distribution.kind == "file":
        return _file(distribution, seen)
    if distribution.kind == "endpoint":
        return _endpoint(distribution, seen, reach, pause)
    return _address(distribution, seen, reach, attempts, pause)


def _file(distribution: Distribution, seen: Seen | None) -> Delivery:
    path = Path(distribution.location)
    try:
        body: BinaryIO = path.open("rb")
    except FileNotFoundError as exc:
        raise DataError(
            fr=f"{path} : ce fichier n'existe pas. Vérifier le chemin donné par "
            "data/catalogue.ttl.",
            en=f"{path}: no such file. Check the path given by data/catalogue.ttl.",
        ) from exc
    except OSError as exc:
        raise DataError(
            fr=f"{path} : lecture impossible ({exc.strerror}). Vérifier le chemin "
            "donné par data/catalogue.ttl, et les droits.",
            en=f"{path}: cannot be read ({exc.strerror}). Check the path given by "
            "data/catalogue.ttl, and the permissions.",
        ) from exc
    return _delivery(distribution, body, seen, label=str(path), name=path.name)


def _endpoint(
    distribution: Distribution,
    seen: Seen | None,
    reach: Reach,
    pause: Callable[[float], None],
) -> Delivery:
    # SPARQLWrapper takes longer to import than most commands take to run.
    from spnr_graph.harvest.endpoint import pull

    shown = Ask(address=distribution.location, accept="").shown
    where = coded(distribution.location)
    body = pull(where, distribution.construct, reach=reach, pause=pause)
    name = f"{urllib.parse.urlsplit(where).hostname}.nt"
    return _delivery(distribution, body, seen, label=shown, name=name)


def _address(
    distribution: Distribution,
    seen: Seen | None,
    reach: Reach,
    attempts: int,
    pause: Callable[[float], None],
) -> Delivery:
    ask = Ask(
        address=distribution.location,
        accept=_accepted(distribution),
        etag=seen.etag if seen else "",
        last_modified=seen.last_modified if seen else "",
    )
    got = download(ask, reach, attempts=attempts, pause=pause)
    if got.body is None:
        kept = seen or Seen()
        return Delivery(
            state="unchanged", material=None, seen=kept, attempts=got.attempts
        )
    path = PurePosixPath(urllib.parse.unquote(urllib.parse.urlsplit(got.final).path))
    return _delivery(
        distribution,
        got.body,
        seen,
        label=ask.shown,
        name=path.name or distribution.name or "donnees",
        version=(got.headers.get("ETag", ""), got.headers.get("Last-Modified", "")),
        media_type=got.headers.get("Content-Type", ""),
        base=got.final,
        attempts=got.attempts,
    )


def _accepted(distribution: Distribution) -> str:
    """Return what to ask for: what the catalogue says, else RDF, else anything."""
    if distribution.media_type:
        return f"{distribution.media_type}, */*;q=0.1"
    return "*/*" if distribution.format else ACCEPT


def _delivery(
    distribution: Distribution,
    body: BinaryIO,
    seen: Seen | None,
    *,
    label: str,
    name: str,
    version: tuple[str, str] = ("", ""),
    media_type: str = "",
    base: str = "",
    attempts: int = 1,
) -> Delivery:
    """Look at what came, and compare it with what was seen last."""
    try:
        sha256, size = digest(body)
        _check(distribution, body, sha256, label, html="html" in media_type.lower())
    except DataError:
        body.close()
        raise
    now = Seen(etag=version[0], last_modified=version[1], sha256=sha256, bytes=size)
    return Delivery(
        state="unchanged" if seen and seen.sha256 == sha256 else "fresh",
        material=material(
            body,
            distribution,
            label=label,
            name=name,
            media_type=media_type,
            base=base,
        ),
        seen=now,
        attempts=attempts,
    )


def _check(
    distribution: Distribution, body: BinaryIO, sha256: str, label: str, *, html: bool
) -> None:
    """Refuse a page for people, and bytes that are not those of the catalogue."""
    beginning = body.read(_BEGINNING)
    if is_web_page(beginning) or (html and beginning.lstrip().startswith(b"<")):
        raise DataError(
            fr=f"{label} : c'est une page web (souvent une page d'erreur), pas des "
            "données. Vérifier l'adresse de téléchargement dans data/catalogue.ttl.",
            en=f"{label}: this is a web page (often an error page), not data. Check "
            "the download address in data/catalogue.ttl.",
        )
    body.seek(0)
    if distribution.sha256 and distribution.sha256 != sha256:
        said, got = distribution.sha256[:_SHOWN], sha256[:_SHOWN]
        raise DataError(
            fr=f"{label} : l'empreinte SHA-256 est {got}…, le catalogue annonce "
            f"{said}…. Si le changement est voulu, mettre à jour spdx:checksum dans "
            "data/catalogue.ttl.",
            en=f"{label}: the SHA-256 digest is {got}…, the catalogue announces "
            f"{said}…. If the change is intended, update spdx:checksum in "
            "data/catalogue.ttl.",
        )
