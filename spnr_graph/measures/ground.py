"""What proposals are weighed by: said of actors, then turned into numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.products import adjacency
from spnr_graph.measures.profiles import incidence, profiles, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import scipy.sparse as sp

    from spnr_graph.projection import Links

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of actors, by IRI; of whom nothing is said may be left out.

    Attributes:
        initiatives: those in which the actor collaborates.
        met: all in which it takes part in whatever role: two that have one in common
            know each other.
        places: territories where the actor is or acts, and those that hold them.
        themes: axes and objectives of its initiatives.
        offers: what it brings; ``needs`` what it lacks, in the same words.
    """

    initiatives: Mapping[str, Collection[str]] = field(default_factory=dict)
    met: Mapping[str, Collection[str]] = field(default_factory=dict)
    places: Mapping[str, Collection[str]] = field(default_factory=dict)
    themes: Mapping[str, Collection[str]] = field(default_factory=dict)
    offers: Mapping[str, Collection[str]] = field(default_factory=dict)
    needs: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """All that proposals are weighed by; row ``k`` of each is node ``k``.

    Attributes:
        links: ones where two nodes work together.
        activity: of each node, 1 for one initiative.
        places: profile of each node, and ``themes`` likewise.
        offers: ones where a node brings something; ``needs`` where it lacks it.
        met: ones where a node takes part in an initiative.
        kin: ones where two nodes must not be proposed to each other.
        open: which nodes may be proposed.
    """

    nodes: tuple[str, ...]
    links: sp.csr_array
    activity: Floats
    places: sp.csr_array
    themes: sp.csr_array
    offers: sp.csr_array
    needs: sp.csr_array
    met: sp.csr_array
    kin: sp.csr_array
    open: npt.NDArray[np.bool_]


def ground(
    ties: Links,
    said: Said,
    *,
    kin: Iterable[tuple[str, str]] = (),
    closed: Collection[str] = (),
) -> Ground:
    """Return the ground on which the nodes of a network are proposed to each other.

    Args:
        ties: who works with whom, under any weights.
        said: what is said of the actors.
        kin: pairs that are one body, or parts of one.
        closed: actors that must not be proposed.
    """
    nodes = ties.nodes
    count = np.array([float(len(said.initiatives.get(node, ()))) for node in nodes])
    words = vocabulary(said.offers, said.needs)
    return Ground(
        nodes=nodes,
        links=adjacency(ties),
        activity=np.log2(1 + count),
        places=profiles(nodes, said.places),
        themes=profiles(nodes, said.themes),
        offers=incidence(nodes, said.offers, words),
        needs=incidence(nodes, said.needs, words),
        met=incidence(nodes, said.met, vocabulary(said.met)),
        kin=_related(nodes, kin),
        open=np.array([node not in closed for node in nodes], dtype=np.bool_),
    )


def _related(nodes: Sequence[str], kin: Iterable[tuple[str, str]]) -> sp.csr_array:
    """Return ones where two nodes are kin, either way round."""
    related: dict[str, set[str]] = {}
    for one, other in kin:
        related.setdefault(one, set()).add(other)
        related.setdefault(other, set()).add(one)
    return incidence(nodes, related, nodes)
