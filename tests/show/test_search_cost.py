"""The chart of a brute force search: where it passes a year, in the form for measured numbers."""

import pytest

from helpers.show import search_cost
from helpers.show.amounts import masked


def test_the_words_say_where_a_line_passes():
    doubling = [(bits, 2.0**bits) for bits in range(4, 100, 4)]  # a second for one key
    figure = search_cost({"here": doubling, "slow": [(64, 1e20), (128, 1e39)]},
                         caption="Searching.")
    assert "here: 1 year at ≈ 24.9 bits here, age of the universe at ≈ 58.6 bits here" in figure.alt
    assert "slow: it passes neither" in figure.alt
    assert figure.caption == "Searching."


def test_another_computer_differs_in_measured_numbers_only():
    one, other = (search_cost({"here": [(24, 60.0 * speed), (256, 1e70 * speed)]}, caption="x").text
                  for speed in (1, 7))
    assert one != other
    assert masked(one) == masked(other)


def test_less_than_a_second_is_refused():
    with pytest.raises(ValueError, match="begin where"):
        search_cost({"here": [(16, 0.3)]}, caption="Searching.")
