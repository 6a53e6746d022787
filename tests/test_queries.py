"""The forty questions: headers, golden answers in two engines, answers on real data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Dataset
from rdflib.term import Identifier, Literal, URIRef

from spnr_graph import sparql
from spnr_graph.namespaces import shorten
from spnr_graph.operations.query import find, prepare
from spnr_graph.project import open_project
from spnr_graph.sparql import Query
from spnr_graph.store import Store, open_store
from tests.questions import catalogue_of_questions
from tests.small import reference

PROJECT = open_project()
NAMES = tuple(PROJECT.queries)
GOLDEN = Path(__file__).parent / "golden" / "queries"
DOCS = Path(__file__).parents[1] / "docs" / "queries.md"
COMPETENCIES = {f"CQ{n}" for n in range(1, 26)} | {f"CO{n}" for n in range(1, 19)}


@pytest.fixture(scope="session")
def small_reference(small: Store) -> Dataset:
    """The small graph in rdflib."""
    return reference(small)


@pytest.fixture(scope="session")
def real(catalogue_store: str) -> Iterable[Store]:
    """The whole catalogue."""
    with open_store(catalogue_store, read_only=True) as store:
        yield store


def bound(store: Store, name: str) -> Query:
    """Return a question with the arguments of its golden answer."""
    path = GOLDEN / f"{name}.args"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    arguments = dict(line.split("=", 1) for line in lines)
    return prepare(store, find(name, PROJECT), arguments)


def cell(term: Identifier | None) -> str:
    """Write a term so that two engines agree: 1.50 and 1.5 are one number."""
    if term is None:
        return ""
    if isinstance(term, Literal) and isinstance(term.toPython(), int | Decimal):
        number = Decimal(str(term)) if not isinstance(term.toPython(), bool) else term
        return f"{number.normalize():f}" if isinstance(number, Decimal) else str(term)
    return shorten(term) if isinstance(term, URIRef) else str(term)


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[Identifier | None]]) -> str:
    """Return rows as CSV text."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(term) for term in row] for row in rows)
    return output.getvalue()


def test_every_competency_question_has_its_file() -> None:
    found = [find(name, PROJECT).header.competency for name in NAMES]

    assert sorted(found) == sorted(COMPETENCIES)


@pytest.mark.parametrize("name", NAMES)
def test_header_is_complete(name: str) -> None:
    query = find(name, PROJECT)
    header = query.header

    assert set(header.question) == {"fr", "en"}
    assert header.question["fr"].endswith(" ?")
    assert header.question["en"].endswith("?")
    assert tuple(column.name for column in header.columns) == query.columns
    required = {p.name for p in header.parameters if p.required}
    assert required <= set(header.example or ())
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("name", NAMES)
def test_text_runs_as_it_is_without_arguments(name: str) -> None:
    assert sparql.parse(PROJECT.query_text(name), name=name).form == "select"


@pytest.mark.parametrize("name", NAMES)
def test_small_graph_gives_the_golden_answer(
    name: str, small: Store, *, update_golden: bool
) -> None:
    query = bound(small, name)
    answer = as_csv(query.columns, small.select(query))
    path = GOLDEN / f"{name}.csv"
    if update_golden:
        path.write_text(answer, encoding="utf-8")

    assert answer == path.read_text(encoding="utf-8")
    assert len(answer.splitlines()) > 1


# rdflib 7.6 warns of its own use of Dataset.default_context.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_golden_answer(
    name: str, small: Store, small_reference: Dataset
) -> None:
    query = bound(small, name)

    rows = [tuple(row) for row in small_reference.query(query.text)]

    golden = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")
    assert as_csv(query.columns, rows) == golden


@pytest.mark.parametrize("name", NAMES)
def test_optional_arguments_may_all_be_left_out(name: str, small: Store) -> None:
    query = find(name, PROJECT)
    parameters = query.header.parameters
    needed = {p.name for p in parameters if p.required}
    lines = (GOLDEN / f"{name}.args").read_text(encoding="utf-8") if needed else ""
    given = dict(line.split("=", 1) for line in lines.splitlines())

    least = prepare(small, query, {name: given[name] for name in needed})

    assert "UNDEF" not in least.text
    assert len(small.select(least).table()) > 0 or name == "defis-sans-pilote"


@pytest.mark.parametrize("name", NAMES)
def test_real_data_answer_or_the_header_says_why_not(name: str, real: Store) -> None:
    query = find(name, PROJECT)

    rows = real.select(prepare(real, query, query.header.example or {})).table()

    assert bool(rows.rows) != bool(query.header.empty)


def test_documentation_of_the_questions_is_current(*, update_golden: bool) -> None:
    text = catalogue_of_questions(PROJECT)
    if update_golden:
        DOCS.write_text(text, encoding="utf-8")

    assert text == DOCS.read_text(encoding="utf-8")
