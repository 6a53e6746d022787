"""SPARQL text → a checked ``Query`` whose parameters are bound safely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Identifier

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

    question: Mapping[str, str]  # language → text
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


def parse(text: str, *, name: str = "<text>", complete: bool = False) -> Query:
    """Parse SPARQL text once, so that every store meets a query of known form.

    Args:
        text: a SPARQL 1.1 query, with or without a ``#+`` header.
        name: where the text comes from, for messages.
        complete: declare the well-known prefixes that the text uses but does not declare.

    Raises:
        QueryError: not SPARQL (line and column are said), an update, or a bad header.
    """
    raise NotImplementedError


def bind(query: Query, values: Mapping[str, Identifier]) -> Query:
    """Return the query with its slots filled; those not given take default or vanish.

    Raises:
        QueryError: an unknown parameter, a missing required one, a term that is no
            IRI or literal of the declared kind.
    """
    raise NotImplementedError
