"""N-Triples terms → the one way in which canonical Turtle writes them."""

from __future__ import annotations

import re
from typing import Final

from spnr_graph.namespaces import PREFIXES

RDF: Final = PREFIXES["rdf"]
XSD: Final = PREFIXES["xsd"]

#: A place in the order of objects: kind of term, rank of its language, its text.
Order = tuple[int, int, str]

#: Every namespace ends with "/" or "#", so one cut of an IRI finds its prefix.
_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
#: Local names that need no escape in Turtle, in SPARQL or on a keyboard.
_LOCAL: Final = re.compile(
    r"[A-Za-z0-9_À-ÖØ-öø-ʯ]"
    r"(?:[A-Za-z0-9_À-ÖØ-öø-ʯ.-]*[A-Za-z0-9_À-ÖØ-öø-ʯ-])?"
)
#: Lexical forms that Turtle reads back unchanged without quotes and datatype.
_BARE: Final = {
    f"<{XSD}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"<{XSD}decimal>": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    f"<{XSD}boolean>": re.compile("true|false"),
}
_STRING: Final = f"<{XSD}string>"
_TYPE: Final = f"<{RDF}type>"
_NIL: Final = f"<{RDF}nil>"

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_NAMES: Final = {value: "\\" + name for name, value in _NAMED.items()}
#: Controls, invisible line ends and direction marks: a diff would hide them.
_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_CLOSING_QUOTE: Final = re.compile(r'"(?="|\Z)')

_LANGUAGE_RANK: Final = {"@fr": 1, "@en": 2}
_FIRST_PREDICATES: Final = {
    PREFIXES["rdfs"] + "label": 1,
    PREFIXES["skos"] + "prefLabel": 1,
    PREFIXES["sh"] + "path": 1,
    PREFIXES["skos"] + "altLabel": 2,
    PREFIXES["skos"] + "definition": 3,
    PREFIXES["dcterms"] + "description": 3,
}
_OTHER_PREDICATES: Final = 4


def unescape(text: str) -> str:
    r"""Replace the escapes of N-Triples by what they stand for.

    Example:
        >>> unescape(r"caf\u00E9")
        'café'
    """

    def meant(match: re.Match[str]) -> str:
        short, long, named = match.groups()
        if named is not None:
            return _NAMED.get(named, named)
        return chr(int(short or long, 16))

    return _ESCAPE.sub(meant, text)


def _code(match: re.Match[str]) -> str:
    character = match.group()
    return _NAMES.get(character, f"\\u{ord(character):04X}")


def quote(value: str) -> str:
    r"""Write a string in quotes; in long quotes when it has several lines.

    Example:
        >>> quote('dit "oui"')
        '"dit \\"oui\\""'
    """
    text = _UNSEEN.sub(_code, value.replace("\\", "\\\\"))
    # A space before a line end does not survive every editor: keep it escaped.
    if "\n" in text and " \n" not in text:
        return '"""' + _CLOSING_QUOTE.sub(r"\\" + '"', text) + '"""'
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'


class Terms:
    """Writes terms, remembers the IRIs it has written and the prefixes they use."""

    def __init__(self) -> None:
        #: What ``predicate`` and ``object`` have answered for IRIs, for hot loops.
        self.places: dict[str, str] = {}
        self.objects: dict[str, str] = {_NIL: "()"}
        self._iris: dict[str, str] = {}
        self._used: set[str] = set()

    def iri(self, term: str) -> str:
        """Write ``<…>`` as a prefixed name, or in full when none fits."""
        written = self._iris.get(term)
        if written is None:
            written = self._iris[term] = self._shorten(term[1:-1])
        return written

    def _shorten(self, iri: str) -> str:
        iri = unescape(iri) if "\\" in iri else iri
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = _PREFIX_OF.get(iri[:cut])
        if prefix and _LOCAL.fullmatch(iri, cut):
            self._used.add(prefix)
            return f"{prefix}:{iri[cut:]}"
        full = _NOT_IN_IRI.sub(lambda m: f"\\u{ord(m.group()):04X}", iri)
        return f"<{full}>"

    def predicate(self, term: str) -> str:
        """Return the text of a predicate behind one digit: its place in a block."""
        place = self.places.get(term)
        if place is None:
            if term == _TYPE:
                place = "0a"
            else:
                rank = _FIRST_PREDICATES.get(term[1:-1], _OTHER_PREDICATES)
                place = f"{rank}{self.iri(term)}"
            self.places[term] = place
        return place

    def object(self, term: str) -> str:
        """Write an IRI or a literal in object position."""
        if term[0] == '"':
            return self._literal(term)
        written = self.objects.get(term)
        if written is None:
            written = self.objects[term] = self.iri(term)
        return written

    def _literal(self, term: str) -> str:
        end = term.rfind('"')
        body, suffix = term[1:end], term[end + 1 :]
        if suffix.startswith("@"):
            suffix = suffix.lower()
        elif suffix:
            datatype = suffix[2:]
            bare = _BARE.get(datatype)
            if bare and bare.fullmatch(body):
                return body
            suffix = "" if datatype == _STRING else "^^" + self.iri(datatype)
        if "\\" in body or not body.isprintable():
            return quote(unescape(body)) + suffix
        return term[: end + 1] + suffix

    @staticmethod
    def order(term: str, written: str) -> Order:
        """Return the place of an object: IRIs, then literals, French first."""
        if term[0] == "<":
            return (0, 0, written)
        suffix = term[term.rfind('"') + 1 :].lower()
        if suffix.startswith("@"):
            return (2, _LANGUAGE_RANK.get(suffix, 3), suffix + written)
        return (2, 0, written)

    def prologue(self) -> str:
        """Declare the prefixes used so far, in the order of ``PREFIXES``."""
        return "".join(
            f"@prefix {prefix}: <{namespace}> .\n"
            for prefix, namespace in PREFIXES.items()
            if prefix in self._used
        )
