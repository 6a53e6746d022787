"""The ledger only grows, and what contradicts it is refused with the conflict told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from spnr_graph import turtle
from spnr_graph.errors import DataError
from spnr_graph.identity.decisions import accept, append, extended, read, refuse, undo
from spnr_graph.identity.model import Decision, Kind, Ledger, Text
from spnr_graph.identity.written import parse
from spnr_graph.namespaces import PREFIXES

ACTOR, DECISION = PREFIXES["acteur"], PREFIXES["decision"]
A, B, C, D = (f"{ACTOR}local-essai-{x}" for x in "abcd")
S, T = f"{ACTOR}siren-111111111", f"{ACTOR}siren-222222222"
DAY = date(2026, 1, 15)
WHY = Text(fr="Essai.", en="Trial.")


def one(ledger: Ledger, kept: str, other: str) -> Ledger:
    """Return the ledger with two actors made one."""
    decision = accept(ledger, kept, other, by="essai", why=WHY, on=DAY)
    assert decision is not None
    return extended(ledger, decision)


def two(ledger: Ledger, first: str, other: str) -> Ledger:
    """Return the ledger with two actors held apart."""
    decision = refuse(ledger, first, other, by="essai", why=WHY, on=DAY)
    assert decision is not None
    return extended(ledger, decision)


def back(ledger: Ledger, decision: Decision) -> Ledger:
    """Return the ledger with a decision taken back."""
    undone = undo(ledger, decision.iri, by="essai", why=WHY, on=DAY)
    assert undone is not None
    return extended(ledger, undone)


def test_a_decision_is_written_and_read_as_it_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "data" / "identite.ttl"
    evidence = tuple(Text(fr=f"Point {n}.", en=f"Point {n}!") for n in range(12))
    decision = accept(Ledger(), A, B, by="essai", why=WHY, on=DAY, evidence=evidence)
    assert decision is not None

    written = append(path, Ledger(), decision)

    assert read(path) == written
    assert written.decisions == (decision,)
    assert decision == Decision(
        iri=f"{DECISION}2026-01-15-meme-acteur-local-essai-a--local-essai-b",
        kind=Kind.SAME,
        on=DAY,
        by="essai",
        why=WHY,
        keeps=A,
        discards=B,
        evidence=evidence,
    )


def test_what_was_written_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "identite.ttl"
    ledger = Ledger()
    for kept, other in ((A, B), (C, D), (S, A)):
        decision = accept(ledger, kept, other, by="essai", why=WHY, on=DAY)
        assert decision is not None
        before = path.read_text("utf-8") if path.exists() else ""
        ledger = append(path, ledger, decision)
        after = path.read_text("utf-8")
        for block in before.split("\n\n"):
            assert block.strip() in after
        assert turtle.canonical(after) == after.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["identite.ttl"]


def test_chains_lead_to_their_end_and_undoing_a_link_leaves_the_others() -> None:
    first = one(Ledger(), B, A)
    ledger = one(first, C, B)

    assert ledger.renames == {A: C, B: C}
    assert back(ledger, first.decisions[0]).renames == {B: C}


def test_a_merged_actor_is_followed_to_the_one_that_stands_for_it() -> None:
    ledger = one(one(Ledger(), B, A), C, A)

    assert ledger.renames == {A: C, B: C}


def test_deciding_the_same_again_is_no_decision() -> None:
    ledger = two(one(one(Ledger(), A, B), A, C), A, D)

    assert accept(ledger, B, A, by="essai", why=WHY, on=DAY) is None
    assert accept(ledger, B, C, by="essai", why=WHY, on=DAY) is None
    assert refuse(ledger, D, C, by="essai", why=WHY, on=DAY) is None
    undone = back(ledger, ledger.decisions[0])
    assert undo(undone, ledger.decisions[0].iri, by="x", why=WHY, on=DAY) is None


def test_a_pair_can_be_decided_again_after_an_undo() -> None:
    ledger = one(Ledger(), A, B)
    ledger = one(back(ledger, ledger.decisions[0]), A, B)

    assert ledger.renames == {B: A}
    assert [each.iri.removeprefix(DECISION) for each in ledger.decisions] == [
        "2026-01-15-meme-acteur-local-essai-a--local-essai-b",
        "2026-01-15-meme-acteur-local-essai-a--local-essai-b-2",
        "2026-01-15-annulation-local-essai-a--local-essai-b",
    ]


def test_distinct_actors_are_not_made_one_even_through_others() -> None:
    ledger = one(one(two(Ledger(), A, B), A, C), B, D)

    with pytest.raises(DataError, match="were said to be distinct") as caught:
        accept(ledger, C, D, by="essai", why=WHY, on=DAY)
    assert (
        "spnr reconcile undo decision:2026-01-15-acteurs-distincts" in caught.value.fr
    )


def test_one_actor_is_not_said_to_be_two() -> None:
    ledger = one(Ledger(), A, B)

    with pytest.raises(DataError, match="are one actor already"):
        refuse(ledger, A, B, by="essai", why=WHY, on=DAY)


def test_two_numbers_are_two_actors_even_through_others() -> None:
    with pytest.raises(DataError, match="two different SIREN"):
        accept(Ledger(), S, T, by="essai", why=WHY, on=DAY)
    ledger = one(one(Ledger(), A, S), B, A)
    with pytest.raises(DataError, match="two different SIREN"):
        accept(ledger, T, B, by="essai", why=WHY, on=DAY)


def test_only_a_decision_of_the_ledger_can_be_taken_back() -> None:
    with pytest.raises(DataError, match="no decision that can be taken back"):
        undo(Ledger(), f"{DECISION}x", by="essai", why=WHY, on=DAY)


PROLOGUE = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())


def written(name: str, kind: str, rest: str, day: str = "2026-01-15") -> str:
    """Return one decision as a person could write it."""
    return (
        f"decision:{name} a spnr:IdentityDecision ; dcterms:type {kind} ; "
        f'dc:creator "essai" ; dcterms:description "Essai."@fr ; '
        f'dcterms:date "{day}"^^xsd:date ; {rest} .\n'
    )


SAME, OTHER, GONE = (
    f"decision-identite:{k}" for k in ("meme-acteur", "acteurs-distincts", "annulation")
)


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (
            [
                written("1", SAME, "spnr:keeps acteur:a ; spnr:discards acteur:b"),
                written("2", SAME, "spnr:keeps acteur:b ; spnr:discards acteur:a"),
            ],
            "run in a circle",
        ),
        (
            [
                written("1", SAME, "spnr:keeps acteur:a ; spnr:discards acteur:b"),
                written("2", SAME, "spnr:keeps acteur:c ; spnr:discards acteur:b"),
            ],
            "already discarded",
        ),
        (
            [
                written("1", SAME, "spnr:keeps acteur:a ; spnr:discards acteur:b"),
                written("2", OTHER, "spnr:keeps acteur:b ; spnr:discards acteur:a"),
            ],
            "are one actor already",
        ),
        (
            [
                written(
                    "1",
                    SAME,
                    "spnr:keeps acteur:siren-111111111 ; "
                    "spnr:discards acteur:siren-222222222",
                )
            ],
            "two different SIREN",
        ),
        ([written("1", GONE, "dcterms:replaces decision:x")], "which is no decision"),
        ([written("1", SAME, "spnr:keeps acteur:a")], "spnr:discards is missing"),
        (
            [written("1", SAME, "spnr:keeps acteur:a ; spnr:discards acteur:a")],
            "spnr:keeps, spnr:discards",
        ),
        (
            [written("1", SAME, "spnr:keeps axe:a ; spnr:discards acteur:a")],
            "spnr:keeps, spnr:discards",
        ),
        ([written("1", "axe:x", "spnr:keeps acteur:a")], "dcterms:type is missing"),
        (
            [
                written(
                    "1", SAME, "spnr:keeps acteur:a ; spnr:discards acteur:b", "demain"
                )
            ],
            "dcterms:date is missing",
        ),
        (["<urn:a> <urn:b>"], "is not valid Turtle"),
    ],
    ids=[
        "circle", "two-kept", "one-and-two", "two-numbers", "undoes-nothing",
        "without-other", "itself", "no-actor", "no-kind", "no-day", "no-turtle",
    ],
)  # fmt: skip
# rdflib warns of the wrong date before we refuse it.
@pytest.mark.filterwarnings("ignore")
def test_a_ledger_that_is_wrong_is_refused_and_says_where(
    decisions: list[str], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        parse((PROLOGUE + "".join(decisions)).encode())


def test_a_ledger_out_of_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "identite.ttl"
    path.write_text(
        PROLOGUE + written("1", OTHER, "spnr:keeps acteur:a ; spnr:discards acteur:b"),
        encoding="utf-8",
    )

    with pytest.raises(DataError, match=r"python -m spnr_graph\.turtle"):
        read(path)


def test_a_ledger_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read(tmp_path)
    decision = accept(Ledger(), A, B, by="essai", why=WHY, on=DAY)
    assert decision is not None
    (tmp_path / "fichier").write_text("")
    with pytest.raises(DataError, match=r"cannot be (read|written)"):
        append(tmp_path / "fichier" / "identite.ttl", Ledger(), decision)


def test_a_ledger_that_changed_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "identite.ttl"
    first = accept(Ledger(), A, B, by="essai", why=WHY, on=DAY)
    second = accept(Ledger(), C, D, by="essai", why=WHY, on=DAY)
    assert first is not None
    assert second is not None
    append(path, Ledger(), first)
    text = path.read_bytes()

    with pytest.raises(DataError, match="changed meanwhile"):
        append(path, Ledger(), second)
    assert path.read_bytes() == text


def test_texts_are_picked_by_language_and_never_empty() -> None:
    assert Text(fr="oui").pick("en") == "oui"
    assert Text(en="yes").pick("fr") == "yes"
    assert (WHY.pick("fr"), WHY.pick("en")) == ("Essai.", "Trial.")
