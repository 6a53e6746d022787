"""Answers of a store in CSV → columns of text, codes, days and numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Answers an internal query, given by the name of its file, as SPARQL results in CSV.
Ask: TypeAlias = Callable[[str], bytes]
Codes: TypeAlias = npt.NDArray[np.int32]
Days: TypeAlias = npt.NDArray[np.datetime64]
Numbers: TypeAlias = npt.NDArray[np.float64]


def records(answer: bytes, columns: tuple[str, ...]) -> list[list[str]]:
    """Read SPARQL results in CSV as columns, whatever their order.

    Raises:
        DataError: the answer is no CSV table with these columns.
    """
    header, cells = _cells(answer.decode("utf-8"))
    if not set(columns) <= set(header):
        raise DataError(
            fr=f"Réponse du magasin : colonnes {', '.join(header) or 'absentes'} au "
            f"lieu de {', '.join(columns)}. Vérifier queries/internal/.",
            en=f"Answer of the store: columns {', '.join(header) or 'missing'} instead "
            f"of {', '.join(columns)}. Check queries/internal/.",
        )
    return [cells[header.index(column) :: len(header)] for column in columns]


def _cells(text: str) -> tuple[list[str], list[str]]:
    """Return the header and all the other cells, row after row."""
    if '"' not in text:  # no cell is quoted: four times faster than the csv module
        first, _, rest = text.replace("\r\n", "\n").rstrip("\n").partition("\n")
        return first.split(","), rest.replace("\n", ",").split(",") if rest else []
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, list(chain.from_iterable(rows))


def listed(answer: bytes, columns: tuple[str, str]) -> list[list[str]]:
    """Read SPARQL results in CSV of two columns, whose second may hold bare commas.

    Raises:
        DataError: the answer is no CSV table with these columns.
    """
    head, _, rest = answer.decode("utf-8").replace("\r\n", "\n").partition("\n")
    records(head.encode(), columns)
    if '"' in rest:
        quoted = csv.reader(io.StringIO(rest, newline=""))
        rows = [[first, ",".join(second)] for first, *second in quoted]
    else:
        rows = [line.split(",", 1) for line in rest.split("\n") if line]
    return [list(column) for column in zip(*rows, strict=True)] or [[], []]


def interned(column: Sequence[str]) -> tuple[tuple[str, ...], Codes]:
    """Return the distinct terms of a column, sorted, and the column as their codes."""
    terms = tuple(sorted(set(column)))
    codes = {term: code for code, term in enumerate(terms)}
    return terms, np.fromiter(map(codes.__getitem__, column), np.int32, len(column))


def days(column: Sequence[str]) -> Days:
    """Return a column of ``xsd:date``, empty where unknown, as days."""
    texts, codes = interned(column)
    return np.array([day(text) for text in texts], dtype="datetime64[D]")[codes]


def day(text: str) -> date | None:
    """Return the day that an ``xsd:date`` names; None for the empty text.

    Raises:
        DataError: the text is no date.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as exc:
        raise DataError(
            fr=f"Date « {text} » illisible : une date complète est attendue "
            "(2026-01-31). Corriger la contribution, puis la recharger.",
            en=f'Date "{text}" cannot be read: a full date is expected (2026-01-31). '
            "Correct the contribution, then load it again.",
        ) from exc


def numbers(column: Sequence[str]) -> Numbers:
    """Return a column of ``xsd:decimal`` as floats, NaN where empty."""
    texts, codes = interned(column)
    return np.array([number(text) for text in texts], dtype=np.float64)[codes]


def number(text: str) -> float:
    """Return the number that a text names; NaN for the empty text.

    Raises:
        DataError: the text is no number.
    """
    if not text:
        return float("nan")
    try:
        return float(text)
    except ValueError as exc:
        raise DataError(
            fr=f"Montant « {text} » illisible : un nombre d'euros est attendu "
            "(12500.50). Corriger la contribution, puis la recharger.",
            en=f'Amount "{text}" cannot be read: a number of euros is expected '
            "(12500.50). Correct the contribution, then load it again.",
        ) from exc
