"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spnr_graph.store import Store, open_store
from tests.stores import oxigraph_server

STORES = ("memory", "disk", "remote", "remote-union", "remote-update")


@pytest.fixture(scope="session")
def oxigraph_plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server whose default graph is its own."""
    with oxigraph_server(tmp_path_factory.mktemp("plain")) as url:
        yield url


@pytest.fixture(scope="session")
def oxigraph_union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server whose default graph is the union of all."""
    directory = tmp_path_factory.mktemp("union")
    with oxigraph_server(directory, "--union-default-graph") as url:
        yield url


@pytest.fixture(params=STORES)
def store_kind(request: pytest.FixtureRequest) -> str:
    """Each kind of store in turn."""
    return str(request.param)


@pytest.fixture
def store_location(
    store_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> str:
    """Where a store of each kind is, empty."""
    kind = store_kind
    if kind == "memory":
        return "memory:"
    if kind == "disk":
        return str(tmp_path / "store")
    union = kind == "remote-union"
    url = request.getfixturevalue("oxigraph_union" if union else "oxigraph_plain")
    with open_store(url) as store:
        for graph in store.graphs():
            store.drop(graph)
    return f"{url}/query#update=/update" if kind == "remote-update" else str(url)


@pytest.fixture
def store(store_location: str) -> Iterator[Store]:
    """An empty store of each kind."""
    with open_store(store_location) as opened:
        yield opened


@pytest.fixture(scope="session")
def catalogue_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A directory store that holds the whole catalogue; tests only read it."""
    from tests.commands import run

    location = str(tmp_path_factory.mktemp("catalogue") / "store")
    assert run("--store", location, "load").exit_code == 0
    return location


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be rewritten, and only when asked."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden and docs"
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def small() -> Iterator[Store]:
    """The small graph, derived; tests only read it."""
    from tests.small import small_store

    with small_store() as opened:
        yield opened
