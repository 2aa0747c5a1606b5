"""The opened SHA-256 against hashlib, at every length around the edges of a block."""

from hashlib import sha256

import pytest

from helpers.lab import seeded
from helpers.toy.sha256 import START, compress, padding, resume, state_of, toy_sha256

LENGTHS = [*range(140), 183, 184, 191, 192, 193, 1000]


@pytest.mark.parametrize("length", LENGTHS)
def test_it_is_sha256(length):
    message = seeded("toy sha256")(length)
    assert toy_sha256(message) == sha256(message).digest()


def test_the_numbers_are_those_of_the_standard():
    assert START[0] == 0x6A09E667
    assert START[7] == 0x5BE0CD19
    assert toy_sha256(b"abc").hex().startswith("ba7816bf8f01cfea")


@pytest.mark.parametrize("length", range(130))
def test_padding_fills_the_last_block(length):
    filled = padding(length)
    assert (length + len(filled)) % 64 == 0
    assert 9 <= len(filled) <= 72
    assert filled[0] == 0x80
    assert int.from_bytes(filled[-8:], "big") == 8 * length
    assert not any(filled[1:-8])


@pytest.mark.parametrize("length", LENGTHS)
def test_a_digest_can_be_taken_up_again(length):
    secret, more = seeded("taken up")(length), b"&and=more"
    glued = secret + padding(length)
    forged = resume(sha256(secret).digest(), len(glued), more)
    assert forged == sha256(glued + more).digest()


def test_the_digest_is_the_state():
    message = b"one block"
    block = message + padding(len(message))
    assert state_of(sha256(message).digest()) == compress(START, block)


def test_fewer_rounds_are_another_function():
    digests = {toy_sha256(b"abc", rounds=rounds) for rounds in range(65)}
    assert len(digests) == 65


def test_a_word_enters_in_its_own_round():
    """Word 12 of a block goes in with round 13, so 12 rounds do not see it."""
    one, other = bytes(64), bytes(48) + b"\1" + bytes(15)
    assert compress(START, one, rounds=12) == compress(START, other, rounds=12)
    assert compress(START, one, rounds=13) != compress(START, other, rounds=13)


@pytest.mark.parametrize("wrong", [
    lambda: padding(-1), lambda: compress(START, b"short"), lambda: state_of(b"x" * 31),
    lambda: compress(START, bytes(64), rounds=65), lambda: compress(START, bytes(64), rounds=-1),
    lambda: toy_sha256(b"", already=5), lambda: resume(bytes(32), 63, b"")])
def test_what_makes_no_sense_is_one_sentence(wrong):
    with pytest.raises(ValueError, match=r"\d"):
        wrong()
