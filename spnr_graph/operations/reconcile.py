"""Reconcile: candidates for one identity, and the decisions taken on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spnr_graph import catalogue
from spnr_graph.errors import DataError
from spnr_graph.identity import decisions
from spnr_graph.identity.candidates import (
    Found,
    candidates,
    compare,
    stays_first,
)
from spnr_graph.identity.classes import other_number
from spnr_graph.identity.model import Decision, Ledger, Text
from spnr_graph.namespaces import PREFIXES, expand, shorten
from spnr_graph.operations.actors import actors, places
from spnr_graph.operations.settle import (
    derive_again,
    expected,
    ledger_path,
    read_ledger,
    settle,
)
from spnr_graph.project import Project, open_project
from spnr_graph.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from spnr_graph.identity.actors import Actor
    from spnr_graph.store import Store


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a person decides.

    Attributes:
        by: the function in whose name, never a person.
        why: the reason.
        now: when, with its time zone.
    """

    by: str
    why: Text
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a decision did, or would do.

    Attributes:
        decision: the decision, or None when it was taken already.
        kept: name of the actor that stays, or of the first.
        other: name of the other.
        graphs: dataset or graph → how many statements change there.
    """

    decision: Decision | None
    kept: str
    other: str
    graphs: dict[str, int]


def review(
    store: Store,
    *,
    minimum: float,
    actor: str | None = None,
    lang: str = "fr",
    project: Project | None = None,
) -> Found:
    """Return the actors that may be one, best first.

    Args:
        store: an open store.
        minimum: probability, above 0 and below 1, under which a pair is left out.
        actor: label, slug or IRI of the one actor that matters; all by default.
        lang: language in which ``actor`` is understood.
        project: where the ledger is; the shipped one by default.

    Raises:
        DataError: the ledger cannot be read.
        QueryError: ``actor`` means nothing or several things.
    """
    ledger = read_ledger(project or open_project())
    wanted = str(resolve(store, "spnr:Actor", actor, lang=lang)) if actor else None
    found = candidates(actors(store), places(store), ledger.classes, minimum=minimum)
    if wanted is None:
        return found
    chosen = (c for c in found.candidates if wanted in (c.kept.iri, c.other.iri))
    return replace(found, candidates=tuple(chosen))


def accept(
    store: Store,
    one: str,
    other: str,
    verdict: Verdict,
    *,
    keep: str | None = None,
    dry_run: bool = False,
    lang: str = "fr",
    project: Project | None = None,
) -> Outcome:
    """Decide that two actors are one, and make them one in the store.

    The actor that stays has a number, else the most trusted source, else the most
    statements, else the first IRI.

    Args:
        store: a store open for writing, unless ``dry_run``.
        one: label, slug or IRI of an actor.
        other: the same of another.
        verdict: who decides, why and when.
        keep: which of the two stays; chosen when not given.
        dry_run: change nothing, only say what would change.
        lang: language in which names are understood.
        project: where the ledger is; the shipped one by default.

    Raises:
        DataError: an earlier decision, or a number, says otherwise.
        QueryError: a name means nothing or several things.
    """
    content = project or open_project()
    iris = [str(resolve(store, "spnr:Actor", text, lang=lang)) for text in (one, other)]
    if iris[0] == iris[1]:
        same = shorten(iris[0])
        return Outcome(decision=None, kept=same, other=same, graphs={})
    pair, evidence = _pair(store, *iris)
    chosen = sorted(pair, key=stays_first)
    if keep is not None:
        chosen = _kept_first(pair, str(resolve(store, "spnr:Actor", keep, lang=lang)))
    if _numbers_differ(*chosen):
        raise other_number(chosen[0].iri, chosen[1].iri)
    ledger = read_ledger(content)
    decision = decisions.accept(
        ledger,
        chosen[0].iri,
        chosen[1].iri,
        by=verdict.by,
        why=verdict.why,
        on=verdict.now.date(),
        evidence=evidence,
    )
    return Outcome(
        decision=decision,
        kept=chosen[0].label,
        other=chosen[1].label,
        graphs=_effect(store, content, ledger, decision, verdict.now, dry_run=dry_run),
    )


def refuse(
    store: Store,
    one: str,
    other: str,
    verdict: Verdict,
    *,
    dry_run: bool = False,
    lang: str = "fr",
    project: Project | None = None,
) -> Outcome:
    """Decide that two actors are distinct, so that nobody is asked again.

    Raises:
        DataError: an earlier decision made them one.
        QueryError: a name means nothing or several things.
    """
    content = project or open_project()
    iris = [str(resolve(store, "spnr:Actor", text, lang=lang)) for text in (one, other)]
    if iris[0] == iris[1]:
        raise _one_already(one, other, iris[0])
    pair, evidence = _pair(store, *iris)
    ledger = read_ledger(content)
    decision = decisions.refuse(
        ledger,
        pair[0].iri,
        pair[1].iri,
        by=verdict.by,
        why=verdict.why,
        on=verdict.now.date(),
        evidence=evidence,
    )
    return Outcome(
        decision=decision,
        kept=pair[0].label,
        other=pair[1].label,
        graphs=_effect(store, content, ledger, decision, verdict.now, dry_run=dry_run),
    )


def undo(
    store: Store,
    decision: str,
    verdict: Verdict,
    *,
    dry_run: bool = False,
    project: Project | None = None,
) -> Outcome:
    """Take a decision back; the graphs become what they were before it.

    Args:
        store: a store open for writing, unless ``dry_run``.
        decision: IRI of the decision.
        verdict: who decides, why and when.
        dry_run: change nothing, only say what would change.
        project: where the ledger is; the shipped one by default.

    Raises:
        DataError: the ledger holds no such decision.
    """
    content = project or open_project()
    ledger = read_ledger(content)
    new = decisions.undo(
        ledger, decision, by=verdict.by, why=verdict.why, on=verdict.now.date()
    )
    before = next(each for each in ledger.decisions if each.iri == decision)
    return Outcome(
        decision=new,
        kept=shorten(before.keeps),
        other=shorten(before.discards),
        graphs=_effect(store, content, ledger, new, verdict.now, dry_run=dry_run),
    )


def named(project: Project, words: Sequence[str]) -> str:
    """Return the decision that a person means by its IRI, or by its two actors.

    Actors are named by IRI, prefixed name or last segment: those that were discarded
    have no other name.

    Raises:
        DataError: no decision in force is about just these two, or more words.
    """
    ledger = read_ledger(project)
    if len(words) == 1:
        return expand(words[0]) or _whole(words[0], PREFIXES["decision"])
    wanted = {expand(word) or _whole(word, PREFIXES["acteur"]) for word in words}
    for each in ledger.in_force:
        if len(words) == len(each.pair) and set(each.pair) == wanted:
            return each.iri
    told = ", ".join(words)
    raise DataError(
        fr=f"Aucune décision en vigueur entre {told}. Les voir toutes : spnr "
        "reconcile log.",
        en=f"No decision in force between {told}. See them all: spnr reconcile log.",
    )


def _whole(word: str, start: str) -> str:
    return word if "://" in word else start + word


def _effect(
    store: Store,
    project: Project,
    ledger: Ledger,
    decision: Decision | None,
    now: datetime,
    *,
    dry_run: bool,
) -> dict[str, int]:
    """Write a decision and bring the store to it, or only say what would change."""
    if decision is None:
        return {}
    changes = expected(store, decisions.extended(ledger, decision))
    if not dry_run:
        project.check_own()
        after = decisions.append(ledger_path(project), ledger, decision)
        settle(store, after, now=now)
        derive_again(store, project, now=now)
    named = catalogue.sources(store)
    return {named[g].name if g in named else g: n for g, n in changes.items()}


def _pair(
    store: Store, one: str, other: str
) -> tuple[tuple[Actor, Actor], tuple[Text, ...]]:
    """Return two actors, and what brings them together or not."""
    everyone = actors(store)
    known = {actor.iri: actor for actor in everyone}
    compared = compare(everyone, places(store), one, other)
    return (known[one], known[other]), compared.reasons


def _one_already(one: str, other: str, iri: str) -> DataError:
    return DataError(
        fr=f"« {one} » et « {other} » ne font qu'un acteur, {shorten(iri)}. Annuler "
        "d'abord la décision qui les réunit : spnr reconcile log.",
        en=f"'{one}' and '{other}' are one actor, {shorten(iri)}. Take back first the "
        "decision that made them one: spnr reconcile log.",
    )


def _kept_first(pair: tuple[Actor, Actor], keep: str) -> list[Actor]:
    if keep not in {actor.iri for actor in pair}:
        raise DataError(
            fr=f"{shorten(keep)} n'est pas l'un des deux acteurs. Donner avec --keep "
            f"{shorten(pair[0].iri)} ou {shorten(pair[1].iri)}.",
            en=f"{shorten(keep)} is neither of the two actors. Give with --keep "
            f"{shorten(pair[0].iri)} or {shorten(pair[1].iri)}.",
        )
    return sorted(pair, key=lambda actor: actor.iri != keep)


def _numbers_differ(one: Actor, other: Actor) -> bool:
    return bool(one.siren and other.siren and one.siren.isdisjoint(other.siren))
