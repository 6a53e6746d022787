"""Coordinates in a cell: ``latitude`` and ``longitude``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.communes import insee_code
from spnr_graph.tables.kinds.numbers import decimal
from spnr_graph.tables.kinds.said import mended, nested, shown, wrong
from spnr_graph.tables.lambert import wgs84
from spnr_graph.tables.outcome import Outcome
from spnr_graph.tables.places import departement_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.outcome import Problem
    from spnr_graph.tables.sheets import Value


class _Box(NamedTuple):
    """A part of the world between parallels and meridians, in degrees."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        in_height = self.south <= latitude <= self.north
        return in_height and self.west <= longitude <= self.east


_MAINLAND: Final = _Box(41.2, 51.2, -5.3, 9.7)
#: Department overseas → where it lies, with some sea around.
_OVERSEAS: Final = {
    "971": _Box(15.7, 16.6, -61.9, -60.9), "972": _Box(14.3, 15.0, -61.3, -60.7),
    "973": _Box(2.0, 6.0, -54.7, -51.5), "974": _Box(-21.5, -20.8, 55.1, 55.9),
    "975": _Box(46.7, 47.2, -56.5, -56.1), "976": _Box(-13.1, -12.6, 44.9, 45.4),
    "977": _Box(17.8, 18.0, -63.0, -62.7), "978": _Box(18.0, 18.2, -63.2, -62.9),
    "986": _Box(-14.4, -13.1, -178.3, -176.0), "988": _Box(-23.0, -19.4, 158.0, 168.2),
    "987": _Box(-28.0, -7.8, -155.0, -134.0),
}  # fmt: skip
#: Where Lambert-93 is in use: eastings and northings in metres.
_LAMBERT: Final = _Box(6_000_000, 7_200_000, 50_000, 1_300_000)
#: Decimals of a degree that a converted coordinate keeps: ten centimetres.
_KEPT: Final = Decimal("0.000001")


@dataclass(frozen=True)
class Coordinate:
    """A latitude or a longitude in WGS 84, compared with the other one.

    The option ``with`` names the column of the other one, ``commune`` that of the INSEE
    code of the place.

    Attributes:
        north: whether it is the latitude.
    """

    north: bool
    alone: bool = False

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the coordinate in degrees, put right when both were wrong alike."""
        if refused := nested(value):
            return refused
        own = decimal(value)
        other = decimal(row.get(str(field.options.get("with", ""))))
        if isinstance(own, str):
            return _no_coordinate(value, north=self.north)
        if isinstance(other, str):
            return self._lone(value, own)
        latitude, longitude = (own, other) if self.north else (other, own)
        found = _placed(latitude, longitude)
        if found is None or not _fits(found, row.get(_column(field))):
            return _outside(value, north=self.north)
        kept = found.latitude if self.north else found.longitude
        return Outcome(
            terms=(("", terms.decimal(kept)),), problems=_told(value, found, kept)
        )

    def _lone(self, value: Value, own: Decimal) -> Outcome:
        """Return a coordinate whose other half is missing."""
        boxes = (_MAINLAND, *_OVERSEAS.values())
        if self.north:
            possible = any(box.south <= own <= box.north for box in boxes)
        else:
            possible = any(box.west <= own <= box.east for box in boxes)
        if not possible:
            return _outside(value, north=self.north)
        return Outcome(terms=(("", terms.decimal(own)),))


class _Placed(NamedTuple):
    """Where a point lies, and what had to be done to it."""

    latitude: Decimal
    longitude: Decimal
    swapped: bool
    projected: bool


def _column(field: Field) -> str:
    return str(field.options.get("commune", ""))


def _in_france(latitude: float, longitude: float) -> bool:
    boxes = (_MAINLAND, *_OVERSEAS.values())
    return any(box.holds(latitude, longitude) for box in boxes)


def _placed(latitude: Decimal, longitude: Decimal) -> _Placed | None:
    """Return a point of France in degrees, whichever way it was written."""
    for swapped in (False, True):
        north, east = (longitude, latitude) if swapped else (latitude, longitude)
        if _in_france(float(north), float(east)):
            return _Placed(north, east, swapped, projected=False)
        if _LAMBERT.holds(float(north), float(east)):
            degrees = [
                Decimal(str(each)).quantize(_KEPT)
                for each in wgs84(float(east), float(north))
            ]
            return _Placed(degrees[1], degrees[0], swapped, projected=True)
    return None


def _fits(found: _Placed, commune: Value) -> bool:
    """Say whether a point lies on the side of the sea where its commune is."""
    if not isinstance(commune, str | int | float):
        return True
    departement = departement_of(insee_code(commune)[0])
    box = _OVERSEAS.get(departement, _MAINLAND) if departement else None
    return box is None or box.holds(float(found.latitude), float(found.longitude))


def _told(value: Value, found: _Placed, kept: Decimal) -> tuple[Problem, ...]:
    problems = []
    if found.swapped:
        problem = mended(
            "coordinates-swapped",
            fr=f"« {shown(value)} » : latitude et longitude échangées, remises à leur "
            f"place ({kept}). Échanger les colonnes.",
            en=f"'{shown(value)}': latitude and longitude swapped, put back in their "
            f"places ({kept}). Swap the columns.",
        )
        problems.append(problem)
    if found.projected:
        problem = mended(
            "lambert-93",
            fr=f"« {shown(value)} » : coordonnée en Lambert-93, convertie en degrés "
            f"({kept}). Donner des degrés (WGS 84).",
            en=f"'{shown(value)}': coordinate in Lambert-93, converted to degrees "
            f"({kept}). Give degrees (WGS 84).",
        )
        problems.append(problem)
    return tuple(problems)


def _name(*, north: bool) -> tuple[str, str, str]:
    return ("latitude", "latitude", "47.32") if north else (
        "longitude", "longitude", "5.04",
    )  # fmt: skip


def _no_coordinate(value: Value, *, north: bool) -> Outcome:
    fr, en, example = _name(north=north)
    return wrong(
        "not-a-coordinate",
        fr=f"« {shown(value)} » n'est pas une {fr} : des degrés, par exemple "
        f"{example}.",
        en=f"'{shown(value)}' is no {en}: degrees, for example {example}.",
    )


def _outside(value: Value, *, north: bool) -> Outcome:
    fr, en, example = _name(north=north)
    return wrong(
        "outside-territory",
        fr=f"« {shown(value)} » : point hors de France ou de sa commune. Vérifier la "
        f"{fr} et l'ordre des colonnes, par exemple {example}.",
        en=f"'{shown(value)}': a point outside France or its commune. Check the {en} "
        f"and the order of the columns, for example {example}.",
    )
