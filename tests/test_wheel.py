"""The wheel carries its content and works from any directory."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout as ``make wheel`` does."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_content(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    for folder in ("ontology", "data", "queries"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"spnr_graph/content/{path.relative_to(ROOT).as_posix()}"
                assert name in held
    assert "spnr_graph/py.typed" in held
    assert "spnr_graph/render/assets/network.html" in held
    assert not [name for name in held if name.startswith("tests/")]


def test_the_wheel_holds_the_explorer_as_built_not_its_sources(wheel):
    explorer = "spnr_graph/render/explorer/"
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith(explorer)}
        script = archive.read(explorer + "built/explorer.js")

    for name in ("built/explorer.css", "built/NOTICE.txt", "page.html"):
        assert explorer + name in held
    assert b"sigma" in script
    assert not [name for name in held if name.startswith(explorer + "web/")]


@pytest.mark.slow
def test_the_wheel_works_from_another_directory(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    environment.pop("SPNR_ROOT", None)

    def spnr(*words):
        return subprocess.run(
            [sys.executable, "-m", "spnr_graph", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout

    where = subprocess.run(
        [sys.executable, "-c", "import spnr_graph; print(spnr_graph.__file__)"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert where.startswith(str(site))
    assert "229 acteurs" in spnr("load")
    assert len(spnr("query", "--list").splitlines()) >= 40
    assert "<!DOCTYPE html>" in spnr("visualise").replace("doctype", "DOCTYPE")
