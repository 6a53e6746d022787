"""Formats of real files: what each gives, to the triple, and what it never gives."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from spnr_graph import sparql, turtle
from spnr_graph.check import Shapes
from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.namespaces import PREFIXES, expand, shorten
from spnr_graph.project import Project
from spnr_graph.tables import formats, read_table
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.kinds import Context
from spnr_graph.tables.places import Places
from tests import needs

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "tables"
GOLDEN = ROOT / "tests" / "golden" / "tables"
GRAPH = PREFIXES["graph"] + "contribution/essai/fichier"
#: Format → a file of two or three rows, all invented.
INVENTED = {path.stem: path for path in sorted(FIXTURES.iterdir())}
#: Formats whose schema is published, and where the publisher's own lies.
OFFICIAL = {
    "mediation-numerique": "mediation/standard-mediation-numerique-schema.json",
    "scdl-subventions": "financements/scdl-subventions-schema.json",
}


class Case(NamedTuple):
    """A file of the partners' open data, and what reading it gives."""

    file: str
    rows: int
    triples: int
    told: dict[str, int]


REAL = {
    "conseillers-numeriques-permanences": Case(
        "mediation/conseillers-numeriques-permanences-bfc-2022.json",
        rows=236,
        triples=7168,
        told={
            "INFO commune-lengthened": 2,
            "WARNING commune-unknown": 1,
            "WARNING mobile-number": 8,
            "WARNING personal-address": 25,
            "WARNING siret-placeholder": 91,
        },
    ),
    "data-inclusion-structures": Case(
        "mediation/data-inclusion-structures-bfc-2023.json",
        rows=151,
        triples=5213,
        told={
            "INFO commune-replaced": 1,
            "WARNING mobile-number": 2,
            "WARNING personal-address": 21,
        },
    ),
    "aidants-connect": Case(
        "mediation/aidants-connect-structures-bfc-2023.json",
        rows=178,
        triples=5334,
        told={
            "INFO siret-spelling": 101,
            "WARNING siret-length": 2,
        },
    ),
    "france-services": Case(
        "mediation/france-services-bfc-20221201.csv",
        rows=216,
        triples=5503,
        told={
            "WARNING mobile-number": 13,
            "WARNING personal-address": 101,
        },
    ),
    "mednum-bfc": Case(
        "mediation/mednum-bfc-lieux.csv",
        rows=697,
        triples=20909,
        told={
            "INFO commune-lengthened": 15,
            "INFO page-address": 39,
            "WARNING commune-ambiguous": 5,
            "WARNING commune-unknown": 9,
            "WARNING mobile-number": 57,
            "WARNING not-an-address": 2,
            "WARNING personal-address": 101,
        },
    ),
    "mediation-numerique": Case(
        "mediation/standard-mediation-numerique-exemple-valide.csv",
        rows=1,
        triples=53,
        told={
            "INFO territory-not-described": 2,
            "WARNING personal-address": 1,
        },
    ),
    "conseillers-numeriques-structures": Case(
        "financements/conseillers-numeriques-structures-bfc-20230405.csv",
        rows=156,
        triples=6813,
        told={
            "INFO commune-replaced": 1,
            "INFO territory-not-described": 3,
            "WARNING commune-unknown": 3,
        },
    ),
    "scdl-subventions": Case(
        "financements/scdl-subventions-exemple-valide.csv",
        rows=29,
        triples=912,
        told={
            "WARNING not-a-period": 1,
            "WARNING period-reversed": 3,
        },
    ),
    "arcep-debit-commune": Case(
        "connectivite/arcep-commune-debit-beta-bfc.csv",
        rows=3734,
        triples=74100,
        told={
            "INFO before-header": 1,
            "INFO row-without-triple": 1,
        },
    ),
    "observatoire-opendata": Case(
        "acteurs/observatoire-opendata-organisations-2022.csv",
        rows=891,
        triples=25240,
        told={
            "INFO page-address": 17,
            "INFO territory-not-described": 101,
        },
    ),
    "annuaire-service-public": Case(
        "acteurs/annuaire-administration-bfc-2019.csv",
        rows=4784,
        triples=34451,
        told={
            "INFO page-address": 4,
            "WARNING key": 1,
            "WARNING personal-address": 101,
        },
    ),
    "cog-communes": Case(
        "cog-2026/communes.json",
        rows=37590,
        triples=263381,
        told={
            "INFO row-without-triple": 1,
        },
    ),
    "cog-communes-bfc": Case(
        "cog-2026/communes-bfc.json",
        rows=3883,
        triples=27277,
        told={
            "INFO row-without-triple": 1,
        },
    ),
    "cog-epci": Case(
        "cog-2026/epci.json",
        rows=1255,
        triples=41124,
        told={},
    ),
    "cog-epci-bfc": Case(
        "cog-2026/epci-bfc.json",
        rows=116,
        triples=4393,
        told={},
    ),
    "cog-departements": Case(
        "cog-2026/departements.json",
        rows=109,
        triples=545,
        told={},
    ),
    "cog-regions": Case(
        "cog-2026/regions.json",
        rows=26,
        triples=130,
        told={},
    ),
}


@cache
def known():
    """Return the shipped ontology, territories and census in one store."""
    store = ox.Store()
    folders = {
        "ontologie": [ROOT / "ontology/spnr.ttl", *(ROOT / "ontology/voc").iterdir()],
        "territoires": (ROOT / "data/territoires").glob("*.ttl"),
        "recensement": (ROOT / "data/recensement").glob("*.ttl"),
    }
    for name, paths in folders.items():
        graph = ox.NamedNode(f"{PREFIXES['graph']}reference/{name}")
        for path in paths:
            store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def asked(store, text):
    """Return the rows of a SELECT over all graphs as plain values."""
    rows = store.query(text, use_default_graph_as_union=True)
    return [tuple(None if cell is None else cell.value for cell in row) for row in rows]


@cache
def context():
    """Return what cells are compared with."""
    return Context(
        places=Places.ask(lambda query: asked(known(), query.text)),
        partner="essai",
        concepts=Concepts.ask(lambda query: asked(known(), query.text)),
    )


@cache
def shipped():
    """Return the formats of the project."""
    return formats(Project(ROOT))


@cache
def read(path):
    """Read a file; return what was read of it, and its N-Triples, each once."""
    found = read_table(
        path, label=path.name, formats=shipped(), context=context(), graph=GRAPH
    )
    with found.ntriples as stream:
        return found, tuple(sorted(set(stream)))


def told(path):
    """Return how many findings a file has: severity and rule → number."""
    findings = read(path)[0].findings
    return Counter(f"{f.severity.name} {f.shape.rpartition('#')[2]}" for f in findings)


def real(case):
    """Return a file of the partners' open data."""
    return needs.realdata(*REAL[case].file.split("/"))


def holding(*paths):
    """Return a store of what is shipped and of what files give, each its graph."""
    store = ox.Store()
    store.extend(known())
    for number, path in enumerate(paths):
        graph = ox.NamedNode(f"{GRAPH}-{number}")
        lines = b"".join(read(path)[1])
        store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    return store


def given(path, pattern):
    """Return the answers to a SELECT over what a file alone gives."""
    store = ox.Store()
    store.bulk_load(b"".join(read(path)[1]), format=ox.RdfFormat.N_TRIPLES)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return asked(store, prefixes + pattern)


def answers(store, name, **arguments):
    """Return the rows of a question of the library, IRIs shortened."""
    query = sparql.parse((ROOT / f"queries/{name}.rq").read_text("utf-8"), name=name)
    text = sparql.bind(query, arguments).text
    rows = asked(store, text)
    return [tuple(cell and shorten(cell) for cell in row) for row in rows]


def raw(path, delimiter=",", before=0):
    """Return the rows of a CSV file as they stand."""
    text = path.read_text("utf-8-sig").split("\n", before)[before]
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize("case", REAL)
def test_a_real_file_is_recognised_and_gives_what_it_holds(case):
    path, expected = real(case), REAL[case]

    found, lines = read(path)

    assert found.format.name in case
    assert (found.rows, len(lines)) == (expected.rows, expected.triples)
    assert told(path) == expected.told


@pytest.mark.parametrize("case", REAL)
def test_no_shape_refuses_what_a_real_file_gives(case):
    store = holding(real(case))
    shapes = Shapes.parse((ROOT / "ontology/shapes.ttl").read_text("utf-8"))

    found = shapes.check(store, source="essai", graph=f"{GRAPH}-0")

    assert [f for f in found if f.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_file_gives_exactly_its_description(name, *, update_golden):
    found, lines = read(INVENTED[name])
    output = io.BytesIO()
    turtle.write(lines, output)
    golden = GOLDEN / f"{name}.ttl"
    if update_golden:
        golden.write_bytes(output.getvalue())

    assert found.format.name == name
    assert output.getvalue().decode() == golden.read_text("utf-8")


def test_every_format_has_an_invented_file():
    assert set(INVENTED) == set(shipped()) - {"classeur"}


def test_a_description_says_what_a_reader_needs():
    lacking = [
        (name, word)
        for name, form in shipped().items()
        for word in ("description", "description_en", "homepage", "source", "licence")
        if name != "classeur" and not form.options.get(word)
    ]

    assert lacking == []


def test_a_column_that_is_kept_says_what_it_is_with_an_example():
    lacking = [
        (name, field.name, word)
        for name, form in shipped().items()
        for resource in form.resources
        for field in resource.fields
        for word in ("title", "title_en", "description", "description_en", "example")
        if not field.options.get(word) and (field.kind, word) != ("ignore", "example")
    ]

    assert lacking == []


@pytest.mark.parametrize("name", OFFICIAL)
def test_constraints_are_those_of_the_official_schema(name):
    path = needs.realdata(*OFFICIAL[name].split("/"))
    official = json.loads(path.read_text("utf-8"))["fields"]
    ours = {f.name: f.options.get("constraints", {}) for f in fields_of(name)}

    lost = {
        (field["name"], word)
        for field in official
        for word, limit in field.get("constraints", {}).items()
        if word != "required" and ours[field["name"]].get(word) != limit
    }

    assert lost == set()


def fields_of(name):
    """Return the columns of a format of one table."""
    return shipped()[name].resources[0].fields


def test_what_the_national_standard_requires_is_asked_for_and_only_its_key_refuses():
    required = {
        f.name: f.severity for f in fields_of("mediation-numerique") if f.required
    }

    assert required == {
        "id": "violation",
        "pivot": "warning",
        "nom": "violation",
        "commune": "warning",
        "code_postal": "warning",
        "adresse": "warning",
        "date_maj": "warning",
    }


def test_a_file_of_the_same_package_without_a_format_is_told_so():
    path = needs.realdata("cog-2026", "arrondissements.json")

    with pytest.raises(DataError, match="no known format"):
        read(path)


@pytest.mark.parametrize("case", REAL)
def test_no_personal_address_and_no_mobile_number_enters(case):
    text = b"".join(read(real(case))[1]).decode()

    assert "adresse-masquee" not in text
    assert re.findall(r'"(?:\+33|0)[67]\d{8}"|0[67](?: \d\d){4}', text) == []


# Territories -----------------------------------------------------------------------


@pytest.mark.parametrize("case", ["cog-communes", "cog-epci"])
def test_territories_of_the_region_are_those_of_the_reference(case):
    """What national files say of what the reference describes, it says too."""
    reference = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in known().quads_for_pattern(None, None, None, None)
    }
    subjects = {subject for subject, _, _ in reference}
    store = ox.Store()
    store.bulk_load(b"".join(read(real(case))[1]), format=ox.RdfFormat.N_TRIPLES)
    said = {(str(q.subject), str(q.predicate), str(q.object)) for q in store}

    common = {triple for triple in said if triple[0] in subjects}

    assert (
        len({s for s, _, _ in common}) == {"cog-communes": 4019, "cog-epci": 3801}[case]
    )
    assert common - reference == set()


def test_a_code_that_a_present_commune_bears_is_never_withdrawn():
    rows = given(
        real("cog-communes"), "SELECT ?c { ?c a igeo:Commune ; owl:deprecated true }"
    )

    assert rows == []


# Actors ------------------------------------------------------------------------


def test_an_organisation_has_one_name_whichever_file_tells_of_it():
    """131 common SIRET are those of 122 bodies: as many common actors."""
    files = [
        real("conseillers-numeriques-permanences"),
        real("data-inclusion-structures"),
    ]
    numbers = [{row["pivot"] for row in json.loads(p.read_text())} for p in files]
    common = (numbers[0] & numbers[1]) - {"0" * 14}
    actors = [
        {iri for (iri,) in given(p, "SELECT DISTINCT ?a { ?a a spnr:Actor }")}
        for p in files
    ]

    assert len(common) == 131
    assert {f"{PREFIXES['acteur']}siren-{n[:9]}" for n in common} <= actors[0] & actors[
        1
    ]
    assert len(actors[0] & actors[1]) == 122


def test_every_actor_of_a_number_bears_it_in_its_name():
    for case in REAL:
        rows = given(real(case), "SELECT ?a ?n { ?a spnr:siren ?n }")
        assert [a for a, n in rows if a != f"{PREFIXES['acteur']}siren-{n}"] == []


@pytest.mark.parametrize(
    "case", ["conseillers-numeriques-structures", "conseillers-numeriques-permanences"]
)
def test_the_state_and_the_programme_are_those_of_the_census(case):
    """Same IRI, same names: the file adds none to what the census says of them."""
    names = """SELECT DISTINCT ?thing ?name {
      VALUES ?thing {
        acteur:local-recensement-etat initiative:conseillers-numeriques-france-services
      }
      ?thing skos:prefLabel ?name
    }"""
    prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())

    said = set(given(real(case), names))

    assert said
    assert said <= set(asked(known(), prefixes + names))


def test_types_read_in_a_siren_are_those_of_the_census():
    """The first two digits of the SIREN of a local authority tell what it is."""
    prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())
    rows = asked(
        known(),
        prefixes + "SELECT ?n ?t { ?a spnr:siren ?n ; org:classification ?t }",
    )
    told_by = {
        "21": "type-acteur:commune",
        "22": "type-acteur:departement",
        "23": "type-acteur:region",
        "24": "type-acteur:intercommunalite",
    }
    numbered = [(n[:2], shorten(t)) for n, t in rows if n[:2] in told_by]

    assert len(numbered) == 29
    assert [each for each in numbered if told_by[each[0]] != each[1]] == []


# Money -------------------------------------------------------------------------


def test_funded_posts_and_sums_are_those_of_the_file():
    path = real("conseillers-numeriques-structures")

    rows = given(
        path,
        """SELECT ?role (COUNT(?p) AS ?n) (SUM(?euros) AS ?sum) (SUM(?posts) AS ?fte) {
          ?p cv:role ?role .
          OPTIONAL { ?p spnr:amountEUR ?known }
          OPTIONAL { ?p spnr:effortFTE ?effort }
          BIND(COALESCE(?known, 0) AS ?euros)
          BIND(COALESCE(?effort, 0) AS ?posts)
        } GROUP BY ?role""",
    )

    assert {shorten(role): tuple(map(Decimal, rest)) for role, *rest in rows} == {
        "role:financeur": (156, 11_495_802, 0),
        "role:beneficiaire": (156, 11_495_802, 0),
        "role:operateur": (156, 0, 235),
    }


def test_grants_of_a_real_file_add_up_to_its_amounts():
    path = real("scdl-subventions")
    amounts = sum(Decimal(row["montant"]) for row in raw(path))

    rows = given(
        path, "SELECT ?euros { ?p cv:role role:financeur ; spnr:amountEUR ?euros }"
    )

    assert sum(Decimal(euros) for (euros,) in rows) == amounts


def test_a_real_file_with_wrong_numbers_of_grantors_is_refused():
    path = needs.realdata(
        "financements", "scdl-subventions-exemple-invalide-cellules.csv"
    )

    found, lines = read(path)

    assert (found.format.name, found.rows, lines) == ("scdl-subventions", 29, ())
    assert told(path) == {
        "VIOLATION no-triple": 1,
        "VIOLATION siret-check-digit": 28,
        "VIOLATION siret-length": 1,
        "WARNING enum": 4,
        "WARNING maximum": 3,
        "WARNING not-a-date": 1,
        "WARNING not-a-period": 1,
        "WARNING required": 1,
        "WARNING rna-length": 3,
        "WARNING siret-check-digit": 20,
    }


def test_a_refused_request_is_no_grant():
    rows = given(
        INVENTED["scdl-subventions"],
        "SELECT ?i { ?s a spnr:Initiative ; dcterms:identifier ?i }",
    )

    assert rows == [("2024-0391",)]


def test_two_partners_who_disagree_on_a_grant_are_seen(tmp_path):
    """CQ23: the grantor's file and another's tell of the same participation."""
    other = tmp_path / "autre.csv"
    text = INVENTED["scdl-subventions"].read_text("utf-8")
    other.write_text(text.replace("12000.40", "11000.00"), encoding="utf-8")

    rows = answers(
        holding(INVENTED["scdl-subventions"], other), "desaccords-de-montants"
    )

    cle = "participation:subvention-229999990-2024-0391--"
    assert [
        (objet.removeprefix(cle), low, high) for objet, _, _, low, _, high in rows
    ] == [
        ("local-essai-les-amis-de-l-orme--beneficiaire", "2750", "3000.1"),
        ("siren-123456782--beneficiaire", "8250", "9000.3"),
        ("siren-229999990--financeur", "11000", "12000.4"),
    ]


# Coverage ----------------------------------------------------------------------


def coverage():
    """Return the rows of the real file of coverage."""
    return raw(real("arcep-debit-commune"), ";", before=1)


def share(row, *classes):
    """Return the share of premises in classes of speed, in per cent."""
    count = Decimal(sum(int(row[name]) for name in classes)) * 100 / int(row["nbr"])
    return count.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_classes_of_speed_exclude_one_another():
    """The mapping adds them up: each counts premises that no other counts."""
    names = ["inel_hd", "elig_hd05", "elig_hd3", "elig_hd8"]
    names += ["elig_thd30", "elig_thd100", "elig_thd1g"]

    assert {sum(int(r[n]) for n in names) - int(r["nbr"]) for r in coverage()} == {0}


def test_rates_of_coverage_are_those_of_the_file():
    rows = given(
        real("arcep-debit-commune"),
        """SELECT ?area ?tech ?rate { ?o sdmx-dimension:refArea ?area ;
          spnr:technology ?tech ; spnr:coverageRate ?rate }""",
    )
    expected = {}
    for row in coverage():
        if row["nbr"] != "0":
            area = f"territoire:com-{row['code_insee']}"
            expected[area, "technologie:ftth"] = share(row, "elig_thd1g")
            expected[area, "technologie:fixe"] = share(
                row, "elig_thd30", "elig_thd100", "elig_thd1g"
            )

    assert len(rows) == len(expected) == 2 * (3734 - 29)
    assert {(shorten(a), shorten(t)): Decimal(r) for a, t, r in rows} == expected


def test_coverage_of_a_departement_is_that_of_its_premises():
    """CQ15: from the rates of the communes, merged ones included, at their weight."""
    totals = Counter()
    for row in coverage():
        totals[row["code_dep"], "all"] += int(row["nbr"])
        totals[row["code_dep"], "fibre"] += int(row["elig_thd1g"])
    expected = {
        code: Decimal(totals[code, "fibre"]) * 100 / totals[code, "all"]
        for code, kind in totals
        if kind == "all"
    }

    rows = answers(holding(real("arcep-debit-commune")), "derniere-couverture")

    assert len(rows) == 8
    for departement, base, rate, day in rows:
        code = departement.removeprefix("territoire:dep-")
        assert (base, day) == ("base-couverture:locaux", "2019-09-30")
        assert abs(Decimal(rate) - expected[code]) < Decimal("0.02")


def test_communes_with_little_coverage_are_found():
    """CQ16: those below the threshold, but where an initiative works on access."""
    low = {
        f"territoire:com-{row['code_insee']}"
        for row in coverage()
        if row["nbr"] != "0" and share(row, "elig_thd1g") < 10
    }

    rows = answers(
        holding(real("arcep-debit-commune")),
        "couverture-faible-sans-initiative",
        seuil=Literal(Decimal(10)),
        technologie=URIRef(str(expand("technologie:ftth"))),
    )

    found = {area for area, *_ in rows}
    assert found <= low
    assert sorted(low - found) == []


def test_no_two_places_of_one_partner_share_a_name():
    """Numbers of several files overlap: only files that share records share names."""
    ids = {}
    for case in REAL:
        rows = given(
            real(case),
            "SELECT ?i { ?i a spnr:Initiative ; dcterms:type ?t "
            "FILTER(?t != type-initiative:programme) }",
        )
        ids[case] = {iri for (iri,) in rows}
    shared = {
        (one, other): len(ids[one] & ids[other])
        for one, other in combinations(REAL, 2)
        if ids[one] & ids[other]
    }

    cases = ("conseillers-numeriques-permanences", "data-inclusion-structures")
    assert shared == {cases: 145}
