"""Rules over what the sources state → the inference graph, rebuilt whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pyoxigraph as ox
from rdflib.term import URIRef

from spnr_graph.errors import QueryError
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.project import query_text
from spnr_graph.sparql import parse

if TYPE_CHECKING:
    from spnr_graph.store import Store

_STATED: Final = ox.NamedNode("urn:spnr:stated")
_DERIVED: Final = ox.NamedNode(INFERENCE_GRAPH)
_NTRIPLES: Final = ox.RdfFormat.N_TRIPLES


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a run of the rules did.

    Attributes:
        added: triples that the inference graph did not hold.
        removed: triples that it holds no more.
        total: triples that it holds now.
        rules: (name, number of triples that no earlier rule had derived), in order.
    """

    added: int
    removed: int
    total: int
    rules: tuple[tuple[str, int], ...]


def derive(store: Store, rules: Iterable[tuple[str, str]]) -> Derived:
    """Run rules in order and make the inference graph hold what they derive.

    A rule sees what the sources state and what earlier rules derived; what a former
    run left in the inference graph is not read. The store changes in one atomic step,
    at the end; whatever kind of store it is, the rules run in memory beside it.

    Args:
        store: any store.
        rules: (name, CONSTRUCT text), in the order in which they run.

    Raises:
        QueryError: a rule is no CONSTRUCT; nothing is changed.
        StoreError: the store cannot be read or written; nothing is changed.
    """
    checked = [(name, _construct(name, text)) for name, text in rules]
    staging = _staged(store)
    counts: list[tuple[str, int]] = []
    total = 0
    for name, text in checked:
        _run(staging, text)
        before, total = total, _size(staging)
        counts.append((name, total - before))
    with TemporaryFile() as lines:
        staging.dump(cast("BinaryIO", lines), _NTRIPLES, from_graph=_DERIVED)
        lines.seek(0)
        change = store.replace(URIRef(INFERENCE_GRAPH), cast("BinaryIO", lines))
    return Derived(
        added=change.added,
        removed=change.removed,
        total=change.total,
        rules=tuple(counts),
    )


def _construct(name: str, text: str) -> str:
    """Return the text of a rule, which must be a CONSTRUCT."""
    query = parse(text, name=name)
    if query.form != "construct":
        raise QueryError(
            fr=f"Règle {name} : une règle est une requête CONSTRUCT, pas "
            f"{query.form.upper()}. Réécrire la règle.",
            en=f"Rule {name}: a rule is a CONSTRUCT query, not "
            f"{query.form.upper()}. Rewrite the rule.",
        )
    return query.text


def _staged(store: Store) -> ox.Store:
    """Copy what the sources state into memory."""
    staging = ox.Store()
    with TemporaryFile() as lines:
        stated = parse(query_text("internal/affirme"), name="internal/affirme")
        store.write(stated, cast("BinaryIO", lines), "ntriples")
        lines.seek(0)
        _load(staging, cast("BinaryIO", lines), _STATED)
    return staging


def _run(staging: ox.Store, text: str) -> None:
    """Add what a rule constructs to the derived triples."""
    answer = staging.query(text, use_default_graph_as_union=True)
    with TemporaryFile() as lines:
        cast("ox.QueryTriples", answer).serialize(cast("BinaryIO", lines), _NTRIPLES)
        lines.seek(0)
        _load(staging, cast("BinaryIO", lines), _DERIVED)


def _load(staging: ox.Store, lines: BinaryIO, graph: ox.NamedNode) -> None:
    """Load lines that an engine wrote, hence need not be validated again."""
    staging.bulk_load(lines, _NTRIPLES, to_graph=graph, lenient=True)


def _size(staging: ox.Store) -> int:
    """Return how many triples are derived so far."""
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {_DERIVED} {{ ?s ?p ?o }} }}"
    answer = cast("ox.QuerySolutions", staging.query(text))
    return next(int(cast("ox.Literal", row[0]).value) for row in answer)
