"""Networks of which a part is hidden, to see whether it would have been proposed.

Hiding single links would leak: the other links of the same initiative would stay and
point to it. So whole initiatives are hidden, or whole participations, or the future.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyoxigraph
from rdflib import URIRef

from spnr_graph.namespaces import PREFIXES
from spnr_graph.operations.network import pull_network
from spnr_graph.projection import Filters, pairs, select
from spnr_graph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spnr_graph.operations.network import Pulled
    from spnr_graph.projection import Participations

Mask: TypeAlias = npt.NDArray[np.bool_]

ROOT: Final = Path(__file__).parents[1]
_REGION: Final = ("data/recensement", "data/territoires", "ontology/voc")
#: Part of the initiatives, and of the participations, that is hidden each time.
HIDDEN_INITIATIVES: Final = 0.3
HIDDEN_PARTICIPATIONS: Final = 0.15


@dataclass(frozen=True, kw_only=True, eq=False)
class HoldOut:
    """What is known, and which pairs of actors would have been right to propose.

    Attributes:
        known: all rows but the hidden ones.
        right: pairs of codes of actors that work together in what is hidden.
        unjudged: pairs that are neither right nor wrong, and left out.
    """

    known: Participations
    right: frozenset[tuple[int, int]]
    unjudged: frozenset[tuple[int, int]] = frozenset()


def region() -> Pulled:
    """Pull the region's network from the data of the repository."""
    files = [f for name in _REGION for f in sorted((ROOT / name).glob("*.ttl"))]
    return _pulled("\n".join(f.read_text(encoding="utf-8") for f in files).encode())


def organisations(path: Path) -> Pulled:
    """Pull the dated network of international organisations (two modes).

    Args:
        path: CSV with ``Source,Year,Weight,Target``: an organisation and a practice.
    """
    lines = [
        "@prefix spnr: <https://w3id.org/spnr/def#> .",
        "@prefix cv: <http://data.europa.eu/m8g/> .",
        "@prefix schema: <https://schema.org/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        f"<{PREFIXES['role']}partenaire> spnr:collaborative true .",
    ]
    for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()):
        # A practice is named after both organisations and the year.
        both = (row["Source"].lower(), row["Target"].lower())
        organisation, practice = sorted(both, key=len)
        lines += [
            f"<{PREFIXES['initiative']}{practice}> a spnr:Initiative ; "
            f'schema:startDate "{row["Year"]}-01-01"^^xsd:date .',
            f"<{PREFIXES['participation']}{practice}--{organisation}> "
            f"cv:hasParticipant <{PREFIXES['acteur']}{organisation}> ; "
            f"spnr:initiative <{PREFIXES['initiative']}{practice}> ; "
            f"cv:role <{PREFIXES['role']}partenaire> .",
        ]
    return _pulled("\n".join(lines).encode())


def _pulled(turtle: bytes) -> Pulled:
    """Pull the network of a Turtle document."""
    lines = io.BytesIO()
    triples = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    pyoxigraph.serialize(
        (quad.triple for quad in triples), lines, pyoxigraph.RdfFormat.N_TRIPLES
    )
    lines.seek(0)
    store = open_store("memory:")
    store.replace(URIRef(PREFIXES["graph"] + "contribution/essai/reseau"), lines)
    return pull_network(store)


def folds(rows: Participations, count: int) -> list[Sequence[int]]:
    """Return the initiatives where actors meet in parts, every so many by IRI.

    What is chosen on some parts is judged on another.
    """
    meeting = np.unique(pairs(select(rows, Filters())).initiative).tolist()
    return [meeting[fold::count] for fold in range(count)]


def without_initiatives(
    rows: Participations, among: Sequence[int], *, times: int, seed: int
) -> Iterator[HoldOut]:
    """Hide whole initiatives, drawn among some: who would have met in them?"""
    for draw in range(times):
        dice = np.random.default_rng((seed, draw))
        count = round(len(among) * HIDDEN_INITIATIVES)
        hidden = dice.choice(among, count, replace=False)
        yield _held(rows, ~np.isin(rows.initiative, hidden))


def without_participations(
    rows: Participations, among: Sequence[int], *, times: int, seed: int
) -> Iterator[HoldOut]:
    """Hide actors from initiatives, drawn among some: would they have been invited?"""
    places = rows.initiative.astype(np.int64) * len(rows.actors) + rows.actor
    drawn = np.unique(places[np.isin(rows.initiative, among)])
    for draw in range(times):
        dice = np.random.default_rng((seed, draw))
        count = round(len(drawn) * HIDDEN_PARTICIPATIONS)
        yield _held(rows, ~np.isin(places, dice.choice(drawn, count, replace=False)))


def future(
    rows: Participations,
    years: Sequence[int],
    *,
    among: Sequence[int] | None = None,
    within: int | None = None,
) -> Iterator[HoldOut]:
    """Hide what begins after each year: who will meet?

    Args:
        rows: with the dates of the initiatives; those without stay known.
        years: the last year that is known, one per hold-out.
        among: initiatives that judge; pairs that meet in others alone are left out.
        within: so many years ahead count; pairs that meet later are wrong.
    """
    began = np.array([_year(rows, initiative) for initiative in rows.initiatives])
    begun = began[rows.initiative]
    for year in years:
        until = np.inf if within is None else year + within
        known = rows.take(begun <= year)
        seen = rows.take(begun <= until)
        right = _meetings(seen) - _meetings(known)
        judging = _meetings(
            seen.take(np.isin(seen.initiative, among) & (began[seen.initiative] > year))
            if among is not None
            else seen
        )
        yield HoldOut(known=known, right=right & judging, unjudged=right - judging)


def _year(rows: Participations, initiative: str) -> float:
    """Return the year in which an initiative begins; minus infinity when unknown."""
    starts = rows.attributes.of("schema:startDate", initiative)
    return min((date.fromisoformat(s[:10]).year for s in starts), default=-np.inf)


def _held(rows: Participations, kept: Mask) -> HoldOut:
    known = rows.take(kept)
    return HoldOut(known=known, right=_meetings(rows) - _meetings(known))


def _meetings(rows: Participations) -> frozenset[tuple[int, int]]:
    """Return the pairs of codes of actors that work together."""
    met = pairs(select(rows, Filters()))
    return frozenset(zip(met.left.tolist(), met.right.tolist(), strict=True))
