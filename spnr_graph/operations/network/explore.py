"""Explore: the network of a store as one page, with all that is known of each actor."""

from __future__ import annotations

from functools import cache
from math import isnan
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import LANGUAGES, expand
from spnr_graph.operations.network.pulled import asker, shown_names
from spnr_graph.projection import (
    Filters,
    newman_weights,
    p_values,
    read_names,
    select,
)
from spnr_graph.projection.answers import records
from spnr_graph.projection.attributes import Attributes
from spnr_graph.render.explorer.model import ALPHA, Explorer, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import networkx as nx

    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.project import Project
    from spnr_graph.projection import Ask, Mode, Names, Participations, Weight
    from spnr_graph.render.layout import Positions
    from spnr_graph.render.sheet import Caption
    from spnr_graph.store import Store

_PROPERTIES: Final = (
    "adms:status",
    "dc:publisher",
    "dcterms:issued",
    "dcterms:license",
    "dcterms:spatial",
    "foaf:homepage",
    "foaf:page",
    "spnr:confidence",
    "spnr:rna",
    "spnr:siren",
    "spnr:siret",
)


def explorer(
    store: Store,
    pulled: Pulled,
    graph: nx.Graph[str],
    *,
    positions: Positions,
    captions: Mapping[str, Caption],
    mode: Mode = "actors",
    weight: Weight = "count",
    chosen: Filters | None = None,
    alpha: float = ALPHA,
    observed: date | None = None,
    project_: Project | None = None,
) -> Explorer:
    """Return a network with all that its page tells of it, in both languages.

    Args:
        store: an open store, from which the rest is read.
        pulled: what the network was made of.
        graph: the network, projected and narrowed.
        positions: place of every node.
        captions: title, subtitle, source and licence by language.
        mode: how the network was projected.
        weight: how its links were weighted.
        chosen: what was kept; communities, which are of actors, are named by it.
        alpha: links below this p-value are drawn first.
        observed: day on which the network is looked at.
        project_: whose internal queries read the store.

    Raises:
        DataError: an answer of the store lacks a column.
        StoreError: the store does not answer.
    """
    from spnr_graph.operations.network.groups import grouped
    from spnr_graph.operations.network.measured import measured

    ask = cache(asker(store, project_))
    names = {lang: _names(store, ask, pulled, lang) for lang in LANGUAGES}
    rows = select(pulled.rows, chosen or Filters())
    groups = grouped(graph, rows, names) if mode == "actors" else ((), {})
    return Explorer(
        graph=graph,
        names=names,
        facts=pulled.rows.attributes,
        details=_details(ask("explorateur")),
        positions=positions,
        significance=_significance(graph),
        measures=measured(graph),
        communities=groups[0],
        memberships=groups[1],
        euros=_euros(rows),
        alpha=alpha,
        lang=pulled.lang,
        observed=observed,
        mode=mode,
        weight=weight,
        **_written(captions),
    )


def _written(captions: Mapping[str, Caption]) -> dict[str, Text]:
    """Return what is written around the network, in both languages."""
    fr, en = captions["fr"], captions["en"]
    return {
        "title": Text(fr.title, en.title),
        "subtitle": Text(fr.subtitle, en.subtitle),
        "source": Text(fr.source, en.source),
        "licence": Text(fr.licence, en.licence),
    }


def _names(store: Store, ask: Ask, pulled: Pulled, lang: str) -> Names:
    """Return the names in a language; those that were pulled are not read again."""
    if lang == pulled.lang:
        return pulled.names
    return read_names(ask, lang, choose=lambda things: shown_names(store, things, lang))


def _significance(graph: nx.Graph[str]) -> dict[tuple[str, str], float]:
    """Return the p-value of each link.

    Of links that count what is shared, that of Newman's weight: nearly all count one.
    """
    links = graph.edges if graph.is_directed() else map(_sorted, graph.edges)
    counts = graph.graph["weight"] == "count"
    shared = counts and graph.graph["mode"] in {"actors", "initiatives"}
    weights = newman_weights(graph) if shared else None
    return dict(zip(links, p_values(graph, weights), strict=True))


def _sorted(link: tuple[str, str]) -> tuple[str, str]:
    return min(link), max(link)


def _euros(rows: Participations) -> dict[str, float]:
    """Return what initiatives are known to cost."""
    found = zip(rows.initiatives, rows.euros.tolist(), strict=True)
    return {place: euros for place, euros in found if not isnan(euros)}


def _details(answer: bytes) -> Attributes:
    """Read the answer of ``queries/internal/explorateur.rq``."""
    known = {expand(name): name for name in _PROPERTIES}
    found: dict[str, dict[str, set[str]]] = {name: {} for name in _PROPERTIES}
    rows = zip(*records(answer, ("chose", "propriete", "valeur")), strict=True)
    for thing, iri, value in rows:
        found[known[iri]].setdefault(thing, set()).add(value)
    return Attributes(
        {
            name: {thing: tuple(sorted(values)) for thing, values in things.items()}
            for name, things in found.items()
        }
    )
