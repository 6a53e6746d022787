"""Names of the things a network shows, in one language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spnr_graph.namespaces import shorten
from spnr_graph.projection.answers import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spnr_graph.projection.answers import Ask

    #: IRIs of things that have several names → the name to show of each.
    Choose = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Names:
    """Labels and short names by IRI; a thing without any shows its prefixed name."""

    labels: Mapping[str, str] = field(default_factory=dict)
    shorts: Mapping[str, str] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """Return the full name of a thing."""
        return self.labels.get(iri) or shorten(iri)

    def short(self, iri: str) -> str:
        """Return the shortest name of a thing, such as an acronym."""
        label = self.label(iri)
        return min(self.shorts.get(iri, label), label, key=len)


def read_names(ask: Ask, lang: str, *, choose: Choose | None = None) -> Names:
    """Read every name at once, in ``lang`` where there is one, else in any language.

    Args:
        ask: answers ``queries/internal/{name}.rq`` in CSV.
        lang: the language that is preferred.
        choose: names things that have several names in one language; by default the
            first in alphabetical order stands.

    Raises:
        DataError: the answer lacks a column.
    """
    labels: dict[str, tuple[tuple[bool, bool, str], str]] = {}
    contested: set[str] = set()
    shorts: dict[str, list[tuple[tuple[bool, bool, int, str], str]]] = {}
    rows = zip(*records(ask("noms"), ("chose", "sorte", "nom", "langue")), strict=True)
    for thing, sort, name, language in rows:
        main = language.partition("-")[0]
        foreign = (main != lang, main != "")
        if name and sort == "sigle":
            shorts.setdefault(thing, []).append(((*foreign, len(name), name), name))
        elif name:
            found = ((*foreign, name), name)
            former = labels.get(thing, found)
            labels[thing] = min(former, found)
            if former[0][:2] == foreign and former[1] != name:
                contested.add(thing)
    chosen = {thing: name for thing, (_, name) in labels.items()}
    if choose is not None and contested:
        chosen.update(choose(sorted(contested)))
    fitting = {
        thing: [name for _, name in sorted(names) if _abbreviates(name, chosen[thing])]
        for thing, names in shorts.items()
        if thing in chosen
    }
    return Names(
        labels=chosen,
        shorts={thing: names[0] for thing, names in fitting.items() if names},
    )


def _abbreviates(short: str, label: str) -> bool:
    """Say whether an alternative name abbreviates the label, or is an acronym.

    Former names are alternative labels too: they must not stand for the present one.

    Example:
        >>> _abbreviates("Nièvre Num.", "Syndicat Nièvre Numérique")
        True
        >>> _abbreviates("Niverlan", "Syndicat Nièvre Numérique")
        False
    """
    letters = iter(_letters(label))
    return short.isupper() or all(letter in letters for letter in _letters(short))


def _letters(text: str) -> list[str]:
    """Return the letters of a text without accents or capitals."""
    return [c for c in unicodedata.normalize("NFD", text).casefold() if c.isalpha()]
