"""Formats of tables: a schema and a mapping, both files of ``queries/mappings/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frictionless import Schema


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column that a format knows.

    Attributes:
        name: its title in the table, and local name of its property in ``table:``.
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


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One table of a format.

    Attributes:
        name: title of the sheet in a format of several sheets, else the format's name.
        fields: its columns, in order.
        schema: its frictionless schema.
        key: names of the columns that tell one row from another.
    """

    name: str
    fields: tuple[Field, ...]
    schema: Schema = field(repr=False, compare=False)
    key: tuple[str, ...] = ()


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
