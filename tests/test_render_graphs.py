"""Whole graphs in every format: same content, same bytes, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.term import URIRef

from spnr_graph import turtle
from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, PREFIXES
from spnr_graph.render import graphs, names
from spnr_graph.render.table_columns import KINDS

ROOT = Path(__file__).parents[1]
CONTEXT = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
A, B = URIRef(BASE + "graph/a"), URIRef(BASE + "graph/b")
XSD = PREFIXES["xsd"]
SKOS = PREFIXES["skos"]


def canonical(document: bytes, syntax: ox.RdfFormat) -> set[bytes]:
    """Return the N-Triples lines of a document, as Oxigraph reads it."""
    triples = (quad.triple for quad in ox.parse(document, format=syntax))
    return set(
        ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)
    )


def by_rdflib(document: bytes, syntax: str) -> set[bytes]:
    """Return the N-Triples lines of a document, as rdflib reads it."""
    read = Graph()
    read.parse(data=document, format=syntax)
    return canonical(
        read.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES
    )


def read_file(path: Path) -> list[bytes]:
    return sorted(canonical(path.read_bytes(), ox.RdfFormat.TURTLE))


def written(
    held: dict[URIRef, list[bytes]],
    format_name: str,
    *,
    header: str = "",
    context: str = CONTEXT,
) -> bytes:
    output = io.BytesIO()
    graphs.write(held, output, format_name, header=header, context=context)
    return output.getvalue()


def lines(*turtle_lines: str) -> list[bytes]:
    """Return the N-Triples lines of Turtle written with the project's prefixes."""
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    document = (prefixes + "\n".join(turtle_lines)).encode()
    return sorted(canonical(document, ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def real() -> dict[URIRef, list[bytes]]:
    """The real census, its policy, its catalogue and the reference lists."""
    paths = [
        *sorted((ROOT / "data" / "recensement").glob("*.ttl")),
        *sorted((ROOT / "data" / "politique").glob("*.ttl")),
        *sorted((ROOT / "ontology" / "voc").glob("*.ttl")),
        ROOT / "data" / "catalogue.ttl",
        ROOT / "data" / "territoires" / "region.ttl",
        ROOT / "ontology" / "spnr.ttl",
    ]
    return {URIRef(f"{BASE}graph/{path.stem}"): read_file(path) for path in paths}


READERS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("name", READERS)
def test_real_data_read_back_the_same(
    real: dict[URIRef, list[bytes]], name: str
) -> None:
    stated = {line for held in real.values() for line in held}

    assert canonical(written(real, name), READERS[name]) == stated


# rdflib 7.6 warns of names that it uses itself.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("name", "syntax"), [("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_back_the_same(
    real: dict[URIRef, list[bytes]], name: str, syntax: str
) -> None:
    stated = {line for held in real.values() for line in held}

    assert by_rdflib(written(real, name), syntax) == stated


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_formats_with_graphs_keep_them_apart(
    real: dict[URIRef, list[bytes]], name: str
) -> None:
    syntax = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}[name]
    found: dict[URIRef, set[bytes]] = {}
    for quad in ox.parse(written(real, name), format=syntax):
        assert isinstance(quad.graph_name, ox.NamedNode)
        line = ox.serialize([quad.triple], format=ox.RdfFormat.N_TRIPLES)
        found.setdefault(URIRef(quad.graph_name.value), set()).add(line)

    assert found == {graph: set(held) for graph, held in real.items()}


@pytest.mark.parametrize("name", names("graph"))
def test_order_and_repeats_of_lines_do_not_matter(
    real: dict[URIRef, list[bytes]], name: str
) -> None:
    chance = random.Random(7)
    order = chance.sample(list(real), len(real))
    shuffled = {g: chance.sample(real[g], len(real[g])) + real[g][:3] for g in order}

    assert written(shuffled, name, header="Licence") == written(
        real, name, header="Licence"
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r",
                  exclude_characters="\ufffe\uffff"),
    max_size=10,
)  # fmt: skip
IRIS = st.sampled_from(
    ["urn:x:y", "https://exemple.fr/a,b?c=d&e=f#g",
     BASE + "voc/axe/inclusion-numerique",
     BASE + "id/acteur/", BASE + "id/acteur/a/b", BASE + "id/acteur/été",
     "mailto:a@b.fr",
     SKOS + "Concept", BASE + "id/acteur/a:b", "file:data/a.ttl"]
)  # fmt: skip
PROPERTIES = st.sampled_from(
    [PREFIXES["rdf"] + "type", SKOS + "prefLabel", PREFIXES["dcterms"] + "isPartOf",
     PREFIXES["schema"] + "startDate", BASE + "def#amountEUR",
     BASE + "def#collaborative",
     BASE + "def#siren", "urn:p:q", "https://exemple.fr/p", PREFIXES["rdf"] + "_1"]
)  # fmt: skip
LEXICAL = st.sampled_from(
    ["1", "01", "true", "1.0", "2026-11-23", "-0", "9" * 20, "é", ""]
)
TYPES = st.sampled_from(
    [XSD + t for t in ("integer", "decimal", "boolean", "date", "double", "string")]
    + ["urn:t"]
)


def triples(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[ox.Triple]]:
    literal = st.one_of(
        text.map(ox.Literal),
        st.builds(
            lambda t, g: ox.Literal(t, language=g),
            text,
            st.sampled_from(["fr", "en-gb"]),
        ),
        st.builds(lambda t, d: ox.Literal(t, datatype=ox.NamedNode(d)), LEXICAL, TYPES),
    )
    node = IRIS.map(ox.NamedNode)
    triple = st.builds(
        ox.Triple, node, PROPERTIES.map(ox.NamedNode), st.one_of(node, literal)
    )
    return st.lists(triple, max_size=8)


@given(held=triples(TEXT), context=st.sampled_from([CONTEXT, ""]))
@settings(max_examples=200, deadline=None)
def test_any_triple_survives_jsonld(held: list[ox.Triple], context: str) -> None:
    source = ox.serialize(held, format=ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)

    document = written({A: source}, "jsonld", context=context)

    assert canonical(document, ox.RdfFormat.JSON_LD) == set(source)


@given(held=triples(XML_TEXT))
@settings(max_examples=200, deadline=None)
def test_any_triple_that_xml_can_hold_survives_rdfxml(held: list[ox.Triple]) -> None:
    source = ox.serialize(held, format=ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)

    document = written({A: source}, "rdfxml")

    assert canonical(document, ox.RdfFormat.RDF_XML) == set(source)


# N-Triples and N-Quads.


def test_lines_are_sorted_bytewise_and_ended_in_one_way() -> None:
    held = [
        b"<urn:b> <urn:p> <urn:o> .\n",
        b"  <urn:a> <urn:p> <urn:o>.",
        b"\n",
        b"# x\n",
    ]

    assert written({A: held, B: held[:1]}, "ntriples") == (
        b"<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> <urn:o> .\n"
    )
    assert written({B: held[:1], A: held}, "nquads").decode() == (
        f"<urn:a> <urn:p> <urn:o> <{A}> .\n"
        f"<urn:b> <urn:p> <urn:o> <{A}> .\n"
        f"<urn:b> <urn:p> <urn:o> <{B}> .\n"
    )


def test_a_line_without_its_full_stop_is_shown() -> None:
    with pytest.raises(
        DataError, match="not a line of N-Triples: <urn:a> <urn:p>"
    ) as caught:
        written({A: [b"<urn:a> <urn:p>\n"]}, "nquads")
    assert "Elle doit finir par un point." in caught.value.fr


def test_turtle_and_trig_are_the_canonical_ones() -> None:
    held = lines("acteur:x a spnr:Actor .")
    flat, named = io.BytesIO(), io.BytesIO()

    turtle.write(held, flat, header="Licence")
    turtle.write_trig({str(A): held}, named, header="Licence")

    assert written({A: held}, "turtle", header="Licence") == flat.getvalue()
    assert written({A: held}, "trig", header="Licence") == named.getvalue()


# JSON-LD.

EXAMPLE = lines(
    "initiative:x a spnr:Initiative, cpsv:PublicService ; skos:prefLabel",
    '  "Un"@fr, "One"@en ;',
    '  skos:altLabel "U"@fr, "Un bis"@fr, "sans langue" ; spnr:servesAxis',
    '  axe:a, "mot" ;',
    '  schema:startDate "2020-01-01"^^xsd:date, "2020"^^xsd:gYear ;',
    "  spnr:budgetEUR 5.0 ;",
    "  spnr:collaborative true ; dbo:populationTotal 12, 012 ;",
    '  dcterms:identifier "x" ;',
    '  <urn:p> <https://exemple.fr/a>, "texte"@fr .',
)


def test_jsonld_is_compact_sorted_and_carries_its_context() -> None:
    document = written({A: EXAMPLE}, "jsonld").decode()

    data = json.loads(document)
    assert data["@context"] == json.loads(CONTEXT)["@context"]
    assert document[document.index('  "@graph"') :] == (
        '  "@graph": [\n'
        "    {\n"
        '      "id": "initiative:x",\n'
        '      "type": ["cpsv:PublicService", "spnr:Initiative"],\n'
        '      "dbo:populationTotal": [{"@value": "012", "@type": '
        '"xsd:integer"}, 12],\n'
        '      "dcterms:identifier": "x",\n'
        '      "http://www.w3.org/2004/02/skos/core#altLabel": "sans langue",\n'
        '      "schema:startDate": '
        '[{"@value": "2020", "@type": "xsd:gYear"}, "2020-01-01"],\n'
        '      "skos:altLabel": {"fr": ["U", "Un bis"]},\n'
        '      "skos:prefLabel": {"en": "One", "fr": "Un"},\n'
        '      "spnr:budgetEUR": "5.0",\n'
        '      "spnr:collaborative": true,\n'
        '      "spnr:servesAxis": ["axe:a", {"@value": "mot", "@type": '
        '"xsd:string"}],\n'
        '      "urn:p": [{"id": "https://exemple.fr/a"}, '
        '{"@value": "texte", "@language": "fr"}]\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_jsonld_of_nothing_is_valid() -> None:
    assert json.loads(written({A: []}, "jsonld"))["@graph"] == []
    assert json.loads(written({}, "jsonld", context=" ")) == {"@graph": []}


def test_a_default_language_of_the_context_is_not_lent_to_plain_text() -> None:
    context = json.dumps({"@context": {"@language": "fr", "id": "@id"}})
    held = [b'<urn:a> <urn:p> "x" .\n']

    document = written({A: held}, "jsonld", context=context)

    assert canonical(document, ox.RdfFormat.JSON_LD) == set(held)
    assert json.loads(document)["@graph"] == [{"id": "urn:a", "urn:p": {"@value": "x"}}]


def test_terms_that_the_writer_does_not_master_are_left_alone() -> None:
    context = json.dumps(
        {"@context": {"p": "urn:p#", "p:list": {"@id": "p:list", "@container": "@list"},
                      "p:rev": {"@reverse": "p:of"}}}
    )  # fmt: skip
    held = [b"<urn:a> <urn:p#list> <urn:b> .\n", b"<urn:a> <urn:p#rev> <urn:b> .\n"]

    document = written({A: held}, "jsonld", context=context)

    assert canonical(document, ox.RdfFormat.JSON_LD) == set(held)
    assert set(json.loads(document)["@graph"][0]) == {"@id", "urn:p#list", "urn:p#rev"}


def test_an_iri_that_would_be_read_as_a_prefixed_name_is_refused() -> None:
    with pytest.raises(
        DataError, match="would read the IRI <role:x> as a name"
    ) as caught:
        written({A: [b"<role:x> <urn:p> <urn:o> .\n"]}, "jsonld")
    assert "du préfixe « role »" in caught.value.fr


@pytest.mark.parametrize(
    ("context", "why"),
    [
        ("{", "Expecting property name"),
        ("[]", "list indices"),
        ('{"a": 1}', "'@context'"),
        ('{"@context": "https://exemple.fr/c"}', "no attribute 'items'"),
        ('{"@context": {"@vocab": "urn:v#"}}', "@vocab"),
    ],
)
def test_a_context_that_cannot_be_used_says_why(context: str, why: str) -> None:
    with pytest.raises(DataError, match="cannot be used") as caught:
        written({A: EXAMPLE}, "jsonld", context=context)
    assert why in caught.value.en
    assert "voir ontology/context.jsonld" in caught.value.fr


# RDF/XML.


def test_rdfxml_has_one_element_per_subject() -> None:
    held = lines(
        'acteur:x a spnr:Actor, <urn:type:1> ; skos:prefLabel "A & <B>"@fr ;',
        '  <https://exemple.fr/p/q> "5"^^xsd:int, "a\\rb" .',
        "acteur:w a <urn:type:1> .",
    )

    document = written({A: held}, "rdfxml", header="-- Licence -").decode()

    assert document == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<!--\n- - Licence - \n-->\n"
        "<rdf:RDF\n"
        '    xmlns:spnr="https://w3id.org/spnr/def#"\n'
        '    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
        '    xmlns:skos="http://www.w3.org/2004/02/skos/core#"\n'
        '    xmlns:ns1="https://exemple.fr/p/">\n'
        "\n"
        '  <rdf:Description rdf:about="https://w3id.org/spnr/id/acteur/w">\n'
        '    <rdf:type rdf:resource="urn:type:1"/>\n'
        "  </rdf:Description>\n"
        "\n"
        '  <spnr:Actor rdf:about="https://w3id.org/spnr/id/acteur/x">\n'
        '    <rdf:type rdf:resource="urn:type:1"/>\n'
        '    <skos:prefLabel xml:lang="fr">A &amp; &lt;B&gt;</skos:prefLabel>\n'
        '    <ns1:q rdf:datatype="http://www.w3.org/2001/XMLSchema#int">5</ns1:q>\n'
        "    <ns1:q>a&#13;b</ns1:q>\n"
        "  </spnr:Actor>\n"
        "</rdf:RDF>\n"
    )


@pytest.mark.parametrize(
    "iri", ["urn:p:1", "https://exemple.fr/", PREFIXES["rdf"] + "li"]
)
def test_a_property_that_is_no_xml_name_is_named(iri: str) -> None:
    with pytest.raises(DataError, match=f"The property <{iri}> cannot be") as caught:
        written({A: [f"<urn:a> <{iri}> <urn:o> .\n".encode()]}, "rdfxml")
    assert "Choisir turtle ou jsonld." in caught.value.fr


def test_a_class_of_the_grammar_of_rdfxml_is_a_property_there() -> None:
    held = lines("acteur:x a rdf:Description .")

    assert canonical(written({A: held}, "rdfxml"), ox.RdfFormat.RDF_XML) == set(held)


def test_a_character_that_xml_forbids_is_named() -> None:
    with pytest.raises(
        DataError, match=r"U\+0001 is forbidden in XML: 'a\ufffdb'"
    ) as caught:
        written({A: lines('acteur:x skos:prefLabel "a\\u0001b" .')}, "rdfxml")
    assert "Le caractère U+0001 est interdit en XML" in caught.value.fr


@pytest.mark.parametrize("name", ["jsonld", "rdfxml", "csv"])
def test_a_blank_node_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(DataError, match="without blank nodes: _:b <urn:p>"):
        written({A: [b"_:b <urn:p> <urn:o> .\n"]}, name)


def test_comments_and_escapes_of_ntriples_are_understood() -> None:
    held = [b"# rien\n", b"\n", b'<urn:\\u00E9> <urn:p> "a\\tb" . # fin\r\n',
            b"<urn:a> <urn:p> \"b\"^^<urn:\\u00E9> .\n",
            b"<urn:a> <urn:p> <urn:\\u00E9> .\n"]  # fmt: skip

    assert json.loads(written({A: held}, "jsonld", context=""))["@graph"] == [
        {
            "@id": "urn:a",
            "urn:p": [{"@value": "b", "@type": "urn:é"}, {"@id": "urn:é"}],
        },
        {"@id": "urn:é", "urn:p": "a\tb"},
    ]


# Tables.


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {
        name.removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))
        )
        for name in archive.namelist()
        if name.endswith(".csv")
    }


def test_tables_show_values_labels_and_languages() -> None:
    held = lines(
        'acteur:x a spnr:Actor ; skos:prefLabel "Ix"@fr, "Ex"@en, "Icks"@de ;',
        '  skos:altLabel "B"@fr, "A"@fr, <urn:n> ; spnr:siren "123456782" ;',
        "  dcterms:spatial territoire:dep-21, territoire:dep-25 ;",
        "  org:classification <urn:t> .",
        "territoire:dep-21 a dcterms:Location, igeo:Departement ;",
        '  skos:prefLabel "Côte-d\'Or"@fr .',
        'territoire:dep-25 a dcterms:Location ; skos:prefLabel "Doubs" .',
    )

    found = tables(written({A: held}, "csv"))

    assert list(found) == ["acteurs", "territoires", "autres-enonces"]
    actor = {name: value for name, value in found["acteurs"][0].items() if value}
    assert actor == {
        "iri": BASE + "id/acteur/x",
        "nom_fr": "Ix",
        "nom_en": "Ex",
        "autre_nom_fr": "A | B",
        "type": "urn:t",
        "siren": "123456782",
        "territoire": f"{BASE}id/territoire/dep-21 | {BASE}id/territoire/dep-25",
        "territoire_libelle": "Côte-d'Or | Doubs",
    }
    assert [row["type"] for row in found["territoires"]] == [
        PREFIXES["igeo"] + "Departement", "",
    ]  # fmt: skip
    assert found["autres-enonces"] == [
        {"sujet": BASE + "id/acteur/x", "propriete": SKOS + "altLabel",
         "valeur": "urn:n",
         "langue": "", "type": ""},
        {"sujet": BASE + "id/acteur/x", "propriete": SKOS + "prefLabel",
         "valeur": "Icks",
         "langue": "de", "type": ""},
        {"sujet": BASE + "id/territoire/dep-25", "propriete": SKOS + "prefLabel",
         "valeur": "Doubs", "langue": "", "type": XSD + "string"},
    ]  # fmt: skip


def test_every_real_statement_is_in_a_table(real: dict[URIRef, list[bytes]]) -> None:
    found = tables(written(real, "csv"))
    shown = {
        (row.get("iri") or row["sujet"], value)
        for name, rows in found.items()
        for row in rows
        for cell in row.values()
        for value in cell.split(" | ")
    } | {
        (row["iri"], iri)
        for kind in KINDS
        for row in found.get(kind.name, ())
        for iri in kind.classes
    }
    graph = Graph()
    for held in real.values():
        graph.parse(data=b"".join(held), format="nt")

    lost = [(s, o) for s, _, o in graph if (str(s), str(o)) not in shown]
    assert lost == []


def test_the_census_has_a_row_for_each_thing(real: dict[URIRef, list[bytes]]) -> None:
    found = tables(written(real, "csv"))

    assert len(found["acteurs"]) == 229
    assert len(found["initiatives"]) == 141
    assert len(found["participations"]) == 582


def test_the_archive_describes_its_tables_in_french_and_english() -> None:
    content = written(
        {A: lines("acteur:x a spnr:Actor .")}, "csv", header="Licence Ouverte 2.0"
    )

    archive = zipfile.ZipFile(io.BytesIO(content))
    package = json.loads(archive.read("datapackage.json"))
    readme = archive.read("LISEZMOI.txt").decode()
    assert archive.namelist() == ["acteurs.csv", "datapackage.json", "LISEZMOI.txt"]
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert package["description"] == "Licence Ouverte 2.0"
    assert readme.endswith("\nLicence Ouverte 2.0\n")
    resource = package["resources"][0]
    header = archive.read("acteurs.csv").decode().split("\r\n")[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert all(f["title"] and f["title_en"] for f in resource["schema"]["fields"])
    assert resource["schema"]["primaryKey"] == "iri"
    assert resource["schema"]["fields"][0]["format"] == "uri"


def test_an_empty_graph_gives_an_archive_without_tables() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written({}, "csv")))

    assert archive.namelist() == ["datapackage.json", "LISEZMOI.txt"]
    assert "description" not in json.loads(archive.read("datapackage.json"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_columns_of_a_table_have_distinct_names(kind: object) -> None:
    found = [column.name for column in kind.columns]  # type: ignore[attr-defined]

    assert len(found) == len(set(found))


# The registry.


def test_every_format_of_the_registry_is_written() -> None:
    assert set(graphs.WRITERS) == set(names("graph"))


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(
        DataError, match="Choose among: turtle, trig, ntriples"
    ) as caught:
        written({}, "hdt")
    assert caught.value.fr.startswith("Format « hdt » inconnu.")
