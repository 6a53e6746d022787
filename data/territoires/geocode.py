"""Read the official geographic code and select what concerns one region."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spnr_graph.errors import DataError

PACKAGE: Final = "@etalab/decoupage-administratif@6.0.0"

Record = dict[str, Any]

#: Kinds of communes in the code → class of the Insee vocabulary, or None: left out,
#: because a district of Paris, Lyon or Marseille is no commune, present or former.
KINDS: Final = {
    "commune-actuelle": "igeo:Commune",
    "commune-deleguee": "igeo:CommuneDeleguee",
    "commune-associee": "igeo:CommuneAssociee",
    "arrondissement-municipal": None,
}


@dataclass(frozen=True, kw_only=True)
class Code:
    """The official geographic code, as the package holds it."""

    regions: Sequence[Record]
    departements: Sequence[Record]
    epci: Sequence[Record]
    communes: Sequence[Record]


@dataclass(frozen=True, kw_only=True)
class Region:
    """The part of the geographic code that concerns one region."""

    region: Record
    departements: Sequence[Record]
    epci: Sequence[Record]
    communes: Sequence[Record]
    delegated: Sequence[Record]
    #: Code of a present commune of the whole country → number of inhabitants.
    population: Mapping[str, int]

    def inhabitants(self, key: str, value: str) -> int:
        """Return how many people live in the communes whose ``key`` is ``value``."""
        own = (c["code"] for c in self.communes if c[key] == value)
        return sum(self.population[code] for code in own)


def fetch_package(folder: Path) -> Path:
    """Fetch the package with npm and return the folder of its content.

    Raises:
        DataError: npm is missing or does not find the package.
    """
    command = ["npm", "pack", "--silent", PACKAGE]
    try:
        done = subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise DataError(
            fr=f"« {' '.join(command)} » n'aboutit pas ({error}). Installer npm, ou "
            "donner avec --package le dossier du paquet décompressé.",
            en=f"'{' '.join(command)}' fails ({error}). Install npm, or give with "
            "--package the folder of the unpacked package.",
        ) from error
    package = folder / "package"
    (package / "data").mkdir(parents=True)
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        # Only the tables, by names of ours: extractall() is safe from 3.11.4 on.
        for member in archive.getmembers():
            content = archive.extractfile(member)
            if content is not None and member.name.startswith("package/data/"):
                name = member.name.rsplit("/", 1)[-1]
                (package / "data" / name).write_bytes(content.read())
    return package


def read_package(folder: Path) -> Code:
    """Read the four tables of an unpacked package.

    Raises:
        DataError: a table is missing or is not JSON.
    """

    def table(name: str) -> list[Record]:
        path = folder / "data" / f"{name}.json"
        try:
            rows: list[Record] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(
                fr=f"{path} : table illisible ({error}). Donner avec --package le "
                f"dossier du paquet {PACKAGE} décompressé.",
                en=f"{path}: unreadable table ({error}). Give with --package the "
                f"folder of the unpacked package {PACKAGE}.",
            ) from error
        return rows

    return Code(
        regions=table("regions"),
        departements=table("departements"),
        epci=table("epci"),
        communes=table("communes"),
    )


def select(code: Code, region: str) -> Region:
    """Keep what concerns one region of the geographic code.

    Raises:
        DataError: the region or the kind of a commune is unknown.
    """
    found = [r for r in code.regions if r["code"] == region]
    if not found:
        known = ", ".join(sorted(str(r["code"]) for r in code.regions))
        raise DataError(
            fr=f"Région « {region} » inconnue. Codes connus : {known}.",
            en=f"Unknown region '{region}'. Known codes: {known}.",
        )
    if unknown := {c["type"] for c in code.communes} - KINDS.keys():
        names = ", ".join(sorted(unknown))
        raise DataError(
            fr=f"Genres de communes inconnus : {names}. Compléter KINDS.",
            en=f"Unknown kinds of communes: {names}. Complete KINDS.",
        )
    own = [c for c in code.communes if c.get("region") == region]
    present = [c for c in own if c["type"] == "commune-actuelle"]
    codes = {c["code"] for c in present}
    return Region(
        region=found[0],
        departements=[d for d in code.departements if d.get("region") == region],
        epci=[e for e in code.epci if codes & {m["code"] for m in e["membres"]}],
        communes=present,
        delegated=[c for c in own if c.get("chefLieu")],
        population={
            c["code"]: int(c.get("population", 0))
            for c in code.communes
            if c["type"] == "commune-actuelle"
        },
    )
