"""Times of two comparisons. Only what holds on every machine: an order that is wide apart."""

import hmac

import pytest

from helpers.experiments.comparing import RIGHT_BYTES, compare_times

TAG = bytes(range(32))


def slow(tag, guess):
    """Looks at every right byte thirty times."""
    for one, other in zip(tag, guess, strict=True):
        if one != other:
            return False
        sum(range(300))
    return True


def test_a_careless_comparison_shows_in_its_times():
    times = compare_times({"slow": slow, "quick": hmac.compare_digest}, TAG)
    assert [right for right, _ in times["slow"]] == list(RIGHT_BYTES)
    assert times["slow"][-1][1] > 3 * times["slow"][0][1]
    assert min(seconds for points in times.values() for _, seconds in points) > 0


def test_every_guess_is_wrong():
    guesses = []
    compare_times({"noting": lambda tag, guess: guesses.append(guess)}, TAG)
    assert TAG not in guesses
    assert {guess[:8] == TAG[:8] for guess in guesses} == {True, False}


def test_a_tag_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        compare_times({}, bytes(16))
