"""A directory that holds a store: recognising it, making it, opening it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from spnr_graph.errors import StoreError

#: Its presence says "this directory is a store", even before the first triple.
MARKER: Final = "SPNR-STORE.txt"
#: Seconds before each new try of an opening beside a writer.
_DELAYS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
_MARKER_TEXT: Final = """\
Ce dossier est un entrepôt de spnr_graph (format Oxigraph). N'y modifiez rien à la main.
This directory is a store of spnr_graph (Oxigraph format). Do not edit anything in it.
"""


def open_directory(path: Path, *, read_only: bool) -> ox.Store:
    """Open a directory as a store, creating it unless ``read_only``.

    Raises:
        StoreError: missing, a file, not a store, locked, not writable or damaged.
    """
    try:
        _check(path, read_only=read_only)
        if read_only:
            return _open_beside_a_writer(str(path))
        path.mkdir(parents=True, exist_ok=True)
        marker = path / MARKER
        if not marker.exists():
            marker.write_text(_MARKER_TEXT, encoding="utf-8")
        return ox.Store(str(path))
    except (OSError, ValueError, RuntimeError) as exc:
        raise _explain(path, exc) from exc


def _open_beside_a_writer(path: str) -> ox.Store:
    """Open read-only, again when a writer removed a file that was about to be read."""
    for delay in _DELAYS:
        try:
            return ox.Store.read_only(path)
        except (OSError, ValueError, RuntimeError) as exc:
            if "No such file" not in str(exc):
                raise
            time.sleep(delay)
    return ox.Store.read_only(path)


def _check(path: Path, *, read_only: bool) -> None:
    """Refuse a path that is not, and must not become, a store."""
    if path.exists() and not path.is_dir():
        raise StoreError(
            fr=f"{path} est un fichier, pas un dossier d'entrepôt. "
            "Donnez un dossier : s'il n'existe pas, il sera créé.",
            en=f"{path} is a file, not the directory of a store. "
            "Give a directory: it is created when absent.",
        )
    names = {entry.name for entry in path.iterdir()} if path.exists() else set()
    if read_only and "CURRENT" not in names and names <= {MARKER, "LOCK"}:
        raise StoreError(
            fr=f"Il n'y a pas encore d'entrepôt dans {path}. Chargez d'abord des "
            "données (spnr load), ou donnez un autre dossier.",
            en=f"There is no store in {path} yet. Load data first (spnr load), or "
            "give another directory.",
        )
    if names and MARKER not in names:
        raise StoreError(
            fr=f"{path} contient autre chose qu'un entrepôt (par exemple "
            f"{min(names)}). Donnez un dossier vide, nouveau, ou un entrepôt.",
            en=f"{path} holds something else than a store (for example {min(names)}). "
            "Give an empty directory, a new one, or a store.",
        )


def _explain(path: Path, exc: OSError | ValueError | RuntimeError) -> StoreError:
    """Return the error that says why a directory did not open."""
    said = str(exc)
    if "LOCK" in said and ("lock hold" in said or "No locks" in said):
        return StoreError(
            fr=f"L'entrepôt {path} est déjà ouvert par ce programme. "
            "Fermez le premier (close) ou ouvrez celui-ci en lecture seule.",
            en=f"The store {path} is already open in this process. "
            "Close the first one or open this one read-only.",
        )
    if "lock file" in said and "temporarily unavailable" in said:
        return StoreError(
            fr=f"L'entrepôt {path} est ouvert en écriture par un autre programme. "
            "Attendez qu'il finisse, ou ouvrez l'entrepôt en lecture seule.",
            en=f"The store {path} is open for writing in another process. "
            "Wait until it ends, or open the store read-only.",
        )
    if "No space left" in said:
        return StoreError(
            fr=f"L'entrepôt {path} ne s'ouvre pas : il n'y a plus de place sur le "
            "disque. Rien n'est perdu ; faire de la place, puis recommencer.",
            en=f"The store {path} does not open: there is no room left on the disk. "
            "Nothing is lost; make room, then try again.",
        )
    if _is_refusal(exc, said):
        return StoreError(
            fr=f"Impossible d'écrire l'entrepôt {path} : {_reason(exc)}. "
            "Choisissez un dossier où vous avez le droit d'écrire.",
            en=f"Cannot write the store {path}: {_reason(exc)}. "
            "Choose a directory where you may write.",
        )
    return _damaged(str(path), exc)


def _is_refusal(exc: Exception, said: str) -> bool:
    """Say whether the system, not the content, refused."""
    if isinstance(exc, (PermissionError, NotADirectoryError)):
        return True
    reasons = ("Permission denied", "Read-only file system", "Not a directory")
    return any(reason in said for reason in reasons)


def _reason(exc: Exception) -> str:
    """Return the system's own words, without the path."""
    return getattr(exc, "strerror", None) or str(exc).rpartition(": ")[2]


def _damaged(location: str, exc: Exception) -> StoreError:
    """Return the error for a store whose files cannot be read."""
    return StoreError(
        fr=f"L'entrepôt {location} est illisible ou endommagé : {exc} (message du "
        "moteur). Restaurez une sauvegarde, ou supprimez le dossier et rechargez les "
        "données (spnr load).",
        en=f"The store {location} is unreadable or damaged: {exc}. "
        "Restore a backup, or delete the directory and load the data again "
        "(spnr load).",
    )
