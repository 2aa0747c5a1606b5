"""The circle of powers: as many stations as there are steps, each with its exponents."""

from base64 import b64decode

import pytest

from helpers.show import power_circle


def test_powers_of_5_modulo_33():
    figure = power_circle([pow(5, exponent, 33) for exponent in range(1, 22)], 33)
    assert figure.alt.startswith("A circle of 10 stations, in order: 5 for the exponents 1, 11, 21")
    assert "31 for the exponents 4, 14;" in figure.alt
    drawn = b64decode(figure.html.split("base64,")[1].split('"')[0]).decode()
    assert drawn.count("<circle") == 10
    assert ">1, 11, 21<" in drawn
    assert "After 10 steps" in figure.caption


@pytest.mark.parametrize("powers", [[5, 25, 26], [pow(2, k, 101) for k in range(1, 120)]])
def test_what_cannot_be_drawn_as_a_circle(powers):
    with pytest.raises(ValueError, match="do not come back"):
        power_circle(powers, 33)


def test_a_circle_of_one():
    assert "A circle of 1 stations" in power_circle([1, 1], 33).alt
