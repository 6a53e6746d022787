"""Yes or no in a cell: ``booleen``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

_TRUE: Final = frozenset({"oui", "vrai", "true", "yes", "1", "x", "o", "y", "✓", "✔"})
_FALSE: Final = frozenset({"non", "faux", "false", "no", "0", "n"})


@dataclass(frozen=True)
class Truth:
    """Yes or no."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return an ``xsd:boolean``; ``trueValues`` and ``falseValues`` come first."""
        written = on_a_line(value).casefold()
        for answer, option, usual in (
            ("true", "trueValues", _TRUE),
            ("false", "falseValues", _FALSE),
        ):
            own = field.options.get(option, ())
            if written in ({str(each).casefold() for each in own} or usual):
                return Outcome(terms=(("", terms.typed(answer, "boolean")),))
        return wrong(
            "not-yes-or-no",
            fr=f"« {shown(value)} » n'est ni oui ni non. Écrire oui ou non.",
            en=f"'{shown(value)}' is neither yes nor no. Write oui or non.",
        )
