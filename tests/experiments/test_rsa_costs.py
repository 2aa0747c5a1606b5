"""The costs are in the order that the lesson speaks of."""

from helpers.experiments.rsa_costs import BLOCKS, seconds_for_a_megabyte


def test_blocks():
    assert BLOCKS == 5264
    assert (BLOCKS - 1) * 190 < 1_000_000 <= BLOCKS * 190


def test_rsa_is_out_of_the_question():
    seconds = seconds_for_a_megabyte()
    assert list(seconds) == ["AES-128-GCM", "hybrid, opened", "RSA-2048, encrypted",
                             "RSA-2048, decrypted"]
    assert seconds["RSA-2048, decrypted"] > 100 * seconds["AES-128-GCM"]
    assert seconds["hybrid, opened"] < seconds["RSA-2048, encrypted"] / 5
