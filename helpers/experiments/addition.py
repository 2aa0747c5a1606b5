"""Adding multiples of the generator of a small curve, with one point marked to be found."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.toy.curve import SMALL, Curve, Point

MARKED = 71
"""The marked point is this multiple of the generator; the widget does not say so."""


@dataclass(frozen=True)
class Addition:
    """P = j * G and Q = k * G, their sum, and the marked point T."""

    curve: Curve
    j: int
    k: int
    first: Point
    second: Point
    total: Point
    marked: Point

    @property
    def found(self) -> bool:
        """P is the marked point."""
        return self.first == self.marked


def addition(j: int, k: int) -> Addition:
    """Both multiples on the course's small curve (97 and 103 points: see toy/curve.py)."""
    curve, generator = SMALL.curve, SMALL.generator
    first, second = curve.multiply(j, generator), curve.multiply(k, generator)
    return Addition(curve, j, k, first, second, curve.add(first, second),
                    curve.multiply(MARKED, generator))
