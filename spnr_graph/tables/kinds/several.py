"""Several values in a cell: ``liste``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from spnr_graph.tables.kinds.said import as_text
from spnr_graph.tables.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context, Kind
    from spnr_graph.tables.sheets import Value


@dataclass(frozen=True)
class Several:
    """Values of one kind, in a list of JSON or between separators.

    Options: ``separator``, one or several; ``of``, the name of the kind of the values
    or that kind with its options; ``key``, the member of an object that is the value.

    Attributes:
        kinds: the kinds that the values may be of.
    """

    kinds: Mapping[str, Kind]
    alone: bool = False

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the terms of each value once, and every problem once."""
        return together(self.items(value, field, row, context))

    def items(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> list[Outcome]:
        """Return what each value gives, so that a wrong one leaves the others alone."""
        of = field.options.get("of", "texte")
        options: Mapping[str, Any] = of if isinstance(of, dict) else {"kind": of}
        item = replace(field, kind=str(options["kind"]), options=options)
        kind = self.kinds[item.kind]
        return [kind.read(each, item, row, context) for each in _values(value, field)]


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return several outcomes as one, each term and each problem once."""
    found = list(outcomes)
    terms = dict.fromkeys(term for each in found for term in each.terms)
    problems = dict.fromkeys(p for each in found for p in each.problems)
    return Outcome(terms=tuple(terms), problems=tuple(problems))


def _values(value: Value, field: Field) -> Iterator[Value]:
    """Return what a cell lists, without what is empty."""
    key = field.options.get("key")
    for each in value if isinstance(value, list) else [value]:
        item = cast("Value", each.get(key) if isinstance(each, dict) and key else each)
        for part in _parts(item, field) if isinstance(item, str) else [item]:
            if part is not None and as_text(part):
                yield part


def _parts(text: str, field: Field) -> list[str]:
    separators = field.options.get("separator", "|")
    signs = [separators] if isinstance(separators, str) else list(separators)
    return [part.strip() for part in re.split("|".join(map(re.escape, signs)), text)]
