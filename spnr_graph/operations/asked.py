"""What a person asks about: a property or a value, among those that a thing has."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import QueryError
from spnr_graph.labels import labels
from spnr_graph.namespaces import expand, shorten
from spnr_graph.resolve import resolve
from spnr_graph.sparql import is_iri
from spnr_graph.spelling import normal

#: Classes of properties, to find one that is not in use.
_KINDS: Final = ("owl:ObjectProperty", "owl:DatatypeProperty")

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Identifier, URIRef

    from spnr_graph.store import Store


def written_iri(text: str) -> URIRef | None:
    """Return the IRI that a person wrote, in full or with a prefix."""
    from rdflib.term import URIRef

    text = text.strip()
    iri = expand(text) or text.removeprefix("<").removesuffix(">")
    return URIRef(iri) if is_iri(iri) else None


def asked_property(
    store: Store, used: Iterable[URIRef], text: str, lang: str
) -> URIRef:
    """Return the property that a person means: an IRI, or a name.

    Raises:
        QueryError: no property has that name; those in use are listed.
    """
    if (iri := written_iri(text)) is not None:
        return iri
    names = labels(store, sorted(used), lang)
    wanted = normal(text)
    for each, name in names.items():
        if wanted in {normal(name), normal(shorten(each).rpartition(":")[2])}:
            return each
    for kind in _KINDS:
        with contextlib.suppress(QueryError):
            return resolve(store, kind, text, lang=lang)
    known = ", ".join(f"{name} ({shorten(iri)})" for iri, name in names.items())
    raise QueryError(
        fr=f"« {text} » n'est aucune des propriétés dites ici. Choisir parmi : "
        f"{known}.",
        en=f"'{text}' is none of the properties stated here. Choose among: {known}.",
    )


def asked_value(
    store: Store, values: Iterable[Identifier], text: str, lang: str
) -> Identifier:
    """Return the value that a person means; text that names none means itself."""
    from rdflib.term import Literal, URIRef

    values = list(values)
    names = labels(store, (v for v in values if isinstance(v, URIRef)), lang)
    wanted = normal(text)
    for each in values:
        name = names[each] if isinstance(each, URIRef) else str(each)
        if text.strip() == str(each) or wanted == normal(name):
            return each
        if isinstance(each, URIRef) and wanted == normal(each.rpartition("/")[2]):
            return each
    return written_iri(text) or Literal(text)
