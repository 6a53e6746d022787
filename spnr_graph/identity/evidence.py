"""How two actors compare, point by point, and what each answer weighs.

Weights are base-2 logarithms of how much more often an answer is found between two
records of one body than between those of two (Fellegi and Sunter). They were estimated
on real files whose numbers were hidden, then rounded towards zero; those of types,
parents and forms, which the files hardly give, are chosen: ``docs/identity.md``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from spnr_graph import spelling
from spnr_graph.errors import DataError
from spnr_graph.identity.actors import FORMS
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spnr_graph.identity.actors import Actor, Places

#: Before anything is compared: of two actors that share a block, few are one.
PRIOR: Final = -4.0
#: Point → answer → weight. The answers of a name are in order, the best last.
WEIGHTS: Final[dict[str, dict[str, float]]] = {
    "name": {
        "none": -4, "shared": 2, "acronym": 2, "common": 3, "contained": 4, "alike": 4,
        "placed": 7, "same": 8,
    },
    "place": {"commune": 3, "within": 0, "department": -1, "elsewhere": -3, "": 0},
    "site": {"same": 6, "other": -2, "": 0},
    "form": {"other": -5, "": 0},
    "type": {"same": 0.5, "other": -3, "": 0},
    "part": {"parent": -12, "": 0},
}  # fmt: skip
#: What all that is not the name nor the site can add.
_AT_BEST: Final = sum(
    max(WEIGHTS[point].values()) for point in ("place", "form", "type", "part")
)
_NAME_ORDER: Final = {answer: rank for rank, answer in enumerate(WEIGHTS["name"])}
#: Types that one body may be given by two sources.
_FAMILIES: Final = {
    PREFIXES["type-acteur"] + slug: family
    for slug, family in {
        "association": "a", "collectif": "a", "pole": "ar", "reseau": "ar",
        "commune": "c", "intercommunalite": "i", "bloc-communal": "ci",
        "groupement": "p", "etablissement-public": "p", "enseignement-recherche": "pe",
        "entreprise": "s", "chambre-consulaire": "pk", "departement": "d",
        "region": "r", "etat": "t",
    }.items()
}  # fmt: skip
#: A name borne in more communes than this says little.
_COMMON: Final = 2
#: A word that more than one actor in this many bears is not rare.
_RARE: Final = 100
#: Likeness (0 to 100) of what is left when common words are set aside.
_ALIKE: Final = 75
_ALIKE_WHOLE: Final = 88
#: Letters that a word cut short still has.
_CUT: Final = 3
#: Part of the rare words that two names share, all of them in one, or of both.
_CONTAINED: Final = 0.99
_SHARED: Final = 0.4

Answers = tuple[str, str, str, str, str, str]


class Comparison:
    """Everything that must be counted once to compare any two actors of a list."""

    def __init__(self, actors: Sequence[Actor], places: Places) -> None:
        """Count words and names.

        Args:
            actors: those that will be compared, by their places in this list.
            places: what is known of territories.

        Raises:
            DataError: rapidfuzz is missing.
        """
        self._likeness = _likeness()
        #: The words of each name of each actor.
        self.names = [
            list(dict.fromkeys(places.words(name) for name in actor.names))
            for actor in actors
        ]
        self.frequency = Counter(
            word for names in self.names for word in frozenset[str]().union(*names)
        )
        self.acronyms = [
            frozenset(a for name in actor.names for a in spelling.acronyms(name))
            for actor in actors
        ]
        self._actors = actors
        self._spelt = {n: " ".join(sorted(n)) for names in self.names for n in names}
        self._here = [places.here(actor) for actor in actors]
        self._communes = [places.communes(actor) for actor in actors]
        self._around = [places.around(actor.places) for actor in actors]
        self._departments = [places.departments(actor) for actor in actors]
        self._families = [
            frozenset("".join(_FAMILIES.get(t, "") for t in a.types)) for a in actors
        ]
        size = len(actors) + 1
        self._mass = {w: math.log(size / n) for w, n in self.frequency.items()}
        self._rare = math.log(min(_RARE, max(2, size / 3)))
        self._common = self._borne_widely()

    def _borne_widely(self) -> frozenset[frozenset[str]]:
        """Return the names that organisations of several communes bear."""
        where: dict[frozenset[str], set[str]] = defaultdict(set)
        for rank, names in enumerate(self.names):
            for name in names:
                where[name] |= self._communes[rank]
        return frozenset(n for n, communes in where.items() if len(communes) > _COMMON)

    def answers(self, one: int, other: int, odds: float) -> Answers | None:
        """Return the answer on each point: name, place, site, form, type, part.

        Args:
            one: place of an actor in the list.
            other: place of another.
            odds: logarithm below which there is no need to know more; the answer is
                then None.
        """
        first, second = self._actors[one], self._actors[other]
        name = self._name(one, other)
        site = _met(first.domains, second.domains)
        known = PRIOR + WEIGHTS["name"][name] + WEIGHTS["site"][site]
        if known + _AT_BEST < odds:
            return None
        parent = first.iri in second.parents or second.iri in first.parents
        return (
            name,
            self._place(one, other),
            site,
            _met(first.forms, second.forms).replace("same", ""),
            _met(self._families[one], self._families[other]),
            "parent" if parent else "",
        )

    def _name(self, one: int, other: int) -> str:
        """Return the best answer that any two of the names give."""
        best = "none"
        for mine in self.names[one]:
            for theirs in self.names[other]:
                found = self._names(mine, theirs, one, other)
                if _NAME_ORDER[found] > _NAME_ORDER[best]:
                    best = found
        return best

    def _names(
        self, mine: frozenset[str], theirs: frozenset[str], one: int, other: int
    ) -> str:
        """Compare two names, with and without the words of the commune."""
        if mine == theirs:
            return "common" if mine in self._common else "same"
        shared = mine & theirs
        if shared and self._placed(mine, theirs, one, other):
            return "placed"
        rest, left = mine - shared, theirs - shared
        if rest and left:
            if _numbered(rest) and _numbered(left):
                return "none"  # two of a series
            if self._mistyped(mine, theirs, rest, left) or _shortened(rest, left):
                return "alike"
        elif (rest | left) <= FORMS.keys():
            return "contained"
        if self._is_acronym(mine, other) or self._is_acronym(theirs, one):
            return "acronym"
        return self._shared(mine, theirs, shared - self._here[one] - self._here[other])

    def _placed(
        self, mine: frozenset[str], theirs: frozenset[str], one: int, other: int
    ) -> bool:
        """Say whether two names are one once each is given its commune."""
        here, there = self._here[one], self._here[other]
        return bool(mine - here - there) and mine | here == theirs | there

    def _shared(
        self, mine: frozenset[str], theirs: frozenset[str], telling: frozenset[str]
    ) -> str:
        """Weigh the words that two names share; one of them must be rare."""
        if not any(self._mass[word] >= self._rare for word in telling):
            return "none"
        common = self._sum(mine & theirs)
        if common >= _CONTAINED * min(self._sum(mine), self._sum(theirs)):
            return "contained"
        return "shared" if common >= _SHARED * self._sum(mine | theirs) else "none"

    def _mistyped(
        self,
        mine: frozenset[str],
        theirs: frozenset[str],
        rest: frozenset[str],
        left: frozenset[str],
    ) -> bool:
        """Say whether two names are one, written with a slip."""
        one, other = self._spelt[mine], self._spelt[theirs]
        if not self._likeness(one, other, score_cutoff=_ALIKE_WHOLE):
            return False
        return self._likeness(" ".join(sorted(rest)), " ".join(sorted(left))) >= _ALIKE

    def _is_acronym(self, name: frozenset[str], other: int) -> bool:
        return len(name) == 1 and not name.isdisjoint(self.acronyms[other])

    def _sum(self, some: frozenset[str]) -> float:
        return sum([self._mass[word] for word in some])

    def _place(self, one: int, other: int) -> str:
        """Say how near to each other two actors are."""
        mine, theirs = self._actors[one].places, self._actors[other].places
        if not mine or not theirs:
            return ""
        if not self._communes[one].isdisjoint(self._communes[other]):
            return "commune"
        if self._around[one] & theirs or self._around[other] & mine:
            return "within"
        near, far = self._departments[one], self._departments[other]
        if not near or not far:
            return ""
        return "elsewhere" if near.isdisjoint(far) else "department"


def weigh(answers: Answers) -> float:
    """Return the probability that two actors are one, from 0 to 1."""
    weights = zip(WEIGHTS.values(), answers, strict=True)
    total = PRIOR + sum(point[answer] for point, answer in weights)
    return 1 / (1 + 2**-total)


def _met(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Say whether two sets meet; nothing when one is empty."""
    if not mine or not theirs:
        return ""
    return "other" if mine.isdisjoint(theirs) else "same"


def _numbered(some: frozenset[str]) -> bool:
    return any(word.isdigit() for word in some)


def _shortened(rest: frozenset[str], left: frozenset[str]) -> bool:
    """Say whether what differs is the same words, some of them cut short."""
    if len(rest) != len(left):
        return False
    pairs = zip(sorted(rest), sorted(left), strict=True)
    return all(
        min(len(one), len(other)) >= _CUT
        and (one.startswith(other) or other.startswith(one))
        for one, other in pairs
    )


def _likeness() -> Callable[..., float]:
    """Return how alike two texts are, from 0 to 100."""
    try:
        from rapidfuzz.fuzz import ratio
    except ImportError as exc:
        raise DataError(
            fr="Rapprocher des acteurs demande rapidfuzz, qui n'est pas installé. "
            "L'installer : pip install 'spnr-graph[identity]'.",
            en="Matching actors needs rapidfuzz, which is not installed. Install it: "
            "pip install 'spnr-graph[identity]'.",
        ) from exc
    return ratio
