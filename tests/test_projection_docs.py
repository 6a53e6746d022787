"""The examples of docs/network.md run, one after the other, on the real catalogue."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import spnr_graph
from spnr_graph.projection import WEIGHTS, Mode
from spnr_graph.resolve import resolve
from tests.collaborations import ROOT

TEXT = (ROOT / "docs" / "network.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def wanting(block):
    """Return the libraries that an example needs and that are not installed."""
    needed = re.findall(r"^# needs: (\w+)$", block, re.MULTILINE)
    return [name for name in needed if find_spec(name) is None]


def test_examples_run_and_give_what_the_text_says(
    catalogue_store, tmp_path, monkeypatch, capsys
):
    (tmp_path / "entrepot").symlink_to(Path(catalogue_store))
    monkeypatch.chdir(tmp_path)
    given = {}
    for block in BLOCKS:
        if not wanting(block):
            exec(compile(block, "docs/network.md", "exec"), given)
    given["store"].close()

    graph = given["graph"]
    assert given["edge"]["weight"] == max(w for *_, w in graph.edges(data="weight"))
    assert given["flows"].is_directed()
    assert 0 < given["strong"].number_of_edges() < graph.number_of_edges()
    assert set(given["strong"]) == set(graph)
    assert given["one"] in given["around"]
    assert 0 < len(given["core"]) < len(graph)
    assert set(given["inclusion"]) < set(graph)
    assert set(given["numbers"].nodes) == set(graph)
    assert given["chances"].nnz == 2 * graph.number_of_edges()
    assert [float(row[4]) for row in given["answer"].table] == sorted(
        (float(row[4]) for row in given["answer"].table), reverse=True
    )
    assert not given["way"].no
    assert b"<gexf" in given["gexf"]
    assert "Alpha 0.2: links kept" in capsys.readouterr().out


def test_actors_and_filters_may_be_given_as_terms_or_as_text(catalogue_store):
    with spnr_graph.open_store(catalogue_store, read_only=True) as store:
        axis = resolve(store, "spnr:PolicyAxis", "inclusion-numerique")
        actor, other = (
            resolve(store, "spnr:Actor", name) for name in ("arnia", "nievre-numerique")
        )

        chosen = spnr_graph.Filters(axis=(axis,))
        assert chosen == spnr_graph.Filters(axis=(str(axis),))
        ego = spnr_graph.Narrowing(ego=actor)
        assert ego == spnr_graph.Narrowing(ego=str(actor))
        assert not spnr_graph.network_path(store, actor, other).no
        around = spnr_graph.network_proposals(store, around=actor, top=3)
        assert len(around.table) == 3


def test_the_libraries_of_the_examples_are_those_of_the_tests():
    needed = set(re.findall(r"^# needs: (\w+)$", TEXT, re.MULTILINE))
    pinned = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")

    assert {name for name in needed if f"\n{name}==" not in pinned} == set()


@pytest.mark.parametrize("mode", WEIGHTS)
def test_each_mode_and_weight_is_told(mode):
    assert f"| `{mode}` |" in TEXT
    assert set(WEIGHTS) == set(Mode.__args__)
    for weight in WEIGHTS[mode]:
        assert f"| `{weight}` |" in TEXT
