"""Compare: the network at two dates, what came, left, began, ended, moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.errors import QueryError
from spnr_graph.measures.evolution import DEFINITIONS as OF_CHANGE
from spnr_graph.measures.evolution import evolution
from spnr_graph.measures.network import DEFINITIONS as OF_NETWORK
from spnr_graph.namespaces import LANGUAGES
from spnr_graph.operations.network import compare_words as words
from spnr_graph.operations.network.answer import (
    NO_PARTICIPATION,
    Answer,
    Column,
    Iri,
    answer,
)
from spnr_graph.operations.network.evidence import among, by_initiative, common_days
from spnr_graph.projection import collaborations, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import networkx as nx

    from spnr_graph.measures.evolution import Evolution, Tie
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Filters, Participation, Participations, Weight

COLUMNS: Final = (
    Column(name="changement", fr="Changement", en="Change"),
    Column(name="acteur", fr="Acteur", en="Actor"),
    Column(name="acteur_libelle", fr="Acteur", en="Actor"),
    Column(name="partenaire", fr="Partenaire", en="Partner"),
    Column(name="partenaire_libelle", fr="Partenaire", en="Partner"),
    Column(name="mesure", fr="Mesure", en="Measure", brief=False),
    Column(name="avant", fr="Avant", en="Before"),
    Column(name="apres", fr="Après", en="After"),
    Column(name="explication", fr="Explication", en="Explanation"),
)
_DEFINITIONS: Final = {each.name: each for each in (*OF_NETWORK, *OF_CHANGE)}
#: Bound that is not known → what that means for the comparison.
_UNKNOWN: Final = {
    "start": (
        "Participations sans début connu : {} sur {} ; il est compté comme antérieur "
        "aux deux dates.",
        "Participations without a known start: {} of {}; it is taken as before both "
        "dates.",
    ),
    "end": (
        "Participations sans fin connue : {} sur {} ; elle est comptée comme "
        "postérieure aux deux dates.",
        "Participations without a known end: {} of {}; it is taken as after both "
        "dates.",
    ),
}


def compare(
    pulled: Pulled,
    first: date,
    second: date,
    *,
    chosen: Filters,
    weight: Weight = "count",
) -> Answer:
    """Return what changed in the network between two dates.

    First the figures, then who moved among the brokers, who came and left, and the
    links that began, ended or changed, each with the initiatives and dates behind it.

    Args:
        pulled: what networks are made of.
        first: the earlier date.
        second: the later one.
        chosen: which participations make the network; its own date is not used.
        weight: of a link.

    Raises:
        QueryError: the second date does not follow the first.
    """
    _check(first, second)
    whole = select(pulled.rows, replace(chosen, on=None))
    then = select(pulled.rows, replace(chosen, on=first))
    now = select(pulled.rows, replace(chosen, on=second))
    found = evolution(
        collaborations(then, weight=weight), collaborations(now, weight=weight)
    )
    told = _Told(
        pulled=pulled,
        found=found,
        then=among(then, _concerned(found)),
        now=among(now, _concerned(found)),
    )
    rows = told.rows() if len(whole) else ()
    return answer(COLUMNS, rows, notes=_notes(whole, found))


def _check(first: date, second: date) -> None:
    """Refuse dates of which the second does not follow the first."""
    if second <= first:
        raise QueryError(
            fr=f"Comparaison de {first} à {second} : la seconde date doit suivre la "
            "première. Donner la plus ancienne d'abord.",
            en=f"Comparison of {first} with {second}: the second date must follow the "
            "first. Give the earlier one first.",
        )


def _concerned(found: Evolution) -> set[str]:
    """Return the actors that came or left, and the ends of links that changed."""
    ties = (*found.begun, *found.ended, *found.changed)
    ends = {end for tie in ties for end in (tie.left, tie.right)}
    return {*found.arrived, *found.left, *ends}


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What changed, told row by row.

    Attributes:
        then: links of the actors that a change concerns, at the first date.
        now: likewise, at the second.
    """

    pulled: Pulled
    found: Evolution
    then: nx.Graph[str]
    now: nx.Graph[str]

    def rows(self) -> Iterator[list[Cell]]:
        """Return all the rows: figures, ranks, actors, links."""
        lang, found = self.pulled.lang, self.found
        for figure in found.figures:
            why = words.figure(figure, _DEFINITIONS[figure.name], lang)
            yield self._row(
                "figure", why, measure=figure.name, values=(figure.before, figure.after)
            )
        if found.kept is not None:
            why = words.kept(found.kept, lang)
            yield self._row(
                "figure", why, measure="liens_gardes", values=(None, found.kept)
            )
        for move in found.moves:
            yield self._row(
                "move",
                words.move(move, lang),
                actor=move.actor,
                measure="rang_intermediarite",
                values=(move.before, move.after),
            )
        yield from self._actors()
        yield from self._ties()

    def _actors(self) -> Iterator[list[Cell]]:
        """Return a row per actor that came or left, with its number of partners."""
        for actor in self.found.arrived:
            stated = by_initiative(self.now.nodes[actor]["participations"])
            # All its links began, so that both ends of each are among those concerned.
            count = self.now.degree(actor)
            why = self._named(stated, ended=False)
            yield self._row("arrived", why, actor=actor, values=(None, count))
        for actor in self.found.left:
            stated = by_initiative(self.then.nodes[actor]["participations"])
            count = self.then.degree(actor)
            why = self._named(stated, ended=True)
            yield self._row("left", why, actor=actor, values=(count, None))

    def _ties(self) -> Iterator[list[Cell]]:
        """Return a row per link that began, ended or has another weight."""
        for tie in self.found.begun:
            yield self._tie("begun", tie, self._named(_behind(self.now, tie)))
        for tie in self.found.ended:
            why = self._named(_behind(self.then, tie), ended=True)
            yield self._tie("ended", tie, why)
        for tie in self.found.changed:
            stronger = (tie.after or 0) > (tie.before or 0)
            then, now = _behind(self.then, tie), _behind(self.now, tie)
            gained = {each: now[each] for each in now if each not in then}
            lost = {each: then[each] for each in then if each not in now}
            why = " ".join(
                words.signed(self._named(part, ended=ended), self.pulled.lang, ended)
                for part, ended in ((gained, False), (lost, True))
                if part
            )
            why = why or words.same_initiatives(self.pulled.lang)
            yield self._tie("stronger" if stronger else "weaker", tie, why)

    def _tie(self, change: str, tie: Tie, why: str) -> list[Cell]:
        """Return the row of a link."""
        values = (tie.before, tie.after)
        return self._row(change, why, actor=tie.left, partner=tie.right, values=values)

    def _named(
        self, stated: Mapping[str, Sequence[Participation]], *, ended: bool = False
    ) -> str:
        """Name the initiatives of participations, with the day they begin or end."""
        facts, label = self.pulled.rows.attributes, self.pulled.names.label
        days = [
            (label(initiative), common_days(facts, initiative, found)[ended])
            for initiative, found in stated.items()
        ]
        return words.initiatives(days, self.pulled.lang, ended=ended)

    def _row(
        self,
        change: str,
        why: str,
        *,
        values: tuple[float | None, float | None],
        actor: str | None = None,
        partner: str | None = None,
        measure: str | None = None,
    ) -> list[Cell]:
        """Return a row; what it does not speak of is empty."""
        label = self.pulled.names.label
        return [
            words.change(change, self.pulled.lang),
            Iri(actor) if actor else None,
            label(actor) if actor else None,
            Iri(partner) if partner else None,
            label(partner) if partner else None,
            measure,
            *values,
            why,
        ]


def _behind(graph: nx.Graph[str], tie: Tie) -> dict[str, tuple[Participation, ...]]:
    """Return the participations behind a link, by initiative."""
    return by_initiative(graph.edges[tie.left, tie.right]["evidence"])


def _notes(whole: Participations, found: Evolution) -> Mapping[str, tuple[str, ...]]:
    """Say what changed in all, and how many participations have no known dates."""
    if not len(whole):
        return NO_PARTICIPATION
    counts = (len(found.arrived), len(found.left), len(found.begun), len(found.ended))
    fr, en = ([words.totals(counts, lang)] for lang in LANGUAGES)
    total = len(np.unique(whole.participation))
    for bound, (french, english) in _UNKNOWN.items():
        if missing := _without(whole, bound):
            fr.append(french.format(missing, total))
            en.append(english.format(missing, total))
    return {"fr": tuple(fr), "en": tuple(en)}


def _without(whole: Participations, bound: str) -> int:
    """Return how many participations have no known start, or end.

    Neither their own nor that of their initiative.
    """
    own, of_initiative = {
        "start": (whole.start, "schema:startDate"),
        "end": (whole.end, "schema:endDate"),
    }[bound]
    facts = whole.attributes
    dated = np.array(
        [bool(facts.of(of_initiative, i)) for i in whole.initiatives], dtype=np.bool_
    )
    unknown = np.isnat(own) & ~dated[whole.initiative]
    return len(np.unique(whole.participation[unknown]))
