"""Numbers in a cell: ``montant``, ``nombre``, ``pourcentage``, ``entier``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: Why a text is no number.
Doubt = Literal["not-a-number", "ambiguous-number"]

#: Characters that a number may have; more are no measure of anything.
_LONGEST: Final = 40
_EUROS: Final = {
    "€": 1, "eur": 1, "euro": 1, "euros": 1, "€ ht": 1, "€ ttc": 1,
    "k€": 10**3, "keur": 10**3, "m€": 10**6, "meur": 10**6, "md€": 10**9,
}  # fmt: skip
_WRITTEN: Final = re.compile(r"([+\-]?) ?(\d[\d .,'’]*|[.,]\d+) ?([^\d.,'’]*)")
_EXPONENT: Final = re.compile(r"[+\-]?\d(?:\.\d{1,20})?[eE][+\-]?\d{1,2}")
#: Digits in groups of three, parted by one sign.
_GROUPED: Final = re.compile(r"\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*")
#: The same with one group: ``1.234`` may be a thousand or one and a bit.
_DOUBTFUL: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True)
class Measure:
    """A decimal number.

    Attributes:
        units: what may follow the number, in small letters, and what it is worth.
        sure: whether ``1.234`` is refused as long as the option ``decimalChar`` of the
            field does not say what the sign is.
    """

    units: Mapping[str, int | Decimal]
    sure: bool = False
    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return an ``xsd:decimal``."""
        if refused := nested(value):
            return refused
        units = dict(self.units)
        if "%" in units and field.options.get("share"):
            units["%"] = Decimal("0.01")
        mark = str(field.options.get("decimalChar", ""))
        number = decimal(value, units=units, mark=mark, sure=self.sure)
        if isinstance(number, str):
            return _refused(value, number)
        return Outcome(terms=(("", terms.decimal(number)),))


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return an ``xsd:integer``."""
        if refused := nested(value):
            return refused
        mark = str(field.options.get("decimalChar", ""))
        number = decimal(value, mark=mark, sure=True)
        if isinstance(number, str):
            return _refused(value, number)
        if number != number.to_integral_value():
            return wrong(
                "not-whole",
                fr=f"« {shown(value)} » n'est pas un nombre entier. Écrire par exemple "
                "12.",
                en=f"'{shown(value)}' is no whole number. Write for example 12.",
            )
        return Outcome(terms=(("", terms.typed(str(int(number)), "integer")),))


#: ``montant``: euros, thousands and millions of them.
AMOUNT: Final = Measure(units=_EUROS, sure=True)
#: ``nombre``: no unit; a lone point or comma is a decimal mark.
NUMBER: Final = Measure(units={})
#: ``pourcentage``: in hundredths, unless the option ``share`` says that 1 is the whole.
PERCENTAGE: Final = Measure(units={"%": 1})


def decimal(
    value: Value,
    *,
    units: Mapping[str, int | Decimal] | None = None,
    mark: str = "",
    sure: bool = False,
) -> Decimal | Doubt:
    """Return the number that a cell writes, or why it is none.

    Args:
        value: a number, or text as people write one: ``1 234,50 €``, ``1,234.5``.
        units: what may follow it, in small letters, and what that is worth.
        mark: the decimal mark, when it is known.
        sure: whether one group of three digits behind a lone mark is in doubt.

    Example:
        >>> decimal("1 234,50"), decimal("(12)"), decimal("1.234", sure=True)
        (Decimal('1234.50'), Decimal('-12'), 'ambiguous-number')
    """
    if isinstance(value, bool):
        return "not-a-number"
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return number if number.is_finite() else "not-a-number"
    text = on_a_line(value).replace("\u2212", "-")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if len(text) > _LONGEST:
        return "not-a-number"
    if _EXPONENT.fullmatch(text):
        return Decimal(text)
    found = _WRITTEN.fullmatch(text)
    unit = found[3].strip().lower() if found else ""
    worth = {"": 1, **(units or {})}
    if found is None or unit not in worth:
        return "not-a-number"
    if sure and not mark and _DOUBTFUL.fullmatch(found[2].strip()):
        return "ambiguous-number"
    digits = _plain(found[2].strip(), mark)
    return Decimal(f"{found[1]}{digits}") * worth[unit] if digits else "not-a-number"


def _plain(written: str, mark: str) -> str:
    """Return digits with a point as decimal mark; ``""`` when they make no number."""
    mark = mark or _mark(written)
    whole, fraction = written, ""
    if mark and mark in written:
        whole, _, fraction = written.rpartition(mark)
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    plain = re.fullmatch(r"\d*", whole) and re.fullmatch(r"\d*", fraction)
    number = f"{whole or 0}.{fraction}" if fraction else whole
    return number if plain else ""


def _mark(written: str) -> str:
    """Return the decimal mark: of two kinds of sign the last, of one a lone one."""
    signs = [sign for sign in written if sign in ".,"]
    if not signs or signs.count(signs[-1]) > 1:
        return ""
    return signs[-1]


def _refused(value: Value, doubt: Doubt) -> Outcome:
    if doubt == "ambiguous-number":
        return wrong(
            doubt,
            fr=f"« {shown(value)} » se lit de deux façons : mille ou un et quelques. "
            "Écrire 1234 ou 1,2340.",
            en=f"'{shown(value)}' can be read in two ways: a thousand, or one and a "
            "bit. Write 1234 or 1.2340.",
        )
    return wrong(
        doubt,
        fr=f"« {shown(value)} » n'est pas un nombre. Écrire par exemple 1234,50.",
        en=f"'{shown(value)}' is no number. Write for example 1234.50.",
    )
