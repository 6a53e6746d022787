"""Each shape says one thing, in two languages, and finds exactly what it must."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from spnr_graph.namespaces import PREFIXES, shorten
from tests import needs

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures" / "shapes"
VALID = sorted((FIXTURES / "valid").glob("*.ttl"))
INVALID = sorted((FIXTURES / "invalid").glob("*.ttl"))
SP = Namespace(PREFIXES["sp"])

#: Constraints that say one thing together, so that one message is exact for both.
TOGETHER = [
    {SH.minCount, SH.maxCount},
    {SH.minInclusive, SH.maxInclusive},
    {SH.qualifiedValueShape, SH.qualifiedMinCount},
]
#: What a shape says that is no constraint.
ABOUT = {
    RDF.type,
    SH.path,
    SH.severity,
    SH.message,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.property,
}


@functools.cache
def shapes() -> Graph:
    """The shapes."""
    return Graph().parse(ROOT / "ontology" / "shapes.ttl")


@functools.cache
def reference() -> Graph:
    """The ontology and its concept schemes."""
    graph = Graph()
    folder = ROOT / "ontology"
    for path in [folder / "spnr.ttl", *sorted((folder / "voc").glob("*.ttl"))]:
        graph.parse(path)
    return graph


def with_background(path: Path) -> Graph:
    """An example with what the reference data say of the IRIs that it names."""
    graph = Graph().parse(path)
    for node in set(graph.objects()):
        graph += reference().triples((node, None, None))
    return graph


def findings(data: Graph) -> list[dict[str, str]]:
    """What pySHACL, the reference engine, finds: sorted shape, focus, severity."""
    needs.package("pyshacl")
    from pyshacl import validate

    _, report, _ = validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    found = [
        {
            "shape": str(report.value(result, SH.sourceShape)),
            "focus": str(report.value(result, SH.focusNode)),
            "severity": str(report.value(result, SH.resultSeverity))[len(str(SH)) :],
        }
        for result in report.objects(None, SH.result)
    ]
    return sorted(found, key=lambda f: (f["shape"], f["focus"], f["severity"]))


def expected(path: Path) -> list[dict[str, str]]:
    """What the example says must be found."""
    told: list[dict[str, str]] = json.loads(
        path.with_name(f"{path.stem}.expected.json").read_text("utf-8")
    )
    return told


def graded() -> dict[str, str]:
    """Names of the shapes that can raise a finding, with their severity."""
    return {
        str(shape)[len(SP) :]: str(severity)[len(str(SH)) :]
        for shape, severity in shapes().subject_objects(SH.severity)
    }


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_an_example_raises_exactly_what_it_says(path: Path) -> None:
    assert findings(with_background(path)) == expected(path)


def test_valid_examples_expect_nothing_and_invalid_ones_something() -> None:
    assert [path.stem for path in VALID if expected(path)] == []
    assert [path.stem for path in INVALID if not expected(path)] == []


def test_every_shape_has_an_invalid_example_with_its_severity() -> None:
    raised = {
        (found["shape"][len(SP) :], found["severity"])
        for path in INVALID
        for found in expected(path)
    }

    assert raised == set(graded().items())


def focus_nodes(data: Graph, shape: Node) -> set[Node]:
    """Nodes of the data that a shape targets."""
    rules = shapes()
    classes = set(rules.objects(shape, SH.targetClass))
    nodes = {n for c in classes for n in data.subjects(RDF.type, c)}
    for property_ in rules.objects(shape, SH.targetSubjectsOf):
        assert isinstance(property_, URIRef)
        nodes |= set(data.subjects(property_))
    return nodes


def exercised(data: Graph, shape: Node) -> bool:
    """Say whether valid data give a shape something to check, not just nothing."""
    rules = shapes()
    path = rules.value(shape, SH.path)
    if path is None:
        return bool(focus_nodes(data, shape))
    inverse = rules.value(path, SH.inversePath)
    nodes = {
        node
        for parent in rules.subjects(SH.property, shape)
        for node in focus_nodes(data, parent)
    }
    return any(
        (None, inverse, node) in data if inverse else (node, path, None) in data
        for node in nodes
    )


def test_every_shape_has_a_valid_example_that_gives_it_something_to_check() -> None:
    data = [Graph().parse(path) for path in VALID]

    idle = {
        name
        for name in graded()
        if not any(exercised(graph, SP[name]) for graph in data)
    }

    # All that this shape targets is refused; 12-functional-contact shows what to do.
    assert idle == {"noPerson"}


def test_examples_are_numbered_without_a_gap() -> None:
    for paths in (VALID, INVALID):
        numbers = [int(path.name.partition("-")[0]) for path in paths]
        assert sorted(numbers) == list(range(1, len(paths) + 1))


def test_the_shapes_pass_the_shapes_of_shapes() -> None:
    needs.package("pyshacl")
    from pyshacl import validate

    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text


def test_a_property_shape_holds_one_constraint() -> None:
    rules = shapes()
    crowded = {}
    for shape in rules.subjects(RDF.type, SH.PropertyShape):
        held = set(rules.predicates(shape)) - ABOUT
        if len(held) != 1 and held not in TOGETHER:
            crowded[shorten(str(shape))] = held

    assert crowded == {}


def test_a_node_shape_groups_or_constrains_but_not_both() -> None:
    rules = shapes()
    both = {
        shorten(str(shape))
        for shape in rules.subjects(RDF.type, SH.NodeShape)
        if (shape, SH.property, None) in rules and set(rules.predicates(shape)) - ABOUT
    }

    assert both == set()


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    colon = {"fr": " : ", "en": ": "}

    silent = [
        str(text)
        for text in shapes().objects(None, SH.message)
        if isinstance(text, Literal)
        and not all(text.strip(".").partition(colon[str(text.language)]))
    ]

    assert silent == []


def test_every_own_property_is_checked_by_a_shape() -> None:
    rules = shapes()
    checked = {
        *rules.objects(None, SH.path),
        *rules.objects(None, SH.targetSubjectsOf),
        *rules.objects(None, SH.inversePath),
    }
    own = {
        term
        for term in reference().subjects(RDFS.isDefinedBy)
        if str(term).startswith(PREFIXES["spnr"])
        and str(term)[len(PREFIXES["spnr"])].islower()
    }

    assert {shorten(str(term)) for term in own - checked} == set()


def test_shapes_name_only_terms_that_exist() -> None:
    named = {
        node
        for triple in shapes()
        for node in triple
        if str(node).startswith((PREFIXES["spnr"], PREFIXES["voc"]))
        and isinstance(node, URIRef)
    }

    assert {n for n in named if (n, None, None) not in reference()} == set()


def test_shapes_hold_no_blank_node_but_lists_and_inverse_paths() -> None:
    rules = shapes()
    blank = {s for s in rules.subjects() if not isinstance(s, URIRef)}

    assert {p for node in blank for p in rules.predicates(node)} == {
        RDF.first,
        RDF.rest,
        SH.inversePath,
    }


def test_the_ontology_raises_nothing() -> None:
    assert findings(reference()) == []


@pytest.mark.slow
def test_the_published_data_raise_no_violation() -> None:
    data = reference() + Graph()
    for path in sorted((ROOT / "data").rglob("*.ttl")):
        data.parse(path, publicID="file:///")

    found = findings(data)

    assert [f for f in found if f["severity"] == "Violation"] == []
