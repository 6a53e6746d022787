"""What people read when something that is optional is not there."""

import shutil
import sys
from pathlib import Path

import pytest

from spnr_graph import project
from tests.commands import run

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("openpyxl", ("template", "classeur.xlsx"), "xlsx"),
        (
            "openpyxl",
            ("export", "--dataset", "recensement", "-o", "classeur.xlsx"),
            "xlsx",
        ),
        ("frictionless", ("formats",), "tables"),
        ("rapidfuzz", ("reconcile",), "identity"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_missing_package_is_told_with_the_command_that_installs_it(
    package, words, extra, lang, catalogue_store, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for name in [each for each in sys.modules if each.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)

    result = run("--store", catalogue_store, "--lang", lang, *words)

    assert result.exit_code == 2
    assert f"{package}" in result.stderr
    assert f"pip install 'spnr-graph[{extra}]'" in result.stderr
    assert not (tmp_path / "classeur.xlsx").exists()


def test_no_decision_is_written_into_the_content_of_an_installed_program(
    tmp_path, monkeypatch
):
    content = tmp_path / "content"
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, content / name)
    monkeypatch.setattr(project, "_PACKAGE", tmp_path)
    monkeypatch.delenv("SPNR_ROOT", raising=False)
    ledger = (content / "data" / "identite.ttl").read_bytes()
    store = ("--store", str(tmp_path / "store"))
    assert run(*store, "load", "recensement", "--no-check").exit_code == 0
    words = (
        "adu-montbeliard",
        "arnia",
        "--by",
        "coordination d'essai",
        "--why",
        "Essai.",
    )

    tried = run(*store, "reconcile", "refuse", *words, "--dry-run")
    refused = run(*store, "reconcile", "refuse", *words)

    assert (tried.exit_code, refused.exit_code) == (0, 2)
    assert "une mise à jour l'effacerait" in refused.stderr
    assert (content / "data" / "identite.ttl").read_bytes() == ledger
