"""A distribution of the catalogue: where a dataset's bytes are, and how to get them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote, urlsplit

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from rdflib.graph import Graph
    from rdflib.term import Node, URIRef

Kind = Literal["file", "address", "endpoint"]
#: A file of the project is named in the catalogue as ``<file:data/…>``.
FILE_SCHEME: Final = "file:"
#: The format of a table is named by an IRI below this one.
TABLE_FORMATS: Final = BASE + "table/"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_SHA256: Final = PREFIXES["spdx"] + "checksumAlgorithm_sha256"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One place where a dataset, or a part of it, can be had.

    Attributes:
        iri: what the catalogue calls it.
        title: its title, in French when it has one; else the end of its IRI.
        kind: a file of the project, a web address, or a SPARQL endpoint.
        location: path of the file, address of the file or of the endpoint.
        construct: text of the CONSTRUCT that an endpoint is asked; else ``""``.
        format: name of the format of a table; ``""`` when it is not said.
        media_type: as IANA names it; ``""`` when it is not said.
        sha256: checksum that the bytes must have; ``""`` when it is not said.
    """

    iri: str
    title: str
    kind: Kind
    location: str
    construct: str = field(default="", repr=False)
    format: str = ""
    media_type: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """The name of the file that would come: the end of the path."""
        path = urlsplit(self.location).path if self.kind != "file" else self.location
        return posixpath.basename(unquote(path))


def distribution(graph: Graph, node: Node, dataset: str, root: Path) -> Distribution:
    """Read a distribution in the catalogue.

    Args:
        graph: the catalogue.
        node: the distribution.
        dataset: name of its dataset, for messages.
        root: folder in which the files of the project lie.

    Raises:
        DataError: an entry that cannot be harvested; the mend is said.
    """
    return _Entry(graph, node, dataset, root).read()


class _Entry:
    """A distribution as it stands in the catalogue."""

    def __init__(self, graph: Graph, node: Node, dataset: str, root: Path) -> None:
        self.graph, self.node, self.dataset, self.root = graph, node, dataset, root

    def read(self) -> Distribution:
        kind, location = self._place()
        construct = self._one("spnr:construct")
        title = self._one("dcterms:title", several=True)
        return Distribution(
            iri=str(self.node),
            title=title or re.split(r"[#/]", str(self.node))[-1],
            kind=kind,
            location=location,
            construct=self._query(construct) if construct else "",
            format=self._format(),
            media_type=self._one("dcat:mediaType").removeprefix(_MEDIA_TYPES),
            sha256=self._checksum(),
        )

    def _values(self, name: str) -> list[str]:
        found = self.graph.objects(self.node, _term(name))
        french = sorted(found, key=lambda v: (getattr(v, "language", "") != "fr", v))
        return [str(value) for value in french]

    def _one(self, name: str, *, several: bool = False) -> str:
        """Return the only value of a property, or ``""``."""
        values = self._values(name)
        if len(values) > 1 and not several:
            raise self._wrong(
                f"{len(values)} valeurs de {name}. N'en garder qu'une",
                f"{len(values)} values of {name}. Keep only one",
            )
        return values[0] if values else ""

    def _place(self) -> tuple[Kind, str]:
        download, access = self._one("dcat:downloadURL"), self._one("dcat:accessURL")
        if self._values("spnr:construct"):
            if not access:
                raise self._wrong(
                    "dcat:accessURL, l'adresse du point d'accès SPARQL, manque. "
                    "L'ajouter",
                    "dcat:accessURL, the address of the SPARQL endpoint, is missing. "
                    "Add it",
                )
            return "endpoint", self._address(access, "dcat:accessURL")
        if not download:
            raise self._wrong(
                "ni dcat:downloadURL (fichier ou adresse), ni spnr:construct (point "
                "d'accès SPARQL). Ajouter l'un des deux",
                "neither dcat:downloadURL (file or address) nor spnr:construct (SPARQL "
                "endpoint). Add one of the two",
            )
        if download.lower().startswith(FILE_SCHEME):
            return "file", str(self._file(download, "dcat:downloadURL"))
        return "address", self._address(download, "dcat:downloadURL")

    def _address(self, text: str, name: str) -> str:
        try:
            parts = urlsplit(text)
            there = bool(parts.hostname) and parts.port != 0
        except ValueError:
            there = False
        if not there or parts.scheme.lower() not in {"http", "https"}:
            raise self._wrong(
                f"{name} <{text}> n'est pas une adresse. Écrire <https://…>, ou "
                "<file:data/…> pour un fichier du projet",
                f"{name} <{text}> is no address. Write <https://…>, or <file:data/…> "
                "for a file of the project",
            )
        if "@" in parts.netloc:
            raise self._wrong(
                f"{name} contient un identifiant, que le catalogue publierait. Le "
                "retirer",
                f"{name} holds credentials, which the catalogue would publish. Take "
                "them out",
            )
        return text

    def _file(self, text: str, name: str) -> Path:
        """Return the path of a file, which must lie inside the project."""
        inside = posixpath.normpath(unquote(text[len(FILE_SCHEME) :]).strip())
        if inside.startswith(("/", "..")) or inside == "." or "\\" in inside:
            raise self._wrong(
                f"{name} <{text}> sort du projet. Donner un chemin relatif à son "
                "dossier, comme <file:data/acteurs.ttl>",
                f"{name} <{text}> leaves the project. Give a path relative to its "
                "folder, such as <file:data/acteurs.ttl>",
            )
        return self.root / inside

    def _query(self, text: str) -> str:
        if not text.startswith(FILE_SCHEME):
            raise self._wrong(
                f"spnr:construct <{text}> n'est pas un fichier du projet. Écrire "
                "<file:queries/mappings/….rq>",
                f"spnr:construct <{text}> is no file of the project. Write "
                "<file:queries/mappings/….rq>",
            )
        path = self._file(text, "spnr:construct")
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise self._wrong(
                f"spnr:construct {path} est illisible ({error}). Vérifier ce fichier",
                f"spnr:construct {path} cannot be read ({error}). Check this file",
            ) from error

    def _format(self) -> str:
        named = self._values("dcterms:conformsTo")
        formats = [each for each in named if each.startswith(TABLE_FORMATS)]
        if len(formats) > 1:
            raise self._wrong(
                f"{len(formats)} formats de tableau. N'en garder qu'un",
                f"{len(formats)} formats of table. Keep only one",
            )
        return formats[0].removeprefix(TABLE_FORMATS) if formats else ""

    def _checksum(self) -> str:
        node = self.graph.value(self.node, _term("spdx:checksum"))
        if node is None:
            return ""
        algorithm = str(self.graph.value(node, _term("spdx:algorithm")))
        value = str(self.graph.value(node, _term("spdx:checksumValue"))).lower()
        if algorithm != _SHA256 or not _DIGEST.fullmatch(value):
            raise self._wrong(
                "spdx:checksum ne donne pas une empreinte SHA-256. Écrire "
                f"spdx:algorithm <{_SHA256}> et spdx:checksumValue (64 chiffres "
                "hexadécimaux)",
                "spdx:checksum gives no SHA-256 digest. Write "
                f"spdx:algorithm <{_SHA256}> and spdx:checksumValue (64 hexadecimal "
                "digits)",
            )
        return value

    def _wrong(self, fr: str, en: str) -> DataError:
        return DataError(
            fr=f"data/catalogue.ttl, jeu « {self.dataset} », distribution "
            f"{self.node} : {fr}.",
            en=f"data/catalogue.ttl, dataset '{self.dataset}', distribution "
            f"{self.node}: {en}.",
        )


def _term(name: str) -> URIRef:
    from rdflib.term import URIRef

    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)
