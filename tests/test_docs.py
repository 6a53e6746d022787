"""Documents say what is so: references are current, examples run."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from spnr_graph.cli import cli
from spnr_graph.cli.reference import reference
from tests.commands import run
from tests.definitions import catalogue_of_measures
from tests.test_cli import TURTLE
from tests.test_layers import FLOORS

ROOT = Path(__file__).parents[1]
#: Commands, and those inside groups that are examples of their own.
SHOWN = {**cli.commands, **cli.commands["network"].commands}
EXAMPLES = [
    (name, line.strip())
    for name, command in SHOWN.items()
    for line in (command.help or "").splitlines()
    if line.strip().startswith("spnr ")
]
#: What examples are about: files that a partner sends, and those it is sent.
GIVEN = {
    "lieux.csv": ROOT / "tests" / "fixtures" / "tables" / "mediation-numerique.csv"
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current directory, with the files that examples are about."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "partenaire.ttl").write_text(TURTLE, encoding="utf-8")
    for name, source in GIVEN.items():
        shutil.copy(source, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def filled_workbook(catalogue_store, tmp_path_factory):
    """A workbook as a partner sends it."""
    path = tmp_path_factory.mktemp("workbook") / "classeur.xlsx"
    words = ("export", "--dataset", "recensement", "-o", str(path))
    assert run("--store", catalogue_store, *words).exit_code == 0
    return path


def test_the_command_reference_is_current():
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


def test_each_command_shows_at_least_one_example():
    assert {name for name, _ in EXAMPLES} == set(SHOWN)


@pytest.mark.parametrize("line", dict.fromkeys(line for _, line in EXAMPLES))
def test_each_example_of_the_help_runs(line, catalogue_store, folder, filled_workbook):
    writes = line.startswith("spnr load") and "--dry-run" not in line
    store = str(folder / "store") if writes else catalogue_store
    if "classeur.xlsx" in line and "template" not in line:
        shutil.copy(filled_workbook, folder / "classeur.xlsx")

    result = run("--store", store, *shlex.split(line)[1:])

    expected = 1 if "--fail-on warning" in line else 0
    assert result.exit_code == expected, result.stderr


README = (ROOT / "README.md").read_text(encoding="utf-8")
TWELVE_LINES = [
    line.split(" #")[0].strip()
    for line in README.split("## Twelve lines")[1]
    .split("## For partners")[0]
    .splitlines()
    if line.startswith("spnr ")
]


@pytest.mark.parametrize("line", TWELVE_LINES)
def test_the_twelve_lines_of_the_readme_run(line, catalogue_store, folder):
    store = str(folder / "store") if line == "spnr load" else catalogue_store

    assert run("--store", store, *shlex.split(line)[1:]).exit_code == 0


def commands(document):
    """Return the commands that a document shows, in order, their remarks left out."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        line.split(" #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
        for line in block.splitlines()
        if line.startswith("spnr ")
    ]


def test_the_way_of_a_partner_runs_as_the_readme_tells_it(folder, filled_workbook):
    text = README.split("## For partners")[1].split("## For analysts")[0]
    lines = [
        line.split(" #")[0] for line in text.splitlines() if line.startswith("spnr ")
    ]
    assert run("--store", "store", "load").exit_code == 0

    for line in lines:
        result = run("--store", "store", *shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}: {result.output}"
        if " template " in line:
            shutil.copy(filled_workbook, folder / "classeur.xlsx")

    assert (folder / "a-corriger.xlsx").stat().st_size
    assert (folder / "retour.xlsx").stat().st_size


COORDINATORS = README.split("## For coordinators")[1].split("## For open-data")[0]


@pytest.mark.parametrize("line", re.findall(r"^spnr .*?(?=\s+#)", COORDINATORS, re.M))
def test_each_drawing_of_the_readme_runs(line, catalogue_store, folder):
    result = run("--store", catalogue_store, *shlex.split(line)[1:])

    assert result.exit_code == 0, result.stderr
    assert (folder / shlex.split(line)[-1]).stat().st_size


def test_the_readme_names_every_verb_of_the_network_and_no_other():
    found = re.findall(r"^\| `spnr network (\w+)` \|", COORDINATORS, re.M)

    assert found == list(cli.commands["network"].commands)


def test_what_the_readme_shows_of_the_network_is_what_is_answered(
    catalogue_store, monkeypatch, *, update_golden
):
    monkeypatch.setenv("COLUMNS", "100")
    shown = re.findall(r"```console\n\$ (spnr .*)\n([^`]*)```", README)
    assert shown
    for line, before in shown:
        words = shlex.split(line)[1:]
        answered = "\n".join(
            each.rstrip()
            for each in run("--store", catalogue_store, *words).stdout.splitlines()
        )
        if update_golden:
            text = (ROOT / "README.md").read_text(encoding="utf-8")
            old, new = f"$ {line}\n{before}", f"$ {line}\n{answered}\n"
            (ROOT / "README.md").write_text(text.replace(old, new), encoding="utf-8")
        else:
            assert before == answered + "\n"


def test_the_definitions_of_the_measures_are_current(*, update_golden):
    path = ROOT / "docs" / "measures.md"
    if update_golden:
        path.write_text(catalogue_of_measures(), encoding="utf-8")

    assert path.read_text(encoding="utf-8") == catalogue_of_measures()


def test_options_and_commands_that_guides_show_exist():
    for document in (
        "README.md",
        "docs/explorer.md",
        "docs/formats.md",
        "docs/partenaires.md",
    ):
        for line in commands(document):
            words = shlex.split(line)[1:]
            command = cli.commands[words[0]]
            if isinstance(command, click.Group) and words[1:] and words[1][0] != "-":
                command = command.commands[words[1]]
            known = {name for p in command.params for name in p.opts}
            shown = {word for word in words if word.startswith("-")}
            assert shown <= known, line


def test_the_number_of_questions_is_the_one_that_is_told():
    numbers = {"forty-three": 43, "quarante-trois": 43}
    assert set(numbers.values()) == {len(list((ROOT / "queries").glob("*.rq")))}
    for words in numbers:
        assert words in README


def test_every_command_is_in_the_overview_in_the_order_of_the_data():
    found = re.findall(r"^\| `spnr (\w+)` \|", README, flags=re.MULTILINE)

    assert found == list(cli.commands)


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    names: dict[str, object] = {}

    exec(code, names)

    said = capsys.readouterr().out
    assert "etat-montant" in said
    assert "shortest paths" in said
    assert len(names["graph"].edges) > 700


def test_the_guide_of_the_explorer_has_the_keys_of_its_help():
    web = ROOT / "spnr_graph/render/explorer/web/src"
    french = (web / "words.js").read_text(encoding="utf-8").split("const EN")[0]
    (listed,) = re.findall(r"keyList: \[\n(.*?)\n  \]", french, flags=re.DOTALL)
    guide = (ROOT / "docs" / "explorer.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| (\S.*) \| (.+) \|$", guide, flags=re.MULTILINE)
    shown = [(keys.replace("`", ""), deed) for keys, deed in rows if "---" not in keys]
    pairs = re.findall(r'\["(.+)", "(?:cette )?(.+)"\]', listed)
    assert pairs
    assert shown == pairs


def test_every_link_between_documents_leads_somewhere():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_design_names_every_unit_of_the_house_and_no_module_that_is_gone():
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    units = set(FLOORS) - {"__main__"}
    assert {unit for unit in units if f"`{unit}" not in text} == set()

    modules = {path.stem for path in (ROOT / "spnr_graph").rglob("*.py")}
    folders = {path.name for path in (ROOT / "spnr_graph").rglob("*") if path.is_dir()}
    federation = text.split("## Federation")[1].split("### Formats")[0]
    network = text.split("## Network")[1].split("### The explorer")[0]
    rows = [
        *(line.split("|") for line in federation.splitlines() if line[:3] == "| 3"),
        *(line.split("|") for line in network.splitlines() if line[:3] > "| 1"),
    ]
    named = {
        name.rstrip("/").split("/")[-1]
        for row in rows
        for name in re.findall(r"`([a-z_/]+)`", row[2] + row[3])
        if "." not in name
    }
    assert named - modules - folders == set()


def test_the_design_names_every_module_of_the_page_and_none_that_is_gone():
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    source = ROOT / "spnr_graph/render/explorer/web/src"

    named = set(re.findall(r"`([a-z-]+\.js)`", text))
    assert named == {path.name for path in source.glob("*.js")}


def test_the_changelog_and_the_package_agree_on_the_version():
    from spnr_graph import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text, flags=re.MULTILINE)
    assert "## Unreleased" in text or released[0] == __version__
