"""Why two actors may be one, or not: the answers in words, with what they rest on."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from spnr_graph.identity.actors import words
from spnr_graph.identity.model import Text
from spnr_graph.namespaces import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spnr_graph.identity.actors import Actor, Places
    from spnr_graph.identity.evidence import Answers

#: Point → answer → what is said of it, in French and in English.
_SAID: Final = {
    "number": {"same": ("même numéro", "same number")},
    "name": {
        "same": ("même nom", "same name"),
        "placed": ("même nom, commune comprise", "same name, commune included"),
        "common": ("même nom, mais répandu", "same name, though widespread"),
        "alike": ("noms presque identiques", "names almost identical"),
        "contained": ("un nom contient l'autre", "one name holds the other"),
        "acronym": ("le sigle de l'un nomme l'autre", "one is named by an acronym"),
        "shared": ("mots rares communs", "rare words in common"),
        "none": ("noms différents", "different names"),
    },
    "place": {
        "commune": ("même commune", "same commune"),
        "within": ("l'un dans le territoire de l'autre", "one within the other's area"),
        "department": (
            "communes différentes du même département",
            "different communes of one département",
        ),
        "elsewhere": ("départements différents", "different départements"),
    },
    "site": {
        "same": ("même site", "same site"),
        "other": ("sites différents", "different sites"),
    },
    "form": {"other": ("formes différentes", "different forms")},
    "type": {
        "same": ("types compatibles", "compatible types"),
        "other": ("types incompatibles", "incompatible types"),
    },
    "part": {"parent": ("l'un fait partie de l'autre", "one is part of the other")},
}


def reasons(
    kept: Actor, other: Actor, answers: Answers, places: Places
) -> tuple[Text, ...]:
    """Return one sentence per point that has an answer, the number first."""
    points = ("name", "place", "site", "form", "type", "part")
    told = dict(zip(points, answers, strict=True))
    evidence = {
        "number": (kept.numbers & other.numbers, ()),
        "name": _nearest(kept, other),
        "place": (_places(kept, places), _places(other, places)),
        "site": (kept.domains, other.domains),
        "form": (kept.forms, other.forms),
        "type": (_slugs(kept.types), _slugs(other.types)),
        "part": ((), ()),
    }
    if kept.numbers & other.numbers:
        told = {"number": "same", **told}
    return tuple(
        _sentence(*_SAID[point][answer], *evidence[point])
        for point, answer in told.items()
        if answer
    )


def _sentence(fr: str, en: str, mine: Iterable[str], theirs: Iterable[str]) -> Text:
    """Join what is said and what it rests on: once when both sides are the same."""
    sides = [", ".join(sorted(side)) for side in (mine, theirs)]
    shown = list(dict.fromkeys(side for side in sides if side))
    if not shown:
        return Text(fr=f"{fr}.", en=f"{en}.")
    french = " / ".join(f"« {side} »" for side in shown)
    english = " / ".join(f"'{side}'" for side in shown)
    return Text(fr=f"{fr} : {french}.", en=f"{en}: {english}.")


def _nearest(kept: Actor, other: Actor) -> tuple[tuple[str], tuple[str]]:
    """Return the two names that look most alike, one of each."""
    from rapidfuzz import fuzz

    def likeness(pair: tuple[str, str]) -> tuple[bool, float, tuple[str, str]]:
        mine, theirs = (" ".join(sorted(words(name))) for name in pair)
        return mine == theirs, fuzz.ratio(mine, theirs), pair

    mine, theirs = max(product(kept.names, other.names), key=likeness)
    return (mine,), (theirs,)


def _places(actor: Actor, places: Places) -> tuple[str, ...]:
    return tuple(
        places.known[place].name if place in places.known else shorten(place)
        for place in actor.places
    )


def _slugs(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri.rpartition("/")[2] for iri in iris)
