"""The toy's arithmetic against the tags that the real AES-GCM makes."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.lab import seeded
from helpers.toy import gcm_divide, gcm_multiply
from helpers.toy.ghash import ghash

ONE = b"\x80" + bytes(15)


def aes(key, block):
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(block)


def xor(one, other):
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("length", "extra"), [(16, 0), (32, 0), (48, 16), (0, 16), (16, 32)])
def test_the_tag_is_a_mask_and_a_sum(length, extra):
    random = seeded(f"ghash {length} {extra}")
    key, nonce, text, header = random(16), random(12), random(length), random(extra)
    sealed = AESGCM(key).encrypt(nonce, text, header)
    ciphertext, tag = sealed[:-16], sealed[-16:]
    lengths = (8 * extra).to_bytes(8, "big") + (8 * length).to_bytes(8, "big")
    whole = header + ciphertext + lengths
    blocks = [whole[at:at + 16] for at in range(0, len(whole), 16)]
    mask = aes(key, nonce + b"\0\0\0\1")
    assert xor(mask, ghash(aes(key, bytes(16)), blocks)) == tag


def test_one_is_one():
    block = seeded("one")(16)
    assert gcm_multiply(block, ONE) == gcm_multiply(ONE, block) == block


def test_multiplying_is_a_field():
    random = seeded("field")
    one, two, three = random(16), random(16), random(16)
    assert gcm_multiply(one, two) == gcm_multiply(two, one)
    assert gcm_multiply(xor(one, two), three) == xor(gcm_multiply(one, three),
                                                     gcm_multiply(two, three))
    assert gcm_divide(gcm_multiply(one, two), two) == one
    assert gcm_divide(two, two) == ONE


def test_refusals():
    with pytest.raises(ZeroDivisionError, match="sixteen zero bytes"):
        gcm_divide(ONE, bytes(16))
    with pytest.raises(ValueError, match="16 bytes, not 3"):
        gcm_multiply(b"abc", ONE)
