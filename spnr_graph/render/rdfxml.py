"""Nodes → RDF/XML: one element per subject, in order, after its first class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render.triples import RDF, STRING, TYPE, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.render.triples import Nodes

#: Start and rest of a name in XML, colon apart (Namespaces in XML 1.0).
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000effff"
)
_LOCAL: Final = re.compile(
    f"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f-\u2040-]*\\Z"
)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Names of RDF/XML's own grammar: an element of that name would be read otherwise.
_RESERVED: Final = frozenset(
    RDF + name
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("Description", "li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
)


class _Names:
    """Qualified names, and the prefixes that they need."""

    def __init__(self, iris: Iterable[str]) -> None:
        """Choose a prefix for the namespace of each IRI that can be a name."""
        parts = {iri: _split(iri) for iri in iris}
        spaces = {RDF, *(part[0] for part in parts.values() if part)}
        ours = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        foreign = sorted(spaces - ours.keys())
        ours |= {space: f"ns{place}" for place, space in enumerate(foreign, 1)}
        self.prefixes = {p: space for space, p in ours.items() if space in spaces}
        self._names = {
            iri: f"{ours[part[0]]}:{part[1]}" for iri, part in parts.items() if part
        }

    def get(self, iri: str) -> str | None:
        """Return the qualified name of an IRI, or None when it cannot be one."""
        return self._names.get(iri)


def _split(iri: str) -> tuple[str, str] | None:
    """Cut an IRI into a namespace and a local name that XML accepts."""
    if iri in _RESERVED:
        return None
    cut = max(iri.rfind(mark) for mark in "/#:") + 1
    local = _LOCAL.search(iri, cut)
    if local is None or local.start() == 0:
        return None
    return iri[: local.start()], local.group()


def write(nodes: Nodes, output: BinaryIO, *, header: str = "") -> None:
    """Write nodes in the order of their IRIs.

    Args:
        nodes: subject → predicate → objects.
        output: receives UTF-8.
        header: becomes a comment at the top.

    Raises:
        DataError: a property has no name in XML, or a text holds a character that XML
            does not allow.
    """
    predicates = {predicate for facts in nodes.values() for predicate in facts}
    classes = {v.text for f in nodes.values() for v in f.get(TYPE, ()) if v.is_iri}
    names = _Names(predicates | classes)
    output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    if header.strip():
        comment = re.sub("-(?=-|\\Z)", "- ", _allowed(header.strip()))
        output.write(f"<!--\n{comment}\n-->\n".encode())
    spaces = (f"\n    xmlns:{p}={quoteattr(i)}" for p, i in names.prefixes.items())
    output.write(f"<rdf:RDF{''.join(spaces)}>\n".encode())
    for subject in sorted(nodes):
        output.write("".join(_node(subject, nodes[subject], names)).encode())
    output.write(b"</rdf:RDF>\n")


def _node(subject: str, facts: dict[str, set[Value]], names: _Names) -> Iterator[str]:
    kinds = sorted(value for value in facts.get(TYPE, ()) if names.get(value.text))
    first = next((value for value in kinds if value.is_iri), None)
    element = (names.get(first.text) if first else None) or "rdf:Description"
    yield f"\n  <{element} rdf:about={_attribute(subject)}>\n"
    ordered = sorted(facts, key=lambda predicate: (predicate != TYPE, predicate))
    for predicate in ordered:
        name = names.get(predicate)
        if name is None:
            raise _no_name(predicate)
        for value in sorted(facts[predicate]):
            if predicate != TYPE or value != first:
                yield _property(name, value)
    yield f"  </{element}>\n"


def _property(name: str, value: Value) -> str:
    if value.is_iri:
        return f"    <{name} rdf:resource={_attribute(value.text)}/>\n"
    more = ""
    if value.language:
        more = f' xml:lang="{value.language}"'
    elif value.datatype != STRING:
        more = f" rdf:datatype={_attribute(value.datatype)}"
    # A reader turns a carriage return into a line feed, unless it is a reference.
    text = escape(_allowed(value.text), {"\r": "&#13;"})
    return f"    <{name}{more}>{text}</{name}>\n"


def _attribute(iri: str) -> str:
    return quoteattr(_allowed(iri))


def _allowed(text: str) -> str:
    if wrong := _NOT_XML.search(text):
        raise _not_xml(text, wrong.group())
    return text


def _no_name(predicate: str) -> DataError:
    return DataError(
        fr=f"La propriété <{predicate}> ne peut pas être un nom d'élément XML : "
        "RDF/XML ne sait pas l'écrire. Choisir turtle ou jsonld.",
        en=f"The property <{predicate}> cannot be the name of an XML element: RDF/XML "
        "cannot write it. Choose turtle or jsonld.",
    )


def _not_xml(text: str, wrong: str) -> DataError:
    code = f"U+{ord(wrong):04X}"
    shown = text[:60].replace(wrong, "\ufffd")
    return DataError(
        fr=f"Le caractère {code} est interdit en XML : « {shown} ». Le retirer des "
        "données, ou choisir turtle ou jsonld.",
        en=f"The character {code} is forbidden in XML: '{shown}'. Remove it from the "
        "data, or choose turtle or jsonld.",
    )
