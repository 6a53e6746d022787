"""Ask: a question in the library, a file or a text → a bound query → its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph import sparql
from spnr_graph.errors import QueryError
from spnr_graph.project import Project, open_project
from spnr_graph.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.graph import Graph
    from rdflib.term import Identifier

    from spnr_graph.sparql import Query
    from spnr_graph.store import Store
    from spnr_graph.table import Table


def find(source: str, project: Project) -> Query:
    """Find and parse a question.

    Args:
        source: a name in ``queries/``, the path of a ``.rq`` file, or SPARQL text.
        project: where the named questions are.

    Raises:
        QueryError: none of the three, or not a query.
    """
    if source in project.queries:
        return sparql.parse(project.query_text(source), name=source)
    if source.endswith((".rq", ".sparql")):
        return sparql.parse(_read(Path(source)), name=source, complete=True)
    if any(mark in source for mark in "{?\n"):
        return sparql.parse(source, name="SPARQL", complete=True)
    return sparql.parse(project.query_text(source), name=source)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            fr=f"{path} : le fichier n'est pas en UTF-8 (octet {error.start}). "
            "L'enregistrer en UTF-8.",
            en=f"{path}: the file is not UTF-8 (byte {error.start}). Save it as UTF-8.",
        ) from error
    except OSError as error:
        raise QueryError(
            fr=f"{path} : fichier introuvable ou illisible. Vérifier le chemin.",
            en=f"{path}: no such file, or it cannot be read. Check the path.",
        ) from error


def prepare(
    store: Store, query: Query, arguments: Mapping[str, str], *, lang: str = "fr"
) -> Query:
    """Bind what a person typed to the parameters of a question.

    Args:
        store: where labels are looked up.
        query: a parsed question.
        arguments: parameter → label, slug, prefixed name, IRI, date or number.
        lang: language of labels and messages.

    Raises:
        QueryError: an unknown, missing or ill-typed parameter, or a name that means
            nothing or several things.
    """
    kinds = {p.name: p.kind for p in query.header.parameters} if query.header else {}
    values: dict[str, Identifier] = {}
    for name, text in arguments.items():
        # An unknown name goes on to ``bind``, which knows how to say it.
        kind = kinds.get(name, "xsd:string")
        if kind.startswith("xsd:"):
            values[name] = sparql.literal(kind, text)
        else:
            values[name] = resolve(store, kind, text, lang=lang)
    return sparql.bind(query, values)


def answer(store: Store, query: Query) -> Table | Graph | bool:
    """Answer a bound query in memory: a table, a graph, or yes or no."""
    if query.form == "select":
        return store.select(query).table()
    if query.form == "ask":
        return store.ask(query)
    return store.construct(query)


def query(
    store: Store,
    question: str,
    /,
    *,
    lang: str = "fr",
    project: Project | None = None,
    **arguments: str,
) -> Table | Graph | bool:
    """Answer a question.

    Args:
        store: an open store.
        question: a name in ``queries/``, the path of a ``.rq`` file, or SPARQL text.
        lang: language in which labels are understood, ``"fr"`` or ``"en"``.
        project: where the named questions are; the shipped ones by default.
        **arguments: parameters of the question, as labels, slugs, prefixed names, IRIs,
            dates or numbers.

    Returns:
        A ``Table`` for SELECT, an rdflib ``Graph`` for CONSTRUCT and DESCRIBE, a
        ``bool`` for ASK.

    Raises:
        QueryError: the question or one of its arguments is wrong.
        StoreError: the store does not answer.
    """
    found = find(question, project or open_project())
    return answer(store, prepare(store, found, arguments, lang=lang))
