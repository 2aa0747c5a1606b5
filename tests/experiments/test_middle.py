"""What Mallory gets away with, in every combination."""

from itertools import product

import pytest

from helpers.experiments.middle import ALICE, BOB, FORWARD, MALLORY, MESSAGE, SIGNING, G, P, between
from helpers.toy import order_of


def successes(**how):
    return {(to_bob, to_alice) for to_bob, to_alice in product(FORWARD, repeat=2)
            if between(to_bob, to_alice, **how).succeeded}


def test_g_reaches_every_number():
    assert order_of(G, P) == P - 1


def test_honest_ends_share_a_secret_and_nothing_is_read():
    went = between("original", "original")
    assert went.alice_secret == went.bob_secret == pow(G, ALICE * BOB, P)
    assert (went.read, went.delivered, went.noticed) == (None, MESSAGE, "")
    assert went.mallory_with_alice is went.mallory_with_bob is None


def test_her_own_share_both_ways():
    went = between("own", "own")
    assert went.alice_secret == went.mallory_with_alice == pow(G, ALICE * MALLORY, P)
    assert went.bob_secret == went.mallory_with_bob == pow(G, BOB * MALLORY, P)
    assert went.read == MESSAGE
    assert went.delivered == b"pay 900 to Mallory"
    assert went.succeeded


def test_one_gives_both_ends_the_same_secret():
    went = between("one", "one")
    assert went.alice_secret == went.bob_secret == 1
    assert went.succeeded


@pytest.mark.parametrize(
    "way", [("own", "original"), ("original", "own"), ("one", "original")])
def test_half_a_job_is_noticed(way):
    went = between(*way)
    assert went.noticed.startswith("Bob notices")
    assert went.delivered is None
    assert (went.read is not None) == (way[1] != "original")


def test_what_helps_and_what_does_not():
    own = ("own", "own")
    assert successes() == {own, ("one", "one"), ("own", "one"), ("one", "own")}
    assert successes(checked=True) == {own}
    assert successes(signing="bob") == set()
    assert successes(signing="stolen") == successes()
    assert successes(signing="stolen", checked=True) == {own}


def test_a_signature_lets_honest_shares_pass():
    for signing in SIGNING:
        assert between("original", "original", signing=signing, checked=True).delivered == MESSAGE


def test_who_refuses():
    assert between("one", "own", checked=True).noticed.startswith("Bob refuses")
    assert between("own", "one", checked=True).noticed.startswith("Alice refuses the share 1")
    assert between("own", "own", signing="bob").noticed.startswith("Alice refuses: Bob's signature")


@pytest.mark.parametrize("how", [("other", "own"), ("own", "zero")])
def test_another_way(how):
    with pytest.raises(ValueError, match="forward one of"):
        between(*how)
