"""Rules run in order over what sources state, and fill the inference graph."""

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.term import URIRef

from spnr_graph.derive import Derived, derive
from spnr_graph.derive.reads import Reads, reads
from spnr_graph.errors import QueryError
from spnr_graph.namespaces import INFERENCE_GRAPH, PREFIXES
from spnr_graph.store import Store, open_store

ROOT = Path(__file__).parents[1]
RULES = tuple(
    (path.stem, path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "ontology" / "rules").glob("*.rq"))
)
REFERENCE = [
    ROOT / "ontology" / "spnr.ttl",
    *sorted((ROOT / "ontology" / "voc").glob("*.ttl")),
]
FIXTURES = Path(__file__).parent / "fixtures" / "rules"
A, B = URIRef("https://w3id.org/spnr/graph/contribution/a/a"), URIRef("urn:b")
FIRST = ("first", "CONSTRUCT { ?a <urn:q> ?b } WHERE { ?a <urn:p> ?b }")
SECOND = ("second", "CONSTRUCT { ?b <urn:r> ?a } WHERE { ?a <urn:q> ?b }")


def put(store: Store, graph: URIRef, lines: bytes) -> None:
    store.replace(graph, io.BytesIO(lines))


def inferred(store: Store) -> set[bytes]:
    return set(store.dump(URIRef(INFERENCE_GRAPH)))


def blank(quad) -> bool:
    return ox.BlankNode in {type(quad.subject), type(quad.object)}


def triples(path: Path) -> set[bytes]:
    text = ox.serialize(
        (quad.triple for quad in ox.parse(path=str(path)) if not blank(quad)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    return set(text.splitlines(keepends=True))


def test_a_rule_sees_all_graphs_and_what_earlier_rules_derived(store):
    put(store, A, b"<urn:1> <urn:p> <urn:2> .\n")
    put(
        store,
        B,
        b"<urn:1> <urn:q> <urn:3> .\n<urn:1> <urn:label> 'x' .\n".replace(b"'", b'"'),
    )

    found = derive(store, [FIRST, SECOND])

    assert found == Derived(
        added=3, removed=0, total=3, rules=(("first", 1), ("second", 2))
    )
    assert inferred(store) == {
        b"<urn:1> <urn:q> <urn:2> .\n",
        b"<urn:2> <urn:r> <urn:1> .\n",
        b"<urn:3> <urn:r> <urn:1> .\n",
    }


def test_a_former_run_feeds_nothing(store):
    put(store, A, b"<urn:1> <urn:p> <urn:2> .\n")
    derive(store, [FIRST])
    put(store, A, b"<urn:1> <urn:p> <urn:3> .\n")

    found = derive(store, [SECOND, FIRST])

    assert found == Derived(
        added=1, removed=1, total=1, rules=(("second", 0), ("first", 1))
    )
    assert inferred(store) == {b"<urn:1> <urn:q> <urn:3> .\n"}


def test_without_rules_nothing_is_derived():
    with open_store("memory:") as store:
        put(store, URIRef(INFERENCE_GRAPH), b"<urn:1> <urn:p> <urn:2> .\n")

        found = derive(store, [])

        assert found == Derived(added=0, removed=1, total=0, rules=())
        assert dict(store.graphs()) == {}


@pytest.mark.parametrize(
    ("text", "fr"),
    [
        (
            "SELECT * WHERE { ?a ?p ?b }",
            "Règle essai : une règle est une requête CONSTRUCT, pas SELECT. Réécrire "
            "la règle.",
        ),
        (
            "CONSTRUCT { ?a ?p ?b } WHERE { GRAPH ?g { ?a ?p ?b } }",
            "Règle essai : une règle lit la réunion des graphes et rien d'autre. "
            "Retirer GRAPH, FROM ou SERVICE.",
        ),
        (
            "CONSTRUCT { ?a ?p ?b } FROM <urn:g> WHERE { ?a ?p ?b }",
            "Règle essai : une règle lit la réunion des graphes et rien d'autre. "
            "Retirer GRAPH, FROM ou SERVICE.",
        ),
    ],
)
def test_what_is_no_rule_is_refused_and_changes_nothing(text, fr):
    with open_store("memory:") as store:
        put(store, URIRef(INFERENCE_GRAPH), b"<urn:1> <urn:p> <urn:2> .\n")

        with pytest.raises(QueryError) as caught:
            derive(store, [FIRST, ("essai", text)])

        assert caught.value.fr == fr
        assert inferred(store) == {b"<urn:1> <urn:p> <urn:2> .\n"}


@pytest.mark.parametrize("name", [name for name, _ in RULES])
def test_each_rule_derives_its_example(name):
    with open_store("memory:") as store:
        put(store, A, b"".join(triples(FIXTURES / name / "input.ttl")))
        put(store, B, b"".join(line for path in REFERENCE for line in triples(path)))

        derive(store, [rule for rule in RULES if rule[0] == name])

        assert inferred(store) == triples(FIXTURES / name / "expected.ttl")


def read(where: str) -> Reads:
    return reads(f"CONSTRUCT {{ ?a <urn:out> ?b }} WHERE {{ {where} }}")


def test_what_a_rule_reads_includes_paths_options_and_exists():
    where = """
        ?a <urn:1>/^<urn:2>|<urn:3>+ ?b .
        OPTIONAL { ?a <urn:4> ?c FILTER EXISTS { ?c <urn:5> ?d ; <urn:6> 1 , 2 } }
        FILTER NOT EXISTS { ?a <urn:7> ?e }
        { SELECT ?a WHERE { ?a <urn:8> ?f } }
    """

    assert read(where) == Reads(
        predicates=frozenset(URIRef(f"urn:{n}") for n in range(1, 9))
    )


def test_a_predicate_variable_is_bounded_by_what_stands_beside_it():
    assert read("?p <urn:sub> <urn:top> . ?a ?p ?b") == Reads(
        predicates=frozenset({URIRef("urn:sub")}),
        variables=("SELECT DISTINCT ?p WHERE { ?p <urn:sub> <urn:top> . }",),
    )


@pytest.mark.parametrize("where", ["?a ?p ?b", "?a <urn:1>* ?b", "?a !<urn:1> ?b"])
def test_a_rule_that_may_read_any_triple_says_so(where):
    assert read(where).everything


def test_a_rule_that_reads_everything_sees_everything():
    rule = ("all", "CONSTRUCT { ?b <urn:q> ?a } WHERE { ?a ?p ?b FILTER(isIRI(?b)) }")
    with open_store("memory:") as store:
        put(store, A, b"<urn:1> <urn:p> <urn:2> .\n<urn:3> <urn:o> <urn:4> .\n")

        derive(store, [FIRST, rule, SECOND])

        assert inferred(store) == {
            b"<urn:1> <urn:q> <urn:2> .\n",
            b"<urn:2> <urn:q> <urn:1> .\n",
            b"<urn:4> <urn:q> <urn:3> .\n",
            b"<urn:2> <urn:r> <urn:1> .\n",
            b"<urn:1> <urn:r> <urn:2> .\n",
            b"<urn:3> <urn:r> <urn:4> .\n",
        }


SP, CV, DCT, SCH = (PREFIXES[name] for name in ("spnr", "cv", "dcterms", "schema"))
DATES = ["2020-01-01", "2021-06-30", "2023-12-31"]
VOCABULARY = f"""
<urn:lead> a <{SP}Role> ; <{SP}shortcut> <{SP}leads> ; <{SP}collaborative> true .
<urn:fund> a <{SP}Role> ; <{SP}shortcut> <{SP}funds> ; <{SP}collaborative> true .
<urn:gain> a <{SP}Role> ;
  <{SP}shortcut> <{SP}benefitsFrom> ; <{SP}collaborative> false .
<{SP}leads> <{PREFIXES["rdfs"]}subPropertyOf> <{SP}participatesIn> .
<{SP}funds> <{PREFIXES["rdfs"]}subPropertyOf> <{SP}participatesIn> .
<urn:network> <{SP}collaborative> false .
"""
participations = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("xyz"),
        st.sampled_from(["lead", "fund", "gain"]),
        st.sampled_from([None, *DATES]),
        st.sampled_from([None, *DATES]),
    ),
    max_size=9,
)


def turtle_of(rows, kinds):
    lines = [VOCABULARY]
    for number, (actor, initiative, role, start, end) in enumerate(rows):
        node = f"<urn:participation:{number}>"
        lines.append(
            f"{node} <{CV}hasParticipant> <urn:{actor}> ; "
            f"<{SP}initiative> <urn:{initiative}> ; <{CV}role> <urn:{role}> ."
        )
        for name, day in (("startDate", start), ("endDate", end)):
            if day:
                lines.append(f'{node} <{SCH}{name}> "{day}"^^<{PREFIXES["xsd"]}date> .')
    lines += [f"<urn:{each}> <{DCT}type> <urn:network> ." for each in kinds]
    return "\n".join(lines)


def overlap(one, other):
    return (one[3] or "0001") <= (other[4] or "9999")


def expected_links(rows, kinds):
    """Return R2, R3 and R5 as a person would count them."""
    links = set()
    names = {"lead": "leads", "fund": "funds", "gain": "benefitsFrom"}
    for actor, initiative, role, _, _ in rows:
        links.add((actor, names[role], initiative))
        if role != "gain":
            links.add((actor, "participatesIn", initiative))
    active = [row for row in rows if row[2] != "gain" and row[1] not in kinds]
    for one in active:
        for other in active:
            together = one[0] != other[0] and one[1] == other[1]
            if together and overlap(one, other) and overlap(other, one):
                links.add((one[0], "collaboratesWith", other[0]))
    return links


@settings(deadline=None, max_examples=60)
@given(participations, st.sets(st.sampled_from("xyz")))
def test_the_rules_derive_what_a_person_would_count(rows, kinds):
    lines = ox.serialize(
        (q.triple for q in ox.parse(turtle_of(rows, kinds), ox.RdfFormat.TURTLE)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    with open_store("memory:") as store:
        put(store, A, lines)

        derive(store, RULES)

        links = {
            tuple(part.decode().strip("<>") for part in line.split()[:3])
            for line in inferred(store)
        }
    ours = {
        (s.removeprefix("urn:"), p.removeprefix(SP), o.removeprefix("urn:"))
        for s, p, o in links
        if p.startswith(SP)
    }
    assert ours == expected_links(rows, kinds)
