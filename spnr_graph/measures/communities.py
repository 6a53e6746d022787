"""Communities on which many runs of Louvain agree, and how sure each node's is.

Lancichinetti and Fortunato 2012, Sci. Rep. 2, 336: the partition is that of the network
of agreement, whose links weigh the share of runs that keep both ends together. Only
pairs that are linked are compared, so that it stays sparse (Tandon et al. 2019, Phys.
Rev. E 99, 042301). On LFR networks (600 nodes, mixing 0.5) its likeness to what was
planted is 0.55, that of the run most like all the others 0.48, of any run 0.41.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import numpy.typing as npt

from spnr_graph.errors import QueryError
from spnr_graph.measures.community_definitions import DEFINITIONS
from spnr_graph.measures.louvain import louvain, pays
from spnr_graph.measures.partitions import likeness, modularity

if TYPE_CHECKING:
    from collections.abc import Sequence

    import scipy.sparse as sp

    from spnr_graph.measures.louvain import Partition
    from spnr_graph.projection import Links

__all__ = ["CORE", "DEFINITIONS", "Communities", "communities", "runs_within"]

#: Share of runs from which a node belongs to the core of its community.
CORE: Final = 0.9
#: Links that fewer runs keep together say nothing of the community.
_AGREED: Final = 0.5
#: Runs on the network of agreement, where nearly all runs find the same.
_ROUND_SEEDS: Final = 10
_ROUNDS: Final = 10
#: Links times runs that take about half a second.
_AFFORDABLE: Final = 1_000_000
_LEAST_SEEDS: Final = 5

_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, kw_only=True, eq=False)
class Communities:
    """Who forms a group with whom.

    Attributes:
        of: the community of each node, in the order of ``Links.nodes``, numbered by
            size, then by smallest IRI; −1 for a node without links.
        sizes: number of nodes of each community.
        stability: of each node, the share of runs that put it with most of its
            community; 0 for a node without links.
        leaning: of each node, the other community that runs put it in most often;
            −1 where there is none.
        modularity: of this partition; None where there is no link.
        best: the highest modularity of a single run.
        agreement: mean normalised mutual information of the runs, two by two; None
            where there is no link.
        runs: number of runs.
    """

    of: Partition
    sizes: tuple[int, ...]
    stability: npt.NDArray[np.float64]
    leaning: Partition
    modularity: float | None
    best: float | None
    agreement: float | None
    runs: int

    @property
    def core(self) -> npt.NDArray[np.bool_]:
        """Nodes that nearly all runs put with their community."""
        return (self.of >= 0) & (self.stability >= CORE)

    @property
    def border(self) -> npt.NDArray[np.bool_]:
        """Nodes of a community that are not of its core."""
        return (self.of >= 0) & ~self.core


def communities(
    links: Links, *, seeds: int = 50, resolution: float = 1.0
) -> Communities:
    """Return the communities on which the runs of Louvain agree.

    Each community holds together: its nodes are linked within it.

    Args:
        links: who meets whom; a link of weight 0 brings nobody together.
        seeds: number of runs at most; fewer, five at least, on large networks:
            ``Communities.runs`` says how many.
        resolution: above 1 for smaller communities, below for larger ones.

    Raises:
        QueryError: no run is asked for, or the resolution is not positive.
    """
    import scipy.sparse as sp

    _check(seeds, resolution)
    weights = sp.csr_array(links.weights, copy=True)
    weights.eliminate_zeros()
    linked = np.diff(weights.indptr) > 0
    size = len(links.nodes)
    if not linked.any():
        return _nobody(size)
    weights = sp.csr_array(weights[linked][:, linked])
    count = runs_within(weights.nnz // 2, seeds)
    runs = louvain(weights, seeds=range(count), resolution=resolution)
    found = _numbered(_whole(weights, _consensus(weights, runs, resolution)))
    stability, leaning = _stability(runs, found)
    rated = [modularity(weights, run, resolution=resolution) for run in runs]
    alike = [likeness(one, other) for one, other in combinations(runs, 2)]
    return Communities(
        of=_spread(found, linked, -1),
        sizes=tuple(np.bincount(found).tolist()),
        stability=_spread(stability, linked, 0.0),
        leaning=_spread(leaning, linked, -1),
        modularity=modularity(weights, found, resolution=resolution),
        best=max(rated),
        agreement=float(np.mean(alike or [1.0])),
        runs=count,
    )


def _check(seeds: int, resolution: float) -> None:
    """Refuse numbers with which nothing can be found."""
    if seeds < 1:
        raise QueryError(
            fr=f"Communautés : {seeds} tirage demandé ; en demander au moins un.",
            en=f"Communities: {seeds} runs asked for; ask for one at least.",
        )
    if not 0 < resolution < np.inf:
        raise QueryError(
            fr=f"Communautés : la résolution {resolution} n'est pas un nombre positif. "
            "Choisir 1, plus pour de petites communautés, moins pour de grandes.",
            en=f"Communities: the resolution {resolution} is no positive number. "
            "Choose 1, more for small communities, less for large ones.",
        )


def runs_within(links: int, seeds: int) -> int:
    """Return how many runs are made: all of them while they take half a second.

    Args:
        links: number of links.
        seeds: number of runs that are wished for, at least 1.
    """
    return max(1, min(seeds, max(_LEAST_SEEDS, _AFFORDABLE // links)))


def _nobody(size: int) -> Communities:
    """Return the communities of a network without links."""
    return Communities(
        of=np.full(size, -1),
        sizes=(),
        stability=np.zeros(size),
        leaning=np.full(size, -1),
        modularity=None,
        best=None,
        agreement=None,
        runs=0,
    )


def _spread(
    values: npt.NDArray[_Number], linked: npt.NDArray[np.bool_], other: float
) -> npt.NDArray[_Number]:
    """Return the values of the linked nodes among all the nodes."""
    whole = np.full(len(linked), other, dtype=values.dtype)
    whole[linked] = values
    return whole


def _consensus(
    weights: sp.csr_array, runs: Sequence[Partition], resolution: float
) -> Partition:
    """Return what the runs on the network of agreement find, once they find the same.

    Rounds end when they do, or when ten were made: then the first run stands. Where
    that would take long, one run of one round does: partitions made from other seeds
    were no more alike after three rounds (0.65, 108,000 links), which took as long as
    all the runs before.
    """
    brief = weights.nnz // 2 * _ROUND_SEEDS > _AFFORDABLE
    compiled = pays(weights, len(runs))  # then networkit is there already
    for _ in range(_ROUNDS):
        agreed = _agreement(weights, runs)
        seeds = range(1 if brief else min(len(runs), _ROUND_SEEDS))
        runs = louvain(agreed, seeds=seeds, resolution=resolution, compiled=compiled)
        if all(likeness(runs[0], other) > 1 - 1e-9 for other in runs[1:]):
            break
    return runs[0]


def _agreement(weights: sp.csr_array, runs: Sequence[Partition]) -> sp.csr_array:
    """Weigh each link by the share of runs that put its ends together.

    The link of a node that is most agreed on stays, so that no node is lost.
    """
    import scipy.sparse as sp

    links = weights.tocoo()
    together = sum(run[links.row] == run[links.col] for run in runs) / len(runs)
    most = np.zeros(weights.shape[0])
    np.maximum.at(most, links.row, together)
    kept = (together >= _AGREED) | (together >= most[links.row])
    kept |= together >= most[links.col]
    # Nobody can be with a node that every run leaves alone: any positive weight does.
    values = np.maximum(together[kept], 1 / (2 * len(runs)))
    ends = (links.row[kept], links.col[kept])
    return sp.csr_array((values, ends), shape=weights.shape)


def _whole(weights: sp.csr_array, partition: Partition) -> Partition:
    """Part the communities whose nodes are not linked within them."""
    import scipy.sparse as sp
    from scipy.sparse.csgraph import connected_components

    links = weights.tocoo()
    same = partition[links.row] == partition[links.col]
    inner = (links.data[same], (links.row[same], links.col[same]))
    _, parts = connected_components(
        sp.csr_array(inner, shape=weights.shape), directed=False
    )
    return np.asarray(parts, dtype=np.int64)


def _numbered(partition: Partition) -> Partition:
    """Number communities by size, then by their first node."""
    _, first, inverse, sizes = np.unique(
        partition, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(sizes), dtype=np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return number[inverse]


def _stability(
    runs: Sequence[Partition], found: Partition
) -> tuple[npt.NDArray[np.float64], Partition]:
    """Return how often each node is with its community, and where it is else."""
    size = len(found)
    with_most = np.zeros(size, dtype=np.int64)
    elsewhere: list[npt.NDArray[np.int64]] = []
    for run in runs:
        home, _ = _closest(found, run)
        first, second = _closest(run, found)
        away = home[found] != run
        with_most += ~away
        other = np.where(first[run] != found, first[run], second[run])
        moved = np.flatnonzero(away & (other >= 0))
        elsewhere.append(moved * (int(found.max()) + 1) + other[moved])
    votes, counts = np.unique(np.concatenate(elsewhere), return_counts=True)
    node, community = np.divmod(votes, int(found.max()) + 1)
    leaning = np.full(size, -1, dtype=np.int64)
    order = np.lexsort((-community, counts))  # the last one written stands
    leaning[node[order]] = community[order]
    return with_most / len(runs), leaning


def _closest(one: Partition, other: Partition) -> tuple[Partition, Partition]:
    """Return, per part of one, the two parts of the other that hold most of it.

    The second is −1 where one part holds all of it.
    """
    width = int(other.max()) + 1
    pairs, counts = np.unique(one * width + other, return_counts=True)
    part, held_by = np.divmod(pairs, width)
    order = np.lexsort((held_by, -counts, part))
    part, held_by = part[order], held_by[order]
    start = np.searchsorted(part, np.arange(int(one.max()) + 1))
    after = np.minimum(start + 1, len(part) - 1)
    alone = (after == start) | (part[after] != part[start])
    return held_by[start], np.where(alone, -1, held_by[after])
