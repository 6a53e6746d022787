"""Which actors are worth comparing: those that share something rare."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spnr_graph.identity.actors import Actor, Places
    from spnr_graph.identity.evidence import Comparison

#: A block of more actors than this is split by place; so is each part, or left out.
LARGEST: Final = 50
#: How many of the rarest words of a name lead to blocks.
_RAREST: Final = 3
#: Letters of the rarest word that still bring together what was mistyped.
_START: Final = 5


@dataclass
class Blocks:
    """Pairs of actors to compare, and what was left out.

    Attributes:
        pairs: ``first * number of actors + second``, as places in the list: a number
            takes a third of the room of a pair.
        skipped: blocks that were too large even when split by place.
    """

    pairs: set[int]
    skipped: int = 0


def blocks(actors: Sequence[Actor], places: Places, compared: Comparison) -> Blocks:
    """Return the pairs of actors that share a rare word, a name, a site or a number.

    Args:
        actors: all the actors.
        places: what is known of territories.
        compared: their words.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for rank, actor in enumerate(actors):
        for key in _keys(rank, actor, places.communes(actor), compared):
            groups[key].append(rank)
    found, size = Blocks(set()), len(actors)
    for members in groups.values():
        for part in _split(members, actors, places, found):
            found.pairs.update(
                one * size + other for one, other in combinations(part, 2)
            )
    return found


def _keys(
    rank: int, actor: Actor, communes: frozenset[str], compared: Comparison
) -> set[str]:
    """Return the blocks that an actor stands in."""
    keys = {f"n {number}" for number in actor.numbers}
    keys |= {f"d {domain}" for domain in actor.domains}
    keys |= {f"a {acronym}" for acronym in compared.acronyms[rank]}
    frequency = compared.frequency
    for name in compared.names[rank]:
        keys.add("w " + " ".join(sorted(name)))
        rarest = sorted(name, key=lambda word: (frequency[word], word))[:_RAREST]
        keys |= {f"w {word}" for word in rarest}
        keys |= {f"a {word}" for word in rarest[:1]}
        keys |= {f"s {word[:_START]} {c}" for word in rarest for c in communes}
    return keys


def _split(
    members: list[int], actors: Sequence[Actor], places: Places, found: Blocks
) -> Iterator[list[int]]:
    """Yield a block, or its parts by commune and by département when it is large."""
    if len(members) <= LARGEST:
        yield members
        return
    for ways in (places.communes, places.departments):
        parts: dict[str, list[int]] = defaultdict(list)
        for rank in members:
            for place in ways(actors[rank]) or ("",):
                parts[place].append(rank)
        for part in parts.values():
            if len(part) <= LARGEST:
                yield part
            else:
                found.skipped += 1
