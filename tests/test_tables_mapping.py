"""Rows through a CONSTRUCT: what they give, and that nothing goes in silence."""

import gzip
import io
import tracemalloc
import zipfile

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.tables import formats, read_table
from spnr_graph.tables.construct import becomes, prepare
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.mapping import Mapped
from spnr_graph.tables.rows import CheckedRow
from tests.own_formats import CONTEXT, GRAPH, HALLS, MAPPING, project

TABLE = "https://w3id.org/spnr/table#"
PREFIXES = f"PREFIX table: <{TABLE}>\nPREFIX x: <https://exemple.fr/>\n"


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return formats(project(tmp_path_factory.mktemp("f"), salles=(HALLS, MAPPING)))


def read(known, source, **options):
    """Read a table; return what was read and its lines, in order."""
    found = read_table(
        source,
        label="salles.csv",
        formats=known,
        context=CONTEXT,
        graph=GRAPH,
        **options,
    )
    with found.ntriples as stream:
        lines = sorted(stream.read().decode().splitlines())
    assert len(lines) == found.triples
    return found, lines


def csv(text):
    return lambda: io.BytesIO(text.encode())


def rules(found):
    return [f.shape.removeprefix(TABLE) for f in found.findings]


def mapped(mapping, *rows, size=10_000):
    """Apply a mapping to rows that are lists of (name, term)."""
    output = io.BytesIO()
    work = Mapped(prepare("essai", PREFIXES + mapping), {"partner": '"essai"'})
    checked = (
        ("", CheckedRow(number=number, terms=list(row)))
        for number, row in enumerate(rows, 2)
    )
    work.write(checked, output, size=size)
    return work, sorted(output.getvalue().decode().splitlines())


def test_a_table_becomes_triples(known, tmp_path):
    path = tmp_path / "salles.csv"
    path.write_text("Code;Nom;Places;Note\nS 1;Salle basse;12;x\nS 2;;;\n", "utf-8")

    found, lines = read(known, path)

    assert found.format.name == "salles"
    assert (found.rows, found.findings) == (2, ())
    one = "<https://w3id.org/spnr/id/initiative/essai-s-1>"
    two = "<https://w3id.org/spnr/id/initiative/essai-s-2>"
    dcterms = "http://purl.org/dc/terms/"
    source = f"<{dcterms}source> <https://exemple.fr/salles> ."
    assert lines == [
        f'{one} <{dcterms}extent> "12"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        f'{one} <{dcterms}identifier> "S 1" .',
        f"{one} {source}",
        f'{one} <http://www.w3.org/2004/02/skos/core#prefLabel> "Salle basse" .',
        f'{two} <{dcterms}identifier> "S 2" .',
        f"{two} {source}",
    ]


def test_packed_tables_and_openers_are_read_alike(known, tmp_path):
    text = "code,nom\nS1,Salle\n"
    packed = tmp_path / "salles.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))

    assert read(known, packed)[1] == read(known, csv(text), name="salles.csv")[1]


@pytest.mark.parametrize(
    ("source", "given"),
    [
        ("https://exemple.fr/salles", ""),
        ("https://exemple.fr/envoi", "https://exemple.fr/envoi"),
    ],
    ids=["of the format", "given"],
)
def test_statements_cite_the_document_given_else_that_of_the_format(
    known, source, given
):
    _, lines = read(known, csv("code,nom\nS1,a\n"), source_iri=given)

    assert f"<{source}> ." in lines[1]


def test_without_any_document_statements_cite_their_graph(tmp_path):
    descriptor = {k: v for k, v in HALLS.items() if k != "source"}
    own = formats(project(tmp_path, salles=(descriptor, MAPPING)))

    assert f"<{GRAPH}> ." in read(own, csv("code,nom\nS1,a\n"))[1][1]


def test_a_format_is_given_or_recognised(known):
    with pytest.raises(DataError, match="those of no known format"):
        read(known, csv("a,b\n1,2\n"))
    with pytest.raises(DataError, match="'salle' is no format of tables"):
        read(known, csv("code,nom\nS1,a\n"), as_format="salle")

    found, lines = read(known, csv("code,a,b,c\nS1,1,2,3\n"), as_format="salles")

    assert len(lines) == 2
    assert rules(found) == ["column-unknown"] * 3


def test_without_formats_nothing_is_recognised():
    with pytest.raises(DataError, match="those of no known format"):
        read({}, csv("code,nom\nS1,a\n"))


def test_a_violation_still_returns_what_was_read(known):
    found, lines = read(known, csv("code,nom\nS1,a\n,b\n"))

    assert len(lines) == 3
    assert rules(found) == ["required", "row-without-triple"]
    assert found.findings[1].fr == (
        "1 ligne ne donne aucun énoncé (3). Vérifier les colonnes qui désignent "
        "chaque chose."
    )
    assert found.findings[1].severity is Severity.INFO


def test_rows_that_give_nothing_are_counted_and_the_first_are_named(known):
    text = "code,nom\nS1,a\n" + "é!,b\n" + "!,b\n" * 1_234
    found, _ = read(known, csv(text))

    silent = next(f for f in found.findings if f.shape.endswith("row-without-triple"))
    assert silent.fr.startswith(
        "1\N{NO-BREAK SPACE}234 lignes ne donnent aucun énoncé "
        "(4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …)."
    )


def test_a_table_that_gives_nothing_is_refused(known):
    found, lines = read(known, csv("code,nom\n!,a\n?,b\n"))

    assert lines == []
    assert rules(found) == ["no-triple"]
    assert found.findings[0].severity is Severity.VIOLATION
    assert found.findings[0].en.startswith("No row gives a statement (rows read: 2).")


def test_a_table_without_rows_is_refused(known):
    found, lines = read(known, csv("code,nom\n"))

    assert (lines, found.rows) == ([], 0)
    assert rules(found) == ["no-row"]
    assert found.findings[0].severity is Severity.VIOLATION


def test_the_key_of_the_array_in_a_json_document_is_the_formats(tmp_path):
    descriptor = {**HALLS, "path": "salles"}
    own = formats(project(tmp_path, salles=(descriptor, MAPPING), z=(HALLS, MAPPING)))
    text = '{"vu": [{"a": 1}], "salles": [{"code": "S1", "places": 3}]}'

    found, lines = read(own, csv(text), name="x.json", as_format="salles")
    assert (found.rows, len(lines)) == (1, 3)

    only = {"salles": own["salles"], "autre": formats(_other(tmp_path))["autre"]}
    assert read(only, csv(text), name="x.json")[1] == lines


def _other(root):
    descriptor = {**HALLS, "fields": [*HALLS["fields"], _REQUIRED]}
    return project(root / "autre", autre=(descriptor, MAPPING))


_REQUIRED = {"name": "exigé", "kind": "nom", "constraints": {"required": True}}


def test_sheets_of_an_archive_are_read_together_or_left_and_told(known, tmp_path):
    path = tmp_path / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("nord.csv", "code,nom\nS1,a\n")
        archive.writestr("sud.csv", "code,nom\nS2,b\n")
        archive.writestr("autre.csv", "x,y\n1,2\n")

    found, lines = read(known, path)

    assert (found.rows, len(lines)) == (2, 6)
    assert [(f.shape.removeprefix(TABLE), f.sheet) for f in found.findings] == [
        ("sheet-left", "autre")
    ]


def test_tables_of_a_package_may_be_joined(tmp_path):
    package = {
        "title": "Classeur",
        "resources": [
            {"name": "salles", "schema": {"fields": HALLS["fields"]}},
            {
                "name": "clefs",
                "schema": {"fields": [{"name": "de", "kind": "identifiant"}]},
            },
        ],
    }
    mapping = PREFIXES + (
        "CONSTRUCT { ?salle x:clef ?n } WHERE { ?clef table:de ?code ; table:row ?n ; "
        'table:sheet "clefs" . ?ligne table:code ?code ; table:code.slug ?s . '
        "BIND(IRI(CONCAT(STR(x:), ?s)) AS ?salle) }"
    )
    own = formats(project(tmp_path, classeur=(package, mapping)))
    path = tmp_path / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("clefs.csv", "de,z\nS1,\nS9,\n")
        archive.writestr("salles.csv", "code,nom\nS1,a\n")

    found, lines = read(own, path)

    number = '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert lines == [f"<https://exemple.fr/s1> <https://exemple.fr/clef> {number} ."]
    assert "row-without-triple" in rules(found)


def test_a_file_that_breaks_on_the_way_says_so(known):
    with pytest.raises(DataError):
        read(known, lambda: io.BytesIO(b"code,nom\nS1,a\n" * 200_000 + b"S2,\0\n"))


def test_a_list_of_json_is_a_cell(tmp_path):
    several = {"name": "places", "kind": "liste", "of": "entier", "type": "integer"}
    fields = [HALLS["fields"][0], HALLS["fields"][1], several]
    own = formats(project(tmp_path, salles=({**HALLS, "fields": fields}, MAPPING)))

    _, lines = read(own, csv('[{"code": "S1", "places": [3, 4]}]'), name="x.json")

    assert [line.split('"')[1] for line in lines if "extent" in line] == ["3", "4"]


def test_what_a_column_becomes_is_read_in_values_and_functions_too():
    text = PREFIXES + (
        "CONSTRUCT { ?s ?property ?v ; x:nom ?n } WHERE { ?s ?column ?v ; table:nom ?t "
        'BIND(STRLANG(COALESCE(?t, "?"), "fr") AS ?n) '
        "VALUES (?column ?property) { (table:b x:b) (table:c x:c) } }"
    )

    assert becomes(text) == {
        "b": ("https://exemple.fr/b",),
        "c": ("https://exemple.fr/c",),
        "nom": ("https://exemple.fr/nom",),
    }


def test_only_what_the_mapping_reads_is_told():
    prepared = prepare("salles", MAPPING)

    assert prepared.used == {
        "this", "partner", "source", "code", "code.slug", "nom_de_la_salle", "places",
    }  # fmt: skip


def test_slices_give_what_the_whole_gives():
    mapping = "CONSTRUCT { ?s x:v ?v } WHERE { ?r table:v ?v ; table:s ?s }"
    rows = [
        [("s", f"<https://exemple.fr/{n}>"), ("v", terms.text(str(n)))]
        for n in range(25)
    ]

    whole, lines = mapped(mapping, *rows)
    sliced, same = mapped(mapping, *rows, size=10)

    assert lines == same
    assert whole.triples == sliced.triples == 25


def test_a_row_counts_as_silent_when_no_triple_is_whole():
    mapping = (
        "CONSTRUCT { ?s a x:Chose ; x:v ?v } WHERE { ?r table:row ?n "
        "OPTIONAL { ?r table:s ?s } OPTIONAL { ?r table:v ?v } }"
    )
    s, v = ("s", "<https://exemple.fr/1>"), ("v", '"v"')

    work, lines = mapped(mapping, [s], [v], [s, v], [])

    assert len(lines) == 2
    assert work.silent == [("", 3), ("", 5)]
    assert work.silences == 2


def test_a_constant_triple_is_given_by_every_row():
    mapping = "CONSTRUCT { x:a x:b x:c } WHERE { ?r table:row ?n }"

    work, lines = mapped(mapping, [], [])

    assert lines == [
        "<https://exemple.fr/a> <https://exemple.fr/b> <https://exemple.fr/c> ."
    ]
    assert work.silences == 0


def test_modifiers_after_the_pattern_and_comments_do_not_disturb():
    mapping = (
        "CONSTRUCT { ?s x:v ?v } # { un\nWHERE { ?r table:v ?v ; table:s ?s . "
        "{ ?r table:s ?s } # } fin\n} ORDER BY ?v"
    )

    work, lines = mapped(mapping, [("s", "<https://exemple.fr/1>"), ("v", '"}"')])

    assert len(lines) == 1
    assert work.silences == 0


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("?r table:a ?a . BIND(IRI(?a) AS ?s)", {"a": True}),
        ("?r table:a ?a . BIND(IRI(CONCAT(STR(x:), ?a)) AS ?s)", {"a": False}),
        ("?r table:a ?a . BIND(URI(CONCAT('u:', LCASE(?a))) AS ?s)", {"a": False}),
        ("?r table:a ?a . BIND(IRI(CONCAT('u:', ENCODE_FOR_URI(?a))) AS ?s)", {}),
        (
            "?r table:a ?a . BIND(CONCAT('u:', ?a) AS ?b) BIND(IRI(?b) AS ?s)",
            {"a": False},
        ),
        (
            "?r table:a|table:b ?a . BIND(IRI(IF(BOUND(?a), ?a, 'u:x')) AS ?s)",
            {"a": True, "b": True},
        ),
        (
            "OPTIONAL { ?r table:a.slug ?a } BIND(IRI(COALESCE(?a, 'u:x')) AS ?s)",
            {"a.slug": True},
        ),
        ("?r table:a ?s", {}),
    ],
)
def test_columns_whose_text_goes_into_an_iri_are_known(body, addresses):
    text = f"{PREFIXES}CONSTRUCT {{ ?s x:v ?n }} WHERE {{ ?r table:row ?n . {body} }}"

    assert prepare("essai", text).addresses == addresses


def test_text_that_makes_no_iri_is_told_not_lost(tmp_path):
    mapping = PREFIXES + (
        "CONSTRUCT { ?s x:nom ?n } WHERE { ?r table:code ?c ; table:nom_de_la_salle ?n "
        "BIND(IRI(CONCAT(STR(x:), ?c)) AS ?s) OPTIONAL { ?r table:places ?p } }"
    )
    own = formats(project(tmp_path, salles=(HALLS, mapping)))

    found, lines = read(own, csv("code,nom\nS1,a\nS 2,b\nS<3,c\n"))

    assert len(lines) == 1
    assert [(f.shape.removeprefix(TABLE), f.row, f.value) for f in found.findings] == [
        ("iri", 3, '"S 2"'),
        ("iri", 4, '"S<3"'),
        ("row-without-triple", 3, ""),
    ]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]))))
def test_whatever_text_rows_hold_their_triples_can_be_read_again(values):
    mapping = "CONSTRUCT { ?r x:v ?v } WHERE { ?r table:v ?v }"

    _, lines = mapped(mapping, *([("v", terms.text(value))] for value in values))

    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    assert sorted(quad.object.value for quad in store) == sorted(values)


def test_the_same_table_gives_the_same_lines(known):
    text = "code,nom,places\n" + "".join(f"S{n},Salle {n},{n}\n" for n in range(1, 200))

    assert read(known, csv(text))[1] == read(known, csv(text))[1]


def test_memory_stays_flat_on_many_rows(known, monkeypatch):
    monkeypatch.setattr("spnr_graph.tables.reading._SPOOL", 1 << 16)
    monkeypatch.setattr("spnr_graph.tables.reading.SLICE", 1_000)
    monkeypatch.setattr("spnr_graph.tables.columns._REMEMBERED", 1_000)

    def peak(rows):
        lines = b"".join(b"S%d,Salle,900\n" % n for n in range(rows))
        text = b"code,nom,places\n" + lines
        tracemalloc.start()
        found = read_table(
            lambda: io.BytesIO(text),
            label="salles.csv",
            formats=known,
            context=CONTEXT,
            graph=GRAPH,
            name="salles.csv",
        )
        found.ntriples.close()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # Each row has a key to remember (150 bytes) and a wrong cell (1 kB if kept).
    assert peak(12_000) - peak(4_000) < 8_000 * 250
