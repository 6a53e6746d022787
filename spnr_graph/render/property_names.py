"""Names of properties that are not ours, which their vocabularies leave in English."""

from __future__ import annotations

from typing import Final

from spnr_graph.namespaces import shorten

_NAMES: Final = """
adms:status | statut | status
cv:hasChannel | canal | channel
cv:hasParticipant | acteur | actor
cv:hasParticipation | participation | participation
cv:participates | prend part par | takes part through
cv:role | rôle | role
dbo:populationTotal | population | population
dc:creator | décidé par | decided by
dc:publisher | éditeur | publisher
dcterms:audience | public | audience
dcterms:date | date | date
dcterms:description | description | description
dcterms:identifier | identifiant | identifier
dcterms:isPartOf | fait partie de | part of
dcterms:isReplacedBy | remplacé par | replaced by
dcterms:issued | publié le | issued
dcterms:license | licence | licence
dcterms:modified | modifié le | modified
dcterms:publisher | éditeur | publisher
dcterms:source | source | source
dcterms:spatial | territoire | territory
dcterms:subject | sujet | subject
dcterms:title | titre | title
dcterms:type | genre | type
foaf:homepage | site | website
foaf:name | nom | name
foaf:page | page | page
org:classification | type d'acteur | type of actor
owl:deprecated | retiré | withdrawn
rdf:type | classe | class
rdfs:label | nom | name
rdfs:subClassOf | sous-classe de | subclass of
rdfs:subPropertyOf | sous-propriété de | subproperty of
schema:email | courriel | e-mail
schema:endDate | fin | end
schema:sameAs | même chose que | same as
schema:startDate | début | start
schema:telephone | téléphone | telephone
schema:temporalCoverage | période | period
skos:altLabel | autre nom | other name
skos:broader | plus large | broader
skos:definition | définition | definition
skos:editorialNote | note | note
skos:historyNote | note d'historique | history note
skos:inScheme | liste | scheme
skos:notation | code | code
skos:note | note | note
skos:prefLabel | nom | name
skos:topConceptOf | tête de liste | top concept of
"""

#: Prefixed name of a property → language → name.
PROPERTY_NAMES: Final[dict[str, dict[str, str]]] = {
    code: {"fr": fr, "en": en}
    for code, fr, en in (
        tuple(part.strip() for part in line.split("|"))
        for line in _NAMES.strip().splitlines()
    )
}


def property_name(iri: str, lang: str) -> str | None:
    """Return the name of a property that is not ours, or None."""
    return PROPERTY_NAMES.get(shorten(iri), {}).get(lang)
