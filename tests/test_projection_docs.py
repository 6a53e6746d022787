"""The examples of docs/network.md run, one after the other, on the real catalogue."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from spnr_graph.projection import WEIGHTS, Mode
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
    assert b"<gexf" in given["gexf"]
    assert "Alpha 0.2: links kept" in capsys.readouterr().out


@pytest.mark.parametrize("mode", WEIGHTS)
def test_each_mode_and_weight_is_told(mode):
    assert f"| `{mode}` |" in TEXT
    assert set(WEIGHTS) == set(Mode.__args__)
    for weight in WEIGHTS[mode]:
        assert f"| `{weight}` |" in TEXT
