"""Proposals: whom to bring together, each time with the reasons and their evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spnr_graph.measures.gatherings import gatherings
from spnr_graph.measures.proposals import EACH, candidates, diverse
from spnr_graph.namespaces import shorten
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.proposal_case import case
from spnr_graph.operations.network.proposal_ground import meeting
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
        notes=_notes(pulled, scene, filters, around, empty=not rows),
    )


def _pairs(
    pulled: Pulled, scene: Meeting, around: str | None, top: int
) -> list[tuple[Cell, ...]]:
    """Return the rows of the pairs; the actor asked about comes first in each."""
    ranked = candidates(scene.ground, each=max(EACH, top), around=around)
    rows: list[tuple[Cell, ...]] = []
    for rank, each in enumerate(diverse(ranked, top=top, around=around), 1):
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
    ranked = candidates(scene.ground)
    return [
        (
            rank,
            " ".join(each.members),
            "; ".join(map(pulled.names.label, each.members)),
            len(each.members),
            *_why(pulled, scene, each.members, each.score),
        )
        for rank, each in enumerate(
            gatherings(scene.ground, ranked, top=top, around=around), 1
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


def _notes(
    pulled: Pulled, scene: Meeting, filters: Filters, around: str | None, *, empty: bool
) -> dict[str, tuple[str, ...]]:
    """Say what a reader must know beside the table."""
    names = pulled.names
    said: list[tuple[str, str]] = []
    if around is not None and around not in scene.ground.nodes:
        said.append(
            (
                f"{names.label(around)} n'a aucune participation qui passe les "
                "filtres : élargir les filtres.",
                f"{names.label(around)} has no participation that passes the filters: "
                "widen the filters.",
            )
        )
    elif empty:
        said.append(
            (
                "Aucune proposition : ceux qui auraient une raison de se rencontrer se "
                "connaissent déjà, ou rien n'est su d'eux.",
                "No proposal: those who would have a reason to meet know each other "
                "already, or nothing is known of them.",
            )
        )
    else:
        said.append(
            (
                "Ces propositions sont à examiner : ce que les données ne disent pas, "
                "elles l'ignorent. docs/proposals.md en mesure la qualité.",
                "These proposals are to be examined: they ignore what the data do not "
                "say. docs/proposals.md measures their quality.",
            )
        )
        if not filters.on:
            said.append(
                (
                    "Sans --on, un acteur proposé peut ne plus être actif.",
                    "Without --on, a proposed actor may be active no more.",
                )
            )
    said += [
        (
            f"{names.label(one)} figure sous deux identifiants ({shorten(one)}, "
            f"{shorten(other)}), qui ne sont pas proposés l'un à l'autre : lancer "
            "spnr reconcile.",
            f"{names.label(one)} stands under two identifiers ({shorten(one)}, "
            f"{shorten(other)}), which are not proposed to each other: run "
            "spnr reconcile.",
        )
        for one, other in scene.alike
    ]
    return {"fr": tuple(fr for fr, _ in said), "en": tuple(en for _, en in said)}
