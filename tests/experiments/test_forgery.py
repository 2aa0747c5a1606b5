"""A shop, and somebody who makes its orders longer."""

import hmac
from hashlib import sha256

import pytest

from helpers.experiments.forgery import (
    ADDITIONS,
    HASHED,
    HMAC,
    LONGEST_GUESS,
    ORDER,
    forge,
    tag_of,
)
from helpers.toy.sha256 import padding

GUESSES = range(LONGEST_GUESS + 1)


def accepted(kind, **options):
    return [guess for guess in GUESSES if forge(kind, guess, **options).accepted]


@pytest.mark.parametrize("addition", ADDITIONS)
def test_one_length_and_only_one_gets_past_the_hash(addition):
    assert accepted(HASHED, addition=addition) == [27]


def test_nothing_gets_past_hmac_or_without_padding():
    assert not accepted(HMAC)
    assert not accepted(HMAC, glued=False)
    assert not accepted(HASHED, glued=False)


def test_what_is_sent():
    forged = forge(HASHED, 27, addition=b"&to=me")
    assert forged.order == ORDER + padding(27 + len(ORDER)) + b"&to=me"
    assert forge(HASHED, 27, glued=False, addition=b"&to=me").order == ORDER + b"&to=me"


def test_every_answer_has_its_reason():
    reasons = {forge(*settings).why for settings in ((HASHED, 27), (HASHED, 26), (HMAC, 27))}
    assert len(reasons | {forge(HASHED, 27, glued=False).why}) == 4
    assert not any("27" in forge(HASHED, guess).why for guess in GUESSES if guess != 27)


def test_the_two_tags():
    assert tag_of(b"key", b"order", HASHED) == sha256(b"keyorder").digest()
    assert tag_of(b"key", b"order", HMAC) == hmac.digest(b"key", b"order", "sha256")
    with pytest.raises(ValueError, match="HMAC"):
        tag_of(b"key", b"order", "CRC")
