"""Where a name fits beside a sign without covering anything."""

from __future__ import annotations

from typing import TypeAlias

#: Left, bottom, right, top.
Box: TypeAlias = tuple[float, float, float, float]


def around(x: float, y: float, reach: float) -> Box:
    """Return the square that reaches as far as this around a point."""
    return (x - reach, y - reach, x + reach, y + reach)


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes share a point.

    Example:
        >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 1, 1), (2, 0, 3, 1))
        (True, False)
    """
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def within(box: Box, room: Box) -> bool:
    """Say whether a box lies whole inside another one."""
    across = room[0] <= box[0] and box[2] <= room[2]
    return across and room[1] <= box[1] and box[3] <= room[3]


def free(
    centre: tuple[float, float],
    measure: tuple[float, float],
    reach: float,
    *,
    taken: list[Box],
    room: Box,
) -> Box | None:
    """Return the first free box beside a sign, or None when there is none.

    Args:
        centre: of the sign.
        measure: width and height of the name.
        reach: how far from the centre the name must stay.
        taken: what the name may not cover.
        room: what the name may not leave.
    """
    (x, y), (wide, tall) = centre, measure
    slant = reach * 0.75
    corners = (
        (x + reach, y - tall / 2),
        (x - reach - wide, y - tall / 2),
        (x - wide / 2, y - reach - tall),
        (x - wide / 2, y + reach),
        (x + slant, y + slant),
        (x + slant, y - slant - tall),
        (x - slant - wide, y + slant),
        (x - slant - wide, y - slant - tall),
    )
    boxes = ((left, low, left + wide, low + tall) for left, low in corners)
    return next(
        (
            box
            for box in boxes
            if within(box, room) and not any(overlap(box, other) for other in taken)
        ),
        None,
    )
