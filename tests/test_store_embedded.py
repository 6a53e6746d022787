"""What a directory store promises beyond the contract."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from spnr_graph.errors import DataError, StoreError
from spnr_graph.store import Change, Store, open_store
from spnr_graph.store.difference import LineReader, normal
from spnr_graph.store.directory import MARKER
from tests import needs
from tests.stores import G1, G2, held, lines, nt, question


def child(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run Python code in another process."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


OPEN = """
import sys
from spnr_graph.store import open_store
from spnr_graph.errors import StoreError
try:
    open_store(sys.argv[1])
except StoreError as error:
    print(error.fr)
    print(error.en)
"""


def refusal(location: Path, *, read_only: bool = False) -> tuple[str, str]:
    """Return the French and English messages of a store that does not open."""
    with pytest.raises(StoreError) as caught:
        open_store(str(location), read_only=read_only)
    return caught.value.fr, caught.value.en


def test_a_new_directory_is_marked_as_a_store(tmp_path: Path) -> None:
    place = tmp_path / "new" / "store"

    with open_store(str(place)) as store:
        assert store.location == str(place)

    assert "entrepôt de spnr_graph" in (place / MARKER).read_text(encoding="utf-8")


def test_an_empty_directory_becomes_a_store(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        assert store.replace(G1, nt("a p b")).total == 1


def test_a_directory_with_other_things_is_refused_and_left_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "lettre.odt").write_text("…")

    assert refusal(tmp_path) == (
        f"{tmp_path} contient autre chose qu'un entrepôt (par exemple lettre.odt). "
        "Donnez un dossier vide, nouveau, ou un entrepôt.",
        f"{tmp_path} holds something else than a store (for example lettre.odt). "
        "Give an empty directory, a new one, or a store.",
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["lettre.odt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "store"
    place.write_text("…")

    fr, en = refusal(place)

    assert fr.startswith(f"{place} est un fichier, pas un dossier d'entrepôt.")
    assert en.startswith(f"{place} is a file, not the directory of a store.")


@pytest.mark.parametrize("exists", [True, False])
def test_nothing_to_read_is_told_and_nothing_is_made(
    tmp_path: Path, exists: bool
) -> None:
    place = tmp_path if exists else tmp_path / "absent"

    fr, en = refusal(place, read_only=True)

    assert fr == (
        f"Il n'y a pas encore d'entrepôt dans {place}. Chargez d'abord des données "
        "(spnr load), ou donnez un autre dossier."
    )
    assert en == (
        f"There is no store in {place} yet. Load data first (spnr load), or give "
        "another directory."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_second_opening_in_the_same_process_is_told(tmp_path: Path) -> None:
    with open_store(str(tmp_path)):
        fr, en = refusal(tmp_path)

    assert "est déjà ouvert par ce programme" in fr
    assert "is already open in this process" in en
    with open_store(str(tmp_path)):
        pass


def test_a_store_locked_by_another_process_is_told(tmp_path: Path) -> None:
    with open_store(str(tmp_path)):
        told, _ = child(OPEN, str(tmp_path)).communicate(timeout=60)

    assert told.decode().splitlines() == [
        f"L'entrepôt {tmp_path} est ouvert en écriture par un autre programme. "
        "Attendez qu'il finisse, ou ouvrez l'entrepôt en lecture seule.",
        f"The store {tmp_path} is open for writing in another process. "
        "Wait until it ends, or open the store read-only.",
    ]


def test_a_reader_in_another_process_reads_while_a_writer_is_open(
    tmp_path: Path,
) -> None:
    code = """
import sys
from rdflib.term import URIRef
from spnr_graph.store import open_store
with open_store(sys.argv[1], read_only=True) as store:
    print(store.graphs()[URIRef(sys.argv[2])])
"""
    with open_store(str(tmp_path)) as store:
        store.replace(G1, nt("a p b", "a p c"))
        told, _ = child(code, str(tmp_path), str(G1)).communicate(timeout=60)

    assert told == b"2\n"


def test_a_place_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("…")
    place = tmp_path / "file" / "store"

    fr, en = refusal(place)

    assert fr.startswith(f"Impossible d'écrire l'entrepôt {place} : ")
    assert fr.endswith("Choisissez un dossier où vous avez le droit d'écrire.")
    assert en == (
        f"Cannot write the store {place}: Not a directory. "
        "Choose a directory where you may write."
    )


@pytest.mark.parametrize("inside", [True, False])
def test_a_directory_without_the_right_to_write_is_told(
    tmp_path: Path, inside: bool
) -> None:
    place = tmp_path / "store"
    if inside:
        with open_store(str(place)):
            pass
        (place / MARKER).unlink()
        shutil.rmtree(place)
    place.mkdir()
    place.chmod(0o500)
    code = [sys.executable, "-c", OPEN, str(place if inside else place / "below")]
    if os.geteuid() == 0:  # root may write anywhere, unless the right is taken away
        bounds = "--bounding-set=-dac_override,-dac_read_search"
        code = [needs.program("setpriv"), "--inh-caps=-all", bounds, *code]

    told = subprocess.run(code, capture_output=True, check=True, text=True)

    assert "Permission denied. Choose a directory where you may write." in told.stdout
    assert told.stdout.startswith(f"Impossible d'écrire l'entrepôt {place}")


@pytest.mark.parametrize("part", ["CURRENT", "MANIFEST", ".sst"])
def test_a_damaged_store_is_told(tmp_path: Path, part: str) -> None:
    with open_store(str(tmp_path)) as store:
        store.replace(G1, nt("a p b", 'a p "un texte assez long pour être rangé"'))
    for path in tmp_path.iterdir():
        if part in path.name:
            path.write_bytes(b"\xff" * path.stat().st_size)

    with pytest.raises(StoreError) as caught, open_store(str(tmp_path)) as store:
        held(store, G1)

    assert str(tmp_path) in caught.value.fr
    assert "rechargez" in caught.value.fr
    assert "load the data again (spnr load)" in caught.value.en


def test_a_service_that_does_not_answer_is_told() -> None:
    text = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"

    with open_store("memory:") as store, pytest.raises(StoreError) as caught:
        store.select(question(text)).table()

    assert "Si la requête appelle un SERVICE, vérifiez son adresse" in caught.value.fr
    assert "If the query calls a SERVICE, check its address" in caught.value.en


def test_a_term_of_rdf_1_2_is_told() -> None:
    data = b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n"
    with open_store("memory:") as store:
        store.replace(G1, io.BytesIO(data))
        with pytest.raises(DataError, match=r"is RDF 1\.2") as caught:
            store.select(question("SELECT ?o { ?s ?p ?o }")).table()

    assert "relève de RDF 1.2" in caught.value.fr


def test_the_end_of_an_output_is_not_blamed_on_the_store() -> None:
    class Closed(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    with open_store("memory:") as store:
        store.replace(G1, nt("a p b"))
        with pytest.raises(BrokenPipeError):
            store.write(question("SELECT ?s { ?s ?p ?o }"), Closed(), "csv")


def test_a_failed_reading_of_the_input_changes_nothing() -> None:
    def breaks() -> Iterable[bytes]:
        yield from lines("a p c")
        raise DataError(fr="Coupé.", en="Cut.")

    with open_store("memory:") as store:
        store.replace(G1, nt("a p b"))
        for graph in (G1, G2):
            with pytest.raises(DataError, match="Cut"):
                store.replace(graph, breaks())
        assert (held(store, G1), held(store, G2)) == (lines("a p b"), [])


@pytest.mark.parametrize("first", [True, False])
def test_odd_lines_are_read_as_n_triples_says(first: bool) -> None:
    odd = (
        b"# un commentaire\n\n"
        b"<urn:a> <urn:p> <urn:b> . # see <urn:x> .\n"
        b"<urn:a>\t<urn:p>\t<urn:c>.\r\n"
        b"<urn:a> <urn:p> <urn:d> .\r<urn:a> <urn:p> <urn:e> .\n"
        b'  <urn:a> <urn:p> "x.#y" .  \n'
        b"<urn:a> <urn:p> <urn:f> ."
    )
    expected = {"urn:b", "urn:c", "urn:d", "urn:e", "urn:f", "x.#y"}
    with open_store("memory:") as store:
        if not first:
            store.replace(G1, nt("z p z"))
        change = store.replace(G1, io.BytesIO(odd))
        union = store.select(question("SELECT ?o { <urn:a> <urn:p> ?o }"))

        assert change == Change(added=6, removed=0 if first else 1, total=6)
        assert {str(o) for (o,) in union} == expected
        assert len(held(store, G1)) == 6


@pytest.mark.parametrize(
    "bad",
    [
        b"<urn:a> <urn:b> <urn:c>\n",
        b"<urn:a> <urn:b> <urn:c> <urn:g> .\n",
        b"<urn:a> <urn:b> .# oops .\n",
        b'<urn:a> <urn:b> "\xff" .\n',
        b"<urn:a> <urn:b> <no iri> .\n",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_line_is_told_with_its_number(bad: bytes, first: bool) -> None:
    with open_store("memory:") as store:
        if not first:
            store.replace(G1, nt("a p b"))
        with pytest.raises(StoreError, match=r"line [23], column \d+: "):
            store.replace(G1, io.BytesIO(lines("a p c")[0] + bad))
        assert len(held(store, G1)) == (0 if first else 1)


def test_the_line_of_an_error_is_counted_across_slices() -> None:
    good = (f"<urn:a> <urn:b> <urn:{n}> .\n".encode() for n in range(150_000))

    with pytest.raises(StoreError, match="line 150001, column 1"):
        for _ in normal([*good, b"oops\n"]):
            pass


def test_a_line_reader_gives_the_bytes_that_are_asked_for() -> None:
    reader = LineReader([b"abc\n", b"d\n"])

    assert [reader.read(3), reader.read(2), reader.read(-1), reader.read(5)] == [
        b"abc",
        b"\nd",
        b"\n",
        b"",
    ]


LOAD = """
import sys
from rdflib.term import URIRef
from spnr_graph.store import open_store
def triples():
    for n in range(int(sys.argv[3])):
        yield b"<urn:s:%d> <urn:p> <urn:v:%b> .\\n" % (n, sys.argv[4].encode())
with open_store(sys.argv[1]) as store:
    print("open", flush=True)
    store.replace(URIRef(sys.argv[2]), triples())
    print("done", flush=True)
"""
MANY = 30_000


def version_of(store: Store, graph: str) -> tuple[set[str], int]:
    """Return the values that a graph holds, and its number of triples."""
    text = f"SELECT DISTINCT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    values = {str(o) for (o,) in store.select(question(text))}
    return values, sum(store.graphs().values())


def killed(place: Path, version: str, delay: float) -> bool:
    """Load in another process, kill -9 it after a delay; say whether it was done."""
    process = child(LOAD, str(place), str(G1), str(MANY), version)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.readline() == b"open\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        return b"done" in process.stdout.read()


@pytest.mark.slow
def test_kill_9_in_the_middle_of_a_load_leaves_the_former_version_whole(
    tmp_path: Path,
) -> None:
    place, chance = tmp_path / "store", random.Random(7)
    whole = {version: ({f"urn:v:{version}"}, MANY) for version in ("1", "2")}
    start = time.monotonic()
    child(LOAD, str(place), str(G1), str(MANY), "1").communicate(timeout=120)
    length = time.monotonic() - start

    with open_store(str(place)) as store:
        assert version_of(store, G1) == whole["1"]
    outcomes = set()
    for _ in range(4):
        done = killed(place, "2", chance.uniform(0.1, 0.9) * length)
        with open_store(str(place)) as store:
            now = version_of(store, G1)
            assert now == whole["2"] if done else now in whole.values()
            count = question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            assert [int(n) for (n,) in store.select(count)] == [MANY]
            outcomes.add(tuple(now[0]))
            store.replace(G1, version(1))
    assert ("urn:v:1",) in outcomes


def version(number: int) -> list[bytes]:
    """Return one version of the large graph."""
    return [b"<urn:s:%d> <urn:p> <urn:v:%d> .\n" % (n, number) for n in range(MANY)]


def test_kill_9_in_the_middle_of_a_first_load_leaves_no_part_of_it(
    tmp_path: Path,
) -> None:
    chance = random.Random(11)
    for turn in range(4):
        place = tmp_path / str(turn)
        killed(place, "1", chance.uniform(0.0, 0.6))
        with open_store(str(place)) as store:
            assert version_of(store, G1) in [(set(), 0), ({"urn:v:1"}, MANY)]


ROWS = """
import resource, sys
from rdflib.term import URIRef
from spnr_graph.sparql import parse
from spnr_graph.store import open_store
class Count:
    size = 0
    def write(self, data):
        Count.size += len(data)
        return len(data)
    def flush(self):
        pass
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with open_store(sys.argv[1]) as store:
    query = parse("SELECT ?s ?t { ?s <urn:p> ?a . ?t <urn:p> ?b }")
    store.write(parse("SELECT ?s { ?s <urn:p> ?a }"), Count(), "csv")
    before = peak()
    store.write(query, Count(), "csv")
    print(peak() - before, Count.size)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["disk", "remote"])
def test_a_million_rows_stream_in_flat_memory(
    kind: str, tmp_path: Path, oxigraph_plain: str
) -> None:
    place = str(tmp_path / "store") if kind == "disk" else oxigraph_plain
    with open_store(place) as store:
        store.replace(
            G1,
            io.BytesIO(
                b"".join(b"<urn:s:%04d> <urn:p> <urn:o> .\n" % n for n in range(1000))
            ),
        )

    told, failed = child(ROWS, place).communicate(timeout=300)

    assert failed == b""
    grown, size = map(int, told.split())
    assert size > 1_000_000 * len("urn:s:0000,urn:s:0000\r\n")
    assert grown < 40
    if kind == "remote":
        with open_store(place) as store:
            store.drop(G1)


def test_lines_are_told_whatever_block_they_are_in() -> None:
    good = [f"<urn:s{n}> <urn:p> <urn:o> .\n".encode() for n in range(60_000)]
    odd = b"<urn:s> <urn:p> <urn:o> . # comment\n"
    with open_store("memory:") as store:
        for place, broken in ((0, b"<urn:x> .\n"), (45_000, b"<a b> .\n")):
            for prefix in ([], [odd]):
                text = [*prefix, *good]
                text.insert(place, broken)
                with pytest.raises(StoreError, match=f"line {place + 1},"):
                    store.replace(G1, io.BytesIO(b"".join(text)))
        change = store.replace(G1, io.BytesIO(b"".join([odd, *good, *good])))

        assert change.total == 60_001
        assert len(list(store.dump(G1))) == 60_001
