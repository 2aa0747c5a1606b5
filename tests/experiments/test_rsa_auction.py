"""The attacks on the auction are real: forged bids are opened with the private key."""

import pytest

from helpers import lab
from helpers.experiments.rsa_auction import auction_key, hold_auction, sealed_bid


def test_the_key_is_the_test_servers():
    assert auction_key(65537).n == lab.key("server_rsa").private_numbers().public_numbers.n
    assert auction_key(3).n.bit_length() == 2048
    with pytest.raises(ValueError, match="no key for e = 5"):
        auction_key(5)


@pytest.mark.parametrize("e", [3, 65537])
@pytest.mark.parametrize("bid", [1, 320, 999])
def test_textbook_bids_are_guessed_and_doubled(bid, e):
    assert auction_key(e).decrypt(sealed_bid(bid, e)) == bid
    guessed = hold_auction(bid, e, "none", "compare")
    assert (guessed.learned, guessed.tries) == (bid, bid)
    assert hold_auction(bid, e, "none", "double").received == 2 * bid


@pytest.mark.parametrize("bid", [2, 320, 999])
def test_the_root_needs_a_small_exponent(bid):
    assert hold_auction(bid, 3, "none", "root").learned == bid
    assert not hold_auction(bid, 65537, "none", "root").broken


@pytest.mark.parametrize("attack", ["compare", "root", "double"])
@pytest.mark.parametrize("e", [3, 65537])
def test_oaep_stops_all_three(attack, e):
    assert not hold_auction(320, e, "OAEP", attack).broken


def test_what_is_no_auction():
    with pytest.raises(ValueError, match="1 to 999"):
        hold_auction(1000, 3, "none", "root")
    with pytest.raises(KeyError):
        hold_auction(1, 3, "none", "bribe")
