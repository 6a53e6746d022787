"""Bad input, end to end: what a person reads, the exit code, and a store unharmed."""

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import needs
from tests.commands import run
from tests.faults import ONE_ROW, TRUE, hangs_up, says, script, sleeps

ROOT = Path(__file__).parents[1]
GRAPH = "https://w3id.org/spnr/graph/contribution/local/essai"
PREFIXES = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix type-acteur: <https://w3id.org/spnr/voc/type-acteur/> .
"""
TURTLE = (
    PREFIXES
    + """<https://w3id.org/spnr/id/acteur/local-essai-a> a spnr:Actor ;
    skos:prefLabel "Atelier d'essai"@fr ;
    org:classification type-acteur:association .
"""
)
CATALOGUE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/spnr/graph/reference/ontologie> a dcat:Dataset ;
    dcterms:identifier "ontologie" ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/equipe> ;
    dcterms:license <https://spdx.org/licenses/CC-BY-4.0> ;
    dcat:distribution <urn:spnr:ontologie> .
<urn:spnr:ontologie> dcat:downloadURL <file:ontology/spnr.ttl> .
<https://w3id.org/spnr/graph/reference/types> a dcat:Dataset ;
    dcterms:identifier "types" ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/equipe> ;
    dcterms:license <https://spdx.org/licenses/CC-BY-4.0> ;
    dcat:distribution <urn:spnr:types> .
<urn:spnr:types> dcat:downloadURL <file:ontology/voc/type-acteur.ttl> .
<https://w3id.org/spnr/graph/contribution/equipe/essai> a dcat:Dataset ;
    dcterms:identifier "jeu" ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/equipe> ;
    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;
    dcat:distribution <urn:spnr:jeu> .
<urn:spnr:jeu> dcat:downloadURL <file:data/jeu.ttl> .
"""


class Place:
    """A small project, and a directory store that holds one contribution."""

    def __init__(self, folder):
        self.folder = folder
        self.root = folder / "project"
        self.store = str(folder / "store")

    def run(self, *words, store=None, stdin=None):
        store = store or self.store
        return run("--root", str(self.root), "--store", store, *words, stdin=stdin)

    def command(self, *words, store=None):
        """Return the words of a process of its own."""
        program = [sys.executable, "-m", "spnr_graph", "--root", str(self.root)]
        return [*program, "--store", store or self.store, *words]

    def held(self):
        """Return every byte of content that the store holds."""
        result = self.run("export", "-f", "nquads")
        assert result.exit_code == 0, result.stderr
        assert result.stdout_bytes
        return result.stdout_bytes

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    @contextmanager
    def unharmed(self):
        """Require that the store ends as it began."""
        before = self.held()
        yield
        assert self.held() == before

    def told(self, *words, fr, en, code=2, store=None, before=()):
        """Require both messages on standard error, the code, and an unharmed store."""
        with self.unharmed():
            for lang, said in (("fr", fr), ("en", en)):
                result = self.run(*before, "--lang", lang, *words, store=store)
                assert result.exit_code == code, result.stderr
                label = {"fr": "Erreur : ", "en": "Error: "}[lang]
                assert label in result.stderr
                for part in [said] if isinstance(said, str) else said:
                    assert part in result.stderr
                if words[0] != "load":
                    assert result.stdout == ""
                assert "Traceback" not in result.stderr
        return result


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Make the project, and load it once."""
    folder = tmp_path_factory.mktemp("prepared")
    place = Place(folder)
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, place.root / name)
    place.write("project/data/catalogue.ttl", CATALOGUE)
    place.write("project/data/jeu.ttl", TURTLE.replace("essai-a", "jeu-a"))
    essai = place.write("essai.ttl", TURTLE)
    result = place.run("load", "ontologie", "types", "jeu", str(essai))
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def place(prepared, tmp_path):
    """The project and the store, for one test to harm."""
    shutil.copytree(prepared, tmp_path / "place", symlinks=True)
    return Place(tmp_path / "place")


# --- Files -------------------------------------------------------------------------

BROKEN = PREFIXES + '<urn:a> skos:prefLabel\n  "é"@fr ; spnr:x "y" <urn:z> .\n'


@pytest.mark.parametrize(("name", "content", "fr", "en"), [
    ("essai.ttl", BROKEN,
     ["essai.ttl, ligne 6, colonne ", "ce n'est pas du Turtle", "Corrigez cette ligne"],
     ["essai.ttl, line 6, column ", "this is not Turtle", "Correct that line."]),
    ("essai.ttl.gz", gzip.compress(TURTLE.encode(), mtime=0)[:-40],
     ["essai.ttl.gz : le fichier gzip est tronqué ou abîmé. Copiez-le ou"],
     ["essai.ttl.gz: the gzip file is cut short or damaged. Copy or download it"]),
    ("essai.ttl", TURTLE.replace("Atelier", "Café").encode("latin-1"),
     ["essai.ttl, ligne 6, octet ", "pas en UTF-8. Enregistrez le fichier en UTF-8"],
     ["essai.ttl, line 6, byte ", "is not UTF-8. Save the file as UTF-8"]),
    ("essai.ttl", b"",
     ["essai.ttl : la source est vide", "Vérifiez le fichier et sa syntaxe."],
     ["essai.ttl: the source is empty", "Check the file and its syntax."]),
    ("essai.ttl", "# rien que des commentaires\n",
     ["essai.ttl : la source est vide"], ["essai.ttl: the source is empty"]),
    ("essai.ttl", "<!DOCTYPE html><html><p>Bonjour</p></html>",
     ["essai.ttl : c'est une page web, pas des données RDF. Donnez l'adresse"],
     ["essai.ttl: this is a web page, not RDF data. Give the address"]),
    ("essai.docx", b"PK\x03\x04",
     ["essai.docx : la syntaxe est inconnue. Indiquez-la avec --syntax : turtle"],
     ["essai.docx: the syntax cannot be told. State it with --syntax: turtle"]),
])  # fmt: skip
def test_a_bad_file_is_told_and_the_former_version_stays(place, name, content, fr, en):
    path = place.write(f"bad/{name}", content)

    place.told("load", str(path), fr=fr, en=en)
    result = place.run("load", str(path))

    assert "NON CHARGÉ : rien n'a changé" in result.stdout
    assert result.stdout.startswith("0 source lue dans ")


def test_a_missing_file_is_told_with_the_nearest(place):
    path = str(place.folder / "esai.ttl")

    place.told(
        "load", path,
        fr=["esai.ttl : ce fichier n'existe pas. Le plus proche : ", "essai.ttl"],
        en=["esai.ttl: no such file. The nearest is ", "essai.ttl"],
    )  # fmt: skip


def test_a_directory_without_rdf_is_told(place):
    place.write("notes/lisez-moi.md", "rien")

    place.told(
        "load", str(place.folder / "notes"),
        fr="notes : aucun fichier RDF dans ce dossier (suffixes attendus : .ttl,",
        en="notes: no RDF file in this directory (suffixes looked for: .ttl,",
    )  # fmt: skip


@pytest.mark.parametrize(("words", "fr", "en"), [
    (["essai.ttl", "--syntax", "turtl"],
     "La syntaxe « turtl » est inconnue. Choisissez parmi : turtle, trig,",
     "The syntax 'turtl' is unknown. Choose among: turtle, trig,"),
    (["-"], "entrée standard (-) : la syntaxe est inconnue. Indiquez-la avec --syntax",
     "the syntax cannot be told. State it with --syntax"),
    (["jeux"], "Voulait-on dire jeu ? Jeux de données : ontologie, types, jeu.",
     "Did you mean jeu? Datasets: ontologie, types, jeu."),
    ([""], "«  » n'est ni un jeu de données du catalogue, ni un fichier, ni une",
     "'' is no dataset of the catalogue, no file and no address."),
    (["essai.ttl", "--licence", "etalab 2.0"],
     "--licence : « etalab 2.0 » n'est pas une IRI. Écrire par exemple https://",
     "--licence: 'etalab 2.0' is no IRI. Write for example https://"),
    (["essai.ttl", "--publisher", "<> ; drop"], "--publisher : « <> ; drop » n'est pas",
     "--publisher: '<> ; drop' is no IRI."),
])  # fmt: skip
def test_what_cannot_be_loaded_is_told(place, monkeypatch, words, fr, en):
    monkeypatch.chdir(place.folder)

    place.told("load", *words, fr=fr, en=en)


def test_two_files_of_one_name_never_replace_each_other(place):
    one = place.write("un/aides.ttl", TURTLE.replace("essai-a", "essai-b"))
    other = place.write("deux/aides.ttl", TURTLE.replace("essai-a", "essai-c"))

    result = place.run("load", str(one), str(other))

    assert result.exit_code == 2
    assert f"{other} : sa place, {GRAPH[:-5]}aides, est déjà prise par" in result.stderr
    assert b"local-essai-b" in place.held()
    assert b"local-essai-c" not in place.held()


def test_a_failed_load_leaves_nothing_in_a_new_store(tmp_path, place):
    bad = place.write("bad.ttl", "<a> <b> ")
    empty = place.write("project/data/catalogue.ttl", "")

    result = place.run("load", str(bad), store=str(tmp_path / "new"))

    assert empty.read_text() == ""
    assert result.exit_code == 2
    assert "0 triplet, dont 0 déduits" in result.stdout


@pytest.mark.parametrize("name", [
    "été à Nîmes.ttl", "50 %.ttl", "a#b.ttl", "new\nline.ttl", "UPPER.TTL", "a;b&c.ttl",
])  # fmt: skip
def test_odd_file_names_load(place, name):
    path = place.write(f"odd/{name}", TURTLE.replace("essai-a", "impair"))

    result = place.run("load", str(path))

    assert result.exit_code == 0, result.stderr
    assert b"local-impair" in place.held()


@pytest.mark.parametrize("content", [
    TURTLE.replace("\n", "\r\n").encode(),
    b"\xef\xbb\xbf" + TURTLE.encode(),
    gzip.compress(b"\xef\xbb\xbf" + TURTLE.replace("\n", "\r\n").encode(), mtime=0),
])  # fmt: skip
def test_files_of_other_systems_say_the_same(place, content):
    with place.unharmed():
        result = place.run("load", str(place.write("essai.ttl", content)))

    assert result.exit_code == 0
    assert "+0 −0" in result.stdout


def test_relative_iris_never_tell_where_the_file_lay(place):
    text = PREFIXES + '<> skos:prefLabel "ici"@fr . <#a> skos:related <../b> .'

    result = place.run("load", str(place.write("rel.ttl", text)))

    assert result.exit_code == 0
    assert str(place.folder).encode() not in place.held()
    assert f"<{GRAPH[:-5]}rel#a>".encode() in place.held()


def test_a_contribution_against_the_shapes_is_refused_with_its_reasons(place):
    bad = place.write("essai.ttl", TURTLE.replace('"@fr', '"@de'))

    with place.unharmed():
        fr = place.run("load", str(bad))
        en = place.run("--lang", "en", "load", str(bad))

    assert fr.exit_code == en.exit_code == 1
    assert "REFUSÉ : la version antérieure reste en place" in fr.stdout
    assert "acteur:local-essai-a : " in fr.stdout
    assert "REFUSED: the former version stays" in en.stdout
    assert "acteur:local-essai-a: " in en.stdout
    assert fr.stderr == en.stderr == ""


def test_a_first_version_against_the_shapes_leaves_nothing(place):
    bad = place.write("neuf.ttl", TURTLE.replace('"@fr', '"@de'))

    with place.unharmed():
        result = place.run("load", str(bad))

    assert result.exit_code == 1
    assert "REFUSÉ : rien n'a changé" in result.stdout


def test_a_dataset_without_licence_is_told(place):
    text = CATALOGUE.replace(
        "    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;\n", ""
    )
    place.write("project/data/catalogue.ttl", text)

    place.told(
        "load", "jeu",
        fr="le jeu « jeu » n'a pas de licence ; il n'est pas chargé. Ajouter dcterms:",
        en="the dataset 'jeu' has no licence and is not loaded. Add dcterms:license.",
    )  # fmt: skip


@pytest.mark.parametrize(("harm", "fr", "en"), [
    (lambda root: (root / "data/jeu.ttl").unlink(),
     "jeu.ttl : ce fichier n'existe pas.", "jeu.ttl: no such file."),
    (lambda root: (root / "data/catalogue.ttl").unlink(),
     "catalogue.ttl : fichier illisible", "catalogue.ttl: cannot be read"),
    (lambda root: (root / "data/catalogue.ttl").write_text("<a> <b>"),
     "data/catalogue.ttl n'est pas du Turtle valide", "is not valid Turtle"),
    (lambda root: shutil.rmtree(root / "data"),
     "il manque data/. Donner avec --root", "data/ missing. Give with --root"),
])  # fmt: skip
def test_a_project_that_lacks_a_file_is_told(place, tmp_path, harm, fr, en):
    broken = Place(tmp_path / "broken")
    shutil.copytree(place.root, broken.root)
    harm(broken.root)

    with place.unharmed():
        for lang, said in (("fr", fr), ("en", en)):
            result = broken.run(
                "--lang", lang, "load", "jeu", "--force", store=place.store
            )
            assert result.exit_code == 2
            assert said in result.stderr


# --- Addresses ---------------------------------------------------------------------


def endless(exchange):
    exchange.say(302, b"", Location="/encore.ttl")


@pytest.mark.parametrize(("answer", "fr", "en", "options"), [
    (endless, "l'adresse renvoie vers d'autres sans fin, ou hors du Web. L'ouvrir",
     "the address redirects without end, or out of the Web. Open it in a browser", []),
    (says(200, b"<html><p>Bonjour</p></html>", "text/html"),
     "c'est une page web, pas des données RDF. Donnez l'adresse du fichier lui-même",
     "this is a web page, not RDF data. Give the address of the file itself", []),
    (says(200, b"<html><p>Bonjour</p></html>", "text/turtle"),
     "c'est une page web", "this is a web page", []),
    (says(200, b" " * 1_000_001, "text/turtle"),
     "la source dépasse la limite de 1 Mo. Découpez-la, ou relevez la limite avec",
     "the source is larger than the limit of 1 MB. Split it, or raise the limit with",
     ["--max-size", "1"]),
    (says(404, b"", "text/plain"), "le serveur répond 404", "answers 404", []),
    (says(200, b"<a> <b> ", "text/turtle", Content_Length="90"),
     "la réponse s'arrête avant la fin. Recommencer.",
     "the answer stops before its end. Try again.", []),
    (says(200, b"<a> <b> ", "text/turtle"),
     ", ligne 1, colonne ", ", line 1, column ", []),
])  # fmt: skip
def test_a_bad_address_is_told(place, answer, fr, en, options):
    with script() as server:
        server.answers = [answer]
        address = f"{server.url}/essai.ttl"

        place.told("load", address, *options, fr=[address, fr], en=[address, en])


def test_an_address_that_is_too_slow_is_told(place):
    with script() as server:
        server.answers = [sleeps]

        place.told(
            "load", f"{server.url}/essai.ttl", before=["--timeout", "0.2"],
            fr="l'adresse n'a pas répondu en entier en 0.2 s. Recommencer plus tard",
            en="the address did not answer in full within 0.2 s. Try again later",
        )  # fmt: skip


def test_an_address_that_does_not_answer_is_told(place):
    place.told(
        "load", f"http://127.0.0.1:{unused_port()}/essai.ttl",
        fr=["l'adresse ne répond pas", "Vérifier l'adresse et la connexion."],
        en=["the address does not answer", "Check the address and the connection."],
    )  # fmt: skip


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- Questions ---------------------------------------------------------------------


@pytest.mark.parametrize(("words", "fr", "en"), [
    (["SELECT ?a {\n ?a a spnr:Actor ;\n}}"], ["ligne 3, colonne 2", "Corriger"],
     ["line 3, column 2", "Correct"]),
    (["SELECT ?a { ?a a nope:Actor }"], "le préfixe « nope: » n'est pas déclaré",
     "nope:"),
    (["DELETE WHERE { ?s ?p ?o }"], "DELETE modifie les données", "DELETE"),
    (["acteurs-par-numero"], "Voulait-on dire acteur-par-numero",
     "Did you mean acteur-par-numero"),
    (["absente.rq"], "absente.rq : fichier introuvable ou illisible. Vérifier",
     "absente.rq: no such file, or it cannot be read. Check the path."),
    ([""], "n'est ni une question de queries/", "is no question in queries/"),
    (["initiatives-d-un-axe", "-p", "aks", "x"], "le paramètre « aks » est inconnu",
     "unknown parameter 'aks'. Try: axe, "),
    (["partenaires-d-un-acteur"], "le paramètre « acteur » est obligatoire (",
     "the parameter 'acteur' is required ("),
    (["initiatives-actives", "-p", "date", "2026-13-40"],
     "« 2026-13-40 » n'est pas une date. Écrire par exemple 2026-01-31.",
     "'2026-13-40' is not a date. Write for example 2026-01-31."),
    (["partenaires-d-un-acteur", "-p", "acteur", "Atelier d'essay"],
     "ne désigne rien du genre spnr:Actor. Essayer : Atelier d'essai",
     "names nothing of kind spnr:Actor. Try: Atelier d'essai"),
    (["SELECT * { ?s ?p ?o }", "-f", "turtle"], "ne convient pas à cette question",
     "does not fit this question"),
])  # fmt: skip
def test_a_bad_question_is_told(place, words, fr, en):
    place.told("query", *words, fr=fr, en=en)


HOSTILE = [
    '> } } ; DELETE WHERE { ?s ?p ?o } #',
    "<urn:a> } UNION { ?s ?p ?o } #",
    "<https://w3id.org/spnr/id/acteur/local-essai-a> <urn:b>",
    "acteur:local-essai-a } ?s ?p ?o {",
    'x" } UNION { ?s ?p ?o } #',
    "x'@fr } #", "'''", '"""', "\\", "\\u003e } #", "}}", "?x", "UNDEF", "_:b",
    "$(touch x)", "x\n} #", "x\r} #", "\x01", "\u202e}", "%3E%20%7D",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_out_of_its_slot(place, value, caplog):
    with place.unharmed():
        result = place.run("query", "partenaires-d-un-acteur", "-p", "acteur", value)
        shown = place.run("query", "acteur-par-numero", "-p", "numero", value, "--show")

    assert result.exit_code == 2
    assert "ne désigne rien du genre spnr:Actor" in result.stderr
    assert result.stdout == ""
    assert "valid URI" not in caplog.text
    if shown.exit_code == 0:  # a text may hold anything, but stays one text
        again = place.run("query", "-", "-f", "csv", stdin=shown.stdout)
        assert again.exit_code == 0, again.stderr
        assert len(again.stdout.splitlines()) == 1


@pytest.mark.parametrize("value", HOSTILE[::2])
@pytest.mark.parametrize("kind", ["date", "entity", "axis"])
def test_no_other_value_breaks_out_either(place, kind, value):
    words = {
        "date": ["query", "initiatives-actives", "-p", "date", value],
        "entity": ["export", "--entity", value],
        "axis": ["visualise", "--axis", value],
    }[kind]

    result = place.run(*words)

    assert result.exit_code == 2
    assert result.stderr.startswith("Erreur : ")
    assert result.stdout == ""


@pytest.mark.parametrize(("format_name", "shown"), [
    ("csv", "s\r\n"), ("tsv", "?s\n"), ("table", "Aucune ligne.\n"),
    ("json", '{"head":{"vars":["s"]},"results":{"bindings":[]}}'), ("jsonl", ""),
])  # fmt: skip
def test_no_row_is_an_answer(place, format_name, shown):
    result = place.run("query", "SELECT ?s { ?s a <urn:rien> }", "-f", format_name)

    assert result.exit_code == 0
    assert result.stdout_bytes.decode() == shown


# --- Endpoints ---------------------------------------------------------------------

HALF = says(200, ONE_ROW[:-20], Content_Length=str(len(ONE_ROW)))
ROWS = "SELECT ?s { ?s ?p ?o }"
COMMANDS = [
    ["query", ROWS, "-f", "csv"], ["query", ROWS, "-f", "json"], ["query", ROWS],
    ["query", "CONSTRUCT WHERE { ?s ?p ?o }"], ["export"], ["info"], ["visualise"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words)[:40])
@pytest.mark.parametrize(("answer", "fr", "en"), [
    (says(500, b"boom", "text/plain"), "répond 500 : le serveur a échoué. Réessayez",
     "answers 500: the server failed. Try again later"),
    (says(200, b"<html>Bonjour</html>", "text/html"), "répond par une page HTML",
     "answers with an HTML page"),
    (HALF, "Réessayez, ou demandez moins à la fois", "Try again, or ask for less"),
    (sleeps, "n'a pas fini de répondre en 0.3 s. Simplifiez", "did not finish its"),
], ids=["500", "html", "half", "slow"])  # fmt: skip
def test_a_failing_endpoint_is_told(place, words, answer, fr, en, tmp_path):
    if answer is HALF and "CONSTRUCT" in " ".join(words):
        answer = says(200, b"<urn:a> <urn:b> <ur", "application/n-triples")
    with script(answer) as server:
        for lang, said in (("fr", fr), ("en", en)):
            server.answers = [says(200, TRUE), answer]
            output = tmp_path / "out"
            before = ["--timeout", "0.3", "--lang", lang]
            result = place.run(*before, *words, "-o", str(output), store=server.url)
            assert result.exit_code == 2
            assert server.url in result.stderr
            assert said in result.stderr
            assert result.stdout == ""
            assert not output.exists()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words)[:40])
def test_a_half_row_never_reaches_standard_output(place, words):
    with script(HALF) as server:
        result = place.run(*words, store=server.url)

    assert result.exit_code == 2
    assert "urn:a" not in result.stdout


@pytest.mark.parametrize("words", [["query", ROWS], ["load", "jeu"]])
def test_an_endpoint_that_is_down_is_told(place, words):
    url = f"http://127.0.0.1:{unused_port()}"

    result = place.run(*words, store=url)

    assert result.exit_code == 2
    assert result.stderr == (
        f"Erreur : {url}/query ne répond pas : la connexion est refusée. Vérifiez "
        "l'adresse, et que le serveur est démarré.\n"
    )
    assert result.stdout == ""


def test_an_endpoint_that_hangs_up_is_told(place):
    with script(hangs_up) as server:
        result = place.run("--lang", "en", "query", ROWS, store=server.url)

    assert result.exit_code == 2
    assert "broke the connection or does not speak HTTP. Check the" in result.stderr


# --- Directories -------------------------------------------------------------------

HOLD = """
import sys
from spnr_graph.store import open_store
with open_store(sys.argv[1]):
    print("ready", flush=True)
    sys.stdin.read()
"""


def settled(store):
    """Wait until a store that was just opened has put its files in order.

    Meanwhile a reader may look for a file that is no more, and is told so.
    """
    before = None
    for _ in range(30):
        now = sorted(each.name for each in store.iterdir())
        if now == before:
            return
        before = now
        time.sleep(1)


def test_a_store_that_another_process_writes_is_told_and_still_read(place):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, place.store],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"ready\n"
        settled(Path(place.store))
        place.told(
            "load", "jeu", "--force",
            fr=["est ouvert en écriture par un autre programme", "Attendez qu'il"],
            en=["is open for writing in another process", "Wait until it ends"],
        )  # fmt: skip
    finally:
        holder.communicate(timeout=20)


def test_a_directory_that_is_no_store_is_told_and_left_alone(place):
    place.write("divers/notes.txt", "à moi")
    divers = str(place.folder / "divers")

    for words in (["load"], ["info"], ["query", ROWS]):
        place.told(
            *words, store=divers,
            fr="divers contient autre chose qu'un entrepôt (par exemple notes.txt).",
            en="divers holds something else than a store (for example notes.txt).",
        )  # fmt: skip
    assert [path.name for path in Path(divers).iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(("store", "fr", "en"), [
    ("essai.ttl", "est un fichier, pas un dossier d'entrepôt", "is a file, not the"),
    ("nulle-part", "Il n'y a pas encore d'entrepôt dans", "There is no store in"),
    ("gopher://x", "« gopher://x » n'est pas un entrepôt. Donnez un dossier, « memory",
     "'gopher://x' is no store. Give a directory, 'memory:' or an address in"),
    (" ", "«   » n'est pas un entrepôt", "' ' is no store"),
])  # fmt: skip
def test_a_location_that_is_no_store_is_told(place, monkeypatch, store, fr, en):
    monkeypatch.chdir(place.folder)

    place.told("info", store=store, fr=fr, en=en)
    assert not (place.folder / "nulle-part").exists()


def test_a_store_that_cannot_be_written_is_told(place):
    folder = place.folder / "ferme"
    folder.mkdir()
    folder.chmod(0o500)
    command = place.command("load", "jeu", store=str(folder / "store"))
    if os.geteuid() == 0:  # root may write anywhere, unless the right is taken away
        bounds = "--bounding-set=-dac_override,-dac_read_search"
        command = [needs.program("setpriv"), "--inh-caps=-all", bounds, *command]

    done = subprocess.run(command, capture_output=True, text=True, timeout=50)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"Erreur : Impossible d'écrire l'entrepôt {folder}")
    assert "Choisissez un dossier où vous avez le droit d'écrire." in done.stderr


# --- Outputs -----------------------------------------------------------------------

OUTPUTS = [
    ["query", ROWS, "-f", "csv"], ["query", ROWS, "-f", "json"], ["query", ROWS],
    ["query", "--list"], ["export", "-f", "nquads"], ["export"], ["visualise"],
    ["validate", "-f", "json"], ["info"],
]  # fmt: skip


@pytest.mark.parametrize("words", OUTPUTS, ids=lambda words: " ".join(words)[:40])
def test_a_reader_that_stops_early_is_no_error(place, words):
    process = subprocess.Popen(
        place.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    process.stdout = None
    _, told = process.communicate(timeout=50)

    assert process.returncode == 141
    assert told == b""


@pytest.mark.parametrize("words", OUTPUTS[::3], ids=lambda words: " ".join(words)[:40])
def test_a_full_disk_is_told(place, words):
    full = needs.device("/dev/full")
    for output in (["-o", str(full)], []):
        with full.open("wb") as stdout:
            done = subprocess.run(
                place.command(*words, *output),
                stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=50,
            )  # fmt: skip
        what = "/dev/full" if output else "sortie standard"
        assert done.returncode == 2
        assert done.stderr == (
            f"Erreur : {what} : écriture impossible (il n'y a plus de place sur le "
            "disque). Faire de la place, ou choisir un autre chemin avec -o.\n"
        )
    assert full.is_char_device()


def test_a_device_is_written_to_and_not_replaced(place, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = place.command("query", ROWS + " LIMIT 0", "-f", "csv", "-o", str(pipe))
    process = subprocess.Popen(command)

    read = pipe.read_bytes()

    assert process.wait(50) == 0
    assert read == b"s\r\n"
    assert pipe.is_fifo()


def test_an_output_is_written_through_a_link(place, tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("avant")
    link.symlink_to(target)

    result = place.run("query", ROWS + " LIMIT 0", "-o", str(link))

    assert result.exit_code == 0
    assert link.is_symlink()
    assert target.read_bytes() == b"s\r\n"


def test_nothing_is_loaded_when_the_report_cannot_be_written(place):
    new = place.write("neuf.ttl", TURTLE.replace("essai-a", "neuf"))

    place.told(
        "load", str(new), "-o", str(place.folder / "essai.ttl" / "rapport.txt"),
        fr="écriture impossible (un élément du chemin n'est pas un dossier)",
        en="cannot be written",
    )  # fmt: skip


# --- Words of the command line -----------------------------------------------------


@pytest.mark.parametrize(("words", "fr", "en"), [
    (["inf"], "la commande inf n'existe pas. Voulait-on dire info ?",
     "No such command 'inf'. Did you mean 'info'?"),
    (["query", "--label"], "l'option --label n'existe pas. Voulait-on dire --help, "
     "--labels ?",
     "No such option '--label'."),
    (["query", "a", "-p", "x"], "l'option -p attend 2 valeurs.",
     "Option '-p' requires 2 arguments."),
    (["query", "a", "-f"], "l'option -f attend une valeur.",
     "Option '-f' requires an argument."),
    (["query", "--show=1"], "l'option --show ne prend pas de valeur.",
     "Option '--show' does not take a value."),
    (["export", "-f", "pdf"], "la valeur donnée à --format ne convient pas. Choisir "
     "parmi : xlsx, turtle,", "'pdf' is not one of 'xlsx', 'turtle'"),
    (["visualise", "--on", "hier"], "la valeur donnée à --on ne convient pas. Écrire "
     "une date comme 2026-01-31.", "'hier' does not match the format"),
    (["export", "-o", "."], "la valeur donnée à --output ne convient pas. Donner un "
     "fichier.", "is a directory"),
    (["load", "--max-size", "0"], "--max-size ne convient pas. Donner un nombre plus "
     "grand que zéro.", "0 is not in the range x>=1"),
    (["info", "trop"], "de trop sur la ligne de commande : trop.",
     "Got unexpected extra argument (trop)"),
    (["--timeout", "x", "info"], "la valeur donnée à --timeout ne convient pas",
     "'x' is not a valid float"),
])  # fmt: skip
def test_a_wrong_word_is_told_in_the_language_of_the_session(words, fr, en):
    french, english = run(*words), run("--lang", "en", *words)

    assert french.exit_code == english.exit_code == 2
    assert fr in french.stderr
    assert "Error" not in french.stderr
    assert en in english.stderr
    assert french.stdout == english.stdout == ""


@pytest.mark.parametrize(("lang", "said"), [
    ("fr", "n'existe pas"), ("en", "No such command"), ("de", "Choisir parmi : fr, en"),
])  # fmt: skip
def test_the_language_may_come_from_the_environment(monkeypatch, lang, said):
    monkeypatch.setenv("SPNR_LANG", lang)

    assert said in run("inf").stderr


# --- Interrupted loads -------------------------------------------------------------

COUNT = 4000


def version(word):
    """Return a large contribution, the same size whatever the word."""
    actors = (
        f"<https://w3id.org/spnr/id/acteur/local-jeu-{n}> a spnr:Actor ;\n"
        f'    skos:prefLabel "{word} {n}"@fr ;\n'
        "    org:classification type-acteur:association .\n"
        for n in range(COUNT)
    )
    return PREFIXES + "".join(actors)


def graph_of(held):
    end = b"<https://w3id.org/spnr/graph/contribution/equipe/essai> ."
    return [line for line in held.splitlines() if line.endswith(end)]


@pytest.fixture(scope="module")
def two_versions(prepared, tmp_path_factory):
    """A store that holds a large version, the other one on disk, and both contents."""
    folder = tmp_path_factory.mktemp("versions") / "place"
    shutil.copytree(prepared, folder)
    place = Place(folder)
    contents, times = [], []
    for word in ("nouveau", "ancien"):
        place.write("project/data/jeu.ttl", version(word))
        start = time.monotonic()
        subprocess.run(place.command("load", "jeu"), check=True, timeout=50)
        times.append(time.monotonic() - start)
        contents.append(place.held())
    place.write("project/data/jeu.ttl", version("nouveau"))
    return folder, contents, times[1]


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.3, 0.5, 0.65, 0.75, 0.85, 0.95])
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_load_leaves_a_whole_version(
    two_versions, tmp_path, end, moment
):
    folder, (new, old), seconds = two_versions
    shutil.copytree(folder, tmp_path / "place")
    place = Place(tmp_path / "place")
    assert graph_of(new) != graph_of(old)

    process = subprocess.Popen(
        place.command("load", "jeu"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        process.wait(seconds * moment)
    except subprocess.TimeoutExpired:
        process.send_signal(end)
    _, told = process.communicate(timeout=50)

    # -2: the signal came before Python had set its handler, or after it had put it
    # away; a shell says 130 of that, too.
    codes = {signal.SIGKILL: {0, -9}, signal.SIGINT: {0, 130, -2}}[end]
    assert process.returncode in codes
    if process.returncode == 130:
        assert told.decode() == (
            "Erreur : interrompu. Rien n'est à moitié écrit ; relancer la commande "
            "pour finir.\n"
        )
    assert graph_of(place.held()) in (graph_of(old), graph_of(new))
    info = json.loads(place.run("info", "-f", "json").stdout)
    again = place.run("load", "jeu")
    assert again.exit_code == 0, again.output
    assert place.held() == new
    assert place.run("info").exit_code == 0
    assert info["triples"] >= 3 * COUNT


def test_a_contribution_placed_but_not_recorded_is_seen_and_repaired(place):
    """What a kill between the two steps of a placing leaves."""
    wanted = place.held()
    harm = """
import io, sys
from rdflib.term import URIRef
from spnr_graph.store import open_store
with open_store(sys.argv[1]) as store:
    store.replace(URIRef(sys.argv[2]), io.BytesIO(b"<urn:a> <urn:b> <urn:c> .\\n"))
"""
    graph = "https://w3id.org/spnr/graph/contribution/equipe/essai"
    subprocess.run(
        [sys.executable, "-c", harm, place.store, graph], check=True, timeout=50
    )

    fr = place.run("info")
    en = place.run("--lang", "en", "info")
    again = place.run("load", "jeu")

    assert fr.exit_code == en.exit_code == 1
    assert "spnr load" in fr.stdout.splitlines()[-1]
    assert "spnr load" in en.stdout.splitlines()[-1]
    assert again.exit_code == 0
    assert place.held() == wanted
