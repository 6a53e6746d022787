"""Read and check: what a person named → contributions, staged and found good or bad.

``load`` and ``validate`` share these steps, so that what validates is what loads.
"""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph.check.context import context, undescribed
from spnr_graph.errors import DataError, SpnrError
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import BASE, PREFIXES, REFERENCE_GRAPHS
from spnr_graph.operations.fingerprint import bytes_fingerprint, files_fingerprint
from spnr_graph.read import Staging
from spnr_graph.read.address import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.graph import Graph

    from spnr_graph.check import Shapes
    from spnr_graph.operations.terms import Terms
    from spnr_graph.project import Dataset, Project
    from spnr_graph.store import Store

#: Where what is only context of a check stands in a staging store.
_CONTEXT_GRAPH = BASE + "graph/context"
#: Shape under which blank nodes of a contribution are reported.
BLANK_NODES = PREFIXES["sp"] + "noBlankNode"
#: Shape under which statements in reserved graphs are reported.
RESERVED_GRAPH = PREFIXES["sp"] + "noReservedGraph"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One source as a person named it: a dataset of the catalogue, or anything else."""

    name: str
    source: str
    dataset: Dataset | None = None

    def fingerprint(self, project: Project) -> str:
        """Fingerprint files; empty for what is not known before reading."""
        if self.dataset is not None:
            read = files_fingerprint(self.dataset.files, project)
            told = self.dataset.description.serialize(format="nt", encoding="utf-8")
            lines = sorted(told.splitlines())
            return bytes_fingerprint([read.encode(), *lines], project)
        path = Path(self.source)
        return files_fingerprint([path], project) if path.is_file() else ""


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
        notes: findings of the reading itself.
    """

    name: str
    graph: str
    staging: Staging = field(repr=False)
    triples: int
    fingerprint: str
    description: Graph = field(repr=False)
    notes: tuple[Finding, ...] = ()


def references(project: Project) -> list[Request]:
    """Return the reference datasets of the catalogue: concepts, territories, policy."""
    return [
        Request(name=dataset.name, source=dataset.name, dataset=dataset)
        for dataset in project.datasets.values()
        if dataset.graph.startswith(REFERENCE_GRAPHS)
    ]


def lacks_references(graphs: Iterable[str]) -> bool:
    """Say whether no graph is a reference, so that nothing could be known."""
    return not any(graph.startswith(REFERENCE_GRAPHS) for graph in graphs)


def requests(sources: Sequence[str], project: Project) -> list[Request]:
    """Turn what a person named into requests; nothing named means the catalogue.

    Raises:
        DataError: a name is neither a dataset, nor a file, nor an address.
    """
    datasets = project.datasets
    if not sources:
        return [
            Request(name=d.name, source=d.name, dataset=d) for d in datasets.values()
        ]
    found = []
    for source in dict.fromkeys(sources):
        if source in datasets:
            found.append(Request(name=source, source=source, dataset=datasets[source]))
        elif source == "-" or is_address(source) or _is_path(source):
            found.append(Request(name=source, source=source))
        else:
            raise _unknown(source, list(datasets))
    return found


def _is_path(source: str) -> bool:
    """Say whether a word means a file: it exists, or looks like a path."""
    if not source.strip():
        return False  # would mean the current directory
    return Path(source).exists() or "/" in source or "." in source or "\\" in source


def _unknown(source: str, names: list[str]) -> DataError:
    near = difflib.get_close_matches(source, names, n=1, cutoff=0.5)
    fr = f"Voulait-on dire {near[0]} ? " if near else ""
    en = f"Did you mean {near[0]}? " if near else ""
    known = ", ".join(names)
    return DataError(
        fr=f"« {source} » n'est ni un jeu de données du catalogue, ni un fichier, ni "
        f"une adresse. {fr}Jeux de données : {known}.",
        en=f"'{source}' is no dataset of the catalogue, no file and no address. "
        f"{en}Datasets: {known}.",
    )


def stage(request: Request, project: Project, terms: Terms) -> list[Incoming]:
    """Read one source.

    Raises:
        DataError: it cannot be read, or it is a dataset without licence.
    """
    staging = Staging()
    if request.dataset is not None:
        dataset = request.dataset
        if not dataset.licence:
            raise _no_licence(dataset)
        for path in dataset.files:
            staging.add(path, graph=str(dataset.graph))
    else:
        staging.add(
            request.source,
            partner=terms.partner,
            syntax=terms.syntax,
            limits=terms.limits,
        )
    fingerprint = request.fingerprint(project)
    several = len(staging.contributions) > 1
    return [
        Incoming(
            name=_name(request, each.graph, several=several),
            graph=each.graph,
            staging=staging,
            triples=each.triples,
            fingerprint=fingerprint
            or _content_fingerprint(staging, each.graph, project),
            description=_description(request, each.graph, terms, several=several),
            notes=tuple(
                _notes(request.name, each.graph, each.skolemised, each.skipped)
            ),
        )
        for each in staging.contributions
    ]


def _no_licence(dataset: Dataset) -> DataError:
    return DataError(
        fr=f"data/catalogue.ttl, {dataset.graph} : le jeu « {dataset.name} » n'a pas "
        "de licence ; il n'est pas chargé. Ajouter dcterms:license.",
        en=f"data/catalogue.ttl, {dataset.graph}: the dataset '{dataset.name}' has no "
        "licence and is not loaded. Add dcterms:license.",
    )


def _name(request: Request, graph: str, *, several: bool) -> str:
    """Name a contribution: the dataset, else the end of its graph's IRI."""
    if request.dataset is not None:
        return request.dataset.name
    last = graph.rsplit("/", 1)[-1] or graph
    return f"{request.name}#{last}" if several else last


def _content_fingerprint(staging: Staging, graph: str, project: Project) -> str:
    lines = sorted(staging.ntriples(graph))
    content = hashlib.sha256(b"".join(lines)).digest()
    return bytes_fingerprint([content], project)


def _description(request: Request, graph: str, terms: Terms, *, several: bool) -> Graph:
    """Return what the catalogue says, or the little that a person said."""
    if request.dataset is not None:
        return request.dataset.description
    from rdflib import RDF, Literal, URIRef
    from rdflib.graph import Graph

    dcterms, dcat = PREFIXES["dcterms"], PREFIXES["dcat"]
    node, out = URIRef(graph), Graph(bind_namespaces="none")
    out.add((node, RDF.type, URIRef(dcat + "Dataset")))
    name = Literal(_name(request, graph, several=several))
    out.add((node, URIRef(dcterms + "identifier"), name))
    out.add((node, URIRef(dcterms + "title"), name))
    for term, iri in (("publisher", terms.publisher), ("license", terms.licence)):
        if iri:
            out.add((node, URIRef(dcterms + term), URIRef(iri)))
    return out


def _notes(name: str, graph: str, skolemised: int, skipped: int) -> Iterable[Finding]:
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


def check(
    incoming: Sequence[Incoming],
    shapes: Shapes,
    store: Store | None,
    known: Sequence[Incoming] = (),
) -> Report:
    """Check contributions, each by itself, in the light of the others and of the store.

    A contribution that is refused counts for nothing in the check of the others.

    Args:
        incoming: staged contributions.
        shapes: what they must meet.
        store: where they would go; None when there is no store yet.
        known: contributions that are not checked, but tell what things are.
    """
    good = list(incoming)
    bad: dict[str, list[Finding]] = {}
    while True:
        found = {
            each.graph: _check_one(each, [*good, *known], shapes, store)
            for each in good
        }
        refused = [each for each in good if _refuses(found[each.graph])]
        if not refused:
            break
        bad.update({each.graph: found[each.graph] for each in refused})
        good = [each for each in good if each not in refused]
    notes = [note for each in incoming for note in each.notes]
    every = [f for group in (bad, found) for some in group.values() for f in some]
    return Report.of([*notes, *every])


def _refuses(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.VIOLATION for finding in findings)


def _check_one(
    each: Incoming, good: Sequence[Incoming], shapes: Shapes, store: Store | None
) -> list[Finding]:
    staged = each.staging.store
    staged.update(f"DROP SILENT GRAPH <{_CONTEXT_GRAPH}>")
    things = undescribed(staged, each.graph)
    if things:
        known = context(
            things,
            others=[o.staging.store for o in good if o.staging is not each.staging],
            store=store,
            replaced=[other.graph for other in good],
        )
        each.staging.context(_CONTEXT_GRAPH, known)
    try:
        return shapes.check(staged, source=each.name, graph=each.graph)
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
