"""What the measures of a whole network mean."""

from __future__ import annotations

from typing import Final

from spnr_graph.measures.definition import Definition

_SHARE_FR: Final = "sans unité, de 0 à 1"
_SHARE_EN: Final = "no unit, from 0 to 1"
_SIGNED_FR: Final = "sans unité, de −1 à 1"
_SIGNED_EN: Final = "no unit, from −1 to 1"
_FREEMAN: Final = (
    "Freeman 1978, Social Networks 1:215, DOI 10.1016/0378-8733(78)90021-7"
)
_FAUST: Final = (
    "Wasserman & Faust 1994, Social Network Analysis, Cambridge University Press, "
    "DOI 10.1017/CBO9780511815478"
)
_MIXING: Final = "Newman 2003, Phys. Rev. E 67:026126, DOI 10.1103/PhysRevE.67.026126"
_PROJECTED_FR: Final = (
    "Gonflé par la projection : une initiative à n acteurs fait d'un coup "
    "n(n−1)(n−2)/6 triangles. À lire contre le hasard."
)
_PROJECTED_EN: Final = (
    "Inflated by the projection: an initiative of n actors makes n(n−1)(n−2)/6 "
    "triangles at once. To be read against chance."
)

DEFINITIONS: Final = (
    Definition(
        name="acteurs",
        fr="Acteurs",
        en="Actors",
        meaning_fr="Nombre d'acteurs du réseau, ceux sans partenaire compris.",
        meaning_en="Number of actors of the network, those without partner included.",
        formula="n",
        source="a count",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Ceux que les sources nomment : l'absence d'une source est une "
        "absence d'acteurs.",
        caveat_en="Those that the sources name: where a source is missing, so are "
        "its actors.",
    ),
    Definition(
        name="collaborations",
        fr="Collaborations",
        en="Collaborations",
        meaning_fr="Nombre de couples d'acteurs qui partagent une initiative au moins.",
        meaning_en="Number of pairs of actors that share at least one initiative.",
        formula="m",
        source="a count",
        unit_fr="couples d'acteurs",
        unit_en="pairs of actors",
        caveat_fr="Croît comme le carré de la taille des initiatives.",
        caveat_en="Grows as the square of the size of the initiatives.",
    ),
    Definition(
        name="densite",
        fr="Densité",
        en="Density",
        meaning_fr="Part des couples d'acteurs possibles qui travaillent ensemble.",
        meaning_en="Share of the possible pairs of actors that work together.",
        formula="2m / (n(n−1))",
        source=_FAUST,
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Baisse d'elle-même quand le réseau grandit : ne pas comparer des "
        "réseaux de tailles différentes.",
        caveat_en="Falls by itself as a network grows: networks of different sizes "
        "should not be compared.",
    ),
    Definition(
        name="liens_moyens",
        fr="Partenaires en moyenne",
        en="Mean number of partners",
        meaning_fr="Nombre moyen de partenaires d'un acteur.",
        meaning_en="Mean number of partners of an actor.",
        formula="2m / n",
        source=_FAUST,
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Quelques acteurs très liés tirent la moyenne vers le haut.",
        caveat_en="A few actors with many links pull the mean up.",
    ),
    Definition(
        name="composantes",
        fr="Composantes",
        en="Components",
        meaning_fr="Nombre de groupes d'acteurs qu'aucun lien, même indirect, ne "
        "joint.",
        meaning_en="Number of groups of actors that no link, even indirect, joins.",
        formula="number of connected components of two nodes or more",
        source=_FAUST,
        unit_fr="groupes de deux acteurs ou plus",
        unit_en="groups of two actors or more",
        caveat_fr="Une participation oubliée suffit à séparer deux groupes.",
        caveat_en="One forgotten participation is enough to part two groups.",
    ),
    Definition(
        name="part_principale",
        fr="Part de la plus grande composante",
        en="Share of the largest component",
        meaning_fr="Part des acteurs qui peuvent tous se joindre de proche en proche.",
        meaning_en="Share of the actors who can all reach one another step by step.",
        formula="size of the largest component / n",
        source=_FAUST,
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Un seul acteur peut la tenir : voir la résilience.",
        caveat_en="A single actor may hold it together: see resilience.",
    ),
    Definition(
        name="isoles",
        fr="Acteurs sans partenaire",
        en="Actors without partner",
        meaning_fr="Nombre d'acteurs qui agissent seuls dans leurs initiatives.",
        meaning_en="Number of actors who act alone in their initiatives.",
        formula="number of i with k(i) = 0",
        source="a count",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Leurs partenaires sont peut-être seulement inconnus des sources.",
        caveat_en="Their partners may only be unknown to the sources.",
    ),
    Definition(
        name="centralisation",
        fr="Centralisation des liens",
        en="Centralisation of links",
        meaning_fr="À quel point les liens tiennent à un acteur : 1 pour une étoile, 0 "
        "quand tous en ont autant.",
        meaning_en="How much the links depend on one actor: 1 for a star, 0 when all "
        "have as many.",
        formula="Σ_i (max k − k(i)) / ((n−1)(n−2))",
        source=_FREEMAN,
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Vide au-dessous de trois acteurs.",
        caveat_en="Empty below three actors.",
    ),
    Definition(
        name="centralisation_intermediarite",
        fr="Centralisation de l'intermédiarité",
        en="Centralisation of betweenness",
        meaning_fr="À quel point un seul acteur met les autres en relation : 1 pour "
        "une étoile.",
        meaning_en="How much a single actor brings the others together: 1 for a star.",
        formula="Σ_i (max b − b(i)) / (n−1), b normalised",
        source=_FREEMAN,
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Vide au-dessous de trois acteurs ; estimée au-delà d'environ 3 000.",
        caveat_en="Empty below three actors; estimated beyond about 3,000.",
    ),
    Definition(
        name="transitivite",
        fr="Transitivité",
        en="Transitivity",
        meaning_fr="Probabilité que deux partenaires d'un même acteur travaillent "
        "ensemble.",
        meaning_en="Probability that two partners of an actor work together.",
        formula="3 × triangles / paths of two links",
        source="Newman, Strogatz & Watts 2001, Phys. Rev. E 64:026118, "
        "DOI 10.1103/PhysRevE.64.026118",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr=_PROJECTED_FR,
        caveat_en=_PROJECTED_EN,
    ),
    Definition(
        name="regroupement_moyen",
        fr="Regroupement local moyen",
        en="Mean local clustering",
        meaning_fr="En moyenne sur les acteurs, part des couples de leurs partenaires "
        "qui travaillent ensemble.",
        meaning_en="On average over the actors, share of the pairs of their partners "
        "that work together.",
        formula="mean over i of 2 t(i) / (k(i)(k(i)−1)); t(i): triangles at i; 0 when "
        "k(i) < 2",
        source="Watts & Strogatz 1998, Nature 393:440, DOI 10.1038/30918",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr=f"Les acteurs à un partenaire comptent pour 0. {_PROJECTED_FR}",
        caveat_en=f"Actors with one partner count for 0. {_PROJECTED_EN}",
    ),
    Definition(
        name="rencontres_renouvelees",
        fr="Rencontres renouvelées",
        en="Renewed encounters",
        meaning_fr="À quel point deux acteurs qui se rencontrent dans une initiative "
        "se retrouvent dans une autre.",
        meaning_en="How much two actors who meet in one initiative meet again in "
        "another.",
        formula="4 C4 / L3 in the network of actors and initiatives; C4: cycles of "
        "four links, L3: paths of three",
        source="Robins & Alexander 2004, Comput. Math. Organ. Theory 10:69, "
        "DOI 10.1023/B:CMOT.0000032580.12184.c0",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Se lit sur les deux modes, donc sans l'effet de la projection ; ne "
        "regarde pas les dates.",
        caveat_en="Read on both modes, hence without the effect of the projection; "
        "does not look at dates.",
    ),
    Definition(
        name="assortativite_liens",
        fr="Assortativité des liens",
        en="Assortativity of links",
        meaning_fr="Au-dessus de 0, les acteurs très liés travaillent entre eux ; "
        "au-dessous, avec les moins liés.",
        meaning_en="Above 0, actors with many links work with each other; below, with "
        "those who have few.",
        formula="Pearson correlation of k(i) and k(j) over linked i, j",
        source="Newman 2002, Phys. Rev. Lett. 89:208701, "
        "DOI 10.1103/PhysRevLett.89.208701",
        unit_fr=_SIGNED_FR,
        unit_en=_SIGNED_EN,
        caveat_fr="Une grande initiative donne à ses acteurs le même nombre de liens, "
        "et tire vers le haut. Vide quand tous ont autant de liens.",
        caveat_en="A large initiative gives its actors the same number of links and "
        "pulls upwards. Empty when all have as many links.",
    ),
    Definition(
        name="assortativite_genre",
        fr="Assortativité par genre",
        en="Assortativity by kind",
        meaning_fr="1 quand on ne travaille qu'avec son genre, 0 comme au hasard, "
        "au-dessous quand les genres se mêlent plus qu'au hasard.",
        meaning_en="1 when each kind works with itself only, 0 as by chance, below "
        "when kinds mix more than by chance.",
        formula="(Σ_s e(s,s) − Σ_s a(s)²) / (1 − Σ_s a(s)²); e(s,s): share of the "
        "links within s, a(s): share of their ends in s",
        source=_MIXING,
        unit_fr=_SIGNED_FR,
        unit_en=_SIGNED_EN,
        caveat_fr="Sur les liens dont les deux genres sont connus ; vide quand tous "
        "sont du même.",
        caveat_en="Over the links whose two kinds are known; empty when all are of "
        "one.",
    ),
    Definition(
        name="assortativite_territoire",
        fr="Assortativité par territoire",
        en="Assortativity by territory",
        meaning_fr="1 quand on ne travaille que dans son département, 0 comme au "
        "hasard.",
        meaning_en="1 when actors work within their département only, 0 as by chance.",
        formula="as for kinds, s being the département where an actor has most of its "
        "initiatives",
        source=_MIXING,
        unit_fr=_SIGNED_FR,
        unit_en=_SIGNED_EN,
        caveat_fr="Le département est déduit des initiatives, ce qui tire vers le "
        "haut ; les acteurs dont toutes les initiatives sont régionales sont laissés "
        "de côté.",
        caveat_en="The département is inferred from the initiatives, which pulls "
        "upwards; actors whose initiatives are all regional are left out.",
    ),
    Definition(
        name="distance_moyenne",
        fr="Distance moyenne",
        en="Mean distance",
        meaning_fr="Nombre moyen de pas d'un acteur à un autre de la plus grande "
        "composante.",
        meaning_en="Mean number of steps from an actor to another of the largest "
        "component.",
        formula="mean of d(i,j) over the pairs of the largest component",
        source="Watts & Strogatz 1998, Nature 393:440, DOI 10.1038/30918",
        unit_fr="pas",
        unit_en="steps",
        caveat_fr="Estimée au-delà d'environ 3 000 acteurs.",
        caveat_en="Estimated beyond about 3,000 actors.",
    ),
    Definition(
        name="diametre",
        fr="Diamètre",
        en="Diameter",
        meaning_fr="Nombre de pas entre les deux acteurs les plus éloignés de la plus "
        "grande composante.",
        meaning_en="Number of steps between the two most distant actors of the largest "
        "component.",
        formula="max of d(i,j) over the pairs of the largest component",
        source=_FAUST,
        unit_fr="pas",
        unit_en="steps",
        caveat_fr="Tient à un seul couple. Au-delà d'environ 3 000 acteurs, le plus "
        "grand nombre de pas rencontré : le vrai peut être plus grand.",
        caveat_en="Depends on one pair. Beyond about 3,000 actors, the greatest number "
        "of steps met: the true one may be greater.",
    ),
    Definition(
        name="petit_monde",
        fr="Petit monde",
        en="Small world",
        meaning_fr="Au-dessus de 1, les acteurs forment des groupes serrés tout en "
        "restant à peu de pas les uns des autres, plus que le hasard ne le ferait.",
        meaning_en="Above 1, actors form tight groups and yet stay few steps from each "
        "other, more than chance would make it.",
        formula="(C / C0) / (L / L0); C: transitivity, L: mean distance, C0 and L0: "
        "their means over networks drawn at random with the same degrees in both modes",
        source="Humphries & Gurney 2008, PLoS ONE 3:e0002051, "
        "DOI 10.1371/journal.pone.0002051; draws as in Strona et al. 2014, Nat. "
        "Commun. 5:4114, DOI 10.1038/ncomms5114",
        unit_fr="sans unité",
        unit_en="no unit",
        caveat_fr="Le hasard garde à chaque acteur son nombre d'initiatives et à "
        "chaque initiative son nombre d'acteurs : il porte déjà les triangles de la "
        "projection. Un hasard à un seul mode donnerait un chiffre bien plus grand.",
        caveat_en="Chance keeps the number of initiatives of each actor and of actors "
        "of each initiative: it already has the triangles of the projection. Chance "
        "in one mode would give a much greater figure.",
    ),
)
