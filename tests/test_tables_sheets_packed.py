"""Tables in JSON, in workbooks and in archives: what they hold, what is refused."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from spnr_graph.errors import DataError
from spnr_graph.tables.sheets import TableLimits
from tests.test_tables_sheets import PLAIN, ROWS, one, opened, refusal, told

RECORDS = [{"nom": "Atelier", "commune": "Dole"}, {"nom": "Forum", "commune": "Gray"}]
INDEXED = [(1, ("Atelier", "Dole")), (2, ("Forum", "Gray"))]


def dumped(value):
    return json.dumps(value, ensure_ascii=False).encode()


def workbook(*tables, **options):
    """Return the bytes of a workbook of (title, rows) sheets."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in tables:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for change in options.values():
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = [("nom", "commune"), ("Atelier", "Dole"), ("Forum", "Gray")]


def edited(data, changes):
    """Return a zip file with members changed by name → function or bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            change = changes.get(name)
            new.writestr(name, change(old.read(name)) if change else old.read(name))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return out.getvalue()


def zipped(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


# --- JSON -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [RECORDS, {"total": 2, "results": RECORDS}],
    ids=["array", "only-array"],
)
def test_an_array_of_objects_is_a_table(document):
    sheet, found = one(dumped(document), "t.json")

    assert (sheet.name, sheet.columns, sheet.header_row) == ("", ("nom", "commune"), 0)
    assert found == INDEXED


def test_the_array_may_lie_under_keys():
    data = dumped({"a": [], "data": {"lieux": RECORDS, "x": []}})

    assert one(data, "t.json", path_in_json="data.lieux")[1] == INDEXED


def test_json_is_known_without_its_name():
    assert one(b"\xef\xbb\xbf" + dumped(RECORDS), "export")[1] == INDEXED


def test_columns_are_all_the_keys_in_the_order_in_which_they_come():
    records = [{"b": 1}, *[{}] * 1200, {"a": 2, "b": 3}, {" b ": 4}]
    sheet, found = one(dumped(records), "t.json")

    assert sheet.columns == ("b", "a", "b (2)")
    assert found == [
        (1, (1, None, None)),
        (1202, (3, 2, None)),
        (1203, (None, None, 4)),
    ]
    assert [f.column for f in sheet.remarks] == ["b (2)"]


def test_values_keep_their_type_and_numbers_their_digits():
    data = b'[{"a": 1, "b": 1234567890.10, "c": true, "d": null, "e": ["x", {"y": 1}]}]'

    assert one(data, "t.json")[1] == [
        (1, (1, Decimal("1234567890.10"), True, None, ["x", {"y": 1}]))
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[{"a": 1}', "line 1, column 10: this is not JSON, or the file is cut short"),
        (b"nom;ville\n", "line 1, column 1: this is not JSON"),
        (b'[{"a": 1, "a": 2}]', "the key 'a' is given twice"),
        (b'[{"a": NaN}]', "'NaN' is no value of JSON"),
        (b'[{"a": -Infinity}]', "'-Infinity' is no value of JSON"),
        (b'[{"a": 1e999999}]', "the number 1e999999 is beyond all measure"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "the number is beyond all measure"),
        (b"[" * 200_000, "nested too deeply"),
        (b'[{"a": "\\ud800"}]', "half a character"),
        (b"[]", "the array is empty"),
        (b"[{}]", "the array is empty"),
        (b'[{"a": 1}, 2]', "item 2: an object is expected"),
        (b'"texte"', "It holds no array"),
        (b'{"a": 1}', "It holds no array"),
        (b'{"a": [], "b": []}', "It holds several arrays: a, b."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_json_that_is_no_table_is_refused(data, message):
    assert message in refusal(data, "t.json")


def test_a_pair_of_halves_makes_a_character():
    assert one(b'[{"a": "\\ud83d\\ude00"}]', "t.json")[1] == [(1, ("😀",))]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("b", "no array under the key 'b'. Keys found: a."),
        ("a.c", "no array under the key 'a.c'. Check the format."),
        ("a", "no array under the key 'a'. Check the format."),
    ],
)
def test_a_path_that_leads_nowhere_is_told(path, message):
    assert message in refusal(b'{"a": 1}', "t.json", path_in_json=path)


def test_a_cell_may_not_be_too_long_here_either():
    limits = TableLimits(cell_chars=100)
    records, table = [{"a": "b"}, {"a": "x" * 101}], [("a", "b"), ("c", "x" * 101)]

    for data in (dumped(records), workbook(("t", table))):
        assert "line 2: a cell or a line is longer" in refusal(data, limits=limits)


def test_json_has_a_limit_of_its_own():
    message = refusal(dumped(RECORDS), "t.json", limits=TableLimits(json_bytes=50))

    assert "must not exceed" in message


JSON_CELL = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.text(max_size=5)
    | st.lists(st.text(max_size=3), max_size=3)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(JSON_CELL, JSON_CELL), min_size=1, max_size=8))
def test_json_that_is_written_is_read(body):
    records = [{"nom": "x", "a": a, "b": b} for a, b in body]

    sheet, found = one(json.dumps(records).encode(), "t.json")

    assert sheet.columns == ("nom", "a", "b")
    assert found == [(n, ("x", a, b)) for n, (a, b) in enumerate(body, 1)]


# --- Workbooks --------------------------------------------------------------------


def test_each_visible_sheet_that_holds_something_is_a_table():
    def hide(book):
        book["listes"].sheet_state = "hidden"
        book.create_chartsheet("graphique").add_chart(BarChart())

    data = workbook(
        ("vide", []), ("acteurs", TABLE), ("listes", TABLE), ("lieux", TABLE), hide=hide
    )
    found = opened(data, "t.xlsx")

    assert [(s.name, s.columns, s.header_row, rows) for s, rows in found] == [
        ("acteurs", ("nom", "commune"), 1, ROWS),
        ("lieux", ("nom", "commune"), 1, ROWS),
    ]
    [remark] = found[0][0].remarks
    assert remark.en.startswith("The hidden sheet 'listes' is not read.")
    assert found[1][0].remarks == []


def test_cells_have_types():
    values = (
        "é", 21, 2.5, True, date(2021, 5, 1), datetime(2021, 5, 1, 9, 30),  # noqa: DTZ001
        time(9, 0), time(9, 0, 5), timedelta(hours=30), "=1+1",
    )  # fmt: skip
    titles = [f"c{place}" for place in range(len(values))]
    data = workbook(("a", [titles, values]))

    [(number, cells)] = one(data, "t.xlsx")[1]

    assert number == 2
    assert cells == (
        "é", 21, 2.5, True, date(2021, 5, 1), datetime(2021, 5, 1, 9, 30),  # noqa: DTZ001
        "09:00", "09:00:05", "30:00:00", None,
    )  # fmt: skip
    assert type(cells[4]) is date


def test_titles_are_found_below_lines_and_blank_rows():
    table = [
        ("Subventions 2026",), (), (None, "Qui", None, None),
        ("nom", "commune", 2025, "x"),
        ("Atelier", "Dole", 1, 2), (), (None, " "), ("Forum", None, None, 5),
    ]  # fmt: skip
    sheet, found = one(workbook(("a", table)), "t.xlsx")

    assert (sheet.columns, sheet.header_row) == (("nom", "commune", "2025", "x"), 4)
    assert found == [(5, ("Atelier", "Dole", 1, 2)), (8, ("Forum", None, None, 5))]
    assert [f.row for f in sheet.remarks] == [1, 3]


def test_a_computed_formula_gives_its_value_and_others_are_told():
    def computed(xml):
        return xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    data = workbook(("a", [("nom", "a", "b"), ("x", "=1+1", "=A2"), ("=A1", None)]))
    data = edited(data, {"xl/worksheets/sheet1.xml": computed})

    assert one(data, "t.xlsx")[1] == [(2, ("x", 2, None))]
    assert told(data, "t.xlsx") == [
        ("formula-without-value", "WARNING", 2, "b"),
        ("formula-without-value", "WARNING", 3, "nom"),
    ]


def test_errors_are_told_and_left_out():
    data = workbook(
        ("a", [("nom", "date"), ("x", "#REF!"), ("#N/A", "z"), ("y", "fin", "#DIV/0!")])
    )

    assert one(data, "t.xlsx")[1] == [
        (2, ("x", None)),
        (3, (None, "z")),
        (4, ("y", "fin")),
    ]
    assert told(data, "t.xlsx") == [
        ("cell-error", "WARNING", 2, "date"),
        ("cell-error", "WARNING", 3, "nom"),
        ("cell-error", "WARNING", 4, "colonne C"),
    ]


def test_a_day_beyond_the_calendar_and_a_number_beyond_all_are_errors():
    def spoil(xml):
        xml = re.sub(rb"<v>44317</v>", b"<v>99999999</v>", xml)
        return xml.replace(b"<v>7</v>", b"<v>1e999</v>")

    data = workbook(("a", [("nom", "jour", "n"), ("x", date(2021, 5, 1), 7)]))
    data = edited(data, {"xl/worksheets/sheet1.xml": spoil})

    assert one(data, "t.xlsx")[1] == [(2, ("x", None, None))]
    assert told(data, "t.xlsx") == [
        ("cell-error", "WARNING", 2, "jour"),
        ("cell-error", "WARNING", 2, "n"),
    ]


def test_merged_cells_are_told_below_the_titles_only():
    def merge(book):
        book["a"].merge_cells("A1:B1")
        book["a"].merge_cells("A3:A4")

    data = workbook(
        ("a", [("Titre",), ("nom", "b"), ("x", 1), (None, 2), ("y", 3)]), merge=merge
    )

    assert one(data, "t.xlsx")[1] == [(3, ("x", 1)), (4, (None, 2)), (5, ("y", 3))]
    assert told(data, "t.xlsx") == [
        ("before-header", "INFO", 1, ""),
        ("cells-merged", "WARNING", 3, ""),
    ]


def test_the_size_that_a_sheet_declares_does_not_matter():
    def wrong(xml):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml)

    data = edited(workbook(("a", TABLE)), {"xl/worksheets/sheet1.xml": wrong})

    assert one(data, "t.xlsx")[1] == ROWS


def test_a_row_very_far_down_costs_nothing():
    def far(xml):
        return xml.replace(b'r="3"', b'r="900000000"').replace(b'3"', b'900000000"')

    data = edited(workbook(("a", TABLE)), {"xl/worksheets/sheet1.xml": far})

    assert one(data, "t.xlsx")[1] == [ROWS[0], (900_000_000, ("Forum", "Gray"))]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def shared(texts):
    """Return changes that move the texts of a sheet to the common table, as Excel."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>'
        for n in range(1, len(texts) + 1)
    )
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TEXTS}"/></Types>'
    return {
        "xl/sharedStrings.xml": lambda _: f'<sst xmlns="{MAIN}">{items}</sst>'.encode(),
        "xl/worksheets/sheet1.xml": lambda _: (
            f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        ).encode(),
        "[Content_Types].xml": lambda xml: re.sub(
            rb'<Override PartName="/xl/sharedStrings[^>]*>', b"", xml
        ).replace(b"</Types>", part.encode()),
    }


def test_common_texts_are_read_with_their_line_breaks():
    texts = ["nom", "Atelier", "a_x000D_\nb_x000D_", "_x005F_x0041_"]
    data = edited(workbook(("a", TABLE)), shared(texts))

    assert one(data, "t.xlsx")[1] == [
        (2, ("Atelier",)),
        (3, ("a\nb\n",)),
        (4, ("_x0041_",)),
    ]


def test_a_text_that_is_not_in_the_common_table_is_told():
    changes = shared(["nom", "Atelier"])
    changes["xl/sharedStrings.xml"] = lambda _: f'<sst xmlns="{MAIN}"/>'.encode()

    assert "damaged" in refusal(edited(workbook(("a", TABLE)), changes), "t.xlsx")


def test_inline_texts_are_read():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    for row in [*TABLE, ("x", "_x005F_x0041_")]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)

    assert one(out.getvalue(), "t.xlsx")[1] == [*ROWS, (4, ("x", "_x0041_"))]


def test_many_remarks_of_one_kind_are_counted():
    table = [("nom", "a"), *[("x", "#REF!")] * 250]
    sheet, found = one(workbook(("a", table)), "t.xlsx")

    assert len(found) == 250
    assert len(sheet.remarks) == 101
    assert sheet.remarks[-1].en == "… and 150 more remarks of the same kind."


def test_a_workbook_without_rows_is_refused():
    assert "no visible sheet" in refusal(workbook(("a", []), ("b", [])), "t.xlsx")


@pytest.mark.parametrize("size", [100, 1500, 3000, 4500])
def test_half_a_workbook_is_refused(size):
    assert "damaged" in refusal(workbook(("a", TABLE))[:size], "t.xlsx")


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="A2"', b'r="AAAAA2"')),
        ("xl/styles.xml", lambda _: b"<styleSheet"),
        ("xl/workbook.xml", lambda _: b"PNG"),
        ("[Content_Types].xml", lambda _: b"<Types/>"),
    ],
    ids=["cut", "place", "styles", "book", "types"],
)
def test_a_damaged_part_is_told(part, change):
    assert "damaged" in refusal(
        edited(workbook(("a", TABLE)), {part: change}), "t.xlsx"
    )


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"]
)
@pytest.mark.parametrize(
    "xml",
    [BOMB, BOMB.decode().encode("utf-16"), b"<!--" + b" " * 70_000 + b"-->" + BOMB],
    ids=["utf-8", "utf-16", "far"],
)
def test_entities_in_a_workbook_are_refused(part, xml):
    data = edited(workbook(("a", TABLE)), {part: lambda _: xml})

    assert "declares a document type or entities" in refusal(data, "t.xlsx")


def test_a_picture_in_a_workbook_harms_nobody():
    data = edited(workbook(("a", TABLE)), {"xl/media/i.png": lambda _: b"\x89PNG\r\n"})

    assert one(data, "t.xlsx")[1] == ROWS


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"xl/vbaProject.bin": "x", "xl/workbook.xml": "x"}, "a workbook with macros"),
        ({"xl/workbook.bin": "x"}, "in a format that is not read (XLS, XLSB, ODS…)"),
        ({"mimetype": "x", "content.xml": "x"}, "in a format that is not read"),
    ],
    ids=["xlsm", "xlsb", "ods"],
)
def test_other_workbooks_are_refused_with_what_to_do(members, message):
    said = refusal(zipped(members), "t.xlsm")

    assert message in said
    assert "Save it as an Excel workbook (XLSX)" in said


def test_old_and_protected_workbooks_are_refused():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    protected = ole + "EncryptedPackage".encode("utf-16-le")

    assert "in a format that is not read" in refusal(ole, "t.xls")
    assert "protected by a password" in refusal(protected, "t.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    data = workbook(("a", TABLE))

    assert "holds far more" in refusal(
        data, "t.xlsx", limits=TableLimits(workbook_bytes=2000)
    )


XLSX_CELL = (
    st.none()
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        min_size=1,
        max_size=6,
    ).filter(lambda text: text.strip() and text[0] not in "=#" and "_x" not in text)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(XLSX_CELL, XLSX_CELL), min_size=1, max_size=6))
def test_a_workbook_that_is_written_is_read(body):
    table = [("nom", "a", "b"), *[("x", a, b) for a, b in body]]

    sheet, found = one(workbook(("t", table)), "t.xlsx")

    assert sheet.columns == ("nom", "a", "b")
    assert [(*cells, None, None)[:3] for _, cells in found] == [
        ("x", a, b) for a, b in body
    ]


# --- Archives ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv", "x"])
def test_gzip_holds_a_table(name):
    assert one(gzip.compress(PLAIN), name)[1] == ROWS


def test_gzip_may_hold_json_or_a_workbook():
    assert one(gzip.compress(dumped(RECORDS)), "t.json.gz")[1] == INDEXED
    assert one(gzip.compress(workbook(("a", TABLE))), "t.xlsx.gz")[1] == ROWS


def test_each_table_of_an_archive_is_a_sheet():
    data = zipped(
        {
            "dossier/b.csv": PLAIN,
            "a.json": dumped(RECORDS),
            "c.xlsx": workbook(("x", TABLE), ("y", TABLE)),
            "d.csv.gz": gzip.compress(PLAIN),
            "__MACOSX/._b.csv": b"x",
            ".cache/e.csv": b"x",
            "lisezmoi.pdf": b"x",
        }
    )
    found = opened(data, "t.zip")

    assert [(s.name, rows) for s, rows in found] == [
        ("a", INDEXED), ("c/x", ROWS), ("c/y", ROWS), ("d", ROWS), ("b", ROWS),
    ]  # fmt: skip
    [remark] = found[0][0].remarks
    assert (
        remark.en == "'lisezmoi.pdf' is no table: this file of the archive is not read."
    )
    assert [f for sheet, _ in found[1:] for f in sheet.remarks] == []


def test_files_of_the_same_name_keep_their_folders():
    found = opened(zipped({"2025/a.csv": PLAIN, "2026/a.csv": PLAIN}), "t.zip")

    assert [s.name for s, _ in found] == ["2025/a.csv", "2026/a.csv"]


def test_the_lone_table_of_an_archive_has_no_name():
    assert one(zipped({"a/b.csv": PLAIN}), "t.zip")[0].name == ""
    assert one(zipped({"a.xlsx": workbook(("x", TABLE))}), "t.zip")[0].name == "x"


def test_sheets_of_an_archive_can_be_read_in_any_order(tmp_path):
    from spnr_graph.tables.open import open_sheets

    path = tmp_path / "t.zip"
    path.write_bytes(zipped({"a.csv": PLAIN, "b.xlsx": workbook(("x", TABLE))}))

    with open_sheets(path, label="T") as sheets:
        first, second = sheets
        pairs = list(zip(second.rows, first.rows, strict=True))

    assert pairs == [(row, row) for row in ROWS]


def test_an_archive_without_table_says_what_it_holds():
    assert "(it holds: a.pdf, b.ttl)" in refusal(zipped({"a.pdf": "", "b.ttl": ""}))


def test_archives_inside_archives_are_refused():
    data = zipped({"a.zip": zipped({"b.csv.gz": gzip.compress(PLAIN)})})

    assert "archives inside archives" in refusal(data, "t.zip")


def test_protected_archives_are_refused():
    data = bytearray(zipped({"a.csv": PLAIN}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1

    assert "protected by a password" in refusal(bytes(data), "t.zip")


def test_damaged_archives_are_refused():
    whole = gzip.compress(PLAIN * 1000)
    archive = bytearray(zipped({"a.csv": PLAIN}))
    archive[archive.index(b"a.csv") + 7] ^= 0xFF

    assert "cut short or damaged" in refusal(whole[: len(whole) // 2], "t.csv.gz")
    assert "cut short or damaged" in refusal(b"\x1f\x8b\x08junk-and-more", "t.csv.gz")
    assert "cut short or damaged" in refusal(bytes(archive), "t.zip")
    assert "cut short or damaged" in refusal(b"PK\x03\x04", "t.zip")


BIG = b"a;b\n" + b"\n" * 150_000_000
WIDE = TableLimits(cell_chars=200_000_000)


@pytest.mark.parametrize(
    "pack",
    [
        lambda data: gzip.compress(data),
        lambda data: zipped({"a.csv": data}),
        lambda data: zipped({"xl/workbook.xml": b"", "xl/a.xml": data}),
        lambda data: zipped({"a.csv.gz": gzip.compress(data)}),
    ],
    ids=["gzip", "zip", "xlsx", "layers"],
)
def test_bombs_are_refused(pack):
    data = pack(BIG)

    assert len(data) < 500_000
    assert "holds far more than its size suggests" in refusal(data)


def test_a_bomb_that_lies_about_its_size_is_refused_on_the_way():
    data = gzip.compress(b"nom;x\n" + b" " * 101_000_000)[:-4] + b"\1\0\0\0"

    assert "holds far more than its size suggests" in refusal(data, limits=WIDE)


def test_an_unusual_compression_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", PLAIN)

    assert "compression method" in refusal(out.getvalue(), "t.zip")


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), kind=st.integers(0, 2))
def test_a_spoilt_file_is_read_or_refused_with_a_message(place, byte, kind):
    data = bytearray(SPOILT[kind])
    data[place % len(data)] = byte

    with suppress(DataError):
        opened(bytes(data), "t.zip")


@settings(max_examples=150, deadline=None)
@given(
    place=st.integers(0, 10**6),
    new=st.sampled_from([b"", b"<", b'"', b"9999999", b"x", b"-1", b" t='d'", b"\xff"]),
    part=st.sampled_from(
        [
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/styles.xml",
            "xl/_rels/workbook.xml.rels",
            "[Content_Types].xml",
        ]
    ),
)
def test_a_spoilt_part_of_a_workbook_is_read_or_refused(place, new, part):
    def spoil(xml):
        at = place % len(xml)
        return xml[:at] + new + xml[at + 1 :]

    with suppress(DataError):
        opened(edited(SPOILT[0], {part: spoil}), "t.xlsx")


SPOILT = (
    workbook(("a", [*TABLE, (1, 2.5), (True, date(2021, 5, 1)), ("=1+1", "#N/A")])),
    zipped({"a.csv": PLAIN * 20, "b.json": dumped(RECORDS)}),
    gzip.compress(PLAIN * 20),
)
