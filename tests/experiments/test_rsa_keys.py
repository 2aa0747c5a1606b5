"""A choice of p, q and e is tried on every message; what the verdict says is what happened."""

from itertools import product

import pytest

from helpers.experiments.rsa_keys import try_key


@pytest.mark.parametrize(("p", "q"), [*product((3, 5, 7, 9, 11, 13), repeat=2)])
def test_a_key_loses_nothing_and_no_key_loses_something(p, q):
    for e in range(2, 41):
        trial = try_key(p, q, e)
        assert len(trial.ciphertexts) == trial.n
        assert bool(trial.lost) is bool(trial.refused), (p, q, e)


def test_the_smallest_example():
    trial = try_key(3, 11, 3)
    assert (trial.n, trial.d, trial.ciphertexts[2]) == (33, 7, 8)
    assert trial.back == tuple(range(33))
    assert trial.unchanged == (0, 1, 10, 11, 12, 21, 22, 23, 32)


def test_every_message_may_stay_as_it_is():
    assert [e for e in range(2, 41) if len(try_key(5, 11, e).unchanged) == 55] == [21]


def test_five_messages_in_one_ciphertext():
    trial = try_key(5, 11, 5)
    assert trial.d is None
    assert trial.crowd == (1, 16, 26, 31, 36)
    assert {trial.ciphertexts[one] for one in trial.crowd} == {1}
