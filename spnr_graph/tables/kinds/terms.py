"""N-Triples terms of what a cell says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_XSD: Final = PREFIXES["xsd"]
#: What a quoted string of N-Triples cannot hold as it is.
_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
)
#: Characters that no XML document, hence no RDF/XML export, can hold.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)


def text(value: str) -> str:
    r"""Return a plain string; characters of control are dropped.

    Example:
        >>> print(text('Le "Tiers-lieu"'))
        "Le \"Tiers-lieu\""
    """
    return f'"{_UNPRINTABLE.sub("", value).translate(_ESCAPES)}"'


def typed(value: str, datatype: str) -> str:
    """Return a literal of an XML Schema datatype, named without prefix."""
    return f"{text(value)}^^<{_XSD}{datatype}>"


def decimal(value: Decimal) -> str:
    """Return an ``xsd:decimal`` without exponent nor idle zeros.

    Example:
        >>> from decimal import Decimal
        >>> decimal(Decimal("1.50E+3"))
        '"1500"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return typed("0" if plain in {"-0", ""} else plain, "decimal")


def day(value: date) -> str:
    """Return an ``xsd:date``."""
    return typed(value.isoformat()[:10], "date")


def iri(value: str) -> str:
    """Return an IRI; the caller has made sure that it can be one."""
    return f"<{value}>"
