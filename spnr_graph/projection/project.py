"""Participations → a weighted graph of actors, or of actors and initiatives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.projection.names import Names
from spnr_graph.projection.selection import Filters, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import numpy.typing as npt
    import scipy.sparse as sp

    from spnr_graph.projection.rows import (
        Attributes,
        Codes,
        Participation,
        Participations,
    )

Keys: TypeAlias = "npt.NDArray[np.int64]"
Mode: TypeAlias = Literal["actors", "actors-initiatives"]
Weight: TypeAlias = Literal["count", "newman"]

_OPEN_START: Final = np.datetime64("0001-01-01", "D")
_OPEN_END: Final = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs:
    """Who meets whom where: one entry per initiative and pair of its actors.

    Attributes:
        initiative: code of the initiative of each entry.
        left: code of the actor that comes first in the order of the IRIs.
        right: code of the other one.
    """

    initiative: Codes
    left: Codes
    right: Codes


def pairs(rows: Participations) -> Pairs:
    """Return the pairs of actors that meet in each initiative, over common days.

    This is rule R5 on the rows given: periods must overlap, an unknown bound is open.
    """
    initiative, actor, start, end = _periods(rows)
    stop = np.searchsorted(initiative, initiative, side="right")
    counts = stop - np.arange(len(actor)) - 1
    first = np.repeat(np.arange(len(actor)), counts)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    second = first + offset + 1
    meets = actor[first] != actor[second]
    meets &= (start[first] <= end[second]) & (start[second] <= end[first])
    first, second = first[meets], second[meets]
    size = np.int64(len(rows.actors) or 1)
    met = (initiative[first] * size + actor[first]) * size + actor[second]
    if _several_periods(initiative, actor):
        met = np.sort(met)
        met = met[np.diff(met, prepend=-1) != 0]
    place, right = np.divmod(met, size)
    where, left = np.divmod(place, size)
    return Pairs(
        initiative=where.astype(np.int32),
        left=left.astype(np.int32),
        right=right.astype(np.int32),
    )


def _periods(rows: Participations) -> tuple[Keys, Keys, Keys, Keys]:
    """Return initiative, actor, first and last day of each distinct stay, sorted."""
    start = np.where(np.isnat(rows.start), _OPEN_START, rows.start).astype(np.int64)
    end = np.where(np.isnat(rows.end), _OPEN_END, rows.end).astype(np.int64)
    place = rows.initiative.astype(np.int64) * (len(rows.actors) or 1) + rows.actor
    order = np.lexsort((end, start, place))
    place, start, end = place[order], start[order], end[order]
    fresh = np.ones(len(place), dtype=np.bool_)
    fresh[1:] = np.diff(place) != 0
    fresh[1:] |= (np.diff(start) != 0) | (np.diff(end) != 0)
    initiative, actor = np.divmod(place[fresh], len(rows.actors) or 1)
    return initiative, actor, start[fresh], end[fresh]


def _several_periods(initiative: Keys, actor: Keys) -> bool:
    """Say whether an actor has more than one period in an initiative."""
    same = (initiative[1:] == initiative[:-1]) & (actor[1:] == actor[:-1])
    return bool(same.any())


def matrix(rows: Participations, *, weight: Weight = "count") -> sp.csr_array:
    """Return the weights of the pairs of actors, as an upper triangular matrix.

    Rows and columns follow ``rows.actors``. The weight of a pair is the number of
    initiatives in which it meets, or Newman's: the sum of 1 / (n − 1), n being the
    number of actors of the initiative (Newman 2001, Phys. Rev. E 64, 016132).
    """
    import scipy.sparse as sp

    met = pairs(rows)
    size = len(rows.actors)
    weights: npt.NDArray[np.float64] = np.ones(len(met.left))
    if weight == "newman":
        places = rows.initiative.astype(np.int64) * size + rows.actor
        members = np.bincount(
            np.unique(places) // size, minlength=len(rows.initiatives)
        )
        weights /= members[met.initiative] - 1
    summed = sp.coo_array((weights, (met.left, met.right)), shape=(size, size))
    return summed.tocsr()


def project(
    rows: Participations,
    names: Names | None = None,
    *,
    mode: Mode = "actors",
    weight: Weight = "count",
    filters: Filters | None = None,
) -> nx.Graph[str]:
    """Return the network of the participations that pass the filters.

    Nodes are IRIs with ``type`` (``"actor"``, ``"initiative"``), ``label``, ``short``,
    ``kind``, ``kind_label``, ``axes`` (of its initiatives), ``participations``,
    ``degree`` and ``strength``; edges have ``weight`` and ``evidence``, the
    participations of both ends that make them. An actor who meets nobody is a node
    without edges. ``graph.graph`` holds ``mode``, ``weight`` and ``names``.

    Args:
        rows: as ``pull`` gives them.
        names: as ``read_names`` gives them; prefixed names when absent.
        mode: who meets whom, or who takes part in what.
        weight: of a pair of actors, see ``matrix``; an edge between an actor and an
            initiative weighs one per role, or 1 / n under ``"newman"``.
        filters: by default, what rule R5 counts as collaboration.

    Raises:
        QueryError: the mode or the weight is unknown.
    """
    import networkx as nx

    _check("mode", mode, get_args(Mode))
    _check("weight", weight, get_args(Weight))
    names = names or Names()
    kept = select(rows, filters or Filters())
    graph: nx.Graph[str] = nx.Graph(mode=mode, weight=weight, names=names)
    places = _places(kept)
    if mode == "actors":
        _add_nodes(graph, "actor", {iri for iri, _ in places}, kept, names)
        _add_pairs(graph, kept, places, weight)
    else:
        _add_nodes(graph, "actor", {iri for iri, _ in places}, kept, names)
        _add_nodes(graph, "initiative", {iri for _, iri in places}, kept, names)
        _add_places(graph, places, weight)
    _finish(graph, places, kept.attributes)
    return graph


def _check(what: str, value: str, known: tuple[str, ...]) -> None:
    """Refuse a choice that does not exist."""
    if value not in known:
        raise QueryError(
            fr=f"Réseau : « {value} » n'est pas une valeur de {what}. "
            f"Choisir parmi : {', '.join(known)}.",
            en=f'Network: "{value}" is no value of {what}. '
            f"Choose among: {', '.join(known)}.",
        )


#: (actor, initiative) → what the actor does in it.
_Places: TypeAlias = "dict[tuple[str, str], tuple[Participation, ...]]"


def _places(rows: Participations) -> _Places:
    """Bring together the participations of each actor in each initiative."""
    found: defaultdict[tuple[str, str], list[Participation]] = defaultdict(list)
    for stated in rows.stated():
        found[stated.actor, stated.initiative].append(stated)
    return {place: tuple(found[place]) for place in sorted(found)}


def _add_nodes(
    graph: nx.Graph[str],
    sort: Literal["actor", "initiative"],
    things: Iterable[str],
    rows: Participations,
    names: Names,
) -> None:
    """Add the nodes of one sort with what is known of them."""
    link = "org:classification" if sort == "actor" else "dcterms:type"
    for thing in sorted(things):
        kind = next(iter(rows.attributes.of(link, thing)), "")
        graph.add_node(
            thing,
            type=sort,
            label=names.label(thing),
            short=names.short(thing),
            kind=kind,
            kind_label=names.label(kind) if kind else "",
        )


def _add_pairs(
    graph: nx.Graph[str], rows: Participations, places: _Places, weight: Weight
) -> None:
    """Add the edges between actors, with the participations behind each."""
    met = pairs(rows)
    evidence: defaultdict[tuple[str, str], list[Participation]] = defaultdict(list)
    columns = (met.initiative.tolist(), met.left.tolist(), met.right.tolist())
    for i, a, b in zip(*columns, strict=True):
        left, right, initiative = rows.actors[a], rows.actors[b], rows.initiatives[i]
        both = (places[left, initiative], places[right, initiative])
        evidence[left, right] += _common(*both)
    weights = matrix(rows, weight=weight).tocoo()
    columns = (weights.row.tolist(), weights.col.tolist(), weights.data.tolist())
    for a, b, value in sorted(zip(*columns, strict=True)):
        pair = (rows.actors[a], rows.actors[b])
        graph.add_edge(*pair, weight=value, evidence=tuple(evidence[pair]))


def _common(
    here: tuple[Participation, ...], there: tuple[Participation, ...]
) -> list[Participation]:
    """Return the participations that overlap one of the other actor's."""
    mine = [one for one in here if any(_overlap(one, other) for other in there)]
    theirs = [one for one in there if any(_overlap(one, other) for other in here)]
    return mine + theirs


def _overlap(one: Participation, other: Participation) -> bool:
    """Say whether two periods share a day, an unknown bound being open."""
    before = one.end and other.start and one.end < other.start
    after = other.end and one.start and other.end < one.start
    return not (before or after)


def _add_places(graph: nx.Graph[str], places: _Places, weight: Weight) -> None:
    """Add the edges from actors to initiatives, with the roles behind each."""
    members: defaultdict[str, int] = defaultdict(int)
    for _, initiative in places:
        members[initiative] += 1
    for (actor, initiative), stated in places.items():
        roles = len({one.role for one in stated})
        value = 1 / members[initiative] if weight == "newman" else float(roles)
        graph.add_edge(actor, initiative, weight=value, evidence=stated)


def _finish(graph: nx.Graph[str], places: _Places, facts: Attributes) -> None:
    """Give the nodes their participations, axes, degree and strength."""
    stated: defaultdict[str, list[Participation]] = defaultdict(list)
    for (actor, initiative), found in places.items():
        stated[actor] += found
        stated[initiative] += found
    for node, attributes in graph.nodes(data=True):
        initiatives = {one.initiative for one in stated[node]}
        axes = {axis for i in initiatives for axis in facts.of("spnr:servesAxis", i)}
        attributes["participations"] = tuple(stated[node])
        attributes["axes"] = tuple(sorted(axes))
        attributes["degree"] = graph.degree(node)
        attributes["strength"] = float(graph.degree(node, weight="weight"))
