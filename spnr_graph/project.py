"""Where ontology, data and queries are, and reading them."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph.distribution import Distribution, distribution
from spnr_graph.errors import DataError, QueryError
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.graph import Graph
    from rdflib.term import Node, URIRef

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One contribution, as the catalogue describes it.

    Attributes:
        name: what the command line calls it (``dcterms:identifier``).
        graph: IRI of the dataset, which is the IRI of its named graph.
        titles: language → title.
        publisher: IRI of the organisation that publishes it.
        licence: IRI of its licence; ``""`` when none is stated, and then it is refused.
        distributions: where it can be had, in the order of their places.
        description: what the catalogue says of it, its files and its publisher.
        frequency: IRI of how often it should change, or ``""``.
    """

    name: str
    graph: URIRef
    titles: Mapping[str, str]
    publisher: str
    licence: str
    distributions: tuple[Distribution, ...]
    description: Graph = field(repr=False, compare=False)
    frequency: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the project that it is made of, in the order of their paths."""
        return tuple(Path(d.location) for d in self.distributions if d.kind == "file")

    def title(self, lang: str) -> str:
        """Return the title in a language, else in any other, else the name."""
        return self.titles.get(lang) or next(iter(self.titles.values()), self.name)


@dataclass(frozen=True)
class Project:
    """A folder with ``ontology/``, ``data/`` and ``queries/``."""

    root: Path

    def check_own(self) -> None:
        """Refuse to write into the content shipped with the program.

        Raises:
            DataError: an update of the program would erase what is written.
        """
        if self.root.resolve() != (_PACKAGE / "content").resolve():
            return
        raise DataError(
            fr=f"Le contenu livré avec le programme ({self.root}) ne garde pas de "
            "décision : une mise à jour l'effacerait. Copier ce dossier chez vous, et "
            "le nommer avec --root ou SPNR_ROOT.",
            en=f"The content shipped with the program ({self.root}) keeps no decision: "
            "an update would erase it. Copy this folder to a place of yours, and name "
            "it with --root or SPNR_ROOT.",
        )

    def _read(self, *parts: str) -> str:
        path = self.root.joinpath(*parts)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                fr=f"{path} : fichier illisible ({error}). Vérifier le dossier donné "
                "par --root.",
                en=f"{path}: cannot be read ({error}). Check the folder given "
                "with --root.",
            ) from error

    @cached_property
    def queries(self) -> Mapping[str, Path]:
        """Named questions: name → file, in the order of the names."""
        files = sorted((self.root / "queries").glob("*.rq"))
        return {path.stem: path for path in files}

    def query_text(self, name: str) -> str:
        """Return the text of a query file, ``internal/…`` included.

        Raises:
            QueryError: no such query; the nearest names are suggested.
        """
        path = self.root / "queries" / f"{name}.rq"
        if name not in self.queries and not path.is_file():
            near = difflib.get_close_matches(name, self.queries, n=3, cutoff=0.4)
            raise QueryError(
                fr=f"« {name} » n'est ni une question de queries/, ni un fichier .rq, "
                f"ni du SPARQL. {_suggest('Voulait-on dire', near, ' ?')}La liste : "
                "spnr query --list.",
                en=f"'{name}' is no question in queries/, no .rq file and no SPARQL. "
                f"{_suggest('Did you mean', near, '?')}The list: spnr query --list.",
            )
        return self._read("queries", f"{name}.rq")

    def rules(self) -> tuple[tuple[str, str], ...]:
        """Return the derivation rules as (name, CONSTRUCT text), in order."""
        files = sorted((self.root / "ontology" / "rules").glob("*.rq"))
        return tuple((f.stem, self._read("ontology", "rules", f.name)) for f in files)

    def mappings(self) -> tuple[tuple[str, str], ...]:
        """Return the files of the formats of tables as (name, text), in order."""
        folder = self.root / "queries" / "mappings"
        files = sorted(f for f in folder.glob("*.*") if f.suffix in (".json", ".rq"))
        return tuple((f.name, self._read("queries", "mappings", f.name)) for f in files)

    def shapes_text(self) -> str:
        """Return the SHACL shapes as Turtle text."""
        return self._read("ontology", "shapes.ttl")

    def context_text(self) -> str:
        """Return the JSON-LD context as JSON text."""
        return self._read("ontology", "context.jsonld")

    @cached_property
    def catalogue(self) -> Graph:
        """The DCAT catalogue as an rdflib graph."""
        from rdflib.graph import Graph

        graph = Graph(bind_namespaces="none")
        try:
            graph.parse(data=self._read("data", "catalogue.ttl"), format="turtle")
        except (SyntaxError, ValueError, IndexError) as error:
            # rdflib runs past the end of some cut texts.
            raise DataError(
                fr=f"data/catalogue.ttl n'est pas du Turtle valide : {error}. "
                "Corriger le fichier.",
                en=f"data/catalogue.ttl is not valid Turtle: {error}. "
                "Correct the file.",
            ) from error
        return graph

    @cached_property
    def datasets(self) -> Mapping[str, Dataset]:
        """The datasets of the catalogue: name → dataset, references first.

        Raises:
            DataError: a dataset without name, publisher or distribution; a
                distribution that cannot be harvested; a broken catalogue.
        """
        from rdflib import RDF, URIRef

        dataset = URIRef(PREFIXES["dcat"] + "Dataset")
        nodes = sorted(
            self.catalogue.subjects(RDF.type, dataset), key=_references_first
        )
        found = [self._dataset(node) for node in nodes if isinstance(node, URIRef)]
        return {each.name: each for each in found}

    def _dataset(self, node: URIRef) -> Dataset:
        graph, term = self.catalogue, _term
        name = str(graph.value(node, term("dcterms:identifier")) or "")
        licence = str(graph.value(node, term("dcterms:license")) or "")
        publisher = str(graph.value(node, term("dcterms:publisher")) or "")
        if not (name and publisher):
            missing = "dcterms:publisher" if name else "dcterms:identifier"
            raise _incomplete(node, missing)
        parts = list(graph.objects(node, term("dcat:distribution")))
        if not parts:
            raise _incomplete(node, "dcat:distribution")
        found = [distribution(graph, part, name, self.root) for part in parts]
        sums = (o for part in parts for o in graph.objects(part, term("spdx:checksum")))
        described = [node, *parts, *sums, *graph.objects(node, None)]
        titles = graph.objects(node, term("dcterms:title"))
        return Dataset(
            name=name,
            graph=node,
            titles={str(getattr(t, "language", "")): str(t) for t in titles},
            publisher=publisher,
            licence=licence,
            distributions=tuple(sorted(found, key=lambda d: (d.location, d.iri))),
            description=_about(graph, node, described),
            frequency=str(graph.value(node, term("dcterms:accrualPeriodicity")) or ""),
        )


def _term(name: str) -> URIRef:
    from rdflib.term import URIRef

    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _references_first(node: Node) -> tuple[bool, str]:
    return "/graph/reference/" not in str(node), str(node)


def _about(graph: Graph, dataset: URIRef, nodes: Iterable[Node]) -> Graph:
    """Return what is said of the nodes, and of the catalogue that holds the dataset."""
    from rdflib.graph import Graph as Rdf

    part, holds = Rdf(bind_namespaces="none"), _term("dcat:dataset")
    for node in nodes:
        for triple in graph.triples((node, None, None)):
            part.add(triple)
    for catalogue in graph.subjects(holds, dataset):
        for triple in graph.triples((catalogue, None, None)):
            if triple[1] != holds or triple[2] == dataset:
                part.add(triple)
    return part


def _incomplete(node: URIRef, what: str) -> DataError:
    return DataError(
        fr=f"data/catalogue.ttl, {node} : {what} manque. L'ajouter.",
        en=f"data/catalogue.ttl, {node}: {what} is missing. Add it.",
    )


def _suggest(words: str, near: list[str], end: str) -> str:
    return f"{words} {', '.join(near)}{end} " if near else ""


def open_project(root: str | Path | None = None) -> Project:
    """Open the project at ``root``, else at ``SPNR_ROOT``, else the one shipped.

    In a wheel the content lies inside the package; in a checkout, beside it.

    Raises:
        DataError: the folder has no ``ontology/``, ``data/`` or ``queries/``.
    """
    shipped = _PACKAGE / "content"
    default = shipped if shipped.is_dir() else _PACKAGE.parent
    folder = Path(root or os.environ.get("SPNR_ROOT") or default)
    missing = [n for n in ("ontology", "data", "queries") if not (folder / n).is_dir()]
    if missing:
        names = ", ".join(f"{name}/" for name in missing)
        raise DataError(
            fr=f"{folder} : il manque {names}. Donner avec --root un dossier qui "
            "contient ontology/, data/ et queries/.",
            en=f"{folder}: {names} missing. Give with --root a folder that holds "
            "ontology/, data/ and queries/.",
        )
    return Project(folder)


def query_text(name: str) -> str:
    """Return the text of a query of the default project (``internal/labels``)."""
    return open_project().query_text(name)
