"""Terms → the slots of a query, without any way out of a slot."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import QueryError
from spnr_graph.namespaces import PREFIXES, expand
from spnr_graph.sparql import scan
from spnr_graph.sparql.grammar import parse
from spnr_graph.sparql.header import is_parameter_line
from spnr_graph.sparql.literals import DATATYPES, lexical_form, literal
from spnr_graph.sparql.model import Parameter, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Identifier

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]*")
_XSD: Final = PREFIXES["xsd"]
_ESCAPES: Final = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
    "\b": "\\b", "\f": "\\f",
}  # fmt: skip


def bind(query: Query, values: Mapping[str, Identifier]) -> Query:
    """Return the query with its slots filled; those not given take default or vanish.

    The answer has no parameter left: its text runs anywhere as it is.

    Raises:
        QueryError: an unknown parameter, a missing required one, a term that is no
            IRI or literal of the declared kind.
    """
    parameters = query.header.parameters if query.header else ()
    _check_names(query, parameters, values)
    if query.header is None:
        return query
    terms: dict[str, tuple[Identifier, ...]] = {}
    for parameter in parameters:
        term = _choose(query, parameter, values.get(parameter.name))
        terms[parameter.name] = () if term is None else (term,)
    lines = fill(query, terms).text.splitlines(keepends=True)
    text = "".join(line for line in lines if not is_parameter_line(line))
    bound = parse(text, name=query.name)
    if bound.form != query.form or not set(bound.columns) <= set(query.columns):
        raise _escaped(query)
    return bound


def fill(query: Query, terms: Mapping[str, Iterable[Identifier]]) -> Query:
    """Put any number of terms into slots; no terms takes the whole slot out.

    The lines that end with ``#? parameter`` go away with the slot. For queries of the
    house that look up many things at once; a person's parameters go through ``bind``,
    which also checks them against the header.
    """
    written = {name: " ".join(map(_n3, terms[name])) for name in terms}
    lines = [
        (mark if written[name] else start, end, "\n" if written[name] else "")
        for name, start, mark, end in scan.conditions(query.text)
        if name in written
    ]
    text = _replace(query.text, lines)
    filled = [
        (start, end, f"VALUES ?{name} {{ {written[name]} }}" if written[name] else "")
        for name, start, end in scan.slots(text)
        if name in written
    ]
    return replace(query, text=_replace(text, filled))


def _replace(text: str, pieces: list[tuple[int, int, str]]) -> str:
    """Put each piece in place of what stands from its start to its end."""
    parts: list[str] = []
    position = 0
    for start, end, piece in pieces:
        parts += (text[position:start], piece)
        position = end
    return "".join(parts) + text[position:]


def _choose(
    query: Query, parameter: Parameter, given: Identifier | None
) -> Identifier | None:
    if given is not None:
        _check_kind(query, parameter, given)
        return given
    if parameter.default is not None:
        return _default(parameter.kind, parameter.default)
    if parameter.required:
        raise QueryError(
            fr=f"{query.name} : le paramètre « {parameter.name} » est obligatoire "
            f"({parameter.fr}). Ajouter : -p {parameter.name} VALEUR.",
            en=f"{query.name}: the parameter '{parameter.name}' is required "
            f"({parameter.en}). Add: -p {parameter.name} VALUE.",
        )
    return None


def _default(kind: str, text: str) -> Identifier:
    from rdflib.term import URIRef

    return literal(kind, text) if kind in DATATYPES else URIRef(expand(text) or text)


def _check_names(
    query: Query, parameters: tuple[Parameter, ...], values: Mapping[str, Identifier]
) -> None:
    names = [parameter.name for parameter in parameters]
    for name in values:
        if name in names:
            continue
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        known = ", ".join(near or names)
        raise QueryError(
            fr=f"{query.name} : le paramètre « {name} » est inconnu. "
            + (f"Essayer : {known}." if names else "Cette question n'en a aucun."),
            en=f"{query.name}: unknown parameter '{name}'. "
            + (f"Try: {known}." if names else "This question takes none."),
        )


def _check_kind(query: Query, parameter: Parameter, term: Identifier) -> None:
    from rdflib.term import Literal, URIRef

    if parameter.kind not in DATATYPES:
        fits = isinstance(term, URIRef)
        fr, en, example = "une IRI", "an IRI", "acteur:siren-231900017"
    else:
        fits = isinstance(term, Literal) and _is_value(parameter.kind, term)
        fr, en, example = DATATYPES[parameter.kind]
    if not fits:
        raise QueryError(
            fr=f"{query.name} : le paramètre « {parameter.name} » attend {fr}, pas "
            f"« {term} ». Écrire par exemple {example}.",
            en=f"{query.name}: the parameter '{parameter.name}' takes {en}, not "
            f"'{term}'. Write for example {example}.",
        )


def _is_value(kind: str, term: Identifier) -> bool:
    datatype = getattr(term, "datatype", None)
    if kind == "xsd:string":
        return str(datatype or _XSD + "string") == _XSD + "string" and not getattr(
            term, "language", None
        )
    iri = _XSD + kind.removeprefix("xsd:")
    return str(datatype) == iri and lexical_form(kind, str(term)) == str(term)


def is_iri(text: str) -> bool:
    """Say whether a text is an absolute IRI that can stand in a query.

    Example:
        >>> is_iri("https://w3id.org/spnr/def#Actor"), is_iri("Côte d'Or")
        (True, False)
    """
    return _IRI.fullmatch(text) is not None


def _n3(term: Identifier) -> str:
    """Write a term so that no engine can read anything else into it."""
    from rdflib.term import Literal, URIRef

    if isinstance(term, URIRef):
        if not is_iri(term):
            raise QueryError(
                fr=f"« {term} » n'est pas une IRI absolue valide. Vérifier les espaces "
                'et les caractères < > " { } | ^ ` \\.',
                en=f"'{term}' is no valid absolute IRI. Check for spaces and for the "
                'characters < > " { } | ^ ` \\.',
            )
        return f"<{term}>"
    if not isinstance(term, Literal):
        raise QueryError(
            fr=f"« {term} » n'est ni une IRI ni un littéral. Donner l'un des deux.",
            en=f"'{term}' is neither an IRI nor a literal. Give one of them.",
        )
    suffix = f"@{term.language}" if term.language else ""
    if term.datatype and str(term.datatype) != _XSD + "string":
        suffix = "^^" + _n3(term.datatype)
    return f'"{_escape(str(term))}"{suffix}'


def _escape(text: str) -> str:
    if re.search(r"[\x00\ud800-\udfff]", text):
        raise QueryError(
            fr="Une valeur contient un caractère nul ou la moitié d'un caractère "
            "Unicode. La ressaisir.",
            en="A value holds a null character or half a Unicode character. Type it "
            "again.",
        )
    # rdflib reads \uXXXX even behind an escaped backslash, so "u" never follows one.
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return re.sub(r"\\\\([uU])", lambda m: f"\\\\\\U{ord(m[1]):08X}", escaped)


def _escaped(query: Query) -> QueryError:
    return QueryError(
        fr=f"{query.name} : une valeur change la forme de la requête ; refusée.",
        en=f"{query.name}: a value changes the form of the query; it is refused.",
    )
