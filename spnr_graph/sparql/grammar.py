"""SPARQL text → ``Query``, by rdflib's SPARQL 1.1 grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import QueryError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.sparql import scan
from spnr_graph.sparql.header import parse_header
from spnr_graph.sparql.model import Form, Header, Query

if TYPE_CHECKING:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parserutils import CompValue

_FORMS: Final[dict[str, Form]] = {
    "SelectQuery": "select",
    "ConstructQuery": "construct",
    "DescribeQuery": "describe",
    "AskQuery": "ask",
}
_UPDATES: Final = frozenset(
    (
        "INSERT",
        "DELETE",
        "LOAD",
        "CLEAR",
        "CREATE",
        "DROP",
        "COPY",
        "MOVE",
        "ADD",
        "WITH",
    )
)


def parse(text: str, *, name: str = "<text>", complete: bool = False) -> Query:
    """Parse SPARQL text once, so that every store meets a query of known form.

    SERVICE is left to the engine: whether it may leave the machine is its decision.

    Args:
        text: a SPARQL 1.1 query, with or without a ``#+`` header.
        name: where the text comes from, for messages.
        complete: declare the well-known prefixes that the text uses undeclared.

    Raises:
        QueryError: not SPARQL (line and column are said), an update, or a bad header.
    """
    return _parse(text.removeprefix("\ufeff"), name, complete)


# One command parses the same few texts of the house again and again, 15 ms each.
@lru_cache(maxsize=64)
def _parse(text: str, name: str, complete: bool) -> Query:
    header = parse_header(text, name=name)
    if (keyword := scan.first_keyword(text)) in _UPDATES:
        raise _update(name, keyword)
    tree = _tree(text, name)
    text = _declare(text, name, complete=complete)
    query = Query(
        name=name,
        text=text,
        form=_FORMS[tree.name],
        columns=_columns(tree),
        has_dataset=bool(tree.datasetClause),
    )
    if header == Header():
        return query
    _check_slots(text, header, name)
    _check_columns(query, header)
    return replace(query, header=header)


def _tree(text: str, name: str) -> CompValue:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        tree: CompValue = parseQuery(text)[1]
    except ParseBaseException as error:
        raise _syntax_error(text, name, error) from error
    except RecursionError as error:
        raise QueryError(
            fr=f"{name} : la requête est trop imbriquée. Réduire le nombre "
            "d'accolades ou de parenthèses ouvertes à la fois.",
            en=f"{name}: the query is nested too deeply. Open fewer braces or "
            "parentheses at once.",
        ) from error
    except ValueError as error:  # an escape such as \U00999999
        raise QueryError(
            fr=f"{name} : un échappement \\u de la requête ne désigne aucun caractère. "
            "Écrire le caractère lui-même.",
            en=f"{name}: a \\u escape in the query stands for no character. Write the "
            "character itself.",
        ) from error
    return tree


def _declare(text: str, name: str, *, complete: bool) -> str:
    """Check that each prefix is declared; add those that are known when asked."""
    missing = scan.undeclared(text)
    unknown = [p for p in missing if not complete or p not in PREFIXES]
    if unknown:
        raise _unknown_prefix(text, name, unknown[0], missing[unknown[0]])
    lines = [f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in PREFIXES if p in missing]
    start = scan.header_end(text)
    return text[:start] + "".join(lines) + text[start:]


def _columns(tree: CompValue) -> tuple[str, ...]:
    if tree.name != "SelectQuery":
        return ()
    if tree.projection:
        return tuple(str(p.var or p.evar) for p in tree.projection)
    return tuple(dict.fromkeys(_visible(tree.where)))


def _visible(part: object) -> Iterator[str]:
    """Yield the variables that ``SELECT *`` shows, in order of appearance.

    rdflib's own ``SELECT *`` is unordered and counts those of FILTER and MINUS too.
    """
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Variable

    if isinstance(part, Variable):
        yield str(part)
    elif isinstance(part, CompValue):
        if part.name == "SubSelect" and part.projection:
            yield from (str(p.var or p.evar) for p in part.projection)
        elif part.name not in ("Filter", "MinusGraphPattern"):
            yield from _visible([part[key] for key in part if key != "expr"])
    elif not isinstance(part, str) and isinstance(part, Iterable):
        for item in part:
            yield from _visible(item)


def _check_slots(text: str, header: Header, name: str) -> None:
    found = {slot for slot, _, _ in scan.slots(text)}
    conditions = {condition for condition, *_ in scan.conditions(text)}
    declared = {parameter.name for parameter in header.parameters}
    if missing := sorted(declared - found):
        slot = f"VALUES ?{missing[0]} {{ UNDEF }}"
        raise QueryError(
            fr=f"{name} : le paramètre « {missing[0]} » n'a pas d'emplacement. Écrire "
            f"exactement {slot} dans le motif.",
            en=f"{name}: the parameter '{missing[0]}' has no slot. Write exactly "
            f"{slot} in the pattern.",
        )
    if undeclared := sorted((found | conditions) - declared):
        raise QueryError(
            fr=f"{name} : l'emplacement de « {undeclared[0]} » n'est pas déclaré. "
            f"Ajouter une ligne « #+ param {undeclared[0]}: … ».",
            en=f"{name}: the slot of '{undeclared[0]}' is not declared. Add a line "
            f"'#+ param {undeclared[0]}: …'.",
        )
    if strange := sorted(set(header.example or ()) - declared):
        raise QueryError(
            fr=f"{name} : l'exemple donne « {strange[0]} », paramètre inconnu.",
            en=f"{name}: the example gives '{strange[0]}', which is no parameter.",
        )


def _check_columns(query: Query, header: Header) -> None:
    declared = tuple(column.name for column in header.columns)
    if declared and declared != query.columns:
        said, got = ", ".join(declared), ", ".join(query.columns)
        raise QueryError(
            fr=f"{query.name} : l'en-tête annonce les colonnes {said}, la requête "
            f"donne {got}. Les accorder, dans le même ordre.",
            en=f"{query.name}: the header announces the columns {said}, the query "
            f"gives {got}. Make them agree, in the same order.",
        )


def _update(name: str, keyword: str) -> QueryError:
    return QueryError(
        fr=f"{name} : {keyword} modifie les données ; seules les questions SELECT, "
        "CONSTRUCT, DESCRIBE et ASK sont acceptées. Pour changer les données, corriger "
        "les fichiers puis lancer spnr load.",
        en=f"{name}: {keyword} changes data; only SELECT, CONSTRUCT, DESCRIBE and ASK "
        "are accepted. To change data, edit the files and run spnr load.",
    )


def _syntax_error(text: str, name: str, error: ParseBaseException) -> QueryError:
    line, column = error.lineno, error.column
    # pyparsing counts columns after it has expanded the tabs.
    source = text.split("\n")[line - 1]
    while column > 1 and len(source[: column - 1].expandtabs()) > error.column - 1:
        column -= 1
    shown = scan.excerpt(text, line, column)
    return QueryError(
        fr=f"{name}, ligne {line}, colonne {column} : ce n'est pas du SPARQL 1.1 à "
        f"partir d'ici.\n{shown}\nCorriger la requête à cet endroit, ou juste avant.",
        en=f"{name}, line {line}, column {column}: not SPARQL 1.1 from here on.\n"
        f"{shown}\nCorrect the query at this place, or just before it.",
    )


def _unknown_prefix(text: str, name: str, prefix: str, offset: int) -> QueryError:
    line, column = scan.place(text, offset)
    shown = scan.excerpt(text, line, column)
    declaration = f"PREFIX {prefix}: <{PREFIXES.get(prefix, '…')}>"
    return QueryError(
        fr=f"{name}, ligne {line}, colonne {column} : le préfixe « {prefix}: » n'est "
        f"pas déclaré.\n{shown}\nAjouter en tête : {declaration}",
        en=f"{name}, line {line}, column {column}: the prefix '{prefix}:' is not "
        f"declared.\n{shown}\nAdd at the top: {declaration}",
    )
