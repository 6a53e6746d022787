"""What a reader of proposals must know beside the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.measures.proposals import COMPARED
from spnr_graph.namespaces import shorten
from spnr_graph.operations.network.answer import NO_PARTICIPATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.operations.network.proposal_ground import Meeting
    from spnr_graph.projection import Filters, Names

_ABSENT: Final = (
    "{} n'a aucune participation qui passe les filtres : élargir les filtres.",
    "{} has no participation that passes the filters: widen the filters.",
)
_EMPTY: Final = (
    "Aucune proposition : ceux qui auraient une raison de se rencontrer se connaissent "
    "déjà, ou rien n'est su d'eux.",
    "No proposal: those who would have a reason to meet know each other already, or "
    "nothing is known of them.",
)
_EXAMINE: Final = (
    "Ces propositions sont à examiner : ce que les données ne disent pas, elles "
    "l'ignorent. docs/proposals.md en mesure la qualité.",
    "These proposals are to be examined: they ignore what the data do not say. "
    "docs/proposals.md measures their quality.",
)
_UNDATED: Final = (
    "Sans --on, un acteur proposé peut ne plus être actif.",
    "Without --on, a proposed actor may be active no more.",
)
_MOST_ACTIVE: Final = (
    f"Seuls les {COMPARED} acteurs les plus actifs sont comparés entre eux ; pour un "
    "autre, donner --around.",
    f"Only the {COMPARED} most active actors are compared with each other; for another "
    "one, give --around.",
)
_ALIKE: Final = (
    "{} figure sous deux identifiants ({}, {}), qui ne sont pas proposés l'un à "
    "l'autre : lancer spnr reconcile.",
    "{} stands under two identifiers ({}, {}), which are not proposed to each other: "
    "run spnr reconcile.",
)


def notes(
    scene: Meeting, filters: Filters, names: Names, around: str | None, *, empty: bool
) -> dict[str, tuple[str, ...]]:
    """Say, in both languages, what the proposals leave out or do not know.

    Args:
        scene: what they were made on.
        filters: what was looked at.
        names: of the actors.
        around: the actor asked about.
        empty: whether there is no proposal.
    """
    said = list(_said(scene, filters, names, around, empty=empty))
    return {"fr": tuple(fr for fr, _ in said), "en": tuple(en for _, en in said)}


def _said(
    scene: Meeting, filters: Filters, names: Names, around: str | None, *, empty: bool
) -> Iterator[tuple[str, str]]:
    """Yield each note in French and in English."""
    if around is not None and around not in scene.ground.nodes:
        label = names.label(around)
        yield _ABSENT[0].format(label), _ABSENT[1].format(label)
    elif not scene.ground.nodes:
        yield NO_PARTICIPATION["fr"][0], NO_PARTICIPATION["en"][0]
    elif empty:
        yield _EMPTY
    else:
        yield _EXAMINE
        if not (filters.on or filters.between):
            yield _UNDATED
    if around is None and int(scene.ground.open.sum()) > COMPARED:
        yield _MOST_ACTIVE
    for one, other in scene.alike:
        cells = (names.label(one), shorten(one), shorten(other))
        yield _ALIKE[0].format(*cells), _ALIKE[1].format(*cells)
