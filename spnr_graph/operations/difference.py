"""What a contribution would change in its graph: things, properties, roles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph.namespaces import PREFIXES
from spnr_graph.oxigraph import to_rdflib
from spnr_graph.store.difference import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib.term import Identifier, URIRef

    Lines = Callable[[], Iterable[bytes]]

_TYPE: Final = PREFIXES["rdf"] + "type"
_NAME: Final = PREFIXES["skos"] + "prefLabel"
_PARTICIPATION: Final = PREFIXES["spnr"] + "Participation"
_ACTOR: Final = PREFIXES["cv"] + "hasParticipant"
_ROLE: Final = PREFIXES["cv"] + "role"
_INITIATIVE: Final = PREFIXES["spnr"] + "initiative"
#: Classes of which a summary speaks, the most telling first: a thing has several.
_CLASSES: Final = tuple(
    PREFIXES[prefix] + local
    for prefix, local in (
        ("spnr", "Actor"),
        ("spnr", "Initiative"),
        ("spnr", "Participation"),
        ("spnr", "DigitalService"),
        ("spnr", "CoverageObservation"),
        ("cv", "Channel"),
        ("dcterms", "Location"),
    )
)

#: Property → values, of one thing.
Statements = dict[str, list["Identifier"]]


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A thing that comes or goes.

    Attributes:
        iri: which thing.
        kind: IRI of its class, the most telling one; ``""`` when it has none.
        statements: what is said of it.
    """

    iri: str
    kind: str
    statements: Mapping[str, list[Identifier]] = field(repr=False)

    def value(self, predicate: str) -> Identifier | None:
        """Return the first value of a property."""
        return next(iter(self.statements.get(predicate, ())), None)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Values of one property that a thing loses and gains."""

    thing: Thing
    predicate: str
    lost: tuple[Identifier, ...]
    gained: tuple[Identifier, ...]


@dataclass(frozen=True, kw_only=True)
class RoleChange:
    """An actor who takes other roles in an initiative."""

    actor: Identifier
    initiative: Identifier
    lost: tuple[Identifier, ...]
    gained: tuple[Identifier, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a graph gains, loses and says otherwise.

    Attributes:
        triples: how many triples come and go.
        added: things that were not there, in the order of their IRIs.
        removed: things that are there no more.
        roles: pairs of actor and initiative that stay, with other roles.
        edits: properties of things that stay.
        names: IRI → name, of the things of both versions.
    """

    triples: tuple[int, int]
    added: tuple[Thing, ...]
    removed: tuple[Thing, ...]
    roles: tuple[RoleChange, ...]
    edits: tuple[Edit, ...]
    names: Mapping[str, str] = field(repr=False)

    def __bool__(self) -> bool:
        """Say whether anything changes."""
        return self.triples != (0, 0)

    def mentioned(self, most: int) -> set[URIRef]:
        """Return the IRIs that a text names that tells ``most`` of each kind."""
        from rdflib.term import URIRef

        found: set[object] = set()
        for edit in self.edits[:most]:
            found |= {edit.predicate, *edit.lost, *edit.gained}
        for change in self.roles[:most]:
            found |= {change.actor, change.initiative, *change.lost, *change.gained}
        edited = (each.thing for each in self.edits[:most])
        for thing in (*self.added[:most], *self.removed[:most], *edited):
            found.add(thing.iri)
            found |= {thing.value(p) for p in (_ACTOR, _ROLE, _INITIATIVE)}
        return {URIRef(each) for each in found if isinstance(each, str) and _iri(each)}


def _iri(term: str) -> bool:
    # str(): an rdflib term understands one beginning only.
    return str(term).startswith(("http://", "https://", "urn:"))


def compare(former: Lines, new: Lines) -> Changes:
    """Compare two versions of a graph.

    Args:
        former: gives the N-Triples lines of the version that is there, each time anew.
        new: gives those of the version that comes, in the store's normal form.
    """
    change = difference(former(), new())
    gone, come = _parsed(change.removed), _parsed(change.added)
    touched = {*gone, *come}
    before, after = _about(former(), touched), _about(new(), touched)
    added = {s: _thing(s, after) for s in sorted(come) if s not in before}
    removed = {s: _thing(s, before) for s in sorted(gone) if s not in after}
    stay = sorted(touched - set(added) - set(removed))
    roles = _roles(added, removed)
    edits = (
        Edit(
            thing=_thing(subject, after),
            predicate=predicate,
            lost=tuple(sorted(gone.get(subject, {}).get(predicate, ()))),
            gained=tuple(sorted(come.get(subject, {}).get(predicate, ()))),
        )
        for subject in stay
        for predicate in sorted({*gone.get(subject, ()), *come.get(subject, ())})
    )
    return Changes(
        triples=(len(change.added), len(change.removed)),
        added=tuple(added.values()),
        removed=tuple(removed.values()),
        roles=roles,
        edits=tuple(edits),
        names=dict([*_names(before), *_names(after)]),
    )


def _parsed(lines: Iterable[bytes]) -> dict[str, Statements]:
    found: dict[str, Statements] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES):
        subject, predicate = str(to_rdflib(triple.subject)), triple.predicate.value
        found[subject][predicate].append(to_rdflib(triple.object))
    return found


def _about(lines: Iterable[bytes], things: set[str]) -> dict[str, Statements]:
    """Return all that lines say of some things."""
    wanted = {f"<{thing}>".encode() for thing in things}
    kept = (line for line in lines if line.split(b" ", 1)[0] in wanted)
    return _parsed(kept)


def _thing(subject: str, described: Mapping[str, Statements]) -> Thing:
    statements = described.get(subject, {})
    classes = {str(each) for each in statements.get(_TYPE, ())}
    kind = next(
        (each for each in _CLASSES if each in classes), min(classes, default="")
    )
    return Thing(iri=subject, kind=kind, statements=statements)


def _roles(
    added: dict[str, Thing], removed: dict[str, Thing]
) -> tuple[RoleChange, ...]:
    """Take out the participations that only say another role of the same pair."""
    gone, come = _pairs(removed.values()), _pairs(added.values())
    found = []
    for pair in sorted(set(gone) & set(come)):
        for thing in gone[pair]:
            del removed[thing.iri]
        for thing in come[pair]:
            del added[thing.iri]
        lost, gained = (
            {r for thing in things[pair] for r in thing.statements.get(_ROLE, ())}
            for things in (gone, come)
        )
        found.append(
            RoleChange(
                actor=pair[0],
                initiative=pair[1],
                lost=tuple(sorted(lost - gained)),
                gained=tuple(sorted(gained - lost)),
            )
        )
    return tuple(found)


def _pairs(
    things: Iterable[Thing],
) -> dict[tuple[Identifier, Identifier], list[Thing]]:
    found: dict[tuple[Identifier, Identifier], list[Thing]] = defaultdict(list)
    for thing in things:
        actor, initiative = thing.value(_ACTOR), thing.value(_INITIATIVE)
        if thing.kind == _PARTICIPATION and actor and initiative:
            found[actor, initiative].append(thing)
    return found


def _names(described: Mapping[str, Statements]) -> Iterator[tuple[str, str]]:
    """Yield the French name of each thing, else another."""
    for subject, statements in described.items():
        found = statements.get(_NAME, ())
        best = min(
            found, key=lambda n: (getattr(n, "language", "") != "fr", n), default=None
        )
        if best is not None:
            yield subject, str(best)
