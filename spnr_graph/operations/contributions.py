"""Read and check: what a person named → contributions, staged and found good or bad.

``load`` and ``validate`` share these steps, so that what validates is what loads.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spnr_graph.check.context import Described, context
from spnr_graph.check.lent import callers, classes_lent, own
from spnr_graph.errors import SpnrError
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import BASE, CONTRIBUTION_GRAPHS, PREFIXES
from spnr_graph.read import Staging

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib.graph import Graph

    from spnr_graph.check import Shapes
    from spnr_graph.operations.terms import Terms
    from spnr_graph.project import Dataset
    from spnr_graph.read.stream import Material
    from spnr_graph.store import Store

#: Where what is only context of a check stands in a staging store.
_CONTEXT_GRAPH = BASE + "graph/context"
#: Shape under which blank nodes of a contribution are reported.
BLANK_NODES = PREFIXES["sp"] + "noBlankNode"
#: Shape under which statements in reserved graphs are reported.
RESERVED_GRAPH = PREFIXES["sp"] + "noReservedGraph"


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One named graph on its way into a store.

    Attributes:
        name: what reports call it.
        graph: IRI of the named graph.
        staging: the private store that holds it, with what it came with.
        triples: its size.
        fingerprint: of what it was read from.
        description: what the catalogue graph will say of it.
        notes: findings of the reading itself; a violation among them refuses it.
        formats: names of the formats of tables it was read with.
        rows: number of rows of its tables.
        materials: what it was read from, to be kept when it is refused.
    """

    name: str
    graph: str
    staging: Staging = field(repr=False)
    triples: int
    fingerprint: str
    description: Graph = field(repr=False)
    notes: tuple[Finding, ...] = ()
    formats: tuple[str, ...] = ()
    rows: int = 0
    materials: tuple[Material, ...] = field(default=(), repr=False)


def description(name: str, graph: str, dataset: Dataset | None, terms: Terms) -> Graph:
    """Return what the catalogue says, or the little that a person said."""
    if dataset is not None:
        return dataset.description
    from rdflib import RDF, Literal, URIRef
    from rdflib.graph import Graph

    dcterms, dcat = PREFIXES["dcterms"], PREFIXES["dcat"]
    node, out = URIRef(graph), Graph(bind_namespaces="none")
    out.add((node, RDF.type, URIRef(dcat + "Dataset")))
    out.add((node, URIRef(dcterms + "identifier"), Literal(name)))
    out.add((node, URIRef(dcterms + "title"), Literal(name)))
    for term, iri in (("publisher", terms.publisher), ("license", terms.licence)):
        if iri:
            out.add((node, URIRef(dcterms + term), URIRef(iri)))
    return out


def notes(name: str, graph: str, skolemised: int, skipped: int) -> Iterable[Finding]:
    """Tell what reading changed, so that nothing is changed in silence."""
    if skolemised:
        yield Finding(
            source=name,
            severity=Severity.WARNING,
            focus=graph,
            shape=BLANK_NODES,
            fr=f"{skolemised} nœuds anonymes ont reçu une IRI. Donner des IRI à la "
            "source évite qu'elles changent.",
            en=f"{skolemised} blank nodes were given an IRI. Give them IRIs at the "
            "source, so that they do not change.",
        )
    if skipped:
        yield Finding(
            source=name,
            severity=Severity.WARNING,
            focus=graph,
            shape=RESERVED_GRAPH,
            fr=f"{skipped} énoncés de graphes que spnr écrit lui-même (catalogue, "
            "inférence) sont laissés de côté ; ils seront recalculés.",
            en=f"{skipped} statements of graphs that spnr writes itself (catalogue, "
            "inference) are left out; they will be computed again.",
        )


def distinct(incoming: Iterable[Incoming]) -> list[Incoming]:
    """Return contributions that no report takes for one another.

    Those that share a name are called by partner and name, else by what they were read
    from: findings know a contribution by its name.
    """
    found = list(incoming)
    for told in (_of_partner, _of_origin):
        shared = Counter(each.name for each in found)
        found = [
            _called(each, told(each)) if shared[each.name] > 1 else each
            for each in found
        ]
    return found


def _of_partner(each: Incoming) -> str:
    return each.graph.removeprefix(CONTRIBUTION_GRAPHS)


def _of_origin(each: Incoming) -> str:
    own = (c for c in each.staging.contributions if c.graph == each.graph)
    return ", ".join(source for contribution in own for source in contribution.sources)


def _called(each: Incoming, name: str) -> Incoming:
    """Return a contribution under another name, its findings too."""
    told = tuple(replace(note, source=name) for note in each.notes)
    return replace(each, name=name, notes=told)


def check(
    incoming: Sequence[Incoming],
    shapes: Shapes,
    store: Store | None,
    known: Sequence[Incoming] = (),
) -> Report:
    """Check contributions, each by itself, in the light of the others and of the store.

    A contribution that is refused counts for nothing in the check of the others.

    Args:
        incoming: staged contributions, of distinct names.
        shapes: what they must meet.
        store: where they would go; None when there is no store yet.
        known: contributions that are not checked, but tell what things are.
    """
    good = [each for each in incoming if not _refuses(each.notes)]
    stagings = dict.fromkeys(each.staging for each in (*good, *known))
    told_by = {staging: Described(staging.store) for staging in stagings}
    bad: dict[str, list[Finding]] = {}
    while True:
        others = [*good, *known]
        found = {
            each.name: _check_one(each, others, told_by, shapes=shapes, store=store)
            for each in good
        }
        refused = {name for name, told in found.items() if _refuses(told)}
        if not refused:
            break
        bad.update({name: found[name] for name in sorted(refused)})
        good = [each for each in good if each.name not in refused]
    told = [note for each in incoming for note in each.notes]
    every = [f for group in (bad, found) for some in group.values() for f in some]
    return Report.of([*told, *every])


def _refuses(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.VIOLATION for finding in findings)


def _check_one(
    each: Incoming,
    good: Sequence[Incoming],
    told_by: Mapping[Staging, Described],
    *,
    shapes: Shapes,
    store: Store | None,
) -> list[Finding]:
    staged = each.staging.store
    things = told_by[each.staging].undescribed(each.graph)
    if things:
        others = dict.fromkeys(other.staging for other in good)
        known = context(
            things,
            others=[told_by[other] for other in others if other is not each.staging],
            store=store,
            replaced=[other.graph for other in good],
        )
        each.staging.context(_CONTEXT_GRAPH, known)
    try:
        with classes_lent(staged, each.graph) as lent:
            found = shapes.check(staged, source=each.name, graph=each.graph)
            called_by = callers(shapes.graph)
            return own(found, staged, each.graph, lent, called_by=called_by)
    finally:
        staged.update(f"DROP SILENT GRAPH <{_CONTEXT_GRAPH}>")


def unreadable(name: str, error: SpnrError) -> Finding:
    """Return the finding of a source that could not be read."""
    return Finding(
        source=name,
        severity=Severity.VIOLATION,
        focus=name,
        shape=PREFIXES["sp"] + "readable",
        fr=error.fr,
        en=error.en,
    )
