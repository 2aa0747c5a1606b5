"""Views of RSA experiments say what came of them, with words and not by colour alone."""

import pytest

from helpers.experiments.rsa_auction import hold_auction
from helpers.experiments.rsa_blocks import seal_block
from helpers.experiments.rsa_keys import try_key
from helpers.experiments.rsa_oracle import knowledge_of
from helpers.experiments.rsa_weak import attack_modulus
from helpers.show import attack_view, auction_view, block_view, key_trial_view, oracle_view
from helpers.show.rsa_block import block_map
from helpers.show.rsa_views import key_map


@pytest.mark.parametrize(("numbers", "words"), [
    ((3, 11, 3), "d = 7. All 33 messages come back. 9 messages of 33 unchanged."),
    ((5, 11, 5), "1, 16, 26, 31, 36 have the same ciphertext"),
    ((5, 11, 21), "55 messages of 55 unchanged"),
    ((9, 11, 3), "p = 9 is not a prime number. 66 messages of 99 cannot be read again"),
    ((9, 5, 3), "have the same ciphertext"),
    ((7, 7, 5), "0, 7, 14, 21, 28, 35 … have"),
])  # fmt: skip
def test_keys(numbers, words):
    view = key_trial_view(try_key(*numbers))
    assert words in view.text
    assert ("no key" in view.html) is bool(try_key(*numbers).refused)
    for label in ("! does not come back", "= is its own ciphertext"):
        assert label.encode() in picture(key_map(try_key(*numbers)))


def picture(figure):
    from base64 import b64decode

    return b64decode(figure.html.split("base64,")[1].split('"')[0])


@pytest.mark.parametrize(("target", "attack", "words"), [
    ("printer", "close", "After 1 step: a factor of 1024 bits"),
    ("old phone", "divide", "After 5,004 steps: the factor 10007"),
    ("router 1", "shared", "After 1 step: a factor"),
    ("web shop", "divide", "6,000 divisors tried, none"),
    ("web shop", "close", "1,000 steps away"),
    ("web shop", "shared", "4 other moduli: no factor"),
])  # fmt: skip
def test_moduli(target, attack, words):
    view = attack_view(attack_modulus(target, attack))
    assert words in view.text
    assert ("falls" in view.html) is attack_modulus(target, attack).fell


@pytest.mark.parametrize(("how", "words"), [
    ((7, 3, "none", "compare"), "After 7 tries the rival knows that the bid is 7."),
    ((7, 3, "none", "root"), "After 1 try the rival knows"),
    ((7, 65537, "none", "root"), "65537th root"),
    ((7, 65537, "none", "double"), "reads 14"),
    ((7, 3, "OAEP", "root"), "cube root"),
    ((7, 3, "OAEP", "compare"), "all 999 possible bids"),
    ((7, 3, "OAEP", "double"), "refuses"),
])  # fmt: skip
def test_auctions(how, words):
    view = auction_view(hold_auction(*how))
    assert words in view.text
    assert ("broken" in view.html.split("</span>")[0]) is hold_auction(*how).broken


@pytest.mark.parametrize("padding", ["none", "PKCS#1 v1.5", "OAEP"])
def test_blocks(padding):
    sealed = seal_block(padding, b"attack at dawn")
    view = block_view(sealed)
    assert "A block of 256 bytes" in view.text
    drawn = picture(block_map(sealed))
    for part in sealed.block.parts:
        assert f"{part.name}, byte".encode() in drawn
    assert ("Behind the mask" in view.html) is (padding == "OAEP")


def test_a_refused_message_has_no_picture():
    sealed = seal_block("OAEP", bytes(191))
    assert "at most 190" in block_view(sealed).text
    with pytest.raises(ValueError, match="has no block"):
        block_map(sealed)


def test_what_the_stranger_knows():
    known = knowledge_of("talks")
    assert "nothing yet" in oracle_view(known[0]).text
    assert "Last answer" not in oracle_view(known[0]).text
    assert "The block is one of about 2^" in oracle_view(known[50]).text
    assert "“meet at 7 pm.”" in oracle_view(known[-1]).text
    assert "Certain: 1 of 24 bytes" in oracle_view(knowledge_of("silent")[-1]).text
    assert "Last answer: received." in oracle_view(knowledge_of("silent")[-1]).text
