"""Searches tell how far they are, and come to the right factor."""

import pytest

from helpers.experiments.rsa_factoring import (
    balanced_modulus,
    carried_on,
    factor_search,
    factoring_times,
)
from helpers.progress import finish
from helpers.toy import is_prime, smallest_factor

JEVONS = 8616460799


def test_jevons_number():
    steps = list(factor_search(JEVONS))
    assert finish(factor_search(JEVONS)) == 89681
    assert steps[-1].done == 44841  # 2, then the odd numbers up to 89,681
    assert steps[-1].note == "found"
    assert all(one.done <= one.total for one in steps)


@pytest.mark.parametrize("n", [2, 3, 97, 9973])
def test_a_prime_has_no_factor(n):
    assert finish(factor_search(n)) == n


@pytest.mark.parametrize("bits", [6, 20, 32, 44])
def test_balanced(bits):
    n = balanced_modulus(bits)
    small = smallest_factor(n)
    assert n.bit_length() == bits
    assert is_prime(small)
    assert is_prime(n // small)
    assert n // small > small


@pytest.mark.parametrize("bits", [4, 21])
def test_sizes_that_do_not_work(bits):
    with pytest.raises(ValueError, match="no two primes"):
        balanced_modulus(bits)


def test_more_bits_take_longer():
    times = factoring_times((16, 28))
    assert [bits for bits, _ in times] == [16, 28]
    assert 0 < times[0][1] < times[1][1]


def test_carried_on_doubles_every_two_bits():
    assert carried_on([(20, 1.0), (40, 3.0)], 48) == [(40, 3.0), (44, 12.0), (48, 48.0)]
