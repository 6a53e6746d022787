"""What is known of an actor that may tell it from another, or show it is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from spnr_graph import spelling
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TERRITORY: Final = PREFIXES["territoire"]
#: Sites where many organisations have a page: the page counts, not the site.
_SHARED: Final = frozenset({
    "facebook.com", "instagram.com", "linkedin.com", "twitter.com", "x.com",
    "youtube.com", "sites.google.com", "helloasso.com", "fr-fr.facebook.com",
})  # fmt: skip
#: A name of that many words is shortened to its initials.
_INITIALS: Final = 3
#: Words of a name that say what kind of body it is: two kinds are two bodies.
FORMS: Final = {
    "association": "association", "asso": "association", "cluster": "association",
    "sas": "societe", "sasu": "societe", "sarl": "societe", "eurl": "societe",
    "sa": "societe", "sem": "societe", "spl": "societe", "societe": "societe",
    "scop": "societe", "scic": "societe", "sci": "societe",
    "gip": "groupement", "gie": "groupement", "groupement": "groupement",
    "syndicat": "syndicat", "cc": "intercommunalite", "ca": "intercommunalite",
    "cu": "intercommunalite", "commune": "commune", "departement": "departement",
    "prefecture": "etat", "ccas": "ccas", "cias": "cias", "cci": "cci", "cma": "cma",
    "region": "region", "lycee": "lycee", "college": "college",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An actor as one or several sources describe it.

    Attributes:
        iri: its IRI.
        label: its name, as shown.
        names: everything that it is called in French or without language.
        siren: its SIREN, of which there should be one.
        numbers: SIREN, SIRET and RNA numbers.
        types: IRIs of concepts of ``voc:type-acteur``.
        places: IRIs of territories.
        sites: addresses of its own pages.
        parents: IRIs of actors that it is part of.
        rank: place of its most trusted source, the smallest the best.
        statements: how many statements there are on it.
    """

    iri: str
    label: str = ""
    names: tuple[str, ...] = ()
    siren: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    rank: tuple[int, str] = (0, "")
    statements: int = 0

    @cached_property
    def domains(self) -> frozenset[str]:
        """Domains of its pages, without ``www``."""
        return frozenset(filter(None, map(domain, self.sites)))

    @cached_property
    def forms(self) -> frozenset[str]:
        """Kinds of body that its names say."""
        words = {
            word
            for name in self.names
            for text in (spelling.normal(name), spelling.organisation(name))
            for word in text.split()
        }
        return frozenset(FORMS[word] for word in words if word in FORMS)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A territory: its name and every territory that it is part of."""

    name: str = ""
    within: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Places:
    """Territories by IRI."""

    known: Mapping[str, Place] = field(default_factory=dict)

    def communes(self, actor: Actor) -> frozenset[str]:
        """Return the communes among the places of an actor."""
        start = _TERRITORY + "com-"
        return frozenset(place for place in actor.places if place.startswith(start))

    def departments(self, actor: Actor) -> frozenset[str]:
        """Return the départements where an actor is, as far as known."""
        start = _TERRITORY + "dep-"
        all_ = self.around(actor.places)
        return frozenset(place for place in all_ if place.startswith(start))

    def around(self, places: Iterable[str]) -> frozenset[str]:
        """Return places and every territory that they are part of."""
        found = set(places)
        for place in places:
            if place in self.known:
                found |= self.known[place].within
        return frozenset(found)

    def here(self, actor: Actor) -> frozenset[str]:
        """Return the words of the names of an actor's communes."""
        names = (self.known[p].name for p in self.communes(actor) if p in self.known)
        return frozenset(w for name in names for w in words(spelling.place(name)))

    @cached_property
    def initials(self) -> tuple[tuple[str, str], ...]:
        """Names of regions that people shorten to their initials, longest first.

        Example:
            >>> alpes = Place(name="Auvergne-Rhône-Alpes")
            >>> Places({_TERRITORY + "reg-84": alpes}).initials
            (('auvergne rhone alpes', 'ara'),)
        """
        found = set()
        for iri, place in self.known.items():
            name = spelling.normal(place.name)
            if iri.startswith(_TERRITORY + "reg-") and len(words(name)) >= _INITIALS:
                found.add((name, "".join(word[0] for word in name.split())))
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a name, those of a region as its initials."""
        text = spelling.organisation(name)
        for region, initials in self.initials:
            text = text.replace(region, initials)
        return frozenset(text.split())


def words(name: str) -> frozenset[str]:
    """Return the words of a name that say whose it is.

    Example:
        >>> sorted(words("Association des Ateliers de l'Étang"))
        ['ateliers', 'etang']
    """
    return frozenset(spelling.organisation(name).split())


def domain(address: str) -> str:
    """Return the domain of an address; of a shared site, the page too.

    Example:
        >>> domain("https://www.exemple.fr/accueil"), domain("http://facebook.com/Ex/")
        ('exemple.fr', 'facebook.com/ex')
    """
    parts = urlsplit(address if "://" in address else f"https://{address}")
    try:
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if host in _SHARED:
        page = re.split(r"[/?]", parts.path.strip("/"))[0].lower()
        return f"{host}/{page}" if page else ""
    return host if "." in host else ""
