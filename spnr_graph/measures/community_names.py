"""What each community is called: its centre, and what marks it off from the network."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from spnr_graph.measures.communities import Communities
    from spnr_graph.projection import Links

    #: Kind of trait (``TRAITS``) → node → its traits.
    Traits = Mapping[str, Mapping[str, Collection[str]]]

#: Kinds of traits, in the order in which equals are preferred.
TRAITS: Final = ("axe", "territoire", "genre")
#: A trait marks a community when two members and this share of them have it…
_LEAST_SHARE: Final = 0.4
#: … and when it is so many times as frequent as in the whole network.
_LEAST_LIFT: Final = 1.25
_MOST_TRAITS: Final = 2
_MOST_MEMBERS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Trait:
    """What marks a community.

    Attributes:
        kind: one of ``TRAITS``.
        iri: what members have in common.
        members: number of members that have it.
        share: share of the network's linked nodes that have it.
    """

    kind: str
    iri: str
    members: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Character:
    """A community, in the terms of its name; the same in every language.

    Attributes:
        size: number of members.
        central: the members with most weight inside the community, that with most
            first, five at most.
        traits: what marks it, the most telling first, of different kinds.
    """

    size: int
    central: tuple[str, ...]
    traits: tuple[Trait, ...]


@dataclass(frozen=True, kw_only=True)
class CommunityName:
    """A name, unique in its network, and the reasons for it in a sentence."""

    name: str
    why: str


def characters(
    links: Links, found: Communities, traits: Traits
) -> tuple[Character, ...]:
    """Return what marks each community, in their order.

    The trait that tells most is that of the highest p·ln(p/q), the part of the
    Kullback–Leibler divergence that it makes: p is its share of the members, q its
    share of the network.

    Args:
        links: the network of which the communities were found.
        found: the communities.
        traits: what is known of the nodes.
    """
    within = _weight_within(links, found)
    members: list[list[int]] = [[] for _ in found.sizes]
    for node, community in enumerate(found.of.tolist()):
        if community >= 0:
            members[community].append(node)
    everyone = [links.nodes[node] for group in members for node in group]
    overall = {kind: _counts(everyone, traits.get(kind, {})) for kind in TRAITS}
    return tuple(
        Character(
            size=len(group),
            central=tuple(
                links.nodes[node]
                for node in sorted(group, key=lambda node: (-within[node], node))
            )[:_MOST_MEMBERS],
            traits=_telling([links.nodes[n] for n in group], everyone, traits, overall),
        )
        for group in members
    )


def _weight_within(links: Links, found: Communities) -> list[float]:
    """Return the weight of each node's links within its community."""
    edges = links.weights.tocoo()
    same = found.of[edges.row] == found.of[edges.col]
    within: list[float] = np.bincount(
        edges.row[same], weights=edges.data[same], minlength=len(links.nodes)
    ).tolist()
    return within


def _counts(
    nodes: Sequence[str], traits: Mapping[str, Collection[str]]
) -> Counter[str]:
    """Return how many of the nodes have each trait."""
    return Counter(trait for node in nodes for trait in set(traits.get(node, ())))


def _telling(
    group: Sequence[str],
    everyone: Sequence[str],
    traits: Traits,
    overall: Mapping[str, Counter[str]],
) -> tuple[Trait, ...]:
    """Return the most telling trait of each kind, the most telling kinds first."""
    best: list[tuple[float, int, Trait]] = []
    for rank, kind in enumerate(TRAITS):
        rated = []
        for iri, count in _counts(group, traits.get(kind, {})).items():
            inside, outside = count / len(group), overall[kind][iri] / len(everyone)
            common = count > 1 and inside >= _LEAST_SHARE
            if common and inside >= _LEAST_LIFT * outside:
                trait = Trait(kind=kind, iri=iri, members=count, share=outside)
                rated.append((-inside * log(inside / outside), iri, trait))
        if rated:
            score, _, trait = min(rated, key=lambda each: each[:2])
            best.append((score, rank, trait))
    best.sort(key=lambda each: each[:2])
    return tuple(trait for _, _, trait in best[:_MOST_TRAITS])


def named(
    found: Sequence[Character],
    *,
    short: Callable[[str], str],
    lang: str,
    sized: bool = True,
) -> tuple[CommunityName, ...]:
    """Return the name of each community in a language, and why.

    Args:
        found: what marks each.
        short: the short name of a thing in that language.
        lang: ``"fr"`` or ``"en"``.
        sized: whether the names say how many members there are.
    """
    names: list[CommunityName] = []
    met: Counter[str] = Counter()
    for one in found:
        name = _name(one, short, lang)
        if sized:
            name += f" ({one.size} {'acteurs' if lang == 'fr' else 'actors'})"
        met[name] += 1
        if met[name] > 1:
            name = f"{name} – {met[name]}"
        names.append(CommunityName(name=name, why=_why(one, short, lang)))
    return tuple(names)


def _name(one: Character, short: Callable[[str], str], lang: str) -> str:
    """Return a name: the centre, what marks it."""
    centre = short(one.central[0])
    marks = ", ".join(short(trait.iri) for trait in one.traits)
    if lang == "fr":
        marks = f" : {marks}" if marks else ""
        return f"Autour {de(centre)}{marks}"
    marks = f": {marks}" if marks else ""
    return f"Around {centre}{marks}"


def de(name: str) -> str:
    """Return a name after the French « de ».

    Example:
        >>> [de(name) for name in ("Le Creusot", "Les Lacs", "Éduter", "La Poste")]
        ['du Creusot', 'des Lacs', "d'Éduter", 'de La Poste']
    """
    first, _, rest = name.partition(" ")
    if rest and first in ("Le", "Les"):
        return f"{'du' if first == 'Le' else 'des'} {rest}"
    initial = unicodedata.normalize("NFD", name[:1]).casefold()[:1]
    return f"d'{name}" if initial and initial in "aeiou" else f"de {name}"


#: Kind of trait → what members that have it do, by language.
_HAVE: Final = {
    "axe": ("servent l'axe « {} »", 'serve the axis "{}"'),
    "territoire": ("agissent dans {}", "act in {}"),
    "genre": ("sont du genre « {} »", 'are of the kind "{}"'),
}


def _why(one: Character, short: Callable[[str], str], lang: str) -> str:
    """Say in a sentence what the name stands on."""
    centre = short(one.central[0])
    parts = []
    for trait in one.traits:
        have = _HAVE[trait.kind][lang != "fr"].format(short(trait.iri))
        percent = round(100 * trait.share)
        if lang == "fr":
            of = f"{trait.members} des {one.size} acteurs"
            parts.append(f"{of} {have} (réseau : {percent}\N{NO-BREAK SPACE}%)")
        else:
            of = f"{trait.members} of the {one.size} actors"
            parts.append(f"{of} {have} (network: {percent}%)")
    if lang == "fr":
        head = f"{centre} y a le plus de liens"
        return " ; ".join([head, *parts]) + "."
    return "; ".join([f"{centre} has most links in it", *parts]) + "."
