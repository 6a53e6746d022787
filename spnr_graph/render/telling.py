"""Sentences of an explanation, in French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import shorten
from spnr_graph.render.numbers import counted, number
from spnr_graph.render.property_names import property_name

if TYPE_CHECKING:
    from rdflib.term import Identifier

    from spnr_graph.render.explained import (
        Account,
        Decision,
        Derived,
        Dispute,
        Explanation,
        Ground,
        Part,
    )

#: What data must not do to a terminal: break lines, move the cursor, colour.
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_WORDS: Final = {
    "fr": {
        "said": "Ce que disent les sources",
        "derived": "Ce que les règles en déduisent",
        "decisions": "Décisions d'identité",
        "disputes": "Contradictions",
        "former": "remplace",
        "nobody": "Personne ne le dit, et aucune règle ne le déduit.",
        "silent": "Aucune source n'en parle.",
        "rank": "rang de confiance",
        "changed": "modifié le",
        "parts": "participations",
        "mentioned": "cité comme valeur par",
        "shown": "← valeur montrée",
        "hidden": "contredit par une source plus sûre",
        "colon": " : ",
        "open": "« ",
        "close": " »",
        "against": "mais",
        "per": "selon",
        "by": "par",
        "keeps": "garde",
        "discards": "au lieu de",
    },
    "en": {
        "said": "What the sources say",
        "derived": "What the rules derive",
        "decisions": "Decisions on identity",
        "disputes": "Contradictions",
        "former": "replaces",
        "nobody": "Nobody says so, and no rule derives it.",
        "silent": "No source speaks of it.",
        "rank": "trust rank",
        "changed": "changed on",
        "parts": "participations",
        "mentioned": "mentioned as a value by",
        "shown": "← value shown",
        "hidden": "contradicted by a more trusted source",
        "colon": ": ",
        "open": '"',
        "close": '"',
        "against": "but",
        "per": "according to",
        "by": "by",
        "keeps": "keeps",
        "discards": "instead of",
    },
}
_OTHERS: Final = ("autre", "autres", "more", "more")


@dataclass(frozen=True)
class Writer:
    """An explanation and the language in which it is told."""

    told: Explanation
    lang: str

    def word(self, key: str) -> str:
        """Return a word of the frame."""
        return _WORDS[self.lang][key]

    def term(self, term: Identifier | None, *, short: bool = True) -> str:
        """Return a term: the label of an IRI and its prefixed name, or the literal."""
        from rdflib.term import URIRef

        if term is None:
            return "?"
        if isinstance(term, URIRef):
            return self.iri(term, short=short)
        language = getattr(term, "language", None)
        return _plain(str(term)) + (f" @{language}" if language else "")

    def iri(self, iri: str, *, short: bool = True) -> str:
        """Return the label of an IRI, with its prefixed name if it is not the same."""
        name, code = self.told.names.get(str(iri), ""), shorten(iri)
        if not name or name == code:
            return _plain(code)
        same = not short or name in code
        return _plain(name) if same else f"{_plain(name)} ({_plain(code)})"

    def about(self, iri: str, *, short: bool = False) -> str:
        """Return the name of a property."""
        code = shorten(iri)
        name = property_name(iri, self.lang) or self.told.names.get(str(iri)) or code
        return f"{name} ({code})" if short and name != code else name

    def more(self, count: int) -> str:
        """Say how many are not shown."""
        rest = counted(count, _OTHERS, self.lang)
        return f"… et {rest}" if self.lang == "fr" else f"… and {rest}"

    def source(self, graph: str) -> str:
        """Return what the command line calls a source."""
        for account in self.told.accounts:
            if str(account.graph) == str(graph):
                return account.name
        return self.iri(graph, short=False)

    def day(self, text: str) -> str:
        """Return a date as the language writes it."""
        year, _, rest = text.partition("-")
        month, _, day = rest.partition("-")
        return f"{day}/{month}/{year}" if self.lang == "fr" and day else text

    def details(self, account: Account) -> str:
        """Return publisher, licence, date and rank of a source."""
        parts = [self.iri(i, short=False)
                 for i in (account.publisher, account.licence) if i]  # fmt: skip
        if account.modified:
            parts.append(f"{self.word('changed')} {self.day(account.modified)}")
        if account.rank is not None:
            parts.append(f"{self.word('rank')} {account.rank}")
        return " · ".join(parts)

    def part(self, part: Part) -> str:
        """Return a participation in one line."""
        facts = [self.term(part.role, short=False), self.term(part.other)]
        if part.start or part.end:
            first = self.day(str(part.start)) if part.start else "…"
            last = self.day(str(part.end)) if part.end else "…"
            facts.append(f"{first} – {last}")
        if part.amount is not None:
            facts.append(self.amount(str(part.amount)))
        return " · ".join(facts)

    def amount(self, text: str) -> str:
        """Return euros, digits grouped."""
        whole, _, cents = text.partition(".")
        if not whole.isdecimal():
            return _plain(text)
        french = self.lang == "fr"
        mark = "," if french else "."
        rest = f"{mark}{cents:0<2}" if cents.strip("0") else ""
        shown = number(int(whole), self.lang)
        return f"{shown}{rest}\N{NO-BREAK SPACE}€" if french else f"€{shown}{rest}"

    def ground(self, ground: Ground) -> str:
        """Return where a derived statement comes from."""
        names = ", ".join(self.source(graph) for graph in ground.graphs)
        if ground.role is None and ground.initiative is None:
            return f"{self.iri(ground.iri)} [{names}]"
        ends = (ground.role, ground.actor, ground.initiative)
        facts = [self.term(end, short=False) for end in ends
                 if end is not None and end != self.told.thing]  # fmt: skip
        return f"{' · '.join(facts)} [{names}]"

    def statement(self, derived: Derived) -> str:
        """Return a derived statement, the thing itself left out."""
        about = self.about(derived.about)
        if derived.subject == self.told.thing:
            return f"{about} → {self.term(derived.value)}"
        return f"{self.term(derived.subject)} → {about}"

    def dispute(self, each: Dispute) -> str:
        """Return a contradiction in one sentence."""
        head = self.about(each.about)
        if each.initiative is not None:
            head += f", {self.iri(each.initiative, short=False)}"
        if self.told.thing not in (each.thing, each.initiative):
            head += f" ({shorten(each.thing)})"
        one, two = (
            f"{self.word('open')}{self.term(value, short=False)}{self.word('close')} "
            f"{self.word('per')} {self.source(graph)}"
            for value, graph in ((each.shown, each.source),
                                 (each.other, each.other_source))
        )  # fmt: skip
        shown = self.word("shown").removeprefix("← ")
        return (
            f"{head}{self.word('colon')}{one} ({shown}), {self.word('against')} {two}"
        )

    def decision(self, each: Decision) -> list[str]:
        """Return a decision in a few lines."""
        kind = self.term(each.kind, short=False) if each.kind is not None else ""
        head = " · ".join(part for part in (self.day(each.date), kind, each.by) if part)
        lines = [
            f"{head}{self.word('colon')}{self.word('keeps')} {self.iri(each.kept)} "
            f"{self.word('discards')} {self.iri(each.discarded)}"
        ]
        return [*lines, *(f"  {_plain(x)}" for x in (each.why, *each.evidence) if x)]


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)
