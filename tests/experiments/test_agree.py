"""An agreement with small numbers: what both compute and what a listener finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.experiments.agree import agree


@given(st.sampled_from([11, 23, 47, 97, 467]), st.data())
def test_both_ends_agree_and_the_listener_gets_there(p, data):
    g = data.draw(st.integers(1, p - 1))
    a, b = data.draw(st.integers(0, p - 1)), data.draw(st.integers(0, p - 1))
    went = agree(p, g, a, b)
    assert went.secret == pow(went.alice_share, b, p) == pow(went.bob_share, a, p)
    assert 1 <= went.steps <= went.possible <= p - 1
    assert went.secret in {pow(g, k, p) for k in range(went.possible)}
    assert went.steps in (went.possible, a % went.possible, b % went.possible)


def test_good_numbers_have_no_weakness():
    assert agree(467, 2, 153, 289).weakness == ""


def test_half_of_the_secrets_are_enough():
    assert agree(23, 2, 6, 9).possible == 11
    assert agree(23, 2, 6, 9).weakness == ""
    assert "half of the numbers" in agree(23, 2, 6, 9).remark
    assert agree(23, 5, 6, 9).remark == ""


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((22, 5, 1, 1), "prime"), ((23, 0, 1, 1), "from 1 to 22"), ((23, 5, -1, 1), "0 or more")],
)
def test_refusals(numbers, words):
    with pytest.raises(ValueError, match=words):
        agree(*numbers)
