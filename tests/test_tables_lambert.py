"""Lambert coordinates against the values that IGN publishes."""

from __future__ import annotations

import pytest

from spnr_graph.tables.lambert import Projection, latitude, wgs84


@pytest.mark.parametrize(
    ("isometric", "expected"),
    [
        (1.00552653648, 0.872664626),
        (-0.3026169006, -0.29999999997),
        (0.2, 0.19998903369),
    ],
)
def test_latitudes_are_those_of_alg0002(isometric: float, expected: float) -> None:
    found = latitude(isometric, 0.08199188998)

    assert found == pytest.approx(expected, abs=1e-10)


def test_coordinates_are_those_of_alg0004() -> None:
    lambert = Projection(
        eccentricity=0.0824832568,
        n=0.760405966,
        c=11603796.9767,
        xs=600000.0,
        ys=5657616.674,
        meridian=0.04079234433,
    )

    assert lambert.geographic(1029705.083, 272723.849) == pytest.approx(
        (0.14551209925, 0.87266462567), abs=1e-10
    )


@pytest.mark.parametrize(
    ("x", "y", "longitude", "north"),
    [(700000, 6600000, 3, 46.5), (652469.02, 6862035.26, 2.3522, 48.8566)],
)
def test_lambert_93_becomes_degrees(
    x: float, y: float, longitude: float, north: float
) -> None:
    assert wgs84(x, y) == pytest.approx((longitude, north), abs=1e-6)
