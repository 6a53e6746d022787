"""What can be seen in SPARQL text without parsing it: prefixes, slots, positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPAQUE = re.compile(
    r"""
      \#[^\r\n]*                                                       # comment
    | <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]{4})*>               # IRI
    | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | \"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}
    | '(?:[^'\\\r\n]|\\.)*' | \"(?:[^\"\\\r\n]|\\.)*\"                 # strings
    | \\.                                                              # escape
    """,
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"(?<![\w.\-:%?$@])([^\W\d_](?:[\w.\-]*[\w\-])?)?:")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_PROLOGUE = re.compile(r"\s*(?:BASE\b\s*|PREFIX\s+[^\s:]*\s*:\s*)", re.IGNORECASE)
_CONDITION = re.compile(r"#\? (\w+)[ \t]*")
_SLOT = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


def mask(text: str) -> str:
    """Blank out strings, IRIs, comments and escapes; every offset stays the same.

    Example:
        >>> mask("ASK { <a:b> ?p 'x:y' } # c")
        'ASK {       ?p       }    '
    """
    return _OPAQUE.sub(lambda m: re.sub(r"[^\r\n]", " ", m[0]), text)


def slots(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (parameter, start, end) of each ``VALUES ?parameter { UNDEF }``."""
    for match in _SLOT.finditer(mask(text)):
        yield match[1], match.start(), match.end()


def conditions(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield (parameter, start, mark, end) of each ``… #? parameter`` line.

    The mark is the offset at which the comment starts.
    """
    for match in _OPAQUE.finditer(text):
        if condition := _CONDITION.fullmatch(match[0]):
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end()) + 1 or len(text)
            yield condition[1], start, match.start(), end


def undeclared(text: str) -> dict[str, int]:
    """Return the prefixes used but not declared, with the offset of the first use."""
    masked = mask(text)
    declared = set(_DECLARED.findall(masked))
    found: dict[str, int] = {}
    for match in _PREFIX.finditer(masked):
        prefix = match[1] or ""
        if prefix not in declared:
            found.setdefault(prefix, match.start())
    return found


def first_keyword(text: str) -> str:
    """Return the first keyword after the prologue, in capitals, or ``""``."""
    masked = mask(text)
    position = 0
    while match := _PROLOGUE.match(masked, position):
        position = match.end()
    word = _WORD.match(masked[position:].lstrip())
    return word[0].upper() if word else ""


def header_end(text: str) -> int:
    """Return the offset of the first line that is neither blank nor a comment."""
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        position += len(line)
    return position


def place(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and the column, both from 1, of an offset.

    Example:
        >>> place("ab\ncd", 4)
        (2, 2)
    """
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def excerpt(text: str, line: int, column: int) -> str:
    """Return a line of the text with a mark under a column."""
    shown = text.split("\n")[line - 1].rstrip("\r").replace("\t", " ")
    return f"    {shown}\n    {' ' * (column - 1)}^"
