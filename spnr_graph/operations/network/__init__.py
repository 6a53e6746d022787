"""The verbs of ``spnr network``, one module each, over one pull of the store."""

from __future__ import annotations

from spnr_graph.operations.network.pulled import (
    Pulled,
    asker,
    filters,
    network,
    pull_network,
)

__all__ = ["Pulled", "asker", "filters", "network", "pull_network"]
