"""Who acts where: initiatives and leads of each territory, theme by theme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

Counts: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
#: Thing → the things it is related to.
Related: TypeAlias = Mapping[str, Collection[str]]
#: A territory and what its initiatives serve, as places in ``Coverage``.
Spot: TypeAlias = tuple[int, int]


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage:
    """A table of territories by themes.

    Attributes:
        territories: IRIs, a row each.
        axes: IRIs of what makes a column: an axis, or an axis, an objective and an
            audience that are served together.
        initiatives: number of initiatives that take place in the territory.
        leads: number of actors that lead one of these.
        regional: number of initiatives of a larger territory that holds it.
        population: inhabitants of each territory, NaN where unknown.
        acting: the initiatives that are counted; ``leading``, the leads; ``wider``,
            the initiatives of larger territories; only spots that have any.
    """

    territories: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...]
    initiatives: Counts
    leads: Counts
    regional: Counts
    population: Floats
    acting: Mapping[Spot, tuple[str, ...]]
    leading: Mapping[Spot, tuple[str, ...]]
    wider: Mapping[Spot, tuple[str, ...]]

    @cached_property
    def per_100000(self) -> Floats:
        """Initiatives per 100,000 inhabitants; NaN where these are unknown or none."""
        people = np.where(self.population > 0, self.population, np.nan)
        return np.asarray(self.initiatives / people[:, None] * 100_000)

    @cached_property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Where no initiative takes place."""
        return np.equal(self.initiatives, 0)

    @cached_property
    def fragile(self) -> npt.NDArray[np.bool_]:
        """Where one actor alone leads all that is led: its leaving empties the spot."""
        return np.equal(self.leads, 1)


def coverage(
    territories: Sequence[str],
    axes: Sequence[tuple[str, ...]],
    *,
    located: Related,
    covering: Related,
    serving: Mapping[str, Collection[tuple[str, ...]]],
    leads: Related,
    population: Mapping[str, int],
) -> Coverage:
    """Count initiatives and leads, territory by territory and theme by theme.

    Args:
        territories: IRIs, in the order of the rows.
        axes: what makes a column, in order.
        located: initiative → territories in which it takes place.
        covering: initiative → territories that lie within the one of the initiative.
        serving: initiative → what it serves, each of these a column.
        leads: initiative → actors that lead it.
        population: territory → inhabitants.
    """
    row = {territory: place for place, territory in enumerate(territories)}
    column = {axis: place for place, axis in enumerate(axes)}
    acting = _spots(located, serving, row, column)
    wider = _spots(covering, serving, row, column)
    leading = {
        spot: tuple(sorted({lead for i in found for lead in leads.get(i, ())}))
        for spot, found in acting.items()
    }
    shape = (len(row), len(column))
    people = [float(population.get(each, np.nan)) for each in territories]
    return Coverage(
        territories=tuple(territories),
        axes=tuple(axes),
        initiatives=_counts(acting, shape),
        leads=_counts(leading, shape),
        regional=_counts(wider, shape),
        population=np.array(people, dtype=np.float64),
        acting=acting,
        leading=leading,
        wider=wider,
    )


def _spots(
    places: Related,
    serving: Mapping[str, Collection[tuple[str, ...]]],
    row: Mapping[str, int],
    column: Mapping[tuple[str, ...], int],
) -> dict[Spot, tuple[str, ...]]:
    """Return the initiatives of each spot that has any, in the order of their IRIs.

    Spots of the same initiatives share one tuple: a region holds thousands of communes.
    """
    groups: defaultdict[tuple[frozenset[str], frozenset[tuple[str, ...]]], list[str]]
    groups = defaultdict(list)
    for initiative in sorted(serving):
        where = frozenset(places.get(initiative, ()))
        groups[where, frozenset(serving[initiative])].append(initiative)
    held: defaultdict[Spot, list[int]] = defaultdict(list)
    for number, (where, what) in enumerate(groups):
        rows = [row[place] for place in where if place in row]
        columns = [column[axis] for axis in what if axis in column]
        for spot in product(rows, columns):
            held[spot].append(number)
    listed = list(groups.values())
    made: dict[tuple[int, ...], tuple[str, ...]] = {}
    for numbers in map(tuple, held.values()):
        if numbers not in made:
            made[numbers] = tuple(sorted(i for k in numbers for i in listed[k]))
    return {spot: made[tuple(held[spot])] for spot in sorted(held)}


def _counts(found: Mapping[Spot, tuple[str, ...]], shape: tuple[int, int]) -> Counts:
    """Return how many things stand in each spot."""
    counts = np.zeros(shape, dtype=np.int64)
    for spot, things in found.items():
        counts[spot] = len(things)
    return counts


_OURS: Final = "spnr_graph: docs/measures.md"
_PLACED: Final = (
    "Ne compte que ce qui est saisi avec un lieu et un thème ; une initiative sans "
    "lieu ne compte nulle part.",
    "Counts what is recorded with a place and a theme alone; an initiative without a "
    "place counts nowhere.",
)

DEFINITIONS: Final = (
    Definition(
        name="population",
        fr="Population",
        en="Population",
        meaning_fr="Habitants du territoire, selon les données chargées.",
        meaning_en="Inhabitants of the territory, according to the data loaded.",
        formula="dbo:populationTotal of the territory",
        source="Insee, populations légales",
        unit_fr="habitants",
        unit_en="inhabitants",
        caveat_fr="Vide quand le territoire n'en porte pas ; l'année est celle du "
        "référentiel chargé.",
        caveat_en="Empty where the territory states none; the year is that of the "
        "reference data loaded.",
    ),
    Definition(
        name="initiatives",
        fr="Initiatives sur place",
        en="Initiatives on the ground",
        meaning_fr="Initiatives qui servent le thème et se trouvent dans le territoire "
        "ou dans une de ses parties.",
        meaning_en="Initiatives that serve the theme and take place in the territory "
        "or in one of its parts.",
        formula="number of initiatives i with theme a (or a narrower one) and a place "
        "in t; an intercommunality lies in the departments of its communes",
        source=_OURS,
        unit_fr="initiatives",
        unit_en="initiatives",
        caveat_fr=_PLACED[0],
        caveat_en=_PLACED[1],
    ),
    Definition(
        name="porteurs",
        fr="Porteurs",
        en="Leads",
        meaning_fr="Acteurs différents qui portent ou coordonnent ces initiatives.",
        meaning_en="Different actors that lead or coordinate these initiatives.",
        formula="number of actors whose role in one of these initiatives opens "
        "spnr:leads or spnr:coordinates",
        source=_OURS,
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Un porteur peut avoir son siège hors du territoire.",
        caveat_en="A lead may have its seat outside the territory.",
    ),
    Definition(
        name="initiatives_regionales",
        fr="Initiatives plus larges",
        en="Wider initiatives",
        meaning_fr="Initiatives qui servent le thème dans un territoire plus large qui "
        "englobe celui-ci, sans y être situées : régionales, nationales.",
        meaning_en="Initiatives that serve the theme in a larger territory that holds "
        "this one, without being placed in it: regional, national.",
        formula="number of initiatives i with theme a and a place that holds t, in "
        "whole or in part, and is of a higher level",
        source=_OURS,
        unit_fr="initiatives",
        unit_en="initiatives",
        caveat_fr="Rien ne dit qu'une initiative régionale agit vraiment partout.",
        caveat_en="Nothing says that a regional initiative really acts everywhere.",
    ),
    Definition(
        name="pour_100000",
        fr="Initiatives pour 100 000 habitants",
        en="Initiatives per 100,000 inhabitants",
        meaning_fr="Initiatives sur place, rapportées à la population.",
        meaning_en="Initiatives on the ground, in proportion to the population.",
        formula="100,000 × initiatives / dbo:populationTotal of the territory",
        source=_OURS,
        unit_fr="initiatives pour 100 000 habitants",
        unit_en="initiatives per 100,000 inhabitants",
        caveat_fr="Instable quand la population est petite ; sans valeur quand elle "
        "est inconnue ou nulle. Petite ou grande, une initiative compte pour une.",
        caveat_en="Unstable where the population is small; no value where it is "
        "unknown or none. An initiative counts the same, whatever its size.",
    ),
    Definition(
        name="zone_blanche",
        fr="Zone blanche",
        en="Blank zone",
        meaning_fr="Aucune initiative du thème ne se trouve sur place.",
        meaning_en="No initiative of the theme takes place there.",
        formula="initiatives = 0",
        source=_OURS,
        unit_fr="oui ou non",
        unit_en="yes or no",
        caveat_fr="Une absence de saisie se voit comme une absence d'action : vérifier "
        "avant de conclure.",
        caveat_en="What was not recorded looks like nobody acting: check before "
        "concluding.",
    ),
    Definition(
        name="fragile",
        fr="Fragile",
        en="Fragile",
        meaning_fr="Un seul acteur porte tout ce qui est porté sur place : son départ "
        "laisserait le thème sans porteur dans le territoire.",
        meaning_en="One actor alone leads all that is led there: its departure would "
        "leave the theme without a lead in the territory.",
        formula="leads = 1",
        source=_OURS,
        unit_fr="oui ou non",
        unit_en="yes or no",
        caveat_fr="Ne juge ni la solidité de cet acteur ni l'appui des initiatives "
        "plus larges.",
        caveat_en="Judges neither how solid that actor is nor the support of wider "
        "initiatives.",
    ),
    Definition(
        name="taux_fixe",
        fr="Couverture fixe ou mobile",
        en="Fixed or mobile coverage",
        meaning_fr="Dernière part mesurée des locaux ou des habitants que couvre un "
        "réseau fixe (taux_fixe) ou mobile (taux_mobile).",
        meaning_en="Last measured share of premises or inhabitants that a fixed "
        "(taux_fixe) or mobile (taux_mobile) network covers.",
        formula="rate of the territory on its last day of measurement; else the mean "
        "of the rates of its parts on that day, each at the weight of its premises or "
        "inhabitants; of a family without a rate of its own, the best technology",
        source="Arcep, Ma connexion internet; spnr:CoverageObservation",
        unit_fr="pour cent",
        unit_en="per cent",
        caveat_fr="Sans valeur quand rien n'est chargé. La date et la base de chaque "
        "mesure sont dans la colonne « reception ».",
        caveat_en='No value where nothing is loaded. The column "reception" says the '
        "date and the base of each measurement.",
    ),
    Definition(
        name="relais",
        fr="Relais possibles",
        en="Who could extend",
        meaning_fr="Trois acteurs au plus qui pourraient agir là où personne, ou un "
        "seul acteur, ne porte le thème, avec les raisons.",
        meaning_en="Three actors at most that could act where nobody, or one actor "
        "alone, leads the theme, with the reasons.",
        formula="points: 2 leads the theme for a larger territory that holds this one; "
        "2 leads it next door; 1 leads it elsewhere; 1 leads something else here; "
        "ties: number of such initiatives and territories, then IRI",
        source=_OURS,
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="« À côté » s'entend de ce que les données disent : communes d'une "
        "même intercommunalité, intercommunalités d'un même département, départements "
        "que partage une intercommunalité.",
        caveat_en='"Next door" is what the data tell: communes of one '
        "intercommunality, intercommunalities of one department, departments that "
        "share an intercommunality.",
    ),
)
