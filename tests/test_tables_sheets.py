"""Tables in text: any separator, quote and encoding; the real files; bad input."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import time
import tracemalloc
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from spnr_graph.errors import DataError
from spnr_graph.findings import Finding, Severity
from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.header import letters
from spnr_graph.tables.open import TABLE_SUFFIXES, is_table_name, open_sheets
from spnr_graph.tables.sheets import TableLimits
from tests import needs

PLAIN = b"nom;commune\nAtelier;Dole\nForum;Gray\n"
ROWS = [(2, ("Atelier", "Dole")), (3, ("Forum", "Gray"))]


def opened(data, name="t.csv", **options):
    """Return every sheet with its rows read: (sheet, rows)."""
    source = data if isinstance(data, Path) else partial(io.BytesIO, data)
    with open_sheets(source, label="T", name=name, **options) as sheets:
        return [(sheet, list(sheet.rows)) for sheet in sheets]


def one(data, name="t.csv", **options):
    """Return the only sheet and its rows."""
    [found] = opened(data, name, **options)
    return found


def rows(data, **options):
    return one(data, **options)[1]


def columns(data, **options):
    return one(data, **options)[0].columns


def told(data, name="t.csv", **options):
    """Return what reading noticed: (rule, severity, row, column)."""
    sheet, _ = one(data, name, **options)
    start = len(PREFIXES["table"])
    return [(f.shape[start:], f.severity.name, f.row, f.column) for f in sheet.remarks]


def refusal(data, name="t.csv", **options):
    with pytest.raises(DataError) as caught:
        opened(data, name, **options)
    assert caught.value.fr.startswith("T")
    assert caught.value.en.startswith("T")
    return caught.value.en


# --- Names ------------------------------------------------------------------------


def test_names_of_tables_are_known_by_their_endings():
    assert TABLE_SUFFIXES == (
        ".csv", ".tsv", ".txt", ".xlsx", ".json",
        ".csv.gz", ".tsv.gz", ".txt.gz", ".xlsx.gz", ".json.gz", ".zip",
    )  # fmt: skip
    assert is_table_name("Subventions 2026.CSV")
    assert not is_table_name("recensement.ttl")
    assert not is_table_name("csv")


def test_letters_are_those_of_a_spreadsheet():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_path_and_a_stream_give_the_same(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(PLAIN)

    assert rows(path) == rows(PLAIN) == ROWS


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "absent.csv")


def test_streams_are_closed_with_the_table():
    kept = []

    def open_it():
        kept.append(io.BytesIO(PLAIN))
        return kept[-1]

    with open_sheets(open_it, label="T", name="t.csv") as sheets:
        next(next(sheets).rows)

    assert [stream.closed for stream in kept] == [True] * len(kept)


# --- Dialects ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "nom;commune\nAtelier;Dole\nForum;Gray\n",
        "nom,commune\nAtelier,Dole\nForum,Gray\n",
        "nom\tcommune\nAtelier\tDole\nForum\tGray\n",
        "nom|commune\nAtelier|Dole\nForum|Gray",
        "'nom';'commune'\n'Atelier';'Dole'\n'Forum';'Gray'\n",
        '"nom", "commune"\n"Atelier", "Dole"\n"Forum", "Gray"\n',
        "nom;commune\r\nAtelier;Dole\r\nForum;Gray\r\n",
        "nom;commune\rAtelier;Dole\rForum;Gray\r",
        "nom;commune;\nAtelier;Dole;\nForum;Gray;\n",
    ],
    ids=[
        "semicolon",
        "comma",
        "tab",
        "bar",
        "apostrophe",
        "spaced",
        "crlf",
        "cr",
        "end",
    ],
)
def test_the_way_it_is_written_does_not_matter(text):
    sheet, found = one(text.encode())

    assert (sheet.columns, sheet.header_row, found) == (("nom", "commune"), 1, ROWS)


def test_excel_may_declare_the_separator():
    sheet, found = one(b"sep=,\r\na;b,c\r\n1;2,3\r\n")

    assert (sheet.columns, sheet.header_row, found) == (
        ("a;b", "c"),
        2,
        [(3, ("1;2", "3"))],
    )
    assert sheet.remarks == []


def test_a_decimal_comma_is_no_separator():
    assert rows(b"a;b\n1,5;2,5\n3,5;4,5\n") == [
        (2, ("1,5", "2,5")),
        (3, ("3,5", "4,5")),
    ]


def test_a_list_in_a_cell_is_no_separator():
    found = rows(b"id,services\n1,a;b;c\n2,d;e;f\n")

    assert found == [(2, ("1", "a;b;c")), (3, ("2", "d;e;f"))]


def test_quotes_are_doubled_and_hold_separators_and_lines():
    text = 'a;b\n"x ""y""; z";"1\n2\r\n3"\n4;5\n'

    assert rows(text.encode()) == [(2, ('x "y"; z', "1\n2\r\n3")), (5, ("4", "5"))]


def test_apostrophes_of_a_text_are_no_quotes():
    found = rows(b"nom;ville\n's Heeren;L'Isle\nl'eau;d'Or\n")

    assert found == [(2, ("'s Heeren", "L'Isle")), (3, ("l'eau", "d'Or"))]


def test_a_title_may_begin_as_an_archive_does():
    assert columns(b"PK;nom\n12+300;Pont\n") == ("PK", "nom")


def test_one_column_needs_no_separator():
    assert one(b"nom\nDupont et fils, Dole\nDurand\n")[1] == [
        (2, ("Dupont et fils, Dole",)),
        (3, ("Durand",)),
    ]


def test_ragged_rows_are_kept_and_empty_ones_left_out():
    found = rows(b"a;b;c\n1;2;3\n\n4\n;;\n5;6;7;8\n9;0;1;;\n2;2;2\n")

    assert found == [
        (2, ("1", "2", "3")),
        (4, ("4",)),
        (6, ("5", "6", "7", "8")),
        (7, ("9", "0", "1")),
        (8, ("2", "2", "2")),
    ]


# --- Titles -----------------------------------------------------------------------


def test_titles_are_trimmed_named_and_numbered():
    text = "\ufeff nom ;\xa0nom;nom (2);;  Code\tINSEE ;z\n1;2;3;4;5;6\n"

    assert columns(text.encode()) == (
        "nom", "nom (3)", "nom (2)", "colonne D", "Code INSEE", "z",
    )  # fmt: skip
    assert told(text.encode()) == [
        ("title-repeated", "WARNING", 1, "nom (3)"),
        ("title-missing", "WARNING", 1, "colonne D"),
    ]


def test_a_last_column_without_title_is_one_when_it_holds_something():
    assert columns(b"a;b;\n1;2;\n3;4;5\n") == ("a", "b", "colonne C")
    assert columns(b"a;b;\n1;2;\n3;4;\n") == ("a", "b")


def test_a_mark_decoded_as_windows_is_no_part_of_a_title():
    assert columns("ï»¿nom;ville\na;b\n".encode()) == ("nom", "ville")


def test_a_mark_inside_a_title_is_taken_off():
    assert columns(codecs.BOM_UTF8 * 2 + b'"nom";ville\na;b\n') == ("nom", "ville")


def test_lines_before_the_titles_are_told():
    warning = "Données en l’état, provisoires, non fiables"
    text = f"{warning}\n\ncode;nom;nb\n1;Dole;2\n3;Gray;4\n"
    sheet, found = one(text.encode())

    assert (sheet.columns, sheet.header_row) == (("code", "nom", "nb"), 3)
    assert found == [(4, ("1", "Dole", "2")), (5, ("3", "Gray", "4"))]
    assert sheet.remarks == [
        Finding(
            source="T",
            severity=Severity.INFO,
            focus="",
            shape=PREFIXES["table"] + "before-header",
            fr=f"Ligne sautée, avant les titres : « {warning} ».",
            en=f"Line skipped, before the titles: '{warning}'.",
            row=1,
        )
    ]


def test_padded_lines_before_the_titles_are_told():
    text = f"{'Subventions ' * 9};;;\nSource;ARNia;;\nnom;a;b;c\nx;1;2;3\ny;4;5;6\n"

    assert columns(text.encode()) == ("nom", "a", "b", "c")
    assert told(text.encode()) == [
        ("before-header", "INFO", 1, ""),
        ("before-header", "INFO", 2, ""),
    ]


def test_titles_alone_are_a_table_without_rows():
    sheet, found = one(b"nom;commune\n")

    assert (sheet.columns, found) == (("nom", "commune"), [])


def test_there_may_not_be_too_many_columns():
    message = refusal(b"a;b;c\n1;2;3\n", limits=TableLimits(columns=2))

    assert "3 columns, and the limit is 2" in message


# --- Encodings --------------------------------------------------------------------

FRENCH = "nom;ville\nMâcon “Œuvre” €;Besançon\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_every_usual_encoding_reads_the_same(encoding):
    assert rows(FRENCH.encode(encoding)) == [(2, ("Mâcon “Œuvre” €", "Besançon"))]


def test_windows_is_told_with_a_word_to_check():
    sheet, _ = one("nom;ville\nx;y\nz;Besançon\n".encode("cp1252"))

    [remark] = sheet.remarks
    assert (remark.row, remark.severity) == (3, Severity.INFO)
    assert remark.fr.endswith("Vérifier les accents : « Besançon ».")


def test_a_late_accent_of_windows_is_read_when_all_before_was_plain():
    text = "nom;ville\n" + "Dole;Gray\n" * 300_000 + "Besançon;x\n"
    sheet, found = one(text.encode("cp1252"))

    assert found[-1] == (300_002, ("Besançon", "x"))
    assert [(f.row, f.column) for f in sheet.remarks] == [(300_002, "")]


def test_a_late_byte_is_refused_when_accents_came_before():
    text = ("nom;ville\n" + "Mâcon;Gray\n" * 300_000).encode() + b"Besan\xe7on;x\n"

    assert refusal(text).startswith("T, line 300002: the byte 0xE7 is not UTF-8")


def test_a_broken_byte_among_accents_is_refused_not_decoded_otherwise():
    text = "nom;ville\nMâcon;Besançon\n".encode() + b"D\xf4le;x\n"

    assert refusal(text).startswith("T, line 3: the byte 0xF4 is not UTF-8")


def test_bytes_that_windows_lacks_are_refused():
    early = "nom;ville\nx;é\n".encode("cp1252") + b"\x81;z\n"
    late = b"nom;ville\n" + b"Dole;Gray\n" * 300_000 + b"\x81;z\n"

    assert refusal(early).startswith("T, line 3: the byte 0x81 is not Windows-1252")
    assert refusal(late).startswith("T, line 300002: the byte 0x81 is not Windows-1252")


def test_null_characters_are_refused_with_their_line():
    late = b"nom;ville\n" + b"Dole;Gray\n" * 300_000 + b"\0;z\n"

    assert refusal(b"a;b\n1;\0\n").startswith("T, line 2: it holds a null character")
    assert refusal(late).startswith("T, line 300002: it holds a null character")


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body>Not found</body></html>",
        b"\n <!-- x --><html lang='fr'>",
        b"<?xml version='1.0'?><rdf:RDF/>",
        b"%PDF-1.7\n",
        b"PAR1....",
    ],
    ids=["html", "comment", "xml", "pdf", "parquet"],
)
def test_documents_of_another_kind_are_refused(data):
    assert "not a table" in refusal(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\n", b";;\n;;\n", codecs.BOM_UTF8])
def test_an_empty_file_is_refused(data):
    assert "the file is empty" in refusal(data)


# --- Half a file ------------------------------------------------------------------


def test_a_quote_that_is_never_closed_is_refused_with_the_row_where_it_opens():
    message = refusal(b'a;b\n1;2\n3;"4\n5;6\n7;8')

    assert message.startswith('T, line 3: a quotation mark (") opens and is not closed')


def test_a_file_that_stops_inside_a_row_is_refused():
    assert refusal(b"a;b;c\n1;2;3\n4;5").startswith("T, line 3: the file stops")


def test_a_last_row_that_lacks_cells_is_told_when_others_do_too():
    assert told(b"a;b;c\n1;2\n3;4;5\n6") == [("cut-short", "WARNING", 4, "")]


def test_a_whole_last_row_needs_no_end():
    assert rows(PLAIN[:-1]) == ROWS


# --- Size -------------------------------------------------------------------------


def test_a_cell_may_not_be_too_long():
    limits = TableLimits(cell_chars=1000)
    data = b"a;b\n1;2\n3;%b\n" % (b"x" * 1001)

    assert refusal(data, limits=limits).startswith("T, line 3: a cell or a line is")


def test_a_cell_longer_than_the_default_of_the_parser_is_read():
    long = "x" * 900_000

    assert rows(f"a;b\n1;{long}\n".encode()) == [(2, ("1", long))]


class Endless(io.RawIOBase):
    """A file that goes on with the same bytes for as long as it is read."""

    def __init__(self, beginning, piece, length):
        self.beginning, self.piece, self.left = beginning, piece, length

    def read(self, size=-1):
        if self.beginning:
            part, self.beginning = self.beginning, b""
            return part
        self.left -= len(self.piece)
        return self.piece if self.left > 0 else b""


@pytest.mark.parametrize("opening", [b'a;b\n1;"', b"a;b\n1;"], ids=["quoted", "bare"])
def test_a_cell_of_hundreds_of_megabytes_is_refused_in_little_memory(opening):
    def endless():
        return Endless(opening, b"x" * (1 << 18), 500_000_000)

    tracemalloc.start()
    with (
        pytest.raises(DataError, match="line 2: a cell or a line is longer"),
        open_sheets(endless, label="T", name="t.csv") as sheets,
    ):
        list(next(sheets).rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 200_000_000


def test_a_million_rows_stream_in_flat_memory():
    piece = b"".join(b"Atelier %d;Besan\xc3\xa7on;25056\n" % n for n in range(10_000))
    process = psutil.Process()
    used = []
    with open_sheets(
        lambda: Endless(b"nom;commune;insee\n", piece, len(piece) * 101),
        label="T",
        name="t.csv",
    ) as sheets:
        for number, _ in next(sheets).rows:
            if number % 50_000 == 0:
                used.append(process.memory_info().rss)

    assert number == 1_000_001
    assert max(used) - used[0] < 20_000_000


def test_a_file_may_not_be_too_large():
    message = refusal(PLAIN * 100, limits=TableLimits(bytes=1000))

    assert "larger than the limit of 1 kB" in message


# --- The law ----------------------------------------------------------------------

CELL = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Cf"]) | st.just("\n"),
    max_size=12,
)
TITLES = ("identifiant", "nom de la structure", "ville")


@settings(max_examples=300, deadline=None)
@given(
    body=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20),
    separator=st.sampled_from(";,\t|"),
    quote=st.sampled_from("\"'"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    packed=st.booleans(),
)
def test_what_is_written_is_read(*, body, separator, quote, end, encoding, packed):
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=separator,
        quotechar=quote,
        lineterminator=end,
        quoting=csv.QUOTE_ALL,
    )
    writer.writerows([TITLES, *body])
    data = out.getvalue().encode(encoding)
    assume(encoding != "cp1252" or not _reads_as_utf8(data))

    sheet, found = one(gzip.compress(data) if packed else data)

    assert sheet.columns == TITLES
    assert [cells for _, cells in found] == [
        row for row in body if any(map(str.strip, row))
    ]


def _reads_as_utf8(data):
    """Say whether Windows-1252 text happens to hold characters of UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return len(data.decode(errors="ignore").encode()) != sum(
            1 for byte in data if byte < 0x80
        )
    return True


@settings(max_examples=300, deadline=None)
@given(
    body=st.lists(
        st.tuples(*[st.text("abcé0189.", min_size=1, max_size=8)] * 3),
        min_size=2,
        max_size=20,
    ),
    extra=st.sampled_from(["", ";", ",", "|", "\t", '"', "l'"]),
    separator=st.sampled_from(";,\t|"),
)
def test_what_is_written_with_few_quotes_is_read(*, body, extra, separator):
    body = [(f"{extra}{body[0][0]}", *body[0][1:]), *body[1:]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([TITLES, *body])

    sheet, found = one(out.getvalue().encode())

    assert (sheet.columns, [cells for _, cells in found]) == (TITLES, body)


# --- Real deliveries --------------------------------------------------------------

DELIVERIES = {
    "mediation/mednum-bfc-lieux.csv": (697, 29, 1),
    "mediation/france-services-bfc-20221201.csv": (216, 23, 1),
    "mediation/standard-mediation-numerique-exemple-valide.csv": (1, 32, 1),
    "mediation/conseillers-numeriques-permanences-bfc-2022.json": (236, 20, 0),
    "mediation/data-inclusion-structures-bfc-2023.json": (151, 24, 0),
    "mediation/aidants-connect-structures-bfc-2023.json": (178, 12, 0),
    "financements/conseillers-numeriques-structures-bfc-20230405.csv": (156, 16, 1),
    "financements/scdl-subventions-exemple-valide.csv": (29, 16, 1),
    "financements/scdl-subventions-exemple-invalide-cellules.csv": (29, 15, 1),
    "acteurs/annuaire-administration-bfc-2019.csv": (4784, 6, 1),
    "acteurs/observatoire-opendata-organisations-2022.csv": (891, 25, 1),
    "acteurs/observatoire-opendata-thematiques-2022.csv": (19, 6, 1),
    "acteurs/observatoire-opendata-plateformes-2022.csv": (38, 6, 1),
    "connectivite/arcep-commune-debit-beta-bfc.csv": (3734, 14, 2),
    # 16,595 lines, three of which are inside cells.
    "grand-volume/h2020-organisations-2017.csv": (16592, 43, 1),
    "grand-volume/h2020-topics.csv": (1579, 5, 1),
    "grand-volume/organisations-internationales-1mode.csv": (1021, 4, 1),
    "grand-volume/organisations-internationales-2modes.csv": (2042, 4, 1),
    "cog-2026/communes.json": (37590, 15, 0),
    "cog-2026/communes-bfc.json": (3883, 14, 0),
    "cog-2026/epci.json": (1255, 7, 0),
    "cog-2026/epci-bfc.json": (116, 7, 0),
    "cog-2026/departements.json": (109, 6, 0),
    "cog-2026/regions.json": (26, 5, 0),
    "cog-2026/arrondissements.json": (333, 6, 0),
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_real_deliveries_are_read_whole(name):
    sheet, found = one(needs.realdata(*name.split("/")), name=name)

    assert (len(found), len(sheet.columns), sheet.header_row) == DELIVERIES[name]
    assert {len(cells) for _, cells in found} == {len(sheet.columns)}
    assert [f.row for f in sheet.remarks] == ([1] if "arcep" in name else [])


def test_half_of_a_real_delivery_is_refused():
    path = needs.realdata("mediation", "france-services-bfc-20221201.csv")

    assert "line" in refusal(path.read_bytes()[:40_000])


# --- Anything ---------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=300)
    | st.text("ab;,\"'\n\r\t|<!->{}[]:0é\0\ufeff", max_size=200).map(str.encode),
    name=st.sampled_from(["t.csv", "t.json", "t.csv.gz", "t.xlsx", "t.zip", ""]),
)
def test_any_bytes_are_a_table_or_refused_with_a_message(data, name):
    with suppress(DataError):
        for sheet, found in opened(data, name):
            assert len(set(sheet.columns)) == len(sheet.columns) > 0
            assert all(any(map(str.strip, map(str, row))) for _, row in found)


@pytest.mark.parametrize(
    "data",
    [
        b"<!---->" * 5000 + b"x",
        b"\xe9;" + b"x" * 900_000,
        b"a;" * 16_000 + b"\n" + b"1;" * 16_000,
        b'"' * 300_001,
        b"\r" * 900_000 + b"a",
        b"'a';" * 100_000,
    ],
    ids=["comments", "word", "titles", "quotes", "returns", "apostrophes"],
)
def test_tricky_texts_take_no_time(data):
    started = time.process_time()
    with suppress(DataError):
        opened(data)

    assert time.process_time() - started < 10


def test_a_cell_longer_than_the_parser_takes_is_refused():
    limits = TableLimits(cell_chars=1000)
    data = b"a;b\n1;%b\n" % (b"x" * 140_000)

    assert refusal(data, limits=limits).startswith("T, line 2: a cell or a line is")


def test_a_separator_alone_is_an_empty_file():
    assert "the file is empty" in refusal(b"sep=;\n")


def test_many_rows_may_be_longer_together_than_a_cell():
    limits = TableLimits(cell_chars=1000)

    assert len(rows(b"a;b\n" + b"1;2\n" * 100_000, limits=limits)) == 100_000


def test_a_repeated_title_has_no_limit():
    assert columns(b"a;a;a (3);a;;\n1;2;3;4;5;6\n") == (
        "a", "a (2)", "a (3)", "a (4)", "colonne E", "colonne F",
    )  # fmt: skip
