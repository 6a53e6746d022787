"""Networks → numbers, each with its definition, formula, source, unit and caveat."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spnr_graph.measures.definition import Definition

__all__ = ["definitions"]


def definitions() -> tuple[Definition, ...]:
    """Return what every measure means: the ``DEFINITIONS`` of the modules, by name."""
    modules = sorted(module.name for module in iter_modules(__path__))
    return tuple(
        dict.fromkeys(
            definition
            for name in modules
            for definition in getattr(
                import_module(f"{__name__}.{name}"), "DEFINITIONS", ()
            )
        )
    )
