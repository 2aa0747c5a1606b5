"""Primes: against counting, and against numbers that fool simpler tests."""

import pytest

from helpers.toy.primes import is_prime

P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1


def test_the_first_thousand_numbers():
    by_counting = [n for n in range(1000) if n > 1 and all(n % d for d in range(2, n))]
    assert [n for n in range(-3, 1000) if is_prime(n)] == by_counting


@pytest.mark.parametrize("number", [561, 1729, 2047, 3215031751, 3825123056546413051])
def test_numbers_that_fool_fermats_test_or_few_bases(number):
    assert not is_prime(number)


def test_real_moduli():
    assert is_prime(P256)
    assert is_prime(2**255 - 19)
    assert not is_prime(2**255 - 21)
