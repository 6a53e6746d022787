"""Tables, identities and explanations in every kind of store: the same content."""

import shutil

import pytest

from tests.commands import run
from tests.tables_project import Place, project

COMMUNES = "code;libelle\n21001;Valmont\n"
ONE = "code;nom;genre;commune\nS1;Salle basse;association;21001\n"
TWO = "code;nom;genre\nT1;Salle basse;association\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return project(tmp_path_factory.mktemp("prepared") / "project")


@pytest.mark.parametrize("kind", ["disk", "remote", "remote-union"])
def test_load_reconcile_and_explain_do_the_same(kind, prepared, tmp_path, request):
    shutil.copytree(prepared, tmp_path / "project")
    place, location = Place(tmp_path), str(tmp_path / "entrepot")
    if kind != "disk":
        name = "oxigraph_union" if kind == "remote-union" else "oxigraph_plain"
        location = request.getfixturevalue(name)

    def spnr(*words, code=0):
        result = run("--root", str(place.root), "--store", location, *words)
        assert result.exit_code == code, result.output
        return result.stdout

    a, b = "acteur:local-val-s1", "acteur:local-mont-t1"
    spnr("load", "ontologie", place.write("communes.csv", COMMUNES))
    spnr("load", place.write("un.csv", ONE), "--source", "val")
    spnr("load", place.write("deux.csv", TWO), "--source", "mont")

    def content():
        both = [spnr("export", "-f", "nquads", "--dataset", d) for d in ("un", "deux")]
        return "".join(both)

    received = content()
    who = ("--by", "coordination", "--why", "Même salle.")
    spnr("reconcile", "accept", b, a, *who)
    merged = content()
    spnr("load", str(tmp_path / "un.csv"), "--source", "val")
    spnr("load", str(tmp_path / "deux.csv"), "--source", "mont")
    explained = spnr("explain", "Salle basse")

    assert {n in received for n in ("local-val-s1> <", "local-mont-t1> <")} == {True}
    assert ("local-val-s1> <" in merged) != ("local-mont-t1> <" in merged)
    assert content() == merged
    assert "deux" in explained
    assert "un" in explained
    spnr("reconcile", "undo", b, a, *who)
    assert content() == received
