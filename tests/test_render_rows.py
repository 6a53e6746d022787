"""Rows in every format: the bytes of the engine, columns that fit, safe workbooks."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.term import BNode, Identifier, Literal, URIRef

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, PREFIXES
from spnr_graph.oxigraph import columns, from_rdflib, rows
from spnr_graph.render import cells, names, workbook
from spnr_graph.render.rows import WRITERS, write
from spnr_graph.table import Row, Solutions, Table

XSD = PREFIXES["xsd"]
ARNIA = URIRef(BASE + "id/acteur/arnia")
DIJON = URIRef(BASE + "id/acteur/siren-212102313")
MIDNIGHT = datetime(2026, 11, 23)  # noqa: DTZ001 - a sheet knows no time zone
MOMENT = datetime(2026, 11, 23, 10, 20, 30)  # noqa: DTZ001


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=URIRef(XSD + datatype), normalize=False)


def written(
    held: list[Row],
    format_name: str,
    *names: str,
    lang: str = "fr",
    width: int = 0,
    titles: dict[str, str] | None = None,
) -> bytes:
    output = io.BytesIO()
    table = Table(columns=names, rows=tuple(held))
    write(table, output, format_name, lang=lang, width=width, titles=titles)
    return output.getvalue()


def text(held: list[Row], *names: str, **options: object) -> str:
    return written(held, "table", *names, **options).decode()  # type: ignore[arg-type]


# The engine's own formats.

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LEXICAL = st.sampled_from(
    ["1", "+01", "-7", "1.5", ".5", "5.", "-0.0", "1e3", "1.E-7", "1e", "true",
     "TRUE", "0",
     "INF", "٣", "2026-11-23", "", " 1", "a\tb", 'a"b', "a,b", "a\r", "a\nb", "\\"]
)  # fmt: skip
IRI = st.sampled_from(
    ["urn:x", "https://exemple.fr/été?q=1;2", "https://w3id.org/spnr/a#b"]
)
DATATYPE = st.sampled_from(
    [XSD + n for n in ("integer", "decimal", "double", "float", "boolean", "date",
     "string",
                       "int", "token", "gYear")] + ["urn:type"]
)  # fmt: skip
TERM = st.one_of(
    st.none(),
    IRI.map(URIRef),
    st.sampled_from(["b0", "noeud"]).map(BNode),
    TEXT.map(Literal),
    st.builds(Literal, TEXT, lang=st.sampled_from(["fr", "en", "fr-be"])),
    st.builds(
        lambda lexical, iri: Literal(lexical, datatype=URIRef(iri), normalize=False),
        st.one_of(LEXICAL, TEXT),
        DATATYPE,
    ),
)


def engine_json(held: list[Row], variables: tuple[str, ...]) -> bytes:
    """Write rows as SPARQL results JSON, by the standard library alone."""
    bindings = []
    for row in held:
        bound = {}
        for name, term in zip(variables, row, strict=True):
            if isinstance(term, URIRef):
                bound[name] = {"type": "uri", "value": str(term)}
            elif isinstance(term, BNode):
                bound[name] = {"type": "bnode", "value": str(term)}
            elif isinstance(term, Literal):
                bound[name] = {"type": "literal", "value": str(term)}
                if term.language:
                    bound[name]["xml:lang"] = term.language
                elif term.datatype:
                    bound[name]["datatype"] = str(term.datatype)
        bindings.append(bound)
    document = {"head": {"vars": variables}, "results": {"bindings": bindings}}
    return json.dumps(document).encode()


@given(held=st.lists(st.tuples(TERM, TERM), max_size=4))
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize(
    ("name", "syntax"),
    [
        ("csv", ox.QueryResultsFormat.CSV),
        ("tsv", ox.QueryResultsFormat.TSV),
        ("json", ox.QueryResultsFormat.JSON),
    ],
)
def test_results_are_byte_for_byte_those_of_the_engine(
    name: str, syntax: ox.QueryResultsFormat, held: list[Row]
) -> None:
    variables = ("acteur", "montant")
    source = engine_json(held, variables)
    answer = ox.parse_query_results(source, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    same = ox.parse_query_results(source, ox.QueryResultsFormat.JSON)
    assert isinstance(same, ox.QuerySolutions)
    output = io.BytesIO()

    write(Solutions(columns=columns(same), rows=rows(same)), output, name)

    assert output.getvalue() == answer.serialize(format=syntax)


def test_an_iri_with_a_comma_stays_in_its_cell() -> None:
    """Oxigraph 0.5.13 forgets the quotes: its row has a cell too many."""
    held: list[Row] = [(URIRef("https://exemple.fr/a,2.html"), Literal("b"))]

    content = written(held, "csv", "page", "titre")

    assert content == b'page,titre\r\n"https://exemple.fr/a,2.html",b\r\n'
    source = engine_json(held, ("page", "titre"))
    answer = ox.parse_query_results(source, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    engine = answer.serialize(format=ox.QueryResultsFormat.CSV)
    assert engine == b"page,titre\r\nhttps://exemple.fr/a,2.html,b\r\n"


@pytest.mark.parametrize("name", ["csv", "tsv", "json"])
def test_no_row_and_no_column_are_written_as_the_engine_does(name: str) -> None:
    syntax = getattr(ox.QueryResultsFormat, name.upper())
    for query in ("SELECT ?a WHERE { FILTER(false) }", "SELECT * WHERE {}"):
        answer = ox.Store().query(query)
        same = ox.Store().query(query)
        assert isinstance(answer, ox.QuerySolutions)
        assert isinstance(same, ox.QuerySolutions)
        output = io.BytesIO()

        write(Solutions(columns=columns(same), rows=rows(same)), output, name)

        assert output.getvalue() == answer.serialize(format=syntax)


@given(held=st.lists(st.tuples(TERM), max_size=4))
@settings(max_examples=100, deadline=None)
def test_json_reads_back_as_the_same_terms(held: list[Row]) -> None:
    answer = ox.parse_query_results(
        written(held, "json", "a"), ox.QueryResultsFormat.JSON
    )
    assert isinstance(answer, ox.QuerySolutions)

    back = [solution["a"] for solution in answer]

    assert back == [None if row[0] is None else from_rdflib(row[0]) for row in held]


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "jsonl"])
def test_rows_stream(name: str) -> None:
    """The first bytes are out long before the last row is read."""
    output = io.BytesIO()
    seen: list[int] = []

    def source() -> Iterator[Row]:
        for place in range(10_000):
            seen.append(len(output.getvalue()))
            yield (Literal(f"ligne {place}"),)

    write(Solutions(columns=("a",), rows=source()), output, name)

    assert seen[0] < 100
    assert seen[5_000] > 40_000


def test_json_lines_hold_plain_values() -> None:
    held: list[Row] = [
        (
            ARNIA,
            typed("12", "integer"),
            typed("true", "boolean"),
            Literal("é", lang="fr"),
        ),
        (BNode("x"), typed("+01.50", "decimal"), typed("0", "boolean"), None),
        (None, typed("1E3", "double"), typed("peut-être", "boolean"), Literal('"\n')),
        (None, typed("INF", "double"), None, typed("2026-11-23", "date")),
    ]

    lines = written(held, "jsonl", "a", "b", "c", "d").decode().splitlines()

    assert lines == [
        '{"a": "https://w3id.org/spnr/id/acteur/arnia", "b": 12, "c": true, "d": "é"}',
        '{"a": "_:x", "b": 1.50, "c": false, "d": null}',
        '{"a": null, "b": 1e3, "c": false, "d": "\\"\\n"}',
        '{"a": null, "b": "INF", "c": null, "d": "2026-11-23"}',
    ]


@pytest.mark.parametrize(
    ("lexical", "spelt"),
    [
        ("0", "0"), ("-0", "-0"), ("007", "7"), ("1.", "1"), (".5", "0.5"), ("00.0",
        "0.0"),
        ("1.5E-7", "1.5e-7"), ("1e+06", "1e+06"), ("NaN", None), ("-INF", None), ("",
        None),
        ("+", None), (".", None), ("e5", None), ("E5", None), ("1 000", None), ("٣",
        None), ("0E0", "0e0"),
    ],
)  # fmt: skip
def test_numbers_are_spelt_as_json_does(lexical: str, spelt: str | None) -> None:
    assert cells.json_number(lexical) == spelt
    if spelt is not None:
        assert float(json.loads(spelt)) == float(lexical)


# The table.


def test_a_table_shortens_iris_aligns_numbers_and_counts_rows() -> None:
    held: list[Row] = [
        (
            ARNIA,
            typed("1500", "integer"),
            typed("1.5", "decimal"),
            typed("true", "boolean"),
        ),
        (DIJON, typed("7", "integer"), typed("12", "decimal"), None),
        (
            URIRef("https://exemple.fr/a/b"),
            None,
            typed("0.25", "decimal"),
            Literal("a"),
        ),
    ]

    assert text(held, "acteur", "n", "montant", "oui") == (
        "acteur                     n  montant  oui\n"
        "──────────────────────  ────  ───────  ───\n"
        "acteur:arnia            1500     1.5   oui\n"
        "acteur:siren-212102313     7    12\n"
        "https://exemple.fr/a/b           0.25  a\n"
        "\n"
        "3 lignes\n"
    )


def test_long_numbers_are_grouped_and_years_are_not() -> None:
    held: list[Row] = [
        (typed("699624000", "integer"), typed("2024", "integer")),
        (typed("-1500.5", "decimal"), typed("2025", "integer")),
        (typed("INF", "double"), None),
    ]

    french, english = text(held, "budget", "an"), text(held, "budget", "an", lang="en")

    assert french.splitlines()[2:5] == [
        "699\xa0624\xa0000    2024", "     -1\xa0500.5  2025", "        INF",
    ]  # fmt: skip
    assert english.splitlines()[2:4] == ["699,624,000    2024", "     -1,500.5  2025"]


@pytest.mark.parametrize(
    ("lang", "none", "one"),
    [("fr", "Aucune ligne.\n", "1 ligne"), ("en", "No row.\n", "1 row")],
)
def test_the_number_of_rows_is_said(lang: str, none: str, one: str) -> None:
    assert text([], "a", lang=lang) == none
    assert text([(ARNIA,)], "a", lang=lang).splitlines()[-1] == one


def test_wide_and_combining_characters_keep_columns_straight() -> None:
    held: list[Row] = [
        (Literal("区域"), Literal("x")),
        (Literal("e\u0301te\u0301"), Literal("y")),
    ]

    assert text(held, "a", "b").splitlines()[2:4] == ["区域  x", "e\u0301te\u0301   y"]
    assert cells.width("\u1112\u1161\u11ab") == 2  # a syllable in three parts
    assert cells.width("👍") == 2
    assert cells.width("a\u200db") == 2


def test_a_cell_is_one_line_that_cannot_command_the_terminal() -> None:
    held: list[Row] = [(Literal(" a\n\tb\x1b[31m\u202ec "),), (BNode("n"),)]

    assert text(held, "a").splitlines()[2:4] == ["a b\ufffd[31m\ufffdc", "_:n"]


LABELLED: list[Row] = [
    (ARNIA, Literal("Agence régionale du numérique"), typed("2", "integer")),
    (DIJON, Literal("Ville de Dijon"), typed("31", "integer")),
    (URIRef(BASE + "id/acteur/x"), Literal("acteur:x"), None),
]


def test_labels_have_a_title_of_their_own_where_there_is_room() -> None:
    assert text(LABELLED, "acteur", "acteur_libelle", "n", width=100) == (
        "acteur                  acteur (libellé)                n\n"
        "──────────────────────  ─────────────────────────────  ──\n"
        "acteur:arnia            Agence régionale du numérique   2\n"
        "acteur:siren-212102313  Ville de Dijon                 31\n"
        "acteur:x                acteur:x\n"
        "\n"
        "3 lignes\n"
    )


def test_labels_go_above_their_iris_where_there_is_not() -> None:
    assert text(
        LABELLED, "acteur", "acteur_libelle", "n", width=40, titles={"acteur": "Acteur"}
    ) == (
        "Acteur                          n\n"
        "─────────────────────────────  ──\n"
        "Agence régionale du numérique   2\n"
        "acteur:arnia\n"
        "\n"
        "Ville de Dijon                 31\n"
        "acteur:siren-212102313\n"
        "\n"
        "acteur:x\n"
        "\n"
        "3 lignes\n"
    )


def test_titles_of_labels_follow_those_of_their_columns() -> None:
    look = cells.Look(lang="en", titles={"acteur": "Actor"})

    assert look.title("acteur", ("acteur",)) == "Actor"
    assert look.title("acteur_libelle", ("acteur", "acteur_libelle")) == "Actor (label)"
    assert look.title("acteur_libelle", ("acteur_libelle",)) == "acteur_libelle"


def test_long_cells_are_folded_at_spaces_and_at_separators() -> None:
    held: list[Row] = [
        (Literal("Bus numérique de la Côte-d'Or et de la Nièvre"), Literal("a")),
        (URIRef("https://exemple.fr/un/chemin/assez/long/pour/cela"), Literal("b")),
        (Literal("x"), Literal("c")),
        (Literal("y"), Literal("d")),
    ]

    assert text(held, "quoi", "b", width=25) == (
        "quoi                    b\n"
        "──────────────────────  ─\n"
        "Bus numérique de la     a\n"
        "  Côte-d'Or et de la\n"
        "  Nièvre\n"
        "\n"
        "https://exemple.fr/un/  b\n"
        "  chemin/assez/long/\n"
        "  pour/cela\n"
        "\n"
        "x                       c\n"
        "\n"
        "y                       d\n"
        "\n"
        "4 lignes\n"
    )


def test_a_few_long_rows_do_not_spread_the_others() -> None:
    held: list[Row] = [(Literal("un texte qui est long"),), (ARNIA,), (ARNIA,)]

    assert text(held, "a", width=18) == (
        "a\n"
        "──────────────────\n"
        "un texte qui est\n"
        "  long\n"
        "acteur:arnia\n"
        "acteur:arnia\n"
        "\n"
        "3 lignes\n"
    )


def test_where_columns_would_be_too_narrow_rows_become_records() -> None:
    held: list[Row] = [
        (ARNIA, Literal("un assez long texte qui se plie"), typed("5", "integer")),
        (DIJON, None, None),
    ]

    assert text(held, "acteur", "texte", "n", width=30) == (
        "── Ligne 1 ───────────────────\n"
        "acteur  acteur:arnia\n"
        "texte   un assez long texte\n"
        "          qui se plie\n"
        "n       5\n"
        "\n"
        "── Ligne 2 ───────────────────\n"
        "acteur  acteur:siren-212102313\n"
        "\n"
        "2 lignes\n"
    )


@given(
    held=st.lists(st.tuples(TERM, TERM, TERM), min_size=1, max_size=5),
    room=st.integers(min_value=60, max_value=140),
)
@settings(max_examples=150, deadline=None)
def test_no_line_is_wider_than_the_terminal(held: list[Row], room: int) -> None:
    lines = text(held, "acteur", "acteur_libelle", "n", width=room).split("\n")

    assert max(map(cells.width, lines)) <= room


@given(value=TEXT, room=st.integers(min_value=2, max_value=9))
def test_folding_loses_nothing_but_spaces(value: str, room: int) -> None:
    parts, rest = [], value
    while rest:
        part, rest = cells.cut(rest, room)
        parts.append(part)

    assert "".join(parts).replace(" ", "") == value.replace(" ", "")
    assert all(cells.width(part) <= room for part in parts)


def test_numbers_are_never_folded() -> None:
    held: list[Row] = [(typed("12345", "integer"), typed("1234567890", "integer"))]

    assert text(held, "a", "b", width=12, lang="en") == (
        "── Row 1 ───\na  12345\nb  1,234,567,890\n\n1 row\n"
    )


# Markdown.


def test_markdown_escapes_what_it_would_take_for_mark_up() -> None:
    held: list[Row] = [
        (
            ARNIA,
            Literal("a|b *c* _d_ e_f `g` [h](i) <j> &amp; k & l \\ ~m~"),
            typed("5", "int"),
        ),
        (URIRef("https://exemple.fr/a_b?c=d|e"), None, typed("60", "int")),
    ]

    assert written(held, "markdown", "acteur", "acteur_libelle", "n").decode() == (
        "| acteur | acteur (libellé) | n |\n"
        "| --- | --- | --: |\n"
        "| acteur:arnia | a\\|b \\*c\\* \\_d\\_ e_f \\`g\\` \\[h\\](i) "
        "\\<j\\> \\&amp; k & l \\\\ "
        "\\~m\\~ | 5 |\n"
        "| <https://exemple.fr/a_b?c=d%7Ce> |  | 60 |\n"
    )


def test_markdown_without_rows_says_so() -> None:
    assert written([], "markdown", "a", lang="en") == b"| a |\n| --- |\n\n*No row.*\n"


# Workbooks.


def sheet(held: list[Row], *names: str, **options: object) -> object:
    content = written(held, "xlsx", *names, **options)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(content)).active


def cell(term: Identifier) -> object:
    return sheet([(term,)], "a")["A2"]  # type: ignore[index]


def test_a_workbook_has_titles_in_bold_a_filter_and_a_frozen_line() -> None:
    shown = sheet(
        [(ARNIA, None), (None, Literal("x"))], "acteur", "b", titles={"b": "=B"}
    )

    assert [[c.value for c in row] for row in shown] == [
        ["acteur", "=B"], [str(ARNIA), None], [None, "x"],
    ]  # fmt: skip
    assert shown["A1"].font.b
    assert not shown["A2"].font.b
    assert shown["B1"].data_type == "s"
    assert shown.freeze_panes == "A2"
    assert shown.auto_filter.ref == "A1:B3"
    assert shown.title == "Résultats"
    assert shown.column_dimensions["A"].width == len(str(ARNIA)) + 2


@pytest.mark.parametrize(
    ("lexical", "datatype", "value", "number_format"),
    [
        ("12", "integer", 12, "General"),
        ("1.50", "decimal", 1.5, "General"),
        ("1e3", "double", 1000, "General"),
        ("1e999", "double", "1e999", "General"),
        ("INF", "double", "INF", "General"),
        ("1234567890123456", "integer", "1234567890123456", "General"),
        ("true", "boolean", True, "General"),
        ("1", "boolean", "1", "General"),
        ("2024", "gYear", 2024, "General"),
        ("12024", "gYear", "12024", "General"),
        ("2026-11-23", "date", MIDNIGHT, "yyyy-mm-dd"),
        ("2026-11-23Z", "date", "2026-11-23Z", "General"),
        ("2026-02-31", "date", "2026-02-31", "General"),
        ("1789-07-14", "date", "1789-07-14", "General"),
        ("2026-11-23T10:20:30Z", "dateTime", MOMENT,
         "yyyy-mm-dd hh:mm:ss"),
        ("2026-11-23T10:20:30+01:00", "dateTime", "2026-11-23T10:20:30+01:00",
        "General"),
        ("1789-07-14T10:20:30", "dateTime", "1789-07-14T10:20:30", "General"),
    ],
)  # fmt: skip
def test_cells_are_typed_when_nothing_is_lost(
    lexical: str, datatype: str, value: object, number_format: str
) -> None:
    found = cell(typed(lexical, datatype))

    assert found.value == value  # type: ignore[attr-defined]
    assert type(found.value) is type(value)  # type: ignore[attr-defined]
    assert found.number_format == number_format  # type: ignore[attr-defined]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_becomes_a_formula(start: str) -> None:
    found = cell(Literal(start + 'HYPERLINK("x")'))

    assert found.data_type == "s"  # type: ignore[attr-defined]
    assert found.value == start + 'HYPERLINK("x")'  # type: ignore[attr-defined]
    assert found.quotePrefix  # type: ignore[attr-defined]
    assert not cell(Literal("plain")).quotePrefix  # type: ignore[attr-defined]


def test_characters_that_xml_forbids_are_removed_and_codes_are_escaped() -> None:
    assert cell(Literal("a\x00b\ufffec\r\nd")).value == "abc\nd"  # type: ignore[attr-defined]
    assert cell(Literal("_x0041_")).value == "_x005F_x0041_"  # type: ignore[attr-defined]
    assert cell(BNode("n")).value == "_:n"  # type: ignore[attr-defined]


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(
        DataError, match="A text of 32768 characters does not fit"
    ) as caught:
        written([(Literal("a" * 32_768),)], "xlsx", "a")
    assert "Choisir le format csv" in caught.value.fr


def test_more_rows_than_a_sheet_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 3)
    output = io.BytesIO()

    write(Table(columns=("a",), rows=((ARNIA,),) * 2), output, "xlsx")
    assert output.getvalue()

    output = io.BytesIO()
    with pytest.raises(DataError, match="more than 2 rows"):
        write(Table(columns=("a",), rows=((ARNIA,),) * 3), output, "xlsx")
    assert output.getvalue() == b""


def test_a_workbook_knows_no_clock_and_does_not_mind_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    held: list[Row] = [(ARNIA, typed("2026-11-23", "date"))]

    write(Table(columns=("a", "b"), rows=tuple(held)), pipe, "xlsx")  # type: ignore[arg-type]

    content = written(held, "xlsx", "a", "b")
    assert content == pipe.content
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.created.date() == properties.modified.date() == date(1980, 1, 1)
    assert properties.creator == "spnr_graph"


def test_without_openpyxl_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(DataError, match=r"pip install 'spnr-graph\[xlsx\]'") as caught:
        written([], "xlsx", "a")
    assert "pip install 'spnr-graph[xlsx]'" in caught.value.fr


def test_a_workbook_without_columns_opens() -> None:
    assert [list(row) for row in sheet([], "a").iter_rows(values_only=True)] == [["a"]]  # type: ignore[attr-defined]
    assert sheet([()]).auto_filter.ref is None  # type: ignore[attr-defined]


# The registry.


def test_every_format_of_the_registry_is_written() -> None:
    assert set(WRITERS) == set(names("rows"))


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(
        DataError, match="Choose among: table, csv, tsv, json"
    ) as caught:
        written([], "pdf", "a")
    assert caught.value.fr.startswith("Format « pdf » inconnu.")
