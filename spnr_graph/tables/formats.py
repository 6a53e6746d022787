"""Formats of tables: a schema and a mapping, both files of ``queries/mappings/``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from spnr_graph import spelling
from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from frictionless import Schema

    from spnr_graph.project import Project

_PLAIN = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column that a format knows.

    Attributes:
        name: its title in the table, from which its name in ``table:`` is made.
        kind: how its cells are understood (``docs/formats.md``).
        aliases: other titles under which it comes.
        required: whether a row without it is wrong.
        severity: ``"violation"`` or ``"warning"`` of a cell that is wrong.
        options: everything else that the descriptor says of it.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    severity: str = "warning"
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def local(self) -> str:
        """Its local name in ``table:``, plain letters, digits and underscores."""
        return local_name(self.name)


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One table of a format.

    Attributes:
        name: title of the sheet in a format of several sheets, else the format's name.
        fields: its columns, in order.
        read_schema: makes its frictionless schema, checked, from the descriptor.
    """

    name: str
    fields: tuple[Field, ...]
    read_schema: Callable[[], Schema] = field(repr=False, compare=False)

    @cached_property
    def schema(self) -> Schema:
        """Its frictionless schema.

        Raises:
            DataError: frictionless refuses what the descriptor says.
        """
        return self.read_schema()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that tell one row from another."""
        return tuple(self.schema.primary_key)


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form in which partners send tables.

    Attributes:
        name: what ``--as`` takes, and stem of both files.
        titles: language → what it is.
        resources: its tables; one, or the sheets of a workbook.
        mapping: SPARQL CONSTRUCT over the rows seen as triples.
        options: everything else that the descriptor says (source, licence, page).
    """

    name: str
    titles: Mapping[str, str]
    resources: tuple[Resource, ...]
    mapping: str = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """Return what it is in a language, else in French."""
        return self.titles.get(lang) or self.titles["fr"]


def local_name(title: str) -> str:
    """Return the local name in ``table:`` of the property of a column.

    Example:
        >>> local_name("Code commune INSEE"), local_name("nomAttribuant")
        ('code_commune_insee', 'nomAttribuant')
    """
    if _PLAIN.fullmatch(title):
        return title
    return spelling.slug(title).replace("-", "_")


def formats(project: Project, *, schemas: bool = True) -> Mapping[str, Format]:
    """Return the formats of a project by name, in order, each checked.

    Args:
        project: whose formats.
        schemas: check each schema with frictionless now, rather than when a table of
            the format is read; a command that reads one table need not wait for all.

    Raises:
        DataError: a descriptor or a mapping is broken, or one comes without the other.
    """
    from spnr_graph.tables.construct import check_mapping
    from spnr_graph.tables.descriptor import describe

    files = dict(project.mappings())
    found: dict[str, Format] = {}
    for name in sorted({PurePath(file).stem for file in files}):
        for file in (f"{name}.json", f"{name}.rq"):
            if file not in files:
                raise _alone(name, file)
        described = describe(name, files[f"{name}.json"], files[f"{name}.rq"])
        check_mapping(described)
        found[name] = described
    if schemas:
        for each in found.values():
            for resource in each.resources:
                _ = resource.schema
    return found


def named(name: str, known: Mapping[str, Format]) -> Format:
    """Return the format of a name.

    Raises:
        DataError: there is none; the nearest names are suggested.
    """
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    fr = f"Voulait-on dire {', '.join(near)} ? " if near else ""
    en = f"Did you mean {', '.join(near)}? " if near else ""
    raise DataError(
        fr=f"« {name} » n'est pas un format de table. {fr}La liste : spnr formats.",
        en=f"'{name}' is no format of tables. {en}The list: spnr formats.",
    )


def _alone(name: str, file: str) -> DataError:
    return DataError(
        fr=f"queries/mappings/ : le format « {name} » n'a pas de fichier {file}. "
        "Un format est un schéma (.json) et une requête (.rq) : ajouter celui qui "
        "manque.",
        en=f"queries/mappings/: the format '{name}' has no file {file}. A format is a "
        "schema (.json) and a query (.rq): add the one that is missing.",
    )
