"""What a finding says: the message of its shape, else a sentence made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from spnr_graph.check.evaluate import Result
from spnr_graph.check.shapes_graph import Term
from spnr_graph.findings import Finding
from spnr_graph.namespaces import LANGUAGES, PREFIXES, shorten

_SLOT: Final = re.compile(r"\{[?$](\w+)\}")

#: Parameter → sentence in French and in English; {0} is the value of the parameter.
_DEFAULTS: Final[dict[str, tuple[str, str]]] = {
    "class": ("La valeur doit être de la classe {0}.", "The value must be a {0}."),
    "datatype": (
        "La valeur doit être un littéral valide de type {0}.",
        "The value must be a valid literal of datatype {0}.",
    ),
    "nodeKind": (
        "La valeur doit être de nature {0}.",
        "The value must be of kind {0}.",
    ),
    "minCount": (
        "Il faut au moins {0} valeur(s).",
        "At least {0} value(s) must be given.",
    ),
    "maxCount": (
        "Il ne peut y avoir plus de {0} valeur(s).",
        "No more than {0} value(s) may be given.",
    ),
    "minExclusive": (
        "La valeur doit être supérieure à {0}.",
        "The value must be greater than {0}.",
    ),
    "minInclusive": (
        "La valeur doit être supérieure ou égale à {0}.",
        "The value must be {0} or more.",
    ),
    "maxExclusive": (
        "La valeur doit être inférieure à {0}.",
        "The value must be less than {0}.",
    ),
    "maxInclusive": (
        "La valeur doit être inférieure ou égale à {0}.",
        "The value must be {0} or less.",
    ),
    "minLength": (
        "La valeur doit compter au moins {0} caractère(s).",
        "The value must have at least {0} character(s).",
    ),
    "maxLength": (
        "La valeur doit compter au plus {0} caractère(s).",
        "The value must have at most {0} character(s).",
    ),
    "pattern": (
        "La valeur doit suivre le motif {0}.",
        "The value must match the pattern {0}.",
    ),
    "languageIn": (
        "La langue de la valeur doit être l'une de : {0}.",
        "The language of the value must be one of: {0}.",
    ),
    "uniqueLang": (
        "Il ne peut y avoir qu'une valeur par langue.",
        "Only one value may be given per language.",
    ),
    "equals": (
        "Les valeurs doivent être celles de {0}.",
        "The values must be those of {0}.",
    ),
    "disjoint": (
        "La valeur ne peut être aussi celle de {0}.",
        "The value must not be a value of {0} too.",
    ),
    "lessThan": (
        "La valeur doit être inférieure à celle de {0}.",
        "The value must be less than that of {0}.",
    ),
    "lessThanOrEquals": (
        "La valeur doit être inférieure ou égale à celle de {0}.",
        "The value must be less than or equal to that of {0}.",
    ),
    "not": (
        "La valeur suit une forme qui est exclue.",
        "The value conforms to a shape that is excluded.",
    ),
    "and": (
        "La valeur ne suit pas toutes les formes demandées.",
        "The value does not conform to every shape required.",
    ),
    "or": (
        "La valeur ne suit aucune des formes possibles.",
        "The value conforms to none of the possible shapes.",
    ),
    "xone": (
        "La valeur doit suivre exactement une des formes possibles.",
        "The value must conform to exactly one of the possible shapes.",
    ),
    "node": (
        "La valeur ne suit pas la forme demandée.",
        "The value does not conform to the shape required.",
    ),
    "qualifiedMinCount": (
        "Il manque des valeurs qui suivent la forme demandée.",
        "Values that conform to the shape required are missing.",
    ),
    "qualifiedMaxCount": (
        "Trop de valeurs suivent la forme demandée.",
        "Too many values conform to the shape required.",
    ),
    "closed": (
        "Cette propriété n'est pas prévue par la forme.",
        "The shape does not allow this property.",
    ),
    "hasValue": ("Il faut la valeur {0}.", "The value {0} must be given."),
    "in": (
        "La valeur doit être l'une de : {0}.",
        "The value must be one of: {0}.",
    ),
}
#: For a rule written in SPARQL, and for counts of qualified values.
_OTHER: Final = (
    "Une règle de la forme n'est pas respectée.",
    "A rule of the shape is not met.",
)


def finding(result: Result, source: str) -> Finding:
    """Return the finding that tells a result in French and in English."""
    return Finding(
        source=source,
        severity=result.shape.severity,
        focus=plain(result.focus),
        shape=result.shape.name,
        path=result.path,
        value="" if result.value is None else str(result.value),
        component=result.component,
        fr=_message(result, "fr"),
        en=_message(result, "en"),
    )


def plain(term: Term) -> str:
    """Return an IRI without brackets; other terms as N-Triples."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _message(result: Result, lang: str) -> str:
    """Return the message of the constraint, of the shape, or the default one."""
    for messages in (result.constraint.messages, result.shape.messages):
        if (text := messages.get(lang, messages.get(""))) is not None:
            known = {"this": result.focus, "value": result.value}
            return fill(text, {**result.bindings, **known})
    parameter = component_parameter(result.component)
    return default_message(parameter, result.constraint.values, lang)


def component_parameter(component: str) -> str:
    """Return the parameter that gives its name to a component: ``minCount``."""
    name = component.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")
    return name[:1].lower() + name[1:]


def default_message(parameter: str, values: Sequence[Term], lang: str) -> str:
    """Return what is said where the shape says nothing."""
    texts = _DEFAULTS.get(parameter, _OTHER)
    listed = ", ".join(_short(value) for value in values)
    return texts[LANGUAGES.index(lang)].replace("{0}", listed)


def fill(text: str, known: Mapping[str, Term | None]) -> str:
    """Fill slots such as {?value}; one that nothing fills stays as it is."""

    def put(slot: re.Match[str]) -> str:
        term = known.get(slot[1])
        return slot[0] if term is None else _short(term)

    return _SLOT.sub(put, text)


def _short(term: Term) -> str:
    """Return a term as a person reads it."""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else term.value
