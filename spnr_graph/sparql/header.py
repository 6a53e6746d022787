"""The ``#+ key: value`` lines at the top of a query file → ``Header``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from spnr_graph.errors import QueryError
from spnr_graph.namespaces import LANGUAGES, expand
from spnr_graph.sparql.literals import DATATYPES, literal
from spnr_graph.sparql.model import Column, Header, Parameter
from spnr_graph.sparql.scan import header_end

_LINE = re.compile(r"#\+ (?P<key>[a-z.]+)(?: (?P<name>\w+))?: (?P<value>\S.*?)\s*")
_PARAMETER = re.compile(
    r"(?P<kind>[\w-]+:[\w-]+)(?:, (?P<required>required)| = (?P<default>.+?))?"
)
_NAME = re.compile(r"[a-z_][a-z0-9_]*")

_SHAPES: Final = {
    "question.fr": "#+ question.fr: Qui porte quoi ?",
    "question.en": "#+ question.en: Who leads what?",
    "competency": "#+ competency: CQ1",
    "param": "#+ param axe: spnr:PolicyAxis | Axe | Policy axis",
    "column": "#+ column acteur: Acteur | Actor",
    "example": "#+ example: axe=inclusion-numerique",
    "empty": "#+ empty: pourquoi aucune ligne | why there is no row",
    "title.fr": "#+ title.fr: Un terme n'a pas de définition",
    "title.en": "#+ title.en: A term has no definition",
    "problem": "#+ problem: What goes wrong without the rule.",
    "effect": "#+ effect: What the rule writes.",
    "solution": "#+ solution: What to do about a row.",
    "level": "#+ level: error",
}


class _MalformedError(ValueError):
    """A header line that does not have the shape of its key."""


def parse_header(text: str, *, name: str = "<text>") -> Header:
    """Read the ``#+`` lines at the top of a query; an empty header when none.

    Raises:
        QueryError: an unknown key, a malformed line, a repeated key or name, or a
            ``#+`` line below the first line of SPARQL; file and line are said.
    """
    header = Header()
    seen: set[tuple[str, str]] = set()
    end = header_end(text)
    position = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        position += len(line)
        if not line.startswith("#+"):
            continue
        if position > end:
            raise _misplaced(name, number)
        key, subject, value = _split(line.rstrip(), name, number)
        if (key, subject) in seen:
            raise _repeated(name, number, f"{key} {subject}".strip())
        seen.add((key, subject))
        try:
            header = _READERS[key](header, subject, value)
        except _MalformedError as error:
            raise _malformed(name, number, key, line.rstrip()) from error
    return header


def is_parameter_line(line: str) -> bool:
    """Say whether a line of the header declares, or fills, parameters."""
    return line.startswith(("#+ param ", "#+ example:"))


def _split(line: str, name: str, number: int) -> tuple[str, str, str]:
    match = _LINE.fullmatch(line)
    key = (
        match["key"] if match else line[2:].strip().partition(":")[0].partition(" ")[0]
    )
    if key not in _READERS:
        raise _unknown_key(name, number, key)
    named = key in ("param", "column")
    if not match or (match["name"] is not None) != named:
        raise _malformed(name, number, key, line)
    return key, match["name"] or "", match["value"]


def _question(language: str) -> Callable[[Header, str, str], Header]:
    def read(header: Header, _: str, value: str) -> Header:
        return replace(header, question={**header.question, language: value})

    return read


def _competency(header: Header, _: str, value: str) -> Header:
    if not re.fullmatch(r"(CQ|CO)\d{1,2}", value):
        raise _MalformedError
    return replace(header, competency=value)


def _parameter(header: Header, subject: str, value: str) -> Header:
    kind, fr, en = _bars(value, 3)
    match = _PARAMETER.fullmatch(kind)
    if not match or not _NAME.fullmatch(subject) or not _is_kind(match["kind"]):
        raise _MalformedError
    parameter = Parameter(
        name=subject,
        kind=match["kind"],
        required=match["required"] is not None,
        default=match["default"],
        fr=fr,
        en=en,
    )
    _check_default(parameter)
    return replace(header, parameters=(*header.parameters, parameter))


def _is_kind(kind: str) -> bool:
    return kind in DATATYPES or (expand(kind) is not None and kind[:4] != "xsd:")


def _check_default(parameter: Parameter) -> None:
    if parameter.default is None:
        return
    if parameter.kind not in DATATYPES:
        if expand(parameter.default) is None:
            raise _MalformedError
        return
    try:
        literal(parameter.kind, parameter.default)
    except QueryError as error:
        raise _MalformedError from error


def _column(header: Header, subject: str, value: str) -> Header:
    fr, en = _bars(value, 2)
    column = Column(name=subject, fr=fr, en=en)
    return replace(header, columns=(*header.columns, column))


def _example(header: Header, _: str, value: str) -> Header:
    try:
        pairs = [word.partition("=") for word in shlex.split(value)]
    except ValueError as error:
        raise _MalformedError from error
    if not all(key and equals for key, equals, _ in pairs):
        raise _MalformedError
    return replace(header, example={key: text for key, _, text in pairs})


def _empty(header: Header, _: str, value: str) -> Header:
    texts = _bars(value, 2)
    return replace(header, empty=dict(zip(LANGUAGES, texts, strict=True)))


def _note(header: Header, _: str, __: str) -> Header:
    """Accept a line that tells a reader of a rule or a check what it is for."""
    return header


def _bars(value: str, count: int) -> list[str]:
    """Split at the bars; exactly ``count`` non-empty parts."""
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != count or not all(parts):
        raise _MalformedError
    return parts


_READERS: Final[dict[str, Callable[[Header, str, str], Header]]] = {
    "question.fr": _question("fr"),
    "question.en": _question("en"),
    "competency": _competency,
    "param": _parameter,
    "column": _column,
    "example": _example,
    "empty": _empty,
    "title.fr": _note,
    "title.en": _note,
    "problem": _note,
    "effect": _note,
    "solution": _note,
    "level": _note,
}


def _misplaced(name: str, number: int) -> QueryError:
    return QueryError(
        fr=f"{name}, ligne {number} : une ligne « #+ » se trouve après le début de la "
        "requête. La placer en tête du fichier.",
        en=f"{name}, line {number}: a '#+' line stands below the start of the query. "
        "Move it to the top of the file.",
    )


def _repeated(name: str, number: int, what: str) -> QueryError:
    return QueryError(
        fr=f"{name}, ligne {number} : « {what} » est déclaré deux fois. N'en garder "
        "qu'une déclaration.",
        en=f"{name}, line {number}: '{what}' is declared twice. Keep one declaration.",
    )


def _unknown_key(name: str, number: int, key: str) -> QueryError:
    known = ", ".join(_READERS)
    return QueryError(
        fr=f"{name}, ligne {number} : la clé d'en-tête « {key} » est inconnue. Clés "
        f"connues : {known}.",
        en=f"{name}, line {number}: unknown header key '{key}'. Known keys: {known}.",
    )


def _malformed(name: str, number: int, key: str, line: str) -> QueryError:
    shape = _SHAPES.get(key, f"#+ {key}: …")
    return QueryError(
        fr=f"{name}, ligne {number} : ligne d'en-tête mal formée : {line}\n"
        f"Écrire par exemple : {shape}",
        en=f"{name}, line {number}: malformed header line: {line}\n"
        f"Write for example: {shape}",
    )
