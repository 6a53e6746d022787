"""How the harvest of each distribution ended, this time and the times before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph.harvest.outcome import Outcome, note, outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from spnr_graph.errors import DataError
    from spnr_graph.harvest.outcome import State
    from spnr_graph.operations.requests import Request
    from spnr_graph.read.seen import Seen
    from spnr_graph.store import Store


class Attempts:
    """The harvests of one loading; files of the project are not harvested."""

    def __init__(self, store: Store, now: datetime) -> None:
        """Look at what the store knows of the times before.

        Args:
            store: the store.
            now: when the loading happens, with its time zone.
        """
        self._store, self._now = store, now
        self._former = outcomes(store)
        self._seen: dict[str, Seen] = {}
        self._found: dict[str, Outcome] = {}

    def last(self, request: Request) -> dict[str, Seen]:
        """Return the versions that are here: IRI of a distribution → version."""
        if request.dataset is None:
            return {}
        known = (self._former.get(d.iri) for d in request.dataset.distributions)
        return {each.distribution: each.seen for each in known if each and each.seen}

    def came(self, seen: Mapping[str, Seen]) -> None:
        """Remember the versions that came."""
        self._seen.update(seen)

    def ended(
        self, request: Request, state: State, error: DataError | None = None
    ) -> datetime | None:
        """Remember how the harvest of a request ended; return since when it fails."""
        if request.dataset is None:
            return None
        since = None
        for place in request.dataset.distributions:
            if place.kind == "file":
                continue
            found = outcome(
                self._former.get(place.iri),
                distribution=place.iri,
                graph=str(request.dataset.graph),
                state=state,
                now=self._now,
                seen=self._seen.get(place.iri),
                error=error,
            )
            self._found[place.iri] = found
            since = found.failing or since
        return since

    def write(self) -> None:
        """Tell the catalogue graph."""
        note(self._store, self._found.values())
