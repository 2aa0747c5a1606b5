"""Collisions: of a short hash, found here, and of MD5, published."""

from hashlib import md5, sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from helpers import lab
from helpers.experiments.collisions import (
    BAD,
    GOOD,
    all_pairs,
    collide,
    contract,
    contracts,
    md5_collision,
    short_hash,
)
from helpers.experiments.signatures import verifies
from helpers.progress import finish


def test_the_short_hash_is_the_beginning_of_sha_256():
    assert short_hash(b"abc", 24) == int.from_bytes(sha256(b"abc").digest()[:3], "big")
    assert short_hash(b"abc", 4) == sha256(b"abc").digest()[0] >> 4


@pytest.mark.parametrize("bits", [8, 16, 24])
def test_a_collision_is_found_about_where_the_birthday_says(bits):
    found = finish(collide(bits))
    assert short_hash(found.harmless, bits) == short_hash(found.nasty, bits)
    assert found.harmless.startswith(b"Ann lends")
    assert found.nasty.startswith(b"Ann gives")
    assert 2 ** (bits / 2) / 16 < found.written < 16 * 2 ** (bits / 2)


def test_the_search_says_how_far_it_is():
    steps = list(collide(24))
    assert [step.done for step in steps[:-1]] == list(range(2000, 2000 * len(steps), 2000))
    assert steps[-1].note == "found"
    with pytest.raises(ValueError, match="1 to 40 bits"):
        next(collide(64))


def test_all_pairs_finds_what_a_double_loop_finds():
    good, bad = contracts(GOOD, 1, 60), contracts(BAD, 1, 60)
    slow = {(one, other) for one in good for other in bad
            if short_hash(one, 8) == short_hash(other, 8)}
    assert set(all_pairs(good, bad, 8)) == slow != set()
    assert good[0] == contract(GOOD, 1)


def test_the_published_md5_collision_moves_an_rsa_signature():
    first, second = md5_collision()
    assert first != second
    assert md5(first).hexdigest() == md5(second).hexdigest() == "79054025255fb1a26e4bc422aef54eb4"
    assert sha256(first).digest() != sha256(second).digest()
    key, how = lab.key("server_rsa"), (padding.PKCS1v15(), hashes.MD5())
    assert verifies(key.public_key(), key.sign(first, *how), second, *how)
