"""Resilience: what is lost when an actor, a funder or a source leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.measures.removal import (
    EXACT_PATHS,
    PIVOTS,
    aftermath,
    efficiency_lost,
)
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.departure_words import Lost, counted, explained
from spnr_graph.operations.network.departures import departures, random_losses
from spnr_graph.operations.network.removal_curve import removal_curve
from spnr_graph.operations.network.scene import Of, Scene
from spnr_graph.projection import Filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.measures.attack import Attack
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.departures import Departure
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Links, Weight

_WHO: Final = {
    "actors": Column(name="acteur", fr="Acteur", en="Actor"),
    "funders": Column(name="financeur", fr="Financeur", en="Funder"),
    "sources": Column(name="source", fr="Source", en="Source"),
}
_LOST: Final = (
    Column(
        name="initiatives_sans_porteur",
        fr="Initiatives sans porteur",
        en="Initiatives without a lead",
    ),
    Column(
        name="initiatives_sans_financeur",
        fr="Initiatives sans financeur",
        en="Initiatives without a funder",
    ),
    Column(
        name="initiatives_orphelines",
        fr="Initiatives sans acteur",
        en="Initiatives without an actor",
        brief=False,
    ),
    Column(name="acteurs_coupes", fr="Acteurs coupés", en="Actors cut off"),
    Column(
        name="paires_coupees",
        fr="Paires d'acteurs coupées",
        en="Pairs of actors cut",
        brief=False,
    ),
    Column(
        name="part_liens",
        fr="Part des liens",
        en="Share of the links",
        brief=False,
    ),
    Column(
        name="perte_composante",
        fr="Perte du plus grand ensemble",
        en="Loss of the largest component",
        brief=False,
    ),
    Column(
        name="perte_efficacite",
        fr="Perte d'efficacité",
        en="Loss of efficiency",
        brief=False,
    ),
    Column(name="perte", fr="Perte", en="Loss"),
    Column(name="hasard_bas", fr="Au hasard : bas", en="At random: low", brief=False),
    Column(name="hasard_haut", fr="Au hasard : haut", en="At random: high"),
    Column(name="explication", fr="Explication", en="Explanation"),
)
#: Past ``EXACT_PATHS`` actors, ways are counted again for the first rows only.
_MOST_WAYS: Final = 20


def columns(of: Of) -> tuple[Column, ...]:
    """Return the columns of the answer: who leaves, then what is lost."""
    who = _WHO[of]
    label = Column(name=f"{who.name}_libelle", fr=who.fr, en=who.en)
    return (who, label, *_LOST)


COLUMNS: Final = columns("actors")


def resilience(
    pulled: Pulled,
    *,
    chosen: Filters | None = None,
    weight: Weight = "count",
    of: Of = "actors",
    curve: bool = False,
    attack: Attack = "degree",
    top: int | None = None,
) -> Answer:
    """Rank actors, funders or sources by what is lost when each of them leaves.

    Args:
        pulled: all the participations.
        chosen: which initiatives and actors are looked at.
        weight: of the links; only their share that goes depends on it.
        of: who leaves: an actor whole, an actor as funder, or a source: what it alone
            states.
        curve: return instead what is left as actors leave one by one.
        attack: in which order they leave on the curve.
        top: how many rows; all by default.

    Raises:
        QueryError: a choice does not exist.
    """
    if of not in get_args(Of):
        raise QueryError(
            fr=f"Résilience : « {of} » ne désigne rien qui puisse partir. Choisir "
            "parmi : actors, funders, sources.",
            en=f'Resilience: "{of}" names nothing that may leave. Choose among: '
            "actors, funders, sources.",
        )
    scene = Scene(pulled.rows, chosen or Filters(), weight=weight, of=of)
    if curve:
        return removal_curve(pulled, scene.links, attack=attack, top=top)
    found = departures(scene)[:top]
    return answer(columns(of), _rows(pulled, scene, found), notes=_notes(scene, found))


def _rows(
    pulled: Pulled, scene: Scene, found: Sequence[Departure]
) -> list[tuple[Cell, ...]]:
    """Return a row per departure, beside what leaving at random would cost."""
    bands: dict[int, tuple[float, float]] = {}
    rows: list[tuple[Cell, ...]] = []
    for place, each in enumerate(found):
        after = scene.after(each.who)
        lost = _lost(scene, each, after)
        leaving = len(lost.gone) if scene.of == "sources" else 1
        if leaving not in bands:
            bands[leaving] = _band(scene, leaving)
        counting = place < _MOST_WAYS or len(scene.links.nodes) <= EXACT_PATHS
        iri = scene.iri(each.who)
        rows.append(
            (
                Iri(iri),
                pulled.names.label(iri),
                len(each.leaderless),
                len(each.unfunded),
                len(each.orphaned),
                each.cut_off,
                each.pairs,
                each.links,
                each.largest,
                efficiency_lost(scene.near, after) if counting else None,
                each.loss,
                *bands[leaving],
                explained(lost, pulled.names.label, pulled.lang),
            )
        )
    return rows


def _band(scene: Scene, leaving: int) -> tuple[float, float]:
    """Return between which losses 90 % of the random departures lie."""
    losses = random_losses(scene, leaving) if leaving else np.zeros(1)
    low, high = np.quantile(losses, (0.05, 0.95)).tolist()
    return low, high


def _lost(scene: Scene, each: Departure, after: Links) -> Lost:
    """Return what is lost, as IRIs."""
    aside = "" if scene.of == "sources" else scene.iri(each.who)
    left = aftermath(scene.links, after, aside=aside)

    def initiatives(codes: frozenset[int]) -> tuple[str, ...]:
        return tuple(scene.rows.initiatives[code] for code in sorted(codes))

    return Lost(
        orphaned=initiatives(each.orphaned),
        leaderless=initiatives(each.leaderless - each.orphaned),
        unfunded=initiatives(each.unfunded - each.orphaned),
        gone=left.gone,
        cut_off=left.cut_off,
    )


def _notes(scene: Scene, found: Sequence[Departure]) -> dict[str, tuple[str, ...]]:
    """Say how the loss is measured, what could not be lost and what was sampled."""
    if not found:
        return _nothing(scene.of)
    lead, fund, _ = (
        scene.initiatives - len(np.unique(scene.rows.initiative[mask]))
        for mask in scene.masks
    )
    said = [
        counted(scene.of),
        (
            "Au hasard : bornes entre lesquelles tombe la perte, dans 90 % des cas, "
            "quand autant d'acteurs partent au hasard.",
            "At random: the bounds between which the loss falls, in 90% of the cases, "
            "when as many actors leave at random.",
        ),
        (
            f"Initiatives : {scene.initiatives}. Déjà sans porteur connu : {lead} ; "
            f"sans financeur connu : {fund}. Celles-là n'en ont plus à perdre.",
            f"Initiatives: {scene.initiatives}. Already without a known lead: {lead}; "
            f"without a known funder: {fund}. Those have none to lose.",
        ),
        *_sampled(scene),
    ]
    return {"fr": tuple(fr for fr, _ in said), "en": tuple(en for _, en in said)}


def _sampled(scene: Scene) -> list[tuple[str, str]]:
    """Say what was not worked out for all, or not from all."""
    said = []
    if len(scene.tried) < len(scene.leaving):
        tried, all_ = len(scene.tried), len(scene.leaving)
        said.append(
            (
                f"Départs essayés : les {tried} qui tiennent seuls le plus "
                f"d'initiatives, puis le plus de participations, sur {all_}.",
                f"Departures worked out: the {tried} that hold most initiatives alone, "
                f"then most participations, of {all_}.",
            )
        )
    if len(scene.links.nodes) > EXACT_PATHS:
        said.append(
            (
                f"Efficacité estimée à partir de {PIVOTS} acteurs tirés, pour les "
                f"{_MOST_WAYS} premières lignes.",
                f"Efficiency estimated from {PIVOTS} actors drawn, for the first "
                f"{_MOST_WAYS} rows.",
            )
        )
    return said


def _nothing(of: Of) -> dict[str, tuple[str, ...]]:
    """Say why nobody can leave."""
    missing = {
        "actors": ("Aucun acteur", "No actor"),
        "funders": ("Aucun financeur", "No funder"),
        "sources": ("Aucune source", "No source"),
    }[of]
    return {
        "fr": (f"{missing[0]} ne passe les filtres : personne ne peut partir.",),
        "en": (f"{missing[1]} passes the filters: nobody can leave.",),
    }
