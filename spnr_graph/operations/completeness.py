"""What a contribution leaves unsaid: shares per aspect, and what to complete first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib.term import URIRef

from spnr_graph import sparql
from spnr_graph.catalogue import sources
from spnr_graph.labels import labels
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.operations.contradictions import contradictions
from spnr_graph.operations.datasets import dataset
from spnr_graph.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.findings import Finding
    from spnr_graph.store import Store
    from spnr_graph.table import Row

#: Between the French and the English name of an aspect in the query.
_BETWEEN = " | "


@dataclass(frozen=True, kw_only=True, order=True)
class Aspect:
    """Something that matters of the things of a class.

    Attributes:
        fr: its name in French.
        en: its name in English.
    """

    fr: str
    en: str

    def text(self, lang: str) -> str:
        """Return its name in ``lang`` (``"fr"`` or ``"en"``)."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many things of a class have an aspect.

    Attributes:
        kind: IRI of the class.
        aspect: what matters.
        have: how many things have it.
        of: how many things there are.
    """

    kind: str
    aspect: Aspect
    have: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A thing of which something is unsaid.

    Attributes:
        thing: its IRI.
        label: its name.
        kind: IRI of its class.
        missing: the aspects that it lacks.
        links: in how many participations it stands, in the whole store.
    """

    thing: str
    label: str
    kind: str
    missing: tuple[Aspect, ...]
    links: int


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """A thing of which another source says otherwise.

    Attributes:
        label: its name.
        finding: who says what, and which value is shown.
    """

    label: str
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """What a contribution says and leaves unsaid.

    Attributes:
        name: of the dataset.
        graph: its named graph.
        shares: per class and aspect, the least filled first.
        gaps: things that lack something, the most useful to complete first: those in
            the most participations, then those that lack most.
        disputed: where another source says otherwise, by thing and property.
    """

    name: str
    graph: str
    shares: tuple[Share, ...]
    gaps: tuple[Gap, ...] = field(repr=False)
    disputed: tuple[Disputed, ...] = field(default=(), repr=False)

    @property
    def filled(self) -> int:
        """How many (thing, aspect) pairs are filled."""
        return sum(share.have for share in self.shares)

    @property
    def expected(self) -> int:
        """How many (thing, aspect) pairs there are."""
        return sum(share.of for share in self.shares)


def completeness(
    store: Store, name: str, *, lang: str = "fr", project: Project | None = None
) -> Completeness:
    """Say what a contribution leaves unsaid.

    Only what its own graph says counts. What matters for a class is a table in
    ``queries/internal/completeness.rq``.

    Args:
        store: an open store.
        name: of the dataset.
        lang: language of the names of things.
        project: whose query tells what matters.

    Raises:
        DataError: the store holds no such dataset, or several; which it holds is said.
    """
    content = project or open_project()
    described = sources(store)
    described.pop(INFERENCE_GRAPH, None)
    graph = dataset(described, name).graph
    text = content.query_text("internal/completeness")
    question = sparql.fill(sparql.parse(text), {"graph": [URIRef(graph)]})
    found = _read(store.select(question))
    links = {
        str(thing): int(str(count))
        for thing, count in store.select(
            sparql.parse(content.query_text("internal/connections"))
        )
    }
    gaps = sorted(
        (
            (-links.get(thing, 0), -len(each.aspects - said), thing, kind)
            for kind, each in found.items()
            for thing, said in each.things.items()
            if each.aspects - said
        )
    )
    named = labels(store, [URIRef(thing) for _, _, thing, _ in gaps], lang)
    return Completeness(
        name=name,
        graph=graph,
        shares=tuple(_shares(found)),
        gaps=tuple(
            Gap(
                thing=thing,
                label=named.get(URIRef(thing), ""),
                kind=kind,
                missing=tuple(sorted(found[kind].aspects - found[kind].things[thing])),
                links=-count,
            )
            for count, _, thing, kind in gaps
        ),
        disputed=tuple(_disputed(store, graph, lang)),
    )


def _disputed(store: Store, graph: str, lang: str) -> Iterable[Disputed]:
    """Yield the contradictions in which a source has part."""
    found = contradictions(store, graph)
    named = labels(store, sorted({URIRef(each.focus) for each in found}), lang)
    for each in found:
        yield Disputed(label=named[URIRef(each.focus)], finding=each)


@dataclass
class _Class:
    """The things of a class, and all that may be said of them."""

    aspects: set[Aspect] = field(default_factory=set)
    things: dict[str, frozenset[Aspect]] = field(default_factory=dict)


def _read(rows: Iterable[Row]) -> dict[str, _Class]:
    """Read the answer of the query; classes without a thing are left out."""
    found: dict[str, _Class] = {}
    kept: dict[str, frozenset[Aspect]] = {}
    for kind, thing, text in rows:
        said = kept.setdefault(str(text), _aspects(str(text)))
        each = found.setdefault(str(kind), _Class())
        each.aspects |= said
        if thing is not None:
            each.things[str(thing)] = said
    return {kind: each for kind, each in sorted(found.items()) if each.things}


def _aspects(text: str) -> frozenset[Aspect]:
    names = (line.partition(_BETWEEN) for line in text.split("\n") if line)
    return frozenset(Aspect(fr=fr, en=en) for fr, _, en in names)


def _shares(found: Mapping[str, _Class]) -> Iterable[Share]:
    for kind, each in found.items():
        have = Counter(aspect for said in each.things.values() for aspect in said)
        for aspect in sorted(each.aspects, key=lambda a: (have[a], a)):
            yield Share(
                kind=kind, aspect=aspect, have=have[aspect], of=len(each.things)
            )
