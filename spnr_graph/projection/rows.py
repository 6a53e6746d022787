"""Participations as parallel columns, pulled from a store in bulk."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.errors import DataError
from spnr_graph.namespaces import expand

#: Answers an internal query, given by the name of its file, as SPARQL results in CSV.
Ask: TypeAlias = Callable[[str], bytes]
Codes: TypeAlias = npt.NDArray[np.int32]
Days: TypeAlias = npt.NDArray[np.datetime64]
Mask: TypeAlias = npt.NDArray[np.bool_]

_COLUMNS: Final = ("acteur", "initiative", "role", "debut", "fin", "source")


@dataclass(frozen=True, kw_only=True)
class Participation:
    """One actor in one role of one initiative, as its sources state it."""

    initiative: str
    actor: str
    role: str
    start: date | None = None
    end: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attributes:
    """What is known of initiatives, actors, concepts and territories.

    Attributes:
        values: prefixed name of a property → thing → its values, in order.
    """

    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, name: str, thing: str) -> tuple[str, ...]:
        """Return the values of a property, given by its prefixed name."""
        return self.values.get(name, {}).get(thing, ())

    def below(self, name: str, roots: tuple[str, ...]) -> frozenset[str]:
        """Return the roots and all that leads to one of them by the property."""
        children: dict[str, list[str]] = {}
        for child, parents in self.values.get(name, {}).items():
            for parent in parents:
                children.setdefault(parent, []).append(child)
        found: set[str] = set()
        waiting = list(roots)
        while waiting:
            thing = waiting.pop()
            if thing not in found:
                found.add(thing)
                waiting.extend(children.get(thing, ()))
        return frozenset(found)


@dataclass(frozen=True, kw_only=True, eq=False)
class Participations:
    """Who takes part in what, one row per participation and source.

    Terms are interned: ``actors[actor[k]]`` is the actor of row ``k``. The interned
    terms are sorted and so are the rows, whatever the order of the store's answer.

    Attributes:
        source: code of the source of each row; the term ``""`` stands for none.
        start: first day of each row, ``NaT`` when unknown; ``end`` the last one.
        attributes: what filters and colours need to know of the terms.
    """

    actors: tuple[str, ...]
    initiatives: tuple[str, ...]
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    actor: Codes
    initiative: Codes
    role: Codes
    source: Codes
    start: Days
    end: Days
    attributes: Attributes

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.actor)

    def take(self, rows: Mask) -> Participations:
        """Return the rows where the mask is true; the interned terms stay."""
        return replace(
            self,
            actor=self.actor[rows],
            initiative=self.initiative[rows],
            role=self.role[rows],
            source=self.source[rows],
            start=self.start[rows],
            end=self.end[rows],
        )

    def stated(self) -> tuple[Participation, ...]:
        """Return the rows as participations, the sources of each brought together."""
        sources: dict[tuple[int, int, int, date | None, date | None], list[str]] = {}
        columns = (self.initiative, self.actor, self.role, self.start, self.end)
        for *key, source in zip(
            *(column.tolist() for column in columns), self.source.tolist(), strict=True
        ):
            found = sources.setdefault(tuple(key), [])
            if self.sources[source] and self.sources[source] not in found:
                found.append(self.sources[source])
        return tuple(
            Participation(
                initiative=self.initiatives[initiative],
                actor=self.actors[actor],
                role=self.roles[role],
                start=start,
                end=end,
                sources=tuple(found),
            )
            for (initiative, actor, role, start, end), found in sources.items()
        )


def pull(ask: Ask) -> Participations:
    """Read all the participations and what is known of their terms, in two questions.

    Args:
        ask: answers ``queries/internal/{name}.rq`` in CSV; with a store it is one
            call of ``store.write(query, buffer, "csv")``.

    Raises:
        DataError: an answer lacks a column, or a date is none.
    """
    rows = records(ask("participations"), _COLUMNS)
    actors, initiatives, roles, starts, ends, sources = rows
    (actor_terms, actor), (initiative_terms, initiative) = (
        _interned(actors),
        _interned(initiatives),
    )
    (role_terms, role), (source_terms, source) = _interned(roles), _interned(sources)
    start, end = _days(starts), _days(ends)
    order = np.lexsort((source, end, start, role, actor, initiative))
    return Participations(
        actors=actor_terms,
        initiatives=initiative_terms,
        roles=role_terms,
        sources=source_terms,
        actor=actor[order],
        initiative=initiative[order],
        role=role[order],
        source=source[order],
        start=start[order],
        end=end[order],
        attributes=_attributes(ask("attributs")),
    )


def records(answer: bytes, columns: tuple[str, ...]) -> list[list[str]]:
    """Read SPARQL results in CSV as columns, whatever their order.

    Raises:
        DataError: the answer is no CSV table with these columns.
    """
    header, cells = _cells(answer.decode("utf-8"))
    if not set(columns) <= set(header):
        raise DataError(
            fr=f"Réponse du magasin : colonnes {', '.join(header) or 'absentes'} au "
            f"lieu de {', '.join(columns)}. Vérifier queries/internal/.",
            en=f"Answer of the store: columns {', '.join(header) or 'missing'} instead "
            f"of {', '.join(columns)}. Check queries/internal/.",
        )
    return [cells[header.index(column) :: len(header)] for column in columns]


def _cells(text: str) -> tuple[list[str], list[str]]:
    """Return the header and all the other cells, row after row."""
    if '"' not in text:  # no cell is quoted: four times faster than the csv module
        first, _, rest = text.replace("\r\n", "\n").rstrip("\n").partition("\n")
        return first.split(","), rest.replace("\n", ",").split(",") if rest else []
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, list(chain.from_iterable(rows))


def _interned(column: list[str]) -> tuple[tuple[str, ...], Codes]:
    """Return the distinct terms of a column, sorted, and the column as their codes."""
    terms = tuple(sorted(set(column)))
    codes = {term: code for code, term in enumerate(terms)}
    return terms, np.fromiter(map(codes.__getitem__, column), np.int32, len(column))


def _days(column: list[str]) -> Days:
    """Return a column of ``xsd:date``, empty where unknown, as days."""
    texts, codes = _interned(column)
    return np.array([day(text) for text in texts], dtype="datetime64[D]")[codes]


def day(text: str) -> date | None:
    """Return the day that an ``xsd:date`` names; None for the empty text.

    Raises:
        DataError: the text is no date.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as exc:
        raise DataError(
            fr=f"Date « {text} » illisible : une date complète est attendue "
            "(2026-01-31). Corriger la contribution, puis la recharger.",
            en=f'Date "{text}" cannot be read: a full date is expected (2026-01-31). '
            "Correct the contribution, then load it again.",
        ) from exc


_PROPERTIES: Final = (
    "dcterms:type",
    "dcterms:audience",
    "dcterms:isPartOf",
    "dcterms:spatial",
    "org:classification",
    "schema:endDate",
    "schema:startDate",
    "skos:broader",
    "spnr:collaborative",
    "spnr:pursuesObjective",
    "spnr:servesAxis",
    "spnr:shortcut",
)


def _attributes(answer: bytes) -> Attributes:
    """Read the answer of ``queries/internal/attributs.rq``."""
    names = {expand(name): name for name in _PROPERTIES}
    found: dict[str, dict[str, set[str]]] = {name: {} for name in _PROPERTIES}
    rows = zip(*records(answer, ("chose", "propriete", "valeur")), strict=True)
    for thing, iri, value in rows:
        found[names[iri]].setdefault(thing, set()).add(value)
    return Attributes(
        {
            name: {thing: tuple(sorted(values)) for thing, values in things.items()}
            for name, things in found.items()
        }
    )
