"""What a mapping reads, row by row, and where it makes IRIs of text."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from spnr_graph.errors import DataError
from spnr_graph.namespaces import PREFIXES
from spnr_graph.sparql import scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spnr_graph.tables.formats import Format

TABLE: Final = PREFIXES["table"]
#: Property of a row from which the mapping made something.
GIVES: Final = f"{TABLE}gives"
#: What each row says besides its cells, and what is said once, on ``table:this``.
BESIDES: Final = frozenset(("row", "sheet", "this", "partner", "graph", "source"))

_USED: Final = re.compile(r"(?<![\w-])table:((?:\w|\.(?=\w))+)")
_PREFIX: Final = re.compile(r"\bPREFIX\s+table:\s*<([^>]*)>", re.IGNORECASE)
_TEMPLATE: Final = re.compile(r"\bCONSTRUCT\s*\{", re.IGNORECASE)
#: Keywords, not the variables and prefixes of the same name (``?service``, ``graph:``).
_ELSEWHERE: Final = re.compile(
    r"(?<![\w?$:.-])(SERVICE|FROM|GRAPH)(?![\w:.-])", re.IGNORECASE
)
#: Functions whose result holds the text of their arguments as it is.
_CARRIERS: Final = frozenset(f"Builtin_{name}" for name in (
    "COALESCE", "CONCAT", "IF", "LCASE", "STR", "STRAFTER", "STRBEFORE", "SUBSTR",
    "UCASE",
))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Construct:
    """A mapping, ready to be applied.

    Attributes:
        text: the CONSTRUCT, which also tells the rows from which it made something.
        used: names in ``table:`` that it reads; the others need not be told.
        addresses: names whose text goes into an IRI → whether it is the whole IRI.
    """

    text: str
    used: frozenset[str]
    addresses: Mapping[str, bool]


def check_mapping(format_: Format) -> None:
    """Refuse a mapping that could not be applied to the tables of its format.

    Raises:
        DataError: no SPARQL, no CONSTRUCT, or a column that no field has.
    """
    name, text = format_.name, format_.mapping
    masked = scan.mask(text)
    try:
        answer = ox.Store().query(text)
    except SyntaxError as exc:
        raise _wrong(
            name,
            fr=f"ce n'est pas du SPARQL ({exc}). Corriger la requête.",
            en=f"this is not SPARQL ({exc}). Correct the query.",
        ) from exc
    construct = isinstance(answer, ox.QueryTriples)
    if not (construct and _TEMPLATE.search(masked)) or _ELSEWHERE.search(masked):
        raise _wrong(
            name,
            fr="une correspondance est un CONSTRUCT { … } WHERE { … }, sans SERVICE, "
            "FROM ni GRAPH. Réécrire la requête.",
            en="a mapping is a CONSTRUCT { … } WHERE { … } without SERVICE, FROM or "
            "GRAPH. Rewrite the query.",
        )
    if _PREFIX.findall(text) != [TABLE]:
        raise _wrong(
            name,
            fr=f"le préfixe des colonnes manque. Écrire : PREFIX table: <{TABLE}>.",
            en=f"the prefix of the columns is missing. Write: PREFIX table: <{TABLE}>.",
        )
    _check_columns(format_, _used(masked))


def _check_columns(format_: Format, used: Iterable[str]) -> None:
    fields = {f.local for resource in format_.resources for f in resource.fields}
    for column in sorted({word.partition(".")[0] for word in used} - BESIDES):
        if column not in fields:
            near = difflib.get_close_matches(column, sorted(fields), n=1)
            hint = f" (table:{near[0]} ?)" if near else ""
            raise _wrong(
                format_.name,
                fr=f"table:{column} ne correspond à aucune colonne{hint}. Corriger "
                "le nom, ou ajouter la colonne au schéma.",
                en=f"table:{column} is no column{hint.replace(' ?', '?')}. Correct the "
                "name, or add the column to the schema.",
            )


def _used(masked: str) -> frozenset[str]:
    return frozenset(_USED.findall(masked))


@lru_cache(maxsize=64)
def prepare(name: str, text: str) -> Construct:
    """Return a mapping that was checked, ready to be applied.

    Args:
        name: the format, for messages.
        text: its CONSTRUCT.

    Raises:
        DataError: it makes blank nodes, or reads no row.
    """
    from rdflib.term import BNode

    algebra = _algebra(text)
    template = list(algebra.template)
    if any(isinstance(term, BNode) for triple in template for term in triple):
        raise _wrong(
            name,
            fr="la requête crée des nœuds anonymes, qui changeraient à chaque "
            "chargement. Donner un IRI à chaque chose.",
            en="the query makes blank nodes, which would change with each loading. "
            "Give each thing an IRI.",
        )
    read = _Read(algebra.p)
    if not read.rows:
        raise _wrong(
            name,
            fr="la requête ne lit aucune ligne. Écrire par exemple ?ligne table:nom "
            "?nom.",
            en="the query reads no row. Write for example ?row table:nom ?nom.",
        )
    return Construct(
        text=_telling(text, template, sorted(read.rows)),
        used=_used(scan.mask(text)),
        addresses=read.addresses(),
    )


def _algebra(text: str) -> Any:  # noqa: ANN401 (rdflib's is untyped)
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    return translateQuery(parseQuery(text)).algebra


def becomes(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return what a mapping makes of columns: name in ``table:`` → properties.

    Columns that only name a thing, in its IRI, have no property.

    Args:
        text: a CONSTRUCT that was checked.
    """
    from rdflib.term import URIRef

    algebra = _algebra(text)
    read = _Read(algebra.p)
    found: dict[str, set[str]] = {}
    for _, predicate, value in algebra.template:
        if isinstance(predicate, URIRef):
            for name in read.sources(value):
                found.setdefault(name, set()).add(str(predicate))
    for column, property_ in read.pairs:
        found.setdefault(column, set()).add(property_)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


class _Read:
    """What the pattern of a mapping reads.

    Attributes:
        rows: variables that stand for a row.
        pairs: (column, property) that stand together in a line of VALUES.
    """

    def __init__(self, pattern: object) -> None:
        self.rows: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        self._columns: dict[str, set[str]] = {}
        self._made: dict[str, list[object]] = {}
        self._iris: list[object] = []
        for part in _parts(pattern):
            if part.name == "BGP":
                for triple in part.triples:
                    self._triple(*triple)
            elif part.name == "Extend":
                self._made.setdefault(str(part.var), []).append(part.expr)
            elif part.name in ("Builtin_IRI", "Builtin_URI"):
                self._iris.append(part.arg)
            elif part.name == "values":
                for line in part.res:
                    self._values([str(term) for term in line.values()])

    def _values(self, terms: list[str]) -> None:
        columns = [t.removeprefix(TABLE) for t in terms if t.startswith(TABLE)]
        others = [t for t in terms if "://" in t and not t.startswith(TABLE)]
        self.pairs |= {(column, other) for column in columns for other in others}

    def _triple(self, subject: object, path: Any, value: object) -> None:  # noqa: ANN401
        from rdflib.term import Variable

        names = [
            str(term).removeprefix(TABLE)
            for term in getattr(path, "args", [path])
            if str(term).startswith(TABLE)
        ]
        if names and isinstance(subject, Variable):
            self.rows.add(str(subject))
            self._columns.setdefault(str(value), set()).update(names)

    def sources(self, term: object) -> set[str]:
        """Return the columns of which a term is made, in whatever way."""
        from rdflib.term import Variable

        found: set[str] = set()
        for part in _terms(term):
            if isinstance(part, Variable):
                found |= self._columns.get(str(part), set())
                for made in self._made.get(str(part), ()):
                    found |= self.sources(made)
        return found

    def addresses(self) -> dict[str, bool]:
        """Return the columns whose text goes into an IRI → whether it is the whole."""
        found: dict[str, bool] = {}
        for argument in self._iris:
            for name, whole in self._carried(argument, whole=True):
                found[name] = found.get(name, False) or whole
        return found

    def _carried(self, term: object, *, whole: bool) -> Iterator[tuple[str, bool]]:
        """Yield the columns whose text a term holds as it is."""
        from rdflib.plugins.sparql.parserutils import CompValue
        from rdflib.term import Variable

        if isinstance(term, Variable):
            for name in self._columns.get(str(term), ()):
                yield name, whole
            for made in self._made.get(str(term), ()):
                yield from self._carried(made, whole=whole)
        elif isinstance(term, CompValue) and term.name in _CARRIERS:
            joined = term.name == "Builtin_CONCAT"
            for key in ("arg", "arg2", "arg3") if term.name == "Builtin_IF" else term:
                value = term.get(key)
                for each in value if isinstance(value, list) else [value]:
                    yield from self._carried(each, whole=whole and not joined)


def _parts(part: object) -> Iterator[Any]:
    """Yield every node of an algebra."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        yield part
        for value in part.values():
            yield from _parts(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from _parts(value)


def _terms(part: object) -> Iterator[object]:
    """Yield every term of an expression."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        for key, value in part.items():
            if key != "_vars":
                yield from _terms(value)
    elif isinstance(part, list):
        for value in part:
            yield from _terms(value)
    else:
        yield part


def _telling(text: str, template: Iterable[Any], rows: list[str]) -> str:
    """Return the CONSTRUCT that also says which rows gave something.

    A row gives something where all the variables of one triple of the template are
    bound.
    """
    from rdflib.term import Variable

    sets = {frozenset(str(t) for t in s if isinstance(t, Variable)) for s in template}
    least = [s for s in sets if not any(other < s for other in sets)]
    alone = (" && ".join(f"BOUND(?{v})" for v in sorted(s)) or "true" for s in least)
    bound = " || ".join(sorted(alone))
    told = "".join(f" ?gives_{row} <{GIVES}> ?gives_{row} ." for row in rows)
    binds = "".join(
        f" BIND(IF({bound}, ?{row}, ?gives_nothing) AS ?gives_{row})" for row in rows
    )
    masked = scan.mask(text)
    start = _TEMPLATE.search(masked)
    begun = start.end() if start else 0
    middle = _closing(masked, begun)
    end = _closing(masked, masked.index("{", middle) + 1)
    # A line break first: the text before may end with a comment.
    return f"{text[:begun]}{told}{text[begun:end]}\n{binds}{text[end:]}"


def _closing(masked: str, start: int) -> int:
    """Return the offset of the brace that closes the one before an offset."""
    depth = 1
    for match in re.finditer(r"[{}]", masked[start:]):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return start + match.start()
    return len(masked)


def _wrong(name: str, *, fr: str, en: str) -> DataError:
    file = f"queries/mappings/{name}.rq"
    return DataError(fr=f"{file} : {fr}", en=f"{file}: {en}")
