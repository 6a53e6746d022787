"""Initiatives: which ones pass the filters, where, what they serve, who leads them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from spnr_graph.operations.network.roles import leading
from spnr_graph.projection import select
from spnr_graph.projection.answers import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spnr_graph.operations.network.places import Places
    from spnr_graph.projection import Ask, Filters, Participations

By: TypeAlias = Literal["axis", "objective", "audience"]

#: What makes a column → the property of the initiative.
SERVES: Final = {
    "axis": "spnr:servesAxis",
    "objective": "spnr:pursuesObjective",
    "audience": "dcterms:audience",
}


@dataclass(frozen=True, kw_only=True)
class Acting:
    """The initiatives that pass the filters, those without any actor included.

    Attributes:
        columns: combinations of themes, one of each kind, in order.
        located: initiative → territories of the level in which it takes place.
        covering: initiative → territories that lie within its own larger one.
        serving: initiative → the combinations that it serves.
        leads: initiative → actors that lead it.
        nowhere: initiatives without a place; ``elsewhere``, those whose places neither
            lie in a territory of the level nor hold one.
    """

    columns: tuple[tuple[str, ...], ...]
    located: Mapping[str, frozenset[str]]
    covering: Mapping[str, frozenset[str]]
    serving: Mapping[str, frozenset[tuple[str, ...]]]
    leads: Mapping[str, frozenset[str]]
    nowhere: tuple[str, ...]
    elsewhere: tuple[str, ...]


def acting(
    rows: Participations,
    chosen: Filters,
    *,
    places: Places,
    level: str,
    themes: Mapping[str, Sequence[str]],
) -> Acting:
    """Say where the initiatives that pass the filters act, for what, led by whom.

    The filter of territories does not choose initiatives: a territory is also served by
    those of a larger one.

    Args:
        rows: all the participations.
        chosen: which initiatives are counted; roles and kinds that make no
            collaboration count, for a service without partners serves all the same.
        places: the territories.
        level: of the territories.
        themes: kind of theme → themes that make columns, in order.
    """
    facts = rows.attributes
    everybody = replace(
        chosen, territory=(), collaborative=False, actor_kind=(), role=()
    )
    counted = _counted(rows, chosen, everybody)
    spatial = {i: facts.of("dcterms:spatial", i) for i in counted}
    # Once per place: of a region, each is thousands of communes.
    lying = {where: _lying(where, places, level) for where in set(spatial.values())}
    located = {i: lying[where][0] for i, where in spatial.items()}
    covering = {i: lying[where][1] for i, where in spatial.items()}
    return Acting(
        columns=tuple(product(*themes.values())),
        located=located,
        covering=covering,
        serving=_serving(rows, counted, themes),
        leads=_leads(select(rows, everybody)),
        nowhere=tuple(i for i, where in spatial.items() if not where),
        elsewhere=tuple(
            i for i, where in spatial.items() if where and not located[i] | covering[i]
        ),
    )


def _lying(
    where: Sequence[str], places: Places, level: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the territories of a level in which places lie, and others they cover."""
    inside = frozenset[str]().union(*(places.located(place, level) for place in where))
    under = frozenset[str]().union(*(places.covering(place, level) for place in where))
    return inside, under - inside


def _counted(rows: Participations, chosen: Filters, everybody: Filters) -> list[str]:
    """Return the initiatives that pass the filters, in the order of their IRIs."""
    kept = select(rows, replace(chosen, territory=(), collaborative=False))
    counted = {rows.initiatives[code] for code in set(kept.initiative.tolist())}
    if not (chosen.actor_kind or chosen.role or chosen.source):
        bare = _bare(rows)
        passing = select(bare, everybody).initiative.tolist()
        counted |= {bare.initiatives[code] for code in passing}
    return sorted(counted)


def _bare(rows: Participations) -> Participations:
    """Return one row per initiative that nobody is known to take part in."""
    values, known = rows.attributes.values, set(rows.initiatives)
    alone = sorted({i for p in SERVES.values() for i in values.get(p, ())} - known)
    columns: dict[str, Any] = {
        each.name: np.zeros(len(alone), dtype=getattr(rows, each.name).dtype)
        for each in fields(rows)
        if isinstance(getattr(rows, each.name), np.ndarray)
    }
    columns["initiative"] = np.arange(len(alone), dtype=np.int32)
    columns["start"] = columns["end"] = np.full(len(alone), np.datetime64("NaT", "D"))
    return replace(rows, initiatives=tuple(alone), **columns)


def _serving(
    rows: Participations,
    initiatives: Sequence[str],
    themes: Mapping[str, Sequence[str]],
) -> dict[str, frozenset[tuple[str, ...]]]:
    """Return what each initiative serves; narrower themes count."""
    facts = rows.attributes
    below = {
        theme: facts.below("skos:broader", (theme,))
        for known in themes.values()
        for theme in known
    }
    return {
        initiative: frozenset(
            product(
                *(
                    [
                        theme
                        for theme in known
                        if not below[theme].isdisjoint(facts.of(SERVES[by], initiative))
                    ]
                    for by, known in themes.items()
                )
            )
        )
        for initiative in initiatives
    }


def _leads(rows: Participations) -> dict[str, frozenset[str]]:
    """Return the actors that lead each initiative."""
    led = rows.take(leading(rows))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for initiative, actor in zip(
        led.initiative.tolist(), led.actor.tolist(), strict=True
    ):
        found[rows.initiatives[initiative]].add(rows.actors[actor])
    return {initiative: frozenset(actors) for initiative, actors in found.items()}


def read_themes(
    ask: Ask, rows: Participations, by: Sequence[By], chosen: Filters
) -> dict[str, tuple[str, ...]]:
    """Return the themes that make columns, by kind.

    Those that initiatives of the store name, and those that neither hold nor refine
    one of these: a theme that nobody serves must be seen. Filters choose among them.

    Args:
        ask: answers an internal query in CSV.
        rows: all the participations.
        by: kinds of themes.
        chosen: filters.

    Raises:
        DataError: the answer lacks a column.
    """
    facts = rows.attributes
    columns = records(ask("couverture-themes"), ("theme", "genre"))
    known = sorted(set(zip(*columns, strict=True)))
    themes: dict[str, tuple[str, ...]] = {}
    for kind in dict.fromkeys(by):
        used = {t for v in facts.values.get(SERVES[kind], {}).values() for t in v}
        refining = facts.below("skos:broader", tuple(sorted(used)))
        wanted = facts.below("skos:broader", getattr(chosen, kind))
        themes[kind] = tuple(
            theme
            for theme, of in known
            if of == kind
            and (not wanted or theme in wanted)
            and (
                theme in used
                or not (
                    theme in refining or used & facts.below("skos:broader", (theme,))
                )
            )
        )
    return themes
