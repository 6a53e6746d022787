"""Namespaces, prefixes and the few IRIs that the code names."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/spnr/"

#: Prefix → namespace IRI, in the order in which canonical Turtle declares them.
#: One prefix per concept scheme and per kind of thing keeps data and queries short.
PREFIXES: Final[dict[str, str]] = {
    "spnr": BASE + "def#",
    "sp": BASE + "shapes#",
    "voc": BASE + "voc/",
    "axe": BASE + "voc/axe/",
    "base-couverture": BASE + "voc/base-couverture/",
    "competence": BASE + "voc/competence/",
    "decision-identite": BASE + "voc/decision-identite/",
    "defi": BASE + "voc/defi/",
    "etat-montant": BASE + "voc/etat-montant/",
    "fiabilite": BASE + "voc/fiabilite/",
    "mission": BASE + "voc/mission/",
    "objectif": BASE + "voc/objectif/",
    "public": BASE + "voc/public/",
    "role": BASE + "voc/role/",
    "statut": BASE + "voc/statut/",
    "technologie": BASE + "voc/technologie/",
    "type-acteur": BASE + "voc/type-acteur/",
    "type-initiative": BASE + "voc/type-initiative/",
    "acteur": BASE + "id/acteur/",
    "initiative": BASE + "id/initiative/",
    "participation": BASE + "id/participation/",
    "service": BASE + "id/service/",
    "canal": BASE + "id/canal/",
    "document": BASE + "id/document/",
    "observation": BASE + "id/observation/",
    "territoire": BASE + "id/territoire/",
    "decision": BASE + "id/decision/",
    "graph": BASE + "graph/",
    "table": BASE + "table#",
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dbo": "http://dbpedia.org/ontology/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eurio": "http://data.europa.eu/s66#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "igeo": "http://rdf.insee.fr/def/geo#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: The graph that describes every other graph (DCAT, PROV-O); written by ``load`` alone.
CATALOGUE_GRAPH: Final = BASE + "graph/catalogue"
#: The graph of decisions on identity and of what they replace; written by ``reconcile``
#: and ``load`` alone.
IDENTITY_GRAPH: Final = BASE + "graph/identite"
#: The graph of derived statements; rebuilt whole by ``derive`` alone.
INFERENCE_GRAPH: Final = BASE + "graph/inference"
#: What happened to a graph or a distribution hangs on an activity below this IRI;
#: exports leave activities out.
ACTIVITIES: Final = BASE + "graph/activite/"
#: Graphs of contributions live below this IRI: ``…/{partner}/{dataset}``.
CONTRIBUTION_GRAPHS: Final = BASE + "graph/contribution/"
#: Ontology, concept schemes, territories and other reference data: ``…/{name}``.
REFERENCE_GRAPHS: Final = BASE + "graph/reference/"
#: Blank nodes of contributions become IRIs below this one (RDF 1.1 §3.5).
SKOLEM: Final = BASE + ".well-known/genid/"

LANGUAGES: Final = ("fr", "en")


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name, or None when its prefix is unknown.

    Example:
        >>> expand("axe:inclusion-numerique")
        'https://w3id.org/spnr/voc/axe/inclusion-numerique'
    """
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix)
    return namespace + local if colon and namespace else None


#: Longest namespace first, so that ``axe:`` wins over ``voc:``.
_BY_LENGTH: Final = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def shorten(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself when none fits.

    Example:
        >>> shorten("https://w3id.org/spnr/voc/axe/inclusion-numerique")
        'axe:inclusion-numerique'
    """
    for prefix, namespace in _BY_LENGTH:
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local and not set(local) & set("/#?:"):
            return f"{prefix}:{local}"
    return iri
