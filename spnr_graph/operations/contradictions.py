"""Contradictions: where two sources disagree, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.catalogue import sources
from spnr_graph.findings import Finding, Severity
from spnr_graph.labels import labels
from spnr_graph.namespaces import LANGUAGES, PREFIXES, shorten
from spnr_graph.project import query_text
from spnr_graph.render.explained import Dispute
from spnr_graph.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Identifier, URIRef

    from spnr_graph.store import Store

#: Shape under which contradictions are reported.
CONTRADICTION: Final = PREFIXES["sp"] + "contradiction"


def disagreements(store: Store, thing: URIRef | None = None) -> list[Dispute]:
    """Return what sources disagree on, each against the value that is shown.

    Of three sources, the two that are not shown are not compared with each other.

    Args:
        store: an open store.
        thing: only about this thing and the participations in which it stands.

    Raises:
        StoreError: the store does not answer.
    """
    query = sparql.parse(query_text("contradictions"), name="contradictions")
    rows = [
        Dispute(
            thing=row[0],  # type: ignore[arg-type]
            about=row[1],  # type: ignore[arg-type]
            initiative=row[2],  # type: ignore[arg-type]
            shown=row[3],  # type: ignore[arg-type]
            source=row[4],  # type: ignore[arg-type]
            other=row[5],  # type: ignore[arg-type]
            other_source=row[6],  # type: ignore[arg-type]
        )
        for row in store.select(sparql.bind(query, {"element": thing} if thing else {}))
    ]
    beaten = {(*_subject(each), each.other_source) for each in rows}
    return [each for each in rows if (*_subject(each), each.source) not in beaten]


def _subject(each: Dispute) -> tuple[object, ...]:
    """Return what a contradiction is about; names in two languages are two things."""
    language = getattr(each.shown, "language", None)
    return each.thing, each.about, each.initiative, language


def contradictions(store: Store, graph: str | None = None) -> list[Finding]:
    """Return what sources disagree on as warnings that name both and what is shown.

    Args:
        store: an open store.
        graph: only what the source of this named graph has part in.
    """
    found = [
        each
        for each in disagreements(store)
        if graph is None or graph in (str(each.source), str(each.other_source))
    ]
    names = {source.graph: source.name for source in sources(store).values()}
    texts = {lang: _sentences(store, found, names, lang) for lang in LANGUAGES}
    return [
        Finding(
            source=_name(each.other_source, names),
            severity=Severity.WARNING,
            focus=str(each.thing),
            shape=CONTRADICTION,
            path=each.about.n3(),
            value=each.other.n3(),
            fr=fr,
            en=en,
        )
        for each, fr, en in zip(found, texts["fr"], texts["en"], strict=True)
    ]


def _name(graph: URIRef, names: dict[str, str]) -> str:
    return names.get(str(graph)) or shorten(graph)


def _sentences(
    store: Store, found: Iterable[Dispute], names: dict[str, str], lang: str
) -> list[str]:
    """Say each contradiction in a language."""
    from rdflib.term import URIRef

    found = list(found)
    terms = [(e.about, e.initiative, e.shown, e.other) for e in found]
    iris = {t for row in terms for t in row if isinstance(t, URIRef)}
    known = labels(store, sorted(iris), lang)
    quotes = "« {} »" if lang == "fr" else '"{}"'

    def say(term: Identifier) -> str:
        name = known[term] if isinstance(term, URIRef) else str(term)
        return quotes.format(name)

    said = []
    for each in found:
        first, second = _name(each.source, names), _name(each.other_source, names)
        about = property_name(each.about, lang) or known[each.about]
        shown, other = say(each.shown), say(each.other)
        if lang == "fr":
            within = f" dans {say(each.initiative)}" if each.initiative else ""
            said.append(
                f"{about}{within} : {shown} selon {first}, {other} selon {second}. "
                f"La valeur de {first} est montrée ; vérifier laquelle est juste et la "
                "corriger à la source."
            )
        else:
            within = f" in {say(each.initiative)}" if each.initiative else ""
            said.append(
                f"{about}{within}: {shown} according to {first}, {other} according to "
                f"{second}. The value of {first} is shown; check which one is right "
                "and correct it at the source."
            )
    return said
