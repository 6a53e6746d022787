"""Territories by code and by name."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from spnr_graph import sparql, spelling
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spnr_graph.sparql import Query

COMMUNE: Final = "commune"
DEPARTEMENT: Final = "departement"
EPCI: Final = "epci"
REGION: Final = "region"
#: A commune that another one replaced.
FORMER: Final = "ancienne"
#: First words of the names of EPCI in normal form.
_EPCI_FORMS: Final = frozenset({"cc", "ca", "cu", "metropole"})
#: Departments and collectivities whose codes have three characters begin so.
_OVERSEAS: Final = ("97", "98")
#: Letters of a word that is enough to suggest the names that hold it.
_TELLING: Final = 5
#: Below this likeness (0 to 1) a name is not worth suggesting.
_LIKENESS: Final = 0.75


@dataclass(frozen=True, kw_only=True)
class Place:
    """A territory.

    Attributes:
        iri: what names it in the graph.
        level: ``COMMUNE``, ``DEPARTEMENT``, ``EPCI``, ``REGION`` or ``FORMER``.
        code: INSEE code, or SIREN of an EPCI.
        name: its official name; ``""`` for a former commune of which only the code is
            known.
    """

    iri: str
    level: str
    code: str
    name: str

    def shown(self) -> str:
        """Return the name and the code as a message gives them."""
        return f"{self.name} ({self.code})"


class _Row(NamedTuple):
    """A row of ``queries/internal/places.rq``."""

    iri: str
    level: str
    code: str
    name: str
    after: str


class Places:
    """The territories that the graph describes, as one table.

    A code that a commune of today and a former one share is that of today's.
    """

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        """Take rows of ``queries/internal/places.rq``; terms or plain text.

        They are read once, when a place is first looked for: many tables name none.
        """
        self._given = rows
        self._after: dict[str, str] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        self._near: dict[tuple[str, str], tuple[Place, ...]] = {}

    @cached_property
    def _codes(self) -> dict[tuple[str, str], Place]:
        """Level and code → place; reads the rows."""
        codes: dict[tuple[str, str], Place] = {}
        rows = (["" if cell is None else str(cell) for cell in r] for r in self._given)
        for row in sorted(_Row(*row) for row in rows):
            key = (row.level, row.code)
            if key not in codes:
                codes[key] = Place(
                    iri=row.iri, level=row.level, code=row.code, name=row.name
                )
                self._names[key] = []
            if row.name:
                self._names[key].append(row.name)
            if row.after:
                self._after[row.iri] = row.after
        self._given = ()
        return codes

    @classmethod
    def ask(cls, *asks: Callable[[Query], Iterable[Sequence[object]]]) -> Places:
        """Return the places that several stores know together.

        Args:
            asks: answer a SELECT with rows: ``store.select`` is one.
        """
        text = query_text("internal/places")
        query = sparql.parse(text, name="internal/places")
        return cls(row for ask in asks for row in ask(query))

    def get(self, level: str, code: str) -> Place | None:
        """Return the place of a level that has a code."""
        return self._codes.get((level, code))

    def commune(self, code: str) -> Place | None:
        """Return the commune of today that has a code, or that replaced its holder."""
        place = self.get(COMMUNE, code) or self.get(FORMER, code)
        return self.present(place) if place else None

    def present(self, place: Place) -> Place | None:
        """Return what a place is today; None when its successor is not described."""
        passed = set()
        while place.level == FORMER and place.iri not in passed:
            passed.add(place.iri)
            after = self._by_iri.get(self._after[place.iri])
            if after is None:
                return None
            place = after
        return place if place.level != FORMER else None

    def covers(self, departement: str) -> bool:
        """Say whether the communes of a department are described."""
        return departement in self._communes

    def named(self, level: str, name: str, *, departement: str = "") -> list[Place]:
        """Return the places of a level that bear a name, however it is written.

        Of communes: those of today before former ones, those with the article that was
        written before those with another.

        Args:
            level: ``FORMER`` is looked through with ``COMMUNE``.
            name: what people write.
            departement: code of the department of a commune, if known.
        """
        levels = (COMMUNE, FORMER) if level == COMMUNE else (level,)
        key = _key(level, name)
        for each in levels:
            for form in (key, spelling.without_article(key)):
                found = self._named.get((each, form), [])
                if departement:
                    found = [p for p in found if departement_of(p.code) == departement]
                if found:
                    return found
        return []

    def longer(self, name: str, departement: str) -> list[Place]:
        """Return the communes of a department whose longer names hold a name's words.

        The first word is the same and the others follow in order: ``Cosne-sur-Loire``
        is found in ``Cosne-Cours-sur-Loire``.
        """
        words = spelling.without_article(spelling.place(name)).split()
        names = self._communes.get(departement, {})
        return [p for key, p in names.items() if words and _holds(key.split(), words)]

    def nearest(self, name: str, departement: str) -> tuple[Place, ...]:
        """Return up to three communes of a department with names like this one.

        Names that hold its longest word come before those that only look like it.
        """
        key = spelling.without_article(spelling.place(name))
        if (key, departement) not in self._near:
            names = self._communes.get(departement, {})
            word = max(key.split(), key=len, default="")
            holding = [each for each in names if word in each.split()]
            among = holding or list(names)
            cutoff = 0.0 if holding and len(word) >= _TELLING else _LIKENESS
            near = difflib.get_close_matches(key, among, cutoff=cutoff)
            self._near[key, departement] = tuple(names[each] for each in near)
        return self._near[key, departement]

    @cached_property
    def _by_iri(self) -> dict[str, Place]:
        """IRI → place; where one has two levels, the present one."""
        former_first = sorted(self._codes.values(), key=lambda p: p.level != FORMER)
        return {place.iri: place for place in former_first}

    @cached_property
    def _forms(self) -> list[tuple[str, str, Place]]:
        """Normal form of a name, the same without what may be left out, place."""
        return [
            (*_forms(level, name), place)
            for (level, code), place in self._codes.items()
            for name in self._names[level, code]
        ]

    @cached_property
    def _named(self) -> dict[tuple[str, str], list[Place]]:
        """Level and normal form of a name, whole and shorter → places."""
        index: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for whole, shorter, place in self._forms:
            for form in {whole, shorter}:
                if place not in index[place.level, form]:
                    index[place.level, form].append(place)
        return dict(index)

    @cached_property
    def _communes(self) -> dict[str, dict[str, Place]]:
        """Department → normal form of a name without article → commune of today."""
        index: dict[str, dict[str, Place]] = defaultdict(dict)
        for _, shorter, place in self._forms:
            if place.level == COMMUNE:
                index[departement_of(place.code)][shorter] = place
        return dict(index)


def departement_of(code: str) -> str:
    """Return the department of a commune's code, or of a postal code.

    Postal codes of Corsica begin with 20: 200 and 201 are in the south (2A).

    Example:
        >>> [departement_of(code) for code in ("58086", "2B033", "97411", "20167")]
        ['58', '2B', '974', '2A']
    """
    if code.startswith(_OVERSEAS):
        return code[:3]
    if code.startswith("20"):
        return "2A" if code[2:3] in {"0", "1"} else "2B"
    return code[:2]


def _key(level: str, name: str) -> str:
    """Return the normal form under which places of a level are looked up."""
    if level in {COMMUNE, FORMER}:
        return spelling.place(name)
    return spelling.organisation(name) if level == EPCI else spelling.normal(name)


def _forms(level: str, name: str) -> tuple[str, str]:
    """Return the normal form of a name with what may be left out, and without."""
    key = _key(level, name)
    if level == EPCI:
        form, _, rest = key.partition(" ")
        return key, rest if form in _EPCI_FORMS and rest else key
    return key, spelling.without_article(key)


def _holds(name: list[str], words: list[str]) -> bool:
    """Say whether a longer name begins with the first word, the others in order."""
    rest = iter(name)
    in_order = all(word in rest for word in words)
    return in_order and name[0] == words[0] and len(name) > len(words)
