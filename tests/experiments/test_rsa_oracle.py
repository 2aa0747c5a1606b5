"""The stranger gets the message out of answers alone; and never believes what is not so."""

from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric import padding

from helpers import lab
from helpers.experiments.rsa_oracle import (
    LIMIT,
    MESSAGE,
    MOST,
    NO,
    SAME,
    SIZE,
    YES,
    halve,
    knowledge_of,
    oracle_key,
    overheard,
    server,
)
from helpers.toy import RsaKey

BLOCK = oracle_key().decrypt(overheard())


def test_the_key_has_room_for_the_attack():
    assert oracle_key().n > 2 * LIMIT
    assert (oracle_key().n.bit_length() + 7) // 8 == SIZE


def test_the_block_is_known_in_the_end():
    known = knowledge_of("talks")
    assert known[-1].low == known[-1].high == BLOCK
    assert known[-1].certain.endswith(b"\0" + MESSAGE)
    assert known[-1].open_bits == 0
    assert 184 <= known[-1].questions <= 200  # about one question a bit


def test_every_step_is_true():
    for before, now in pairwise(knowledge_of("talks")):
        assert now.questions == before.questions + 1
        assert before.low <= now.low <= BLOCK <= now.high <= before.high
        assert BLOCK.to_bytes(SIZE, "big").startswith(now.certain)
        assert now.answer in (YES, NO)


@pytest.mark.parametrize("label", ["one", "two", "three", "four"])
def test_any_block_is_found(label):
    key = oracle_key()
    block = int.from_bytes(lab.seeded(label)(SIZE - 1), "big")
    *_, last = halve(server("talks"), key.encrypt(block), key.n, key.e)
    assert last.low == last.high == block


def test_it_works_with_the_real_key_too():
    """The same few lines, with OpenSSL's 2048-bit numbers, would need one question a bit."""
    numbers = lab.key("server_rsa").private_numbers()
    real = RsaKey(numbers.p, numbers.q, 65537)
    assert real.decrypt(real.encrypt(5) * real.encrypt(7) % real.n) == 35


def test_a_silent_server_tells_nothing():
    known = knowledge_of("silent")
    assert {(one.low, one.high) for one in known} == {(0, LIMIT - 1)}
    assert {one.answer for one in known[1:]} == {SAME}
    assert len(known) == MOST + 1 > len(knowledge_of("talks"))


def test_openssl_is_silent():
    """Implicit rejection: damaged ciphertexts give bytes and no error, the same every time."""
    key = lab.key("server_rsa")
    sealed = key.public_key().encrypt(MESSAGE, padding.PKCS1v15())
    for place in range(1, 256, 17):
        damaged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1:]
        opened = key.decrypt(damaged, padding.PKCS1v15())
        assert opened != MESSAGE
        assert key.decrypt(damaged, padding.PKCS1v15()) == opened
