"""SHACL Core constraints compiled to SPARQL text.

A *focus* is a group pattern that binds ``?this`` to the nodes to check; a *test* is a
boolean expression that is true where a value breaks the constraint, and never an error.
Oxigraph's union default graph gives a triple once per graph: every query is DISTINCT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from spnr_graph.check.paths import Path
from spnr_graph.check.shapes import Constraint, Shape
from spnr_graph.check.shapes_graph import Term
from spnr_graph.namespaces import PREFIXES

_XSD: Final = PREFIXES["xsd"]
RDF_TYPE: Final = f"<{PREFIXES['rdf']}type>"

#: Given a class, the classes whose instances are instances of it (itself included).
Subclasses = Callable[[Term], Iterable[Term]]

_KINDS: Final = {
    "IRI": "isIRI({v})",
    "BlankNode": "isBlank({v})",
    "Literal": "isLiteral({v})",
    "BlankNodeOrIRI": "!isLiteral({v})",
    "BlankNodeOrLiteral": "!isIRI({v})",
    "IRIOrLiteral": "!isBlank({v})",
}
#: Datatypes whose lexical form Oxigraph verifies by a cast; NaN differs from itself.
_CAST: Final = {
    "date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay",
    "duration", "dayTimeDuration", "yearMonthDuration", "boolean",
}  # fmt: skip
_NUMERIC: Final = {"integer", "decimal", "double", "float"}
#: Integer types that Oxigraph stores as xsd:integer: it cannot tell them apart.
LOST_DATATYPES: Final = frozenset(
    _XSD + name
    for name in (
        "byte", "short", "int", "long", "unsignedByte", "unsignedShort", "unsignedInt",
        "unsignedLong", "positiveInteger", "negativeInteger", "nonPositiveInteger",
        "nonNegativeInteger",
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where a constraint looks: focus nodes and the path from them to their values."""

    focus: str
    path: Path | None

    @property
    def value(self) -> str:
        """Return the variable that stands for a value."""
        return "?value" if self.path else "?this"

    @property
    def values(self) -> str:
        """Return the pattern that binds ``?this`` and the value."""
        return f"{self.focus} {self.reach(self.value)}" if self.path else self.focus

    def reach(self, term: str) -> str:
        """Return the pattern that leads from ``?this`` to a term."""
        return f"?this {self.path} {term} ."

    def as_focus(self) -> str:
        """Return the pattern that binds ``?this`` to the values, each once."""
        if self.path is None:
            return self.focus
        inner = f"{{ SELECT DISTINCT ?value WHERE {{ {self.values} }} }}"
        return f"{{ SELECT (?value AS ?this) WHERE {{ {inner} }} }}"


def literal(text: str) -> str:
    """Return a SPARQL string literal."""
    return str(ox.Literal(text))


def _either(parts: Iterable[str], otherwise: str) -> str:
    return " || ".join(f"({part})" for part in parts) or otherwise


def _same(v: str, terms: Iterable[Term]) -> str:
    """Return an expression: the value is exactly one of the terms."""
    terms = list(terms)
    if terms and all(isinstance(term, ox.NamedNode) for term in terms):
        return f"{v} IN ({', '.join(map(str, terms))})"
    return _either((f"sameTerm({v}, {term})" for term in terms), "false")


def _datatype(v: str, c: Constraint, _: Subclasses) -> str:
    datatype = c.values[0]
    well = "true"
    local = str(datatype.value).removeprefix(_XSD)
    if local in _NUMERIC:
        well = f"isNumeric({v})"
    elif local in _CAST:
        well = f'STR(<{_XSD}{local}>(STR({v}))) != ""'
    return f"!COALESCE(DATATYPE({v}) = {datatype} && {well}, false)"


def _class(v: str, c: Constraint, subclasses: Subclasses) -> str:
    tests = (f"EXISTS {{ {v} {RDF_TYPE} {each} }}" for each in subclasses(c.values[0]))
    return f"isLiteral({v}) || !({_either(tests, 'false')})"


def _node_kind(v: str, c: Constraint, _: Subclasses) -> str:
    kind = c.values[0].value.removeprefix(PREFIXES["sh"])
    return f"!({_KINDS[kind].format(v=v)})"


def _length(operator: str) -> Callable[[str, Constraint, Subclasses], str]:
    def test(v: str, c: Constraint, _: Subclasses) -> str:
        return (
            f"!COALESCE(!isBlank({v}) && STRLEN(STR({v})) {operator} {c.number}, false)"
        )

    return test


def _range(operator: str) -> Callable[[str, Constraint, Subclasses], str]:
    def test(v: str, c: Constraint, _: Subclasses) -> str:
        return f"!COALESCE({v} {operator} {c.values[0]}, false)"

    return test


def _pattern(v: str, c: Constraint, _: Subclasses) -> str:
    flags = literal(c.options.get("flags", ""))
    regex = f"REGEX(STR({v}), {literal(c.values[0].value)}, {flags})"
    return f"!COALESCE(!isBlank({v}) && {regex}, false)"


def _language_in(v: str, c: Constraint, _: Subclasses) -> str:
    tests = (f"LANGMATCHES(LANG({v}), {literal(tag.value)})" for tag in c.values)
    return f"!COALESCE({_either(tests, 'false')}, false)"


def _in(v: str, c: Constraint, _: Subclasses) -> str:
    return f"!({_same(v, c.values)})"


_TESTS: Final[dict[str, Callable[[str, Constraint, Subclasses], str]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minLength": _length(">="),
    "maxLength": _length("<="),
    "minInclusive": _range(">="),
    "minExclusive": _range(">"),
    "maxInclusive": _range("<="),
    "maxExclusive": _range("<"),
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
}


def _test_query(s: Scope, c: Constraint, subclasses: Subclasses) -> Iterator[str]:
    broken = _TESTS[c.parameter](s.value, c, subclasses)
    columns = "?this ?value" if s.path else "?this"
    yield f"SELECT DISTINCT {columns} WHERE {{ {s.values} FILTER({broken}) }}"


def _min_count(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    if c.number == 1:
        absent = f"FILTER NOT EXISTS {{ {s.reach('?value')} }}"
        yield f"SELECT DISTINCT ?this WHERE {{ {s.focus} {absent} }}"
    elif c.number > 1:
        yield (
            f"SELECT ?this WHERE {{ {s.focus} OPTIONAL {{ {s.reach('?value')} }} }} "
            f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {c.number})"
        )


def _max_count(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    if c.number == 0:
        yield f"SELECT DISTINCT ?this WHERE {{ {s.values} }}"
    elif c.number == 1:
        differ = f"{s.reach('?other')} FILTER(!sameTerm(?value, ?other))"
        yield f"SELECT DISTINCT ?this WHERE {{ {s.values} {differ} }}"
    else:
        yield (
            f"SELECT ?this WHERE {{ {s.values} }} "
            f"GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {c.number})"
        )


def _has_value(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    wanted = str(c.values[0])
    if s.path:
        absent = f"FILTER NOT EXISTS {{ {s.reach(wanted)} }}"
    else:
        absent = f"FILTER(!sameTerm(?this, {wanted}))"
    yield f"SELECT DISTINCT ?this WHERE {{ {s.focus} {absent} }}"


def _equals(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    other = c.values[0]
    columns = "?this ?value" if s.path else "?this"
    absent = f"FILTER NOT EXISTS {{ ?this {other} {s.value} }}"
    yield f"SELECT DISTINCT {columns} WHERE {{ {s.values} {absent} }}"
    absent = "FILTER(!sameTerm(?this, ?value))"
    if s.path:
        absent = f"FILTER NOT EXISTS {{ {s.reach('?value')} }}"
    there = f"?this {other} ?value . {absent}"
    yield f"SELECT DISTINCT ?this ?value WHERE {{ {s.focus} {there} }}"


def _disjoint(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    columns = "?this ?value" if s.path else "?this"
    shared = f"?this {c.values[0]} {s.value} ."
    yield f"SELECT DISTINCT {columns} WHERE {{ {s.values} {shared} }}"


def _less(operator: str) -> Callable[[Scope, Constraint, Subclasses], Iterator[str]]:
    def queries(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
        wrong = f"FILTER(!COALESCE(?value {operator} ?other, false))"
        other = f"?this {c.values[0]} ?other ."
        yield f"SELECT DISTINCT ?this ?value WHERE {{ {s.values} {other} {wrong} }}"

    return queries


def _unique_lang(s: Scope, _c: Constraint, _: Subclasses) -> Iterator[str]:
    twice = (
        f"{s.reach('?other')} FILTER(!sameTerm(?value, ?other) && "
        "LANG(?value) != '' && LANG(?value) = LANG(?other))"
    )
    yield f"SELECT DISTINCT ?this WHERE {{ {s.values} {twice} }}"


def _closed(s: Scope, c: Constraint, _: Subclasses) -> Iterator[str]:
    node = "?node" if s.path else "?this"
    reached = s.reach("?node") if s.path else ""
    allowed = ", ".join(c.options["allowed"].split())
    yield (
        f"SELECT DISTINCT ?this ?path ?value WHERE {{ {s.focus} {reached} "
        f"{node} ?path ?value . FILTER(?path NOT IN ({allowed})) }}"
    )


_QUERIES: Final[dict[str, Callable[[Scope, Constraint, Subclasses], Iterator[str]]]] = {
    **dict.fromkeys(_TESTS, _test_query),
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less("<"),
    "lessThanOrEquals": _less("<="),
    "uniqueLang": _unique_lang,
    "closed": _closed,
}


def queries(scope: Scope, constraint: Constraint, subclasses: Subclasses) -> list[str]:
    """Return the SELECT queries whose rows are the findings of one constraint.

    Their columns are ``?this``, and where it makes sense ``?value`` and ``?path``.

    Args:
        scope: where the constraint looks.
        constraint: one that ``is_compiled``.
        subclasses: the class hierarchy of the data.
    """
    return list(_QUERIES[constraint.parameter](scope, constraint, subclasses))


def is_compiled(constraint: Constraint) -> bool:
    """Say whether a constraint is a query; the others refer to shapes or to SPARQL."""
    return constraint.parameter in _QUERIES


def is_test(constraint: Constraint) -> bool:
    """Say whether a constraint only looks at one value at a time."""
    return constraint.parameter in _TESTS


def violates(v: str, constraint: Constraint, subclasses: Subclasses) -> str:
    """Return "the value breaks the constraint" as an expression, for a test."""
    return _TESTS[constraint.parameter](v, constraint, subclasses)


def condition(shape: Shape, v: str, subclasses: Subclasses) -> str | None:
    """Return "the value conforms" as an expression, where the shape allows it.

    It does when the shape is a node shape that only tests the value itself.
    """
    if shape.path or any(c.parameter not in _TESTS for c in shape.constraints):
        return None
    tests = (_TESTS[c.parameter](v, c, subclasses) for c in shape.constraints)
    return " && ".join(f"!({test})" for test in tests) or "true"


def is_node_kind(term: Term) -> bool:
    """Say whether a term is one of the six node kinds of SHACL."""
    return str(term.value).removeprefix(PREFIXES["sh"]) in _KINDS
