"""Why an actor is a broker, in a sentence made of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph.render.numbers import counted, percent

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Broker:
    """What the sentence about an actor is made of.

    Attributes:
        partners: number of partners.
        only: label of the first partner, said when there is no other.
        communities: of its partners; ``departments`` and ``axes`` of its initiatives.
        share: its betweenness.
        exact: whether the betweenness is.
        cut_off: actors that nothing would link to the rest without it.
    """

    partners: int
    only: str
    communities: int
    departments: int
    axes: int
    share: float
    exact: bool
    cut_off: int


def why(broker: Broker, lang: str) -> str:
    """Say what an actor brings together, or why it brings nobody together."""
    if broker.partners < 2 or not broker.share:
        return _no_broker(broker, french=lang == "fr")
    partners = counted(
        broker.partners, ("partenaire", "partenaires", "partner", "partners"), lang
    )
    share, where = percent(broker.share, lang), _where(broker, lang)
    actors = counted(broker.cut_off, ("acteur", "acteurs", "actor", "actors"), lang)
    if lang == "fr":
        said = [
            f"Relie {partners}{where}",
            f"{share} des plus courts chemins entre les autres passent par lui",
        ]
        would = "seraient coupés" if broker.cut_off > 1 else "serait coupé"
        cut = f"sans lui, {actors} {would} du reste"
        return " ; ".join([*said, cut] if broker.cut_off else said) + "."
    said = [
        f"Links {partners}{where}",
        f"{share} of the shortest paths between the others pass by it",
    ]
    cut = f"without it, {actors} would be cut off from the rest"
    return "; ".join([*said, cut] if broker.cut_off else said) + "."


def _no_broker(broker: Broker, *, french: bool) -> str:
    """Say why nobody needs this actor to reach another one."""
    if not broker.partners:
        return (
            "Sans partenaire dans ce réseau."
            if french
            else "Without partner in this network."
        )
    if broker.partners == 1:
        return (
            f"Ne tient au réseau que par un seul partenaire : {broker.only}."
            if french
            else f"Tied to the network by {broker.only} alone."
        )
    if broker.exact:
        every = ("", "") if broker.partners == 2 else ("tous ", "all ")
        return (
            f"Ses {broker.partners} partenaires travaillent déjà {every[0]}ensemble."
            if french
            else f"Its {broker.partners} partners {every[1]}work together already."
        )
    return (
        f"{broker.partners} partenaires ; aucun chemin de l'échantillon ne passe par "
        "lui."
        if french
        else f"{broker.partners} partners; no path of the sample passes by it."
    )


def _where(broker: Broker, lang: str) -> str:
    """Say over what an actor reaches; what is not known, or none, is left out."""
    french = lang == "fr"
    if broker.communities == 1:
        whose = " d'une même communauté" if french else " of one community"
    elif broker.communities:
        words = ("communauté", "communautés", "community", "communities")
        number = counted(broker.communities, words, lang)
        whose = f" de {number}" if french else f" of {number}"
    else:
        whose = ""
    places = []
    if broker.departments:
        words = ("département", "départements", "département", "départements")
        number = counted(broker.departments, words, lang)
        places.append(f"dans {number}" if french else f"in {number}")
    if broker.axes:
        number = counted(broker.axes, ("axe", "axes", "axis", "axes"), lang)
        places.append(f"sur {number}" if french else f"on {number}")
    return whose + (", " + _both(places, "et" if french else "and") if places else "")


def _both(parts: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join(parts)
