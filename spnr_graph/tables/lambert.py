"""Lambert conformal conic coordinates → longitude and latitude.

Algorithms ALG0002 and ALG0004 of IGN, « Projection cartographique conique conforme de
Lambert », NTG/G 71, January 1995; constants of Lambert-93 (EPSG:2154) as IGN publishes
them, to the millimetre.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

#: Steps after which a latitude is sure: each gains two digits.
_STEPS: Final = 10


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A Lambert conformal conic projection.

    Attributes:
        eccentricity: first eccentricity of the ellipsoid.
        n: exponent of the projection.
        c: constant of the projection, in metres.
        xs: easting of the pole, in metres.
        ys: northing of the pole, in metres.
        meridian: longitude of origin, in radians.
    """

    eccentricity: float
    n: float
    c: float
    xs: float
    ys: float
    meridian: float

    def geographic(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude in radians (ALG0004).

        Args:
            x: easting in metres.
            y: northing in metres.
        """
        radius = math.hypot(x - self.xs, y - self.ys)
        angle = math.atan((x - self.xs) / (self.ys - y))
        isometric = -math.log(abs(radius / self.c)) / self.n
        return self.meridian + angle / self.n, latitude(isometric, self.eccentricity)


LAMBERT_93: Final = Projection(
    eccentricity=0.08181919112,
    n=0.7256077650,
    c=11754255.426,
    xs=700000.0,
    ys=12655612.050,
    meridian=math.radians(3),
)


def latitude(isometric: float, eccentricity: float) -> float:
    """Return the latitude in radians that has an isometric latitude (ALG0002)."""
    found = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _ in range(_STEPS):
        sine = eccentricity * math.sin(found)
        stretch = ((1 + sine) / (1 - sine)) ** (eccentricity / 2)
        found = 2 * math.atan(stretch * math.exp(isometric)) - math.pi / 2
    return found


def wgs84(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a point in Lambert-93.

    Example:
        >>> [round(degrees, 6) for degrees in wgs84(700000, 6600000)]
        [3.0, 46.5]
    """
    longitude, north = LAMBERT_93.geographic(x, y)
    return math.degrees(longitude), math.degrees(north)
