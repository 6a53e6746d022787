"""Invented French names: places, actors, initiatives. None of them exists."""

from __future__ import annotations

import unicodedata
from typing import Final

_FIRST: Final = (
    "Arc", "Bel", "Bour", "Chan", "Char", "Clair", "Cor", "Cour", "Dam", "Fon",
    "Gran", "Haute", "Lan", "Mai", "Mar", "Mont", "Neu", "Or", "Pont", "Roche",
    "Saint-Aub", "Sau", "Val", "Ver", "Vil", "Vou",
)  # fmt: skip
_MIDDLE: Final = (
    "", "a", "be", "ce", "de", "fi", "ge", "la", "le", "li", "mi", "ne",
    "ré", "ri", "ve",
)  # fmt: skip
_LAST: Final = (
    "berg", "çon", "court", "dreuil", "fontaine", "gny", "lans", "lieu", "mont", "nans",
    "ney", "rand", "rey", "rupt", "sey", "signy", "tier", "vannes", "ville", "vois",
)  # fmt: skip
_RIVERS: Final = (
    "", "sur-Aubre", "sur-Brenne", "sur-Cousance", "sur-Dessoue", "sur-Ergue",
    "sur-Lanne", "sur-Morne", "sur-Orbe", "sur-Selle", "sur-Torme", "sur-Vèze",
)  # fmt: skip

#: Kind of actor → how its name begins.
ACTOR_WORDS: Final = {
    "etat": ("Préfecture", "Direction de l'État", "Agence nationale"),
    "departement": ("Département",),
    "region": ("Région",),
    "commune": ("Commune de", "Ville de"),
    "intercommunalite": ("Communauté de communes", "Communauté d'agglomération"),
    "etablissement-public": ("Syndicat mixte", "Office public", "Régie publique"),
    "groupement": ("Groupement d'intérêt public", "Groupement de commandes"),
    "chambre-consulaire": ("Chambre d'agriculture", "Chambre de métiers"),
    "enseignement-recherche": ("Université", "Lycée", "Laboratoire", "École"),
    "pole": ("Pôle de compétitivité", "Pôle numérique"),
    "reseau": ("Réseau des médiateurs", "Réseau des tiers-lieux"),
    "entreprise": ("Société", "Coopérative", "Ateliers"),
    "association": ("Association", "Maison pour tous", "Fabrique"),
}
#: Kind of initiative → how its name begins.
INITIATIVE_WORDS: Final = {
    "service": ("Plateforme", "Guichet en ligne", "Portail"),
    "infrastructure": ("Réseau fibre", "Réseau radio", "Boucle locale"),
    "programme": ("Programme", "Plan d'action"),
    "projet": ("Projet", "Démonstrateur"),
    "equipement": ("Centre de données", "Atelier partagé"),
    "evenement": ("Rencontres", "Forum"),
    "dispositif-aide": ("Appel à projets", "Fonds de soutien"),
    "strategie": ("Stratégie", "Schéma directeur"),
    "formation": ("Parcours de formation", "Ateliers de médiation"),
    "lieu": ("Tiers-lieu", "Espace public numérique"),
    "outil": ("Outil", "Boîte à outils"),
    "reseau": ("Réseau", "Communauté de pratiques"),
    "donnees": ("Observatoire", "Données ouvertes"),
}
_THEMES: Final = (
    "de l'inclusion numérique", "des usages", "de la donnée publique",
    "de la santé à distance", "des mobilités", "de l'école connectée",
    "de la cybersécurité", "de l'eau et de l'énergie", "de l'agriculture connectée",
    "du tourisme", "de la culture", "des petites entreprises",
    "des démarches en ligne", "de l'accompagnement des agents",
    "du très haut débit", "de la sobriété numérique",
)  # fmt: skip


def place(index: int) -> str:
    """Return the name of a place; 93,600 differ, then a number makes them differ."""
    rest, first = divmod(index, len(_FIRST))
    rest, last = divmod(rest, len(_LAST))
    rest, middle = divmod(rest, len(_MIDDLE))
    again, river = divmod(rest, len(_RIVERS))
    name = _FIRST[first] + _MIDDLE[middle] + _LAST[last]
    parts = [name, _RIVERS[river], str(again + 1) if again else ""]
    return "-".join(part for part in parts if part)


def actor(kind: str, index: int) -> str:
    """Return the name of an actor."""
    words = ACTOR_WORDS[kind]
    return f"{words[index % len(words)]} {place(index)}"


def initiative(kind: str, index: int) -> str:
    """Return the name of an initiative."""
    words = INITIATIVE_WORDS[kind]
    theme = _THEMES[(index // 7) % len(_THEMES)]
    return f"{words[index % len(words)]} {theme}, {place(index)}"


def slug(name: str, index: int) -> str:
    """Return a name as it stands in an IRI, the index making it unique."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain.lower()).split()
    return "-".join([*words, str(index)])
