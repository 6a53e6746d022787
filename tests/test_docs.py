"""Documents say what is so: references are current, examples run."""

import re
import shlex
from pathlib import Path

import pytest

from spnr_graph.cli import cli
from spnr_graph.cli.reference import reference
from tests.commands import run
from tests.test_cli import TURTLE

ROOT = Path(__file__).parents[1]
EXAMPLES = [
    (name, line.strip())
    for name, command in cli.commands.items()
    for line in (command.help or "").splitlines()
    if line.strip().startswith(f"spnr {name}")
]


def test_the_command_reference_is_current():
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


def test_each_command_shows_at_least_one_example():
    assert {name for name, _ in EXAMPLES} == set(cli.commands)


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_each_example_of_the_help_runs(
    name, line, catalogue_store, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "partenaire.ttl").write_text(TURTLE, encoding="utf-8")
    store = catalogue_store if name != "load" else str(tmp_path / "store")
    if "partenaire" in line:
        assert run("--store", store, "load", "ontologie").exit_code == 0

    result = run("--store", store, *shlex.split(line)[1:])

    expected = 1 if "--fail-on warning" in line else 0
    assert result.exit_code == expected, result.stderr


README = (ROOT / "README.md").read_text(encoding="utf-8")
TEN_LINES = [
    line.split(" #")[0].strip()
    for line in README.split("## Ten lines")[1].split("## For analysts")[0].splitlines()
    if line.startswith("spnr ")
]


@pytest.mark.parametrize("line", TEN_LINES)
def test_the_ten_lines_of_the_readme_run(line, catalogue_store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "partenaire.ttl").write_text(TURTLE, encoding="utf-8")
    store = str(tmp_path / "store") if line == "spnr load" else catalogue_store

    assert run("--store", store, *shlex.split(line)[1:]).exit_code == 0


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    names: dict[str, object] = {}

    exec(code, names)

    assert "etat-montant" in capsys.readouterr().out
    assert len(names["graph"].edges) > 700


def test_every_link_between_documents_leads_somewhere():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_changelog_and_the_package_agree_on_the_version():
    from spnr_graph import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text, flags=re.MULTILINE)
    assert "## Unreleased" in text or released[0] == __version__
