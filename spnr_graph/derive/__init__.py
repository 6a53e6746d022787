"""Rules over what the sources state → the inference graph, rebuilt whole."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from functools import cache
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import pyoxigraph as ox
from rdflib.term import URIRef

from spnr_graph.derive.reads import Reads, reads
from spnr_graph.errors import QueryError
from spnr_graph.namespaces import INFERENCE_GRAPH
from spnr_graph.project import query_text
from spnr_graph.sparql import parse

if TYPE_CHECKING:
    from spnr_graph.store import Store

_STATED: Final = ox.NamedNode("urn:spnr:stated")
_DERIVED: Final = ox.NamedNode(INFERENCE_GRAPH)
_NTRIPLES: Final = ox.RdfFormat.N_TRIPLES
_SLOT: Final = "VALUES ?property { UNDEF }"


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
    checked = [_checked(name, text) for name, text in rules]
    staging = _Staging(store)
    counts: list[tuple[str, int]] = []
    for name, text, needs in checked:
        staging.fetch(needs)
        counts.append((name, staging.run(text)))
    with TemporaryFile() as lines:
        staging.derived(cast("BinaryIO", lines))
        lines.seek(0)
        change = store.replace(URIRef(INFERENCE_GRAPH), cast("BinaryIO", lines))
    return Derived(
        added=change.added,
        removed=change.removed,
        total=change.total,
        rules=tuple(counts),
    )


@cache  # parsing the rules takes longer than running them on a small graph
def _checked(name: str, text: str) -> tuple[str, str, Reads]:
    """Return a rule with what it reads; it must be a CONSTRUCT on the merged view."""
    query = parse(text, name=name)
    if query.form != "construct":
        raise QueryError(
            fr=f"Règle {name} : une règle est une requête CONSTRUCT, pas "
            f"{query.form.upper()}. Réécrire la règle.",
            en=f"Rule {name}: a rule is a CONSTRUCT query, not "
            f"{query.form.upper()}. Rewrite the rule.",
        )
    needs = reads(query.text)
    if needs.foreign or query.has_dataset:
        raise QueryError(
            fr=f"Règle {name} : une règle lit la réunion des graphes et rien d'autre. "
            "Retirer GRAPH, FROM ou SERVICE.",
            en=f"Rule {name}: a rule reads the union of the graphs and nothing else. "
            "Remove GRAPH, FROM or SERVICE.",
        )
    return name, query.text, needs


class _Staging:
    """A copy in memory of what rules read, and what they derived so far.

    Names and descriptions, the larger part of a graph, are never copied: properties
    are fetched when a rule first needs them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._engine = ox.Store()
        self._stated = parse(query_text("internal/affirme"), name="internal/affirme")
        self._here: set[URIRef] = set()
        self._whole = False
        self._total = 0

    def fetch(self, needs: Reads) -> None:
        """Copy what a rule reads and is not here yet."""
        if self._whole:
            return
        if needs.everything:
            self._whole = True
            self._copy("")
            return
        self._copy_properties(needs.predicates)
        for text in needs.variables:
            found = self._select(text)
            self._copy_properties({URIRef(row[0].value) for row in found})

    def _copy_properties(self, properties: Set[URIRef]) -> None:
        wanted = properties - self._here
        self._here |= wanted
        if wanted:
            listed = " ".join(each.n3() for each in sorted(wanted))
            self._copy(f"VALUES ?property {{ {listed} }}")

    def _copy(self, values: str) -> None:
        """Copy what the sources state with some properties, or with all."""
        query = replace(self._stated, text=self._stated.text.replace(_SLOT, values))
        with TemporaryFile() as lines:
            output = cast("BinaryIO", lines)
            self._store.write(query, output, "ntriples")
            lines.seek(0)
            self._load(output, _STATED)

    def run(self, text: str) -> int:
        """Add what a rule constructs; return how many triples are new."""
        answer = self._engine.query(text, use_default_graph_as_union=True)
        with TemporaryFile() as lines:
            output = cast("BinaryIO", lines)
            cast("ox.QueryTriples", answer).serialize(output, _NTRIPLES)
            lines.seek(0)
            self._load(output, _DERIVED)
        before, self._total = self._total, self._size()
        return self._total - before

    def derived(self, output: BinaryIO) -> None:
        """Write what was derived as N-Triples."""
        self._engine.dump(output, _NTRIPLES, from_graph=_DERIVED)

    def _load(self, lines: BinaryIO, graph: ox.NamedNode) -> None:
        """Load lines that an engine wrote, hence need not be validated again."""
        self._engine.bulk_load(lines, _NTRIPLES, to_graph=graph, lenient=True)

    def _size(self) -> int:
        rows = self._select(
            f"SELECT (COUNT(*) AS ?n) {{ GRAPH {_DERIVED} {{ ?s ?p ?o }} }}"
        )
        return next(int(row[0].value) for row in rows)

    def _select(self, text: str) -> Any:  # noqa: ANN401 - rows of SPARQL terms
        return self._engine.query(text, use_default_graph_as_union=True)
