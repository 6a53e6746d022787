"""What the cells of a workbook may name: concepts and territories, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spnr_graph.sparql import Query

    #: Answers a SELECT with rows of terms, or of their texts.
    Ask = Callable[[Query], Iterable[Sequence[object]]]

#: Levels of territories that a list can offer; there are too many communes.
_LISTED: Final = ("pays", "reg", "dep", "epci", "zone")
_KINDS: Final = {
    PREFIXES["spnr"] + "Actor": "acteurs",
    PREFIXES["spnr"] + "Initiative": "initiatives",
}


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The names that a workbook shows.

    Attributes:
        concepts: scheme (``type-acteur``) → IRI → label, in the order of the codes.
        places: IRI of a territory → ``Côte-d'Or (dep-21)``.
        translated: (scheme, French label) → label.
        known: sheet → name and short name of the things that the graph knows.
    """

    concepts: Mapping[str, Mapping[str, str]]
    places: Mapping[str, str]
    translated: Mapping[tuple[str, str], str]
    known: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def ask(cls, *asks: Ask, lang: str, known: bool = False) -> Vocabulary:
        """Return what several stores know together.

        Args:
            asks: answer a SELECT with rows: ``store.select`` is one.
            lang: language of the labels; French where there is none.
            known: whether actors and initiatives are asked for too.
        """
        said = list(_answers("internal/classeur-listes", asks))
        found, french = _labels(said, lang), _labels(said, "fr")
        concepts: dict[str, dict[str, str]] = {}
        translated = {}
        for key in sorted(found, key=_by_code):
            scheme = shorten(key[0]).partition(":")[2]
            concepts.setdefault(scheme, {})[key[1]] = found[key]
            translated[scheme, french[key]] = found[key]
        places = _labels(_answers("internal/classeur-territoires", asks), lang)
        named = {
            iri: f"{name} ({iri.removeprefix(PREFIXES['territoire'])})"
            for (iri,), name in sorted(places.items(), key=lambda item: item[1])
            if iri.startswith(PREFIXES["territoire"])
        }
        return cls(
            concepts=concepts,
            places=named,
            translated=translated,
            known=_known(asks, lang) if known else {},
        )

    def listed_places(self) -> list[str]:
        """Return the territories that a list offers, level by level."""
        by_level = {
            level: [
                shown
                for iri, shown in self.places.items()
                if iri.startswith(f"{PREFIXES['territoire']}{level}-")
            ]
            for level in _LISTED
        }
        return [shown for level in _LISTED for shown in by_level[level]]

    def label(self, scheme: str, iri: str) -> str | None:
        """Return the label of a concept, or None when the scheme has no such one."""
        return self.concepts.get(scheme, {}).get(iri)


def _known(asks: Iterable[Ask], lang: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the name and the short name of actors and initiatives, by sheet."""
    found: dict[str, list[tuple[str, str]]] = {}
    named = _labels(_answers("internal/classeur-connus", asks), lang)
    for (kind, thing), name in named.items():
        found.setdefault(_KINDS[kind], []).append((name, shorten(thing)))
    return {sheet: tuple(sorted(found[sheet])) for sheet in sorted(found)}


def _by_code(key: tuple[str, ...]) -> tuple[str, int, str, str]:
    """Order concepts by scheme and code, ``TA9`` before ``TA10``."""
    scheme, concept, code = key
    return scheme, len(code), code, concept


def _answers(name: str, asks: Iterable[Ask]) -> Iterable[list[str]]:
    query = sparql.parse(query_text(name), name=name)
    return ([str(term) for term in row] for ask in asks for row in ask(query))


def _labels(rows: Iterable[list[str]], lang: str) -> dict[tuple[str, ...], str]:
    """Return (things, …) → label in the language, else French, else any, in order."""
    best: dict[tuple[str, ...], tuple[int, str]] = {}
    for *things, name, language in rows:
        rank = (0 if language == lang else 1 if language == "fr" else 2, name)
        key = tuple(things)
        best[key] = min(best.get(key, rank), rank)
    return {key: name for key, (_, name) in sorted(best.items())}
