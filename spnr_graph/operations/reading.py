"""Requests → contributions in private stores: RDF as it is, tables through a format."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph.distribution import Distribution
from spnr_graph.harvest import Delivery, Reach, fetch
from spnr_graph.operations.contributions import Incoming, description, notes
from spnr_graph.operations.fingerprint import bytes_fingerprint, content_fingerprint
from spnr_graph.operations.knowledge import Knowledge
from spnr_graph.operations.materials import (
    is_table,
    is_table_address,
    kept_of,
    of_file,
    stem_of,
)
from spnr_graph.operations.reading_order import in_order
from spnr_graph.operations.unread import left_out, no_licence
from spnr_graph.read import Limits, Staging, own_graph
from spnr_graph.read.address import is_address
from spnr_graph.read.sources import keep, rewound
from spnr_graph.read.stream import Material
from spnr_graph.tables.sheets import TableLimits, UnknownTableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spnr_graph.findings import Finding
    from spnr_graph.operations.requests import Request
    from spnr_graph.operations.terms import Terms
    from spnr_graph.project import Project
    from spnr_graph.read.seen import Seen
    from spnr_graph.store import Store
    from spnr_graph.tables.formats import Format
    from spnr_graph.tables.reading import TableRead


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What a request gave.

    Attributes:
        incoming: the contributions, to be checked and placed.
        unchanged: whether all that was asked for is what is here already.
        seen: IRI of a distribution → version of its delivery.
        notes: what is to be told though nothing came of it.
    """

    incoming: tuple[Incoming, ...] = ()
    unchanged: bool = False
    seen: Mapping[str, Seen] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()


class Reader:
    """Reads requests; knows territories and concepts, stored or read before.

    What it opened stays open, so that a refused delivery can be kept, until ``close``.
    """

    def __init__(self, project: Project, terms: Terms, store: Store | None) -> None:
        """Read for a store, or for none.

        Args:
            project: whose formats and references.
            terms: what is said of sources that are not in the catalogue.
            store: where territories, concepts and known things are looked up.

        Raises:
            DataError: the format of tables that is named is none.
        """
        self._project, self._terms = project, terms
        self._limits = terms.limits or Limits()
        self._knowledge = Knowledge(store, terms.partner)
        self._opened = ExitStack()
        if terms.format:
            from spnr_graph.tables.formats import named

            named(terms.format, self.formats)
        #: What the request at hand is read from, good or bad.
        self.materials: tuple[Material, ...] = ()

    def close(self) -> None:
        """Give back what deliveries were kept in."""
        self._opened.close()

    def __enter__(self) -> Reader:
        """Return itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """The formats of tables that the project knows."""
        from spnr_graph.tables.formats import formats

        return formats(self._project, schemas=False)

    def in_order(self, asked: Sequence[Request]) -> list[Request]:
        """Return requests in the order of reading; see ``reading_order``."""
        return in_order(asked, lambda: self.formats, self._terms.format)

    def stage(
        self,
        request: Request,
        *,
        seen: Mapping[str, Seen] | None = None,
        fingerprint: str = "",
    ) -> Staged:
        """Read one source.

        Args:
            request: what was asked for.
            seen: IRI of a distribution → version that is here; None asks for all anew.
            fingerprint: of the version that is here, for a harvested dataset.

        Raises:
            UnreachableError: an address or an endpoint did not answer in full.
            DataError: it cannot be read, or it is a dataset without licence.
        """
        self.materials = ()
        if request.dataset is None:
            return self._staged(request, self._materials(request.source), {})
        if not request.dataset.licence:
            raise no_licence(request.dataset)
        return self._harvested(request, seen, fingerprint)

    def _harvested(
        self, request: Request, seen: Mapping[str, Seen] | None, fingerprint: str
    ) -> Staged:
        """Read a dataset of the catalogue, distribution by distribution."""
        dataset = request.dataset
        assert dataset is not None  # noqa: S101 - the caller looked
        last = seen or {}
        places = dataset.distributions
        found = {d.iri: self._fetch(d, last.get(d.iri)) for d in places}
        now = self._dataset_fingerprint(request, found)
        if last and now == fingerprint:
            return Staged(unchanged=True, seen={i: d.seen for i, d in found.items()})
        for place in places:
            if found[place.iri].material is None:  # not sent again: asked for anew
                found[place.iri] = self._fetch(place, None)
        materials = []
        for place in places:
            material = found[place.iri].material
            assert material is not None  # noqa: S101 - only a condition leaves it out
            materials.append((material, place.format or None))
        versions = {iri: each.seen for iri, each in found.items()}
        return self._staged(request, materials, versions, fingerprint=now)

    def _fetch(self, place: Distribution, seen: Seen | None) -> Delivery:
        delivery = fetch(place, seen=seen, reach=self._reach(place))
        self._opened.callback(delivery.close)
        return delivery

    def _reach(self, place: Distribution) -> Reach:
        limits = self._limits
        size = limits.file_bytes if place.kind == "file" else limits.network_bytes
        return Reach(seconds=limits.seconds, size=size, redirects=limits.redirects)

    def _dataset_fingerprint(
        self, request: Request, found: Mapping[str, Delivery]
    ) -> str:
        """Fingerprint what came, what the catalogue says of it, and the formats."""
        if known := request.fingerprint(self._project):
            return known
        dataset = request.dataset
        assert dataset is not None  # noqa: S101 - the caller looked
        told = dataset.description.serialize(format="nt", encoding="utf-8")
        digests = [found[iri].seen.sha256.encode() for iri in sorted(found)]
        queries = [place.construct.encode() for place in dataset.distributions]
        parts = [*digests, *queries, *sorted(told.splitlines())]
        return bytes_fingerprint(parts, self._project)

    def _materials(self, source: str) -> list[tuple[Material, str | None]]:
        """Find what a person named: materials, each with the format it was said to be.

        Raises:
            DataError: there is nothing, or it is nothing that can be read.
        """
        terms, path = self._terms, Path(source)
        if source == "-" and terms.format:
            return [(self._piped(), terms.format)]
        if is_address(source) and (terms.format or is_table_address(source)):
            place = Distribution(
                iri=source, title=source, kind="address", location=source, format="?"
            )
            delivery = self._fetch(place, None)
            assert delivery.material is not None  # noqa: S101 - no version was told
            return [(delivery.material, terms.format)]
        table = bool(terms.format) or (not terms.syntax and is_table(path))
        if path.is_file() and table:
            return [(of_file(path), terms.format)]
        return []

    def _piped(self) -> Material:
        import sys

        pieces = iter(partial(sys.stdin.buffer.read, 1 << 16), b"")
        kept = keep(pieces, "-", self._limits.file_bytes)
        self._opened.callback(kept.close)
        return Material(
            label="-", open=partial(rewound, kept), syntax="", stem="entree-standard"
        )

    def _staged(
        self,
        request: Request,
        materials: list[tuple[Material, str | None]],
        seen: Mapping[str, Seen],
        *,
        fingerprint: str = "",
    ) -> Staged:
        """Read materials: those in RDF together, tables one by one."""
        self.materials = tuple(m for m, _ in materials) or kept_of(request.source)
        staging = Staging()
        graph = str(request.dataset.graph) if request.dataset else self._terms.graph
        rdf = [m for m, form in materials if m.syntax and not form]
        tables = [(m, form) for m, form in materials if not m.syntax or form]
        if not materials:  # a file, a folder, an address or a stream of RDF
            staging.add(
                request.source,
                graph=graph,
                partner=self._terms.partner,
                syntax=self._terms.syntax,
                limits=self._limits,
            )
        if rdf:
            # Kept open: what is refused goes to quarantine.
            lent = [replace(material, close=lambda: None) for material in rdf]
            staging.take(lent, graph=graph, limits=self._limits)
        read: dict[str, list[TableRead]] = {}
        for material, form in tables:
            own = graph or own_graph(stem_of(material), self._terms.partner)
            try:
                table = self._table(material, form, own)
            except UnknownTableError:
                if not request.found or self._terms.format:
                    raise
                return Staged(notes=(left_out(request.name),))
            staging.put(own, table.ntriples, material.label)
            table.ntriples.close()
            read.setdefault(own, []).append(table)
        self._learn(staging, read)
        incoming = self._incoming(request, staging, read, fingerprint)
        return Staged(incoming=tuple(incoming), seen=seen)

    def _table(self, material: Material, form: str | None, graph: str) -> TableRead:
        from spnr_graph.tables.reading import read_table

        return read_table(
            material.open,
            label=material.label,
            formats=self.formats,
            context=self._knowledge.of(graph),
            graph=graph,
            as_format=None if form == "?" else form,
            name=material.name,
            limits=TableLimits(bytes=self._limits.file_bytes),
        )

    def _learn(self, staging: Staging, read: Mapping[str, list[TableRead]]) -> None:
        """Let later tables know the territories and concepts that came."""
        told = any(
            table.format.options.get("territories")
            for tables in read.values()
            for table in tables
        )
        if told or not read:
            self._knowledge.learn(staging)

    def _incoming(
        self,
        request: Request,
        staging: Staging,
        read: Mapping[str, list[TableRead]],
        fingerprint: str,
    ) -> Iterator[Incoming]:
        known = fingerprint or request.fingerprint(self._project)
        for each in staging.contributions:
            name = _name(request, each.graph)
            tables = read.get(each.graph, [])
            found = (f for table in tables for f in table.findings)
            yield Incoming(
                name=name,
                graph=each.graph,
                staging=staging,
                triples=each.triples,
                fingerprint=known
                or content_fingerprint(staging.ntriples(each.graph), self._project),
                description=description(name, each.graph, request.dataset, self._terms),
                notes=(
                    *notes(name, each.graph, each.skolemised, each.skipped),
                    *(replace(finding, source=name) for finding in found),
                ),
                formats=tuple(table.format.name for table in tables),
                rows=sum(table.rows for table in tables),
                materials=self.materials,
            )


def _name(request: Request, graph: str) -> str:
    """Name a contribution: the dataset, else the end of its graph's IRI."""
    if request.dataset is not None:
        return request.dataset.name
    return graph.rsplit("/", 1)[-1] or graph
