"""Decisions on identity as RDF, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.identity.model import Decision, Kind, Ledger, Text
from spnr_graph.namespaces import PREFIXES, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.graph import Graph
    from rdflib.term import URIRef

_DECISION: Final = PREFIXES["spnr"] + "IdentityDecision"
_KIND: Final = PREFIXES["decision-identite"]
_ACTOR: Final = PREFIXES["acteur"]


def statements(decisions: Iterable[Decision]) -> list[bytes]:
    """Return decisions as N-Triples lines."""
    text = _graph(decisions).serialize(format="nt", encoding="utf-8")
    return text.splitlines(keepends=True)


def parse(text: bytes, *, name: str = "Turtle") -> Ledger:
    """Read the text of a ledger.

    Raises:
        DataError: not Turtle, an incomplete decision, or contradictory ones.
    """
    from rdflib import RDF, URIRef
    from rdflib.graph import Graph

    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=text, format="turtle")
    except (SyntaxError, ValueError, IndexError) as error:
        raise DataError(
            fr=f"{name} n'est pas du Turtle valide : {error}. Corriger le fichier.",
            en=f"{name} is not valid Turtle: {error}. Correct the file.",
        ) from error
    nodes = graph.subjects(RDF.type, URIRef(_DECISION))
    found = [_decision(graph, node, name) for node in nodes if isinstance(node, URIRef)]
    found.sort(key=lambda each: (each.on, each.kind is Kind.UNDONE, each.iri))
    ledger = Ledger(tuple(found), text)
    _check_references(ledger, name)
    _ = ledger.classes  # raises when decisions contradict each other
    return ledger


def _decision(graph: Graph, node: URIRef, name: str) -> Decision:
    def one(term: str) -> str:
        values = list(graph.objects(node, _term(term)))
        if len(values) != 1:
            raise _incomplete(name, node, term, len(values))
        return str(values[0])

    slug = one("dcterms:type").removeprefix(_KIND)
    if slug not in set(Kind):
        raise _incomplete(name, node, "dcterms:type", 0)
    kind, pair = Kind(slug), ("", "")
    if kind is not Kind.UNDONE:
        pair = one("spnr:keeps"), one("spnr:discards")
        if not all(iri.startswith(_ACTOR) for iri in pair) or pair[0] == pair[1]:
            raise _incomplete(name, node, "spnr:keeps, spnr:discards", 2)
    try:
        day = date.fromisoformat(one("dcterms:date"))
    except ValueError as error:
        raise _incomplete(name, node, "dcterms:date", 1) from error
    return Decision(
        iri=str(node),
        kind=kind,
        on=day,
        by=one("dc:creator"),
        why=next(iter(_texts(graph, node, "dcterms:description")), Text()),
        keeps=pair[0],
        discards=pair[1],
        evidence=_texts(graph, node, "skos:note"),
        undoes=one("dcterms:replaces") if kind is Kind.UNDONE else "",
    )


def _texts(graph: Graph, node: URIRef, term: str) -> tuple[Text, ...]:
    """Return texts in order: French and English pair off by a common first mark.

    Notes are written ``1. …`` in both languages, so that sorting keeps them together.
    """
    by_lang: dict[str, list[str]] = {"fr": [], "en": []}
    for value in graph.objects(node, _term(term)):
        by_lang["en" if getattr(value, "language", "") == "en" else "fr"].append(
            str(value)
        )
    french, english = (sorted(by_lang[lang], key=_number) for lang in ("fr", "en"))
    longest = max(len(french), len(english))
    french += [""] * (longest - len(french))
    english += [""] * (longest - len(english))
    return tuple(
        Text(fr=_unnumbered(fr), en=_unnumbered(en))
        for fr, en in zip(french, english, strict=True)
    )


def _number(text: str) -> tuple[int, str]:
    """Return a sort key: the number that a note begins with, then its text."""
    found = re.match(r"\d+(?=\. )", text)
    return int(found[0]) if found else 0, text


def _unnumbered(text: str) -> str:
    return re.sub(r"^\d+\. ", "", text)


def _graph(decisions: Iterable[Decision]) -> Graph:
    """Return what decisions say as an rdflib graph."""
    from rdflib import RDF, XSD, Literal, URIRef
    from rdflib.graph import Graph

    out = Graph(bind_namespaces="none")
    for each in decisions:
        node = URIRef(each.iri)
        out.add((node, RDF.type, URIRef(_DECISION)))
        out.add((node, _term("dcterms:type"), URIRef(_KIND + each.kind)))
        day = Literal(each.on.isoformat(), datatype=XSD.date)
        out.add((node, _term("dcterms:date"), day))
        out.add((node, _term("dc:creator"), Literal(each.by)))
        for lang, text in _said((each.why,)):
            out.add((node, _term("dcterms:description"), Literal(text, lang=lang)))
        for lang, text in _said(each.evidence, numbered=len(each.evidence) > 1):
            out.add((node, _term("skos:note"), Literal(text, lang=lang)))
        for term, iri in (
            ("spnr:keeps", each.keeps),
            ("spnr:discards", each.discards),
            ("dcterms:replaces", each.undoes),
        ):
            if iri:
                out.add((node, _term(term), URIRef(iri)))
    return out


def _said(
    texts: Iterable[Text], *, numbered: bool = False
) -> Iterator[tuple[str, str]]:
    for rank, text in enumerate(texts, start=1):
        mark = f"{rank}. " if numbered else ""
        for lang, words in (("fr", text.fr), ("en", text.en)):
            if words:
                yield lang, mark + words


def _term(name: str) -> URIRef:
    from rdflib.term import URIRef

    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _check_references(ledger: Ledger, name: str) -> None:
    """Refuse a decision that takes back what is no decision of the ledger."""
    known = {e.iri for e in ledger.decisions if e.kind is not Kind.UNDONE}
    for each in ledger.decisions:
        if each.undoes and each.undoes not in known:
            raise DataError(
                fr=f"{name}, {shorten(each.iri)} annule {shorten(each.undoes)}, qui "
                "n'est pas une décision de ce registre. Corriger dcterms:replaces.",
                en=f"{name}, {shorten(each.iri)} takes back {shorten(each.undoes)}, "
                "which is no decision of this ledger. Correct dcterms:replaces.",
            )


def _incomplete(name: str, node: str, term: str, count: int) -> DataError:
    return DataError(
        fr=f"{name}, {shorten(node)} : {term} manque, est en trop ou n'est pas du bon "
        f"genre ({count} valeur(s)). Compléter la décision.",
        en=f"{name}, {shorten(node)}: {term} is missing, too many or of the wrong "
        f"kind ({count} value(s)). Complete the decision.",
    )
