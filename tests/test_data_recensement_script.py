"""The script of the census, on tables of its own: what it makes, what it refuses."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.errors import DataError
from tests.reading import DATA, script

build = script("recensement")

TABLES = {
    "actors": [
        "ville,Ville,V,commune,212500565,,25056,union,https://e.fr/a,stated",
        "union,Union,,intercommunalite,242500361,https://e.fr,25,,https://e.fr/a,stated",
        "club,Club,,association,,,21;71,,https://e.fr/a,inferred",
    ],
    "initiatives": [
        "bus,Bus,service,inclusion,formation,citoyens,Bourgogne,2020,2021-02,5,"
        "en cours,https://e.fr/é,,https://e.fr/a,stated",
    ],
    "participations": [
        "bus,ville,pilote,2019,2020-06,70,https://e.fr/a,stated",
        "bus,ville,pilote,2021-03,,,https://e.fr/a,stated",
        "bus,club,fournisseur,,,,https://e.fr/a,inferred",
    ],
    "sources": ["https://e.fr/a,Page,Éditeur,2020-02"],
    "libelles": ["initiative:bus,Bus numérique,Digital bus"],
    "notes": ["participation:bus--club--fournisseur,editorialNote,À vérifier.,,"],
}


@pytest.fixture
def small(tmp_path):
    """Write small tables, with lines in place of the usual ones, and read them."""

    def write(**replaced):
        for name, lines in (TABLES | replaced).items():
            header = build.read.__globals__["COLUMNS"][name].replace(" ", ",")
            text = "\r\n".join([header, *lines, ""])
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        terms = DATA / "recensement" / "correspondances.csv"
        (tmp_path / terms.name).write_bytes(terms.read_bytes())
        return build.read(tmp_path, tmp_path)

    return write


def test_a_small_census_makes_exactly_these_statements(small, tmp_path, capsys):
    built = build.graphs(small())
    build.write(built, tmp_path)
    golden = Path(__file__).parent / "fixtures" / "recensement"

    made = {name: (tmp_path / name).read_text(encoding="utf-8") for name in built}
    expected = {p.name: p.read_text(encoding="utf-8") for p in golden.glob("*.ttl")}
    assert made == expected
    assert "participations.ttl: 3 subjects" in capsys.readouterr().out


def test_repeated_participations_are_told_apart_by_their_first_year(small):
    graph = build.graphs(small())["participations.ttl"]

    assert sorted(str(s).rpartition("/")[2] for s in set(graph.subjects())) == [
        "bus--local-recensement-club--prestataire",
        "bus--siren-212500565--porteur--2019",
        "bus--siren-212500565--porteur--2021",
    ]


ACTOR = "club,Club,,association,,,21,,https://e.fr/a,stated"
PART = "bus,club,pilote,,,,https://e.fr/a,stated"


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("actors", ACTOR.replace("association", "secte"), "type : « secte »"),
        ("actors", ACTOR.replace("21", "Atlantide"), "territory : « Atlantide »"),
        ("actors", ACTOR.replace("21,,", "21,loge,"), "id : « loge »"),
        ("actors", ACTOR.replace("fr/a", "fr/b"), "source_url : « https://e.fr/b »"),
        ("actors", ACTOR.replace("stated", "rumeur"), "confidence : « rumeur »"),
        ("participations", PART.replace("pilote", "ami"), "role : « ami »"),
        ("participations", PART.replace("club", "loge"), "id : « loge »"),
        ("participations", PART.replace("bus", "car"), "id : « car »"),
        ("participations", PART.replace(",,,,", ",2020-13,,,"), "date : « 2020-13 »"),
        ("participations", PART.replace(",,,,", ",,,-3,"), "amount : « -3 »"),
        ("sources", "https://e.fr/c,Page,Éditeur,hier", "date : « hier »"),
        ("libelles", "acteur:loge,Loge,", "id : « acteur:loge »"),
        ("notes", "acteur:loge,scopeNote,Ici.,,", "id : « acteur:loge »"),
        ("notes", "acteur:club,blame,Honte.,,", "property : « blame »"),
        ("actors", "club,Club", "actors.csv : « club,Club »"),
    ],
)
def test_a_value_that_is_not_known_is_refused(small, table, line, said):
    with pytest.raises(DataError) as refused:
        build.graphs(small(**{table: [*TABLES[table], line]}))

    assert said in refused.value.fr
    assert "Corriger les faits" in refused.value.fr
    assert "Correct the facts" in refused.value.en


def test_a_repeated_row_is_refused(small):
    with pytest.raises(DataError, match="3 things") as refused:
        build.graphs(small(actors=[*TABLES["actors"], ACTOR]))

    assert refused.value.fr.startswith("actors.csv : 4 lignes décrivent 3 choses.")


def test_a_changed_header_is_refused(small, tmp_path):
    small()
    (tmp_path / "sources.csv").write_text("url\nhttps://e.fr/a\n", encoding="utf-8")

    with pytest.raises(DataError, match=r"sources\.csv: 'url' is not understood"):
        build.read(tmp_path, tmp_path)


def test_a_missing_table_stops_the_script_with_a_message(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        build.main([str(tmp_path)])

    assert stopped.value.code == 2
    assert "actors.csv : table illisible" in capsys.readouterr().err


def test_the_examples_of_the_script_hold():
    assert doctest.testmod(build) == (0, 2)


def test_a_prefix_that_is_not_known_is_refused():
    with pytest.raises(DataError, match="term: 'ovni:x'"):
        build.term("ovni:x")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_widening_a_month_gives_its_bounds(day):
    month = day.isoformat()[:7]
    first = date.fromisoformat(build.widen(month))
    last = date.fromisoformat(build.widen(month, end=True))

    assert first <= day <= last
    assert first.day == 1
    assert first.isoformat()[:7] == last.isoformat()[:7] == month
    assert last == date.max or (last + timedelta(days=1)).day == 1


@given(st.dates(min_value=date(1000, 1, 1)), st.booleans())
def test_widening_a_year_gives_its_bounds_and_a_day_stays(day, end):
    year = day.isoformat()[:4]

    assert build.widen(year, end=end) == f"{year}-{'12-31' if end else '01-01'}"
    assert build.widen(day.isoformat(), end=end) == day.isoformat()


@given(st.text(), st.booleans())
def test_widening_refuses_what_is_no_date(text, end):
    try:
        widened = build.widen(text, end=end)
    except DataError as refused:
        assert text in refused.fr  # noqa: PT017
    else:
        assert widened.startswith(text)


@pytest.mark.parametrize("text", ["", "2021-02-29", "0000", "2021-00", "21", "٢٠٢١"])
def test_widening_refuses_impossible_dates(text):
    with pytest.raises(DataError, match="date: "):
        build.widen(text)
