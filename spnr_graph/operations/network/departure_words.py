"""What a departure costs, in a sentence that names who and what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spnr_graph.operations.network.scene import Of

#: So many names are said; the others are counted.
NAMED: Final = 3


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What a departure costs, as IRIs.

    Attributes:
        orphaned: initiatives that lose everybody.
        leaderless: others that lose their last lead; ``unfunded``, their last funder.
        gone: actors of whom nothing is known any more.
        cut_off: other actors that are cut off.
    """

    orphaned: Sequence[str] = ()
    leaderless: Sequence[str] = ()
    unfunded: Sequence[str] = ()
    gone: Sequence[str] = ()
    cut_off: Sequence[str] = ()


_FR: Final = {
    "orphaned": "Plus aucun acteur dans {}.",
    "leaderless": "Plus de porteur pour {}.",
    "unfunded": "Plus de financeur pour {}.",
    "gone": "Plus rien n'est su de {}.",
    "cut_off": "Plus de lien avec le reste pour {}.",
    "none": "Aucune initiative n'y perd son porteur ni son financeur, et personne "
    "n'est coupé du réseau.",
}
_EN: Final = {
    "orphaned": "Nobody is left in {}.",
    "leaderless": "No lead is left for {}.",
    "unfunded": "No funder is left for {}.",
    "gone": "Nothing is known any more of {}.",
    "cut_off": "No link with the rest is left for {}.",
    "none": "No initiative loses its lead or its funder, and nobody is cut off.",
}


def explained(lost: Lost, label: Callable[[str], str], lang: str) -> str:
    """Say what is lost, naming three things of each kind at most.

    Args:
        lost: what a departure costs.
        label: the name of a thing.
        lang: ``"fr"`` or ``"en"``.
    """
    words = _FR if lang == "fr" else _EN
    said = [
        words[kind].format(listed([label(iri) for iri in things], lang))
        for kind in ("orphaned", "leaderless", "unfunded", "gone", "cut_off")
        if (things := getattr(lost, kind))
    ]
    return " ".join(said) or words["none"]


def listed(names: Sequence[str], lang: str, *, most: int = NAMED) -> str:
    """Quote names in a row, the first of them by name and the others by number.

    Example:
        >>> listed(["a", "b"], "fr")
        '« a » et « b »'
        >>> listed(["a", "b", "c", "d", "e"], "en")
        '"a", "b", "c" and 2 others'
    """
    quote, and_ = ("« {} »", " et ") if lang == "fr" else ('"{}"', " and ")
    said = [quote.format(name) for name in names[:most]]
    if more := len(names) - most if len(names) > most else 0:
        others = ("autre", "autres") if lang == "fr" else ("other", "others")
        said.append(f"{more} {others[more > 1]}")
    return and_.join([", ".join(said[:-1]), said[-1]] if said[1:] else said)


def counted(of: Of) -> tuple[str, str]:
    """Say in French and in English what the loss is measured by."""
    when = {
        "actors": ("l'acteur s'en va", "the actor leaves"),
        "funders": ("l'acteur cesse de financer", "the actor stops funding"),
        "sources": (
            "la source se retire, avec tout ce qu'elle est seule à dire",
            "the source withdraws, with all that it alone states",
        ),
    }[of]
    return (
        f"Perte quand {when[0]} : moyenne de deux parts, celle des initiatives qui "
        "perdent leur dernier porteur (ou coordinateur), leur dernier financeur ou "
        "tout acteur, et celle des paires d'acteurs qui ne sont plus reliées, même par "
        "d'autres.",
        f"Loss when {when[1]}: mean of two shares, that of the initiatives "
        "that lose their last lead (or coordinator), their last funder or everybody, "
        "and that of the pairs of actors that are not linked any more, even through "
        "others.",
    )
