"""The drawing of a small curve, and of a sum of two points on it."""

import base64
import re

import pytest

from helpers.experiments.addition import MARKED, addition
from helpers.show import addition_view, curve_view
from helpers.toy import INFINITY, SMALL, Curve

CURVE, G = SMALL.curve, SMALL.generator


def drawn(view):
    return base64.b64decode(re.search(r"svg\+xml;base64,([^\"]+)", view.html)[1]).decode()


def test_every_point_is_a_dot():
    assert drawn(curve_view(CURVE)).count("<circle") == CURVE.size - 1
    assert "102 points with coordinates, and infinity" in curve_view(CURVE).text


def test_named_points_are_told_with_coordinates():
    view = curve_view(CURVE, {"G": G, "zero": INFINITY})
    assert "G = (0, 14), zero = infinity" in view.text
    assert drawn(view).count("<circle") == CURVE.size - 1 + 3  # two in the list, one in the square


def test_the_line_goes_through_both_points_and_the_third():
    first, second = CURVE.multiply(9, G), CURVE.multiply(20, G)
    picture = drawn(curve_view(CURVE, line=(first, second)))
    assert picture.count('width="7" height="7"') == CURVE.p
    upright = drawn(curve_view(CURVE, line=(first, CURVE.negate(first))))
    assert 'width="7" height="7"' not in upright


@pytest.mark.parametrize(
    ("j", "k", "words"),
    [
        (9, 20, "meets the curve in one more point"),
        (9, 9, "tangent"),
        (40, 63, "vertical"),
        (0, 5, "Infinity changes nothing"),
        (5, 103, "Infinity changes nothing"),
    ],
)
def test_what_is_said_about_a_sum(j, k, words):
    view = addition_view(addition(j, k))
    assert words in view.text
    assert f"P + Q = {'infinity' if (j + k) % 103 == 0 else '('}" in view.text


def test_only_one_multiple_is_the_marked_point():
    found = [j for j in range(104) if addition(j, 0).found]
    assert found == [MARKED]
    assert "T found" in addition_view(addition(MARKED, 3)).text
    assert "P is not T" in addition_view(addition(MARKED + 1, 3)).text


def test_another_curve_can_be_drawn():
    assert "modulo 23" in curve_view(Curve(23, 1, 1)).caption
