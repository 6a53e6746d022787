"""What a person typed (label, slug, prefixed name, IRI) → an IRI of the store."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.errors import QueryError
from spnr_graph.namespaces import BASE, LANGUAGES, PREFIXES, expand, shorten
from spnr_graph.project import query_text
from spnr_graph.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Literal, URIRef

    from spnr_graph.store import Store

#: The kind that everything with a name is of.
ANYTHING: Final = "rdfs:Resource"
_REPLACED_BY: Final = PREFIXES["dcterms"] + "isReplacedBy"
#: Properties whose values may stand as the name of a thing in a message, best first.
_TITLES: Final = tuple(
    PREFIXES[prefix] + local
    for prefix, local in (
        ("skos", "prefLabel"),
        ("rdfs", "label"),
        ("dcterms", "title"),
        ("foaf", "name"),
    )
)
#: Below this likeness (0 to 1) a name is not worth suggesting.
_LIKENESS: Final = 0.6


@dataclass
class _Candidate:
    """A thing of the kind, with everything a person may call it."""

    iri: URIRef
    names: set[str] = field(default_factory=set)  # normalised, see ``spelling.normal``
    title: tuple[int, int, str] = (9, 9, "")
    successor: URIRef | None = None

    def shown(self) -> str:
        short = shorten(self.iri)
        return f"{self.title[2]} ({short})" if self.title[2] else short


def resolve(store: Store, kind: str, text: str, *, lang: str = "fr") -> URIRef:
    """Return the IRI of the one thing of a kind that a text names.

    A name written exactly is looked up; only another is compared with every name of
    the kind. A thing that was replaced stands for its successor.

    Args:
        store: where the thing is described.
        kind: prefixed name of a class or of a concept scheme; ``rdfs:Resource`` is
            anything that has a name.
        text: an IRI, a prefixed name, the last segment of the IRI, a code, or a label;
            case, accents and punctuation of slugs, codes and labels do not matter.
        lang: language of the labels shown in messages.

    Raises:
        QueryError: nothing, or more than one thing, has that name; the nearest names,
            or the candidates, are listed.
    """
    text = text.strip()
    written = _exact(store, text)
    known = _candidates(store, kind, lang, among=written) if written else {}
    found = _prefer(known, text, list(known.values()))
    if not found:
        known = _candidates(store, kind, lang)
        if not known:
            raise _nothing(kind)
        found = _prefer(known, text, _same_name(known, text))
    if not found:
        raise _unknown(kind, text, known)
    ends = {each.iri: each for each in (_end(store, c, lang) for c in found)}
    if len(ends) > 1:
        raise _ambiguous(kind, text, [ends[iri] for iri in sorted(ends)])
    return ends.popitem()[0]


def _exact(store: Store, text: str) -> list[URIRef]:
    """Return what has the text as IRI, last segment of an IRI of ours, or name."""
    from rdflib.term import Literal, URIRef

    languages = (None, *LANGUAGES)
    names = [Literal(text, lang=language) for language in languages]
    guesses = _iri(text)
    if re.fullmatch(r"[\w.\-]+", text):
        ours = [iri for iri in PREFIXES.values() if iri.startswith(BASE)]
        guesses += [URIRef(iri + text) for iri in ours]
    question = sparql.parse(query_text("internal/exact"), name="exact")
    filled = sparql.fill(question, {"name": names, "thing": guesses or names[:1]})
    return [row[0] for row in store.select(filled) if isinstance(row[0], URIRef)]


def _iri(text: str) -> list[URIRef]:
    """Return the IRI that a text writes, if it writes one."""
    from rdflib.term import URIRef

    iri = expand(text) or text.removeprefix("<").removesuffix(">")
    return [URIRef(iri)] if sparql.is_iri(iri) else []


def _candidates(
    store: Store, kind: str, lang: str, *, among: Sequence[URIRef] = ()
) -> dict[URIRef, _Candidate]:
    """Return the things of a kind, all of them or those among some."""
    from rdflib.term import Literal, URIRef

    question = sparql.parse(query_text("internal/candidates"), name="candidates")
    kinds = [] if kind == ANYTHING else [URIRef(expand(kind) or kind)]
    filled = sparql.fill(question, {"kind": kinds, "thing": among})
    known: dict[URIRef, _Candidate] = {}
    for thing, about, value in store.select(filled):
        if not isinstance(thing, URIRef):
            continue
        if thing not in known:
            known[thing] = _Candidate(iri=thing, names=_segments(thing))
        if isinstance(value, Literal):
            _name(known[thing], str(about), value, lang)
        elif isinstance(value, URIRef) and str(about) == _REPLACED_BY:
            known[thing].successor = value
    return known


def _name(candidate: _Candidate, about: str, value: Literal, lang: str) -> None:
    candidate.names.add(normal(value))
    if about in _TITLES:
        rank = (_TITLES.index(about), int(value.language != lang), str(value))
        candidate.title = min(candidate.title, rank)


def _segments(iri: URIRef) -> set[str]:
    """Return the last segment of an IRI, and the slug after ``local-{partner}-``."""
    last = re.split(r"[/#]", iri)[-1]
    local = re.fullmatch(r"local-[^-]+-(.+)", last)
    return {normal(part) for part in (last, local[1] if local else last) if part}


def _same_name(known: dict[URIRef, _Candidate], text: str) -> list[_Candidate]:
    name = normal(text)
    return [each for each in known.values() if name and name in each.names]


def _prefer(
    known: dict[URIRef, _Candidate], text: str, found: list[_Candidate]
) -> list[_Candidate]:
    """Keep the thing that has the text as IRI, else those that are still current."""
    for iri in _iri(text):
        if iri in known:
            return [known[iri]]
    return [each for each in found if each.successor is None] or found


def _end(store: Store, candidate: _Candidate, lang: str) -> _Candidate:
    """Follow the chain of successors to its end; a circle ends where it closes."""
    passed: set[URIRef] = set()
    while candidate.successor is not None and candidate.iri not in passed:
        passed.add(candidate.iri)
        after = candidate.successor
        known = _candidates(store, ANYTHING, lang, among=[after])
        candidate = known.get(after) or _Candidate(iri=after)
    return candidate


def _nearest(known: dict[URIRef, _Candidate], text: str) -> list[_Candidate]:
    """Return the three things whose names hold the words typed, or look like them."""
    name = normal(text)
    matcher = SequenceMatcher(b=name, autojunk=False)

    def likeness(candidate: _Candidate) -> float:
        best = 0.0
        for each in candidate.names:
            matcher.set_seq1(each)
            if name and name in each:
                best = max(best, 1 + len(name) / len(each))
            elif matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
        return best

    ranked = [(likeness(c), c) for c in known.values() if c.successor is None]
    near = heapq.nsmallest(3, ranked, key=lambda pair: (-pair[0], pair[1].iri))
    return [candidate for score, candidate in near if score >= _LIKENESS]


def _of(kind: str) -> tuple[str, str]:
    """Say the kind in French and in English; nothing when any will do."""
    return ("", "") if kind == ANYTHING else (f" du genre {kind}", f" of kind {kind}")


def _nothing(kind: str) -> QueryError:
    return QueryError(
        fr=f"L'entrepôt ne contient rien{_of(kind)[0]}. Charger les données : "
        "spnr load.",
        en=f"The store holds nothing{_of(kind)[1]}. Load the data: spnr load.",
    )


def _unknown(kind: str, text: str, known: dict[URIRef, _Candidate]) -> QueryError:
    near = ", ".join(candidate.shown() for candidate in _nearest(known, text))
    return QueryError(
        fr=f"« {text} » ne désigne rien{_of(kind)[0]}. "
        + (f"Essayer : {near}." if near else "Donner un nom, un code ou une IRI."),
        en=f"'{text}' names nothing{_of(kind)[1]}. "
        + (f"Try: {near}." if near else "Give a name, a code or an IRI."),
    )


def _ambiguous(kind: str, text: str, found: list[_Candidate]) -> QueryError:
    named = ", ".join(candidate.shown() for candidate in found)
    return QueryError(
        fr=f"« {text} » désigne plusieurs choses{_of(kind)[0]} : {named}. Donner le "
        "nom entre parenthèses.",
        en=f"'{text}' names several things{_of(kind)[1]}: {named}. Give the name in "
        "parentheses.",
    )
