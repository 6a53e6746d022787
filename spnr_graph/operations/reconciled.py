"""Candidates and decisions on identity in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.identity.candidates import PROBABLE
from spnr_graph.identity.model import Kind
from spnr_graph.namespaces import shorten
from spnr_graph.render.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spnr_graph.identity.candidates import Found
    from spnr_graph.identity.model import Decision, Ledger
    from spnr_graph.identity.rivals import Candidate
    from spnr_graph.operations.reconcile import Outcome
    from spnr_graph.table import Table

#: Titles of the columns of the list of candidates.
TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "score": {"fr": "Score", "en": "Score"},
    "retenu": {"fr": "Acteur retenu", "en": "Actor kept"},
    "retenu_nom": {"fr": "Son nom", "en": "Its name"},
    "ecarte": {"fr": "Acteur écarté", "en": "Actor discarded"},
    "ecarte_nom": {"fr": "Son nom", "en": "Its name"},
    "raisons": {"fr": "Raisons", "en": "Reasons"},
}

_MATCHES: Final = (
    "rapprochement possible", "rapprochements possibles",
    "possible match", "possible matches",
)  # fmt: skip
_SHOWN: Final = ("affiché", "affichés", "shown", "shown")
_PAIRS: Final = (
    "paire comparée", "paires comparées", "pair compared", "pairs compared",
)  # fmt: skip
_SKIPPED: Final = (
    "groupe trop grand pour être comparé", "groupes trop grands pour être comparés",
    "group too large to be compared", "groups too large to be compared",
)  # fmt: skip
_MOVED: Final = (
    "énoncé change d'acteur", "énoncés changent d'acteur",
    "statement changes actor", "statements change actor",
)  # fmt: skip


def candidate_text(each: Candidate, lang: str) -> str:
    """Return a candidate in a few lines: score, both actors, reasons."""
    score = f"{each.score:.2f}"
    if lang == "fr":
        score = score.replace(".", ",")
    same = "et" if lang == "fr" else "and"
    lines = [
        f"{score} ({_sure(each.score)})  {each.kept.label} <{shorten(each.kept.iri)}>",
        f"      {same} {each.other.label} <{shorten(each.other.iri)}>",
        *(f"      - {reason.pick(lang)}" for reason in each.reasons),
    ]
    return "\n".join(lines) + "\n"


def _sure(score: float) -> str:
    """Say how sure a score is, in words that both languages have."""
    if score == 1:
        return "certain"
    return "probable" if score >= PROBABLE else "possible"


def found_text(found: Found, shown: Sequence[Candidate], lang: str) -> str:
    """Return candidates in words, and how many there are."""
    total, size = len(found.candidates), len(shown)
    end = counted(total, _MATCHES, lang)
    if size < total:
        end += f", {counted(size, _SHOWN, lang)}"
    end += f"{' ;' if lang == 'fr' else ';'} {counted(found.compared, _PAIRS, lang)}."
    if found.skipped:
        end += f" {counted(found.skipped, _SKIPPED, lang)}."
    return "\n".join([*(candidate_text(c, lang) for c in shown), end]) + "\n"


def found_table(shown: Iterable[Candidate], lang: str) -> Table:
    """Return candidates as a table."""
    from decimal import Decimal

    from rdflib.term import Literal, URIRef

    from spnr_graph.table import Table

    rows = tuple(
        (
            Literal(Decimal(f"{each.score:.3f}")),
            URIRef(each.kept.iri),
            Literal(each.kept.label),
            URIRef(each.other.iri),
            Literal(each.other.label),
            Literal(" ".join(reason.pick(lang) for reason in each.reasons)),
        )
        for each in shown
    )
    return Table(columns=tuple(TITLES), rows=rows)


def outcome_text(outcome: Outcome, lang: str, *, dry_run: bool) -> str:
    """Return what a decision did, or would do, in sentences."""
    decision = outcome.decision
    if decision is None:
        return (
            "C'est déjà ainsi : rien ne change.\n"
            if lang == "fr"
            else "So it is already: nothing changes.\n"
        )
    lines = [_verdict(decision, outcome, lang)]
    for graph, count in outcome.graphs.items():
        colon = " :" if lang == "fr" else ":"
        lines.append(f"  {graph}{colon} {counted(count, _MOVED, lang)}.")
    if dry_run:
        lines.append(
            "Rien n'a été écrit (--dry-run)."
            if lang == "fr"
            else "Nothing was written (--dry-run)."
        )
    else:
        said = "Décision" if lang == "fr" else "Decision"
        colon = " :" if lang == "fr" else ":"
        lines.append(f"{said}{colon} {shorten(decision.iri)}")
    return "\n".join(lines) + "\n"


def _verdict(decision: Decision, outcome: Outcome, lang: str) -> str:
    one, other = outcome.kept, outcome.other
    if decision.kind is Kind.SAME:
        fr = f"« {other} » et « {one} » ne font qu'un acteur : « {one} » reste."
        en = f"'{other}' and '{one}' are one actor: '{one}' stays."
    elif decision.kind is Kind.DISTINCT:
        fr = f"« {one} » et « {other} » sont deux acteurs distincts."
        en = f"'{one}' and '{other}' are two distinct actors."
    else:
        fr = f"La décision sur {one} et {other} ne s'applique plus."
        en = f"The decision on {one} and {other} applies no more."
    return fr if lang == "fr" else en


def ledger_text(ledger: Ledger, lang: str) -> str:
    """Return every decision in words, the oldest first."""
    if not ledger.decisions:
        return "Aucune décision.\n" if lang == "fr" else "No decision.\n"
    return "\n".join(_decision_text(ledger, each, lang) for each in ledger.decisions)


def _decision_text(ledger: Ledger, each: Decision, lang: str) -> str:
    one, other = shorten(each.keeps), shorten(each.discards)
    said = {
        Kind.SAME: (f"{other} est {one}", f"{other} is {one}"),
        Kind.DISTINCT: (f"{one} n'est pas {other}", f"{one} is not {other}"),
        Kind.UNDONE: (
            f"annule {shorten(each.undoes)}",
            f"takes back {shorten(each.undoes)}",
        ),
    }[each.kind][lang == "en"]
    gone = each.kind is not Kind.UNDONE and each not in ledger.in_force
    note = {"fr": " (annulée)", "en": " (taken back)"}[lang] if gone else ""
    lines = [
        f"{each.on.isoformat()}  {said}{note}",
        f"    {each.by} : {each.why.pick(lang)}"
        if lang == "fr"
        else f"    {each.by}: {each.why.pick(lang)}",
        *(f"    - {text.pick(lang)}" for text in each.evidence),
        f"    {shorten(each.iri)}",
    ]
    return "\n".join(lines) + "\n"
