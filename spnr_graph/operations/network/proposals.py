"""Proposals: whom to bring together, each time with the reasons and their evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spnr_graph.measures.gatherings import gatherings
from spnr_graph.measures.proposals import EACH, candidates, diverse, ranked
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.proposal_case import case
from spnr_graph.operations.network.proposal_ground import meeting
from spnr_graph.operations.network.proposal_notes import notes
from spnr_graph.operations.network.proposal_words import (
    fits_said,
    listed,
    reasons_said,
)
from spnr_graph.projection import Filters

if TYPE_CHECKING:
    from datetime import date

    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.proposal_ground import Meeting
    from spnr_graph.operations.network.pulled import Pulled

_RANK: Final = Column(name="rang", fr="Rang", en="Rank")
_WHY: Final = (
    Column(name="score", fr="Intérêt", en="Worth", digits=1),
    Column(name="raisons", fr="Raisons", en="Reasons"),
    Column(
        name="partenaires_communs",
        fr="Partenaires communs",
        en="Shared partners",
        brief=False,
    ),
    Column(name="axes_communs", fr="Axes communs", en="Common axes", brief=False),
    Column(
        name="objectifs_communs",
        fr="Objectifs communs",
        en="Common objectives",
        brief=False,
    ),
    Column(name="territoire", fr="Territoire", en="Territory", brief=False),
    Column(name="territoire_libelle", fr="Territoire", en="Territory", brief=False),
    Column(
        name="complementarite",
        fr="Rôles complémentaires",
        en="Complementary roles",
        brief=False,
    ),
    Column(name="preuves", fr="Preuves", en="Evidence", brief=False),
    Column(name="preuves_libelle", fr="Preuves", en="Evidence", brief=False),
    Column(name="sources", fr="Sources", en="Sources", brief=False),
)
COLUMNS: Final = (
    _RANK,
    Column(name="acteur", fr="Acteur", en="Actor"),
    Column(name="acteur_libelle", fr="Acteur", en="Actor"),
    Column(name="avec", fr="Avec", en="With"),
    Column(name="avec_libelle", fr="Avec", en="With"),
    *_WHY,
)
GROUP_COLUMNS: Final = (
    _RANK,
    Column(name="acteurs", fr="Acteurs", en="Actors"),
    Column(name="acteurs_libelle", fr="Acteurs", en="Actors"),
    Column(name="taille", fr="Taille", en="Size", brief=False),
    *_WHY,
)


def proposals(
    pulled: Pulled,
    *,
    chosen: Filters | None = None,
    around: str | None = None,
    top: int = 20,
    groups: bool = False,
    on: date | None = None,
) -> Answer:
    """Propose actors that should meet and, as far as is known, never have.

    Args:
        pulled: all the participations.
        chosen: what is looked at; its day or period says who is active.
        around: IRI of an actor: only proposals in which it stands.
        top: how many, at most.
        groups: propose groups of three to five actors instead of pairs.
        on: the day on which all must be active, instead of that of the filters.
    """
    filters = chosen or Filters()
    if on:
        filters = replace(filters, on=on)
    scene = meeting(pulled.rows, filters, pulled.names)
    rows = (_groups if groups else _pairs)(pulled, scene, around, top)
    return answer(
        GROUP_COLUMNS if groups else COLUMNS,
        rows,
        notes=notes(scene, filters, pulled.names, around, empty=not rows),
    )


def _pairs(
    pulled: Pulled, scene: Meeting, around: str | None, top: int
) -> list[tuple[Cell, ...]]:
    """Return the rows of the pairs; the actor asked about comes first in each."""
    found = (
        candidates(scene.ground, each=max(EACH, top), around=around)
        if around
        else ranked(scene.ground, each=max(EACH, top))
    )
    rows: list[tuple[Cell, ...]] = []
    for rank, each in enumerate(diverse(found, top=top, around=around), 1):
        first, second = sorted((each.left, each.right), key=lambda n: (n != around, n))
        rows.append(
            (
                rank,
                Iri(first),
                pulled.names.label(first),
                Iri(second),
                pulled.names.label(second),
                *_why(pulled, scene, (first, second), each.score),
            )
        )
    return rows


def _groups(
    pulled: Pulled, scene: Meeting, around: str | None, top: int
) -> list[tuple[Cell, ...]]:
    """Return the rows of the groups."""
    found = set(ranked(scene.ground))
    if around:
        found |= set(candidates(scene.ground, around=around))
    best = sorted(found, key=lambda each: (-each.score, each.left, each.right))
    return [
        (
            rank,
            " ".join(each.members),
            "; ".join(map(pulled.names.label, each.members)),
            len(each.members),
            *_why(pulled, scene, each.members, each.score),
        )
        for rank, each in enumerate(
            gatherings(scene.ground, best, top=top, around=around), 1
        )
    ]


def _why(
    pulled: Pulled, scene: Meeting, actors: tuple[str, ...], score: float
) -> tuple[Cell, ...]:
    """Return the cells that say why some actors should meet."""
    names, lang = pulled.names, pulled.lang
    found = case(scene, actors)
    return (
        score,
        reasons_said(found, names, lang),
        len(found.partners),
        listed(found.axes, names, lang),
        listed(found.objectives, names, lang),
        Iri(found.place) if found.place else None,
        names.label(found.place) if found.place else None,
        fits_said(found, names, lang),
        " ".join(found.evidence),
        "; ".join(map(names.label, found.evidence)),
        " ".join(found.sources) or None,
    )
