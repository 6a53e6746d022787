"""Who should meet: pairs that have never met, ranked by reasons that can be said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.measures.ground import Ground

Floats: TypeAlias = npt.NDArray[np.float64]
#: Which nodes: a slice, or their numbers.
Rows: TypeAlias = "slice | npt.NDArray[np.intp]"
ALL: Final = slice(None)

#: What reaches half of the 100 points; it changes no order.
HALF: Final = 25.0
#: Rows compared with all others at once: the whole would not fit in memory.
_ROWS: Final = 256
#: So many proposals of each actor compete, whatever the length of the list.
EACH: Final = 25
#: So many actors, the most active, are compared with each other.
COMPARED: Final = 4000
#: No actor fills a list: each appears at most so many times.
MOST: Final = 3

DEFINITIONS: Final = (
    Definition(
        name="score",
        fr="Intérêt de la rencontre",
        en="Worth of the meeting",
        meaning_fr="Ce qui plaide pour que deux acteurs sans initiative commune se "
        "rencontrent : partenaires communs, territoire, thèmes, rôles complémentaires, "
        "et l'activité de chacun.",
        meaning_en="What speaks for a meeting of two actors without common initiative: "
        "shared partners, territory, themes, complementary roles, and how active each "
        "is.",
        formula="100 S / (S + 25), S = √(A_a A_b) (P + ½ T + ⅛ R + 0.2) (1 + C). "
        "A = log2(1 + n), n initiatives of the actor. P = shared partners. T and C = "
        "cosine of the territories, and of the axes and objectives, each weighed "
        "ln(N / actors that have it). R = 1 if one brings what the other lacks, else 0",
        source="P: Newman 2001, Phys. Rev. E 64:025102, "
        "doi:10.1103/PhysRevE.64.025102; the whole: docs/proposals.md",
        unit_fr="points, de 0 à 100",
        unit_en="points, 0 to 100",
        caveat_fr="Un ordre de lecture, non une probabilité. Les acteurs très présents "
        "dans les données viennent plus haut (biais de popularité), d'abord ceux qui "
        "financent tout le monde : chacun n'apparaît que trois fois par liste. Une "
        "collaboration absente des données peut exister.",
        caveat_en="An order of reading, not a probability. Actors with much data come "
        "higher (popularity bias), first of all who funds everybody: each appears at "
        "most three times in a list. A collaboration that is not in the data may "
        "exist.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each reason counts; docs/proposals.md says how they were chosen.

    Attributes:
        power: to which the activity of both, multiplied, is raised.
        alone: what two actors are worth without any reason.
        partners: of each shared partner; territories and roles are added to it.
        themes: how much the same themes add to the whole, which they multiply.
    """

    power: float = 0.5
    alone: float = 0.2
    partners: float = 1.0
    places: float = 0.5
    roles: float = 0.125
    themes: float = 1.0


WEIGHTS: Final = Weights()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Two actors that should meet, and how much each reason speaks for it.

    Attributes:
        score: from 0 to 100.
        partners: how many they share.
        places: from 0 to 1, as ``themes`` and ``roles``.
    """

    left: str
    right: str
    score: float
    partners: float
    places: float
    themes: float
    roles: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Reasons:
    """How much each reason speaks for some nodes (rows) meeting others (columns).

    Attributes:
        free: which pairs are of two nodes that may meet, and never have.
    """

    partners: Floats
    places: Floats
    themes: Floats
    roles: Floats
    score: Floats
    free: npt.NDArray[np.bool_]

    def said(self, row: int) -> npt.NDArray[np.bool_]:
        """Say which pairs of a row may meet and have a reason that can be said."""
        parts = (self.partners, self.places, self.themes, self.roles)
        whole = np.sum([part[row] for part in parts], axis=0)
        some: npt.NDArray[np.bool_] = self.free[row] & (whole > 0)
        return some


def reasons(
    ground: Ground, rows: Rows, columns: Rows = ALL, *, weights: Weights = WEIGHTS
) -> Reasons:
    """Weigh the nodes of some rows against the nodes of some columns."""
    partners = (ground.links[rows] @ ground.links[columns].T).toarray()
    # Cosines of equal vectors may pass 1 by a rounding.
    places, themes = (
        np.minimum((profile[rows] @ profile[columns].T).toarray(), 1.0)
        for profile in (ground.places, ground.themes)
    )
    fits = (ground.offers[rows] @ ground.needs[columns].T).toarray()
    fits += (ground.needs[rows] @ ground.offers[columns].T).toarray()
    roles = (fits > 0).astype(np.float64)
    said = weights.alone + weights.partners * partners
    said += weights.places * places + weights.roles * roles
    both = np.outer(ground.activity[rows], ground.activity[columns])
    said *= both**weights.power * (1 + weights.themes * themes)
    return Reasons(
        partners=partners,
        places=places,
        themes=themes,
        roles=roles,
        score=100 * said / (said + HALF),
        free=_free(ground, rows, columns),
    )


def _free(ground: Ground, rows: Rows, columns: Rows = ALL) -> npt.NDArray[np.bool_]:
    """Say which pairs are of two nodes that are open, not kin, and have never met."""
    place = np.arange(len(ground.nodes))
    met = ground.met[rows] @ ground.met[columns].T
    known = (met + ground.kin[rows][:, place[columns]]).toarray() > 0
    known |= place[rows][:, None] == place[columns]
    known |= ~(ground.open[rows][:, None] & ground.open[columns])
    free: npt.NDArray[np.bool_] = ~known
    return free


def ranked(ground: Ground, *, each: int = EACH) -> list[Proposal]:
    """Return the best proposals among the most active nodes, best first.

    Activity multiplies a score: beyond ``COMPARED`` nodes, the others stand little
    chance against them, and all pairs would take minutes.
    """
    size = int(ground.open.sum())
    order = np.argsort(-np.where(ground.open, ground.activity, -1), kind="stable")
    return candidates(_among(ground, np.sort(order[: min(size, COMPARED)])), each=each)


def _among(ground: Ground, rows: npt.NDArray[np.intp]) -> Ground:
    """Return the ground of some nodes, all others still being partners."""
    return replace(
        ground,
        nodes=tuple(ground.nodes[row] for row in rows.tolist()),
        links=ground.links[rows],
        activity=ground.activity[rows],
        places=ground.places[rows],
        themes=ground.themes[rows],
        offers=ground.offers[rows],
        needs=ground.needs[rows],
        met=ground.met[rows],
        kin=ground.kin[rows][:, rows],
        open=ground.open[rows],
    )


def candidates(
    ground: Ground, *, each: int = EACH, around: str | None = None
) -> list[Proposal]:
    """Return the best proposals of every node, best first, each pair once.

    Args:
        ground: what they are weighed by.
        each: how many of each node.
        around: only those of this node; none when it is no node of the network.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for rows in _blocks(ground, around):
        # What nobody may be proposed for is not weighed: an initiative of thousands
        # would cost their number to the power of three.
        free = _free(ground, rows)
        lines, columns = (np.flatnonzero(free.any(axis)) for axis in (1, 0))
        weighed = reasons(ground, lines + rows.start, columns)
        for row, line in enumerate(lines.tolist()):
            for column in _best(weighed.score[row], weighed.said(row), each):
                pair = sorted((rows.start + line, int(columns[column])))
                names = (ground.nodes[pair[0]], ground.nodes[pair[1]])
                if names not in found:
                    found[names] = _proposal(names, weighed, row, column)
    return sorted(found.values(), key=lambda p: (-p.score, p.left, p.right))


def _blocks(ground: Ground, around: str | None) -> Iterator[slice]:
    """Yield the rows to weigh, a bounded number at a time."""
    size = len(ground.nodes)
    if around is not None:
        if around in ground.nodes:
            here = ground.nodes.index(around)
            yield slice(here, here + 1)
        return
    for start in range(0, size, _ROWS):
        yield slice(start, min(start + _ROWS, size))


def _best(score: Floats, free: npt.NDArray[np.bool_], count: int) -> list[int]:
    """Return the free columns of the highest scores; of equal ones, the first."""
    columns = np.flatnonzero(free)
    if len(columns) > count:
        values = score[columns]
        least = np.partition(values, -count)[-count]
        above, equal = columns[values > least], columns[values == least]
        columns = np.concatenate((above, equal[: count - len(above)]))
    return columns.tolist()


def _proposal(
    names: tuple[str, str], found: Reasons, row: int, column: int
) -> Proposal:
    # Rounding makes equal scores equal, whatever the order of the sums.
    return Proposal(
        left=names[0],
        right=names[1],
        score=round(float(found.score[row, column]), 9),
        partners=float(found.partners[row, column]),
        places=float(found.places[row, column]),
        themes=float(found.themes[row, column]),
        roles=float(found.roles[row, column]),
    )


def diverse(
    ranked: Iterable[Proposal], *, top: int, most: int = MOST, around: str | None = None
) -> list[Proposal]:
    """Keep the first proposals, no actor but ``around`` in more than ``most``."""
    kept: list[Proposal] = []
    times: dict[str, int] = {}
    for each in ranked:
        if len(kept) == top:
            break
        if all(times.get(n, 0) < most for n in (each.left, each.right) if n != around):
            kept.append(each)
            for node in (each.left, each.right):
                times[node] = times.get(node, 0) + 1
    return kept


def shared_partners(ground: Ground, one: str, other: str) -> list[str]:
    """Return whom two nodes both work with, those with the fewest partners first."""
    rows = [ground.nodes.index(node) for node in (one, other)]
    both = ground.links[[rows[0]]].multiply(ground.links[[rows[1]]]).tocoo()
    degree = np.diff(ground.links.indptr)
    ranked = sorted((degree[place], place) for place in both.coords[1].tolist())
    return [ground.nodes[place] for _, place in ranked]
