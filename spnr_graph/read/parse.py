"""One material → a store that holds what it says, or an error that says where."""

from __future__ import annotations

import pyoxigraph as ox

from spnr_graph.errors import DataError
from spnr_graph.oxigraph import RDF_SYNTAXES, RdfSyntax
from spnr_graph.read.stream import (
    LONGEST,
    Material,
    Watched,
    excerpt,
    too_long,
    unpacked,
)

_LIST = "ASK { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?o }"
_BLANK = "ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }"
_NEW = "ASK { ?s ?p ?o FILTER(ISTRIPLE(?o) || HASLANGDIR(?o)) }"
_LONG = f"ASK {{ ?s ?p ?o FILTER(STRLEN(STR(?o)) > {LONGEST}) }}"
#: Syntaxes in which the bytes alone do not tell blank nodes from the rest.
_OPAQUE = frozenset({"rdfxml", "jsonld", "n3"})


def parse(material: Material, graph: str, limit: int) -> tuple[ox.Store, bool]:
    """Parse a material in one pass of the engine.

    Relative IRIs are resolved against the address, else against the graph: never
    against a path of this machine.

    Args:
        material: what to read.
        graph: IRI of the graph for statements that name none.
        limit: how many bytes it may hold, unpacked.

    Returns:
        A store, and whether it may hold blank nodes.

    Raises:
        DataError: cut off, not UTF-8, too large, a text too long, not in its syntax,
            RDF 1.2, N3 rules.
    """
    syntax = RDF_SYNTAXES[material.syntax]
    store = ox.Store()
    with material.open() as raw:
        watched = Watched(
            unpacked(raw), material.label, limit=limit, xml=syntax.name == "rdfxml"
        )
        try:
            store.bulk_load(
                input=watched,  # type: ignore[arg-type]  # only read() is asked of it
                format=syntax.format,
                base_iri=material.base or graph,
                to_graph=None if syntax.has_graphs else ox.NamedNode(graph),
            )
        except SyntaxError as exc:
            raise _malformed(material, syntax, exc) from exc
        except MemoryError as exc:  # the engine's own limit: little is in memory
            raise too_long(material.label) from exc
    if watched.may_be_long and _holds(store, _LONG):
        raise too_long(material.label)
    opaque = syntax.name in _OPAQUE
    if syntax.name == "n3":
        _refuse_formulas(store, material.label)
    if (watched.may_be_new or opaque) and _holds(store, _NEW):
        raise _too_new(material.label)
    blank = (watched.may_have_blanks or opaque) and _holds(store, _BLANK)
    return store, blank or _holds(store, _LIST)


def _holds(store: ox.Store, question: str) -> bool:
    return bool(store.query(question, use_default_graph_as_union=True))


def _refuse_formulas(store: ox.Store, label: str) -> None:
    if any(isinstance(name, ox.BlankNode) for name in store.named_graphs()):
        raise DataError(
            fr=f"{label} : des formules ou des règles N3 ({{ … }}), que spnr ne lit "
            "pas. Enregistrez les faits seuls, en Turtle.",
            en=f"{label}: N3 formulas or rules ({{ … }}), which spnr does not read. "
            "Save the facts alone, as Turtle.",
        )


def _malformed(material: Material, syntax: RdfSyntax, exc: SyntaxError) -> DataError:
    if "LoadDocumentCallback" in str(exc):
        return DataError(
            fr=f"{material.label} : le contexte JSON-LD est à une autre adresse, que "
            "spnr ne va pas chercher. Recopiez-le dans le fichier, sous « @context ».",
            en=f"{material.label}: the JSON-LD context is at another address, which "
            'spnr does not fetch. Copy it into the file, under "@context".',
        )
    line, column = exc.lineno, exc.offset
    said = exc.msg.partition(": ")[2] if line else exc.msg
    if line is None:
        return DataError(
            fr=f"{material.label} : ce n'est pas du {syntax.title} ({said}). Corrigez "
            "le fichier, ou indiquez sa syntaxe avec --syntax.",
            en=f"{material.label}: this is not {syntax.title} ({said}). Correct "
            "the file, or state its syntax with --syntax.",
        )
    shown = excerpt(material, line, column or 1)
    return DataError(
        fr=f"{material.label}, ligne {line}, colonne {column} : ce n'est pas du "
        f"{syntax.title} ({said}) : « {shown} ». Corrigez cette ligne.",
        en=f"{material.label}, line {line}, column {column}: this is not "
        f"{syntax.title} ({said}): {shown!r}. Correct that line.",
    )


def _too_new(label: str) -> DataError:
    return DataError(
        fr=f"{label} : un triplet y est l'objet d'un autre, ou un texte porte un sens "
        "d'écriture (RDF 1.2), ce que spnr ne garde pas. Décrivez-le autrement.",
        en=f"{label}: a triple is the object of another, or a text has a base "
        "direction (RDF 1.2), which spnr does not keep. Describe it otherwise.",
    )
