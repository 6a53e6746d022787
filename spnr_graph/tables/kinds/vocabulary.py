"""Concepts in a cell: ``concept``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph import spelling
from spnr_graph.namespaces import LANGUAGES, PREFIXES
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import EMPTY, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value


@dataclass(frozen=True)
class Concept:
    """A concept of the scheme that the option ``scheme`` names.

    The option ``codes`` gives the partner's own words: code → slug, several slugs, or
    nothing for a code that has no concept here. A label of the scheme, another label, a
    notation or a slug is understood without it.
    """

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the slug of the concept, and the concept."""
        if refused := nested(value):
            return refused
        scheme = str(field.options["scheme"])
        written = on_a_line(value)
        codes = {
            spelling.normal(code): slugs
            for code, slugs in field.options.get("codes", {}).items()
        }
        key = spelling.normal(written)
        if key in codes:
            slugs = codes[key] or ()
            names = [slugs] if isinstance(slugs, str) else list(slugs)
        else:
            names = [written]
        if not names:
            return EMPTY
        found = [context.concepts.named(scheme, name) for name in names]
        if any(len(each) != 1 for each in found):
            return _none(value, scheme, written, context)
        told = []
        for (concept,) in found:
            slug = concept.removeprefix(f"{PREFIXES['voc']}{scheme}/")
            told += [("", terms.text(slug)), (".concept", terms.iri(concept))]
        return Outcome(terms=tuple(told))


def _none(value: Value, scheme: str, written: str, context: Context) -> Outcome:
    """Refuse a value, with the labels that look like it, else with all of them."""
    known = context.concepts
    near = {lang: known.nearest(scheme, written, lang) for lang in LANGUAGES}
    # Some labels hold commas.
    listed = {
        lang: " ; ".join(near[lang] or known.labels(scheme, lang)) for lang in LANGUAGES
    }
    ask_fr = "Voulait-on dire : {} ?" if near["fr"] else "Choisir parmi : {}."
    ask_en = "Did you mean: {}?" if near["en"] else "Choose among: {}."
    return wrong(
        "concept-unknown",
        fr=f"« {shown(value)} » n'est pas dans la liste des valeurs possibles. "
        + ask_fr.format(listed["fr"]),
        en=f"'{shown(value)}' is not in the list of possible values. "
        + ask_en.format(listed["en"].replace(" ; ", "; ")),
    )
