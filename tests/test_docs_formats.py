"""``docs/formats.md``: its example runs, and its tables name what there is."""

import io
import re
from pathlib import Path

from spnr_graph.tables import formats, read_table
from spnr_graph.tables.concepts import Concepts
from spnr_graph.tables.descriptor import TOP
from spnr_graph.tables.fields import COMMON, OPTIONS
from spnr_graph.tables.kinds import KINDS, Context
from spnr_graph.tables.places import Places
from tests.own_formats import GRAPH, project

TEXT = Path(__file__).parents[1].joinpath("docs", "formats.md").read_text("utf-8")


def block(language):
    """Return the text of the only block of code in a language."""
    (found,) = re.findall(rf"^( *)```{language}\n(.*?)```", TEXT, re.M | re.S)
    return re.sub(rf"^{found[0]}", "", found[1], flags=re.M)


def words(section, column=1):
    """Return the words in code of a column of the table of a section."""
    body = TEXT.split(f"{section}\n", 1)[1].split("\n#", 1)[0]
    rows = [line for line in body.splitlines() if line.startswith("| `")]
    cells = (re.split(r"(?<!\\)\|", row)[column] for row in rows)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_the_example_gives_what_it_says(tmp_path):
    own = formats(
        project(tmp_path, bibliotheques=(block("json"), block("sparql"))),
    )

    found = read_table(
        lambda: io.BytesIO(block("csv").encode()),
        label="bibliotheques.csv",
        formats=own,
        context=Context(places=Places([]), partner="prefecture", concepts=Concepts([])),
        graph=GRAPH,
    )

    with found.ntriples as stream:
        lines = stream.read().decode()
    first = "<https://w3id.org/spnr/id/initiative/prefecture-b-12>"
    start = '<https://schema.org/startDate> "2021-03-01"'
    assert found.format.name == "bibliotheques"
    assert found.rows == 2
    assert f"{first} {start}" in lines
    assert f'{first} <http://purl.org/dc/terms/identifier> "B 12" .' in lines
    assert {f.column for f in found.findings} == {"Commune INSEE"}  # no territory here


def test_every_kind_and_option_is_documented():
    assert words("### Kinds") == set(KINDS)
    told = words("### Kinds", column=4)
    assert {option for each in OPTIONS.values() for option in each} <= told


def test_every_property_of_a_field_is_documented():
    assert words("### A field") == COMMON - {"rdfType"}


def test_every_property_of_ours_is_documented():
    assert words("## The descriptor") - COMMON <= TOP | {"violation", "warning"}
