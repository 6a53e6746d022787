"""Coverage: who acts where, for what, and who could where nobody does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, get_args

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.measures import coverage as measured
from spnr_graph.operations.network.acting import Acting, By, acting, read_themes
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.coverage_notes import notes
from spnr_graph.operations.network.places import Level, read_places
from spnr_graph.operations.network.pulled import asker
from spnr_graph.operations.network.reception import FIXED, MOBILE, best, read_reception
from spnr_graph.operations.network.reception import told as received
from spnr_graph.operations.network.relays import Relays
from spnr_graph.operations.network.relays import told as proposed
from spnr_graph.projection import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spnr_graph.measures.coverage import Coverage, Spot
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.places import Places
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.operations.network.reception import Rate
    from spnr_graph.project import Project
    from spnr_graph.store import Store

_THEMES: Final = {
    "axis": ("axe", "Axe", "Axis"),
    "objective": ("objectif", "Objectif", "Objective"),
    "audience": ("public", "Public", "Audience"),
}
_COUNTS: Final = (
    Column(name="population", fr="Population", en="Population", brief=False),
    Column(name="initiatives", fr="Initiatives", en="Initiatives"),
    Column(name="porteurs", fr="Porteurs", en="Leads"),
    Column(name="initiatives_regionales", fr="Plus larges", en="Wider"),
    Column(
        name="pour_100000",
        fr="Pour 100 000 habitants",
        en="Per 100,000 inhabitants",
        digits=2,
        brief=False,
    ),
    Column(name="zone_blanche", fr="Zone blanche", en="Blank zone", brief=False),
    Column(name="fragile", fr="Fragile", en="Fragile", brief=False),
    Column(name="etat", fr="État", en="State"),
    Column(name="porteur_unique", fr="Seul porteur", en="Only lead", brief=False),
    Column(
        name="porteur_unique_libelle", fr="Seul porteur", en="Only lead", brief=False
    ),
    Column(
        name="taux_fixe",
        fr="Couverture fixe (%)",
        en="Fixed coverage (%)",
        digits=1,
        brief=False,
    ),
    Column(
        name="taux_mobile",
        fr="Couverture mobile (%)",
        en="Mobile coverage (%)",
        digits=1,
        brief=False,
    ),
    Column(name="reception", fr="Réseaux mesurés", en="Networks measured", brief=False),
    Column(name="relais", fr="Relais possibles", en="Who could extend", brief=False),
)
#: Of where nobody acts a terminal shows whom it concerns and who could, not zeros.
_BLANK: Final = {
    "population": True,
    "initiatives": False,
    "porteurs": False,
    "etat": False,
    "relais": True,
}
_STATES: Final = {
    "fr": (
        "zone blanche",
        "sans porteur connu",
        "un seul porteur",
        "plusieurs porteurs",
    ),
    "en": ("blank zone", "no known lead", "one lead", "several leads"),
}


def columns(by: Sequence[By], *, blank_only: bool = False) -> tuple[Column, ...]:
    """Return the columns of the answer: the territory, the themes, what is counted.

    The brief ones fit a terminal of 100 columns.

    Args:
        by: the themes.
        blank_only: whether all rows are where nobody acts.
    """
    things = [("territoire", "Territoire", "Territory"), *(_THEMES[b] for b in by)]
    named = [
        Column(name=name + suffix, fr=fr, en=en)
        for name, fr, en in things
        for suffix in ("", "_libelle")
    ]
    brief = _BLANK if blank_only else {"etat": len(by) == 1}
    counts = (replace(each, brief=brief.get(each.name, each.brief)) for each in _COUNTS)
    return (*named, *counts)


COLUMNS: Final = columns(("axis",))


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What a store says of who acts where.

    Attributes:
        found: the counts, a row per territory and a column per theme.
        acts: the initiatives behind them.
        places: the territories.
        level: of the territories.
        reception: territory → last rates of networks.
        fixed: fixed technologies; ``mobile``, mobile ones.
    """

    found: Coverage
    acts: Acting
    places: Places
    level: Level
    reception: Mapping[str, tuple[Rate, ...]]
    fixed: frozenset[str]
    mobile: frozenset[str]

    @cached_property
    def relays(self) -> Relays:
        """Who could act where."""
        return Relays(self.found, self.acts, self.places.beside(self.level))


def survey(
    pulled: Pulled,
    store: Store,
    *,
    chosen: Filters | None = None,
    level: Level = "departement",
    by: Sequence[By] = ("axis",),
    project_: Project | None = None,
) -> Survey:
    """Count who acts where, the heat map's numbers included (``Survey.found``).

    Args:
        pulled: all the participations.
        store: where they come from, which knows territories and networks.
        chosen: which initiatives are counted; territories choose rows.
        level: of the territories that make rows.
        by: what makes columns; several make their combinations.
        project_: whose internal queries read the store.

    Raises:
        QueryError: the level or a kind of theme does not exist.
        StoreError: the store does not answer.
    """
    _check("level", level, get_args(Level))
    for kind in by or ("",):
        _check("by", kind, get_args(By))
    wanted, ask = chosen or Filters(), asker(store, project_)
    places = read_places(ask, pulled.rows.attributes)
    acts = acting(
        pulled.rows,
        wanted,
        places=places,
        level=level,
        themes=read_themes(ask, pulled.rows, by, wanted),
    )
    whole = wanted.territory
    found = measured.coverage(
        places.within(level, whole) if whole else places.of_level(level),
        acts.columns,
        located=acts.located,
        covering=acts.covering,
        serving=acts.serving,
        leads=acts.leads,
        population=places.population,
    )
    return Survey(
        found=found,
        acts=acts,
        places=places,
        level=level,
        reception=read_reception(ask, places, level),
        fixed=pulled.rows.attributes.below("skos:broader", (FIXED,)),
        mobile=pulled.rows.attributes.below("skos:broader", (MOBILE,)),
    )


def _check(what: str, value: str, known: Iterable[str]) -> None:
    """Refuse a choice that does not exist."""
    if value not in tuple(known):
        raise QueryError(
            fr=f"Couverture : « {value} » n'est pas une valeur de {what}. "
            f"Choisir parmi : {', '.join(known)}.",
            en=f'Coverage: "{value}" is no value of {what}. '
            f"Choose among: {', '.join(known)}.",
        )


def coverage(
    pulled: Pulled,
    store: Store,
    *,
    chosen: Filters | None = None,
    level: Level = "departement",
    by: Sequence[By] = ("axis",),
    blank_only: bool = False,
    project_: Project | None = None,
) -> Answer:
    """Say, territory by territory and theme by theme, who acts and how surely.

    Args:
        pulled: all the participations.
        store: where they come from, which knows territories and networks.
        chosen: which initiatives are counted; territories choose rows.
        level: of the territories that make rows.
        by: what makes columns; several make their combinations.
        blank_only: keep where no initiative takes place, most inhabitants first.
        project_: whose internal queries read the store.

    Raises:
        QueryError: the level or a kind of theme does not exist.
        StoreError: the store does not answer.
    """
    by = tuple(dict.fromkeys(by))
    seen = survey(pulled, store, chosen=chosen, level=level, by=by, project_=project_)
    spots: list[Spot] = [
        (row, column)
        for row in range(len(seen.found.territories))
        for column in range(len(seen.found.axes))
        if not blank_only or seen.found.blank[row, column]
    ]
    if blank_only:
        people = np.nan_to_num(seen.found.population)
        spots.sort(key=lambda spot: (-people[spot[0]], spot))
    rows = [_row(seen, spot, pulled) for spot in spots]
    return answer(
        columns(by, blank_only=blank_only),
        rows,
        notes=notes(seen, pulled, shown=len(rows)),
    )


def _row(seen: Survey, spot: Spot, pulled: Pulled) -> tuple[Cell, ...]:
    """Return what is said of a spot."""
    found, names = seen.found, pulled.names
    place = found.territories[spot[0]]
    rates = seen.reception.get(place, ())
    leads = found.leading.get(spot, ())
    blank, people = bool(found.blank[spot]), found.population[spot[0]]
    named = [
        part for iri in (place, *found.axes[spot[1]]) for part in _named(iri, pulled)
    ]
    return (
        *named,
        None if np.isnan(people) else int(people),
        int(found.initiatives[spot]),
        len(leads),
        int(found.regional[spot]),
        float(found.per_100000[spot]),
        blank,
        bool(found.fragile[spot]),
        _STATES[pulled.lang][0 if blank else 1 + min(len(leads), 2)],
        *(_named(leads[0], pulled) if len(leads) == 1 else (None, None)),
        best(rates, FIXED, seen.fixed),
        best(rates, MOBILE, seen.mobile),
        received(rates, names, pulled.lang) or None,
        _relays(seen, spot, pulled) if len(leads) < 2 else None,
    )


def _named(iri: str, pulled: Pulled) -> tuple[Iri, str]:
    return Iri(iri), pulled.names.label(iri)


def _relays(seen: Survey, spot: Spot, pulled: Pulled) -> str | None:
    """Name who could act where nobody, or one actor alone, leads."""
    return proposed(seen.relays.of(spot), pulled.names, pulled.lang) or None
