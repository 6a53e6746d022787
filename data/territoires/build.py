"""Build the territories of one French region from the official geographic code.

Run it from the root of the checkout, with the project installed::

    python data/territoires/build.py --region 27

The input is the npm package ``@etalab/decoupage-administratif`` (data: INSEE, BANATIC,
La Poste, Licence Ouverte 2.0), fetched with ``npm pack`` unless ``--package`` gives the
folder of an unpacked one. Zones that no code designates come from ``zones.csv``, links
to other registers from ``correspondances.csv``, both beside this script.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geocode import KINDS, PACKAGE, fetch_package, read_package, select
from rdflib import OWL, RDF, XSD, Literal, URIRef
from rdflib.graph import Graph

from spnr_graph.errors import SpnrError
from spnr_graph.namespaces import expand
from spnr_graph.turtle import write as write_turtle

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from geocode import Code, Region
    from rdflib.term import Node

HERE: Final = Path(__file__).parent

Triple = tuple[URIRef, URIRef, "Node"]

#: Intercommunalities: the abbreviation that begins a name → what it stands for.
ABBREVIATIONS: Final = {
    "CA": "Communauté d'agglomération",
    "CC": "Communauté de communes",
    "CU": "Communauté urbaine",
}
COUNTRY: Final = "pays-fra"
HEADER: Final = "# Fichier produit par data/territoires/build.py à partir de"


def term(name: str) -> URIRef:
    """Return the IRI of a prefixed name."""
    return URIRef(expand(name) or name)


def place(kind: str, code: str) -> URIRef:
    """Return the IRI of a territory."""
    return term(f"territoire:{kind}-{code}")


def _location(node: URIRef, kind: str, name: str, code: str) -> Iterator[Triple]:
    yield node, RDF.type, term("dcterms:Location")
    yield node, RDF.type, term(f"igeo:{kind}")
    yield node, term("skos:prefLabel"), Literal(name, lang="fr")
    yield node, term("dcterms:identifier"), Literal(code)


def _population(node: URIRef, count: int) -> Triple:
    return node, term("dbo:populationTotal"), Literal(str(count), datatype=XSD.integer)


def _insee(node: URIRef, kind: str, code: str) -> Triple:
    target = URIRef(f"http://id.insee.fr/geo/{kind}/{code}")
    return node, term("schema:sameAs"), target


def region_triples(area: Region) -> Iterator[Triple]:
    """Describe the region and its départements."""
    part_of = term("dcterms:isPartOf")
    code = area.region["code"]
    region = place("reg", code)
    yield from _location(region, "Region", area.region["nom"], code)
    yield region, part_of, term(f"territoire:{COUNTRY}")
    yield _insee(region, "region", code)
    yield _population(region, area.inhabitants("region", code))
    for each in area.departements:
        node = place("dep", each["code"])
        yield from _location(node, "Departement", each["nom"], each["code"])
        yield node, part_of, region
        yield _insee(node, "departement", each["code"])
        yield _population(node, area.inhabitants("departement", each["code"]))


def epci_triples(area: Region) -> Iterator[Triple]:
    """Describe the intercommunalities with at least one commune of the region.

    Population is the sum over all members, those of neighbouring regions included, so
    that every level counts the same census.
    """
    own = {c["code"] for c in area.communes}
    for each in area.epci:
        node = place("epci", each["code"])
        members = [m["code"] for m in each["membres"]]
        outside = len(set(members) - own)
        # The register of intermunicipal bodies has names with two spaces in a row.
        name = " ".join(each["nom"].split())
        yield from _location(node, "Intercommunalite", name, each["code"])
        yield node, term("dcterms:isPartOf"), place("reg", area.region["code"])
        yield _population(node, sum(area.population[code] for code in members))
        short, _, rest = name.partition(" ")
        if rest and short in ABBREVIATIONS:
            full = Literal(f"{ABBREVIATIONS[short]} {rest}", lang="fr")
            yield node, term("skos:altLabel"), full
        if outside:
            for lang, text in _straddling(outside, len(members)):
                yield node, term("skos:scopeNote"), Literal(text, lang=lang)


def _straddling(outside: int, total: int) -> tuple[tuple[str, str], ...]:
    return (
        ("fr", f"Communes membres hors de la région : {outside} sur {total}."),
        ("en", f"Member communes outside the region: {outside} of {total}."),
    )


def commune_triples(area: Region, departement: str) -> Iterator[Triple]:
    """Describe the present communes of a département.

    A code may belong both to a present commune and to one of its delegated parts: it
    keeps one IRI, and the name of the part becomes another name of the commune.
    """
    part_of = term("dcterms:isPartOf")
    groups = {m["code"]: e["code"] for e in area.epci for m in e["membres"]}
    parts = {c["code"]: c["nom"] for c in area.delegated}
    for each in area.communes:
        if each["departement"] != departement:
            continue
        node = place("com", each["code"])
        yield from _location(node, "Commune", each["nom"], each["code"])
        yield node, part_of, place("dep", departement)
        if "population" in each:
            yield _population(node, int(each["population"]))
        if "siren" in each:
            yield node, term("dcterms:identifier"), Literal(each["siren"])
        if each["code"] in groups:
            yield node, part_of, place("epci", groups[each["code"]])
        if parts.get(each["code"], each["nom"]) != each["nom"]:
            name = Literal(parts[each["code"]], lang="fr")
            yield node, term("skos:altLabel"), name


def former_triples(area: Region) -> Iterator[Triple]:
    """Describe the former communes and say which present one replaces each."""
    present = {c["code"]: c for c in area.communes}
    named = {c["code"]: c for c in area.delegated if c["code"] not in present}
    heirs = {old: c["code"] for c in area.communes for old in c.get("anciensCodes", ())}
    heirs |= {code: c["chefLieu"] for code, c in named.items()}
    for code, heir in heirs.items():
        node = place("com", code)
        yield node, OWL.deprecated, Literal(True)
        yield node, term("dcterms:isReplacedBy"), place("com", heir)
        if code in named:
            kind = str(KINDS[named[code]["type"]]).removeprefix("igeo:")
            yield from _location(node, kind, named[code]["nom"], code)
        else:
            name = f"Ancienne commune {code}, aujourd'hui {present[heir]['nom']}"
            yield node, RDF.type, term("dcterms:Location")
            yield node, term("skos:prefLabel"), Literal(name, lang="fr")
            yield node, term("dcterms:identifier"), Literal(code)


def zone_triples(rows: Sequence[Mapping[str, str]]) -> Iterator[Triple]:
    """Describe the zones of a table: id, identifier, names, whole and notes."""
    for row in rows:
        node = term(f"territoire:{row['id']}")
        yield node, RDF.type, term("dcterms:Location")
        if row["identifier"]:
            yield node, term("dcterms:identifier"), Literal(row["identifier"])
        if row["part_of"]:
            yield node, term("dcterms:isPartOf"), term(f"territoire:{row['part_of']}")
        for lang in ("fr", "en"):
            yield node, term("skos:prefLabel"), Literal(row[lang], lang=lang)
            if note := row[f"note_{lang}"]:
                yield node, term("skos:scopeNote"), Literal(note, lang=lang)


def link_triples(
    rows: Sequence[Mapping[str, str]], known: Container[object]
) -> Iterator[Triple]:
    """Link to other registers those of the territories that are known."""
    for row in rows:
        node = term(f"territoire:{row['id']}")
        if node in known:
            yield node, term("schema:sameAs"), URIRef(row["iri"])


def graphs(
    code: Code,
    region: str,
    *,
    zones: Sequence[Mapping[str, str]] = (),
    links: Sequence[Mapping[str, str]] = (),
) -> dict[str, Graph]:
    """Return every file of a region: name → graph."""
    area = select(code, region)
    contents: dict[str, Iterator[Triple]] = {
        "region": region_triples(area),
        "epci": epci_triples(area),
        "anciennes-communes": former_triples(area),
        "zones": zone_triples(zones),
    }
    for each in area.departements:
        name = f"communes-{str(each['code']).lower()}"
        contents[name] = commune_triples(area, each["code"])
    built = {}
    for name, triples in contents.items():
        graph = Graph(bind_namespaces="none")
        for triple in triples:
            graph.add(triple)
        for triple in link_triples(links, set(graph.subjects())):
            graph.add(triple)
        built[f"{name}.ttl"] = graph
    return built


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table of this folder."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(built: Mapping[str, Graph], folder: Path) -> None:
    """Write the files and remove those of départements that are no longer built."""
    for stale in set(folder.glob("communes-*.ttl")) - {folder / name for name in built}:
        stale.unlink()
    for name, graph in sorted(built.items()):
        lines = graph.serialize(format="nt", encoding="utf-8").splitlines()
        with (folder / name).open("wb") as file:
            write_turtle(lines, file, header=f"{HEADER} {PACKAGE}.")
        print(f"{name}: {len(set(graph.subjects()))} territories, {len(graph)} triples")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, build and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--region", required=True, help="INSEE code, for instance 27")
    parser.add_argument("--package", type=Path, help="folder of the unpacked package")
    parser.add_argument("--tables", type=Path, default=HERE, help="folder of the CSV")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            code = read_package(options.package or fetch_package(Path(folder)))
        zones = read_rows(options.tables / "zones.csv")
        links = read_rows(options.tables / "correspondances.csv")
        write(graphs(code, options.region, zones=zones, links=links), options.output)
    except SpnrError as error:
        parser.exit(2, f"{error.fr}\n")


if __name__ == "__main__":
    main()
