"""Which rows of a table say that they are of the same thing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Severity
from spnr_graph.tables.constraints import lexical
from spnr_graph.tables.outcome import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.tables.columns import Column
    from spnr_graph.tables.formats import Resource
    from spnr_graph.tables.told import Told

#: Keys remembered of a table: more would take memory without end.
KEYS: Final = 1_000_000


class Keys:
    """The keys seen so far: the primary key, and each column without repeats."""

    def __init__(
        self, told: Told, columns: Sequence[Column], resource: Resource
    ) -> None:
        """Find which columns are keys; a key with a missing column is none."""
        self._told = told
        by_name = {column.field.name: column for column in columns}
        groups = [[name] for name in by_name if _is_unique(resource, name)]
        if resource.key and list(resource.key) not in groups:
            groups.insert(0, list(resource.key))
        self._groups = [
            (
                [by_name[name].field.local for name in group],
                ", ".join(by_name[name].title for name in group),
            )
            for group in groups
            if all(name in by_name for name in group)
        ]
        self._seen: dict[bytes, int] = {}
        self._full = False

    def see(self, number: int, terms: Sequence[tuple[str, str]]) -> None:
        """Tell a row whose key was that of a row before."""
        if not self._groups:
            return
        said = dict(terms)
        for place, (names, titles) in enumerate(self._groups):
            key = [said.get(name, "") for name in names]
            if not all(key):
                continue
            text = "\n".join((str(place), *key))
            digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
            first = self._seen.get(digest)
            if first is not None:
                shown = " ".join(map(lexical, key))
                self._told.add(
                    _repeated(first),
                    Severity.WARNING,
                    row=number,
                    column=titles,
                    value=shown,
                )
            elif len(self._seen) < KEYS:
                self._seen[digest] = number
            elif not self._full:
                self._full = True
                self._told.add(_enough(number), Severity.INFO, row=number)


def _is_unique(resource: Resource, name: str) -> bool:
    return bool(resource.schema.get_field(name).constraints.get("unique"))


def _repeated(first: int) -> Problem:
    return Problem(
        rule="key",
        fr=f"La ligne {first} porte déjà cette valeur, qui doit être unique. Supprimer "
        "la ligne en trop, ou corriger l'une des deux valeurs.",
        en=f"Row {first} already has this value, which must be unique. Delete the "
        "extra row, or correct one of the two values.",
    )


def _enough(number: int) -> Problem:
    return Problem(
        rule="keys",
        fr=f"À partir de la ligne {number}, les valeurs répétées ne sont plus "
        "cherchées : la table est trop longue. Découper le fichier pour tout vérifier.",
        en=f"From row {number} on, repeated values are no longer looked for: the table "
        "is too long. Split the file to check everything.",
    )
