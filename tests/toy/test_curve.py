"""The toy curve: the laws of a group, and P-256's numbers against `cryptography`."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.toy.curve import INFINITY, SMALL, Curve
from helpers.toy.ecdsa import P256

CURVE = SMALL.curve
POINTS = st.sampled_from([INFINITY, *CURVE.points()])


# --- the real thing ---------------------------------------------------------------------------


@pytest.mark.parametrize("private", [1, 2, 3, 0xC0FFEE, 2**255 + 12345, P256.order - 1])
def test_the_same_formulas_give_p256s_public_keys(private):
    real = ec.derive_private_key(private, ec.SECP256R1()).public_key().public_numbers()
    assert P256.curve.multiply(private, P256.generator) == (real.x, real.y)


def test_two_ends_share_what_ecdh_shares():
    ours, theirs = 0xA11CE, 0xB0B
    key = ec.derive_private_key(ours, ec.SECP256R1())
    peer = ec.derive_private_key(theirs, ec.SECP256R1()).public_key()
    shared = P256.curve.multiply(ours * theirs, P256.generator)
    assert shared[0].to_bytes(32, "big") == key.exchange(ec.ECDH(), peer)


def test_the_order_of_p256():
    assert P256.curve.multiply(P256.order, P256.generator) is INFINITY


# --- the laws ---------------------------------------------------------------------------------


@given(POINTS, POINTS, POINTS)
@settings(deadline=None)
def test_the_laws_of_addition(first, second, third):
    assert CURVE.add(first, second) in CURVE
    assert CURVE.add(first, second) == CURVE.add(second, first)
    assert CURVE.add(CURVE.add(first, second), third) == CURVE.add(first, CURVE.add(second, third))
    assert CURVE.add(first, INFINITY) == first
    assert CURVE.add(first, CURVE.negate(first)) is INFINITY


@given(st.integers(-300, 300), POINTS)
@settings(deadline=None)
def test_multiplying_is_adding_again_and_again(times, point):
    total = INFINITY
    for _ in range(abs(times)):
        total = CURVE.add(total, point if times > 0 else CURVE.negate(point))
    assert CURVE.multiply(times, point) == total


@pytest.mark.parametrize("curve", [CURVE, Curve(97, 2, 3), Curve(23, 1, 1), Curve(5, 1, 1)])
def test_points_are_exactly_the_solutions(curve):
    numbers = range(curve.p)
    solutions = [
        (x, y)
        for x in numbers
        for y in numbers
        if (y**2 - x**3 - curve.a * x - curve.b) % curve.p == 0
    ]
    assert curve.points() == solutions
    assert curve.size == len(solutions) + 1


def test_the_small_group_is_what_it_says():
    assert SMALL.generator in CURVE
    assert CURVE.size == SMALL.order
    assert CURVE.order_of(SMALL.generator) == SMALL.order
    assert all(SMALL.order % divisor for divisor in range(2, int(SMALL.order**0.5) + 1))
    assert SMALL.order != CURVE.p  # else the discrete log would be easy


def test_orders_divide_the_size():
    curve = Curve(97, 2, 3)
    orders = {curve.order_of(point) for point in curve.points()}
    assert curve.size == 100
    assert all(curve.size % order == 0 for order in orders)
    assert {2, 5} <= orders


def test_multiples_end_in_infinity():
    walk = list(CURVE.multiples(SMALL.generator))
    assert len(set(walk)) == SMALL.order
    assert walk[-1] is INFINITY
    assert walk[41] == CURVE.multiply(42, SMALL.generator)
    assert list(CURVE.multiples(INFINITY)) == [INFINITY]


def test_the_third_point_on_the_line_is_the_mirror_of_the_sum():
    first, second = CURVE.points()[3], CURVE.points()[20]
    slope = CURVE.slope(first, second)
    x, y = CURVE.negate(CURVE.add(first, second))
    assert (first[1] + slope * (x - first[0]) - y) % CURVE.p == 0


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((91, 1, 1), "p has to be a prime of 5 or more, and 91 is not"),
        ((3, 1, 1), "p has to be a prime"),
        ((97, 0, 0), "give a curve with a corner or a crossing"),
        ((97, -3, 2), "give a curve with a corner or a crossing"),
    ],
)
def test_what_is_no_curve(numbers, words):
    with pytest.raises(ValueError, match=words):
        Curve(*numbers)


@pytest.mark.parametrize("point", [(1, 1), (-1, 14), (97, 14), (0,), [0, 14], "no", 0])
def test_points_that_are_not_on_the_curve(point):
    assert point not in CURVE
    for use in (
        CURVE.negate,
        lambda p: CURVE.add(p, INFINITY),
        lambda p: CURVE.multiply(2, p),
        lambda p: next(CURVE.multiples(p)),
    ):
        with pytest.raises(ValueError, match="is not on the curve y² = x³ \\+ 3x \\+ 2 modulo 97"):
            use(point)


def test_a_vertical_line_has_no_slope():
    point = SMALL.generator
    with pytest.raises(ValueError, match="vertical"):
        CURVE.slope(point, CURVE.negate(point))


def test_too_many_points_to_count():
    for use in (
        P256.curve.points,
        lambda: P256.curve.size,
        lambda: P256.curve.order_of(P256.generator),
    ):
        with pytest.raises(ValueError, match="too many to count"):
            use()


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((97, -1, 8), "y² = x³ - x + 8 modulo 97"),
        ((97, 0, 5), "y² = x³ + 5 modulo 97"),
        ((97, 1, 0), "y² = x³ + x modulo 97"),
    ],
)
def test_how_a_curve_is_written(numbers, words):
    assert str(Curve(*numbers)) == words
