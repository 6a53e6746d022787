"""What a loading did: the outcome of each contribution, and the state after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from spnr_graph.errors import SpnrError
    from spnr_graph.findings import Report
    from spnr_graph.operations.difference import Changes
    from spnr_graph.store import Change

State = Literal["loaded", "unchanged", "refused", "failed", "unreachable"]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of one contribution.

    Attributes:
        name: what the command line calls it.
        graph: IRI of its named graph; ``""`` when it could not be read.
        state: placed, left as it was, refused by the check, not readable, or not
            reached.
        triples: its size, or that of the version that stays.
        change: what was added and removed.
        findings: how many violations, warnings and hints its last check gave.
        error: why it could not be read or reached.
        since: since when it is not reached.
        changes: what it changes, told thing by thing; None of what is too large.
        formats: names of the formats of tables it was read with.
        rows: how many rows its tables have.
        quarantine: where the refused delivery is kept.
    """

    name: str
    graph: str
    state: State
    triples: int = 0
    change: Change | None = None
    findings: tuple[int, ...] = (0, 0, 0)
    error: SpnrError | None = None
    since: datetime | None = None
    changes: Changes | None = field(default=None, repr=False)
    formats: tuple[str, ...] = ()
    rows: int = 0
    quarantine: Path | None = None


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
        dry_run: whether nothing was written.
        names: IRI → name, of what the changes mention.
        merged: how many actors stand under another's identity.
    """

    location: str
    contributions: tuple[Loaded, ...]
    report: Report
    totals: Mapping[str, int]
    triples: int
    derived: int
    dry_run: bool = False
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    merged: int = 0

    @property
    def refused(self) -> bool:
        """Say whether a contribution was refused."""
        return any(each.state == "refused" for each in self.contributions)

    @property
    def failed(self) -> bool:
        """Say whether a contribution could not be read or reached."""
        return any(
            each.state in {"failed", "unreachable"} for each in self.contributions
        )
