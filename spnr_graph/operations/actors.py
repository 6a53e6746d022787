"""The actors of a store, with what may tell one from another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from spnr_graph import sparql
from spnr_graph.catalogue import trust
from spnr_graph.identifiers import SIREN_LENGTH
from spnr_graph.identity.actors import Actor, Place, Places
from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.project import query_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spnr_graph.catalogue import Trust
    from spnr_graph.store import Store
    from spnr_graph.table import Row

_SIREN_IRI: Final = PREFIXES["acteur"] + "siren-"
_RNA_IRI: Final = PREFIXES["acteur"] + "rna-"
#: Property → what it says of an actor.
_SAYS: Final = {
    PREFIXES[prefix] + local: what
    for prefix, local, what in (
        ("spnr", "siren", "siren"),
        ("spnr", "siret", "siret"),
        ("spnr", "rna", "rna"),
        ("org", "classification", "types"),
        ("dcterms", "spatial", "places"),
        ("foaf", "homepage", "sites"),
        ("dcterms", "isPartOf", "parents"),
    )
}
_NAMES: Final = {
    PREFIXES["skos"] + "prefLabel": 0,
    PREFIXES["skos"] + "altLabel": 1,
}


def actors(store: Store) -> list[Actor]:
    """Return every actor that a source describes, in the order of the IRIs."""
    order = trust(store)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _ask(store, "internal/acteurs"):
        rows[str(row[1])].append(row)
    return [_actor(iri, rows[iri], order) for iri in sorted(rows)]


def _actor(iri: str, rows: list[Row], order: Trust) -> Actor:
    """Put together what sources say of one actor."""
    said: dict[str, set[str]] = defaultdict(set)
    names: set[tuple[int, tuple[int, str], str]] = set()
    ranks = set()
    for graph, _, about, value in rows:
        rank = order.place(str(graph))
        ranks.add(rank)
        if str(about) in _SAYS:
            said[_SAYS[str(about)]].add(str(value))
        elif str(about) in _NAMES and getattr(value, "language", "") != "en":
            names.add((_NAMES[str(about)], rank, str(value)))
    called = tuple(dict.fromkeys(name for _, _, name in sorted(names)))
    siren = _siren(iri, said)
    return Actor(
        iri=iri,
        label=called[0] if called else shorten(iri),
        names=called,
        siren=siren,
        numbers=siren | said["siret"] | said["rna"] | _number(iri, _RNA_IRI),
        types=frozenset(said["types"]),
        places=frozenset(said["places"]),
        sites=frozenset(said["sites"]),
        parents=frozenset(said["parents"]),
        rank=min(ranks),
        statements=len(rows),
    )


def _siren(iri: str, said: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the SIREN that is stated, begins a SIRET, or made the IRI."""
    stated = said["siren"] | {siret[:SIREN_LENGTH] for siret in said["siret"]}
    return frozenset(stated) | _number(iri, _SIREN_IRI)


def _number(iri: str, start: str) -> frozenset[str]:
    return frozenset({iri.removeprefix(start)} if iri.startswith(start) else ())


def places(store: Store) -> Places:
    """Return the territories of a store, each with all that it is part of."""
    names: dict[str, str] = {}
    direct: dict[str, set[str]] = defaultdict(set)
    for place, name, wider in _ask(store, "internal/lieux"):
        if getattr(name, "language", "") != "en" or str(place) not in names:
            names[str(place)] = str(name)
        if wider is not None:
            direct[str(place)].add(str(wider))
    return Places(
        {
            place: Place(name=name, within=_within(place, direct))
            for place, name in names.items()
        }
    )


def _within(place: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    """Return everything that a territory is part of, at any distance."""
    found: set[str] = set()
    left = [place]
    while left:
        wider = direct.get(left.pop(), set()) - found
        found |= wider
        left.extend(wider)
    return frozenset(found - {place})


def _ask(store: Store, name: str) -> Iterator[Row]:
    return iter(store.select(sparql.parse(query_text(name), name=name)))
