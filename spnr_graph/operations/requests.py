"""What a person named → requests: datasets of the catalogue, files, addresses."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.operations.fingerprint import bytes_fingerprint, files_fingerprint
from spnr_graph.oxigraph import rdf_syntax_of_name
from spnr_graph.read.address import is_address
from spnr_graph.tables.open import is_table_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from spnr_graph.project import Dataset, Project


@dataclass(frozen=True, kw_only=True)
class Request:
    """One source as a person named it: a dataset of the catalogue, or anything else.

    Attributes:
        name: what reports call it.
        source: what was named.
        dataset: the dataset, when it is one.
        found: whether it was found in a folder, not named itself: a table of no known
            format is then left out, and told.
    """

    name: str
    source: str
    dataset: Dataset | None = None
    found: bool = False

    @property
    def is_reference(self) -> bool:
        """Whether it is a dataset in whose light the others are understood."""
        dataset = self.dataset
        return dataset is not None and dataset.graph.startswith(REFERENCE_GRAPHS)

    def fingerprint(self, project: Project) -> str:
        """Fingerprint files; empty for what is not known before reading."""
        if self.dataset is not None:
            if any(each.kind != "file" for each in self.dataset.distributions):
                return ""
            read = files_fingerprint(self.dataset.files, project)
            told = self.dataset.description.serialize(format="nt", encoding="utf-8")
            lines = sorted(told.splitlines())
            return bytes_fingerprint([read.encode(), *lines], project)
        path = Path(self.source)
        return files_fingerprint([path], project) if path.is_file() else ""


def references(project: Project) -> list[Request]:
    """Return the reference datasets of the catalogue: concepts, territories, policy."""
    return [each for each in requests((), project) if each.is_reference]


def lacks(request: Request, graphs: Container[str]) -> bool:
    """Say whether a dataset of the catalogue has no graph among these."""
    return request.dataset is not None and str(request.dataset.graph) not in graphs


def requests(sources: Sequence[str], project: Project) -> list[Request]:
    """Turn what a person named into requests; nothing named means the catalogue.

    References come first, in whatever order they are named: the rest is understood in
    their light. A folder that holds tables gives a request for each of them, besides
    one for all the RDF in it.

    Raises:
        DataError: a name is neither a dataset, nor a file, nor an address.
    """
    datasets = project.datasets
    if not sources:
        return [
            Request(name=d.name, source=d.name, dataset=d) for d in datasets.values()
        ]
    found: list[Request] = []
    for source in dict.fromkeys(sources):
        if source in datasets:
            found.append(Request(name=source, source=source, dataset=datasets[source]))
        elif source == "-" or is_address(source):
            found.append(Request(name=source, source=source))
        elif _is_path(source):
            found += _of_path(source)
        else:
            raise _unknown(source, list(datasets))
    return sorted(found, key=lambda request: not request.is_reference)


def _is_path(source: str) -> bool:
    """Say whether a word means a file: it exists, or looks like a path."""
    if not source.strip():
        return False  # would mean the current directory
    return Path(source).exists() or "/" in source or "." in source or "\\" in source


def _of_path(source: str) -> Iterator[Request]:
    path = Path(source)
    tables = sorted(_tables(path)) if path.is_dir() else []
    if not tables or any(_rdf(path)):
        yield Request(name=source, source=source)
    for table in tables:
        yield Request(name=str(table), source=str(table), found=True)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, hidden ones left out."""
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _tables(folder: Path) -> Iterator[Path]:
    """Yield the tables below a folder; text may be anything, so it is not looked at."""
    for path in _files(folder):
        if is_table_name(path.name) and ".txt" not in path.suffixes:
            yield path


def _rdf(folder: Path) -> Iterator[Path]:
    for path in _files(folder):
        if rdf_syntax_of_name(path.name) and not is_table_name(path.name):
            yield path


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
