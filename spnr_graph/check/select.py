"""SPARQL constraints (``sh:sparql``): what SHACL allows, and two ways to run them.

SHACL pre-binds ``$this`` for each focus node. In a query whose body has no nested group
this equals joining the focus pattern with the body, so one query serves all the nodes;
any other query is run node by node with the engine's substitution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spnr_graph.check.shapes_graph import Term

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*'|"
    r'<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[A-Za-z_][\w-]*(?::[\w-]*)?|\s+|.',
    re.DOTALL,
)
_REFUSED: Final = {"MINUS", "VALUES", "SERVICE"}
_OPTIONAL: Final = {"shapesGraph", "currentShape"}
_THIS: Final = {"$this", "?this"}
_PREBOUND: Final = {*_THIS, "$PATH", "?PATH"}
_AGGREGATES: Final = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


@dataclass(frozen=True, kw_only=True)
class Select:
    """The query of a SPARQL constraint.

    Attributes:
        tokens: the query, ``$PATH`` put in.
        brace: place of the bracket that opens its body.
        flat: whether one query can serve all the focus nodes.
    """

    tokens: tuple[str, ...]
    brace: int
    flat: bool

    @property
    def text(self) -> str:
        """Return the query, ``$this`` still a variable."""
        return "".join(self.tokens)

    def bulk(self, focus: str) -> str:
        """Return one query for all the focus nodes that a pattern binds."""
        body = self.brace + 1
        head, tail = self.tokens[:body], self.tokens[body:]
        return f"{''.join(head)} {focus} {''.join(tail)}"

    def about(self, node: Term) -> str:
        """Return the query about one node: its term stands wherever ``$this`` did."""
        return "".join(_bind(self.tokens, str(node)))


def read_select(text: str, path: str | None) -> Select:
    """Read the query of a SPARQL constraint.

    Args:
        text: SPARQL with its prefixes declared.
        path: the path of the property shape, in SPARQL.

    Raises:
        ValueError: the text uses what SHACL forbids, or what is not supported; the
            message names it.
    """
    tokens = [mark for mark in _TOKEN.findall(text) if not mark.startswith("#")]
    _refuse([mark for mark in tokens if not mark.isspace()])
    if path is not None:
        tokens = [path if mark in {"$PATH", "?PATH"} else mark for mark in tokens]
    if "{" not in tokens:
        raise ValueError("SELECT")
    brace = tokens.index("{")
    return Select(tokens=tuple(tokens), brace=brace, flat=_is_flat(tokens, brace))


def _bind(marks: tuple[str, ...], term: str) -> Iterator[str]:
    """Put a term in the place of ``$this``, but where only a variable may stand.

    That is among the columns of a SELECT, and after its body (GROUP BY, ORDER BY).
    """
    names, brackets, depth = False, 0, 0
    for mark in _decide_bound(marks):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        brackets += {"(": 1, ")": -1}.get(mark, 0)
        names = (names or mark.upper() == "SELECT") and mark != "{"
        outside = names or not depth
        yield term if mark in _THIS and (brackets or not outside) else mark


def _decide_bound(tokens: tuple[str, ...]) -> Iterator[str]:
    """Replace BOUND($this), which no term may stand in, by true."""
    rest = iter(tokens)
    for mark in rest:
        if mark.upper() != "BOUND":
            yield mark
            continue
        call = [mark]
        for following in rest:
            call.append(following)
            if following == ")":
                break
        yield from ["(true)"] if _THIS & set(call) else call


def _refuse(words: list[str]) -> None:
    """Refuse what SHACL forbids in a pre-bound query."""
    selects = 0
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if word.upper() in _REFUSED:
            raise ValueError(word.upper())
        if word[0] in "?$" and word[1:] in _OPTIONAL:
            raise ValueError(word)
        if word.upper() == "AS" and following in _PREBOUND:
            raise ValueError(f"AS {following}")
        if word.upper() == "SELECT":
            selects += 1
            if selects > 1 and not _projects_this(words[index:]):
                raise ValueError("SELECT … { } (sans $this / without $this)")


def _projects_this(words: list[str]) -> bool:
    end = words.index("{") if "{" in words else len(words)
    return bool(_THIS & set(words[:end]))


def _is_flat(tokens: list[str], brace: int) -> bool:
    """Say whether the body has no group but those of EXISTS, and nothing after it."""
    head = [mark for mark in tokens[:brace] if not mark.isspace()]
    if not {*_THIS, "*"} & set(head):
        return False
    if _AGGREGATES & {mark.upper() for mark in head}:
        return False
    body = [mark for mark in tokens[brace + 1 :] if not mark.isspace()]
    depth, inside = 1, 0
    for index, mark in enumerate(body):
        if mark == "{":
            if not inside and body[index - 1].upper() != "EXISTS":
                return False
            inside = inside or depth
            depth += 1
        elif mark == "}":
            depth -= 1
            inside = 0 if depth == inside else inside
            if not depth:
                return index == len(body) - 1
    return False
