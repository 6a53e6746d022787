"""Tables through the whole way: recognised, checked, placed, told; or nothing."""

import gzip
import io
import json
import os
import shutil
import zipfile

import openpyxl
import pytest

from tests.faults import says, script
from tests.tables_project import Place, project

SALLES = (
    "code;nom;siren;genre;commune;courriel\n"
    "S1;Salle basse;;association;21001;contact@exemple.fr\n"
    "S2;Salle haute;;entreprise;;\n"
)
COMMUNES = "code;libelle\n21001;Valmont\n"


def graph(name, partner="local"):
    return f"<https://w3id.org/spnr/graph/contribution/{partner}/{name}> .".encode()


def of_graph(held, name, partner="local"):
    return [line for line in held.splitlines() if line.endswith(graph(name, partner))]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Make the project, and a store that holds the ontology and the communes."""
    folder = tmp_path_factory.mktemp("prepared")
    project(folder / "project")
    place = Place(folder)
    result = place.run("load", "ontologie", place.write("communes.csv", COMMUNES))
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def place(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "p")
    return Place(tmp_path / "p")


# --- What is read ------------------------------------------------------------------


def test_a_table_is_recognised_by_its_columns(place):
    result = place.run(
        "load", place.write("salles.csv", SALLES), "--source", "Val Vert"
    )

    assert result.exit_code == 0, result.output
    assert "(salles, 2 lignes)" in result.stdout
    held = place.held()
    assert len(of_graph(held, "salles", "val-vert")) == 7
    assert b"acteur/local-val-vert-s1> <http://purl.org/dc/terms/spatial> " in held


@pytest.mark.parametrize(
    "name", ["salles.csv.gz", "salles.zip", "SALLES.CSV", "été 1.csv"]
)
def test_packing_and_names_change_nothing(place, name):
    plain = SALLES.encode()
    if name.endswith(".gz"):
        plain = gzip.compress(plain, mtime=0)
    if name.endswith(".zip"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("salles.csv", SALLES)
        plain = packed.getvalue()

    result = place.run("load", place.write(name, plain), "--dataset", "salles")

    assert result.exit_code == 0, result.output
    assert len(of_graph(place.held(), "salles")) == 7


def test_a_named_format_is_taken_whatever_the_other_columns_are(place):
    path = place.write("liste.txt", "code;nom;a;b;c;d\nS1;Salle;1;2;3;4\n")

    assert place.run("load", path).exit_code == 2
    result = place.run("load", path, "--as", "salles")

    assert result.exit_code == 0, result.output
    assert "(salles, 1 ligne)" in result.stdout
    assert "Le format ne connaît pas cette colonne" in result.stdout


def test_standard_input_needs_a_format(place):
    result = place.run("load", "-", "--as", "salles", stdin=SALLES)

    assert result.exit_code == 0, result.output
    assert len(of_graph(place.held(), "entree-standard")) == 7


def test_an_address_is_read_by_its_suffix_or_its_format(place):
    body = SALLES.encode()
    with script() as server:
        server.answers[:] = [says(200, body, "text/csv")]
        first = place.run("load", f"{server.url}/lieux/salles.csv?v=1")
        second = place.run("load", f"{server.url}/donnees", "--as", "salles")

    assert first.exit_code == 0, first.output
    assert second.exit_code == 0, second.output
    held = place.held()
    assert len(of_graph(held, "salles")) == len(of_graph(held, "donnees")) == 7


def test_a_json_table_is_read_like_any_other(place):
    rows = [{"code": "S1", "nom": "Salle", "genre": "association"}]

    result = place.run("load", place.write("salles.json", json.dumps(rows)))

    assert result.exit_code == 0, result.output
    assert len(of_graph(place.held(), "salles")) == 3


# --- What is wrong -----------------------------------------------------------------


def test_a_format_that_does_not_exist_is_told_before_anything_is_read(place):
    path = place.write("salles.csv", SALLES)
    before = place.held()

    result = place.run("load", path, "--as", "sales")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Erreur : « sales » n'est pas un format de table. Voulait-on dire salles ? La "
        "liste : spnr formats.\n"
    )
    assert place.quarantined() == []
    assert place.held() == before


def test_a_format_of_which_the_table_has_no_column_is_told(place):
    path = place.write("autre.csv", "a;b\n1;2\n")

    result = place.run("--lang", "en", "load", path, "--as", "salles")

    assert result.exit_code == 2
    assert (
        "none of its columns (a, b) is of the format salles. Choose another format"
        in result.stderr
    )


def test_a_table_of_no_format_is_refused_when_named(place):
    path = place.write("autre.csv", "a;b\n1;2\n")
    before = place.held()

    result = place.run("load", path)

    assert result.exit_code == 2
    assert "les titres des colonnes (a, b) ne sont ceux d'aucun format" in result.stderr
    assert place.held() == before
    assert place.quarantined() == [
        "autre/autre.csv", "autre/rapport.json", "autre/rapport.txt",
    ]  # fmt: skip


def test_a_table_of_no_format_is_left_out_and_told_when_found(place):
    place.write("envoi/salles.csv", SALLES)
    other = place.write("envoi/autre.csv", "a;b\n1;2\n")
    place.write("envoi/reglages.json", '{"couleur": "bleu"}')

    for lang, said in (
        ("fr", "ce tableau n'est d'aucun format connu ; il est laissé de côté."),
        ("en", "this table is of no known format and is left out."),
    ):
        result = place.run("--lang", lang, "load", str(place.folder / "envoi"))
        assert result.exit_code == 0, result.output
        assert result.stdout.count(said) == 2
        assert f"{other} : ce" in result.stdout or f"{other}: this" in result.stdout

    assert place.quarantined() == []


@pytest.mark.parametrize(("name", "content"), [
    ("salles.csv", SALLES.replace("nom;siren", "non;siren").encode()),
    ("salles.csv", b""),
    ("salles.csv.gz", gzip.compress(SALLES.encode(), mtime=0)[:40]),
    ("salles.zip", b"PK\x03\x04"),
    ("salles.xlsx", b"PK\x03\x04" + bytes(200)),
    ("salles.json", b'[{"code": "S1", '),
    ("salles.csv", b"\xff\xfe\x00"),
])  # fmt: skip
@pytest.mark.parametrize("named", [True, False], ids=["named", "found"])
def test_a_spoilt_table_fails_and_is_kept(place, name, content, named):
    path = place.write(f"envoi/{name}", content)
    before = place.held()

    result = place.run("load", path if named else str(place.folder / "envoi"))

    assert result.exit_code == 2, result.output
    assert "NON CHARGÉ : rien n'a changé" in result.stdout
    assert "Erreur : " in result.stderr
    assert place.held() == before
    assert f"salles/{name}" in place.quarantined()


def test_a_refused_table_leaves_the_former_version_and_says_every_cell(place):
    path = place.write("salles.csv", SALLES)
    assert place.run("load", path).exit_code == 0
    before = place.held()
    place.write("salles.csv", SALLES.replace("S2;Salle haute", "S2;"))

    result = place.run("load", path)

    assert result.exit_code == 1
    assert "REFUSÉ : la version antérieure reste en place" in result.stdout
    assert "La cellule est vide alors que la colonne est obligatoire." in result.stdout
    assert "ligne 3, colonne nom" in result.stdout
    assert place.held() == before
    assert place.quarantined() == [
        "salles/rapport.json", "salles/rapport.txt", "salles/salles.csv",
    ]  # fmt: skip


def test_no_address_of_a_person_is_in_what_is_written_down(place):
    text = SALLES.replace("contact@", "prenom.nom@").replace("Salle haute", "")
    path = place.write("salles.csv", text)
    copy = place.folder / "copie.xlsx"

    result = place.run("load", path, "--annotated", str(copy))

    assert result.exit_code == 1
    assert "prenom.nom" not in result.output
    for report in place.folder.rglob("rapport.*"):
        assert "prenom.nom" not in report.read_text(encoding="utf-8")
    rows = openpyxl.load_workbook(copy)["Rapport"].iter_rows(values_only=True)
    assert not any("prenom.nom" in str(row) for row in rows)


def test_two_files_of_one_stem_never_replace_each_other(place):
    paths = [place.write(f"{folder}/salles.csv", SALLES) for folder in "ab"]

    result = place.run("load", *paths)

    assert result.exit_code == 2
    assert "est déjà prise par" in result.stderr
    assert len(of_graph(place.held(), "salles")) == 7


def test_a_delivery_that_cannot_be_opened_stops_no_other(place):
    good = place.write("envoi/salles.csv", SALLES)
    lost = place.folder / "envoi" / "absente.csv"
    lost.symlink_to(place.folder / "nulle-part.csv")

    result = place.run("load", str(lost), good)

    assert result.exit_code == 2
    assert len(of_graph(place.held(), "salles")) == 7


# --- Territories first -------------------------------------------------------------


@pytest.mark.parametrize(
    "names", [("a-communes", "b-salles"), ("b-communes", "a-salles")]
)
def test_communes_are_read_before_what_names_them(prepared, tmp_path, names):
    place = Place(tmp_path)
    shutil.copytree(prepared / "project", place.root)
    communes, salles = names
    place.write(f"envoi/{communes}.csv", COMMUNES)
    place.write(f"envoi/{salles}.csv", SALLES)
    folder = str(tmp_path / "envoi")

    checked = place.run("validate", folder, "-f", "json")
    result = place.run("load", folder)

    assert result.exit_code == 0, result.output
    assert len(of_graph(place.held(), salles)) == 7
    assert "insee-unknown" not in checked.stdout


# --- What would change -------------------------------------------------------------


def test_a_dry_run_tells_and_writes_nothing(place):
    path = place.write("salles.csv", SALLES)
    assert place.run("load", path).exit_code == 0
    before = place.held()
    place.write("salles.csv", "code;nom;genre\nS1;Grande salle;association\n")

    french = place.run("load", path, "--dry-run")
    english = place.run("--lang", "en", "load", path, "--dry-run")

    assert french.exit_code == english.exit_code == 0
    for said in (
        f"Essai à blanc, rien n'est écrit dans {place.store} : 1 source lue\n",
        "  salles  3 triplets  +1 −5 (salles, 1 ligne)\n",
        "      1 acteur retiré, 1 acteur modifié (+1 −5 triplets).\n",
        "      Acteur retiré : Salle haute.\n",
        "passe de « Salle basse » à « Grande salle ».\n",
    ):
        assert said in french.stdout
    for said in (
        f"Dry run, nothing is written into {place.store}: 1 source read\n",
        "  salles  3 triples  +1 −5 (salles, 1 row)\n",
        "      1 actor removed, 1 actor changed (+1 −5 triples).\n",
        "      Actor removed: Salle haute.\n",
        "goes from 'Salle basse' to 'Grande salle'.\n",
    ):
        assert said in english.stdout
    assert place.held() == before


def test_a_dry_run_of_a_refused_table_keeps_nothing_in_quarantine(place):
    path = place.write("salles.csv", SALLES.replace("S2;Salle haute", "S2;"))

    result = place.run("load", path, "--dry-run")

    assert result.exit_code == 1
    assert place.quarantined() == []


def test_a_dry_run_needs_no_store(place, tmp_path):
    path = place.write("salles.csv", SALLES)

    result = place.run("--store", str(tmp_path / "rien"), "load", path, "--dry-run")

    assert result.exit_code == 0, result.output
    assert not (tmp_path / "rien").exists()


# --- The annotated copy ------------------------------------------------------------


def test_the_annotated_copy_marks_the_wrong_cell(place):
    path = place.write("salles.csv", SALLES.replace("association", "assoc."))
    copy = place.folder / "a-corriger.xlsx"

    result = place.run("load", path, "--dry-run", "--annotated", str(copy))

    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(copy)
    cell = book.worksheets[1]["D2"]
    assert (cell.value, cell.fill.fgColor.rgb[2:]) == ("assoc.", "FBE7BD")
    assert "Voulait-on dire : association, fondation" in cell.comment.text


@pytest.mark.parametrize("sources", [[], ["a", "b"], ["-"], ["ontologie"]])
def test_the_copy_is_refused_before_anything_is_loaded(place, sources):
    paths = [
        place.write(f"{s}.csv", SALLES) if len(s) == 1 and s != "-" else s
        for s in sources
    ]
    before = place.held()

    result = place.run("load", *paths, "--annotated", str(place.folder / "x.xlsx"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--annotated annote une table et une seule" in result.stderr
    assert place.held() == before


def test_no_copy_calls_good_what_could_not_be_read(place):
    path = place.write("autre.csv", "a;b\n1;2\n")
    copy = place.folder / "copie.xlsx"

    result = place.run("load", path, "--annotated", str(copy))

    assert result.exit_code == 2
    assert "pas de copie annotée, faute d'un tableau qui se lise." in result.stderr
    assert not copy.exists()


# --- Checks without loading --------------------------------------------------------


def test_what_validates_is_what_loads(place):
    good = place.write("salles.csv", SALLES)
    bad = place.write("salles2.csv", SALLES.replace("S2;Salle haute", "S2;"))

    assert place.run("validate", good).exit_code == 0
    refused = place.run("validate", good, bad)

    assert refused.exit_code == 1
    assert "La cellule est vide alors que la colonne est obligatoire." in refused.stdout


def test_hostile_cells_stay_text(place):
    hostile = '"S> ""<urn:x>"" \\ } . INSERT"'
    path = place.write("salles.csv", f"code;nom\nS1;{hostile}\n")

    result = place.run("load", path)

    assert result.exit_code == 0, result.output
    lines = of_graph(place.held(), "salles")
    assert len(lines) == 2
    assert any(b'"S> \\"<urn:x>\\" \\\\ } . INSERT"@fr' in line for line in lines)


@pytest.mark.parametrize("name", [b"b\xe9.csv", "\u202e.csv".encode(), b"a b'\"<>.csv"])
@pytest.mark.parametrize("content", [SALLES, "a;b\n1;2\n"], ids=["good", "unknown"])
def test_files_of_any_name_are_read_and_told(place, name, content):
    folder = place.folder / "envoi"
    folder.mkdir()
    path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 - a name in bytes
    with open(path, "wb") as stream:  # noqa: PTH123 - a name in bytes
        stream.write(content.encode())

    for words in (["load", os.fsdecode(path)], ["load", str(folder)]):
        result = place.run(*words)
        assert result.exit_code in {0, 2}
        assert result.stdout
    assert place.run("validate", os.fsdecode(path)).exit_code in {0, 1}
