"""Terms of the graph → cells of the workbook that give the same terms back."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from spnr_graph import spelling
from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.tables.kinds import KINDS, terms
from spnr_graph.tables.workbook.dress import LONGEST, safe
from spnr_graph.tables.workbook.lists import of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds import Context
    from spnr_graph.tables.sheets import Value
    from spnr_graph.tables.workbook.vocabulary import Vocabulary

    Term = ox.NamedNode | ox.Literal

#: What stands between the values of a cell that holds several.
BAR: Final = " | "
#: Digits that a spreadsheet keeps of a number.
_DIGITS: Final = 15


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Writes cells, and reads each of them again before it is trusted.

    Attributes:
        vocabulary: labels of concepts and territories.
        context: what cells are read with.
        rows: sheet → IRI → identifier of the row that describes it.
    """

    vocabulary: Vocabulary
    context: Context
    rows: Mapping[str, Mapping[str, str]]
    _slugs: dict[tuple[str, str], str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Remember which row an identifier names."""
        for sheet, identifiers in self.rows.items():
            for iri, identifier in identifiers.items():
                self._slugs[sheet, spelling.slug(identifier)] = iri

    def write(
        self, column: Field, suffix: str, wanted: Iterable[Term]
    ) -> tuple[Value, frozenset[Term]]:
        """Return a cell, and those of the terms that it gives back when it is read.

        Args:
            column: its column; one of a single value takes the first that fits.
            suffix: the companion under which the mapping finds the terms again.
            wanted: what the cell should say.
        """
        told: dict[Term, Value] = {}
        for term in sorted(wanted, key=str):
            for value in self._spellings(column, term):
                if self._says(column, value, suffix, [term]):
                    told[term] = value
                    break
            if told and column.kind != "liste":
                break
        if len(told) < 2:
            return next(iter(told.values()), None), frozenset(told)
        whole = BAR.join(map(str, told.values()))
        if self._says(column, whole, suffix, told):
            return whole, frozenset(told)
        term, value = next(iter(told.items()))
        return value, frozenset((term,))

    def read(self, column: Field, value: Value) -> dict[str, set[str]]:
        """Return the N-Triples terms that a cell gives, by companion."""
        found: dict[str, set[str]] = {}
        outcome = KINDS[column.kind].read(value, column, {}, self.context)
        for name, term in outcome.terms:
            found.setdefault(name, set()).add(term)
        sheet = str(of(column).get("sheet", ""))
        for slug in found.get(".slug", ()) if sheet else ():
            iri = self._slugs.get((sheet, slug.strip('"')), "")
            found.setdefault(".iri", set()).add(terms.iri(iri))
        return found

    def _says(
        self, column: Field, value: Value, suffix: str, wanted: Iterable[Term]
    ) -> bool:
        """Say whether a cell, when it is read, gives these terms and no others."""
        if isinstance(value, str) and (len(value) > LONGEST or safe(value) != value):
            return False
        return self.read(column, value).get(suffix) == {_plain(t) for t in wanted}

    def _spellings(self, column: Field, term: Term) -> Iterator[Value]:
        """Yield the ways of writing a term, the most readable first."""
        inner = of(column)
        kind, text = inner["kind"], term.value
        if kind == "concept":
            if label := self.vocabulary.label(inner["scheme"], text):
                yield label
            yield text.rpartition("/")[2]
        elif kind == "territoire":
            if place := self.vocabulary.places.get(text):
                yield place
            yield text.removeprefix(PREFIXES["territoire"])
        elif kind == "reference":
            if row := self.rows.get(inner["sheet"], {}).get(text):
                yield row
            yield shorten(text)
        elif kind in {"montant", "nombre"}:
            yield from _numbers(text)
        else:
            yield text


def _plain(term: Term) -> str:
    """Return a term as kinds give it: the mapping adds languages by itself."""
    language = getattr(term, "language", None)
    if language:
        return terms.text(term.value)
    datatype = getattr(term, "datatype", None)
    if datatype is not None and datatype.value == PREFIXES["xsd"] + "decimal":
        return terms.decimal(Decimal(term.value))
    return str(term) if datatype is None else _literal(term.value, datatype.value)


def _literal(text: str, datatype: str) -> str:
    """Return a literal as kinds write it."""
    xsd = PREFIXES["xsd"]
    if datatype == f"{xsd}string":
        return terms.text(text)
    return terms.typed(text, datatype.removeprefix(xsd))


def _numbers(text: str) -> Iterator[Value]:
    number = Decimal(text)
    if len(number.normalize().as_tuple().digits) <= _DIGITS:
        yield int(number) if number == number.to_integral_value() else float(number)
    yield text
