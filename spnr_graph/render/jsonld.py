"""Nodes → JSON-LD, compacted with a context that travels inside the document."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.errors import DataError
from spnr_graph.render.triples import STRING, TYPE, XSD, Value

if TYPE_CHECKING:
    from spnr_graph.render.triples import Nodes

#: Numbers that every JSON reader gives back as they were.
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(//)?")
#: What a definition of a term may say for this writer to use it.
_KNOWN: Final = frozenset({"@id", "@type", "@container"})


@dataclass(frozen=True, kw_only=True)
class _Term:
    """A term of the context: its IRI, and how it types its values."""

    name: str
    iri: str
    type: str = ""
    languages: bool = False


@dataclass(kw_only=True)
class _Context:
    """What a JSON-LD context says, as far as compaction uses it."""

    terms: dict[str, _Term] = field(default_factory=dict)  # by IRI
    prefixes: dict[str, str] = field(default_factory=dict)  # namespace → prefix
    names: frozenset[str] = frozenset()
    language: str = ""
    id_key: str = "@id"
    type_key: str = "@type"
    _short: dict[str, str] = field(default_factory=dict)

    def iri(self, iri: str) -> str:
        """Return an IRI as short as the context allows.

        Raises:
            DataError: the IRI would be taken for a prefixed name.
        """
        known = self._short.get(iri)
        if known is None:
            known = self._short[iri] = self._compact(iri)
        return known

    def _compact(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.prefixes.get(iri[:cut])
        name = f"{prefix}:{iri[cut:]}"
        if prefix and cut < len(iri) and name not in self.names:
            return name
        scheme = _SCHEME.match(iri)
        if scheme and not scheme[2] and scheme[1] in self.names:
            raise _ambiguous(iri, scheme[1])
        return iri


def _read(text: str) -> tuple[dict[str, Any], _Context]:
    """Read the text of a context document."""
    if not text.strip():
        return {}, _Context()
    try:
        source = json.loads(text)["@context"]
        entries = dict(source.items())
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise _bad_context(str(exc)) from exc
    for keyword in ("@vocab", "@base", "@import", "@propagate"):
        if keyword in entries:
            raise _bad_context(keyword)
    return source, _understood(entries)


def _understood(entries: dict[str, Any]) -> _Context:
    plain = {name: iri for name, iri in entries.items() if isinstance(iri, str)}
    namespaces = {
        iri: name
        for name, iri in plain.items()
        if iri.endswith(("/", "#")) and ":" not in name
    }
    context = _Context(
        prefixes=namespaces,
        names=frozenset(entries),
        language=plain.get("@language", ""),
        id_key=next((n for n, iri in plain.items() if iri == "@id"), "@id"),
        type_key=next((n for n, iri in plain.items() if iri == "@type"), "@type"),
    )
    for name, said in entries.items():
        if isinstance(said, dict) and said.keys() <= _KNOWN and "@id" in said:
            term = _term(name, said, plain)
            if term:
                context.terms[term.iri] = term
    return context


def _term(name: str, said: dict[str, str], plain: dict[str, str]) -> _Term | None:
    """Read the definition of a term; None for one that this writer leaves alone."""
    container = said.get("@container", "")
    if container not in {"", "@language"}:
        return None
    return _Term(
        name=name,
        iri=_expanded(said["@id"], plain),
        type=_expanded(said.get("@type", ""), plain),
        languages=container == "@language",
    )


def _expanded(name: str, plain: dict[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return plain[prefix] + local if colon and prefix in plain else name


def write(nodes: Nodes, output: BinaryIO, *, context: str = "") -> None:
    """Write nodes in the order of their IRIs, one property a line.

    Args:
        nodes: subject → predicate → objects.
        output: receives UTF-8.
        context: a document ``{"@context": {…}}``; without it, IRIs stay in full.

    Raises:
        DataError: the context cannot be used, or makes an IRI ambiguous.
    """
    source, terms = _read(context)
    output.write(b"{\n")
    if source:
        shown = json.dumps(source, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        output.write(f'  "@context": {shown},\n'.encode())
    output.write(b'  "@graph": [')
    separator = "\n"
    for subject in sorted(nodes):
        output.write((separator + _node(subject, nodes[subject], terms)).encode())
        separator = ",\n"
    output.write(b"\n  ]\n}\n" if nodes else b"]\n}\n")


def _node(subject: str, facts: dict[str, set[Value]], context: _Context) -> str:
    properties: dict[str, Any] = {}
    for predicate, values in facts.items():
        if predicate == TYPE and all(value.is_iri for value in values):
            kinds = sorted(context.iri(value.text) for value in values)
            properties[context.type_key] = kinds[0] if len(kinds) == 1 else kinds
        else:
            _add(properties, predicate, sorted(values), context)
    first = (context.id_key, context.type_key)
    ordered = sorted(properties, key=lambda key: (key not in first, key))
    lines = [f'      "{context.id_key}": {_json(context.iri(subject))}']
    lines += [f"      {_json(key)}: {_json(properties[key])}" for key in ordered]
    return "    {\n" + ",\n".join(lines) + "\n    }"


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, ensure_ascii=False)


def _add(
    properties: dict[str, Any],
    predicate: str,
    values: list[Value],
    context: _Context,
) -> None:
    """Add a property; values that its term cannot hold go under its full IRI."""
    term = context.terms.get(predicate)
    if term is None:
        name = context.iri(predicate)
        plain = _Term(name=name, iri=predicate)
        properties[name] = _single([_value(v, plain, context) for v in values])
    elif not term.languages:
        properties[term.name] = _single([_value(v, term, context) for v in values])
    else:
        spoken = [value for value in values if value.language]
        others = [value for value in values if not value.language]
        if spoken:
            properties[term.name] = _by_language(spoken)
        if others:
            full = _Term(name=predicate, iri=predicate)
            properties[predicate] = _single([_value(v, full, context) for v in others])


def _by_language(values: list[Value]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for value in values:
        texts.setdefault(value.language, []).append(value.text)
    return {language: _single(texts[language]) for language in sorted(texts)}


def _single(values: list[Any]) -> Any:  # noqa: ANN401 - any JSON value
    return values[0] if len(values) == 1 else values


def _value(value: Value, term: _Term, context: _Context) -> Any:  # noqa: ANN401 - JSON
    """Return a value in the shortest form that reads back as the same term."""
    if value.is_iri:
        name = context.iri(value.text)
        return name if term.type == "@id" else {context.id_key: name}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    if term.type == value.datatype:
        return value.text
    if term.type:
        return {"@value": value.text, "@type": context.iri(value.datatype)}
    return _untyped(value, context)


def _untyped(value: Value, context: _Context) -> Any:  # noqa: ANN401 - any JSON value
    """Return a literal of a property whose values the context does not type."""
    text = value.text
    if value.datatype == STRING:
        return {"@value": text} if context.language else text
    if value.datatype == XSD + "boolean" and text in {"true", "false"}:
        return text == "true"
    if value.datatype == XSD + "integer" and _INTEGER.fullmatch(text):
        return int(text)
    return {"@value": text, "@type": context.iri(value.datatype)}


def _bad_context(why: str) -> DataError:
    return DataError(
        fr=f"Le contexte JSON-LD ne peut pas servir ({why}). Il doit être un objet "
        '{"@context": {…}} sans @vocab, @base ni @import ; '
        "voir ontology/context.jsonld.",
        en=f"The JSON-LD context cannot be used ({why}). It must be an object "
        '{"@context": {…}} without @vocab, @base or @import; '
        "see ontology/context.jsonld.",
    )


def _ambiguous(iri: str, prefix: str) -> DataError:
    return DataError(
        fr=f"L'IRI <{iri}> se lirait en JSON-LD comme un nom du préfixe « {prefix} ». "
        "Choisir un autre format, ou changer l'IRI.",
        en=f"JSON-LD would read the IRI <{iri}> as a name with the prefix '{prefix}'. "
        "Choose another format, or change the IRI.",
    )
