"""What a contribution changes of the version that is in a store, told or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.operations.difference import Changes, compare
from spnr_graph.operations.settle import received_lines
from spnr_graph.store.difference import normal

if TYPE_CHECKING:
    from spnr_graph.operations.contributions import Incoming
    from spnr_graph.store import Store

#: Contributions above this size, in triples, are compared in number only.
_TOLD: Final = 200_000
#: The same of contributions of which all is new, when it is done and not asked about.
_NEW: Final = 20_000


def what_changes(
    store: Store, each: Incoming, held: int, *, dry_run: bool
) -> Changes | None:
    """Tell what a contribution changes; None of a reference or of what is too large.

    Args:
        store: the store that holds the former version.
        each: the contribution.
        held: triples of the former version.
        dry_run: whether a person asks what would change.
    """
    most = _TOLD if held or dry_run else _NEW
    if each.graph.startswith(REFERENCE_GRAPHS) or max(held, each.triples) > most:
        return None
    if not (held or each.formats or dry_run):
        return None  # all of it is new
    return compare(
        lambda: received_lines(store, each.graph),
        lambda: normal(each.staging.ntriples(each.graph)),
    )
