"""What a person typed (label, slug, prefixed name, IRI) → an IRI of the store."""

from __future__ import annotations

import heapq
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.errors import QueryError
from spnr_graph.namespaces import PREFIXES, expand, shorten
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from rdflib.term import Literal, URIRef

    from spnr_graph.store import Store

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
_LIKENESS: Final = 0.5


@dataclass
class _Candidate:
    """A thing of the kind, with everything a person may call it."""

    iri: URIRef
    names: set[str] = field(default_factory=set)  # normalised
    title: tuple[int, int, str] = (9, 9, "")
    successor: URIRef | None = None

    def shown(self) -> str:
        short = shorten(self.iri)
        return f"{self.title[2]} ({short})" if self.title[2] else short


def resolve(store: Store, kind: str, text: str, *, lang: str = "fr") -> URIRef:
    """Return the IRI of the one thing of a kind that a text names.

    A thing that was replaced stands for its successor.

    Args:
        store: where the thing is described.
        kind: prefixed name of a class or of a concept scheme.
        text: an IRI, a prefixed name, the last segment of the IRI, a code, or a label;
            case, accents and punctuation of slugs, codes and labels do not matter.
        lang: language of the labels shown in messages.

    Raises:
        QueryError: nothing, or more than one thing, has that name; the nearest names,
            or the candidates, are listed.
    """
    known = _candidates(store, kind, lang)
    if not known:
        raise _nothing(kind)
    found = _match(known, text.strip())
    if not found:
        raise _unknown(kind, text, known)
    ends = {_end(known, candidate) for candidate in found}
    if len(ends) > 1:
        raise _ambiguous(
            kind, text, [known[end] for end in sorted(ends) if end in known]
        )
    return ends.pop()


def normalise(text: str) -> str:
    """Return a text without case, accents and punctuation.

    Example:
        >>> normalise("Côte-d’Or")
        'cote d or'
    """
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip()


def _candidates(store: Store, kind: str, lang: str) -> dict[URIRef, _Candidate]:
    from rdflib.term import Literal, URIRef

    question = sparql.parse(query_text("internal/candidates"), name="candidates")
    term = URIRef(expand(kind) or kind)
    known: dict[URIRef, _Candidate] = {}
    for thing, about, value in store.select(sparql.fill(question, {"kind": [term]})):
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
    candidate.names.add(normalise(value))
    if about in _TITLES:
        rank = (_TITLES.index(about), int(value.language != lang), str(value))
        candidate.title = min(candidate.title, rank)


def _segments(iri: URIRef) -> set[str]:
    """Return the last segment of an IRI, and the slug after ``local-{partner}-``."""
    last = re.split(r"[/#]", iri)[-1]
    local = re.fullmatch(r"local-[^-]+-(.+)", last)
    return {normalise(part) for part in (last, local[1] if local else last) if part}


def _match(known: dict[URIRef, _Candidate], text: str) -> list[_Candidate]:
    """Return the things so named: by IRI first, those still current before others."""
    from rdflib.term import URIRef

    iri = URIRef(expand(text) or text.removeprefix("<").removesuffix(">"))
    if iri in known:
        return [known[iri]]
    name = normalise(text)
    found = [
        candidate for candidate in known.values() if name and name in candidate.names
    ]
    return [c for c in found if c.successor is None] or found


def _end(known: dict[URIRef, _Candidate], candidate: _Candidate) -> URIRef:
    """Follow the chain of successors to its end; a circle ends where it closes."""
    passed: set[URIRef] = set()
    while candidate.successor in known and candidate.iri not in passed:
        passed.add(candidate.iri)
        candidate = known[candidate.successor]
    return candidate.successor or candidate.iri


def _nearest(known: dict[URIRef, _Candidate], text: str) -> list[_Candidate]:
    """Return the three things whose names hold the words typed, or look like them."""
    name = normalise(text)
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


def _nothing(kind: str) -> QueryError:
    return QueryError(
        fr=f"La base ne contient rien du genre {kind}. La charger : spnr load.",
        en=f"The store holds nothing of kind {kind}. Load the data: spnr load.",
    )


def _unknown(kind: str, text: str, known: dict[URIRef, _Candidate]) -> QueryError:
    near = ", ".join(candidate.shown() for candidate in _nearest(known, text))
    return QueryError(
        fr=f"« {text} » ne désigne rien du genre {kind}. "
        + (f"Essayer : {near}." if near else "Donner un nom, un code ou une IRI."),
        en=f"'{text}' names nothing of kind {kind}. "
        + (f"Try: {near}." if near else "Give a name, a code or an IRI."),
    )


def _ambiguous(kind: str, text: str, found: list[_Candidate]) -> QueryError:
    named = ", ".join(candidate.shown() for candidate in found)
    return QueryError(
        fr=f"« {text} » désigne plusieurs choses du genre {kind} : {named}. Donner le "
        "nom entre parenthèses.",
        en=f"'{text}' names several things of kind {kind}: {named}. Give the name in "
        "parentheses.",
    )
