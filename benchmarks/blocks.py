"""One thing and its statements, as the generator hands them to the writers."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

#: A prefixed name (``axe:inclusion-numerique``), an IRI between ``<`` and ``>``, or a
#: literal whose datatype is a prefixed name (``"2021-01-01"^^xsd:date``).
Term: TypeAlias = str
Pairs: TypeAlias = "list[tuple[Term, Term]]"

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Block(NamedTuple):
    """The statements of a dataset about a subject."""

    dataset: str
    subject: Term
    pairs: Pairs


def text(value: str, lang: str = "") -> Term:
    """Return a literal in a language, or a plain one."""
    return f'"{value.translate(_ESCAPES)}"' + (f"@{lang}" if lang else "")


def typed(value: object, datatype: str) -> Term:
    """Return a literal of an XML Schema datatype (``date``, ``decimal``…)."""
    return f'"{value}"^^xsd:{datatype}'
