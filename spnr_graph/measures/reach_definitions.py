"""What the measures of reach mean, over axes, départements and communities."""

from __future__ import annotations

from typing import Final

from spnr_graph.measures.definition import Definition

_PIELOU: Final = (
    "Pielou 1966, J. Theor. Biol. 13:131, DOI 10.1016/0022-5193(66)90013-0; entropy of "
    "Shannon 1948, Bell Syst. Tech. J. 27:379, DOI 10.1002/j.1538-7305.1948.tb01338.x"
)
_AMARAL: Final = "Guimerà & Amaral 2005, Nature 433:895, DOI 10.1038/nature03288"

#: Column → what it counts and what it leaves out, in French and in English.
_KINDS: Final = {
    "axes": (
        ("axes", "de politique publique que servent ses initiatives"),
        ("axes", "of public policy that its initiatives serve"),
        "Une initiative sans axe connu n'y compte pas.",
        "An initiative without known axis does not count.",
    ),
    "departements": (
        ("départements", "où ont lieu ses initiatives"),
        ("départements", "where its initiatives take place"),
        "Une initiative régionale ou nationale n'y compte pas.",
        "A regional or national initiative does not count.",
    ),
    "communautes": (
        ("communautés", "de ses partenaires"),
        ("communities", "of its partners"),
        "Dépend du découpage en communautés, lui-même incertain à leurs bords.",
        "Depends on how communities are drawn, uncertain at their borders.",
    ),
}


def _number(name: str) -> Definition:
    """Return the definition of how many categories of a kind are reached."""
    (fr, of_fr), (en, of_en), caveat_fr, caveat_en = _KINDS[name]
    return Definition(
        name=name,
        fr=fr.capitalize(),
        en=en.capitalize(),
        meaning_fr=f"Nombre de {fr} {of_fr}.",
        meaning_en=f"Number of {en} {of_en}.",
        formula="number of categories s with p(s) > 0",
        source="a count",
        unit_fr=fr,
        unit_en=en,
        caveat_fr=caveat_fr,
        caveat_en=caveat_en,
    )


def _evenness(name: str) -> Definition:
    """Return the definition of how evenly the categories of a kind are reached."""
    (fr, of_fr), (en, of_en), caveat_fr, caveat_en = _KINDS[name]
    return Definition(
        name=f"{name}_equilibre",
        fr=f"Équilibre entre {fr}",
        en=f"Evenness over {en}",
        meaning_fr="À quel point son activité se répartit également entre "
        f"les {fr} {of_fr}.",
        meaning_en=f"How evenly its activity is shared out between the {en} {of_en}.",
        formula="−Σ_s p(s) ln p(s) / ln S; p(s): share in category s, S categories",
        source=_PIELOU,
        unit_fr="sans unité, de 0 à 1",
        unit_en="no unit, from 0 to 1",
        caveat_fr=f"Vide au-dessous de deux catégories. {caveat_fr}",
        caveat_en=f"Empty below two categories. {caveat_en}",
    )


def _participation(name: str) -> Definition:
    """Return the definition of how much activity is spread over a kind."""
    (fr, of_fr), (en, of_en), caveat_fr, caveat_en = _KINDS[name]
    return Definition(
        name=f"{name}_participation",
        fr=f"Participation à plusieurs {fr}",
        en=f"Participation in several {en}",
        meaning_fr="Probabilité que deux de ses activités, tirées au hasard, ne "
        f"tombent pas dans la même catégorie : {fr} {of_fr}.",
        meaning_en="Probability that two of its activities, drawn at random, do not "
        f"fall in the same category: {en} {of_en}.",
        formula="1 − Σ_s p(s)²; p(s): share in category s",
        source=_AMARAL,
        unit_fr="sans unité, de 0 à 1 − 1/S",
        unit_en="no unit, from 0 to 1 − 1/S",
        caveat_fr=f"Vide sans catégorie. {caveat_fr}",
        caveat_en=f"Empty without category. {caveat_en}",
    )


DEFINITIONS: Final = tuple(
    make(name) for name in _KINDS for make in (_number, _evenness, _participation)
)
