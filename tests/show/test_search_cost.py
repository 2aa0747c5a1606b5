"""The chart of a brute force search: powers of ten, told in the form for measured numbers."""

import pytest

from helpers.show import search_cost
from helpers.show.amounts import masked


def test_seconds_become_powers_of_ten():
    figure = search_cost({"here": [(64, 1000.0), (128, 1e22), (256, 1e60)]}, caption="Searching.")
    assert "≈ 3.00 powers of ten here at 64 bits" in figure.alt
    assert "≈ 60.0 powers of ten here at 256" in figure.alt
    assert figure.caption == "Searching."


def test_another_computer_differs_in_measured_numbers_only():
    one, other = (search_cost({"here": [(24, 60.0 * speed), (256, 1e70 * speed)]}, caption="x").text
                  for speed in (1, 7))
    assert one != other
    assert masked(one) == masked(other)


def test_less_than_a_second_is_refused():
    with pytest.raises(ValueError, match="begin where"):
        search_cost({"here": [(16, 0.3)]}, caption="Searching.")
