"""Removal: what is left of the network as its actors leave one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.attack import (
    DRAWS,
    left,
    order_of_attack,
    random_band,
    robustness,
)
from spnr_graph.namespaces import LANGUAGES
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.render.numbers import rounded

if TYPE_CHECKING:
    from spnr_graph.measures.attack import Attack, Band
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Links

CURVE: Final = (
    Column(name="retires", fr="Acteurs retirés", en="Actors removed"),
    Column(name="acteur", fr="Dernier retiré", en="Last removed"),
    Column(name="acteur_libelle", fr="Dernier retiré", en="Last removed"),
    Column(name="part_restante", fr="Part restante", en="Share left"),
    Column(name="hasard_bas", fr="Au hasard : bas", en="At random: low"),
    Column(name="hasard_moyen", fr="Au hasard : moyenne", en="At random: mean"),
    Column(name="hasard_haut", fr="Au hasard : haut", en="At random: high"),
)
#: A longer curve is thinned to about so many rows.
_MOST_ROWS: Final = 500


def removal_curve(
    pulled: Pulled, links: Links, *, attack: Attack = "degree", top: int | None = None
) -> Answer:
    """Return what is left of the network as its most connected actors leave.

    Args:
        pulled: whose names are shown.
        links: the network.
        attack: who leaves first, see ``measures.attack.order_of_attack``.
        top: how many rows; all by default.

    Raises:
        QueryError: the attack is unknown, or the network too large for it.
    """
    order = order_of_attack(links, attack)
    attacked, band = left(links, order), random_band(links)
    step = max(1, len(order) // _MOST_ROWS)
    rows: list[tuple[Cell, ...]] = []
    if len(order):
        for count in range(0, len(order) + 1, step)[:top]:
            iri = links.nodes[order[count - 1]] if count else ""
            rows.append(
                (
                    count,
                    Iri(iri) if iri else None,
                    pulled.names.label(iri) if iri else None,
                    float(attacked[count]),
                    float(band.low[count]),
                    float(band.mean[count]),
                    float(band.high[count]),
                )
            )
    index = robustness(attacked)
    return answer(CURVE, rows, notes=_notes(index, band, attack, step))


def _notes(
    index: float | None, band: Band, attack: Attack, step: int
) -> dict[str, tuple[str, ...]]:
    """Say how the curve is read, and what it sums up to."""
    if index is None:
        return {
            "fr": ("Aucun acteur ne passe les filtres : il n'y a rien à retirer.",),
            "en": ("No actor passes the filters: there is nothing to remove.",),
        }
    band_of_r = np.quantile(band.robustness, (0.05, 0.95)).tolist()
    fr_r, en_r = (
        [rounded(each, 3, lang) for each in (index, *band_of_r)] for lang in LANGUAGES
    )
    most = {
        "degree": ("le plus de liens", "most links"),
        "betweenness": ("la plus forte intermédiarité", "the highest betweenness"),
    }[attack]
    fr = [
        "Part restante : part de tous les acteurs qui sont encore dans le plus grand "
        f"ensemble relié. À chaque pas part l'acteur qui a {most[0]}, recalculé après "
        "chaque départ.",
        f"Indice R (moyenne des parts restantes) : {fr_r[0]} ; au hasard, de "
        f"{fr_r[1]} à {fr_r[2]} pour 90 % de {DRAWS} tirages.",
    ]
    en = [
        "Share left: share of all the actors that are still in the largest linked "
        f"component. At each step the actor with {most[1]} leaves, worked out again "
        "after each departure.",
        f"Index R (mean of the shares left): {en_r[0]}; at random, from {en_r[1]} to "
        f"{en_r[2]} for 90% of {DRAWS} draws.",
    ]
    if step > 1:
        fr.append(f"Une ligne sur {step} est donnée.")
        en.append(f"One row in {step} is given.")
    return {"fr": tuple(fr), "en": tuple(en)}
