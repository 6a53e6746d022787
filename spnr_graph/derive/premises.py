"""Why a derived statement holds: the rules that give it, and what they read.

A triple is unified with the template of a rule; the body of the rule, so bound, is run
again as a CONSTRUCT of its own patterns. Whatever the rules are, nothing here knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Identifier, Variable

from spnr_graph.derive.reads import nodes
from spnr_graph.sparql import Query
from spnr_graph.sparql.scan import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.store import Store

Triple: TypeAlias = tuple[Identifier, Identifier, Identifier]
_CONSTRUCT: Final = re.compile(
    r"CONSTRUCT\s*\{[^{}]*\}\s*(?:WHERE\s*)?\{", re.IGNORECASE
)
_SELECT: Final = re.compile(
    r"SELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?((?:\?\w+\s+)+)(?:WHERE\s*)?\{",
    re.IGNORECASE,
)
_VARIABLE: Final = re.compile(r"\?(\w+)")
_TITLE: Final = re.compile(r"^#\+ title\.(\w+): *(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rule that gives a statement.

    Attributes:
        rule: name of the rule.
        titles: language → title of the rule.
        premises: the triples that the rule read, in order.
    """

    rule: str
    titles: dict[str, str]
    premises: tuple[Triple, ...]


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """A rule in the parts that are put together anew for each triple.

    Attributes:
        template: triples of its CONSTRUCT.
        patterns: triple patterns of its body, those of negations left out.
        prologue: its prefixes.
        pieces: its body, cut where a group begins that can be bound.
        visible: for each cut, the variables that are seen from outside.
    """

    titles: dict[str, str]
    template: tuple[Triple, ...]
    patterns: tuple[Triple, ...]
    prologue: str
    pieces: tuple[str, ...]
    visible: tuple[frozenset[str], ...]


def why(store: Store, rules: Iterable[tuple[str, str]], triple: Triple) -> list[Step]:
    """Return the rules that give a triple, with what each one read.

    Args:
        store: holds the premises, derived ones included.
        rules: (name, CONSTRUCT text), in order.
        triple: a derived statement.

    Raises:
        StoreError: the store does not answer.
    """
    steps = []
    for name, text in rules:
        rule = _read(text)
        found: set[Triple] = set()
        for pattern in rule.template:
            bound = _unified(pattern, triple)
            if bound is not None:
                query = Query(name=name, text=_bound(rule, bound), form="construct")
                found.update(store.construct(query))  # type: ignore[arg-type]
        found.discard(triple)
        if found:
            premises = tuple(sorted(found))
            steps.append(Step(rule=name, titles=rule.titles, premises=premises))
    return steps


def rule_titles(text: str) -> dict[str, str]:
    """Return the titles of a rule by language, from its header."""
    return dict(_TITLE.findall(text))


@cache
def _read(text: str) -> _Rule:
    """Take a rule apart."""
    masked = mask(text)
    head = _CONSTRUCT.search(masked)
    titles = rule_titles(text)
    if head is None:  # the short form, whose template is its body, derives nothing new
        return _Rule(titles=titles, template=(), patterns=(), prologue="",
                     pieces=(), visible=())  # fmt: skip
    end = masked.rindex("}")
    prologue = text[: head.start()]
    pieces, visible = _opened(text[head.end() : end])
    whole = f"{prologue} SELECT * WHERE {{ {' '.join(pieces)} }}"
    groups = [n for n in nodes(prepareQuery(whole).algebra) if n.name == "BGP"]
    patterns = dict.fromkeys(
        triple
        for group in groups
        for triple in group.triples
        if not isinstance(triple[1], Path)
    )
    return _Rule(
        titles=titles,
        template=tuple(prepareQuery(text).algebra.template),
        patterns=tuple(patterns),
        prologue=prologue,
        pieces=pieces,
        visible=visible,
    )


def _opened(body: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """Open the subqueries of a body, so that all they read can be seen.

    Their own variables get a name of their own; those they project are returned, with
    the body cut after each bracket where these can be bound.
    """
    pieces, visible, place = [], [frozenset[str]()], 0
    masked = mask(body)
    for number, match in enumerate(_SELECT.finditer(masked)):
        if match.start() < place:
            continue  # inside a subquery that is already open
        shown = frozenset(_VARIABLE.findall(match[1]))
        end = _closing(masked, match.end())
        inner = _renamed(body[match.end() : end], shown, f"_{number}")
        pieces.append(body[place : match.start()] + "SELECT * WHERE {")
        visible.append(shown)
        pieces.append(inner)
        visible.append(frozenset())
        place = end
    pieces.append(body[place:])
    return tuple(pieces), tuple(visible)


def _closing(text: str, start: int) -> int:
    """Return where the group that is open at ``start`` closes."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)


def _renamed(text: str, kept: frozenset[str], suffix: str) -> str:
    """Rename the variables of a text, save some."""

    def name(match: re.Match[str]) -> str:
        return match[0] if match[1] in kept else match[0] + suffix

    return _VARIABLE.sub(name, text)


def _unified(pattern: Triple, triple: Triple) -> dict[str, Identifier] | None:
    """Return what the variables of a pattern must be, or None where it cannot fit."""
    bound: dict[str, Identifier] = {}
    for part, term in zip(pattern, triple, strict=True):
        if isinstance(part, Variable):
            if bound.setdefault(str(part), term) != term:
                return None
        elif part != term:
            return None
    return bound


def _bound(rule: _Rule, values: dict[str, Identifier]) -> str:
    """Return a CONSTRUCT of what the body of a rule reads, some variables bound."""
    template = "\n".join(f"{' '.join(_written(triple))} ." for triple in rule.patterns)
    body = "".join(_placed(rule, values))
    return f"{rule.prologue}CONSTRUCT {{\n{template}\n}}\nWHERE {{ {body} }}"


def _placed(rule: _Rule, values: dict[str, Identifier]) -> Iterator[str]:
    """Put values at the start of the body and of each subquery that shows them."""
    for number, piece in enumerate(rule.pieces):
        names = values if not number else rule.visible[number]
        for name in sorted(set(names) & set(values)):
            yield f" VALUES ?{name} {{ {values[name].n3()} }} "
        yield piece


def _written(triple: tuple[Any, ...]) -> Iterator[str]:
    return (term.n3() for term in triple)
