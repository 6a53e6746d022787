"""The territories: as the official code says, and built alike for any region."""

from __future__ import annotations

import json
import os
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from spnr_graph.errors import DataError
from spnr_graph.namespaces import BASE, expand
from tests import needs
from tests.reading import DATA, a, iris, own, run, script, string, xsd

build = script("territoires")

FOLDER = DATA / "territoires"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ttl"))
COMMUNES = [name for name in NAMES if name.startswith("communes-")]


def place(kind, code):
    return expand(f"territoire:{kind}-{code}")


def read(name):
    """Read a table of the partners' copy of the official code."""
    path = needs.realdata("cog-2026", f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


# --- the files against another reading of the official code ----------------------


def test_every_present_commune_is_there_with_all_that_is_known_of_it():
    table = [c for c in read("communes-bfc") if c["type"] == "commune-actuelle"]
    groups = {m["code"]: e["code"] for e in read("epci-bfc") for m in e["membres"]}
    found = own("territoires", *COMMUNES)

    assert len(table) == len(found) == 3685
    assert sum(commune["population"] for commune in table) == 2802670
    for each in table:
        properties = dict(found[place("com", each["code"])])
        others = properties.pop(expand("skos:altLabel"), set())
        assert (each["nom"], "fr") not in others
        assert properties == {
            expand("rdf:type"): iris("dcterms:Location", "igeo:Commune"),
            expand("skos:prefLabel"): {(each["nom"], "fr")},
            expand("dcterms:identifier"): string(each["code"], each["siren"]),
            expand("dbo:populationTotal"): xsd(str(each["population"]), "integer"),
            expand("dcterms:isPartOf"): iris(
                f"territoire:dep-{each['departement']}",
                f"territoire:epci-{groups[each['code']]}",
            ),
        }


def test_every_intercommunality_is_there_and_counts_all_its_members():
    population = {
        c["code"]: c["population"]
        for c in read("communes")
        if c["type"] == "commune-actuelle" and "population" in c
    }
    own_codes = {c["code"] for c in read("communes-bfc")}
    found = own("territoires", "epci")
    table = read("epci-bfc")

    assert len(table) == len(found) == 116
    straddling = 0
    for each in table:
        members = {m["code"] for m in each["membres"]}
        properties = found[place("epci", each["code"])]
        total = sum(population[code] for code in members)
        outside = len(members - own_codes)
        straddling += bool(outside)
        name = each["nom"].replace("  ", " ")
        assert properties[expand("skos:prefLabel")] == {(name, "fr")}
        assert properties[expand("dcterms:identifier")] == string(each["code"])
        assert properties[expand("dbo:populationTotal")] == xsd(str(total), "integer")
        assert properties[expand("dcterms:isPartOf")] == iris("territoire:reg-27")
        assert bool(properties[expand("skos:scopeNote")]) == bool(outside)
    assert straddling == 6


def test_every_code_of_a_former_commune_leads_to_the_present_one():
    table = read("communes-bfc")
    present = {c["code"] for c in table if c["type"] == "commune-actuelle"}
    heirs = {old: c["code"] for c in table for old in c.get("anciensCodes", ())}
    heirs |= {c["code"]: c["chefLieu"] for c in table if "chefLieu" in c}
    heirs = {old: heir for old, heir in heirs.items() if old not in present}
    found = own("territoires", "anciennes-communes")

    assert {
        subject: of[expand("dcterms:isReplacedBy")] for subject, of in found.items()
    } == {
        place("com", old): iris(f"territoire:com-{heir}") for old, heir in heirs.items()
    }
    assert len(found) == 334
    for of in found.values():
        assert of[expand("owl:deprecated")] == xsd("true", "boolean")
        assert len(of[expand("skos:prefLabel")]) == 1


def test_a_code_that_is_both_present_and_delegated_keeps_both_names():
    commune = own("territoires", *COMMUNES)[place("com", "21272")]

    assert commune[expand("skos:prefLabel")] == {("Le Val-Larrey", "fr")}
    assert commune[expand("skos:altLabel")] == {("Flée", "fr")}
    assert place("com", "21272") not in own("territoires", "anciennes-communes")


def test_the_region_and_its_departements_are_linked_to_other_registers():
    found = own("territoires", "region")
    region, doubs = found[place("reg", "27")], found[place("dep", "25")]

    assert len(a(found, "igeo:Departement")) == 8
    assert region[expand("dbo:populationTotal")] == xsd("2802670", "integer")
    assert region[expand("schema:sameAs")] == {
        ("http://id.insee.fr/geo/region/27",),
        ("http://data.europa.eu/nuts/code/FRC",),
    }
    assert doubs[expand("schema:sameAs")] == {
        ("http://id.insee.fr/geo/departement/25",),
        ("http://data.europa.eu/nuts/code/FRC21",),
    }


def test_every_level_counts_the_same_inhabitants():
    found = own("territoires", *COMMUNES, "region")
    counts = Counter()
    for of in (found[node] for node in a(found, "igeo:Commune")):
        ((text, _),) = of[expand("dbo:populationTotal")]
        ((whole,),) = {w for w in of[expand("dcterms:isPartOf")] if "/dep-" in w[0]}
        counts[whole] += int(text)

    for node in a(found, "igeo:Departement"):
        total = found[node][expand("dbo:populationTotal")]
        assert total == xsd(str(counts[node]), "integer")


def test_every_territory_lies_in_one_that_is_described():
    found = own("territoires", *NAMES)
    for node, of in found.items():
        for (whole,) in of[expand("dcterms:isPartOf")]:
            assert whole in found, node


def test_the_files_are_what_the_script_makes_under_any_hash_seed(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "data").symlink_to(needs.realdata("cog-2026").resolve())
    command = [str(FOLDER / "build.py"), "--region", "27", "--package", str(package)]
    run(*command, "--output", str(tmp_path), seed="1")

    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.ttl")}
    assert made == {path.name: path.read_bytes() for path in FOLDER.glob("*.ttl")}


# --- the script on another region ------------------------------------------------


def commune(code, name, **more):
    return {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": code[:2],
        "region": "99",
        "siren": f"21{code}00",
        "population": 10,
    } | more


#: What is known of an islet without inhabitants.
PLAIN = {"code", "nom", "type", "departement", "region"}


def part(kind, code, name, head):
    return commune(code, name, type=kind, chefLieu=head, population=0)


ISLE = {
    "regions": [{"code": "99", "nom": "L'Isle"}, {"code": "98", "nom": "La Côte"}],
    "departements": [
        {"code": "2A", "nom": "Nord", "region": "99"},
        {"code": "96", "nom": "Ailleurs", "region": "98"},
        {"code": "97", "nom": "Outre-mer sans région"},
    ],
    "epci": [
        {"code": "1", "nom": "CC du Port", "membres": [{"code": "2A001"}]},
        {
            "code": "2",
            "nom": "Métropole",
            "membres": [{"code": "2A002"}, {"code": "96001"}],
        },
        {"code": "3", "nom": "CC d'Ailleurs", "membres": [{"code": "96001"}]},
    ],
    "communes": [
        commune("2A001", "Port", population=100, anciensCodes=["2A009", "2A008"]),
        commune("2A002", "Bourg", population=20),
        {k: v for k, v in commune("2A003", "Phare").items() if k in PLAIN},
        commune("96001", "Ailleurs", region="98", population=7),
        part("commune-deleguee", "2A001", "Vieux-Port", "2A001"),
        part("commune-associee", "2A009", "Anse", "2A001"),
        part("commune-deleguee", "2A002", "Bourg", "2A002"),
        {
            "code": "2A901",
            "nom": "1er arrondissement",
            "type": "arrondissement-municipal",
            "region": "99",
            "commune": "2A001",
        },
    ],
}


def package(folder, tables):
    """Write tables as an unpacked package and return its folder."""
    (folder / "package" / "data").mkdir(parents=True)
    for name, records in tables.items():
        path = folder / "package" / "data" / f"{name}.json"
        path.write_text(json.dumps(records), encoding="utf-8")
    return folder / "package"


@pytest.fixture
def tables(tmp_path):
    """Write the two tables of zones and links that stand beside the script."""
    zones = "id,identifier,part_of,fr,en,note_fr,note_en\n"
    zones += "zone-large,,reg-99,Le Large,The Open Sea,Vague.,Vague.\n"
    (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
    links = "id,iri\nreg-99,https://e.fr/99\nreg-98,https://e.fr/98\n"
    (tmp_path / "correspondances.csv").write_text(links, encoding="utf-8")
    return tmp_path


def test_another_region_is_built_by_its_code_alone(tmp_path, tables):
    (tables / "communes-21.ttl").write_text("of another region", encoding="utf-8")
    folder = package(tmp_path, ISLE)
    arguments = ["--region", "99", "--package", folder, "--tables", tables]
    build.main([str(x) for x in (*arguments, "--output", tmp_path)])

    golden = Path(__file__).parent / "fixtures" / "territoires"
    made = {p.name: p.read_text(encoding="utf-8") for p in tmp_path.glob("*.ttl")}
    expected = {p.name: p.read_text(encoding="utf-8") for p in golden.glob("*.ttl")}
    assert made == expected


def test_nothing_in_the_scripts_names_a_region():
    for path in FOLDER.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "Bourgogne" not in text
        assert BASE not in text


def test_the_package_is_fetched_with_npm(tmp_path, tables, monkeypatch):
    package(tmp_path, ISLE)
    with tarfile.open(tmp_path / "isle.tgz", "w:gz") as archive:
        archive.add(tmp_path / "package", arcname="package")
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\ncp {tmp_path}/isle.tgz . && echo isle.tgz\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    output = tmp_path / "output"
    output.mkdir()
    build.main(["--region", "99", "--tables", str(tables), "--output", str(output)])

    assert "L'Isle" in (output / "region.ttl").read_text(encoding="utf-8")


def test_a_machine_without_npm_is_told_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        build.main(["--region", "99"])

    assert stopped.value.code == 2
    assert "Installer npm, ou donner avec --package" in capsys.readouterr().err


def test_an_unknown_region_is_refused_with_the_known_ones(tmp_path):
    code = build.read_package(package(tmp_path, ISLE))

    with pytest.raises(DataError) as refused:
        build.graphs(code, "27")
    assert refused.value.fr == "Région « 27 » inconnue. Codes connus : 98, 99."


def test_an_unknown_kind_of_commune_is_refused(tmp_path):
    communes = [*ISLE["communes"], part("commune-libre", "2A004", "Rade", "2A001")]
    code = build.read_package(package(tmp_path, ISLE | {"communes": communes}))

    with pytest.raises(DataError, match="commune-libre"):
        build.graphs(code, "99")


def test_a_missing_package_stops_the_script_with_a_message(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        build.main(["--region", "99", "--package", str(tmp_path)])

    assert stopped.value.code == 2
    assert "regions.json : table illisible" in capsys.readouterr().err
