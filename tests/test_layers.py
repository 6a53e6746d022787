"""Imports point down: to floors below, or inside a package."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "spnr_graph"
FLOORS = {
    "errors": 0, "namespaces": 0, "table": 0, "findings": 0,
    "archive": 1, "oxigraph": 1, "sparql": 1, "turtle": 1, "identifiers": 1,
    "spelling": 1,
    "distribution": 1,
    "store": 2, "project": 2, "read": 2, "projection": 2,
    "resolve": 3, "catalogue": 3, "check": 3, "derive": 3, "measures": 3,
    "tables": 3, "harvest": 3, "identity": 3,
    "labels": 4, "render": 4,
    "operations": 5,
    "cli": 6, "__main__": 7,
}  # fmt: skip
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.parent != PACKAGE or path.stem != "__init__"
)


def unit(module: str) -> str:
    """Return the first part below the package: the unit that stands on a floor."""
    return module.split(".")[1] if "." in module else ""


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a file imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "spnr_graph":
                found |= {f"spnr_graph.{alias.name}" for alias in node.names}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("spnr_graph.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imported(path):
        other = unit(name)
        if other in {own, "__version__"}:
            continue
        assert FLOORS[other] < FLOORS[own], f"{own} imports {name}, which is not below"


def test_every_module_stands_on_a_floor():
    units = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}

    assert units <= set(FLOORS)
    assert set(FLOORS) <= units
