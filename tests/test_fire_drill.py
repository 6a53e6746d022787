"""The fire drill: a fault is told, costs nothing to the others, harms nothing.

Each drill renews one partner, lets another one deliver a fault, and asks for a store of
which every exported byte is what it would be had the faulty one sent nothing.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from tests import needs
from tests.commands import run
from tests.faults import Answer, Exchange, hangs_up, says
from tests.partners import (
    DAY,
    PREFIXES,
    TABLES,
    Market,
    Region,
    actors,
    market,
    of,
    states,
    told,
)

CSV = (TABLES / "france-services.csv").read_bytes()
TITLES, *LINES = CSV.splitlines()
#: Enough rows of one width for a row that is cut to be seen.
LONG = CSV + b"\n".join(b"9%03d" % n + LINES[0][4:] for n in range(20)) + b"\n"
RENEWED = actors("voisin", "nouvelle")
QUIET = dict.fromkeys(Region.partners, "unchanged")


@pytest.fixture(scope="module")
def fair() -> Iterator[Market]:
    """The server of the partners."""
    with market() as server:
        yield server


@pytest.fixture(scope="module")
def prepared(fair: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region where every partner delivered once."""
    region = Region(tmp_path_factory.mktemp("drill") / "region", fair)
    region.found()
    assert "refused" not in states(region.load()).values()
    return region.folder


@pytest.fixture
def region(prepared: Path, fair: Market, tmp_path: Path) -> Iterator[Region]:
    """The same, for one drill; the partners' offers are put back after it."""
    usual = dict(fair.offers)
    yield Region(shutil.copytree(prepared, tmp_path / "region"), fair)
    fair.offers = usual


@pytest.fixture(scope="module")
def alone(
    prepared: Path, fair: Market, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """What the store exports when ``voisin`` alone delivers again."""
    copy = tmp_path_factory.mktemp("alone") / "region"
    region = Region(shutil.copytree(prepared, copy), fair)
    region.write("data/voisin.ttl", RENEWED)
    assert states(region.load("voisin")) == {"voisin": "loaded"}
    return region.held()


def drill(
    region: Region,
    alone: bytes,
    name: str,
    state: str,
    words: dict[str, tuple[str, ...]],
    *,
    sent: bytes | None = None,
    seconds: float = 20.0,
) -> None:
    """Load everything, ``name`` being at fault, and look at all that is promised."""
    region.write("data/voisin.ttl", RENEWED)

    result = region.load(seconds=seconds)

    assert states(result) == {**QUIET, "voisin": "loaded", name: state}
    for lang, parts in words.items():
        for part in parts:
            assert part in told(result, lang)
    assert region.held() == alone
    kept = of(result, name).quarantine
    if sent is None:
        assert kept is None
        return
    assert kept is not None
    assert kept.parent == region.folder / "quarantaine" / name
    files = {path.name: path.read_bytes() for path in kept.iterdir()}
    report = json.loads(files.pop("rapport.json"))
    messages = [each["message"] for each in report["findings"]]
    assert any(words["fr"][0] in each["fr"] for each in messages)
    assert any(words["en"][0] in each["en"] for each in messages)
    assert words["fr"][0] in files.pop("rapport.txt").decode()
    assert list(files.values()) == [sent]


# --- A table at an address ------------------------------------------------------------


def workbook(*rows: list[str]) -> bytes:
    """Return a workbook of one sheet."""
    book, output = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(output)
    return output.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    """Return a zip archive of one file."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return output.getvalue()


def entities(levels: int = 9) -> bytes:
    """Return the declaration of a bomb: each entity is ten times the one before."""
    text = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    for level in range(levels):
        one, next_ = bytes([97 + level]), bytes([98 + level])
        text += b'<!ENTITY %b "%b">' % (next_, b"&%b;" % one * 10)
    return text + b"]>"


def with_entities(packed: bytes) -> bytes:
    """Return a workbook whose sheet declares a bomb and uses it."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(output, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cell = b'<row><c t="inlineStr"><is><t>&j;</t></is></c></row>'
                data = entities() + data.replace(b"<sheetData>", b"<sheetData>" + cell)
            new.writestr(name, data)
    return output.getvalue()


SHEET = workbook(*csv.reader(io.StringIO(CSV.decode())))
MISSING = {
    "fr": ("La colonne « id_fs » est obligatoire et manque.", "L'ajouter", "REFUSÉ"),
    "en": ("The column 'id_fs' is required and missing", "Add it", "REFUSED"),
}
PACKED = {
    "fr": (
        "le fichier compressé est tronqué ou abîmé",
        "/lieux.csv",
        "Le copier ou le",
    ),
    "en": ("the compressed file is cut short or damaged", "/lieux.csv", "Copy or"),
}
BOMB = {
    "fr": ("contient bien plus que sa taille ne le laisse attendre", "Le donner"),
    "en": ("holds far more than its size suggests", "Give it uncompressed"),
}
TABLE_FAULTS = {
    "renamed-column": (TITLES.replace(b"id_fs", b"id_fs2"), "refused", {
        "fr": ("La colonne « id_fs » est obligatoire et manque", "id_fs2", "REFUSÉ"),
        "en": ("The column 'id_fs' is required and missing", "id_fs2", "REFUSED"),
    }),
    "missing-column": (
        b"\n".join(line.partition(b",")[2] for line in CSV.splitlines()),
        "refused", MISSING,
    ),
    "no-row": (TITLES + b"\n", "refused", {
        "fr": ("La table n'a aucune ligne sous les titres", "Vérifier que le fichier"),
        "en": ("The table has no row below the titles", "Check that the file"),
    }),
    "nothing": (b"", "failed", {
        "fr": ("/lieux.csv : le fichier est vide", "NON CHARGÉ", "Vérifier"),
        "en": ("/lieux.csv: the file is empty", "NOT LOADED", "Check"),
    }),
    "half": (LONG[:-40], "failed", {
        "fr": ("le fichier s'arrête au milieu de cette ligne", "ligne 23", "Le copier"),
        "en": ("the file stops in the middle of this line", "line 23", "Copy"),
    }),
    "half-quoted": (CSV + b'"9003,21,Maison', "failed", {
        "fr": ("n'est pas fermé avant la fin du fichier", "ligne 4", "télécharger"),
        "en": ("is not closed before the end of the file", "line 4", "download"),
    }),
    "no-text": (bytes(range(256)) * 20, "failed", {
        "fr": ("/lieux.csv, ligne 2 : l'octet 0x81", "Enregistrer le fichier en UTF-8"),
        "en": ("/lieux.csv, line 2: the byte 0x81", "Save the file as UTF-8"),
    }),
    "half-gzip": (gzip.compress(CSV)[:-20], "failed", PACKED),
    "half-zip": (zipped("lieux.csv", CSV)[:-30], "failed", PACKED),
    "half-workbook": (SHEET[: len(SHEET) // 2], "failed", PACKED),
    "empty-sheet": (workbook(), "failed", {
        "fr": ("aucune feuille visible de ce classeur ne contient", "Vérifier"),
        "en": ("no visible sheet of this workbook holds a row", "Check"),
    }),
    "entities": (with_entities(SHEET), "failed", {
        "fr": ("déclare un type de document ou des entités", "enregistrer de nouveau"),
        "en": ("declares a document type or entities", "save it again"),
    }),
    "another-table": ((TABLES / "scdl-subventions.csv").read_bytes(), "failed", {
        "fr": ("aucune de ses colonnes", "n'est du format", "Choisir un autre format"),
        "en": ("none of its columns", "is of the format", "Choose another format"),
    }),
    "zip-bomb": (zipped("lieux.csv", bytes(150_000_000)), "failed", BOMB),
    "gzip-bomb": (gzip.compress(bytes(150_000_000)), "failed", BOMB),
}  # fmt: skip


@pytest.mark.parametrize("fault", TABLE_FAULTS)
def test_a_faulty_table_is_told_and_kept_apart(
    region: Region, alone: bytes, fault: str
) -> None:
    sent, state, words = TABLE_FAULTS[fault]
    if fault == "renamed-column":
        sent += b"\n" + b"\n".join(LINES)
    region.server.offer("/lieux.csv", sent, "text/csv")

    drill(region, alone, "lieux", state, words, sent=sent)


def test_the_same_rows_twice_change_nothing_and_are_told(region: Region) -> None:
    before = region.held()
    region.server.offer("/lieux.csv", CSV + b"\n".join(LINES) + b"\n", "text/csv")

    result = region.load()

    assert states(result) == {**QUIET, "lieux": "loaded"}
    assert "La ligne 2 porte déjà cette valeur" in told(result, "fr")
    assert region.held() == before


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_says_the_same(region: Region, encoding: str) -> None:
    before = region.held()
    region.server.offer("/lieux.csv", CSV.decode().encode(encoding), "text/csv")

    result = region.load()

    assert states(result) == {**QUIET, "lieux": "loaded"}
    assert region.held() == before
    said = "Windows-1252. Vérifier les accents : « labellisé »" in told(result, "fr")
    assert said == (encoding == "cp1252")


def test_a_workbook_with_an_empty_sheet_says_the_same(region: Region) -> None:
    before = region.held()
    book = openpyxl.load_workbook(io.BytesIO(SHEET))
    book.create_sheet("vide")
    output = io.BytesIO()
    book.save(output)
    region.server.offer("/lieux.csv", output.getvalue(), "text/csv")

    assert states(region.load()) == {**QUIET, "lieux": "loaded"}
    assert region.held() == before


def test_changed_identifiers_are_told_thing_by_thing(region: Region) -> None:
    changed = CSV.replace(b"9001", b"1").replace(b"9002", b"2")
    region.server.offer("/lieux.csv", changed, "text/csv")

    for dry_run in (True, False):
        result = region.load(dry_run=dry_run)
        assert "2 initiatives ajoutées, 2 services numériques ajoutés" in told(
            result, "fr"
        )
        assert "Initiative retirée : France services Valbourg." in told(result, "fr")
        assert "Initiative removed: France services Valbourg." in told(result, "en")
        change = of(result, "lieux").changes
        assert change is not None
        assert change.triples == (48, 48)
    assert b"9001" not in region.held(dataset="lieux")


def test_a_formula_is_told_and_stays_text_in_a_workbook(
    region: Region,
) -> None:
    formula = b'"=HYPERLINK(""http://x.invalid"",""a"")"'
    region.server.offer(
        "/lieux.csv", CSV.replace(b"France services Valbourg", formula), "text/csv"
    )

    result = region.load()

    assert 'colonne lib_fs · "=HYPERLINK' in told(result, "fr")
    question = "SELECT ?nom { ?i skos:prefLabel ?nom FILTER(STRSTARTS(?nom, '=')) }"
    words = ("--root", str(region.root), "--store", str(region.store), "query")
    target = region.folder / "a.xlsx"
    assert run(*words, question, "-f", "xlsx", "-o", str(target)).exit_code == 0
    cells = [c for sheet in openpyxl.load_workbook(target) for r in sheet for c in r]
    assert {c.data_type for c in cells if "HYPERLINK" in str(c.value)} == {"s"}


# --- RDF at an address ----------------------------------------------------------------

RDF_XML = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="urn:a"><rdf:value>&j;</rdf:value>'
    b"</rdf:Description></rdf:RDF>"
)
NO_TRIPLE = {
    "fr": ("/cercle.ttl : la source est vide", "Vérifi"),
    "en": ("/cercle.ttl: the source is empty", "Check"),
}
RDF_FAULTS = {
    "half": (actors("cercle", "deux")[:-30], "text/turtle", "failed", {
        "fr": ("/cercle.ttl, ligne 18, colonne 20 : ce n'est pas du Turtle", "Corrige"),
        "en": ("/cercle.ttl, line 18, column 20: this is not Turtle", "Correct that"),
    }),
    "half-json": (b'[{"@id": "urn:a", "urn:p": "o"}, {', "application/ld+json",
        "failed", {"fr": ("/cercle.ttl", "JSON-LD"), "en": ("/cercle.ttl", "JSON-LD")}),
    "half-gzip": (gzip.compress(actors("cercle"))[:-9], "text/turtle", "failed", {
        "fr": ("le fichier gzip est tronqué ou abîmé", "/cercle.ttl", "de nouveau"),
        "en": ("the gzip file is cut short or damaged", "/cercle.ttl", "again"),
    }),
    "encoding": (actors("c", label="Été").decode().encode("cp1252"), "text/turtle",
        "failed", {
        "fr": ("ligne 14, octet 695 : le texte n'est pas en UTF-8", "Enregistre"),
        "en": ("line 14, byte 695: the text is not UTF-8", "Save the file"),
    }),
    "nothing": (b"", "text/turtle", "failed", NO_TRIPLE),
    "no-triple": (PREFIXES.encode(), "text/turtle", "failed", NO_TRIPLE),
    "against-the-shapes": (
        actors("cercle").replace(b"skos:prefLabel", b"skos:altLabel"), "text/turtle",
        "refused", {
        "fr": ("Le nom en français manque", "acteur:local-cercle", "ajouter"),
        "en": ("The French name is missing", "acteur:local-cercle", "add"),
    }),
    "entities": (entities() + RDF_XML, "application/rdf+xml", "failed", {
        "fr": ("une entité XML y renvoie à une autre", "/cercle.ttl", "en toutes"),
        "en": ("an XML entity refers to another one", "/cercle.ttl", "Write the"),
    }),
}  # fmt: skip


@pytest.mark.parametrize("fault", RDF_FAULTS)
def test_faulty_rdf_is_told_and_kept_apart(
    region: Region, alone: bytes, fault: str
) -> None:
    sent, media_type, state, words = RDF_FAULTS[fault]
    region.server.offer("/cercle.ttl", sent, media_type)

    drill(region, alone, "cercle", state, words, sent=sent)


# --- Partners that cannot be reached --------------------------------------------------


def drips(exchange: Exchange) -> None:
    """Send a byte now and then."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", "text/csv")
    exchange.end_headers()
    for _ in range(100):
        exchange.wfile.write(b"x")
        time.sleep(0.05)


GONE: dict[str, tuple[Answer, dict[str, tuple[str, ...]]]] = {
    "down": (says(500, b"oups"), {
        "fr": ("INJOIGNABLE", "depuis le 2026-04-01", "répond 500", "plus tard"),
        "en": ("UNREACHABLE", "since 2026-04-01", "answers 500", "later"),
    }),
    "hung-up": (hangs_up, {
        "fr": ("INJOIGNABLE", "la version antérieure reste en place"),
        "en": ("UNREACHABLE", "the former version stays"),
    }),
    "slow": (drips, {
        "fr": ("INJOIGNABLE", "n'a pas répondu en entier en 1.5 s", "plus tard"),
        "en": ("UNREACHABLE", "did not answer in full within 1.5 s", "later"),
    }),
    "cut": (says(200, CSV[:200], "text/csv", Content_Length="900"), {
        "fr": ("INJOIGNABLE", "la réponse s'arrête avant la fin", "Recommencer"),
        "en": ("UNREACHABLE", "the answer stops before its end", "Try again"),
    }),
    "gone": (says(404, b"?"), {
        "fr": ("INJOIGNABLE", "répond 404", "Vérifier l'adresse"),
        "en": ("UNREACHABLE", "answers 404", "Check the address"),
    }),
}  # fmt: skip


@pytest.mark.parametrize("fault", GONE)
@pytest.mark.parametrize("name", ["lieux", "cercle"])
def test_a_partner_out_of_reach_is_told_and_costs_nothing(
    region: Region, alone: bytes, name: str, fault: str
) -> None:
    answer, words = GONE[fault]
    path = {"lieux": "/lieux.csv", "cercle": "/cercle.ttl"}[name]
    region.server.offers[path] = answer

    start = time.monotonic()
    drill(region, alone, name, "unreachable", words, seconds=1.5)
    assert time.monotonic() - start < 20


def test_a_server_that_is_down_is_told(region: Region, alone: bytes) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    region.catalogue(cercle=f"dcat:downloadURL <http://127.0.0.1:{port}/cercle.ttl>")
    region.write("data/voisin.ttl", RENEWED)

    result = region.load(seconds=1.5)

    assert states(result)["cercle"] == "unreachable"
    assert states(result)["voisin"] == "loaded"
    assert "connexion refusée" in told(result, "fr")
    assert "connection refused" in told(result, "en")
    assert region.held() == alone


def test_the_first_day_of_a_failure_is_remembered_until_a_success(
    region: Region,
) -> None:
    good = region.server.offers["/cercle.ttl"]
    region.server.offers["/cercle.ttl"] = says(404)
    before = region.held()

    for day in (1, 2, 9):
        result = region.load(now=DAY + timedelta(days=day))
        assert of(result, "cercle").state == "unreachable"
        assert of(result, "cercle").since == DAY + timedelta(days=1)
        assert "(depuis le 2026-04-02)" in told(result, "fr")
        assert "(since 2026-04-02)" in told(result, "en")
    region.server.offers["/cercle.ttl"] = good
    assert states(region.load(now=DAY + timedelta(days=10))) == QUIET
    region.server.offers["/cercle.ttl"] = says(404)
    again = region.load(now=DAY + timedelta(days=20))

    assert of(again, "cercle").since == DAY + timedelta(days=20)
    assert region.held() == before


def test_a_partner_that_was_never_reached_leaves_nothing(
    fair: Market, tmp_path: Path
) -> None:
    region = Region(tmp_path / "region", fair)
    usual = dict(fair.offers)
    region.found()
    fair.offers["/cercle.ttl"] = says(404)
    try:
        result = region.load()
    finally:
        fair.offers = usual

    assert states(result)["cercle"] == "unreachable"
    assert states(result)["voisin"] == "loaded"
    assert "INJOIGNABLE : rien n'a changé (depuis le 2026-04-01)" in told(result, "fr")
    assert b"local-cercle a" not in region.held()


# --- An endpoint ----------------------------------------------------------------------


def test_an_endpoint_that_gives_a_part_is_refused(region: Region, alone: bytes) -> None:
    whole = region.server.offers["/sparql"]

    def forgets(exchange: Exchange) -> None:
        text = exchange.form["query"][0]
        if "COUNT" not in text:
            exchange.form["query"] = [text.replace("LIMIT 5000", "LIMIT 2")]
            if "OFFSET 0" not in text:
                exchange.form["query"] = ["SELECT ?s ?p ?o { FILTER(false) }"]
        whole(exchange)

    region.server.offers["/sparql"] = forgets

    drill(region, alone, "base", "failed", {
        "fr": ("réponse partielle. Le point d'accès compte 3 lignes", "en a donné 2"),
        "en": ("partial answer. The endpoint counts 3 rows", "gave 2"),
    })  # fmt: skip


@pytest.mark.parametrize("answer", [says(500, b"boom", "text/plain"), hangs_up])
def test_an_endpoint_that_fails_is_told(
    region: Region, alone: bytes, answer: Answer
) -> None:
    region.server.offers["/sparql"] = answer

    drill(region, alone, "base", "unreachable", {
        "fr": ("INJOIGNABLE", "/sparql", "depuis le 2026-04-01"),
        "en": ("UNREACHABLE", "/sparql", "since 2026-04-01"),
    }, seconds=1.5)  # fmt: skip


def test_a_construct_that_cannot_be_asked_costs_nothing_to_the_others(
    region: Region, alone: bytes
) -> None:
    region.write("queries/base.rq", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o ")

    drill(region, alone, "base", "failed", {
        "fr": ("NON CHARGÉ", "spnr:construct"), "en": ("NOT LOADED", "spnr:construct"),
    })  # fmt: skip


# --- Files of the project -------------------------------------------------------------

FILES: dict[str, tuple[Callable[[Path], object], dict[str, tuple[str, ...]]]] = {
    "absent": (Path.unlink, {
        "fr": ("aides.csv : ce fichier n'existe pas", "Vérifier le chemin"),
        "en": ("aides.csv: no such file", "Check the path"),
    }),
    "folder": (lambda path: (path.unlink(), path.mkdir()), {
        "fr": ("aides.csv : lecture impossible", "Vérifier"),
        "en": ("aides.csv: cannot be read", "Check"),
    }),
}  # fmt: skip


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_is_not_there_costs_nothing_to_the_others(
    region: Region, alone: bytes, fault: str
) -> None:
    harm, words = FILES[fault]
    harm(region.root / "data" / "aides.csv")

    drill(region, alone, "aides", "failed", words)


@pytest.mark.parametrize(("sent", "state"), [
    (b"", "failed"), (TITLES + b"\n", "refused"),
], ids=["failed", "refused"])  # fmt: skip
def test_a_quarantine_that_cannot_be_written_costs_nothing_to_the_others(
    region: Region, alone: bytes, sent: bytes, state: str
) -> None:
    (region.folder / "quarantaine").write_text("pas un dossier")
    region.server.offer("/lieux.csv", sent, "text/csv")

    drill(region, alone, "lieux", state, {
        "fr": ("la quarantaine ne peut pas être écrite", "Vérifier les droits"),
        "en": ("the quarantine cannot be written", "Check the permissions"),
    })  # fmt: skip


# --- Real deliveries ------------------------------------------------------------------


def test_a_real_delivery_survives_every_fault(region: Region) -> None:
    real = needs.realdata("mediation", "france-services-bfc-20221201.csv").read_bytes()
    region.server.offer("/lieux.csv", real, "text/csv")
    assert states(region.load()) == {**QUIET, "lieux": "loaded"}
    good = region.held()
    assert good.count(b"dcterms:isPartOf initiative:france-services") == 216
    titles, *lines = real.splitlines(keepends=True)
    faults = {
        "half": real[: len(real) // 2],
        "renamed": real.replace(b"id_fs", b"identifiant_fs", 1),
        "missing": b"".join(line.partition(b",")[2] for line in [titles, *lines]),
        "no row": titles,
        "page": b"<!DOCTYPE html><html><body>Maintenance</body></html>",
        "half packed": gzip.compress(real)[:-100],
    }

    for name, sent in faults.items():
        region.server.offer("/lieux.csv", sent, "text/csv")
        assert of(region.load(), "lieux").state in {"refused", "failed"}, name
        assert region.held() == good, name
    for same in (real, real + lines[-1], real.decode().encode("utf-16")):
        region.server.offer("/lieux.csv", same, "text/csv")
        assert of(region.load(), "lieux").state in {"loaded", "unchanged"}
        assert region.held() == good
