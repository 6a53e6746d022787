"""What every store checks of a question before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph import oxigraph
from spnr_graph.errors import QueryError

if TYPE_CHECKING:
    from rdflib.term import URIRef

    from spnr_graph.sparql import Query

#: Every non-empty named graph with its number of triples.
COUNTS: Final = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?g)) } GROUP BY ?g"
)
_FORMS: Final = {
    "select": frozenset(oxigraph.RESULT_SYNTAXES),
    "construct": frozenset({"ntriples"}),
    "describe": frozenset({"ntriples"}),
    "ask": frozenset[str](),
}


def check_form(query: Query, *forms: str) -> None:
    """Refuse a query of another form than the method answers.

    Raises:
        QueryError: the query has another form.
    """
    if query.form not in forms:
        wanted = forms[0].upper()
        raise QueryError(
            fr=f"Requête {query.name} : un {wanted} est attendu ici, pas un "
            f"{query.form.upper()}. Réécrivez la requête sous cette forme.",
            en=f"Query {query.name}: a {wanted} is expected here, not a "
            f"{query.form.upper()}. Rewrite the query in that form.",
        )


def check_syntax(query: Query, syntax: str) -> None:
    """Refuse a syntax that cannot write this answer.

    Raises:
        QueryError: the syntax is unknown or is for another form of query.
    """
    fitting = sorted(_FORMS[query.form])
    if syntax not in fitting:
        names = ", ".join(fitting) or "-"
        raise QueryError(
            fr=f"Requête {query.name} : la syntaxe « {syntax} » n'écrit pas la réponse "
            f"d'un {query.form.upper()}. Syntaxes possibles : {names}.",
            en=f"Query {query.name}: the syntax {syntax!r} does not write the answer "
            f"of a {query.form.upper()}. Possible syntaxes: {names}.",
        )


def refused(query: Query, said: str) -> QueryError:
    """Return the error for a query that the engine does not accept."""
    said = " ".join(said.split())
    return QueryError(
        fr=f"Requête {query.name} : refusée par le moteur ({said:.300}). "
        "Corrigez le texte de la requête.",
        en=f"Query {query.name}: refused by the engine ({said:.300}). "
        "Correct the text of the query.",
    )


def graph_name(graph: URIRef) -> ox.NamedNode:
    """Return the name of a graph as a checked IRI, so that it is safe in a text.

    Raises:
        DataError: it is not an IRI.
    """
    return ox.NamedNode(oxigraph.from_rdflib(graph).value)
