"""What must be said beside a table of who acts where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.operations.network.departure_words import listed
from spnr_graph.render.numbers import counted

if TYPE_CHECKING:
    from spnr_graph.operations.network.coverage import Survey
    from spnr_graph.operations.network.pulled import Pulled

_LEVELS: Final = {
    "region": ("régions", "regions"),
    "departement": ("départements", "departments"),
    "epci": ("intercommunalités", "intercommunalities"),
    "commune": ("communes", "communes"),
}


def notes(seen: Survey, pulled: Pulled, *, shown: int) -> dict[str, tuple[str, ...]]:
    """Say what is counted, what is counted nowhere and what is not known.

    Args:
        seen: what was counted.
        pulled: whose names are shown.
        shown: number of rows.
    """
    if not seen.found.territories or not seen.found.axes:
        said = _nothing(seen)
    else:
        said = [*_counted(seen), *_not_counted(seen, pulled), *_unknown(seen)]
    if not shown and seen.found.territories and seen.found.axes:
        said.append(("Aucune zone blanche.", "No blank zone."))
    return {"fr": tuple(fr for fr, _ in said), "en": tuple(en for _, en in said)}


def _nothing(seen: Survey) -> list[tuple[str, str]]:
    fr, en = _LEVELS[seen.level]
    if not seen.found.territories:
        return [
            (
                f"Aucun territoire de ce niveau ({fr}) ne passe les filtres. Charger "
                "les territoires (spnr load territoires) ou choisir un autre niveau.",
                f"No territory of this level ({en}) passes the filters. Load the "
                "territories (spnr load territoires) or choose another level.",
            )
        ]
    return [
        (
            "Aucun thème ne passe les filtres. Charger l'ontologie (spnr load "
            "ontologie) ou élargir les filtres.",
            "No theme passes the filters. Load the ontology (spnr load ontologie) or "
            "widen the filters.",
        )
    ]


def _counted(seen: Survey) -> list[tuple[str, str]]:
    found = seen.found
    blank, fragile = int(found.blank.sum()), int(found.fragile.sum())
    total = found.initiatives.size
    return [
        (
            f"Cases : {total}. Sans aucune initiative située sur place (zones "
            f"blanches) : {blank}. Tenues par un seul porteur : {fragile}.",
            f"Cells: {total}. Without any initiative on the ground (blank zones): "
            f"{blank}. Resting on one lead: {fragile}.",
        ),
        (
            "Une initiative compte là où elle se trouve ; celle d'un territoire plus "
            "large qui l'englobe est comptée à part (initiatives plus larges). Celle "
            "d'une intercommunalité compte dans les départements de ses communes. Tous "
            "les genres d'initiatives sont comptés.",
            "An initiative counts where it takes place; one of a larger territory that "
            "holds the place is counted apart (wider initiatives). One of an "
            "intercommunality counts in the departments of its communes. All kinds of "
            "initiatives count.",
        ),
    ]


def _not_counted(seen: Survey, pulled: Pulled) -> list[tuple[str, str]]:
    said = []
    if seen.acts.nowhere:
        count = len(seen.acts.nowhere)
        said.append(
            (
                f"Sans lieu, ne comptent nulle part : {_several(count, 'fr')}.",
                f"Without a place, counted nowhere: {_several(count, 'en')}.",
            )
        )
    if seen.acts.elsewhere:
        count = len(seen.acts.elsewhere)
        spatial = pulled.rows.attributes.values.get("dcterms:spatial", {})
        lost = {p for i in seen.acts.elsewhere for p in spatial.get(i, ())}
        names = sorted(pulled.names.label(place) for place in lost)
        said.append(
            (
                f"Comptées nulle part, car leurs lieux ne sont rattachés à aucun de "
                f"ces territoires : {_several(count, 'fr')}, de "
                f"{listed(names, 'fr', most=5)}.",
                f"Counted nowhere, for their places belong to none of these "
                f"territories: {_several(count, 'en')}, of "
                f"{listed(names, 'en', most=5)}.",
            )
        )
    return said


def _unknown(seen: Survey) -> list[tuple[str, str]]:
    said = []
    missing = int(np.isnan(seen.found.population).sum())
    if missing:
        said.append(
            (
                "Population inconnue, donc pas de nombre pour 100 000 habitants : "
                f"{_territories(missing, 'fr')}.",
                "Population unknown, hence no number per 100,000 inhabitants: "
                f"{_territories(missing, 'en')}.",
            )
        )
    known = sum(place in seen.reception for place in seen.found.territories)
    if not known:
        said.append(
            (
                "Couverture fixe et mobile : aucune mesure n'est chargée pour ces "
                "territoires.",
                "Fixed and mobile coverage: no measurement is loaded for these "
                "territories.",
            )
        )
    elif known < len(seen.found.territories):
        rest = len(seen.found.territories) - known
        said.append(
            (
                "Couverture fixe et mobile sans aucune mesure : "
                f"{_territories(rest, 'fr')}.",
                "Fixed and mobile coverage without any measurement: "
                f"{_territories(rest, 'en')}.",
            )
        )
    return said


def _several(count: int, lang: str) -> str:
    words = ("initiative", "initiatives", "initiative", "initiatives")
    return counted(count, words, lang)


def _territories(count: int, lang: str) -> str:
    words = ("territoire", "territoires", "territory", "territories")
    return counted(count, words, lang)
