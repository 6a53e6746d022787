"""Words of the charts, and what is drawn when there is nothing to draw."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final, Literal

from spnr_graph.render.sheet import SOFT, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Form = Literal["svg", "png"]

WORDS: Final = {
    "fr": {
        "blank": "zone blanche : aucune initiative",
        "cell": "initiatives localisées",
        "actors": "Nombre d'acteurs",
        "degree": "Nombre de partenaires",
        "median": "médiane : {}",
        "unknown": "date inconnue",
        "ongoing": "sans fin connue",
        "others": "… et {} initiatives sans date",
        "nothing": "Rien à dessiner : aucune donnée ne correspond. Élargir les "
        "filtres.",
        "heat": "Nombre d'initiatives par territoire. Cases vides : {} sur {}.",
        "spread": "{} acteurs ; la moitié a au plus {} partenaires, le plus lié en a "
        "{} ({}).",
        "spans": "{} initiatives de {} à {}.",
    },
    "en": {
        "blank": "blank: no initiative",
        "cell": "initiatives located there",
        "actors": "Number of actors",
        "degree": "Number of partners",
        "median": "median: {}",
        "unknown": "date unknown",
        "ongoing": "no known end",
        "others": "… and {} initiatives without date",
        "nothing": "Nothing to draw: no data match. Widen the filters.",
        "heat": "Number of initiatives by territory. Empty cells: {} of {}.",
        "spread": "{} actors; half have at most {} partners, the most linked has {} "
        "({}).",
        "spans": "{} initiatives from {} to {}.",
    },
}


def folded(text: str, width: int) -> str:
    """Break a name into lines."""
    return "\n".join(textwrap.wrap(shown(text, 80), width))


def nothing(figure: Figure, lang: str) -> None:
    """Say that there is nothing to draw."""
    figure.text(
        0.5,
        0.5,
        WORDS[lang]["nothing"],
        size=16,
        color=SOFT,
        ha="center",
        va="center",
    )
