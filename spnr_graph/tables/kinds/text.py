"""Text in a cell: ``texte``, ``nom``, ``identifiant`` and ``ignore``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import spelling
from spnr_graph.tables.kinds import markup, persons, terms
from spnr_graph.tables.kinds.said import as_text, mended, nested, shown
from spnr_graph.tables.outcome import EMPTY, Outcome, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: A spreadsheet would run it: ``=``, ``@`` or a tab first; ``+`` or ``-`` too, unless a
#: number, a telephone or an item of a list follows.
_FORMULA: Final = re.compile(r"[=@\t\r]|[+\-](?![\d\s.,()/%€+\-]*$)(?!\s)")


@dataclass(frozen=True)
class Text:
    """Text for people to read.

    Attributes:
        slug: whether its slug is given too, for IRIs to be made of.
    """

    slug: bool = False
    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the text, mended, without markup and without data on persons."""
        if refused := nested(value):
            return refused
        written = as_text(value)
        problems = _formula(value)
        for step in (decode, markup.strip, persons.take_out):
            written, told = step(written)
            problems += told
        if not written:
            return Outcome(problems=problems)
        return Outcome(terms=_named(written, slug=self.slug), problems=problems)


@dataclass(frozen=True)
class Identifier:
    """A code of the partner's own: text as it is."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the text, and its slug."""
        return nested(value) or Outcome(terms=_named(as_text(value), slug=True))


@dataclass(frozen=True)
class Ignored:
    """A column that is read and left."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return nothing."""
        return EMPTY


def _named(written: str, *, slug: bool) -> tuple[tuple[str, str], ...]:
    """Return the terms of a text and, when it has one, of its slug."""
    made = spelling.slug(written) if slug else ""
    value = ("", terms.text(written))
    return (value, (".slug", terms.text(made))) if made else (value,)


def _formula(value: Value) -> tuple[Problem, ...]:
    """Tell of a cell that a spreadsheet would take for a formula."""
    if not isinstance(value, str) or not _FORMULA.match(value.lstrip(" \n")):
        return ()
    problem = mended(
        "formula",
        fr=f"« {shown(value)} » commence comme une formule de tableur : gardé comme "
        "texte. Vérifier la cellule.",
        en=f"'{shown(value)}' begins like a spreadsheet formula: kept as text. Check "
        "the cell.",
    )
    return (problem,)


def decode(written: str) -> tuple[str, tuple[Problem, ...]]:
    """Put right a text that was decoded twice."""
    text = spelling.mend(written)
    if text == written:
        return text, ()
    problem = mended(
        "double-decoding",
        fr=f"Caractères mal décodés : « {shown(written)} » lu « {shown(text)} ». "
        "Enregistrer le fichier en UTF-8.",
        en=f"Text decoded twice: '{shown(written)}' read as '{shown(text)}'. Save the "
        "file as UTF-8.",
    )
    return text, (problem,)
