"""The ledger of decisions on identity: a Turtle file that only grows."""

from __future__ import annotations

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spnr_graph import turtle
from spnr_graph.errors import DataError
from spnr_graph.identity.classes import held, other_number
from spnr_graph.identity.model import Decision, Kind, Ledger, Text
from spnr_graph.identity.written import parse, statements
from spnr_graph.namespaces import PREFIXES, shorten

if TYPE_CHECKING:
    from datetime import date

_HEADER: Final = """\
# Décisions d'identité : qui est qui, selon qui, depuis quand et pourquoi.
# Ce fichier ne fait que grandir : « spnr reconcile » y ajoute, rien ne s'y modifie.
# Une décision se prend au nom d'une fonction, jamais d'une personne.
"""


def read(path: Path) -> Ledger:
    """Read a ledger; a file that does not exist is an empty one.

    Raises:
        DataError: it is not Turtle in canonical form, a decision is incomplete, or
            decisions in force contradict each other.
    """
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise _unreadable(path, error) from error
    ledger = parse(text, name=str(path))
    if turtle.canonical(text, name=str(path)) != text:
        raise DataError(
            fr=f"{path} n'est pas en forme canonique, et ce qui y est écrit ne doit "
            f"plus bouger. Le remettre en forme : python -m spnr_graph.turtle {path}.",
            en=f"{path} is not in canonical form, and what is written there must not "
            f"move. Put it in form: python -m spnr_graph.turtle {path}.",
        )
    return ledger


def extended(ledger: Ledger, decision: Decision) -> Ledger:
    """Return a ledger with one decision more; what it said before stays as it is.

    Raises:
        DataError: the decision contradicts another.
    """
    header = _HEADER if not ledger.text else _comments(ledger.text)
    output = io.BytesIO()
    turtle.write(statements((*ledger.decisions, decision)), output, header=header)
    return parse(output.getvalue())


def append(path: Path, ledger: Ledger, decision: Decision) -> Ledger:
    """Add a decision to the file of a ledger, in one step, and return the new ledger.

    What was written before stays byte for byte.

    Raises:
        DataError: the file changed since the ledger was read, cannot be written, or
            the decision contradicts another.
    """
    after = extended(ledger, decision)
    if read(path).text != ledger.text:
        raise DataError(
            fr=f"{path} a changé entre-temps. Recommencer : rien n'a été écrit.",
            en=f"{path} changed meanwhile. Start again: nothing was written.",
        )
    try:
        _replace(path, after.text)
    except OSError as error:
        raise DataError(
            fr=f"{path} : écriture impossible ({error}). Vérifier les droits, ou "
            "donner avec --root un dossier où l'on peut écrire.",
            en=f"{path}: cannot be written ({error}). Check the rights, or give with "
            "--root a folder that can be written to.",
        ) from error
    return after


def accept(
    ledger: Ledger,
    kept: str,
    other: str,
    *,
    by: str,
    why: Text,
    on: date,
    evidence: tuple[Text, ...] = (),
) -> Decision | None:
    """Return the decision that two actors are one, or None when they are already.

    Actors that stand for nothing of their own any more are followed to those that
    stand for them.

    Args:
        ledger: what was decided before.
        kept: IRI of the actor that stays.
        other: IRI of the actor that is discarded.
        by: the function that decides, never a person.
        why: the reason.
        on: the day.
        evidence: what it rests on.

    Raises:
        DataError: they were said to be distinct, or their SIREN differ.
    """
    classes = ledger.classes
    kept, other = classes.of(kept), classes.of(other)
    if kept == other:
        return None
    if before := classes.apart(kept, other):
        raise held(kept, other, before)
    numbers = {number for number in map(classes.siren, (kept, other)) if number}
    if len(numbers) > 1:
        raise other_number(kept, other)
    return Decision(
        iri=_name(ledger, Kind.SAME, on, (kept, other)),
        kind=Kind.SAME,
        on=on,
        by=by,
        why=why,
        keeps=kept,
        discards=other,
        evidence=evidence,
    )


def refuse(
    ledger: Ledger,
    one: str,
    other: str,
    *,
    by: str,
    why: Text,
    on: date,
    evidence: tuple[Text, ...] = (),
) -> Decision | None:
    """Return the decision that two actors are distinct, or None when it is taken.

    Raises:
        DataError: earlier decisions made them one.
    """
    classes = ledger.classes
    if classes.of(one) == classes.of(other):
        raise classes.merged(one, other)
    if classes.apart(one, other):
        return None
    return Decision(
        iri=_name(ledger, Kind.DISTINCT, on, (one, other)),
        kind=Kind.DISTINCT,
        on=on,
        by=by,
        why=why,
        keeps=one,
        discards=other,
        evidence=evidence,
    )


def undo(
    ledger: Ledger, decision: str, *, by: str, why: Text, on: date
) -> Decision | None:
    """Return the decision that takes another back, or None when it is taken back.

    Raises:
        DataError: the ledger holds no such decision on two actors.
    """
    known = {e.iri: e for e in ledger.decisions if e.kind is not Kind.UNDONE}
    if decision not in known:
        raise DataError(
            fr=f"{shorten(decision)} n'est pas une décision que l'on puisse annuler. "
            "Les voir toutes : spnr reconcile log.",
            en=f"{shorten(decision)} is no decision that can be taken back. See them "
            "all: spnr reconcile log.",
        )
    if known[decision] not in ledger.in_force:
        return None
    return Decision(
        iri=_name(ledger, Kind.UNDONE, on, known[decision].pair),
        kind=Kind.UNDONE,
        on=on,
        by=by,
        why=why,
        undoes=decision,
    )


def _name(ledger: Ledger, kind: Kind, on: date, pair: tuple[str, str]) -> str:
    """Return an IRI for a decision: day, kind and actors, and a number if need be."""
    actors = "--".join(re.split(r"[/#]", iri)[-1] for iri in pair)
    wished = f"{PREFIXES['decision']}{on.isoformat()}-{kind}-{actors}"
    taken = {each.iri for each in ledger.decisions}
    name, number = wished, 2
    while name in taken:
        name, number = f"{wished}-{number}", number + 1
    return name


def _comments(text: bytes) -> str:
    """Return the comments at the top of a ledger."""
    found = re.match(rb"(?:#[^\n]*\n)*", text)
    return found[0].decode() if found else ""


def _replace(path: Path, text: bytes) -> None:
    """Put a text in the place of a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".spnr-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode if path.exists() else 0o644
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise


def _unreadable(path: Path, error: OSError) -> DataError:
    return DataError(
        fr=f"{path} : lecture impossible ({error}). Vérifier les droits du fichier.",
        en=f"{path}: cannot be read ({error}). Check the rights of the file.",
    )
