"""Explanation of a thing → text, Markdown or JSON, in French or English."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.render.numbers import number
from spnr_graph.render.telling import Writer

if TYPE_CHECKING:
    from spnr_graph.render.explained import Account, Derived, Explanation, Stated

#: Columns of a terminal that a line may take; the first of them name a property.
_WIDTH, _NAMES = 100, 22
_FIRST: Final = PREFIXES["skos"] + "prefLabel"


def text(told: Explanation, *, lang: str) -> str:
    """Return an explanation as a person reads it on a terminal."""
    return "\n".join(_lines(Writer(told, lang))) + "\n"


def _lines(w: Writer) -> Iterator[str]:
    yield from _head(w)
    sections = {
        "said": [line for a in w.told.accounts for line in ("", *_account(w, a))],
        "disputes": [x for e in w.told.disputes for x in _block(w.dispute(e))],
        "derived": list(_derivations(w)),
        "decisions": [
            x for d in w.told.decisions for y in w.decision(d) for x in _block(y)
        ],
    }
    for title, lines in sections.items():
        if lines:
            yield from ("", w.word(title).upper())
            yield from lines if not lines[0] else ("", *lines)
    if not w.told.known:
        asked = w.told.about is not None
        yield from ("", w.word("nobody" if asked else "silent"))


def _block(words: str) -> Iterator[str]:
    return _wrapped(words, "  ", "    ")


def _head(w: Writer) -> Iterator[str]:
    told = w.told
    yield f"{w.iri(told.thing, short=False)}  {shorten(told.thing)}".rstrip()
    if told.kinds:
        yield ", ".join(w.iri(kind, short=False) for kind in told.kinds)
    if told.about is not None:
        value = f" → {w.term(told.value)}" if told.value is not None else ""
        yield f"{w.about(told.about, short=True)}{value}"
    if told.former:
        codes = ", ".join(shorten(iri) for iri in told.former)
        yield f"{w.word('former')} {codes}"


def _account(w: Writer, account: Account) -> Iterator[str]:
    title = w.iri(account.graph, short=False)
    yield title if title == account.name else f"{title} ({account.name})"
    if details := w.details(account):
        yield f"  {details}"
    for each in sorted(
        account.statements, key=lambda s: (str(s.about) != _FIRST, s.about)
    ):
        yield from _property(w, each)
    if account.parts:
        yield f"  {w.word('parts')} ({number(account.parts_total, w.lang)})"
        for part in account.parts:
            yield from _wrapped(w.part(part), "    ", "      ")
        if (rest := account.parts_total - len(account.parts)) > 0:
            yield f"    {w.more(rest)}"
    for mention in account.mentions:
        head = f"{w.word('mentioned')} {w.about(mention.about)}"
        yield f"  {head} ({number(mention.total, w.lang)})"
        yield from _values(w, mention, "    ")


def _property(w: Writer, each: Stated) -> Iterator[str]:
    name = w.about(each.about)
    notes = {True: w.word("shown"), False: f"({w.word('hidden')})", None: ""}
    values = [w.term(value) for value in each.values]
    if (rest := each.total - len(values)) > 0:
        values.append(w.more(rest))
    values[0] = f"{values[0]}  {notes[each.shown]}".rstrip()
    margin = " " * (_NAMES + 4)
    for place, value in enumerate(values):
        first = f"  {name:<{_NAMES}}  " if not place else margin
        yield from _wrapped(value, first, margin)


def _values(w: Writer, each: Stated, margin: str) -> Iterator[str]:
    for value in each.values:
        yield from _wrapped(w.term(value), margin, margin + "  ")
    if (rest := each.total - len(each.values)) > 0:
        yield f"{margin}{w.more(rest)}"


def _derivations(w: Writer) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[Derived]] = {}
    for each in w.told.derived:
        groups.setdefault(each.rules, []).append(each)
    for rules, found in sorted(groups.items()):
        yield ""
        for rule in rules:
            yield from _block(f"{rule} · {w.told.titles.get(rule, rule)}")
        for each in found:
            yield from _wrapped(w.statement(each), "    ", "      ")
            for ground in dict.fromkeys(map(w.ground, each.grounds)):
                yield from _wrapped(f"← {ground}", "      ", "        ")
    hidden = [
        f"  {w.about(about)}{w.word('colon')}{w.more(total - shown)}"
        for about, total in w.told.derived_totals.items()
        if total > (shown := sum(str(d.about) == about for d in w.told.derived))
    ]
    if hidden:
        yield from ("", *hidden)


def _wrapped(words: str, first: str, then: str) -> Iterator[str]:
    """Break a text into lines that fit."""
    from spnr_graph.render.cells import cut

    margin, rest = first, words
    while rest:
        line, rest = cut(rest, _WIDTH - len(margin))
        yield (margin + line).rstrip()
        margin = then


def as_markdown(told: Explanation, *, lang: str) -> str:
    """Return an explanation as Markdown: a section per part, a list per source."""
    lines: list[str] = []
    sections = False
    for line in _lines(Writer(told, lang)):
        bare = line.strip()
        depth = min((len(line) - len(line.lstrip())) // 2, 3)
        words = re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", bare)
        words = re.sub(r" {2,}", " — ", words)
        if not lines:
            lines.append(f"# {words}")
        elif bare and bare.isupper():
            sections = True
            lines.append(f"## {words.capitalize()}")
        elif depth:
            lines.append(f"{'  ' * (depth - 1)}- {words}")
        else:
            lines.append(f"### {words}" if sections and bare else words)
    return "\n".join(lines) + "\n"


def as_json(told: Explanation, *, lang: str) -> str:
    """Return an explanation as JSON, its keys in English, IRIs in full."""
    del lang
    return json.dumps(_json(told), ensure_ascii=False, indent=2) + "\n"


def _json(value: Any) -> Any:  # noqa: ANN401 - any part of an explanation
    from rdflib.term import Literal

    if is_dataclass(value):
        return {f.name: _json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Literal):
        found = {"value": str(value)}
        found |= {"language": value.language} if value.language else {}
        return found | ({"datatype": str(value.datatype)} if value.datatype else {})
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _json(each) for key, each in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)


#: Format name → renderer, for ``spnr explain -f``.
RENDERERS: Final[dict[str, Callable[..., str]]] = {
    "text": text,
    "json": as_json,
    "markdown": as_markdown,
}
