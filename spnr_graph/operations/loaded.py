"""What a loading did: the outcome of each contribution, and the state after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.errors import SpnrError
    from spnr_graph.findings import Report
    from spnr_graph.store import Change

State = Literal["loaded", "unchanged", "refused", "failed"]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of one contribution.

    Attributes:
        name: what the command line calls it.
        graph: IRI of its named graph; ``""`` when it could not be read.
        state: placed, left as it was, refused by the check, or not readable.
        triples: its size, or that of the version that stays.
        change: what was added and removed.
        findings: how many violations, warnings and hints its last check gave.
        error: why it could not be read.
    """

    name: str
    graph: str
    state: State
    triples: int = 0
    change: Change | None = None
    findings: tuple[int, ...] = (0, 0, 0)
    error: SpnrError | None = None


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What a loading did, and what the store holds after it.

    Attributes:
        location: where the store is.
        contributions: one entry per contribution, in the order of loading.
        report: findings of all the checks.
        totals: IRI of a class → number of things of that class.
        triples: number of triples in all named graphs.
        derived: number of derived triples.
    """

    location: str
    contributions: tuple[Loaded, ...]
    report: Report
    totals: Mapping[str, int]
    triples: int
    derived: int

    @property
    def refused(self) -> bool:
        """Say whether a contribution was refused."""
        return any(each.state == "refused" for each in self.contributions)

    @property
    def failed(self) -> bool:
        """Say whether a contribution could not be read."""
        return any(each.state == "failed" for each in self.contributions)
