"""Organisations of real files that share a SIRET, with the numbers hidden.

Four open files of the same region (``mediation/`` and ``financements/`` of the real
data) describe partly the same organisations. One actor is made per file and SIRET, as
loading would; its IRI is arbitrary and its number is known to the judge alone.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spnr_graph import spelling
from spnr_graph.identifiers import SIREN_LENGTH, siret
from spnr_graph.identity.actors import Actor, Place, Places
from spnr_graph.namespaces import PREFIXES

_ACTOR, _TERRITORY = PREFIXES["acteur"], PREFIXES["territoire"]
#: Short name of a file → where it is.
FILES = {
    "permanences": ("mediation", "conseillers-numeriques-permanences-bfc-2022.json"),
    "inclusion": ("mediation", "data-inclusion-structures-bfc-2023.json"),
    "aidants": ("mediation", "aidants-connect-structures-bfc-2023.json"),
    "financees": ("financements", "conseillers-numeriques-structures-bfc-20230405.csv"),
}


@dataclass(frozen=True)
class Row:
    """What one line of a file says of an organisation."""

    source: str
    name: str
    siret: str
    commune: str = ""
    postcode: str = ""
    insee: str = ""
    site: str = ""


@dataclass(frozen=True)
class Overlaps:
    """Actors without numbers, and the numbers.

    Attributes:
        actors: one per file and SIRET.
        places: communes and départements.
        siret: IRI of an actor → its number.
        source: IRI of an actor → short name of its file.
    """

    actors: list[Actor]
    places: Places
    siret: dict[str, str]
    source: dict[str, str]

    def true_pairs(self, *sources: str) -> set[frozenset[str]]:
        """Return the pairs of actors of two files that have one SIRET."""
        pairs = {
            frozenset((a.iri, b.iri))
            for a in self.actors
            for b in self.actors
            if self.siret[a.iri] == self.siret[b.iri]
            and self.source[a.iri] < self.source[b.iri]
        }
        wanted = set(sources)
        return {
            pair for pair in pairs
            if not wanted or {self.source[iri] for iri in pair} == wanted
        }  # fmt: skip

    def same_body(self, one: str, other: str) -> bool:
        """Say whether two actors have one SIREN."""
        first, second = self.siret[one], self.siret[other]
        return first[:SIREN_LENGTH] == second[:SIREN_LENGTH]


def rows(folder: Path) -> Iterator[Row]:
    """Read the four files; lines without a sound SIRET are left out."""
    for source, parts in FILES.items():
        path = folder.joinpath(*parts)
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as stream:
                records: list[dict[str, Any]] = list(
                    csv.DictReader(stream, delimiter=";")
                )
        else:
            records = json.loads(path.read_text("utf-8"))
        for record in records:
            row = _row(source, {key.strip(): value for key, value in record.items()})
            if row.siret and row.name:
                yield row


def _row(source: str, record: dict[str, Any]) -> Row:
    def get(*names: str) -> str:
        return next((str(record[n]) for n in names if record.get(n)), "")

    return Row(
        source=source,
        name=get("nom", "Name", "Raison sociale"),
        siret=siret(get("pivot", "SIRET")).text,
        commune=get("commune", "Commune INSEE"),
        postcode=get("code_postal", "Code postal"),
        insee=get("code_insee", "Code commune INSEE"),
        site=get("site_web"),
    )


def overlaps(folder: Path) -> Overlaps:
    """Read the real files.

    Args:
        folder: the real data: ``mediation/``, ``financements/``, ``cog-2026/``.
    """
    places, find = _communes(folder / "cog-2026" / "communes-bfc.json")
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(folder):
        groups[row.source, row.siret].append(row)
    found = Overlaps([], places, {}, {})
    for number, ((source, code), group) in enumerate(sorted(groups.items())):
        iri = f"{_ACTOR}local-{source}-{number}"
        found.siret[iri], found.source[iri] = code, source
        found.actors.append(
            Actor(
                iri=iri,
                label=group[0].name,
                names=tuple(dict.fromkeys(row.name for row in group)),
                places=frozenset(p for row in group for p in _where(row, places, find)),
                sites=frozenset(row.site for row in group if row.site),
            )
        )
    return found


_Names = dict[tuple[str, str], list[str]]


def _communes(path: Path) -> tuple[Places, _Names]:
    """Return present communes by IRI, and their IRIs by name and département."""
    known = {_TERRITORY + "reg-27": Place(name="Bourgogne-Franche-Comté")}
    named: _Names = defaultdict(list)
    for commune in json.loads(path.read_text("utf-8")):
        if commune["type"] == "commune-actuelle":
            iri = f"{_TERRITORY}com-{commune['code']}"
            department = f"{_TERRITORY}dep-{commune['departement']}"
            known[iri] = Place(name=commune["nom"], within=frozenset({department}))
            named[spelling.place(commune["nom"]), commune["departement"]].append(iri)
    return Places(known), named


def _where(row: Row, places: Places, named: _Names) -> list[str]:
    """Return the commune of a line by its code or name, else its département."""
    iri, department = f"{_TERRITORY}com-{row.insee}", row.postcode[:2]
    if iri in places.known:
        return [iri]
    found = named.get((spelling.place(row.commune), department), [])
    return found or [f"{_TERRITORY}dep-{department}"]
