"""The text of a CONSTRUCT → the questions that pull its answer by pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from spnr_graph import sparql
from spnr_graph.errors import QueryError
from spnr_graph.sparql import scan

_CONSTRUCT: Final = re.compile(r"\bCONSTRUCT\b", re.IGNORECASE)
_WHERE: Final = re.compile(r"\bWHERE\b\s*\Z", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"[?$](\w+)")
#: Part of the parse tree → what it is called in a text.
_MODIFIERS: Final = {
    "limitoffset": "LIMIT / OFFSET",
    "orderby": "ORDER BY",
    "groupby": "GROUP BY",
    "having": "HAVING",
    "valuesClause": "VALUES",
}


@dataclass(frozen=True, kw_only=True)
class Construct:
    """A CONSTRUCT in its parts.

    Attributes:
        prologue: ``BASE`` and ``PREFIX`` lines.
        template: with its braces.
        dataset: ``FROM`` clauses, or ``""``.
        pattern: with its braces.
        variables: those of the template, in order of appearance.
    """

    prologue: str
    template: str
    dataset: str
    pattern: str
    variables: tuple[str, ...]

    @property
    def _rows(self) -> str:
        return f"SELECT DISTINCT {self._names}"

    @property
    def _names(self) -> str:
        return " ".join(f"?{name}" for name in self.variables)

    @property
    def count(self) -> str:
        """The question that counts the rows."""
        return (
            f"{self.prologue}\nSELECT (COUNT(*) AS ?n) {self.dataset}\n"
            f"WHERE {{ {{ {self._rows} WHERE {self.pattern} }} }}"
        )

    def page(self, offset: int, size: int) -> str:
        """Return the question of one page, in an order that does not change."""
        return (
            f"{self.prologue}\n{self._rows} {self.dataset}\nWHERE {self.pattern}\n"
            f"ORDER BY {self._names}\nLIMIT {size} OFFSET {offset}"
        )

    def fill(self, rows: Iterable[Iterable[str]]) -> str:
        """Return the same CONSTRUCT over rows that are known.

        Args:
            rows: an N-Triples term, or ``UNDEF``, for each variable.
        """
        lines = "\n".join(f"({' '.join(row)})" for row in rows)
        return (
            f"{self.prologue}\nCONSTRUCT {self.template}\n"
            f"WHERE {{ VALUES ({self._names}) {{\n{lines}\n}} }}"
        )


def parse(text: str, name: str) -> Construct:
    """Read a CONSTRUCT that an endpoint can be asked by pages.

    Args:
        text: its text.
        name: what messages call it.

    Raises:
        QueryError: not a CONSTRUCT; SERVICE; LIMIT, ORDER BY or another modifier;
            blank nodes or no variable in the template.
    """
    query = sparql.parse(text, name=name, complete=True)
    if query.form != "construct":
        raise _refused(
            name,
            f"un CONSTRUCT est attendu, pas un {query.form.upper()}",
            f"a CONSTRUCT is expected, not a {query.form.upper()}",
        )
    _check(query.text, name)
    return _split(query.text, name)


def _check(text: str, name: str) -> None:
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.term import BNode

    tree = parseQuery(text)[1]
    said = [words for part, words in _MODIFIERS.items() if getattr(tree, part)]
    if said:
        raise _refused(
            name,
            f"{said[0]} après le motif : la réponse est demandée par pages, dans un "
            "ordre que spnr choisit. Retirer cette clause, ou l'écrire dans le motif",
            f"{said[0]} after the pattern: the answer is asked for by pages, in an "
            "order that spnr chooses. Remove this clause, or write it in the pattern",
        )
    if any(getattr(part, "name", "") == "ServiceGraphPattern" for part in _walk(tree)):
        raise _refused(
            name,
            "SERVICE enverrait la question à un autre serveur. Écrire une "
            "distribution par point d'accès",
            "SERVICE would send the question to another server. Write one "
            "distribution per endpoint",
        )
    template = tree.template or tree.where
    if any(isinstance(term, BNode) for term in _walk(template)):
        raise _refused(
            name,
            "un nœud anonyme dans le gabarit. Lui donner un IRI, construit dans le "
            "motif par BIND(IRI(…) AS ?x)",
            "a blank node in the template. Give it an IRI, built in the pattern by "
            "BIND(IRI(…) AS ?x)",
        )


def _walk(tree: object) -> Iterator[object]:
    """Yield every part and every term of a parse tree."""
    from rdflib.plugins.sparql.parserutils import CompValue

    yield tree
    inner: object = tree.values() if isinstance(tree, CompValue) else tree
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for item in inner:
            yield from _walk(item)


def _split(text: str, name: str) -> Construct:
    """Cut a checked text at its braces."""
    masked = scan.mask(text)
    word = _CONSTRUCT.search(masked)
    assert word is not None  # noqa: S101 - it was parsed as a CONSTRUCT
    first = masked.index("{", word.end())
    between = masked[word.end() : first]
    end = _closing(masked, first)
    short = _WHERE.search(between) or "{" not in masked[end:]
    start = first if short else masked.index("{", end)
    head = between if short else masked[end:start]
    offset = word.end() if short else end
    dataset = text[offset : offset + len(_WHERE.sub("", head))].strip()
    template = text[first:end]
    variables = tuple(dict.fromkeys(_VARIABLE.findall(masked[first:end])))
    if not variables:
        raise _refused(
            name,
            "le gabarit n'a aucune variable. Y écrire ce que le motif trouve",
            "the template has no variable. Write in it what the pattern finds",
        )
    return Construct(
        prologue=text[: word.start()].strip(),
        template=template,
        dataset=dataset,
        pattern=text[start : _closing(masked, start)],
        variables=variables,
    )


def _closing(masked: str, start: int) -> int:
    """Return the offset behind the brace that closes the one at ``start``."""
    depth = 0
    for offset in range(start, len(masked)):
        depth += (masked[offset] == "{") - (masked[offset] == "}")
        if not depth:
            return offset + 1
    raise AssertionError("braces of a parsed text match")  # pragma: no cover


def _refused(name: str, fr: str, en: str) -> QueryError:
    return QueryError(fr=f"{name} : {fr}.", en=f"{name}: {en}.")
