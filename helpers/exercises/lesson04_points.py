"""Lesson 04: adding points of a curve, by the learner's own hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from helpers.toy import SMALL

from .forms import IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

Pair = tuple[int, int]


@dataclass(frozen=True)
class Remainder(IntegerForm):
    """A whole number, with `advice` for those who come with a fraction."""

    advice: str = ""

    def read(self, answer: Any) -> int:
        if type(answer) in (float, complex):
            raise NotThisForm(f"This asks for a whole number, and you gave {answer:.6g}. "
                              f"{self.advice}")
        return super().read(answer)


_P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1


def _multiple_on_p256(times: int) -> Pair:
    """times * G on P-256, as `cryptography` computes it for a private key of `times`."""
    numbers = ec.derive_private_key(times, ec.SECP256R1()).public_key().public_numbers()
    return numbers.x, numbers.y


def _add_cases() -> list[Case]:
    curve, generator = SMALL.curve, SMALL.generator
    nine, twenty = curve.multiply(9, generator), curve.multiply(20, generator)
    one, two, three = (_multiple_on_p256(times) for times in (1, 2, 3))
    return [
        Case(curve.add(nine, twenty), (97, 3, nine, twenty), "two points of the small curve"),
        Case(curve.add(twenty, generator), (97, 3, twenty, generator), "two more points of it"),
        Case(curve.add(nine, nine), (97, 3, nine, nine), "a point added to itself"),
        Case(three, (_P256, -3, one, two), "G + 2G on the real curve P-256"),
        Case(two, (_P256, -3, one, one), "G + G on P-256"),
    ]


def _slope(prime: int, a: int, first: Pair, second: Pair) -> int:
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    return rise * pow(run, -1, prime) % prime


def _sum(prime: int, slope: int, first: Pair, second: Pair) -> Pair:
    x = (slope * slope - first[0] - second[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _third(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    x, y = _sum(prime, _slope(prime, a, first, second), first, second)
    return x, -y % prime


def _chord_only(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    rise, run = second[1] - first[1], second[0] - first[0]
    return _sum(prime, rise * pow(run, -1, prime), first, second)


def _tangent_without_a(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    return _sum(prime, _slope(prime, 0, first, second), first, second)


def _no_remainder(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    slope = _slope(prime, a, first, second)
    x = slope * slope - first[0] - second[0]
    return x, slope * (first[0] - x) - first[1]


def _one_x_short(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    slope = _slope(prime, a, first, second)
    x = (slope * slope - first[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _floor(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    return _sum(prime, rise // run, first, second)


def _caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """^ for a square, in x."""
    slope = _slope(prime, a, first, second)
    x = ((slope ^ 2) - first[0] - second[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _loose_caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """The same as Python reads slope ^ 2 - x1 - x2."""
    slope = _slope(prime, a, first, second)
    x = (slope ^ (2 - first[0] - second[0])) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _long_caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """_loose_caret with a slope that was not reduced, as in the worked solution."""
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    slope = rise * pow(run, -1, prime)
    x = (slope ^ (2 - x1 - x2)) % prime
    return x, (slope * (x1 - x) - y1) % prime


def _caret_in_the_rise(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """3 * x1 ^ 2 + a in the tangent, as Python reads it."""
    if first != second:
        return _sum(prime, _slope(prime, a, first, second), first, second)
    (x1, y1) = first
    slope = (3 * x1 ^ (2 + a)) * pow(2 * y1, -1, prime)
    return _sum(prime, slope, first, second)


def _half_a_run(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """The tangent over 2 * x1 in place of 2 * y1."""
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * x1) if first == second else (y2 - y1, x2 - x1)
    return _sum(prime, rise * pow(run, -1, prime), first, second)


def _upside_down(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    return _sum(prime, pow(_slope(prime, a, first, second), -1, prime), first, second)


def _add_trouble(attempt: Attempt) -> str:
    prime, _, first, second = attempt.case.args
    if type(attempt.given) is not tuple:
        return ""
    if len(attempt.given) != 2:
        return "A point has two coordinates: return x and y, with a comma between them."
    x, y = attempt.given
    expected_x, expected_y = attempt.case.expected
    if (x % prime, y % prime) == (expected_x, expected_y):
        return "Right, up to the last remainder: return both coordinates modulo the prime."
    if (x, y) == (expected_y, expected_x):
        return "The coordinates are swapped: x first, then y."
    if x == expected_x:
        return ("x is right. y is slope * (x1 - x) - y1, modulo the prime: x1 and y1 belong to "
                "the same point.")
    kind = "slope of the tangent" if first == second else "slope between the two points"
    return ("x is not right yet. It is slope * slope - x1 - x2, modulo the prime. Print your "
            f"{kind} and check it: slope * run has to be the rise, modulo the prime.")


_NO_FRACTIONS = ("Modulo p one divides by multiplying with the inverse, pow(run, -1, prime): not "
                 "with /, and not with a pow that lacks the prime.")
_SILENT = ("Is there a return x, y at the end, after both kinds of slope and not inside one of "
           "them?")
ADD_POINTS = Exercise(
    "04-add-points", "Add two points", "medium", 10,
    FunctionForm(ListForm(Remainder(advice=_NO_FRACTIONS), what="two numbers, x and y"),
                 ("prime", "a", "first", "second")),
    _add_cases,
    [
        Wrong("no mirror", _third,
              "That is the third point on the line. The sum is its mirror image: turn the sign "
              "of y round."),
        Wrong("chord only", _chord_only,
              "For a point added to itself, rise and run are both 0, and 0 has no inverse. Then "
              "take the tangent: (3 * x1 * x1 + a) over (2 * y1)."),
        Wrong("tangent without a", _tangent_without_a,
              "Two different points work. For a point added to itself the rise of the tangent is "
              "3 * x1 * x1 + a: the a is missing."),
        Wrong("no remainder", _no_remainder,
              "The right formulas, without the remainder: take both coordinates modulo the "
              "prime."),
        Wrong("one x short", _one_x_short,
              "From the square of the slope both x-coordinates are taken away, x1 and x2."),
        Wrong("slope upside down", _upside_down,
              "The slope is upside down: rise over run, so it is the run, the difference of the "
              "x-coordinates, that is inverted."),
        Wrong("divided with //", _floor,
              "You divided with //, which drops the rest. Modulo p one multiplies with the "
              "inverse: rise * pow(run, -1, prime)."),
        Wrong("^ for a square", _caret,
              "In Python ^ is XOR. A square is slope * slope, or slope ** 2."),
        Wrong("^ for a square, without precedence",
              _loose_caret,
              "In Python ^ is XOR, and comes after minus. A square is slope * slope."),
        Wrong("^ for a square, slope not reduced", _long_caret,
              "In Python ^ is XOR, and comes after minus. Square with slope * slope, or with **."),
        Wrong("^ in the tangent's rise", _caret_in_the_rise,
              "Two different points work. In the rise of the tangent, ^ is XOR in Python: write "
              "3 * x1 * x1 + a."),
        Wrong("tangent over 2 * x1", _half_a_run,
              "Two different points work. For a point added to itself the run of the tangent is "
              "2 * y1, with y."),
        Wrong("coordinates added", lambda prime, a, first, second: (
            (first[0] + second[0]) % prime, (first[1] + second[1]) % prime),
            "You added the coordinates one by one. That point is not even on the curve: the sum "
            "is found with the line through both."),
    ],
    "The same few lines added points of P-256, the curve in millions of certificates. Real code "
    "differs in what you cannot see: it takes the same time whatever the numbers are.",
    "First the slope (two cases), then x, then y.", _add_trouble, silent=_SILENT)
