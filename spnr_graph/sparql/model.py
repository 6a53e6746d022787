"""The values that a SPARQL text is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["select", "construct", "describe", "ask"]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A slot of a query that a person may fill, as its header declares it."""

    name: str
    kind: str  # prefixed name of a class, a concept scheme or a datatype
    required: bool = False
    default: str | None = None
    fr: str = ""
    en: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the answer, as the header declares it."""

    name: str
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Header:
    """What the ``#+`` lines at the top of a query file say."""

    question: Mapping[str, str] = field(default_factory=dict)  # language → text
    competency: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    example: Mapping[str, str] | None = None  # arguments that answer on the real data
    empty: Mapping[str, str] | None = None  # why the real data give no row


@dataclass(frozen=True, kw_only=True)
class Query:
    """A parsed query: its text, its form, its columns and its header.

    Attributes:
        name: name of the file without suffix, or ``"<text>"``.
        text: SPARQL 1.1 text, complete with its prologue, runnable anywhere.
        form: which of the four forms it is; updates never become a ``Query``.
        columns: projected variables of a SELECT, in order; empty otherwise.
        has_dataset: whether the text itself says FROM or FROM NAMED.
        header: what the header declares; None for a text without one.
    """

    name: str
    text: str
    form: Form
    columns: tuple[str, ...] = ()
    has_dataset: bool = False
    header: Header | None = None
