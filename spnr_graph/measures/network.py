"""What can be said of a network as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures import network_definitions, null_model
from spnr_graph.measures.shortest import shortest_paths
from spnr_graph.measures.structure import (
    centralisation,
    clustering,
    degree_assortativity,
    mean_distance,
)

if TYPE_CHECKING:
    from spnr_graph.measures.shortest import Integers, ShortestPaths
    from spnr_graph.projection import Links

DEFINITIONS: Final = (*network_definitions.DEFINITIONS, *null_model.DEFINITIONS)


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """The figures of a network; None where a figure does not exist.

    Attributes:
        actors: number of nodes.
        links: number of links.
        density: share of the pairs of nodes that are linked.
        mean_degree: mean number of partners.
        alone: nodes without link.
        components: sizes of the components that hold a link, the largest first.
        degree_centralisation: Freeman's, on degrees.
        betweenness_centralisation: Freeman's, on betweenness.
        transitivity: see ``structure.clustering``.
        mean_clustering: mean of local clustering, zero below two partners.
        degree_assortativity: see ``structure.degree_assortativity``.
        distance: mean distance in the largest component.
        diameter: greatest distance seen in the largest component.
        paths: the shortest paths that these were made of.
    """

    actors: int
    links: int
    density: float | None
    mean_degree: float | None
    alone: int
    components: tuple[int, ...]
    degree_centralisation: float | None
    betweenness_centralisation: float | None
    transitivity: float | None
    mean_clustering: float | None
    degree_assortativity: float | None
    distance: float | None
    diameter: int | None
    paths: ShortestPaths


def network(links: Links, *, pivots: int | None = None, seed: int = 1) -> Network:
    """Return the figures of a network.

    Args:
        links: the network; weights do not count.
        pivots: starting points of the shortest paths; see ``shortest_paths``.
        seed: of their sample.
    """
    size = len(links.nodes)
    degree: Integers = np.diff(links.weights.indptr).astype(np.int64)
    paths = shortest_paths(links, pivots=pivots, seed=seed)
    triangles = clustering(links)
    sizes = paths.components.sizes
    others = max(size - 1, 0) * max(size - 2, 0)
    far = paths.farthest[paths.components.of == 0]
    return Network(
        actors=size,
        links=int(degree.sum()) // 2,
        density=float(degree.sum()) / (size * (size - 1)) if size > 1 else None,
        mean_degree=float(degree.mean()) if size else None,
        alone=int((degree == 0).sum()),
        components=tuple(sizes[sizes > 1].tolist()),
        degree_centralisation=centralisation(degree.astype(np.float64), others),
        betweenness_centralisation=centralisation(
            paths.betweenness, others * (size - 1) / 2
        ),
        transitivity=triangles.transitivity,
        mean_clustering=float(triangles.local.mean()) if size else None,
        degree_assortativity=degree_assortativity(links),
        distance=mean_distance(paths),
        diameter=int(far.max()) if len(far) > 1 else None,
        paths=paths,
    )
