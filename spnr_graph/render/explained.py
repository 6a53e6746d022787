"""What is known of a thing and who says so, as values that can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib.term import Identifier, URIRef


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The values that one source gives a property of the thing.

    Attributes:
        about: the property.
        values: what the source states, in order.
        shown: whether these prevail over another source that contradicts them; None
            where nobody does.
        total: how many values there are, when only the first are here.
    """

    about: URIRef
    values: tuple[Identifier, ...]
    shown: bool | None = None
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """A participation of the thing, as one source states it.

    Attributes:
        iri: the participation.
        role: its role.
        other: the initiative of an actor, or the actor of an initiative.
        start: first day as stated; ``end`` the last.
        amount: amount in euros.
        documents: what the source cites.
    """

    iri: URIRef
    role: Identifier | None
    other: Identifier | None
    start: Identifier | None = None
    end: Identifier | None = None
    amount: Identifier | None = None
    documents: tuple[Identifier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Account:
    """Everything that one source says of the thing.

    Attributes:
        graph: IRI of its named graph.
        name: what the command line calls it.
        publisher: IRI of its publisher; ``licence`` that of its licence.
        modified: day of its last change, as the source states it.
        rank: its declared rank of trust, if it has one.
        statements: what it states of the thing itself.
        parts: participations of the thing; ``parts_total`` how many there are.
        mentions: what else it relates to the thing, by property.
    """

    graph: URIRef
    name: str
    publisher: str = ""
    licence: str = ""
    modified: str = ""
    rank: int | None = None
    statements: tuple[Stated, ...] = ()
    parts: tuple[Part, ...] = ()
    parts_total: int = 0
    mentions: tuple[Stated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A stated thing from which a statement is derived.

    Attributes:
        iri: a participation, or the thing that was read.
        role: role of a participation, if it is one.
        actor: who holds it; ``initiative`` in what.
        graphs: the sources that state it.
    """

    iri: URIRef
    role: Identifier | None
    actor: Identifier | None
    initiative: Identifier | None
    graphs: tuple[URIRef, ...]


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A statement that rules derive.

    Attributes:
        subject: of the statement, which is the thing or has it as its value.
        about: the property.
        value: the value.
        rules: names of the rules, the last step first.
        grounds: the stated things at the end of the chain.
    """

    subject: URIRef
    about: URIRef
    value: Identifier
    rules: tuple[str, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision on identity: which actor stays, which one it stands for."""

    iri: URIRef
    kind: Identifier | None
    kept: URIRef
    discarded: URIRef
    date: str = ""
    by: str = ""
    why: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """A property on which two sources contradict each other.

    Attributes:
        thing: the thing itself, or a participation of it.
        about: the property.
        initiative: for a role, where it is held.
        shown: the value that is shown, of ``source``.
        other: the value of ``other_source``.
    """

    thing: URIRef
    about: URIRef
    initiative: URIRef | None
    shown: Identifier
    source: URIRef
    other: Identifier
    other_source: URIRef


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What is known of a thing, and who says so.

    Attributes:
        thing: IRI.
        about: the property that was asked about, if only one was.
        value: the value that was asked about, if only one was.
        kinds: its classes, as stated.
        former: IRIs that it replaced.
        accounts: per source, the most trusted first.
        derived: derived statements; ``derived_totals`` how many there are by property.
        titles: rule → title in the reader's language.
        decisions: on its identity.
        disputes: what sources contradict each other on.
        names: IRI → label in the reader's language.
    """

    thing: URIRef
    about: URIRef | None = None
    value: Identifier | None = None
    kinds: tuple[URIRef, ...] = ()
    former: tuple[URIRef, ...] = ()
    accounts: tuple[Account, ...] = ()
    derived: tuple[Derived, ...] = ()
    derived_totals: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Say whether anybody says anything that was asked about."""
        return bool(self.accounts or self.derived or self.decisions)
