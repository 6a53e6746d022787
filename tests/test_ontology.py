"""The ontology, its concept schemes, its context and its page say what they must."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from spnr_graph.namespaces import BASE, PREFIXES, expand, shorten
from tests import needs

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology"
HYGIENE = sorted((ROOT / "queries" / "hygiene").glob("*.rq"))
BROKEN = Path(__file__).parent / "fixtures" / "hygiene"
SPNR = Namespace(PREFIXES["spnr"])
TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@functools.cache
def ontology() -> Graph:
    """The ontology and its concept schemes, without shapes or alignments."""
    graph = Graph()
    for path in [ONTOLOGY / "spnr.ttl", *sorted((ONTOLOGY / "voc").glob("*.ttl"))]:
        graph.parse(path)
    return graph


@functools.cache
def everything() -> ox.Store:
    """All Turtle of ontology and data, as one graph."""
    store = ox.Store()
    for path in [*TURTLE, *sorted((ROOT / "data").rglob("*.ttl"))]:
        store.bulk_load(path=str(path), base_iri="file:///")
    return store


def select(store: ox.Store, query: str) -> list[ox.QuerySolution]:
    """Rows of a SELECT query."""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return list(rows)


def own(*types: URIRef) -> set[str]:
    """Prefixed names of our own terms of these types."""
    graph = ontology()
    nodes = {node for kind in types for node in graph.subjects(RDF.type, kind)}
    return {shorten(str(node)) for node in nodes if str(node).startswith(SPNR)}


def texts(node: URIRef, property_: URIRef) -> dict[str | None, str]:
    """Texts of a node by language."""
    values = ontology().objects(node, property_)
    return {v.language: str(v) for v in values if isinstance(v, Literal)}


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.stem)
def test_each_file_parses_alike_in_both_engines(path: Path) -> None:
    slow = Graph().parse(path)

    fast = list(ox.parse(path=str(path)))

    assert len(slow) == len(fast) > 0


def test_the_ontology_stays_small() -> None:
    assert len(own(OWL.Class)) <= 12
    assert len(own(*PROPERTIES)) <= 32


def test_every_term_of_the_namespace_is_declared() -> None:
    subjects = {str(s) for s in ontology().subjects() if str(s).startswith(SPNR)}

    assert {shorten(s) for s in subjects} == own(OWL.Class, *PROPERTIES)


@pytest.mark.parametrize("term", sorted(own(OWL.Class, *PROPERTIES)))
def test_a_term_has_label_and_definition_in_both_languages(term: str) -> None:
    node = URIRef(str(expand(term)))

    assert texts(node, RDFS.label).keys() == {"fr", "en"}
    assert texts(node, SKOS.definition).keys() == {"fr", "en"}


def test_a_concept_has_label_and_definition_in_both_languages() -> None:
    concepts = list(ontology().subjects(RDF.type, SKOS.Concept))

    incomplete = [
        concept
        for concept in concepts
        if isinstance(concept, URIRef)
        for property_ in (SKOS.prefLabel, SKOS.definition)
        if texts(concept, property_).keys() != {"fr", "en"}
    ]

    assert len(concepts) > 90
    assert incomplete == []


def test_a_scheme_file_holds_one_scheme_and_its_concepts() -> None:
    for path in sorted((ONTOLOGY / "voc").glob("*.ttl")):
        graph = Graph().parse(path)
        scheme = URIRef(PREFIXES["voc"] + path.stem)

        assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
        assert set(graph.subjects()) == {
            scheme,
            *graph.subjects(SKOS.inScheme, scheme),
        }
        assert all(
            str(concept).startswith(f"{scheme}/")
            for concept in graph.subjects(SKOS.inScheme, scheme)
        )


def test_the_whole_bears_one_version() -> None:
    versions = set()
    for path in TURTLE:
        versions |= set(Graph().parse(path).objects(None, OWL.versionInfo))
    (version,) = versions
    iris = {
        str(iri)
        for path in TURTLE
        for iri in Graph().parse(path).objects(None, OWL.versionIRI)
    }

    assert iris == {f"{BASE}def/{version}", f"{BASE}shapes/{version}"}
    assert f"## {version}" in (ONTOLOGY / "CHANGELOG.md").read_text("utf-8")


def test_alignments_only_point_outwards_from_declared_terms() -> None:
    graph = Graph().parse(ONTOLOGY / "alignments.ttl")

    assert set(graph.predicates()) == {RDFS.seeAlso}
    assert {shorten(str(s)) for s in graph.subjects()} <= own(OWL.Class, *PROPERTIES)
    assert not [o for o in graph.objects() if str(o).startswith(BASE)]


# --- Contradictions ----------------------------------------------------------------

#: A thing in two disjoint classes, by its types or by what it is linked to.
CONTRADICTION = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing WHERE {
  ?one owl:disjointWith ?other .
  { ?thing a ?a } UNION { ?thing ?p ?v . ?p rdfs:subPropertyOf*/rdfs:domain ?a }
  UNION { ?u ?q ?thing . ?q rdfs:subPropertyOf*/rdfs:range ?a }
  ?a rdfs:subClassOf* ?one .
  { ?thing a ?b } UNION { ?thing ?r ?w . ?r rdfs:subPropertyOf*/rdfs:domain ?b }
  UNION { ?x ?s ?thing . ?s rdfs:subPropertyOf*/rdfs:range ?b }
  ?b rdfs:subClassOf* ?other .
}"""


def contradictory(*extra: str) -> set[str]:
    """Things in two disjoint classes, in the ontology, the policy and extra Turtle."""
    store = ox.Store()
    for path in [*TURTLE, *sorted((ROOT / "data" / "politique").glob("*.ttl"))]:
        store.load(path=str(path))
    prologue = "".join(f"@prefix {p}: <{n}> . " for p, n in PREFIXES.items())
    for text in extra:
        store.load(prologue + text, format=ox.RdfFormat.TURTLE)
    return {shorten(row["thing"].value) for row in select(store, CONTRADICTION)}


def test_domains_ranges_and_disjoint_classes_agree() -> None:
    assert contradictory() == set()


@pytest.mark.parametrize(
    "text",
    [
        "acteur:x a spnr:Actor, spnr:Initiative .",
        "acteur:x a spnr:Actor ; spnr:servesAxis axe:inclusion-numerique .",
        "initiative:y spnr:continues acteur:x . acteur:x a spnr:Actor .",
        "acteur:x a spnr:Role ; spnr:siren '111111111' .",
    ],
)
def test_a_contradiction_would_be_seen(text: str) -> None:
    assert contradictory(text) == {"acteur:x"}


# --- Hygiene -----------------------------------------------------------------------


def header(path: Path) -> dict[str, str]:
    """The ``#+`` lines at the top of a query file."""
    lines = path.read_text("utf-8").splitlines()
    pairs = [line[3:].partition(": ") for line in lines if line.startswith("#+ ")]
    return {key: value for key, _, value in pairs}


@pytest.mark.parametrize("path", HYGIENE, ids=lambda path: path.stem)
def test_a_hygiene_query_explains_itself(path: Path) -> None:
    told = header(path)

    assert list(told) == ["title.fr", "title.en", "problem", "solution", "level"]
    assert all(told.values())
    assert told["level"] in {"error", "warning"}


@pytest.mark.parametrize("path", HYGIENE, ids=lambda path: path.stem)
def test_a_hygiene_query_finds_nothing(path: Path) -> None:
    rows = select(everything(), path.read_text("utf-8"))

    assert [(str(row["terme"]), str(row["detail"])) for row in rows] == []


@pytest.mark.parametrize("path", HYGIENE, ids=lambda path: path.stem)
def test_a_hygiene_query_fires_on_a_fault(path: Path) -> None:
    store = ox.Store()
    store.load(path=str(BROKEN / f"{path.stem}.ttl"))
    expected = json.loads((BROKEN / f"{path.stem}.expected.json").read_text("utf-8"))

    rows = select(store, path.read_text("utf-8"))

    assert sorted({row["terme"].value for row in rows}) == expected != []


def test_each_broken_example_belongs_to_a_hygiene_query() -> None:
    names = {path.stem for path in BROKEN.glob("*.ttl")}

    assert names == {path.stem for path in HYGIENE}


# --- Use ---------------------------------------------------------------------------


def test_each_own_term_is_used_by_a_question_or_a_rule() -> None:
    queries = ROOT / "queries"
    files = [
        *queries.glob("*.rq"),
        *queries.glob("internal/*.rq"),
        *(ONTOLOGY / "rules").glob("*.rq"),
    ]
    text = "\n".join(
        line
        for path in files
        for line in path.read_text("utf-8").splitlines()
        # The class that a parameter names in the header is what the question lists.
        if line.startswith("#+ param ") or not line.lstrip().startswith("#")
    )

    used = set(re.findall(r"(?<![\w-])spnr:[A-Za-z]+", text))
    used |= {shorten(iri) for iri in re.findall(r"<(https://w3id[^>]+)>", text)}

    assert own(OWL.Class, *PROPERTIES) - used - derived_by_rules() == set()


def derived_by_rules() -> set[str]:
    """Terms that a rule reaches through the ontology itself, without their name.

    R2 writes the shortcuts of the roles; R3 reads the subproperties of participatesIn;
    R4 reads our classes that have a foreign superclass.
    """
    graph = ontology()
    reached = {
        *graph.objects(None, SPNR.shortcut),
        *graph.subjects(RDFS.subPropertyOf, SPNR.participatesIn),
        *(s for s, o in graph.subject_objects(RDFS.subClassOf) if o != SKOS.Concept),
    }
    return {shorten(str(term)) for term in reached}


def test_no_definition_copies_the_policy_text() -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    policy = words(needs.shared("design", "policy-text.md").read_text("utf-8"))
    runs = {tuple(policy[i : i + 7]) for i in range(len(policy) - 6)}

    copied = [
        (shorten(str(node)), str(text))
        for property_ in (SKOS.definition, SKOS.scopeNote)
        for node, text in ontology().subject_objects(property_)
        for mine in [words(str(text))]
        if any(tuple(mine[i : i + 7]) in runs for i in range(len(mine) - 6))
    ]

    assert copied == []


# --- The policy text keeps its places ---------------------------------------------

#: Idea of the policy text → a pattern that holds where the idea stands.
PLACES = {
    "a service set up in stages": "initiative:spnr a spnr:Initiative ;"
    " a cpsv:PublicService ; adms:status ?status ; ^dcterms:isPartOf ?stage .",
    "the Region in charge": "?p spnr:initiative initiative:spnr ;"
    " cv:role role:porteur ;"
    " cv:hasParticipant/org:classification type-acteur:region .",
    "no clear national position": "initiative:spnr skos:historyNote ?note .",
    "digital as an opportunity for all": "voc:objectif skos:hasTopConcept"
    " objectif:opportunite-pour-tous .",
    "accessibility, fixed and mobile": "initiative:spnr spnr:pursuesObjective"
    " objectif:accessibilite . objectif:accessibilite-fixe a spnr:Objective ."
    " objectif:accessibilite-mobile a spnr:Objective .",
    "information": "initiative:spnr spnr:pursuesObjective objectif:bonne-information .",
    "training of residents and of socio-economic actors": "initiative:spnr"
    " spnr:pursuesObjective objectif:formation ."
    " objectif:formation-habitants skos:broader objectif:formation ."
    " objectif:formation-acteurs-socio-economiques skos:broader objectif:formation .",
    "public and private services, and value": "initiative:spnr spnr:pursuesObjective"
    " objectif:developpement-services . objectif:services-publics skos:broader ?o ."
    " objectif:services-prives skos:broader ?o ."
    " objectif:valeur-ajoutee skos:broader ?o .",
    "the whole regional territory": "initiative:spnr"
    " dcterms:spatial territoire:reg-27 ."
    " territoire:reg-27 a igeo:Region . spnr:CoverageObservation a owl:Class .",
    "three targets": "initiative:spnr dcterms:audience public:citoyens,"
    " public:entreprises, public:acteurs-publics . public:citoyens skos:broader"
    " public:tous-publics ; skos:altLabel 'habitants'@fr .",
    "economic and social actors": "public:acteurs-socio-economiques a spnr:Audience ;"
    " skos:scopeNote ?outside .",
    "federate, after SCORAN": "initiative:spnr spnr:fulfilsMission mission:federer ;"
    " spnr:continues initiative:scoran-bfc .",
    "coordinate": "initiative:spnr spnr:fulfilsMission mission:coordonner .",
    "initiate": "initiative:spnr spnr:fulfilsMission mission:impulser .",
    "support skills": "initiative:spnr spnr:fulfilsMission mission:accompagner .",
    "information in one place": "?catalogue a dcat:Catalog ; dcat:dataset ?dataset .",
    "three challenges": "initiative:spnr spnr:addressesChallenge defi:citoyens,"
    " defi:economie, defi:environnement-amenagement-durable .",
    "three axes": "initiative:spnr spnr:servesAxis axe:inclusion-numerique,"
    " axe:territoires-intelligents, axe:transformation-numerique .",
    "challenges and axes linked by us": "defi:citoyens skos:relatedMatch ?axis ;"
    " skos:editorialNote ?validate . ?axis a spnr:PolicyAxis .",
    "strong, qualified engineering": "role:ingenierie a spnr:Role ."
    " spnr:effortFTE a owl:DatatypeProperty .",
    "one readable entry point": "initiative:spnr cv:hasChannel canal:point-entree ."
    " canal:point-entree a cv:Channel . sp:hasPage sh:severity sh:Info .",
    "national digital champion": "objectif:champion-national a spnr:Objective ;"
    " skos:scopeNote ?notForIndexing .",
}


@pytest.mark.parametrize("idea", PLACES)
def test_each_idea_of_the_policy_text_has_its_place(idea: str) -> None:
    prologue = "".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items())

    assert bool(everything().query(f"{prologue}ASK {{ {PLACES[idea]} }}"))


def test_exactly_three_axes_and_three_challenges() -> None:
    assert len(set(ontology().subjects(RDF.type, SPNR.PolicyAxis))) == 3
    assert len(set(ontology().subjects(RDF.type, SPNR.Challenge))) == 3
    assert len(set(ontology().subjects(RDF.type, SPNR.Mission))) == 4


# --- JSON-LD context ---------------------------------------------------------------


@functools.cache
def context() -> dict[str, object]:
    """What ``@context`` says."""
    text = (ONTOLOGY / "context.jsonld").read_text("utf-8")
    told: dict[str, object] = json.loads(text)["@context"]
    return told


# rdflib's own JSON-LD parser still builds the class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_context_expands_to_the_same_graph_as_turtle() -> None:
    text = (Path(__file__).parent / "fixtures/context/exemple.jsonld").read_text(
        "utf-8"
    )
    document = {**json.loads(text), "@context": context()}
    expected = Graph().parse(Path(__file__).parent / "fixtures/context/exemple.ttl")

    slow = Graph().parse(data=json.dumps(document), format="json-ld")
    fast = ox.serialize(
        ox.parse(json.dumps(document).encode(), format=ox.RdfFormat.JSON_LD),
        format=ox.RdfFormat.N_TRIPLES,
    )

    assert isomorphic(slow, expected)
    assert isomorphic(Graph().parse(data=fast, format="nt"), expected)


def test_the_context_declares_every_prefix_of_the_house() -> None:
    assert {p: context()[p] for p in PREFIXES} == PREFIXES


def test_the_context_types_every_own_property_as_the_ontology_does() -> None:
    graph = ontology()
    expected: dict[str, object] = {}
    for name in own(*PROPERTIES):
        node = URIRef(str(expand(name)))
        range_ = graph.value(node, RDFS.range)
        link = (node, RDF.type, OWL.DatatypeProperty) not in graph
        native = {XSD.string, XSD.boolean}
        kind = {} if range_ in native else {"@type": shorten(str(range_))}
        expected[name] = {"@id": str(node), **({"@type": "@id"} if link else kind)}

    assert {name: context().get(name) for name in expected} == expected


def test_every_name_of_the_context_is_the_short_form_of_its_iri() -> None:
    wrong = {
        name: entry["@id"]
        for name, entry in context().items()
        if isinstance(entry, dict) and expand(name) != entry["@id"]
    }

    assert wrong == {}


# --- docs/ontology.md --------------------------------------------------------------


@functools.cache
def page() -> str:
    """The page on the ontology."""
    return (ROOT / "docs" / "ontology.md").read_text("utf-8")


def rows(prefix: str) -> dict[str, list[str]]:
    """Rows of the page's tables whose first cell is a name with this prefix."""
    found = {}
    for line in page().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        name = cells[0].strip("`")
        if line.startswith(f"| `{prefix}:") and len(cells) > 2:
            found[name] = cells[1:]
    return found


def linked(node: URIRef, property_: URIRef) -> str:
    """Prefixed names of what a node is linked to."""
    return ", ".join(
        sorted(f"`{shorten(str(o))}`" for o in ontology().objects(node, property_))
    )


def test_the_page_lists_classes_and_properties_as_they_are() -> None:
    expected = {}
    for name in own(OWL.Class):
        node = URIRef(str(expand(name)))
        labels, told = texts(node, RDFS.label), texts(node, SKOS.definition)
        expected[name] = [
            labels["fr"], labels["en"], linked(node, RDFS.subClassOf), told["en"],
        ]  # fmt: skip
    for name in own(*PROPERTIES):
        node = URIRef(str(expand(name)))
        labels, told = texts(node, RDFS.label), texts(node, SKOS.definition)
        expected[name] = [
            labels["fr"], labels["en"], linked(node, RDFS.domain),
            linked(node, RDFS.range), told["en"],
        ]  # fmt: skip

    assert rows("spnr") == expected


def test_the_page_lists_the_concept_schemes_as_they_are() -> None:
    graph = ontology()
    expected = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        concepts = list(graph.subjects(SKOS.inScheme, scheme))
        titles = texts(URIRef(str(scheme)), URIRef(PREFIXES["dcterms"] + "title"))
        expected[shorten(str(scheme))] = [
            titles["fr"], titles["en"], str(len(concepts)),
            ", ".join(sorted(f"`{str(c).rpartition('/')[2]}`" for c in concepts)),
        ]  # fmt: skip

    assert rows("voc") == expected


def test_every_name_on_the_page_exists() -> None:
    names = set(re.findall(r"`([a-z-]+:[A-Za-z0-9-]+)`", page()))
    ours = {n for n in names if (iri := expand(n)) and iri.startswith(BASE)}
    exists = "ASK {{ <{0}> ?p ?o }}"

    unknown = {
        name for name in ours if not everything().query(exists.format(expand(name)))
    }

    assert len(ours) > 60
    assert unknown == set()


def test_the_page_places_every_idea_of_the_policy_text() -> None:
    assert [idea for idea in PLACES if f"| {idea} |" not in page()] == []
