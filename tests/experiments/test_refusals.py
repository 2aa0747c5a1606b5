"""A refusal as a value."""

import pytest

from helpers.experiments.refusals import asked


def test_an_answer_comes_as_it_is():
    assert asked(pow, 3, 4) == 81


def test_a_refusal_is_two_words():
    assert asked(int, "seven") == "refused: ValueError"


def test_other_errors_come_through():
    with pytest.raises(ZeroDivisionError):
        asked(divmod, 1, 0)
