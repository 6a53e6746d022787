"""The catalogue's distributions → deliveries: conditional, bounded, whole or refused.

``fetch`` brings one distribution, whatever its kind. ``UnreachableError`` means that
nothing came; any other ``DataError``, that what came cannot be used.
"""

from spnr_graph.harvest.delivery import Delivery
from spnr_graph.harvest.download import fetch
from spnr_graph.harvest.outcome import Outcome, note, outcome, outcomes
from spnr_graph.harvest.quarantine import Quarantine, quarantine_of
from spnr_graph.read.seen import Seen
from spnr_graph.read.unreachable import UnreachableError
from spnr_graph.read.web import Reach

__all__ = [
    "Delivery",
    "Outcome",
    "Quarantine",
    "Reach",
    "Seen",
    "UnreachableError",
    "fetch",
    "note",
    "outcome",
    "outcomes",
    "quarantine_of",
]
