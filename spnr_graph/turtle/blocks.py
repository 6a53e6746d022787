"""Triples → one block of Turtle per subject, nested blank nodes and lists included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from spnr_graph.errors import DataError
from spnr_graph.turtle.terms import RDF, Order, Terms

#: A line longer than this is broken after its predicate.
WIDTH: Final = 100
#: Deeper blank nodes are a machine's work: no person would read them.
DEPTH: Final = 50
_STEP: Final = "    "
_FIRST: Final = f"<{RDF}first>"
_REST: Final = f"<{RDF}rest>"
_NIL: Final = f"<{RDF}nil>"

#: Predicate and object of one subject, as N-Triples terms.
Pair = tuple[str, str]


class Blocks:
    """Gathers triples by subject and writes the subjects in order."""

    def __init__(self, terms: Terms, *, nested: bool = False) -> None:
        """Start empty; ``nested`` when blank nodes may come."""
        self._terms = terms
        self._subjects: defaultdict[str, list[Pair]] = defaultdict(list)
        self._predicates: dict[str, str] = {}
        self._nested = nested
        self._flat: dict[str, str] = {}
        self._lists: dict[str, list[str]] = {}

    def add(self, triples: Iterable[tuple[str, str, str]]) -> None:
        """Take triples of N-Triples terms; the hot loop of every export."""
        subjects = self._subjects
        same = self._predicates.setdefault  # one string per predicate, not per triple
        for subject, predicate, value in triples:
            subjects[subject].append((same(predicate, predicate), value))

    def texts(self) -> Iterator[str]:
        """Yield the blocks: IRIs in order, then blank nodes nobody refers to.

        Raises:
            DataError: a blank node is referred to twice, or refers to itself.
        """
        names = sorted(self._subjects, key=lambda term: term[:-1])
        nested = [name for name in names if name[0] == "_"]
        roots = self._measure(nested) if self._nested else []
        for name in names:
            if name[0] == "<":
                yield self._block(self._terms.iri(name), self._subjects.pop(name))
        for name in sorted(roots, key=self._node_flat):
            yield self._block("[]", self._subjects.pop(name))

    def _measure(self, nested: list[str]) -> list[str]:
        """Check that the blank nodes are trees; return those at the top."""
        references = dict.fromkeys(nested, 0)
        for pairs in self._subjects.values():
            for _, value in pairs:
                if value[0] == "_":
                    references[value] = references.get(value, 0) + 1
        roots = [name for name, count in references.items() if not count]
        shared = [name for name, count in references.items() if count > 1]
        if shared:
            raise _not_a_tree(self._about(shared[0]))
        reached = set(roots)
        level = [name for name in self._subjects if name[0] == "<"] + roots
        while level:
            level = [v for s in level for v in self._blank_values(s)]
            reached.update(level)
        lost = references.keys() - reached
        if lost:
            raise _not_a_tree(self._about(min(lost)))
        return roots

    def _blank_values(self, subject: str) -> list[str]:
        return [v for _, v in self._subjects.get(subject, ()) if v[0] == "_"]

    def _about(self, name: str) -> str:
        """Describe a blank node by its first predicate and object."""
        pairs = self._subjects.get(name, ())
        known = sorted(pair for pair in pairs if pair[1][0] != "_")
        if not known:
            return "[]"
        predicate, value = known[0]
        return f"[ {self._terms.predicate(predicate)[1:]} {self._terms.object(value)} ]"

    def _block(self, subject: str, pairs: list[Pair]) -> str:
        parts = self._parts(pairs, _STEP)
        return f"{subject} " + f" ;\n{_STEP}".join(parts) + " .\n"

    def _parts(self, pairs: list[Pair], indent: str) -> list[str]:
        """Write each predicate with its objects, in order."""
        places, place = self._terms.places, self._terms.predicate
        placed = [(places.get(p) or place(p), value) for p, value in pairs]
        single = dict(placed)
        if len(single) == len(placed) and not self._nested:
            known, write = self._terms.objects, self._terms.object
            return [f"{p[1:]} {known.get(v) or write(v)}" for p, v in sorted(placed)]
        groups: dict[str, list[str]] = {}
        for predicate, value in placed:
            groups.setdefault(predicate, []).append(value)
        return [
            predicate[1:] + self._objects(len(predicate), groups[predicate], indent)
            for predicate in sorted(groups)
        ]

    def _objects(self, start: int, values: list[str], indent: str) -> str:
        """Write objects on the line of their predicate, or on one line each."""
        ordered = self._ordered(values) if len(values) > 1 else values
        if len(ordered) == 1:
            return " " + self._pretty(ordered[0], indent, start)
        flat = ", ".join(self._written(value) for value in ordered)
        if "\n" not in flat and len(indent) + start + len(flat) <= WIDTH:
            return " " + flat
        inner = indent + _STEP
        lines = (f"\n{inner}{self._pretty(value, inner, 0)}" for value in ordered)
        return ",".join(lines)

    def _ordered(self, values: list[str]) -> list[str]:
        """Sort objects and drop those written the same way; blank nodes all stay."""
        places: dict[tuple[Order, str], str] = {}
        for value in values:
            written = self._written(value)
            if value[0] == "_":
                places[(1, 0, written), value] = value
            else:
                places[self._terms.order(value, written), ""] = value
        return [places[place] for place in sorted(places, key=lambda p: p[0])]

    def _written(self, value: str) -> str:
        return self._node_flat(value) if value[0] == "_" else self._terms.object(value)

    def _node_flat(self, name: str, depth: int = 0) -> str:
        """Write a blank node on one line: what it holds, and so how it is ordered."""
        known = self._flat.get(name)
        if known is None:
            if depth > DEPTH:
                raise _too_deep()
            known = self._flat[name] = self._node_text(name, depth + 1)
        return known

    def _node_text(self, name: str, depth: int) -> str:
        """Write a blank node from the inside out, so that depth is counted."""

        def flat(value: str) -> str:
            blank = value[0] == "_"
            return self._node_flat(value, depth) if blank else self._terms.object(value)

        if items := self._items(name):
            return "( " + " ".join(flat(item) for item in items) + " )"
        groups: dict[str, list[str]] = {}
        for predicate, value in self._subjects.get(name, ()):
            flat(value)
            groups.setdefault(self._terms.predicate(predicate), []).append(value)
        parts = (
            f"{text[1:]} " + ", ".join(flat(v) for v in self._ordered(values))
            for text, values in sorted(groups.items())
        )
        return "[ " + " ; ".join(parts) + " ]" if groups else "[]"

    def _items(self, name: str) -> list[str]:
        """Return the members of a well-formed list; nothing for any other node."""
        if name in self._lists:
            return self._lists[name]
        items: list[str] = []
        cell = name
        while cell != _NIL:
            pairs = sorted(self._subjects.get(cell, ()))
            if [predicate for predicate, _ in pairs] != [_FIRST, _REST]:
                items = []
                break
            items.append(pairs[0][1])
            cell = pairs[1][1]
        self._lists[name] = items
        return items

    def _pretty(self, value: str, indent: str, start: int) -> str:
        """Write an object; a blank node that is too long goes over several lines."""
        if value[0] != "_":
            return self._terms.object(value)
        flat = self._node_flat(value)
        if "\n" not in flat and len(indent) + start + len(flat) <= WIDTH:
            return flat
        inner = indent + _STEP
        items = self._items(value)
        if items:
            lines = [self._pretty(item, inner, 0) for item in items]
            return "(\n" + "".join(f"{inner}{line}\n" for line in lines) + f"{indent})"
        parts = self._parts(self._subjects[value], inner)
        return f"[\n{inner}" + f" ;\n{inner}".join(parts) + f"\n{indent}]"


def _not_a_tree(node: str) -> DataError:
    return DataError(
        fr=f"Le nœud anonyme {node} est désigné plusieurs fois, ou par lui-même : "
        "aucune écriture canonique ne convient. Donnez-lui un IRI.",
        en=f"The blank node {node} is referred to several times, or by itself: "
        "it has no canonical form. Give it an IRI.",
    )


def _too_deep() -> DataError:
    return DataError(
        fr=f"Des nœuds anonymes sont imbriqués sur plus de {DEPTH} niveaux. "
        "Donnez un IRI à certains d'entre eux.",
        en=f"Blank nodes are nested more than {DEPTH} levels deep. "
        "Give some of them an IRI.",
    )
