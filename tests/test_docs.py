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
