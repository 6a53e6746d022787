"""Names of the things a network shows, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spnr_graph.namespaces import shorten
from spnr_graph.network.rows import records

if TYPE_CHECKING:
    from spnr_graph.network.rows import Ask


@dataclass(frozen=True, kw_only=True)
class Names:
    """Labels and short names by IRI; a thing without any shows its prefixed name."""

    labels: Mapping[str, str] = field(default_factory=dict)
    shorts: Mapping[str, str] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """Return the full name of a thing."""
        return self.labels.get(iri) or shorten(iri)

    def short(self, iri: str) -> str:
        """Return the shortest name of a thing, such as an acronym."""
        label = self.label(iri)
        return min(self.shorts.get(iri, label), label, key=len)


def read_names(ask: Ask, lang: str) -> Names:
    """Read every name at once, in ``lang`` where there is one, else in any language.

    Raises:
        DataError: the answer lacks a column.
    """
    best: dict[tuple[str, str], tuple[tuple[bool, bool, int, str], str]] = {}
    rows = zip(*records(ask("noms"), ("chose", "sorte", "nom", "langue")), strict=True)
    for thing, sort, name, language in rows:
        main = language.partition("-")[0]
        rank = (main != lang, main != "", len(name) if sort == "sigle" else 0, name)
        key = (thing, "sigle" if sort == "sigle" else "nom")
        if name and (key not in best or rank < best[key][0]):
            best[key] = (rank, name)
    return Names(
        labels={t: name for (t, sort), (_, name) in best.items() if sort == "nom"},
        shorts={t: name for (t, sort), (_, name) in best.items() if sort == "sigle"},
    )
