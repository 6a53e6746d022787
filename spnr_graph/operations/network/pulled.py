"""Pull: a store and filters that a person typed → all that a network is made of."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph import sparql
from spnr_graph.labels import labels
from spnr_graph.project import Project, open_project
from spnr_graph.projection import Filters, project, pull, read_names
from spnr_graph.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import networkx as nx

    from spnr_graph.projection import Ask, Mode, Names, Participations, Weight
    from spnr_graph.store import Store

#: Filter → kind of thing that it names, as in the headers of queries.
FILTER_KINDS = {
    "axis": "spnr:PolicyAxis",
    "objective": "spnr:Objective",
    "audience": "spnr:Audience",
    "territory": "dcterms:Location",
    "actor_kind": "voc:type-acteur",
    "initiative_kind": "voc:type-initiative",
    "role": "spnr:Role",
    "source": "foaf:Document",
}


@dataclass(frozen=True, kw_only=True)
class Pulled:
    """All the participations of a store, and the names of what they speak of."""

    rows: Participations
    names: Names
    lang: str

    def graph(
        self,
        *,
        mode: Mode = "actors",
        weight: Weight = "count",
        chosen: Filters | None = None,
    ) -> nx.Graph[str]:
        """Project what passes the filters, see ``spnr_graph.projection.project``."""
        return project(self.rows, self.names, mode=mode, weight=weight, filters=chosen)


def pull_network(
    store: Store, *, lang: str = "fr", project_: Project | None = None
) -> Pulled:
    """Read all that networks are made of, once.

    Args:
        store: an open store.
        lang: language of the names.
        project_: whose internal queries read the store.

    Raises:
        StoreError: the store does not answer.
    """
    ask = asker(store, project_)
    names = read_names(
        ask, lang, choose=lambda things: shown_names(store, things, lang)
    )
    return Pulled(rows=pull(ask), names=names, lang=lang)


def asker(store: Store, project_: Project | None = None) -> Ask:
    """Return the function that answers an internal query in CSV from this store."""
    content = project_ or open_project()

    def ask(name: str) -> bytes:
        query = sparql.parse(content.query_text(f"internal/{name}"), name=name)
        answer = io.BytesIO()
        store.write(query, answer, "csv")
        return answer.getvalue()

    return ask


def filters(
    store: Store,
    typed: Mapping[str, Sequence[str]],
    *,
    on: date | None = None,
    between: tuple[date, date] | None = None,
    collaborative: bool = True,
    lang: str = "fr",
) -> Filters:
    """Turn what a person typed into filters.

    Args:
        store: where names are looked up.
        typed: a field of ``Filters`` → labels, slugs, prefixed names or IRIs.
        on: keep what is under way on this day.
        between: keep what is under way on a day from the first to the last.
        collaborative: leave out roles and kinds that make no collaboration.
        lang: language in which labels are understood.

    Raises:
        QueryError: a name means nothing or several things.
    """
    resolved = {
        field: tuple(
            str(resolve(store, FILTER_KINDS[field], t, lang=lang)) for t in texts
        )
        for field, texts in typed.items()
    }
    return Filters(on=on, between=between, collaborative=collaborative, **resolved)


def network(
    store: Store,
    *,
    mode: Mode = "actors",
    weight: Weight = "count",
    chosen: Filters | None = None,
    lang: str = "fr",
    project_: Project | None = None,
) -> nx.Graph[str]:
    """Return the network of collaborations as a labelled networkx graph.

    Args:
        store: an open store.
        mode: ``"actors"`` (who works with whom) or ``"actors-initiatives"``.
        weight: ``"count"`` of shared initiatives, or ``"newman"``.
        chosen: what to keep; by default all that rule R5 counts as collaboration.
        lang: language of the labels.
        project_: whose internal queries read the store.
    """
    pulled = pull_network(store, lang=lang, project_=project_)
    return pulled.graph(mode=mode, weight=weight, chosen=chosen)


def shown_names(store: Store, things: Iterable[str], lang: str) -> Mapping[str, str]:
    """Return the label of things that several sources name differently."""
    from rdflib.term import URIRef

    found = labels(store, map(URIRef, things), lang)
    return {str(iri): name for iri, name in found.items()}
