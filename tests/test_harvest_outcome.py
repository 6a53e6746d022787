"""What became of harvests is kept, and refused deliveries are kept apart."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import URIRef

from spnr_graph.catalogue import is_run
from spnr_graph.errors import DataError, StoreError
from spnr_graph.harvest import Outcome, Quarantine, Seen, note, outcome, outcomes
from spnr_graph.harvest import quarantine as kept_apart
from spnr_graph.harvest.quarantine import Kept, quarantine_of
from spnr_graph.namespaces import CATALOGUE_GRAPH
from spnr_graph.read.stream import Material
from spnr_graph.store import Store, open_store

GRAPH = "https://w3id.org/spnr/graph/contribution/a/b"
PLACE = f"{GRAPH}#lieux"
START = datetime(2026, 1, 1, 8, tzinfo=UTC)
DOWN = DataError(fr="l'adresse ne répond pas", en="the address does not answer")
GOOD = {"loaded", "unchanged"}


def after(former: Outcome | None, state: str, day: int, **more: object) -> Outcome:
    now = START + timedelta(days=day)
    return outcome(
        former, distribution=PLACE, graph=GRAPH, state=state, now=now, **more
    )


# --- Outcomes -------------------------------------------------------------------------

STATES = st.sampled_from(["loaded", "unchanged", "refused", "failed", "unreachable"])


@given(st.lists(st.tuples(STATES, st.integers(0, 2)), min_size=1, max_size=12))
def test_a_history_is_summed_up_by_its_last_good_and_first_bad_attempts(
    history: list[tuple[str, int]],
) -> None:
    found = None
    for day, (state, version) in enumerate(history):
        seen = Seen(sha256=f"{version:064}", bytes=version)
        error = None if state in GOOD else DOWN
        found = after(found, state, day, seen=seen, error=error)

    good = [d for d, (state, _) in enumerate(history) if state in GOOD]
    bad = [
        d for d, (s, _) in enumerate(history) if s not in GOOD and d > max([-1, *good])
    ]
    refused = [d for d, (state, _) in enumerate(history) if state == "refused"]
    day = {number: START + timedelta(days=number) for number in range(len(history))}
    assert found.state == history[-1][0]
    assert found.attempted == day[len(history) - 1]
    assert found.succeeded == (day[good[-1]] if good else None)
    assert found.failing == (day[bad[0]] if bad else None)
    assert found.refused == (day[refused[-1]] if refused else None)
    assert found.text("fr") == (DOWN.fr if bad else "")
    assert (found.seen.bytes if found.seen else None) == (
        history[good[-1]][1] if good else None
    )


def test_content_changed_when_its_digest_did() -> None:
    dated = "Wed, 01 Apr 2020 08:00:00 GMT"
    first = after(None, "loaded", 0, seen=Seen(sha256="a", last_modified=dated))
    same = after(first, "unchanged", 1, seen=Seen(sha256="a", etag="other"))
    new = after(same, "loaded", 2, seen=Seen(sha256="b"))
    down = after(new, "unreachable", 3, error=DOWN)

    assert first.changed == same.changed == datetime(2020, 4, 1, 8, tzinfo=UTC)
    assert new.changed == down.changed == START + timedelta(days=2)


@pytest.mark.parametrize("dated", ["", "yesterday"])
def test_the_first_delivery_tells_no_change_when_its_server_does_not(
    dated: str,
) -> None:
    found = after(None, "loaded", 0, seen=Seen(sha256="a", last_modified=dated))

    assert found.changed is None
    assert after(None, "loaded", 0).changed is None


FULL = Outcome(
    distribution=PLACE,
    graph=GRAPH,
    state="refused",
    attempted=START,
    succeeded=START - timedelta(days=3),
    changed=START - timedelta(days=30),
    failing=START - timedelta(days=1),
    refused=START,
    fr="« nom » manque \\ ligne 2",
    en='"name" is missing',
    seen=Seen(etag='W/"v\\1"', last_modified="Wed", sha256="ab", bytes=12),
)
LEAST = Outcome(
    distribution="https://exemple.invalid/d#1",
    graph=GRAPH,
    state="unreachable",
    attempted=START,
)


def test_outcomes_are_read_as_they_were_noted(store: Store) -> None:
    title = b'<urn:a> <http://purl.org/dc/terms/title> "t" .\n'
    store.replace(URIRef(CATALOGUE_GRAPH), io.BytesIO(title))

    note(store, [FULL, LEAST])

    assert outcomes(store) == {PLACE: FULL, LEAST.distribution: LEAST}
    lines = list(store.dump(URIRef(CATALOGUE_GRAPH)))
    assert [line for line in lines if not is_run(line)] == [title]


def test_an_outcome_takes_the_place_of_the_former_one() -> None:
    with open_store("memory:") as store:
        note(store, [FULL, LEAST])
        later = after(FULL, "unchanged", 1)

        note(store, [later])
        note(store, [])

        assert outcomes(store) == {PLACE: later, LEAST.distribution: LEAST}


# --- Quarantine -----------------------------------------------------------------------


def material(data: bytes, name: str = "lieux.csv") -> Material:
    return Material(
        label=name, open=lambda: io.BytesIO(data), syntax="", stem="lieux", name=name
    )


def content(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}


def test_a_refused_delivery_is_kept_with_its_reports(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantaine")

    folder = quarantine.keep("lieux", material(b"nom\n"), "le texte", "{}")

    assert folder == tmp_path / "quarantaine" / "lieux" / "117b0082d631"
    assert content(folder) == {
        "lieux.csv": "nom\n", "rapport.txt": "le texte", "rapport.json": "{}",
    }  # fmt: skip
    assert quarantine.list() == (
        Kept(dataset="lieux", path=folder, delivery=folder / "lieux.csv", size=4),
    )


def test_the_same_delivery_again_renews_its_reports(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)

    first = quarantine.keep("lieux", material(b"nom\n"), "un", "1")
    again = quarantine.keep("lieux", material(b"nom\n"), "deux", "2")

    assert first == again
    assert content(again)["rapport.txt"] == "deux"
    assert [each.name for each in (tmp_path / "lieux").iterdir()] == [again.name]


def test_the_last_ten_deliveries_of_each_dataset_are_kept(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    other = quarantine.keep("autre", material(b""), "", "")
    folders = []
    for number in range(12):
        folders.append(quarantine.keep("lieux", material(b"%d" % number), "", ""))
        for age, folder in enumerate(reversed(folders)):
            if folder.exists():
                os.utime(folder, (1000 - age, 1000 - age))

    assert [each.path for each in quarantine.list()] == [other, *reversed(folders[2:])]


def test_a_delivery_that_is_too_large_leaves_its_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_apart, "LARGEST", 3)
    quarantine = Quarantine(tmp_path)

    folder = quarantine.keep("lieux", material(b"nom\n"), "trop", "{}")

    assert content(folder) == {
        "rapport.txt": "trop\nLivraison de 4 octets, trop grande pour être conservée "
        "ici.\nDelivery of 4 bytes, too large to be kept here.\n",
        "rapport.json": "{}",
    }
    assert quarantine.list() == (
        Kept(dataset="lieux", path=folder, delivery=None, size=0),
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("été 2026.csv", "été 2026.csv"),
        ("", "livraison-"),
        ("..", "livraison-"),
        ("rapport.txt", "livraison-rapport.txt"),
        ("a\x00\nb.csv", "a_b.csv"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
    ],
    ids=["path", "accents", "none", "dots", "report", "control", "long"],
)
def test_a_delivery_keeps_its_name_and_stays_in_its_folder(
    name: str, kept: str, tmp_path: Path
) -> None:
    folder = Quarantine(tmp_path).keep("../Jeu", material(b"x", name), "", "")

    assert folder.parent == tmp_path / "jeu"
    assert set(content(folder)) == {kept, "rapport.txt", "rapport.json"}


def test_a_delivery_that_breaks_while_it_is_kept_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    quarantine = Quarantine(tmp_path)
    bad = Material(label="x", open=Broken, syntax="", stem="x", name="x.csv")

    with pytest.raises(StoreError, match="the quarantine cannot be written") as caught:
        quarantine.keep("lieux", bad, "", "")

    assert "la place sur le disque" in caught.value.fr
    assert quarantine.list() == ()


def test_nothing_is_kept_before_the_first_refusal(tmp_path: Path) -> None:
    assert Quarantine(tmp_path / "absent").list() == ()


@pytest.mark.parametrize("location", ["memory:", "http://127.0.0.1:1/", "https://h/s"])
def test_a_store_that_is_no_directory_has_no_quarantine(location: str) -> None:
    assert quarantine_of(location) is None


def test_the_quarantine_lies_beside_the_store(tmp_path: Path) -> None:
    assert quarantine_of(f"{tmp_path}/store/") == tmp_path / "quarantaine"
