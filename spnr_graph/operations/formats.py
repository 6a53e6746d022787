"""Formats: which forms of tables are known, and how a file answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import tables
from spnr_graph.namespaces import shorten
from spnr_graph.project import Project, open_project
from spnr_graph.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from spnr_graph.tables import Field, Format, Resource

#: Column of an answer → its title in French and in English.
TITLES: Final = {
    "format": ("Format", "Format"),
    "titre": ("Table", "Table"),
    "colonnes": ("Colonnes", "Columns"),
    "reconnu": ("Reconnu par", "Recognised by"),
    "feuille": ("Feuille", "Sheet"),
    "colonne": ("Colonne", "Column"),
    "attendu": ("Attendu", "Expected"),
    "obligatoire": ("Obligatoire", "Required"),
    "exemple": ("Exemple", "Example"),
    "devient": ("Devient", "Becomes"),
    "description": ("Description", "Description"),
    "etat": ("État", "State"),
    "champ": ("Colonne du format", "Column of the format"),
}
_YES: Final = {"fr": "oui", "en": "yes"}
_NO: Final = {"fr": "non", "en": "no"}
_STATES: Final = {
    "known": ("connue", "known"),
    "unknown": ("inconnue", "unknown"),
    "missing": ("manque", "missing"),
    "absent": ("absente", "absent"),
    "left": ("feuille laissée", "sheet left out"),
}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How a file answers to a format.

    Attributes:
        format: the format that was recognised or given.
        columns: each column of the file and of the format, and what became of it.
        known: columns of the file that the format knows.
        total: columns of the file.
        missing: required columns that the file lacks.
    """

    format: Format
    columns: Table
    known: int
    total: int
    missing: int


def formats(*, lang: str = "fr", project: Project | None = None) -> Table:
    """Return the formats of tables: name, title, columns, what they are known by.

    Raises:
        DataError: a format is broken.
    """
    known = tables.formats(project or open_project())
    rows = (
        (
            each.name,
            each.title(lang),
            str(sum(len(resource.fields) for resource in each.resources)),
            ", ".join(_required(each)),
        )
        for each in known.values()
    )
    return _table(("format", "titre", "colonnes", "reconnu"), rows)


def _required(format_: Format) -> Iterable[str]:
    names = (f.name for r in format_.resources for f in r.fields if f.required)
    return dict.fromkeys(names)


def describe(name: str, *, lang: str = "fr", project: Project | None = None) -> Table:
    """Return the columns of a format: what each takes, and what it becomes.

    Args:
        name: the format.
        lang: language of the words.
        project: where the formats are; the shipped ones by default.

    Raises:
        DataError: there is no such format.
    """
    from spnr_graph.tables.construct import becomes
    from spnr_graph.tables.formats import named

    found = named(name, tables.formats(project or open_project()))
    made = becomes(found.mapping)
    several = len(found.resources) > 1
    columns = ("colonne", "attendu", "obligatoire", "exemple", "devient", "description")
    rows = (
        ((resource.name,) if several else ()) + _described(field, made, lang)
        for resource in found.resources
        for field in resource.fields
    )
    return _table(("feuille", *columns) if several else columns, rows)


def _described(
    field: Field, made: Mapping[str, tuple[str, ...]], lang: str
) -> tuple[str, ...]:
    from spnr_graph.tables.expected import expected

    properties = {
        shorten(iri)
        for name, iris in made.items()
        if name.partition(".")[0] == field.local
        for iri in iris
    }
    options = field.options
    english = options.get("description_en") if lang == "en" else None
    return (
        field.name,
        expected(field, lang),
        (_YES if field.required else _NO)[lang],
        str(options.get("example", "")),
        ", ".join(sorted(properties)),
        str(english or options.get("description", "")),
    )


def mapping(name: str, *, project: Project | None = None) -> str:
    """Return the SPARQL CONSTRUCT of a format.

    Raises:
        DataError: there is no such format.
    """
    from spnr_graph.tables.formats import named

    return named(name, tables.formats(project or open_project())).mapping


def compare(
    path: Path,
    *,
    name: str | None = None,
    lang: str = "fr",
    project: Project | None = None,
) -> Comparison:
    """Say which format a file has, and what becomes of each of its columns.

    Args:
        path: the file.
        name: the format to compare it with; recognised by the columns when None.
        lang: language of the words.
        project: where the formats are; the shipped ones by default.

    Raises:
        DataError: no table, or of no known format.
    """
    from spnr_graph.tables.reading import recognised

    known = tables.formats(project or open_project())
    rows: list[tuple[str, ...]] = []
    counts = dict.fromkeys(_STATES, 0)
    with recognised(path, label=str(path), formats=known, as_format=name) as opened:
        sheets, found, chosen = opened
        for place, sheet in enumerate(sheets):
            for title, field, state in _states(sheet.columns, chosen.get(place)):
                counts[state] += 1
                said = _STATES[state][0 if lang == "fr" else 1]
                rows.append((sheet.name, title, field, said))
    shown = ("feuille", "colonne", "champ", "etat")
    first = 1 if len(sheets) == 1 else 0
    return Comparison(
        format=found,
        columns=_table(shown[first:], (row[first:] for row in rows)),
        known=counts["known"],
        total=counts["known"] + counts["unknown"],
        missing=counts["missing"],
    )


def _states(
    columns: tuple[str, ...], resource: Resource | None
) -> list[tuple[str, str, str]]:
    """Return (title, column of the format, state), in the order of the file."""
    from spnr_graph.tables.recognise import match

    if resource is None:
        return [("", "", "left")]
    found = match(columns, resource)
    fields = {place: name for name, place in found.places.items()}
    here = [
        (title, fields.get(place, ""), "known" if place in fields else "unknown")
        for place, title in enumerate(columns)
    ]
    lacking = [(near, name, "missing") for name, near in found.missing.items()]
    return [*here, *lacking, *(("", name, "absent") for name in found.absent)]


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    from rdflib.term import Literal

    return Table(
        columns=columns,
        rows=tuple(tuple(Literal(c) if c else None for c in row) for row in rows),
    )
