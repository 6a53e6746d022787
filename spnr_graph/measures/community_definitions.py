"""What the figures of communities mean."""

from __future__ import annotations

from typing import Final

from spnr_graph.measures.definition import Definition

_SHARE_FR: Final = "sans unité, de 0 à 1"
_SHARE_EN: Final = "no unit, from 0 to 1"
_CONSENSUS: Final = (
    "Lancichinetti & Fortunato 2012, Sci. Rep. 2:336, DOI 10.1038/srep00336"
)

DEFINITIONS: Final = (
    Definition(
        name="communaute",
        fr="Communauté",
        en="Community",
        meaning_fr="Groupe d'acteurs qui travaillent plus entre eux qu'avec les "
        "autres ; le numéro 1 est le plus grand.",
        meaning_en="Group of actors that work together more than with the others; "
        "number 1 is the largest.",
        formula="Louvain from many seeds; again on the network whose links weigh the "
        "share of runs that keep both ends together (at least 1/2), until all agree; "
        "parts that are not linked within are parted",
        source=f"{_CONSENSUS}; Blondel et al. 2008, J. Stat. Mech. P10008, "
        "DOI 10.1088/1742-5468/2008/10/P10008",
        unit_fr="numéro",
        unit_en="number",
        caveat_fr="Un groupe trouvé par le calcul n'est pas une institution ; les très "
        "petits groupes peuvent être fondus dans de plus grands.",
        caveat_en="A group that is computed is no institution; very small groups may "
        "be merged into larger ones.",
    ),
    Definition(
        name="taille",
        fr="Taille",
        en="Size",
        meaning_fr="Nombre d'acteurs de la communauté, ou du groupe proposé.",
        meaning_en="Number of actors of the community, or of the group proposed.",
        formula="number of nodes",
        source="a count",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Compte le noyau et la frontière.",
        caveat_en="Counts the core and the border.",
    ),
    Definition(
        name="stabilite",
        fr="Stabilité",
        en="Stability",
        meaning_fr="Part des tirages où l'acteur est avec la majorité de sa "
        "communauté.",
        meaning_en="Share of the runs in which the actor is with most of its "
        "community.",
        formula="s(i) = share of runs r where i is in the part of r that holds most of "
        "the community of i",
        source=_CONSENSUS,
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Dit si la méthode hésite, non si l'acteur est fidèle à ses "
        "partenaires.",
        caveat_en="Says whether the method wavers, not whether the actor is loyal to "
        "its partners.",
    ),
    Definition(
        name="noyau",
        fr="Noyau",
        en="Core",
        meaning_fr="Acteurs que neuf tirages sur dix au moins gardent dans leur "
        "communauté.",
        meaning_en="Actors that nine runs in ten at least keep in their community.",
        formula="number of i with s(i) ≥ 0.9",
        source=_CONSENSUS,
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Le seuil de 0,9 est une convention.",
        caveat_en="The threshold of 0.9 is a convention.",
    ),
    Definition(
        name="frontiere",
        fr="Frontière",
        en="Border",
        meaning_fr="Acteurs d'une communauté que des tirages mettent ailleurs ; chacun "
        "penche vers l'autre communauté où il est le plus souvent.",
        meaning_en="Actors of a community that some runs put elsewhere; each leans to "
        "the other community where it is most often.",
        formula="number of i with s(i) < 0.9",
        source=_CONSENSUS,
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Une frontière est souvent un pont, non un défaut.",
        caveat_en="A border is often a bridge, not a fault.",
    ),
    Definition(
        name="modularite",
        fr="Modularité",
        en="Modularity",
        meaning_fr="Part des liens à l'intérieur des communautés, moins celle que le "
        "hasard donnerait : au-delà de 0,3, les communautés sont nettes.",
        meaning_en="Share of links inside communities, less what chance would give: "
        "beyond 0.3, communities are clear.",
        formula="Q = Σ_c [ w(c)/W − γ·(s(c)/2W)² ], w(c) weight inside c, s(c) "
        "strength of c, W all weight, γ resolution",
        source="Newman & Girvan 2004, Phys. Rev. E 69:026113, "
        "DOI 10.1103/PhysRevE.69.026113",
        unit_fr="sans unité, de −0,5 à 1",
        unit_en="no unit, from −0.5 to 1",
        caveat_fr="Même un réseau tiré au hasard a une modularité positive ; "
        "un réseau fait d'initiatives l'a plus haute qu'un autre.",
        caveat_en="Even a network drawn at random has a positive modularity; one made "
        "of initiatives has a higher one than others.",
    ),
    Definition(
        name="accord",
        fr="Accord des tirages",
        en="Agreement of runs",
        meaning_fr="Ressemblance moyenne des partitions que donnent deux tirages : 1 "
        "quand tous donnent la même.",
        meaning_en="Mean likeness of the partitions that two runs give: 1 when all "
        "give the same.",
        formula="mean over pairs of runs of 2·I(A,B) / (H(A) + H(B))",
        source="Danon et al. 2005, J. Stat. Mech. P09008, "
        "DOI 10.1088/1742-5468/2005/09/P09008",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Monte avec le nombre de communautés, même par hasard.",
        caveat_en="Rises with the number of communities, even by chance.",
    ),
)
