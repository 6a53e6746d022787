"""What the cells of tables are compared with: all that was read or is stored."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from spnr_graph.namespaces import CONTRIBUTION_GRAPHS
from spnr_graph.read.sources import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from spnr_graph.read import Staging
    from spnr_graph.sparql import Query
    from spnr_graph.store import Store
    from spnr_graph.tables.kinds import Context


class Knowledge:
    """Territories and concepts, of a store and of what is on its way into it."""

    def __init__(self, store: Store | None, partner: str) -> None:
        """Begin with a store.

        Args:
            store: where things are looked up; None when there is none.
            partner: who contributes, as a person named it.
        """
        self._store, self._partner = store, slug(partner)
        self._read: list[Staging] = []
        self._context: Context | None = None

    def learn(self, staging: Staging) -> None:
        """Take in what a contribution says of territories and concepts."""
        self._read.append(staging)
        self._context = None

    def of(self, graph: str) -> Context:
        """Return what the cells of a graph are compared with.

        Args:
            graph: IRI of the graph; it names the partner when it is a contribution.
        """
        if not graph.startswith(CONTRIBUTION_GRAPHS):
            return self.context
        partner = graph.removeprefix(CONTRIBUTION_GRAPHS).partition("/")[0]
        return replace(self.context, partner=slug(partner))

    @property
    def context(self) -> Context:
        """What cells are compared with, by now."""
        if self._context is None:
            from spnr_graph.tables.concepts import Concepts
            from spnr_graph.tables.kinds import Context
            from spnr_graph.tables.places import Places

            asks: list[Any] = [partial(_ask, each.store) for each in self._read]
            if self._store is not None:
                asks.append(self._store.select)
            self._context = Context(
                places=Places.ask(*asks),
                partner=self._partner,
                concepts=Concepts.ask(*asks),
            )
        return self._context


def _ask(store: ox.Store, query: Query) -> Iterable[tuple[str | None, ...]]:
    """Answer a SELECT of ours from a private store, with plain texts."""
    rows: Any = store.query(query.text, use_default_graph_as_union=True)
    for row in rows:
        yield tuple(None if term is None else term.value for term in row)
