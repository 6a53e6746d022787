"""The generator keeps its word, and every area of the benchmarks runs; no times."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import dice, report, runner
from benchmarks.__main__ import main
from benchmarks.areas import AREAS, PREPARED, Contestant, Group
from benchmarks.bench import find
from benchmarks.blocks import text, typed
from benchmarks.files import graph, inputs
from benchmarks.generate import SIZES, blocks, generate
from benchmarks.report import Result
from benchmarks.runner import Measure, Outcome
from spnr_graph.check import Shapes
from spnr_graph.findings import Severity
from spnr_graph.project import Project
from tests import needs

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Return a generated project of the smallest size."""
    return generate(SIZES["xs"], tmp_path_factory.mktemp("xs"))


def contents(root):
    return {
        path.name: path.read_bytes() for path in (root / "data" / "essai").iterdir()
    }


def parsed(root):
    """Return a store with the files of a generated project, each in its graph."""
    formats = {".nt": ox.RdfFormat.N_TRIPLES, ".ttl": ox.RdfFormat.TURTLE}
    store = ox.Store()
    for path, name in inputs(root):
        store.load(
            path=str(path), format=formats[path.suffix], to_graph=ox.NamedNode(name)
        )
    return store


def drawn(size):
    """Return how many participations each initiative and each actor has."""
    found = {}
    for block in blocks(SIZES[size]):
        pairs = dict(block.pairs)
        if pairs.get("a") == "spnr:Participation":
            ends = (pairs["spnr:initiative"], pairs["cv:hasParticipant"])
            found[block.subject] = ends
    ends = found.values()
    return Counter(i for i, _ in ends), Counter(a for _, a in ends)


# --- the generator ----------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(tiny, tmp_path):
    again = generate(SIZES["xs"], tmp_path / "again")

    assert contents(again.root) == contents(tiny.root)
    assert again.digest == tiny.digest


def test_another_seed_gives_another_graph(tiny, tmp_path):
    other = generate(SIZES["xs"], tmp_path / "other", seed=8)

    assert other.digest != tiny.digest


def test_draws_are_the_same_in_every_version_of_python():
    one = dice.Dice(7, "essai")

    assert [one.below(1_000) for _ in range(6)] == [973, 88, 238, 634, 162, 504]


@pytest.mark.parametrize("size", ["xs", "s"])
def test_sizes_are_kept_within_two_per_cent(size):
    count = sum(len(block.pairs) for block in blocks(SIZES[size]))

    assert abs(count - SIZES[size]) <= 0.02 * SIZES[size]


def test_the_count_told_is_that_of_the_triples_written(tiny):
    lines = {Path(n).stem: t.count(b"\n") for n, t in contents(tiny.root).items()}

    assert lines == dict(tiny.triples)
    assert tiny.total == sum(lines.values())


def test_a_thing_says_nothing_twice():
    assert [b for b in blocks(SIZES["s"]) if len(set(b.pairs)) != len(b.pairs)] == []


def test_degrees_have_heavy_tails():
    initiatives, actors = drawn("s")

    for degrees in (initiatives, actors):
        mean = degrees.total() / len(degrees)
        assert max(degrees.values()) > 10 * mean
        assert sorted(degrees.values())[len(degrees) // 2] < mean


def test_the_three_syntaxes_hold_the_same_graph(tiny, tmp_path):
    turtle = generate(SIZES["xs"], tmp_path / "turtle", syntax="turtle")
    quads = generate(SIZES["xs"], tmp_path / "quads", syntax="nquads")
    merged = ox.Store()
    merged.load(
        path=str(quads.root / "data" / "essai" / "essai.nq"),
        format=ox.RdfFormat.N_QUADS,
    )
    names = {ox.NamedNode(graph(name)) for name in tiny.triples}

    expected = {quad for quad in parsed(tiny.root) if quad.graph_name in names}
    assert {q for q in parsed(turtle.root) if q.graph_name in names} == expected
    assert set(merged) == expected


def test_generated_data_meet_the_shapes(tiny):
    shapes = Shapes.parse((CHECKOUT / "ontology" / "shapes.ttl").read_text())
    sources = {graph(name): name for name in tiny.triples}

    found = shapes.report(parsed(tiny.root), sources)

    assert found.count(Severity.VIOLATION) == 0
    assert found.count(Severity.WARNING) < 0.002 * tiny.total


def test_the_catalogue_names_every_file(tiny):
    project = Project(tiny.root)

    files = {f.resolve() for d in project.datasets.values() for f in d.files}
    assert files == {path.resolve() for path, _ in inputs(tiny.root)}
    graphs = {str(d.graph) for d in project.datasets.values()}
    assert graphs == {name for _, name in inputs(tiny.root)}


def test_literals_are_escaped():
    assert text('a "b"\\\n', "fr") == '"a \\"b\\"\\\\\\n"@fr'
    assert typed(3, "integer") == '"3"^^xsd:integer'


# --- the harness ------------------------------------------------------------------


def test_contestants_are_left_out_by_a_word_of_their_name(tmp_path, capsys):
    given = ["--size", "xs", "--repeat", "1", "--only", "load", "--data", str(tmp_path)]

    assert main([*given, "--without", "ours,rdflib,maplib,pyoxigraph"]) == 0

    assert "memory" not in capsys.readouterr().out


@pytest.mark.slow
def test_every_area_runs_on_the_smallest_size(tmp_path):
    for name in ("scipy", "networkx", "networkit", "playwright"):
        needs.package(name)
    needs.chromium()
    written = tmp_path / "found.json"
    command = [sys.executable, "-m", "benchmarks", "--size", "xs", "--repeat", "1"]
    paths = ["--data", str(tmp_path), "--json", str(written)]

    done = subprocess.run(
        [*command, "--ours", *paths], cwd=CHECKOUT, capture_output=True, text=True
    )

    assert done.stderr == ""
    groups = json.loads(written.read_text())["sizes"]["xs"]
    assert [title for title in groups if title != "triples"] == [
        group.title for area in AREAS.values() for group in area
    ]
    problems = {
        (title, label, name): one["problem"]
        for title, group in groups.items()
        if title != "triples"
        for label, line in group.items()
        for name, one in line.items()
        if "problem" in one
    }
    assert problems == {}


def test_every_task_exists():
    groups = [group for area in AREAS.values() for group in area]
    tasks = [one.task for group in groups for one in group.contestants]
    tasks += [task for some in PREPARED.values() for task in some]

    assert [task for task in tasks if not callable(find(task))] == []
    assert set(AREAS) >= set(PREPARED)


def test_a_task_that_is_too_slow_is_killed(tmp_path):
    outcome = runner.run("trials.sleeps", tmp_path, tmp_path, limit=0.5)

    assert outcome.measures["quick"].seconds is not None
    assert outcome.measures["slow"] == Measure(problem="> 0.5 s")
    assert outcome.measures["after"].seconds is not None


def test_a_task_that_fails_says_why(tmp_path):
    outcome = runner.run("trials.fails", tmp_path, tmp_path, limit=20)

    assert outcome.measures["wrong"].problem == "failed: ValueError: no such thing"
    assert outcome.measures["after"].facts == {"rows": 2}


def test_a_package_that_is_missing_is_named(tmp_path):
    outcome = runner.run("trials.lacks", tmp_path, tmp_path, limit=20)

    assert outcome == Outcome(problem="nowhere_to_be_found is not installed")


def test_ratios_are_the_median_of_the_rounds():
    def told(*seconds):
        return [Outcome(measures={"": Measure(seconds=s)}, memory=9.0) for s in seconds]

    found = report.results(
        {"ours": told(1.0, 2.0, 4.0), "theirs": told(3.0, 4.0, 20.0)}
    )

    assert found[""]["theirs"] == Result(
        median=4.0, least=3.0, most=20.0, ratio=3.0, memory=9.0, facts={}
    )


def test_a_table_is_plain_text():
    group = Group(
        title="Work", limit=1, contestants=(Contestant(name="ours", task="x.y"),)
    )
    line = {
        "ours": Result(
            median=0.5,
            least=0.4,
            most=1.5,
            processor=0.25,
            ratio=1.0,
            memory=20.0,
            facts={"rows": 1_000},
        ),
        "theirs": Result(problem="> 1 s", facts={}),
        "others": Result(problem="failed: ValueError: bad", facts={}),
    }

    assert report.table(group, {"": line}) == (
        "Work\n"
        "          median          min – max  processor  memory  × ours\n"
        "ours    500.0 ms  400.0 ms – 1.50 s   250.0 ms   20 MB    1.00  1,000 rows\n"
        "theirs     > 1 s\n"
        "others    failed                            "
        "                    ValueError: bad"
    )


def test_rows_that_differ_from_ours_are_marked():
    group = Group(title="Work", limit=1, contestants=(), each=True)
    line = {
        "ours": Result(median=2.0, facts={"rows": 3}),
        "theirs": Result(median=1.0, facts={"rows": 4}),
    }

    assert report.table(group, {"question": line}) == (
        "Work\n          rows    ours    theirs\nquestion     3  2.00 s  1.00 s ≠"
    )
