"""Which tables and columns the ``csv`` export has: one line per column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from spnr_graph.namespaces import PREFIXES
from spnr_graph.render.triples import Value

Form = Literal["iri", "label", "text", "value"]


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: in the first line of the table.
        iri: of the property; ``@id`` for the thing itself.
        fr: what it is, in French.
        en: what it is, in English.
        form: ``iri`` of things, ``label`` of things, ``text`` in a language (or none),
            ``value``: a number, date or code.
        language: of ``text`` and ``label``.
    """

    name: str
    iri: str
    fr: str
    en: str
    form: Form = "iri"
    language: str = ""

    def holds(self, value: Value) -> bool:
        """Tell whether this column shows a value of its property."""
        if self.form in {"iri", "label"}:
            return value.is_iri
        if value.is_iri:
            return False
        return (
            value.language == self.language
            if self.form == "text"
            else not value.language
        )


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A table: a kind of thing and its columns.

    Attributes:
        name: of the file, without its suffix.
        fr: what it holds, in French.
        en: what it holds, in English.
        classes: IRIs of the classes of the things; any of them.
        columns: the columns, in order.
    """

    name: str
    fr: str
    en: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _things(name: str, property_name: str, fr: str, en: str) -> tuple[Column, ...]:
    """Return a column of IRIs, and one of the labels of what they stand for."""
    iri = _iri(property_name)
    return (
        Column(name, iri, f"{fr} (IRI)", f"{en} (IRI)"),
        Column(
            f"{name}_libelle", iri, f"{fr} (libellé)", f"{en} (label)", "label", "fr"
        ),
    )


def _texts(name: str, property_name: str, fr: str, en: str) -> tuple[Column, ...]:
    """Return a column per language."""
    iri = _iri(property_name)
    return (
        Column(f"{name}_fr", iri, f"{fr} (français)", f"{en} (French)", "text", "fr"),
        Column(f"{name}_en", iri, f"{fr} (anglais)", f"{en} (English)", "text", "en"),
    )


def _value(name: str, property_name: str, fr: str, en: str) -> tuple[Column, ...]:
    return (Column(name, _iri(property_name), fr, en, "value"),)


def _page(name: str, property_name: str, fr: str, en: str) -> tuple[Column, ...]:
    """Return a column of addresses, which have no label."""
    return (Column(name, _iri(property_name), fr, en),)


_ID: Final = (Column("iri", "@id", "Identifiant (IRI)", "Identifier (IRI)"),)
_NAMES: Final = (
    *_texts("nom", "skos:prefLabel", "Nom", "Name"),
    *_texts(
        "autre_nom", "skos:altLabel", "Sigle ou autre nom", "Acronym or other name"
    ),
)
_CODE: Final = _value("code", "dcterms:identifier", "Code ou nom court", "Code or slug")
_DESCRIPTION: Final = _texts(
    "description", "dcterms:description", "Description", "Description"
)
_NOTES: Final = (
    *_texts("note", "skos:editorialNote", "Note", "Note"),
    *_texts("portee", "skos:scopeNote", "Note de portée", "Scope note"),
    *_texts("histoire", "skos:historyNote", "Note d'histoire", "History note"),
)
_PLACE: Final = _things("territoire", "dcterms:spatial", "Territoire", "Territory")
_PART: Final = _things(
    "fait_partie_de", "dcterms:isPartOf", "Fait partie de", "Is part of"
)
_SOURCE: Final = _things("source", "dcterms:source", "Source", "Source")
_TRUST: Final = _things("fiabilite", "spnr:confidence", "Fiabilité", "Confidence")
_AUDIENCE: Final = _things("public", "dcterms:audience", "Public", "Audience")
_DATES: Final = (
    *_value("debut", "schema:startDate", "Début", "Start"),
    *_value("fin", "schema:endDate", "Fin", "End"),
    *_value(
        "periode", "schema:temporalCoverage", "Période, à la précision de la source",
        "Period, as precise as its source",
    ),
)  # fmt: skip


def _kind(
    name: str, fr: str, en: str, classes: str, *columns: tuple[Column, ...]
) -> Kind:
    return Kind(
        name=name,
        fr=fr,
        en=en,
        classes=tuple(map(_iri, classes.split())),
        columns=tuple(column for group in (_ID, *columns) for column in group),
    )


KINDS: Final = (
    _kind(
        "acteurs", "Acteurs", "Actors", "spnr:Actor",
        _NAMES, _CODE,
        _things("type", "org:classification", "Type d'acteur", "Kind of actor"),
        _value("siren", "spnr:siren", "SIREN", "SIREN"),
        _value("siret", "spnr:siret", "SIRET", "SIRET"),
        _value("rna", "spnr:rna", "Numéro RNA", "RNA number"),
        _page("site", "foaf:homepage", "Site", "Website"),
        _PLACE, _PART, _SOURCE, _TRUST, _DESCRIPTION, _NOTES,
    ),
    _kind(
        "initiatives", "Initiatives", "Initiatives", "spnr:Initiative",
        _NAMES, _CODE,
        _things("type", "dcterms:type", "Type d'initiative", "Kind of initiative"),
        _things("statut", "adms:status", "Statut", "Status"),
        _things("axe", "spnr:servesAxis", "Axe", "Axis"),
        _things("objectif", "spnr:pursuesObjective", "Objectif", "Objective"),
        _things("defi", "spnr:addressesChallenge", "Défi", "Challenge"),
        _things("mission", "spnr:fulfilsMission", "Mission", "Mission"),
        _AUDIENCE, _PLACE, _DATES,
        _value("budget_eur", "spnr:budgetEUR", "Budget en euros", "Budget in euros"),
        _things("service", "spnr:delivers", "Service rendu", "Service delivered"),
        _things("technologie", "spnr:technology", "Technologie", "Technology"),
        _things("suite_de", "spnr:continues", "Fait suite à", "Continues"),
        _PART, _page("page", "foaf:page", "Page", "Page"),
        _SOURCE, _TRUST, _DESCRIPTION, _NOTES,
    ),
    _kind(
        "participations", "Participations", "Participations", "spnr:Participation",
        _things("initiative", "spnr:initiative", "Initiative", "Initiative"),
        _things("acteur", "cv:hasParticipant", "Acteur", "Actor"),
        _things("role", "cv:role", "Rôle", "Role"),
        _DATES,
        _value("montant_eur", "spnr:amountEUR", "Montant en euros", "Amount in euros"),
        _things("etat_montant", "spnr:amountStatus", "État du montant", "Its status"),
        _value("effort_etp", "spnr:effortFTE", "Effort en ETP", "Effort in FTE"),
        _SOURCE, _TRUST, _NOTES,
    ),
    _kind(
        "services", "Services numériques", "Digital services",
        "spnr:DigitalService cpsv:PublicService",
        _NAMES, _CODE, _AUDIENCE,
        _things("canal", "cv:hasChannel", "Canal", "Channel"),
        _SOURCE, _DESCRIPTION, _NOTES,
    ),
    _kind(
        "canaux", "Canaux des services", "Channels of the services", "cv:Channel",
        _texts("nom", "rdfs:label", "Nom", "Name"),
        _page("page", "foaf:page", "Page", "Page"),
        _AUDIENCE, _SOURCE, _DESCRIPTION,
    ),
    _kind(
        "territoires", "Territoires", "Territories", "dcterms:Location",
        _NAMES, _CODE,
        _things("type", "rdf:type", "Type de territoire", "Kind of territory"),
        _PART,
        _value("population", "dbo:populationTotal", "Population", "Population"),
        _value("ancien", "owl:deprecated", "N'existe plus", "No longer exists"),
        _things("remplace_par", "dcterms:isReplacedBy", "Remplacé par", "Replaced by"),
        _page("meme_que", "schema:sameAs", "Ailleurs", "Elsewhere"),
        _NOTES,
    ),
    _kind(
        "sources", "Sources", "Sources", "foaf:Document",
        _texts("titre", "dcterms:title", "Titre", "Title"),
        _value("editeur", "dc:publisher", "Éditeur", "Publisher"),
        _value("date", "dcterms:issued", "Date de publication", "Date of issue"),
    ),
    _kind(
        "observations", "Observations de couverture", "Coverage observations",
        "spnr:CoverageObservation",
        _things("territoire", "sdmx-dimension:refArea", "Territoire", "Territory"),
        _value("periode", "sdmx-dimension:refPeriod", "Date", "Date"),
        _things("technologie", "spnr:technology", "Technologie", "Technology"),
        _value("taux", "spnr:coverageRate", "Taux de couverture", "Coverage rate"),
        _SOURCE,
    ),
    _kind(
        "listes", "Notions des listes de référence", "Concepts of the reference lists",
        "skos:Concept",
        _NAMES,
        _things("liste", "skos:inScheme", "Liste", "List"),
        _things("plus_large", "skos:broader", "Notion plus large", "Broader concept"),
        _texts("definition", "skos:definition", "Définition", "Definition"),
        _NOTES,
    ),
    _kind(
        "jeux-de-donnees", "Jeux de données", "Datasets", "dcat:Dataset",
        _texts("titre", "dcterms:title", "Titre", "Title"),
        _CODE,
        _things("editeur", "dcterms:publisher", "Éditeur", "Publisher"),
        _page("licence", "dcterms:license", "Licence", "Licence"),
        _value("publie", "dcterms:issued", "Publié le", "Issued"),
        _value("modifie", "dcterms:modified", "Modifié le", "Modified"),
        _PLACE, _SOURCE, _DESCRIPTION,
    ),
)  # fmt: skip
