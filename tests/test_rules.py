"""Each rule derives exactly what its example says, in both engines."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from spnr_graph.namespaces import BASE, INFERENCE_GRAPH, PREFIXES

ROOT = Path(__file__).parents[1]
RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
FIXTURES = Path(__file__).parent / "fixtures" / "rules"
REFERENCE = [
    ROOT / "ontology" / "spnr.ttl",
    *sorted((ROOT / "ontology" / "voc").glob("*.ttl")),
]

Triples = set[tuple[str, ...]]


def lines(graph: Graph) -> Triples:
    """Triples in N-Triples terms, so that both engines compare."""
    return {tuple(term.n3() for term in triple) for triple in graph}


def by_oxigraph(rule: str, *inputs: Path) -> Triples:
    """What a rule derives in Oxigraph, each file in a graph of its own."""
    store = ox.Store()
    for path in [*REFERENCE, *inputs]:
        graph = ox.NamedNode(f"{BASE}graph/reference/{path.stem}")
        store.load(path=str(path), to_graph=graph)
    return derive(store, rule)


def construct(store: ox.Store, rule: str) -> ox.QueryTriples:
    """Run a rule over the union of all graphs of a store."""
    triples = store.query(rule, use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)
    return triples


def derive(store: ox.Store, rule: str) -> Triples:
    """What a rule derives from the union of all graphs of a store."""
    triples = construct(store, rule)
    text = triples.serialize(format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return lines(Graph().parse(data=text, format="nt"))


def by_rdflib(rule: str, *inputs: Path) -> Triples:
    """What a rule derives in rdflib."""
    graph = Graph()
    for path in [*REFERENCE, *inputs]:
        graph.parse(path)
    derived = graph.query(rule).graph
    assert derived is not None
    return lines(derived)


def test_the_rules_are_five_and_each_has_an_example() -> None:
    assert [path.stem for path in RULES] == ["R1", "R2", "R3", "R4", "R5"]
    assert sorted(path.name for path in FIXTURES.iterdir()) == [
        path.stem for path in RULES
    ]


@pytest.mark.parametrize("engine", [by_oxigraph, by_rdflib])
@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_derives_exactly_its_example(path: Path, engine: object) -> None:
    assert callable(engine)
    folder = FIXTURES / path.stem

    derived = engine(path.read_text("utf-8"), folder / "input.ttl")

    expected = lines(Graph().parse(folder / "expected.ttl"))
    assert derived == expected != set()


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_explains_itself_in_its_header(path: Path) -> None:
    heads = [
        line[3:].partition(": ")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("#+ ")
    ]

    assert [key for key, _, _ in heads] == ["title.fr", "title.en", "problem", "effect"]
    assert all(text for _, _, text in heads)


def policy_store() -> ox.Store:
    """The real policy and census, each file in its own graph."""
    store = ox.Store()
    for path in [*REFERENCE, *sorted((ROOT / "data" / "politique").glob("*.ttl"))]:
        graph = ox.NamedNode(f"{BASE}graph/reference/{path.stem}")
        store.load(path=str(path), to_graph=graph)
    for path in sorted((ROOT / "data" / "recensement").glob("*.ttl")):
        graph = ox.NamedNode(f"{BASE}graph/contribution/recensement")
        store.load(path=str(path), to_graph=graph)
    return store


def run_all(store: ox.Store) -> list[Triples]:
    """Run the rules in order; each sees what the former ones wrote."""
    derived = []
    for path in RULES:
        triples = list(construct(store, path.read_text("utf-8")))
        graph = ox.NamedNode(INFERENCE_GRAPH)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        derived.append(
            {tuple(map(str, (t.subject, t.predicate, t.object))) for t in triples}
        )
    return derived


def test_one_pass_is_enough_and_a_second_one_changes_nothing() -> None:
    store = policy_store()
    first = run_all(store)
    size = len(store)

    second = run_all(store)

    assert all(first)
    assert (second, len(store)) == (first, size)


def test_collaboration_is_symmetric_and_never_with_oneself() -> None:
    store = policy_store()
    link = f"<{PREFIXES['spnr']}collaboratesWith>"

    pairs = {(s, o) for s, p, o in run_all(store)[4] if p == link}

    assert len(pairs) > 1000
    assert pairs == {(o, s) for s, o in pairs}
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def hall(kind: str, members: int) -> ox.Store:
    """One initiative of a kind, with many partners."""
    store = ox.Store()
    for path in REFERENCE:
        store.load(path=str(path))
    prologue = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    rows = [f"initiative:x a spnr:Initiative ; dcterms:type type-initiative:{kind} ."]
    rows += [
        f"participation:p{i} spnr:initiative initiative:x ;"
        f" cv:hasParticipant acteur:a{i} ; cv:role role:partenaire ."
        for i in range(members)
    ]
    store.load(prologue + "\n".join(rows), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    ("kind", "derived"),
    [
        ("strategie", 0),
        ("programme", 0),
        ("dispositif-aide", 0),
        ("reseau", 0),
        ("projet", 60 * 59),
    ],
)
def test_a_wide_framework_does_not_link_all_its_members(
    kind: str, derived: int
) -> None:
    rule = (ROOT / "ontology" / "rules" / "R5.rq").read_text("utf-8")

    assert len(derive(hall(kind, 60), rule)) == derived
