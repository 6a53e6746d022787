"""The data as they are: the files, the catalogue and the policy of the service."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from spnr_graph.namespaces import BASE, PREFIXES, expand
from spnr_graph.project import open_project
from spnr_graph.turtle import canonical
from tests.reading import DATA, FILES, ROOT, a, facts_of, iris, string, union

# --- the files as they are ------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(DATA)))
def test_every_file_is_canonical_and_without_blank_nodes(path):
    text = path.read_bytes()

    assert canonical(text) == text
    assert facts_of(path)


def test_every_iri_is_a_valid_absolute_iri():
    legal = re.compile(
        r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+"
    )
    used = {
        iri
        for subject, properties in union(*FILES).items()
        for predicate, values in properties.items()
        for iri in (subject, predicate, *(v[0] for v in values if len(v) == 1))
    }

    assert [iri for iri in sorted(used) if not legal.fullmatch(iri)] == []


def test_every_own_iri_that_is_used_is_described():
    ontology = [ROOT / "ontology" / "spnr.ttl", *(ROOT / "ontology/voc").glob("*.ttl")]
    found = union(*FILES, *ontology)
    used = {
        iri
        for properties in union(*FILES).values()
        for predicate, values in properties.items()
        for iri in (predicate, *(v[0] for v in values if len(v) == 1))
        if iri.startswith(BASE)
    }

    assert sorted(used - found.keys()) == []


def test_nothing_has_two_names_in_one_language():
    for subject, properties in union(*FILES).items():
        tags = Counter(tag for _, tag in properties[expand("skos:prefLabel")])

        assert set(tags.values()) <= {1}, subject


@pytest.mark.parametrize("kind", ["Actor", "Initiative", "Participation"])
def test_every_fact_names_a_described_source(kind):
    found = union(*FILES)

    for node in a(found, f"spnr:{kind}"):
        sources = found[node][expand("dcterms:source")]

        assert sources, node
        for (source,) in sources:
            assert (PREFIXES["foaf"] + "Document",) in found[source][expand("rdf:type")]


#: An address, a telephone number, or a title before a name.
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"
    r"|(?<!\d)(?:\+33 ?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)"
    r"|\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mr|Mrs|Dr)\s+[A-ZÉÈ]"
)


@pytest.mark.parametrize(
    "text", ["jean@exemple.fr", "03 80 00 00 00", "+33 6 00 00 00 00", "Mme Martin"]
)
def test_the_search_for_personal_data_finds_some(text):
    assert PERSONAL.search(text)


def test_no_person_and_no_personal_data():
    persons = set(iris("foaf:Person", "schema:Person"))
    contact = {expand(f"foaf:{name}") for name in ("mbox", "phone", "firstName")}
    for subject, properties in union(*FILES).items():
        assert not persons & properties[expand("rdf:type")]
        assert not contact & properties.keys()
        for values in properties.values():
            for text in (v[0] for v in values if len(v) == 2):
                assert not PERSONAL.search(text), (subject, text)


# --- the catalogue --------------------------------------------------------------


def datasets():
    found = facts_of(DATA / "catalogue.ttl")
    return {node: found[node] for node in a(found, "dcat:Dataset")}


def test_the_catalogue_describes_four_datasets_in_their_graphs():
    names = {
        node.removeprefix(BASE + "graph/"): of[expand("dcterms:identifier")]
        for node, of in datasets().items()
    }

    assert names == {
        "reference/ontologie": string("ontologie"),
        "reference/politique": string("politique"),
        "reference/territoires": string("territoires"),
        "contribution/recensement/numerique-bfc": string("recensement"),
    }
    catalogue = facts_of(DATA / "catalogue.ttl")[BASE + "graph/catalogue"]
    assert catalogue[expand("dcat:dataset")] == {(node,) for node in datasets()}


def test_every_dataset_is_completely_described():
    single = "license publisher issued modified source accrualPeriodicity spatial"
    found = facts_of(DATA / "catalogue.ttl")
    for node, of in datasets().items():
        for name in single.split():
            assert len(of[expand(f"dcterms:{name}")]) == 1, (node, name)
        for name in ("title", "description"):
            tags = sorted(tag for _, tag in of[expand(f"dcterms:{name}")])
            assert tags == ["en", "fr"], (node, name)
        assert {tag for _, tag in of[expand("dcat:keyword")]} == {"en", "fr"}
        ((publisher,),) = of[expand("dcterms:publisher")]
        assert {tag for _, tag in found[publisher][expand("foaf:name")]} == {"en", "fr"}


def test_licences_are_open_and_that_of_the_ontology_is_cc_by():
    licences = {
        next(iter(of[expand("dcterms:identifier")]))[0]: of[expand("dcterms:license")]
        for of in datasets().values()
    }
    open_licence = {("https://spdx.org/licenses/etalab-2.0",)}

    assert licences == {
        "ontologie": {("https://spdx.org/licenses/CC-BY-4.0",)},
        "politique": open_licence,
        "territoires": open_licence,
        "recensement": open_licence,
    }


def test_the_territories_credit_their_producers():
    credit = datasets()[BASE + "graph/reference/territoires"][
        expand("schema:creditText")
    ]

    assert {tag for _, tag in credit} == {"en", "fr"}
    for text, _ in credit:
        for producer in ("Etalab", "INSEE", "BANATIC", "La Poste", "2.0"):
            assert producer in text


def test_every_file_belongs_to_exactly_one_dataset():
    files = [f for each in open_project(ROOT).datasets.values() for f in each.files]
    ontology = [ROOT / "ontology" / "spnr.ttl", *(ROOT / "ontology/voc").glob("*.ttl")]
    # The ledger of identities is applied to the graphs of the others, not loaded.
    own = {DATA / "catalogue.ttl", DATA / "identite.ttl"}
    expected = {*FILES, *ontology} - own

    assert Counter(files) == Counter(dict.fromkeys(expected, 1))


# --- the policy of the service --------------------------------------------------

POLICY = DATA / "politique" / "spnr.ttl"


def test_every_idea_of_the_policy_text_has_its_place():
    spnr = facts_of(POLICY)[expand("initiative:spnr")]

    assert spnr[expand("rdf:type")] == iris("spnr:Initiative", "cpsv:PublicService")
    assert spnr[expand("spnr:servesAxis")] == iris(
        "axe:inclusion-numerique",
        "axe:territoires-intelligents",
        "axe:transformation-numerique",
    )
    assert spnr[expand("spnr:addressesChallenge")] == iris(
        "defi:citoyens", "defi:economie", "defi:environnement-amenagement-durable"
    )
    assert spnr[expand("spnr:pursuesObjective")] == iris(
        "objectif:accessibilite",
        "objectif:bonne-information",
        "objectif:formation",
        "objectif:developpement-services",
    )
    assert spnr[expand("spnr:fulfilsMission")] == iris(
        "mission:federer",
        "mission:coordonner",
        "mission:impulser",
        "mission:accompagner",
    )
    assert spnr[expand("dcterms:audience")] == iris(
        "public:citoyens", "public:entreprises", "public:acteurs-publics"
    )
    assert spnr[expand("dcterms:spatial")] == iris("territoire:reg-27")
    assert spnr[expand("spnr:continues")] == iris("initiative:scoran-bfc")
    assert spnr[expand("cv:hasChannel")] == iris("canal:point-entree")
    assert len(spnr[expand("skos:historyNote")]) == 2


def test_the_region_leads_the_service():
    region = "local-recensement-region-bourgogne-franche-comte"
    lead = facts_of(POLICY)[expand(f"participation:spnr--{region}--porteur")]

    assert lead[expand("cv:role")] == iris("role:porteur")
    assert lead[expand("spnr:initiative")] == iris("initiative:spnr")
    assert lead[expand("cv:hasParticipant")] == iris(f"acteur:{region}")


def test_the_census_describes_the_same_service_and_policies():
    census = facts_of(DATA / "recensement" / "initiatives.ttl")
    policy = facts_of(POLICY)
    for slug in ("spnr", "scoran-bfc", "politique-publique-usages-numeriques"):
        node = expand(f"initiative:{slug}")
        for name in ("skos:prefLabel", "dcterms:type", "dcterms:isPartOf"):
            assert policy[node][expand(name)] == census[node][expand(name)], name
