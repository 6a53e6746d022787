"""Read the tables of the census, and those that complete them, into one value."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import URIRef

from spnr_graph.errors import DataError
from spnr_graph.namespaces import expand

HERE: Final = Path(__file__).parent
PARTNER: Final = "recensement"

Row = dict[str, str]

COLUMNS: Final = {
    "actors": "id name_fr short_name type siren website territory part_of "
    "source_url confidence",
    "initiatives": "id name_fr kind axes objectives audiences territory start end "
    "budget_eur status website part_of source_url confidence",
    "participations": "initiative actor role start end amount_eur source_url "
    "confidence",
    "sources": "source_url title publisher date",
    "correspondances": "column value term",
    "libelles": "id fr en",
    "notes": "id property fr en source_url",
}
#: Initiatives whose place in the policy text gives them another IRI than their slug.
ALIASES: Final = {"service-public-numerique-regional": "spnr"}


@dataclass(frozen=True, kw_only=True)
class Census:
    """The tables, the terms of their values, and the IRI of each thing they name."""

    tables: Mapping[str, Sequence[Row]]
    terms: Mapping[tuple[str, str], URIRef]
    labels: Mapping[str, Row]
    actors: Mapping[str, URIRef]
    initiatives: Mapping[str, URIRef]
    #: Participations that only their first year tells apart.
    repeated: frozenset[tuple[str, str, str]]

    def term(self, row: Row, column: str) -> URIRef:
        """Return the term that the value of a column stands for."""
        return self._term(column, row[column])

    def terms_of(self, row: Row, column: str) -> list[URIRef]:
        """Return the terms of a column that lists several values."""
        return [self._term(column, each) for each in split(row[column])]

    def actor(self, slug: str) -> URIRef:
        """Return the IRI of an actor of the tables."""
        return _named(self.actors, slug)

    def initiative(self, slug: str) -> URIRef:
        """Return the IRI of an initiative of the tables."""
        return _named(self.initiatives, slug)

    def participation(self, row: Row) -> URIRef:
        """Return the IRI of a participation, made of its actor, initiative and role."""
        nodes = (
            self.initiative(row["initiative"]),
            self.actor(row["actor"]),
            self.term(row, "role"),
        )
        parts = [node.rpartition("/")[2] for node in nodes]
        if _triple(row) in self.repeated:
            parts.append(row["start"][:4])
        return term("participation:" + "--".join(parts))

    def named(self) -> dict[str, URIRef]:
        """Return everything a note may be about: kind and slug → IRI."""
        nodes = {f"acteur:{slug}": node for slug, node in self.actors.items()}
        nodes |= {f"initiative:{slug}": n for slug, n in self.initiatives.items()}
        rows = self.tables["participations"]
        own = {f"participation:{'--'.join(_triple(r))}": r for r in rows}
        return nodes | {key: self.participation(row) for key, row in own.items()}

    def _term(self, column: str, value: str) -> URIRef:
        if (column, value) in self.terms:
            return self.terms[column, value]
        if column == "territory" and re.fullmatch(r"\d[\dAB](\d{3})?", value):
            kind = "dep" if len(value) == 2 else "com"
            return term(f"territoire:{kind}-{value}")
        raise unknown(column, value)


def term(name: str) -> URIRef:
    """Return the IRI of a prefixed name.

    Raises:
        DataError: its prefix is unknown.
    """
    iri = expand(name)
    if iri is None:
        raise unknown("term", name)
    return URIRef(iri)


def read_table(path: Path) -> list[Row]:
    """Read a table and check its columns.

    Raises:
        DataError: a column is missing, unknown or out of order, or a cell is missing.
    """
    columns = COLUMNS[path.stem].split()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
    except (OSError, ValueError) as error:
        raise DataError(
            fr=f"{path} : table illisible ({error}). Vérifier le dossier donné.",
            en=f"{path}: unreadable table ({error}). Check the folder given.",
        ) from error
    if header != columns:
        raise unknown(path.name, ",".join(header))
    for row in rows:
        if len(row) != len(columns):
            raise unknown(path.name, ",".join(row))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def read(folder: Path, tables: Path = HERE) -> Census:
    """Read the tables of the census and those that complete them.

    Raises:
        DataError: a table names what no table describes.
    """
    names = ("actors", "initiatives", "participations", "sources")
    content = {name: read_table(folder / f"{name}.csv") for name in names}
    content["notes"] = read_table(tables / "notes.csv")
    terms = read_table(tables / "correspondances.csv")
    census = Census(
        tables=content,
        terms={(row["column"], row["value"]): term(row["term"]) for row in terms},
        labels={row["id"]: row for row in read_table(tables / "libelles.csv")},
        actors={row["id"]: _actor(row) for row in content["actors"]},
        initiatives={
            row["id"]: term(f"initiative:{ALIASES.get(row['id'], row['id'])}")
            for row in content["initiatives"]
        },
        repeated=frozenset(
            key
            for key, count in Counter(map(_triple, content["participations"])).items()
            if count > 1
        ),
    )
    _check(census)
    return census


def _check(census: Census) -> None:
    """Refuse names, notes and sources of things that no table describes."""
    notes = {row["id"] for row in census.tables["notes"]}
    for key in sorted((census.labels.keys() | notes) - census.named().keys()):
        raise unknown("id", key)
    rows = [row for table in census.tables.values() for row in table]
    known = {row["source_url"] for row in census.tables["sources"]} | {""}
    for url in sorted({row["source_url"] for row in rows} - known):
        raise unknown("source_url", url)


def _triple(row: Row) -> tuple[str, str, str]:
    return row["initiative"], row["actor"], row["role"]


def _named(nodes: Mapping[str, URIRef], slug: str) -> URIRef:
    if slug not in nodes:
        raise unknown("id", slug)
    return nodes[slug]


def _actor(row: Row) -> URIRef:
    siren = row["siren"]
    return term(
        f"acteur:siren-{siren}" if siren else f"acteur:local-{PARTNER}-{row['id']}"
    )


def split(cell: str) -> list[str]:
    """Return the values of a cell that lists several."""
    return [each for each in cell.split(";") if each]


def unknown(column: str, value: str) -> DataError:
    """Return the error that says which value of the tables is not understood."""
    return DataError(
        fr=f"{column} : « {value} » n'est pas reconnu. Corriger les faits, ou "
        "compléter les tables de data/recensement/.",
        en=f"{column}: '{value}' is not understood. Correct the facts, or complete the "
        "tables of data/recensement/.",
    )
