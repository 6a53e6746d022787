"""What the verbs of ``spnr network`` answer: a table with titles, and notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from spnr_graph.table import LABEL_SUFFIX, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from rdflib.term import Identifier

#: A cell in Python: text, a number, a day, yes or no, or nothing.
Cell: TypeAlias = "str | int | float | bool | date | Iri | None"

#: Why a network is empty, and what to do.
NO_PARTICIPATION: Final = {
    "fr": (
        "Aucune participation ne correspond : élargir les filtres, ou charger les "
        "données (spnr load).",
    ),
    "en": (
        "No participation matches: widen the filters, or load the data (spnr load).",
    ),
}


class Iri(str):
    """The IRI of a thing; its label stands in the column beside it."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of an answer: its name (a French slug), its titles, its decimals.

    Attributes:
        digits: decimals that floats are rounded to.
        brief: whether a terminal shows it without ``--wide``.
    """

    name: str
    fr: str
    en: str
    digits: int = 3
    brief: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A table, what its columns are called, and what must be said beside it.

    Attributes:
        table: terms that every format of ``query`` can write.
        titles: language → column → title.
        brief: the columns that a terminal shows without ``--wide``.
        notes: sentences by language: what a sample left uncertain, what is missing.
        no: the answer is "no" (such as two actors that nothing links): exit code 1.
    """

    table: Table
    titles: Mapping[str, Mapping[str, str]]
    brief: tuple[str, ...]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no: bool = False


def answer(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: Mapping[str, tuple[str, ...]] | None = None,
    no: bool = False,
) -> Answer:
    """Make an answer of rows in Python.

    Args:
        columns: in order.
        rows: one cell per column.
        notes: language → sentences.
        no: whether the answer is "no".
    """
    built = tuple(
        tuple(_term(c, column) for c, column in zip(row, columns, strict=True))
        for row in rows
    )
    return Answer(
        table=Table(columns=tuple(c.name for c in columns), rows=built),
        titles={
            "fr": {c.name: c.fr for c in columns},
            "en": {c.name: c.en for c in columns},
        },
        brief=tuple(c.name for c in columns if c.brief),
        notes=notes or {},
        no=no,
    )


def for_reader(found: Answer, *, lang: str, wide: bool = False) -> Answer:
    """Return what a person reads: names instead of IRIs, and the chief columns."""
    columns = found.table.columns
    twins = {column for column in columns if column + LABEL_SUFFIX in columns}
    kept = [
        place
        for place, column in enumerate(columns)
        if column not in twins and (wide or column in found.brief)
    ]
    names = tuple(columns[place] for place in kept)
    titles = found.titles[lang]
    return replace(
        found,
        table=Table(
            columns=names,
            rows=tuple(tuple(row[p] for p in kept) for row in found.table.rows),
        ),
        titles={
            lang: {n: titles.get(n.removesuffix(LABEL_SUFFIX), n) for n in names},
        },
    )


def _term(cell: Cell, column: Column) -> Identifier | None:
    """Return a cell as a term; a float is a decimal, rounded."""
    from decimal import Decimal
    from math import isfinite

    from rdflib.term import Literal, URIRef

    if cell is None or (isinstance(cell, float) and not isfinite(cell)):
        return None
    if isinstance(cell, Iri):
        return URIRef(cell)
    if isinstance(cell, float):
        text = f"{cell:.{column.digits}f}"
        whole, _, fraction = text.partition(".")
        return Literal(Decimal(f"{whole}.{fraction.rstrip('0') or '0'}"))
    return Literal(cell)
