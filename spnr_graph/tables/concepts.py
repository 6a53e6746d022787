"""Concepts of the schemes, by what people call them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from spnr_graph import sparql, spelling
from spnr_graph.namespaces import PREFIXES
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spnr_graph.sparql import Query


#: (scheme, language or normal form of a name) → what it stands for.
_Index: TypeAlias = dict[tuple[str, str], set[str]]

#: How alike a name and one word of a label must be.
_WORD: Final = 0.8


class Concepts:
    """The concepts of every scheme: slug, labels, other labels and codes → IRI."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        """Take rows of ``queries/internal/concepts.rq``; terms or plain text.

        They are read once, when a concept is first looked for: many tables name none.
        """
        self._given = rows

    @cached_property
    def _index(self) -> tuple[_Index, _Index]:
        """Labels by scheme and language; concepts by scheme and normal form."""
        labels: _Index = defaultdict(set)
        names: _Index = defaultdict(set)
        for row in self._given:
            scheme, concept, about, name, language = map(str, row)
            slug = concept.removeprefix(f"{scheme}/")
            for each in (name, slug):
                names[scheme, spelling.normal(each)].add(concept)
            if about == f"{PREFIXES['skos']}prefLabel":
                labels[scheme, language].add(name)
        self._given = ()
        return labels, names

    @classmethod
    def ask(cls, *asks: Callable[[Query], Iterable[Sequence[object]]]) -> Concepts:
        """Return the concepts that several stores know together.

        Args:
            asks: answer a SELECT with rows: ``store.select`` is one.
        """
        text = query_text("internal/concepts")
        query = sparql.parse(text, name="internal/concepts")
        return cls(row for ask in asks for row in ask(query))

    def named(self, scheme: str, name: str) -> list[str]:
        """Return the IRIs of the concepts of a scheme that bear a name.

        Args:
            scheme: local name in ``voc:`` (``type-acteur``).
            name: a slug, a label in any language, another label, a code; case, accents
                and punctuation do not matter.
        """
        key = (PREFIXES["voc"] + scheme, spelling.normal(name))
        return sorted(self._index[1].get(key, ()))

    def nearest(self, scheme: str, name: str, lang: str) -> list[str]:
        """Return up to three labels that look like a name, begin so, or hold it."""
        labels = {spelling.normal(label): label for label in self.labels(scheme, lang)}
        key = spelling.normal(name)
        near = difflib.get_close_matches(key, labels)
        longer = [
            each
            for each in labels
            if (len(key) > 2 and each.startswith(key))
            or difflib.get_close_matches(key, each.split(), cutoff=_WORD)
        ]
        return [labels[each] for each in (near or longer)[:3]]

    def labels(self, scheme: str, lang: str) -> list[str]:
        """Return the labels of the concepts of a scheme in a language, in order."""
        labels = self._index[0].get((PREFIXES["voc"] + scheme, lang), set())
        return sorted(labels, key=spelling.normal)
