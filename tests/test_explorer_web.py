"""The modules of the page, tested by Node itself: each test file, without npm."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.needs import program

WEB = Path(__file__).parents[1] / "spnr_graph/render/explorer/web"
#: ``packed.mjs`` is the small network that the tests read.
FILES = sorted(
    path.name for path in (WEB / "test").glob("*.mjs") if path.stem != "packed"
)


@pytest.mark.parametrize("name", FILES)
def test_the_modules_of_the_page_pass_their_own_tests(name):
    done = subprocess.run(
        [program("node"), "--test", f"test/{name}"],
        cwd=WEB,
        capture_output=True,
        check=False,
        timeout=100,
    )

    assert done.returncode == 0, done.stdout.decode()
