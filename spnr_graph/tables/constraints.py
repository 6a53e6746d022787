"""The constraints of a Table Schema: what frictionless finds, told to a person."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.tables.outcome import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spnr_graph.tables.formats import Field

#: Constraint → French and English; ``{limit}`` is what the schema says.
_SAID: Final = {
    "pattern": (
        "La valeur n'a pas la forme attendue ({limit}). La corriger{example}.",
        "The value does not have the expected form ({limit}). Correct it{example}.",
    ),
    "minimum": (
        "La valeur est inférieure au minimum, {limit}. La vérifier{example}.",
        "The value is below the minimum, {limit}. Check it{example}.",
    ),
    "maximum": (
        "La valeur dépasse le maximum, {limit}. La vérifier{example}.",
        "The value is above the maximum, {limit}. Check it{example}.",
    ),
    "minLength": (
        "Le texte est trop court (minimum de signes : {limit}). Le compléter{example}.",
        "The text is too short (least length: {limit}). Complete it{example}.",
    ),
    "maxLength": (
        "Le texte est trop long (maximum de signes : {limit}). L'abréger{example}.",
        "The text is too long (greatest length: {limit}). Shorten it{example}.",
    ),
}
_OTHERWISE: Final = (
    "La valeur ne respecte pas une contrainte du schéma ({limit}). La "
    "corriger{example}.",
    "The value breaks a constraint of the schema ({limit}). Correct it{example}.",
)
_TYPES: Final = {
    "integer": ("un nombre entier", "a whole number"),
    "number": ("un nombre", "a number"),
    "date": ("une date complète (AAAA-MM-JJ)", "a full date (YYYY-MM-DD)"),
    "boolean": ("oui ou non", "yes or no"),
    "year": ("une année", "a year"),
    "email": ("une adresse électronique", "an e-mail address"),
    "uri": ("une adresse complète (https://…)", "a whole address (https://…)"),
    "yearmonth": ("un mois (AAAA-MM)", "a month (YYYY-MM)"),
}
#: How many values of a list a message names.
_LISTED: Final = 8
_ESCAPED: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def lexical(term: str) -> str:
    r"""Return the text of an N-Triples term, without quotes, datatype nor escapes.

    Example:
        >>> lexical('"12"^^<http://www.w3.org/2001/XMLSchema#integer>')
        '12'
    """
    if not term.startswith('"'):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    word = match[1]
    if word[0] in "uU":
        return chr(int(word[1:], 16))
    return _ESCAPES.get(word, word)


def checker(  # frictionless has no types
    field: Field,
    schema: Any,  # noqa: ANN401
) -> Callable[[str], tuple[Problem, ...]] | None:
    """Return what checks the normal form of a value against its Table Schema field.

    None when the schema says nothing that a text could break.

    Args:
        field: the column, for its example.
        schema: the frictionless field of the same name.
    """
    read = schema.create_cell_reader()
    constraints: Mapping[str, Any] = schema.constraints
    free = schema.type in ("string", "any") and schema.format == "default"
    if free and not constraints.keys() - {"required", "unique"}:
        return None

    def check(text: str) -> tuple[Problem, ...]:
        _, notes = read(text)
        if not notes:
            return ()
        # A value of the wrong type has no other fault worth telling.
        rules = ["type"] if "type" in notes else notes
        what = schema.format if schema.type == "string" else schema.type
        limits = {**constraints, "type": what}
        return tuple(_problem(rule, limits.get(rule), text, field) for rule in rules)

    return check


def _problem(rule: str, limit: Any, text: str, field: Field) -> Problem:  # noqa: ANN401
    if rule == "enum":
        fr, en = _listed(limit, text)
    elif rule == "type":
        what = _TYPES.get(limit, (f"du type {limit}", f"of the type {limit}"))
        fr = f"La valeur n'est pas {what[0]}. La corriger{{example}}."
        en = f"The value is not {what[1]}. Correct it{{example}}."
    else:
        said = _SAID.get(rule, _OTHERWISE)
        fr, en = (words.replace("{limit}", str(limit)) for words in said)
    return Problem(
        rule=rule,
        fr=fr.replace("{example}", example(field, "fr")),
        en=en.replace("{example}", example(field, "en")),
    )


def _listed(values: Iterable[object], text: str) -> tuple[str, str]:
    """Return what to say of a value that is none of a list."""
    known = [str(value) for value in values]
    folded = {value.casefold(): value for value in known}
    near = difflib.get_close_matches(text.casefold(), folded, n=1)
    if near:
        nearest = folded[near[0]]
        return (
            f"La valeur n'est pas dans la liste. Écrire « {nearest} » ?",
            f"The value is not in the list. Write '{nearest}'?",
        )
    shown = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else ".")
    return (
        f"La valeur n'est pas dans la liste. Choisir parmi : {shown}",
        f"The value is not in the list. Choose among: {shown}",
    )


def example(field: Field, lang: str) -> str:
    """Return the example of a field as the end of a sentence, or nothing."""
    given = field.options.get("example")
    if given in (None, ""):
        return ""
    return f", par exemple : {given}" if lang == "fr" else f", for example: {given}"
