"""A thing named in a cell: by a number, as the graph names it, or by its own row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import identifiers, spelling
from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.outcome import Outcome, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: Sheet of a workbook → prefix of what its rows describe.
PREFIX_OF: Final = {
    "acteurs": "acteur",
    "initiatives": "initiative",
    "participations": "participation",
}
#: ``acteur:siren-…`` alone, or behind a name: ``ARNia (acteur:siren-…)``.
_SHORT: Final = re.compile(
    r"(?:.*\()?(acteur|initiative|participation):([^\s()<>\"{}|\\^`]+)\)?", re.DOTALL
)


@dataclass(frozen=True)
class Reference:
    """A row of another sheet by its identifier, or a thing of the graph."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return ``.iri`` of a thing of the graph, or ``.slug`` of a row.

        Option ``sheet``: where the row is; ``exact``: only as the graph names it.
        """
        told = " ".join(str(value).split())
        sheet = str(field.options["sheet"])
        prefix = PREFIX_OF.get(sheet, sheet)
        if iri := _iri(told, prefix):
            return Outcome(terms=(("", terms.text(told)), (".iri", terms.iri(iri))))
        slug = spelling.slug(told)
        if field.options.get("exact") or not slug or _named(told):
            return Outcome(problems=(_not_a_name(told, prefix),))
        return Outcome(terms=(("", terms.text(told)), (".slug", terms.text(slug))))


def _iri(told: str, prefix: str) -> str:
    """Return the IRI that a text gives, or ``""``."""
    namespace = PREFIXES[prefix]
    local = told.removeprefix(namespace) if told.startswith(namespace) else ""
    found = _SHORT.fullmatch(f"{prefix}:{local}" if local else told)
    if found and found[1] == prefix:
        return namespace + found[2]
    return _number(told) if prefix == "acteur" else ""


def _number(told: str) -> str:
    siren, siret = identifiers.siren(told).text, identifiers.siret(told).text
    rna = identifiers.rna(told).text
    if siren or siret or rna:
        return identifiers.actor_iri(siren=siren, siret=siret, rna=rna)
    return ""


def _named(told: str) -> bool:
    """Say whether a text is meant to be a name in the graph, of whatever kind."""
    return "://" in told or _SHORT.fullmatch(told) is not None


def _not_a_name(told: str, prefix: str) -> Problem:
    return Problem(
        rule="reference",
        fr=f"« {told} » ne désigne rien que le graphe puisse retrouver. Écrire "
        f"l'identifiant d'une ligne du classeur ou un nom court du graphe, par "
        f"exemple {prefix}:{_EXAMPLES[prefix]}.",
        en=f"'{told}' names nothing that the graph could find. Write the identifier "
        f"of a row of the workbook or a short name of the graph, for example "
        f"{prefix}:{_EXAMPLES[prefix]}.",
    )


_EXAMPLES: Final = {
    "acteur": "siren-123456782",
    "initiative": "spnr",
    "participation": "spnr--siren-123456782--porteur",
}
