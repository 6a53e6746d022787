"""Turn the four tables of the census into the Turtle files of this folder.

Run it from the root of the checkout, with the project installed::

    python data/recensement/build.py FACTS_DIR

``FACTS_DIR`` holds ``actors.csv``, ``initiatives.csv``, ``participations.csv`` and
``sources.csv``. Three tables beside this script complete them: ``correspondances.csv``
says which term each value stands for (a value it does not know is refused),
``libelles.csv`` gives names that translate or replace those of the tables, and
``notes.csv`` tells the doubts, the history and the limits of a fact.
"""

from __future__ import annotations

import argparse
import re
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from census import HERE, read, split, term, unknown
from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.graph import Graph

from spnr_graph.errors import DataError, SpnrError
from spnr_graph.turtle import write as write_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from census import Census, Row
    from rdflib.term import Node

HEADER: Final = "# Fichier produit par data/recensement/build.py ; ne pas le modifier."

Triple = tuple[URIRef, URIRef, "Node"]

#: Actors whose lead makes a service a public service.
PUBLIC_BODIES: Final = frozenset(
    {
        "chambre-consulaire",
        "commune",
        "departement",
        "etablissement-public",
        "etat",
        "groupement",
        "intercommunalite",
        "region",
    }
)
#: Kinds of initiatives that deliver a digital service, once they have a web site.
SERVICES: Final = frozenset({"service", "donnees"})
#: Where every SIREN of the tables was looked up.
REGISTER: Final = "https://www.npmjs.com/package/@etalab/decoupage-administratif"
NOTES: Final = frozenset({"altLabel", "editorialNote", "historyNote", "scopeNote"})
#: Length of a date as the tables write it → its datatype.
PRECISIONS: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def document(url: str) -> URIRef:
    """Return the IRI of an address, with illegal characters percent-encoded.

    Example:
        >>> str(document("https://example.org/a b?c=é%20"))
        'https://example.org/a%20b?c=%C3%A9%20'
    """
    return URIRef(quote(url, safe="%:/?#[]@!$&'()*+,;=-._~"))


def widen(text: str, *, end: bool = False) -> str:
    """Return the first day of a year, a month or a day, or else the last one.

    Raises:
        DataError: not such a date.

    Example:
        >>> widen("2024-02", end=True)
        '2024-02-29'
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise unknown("date", text)
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 1:
            parts.append(12 if end else 1)
        if len(parts) == 2:
            parts.append(monthrange(*parts)[1] if end else 1)
        return date(*parts).isoformat()
    except ValueError as error:
        raise unknown("date", text) from error


def period(node: URIRef, start: str, end: str) -> Iterator[Triple]:
    """Say when something begins and ends, widened and as the source says."""
    for name, text in (("startDate", start), ("endDate", end)):
        if text:
            day = Literal(widen(text, end=name == "endDate"), datatype=XSD.date)
            yield node, term(f"schema:{name}"), day
    if start or end:
        interval = Literal(f"{start or '..'}/{end or '..'}")
        yield node, term("schema:temporalCoverage"), interval


def names(census: Census, node: URIRef, key: str, *given: str) -> Iterator[Triple]:
    """Name something by the first name given, or by that of ``libelles.csv``."""
    label = census.labels.get(key, {})
    preferred = label.get("fr") or given[0]
    yield node, term("skos:prefLabel"), Literal(preferred, lang="fr")
    if label.get("en"):
        yield node, term("skos:prefLabel"), Literal(label["en"], lang="en")
    for name in given:
        if name and name != preferred:
            yield node, term("skos:altLabel"), Literal(name, lang="fr")


def evidence(census: Census, node: URIRef, row: Row) -> Iterator[Triple]:
    """Say which source proves a row, and whether it states or implies it."""
    yield node, term("dcterms:source"), document(row["source_url"])
    yield node, term("spnr:confidence"), census.term(row, "confidence")


def actor_triples(census: Census) -> Iterator[Triple]:
    """Describe the actors."""
    for row in census.tables["actors"]:
        node = census.actors[row["id"]]
        yield node, RDF.type, term("spnr:Actor")
        yield node, term("dcterms:identifier"), Literal(row["id"])
        key = f"acteur:{row['id']}"
        yield from names(census, node, key, row["name_fr"], row["short_name"])
        yield node, term("org:classification"), census.term(row, "type")
        for place in census.terms_of(row, "territory"):
            yield node, term("dcterms:spatial"), place
        for whole in split(row["part_of"]):
            yield node, term("dcterms:isPartOf"), census.actor(whole)
        if row["siren"]:
            yield node, term("spnr:siren"), Literal(row["siren"])
            yield node, term("dcterms:source"), document(REGISTER)
        if row["siren"] and row["type"] == "intercommunalite":
            own = term(f"territoire:epci-{row['siren']}")
            yield node, term("dcterms:spatial"), own
        if row["website"]:
            yield node, term("foaf:homepage"), document(row["website"])
        yield from evidence(census, node, row)


def initiative_triples(census: Census) -> Iterator[Triple]:
    """Describe the initiatives and the digital services they deliver."""
    lists = {
        "axes": "spnr:servesAxis",
        "objectives": "spnr:pursuesObjective",
        "audiences": "dcterms:audience",
        "territory": "dcterms:spatial",
    }
    for row in census.tables["initiatives"]:
        node = census.initiatives[row["id"]]
        yield node, RDF.type, term("spnr:Initiative")
        yield node, term("dcterms:identifier"), Literal(row["id"])
        yield from names(census, node, f"initiative:{row['id']}", row["name_fr"])
        yield node, term("dcterms:type"), census.term(row, "kind")
        yield node, term("adms:status"), census.term(row, "status")
        for column, name in lists.items():
            for value in census.terms_of(row, column):
                yield node, term(name), value
        for whole in split(row["part_of"]):
            yield node, term("dcterms:isPartOf"), census.initiative(whole)
        if row["budget_eur"]:
            yield node, term("spnr:budgetEUR"), _euros(row["budget_eur"])
        if row["website"]:
            yield node, term("foaf:page"), document(row["website"])
            yield from service_triples(census, node, row)
        yield from period(node, row["start"], row["end"])
        yield from evidence(census, node, row)


def service_triples(census: Census, node: URIRef, row: Row) -> Iterator[Triple]:
    """Describe the digital service an initiative delivers, if it delivers one."""
    if row["kind"] not in SERVICES:
        return
    slug = node.rpartition("/")[2]
    service, channel = term(f"service:{slug}"), term(f"canal:{slug}")
    yield node, term("spnr:delivers"), service
    yield service, RDF.type, term("spnr:DigitalService")
    if _is_public(census, row["id"]):
        yield service, RDF.type, term("cpsv:PublicService")
    key = f"initiative:{row['id']}"
    for _, name, label in names(census, service, key, row["name_fr"]):
        yield service, name, label
        if name == term("skos:prefLabel") and isinstance(label, Literal):
            site = {"fr": "Site : ", "en": "Website: "}[str(label.language)]
            yield channel, RDFS.label, Literal(site + label, lang=label.language)
    for audience in census.terms_of(row, "audiences"):
        yield service, term("dcterms:audience"), audience
    yield service, term("dcterms:source"), document(row["source_url"])
    yield service, term("cv:hasChannel"), channel
    yield channel, RDF.type, term("cv:Channel")
    yield channel, term("foaf:page"), document(row["website"])


def _is_public(census: Census, initiative: str) -> bool:
    kinds = {row["id"]: row["type"] for row in census.tables["actors"]}
    return any(
        row["initiative"] == initiative
        and row["role"] == "pilote"
        and kinds[row["actor"]] in PUBLIC_BODIES
        for row in census.tables["participations"]
    )


def participation_triples(census: Census) -> Iterator[Triple]:
    """Describe the participations."""
    for row in census.tables["participations"]:
        node = census.participation(row)
        yield node, RDF.type, term("spnr:Participation")
        yield node, term("spnr:initiative"), census.initiatives[row["initiative"]]
        yield node, term("cv:hasParticipant"), census.actors[row["actor"]]
        yield node, term("cv:role"), census.term(row, "role")
        if row["amount_eur"]:
            yield node, term("spnr:amountEUR"), _euros(row["amount_eur"])
            yield node, term("spnr:amountStatus"), term("etat-montant:indetermine")
        yield from period(node, row["start"], row["end"])
        yield from evidence(census, node, row)


def source_triples(census: Census) -> Iterator[Triple]:
    """Describe the pages that were read."""
    for row in census.tables["sources"]:
        node = document(row["source_url"])
        yield node, RDF.type, term("foaf:Document")
        yield node, term("dcterms:title"), Literal(row["title"], lang="fr")
        yield node, term("dc:publisher"), Literal(row["publisher"])
        if row["date"]:
            widen(row["date"])
            day = Literal(row["date"], datatype=PRECISIONS[len(row["date"])])
            yield node, term("dcterms:issued"), day


def note_triples(census: Census) -> Iterator[Triple]:
    """Tell what is known of the doubts, the history and the limits of facts."""
    nodes = census.named()
    for row in census.tables["notes"]:
        node = nodes[row["id"]]
        if row["property"] not in NOTES:
            raise unknown("property", row["property"])
        for lang in ("fr", "en"):
            if row[lang]:
                text = Literal(row[lang], lang=lang)
                yield node, term(f"skos:{row['property']}"), text
        if row["source_url"]:
            yield node, term("dcterms:source"), document(row["source_url"])


#: Name of a file → the table it comes from, what each row makes, and how.
CONTENTS: Final = {
    "acteurs": ("actors", "spnr:Actor", actor_triples),
    "initiatives": ("initiatives", "spnr:Initiative", initiative_triples),
    "participations": ("participations", "spnr:Participation", participation_triples),
    "sources": ("sources", "foaf:Document", source_triples),
}


def graphs(census: Census) -> dict[str, Graph]:
    """Return every file of the census: name → graph.

    Raises:
        DataError: two rows would make the same thing.
    """
    notes = list(note_triples(census))
    built = {}
    for name, (table, kind, describe) in CONTENTS.items():
        graph = Graph(bind_namespaces="none")
        for triple in describe(census):
            graph.add(triple)
        own = set(graph.subjects())
        for triple in notes:
            if triple[0] in own:
                graph.add(triple)
        made = len(set(graph.subjects(RDF.type, term(kind))))
        if made != len(census.tables[table]):
            raise _repeated(table, len(census.tables[table]), made)
        built[f"{name}.ttl"] = graph
    return built


def write(built: Mapping[str, Graph], folder: Path) -> None:
    """Write the files and say how much is in each."""
    for name, graph in built.items():
        lines = graph.serialize(format="nt", encoding="utf-8").splitlines()
        with (folder / name).open("wb") as file:
            write_turtle(lines, file, header=HEADER)
        print(f"{name}: {len(set(graph.subjects()))} subjects, {len(graph)} triples")


def _euros(cell: str) -> Literal:
    if not re.fullmatch(r"[0-9]+", cell):
        raise unknown("amount", cell)
    return Literal(cell, datatype=XSD.decimal)


def _repeated(table: str, rows: int, made: int) -> DataError:
    return DataError(
        fr=f"{table}.csv : {rows} lignes décrivent {made} choses. Supprimer les "
        "répétitions.",
        en=f"{table}.csv: {rows} rows describe {made} things. Remove the repetitions.",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, build and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("facts", type=Path, help="folder of the four tables")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to")
    options = parser.parse_args(arguments)
    try:
        write(graphs(read(options.facts)), options.output)
    except SpnrError as error:
        parser.exit(2, f"{error.fr}\n")


if __name__ == "__main__":
    main()
