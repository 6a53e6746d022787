"""What a backbone keeps is said in words."""

from __future__ import annotations

import pytest

from tests import networks
from tests.commands import run


@pytest.mark.parametrize(
    ("lang", "alpha", "said"),
    [
        ("fr", "1", "Alpha 1 : liens gardés, 6 sur 6 (100 %)"),
        ("en", "0.5", "Alpha 0.5: links kept, 1 out of 6 (17%)"),
    ],
)
def test_the_backbone_of_a_drawing_is_told(tmp_path, lang, alpha, said):
    store = networks.collaborations(tmp_path)
    path = str(tmp_path / "reseau.gexf")

    found = run(
        *("--store", store, "--lang", lang),
        *("visualise", "--backbone", alpha, "-o", path),
    )

    first, last = found.stderr.splitlines()
    assert first.replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    assert last.endswith(path)


def test_a_drawing_without_backbone_says_nothing_of_it(tmp_path):
    store = networks.collaborations(tmp_path)

    found = run("--store", store, "visualise", "-o", str(tmp_path / "reseau.gexf"))

    assert len(found.stderr.splitlines()) == 1
