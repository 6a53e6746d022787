"""Who is late, by how much, and whose harvest fails since when."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import URIRef

from spnr_graph.catalogue import Source
from spnr_graph.harvest import Outcome, note
from spnr_graph.namespaces import BASE, CATALOGUE_GRAPH
from spnr_graph.operations.freshness import FREQUENCIES, frequency, freshness
from spnr_graph.operations.info import Info, info
from spnr_graph.operations.inventory import INFO
from spnr_graph.project import Project
from spnr_graph.store import open_store

EU = "http://publications.europa.eu/resource/authority/frequency/"
GRAPH = f"{BASE}graph/contribution/arnia/lieux"
TODAY = date(2026, 11, 23)


def source(code: str, day: date | None = None, **more: object) -> Source:
    iri = EU + code if code else ""
    return Source(graph=GRAPH, name="lieux", frequency=iri, date=day, **more)


def failing(day: int, state: str = "unreachable", **more: object) -> Outcome:
    return Outcome(
        distribution=f"{GRAPH}#{day}",
        graph=GRAPH,
        state=state,
        attempted=datetime(2026, 11, 22, 8, tzinfo=UTC),
        failing=datetime(2026, 11, day, 8, tzinfo=UTC),
        **more,
    )


# --- Judgement ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "day", "late"),
    [
        ("DAILY", date(2026, 11, 22), 0),
        ("DAILY", date(2026, 11, 20), 0),
        ("DAILY", date(2026, 11, 19), 3),
        ("WEEKLY", date(2026, 11, 13), 0),
        ("WEEKLY", date(2026, 11, 12), 4),
        ("MONTHLY", date(2026, 10, 16), 0),
        ("MONTHLY", date(2026, 10, 15), 8),
        ("ANNUAL", date(2025, 11, 1), 0),
        ("ANNUAL", date(2024, 11, 23), 364),
        ("IRREG", date(1999, 1, 1), 0),
        ("UNKNOWN", date(1999, 1, 1), 0),
        ("NO_SUCH_CODE", date(1999, 1, 1), 0),
        ("", date(1999, 1, 1), 0),
        ("DAILY", None, 0),
        ("DAILY", date(2027, 1, 1), 0),
    ],
)
def test_a_source_is_late_beyond_its_promise_and_a_tolerance(
    code: str, day: date | None, late: int
) -> None:
    assert freshness(source(code, day), [], TODAY).late == late


@given(st.sampled_from(sorted(FREQUENCIES)), st.integers(-10, 20_000))
def test_a_source_is_never_late_within_its_promise(code: str, age: int) -> None:
    promised = FREQUENCIES[code]
    day = date.fromordinal(TODAY.toordinal() - age)

    late = freshness(source(code, day), [], TODAY).late

    if promised.days is None or age <= promised.days + promised.tolerance:
        assert late == 0
    else:
        assert late == age - promised.days > 0


def test_frequencies_have_two_names_and_a_tolerance_where_they_promise() -> None:
    for each in FREQUENCIES.values():
        assert each.fr
        assert each.en
        assert (each.tolerance > 0) == (each.days is not None)


def test_a_frequency_of_another_table_promises_nothing() -> None:
    assert frequency("urn:often").text("fr") == "urn:often"
    assert frequency("urn:often").days is None
    assert frequency("").text("en") == "not stated"


def test_the_last_change_is_the_latest_that_is_known() -> None:
    seen = Outcome(
        distribution="urn:d",
        graph=GRAPH,
        state="loaded",
        attempted=datetime(2026, 11, 22, tzinfo=UTC),
        changed=datetime(2026, 11, 2, 23, tzinfo=UTC),
    )
    stated = source("MONTHLY", date(2026, 8, 1))
    loaded = source("MONTHLY", None, loaded=datetime(2026, 11, 1, tzinfo=UTC))

    assert freshness(stated, [seen], TODAY).updated == date(2026, 11, 2)
    assert freshness(stated, [], TODAY).updated == date(2026, 8, 1)
    assert freshness(loaded, [], TODAY).updated == date(2026, 11, 1)
    assert freshness(loaded, [seen], TODAY).checked == seen.attempted


def test_a_date_with_a_time_counts_as_its_day() -> None:
    stated = source("DAILY", datetime(2026, 11, 1, 23, 59, tzinfo=UTC))

    assert freshness(stated, [], TODAY).age == 22


def test_the_failure_that_lasts_longest_is_told() -> None:
    refused = datetime(2026, 11, 5, tzinfo=UTC)
    found = [failing(9), failing(3, "refused", refused=refused), failing(7)]

    fresh = freshness(source("IRREG"), found, TODAY)

    assert fresh.trouble == found[1]
    assert fresh.refused == refused


# --- What is shown --------------------------------------------------------------------

CATALOGUE = f"""@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{GRAPH}> dcterms:identifier "lieux" ; <http://rdfs.org/ns/void#triples> 2 ;
    dcterms:modified "2026-08-01"^^xsd:date ; dcterms:publisher <urn:arnia> ;
    dcterms:accrualPeriodicity <{EU}MONTHLY> ; dcterms:source <urn:document> .
<urn:arnia> <http://www.w3.org/2004/02/skos/core#prefLabel> "ARNia | agence"@fr .
"""


def ntriples(turtle: str) -> io.BytesIO:
    triples = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    return io.BytesIO(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))


@pytest.fixture
def described(tmp_path: Path) -> Info:
    """A late source whose address is down, and one of which nothing ever came."""
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "queries" / "internal").symlink_to(
        Path(__file__).parents[1] / "queries" / "internal"
    )
    catalogue = f"""@prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    <urn:jamais> a dcat:Dataset ; dcterms:identifier "jamais" ;
      dcterms:publisher <urn:arnia> ; dcterms:accrualPeriodicity <{EU}DAILY> ;
      dcat:distribution <urn:jamais/1> .
    <urn:jamais/1> dcat:downloadURL <https://exemple.invalid/x.csv> .
    <urn:autre> a dcat:Dataset ; dcterms:identifier "autre" ;
      dcterms:publisher <urn:arnia> ; dcat:distribution <urn:autre/1> .
    <urn:autre/1> dcat:downloadURL <https://exemple.invalid/y.csv> .
    """
    (tmp_path / "data" / "catalogue.ttl").write_text(catalogue, encoding="utf-8")
    with open_store("memory:") as store:
        store.replace(URIRef(CATALOGUE_GRAPH), ntriples(CATALOGUE))
        store.replace(URIRef(GRAPH), ntriples("<urn:a> <urn:b> <urn:c> , 'd' ."))
        refused = datetime(2026, 10, 30, 8, tzinfo=UTC)
        down = {"fr": "ne répond pas", "en": "does not answer"}
        never = {"state": "failed", "fr": "page web", "en": "web page"}
        note(store, [failing(20, refused=refused, **down)])
        note(
            store,
            [
                Outcome(
                    distribution="urn:jamais/1",
                    graph="urn:jamais",
                    attempted=datetime(2026, 11, 22, tzinfo=UTC),
                    failing=datetime(2026, 11, 21, tzinfo=UTC),
                    **never,
                )
            ],
        )
        return info(store, project=Project(tmp_path))


def test_text_says_who_is_late_and_unreachable_since_when_and_why(
    described: Info,
) -> None:
    text = INFO["text"](described, lang="fr", today=TODAY)

    assert text.splitlines()[:12] == [
        "Entrepôt : memory:",
        "",
        "source  éditeur         licence  triplets  constats",
        "lieux   ARNia | agence                  2",
        "jamais  ARNia | agence                  0",
        "",
        "source  fréquence    dernier changement  état",
        "lieux   mensuelle    2026-08-01          en retard de 83 jours, injoignable "
        "depuis le 2026-11-20",
        "jamais  quotidienne                      livraison illisible depuis le "
        "2026-11-21",
        "  lieux : ne répond pas",
        "  lieux : dernière livraison refusée le 2026-10-30",
        "  jamais : page web",
    ]


def test_english_says_the_same(described: Info) -> None:
    lines = INFO["text"](described, lang="en", today=TODAY).splitlines()

    assert "83 days late, unreachable since 2026-11-20" in lines[7]
    assert lines[9:12] == [
        "  lieux: does not answer",
        "  lieux: last refused 2026-10-30",
        "  jamais: web page",
    ]


def test_json_and_csv_hold_the_same_with_stable_keys(described: Info) -> None:
    value = json.loads(INFO["json"](described, lang="fr", today=TODAY))
    table = list(
        csv.reader(io.StringIO(INFO["csv"](described, lang="fr", today=TODAY)))
    )

    first = value["sources"][0]
    assert first == {
        "name": "lieux",
        "publisher": "ARNia | agence",
        "licence": "",
        "document": "urn:document",
        "date": "2026-08-01",
        "age_days": 114,
        "frequency": "mensuelle",
        "updated": "2026-08-01",
        "late_days": 83,
        "state": "en retard de 83 jours, injoignable depuis le 2026-11-20",
        "checked": "2026-11-22T08:00:00+00:00",
        "failing_since": "2026-11-20T08:00:00+00:00",
        "error": "ne répond pas",
        "last_refused": "2026-10-30T08:00:00+00:00",
        "triples": 2,
        "loaded": "",
        "version": "",
        "findings": "",
        "graph": GRAPH,
    }
    assert table[1] == [str(each) for each in first.values()]
    assert [row[0] for row in table] == ["source", "lieux", "jamais"]


def test_markdown_keeps_its_columns(described: Info) -> None:
    lines = INFO["markdown"](described, lang="fr", today=TODAY).splitlines()

    bars = {line.replace("\\|", "").count("|") for line in lines[:4]}
    assert bars == {20}
    assert "ARNia \\| agence" in lines[2]


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [
        ("IRREG", None, ("sans échéance", "nothing promised")),
        ("DAILY", None, ("date inconnue", "date unknown")),
        ("DAILY", TODAY, ("à jour", "on time")),
        ("DAILY", date(2026, 11, 19), ("en retard de 3 jours", "3 days late")),
    ],
)
def test_the_state_of_a_source_is_one_of_few(
    code: str, day: date | None, said: tuple[str, str], described: Info
) -> None:
    alone = Info(**{**vars(described), "sources": (source(code, day),), "outcomes": ()})

    states = [
        json.loads(INFO["json"](alone, lang=lang, today=TODAY))["sources"][0]["state"]
        for lang in ("fr", "en")
    ]

    assert tuple(states) == said
