"""One term, or one column title, as a person reads it; what it takes on a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rdflib.term import BNode, Literal, URIRef

from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.table import LABEL_SUFFIX

if TYPE_CHECKING:
    from rdflib.term import Identifier

_XSD: Final = PREFIXES["xsd"]
NUMBERS: Final = frozenset(
    _XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
BOOLEAN: Final = _XSD + "boolean"
_WORDS: Final = {
    "fr": {"label": "libellé", "true": "oui", "false": "non"},
    "en": {"label": "label", "true": "yes", "false": "no"},
}
_TRUTH: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NUMBER: Final = re.compile(
    r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?", re.ASCII
)
#: Every space but those that keep a number whole: no-break, narrow or not.
_SPACES: Final = re.compile(r"[^\S\xa0\u202f]+")
#: Control characters could command the terminal; marks of direction reorder the line.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Spaces where French typography breaks no line: inside « », before ; : ! ? and %.
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_TIED: Final = re.compile(r"(?<=«) | (?=[»;:!?%])")
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})
_HANGUL_JOINING: Final = range(0x1160, 0x1200)


@dataclass(frozen=True, kw_only=True)
class Look:
    """How rows are shown: language, room on the terminal, titles of the columns."""

    lang: str = "fr"
    width: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, column: str, columns: tuple[str, ...]) -> str:
        """Return the title of a column; of labels beside IRIs, the title of these.

        Example:
            >>> Look(lang="fr").title("acteur_libelle", ("acteur", "acteur_libelle"))
            'acteur (libellé)'
        """
        if column in self.titles:
            return self.titles[column]
        base = column.removesuffix(LABEL_SUFFIX)
        if base != column and base in columns:
            return f"{self.titles.get(base, base)} ({_WORDS[self.lang]['label']})"
        return column


def text(term: Identifier | None, lang: str) -> str:
    """Return a term as one line for a person.

    Example:
        >>> text(URIRef("https://w3id.org/spnr/voc/axe/inclusion-numerique"), "fr")
        'axe:inclusion-numerique'
    """
    if term is None:
        return ""
    if isinstance(term, URIRef):
        return _line(shorten(str(term)))
    if isinstance(term, BNode):
        return f"_:{term}"
    if str(getattr(term, "datatype", "")) == BOOLEAN and str(term) in _TRUTH:
        return _WORDS[lang][_TRUTH[str(term)]]
    return _line(str(term))


def _line(value: str) -> str:
    if value.isprintable() and "  " not in value:
        return value.strip()
    return _UNSAFE.sub("\ufffd", _SPACES.sub(" ", value).strip())


def is_number(term: Identifier | None) -> bool:
    """Tell whether a term is a number by its datatype."""
    return isinstance(term, Literal) and str(term.datatype) in NUMBERS


def json_number(lexical: str) -> str | None:
    """Return a number as JSON spells it, or None for ``INF``, ``NaN`` and mistakes.

    Example:
        >>> json_number("+01.50")
        '1.50'
    """
    match = _NUMBER.fullmatch(lexical)
    if not match:
        return None
    sign, whole, fraction, bare_fraction, exponent = match.groups()
    fraction = fraction or bare_fraction
    spelt = "-" if sign == "-" else ""
    spelt += (whole or "").lstrip("0") or "0"
    spelt += f".{fraction}" if fraction else ""
    return spelt + (f"e{exponent}" if exponent else "")


def width(value: str) -> int:
    """Return the columns of a terminal that a text takes.

    Example:
        >>> width("été"), width("e\N{COMBINING ACUTE ACCENT}"), width("区")
        (3, 1, 2)
    """
    return len(value) if value.isascii() else sum(map(_width, value))


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH and character != "\N{SOFT HYPHEN}":
        return 0
    if ord(character) in _HANGUL_JOINING:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(value: str, room: int) -> tuple[str, str]:
    """Split a text so that the first part fits; prefer a space, then a separator.

    A space that French typography ties to a mark is none, unless nothing else is.

    Example:
        >>> cut("service public numérique", 16)
        ('service public', 'numérique')
        >>> cut("le programme « Fibre »", 14)
        ('le programme', '« Fibre »')
    """
    used, end = 0, len(value)
    for place, character in enumerate(value):
        used += _width(character)
        if used > room:
            end = place
            break
    if end == len(value):
        return value, ""
    end = max(end, 1)  # a wide character in one column still has to go somewhere
    tied = _TIED.sub(_NO_BREAK, value[: end + 2])
    space = max(tied.rfind(" ", 0, end + 1), 0) or value.rfind(" ", 0, end + 1)
    if space > 0:
        return value[:space].rstrip(), value[space + 1 :].lstrip()
    soft = max(value.rfind(mark, 0, end) for mark in "/-_:.,;|") + 1
    if soft > end // 2:
        end = soft
    return value[:end], value[end:]
