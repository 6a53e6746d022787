"""A contribution given back as a workbook: what is loaded again is the same."""

from __future__ import annotations

import io
from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rdflib.term import URIRef

from spnr_graph.errors import DataError
from spnr_graph.namespaces import CATALOGUE_GRAPH, PREFIXES
from spnr_graph.operations.workbook import export_workbook, left_words
from spnr_graph.project import open_project
from spnr_graph.spelling import slug
from spnr_graph.store import open_store
from tests.workbooks import exported, lines, load, words, written

LABELS = {scheme: list(found.values()) for scheme, found in words().concepts.items()}
PLACES = list(words().places.values())

TEXT = st.text(
    st.one_of(
        st.sampled_from("éàœÉç'\"«»\n\t=+-@|<>&;_x0041 *?[]\\/:."),
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=40,
)
LONG = st.builds(lambda text, times: (text * times)[:2000], TEXT, st.integers(1, 200))
NAME = TEXT.map(str.strip).filter(lambda text: any(c.isalnum() for c in text))
DAY = st.dates(min_value=date(1900, 1, 1))
DATE = st.one_of(
    st.integers(1900, 2100).map(str),
    DAY.map(lambda day: day.isoformat()[:7]),
    DAY.map(lambda day: day.isoformat()),
    DAY.map(lambda day: f"{day:%d/%m/%Y}"),
)
AMOUNT = st.one_of(
    st.integers(0, 10**12),
    st.decimals(0, 10**9, places=2).map(float),
    st.decimals(0, 10**20, places=6).map(str),
)
URL = st.builds(
    "https://example.org/{}".format,
    st.text("abcdéà-_/?=&%20#", max_size=20),
)


def one(scheme):
    return st.sampled_from(LABELS[scheme])


def several(items):
    return st.lists(items, min_size=1, max_size=3, unique=True).map(" | ".join)


def rows(required, optional):
    return st.fixed_dictionaries(required, optional=optional)


COMMON = {
    "source": several(URL),
    "fiabilite": one("fiabilite"),
    "remarque": LONG,
}
PERIOD = {"debut": DATE, "fin": DATE}


@st.composite
def contributions(draw):
    """Draw the rows of a workbook that a partner could have filled in."""
    codes = st.lists(
        st.text("abcXYZ019-é ", min_size=1, max_size=8).filter(
            lambda text: any(c in "abcXYZ019" for c in text)
        ),
        min_size=1,
        max_size=4,
        unique_by=slug,
    )
    actors, initiatives = draw(codes), draw(codes)
    numbers = iter(["123456782", "732829320", "552100554", "130025265"])
    names = {"nom_en": NAME, "autres_noms": several(NAME)}
    sheets = {"acteurs": [], "initiatives": []}
    facts = {}
    for code in actors:
        filled = draw(
            rows(
                {"nom": NAME},
                {
                    **names,
                    **COMMON,
                    "type": one("type-acteur"),
                    "siren": st.just(next(numbers)),
                    "territoire": several(st.sampled_from(PLACES)),
                    "site": URL,
                    "membre_de": several(st.sampled_from([*actors, "732829320"])),
                },
            )
        )
        sheets["acteurs"].append({"identifiant": code, **filled})
    for code in initiatives:
        filled = draw(
            rows(
                {"nom": NAME},
                {
                    **names,
                    **COMMON,
                    **PERIOD,
                    "description": LONG,
                    "type": one("type-initiative"),
                    "statut": one("statut"),
                    "axes": several(one("axe")),
                    "publics": several(one("public")),
                    "territoires": several(st.sampled_from(PLACES)),
                    "budget": AMOUNT,
                    "page": URL,
                    "partie_de": several(
                        st.sampled_from([*initiatives, "initiative:spnr"])
                    ),
                    "nom_court": st.just(f"initiative:deja-{slug(code)}"),
                },
            )
        )
        sheets["initiatives"].append({"identifiant": code, **filled})
    for _ in range(draw(st.integers(0, 4))):
        filled = draw(
            rows(
                {
                    "acteur": st.sampled_from([*actors, "acteur:siren-552081317"]),
                    "initiative": st.sampled_from(initiatives),
                    "role": one("role"),
                },
                {
                    **COMMON,
                    **PERIOD,
                    "montant": AMOUNT,
                    "etat_du_montant": one("etat-montant"),
                    "etp": st.sampled_from([0.5, 1, 2.25]),
                },
            )
        )
        # Two rows of one fact are one participation, told of in another test.
        fact = (filled["acteur"], filled["initiative"], filled["role"])
        facts[fact] = filled
    return {**sheets, "participations": list(facts.values())}


@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(contributions())
def test_what_is_given_back_loads_as_the_same_contribution(sheets):
    received, _ = load(written(sheets))

    data, found = exported(received)
    again, _ = load(data)

    assert again ^ received == set()
    assert (found.left, found.added) == ({}, {})


def turtle(text):
    """Return the triples of a Turtle text with the usual prefixes."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    parsed = ox.parse((head + text).encode(), format=ox.RdfFormat.TURTLE)
    return {(q.subject, q.predicate, q.object) for q in parsed}


def cells(data, sheet):
    """Return the rows of a sheet as title → value, without the empty cells."""
    titles, *found = load_workbook(io.BytesIO(data))[sheet].values
    return [
        {t: v for t, v in zip(titles, row, strict=True) if v is not None}
        for row in found
    ]


SMALL = """
acteur:siren-123456782 a spnr:Actor ; skos:prefLabel "Syndicat"@fr, "Authority"@en ;
    skos:altLabel "SMVV"@fr, "A|B"@fr ; dcterms:identifier "syndicat" ;
    spnr:siren "123456782" ; org:classification type-acteur:association ;
    dcterms:spatial territoire:dep-21, territoire:com-99999 ;
    skos:historyNote "Né en 2001."@fr ; dcterms:isPartOf acteur:local-autre-pays .
acteur:local-arnia-a-b a spnr:Actor ; skos:prefLabel "=A+B"@fr ;
    dcterms:identifier "A b" .
initiative:spnr a spnr:Initiative ; skos:prefLabel "SPNR"@fr ;
    dcterms:identifier "spnr" ; schema:startDate "2021-03-01"^^xsd:date ;
    schema:temporalCoverage "2021-03/.." ; spnr:budgetEUR 1234567890123456.75 .
participation:p1 a spnr:Participation ; cv:hasParticipant acteur:siren-123456782 ;
    spnr:initiative initiative:spnr ; cv:role role:porteur ; spnr:amountEUR 12.5 .
<https://example.org/doc> a foaf:Document ; dcterms:title "Un document"@fr .
"""


def test_cells_show_labels_and_name_rows():
    data, _ = exported(turtle(SMALL))

    assert cells(data, "acteurs") == [
        {
            "Identifiant *": "A b",
            "Nom *": "=A+B",
        },
        {
            "Identifiant *": "syndicat",
            "Nom *": "Syndicat",
            "Nom anglais": "Authority",
            "Sigle et autres noms": "SMVV",
            "Type": "association, fondation ou ESS",
            "SIREN": "123456782",
            "Territoire": "com-99999 | Côte-d'Or (dep-21)",
            "Membre de": "acteur:local-autre-pays",
        },
    ]
    assert cells(data, "initiatives") == [
        {
            "Identifiant *": "spnr",
            "Nom *": "SPNR",
            "Début": "2021-03",
            "Budget (euros)": "1234567890123456.75",
            "Nom dans le graphe": "initiative:spnr",
        }
    ]
    assert cells(data, "participations") == [
        {
            "Acteur *": "syndicat",
            "Initiative *": "spnr",
            "Rôle *": "porteur",
            "Montant (euros)": 12.5,
            "Nom dans le graphe": "participation:p1",
        }
    ]


def test_what_does_not_fit_is_counted_and_named():
    received = turtle(SMALL)

    data, found = exported(received)
    again, _ = load(data)

    assert found.left == {
        ("foaf:Document", "dcterms:title"): 1,
        ("foaf:Document", "rdf:type"): 1,
        ("spnr:Actor", "skos:altLabel"): 1,
        ("spnr:Actor", "skos:historyNote"): 1,
    }
    assert found.added == {}
    assert sum(found.left.values()) == len(received - again)
    assert again <= received


def test_statements_that_a_loading_would_add_are_named():
    received = turtle(
        'acteur:siren-123456782 a spnr:Actor ; spnr:siret "12345678200010" ;'
        'skos:prefLabel "Syndicat"@fr .'
    )

    data, found = exported(received)
    again, _ = load(data)

    assert found.added == {"dcterms:identifier": 1, "spnr:siren": 1}
    assert again - received == turtle(
        'acteur:siren-123456782 dcterms:identifier "siren-123456782" ;'
        'spnr:siren "123456782" .'
    )


def test_text_that_looks_like_a_formula_stays_text():
    data, _ = exported(turtle(SMALL))

    cell = load_workbook(io.BytesIO(data))["acteurs"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=A+B", "s", True)


def test_a_text_too_long_for_a_cell_is_named():
    received = turtle(
        f'initiative:arnia-x a spnr:Initiative ; dcterms:identifier "x" ;'
        f'skos:prefLabel "X"@fr ; dcterms:description "{"é" * 40_000}"@fr .'
    )

    _, found = exported(received)

    assert found.left == {("spnr:Initiative", "dcterms:description"): 1}


def test_the_same_contribution_gives_the_same_bytes():
    received = turtle(SMALL)

    assert exported(received) == exported(received)


def test_in_english_too_the_workbook_loads_as_the_same():
    received, _ = load(exported(turtle(SMALL))[0])

    again, findings = load(exported(received, lang="en")[0])

    assert again == received
    assert [(f.severity.name, f.column) for f in findings] == [("INFO", "Name *")]


def test_identifiers_that_would_be_taken_for_examples_are_changed():
    received = turtle(
        'acteur:local-arnia-exemplaire a spnr:Actor ; skos:prefLabel "Exemplaire"@fr ;'
        'dcterms:identifier "exemplaire" .'
    )
    other = turtle(
        'acteur:local-arnia-exemple a spnr:Actor ; skos:prefLabel "Exemple"@fr ;'
        'dcterms:identifier "exemple" .'
    )

    assert load(exported(received)[0])[0] == received
    assert cells(exported(other)[0], "acteurs") == [
        {
            "Identifiant *": "id-exemple",
            "Nom *": "Exemple",
            "Nom dans le graphe": "acteur:local-arnia-exemple",
        }
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_census_given_back_is_a_fixed_point(lang):
    census = set()
    for file in sorted((open_project().root / "data" / "recensement").glob("*.ttl")):
        parsed = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
        census |= {(q.subject, q.predicate, q.object) for q in parsed}

    data, found = exported(census, "recensement", lang)
    again, findings = load(data, "recensement")

    assert findings == ()
    assert again <= census
    assert sum(found.left.values()) == len(census - again)
    assert exported(again, "recensement", lang)[0] == data


def test_a_contribution_of_a_store_is_given_back_by_its_name():
    graph = URIRef("https://w3id.org/spnr/graph/contribution/arnia/actions")
    said = (
        f'<{graph}> <{PREFIXES["dcterms"]}identifier> "actions" .\n'
        f'<{graph}> <{PREFIXES["void"]}triples> "1"^^<{PREFIXES["xsd"]}integer> .\n'
    )
    output = io.BytesIO()
    with open_store("memory:") as store:
        store.replace(graph, io.BytesIO(b"".join(lines(turtle(SMALL)))))
        store.replace(URIRef(CATALOGUE_GRAPH), io.BytesIO(said.encode()))
        found = export_workbook(store, output, dataset="actions")
        with pytest.raises(DataError, match=r"It holds: actions\."):
            export_workbook(store, output, dataset="autre")

    assert output.getvalue() == exported(turtle(SMALL))[0]
    assert left_words(found, "fr").splitlines() == [
        "Le classeur ne peut pas dire ces énoncés, qui restent dans le graphe :",
        "  1 foaf:Document dcterms:title",
        "  1 foaf:Document rdf:type",
        "  1 spnr:Actor skos:altLabel",
        "  1 spnr:Actor skos:historyNote",
    ]


def test_all_that_fits_leaves_nothing_to_say():
    received, _ = load(exported(turtle(SMALL))[0])

    assert left_words(exported(received)[1], "en") == ""


def test_two_rows_of_one_fact_are_one_participation_and_nothing_is_lost_in_silence():
    row = {"acteur": "acteur:siren-552081317", "initiative": "a", "role": "porteur"}
    received, _ = load(
        written(
            {
                "initiatives": [{"identifiant": "a", "nom": "A"}],
                "participations": [{**row, "montant": 1}, {**row, "montant": 2}],
            }
        )
    )

    data, found = exported(received)

    assert found.left == {("spnr:Participation", "spnr:amountEUR"): 1}
    assert len(received - load(data)[0]) == 1
