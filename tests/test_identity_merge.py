"""Merged lines lead back to received ones, whatever happens in between."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.term import URIRef

from spnr_graph.errors import DataError, StoreError
from spnr_graph.identity.decisions import accept, undo
from spnr_graph.identity.merge import Patch, Renames, merged, patch, received
from spnr_graph.identity.model import Decision, Ledger, Text
from spnr_graph.identity.written import parse, statements
from spnr_graph.namespaces import IDENTITY_GRAPH, PREFIXES
from spnr_graph.operations.settle import place, received_lines, settle
from spnr_graph.store import Change, Store, open_store
from tests.stores import oxigraph_server

ACTOR = PREFIXES["acteur"]
A, B, C, D = (f"{ACTOR}local-essai-{x}" for x in "abcd")
S = f"{ACTOR}siren-111111111"
G1 = "https://w3id.org/spnr/graph/contribution/un/essai"
G2 = "https://w3id.org/spnr/graph/contribution/deux/essai"
NOW = datetime(2026, 1, 15, tzinfo=UTC)
DAY = date(2026, 1, 15)


def line(subject: str, predicate: str, value: str) -> bytes:
    """Return one N-Triples line; the value is an IRI, or a literal in quotes."""
    term = value if value.startswith('"') else f"<{value}>"
    return f"<{subject}> <{predicate}> {term} .\n".encode()


def participation(actor: str, role: str = "porteur", end: str = "") -> str:
    """Return the IRI of a participation in one initiative."""
    segment = actor.rpartition("/")[2]
    return f"{PREFIXES['participation']}essai--{segment}--{role}{end}"


def ledger_of(*decisions: Decision) -> Ledger:
    """Return the ledger that holds these decisions."""
    return parse(b"".join(statements(decisions)))


def same(ledger: Ledger, kept: str, other: str) -> Ledger:
    """Return the ledger with one merge more."""
    decision = accept(ledger, kept, other, by="essai", why=Text(fr="Essai."), on=DAY)
    assert decision is not None
    return ledger_of(*ledger.decisions, decision)


def test_a_discarded_actor_gives_way_in_statements_and_in_participations() -> None:
    lines = [
        line(B, "urn:nom", '"b"'),
        line("urn:x", "urn:cite", B),
        line(participation(B), "urn:acteur", B),
        line(participation(B, end="--2024"), "urn:acteur", B),
        line("urn:x", "urn:dit", f'"<{B}>"'),
    ]

    placed, change = merged(lines, Renames({B: A}))

    assert sorted(placed) == sorted(
        [
            line(A, "urn:nom", '"b"'),
            line("urn:x", "urn:cite", A),
            line(participation(A), "urn:acteur", A),
            line(participation(A, end="--2024"), "urn:acteur", A),
            line("urn:x", "urn:dit", f'"<{B}>"'),
        ]
    )
    assert change.taken_out == frozenset(lines[:4])


def test_a_line_that_both_actors_had_is_not_counted_as_put_in() -> None:
    lines = [line(A, "urn:nom", '"x"'), line(B, "urn:nom", '"x"')]

    placed, change = merged(lines, Renames({B: A}))

    assert placed == [lines[0]]
    assert change == Patch(taken_out=frozenset({lines[1]}))
    assert sorted(received(placed, change)) == sorted(lines)


def test_an_actor_is_never_linked_to_itself_nor_withdrawn_by_its_former_name() -> None:
    owl, dcterms = PREFIXES["owl"], PREFIXES["dcterms"]
    lines = [
        line(B, dcterms + "isPartOf", A),
        line(B, dcterms + "isReplacedBy", A),
        line(B, owl + "deprecated", f'"true"^^<{PREFIXES["xsd"]}boolean>'),
    ]

    placed, change = merged(lines, Renames({B: A}))

    assert placed == []
    assert change.taken_out == frozenset(lines)


def test_a_patch_is_written_as_rdf_patch_and_read_again() -> None:
    change = patch([line(B, "urn:nom", '"é \\"x\\""')], Renames({B: A}))

    assert change.changes() == [
        f'A <{A}> <urn:nom> "é \\"x\\"" .',
        f'D <{B}> <urn:nom> "é \\"x\\"" .',
    ]
    assert Patch.of(change.changes()) == change


def test_a_patch_that_is_none_is_refused() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Patch.of(["X <urn:a> <urn:b> <urn:c> ."])


# --- Laws --------------------------------------------------------------------------

ACTORS = (A, B, C, D, S)
TERMS = [*ACTORS, *(participation(a) for a in ACTORS), "urn:x"]
PREDICATES = ["urn:p", PREFIXES["dcterms"] + "isPartOf", PREFIXES["owl"] + "deprecated"]
LINES = st.builds(
    line, st.sampled_from(TERMS), st.sampled_from(PREDICATES), st.sampled_from(TERMS)
)
#: A contribution types what it describes, so that merging never empties it.
ANCHOR = line("urn:x", "urn:nom", '"x"')
GRAPHS = st.frozensets(LINES, max_size=12).map(lambda lines: lines | {ANCHOR})
#: Merges that chain, and merges that have nothing to do with each other.
MERGES = st.lists(
    st.sampled_from([(A, B), (B, C), (S, D), (S, A), (D, C)]), unique=True, max_size=4
)


def ledger_from(merges: list[tuple[str, str]]) -> Ledger:
    """Return a ledger with the merges that agree with those before."""
    ledger = Ledger()
    for kept, other in merges:
        if ledger.classes.of(kept) != ledger.classes.of(other):
            ledger = same(ledger, kept, other)
    return ledger


@given(GRAPHS, MERGES)
def test_what_was_received_comes_back(
    lines: frozenset[bytes], merges: list[tuple[str, str]]
) -> None:
    placed, change = merged(sorted(lines), Renames(ledger_from(merges).renames))

    assert frozenset(received(placed, change)) == lines


@given(GRAPHS, MERGES)
def test_merging_twice_is_merging_once(
    lines: frozenset[bytes], merges: list[tuple[str, str]]
) -> None:
    renames = Renames(ledger_from(merges).renames)
    once, _ = merged(sorted(lines), renames)

    twice, change = merged(once, renames)

    assert twice == once
    assert not change


@given(GRAPHS)
def test_independent_merges_may_come_in_any_order(lines: frozenset[bytes]) -> None:
    one = ledger_from([(A, B), (S, D)]).renames
    other = ledger_from([(S, D), (A, B)]).renames

    assert merged(sorted(lines), Renames(one)) == merged(sorted(lines), Renames(other))


@given(GRAPHS, MERGES, MERGES)
def test_both_patches_together_lead_back_from_either_graph(
    lines: frozenset[bytes], first: list[tuple[str, str]], last: list[tuple[str, str]]
) -> None:
    placed, before = merged(sorted(lines), Renames(ledger_from(first).renames))
    after_placed, after = merged(sorted(lines), Renames(ledger_from(last).renames))

    for graph in (placed, after_placed):
        assert frozenset(received(graph, before | after)) == lines


# --- In stores ---------------------------------------------------------------------


def fill(store: Store, contents: Mapping[str, frozenset[bytes]]) -> None:
    """Place contributions as they are."""
    for graph, lines in contents.items():
        store.replace(URIRef(graph), io.BytesIO(b"".join(sorted(lines))))


def contents(store: Store) -> dict[str, frozenset[bytes]]:
    """Return what contributions hold."""
    return {
        str(graph): frozenset(store.dump(graph))
        for graph in store.graphs()
        if "/contribution/" in graph
    }


SENT = {
    G1: frozenset({
        line(A, "urn:nom", '"a"'), line(B, "urn:nom", '"b"'),
        line(participation(B), "urn:acteur", B), line(B, "urn:partie", A),
    }),
    G2: frozenset({line(B, "urn:nom", '"autre"'), line(C, "urn:cite", D)}),
}  # fmt: skip


@pytest.fixture(params=["memory", "disk", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every kind of store."""
    if request.param == "server":
        with oxigraph_server(tmp_path) as address, open_store(address) as opened:
            yield opened
        return
    place_ = "memory:" if request.param == "memory" else str(tmp_path / "store")
    with open_store(place_) as opened:
        yield opened


def test_a_merge_reaches_every_graph_and_an_undo_gives_each_back(store: Store) -> None:
    fill(store, SENT)
    ledger = same(Ledger(), A, B)

    done = settle(store, ledger, now=NOW)

    assert (set(done.graphs), done.merged, done.changed) == ({G1, G2}, 1, True)
    assert contents(store) == {
        G1: frozenset({
            line(A, "urn:nom", '"a"'), line(A, "urn:nom", '"b"'),
            line(participation(A), "urn:acteur", A),
        }),
        G2: frozenset({line(A, "urn:nom", '"autre"'), line(C, "urn:cite", D)}),
    }  # fmt: skip
    assert {g: frozenset(received_lines(store, g)) for g in SENT} == SENT
    replaced = line(B, PREFIXES["dcterms"] + "isReplacedBy", A)
    assert replaced in set(store.dump(URIRef(IDENTITY_GRAPH)))
    assert not settle(store, ledger, now=NOW).changed

    back = undo(
        ledger, ledger.decisions[0].iri, by="essai", why=Text(fr="Erreur."), on=DAY
    )
    assert back is not None
    settle(store, ledger_of(*ledger.decisions, back), now=NOW)

    assert contents(store) == SENT
    assert URIRef(IDENTITY_GRAPH) not in store.graphs()


def test_a_delivery_is_merged_on_its_way_and_kept_as_it_came(store: Store) -> None:
    ledger = same(Ledger(), A, B)
    settle(store, ledger, now=NOW)
    renames = Renames(ledger.renames)

    def deliver(lines: frozenset[bytes]) -> Change:
        return place(store, G1, lambda: io.BytesIO(b"".join(sorted(lines))), renames)

    first = deliver(SENT[G1])
    more = SENT[G1] | {line(B, "urn:site", "urn:y")}
    second = deliver(more)
    again = deliver(more)
    last = deliver(SENT[G2])

    assert (first.added, first.removed, first.total) == (3, 0, 3)
    assert (second.added, second.removed, second.total) == (1, 0, 4)
    assert (again.added, again.removed, again.total) == (0, 0, 4)
    assert last.total == 2
    assert frozenset(received_lines(store, G1)) == SENT[G2]
    assert contents(store)[G1] == frozenset({
        line(A, "urn:nom", '"autre"'), line(C, "urn:cite", D),
    })  # fmt: skip


# --- Interruptions -----------------------------------------------------------------


class Failing:
    """A store that fails when it writes for the n-th time, before or after the fact."""

    def __init__(self, store: Store, fails_at: int, *, after: bool) -> None:
        self._store, self._left, self._after = store, fails_at, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def replace(self, graph: URIRef, ntriples: BinaryIO) -> Change:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise StoreError(fr="coupure", en="cut")
        change = self._store.replace(graph, ntriples)
        if self._left == 0:
            raise StoreError(fr="coupure", en="cut")
        return change


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, 12))
def test_an_interrupted_settling_loses_nothing_and_is_ended_by_the_next(
    step: int, *, after: bool
) -> None:
    with open_store("memory:") as store:
        fill(store, SENT)
        first = same(Ledger(), A, B)
        settle(store, first, now=NOW)
        second = same(first, C, A)
        failing: Any = Failing(store, step, after=after)
        with _may_be_cut():
            settle(failing, second, now=NOW)

        assert {g: frozenset(received_lines(store, g)) for g in SENT} == SENT

        settle(store, second, now=NOW)
        wished = {
            graph: frozenset(merged(sorted(lines), Renames(second.renames))[0])
            for graph, lines in SENT.items()
        }
        assert contents(store) == wished
        assert not settle(store, second, now=NOW).changed


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, 8))
def test_an_interrupted_delivery_is_the_former_or_the_new_one(
    step: int, *, after: bool
) -> None:
    new = frozenset({line(B, "urn:nom", '"c"'), line(A, "urn:nom", '"b"')})
    renames = Renames(same(Ledger(), A, B).renames)
    with open_store("memory:") as store:
        place(store, G1, lambda: io.BytesIO(b"".join(SENT[G1])), renames)
        failing: Any = Failing(store, step, after=after)
        with _may_be_cut():
            place(failing, G1, lambda: io.BytesIO(b"".join(new)), renames)

        assert frozenset(received_lines(store, G1)) in (SENT[G1], new)


class _may_be_cut:  # noqa: N801 - reads as a sentence
    """Let the interruption of the test pass, and nothing else."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return isinstance(error, StoreError) and error.en == "cut"


@settings(max_examples=40, deadline=None)
@given(GRAPHS, MERGES, MERGES)
def test_any_settling_leads_back(
    lines: frozenset[bytes], first: list[tuple[str, str]], last: list[tuple[str, str]]
) -> None:
    with open_store("memory:") as store:
        fill(store, {G1: lines, G2: lines})
        for merges in (first, last):
            settle(store, ledger_from(merges), now=NOW)
        settle(store, Ledger(), now=NOW)

        assert contents(store) == {G1: lines, G2: lines}
