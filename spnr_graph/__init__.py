"""Knowledge graph of a regional digital public service.

    >>> import spnr_graph
    >>> store = spnr_graph.open_store("memory:")
    >>> spnr_graph.query(store, "ASK { ?actor a spnr:Actor }")
    False

Every command of ``spnr`` is a function of the same name (that of ``spnr network path``
is ``network_path``); ``reconcile`` is a module:
``review``, ``accept``, ``refuse``, ``undo``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from spnr_graph.operations import reconcile
    from spnr_graph.operations.explain import explain
    from spnr_graph.operations.export import export
    from spnr_graph.operations.formats import formats
    from spnr_graph.operations.info import info
    from spnr_graph.operations.load import load
    from spnr_graph.operations.network import network
    from spnr_graph.operations.network.functions import (
        network_actors,
        network_communities,
        network_compare,
        network_coverage,
        network_path,
        network_proposals,
        network_resilience,
        network_summary,
    )
    from spnr_graph.operations.network.measures import network_measures
    from spnr_graph.operations.query import query
    from spnr_graph.operations.template import template
    from spnr_graph.operations.terms import Terms
    from spnr_graph.operations.validate import validate
    from spnr_graph.operations.visualise import visualise
    from spnr_graph.projection import Filters, Narrowing
    from spnr_graph.store import open_store

#: Public name → module that holds it, or that it is; imported when first used, so that
#: the command line starts without what it does not need.
_HOMES = {
    "Filters": "spnr_graph.projection",
    "Narrowing": "spnr_graph.projection",
    "Terms": "spnr_graph.operations.terms",
    "explain": "spnr_graph.operations.explain",
    "export": "spnr_graph.operations.export",
    "formats": "spnr_graph.operations.formats",
    "info": "spnr_graph.operations.info",
    "load": "spnr_graph.operations.load",
    "network": "spnr_graph.operations.network",
    "network_actors": "spnr_graph.operations.network.functions",
    "network_communities": "spnr_graph.operations.network.functions",
    "network_compare": "spnr_graph.operations.network.functions",
    "network_coverage": "spnr_graph.operations.network.functions",
    "network_measures": "spnr_graph.operations.network.measures",
    "network_path": "spnr_graph.operations.network.functions",
    "network_proposals": "spnr_graph.operations.network.functions",
    "network_resilience": "spnr_graph.operations.network.functions",
    "network_summary": "spnr_graph.operations.network.functions",
    "open_store": "spnr_graph.store",
    "query": "spnr_graph.operations.query",
    "reconcile": "spnr_graph.operations.reconcile",
    "template": "spnr_graph.operations.template",
    "validate": "spnr_graph.operations.validate",
    "visualise": "spnr_graph.operations.visualise",
}

__all__ = [
    "Filters",
    "Narrowing",
    "Terms",
    "explain",
    "export",
    "formats",
    "info",
    "load",
    "network",
    "network_actors",
    "network_communities",
    "network_compare",
    "network_coverage",
    "network_measures",
    "network_path",
    "network_proposals",
    "network_resilience",
    "network_summary",
    "open_store",
    "query",
    "reconcile",
    "template",
    "validate",
    "visualise",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(_HOMES[name])
    return getattr(home, name, home)
