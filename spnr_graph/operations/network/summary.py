"""Summary: the figures of a network, each with the sentence that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.network import network as measured
from spnr_graph.measures.network_definitions import DEFINITIONS
from spnr_graph.measures.null_model import chance
from spnr_graph.measures.reach import by_initiatives
from spnr_graph.measures.structure import mixing, renewed
from spnr_graph.operations.network.answer import (
    NO_PARTICIPATION,
    Answer,
    Column,
    answer,
)
from spnr_graph.operations.network.departments import Departments
from spnr_graph.operations.network.readings import Band, Figures, readings
from spnr_graph.projection import collaborations, select
from spnr_graph.render.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.measures.network import Network
    from spnr_graph.measures.null_model import Chance
    from spnr_graph.measures.shortest import Numbers
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Filters, Links, Participations

COLUMNS: Final = (
    Column(name="mesure", fr="Mesure", en="Measure", brief=False),
    Column(name="mesure_libelle", fr="Nom", en="Name"),
    Column(name="valeur", fr="Valeur", en="Value"),
    Column(name="hasard", fr="Au hasard", en="By chance"),
    Column(name="hasard_bas", fr="Au hasard, 5 %", en="By chance, 5%", brief=False),
    Column(name="hasard_haut", fr="Au hasard, 95 %", en="By chance, 95%", brief=False),
    Column(name="unite", fr="Unité", en="Unit", brief=False),
    Column(name="lecture", fr="Lecture", en="Reading"),
)
_WHOLE: Final = frozenset(
    {"acteurs", "collaborations", "composantes", "isoles", "diametre"}
)


def summary(
    pulled: Pulled,
    *,
    chosen: Filters,
    draws: int | None = None,
    seed: int = 1,
    pivots: int | None = None,
) -> Answer:
    """Return the figures of a network beside what chance alone would give.

    Args:
        pulled: what networks are made of.
        chosen: which participations make this one.
        draws: networks drawn at random; see ``measures.null_model.chance``; 0 for none.
        seed: of the draws.
        pivots: starting points of the shortest paths, see ``measures.shortest``.
    """
    rows = select(pulled.rows, chosen)
    if not len(rows):
        return answer(COLUMNS, [], notes=NO_PARTICIPATION)
    links = collaborations(rows)
    drawn = chance(rows, draws=draws, seed=seed)
    of = _figures(pulled, rows, links, net=measured(links, pivots=pivots), drawn=drawn)
    french = pulled.lang == "fr"
    said = readings(of, pulled.lang)
    table = []
    for each in DEFINITIONS:
        value, band = of.values[each.name], of.chance.get(each.name)
        table.append(
            (
                each.name,
                each.fr if french else each.en,
                int(value) if each.name in _WHOLE and value is not None else value,
                *((band.mean, band.low, band.high) if band else (None,) * 3),
                each.unit_fr if french else each.unit_en,
                said[each.name],
            )
        )
    notes = _notes(of.network, len(drawn.links), asked=draws)
    return answer(COLUMNS, table, notes=notes)


def _figures(
    pulled: Pulled, rows: Participations, links: Links, *, net: Network, drawn: Chance
) -> Figures:
    """Bring together what the sentences about a network need."""
    facts = rows.attributes
    kinds = [next(iter(facts.of("org:classification", n)), "") for n in links.nodes]
    kind = mixing(links, kinds)
    place = mixing(links, by_initiatives(rows, Departments(facts)).main())
    again = renewed(rows)
    bands = {
        "collaborations": _band(drawn.links),
        "transitivite": _band(drawn.transitivity),
        "rencontres_renouvelees": _band(drawn.renewed),
        "distance_moyenne": _band(drawn.distance),
        "petit_monde": _band(_small_worlds(drawn)),
    }
    chance_ = {name: band for name, band in bands.items() if band}
    degree = np.diff(links.weights.indptr)
    busiest, between = int(degree.argmax()), int(net.paths.betweenness.argmax())
    return Figures(
        network=net,
        values=_values(net, again, kind.coefficient, place.coefficient)
        | {"petit_monde": _small_world(net, chance_)},
        chance=chance_,
        initiatives=len(np.unique(rows.initiative)),
        kinds=kind,
        territories=place,
        busiest=(pulled.names.label(links.nodes[busiest]), int(degree[busiest])),
        between=pulled.names.label(links.nodes[between]),
    )


def _values(
    net: Network,
    again: float | None,
    kind: float | None,
    place: float | None,
) -> dict[str, float | None]:
    """Return the value of each measure but the last, by its name."""
    largest = max(net.components, default=0)
    return {
        "acteurs": net.actors,
        "collaborations": net.links,
        "densite": net.density,
        "liens_moyens": net.mean_degree,
        "composantes": len(net.components),
        "part_principale": largest / net.actors if largest else None,
        "isoles": net.alone,
        "centralisation": net.degree_centralisation,
        "centralisation_intermediarite": net.betweenness_centralisation,
        "transitivite": net.transitivity,
        "regroupement_moyen": net.mean_clustering,
        "rencontres_renouvelees": again,
        "assortativite_liens": net.degree_assortativity,
        "assortativite_genre": kind,
        "assortativite_territoire": place,
        "distance_moyenne": net.distance,
        "diametre": net.diameter,
    }


def _band(draws: Numbers) -> Band | None:
    """Return the mean of the draws and where nine in ten fall, None without draw."""
    known = draws[~np.isnan(draws)]
    if not len(known):
        return None
    low, high = np.quantile(known, [0.05, 0.95]).tolist()
    return Band(mean=float(known.mean()), low=low, high=high)


def _small_world(net: Network, drawn: Mapping[str, Band]) -> float | None:
    """Return how much tighter than chance, for how much farther than chance."""
    tight, far = drawn.get("transitivite"), drawn.get("distance_moyenne")
    if not (tight and far and tight.mean and net.transitivity and net.distance):
        return None
    return (net.transitivity / tight.mean) / (net.distance / far.mean)


def _small_worlds(drawn: Chance) -> Numbers:
    """Return the same figure for each draw, held against all of them."""
    known = ~(np.isnan(drawn.transitivity) | np.isnan(drawn.distance))
    tight, far = drawn.transitivity[known], drawn.distance[known]
    if not len(tight) or not tight.mean():
        return np.zeros(0)
    return np.asarray((tight / tight.mean()) / (far / far.mean()))


def _notes(
    net: Network, draws: int, *, asked: int | None
) -> Mapping[str, tuple[str, ...]]:
    """Say what was drawn, or why nothing was, and what was estimated."""
    french, english = [], []
    if asked is None and not draws:
        french.append(
            "Aucun réseau tiré au hasard : chaque tirage prendrait des minutes dans un "
            "réseau aussi dense. Les demander avec --draws."
        )
        english.append(
            "No network drawn at random: each draw would take minutes in so dense a "
            "network. Ask for them with --draws."
        )
    if draws:
        networks = ("réseau tiré", "réseaux tirés", "network", "networks")
        french.append(
            f"Au hasard : {counted(draws, networks, 'fr')} où chaque acteur garde son "
            "nombre d'initiatives et chaque initiative son nombre d'acteurs et leurs "
            "dates ; neuf sur dix tombent entre les deux bornes."
        )
        english.append(
            f"By chance: {counted(draws, networks, 'en')} drawn where each actor keeps "
            "its number of initiatives and each initiative its number of actors and "
            "their dates; nine in ten fall between the two bounds."
        )
    if not net.paths.exact:
        size = net.components[0]
        french.append(
            "Distances et intermédiarité estimées à partir de "
            f"{net.paths.pivots} acteurs sur {size} du plus grand groupe."
        )
        english.append(
            f"Distances and betweenness are estimated from {net.paths.pivots} of the "
            f"{size} actors of the largest group."
        )
    return {"fr": tuple(french), "en": tuple(english)}
