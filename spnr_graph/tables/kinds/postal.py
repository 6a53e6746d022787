"""Postal codes in a cell: ``code-postal``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.areas import DEPARTEMENTS
from spnr_graph.tables.kinds.said import mended, nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome, Problem
from spnr_graph.tables.places import DEPARTEMENT, departement_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: What people add to a postal code.
_AROUND: Final = re.compile(
    r"^(?:F|FR)[\s\-]*(?=\d)|\s*CEDEX.*$|[.,]0+$|(?<=\d)\s(?=\d)"
)


@dataclass(frozen=True)
class PostalCode:
    """Five digits, those of CEDEX too."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the five digits, and the department when it is described."""
        if refused := nested(value):
            return refused
        code, problems = postal_code(value)
        departement = departement_of(code)
        if departement not in DEPARTEMENTS:
            return wrong(
                "postal-code",
                fr=f"« {shown(value)} » n'est pas un code postal : cinq chiffres, par "
                "exemple 21000.",
                en=f"'{shown(value)}' is no postal code: five digits, for example "
                "21000.",
            )
        place = context.places.get(DEPARTEMENT, departement)
        found = ((".departement", terms.iri(place.iri)),) if place else ()
        return Outcome(terms=(("", terms.text(code)), *found), problems=problems)


def postal_code(value: Value) -> tuple[str, tuple[Problem, ...]]:
    """Return the five digits that a cell writes, or ``""``.

    Example:
        >>> postal_code("21070 CEDEX 9")[0], postal_code(1000)[0], postal_code("Nevers")
        ('21070', '01000', ('', ()))
    """
    code = _AROUND.sub("", on_a_line(value).upper()).strip()
    if re.fullmatch(r"\d{4}", code):
        problem = mended(
            "postal-code-leading-zero",
            fr=f"Code postal « {shown(value)} » lu 0{code} : le zéro du début était "
            "perdu. Mettre la colonne au format Texte.",
            en=f"Postal code '{shown(value)}' read as 0{code}: its leading zero was "
            "lost. Give the column the format Text.",
        )
        return f"0{code}", (problem,)
    return (code, ()) if re.fullmatch(r"\d{5}", code) else ("", ())
