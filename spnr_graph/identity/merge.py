"""Received lines ↔ merged lines: what decisions change in a graph, and back again.

A discarded actor's IRI, and those of the participations made from it, give way to the
kept one's. The difference is a ``Patch``: what a partner sent is always
``(placed − put in) ∪ taken out``, unless nothing is placed at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTICIPATION: Final = f"<{PREFIXES['participation']}".encode()
#: ``{initiative}--{actor}--{role}``, then perhaps a year of four digits.
_PARTS: Final = 3
_YEAR: Final = 4
#: What a partner says of an actor that is no more would be said of the one that stays.
_WITHDRAWN: Final = frozenset(
    f"<{PREFIXES[prefix]}{local}>".encode()
    for prefix, local in (("owl", "deprecated"), ("dcterms", "isReplacedBy"))
)


@dataclass(frozen=True, kw_only=True)
class Patch:
    """What merging changed in a graph.

    Attributes:
        taken_out: lines as they were received.
        put_in: lines that stand in their place and were not received themselves.
    """

    taken_out: frozenset[bytes] = frozenset()
    put_in: frozenset[bytes] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.taken_out or self.put_in)

    def __or__(self, other: Patch) -> Patch:
        """Return a patch that leads back from either graph to what was received.

        Holds for two patches of the same received lines.
        """
        return Patch(
            taken_out=self.taken_out | other.taken_out,
            put_in=self.put_in | other.put_in,
        )

    def changes(self) -> list[str]:
        """Return the patch as RDF Patch: ``D`` lines taken out, ``A`` lines put in."""
        rows = [("A", line) for line in self.put_in]
        rows += [("D", line) for line in self.taken_out]
        return sorted(f"{mark} {line.decode().strip()}" for mark, line in rows)

    @classmethod
    def of(cls, changes: Iterable[str]) -> Patch:
        """Return the patch that ``changes`` wrote.

        Raises:
            DataError: a line begins with neither ``A`` nor ``D``.
        """
        lines: dict[str, set[bytes]] = {"A": set(), "D": set()}
        for change in changes:
            mark, _, line = change.partition(" ")
            if mark not in lines:
                raise DataError(
                    fr=f"Ligne de fusion illisible : {change:.120}. Recharger le jeu "
                    "de données : spnr load --force.",
                    en=f"Merge line that cannot be read: {change:.120}. Load the "
                    "dataset again: spnr load --force.",
                )
            lines[mark].add(line.encode() + b"\n")
        return cls(taken_out=frozenset(lines["D"]), put_in=frozenset(lines["A"]))


class Renames:
    """Discarded IRIs → kept ones, for actors and for participations made from them."""

    def __init__(self, actors: Mapping[str, str]) -> None:
        """Take discarded actor → the one that stands for it in the end."""
        self._actors = {
            f"<{old}>".encode(): f"<{new}>".encode() for old, new in actors.items()
        }
        self._kept = frozenset(self._actors.values())
        self._segments = {
            _segment(old): _segment(new) for old, new in self._actors.items()
        }
        self._into = frozenset(self._segments.values())
        named = (*self._actors, *self._kept)
        self._starts = {_PARTICIPATION, *(iri[: iri.rfind(b"/") + 1] for iri in named)}

    def __bool__(self) -> bool:
        """Say whether any actor is renamed."""
        return bool(self._actors)

    def term(self, term: bytes) -> bytes:
        """Return the term that stands for another, most often itself.

        Example:
            >>> acteur = "https://w3id.org/spnr/id/acteur/"
            >>> renames = Renames({acteur + "local-a-x": acteur + "siren-111111111"})
            >>> renames.term(b"<https://w3id.org/spnr/id/acteur/local-a-x>")
            b'<https://w3id.org/spnr/id/acteur/siren-111111111>'
        """
        found = self._actors.get(term)
        if found is not None:
            return found
        actor = _actor_of(term)
        if actor in self._segments:
            start, _, rest = term.rpartition(b"--" + actor + b"--")
            return start + b"--" + self._segments[actor] + b"--" + rest
        return term

    def concerns(self, line: bytes) -> bool:
        """Say whether a line may hold such a term; most lines hold none."""
        return any(start in line for start in self._starts)

    def gains(self, term: bytes) -> bool:
        """Say whether a term may be what another is renamed to."""
        return term in self._kept or _actor_of(term) in self._into


def patch(lines: Iterable[bytes], renames: Renames) -> Patch:
    """Return what merging changes in a graph; memory is bounded by what changes.

    A line that would link an actor to itself, or say that it is withdrawn, is taken
    out and nothing stands in its place.

    Args:
        lines: N-Triples as received, in the store's normal form.
        renames: the decisions in force.
    """
    taken_out: set[bytes] = set()
    put_in: set[bytes] = set()
    present: set[bytes] = set()
    for line in filter(renames.concerns, lines if renames else ()):
        subject, predicate, value = line.split(b" ", 2)
        term = value[:-3]  # without " .\n"
        new_subject = renames.term(subject)
        new_term = renames.term(term) if term[:1] == b"<" else term
        if new_subject is subject and new_term is term:
            if renames.gains(subject) or renames.gains(term):
                present.add(line)
            continue
        taken_out.add(line)
        withdrawn = new_subject is not subject and predicate in _WITHDRAWN
        if new_subject != new_term and not withdrawn:
            put_in.add(b"%b %b %b .\n" % (new_subject, predicate, new_term))
    return Patch(taken_out=frozenset(taken_out), put_in=frozenset(put_in - present))


def applied(lines: Iterable[bytes], change: Patch) -> Iterator[bytes]:
    """Yield received lines as they are placed."""
    for line in lines:
        if line not in change.taken_out:
            yield line
    yield from sorted(change.put_in)


def received(lines: Iterable[bytes], change: Patch) -> Iterator[bytes]:
    """Yield placed lines as they were received; where nothing is placed, nothing."""
    some = False
    for line in lines:
        some = True
        if line not in change.put_in and line not in change.taken_out:
            yield line
    if some:
        yield from sorted(change.taken_out)


def merged(lines: Sequence[bytes], renames: Renames) -> tuple[list[bytes], Patch]:
    """Return the lines of a graph as they are placed, and what was changed."""
    change = patch(lines, renames)
    return list(applied(lines, change)), change


def _segment(iri: bytes) -> bytes:
    """Return the last segment of an IRI in angle brackets."""
    return iri.rpartition(b"/")[2][:-1]


def _actor_of(term: bytes) -> bytes:
    """Return the actor's segment of a participation's IRI, or nothing."""
    if not term.startswith(_PARTICIPATION):
        return b""
    parts = term[len(_PARTICIPATION) : -1].split(b"--")
    if len(parts[-1]) == _YEAR and parts[-1].isdigit():
        parts.pop()
    return parts[-2] if len(parts) >= _PARTS else b""
