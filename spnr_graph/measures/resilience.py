"""What a departure costs: initiatives that hang on one actor, a loss in one number."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

Ints: TypeAlias = npt.NDArray[np.int64]


def sole(places: npt.ArrayLike, holders: npt.ArrayLike) -> tuple[Ints, Ints]:
    """Return the places that one holder alone holds, and that holder.

    Args:
        places: a code per row, such as the initiative.
        holders: a code per row, such as the actor that leads it; rows may repeat.
    """
    both = np.column_stack((np.asarray(places), np.asarray(holders))).astype(np.int64)
    held = np.unique(both.reshape(-1, 2), axis=0)
    place, first, count = np.unique(held[:, 0], return_index=True, return_counts=True)
    return place[count == 1], held[first[count == 1], 1]


def loss(*, hit: int, initiatives: int, pairs: int, linked: int) -> float:
    """Return the loss of a departure, from 0 to 1.

    It is the mean of two shares, of what is there to lose: initiatives that are left
    without a lead, a funder or any actor, and pairs of actors that are not linked any
    more, even through others.

    Args:
        hit: initiatives that lose their last lead, their last funder or everybody.
        initiatives: all of them.
        pairs: pairs of actors that are not linked any more.
        linked: pairs of actors that were linked.
    """
    acting = hit / initiatives if initiatives else 0.0
    meeting = pairs / linked if linked else 0.0
    return (acting + meeting) / 2


_OURS: Final = "spnr_graph: docs/measures.md"
_INITIATIVES: Final = ("initiatives", "initiatives")
_SHARE: Final = ("part, de 0 à 1", "share, from 0 to 1")
_KNOWN: Final = (
    "Ne vaut que ce que valent les rôles déclarés : un porteur qui n'est pas saisi "
    "manque déjà, et son absence ne se voit pas ici.",
    "Worth what the stated roles are worth: a lead that was not recorded is missing "
    "already, and its absence does not show here.",
)

DEFINITIONS: Final = (
    Definition(
        name="initiatives_sans_porteur",
        fr="Initiatives sans porteur",
        en="Initiatives without a lead",
        meaning_fr="Initiatives dont l'acteur est le seul porteur ou coordinateur : "
        "s'il part, plus personne n'en répond.",
        meaning_en="Initiatives of which the actor is the only lead or coordinator: if "
        "it leaves, nobody answers for them.",
        formula="number of initiatives i with L(i) = {v}, L(i) being the actors whose "
        "role in i opens spnr:leads or spnr:coordinates",
        source=_OURS,
        unit_fr=_INITIATIVES[0],
        unit_en=_INITIATIVES[1],
        caveat_fr=_KNOWN[0],
        caveat_en=_KNOWN[1],
    ),
    Definition(
        name="initiatives_sans_financeur",
        fr="Initiatives sans financeur",
        en="Initiatives without a funder",
        meaning_fr="Initiatives dont l'acteur est le seul financeur connu.",
        meaning_en="Initiatives of which the actor is the only known funder.",
        formula="number of initiatives i with F(i) = {v}, F(i) being the actors whose "
        "role in i opens spnr:funds",
        source=_OURS,
        unit_fr=_INITIATIVES[0],
        unit_en=_INITIATIVES[1],
        caveat_fr=_KNOWN[0],
        caveat_en=_KNOWN[1],
    ),
    Definition(
        name="initiatives_orphelines",
        fr="Initiatives sans acteur",
        en="Initiatives without an actor",
        meaning_fr="Initiatives où l'acteur est seul à agir ; ceux qui ne font qu'en "
        "bénéficier ne comptent pas.",
        meaning_en="Initiatives in which the actor alone acts; those that only benefit "
        "do not count.",
        formula="number of initiatives i with A(i) = {v}, A(i) being the actors whose "
        "role in i opens another property than spnr:benefitsFrom",
        source=_OURS,
        unit_fr=_INITIATIVES[0],
        unit_en=_INITIATIVES[1],
        caveat_fr=_KNOWN[0],
        caveat_en=_KNOWN[1],
    ),
    Definition(
        name="acteurs_coupes",
        fr="Acteurs coupés",
        en="Actors cut off",
        meaning_fr="Acteurs qui, sans lui, ne sont plus reliés au plus gros morceau de "
        "ce qui était leur ensemble.",
        meaning_en="Actors that, without it, are not linked any more to the largest "
        "piece of what was their component.",
        formula="n(C) − 1 − max(n(P)), C being the component of v, P the components of "
        "C without v; positive for articulation points alone",
        source="Hopcroft, J. & Tarjan, R. (1973), Communications of the ACM 16(6), "
        "372–378, doi:10.1145/362248.362272",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Deux acteurs non reliés ici peuvent se connaître par des liens qui "
        "ne sont pas saisis.",
        caveat_en="Two actors not linked here may know each other by ties that are not "
        "recorded.",
    ),
    Definition(
        name="paires_coupees",
        fr="Paires d'acteurs coupées",
        en="Pairs of actors cut",
        meaning_fr="Paires d'autres acteurs reliées, même par d'autres, et qui ne le "
        "sont plus sans lui.",
        meaning_en="Pairs of other actors that are linked, even through others, and no "
        "longer are without it.",
        formula="((n(C) − 1)² − Σ n(P)²) / 2, C being the component of v, P the "
        "components of C without v; for a source, the actors of whom nothing else is "
        "known count too",
        source="Borgatti, S. P. (2006), Computational & Mathematical Organization "
        "Theory 12, 21–34, doi:10.1007/s10588-006-7084-x",
        unit_fr="paires d'acteurs",
        unit_en="pairs of actors",
        caveat_fr="Une paire compte autant, qu'un pas ou dix pas la séparent.",
        caveat_en="A pair counts the same, be it one step or ten apart.",
    ),
    Definition(
        name="part_liens",
        fr="Part des liens",
        en="Share of the links",
        meaning_fr="Part du poids de tous les liens qui s'en va avec lui.",
        meaning_en="Share of the weight of all the links that goes with it.",
        formula="1 − W(after) / W(before), W being the sum of the weights of the links",
        source=_OURS,
        unit_fr=_SHARE[0],
        unit_en=_SHARE[1],
        caveat_fr="Suit le poids choisi ; chaque lien a deux bouts : la somme des "
        "parts de tous les acteurs vaut 2.",
        caveat_en="Follows the weight that is chosen; each link has two ends: the "
        "shares of all the actors add up to 2.",
    ),
    Definition(
        name="perte_composante",
        fr="Perte du plus grand ensemble",
        en="Loss of the largest component",
        meaning_fr="Part du plus grand ensemble d'acteurs reliés qui s'en va, lui "
        "compris.",
        meaning_en="Share of the largest set of linked actors that goes, it included.",
        formula="1 − S(after) / S(before), S being the size of the largest component",
        source="Albert, R., Jeong, H. & Barabási, A.-L. (2000), Nature 406, 378–382, "
        "doi:10.1038/35019019",
        unit_fr=_SHARE[0],
        unit_en=_SHARE[1],
        caveat_fr="Ne dit rien des ensembles plus petits.",
        caveat_en="Says nothing of smaller components.",
    ),
    Definition(
        name="perte_efficacite",
        fr="Perte d'efficacité",
        en="Loss of efficiency",
        meaning_fr="De combien les chemins entre les autres s'allongent sans lui : 0, "
        "aucun ne s'allonge ; 1, plus aucun n'existe.",
        meaning_en="How much longer the ways between the others become without it: 0, "
        "none is longer; 1, none is left.",
        formula="1 − Σ 1/d(after) / Σ 1/d(before), over the pairs of those who stay, d "
        "being the number of steps (1/d = 0 where nothing links)",
        source="Latora, V. & Marchiori, M. (2001), Physical Review Letters 87, 198701, "
        "doi:10.1103/PhysRevLett.87.198701",
        unit_fr=_SHARE[0],
        unit_en=_SHARE[1],
        caveat_fr="Au-delà de 500 acteurs, estimée à partir de 64 acteurs tirés, pour "
        "les premières lignes seulement. Sans valeur quand rien ne relie ceux qui "
        "restent.",
        caveat_en="Beyond 500 actors, estimated from 64 actors drawn, for the first "
        "rows only. No value when nothing links those who stay.",
    ),
    Definition(
        name="perte",
        fr="Perte",
        en="Loss",
        meaning_fr="Ce que coûte un départ, en un nombre qui sert à classer : ce qui "
        "n'est plus porté, financé ou fait, et ce qui n'est plus relié.",
        meaning_en="What a departure costs, in one number to rank by: what is no "
        "longer led, funded or done, and what is no longer linked.",
        formula="(h / I + p / P) / 2: h initiatives that lose their last lead, last "
        "funder or last actor, of I; p pairs of actors cut, of P that are linked",
        source=_OURS,
        unit_fr=_SHARE[0],
        unit_en=_SHARE[1],
        caveat_fr="Les deux moitiés comptent autant par convention : lire aussi les "
        "colonnes qui les composent.",
        caveat_en="The two halves count the same by convention: read the columns that "
        "make them as well.",
    ),
    *(
        Definition(
            name=name,
            fr=f"Au hasard : {fr}",
            en=f"At random: {en}",
            meaning_fr="Perte quand autant d'acteurs partent au hasard, ou (courbe) "
            "ce qui reste alors : 90 % des cas sont entre le bas et le haut. Dans le "
            "résumé : la mesure dans les réseaux tirés au hasard.",
            meaning_en="Loss when as many actors leave at random, or what is left then "
            "(curve): 90% of the cases lie between low and high. In the summary: the "
            "measure in the networks drawn at random.",
            formula=f"{statistic} of the loss over all the actors, each leaving alone; "
            "over 100 seeded draws when several leave with a source, or one by one; "
            "over the draws of the null model in the summary",
            source=_OURS,
            unit_fr="celle de ce qui est comparé",
            unit_en="that of what is compared",
            caveat_fr="La plupart des acteurs ne tiennent rien seuls : la bande des "
            "pertes est souvent proche de zéro.",
            caveat_en="Most actors hold nothing alone: the band of losses is often "
            "close to zero.",
        )
        for name, fr, en, statistic in (
            ("hasard_bas", "bas", "low", "5th percentile"),
            ("hasard_moyen", "moyenne", "mean", "mean"),
            ("hasard_haut", "haut", "high", "95th percentile"),
        )
    ),
)
