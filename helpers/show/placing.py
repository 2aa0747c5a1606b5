"""Where the words of a chart go: beside what they name, and over nothing.

All in pixels of the finished drawing; it knows rectangles and points, and nothing of charts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def along(points: Sequence[Point], step: float = 4.0) -> list[Point]:
    """Points every `step` pixels on the line through `points`."""
    found = list(points[:1])
    for (x1, y1), (x2, y2) in pairwise(points):
        count = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / step))
        parts = (part / count for part in range(1, count + 1))
        found += [(x1 + part * (x2 - x1), y1 + part * (y2 - y1)) for part in parts]
    return found


def beside(
    point: Point, size: Point, room: Box, lines: Sequence[Point], taken: Sequence[Box]
) -> Box:
    """The place for a word of `size` near `point` that covers least.

    To stay inside `room` counts most, then to leave the words in `taken` free, then the `lines`.
    """

    def cost(place: tuple[int, Box]) -> float:
        order, box = place
        covered = sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in lines)
        return (
            1e6 * _outside(box, room)
            + 1e4 * sum(_meet(box, one) for one in taken)
            + (100 * covered + order)
        )

    boxes = [_box(point, size, side, gap) for gap in (11.0, 22.0, 38.0) for side in _SIDES]
    return min(enumerate(boxes), key=cost)[1]


def _box(point: Point, size: Point, side: tuple[int, int], gap: float) -> Box:
    middle_x = point[0] + side[0] * (gap + size[0] / 2)
    middle_y = point[1] + side[1] * (gap + size[1] / 2)
    return (
        middle_x - size[0] / 2,
        middle_y - size[1] / 2,
        middle_x + size[0] / 2,
        middle_y + size[1] / 2,
    )


def _outside(box: Box, room: Box) -> float:
    return (
        max(0.0, room[0] - box[0])
        + max(0.0, room[1] - box[1])
        + max(0.0, box[2] - room[2])
        + max(0.0, box[3] - room[3])
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights as near as can be to `wanted`, in the same order, at least `gap` apart."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = [min(max(wanted[index], low), high) for index in order]
    for _ in range(200):
        for lower, upper in pairwise(range(len(places))):
            short = gap - (places[upper] - places[lower])
            if short > 0:
                places[lower] -= short / 2
                places[upper] += short / 2
        places[-1] = min(places[-1], high)
        places[0] = max(places[0], low)
    found = [0.0] * len(wanted)
    for index, place in zip(order, places, strict=True):
        found[index] = place
    return found
