"""Deliveries out of all measure, a full disk, a kill: bounded, told, nothing harmed."""

from __future__ import annotations

import gzip
import io
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.partners import PREFIXES, Market, Region, actors, market, states, told

#: Memory, in megabytes, that loading may take whatever a partner sends; an ordinary
#: loading of the same region takes about half of it.
BOUND = 400
GIGABYTE = 1 << 30
CHILD = """
import re, sys
from pathlib import Path
from spnr_graph.cli import cli
try:
    cli(sys.argv[1:], prog_name="spnr")
finally:
    sys.stdout.flush()
    # Not ru_maxrss: a child inherits that of whoever started it.
    status = Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) // 1024
    print(f"peak {peak}", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def fair() -> Iterator[Market]:
    with market() as server:
        yield server


@pytest.fixture(scope="module")
def prepared(fair: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    region = Region(tmp_path_factory.mktemp("extremes") / "region", fair)
    region.found()
    region.load()
    return region.folder


@pytest.fixture
def region(prepared: Path, fair: Market, tmp_path: Path) -> Region:
    return Region(shutil.copytree(prepared, tmp_path / "region"), fair)


def command(region: Region, *words: str, code: str = CHILD) -> list[str]:
    """Return the words of a process of its own."""
    where = ("--root", str(region.root), "--store", str(region.store), "--lang", "fr")
    return [sys.executable, "-c", code, *where, *words]


def peak(told: str) -> int:
    """Return how many megabytes a child held at most."""
    last = told.strip().splitlines()[-1]
    assert last.startswith("peak "), told
    return int(last.split()[1])


def squeezed(before: bytes, piece: bytes, count: int, after: bytes) -> bytes:
    """Return a gzip file of a text that is never whole in memory."""
    output = io.BytesIO()
    with gzip.GzipFile(fileobj=output, mode="wb", compresslevel=1, mtime=0) as packed:
        packed.write(before)
        for _ in range(count):
            packed.write(piece)
        packed.write(after)
    return output.getvalue()


def one_literal(before: str, after: str) -> bytes:
    """Return a gigabyte of one literal, packed."""
    return squeezed(before.encode(), b"a" * (1 << 20), GIGABYTE >> 20, after.encode())


TURTLE = (PREFIXES + 'acteur:local-x skos:prefLabel "', '"@fr .\n')
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="urn:a"><rdf:value>',
    "</rdf:value></rdf:Description></rdf:RDF>",
)
JSON_LD = ('{"@id": "urn:a", "urn:p": "', '"}')
CSV = ("id_fs,lib_fs\n1,", "\n")
TABLE = " ; dcterms:conformsTo <https://w3id.org/spnr/table/france-services>"
GIANTS = {
    "turtle": ("g.ttl.gz", TURTLE, ""),
    "ntriples": ("g.nt.gz", ('<urn:a> <urn:p> "', '" .\n'), ""),
    "rdfxml": ("g.rdf.gz", XML, ""),
    "jsonld": ("g.jsonld.gz", JSON_LD, ""),
    "csv": ("g.csv.gz", CSV, TABLE),
    "json": ("g.json.gz", ('[{"id_fs": "', '"}]'), TABLE),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", GIANTS)
def test_a_gigabyte_of_one_literal_is_refused_in_bounded_memory(
    region: Region, kind: str
) -> None:
    name, ends, said = GIANTS[kind]
    region.write(f"data/{name}", one_literal(*ends))
    region.catalogue(cercle=f"dcat:downloadURL <file:data/{name}>{said}")
    region.write("data/voisin.ttl", actors("voisin", "neuf"))
    before = region.held(dataset="cercle")

    done = subprocess.run(
        command(region, "load", "cercle", "voisin"),
        capture_output=True, text=True, timeout=280,
    )  # fmt: skip

    assert done.returncode == 2, done.stderr
    assert "NON CHARGÉ" in done.stdout
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert peak(done.stderr) < BOUND
    assert region.held(dataset="cercle") == before
    assert b"local-neuf" in region.held(dataset="voisin")


@pytest.mark.slow
def test_an_rdf_text_that_the_store_could_not_take_back_is_refused(
    region: Region,
) -> None:
    text, before = "a" * 5_000_000, region.held()
    for name, (start, end), body in (
        ("g.nt", ('<urn:a> <urn:p> "', '" .\n'), text),
        ("g.rdf", XML, text),
        ("g.rdf", XML, f"<![CDATA[{'<' * 5_000_000}]]>"),
    ):
        region.write(f"data/{name}", start + body + end)
        region.catalogue(cercle=f"dcat:downloadURL <file:data/{name}>")

        result = region.load("cercle")

        assert states(result) == {"cercle": "failed"}
        assert "un seul texte y dépasse 4 Mo" in told(result, "fr")
        assert "a single text is longer than 4 MB" in told(result, "en")
        assert region.held() == before


# --- A full disk ----------------------------------------------------------------------

MANY = [f"v{number}" for number in range(3000)]


def small_files() -> None:
    """Let no file of this process grow beyond 200 kB, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_store_that_cannot_grow_is_told_and_stays_as_it_was(region: Region) -> None:
    before = region.held()
    region.write("data/voisin.ttl", actors(*MANY))

    done = subprocess.run(
        command(region, "load"),
        capture_output=True, text=True, timeout=100, preexec_fn=small_files,
    )  # fmt: skip

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"L'écriture dans l'entrepôt {region.store} a échoué" in done.stderr
    assert "Rien n'a été changé ; vérifiez la place sur le disque" in done.stderr
    assert peak(done.stderr) < BOUND
    assert region.held() == before
    region.load()
    assert b"local-v2999" in region.held(dataset="voisin")


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=$1k tmpfs "$2" && cp -r "$3" "$2/store" || exit 99
out=$4 ; disk=$2 ; shift 4
"$@" ; code=$?
cp -r "$disk/store" "$out"
exit $code
"""


@pytest.mark.parametrize(("room", "fr"), [
    (300, "ne s'ouvre pas : il n'y a plus de place sur le disque. Rien n'est perdu"),
    (1500, "a échoué : IO error: No space left on device"),
], ids=["to-open", "to-write"])  # fmt: skip
def test_a_full_disk_is_told_and_the_store_stays_as_it_was(
    region: Region, tmp_path: Path, room: int, fr: str
) -> None:
    alone = [needs.program("unshare"), "--map-root-user", "--mount"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("missing: the right to mount a small disk")
    before = region.held()
    region.write("data/voisin.ttl", actors(*MANY))
    full, copy = Region(region.folder, region.server), tmp_path / "copy"
    full.store = tmp_path / "disk" / "store"
    full.store.parent.mkdir()
    used = sum(f.stat().st_size for f in region.store.rglob("*") if f.is_file())
    where = (str(used // 1024 + room), str(full.store.parent), str(region.store))

    done = subprocess.run(
        [*alone, "sh", "-c", ON_A_SMALL_DISK, "sh", *where, str(copy),
         *command(full, "load")],
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip

    assert done.returncode == 2, done.stderr
    assert fr in done.stderr
    assert "Traceback" not in done.stderr
    full.store = copy
    assert full.held() == before


# --- A kill in the middle -------------------------------------------------------------

STEPS = """
import sys
from datetime import UTC, datetime
from spnr_graph.operations.load import load
from spnr_graph.project import open_project
from spnr_graph.store import open_store
def step(*, en, **_):
    print(en, flush=True)
with open_store(sys.argv[2]) as store:
    load(store, sys.argv[3:], now=datetime(2026, 4, 2, tzinfo=UTC),
         project=open_project(sys.argv[1]), progress=step)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "delay"), [
    ("checking", 0.0), ("placing cercle", 0.02), ("placing voisin", 0.0),
    ("placing voisin", 0.1), ("identities", 0.0), ("deriving", 0.05),
])  # fmt: skip
def test_a_kill_leaves_whole_graphs_and_the_next_loading_ends_the_work(
    prepared: Path, fair: Market, tmp_path: Path, moment: str, delay: float
) -> None:
    killed, whole = (
        Region(shutil.copytree(prepared, tmp_path / name), fair)
        for name in ("killed", "whole")
    )
    usual = dict(fair.offers)
    fair.offer("/cercle.ttl", actors(*MANY), "text/turtle")
    names = ("cercle", "voisin")
    try:
        for region in (killed, whole):
            region.write("data/voisin.ttl", actors(*MANY, label="Voisin"))
        before = {name: killed.held("ntriples", name) for name in names}
        whole.load()
        after = {name: whole.held("ntriples", name) for name in names}

        words = (str(killed.root), str(killed.store), *Region.partners)
        process = subprocess.Popen(
            [sys.executable, "-c", STEPS, *words], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        with process.stdout:
            assert any(line.strip() == moment for line in process.stdout)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        assert process.wait(30) in (-signal.SIGKILL, 0)

        for name in names:
            assert killed.held("ntriples", name) in (before[name], after[name])
        killed.load()
    finally:
        fair.offers = usual

    assert killed.held() == whole.held()
