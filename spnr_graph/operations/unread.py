"""What is told of sources that were found and are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Severity
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from spnr_graph.project import Dataset


def no_licence(dataset: Dataset) -> DataError:
    """Return the error of a dataset that states no licence."""
    return DataError(
        fr=f"data/catalogue.ttl, {dataset.graph} : le jeu « {dataset.name} » n'a pas "
        "de licence ; il n'est pas chargé. Ajouter dcterms:license.",
        en=f"data/catalogue.ttl, {dataset.graph}: the dataset '{dataset.name}' has no "
        "licence and is not loaded. Add dcterms:license.",
    )


def left_out(name: str) -> Finding:
    """Tell of a table that was found in a folder and that no format knows."""
    return Finding(
        source=name,
        severity=Severity.INFO,
        focus="",
        shape=PREFIXES["table"] + "unknown-format",
        fr=f"{name} : ce tableau n'est d'aucun format connu ; il est laissé de côté. "
        f"Voir pourquoi : spnr formats --file {name}.",
        en=f"{name}: this table is of no known format and is left out. See why: "
        f"spnr formats --file {name}.",
    )
