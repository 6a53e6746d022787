"""Nodes → a zip archive of CSV tables, one per kind of thing, described for reuse.

``datapackage.json`` (Frictionless Table Schema) says what each column is, in French and
in English. What no column can hold is in ``autres-enonces.csv``: nothing is left out.
Cells hold the text of the data untouched, as CSV demands; ``LISEZMOI.txt`` says how to
open them, for a spreadsheet takes a text that begins with "=" for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from spnr_graph.archive import archive
from spnr_graph.namespaces import PREFIXES
from spnr_graph.render.table_columns import KINDS, Column, Kind
from spnr_graph.render.triples import TYPE, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spnr_graph.render.triples import Nodes

#: Between several values of one cell.
SEPARATOR: Final = " | "
_REST: Final = "autres-enonces"
_REST_COLUMNS: Final = (
    Column("sujet", "@id", "Sujet (IRI)", "Subject (IRI)"),
    Column("propriete", "@id", "Propriété (IRI)", "Property (IRI)"),
    Column("valeur", "", "Valeur : IRI ou texte", "Value: IRI or text", form="text"),
    Column("langue", "", "Langue du texte", "Language of the text", form="text"),
    Column("type", "", "Type de données (IRI)", "Datatype (IRI)", form="text"),
)
_LABELS: Final = (
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["rdfs"] + "label",
    PREFIXES["dcterms"] + "title",
    PREFIXES["foaf"] + "name",
)
_README: Final = """\
Tableaux du graphe de connaissances / Tables of the knowledge graph

Un fichier CSV (UTF-8, virgule) par sorte de chose ; datapackage.json décrit les
colonnes. Plusieurs valeurs d'une cellule sont séparées par « | ». Ce qu'aucune colonne
ne peut tenir est dans autres-enonces.csv. Les cellules gardent le texte des données tel
quel : dans un tableur, importer les colonnes comme du texte, car un texte qui commence
par « = » y serait pris pour une formule.

One CSV file (UTF-8, comma) per kind of thing; datapackage.json describes the columns.
Several values of a cell are separated by " | ". What no column can hold is in
autres-enonces.csv. Cells keep the text of the data as it is: in a spreadsheet, import
the columns as text, for a text that begins with "=" would be taken for a formula.
"""

_Rows = list[list[str]]


def write(nodes: Nodes, output: BinaryIO, *, header: str = "") -> None:
    """Write the archive; a kind of which there is nothing has no table.

    Args:
        nodes: subject → predicate → objects.
        output: receives a zip archive.
        header: lines for a human reader: publishers, licences.
    """
    labels = _Labels(nodes)
    rest: Nodes = {s: {p: set(vs) for p, vs in f.items()} for s, f in nodes.items()}
    tables: list[tuple[Kind, _Rows]] = []
    for kind in KINDS:
        subjects = sorted(s for s in nodes if _is(nodes[s], kind))
        if subjects:
            rows = [_row(s, nodes[s], kind, labels) for s in subjects]
            tables.append((kind, rows))
        for subject in subjects:
            _take(rest[subject], kind)
    others = _others(rest)
    if others:
        tables.append((_rest_kind(), others))
    readme = _README + (f"\n{header.strip()}\n" if header.strip() else "")
    with archive(output) as files:
        for kind, rows in tables:
            files.writestr(f"{kind.name}.csv", _csv(kind.columns, rows))
        package = _package([kind for kind, _ in tables], header)
        files.writestr("datapackage.json", package)
        files.writestr("LISEZMOI.txt", readme)


class _Labels:
    """The labels of things, looked up once each."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._known: dict[tuple[str, str], str] = {}

    def get(self, iri: str, lang: str) -> str:
        """Return the label of a thing, or ``""`` when the graph has none."""
        key = (iri, lang)
        if key not in self._known:
            self._known[key] = self._find(iri, lang)
        return self._known[key]

    def _find(self, iri: str, lang: str) -> str:
        facts = self._nodes.get(iri, {})
        for predicate in _LABELS:
            values = [value for value in facts.get(predicate, ()) if not value.is_iri]
            if values:
                ranks = {lang: 0, "": 1}
                return min((ranks.get(v.language, 2), v.text) for v in values)[1]
        return ""


def _is(facts: dict[str, set[Value]], kind: Kind) -> bool:
    return any(Value(iri) in facts.get(TYPE, ()) for iri in kind.classes)


def _take(facts: dict[str, set[Value]], kind: Kind) -> None:
    """Remove what a table shows, so that only the rest remains."""
    facts.get(TYPE, set()).difference_update(map(Value, kind.classes))
    for column in kind.columns:
        if column.form != "label":
            values = facts.get(column.iri, set())
            values.difference_update([v for v in values if column.holds(v)])


def _row(
    subject: str, facts: dict[str, set[Value]], kind: Kind, labels: _Labels
) -> list[str]:
    own = set(map(Value, kind.classes))
    shown = facts | {TYPE: facts[TYPE] - own}  # the table itself says its class
    return [_cell(subject, shown, column, labels) for column in kind.columns]


def _cell(
    subject: str, facts: dict[str, set[Value]], column: Column, labels: _Labels
) -> str:
    if column.iri == "@id":
        return subject
    values = sorted(v for v in facts.get(column.iri, ()) if column.holds(v))
    if column.form != "label":
        return SEPARATOR.join(value.text for value in values)
    # As many labels as there are IRIs, in the same order.
    names = [labels.get(value.text, column.language) for value in values]
    return SEPARATOR.join(names) if any(names) else ""


def _others(rest: Nodes) -> _Rows:
    """Return the statements that no table holds."""
    return [
        [
            subject,
            predicate,
            value.text,
            value.language,
            "" if value.language else value.datatype,
        ]
        for subject in sorted(rest)
        for predicate in sorted(rest[subject])
        for value in sorted(rest[subject][predicate])
    ]


def _rest_kind() -> Kind:
    return Kind(
        name=_REST,
        fr="Énoncés qu'aucun autre tableau ne tient",
        en="Statements that no other table holds",
        classes=(),
        columns=_REST_COLUMNS,
    )


def _csv(columns: Iterable[Column], rows: _Rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(rows)
    return text.getvalue().encode()


def _package(kinds: Iterable[Kind], header: str) -> bytes:
    package = {
        "profile": "tabular-data-package",
        "name": "spnr",
        "title": "Tableaux du graphe du service public numérique régional",
        "title_en": "Tables of the graph of the regional digital public service",
        "description": header.strip(),
        "resources": [_resource(kind) for kind in kinds],
    }
    if not header.strip():
        del package["description"]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(kind: Kind) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in kind.columns]}
    if kind.classes:
        schema["primaryKey"] = "iri"
    return {
        "name": kind.name,
        "path": f"{kind.name}.csv",
        "profile": "tabular-data-resource",
        "title": kind.fr,
        "title_en": kind.en,
        "encoding": "utf-8",
        "mediatype": "text/csv",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": "string"}
    field |= {"title": column.fr, "title_en": column.en}
    if column.iri == "@id":
        field["format"] = "uri"
    elif column.iri and column.form != "label":
        field["rdfProperty"] = column.iri
    return field
