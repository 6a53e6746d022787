"""Writes ``docs/measures.md`` from the definitions of the measures."""

from __future__ import annotations

from importlib import import_module

from spnr_graph.measures import definitions
from spnr_graph.measures.definition import Definition

_INTRODUCTION = """\
# Measures

Every figure that `spnr network` and the explorer show, with what it means, its formula,
its source, its unit, and when not to trust it: French first, then English. Names are
those of columns. `spnr network measures` gives the same as a table, in every format.
This page is written from the code (`pytest tests/test_docs.py --update-golden`); a test
keeps it current.

- *Own definition*: of this project; the formula is all there is to know of it.
- A figure that does not exist (the evenness of one category) is left empty, never 0:
  the caveat says when.
- Each is tested against published values, an independent implementation, or both:
  `tests/test_measures_*.py`.
- How long they take on large networks: [performance.md](performance.md). How good
  proposals are: [proposals.md](proposals.md).
"""
#: Verb → French and English titles, and the modules whose measures it shows.
_VERBS = {
    "summary": ("Le réseau", "The network", ("network",)),
    "actors": ("Les acteurs", "Actors", ("actors", "reach")),
    "communities": ("Les communautés", "Communities", ("communities",)),
    "resilience": ("La résilience", "Resilience", ("resilience", "attack")),
    "coverage": ("La couverture", "Coverage", ("coverage",)),
    "proposals": (
        "Les propositions",
        "Proposals",
        ("proposals", "gatherings", "ranking"),
    ),
    "path": ("Les chemins", "Paths", ("paths",)),
    "compare": ("Le temps", "Time", ("evolution",)),
}


def catalogue_of_measures() -> str:
    """Return the page that defines every measure, by the verb that shows it."""
    verbs = {verb: _of(modules) for verb, (*_, modules) in _VERBS.items()}
    told = {each for measures in verbs.values() for each in measures}
    missing = [each.name for each in definitions() if each not in told]
    if missing:
        raise ValueError(f"measures that no verb shows: {', '.join(missing)}")
    parts = [_INTRODUCTION]
    for verb, measures in verbs.items():
        french, english, _ = _VERBS[verb]
        parts.append(f"## {french} · {english}\n\n`spnr network {verb}`\n")
        parts += [_measure(each) for each in measures]
    return "\n".join(parts)


def _of(modules: tuple[str, ...]) -> list[Definition]:
    """Return the definitions of modules, in the order in which they stand there."""
    return [
        each
        for name in modules
        for each in import_module(f"spnr_graph.measures.{name}").DEFINITIONS
    ]


def _measure(each: Definition) -> str:
    own = each.source.startswith("spnr_graph")
    lines = [
        f"### `{each.name}` · {each.fr} · {each.en}",
        "",
        f"**{each.meaning_fr}**",
        each.meaning_en,
        "",
        *(f"    {line}" for line in each.formula.splitlines()),
        "",
        f"- Unité : {each.unit_fr} · Unit: {each.unit_en}",
        f"- À savoir : {each.caveat_fr}",
        f"- Caveat: {each.caveat_en}",
        f"- Source: {'own definition' if own else each.source}",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"
