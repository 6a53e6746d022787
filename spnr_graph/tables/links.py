"""Rows that name other rows of the same file: are these there?"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.tables.constraints import lexical
from spnr_graph.tables.outcome import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spnr_graph.tables.formats import Field, Resource
    from spnr_graph.tables.rows import CheckedRow, CheckedRows

#: Identifiers that are compared for a suggestion; more would take too long.
_COMPARED: Final = 5_000


@dataclass(frozen=True, kw_only=True)
class _Link:
    """A cell that names another row."""

    rows: CheckedRows
    row: int
    field: Field
    sheet: str
    slug: str
    value: str


class Links:
    """The rows that can be named, and those that are."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        """Find which columns name rows, and which column names the rows of a table."""
        self._named: dict[str, dict[str, tuple[int, str]]] = {}
        self._links: list[_Link] = []
        self._columns = {each.name: list(_references(each)) for each in resources}
        self._keys = {each.name: each.key[0] for each in resources if each.key}

    def see(self, rows: CheckedRows, row: CheckedRow) -> None:
        """Remember the identifier of a row, and the rows that it names."""
        if key := self._keys.get(rows.table):
            self._remember(rows, row, key)
        for field, sheet in self._columns.get(rows.table, ()):
            slugs = [lexical(t) for n, t in row.terms if n == f"{field.local}.slug"]
            texts = [lexical(t) for n, t in row.terms if n == field.local]
            for slug in slugs:
                value = texts[0] if len(texts) == 1 else slug
                link = _Link(
                    rows=rows,
                    row=row.number,
                    field=field,
                    sheet=sheet,
                    slug=slug,
                    value=value,
                )
                self._links.append(link)

    def _remember(self, rows: CheckedRows, row: CheckedRow, key: str) -> None:
        """Remember a row by its slug; two identifiers must not share one."""
        said = dict(row.terms)
        if f"{key}.slug" not in said:
            return
        slug, text = lexical(said[f"{key}.slug"]), lexical(said[key])
        named = self._named.setdefault(rows.table, {})
        first, other = named.setdefault(slug, (row.number, text))
        if other != text:
            problem = _alike(first, other, text)
            rows.tell(key, problem, Severity.VIOLATION, row=row.number, value=text)

    def tell(self) -> None:
        """Tell the rows that are named and are not there."""
        for link in self._links:
            known = self._named.get(link.sheet, {})
            if link.slug in known:
                continue
            near = difflib.get_close_matches(link.slug, list(known)[:_COMPARED], n=3)
            link.rows.tell(
                link.field.name,
                _absent(link, [known[each][1] for each in near]),
                Severity.VIOLATION if link.field.required else Severity.WARNING,
                row=link.row,
                value=link.value,
            )


def _references(resource: Resource) -> Iterator[tuple[Field, str]]:
    """Yield the columns that name rows, and the table where these are."""
    for field in resource.fields:
        inner = _of(field)
        if inner.get("kind") == "reference" and not inner.get("exact"):
            yield field, str(inner["sheet"])


def _of(field: Field) -> dict[str, object]:
    inner = field.options.get("of") if field.kind == "liste" else None
    return (
        dict(inner)
        if isinstance(inner, dict)
        else {"kind": field.kind, **field.options}
    )


def _absent(link: _Link, near: Iterable[str]) -> Problem:
    quoted = " ou ".join(f"« {each} »" for each in near)
    either = " or ".join(f"'{each}'" for each in near)
    return Problem(
        rule="row-absent",
        fr=f"Aucune ligne de la feuille « {link.sheet} » n'a l'identifiant "
        f"« {link.value} »{f' ; est-ce {quoted} ?' if quoted else '.'} Corriger "
        "l'identifiant, ou ajouter la ligne.",
        en=f"No row of the sheet '{link.sheet}' has the identifier '{link.value}'"
        f"{f'; is it {either}?' if either else '.'} Correct the identifier, or add "
        "the row.",
    )


def _alike(first: int, other: str, text: str) -> Problem:
    return Problem(
        rule="identifiers-alike",
        fr=f"« {text} » se confond avec « {other} », à la ligne {first} : majuscules, "
        "accents et signes ne comptent pas. Changer l'un des deux identifiants.",
        en=f"'{text}' cannot be told from '{other}', in row {first}: case, accents and "
        "signs do not count. Change one of both identifiers.",
    )
