"""What the measures of actors mean."""

from __future__ import annotations

from typing import Final

from spnr_graph.measures.definition import Definition

_SHARE_FR: Final = "sans unité, de 0 à 1"
_SHARE_EN: Final = "no unit, from 0 to 1"

DEFINITIONS: Final = (
    Definition(
        name="liens",
        fr="Liens",
        en="Links",
        meaning_fr="Nombre d'acteurs avec qui l'acteur travaille.",
        meaning_en="Number of actors that the actor works with.",
        formula="k(i) = number of j linked with i",
        source="Freeman 1978, Social Networks 1:215, DOI 10.1016/0378-8733(78)90021-7",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Une seule grande initiative suffit à donner beaucoup de liens : "
        "chacun de ses acteurs est lié à tous les autres.",
        caveat_en="One large initiative is enough to give many links: each of its "
        "actors is linked to all the others.",
    ),
    Definition(
        name="force",
        fr="Force",
        en="Strength",
        meaning_fr="Ampleur de ses collaborations : somme des poids de ses liens.",
        meaning_en="Extent of its collaborations: sum of the weights of its links.",
        formula="s(i) = Σ_j w(i,j)",
        source="Barrat, Barthélemy, Pastor-Satorras & Vespignani 2004, PNAS 101:3747, "
        "DOI 10.1073/pnas.0400087101",
        unit_fr="celle du poids : initiatives partagées, parts de Newman ou euros",
        unit_en="that of the weight: shared initiatives, Newman's shares or euros",
        caveat_fr="À comparer seulement à poids et filtres égaux.",
        caveat_en="To be compared only under the same weight and filters.",
    ),
    Definition(
        name="intermediarite",
        fr="Intermédiarité",
        en="Betweenness",
        meaning_fr="Part des couples d'autres acteurs dont les plus courts chemins "
        "passent par lui : il peut les mettre en relation, ou manquer.",
        meaning_en="Share of the pairs of other actors whose shortest paths pass by "
        "it: it can bring them together, or be missed.",
        formula="b(i) = 2 / ((n−1)(n−2)) × Σ_{s<t} σ(s,t|i) / σ(s,t); σ(s,t): shortest "
        "paths from s to t, σ(s,t|i): those that pass by i",
        source="Freeman 1977, Sociometry 40:35, DOI 10.2307/3033543; computed as in "
        "Brandes 2001, J. Math. Sociol. 25:163, DOI 10.1080/0022250X.2001.9990249",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Un lien compte pour un pas quel que soit son poids. Au-delà "
        "d'environ 3 000 acteurs, estimée sur un échantillon, avec son erreur type.",
        caveat_en="A link is one step whatever it weighs. Beyond about 3,000 actors it "
        "is estimated from a sample: the standard error is given.",
    ),
    Definition(
        name="intermediarite_erreur",
        fr="Erreur type de l'intermédiarité",
        en="Standard error of betweenness",
        meaning_fr="De combien l'intermédiarité estimée s'écarte d'ordinaire de la "
        "vraie ; 0 quand elle est exacte.",
        meaning_en="How far the estimated betweenness usually is from the true one; 0 "
        "where it is exact.",
        formula="m × √(s²/p × (1 − p/m)) × 2/((n−1)(n−2)); p starting points drawn "
        "among the m nodes of a component, s² the variance of what each contributes",
        source="Brandes & Pich 2007, Int. J. Bifurcat. Chaos 17:2303, "
        "DOI 10.1142/S0218127407018403; Geisberger, Sanders & Schultes 2008, ALENEX, "
        "DOI 10.1137/1.9781611972887.9",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Pour les premiers du classement, la vraie valeur est à moins de "
        "deux erreurs types neuf fois sur dix ; pour les derniers, l'erreur dite est "
        "trop petite.",
        caveat_en="For the first of the ranking the true value is within two standard "
        "errors nine times in ten; for the last ones the error that is said is too "
        "small.",
    ),
    Definition(
        name="proximite",
        fr="Proximité",
        en="Closeness",
        meaning_fr="À quel point il est à peu de pas de tous : 1 quand il travaille "
        "avec chacun, 0 quand il est seul.",
        meaning_en="How few steps away everyone is: 1 when it works with each, 0 when "
        "it is alone.",
        formula="c(i) = r/(n−1) × r/Σ_j d(i,j); r: actors within reach, d: steps",
        source="Wasserman & Faust 1994, Social Network Analysis, Cambridge University "
        "Press, DOI 10.1017/CBO9780511815478",
        unit_fr=_SHARE_FR,
        unit_en=_SHARE_EN,
        caveat_fr="Varie peu dans un petit réseau dense ; estimée au-delà d'environ "
        "3 000 acteurs.",
        caveat_en="Varies little in a small dense network; estimated beyond about "
        "3,000 actors.",
    ),
    Definition(
        name="pagerank",
        fr="PageRank",
        en="PageRank",
        meaning_fr="Poids d'un acteur d'après celui de ses partenaires : être lié à "
        "qui compte fait compter.",
        meaning_en="Weight of an actor by that of its partners: being linked with who "
        "counts makes it count.",
        formula="r(i) = 0.15/n + 0.85 × Σ_j r(j) w(i,j)/s(j)",
        source="Brin & Page 1998, Computer Networks 30:107, "
        "DOI 10.1016/S0169-7552(98)00110-X",
        unit_fr="sans unité ; la somme sur les acteurs vaut 1",
        unit_en="no unit; the sum over the actors is 1",
        caveat_fr="Dans un réseau sans direction, suit de près la force.",
        caveat_en="In a network without direction it follows strength closely.",
    ),
    Definition(
        name="coeur",
        fr="Cœur",
        en="Core",
        meaning_fr="Le plus grand k tel que l'acteur appartient à un groupe où chacun "
        "a au moins k partenaires dans le groupe.",
        meaning_en="The largest k such that the actor belongs to a group where each "
        "has at least k partners within the group.",
        formula="largest k such that i is in the k-core",
        source="Seidman 1983, Social Networks 5:269, DOI 10.1016/0378-8733(83)90028-X",
        unit_fr="partenaires",
        unit_en="partners",
        caveat_fr="Une initiative à n acteurs place d'emblée chacun dans le cœur n−1.",
        caveat_en="An initiative of n actors puts each in the (n−1)-core at once.",
    ),
    Definition(
        name="contrainte",
        fr="Contrainte",
        en="Constraint",
        meaning_fr="À quel point ses partenaires se connaissent entre eux : faible, il "
        "est seul à les relier ; forte, il ne leur apprend rien.",
        meaning_en="How much its partners know each other: when low it alone links "
        "them; when high it tells them nothing new.",
        formula="Σ_j (p(i,j) + Σ_q p(i,q) p(q,j))²; p(i,j) = w(i,j)/s(i), j "
        "linked to i",
        source="Burt 1992, Structural Holes, Harvard University Press; Burt 2004, "
        "Am. J. Sociol. 110:349, DOI 10.1086/421787",
        unit_fr="sans unité ; peut dépasser 1 avec deux partenaires",
        unit_en="no unit; may exceed 1 with two partners",
        caveat_fr="Vide pour un acteur sans partenaire ; peu parlante au-dessous de "
        "trois partenaires.",
        caveat_en="Empty for an actor without partner; says little below three.",
    ),
    Definition(
        name="taille_effective",
        fr="Taille effective",
        en="Effective size",
        meaning_fr="Nombre de partenaires qui ne font pas double emploi.",
        meaning_en="Number of partners that do not repeat each other.",
        formula="Σ_j (1 − Σ_q p(i,q) m(j,q)); m(j,q) = w(j,q)/max_k w(j,k), j linked "
        "to i",
        source="Burt 1992, Structural Holes, Harvard University Press; Borgatti 1997, "
        "Connections 20(1):35",
        unit_fr="acteurs",
        unit_en="actors",
        caveat_fr="Vide pour un acteur sans partenaire.",
        caveat_en="Empty for an actor without partner.",
    ),
)
