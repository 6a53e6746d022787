"""How a network changed between two observations: who, which links, which figures."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.definition import Definition
from spnr_graph.measures.network import network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spnr_graph.measures.network import Network
    from spnr_graph.projection import Links

DEFINITIONS: Final = (
    *(
        Definition(
            name=name,
            fr=fr,
            en=en,
            meaning_fr=f"À la {date_fr} date : la mesure ou le rang que la ligne "
            "nomme, ou le poids du lien.",
            meaning_en=f"At the {date_en} date: the measure or the rank that the row "
            "names, or the weight of the link.",
            formula="that of the measure; the weight is of --weight",
            source="own definition",
            unit_fr="celle de ce qui est comparé",
            unit_en="that of what is compared",
            caveat_fr="Vide quand il n'y avait rien à mesurer à cette date.",
            caveat_en="Empty where there was nothing to measure at that date.",
        )
        for name, fr, en, date_fr, date_en in (
            ("avant", "Avant", "Before", "première", "first"),
            ("apres", "Après", "After", "seconde", "second"),
        )
    ),
    Definition(
        name="liens_gardes",
        fr="Liens gardés",
        en="Links kept",
        meaning_fr="Part des liens de l'une ou l'autre date qui existent aux deux.",
        meaning_en="Share of the links of either date that exist at both.",
        formula="J = |L1 ∩ L2| / |L1 ∪ L2|, L1 and L2 the links at each date",
        source="Jaccard 1912, New Phytologist 11:37, "
        "DOI 10.1111/j.1469-8137.1912.tb05611.x; Snijders, van de Bunt & Steglich "
        "2010, Social Networks 32:44, DOI 10.1016/j.socnet.2009.02.004",
        unit_fr="sans unité, de 0 à 1",
        unit_en="no unit, from 0 to 1",
        caveat_fr="Une participation sans date compte aux deux dates : la part des "
        "liens gardés est surestimée quand les dates manquent.",
        caveat_en="A participation without dates counts at both: the share of links "
        "kept is overrated where dates are missing.",
    ),
    Definition(
        name="rang_intermediarite",
        fr="Rang d'intermédiarité",
        en="Rank by betweenness",
        meaning_fr="Place de l'acteur parmi ceux qui relient les autres : 1 pour celui "
        "par qui passent le plus de chaînes.",
        meaning_en="Place of the actor among those that link the others: 1 for the one "
        "that most chains pass by.",
        formula="1 + number of actors with a higher betweenness; none for a "
        "betweenness of 0",
        source="Freeman 1977, Sociometry 40:35, DOI 10.2307/3033543",
        unit_fr="rang",
        unit_en="rank",
        caveat_fr="Loin des premiers, un lien de plus fait gagner bien des rangs.",
        caveat_en="Far from the first, one link more wins many ranks.",
    ),
)

#: Figures that are compared, by the name of their definition, in order.
FIGURES: Final[Mapping[str, Callable[[Network], float | None]]] = {
    "acteurs": lambda found: found.actors,
    "collaborations": lambda found: found.links,
    "isoles": lambda found: found.alone,
    "liens_moyens": lambda found: found.mean_degree,
    "densite": lambda found: found.density,
    "composantes": lambda found: len(found.components),
    "part_principale": lambda found: _largest(found),
    "centralisation": lambda found: found.degree_centralisation,
    "centralisation_intermediarite": lambda found: found.betweenness_centralisation,
    "transitivite": lambda found: found.transitivity,
}
_MOST_MOVES: Final = 10


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A link that changed; ``left`` comes first in the order of the IRIs.

    Attributes:
        before: its weight, None where there is no link.
        after: likewise.
    """

    left: str
    right: str
    before: float | None
    after: float | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure at both observations; None where it does not exist."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, kw_only=True)
class Move:
    """The rank of an actor by betweenness; None without any, or when absent."""

    actor: str
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Evolution:
    """What changed.

    Attributes:
        arrived: nodes of the second observation alone, sorted; ``left`` of the first.
        begun: links of the second observation alone; ``ended`` of the first.
        changed: links of both whose weight differs.
        kept: share of the links of either that are in both; None without any link.
        figures: those of ``FIGURES``.
        moves: who is among the first ten by betweenness in either, and moved; by best
            rank, then by IRI.
    """

    arrived: tuple[str, ...]
    left: tuple[str, ...]
    begun: tuple[Tie, ...]
    ended: tuple[Tie, ...]
    changed: tuple[Tie, ...]
    kept: float | None
    figures: tuple[Figure, ...]
    moves: tuple[Move, ...]


def evolution(before: Links, after: Links) -> Evolution:
    """Compare two observations of a network.

    Args:
        before: the first.
        after: the second.
    """
    first, second = network(before), network(after)
    ties = tuple(_ties(before, after))
    begun = tuple(tie for tie in ties if tie.before is None)
    ended = tuple(tie for tie in ties if tie.after is None)
    shared = len(ties) - len(begun) - len(ended)
    return Evolution(
        arrived=tuple(sorted(set(after.nodes) - set(before.nodes))),
        left=tuple(sorted(set(before.nodes) - set(after.nodes))),
        begun=begun,
        ended=ended,
        changed=tuple(tie for tie in ties if _changed(tie)),
        kept=shared / len(ties) if ties else None,
        figures=tuple(
            Figure(name=name, before=of(first), after=of(second))
            for name, of in FIGURES.items()
        ),
        moves=tuple(_moves(_ranks(before, first), _ranks(after, second))),
    )


def _largest(found: Network) -> float | None:
    """Return the share of the nodes that are in the largest component."""
    if not found.actors:
        return None
    return (found.components[0] if found.components else 1) / found.actors


def _ties(before: Links, after: Links) -> Iterator[Tie]:
    """Return the links of either observation, by IRI of their ends."""
    weights = (_weights(before), _weights(after))
    for pair in sorted(weights[0].keys() | weights[1].keys()):
        yield Tie(
            left=pair[0],
            right=pair[1],
            before=weights[0].get(pair),
            after=weights[1].get(pair),
        )


def _changed(tie: Tie) -> bool:
    """Say whether a link of both observations has another weight."""
    if tie.before is None or tie.after is None:
        return False
    return not isclose(tie.before, tie.after)


def _weights(links: Links) -> dict[tuple[str, str], float]:
    """Return the weight of each linked pair."""
    import scipy.sparse as sp

    half = sp.triu(links.weights, k=1).tocoo()
    columns = (half.row.tolist(), half.col.tolist(), half.data.tolist())
    nodes = links.nodes
    return {(nodes[a], nodes[b]): w for a, b, w in zip(*columns, strict=True)}


def _ranks(links: Links, found: Network) -> dict[str, int]:
    """Return the rank of each node that stands between others; equals share one."""
    values = np.round(found.paths.betweenness, 9)
    higher = np.searchsorted(np.sort(-values), -values)
    return {
        node: rank + 1
        for node, rank, value in zip(
            links.nodes, higher.tolist(), values.tolist(), strict=True
        )
        if value > 0
    }


def _moves(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[Move]:
    """Return who was or is among the first, and moved."""
    best = {
        actor: min(ranks[actor] for ranks in (before, after) if actor in ranks)
        for actor in before.keys() | after.keys()
    }
    for actor in sorted(best, key=lambda actor: (best[actor], actor)):
        if best[actor] <= _MOST_MOVES and before.get(actor) != after.get(actor):
            yield Move(actor=actor, before=before.get(actor), after=after.get(actor))
