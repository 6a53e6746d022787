"""The census against another reading of its tables: every cell is in the graph."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

import pytest

from spnr_graph.namespaces import PREFIXES, expand
from tests import needs
from tests.reading import DATA, a, iris, own, run, string, xsd


def rows(name):
    with needs.facts(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the census against its tables ----------------------------------------------

PLACES = {
    "27": "reg-27",
    "national": "pays-fra",
    "international": "zone-international",
    "interrégional": "zone-interregional",
    "Bourgogne": "reg-26",
    "Franche-Comté": "reg-43",
    "Bretagne": "reg-53",
    "Île-de-France": "reg-11",
    "Centre-Val de Loire": "reg-24",
    "Centre Franche-Comté": "zone-centre-franche-comte",
    "Nord Franche-Comté": "zone-nord-franche-comte",
    "France-Suisse": "zone-france-suisse",
    "Aire urbaine Belfort-Montbéliard-Héricourt-Delle": (
        "zone-aire-urbaine-belfort-montbeliard-hericourt-delle"
    ),
}
KINDS = {
    "dispositif-de-financement": "dispositif-aide",
    "reseau-infrastructure": "infrastructure",
}
AXES = {
    "inclusion": "inclusion-numerique",
    "territoires": "territoires-intelligents",
    "economie": "transformation-numerique",
}
OBJECTIVES = {"information": "bonne-information", "services": "developpement-services"}
ROLES = {"pilote": "porteur", "fournisseur": "prestataire"}
STATUSES = {
    "en cours": "en-cours",
    "terminé": "achevee",
    "adopté": "decidee",
    "exploitation": "en-exploitation",
    "en projet": "en-projet",
    "remplacé": "remplacee",
    "inconnu": "inconnu",
}
CONFIDENCES = {"stated": "affirme", "inferred": "deduit"}
REGISTER = "https://www.npmjs.com/package/@etalab/decoupage-administratif"


def listed(cell):
    return [each for each in cell.split(";") if each]


def spatial(cell):
    kinds = {2: "dep", 5: "com"}
    return iris(
        *(f"territoire:{PLACES.get(p) or f'{kinds[len(p)]}-{p}'}" for p in listed(cell))
    )


def actor_name(row):
    return f"siren-{row['siren']}" if row["siren"] else f"local-recensement-{row['id']}"


def initiative_name(slug):
    return "spnr" if slug == "service-public-numerique-regional" else slug


def expected_dates(start, end):
    """Widen by calendar arithmetic of our own."""

    def first(text):
        return f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]

    def last(text):
        if len(text) == 10 or not text:
            return text
        year, month = int(text[:4]), int(text[5:] or 12)
        following = date(year + month // 12, month % 12 + 1, 1)
        return (following - timedelta(days=1)).isoformat()

    interval = f"{start or '..'}/{end or '..'}" if start or end else ""
    return {
        "schema:startDate": xsd(start and first(start), "date"),
        "schema:endDate": xsd(last(end), "date"),
        "schema:temporalCoverage": string(interval),
    }


@cache
def added(column):
    """Return what the tables beside the script add: subject → values of a column."""
    found = defaultdict(set)
    with (DATA / "recensement" / f"{column}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["id"]].add(tuple(row.values())[1:])
    return found


def check(found, node, key, expected):
    """Compare every property of a node, notes and names of the tables included."""
    actual = {name: set(values) for name, values in found[node].items() if values}
    wanted = {expand(name): set(values) for name, values in expected.items() if values}
    for note, fr, en, source in added("notes")[key]:
        texts = {(text, tag) for text, tag in ((fr, "fr"), (en, "en")) if text}
        wanted.setdefault(PREFIXES["skos"] + note, set()).update(texts)
        if source:
            wanted[expand("dcterms:source")] |= {(source,)}

    assert actual == wanted, key


def labels(key, *known):
    ((fr, en),) = added("libelles")[key] or {("", "")}
    preferred = fr or known[0]
    chosen = {(preferred, "fr"), (en, "en")} - {("", "en")}
    others = {(name, "fr") for name in known if name and name != preferred}
    return {"skos:prefLabel": chosen, "skos:altLabel": others}


def test_every_cell_of_the_actors_is_in_the_graph():
    table = rows("actors")
    found = own("recensement", "acteurs")
    nodes = {row["id"]: f"acteur:{actor_name(row)}" for row in table}

    assert len(table) == 229
    assert set(found) == {expand(node) for node in nodes.values()}
    for row in table:
        own_place = row["siren"] and row["type"] == "intercommunalite"
        epci = iris(f"territoire:epci-{row['siren']}") if own_place else set()
        register = {(REGISTER,)} if row["siren"] else set()
        expected = {
            "rdf:type": iris("spnr:Actor"),
            "dcterms:identifier": string(row["id"]),
            **labels(f"acteur:{row['id']}", row["name_fr"], row["short_name"]),
            "org:classification": iris(f"type-acteur:{row['type']}"),
            "spnr:siren": string(row["siren"]),
            "foaf:homepage": {(row["website"],)} - {("",)},
            "dcterms:spatial": spatial(row["territory"]) | epci,
            "dcterms:isPartOf": iris(*(nodes[s] for s in listed(row["part_of"]))),
            "dcterms:source": {(row["source_url"],)} | register,
            "spnr:confidence": iris(f"fiabilite:{CONFIDENCES[row['confidence']]}"),
        }
        check(found, expand(nodes[row["id"]]), f"acteur:{row['id']}", expected)


def test_every_cell_of_the_initiatives_is_in_the_graph():
    table = rows("initiatives")
    found = own("recensement", "initiatives")
    digital = {
        row["id"]
        for row in table
        if row["website"] and row["kind"] in {"service", "donnees"}
    }

    assert len(table) == 141
    assert len(a(found, "spnr:Initiative")) == 141
    assert len(a(found, "spnr:DigitalService")) == len(digital) > 0
    for row in table:
        slug = initiative_name(row["id"])
        axes = (f"axe:{AXES[x]}" for x in listed(row["axes"]))
        goals = (f"objectif:{OBJECTIVES.get(x, x)}" for x in listed(row["objectives"]))
        publics = (f"public:{x}" for x in listed(row["audiences"]))
        wholes = (f"initiative:{initiative_name(x)}" for x in listed(row["part_of"]))
        delivered = iris(f"service:{slug}") if row["id"] in digital else set()
        kind = KINDS.get(row["kind"], row["kind"])
        expected = {
            "rdf:type": iris("spnr:Initiative"),
            "dcterms:identifier": string(row["id"]),
            **labels(f"initiative:{row['id']}", row["name_fr"]),
            "dcterms:type": iris(f"type-initiative:{kind}"),
            "spnr:servesAxis": iris(*axes),
            "spnr:pursuesObjective": iris(*goals),
            "dcterms:audience": iris(*publics),
            "dcterms:spatial": spatial(row["territory"]),
            **expected_dates(row["start"], row["end"]),
            "spnr:budgetEUR": xsd(row["budget_eur"], "decimal"),
            "adms:status": iris(f"statut:{STATUSES[row['status']]}"),
            "foaf:page": {(row["website"],)} - {("",)},
            "dcterms:isPartOf": iris(*wholes),
            "spnr:delivers": delivered,
            "dcterms:source": {(row["source_url"],)},
            "spnr:confidence": iris(f"fiabilite:{CONFIDENCES[row['confidence']]}"),
        }
        check(found, expand(f"initiative:{slug}"), f"initiative:{row['id']}", expected)


def test_every_cell_of_the_participations_is_in_the_graph():
    table = rows("participations")
    actors = {row["id"]: actor_name(row) for row in rows("actors")}
    found = own("recensement", "participations")

    assert len(table) == 582
    assert len(found) == 582
    for row in table:
        slug, actor = initiative_name(row["initiative"]), actors[row["actor"]]
        role = ROLES.get(row["role"], row["role"])
        status = iris("etat-montant:indetermine") if row["amount_eur"] else set()
        expected = {
            "rdf:type": iris("spnr:Participation"),
            "spnr:initiative": iris(f"initiative:{slug}"),
            "cv:hasParticipant": iris(f"acteur:{actor}"),
            "cv:role": iris(f"role:{role}"),
            **expected_dates(row["start"], row["end"]),
            "spnr:amountEUR": xsd(row["amount_eur"], "decimal"),
            "spnr:amountStatus": status,
            "dcterms:source": {(row["source_url"],)},
            "spnr:confidence": iris(f"fiabilite:{CONFIDENCES[row['confidence']]}"),
        }
        key = f"participation:{row['initiative']}--{row['actor']}--{row['role']}"
        node = expand(f"participation:{slug}--{actor}--{role}")
        check(found, node, key, expected)


def test_every_cell_of_the_sources_is_in_the_graph():
    table = rows("sources")
    found = own("recensement", "sources")
    kinds = {0: "", 4: "gYear", 7: "gYearMonth", 10: "date"}

    assert len(table) == 186
    assert len(found) == 186
    for row in table:
        expected = {
            "rdf:type": iris("foaf:Document"),
            "dcterms:title": {(row["title"], "fr")},
            "dc:publisher": string(row["publisher"]),
            "dcterms:issued": xsd(row["date"], kinds[len(row["date"])]),
        }
        check(found, row["source_url"], row["source_url"], expected)


def test_a_service_of_a_public_body_is_a_public_service_reached_by_its_site():
    found = own("recensement", "initiatives")
    service = found[expand("service:mobigo")]
    channel = found[expand("canal:mobigo")]

    assert service[expand("rdf:type")] == iris(
        "spnr:DigitalService", "cpsv:PublicService"
    )
    assert service[expand("cv:hasChannel")] == iris("canal:mobigo")
    assert service[expand("dcterms:audience")] == iris("public:citoyens")
    assert channel[expand("foaf:page")] == {("https://www.viamobigo.fr",)}


def test_the_former_names_of_an_actor_are_other_names_of_one_actor():
    arnia = own("recensement", "acteurs")[expand("acteur:local-recensement-arnia")]

    assert {("e-bourgogne", "fr"), ("ARNia", "fr")} <= arnia[expand("skos:altLabel")]
    assert len(arnia[expand("skos:historyNote")]) == 2


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_census_is_what_its_script_makes_whatever_the_hash_seed(seed, tmp_path):
    folder = needs.facts("actors.csv").parent
    command = [str(DATA / "recensement/build.py"), str(folder)]
    run(*command, "--output", str(tmp_path), seed=seed)

    for name in ("acteurs", "initiatives", "participations", "sources"):
        made = (tmp_path / f"{name}.ttl").read_bytes()
        assert made == (DATA / "recensement" / f"{name}.ttl").read_bytes(), name
