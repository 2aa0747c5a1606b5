"""Small Diffie-Hellman: both ways back give the private number, and the steps are counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.toy.dh import (
    Found,
    baby_step_giant_step,
    order_of,
    powers,
    search,
    tried_privates,
)

P, G = 2027, 2


def test_g_makes_every_number():
    assert set(powers(G, P)) == set(range(1, P))
    assert order_of(G, P) == P - 1


@given(st.integers(1, P - 1))
@settings(deadline=None)
def test_both_ways_back_find_it(private):
    share = pow(G, private, P)
    assert search(P, G, share) == Found(private, private)
    found = baby_step_giant_step(P, G, share)
    assert found.private == private
    assert found.steps <= 2 * 46


@pytest.mark.parametrize("p", [23, 97, 227])
def test_every_share_of_every_g(p):
    for g in range(1, p):
        reached = list(powers(g, p))
        assert len(reached) == order_of(g, p)
        assert (p - 1) % order_of(g, p) == 0
        for share in set(reached):
            assert pow(g, search(p, g, share).private, p) == share
            assert pow(g, baby_step_giant_step(p, g, share).private, p) == share


def test_a_large_prime_with_a_bad_g_has_few_secrets():
    """P-256's prime, and the number p - 1: two powers, however large the prime is."""
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    assert order_of(prime - 1, prime) == 2


def test_tried_privates_can_be_stopped():
    tried = tried_privates(P, G, pow(G, 1000, P))
    assert [next(tried) for _ in range(3)] == [1, 2, 3]
    assert list(tried)[-1] == 1000


@pytest.mark.parametrize("undo", [search, baby_step_giant_step])
def test_a_share_that_is_no_power(undo):
    with pytest.raises(ValueError, match="5 is no power of 22 modulo 23"):
        undo(23, 22, 5)


@pytest.mark.parametrize(
    ("p", "g", "words"),
    [(21, 2, "p has to be a prime above 2, and 21 is not"), (2, 1, "above 2"),
     (23, 0, "g has to be from 1 to 22, and 0 is not"), (23, 23, "and 23 is not")],
)
def test_numbers_that_do_not_work(p, g, words):
    for use in (lambda: order_of(g, p), lambda: search(p, g, 1),
                lambda: baby_step_giant_step(p, g, 1)):
        with pytest.raises(ValueError, match=words):
            use()
