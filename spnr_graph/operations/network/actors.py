"""Actors: who counts in the network, who links what would be apart, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.measures.actors import DEFINITIONS as OF_ACTORS
from spnr_graph.measures.actors import actors as measured
from spnr_graph.measures.communities import communities
from spnr_graph.measures.reach import DEFINITIONS as OF_REACH
from spnr_graph.measures.reach import by_initiatives, by_partners, reach
from spnr_graph.measures.removal import cuts
from spnr_graph.namespaces import LANGUAGES
from spnr_graph.operations.network.answer import (
    NO_PARTICIPATION,
    Answer,
    Cell,
    Column,
    Iri,
    answer,
)
from spnr_graph.operations.network.brokers import Broker, why
from spnr_graph.operations.network.departments import Departments
from spnr_graph.projection import collaborations, select
from spnr_graph.render.numbers import counted, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.measures.actors import Actors
    from spnr_graph.measures.reach import Reach
    from spnr_graph.measures.shortest import Integers, Numbers
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Filters, Links, Weight

_TITLES: Final = {each.name: each for each in (*OF_ACTORS, *OF_REACH)}
#: What a terminal shows without being asked for all; decimals of small numbers.
_BRIEF: Final = frozenset(
    {"liens", "force", "intermediarite", "axes", "departements", "communautes"}
)
_DIGITS: Final = {"intermediarite": 4, "intermediarite_erreur": 5, "pagerank": 5}

COLUMNS: Final = (
    Column(name="acteur", fr="Acteur", en="Actor"),
    Column(name="acteur_libelle", fr="Nom", en="Name"),
    Column(name="genre", fr="Genre", en="Kind", brief=False),
    Column(name="genre_libelle", fr="Nom du genre", en="Name of the kind"),
    *(
        Column(
            name=name,
            fr=each.fr,
            en=each.en,
            digits=_DIGITS.get(name, 3),
            brief=name in _BRIEF,
        )
        for name, each in _TITLES.items()
    ),
    Column(name="acteurs_coupes", fr="Acteurs coupés", en="Actors cut off"),
    Column(name="pourquoi", fr="Pourquoi", en="Why"),
)
#: What actors can be sorted by: the columns that hold a number.
SORTS: Final = (*_TITLES, "acteurs_coupes")
#: The smaller, the more the actor counts; of the other columns, the greater.
_SMALLER_FIRST: Final = frozenset({"contrainte"})


@dataclass(frozen=True, kw_only=True, eq=False)
class _Found:
    """What was measured, a number per node and measure."""

    links: Links
    measures: Actors
    cut_off: Integers
    reached: Mapping[str, Reach]

    def columns(self) -> dict[str, Integers | Numbers]:
        """Return the column of every measure."""
        of = self.measures
        found: dict[str, Integers | Numbers] = {
            "liens": of.degree,
            "force": of.strength,
            "intermediarite": of.betweenness,
            "intermediarite_erreur": of.error,
            "proximite": of.closeness,
            "pagerank": of.pagerank,
            "coeur": of.core,
            "contrainte": of.constraint,
            "taille_effective": of.effective_size,
            "acteurs_coupes": self.cut_off,
        }
        for name, each in self.reached.items():
            found[name] = each.number
            found[f"{name}_equilibre"] = each.evenness
            found[f"{name}_participation"] = each.participation
        return found


def actors(
    pulled: Pulled,
    *,
    chosen: Filters,
    weight: Weight = "count",
    sort: str = "intermediarite",
    top: int | None = None,
    pivots: int | None = None,
) -> Answer:
    """Return the actors of a network, those that count most first, and why they do.

    Args:
        pulled: what networks are made of.
        chosen: which participations make this one.
        weight: of a link, which strength, PageRank, constraint and effective size use.
        sort: the column to sort by, one of ``SORTS``.
        top: how many actors to return; all of them by default.
        pivots: starting points of the shortest paths, see ``measures.shortest``.

    Raises:
        QueryError: nothing is sorted by this column.
    """
    if sort not in SORTS:
        raise QueryError(
            fr=f"Tri « {sort} » inconnu. Choisir parmi : {', '.join(SORTS)}.",
            en=f'Unknown sort "{sort}". Choose among: {", ".join(SORTS)}.',
        )
    found = _measured(pulled, chosen, weight, pivots)
    columns = found.columns()
    ranked = _ranked(columns[sort], smaller=sort in _SMALLER_FIRST)[:top]
    values = zip(*(columns[name][ranked].tolist() for name in SORTS), strict=True)
    rows = (
        [*_named(pulled, found.links.nodes[node]), *numbers, _why(pulled, found, node)]
        for node, numbers in zip(ranked.tolist(), values, strict=True)
    )
    return answer(COLUMNS, rows, notes=_notes(found))


def _named(pulled: Pulled, actor: str) -> tuple[Cell, ...]:
    """Return the cells that name an actor and its kind."""
    kind = next(iter(pulled.rows.attributes.of("org:classification", actor)), "")
    name = pulled.names.label
    return (
        Iri(actor),
        name(actor),
        *((Iri(kind), name(kind)) if kind else (None,) * 2),
    )


def _measured(
    pulled: Pulled, chosen: Filters, weight: Weight, pivots: int | None
) -> _Found:
    """Measure the network of the participations that pass the filters."""
    rows = select(pulled.rows, chosen)
    links = collaborations(rows, weight=weight)
    facts = rows.attributes
    spreads = {
        "axes": by_initiatives(rows, lambda one: facts.of("spnr:servesAxis", one)),
        "departements": by_initiatives(rows, Departments(facts)),
        "communautes": by_partners(links, communities(links).of),
    }
    return _Found(
        links=links,
        measures=measured(links, pivots=pivots),
        cut_off=cuts(links).cut_off,
        reached={name: reach(spread) for name, spread in spreads.items()},
    )


def _ranked(values: Integers | Numbers, *, smaller: bool) -> Integers:
    """Return the nodes, the best first, those without value last, ties by IRI."""
    # what is added up in another order differs by a rounding: these are ties
    signed = np.round(values if smaller else -values, 12)
    return np.argsort(np.where(np.isnan(signed), np.inf, signed), kind="stable")


def _why(pulled: Pulled, found: _Found, node: int) -> str:
    """Return the sentence that explains a node by its numbers."""
    partners = found.links.weights[[node]].indices
    only = pulled.names.label(found.links.nodes[partners[0]]) if len(partners) else ""
    broker = Broker(
        partners=len(partners),
        only=only,
        communities=int(found.reached["communautes"].number[node]),
        departments=int(found.reached["departements"].number[node]),
        axes=int(found.reached["axes"].number[node]),
        share=float(found.measures.betweenness[node]),
        exact=found.measures.paths.exact,
        cut_off=int(found.cut_off[node]),
    )
    return why(broker, pulled.lang)


def _notes(found: _Found) -> Mapping[str, tuple[str, ...]]:
    """Say what is empty, what was estimated and how well."""
    if not found.links.nodes:
        return NO_PARTICIPATION
    notes: dict[str, list[str]] = {"fr": [], "en": []}
    alone = int((found.measures.degree == 0).sum())
    if alone:
        notes["fr"].append(
            counted(alone, ("acteur n'a", "acteurs n'ont", "", ""), "fr")
            + " aucun partenaire dans ce réseau."
        )
        notes["en"].append(
            counted(alone, ("", "", "actor has", "actors have"), "en")
            + " no partner in this network."
        )
    weights = found.links.weights.data
    if unknown := int((weights == 0).sum()) // 2:
        notes["fr"].append(
            f"Liens de montant inconnu, comptés pour zéro : {unknown} sur "
            f"{len(weights) // 2}."
        )
        notes["en"].append(
            f"Links of unknown amount, taken as zero: {unknown} of {len(weights) // 2}."
        )
    paths = found.measures.paths
    if not paths.exact:
        size = int(paths.components.sizes[0])
        error = float(found.measures.error.max())
        most = {lang: rounded(error, 5, lang) for lang in LANGUAGES}
        notes["fr"].append(
            f"Intermédiarité et proximité estimées à partir de {paths.pivots} acteurs "
            f"sur {size} : l'erreur type de l'intermédiarité est d'au plus "
            f"{most['fr']}."
        )
        notes["en"].append(
            f"Betweenness and closeness are estimated from {paths.pivots} of {size} "
            f"actors: the standard error of betweenness is at most {most['en']}."
        )
    return {lang: tuple(sentences) for lang, sentences in notes.items()}
