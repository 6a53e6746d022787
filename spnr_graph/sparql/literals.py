"""What a person types for a date or a number → an rdflib literal, or a refusal."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import QueryError
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib.term import Literal

_BOOLEANS: Final = {
    "true": "true", "vrai": "true", "oui": "true", "yes": "true",
    "false": "false", "faux": "false", "non": "false", "no": "false",
}  # fmt: skip

#: Datatype → (what it is called in French, in English, an example).
DATATYPES: Final[dict[str, tuple[str, str, str]]] = {
    "xsd:date": ("une date", "a date", "2026-01-31"),
    "xsd:integer": ("un nombre entier", "a whole number", "2000"),
    "xsd:decimal": ("un nombre décimal", "a decimal number", "12.5"),
    "xsd:boolean": ("vrai ou faux", "true or false", "true"),
    "xsd:string": ("un texte", "a text", "213900010"),
}


def literal(kind: str, text: str) -> Literal:
    """Return the literal of a datatype that a text stands for.

    Args:
        kind: a prefixed name of ``DATATYPES``.
        text: what the person typed.

    Raises:
        QueryError: an unknown datatype, or a text that is no value of it.

    Example:
        >>> literal("xsd:date", "2026-01-31").n3()
        '"2026-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    from rdflib.term import Literal, URIRef

    if kind not in DATATYPES:
        known = ", ".join(DATATYPES)
        raise QueryError(
            fr=f"Le type « {kind} » n'est pas pris en charge. Types connus : {known}.",
            en=f"The datatype '{kind}' is not supported. Known datatypes: {known}.",
        )
    if kind == "xsd:string":
        return Literal(text)
    lexical = lexical_form(kind, text.strip())
    if lexical is None:
        raise _ill_typed(kind, text)
    datatype = URIRef(PREFIXES["xsd"] + kind.removeprefix("xsd:"))
    return Literal(lexical, datatype=datatype)


def lexical_form(kind: str, text: str) -> str | None:
    """Return the lexical form of a date, number or boolean, or None when it is none."""
    if kind == "xsd:date":
        return text if _is_date(text) else None
    if kind == "xsd:integer":
        return text if re.fullmatch(r"[+-]?[0-9]+", text) else None
    if kind == "xsd:decimal":
        number = re.fullmatch(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", text)
        return text if number else None
    return _BOOLEANS.get(text.casefold())


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _ill_typed(kind: str, text: str) -> QueryError:
    fr, en, example = DATATYPES[kind]
    return QueryError(
        fr=f"« {text} » n'est pas {fr}. Écrire par exemple {example}.",
        en=f"'{text}' is not {en}. Write for example {example}.",
    )
