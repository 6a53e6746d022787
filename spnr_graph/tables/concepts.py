"""Concepts of the schemes, by what people call them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import TYPE_CHECKING

from spnr_graph import sparql, spelling
from spnr_graph.namespaces import PREFIXES
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spnr_graph.sparql import Query


class Concepts:
    """The concepts of every scheme: slug, labels, other labels and codes → IRI."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        """Index rows of ``queries/internal/concepts.rq``; terms or plain text."""
        self._labels: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            scheme, concept, about, name, language = map(str, row)
            slug = concept.removeprefix(f"{scheme}/")
            for each in (name, slug):
                self._names[scheme, spelling.normal(each)].add(concept)
            if about == f"{PREFIXES['skos']}prefLabel":
                self._labels[scheme, language].add(name)

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
        return sorted(self._names.get(key, ()))

    def nearest(self, scheme: str, name: str, lang: str) -> list[str]:
        """Return up to three labels of a scheme that look like a name."""
        labels = {spelling.normal(label): label for label in self.labels(scheme, lang)}
        key = spelling.normal(name)
        return [labels[each] for each in difflib.get_close_matches(key, labels)]

    def labels(self, scheme: str, lang: str) -> list[str]:
        """Return the labels of the concepts of a scheme in a language, in order."""
        labels = self._labels.get((PREFIXES["voc"] + scheme, lang), set())
        return sorted(labels, key=spelling.normal)
