"""An elliptic curve over a small prime field: points, their addition, and k times a point.

The curve is y^2 = x^3 + a*x + b, every number taken modulo a prime p (the "short Weierstrass"
form; formulas as in SEC 1 version 2.0, section 2.2.1). With the numbers of P-256 in it the same
code gives P-256's public keys; it is slow there and its time depends on k, so it keeps no secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers.toy.primes import is_prime

Point = tuple[int, int] | None
INFINITY: Point = None
"""The neutral element: what P + (-P) gives. It has no coordinates, so it is no pair."""
_COUNTABLE = 2**20


@dataclass(frozen=True)
class Curve:
    """y^2 = x^3 + a*x + b modulo the prime p. ValueError if that is no elliptic curve."""

    p: int
    a: int
    b: int

    def __post_init__(self) -> None:
        if self.p < 5 or not is_prime(self.p):
            raise ValueError(f"p has to be a prime of 5 or more, and {self.p} is not")
        if (4 * self.a**3 + 27 * self.b**2) % self.p == 0:
            raise ValueError(
                f"a = {self.a} and b = {self.b} give a curve with a corner or a"
                f" crossing modulo {self.p}, where addition breaks down"
            )

    def __str__(self) -> str:
        return f"y² = x³ {_term(self.a, 'x')}{_term(self.b, '')}modulo {self.p}"

    def __contains__(self, point: Point) -> bool:
        """Whether the point solves the equation. The point at infinity always belongs."""
        if point is INFINITY:
            return True
        if not isinstance(point, tuple) or len(point) != 2:
            return False
        x, y = point
        in_range = 0 <= x < self.p and 0 <= y < self.p
        return in_range and (y * y - self._right_side(x)) % self.p == 0

    def points(self) -> list[Point]:
        """Every point with coordinates, by x and then by y; infinity is one more.

        For p up to 2**20 (a second or so). ValueError above.
        """
        return [(x, y) for x in range(self.p) for y in self._roots.get(self._right_side(x), ())]

    @property
    def size(self) -> int:
        """How many points there are, infinity included. For p up to 2**20."""
        return 1 + sum(len(self._roots.get(self._right_side(x), ())) for x in range(self.p))

    def negate(self, point: Point) -> Point:
        """-P: the mirror image, with y replaced by -y."""
        self._check(point)
        return INFINITY if point is INFINITY else (point[0], -point[1] % self.p)

    def add(self, first: Point, second: Point) -> Point:
        """P + Q. ValueError for a point that is not on the curve."""
        self._check(first)
        self._check(second)
        return self._sum(first, second)

    def multiply(self, times: int, point: Point) -> Point:
        """k * P, that is P + P + ... + P: by doubling, so about log2(k) steps. A negative k
        takes -P. ValueError for a point that is not on the curve."""
        self._check(point)
        if times < 0:
            return self.multiply(-times, self.negate(point))
        total, doubled = INFINITY, point
        while times:
            if times & 1:
                total = self._sum(total, doubled)
            doubled = self._sum(doubled, doubled)
            times >>= 1
        return total

    def multiples(self, point: Point) -> Iterator[Point]:
        """P, 2P, 3P, ... one addition each; the last one is infinity."""
        self._check(point)
        multiple = point
        while multiple is not INFINITY:
            yield multiple
            multiple = self._sum(multiple, point)
        yield INFINITY

    def order_of(self, point: Point) -> int:
        """The smallest k above 0 with k * P = infinity, counted step by step: p up to 2**20."""
        self._check_countable()
        return sum(1 for _ in self.multiples(point))

    def slope(self, first: Point, second: Point) -> int:
        """Of the line through two points, or of the tangent if they are the same.

        ValueError if the line is vertical: then the sum is infinity and there is no slope.
        """
        (x1, y1), (x2, y2) = first, second
        rise, run = (3 * x1 * x1 + self.a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
        if run % self.p == 0:
            raise ValueError(f"the line through {first} and {second} is vertical: it has no slope")
        return rise * pow(run, -1, self.p) % self.p

    def _sum(self, first: Point, second: Point) -> Point:
        if first is INFINITY or second is INFINITY:
            return second if first is INFINITY else first
        (x1, y1), (x2, y2) = first, second
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return INFINITY
        slope = self.slope(first, second)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def _right_side(self, x: int) -> int:
        return (x * x * x + self.a * x + self.b) % self.p

    @cached_property
    def _roots(self) -> dict[int, list[int]]:
        """{square: the y, in order, with that square}."""
        self._check_countable()
        roots: dict[int, list[int]] = {}
        for y in range(self.p):
            roots.setdefault(y * y % self.p, []).append(y)
        return roots

    def _check(self, point: Point) -> None:
        if point not in self:
            raise ValueError(f"the point {point} is not on the curve {self}")

    def _check_countable(self) -> None:
        if self.p > _COUNTABLE:
            raise ValueError(f"the points of a curve modulo {self.p} are too many to count")


@dataclass(frozen=True)
class Group:
    """A curve with a starting point whose multiples are all its points: a prime number of them.

    `order` of them, infinity included; k and k + order times the generator are the same point.
    """

    curve: Curve
    generator: Point
    order: int


SMALL = Group(Curve(p=97, a=3, b=2), generator=(0, 14), order=103)
"""Small enough to draw and to count by hand."""


def _term(coefficient: int, name: str) -> str:
    sign = "-" if coefficient < 0 else "+"
    size = abs(coefficient)
    return f"{sign} {'' if name and size == 1 else size}{name} " if coefficient else ""
