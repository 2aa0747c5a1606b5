"""Blocks made by hand are opened by `cryptography`, and blocks made by it are taken apart."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from helpers import lab
from helpers.toy.rsa_padding import mask, oaep, open_oaep, pkcs1, room, unpadded, xor

KEY = lab.key("server_rsa")
NUMBERS = KEY.private_numbers()
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
REAL = {"PKCS#1 v1.5": padding.PKCS1v15(), "OAEP": OAEP}
MAKE = {"PKCS#1 v1.5": pkcs1, "OAEP": oaep}


def raw(block, exponent):
    number = pow(int.from_bytes(block, "big"), exponent, NUMBERS.public_numbers.n)
    return number.to_bytes(256, "big")


@pytest.mark.parametrize("name", ["PKCS#1 v1.5", "OAEP"])
@pytest.mark.parametrize("length", [0, 1, 48, "most"])
def test_cryptography_opens_our_block(name, length):
    message = lab.seeded("message")(room(name, 256) if length == "most" else length)
    block = MAKE[name](message, 256, lab.seeded("filler"))
    assert len(block.content) == 256
    assert KEY.decrypt(raw(block.content, 65537), REAL[name]) == message


def test_we_open_the_block_of_cryptography():
    sealed = KEY.public_key().encrypt(b"hello", OAEP)
    seed, data = open_oaep(raw(sealed, NUMBERS.d))
    assert len(seed) == 32
    assert data.endswith(b"\0\1hello")
    again = oaep(b"hello", 256, lambda length: seed)
    assert again.content == raw(sealed, NUMBERS.d)


@pytest.mark.parametrize("name", ["PKCS#1 v1.5", "OAEP"])
def test_the_limit_is_that_of_cryptography(name):
    most = room(name, 256)
    KEY.public_key().encrypt(bytes(most), REAL[name])
    with pytest.raises(ValueError, match="Encryption"):
        KEY.public_key().encrypt(bytes(most + 1), REAL[name])
    with pytest.raises(ValueError, match=f"at most {most} "):
        MAKE[name](bytes(most + 1), 256, lab.seeded("filler"))


def test_parts_cover_the_block_in_order():
    random = lab.seeded("parts")
    for block in (unpadded(b"hi", 64), pkcs1(b"hi", 64, random), oaep(b"hi", 128, random)):
        edges = [edge for part in block.parts for edge in (part.start, part.end)]
        assert (edges[0], edges[-1]) == (0, len(block.content))
        assert edges[1:-1:2] == edges[2::2]


def test_the_filler_has_no_zero_and_the_message_stands_at_the_end():
    numbers = iter([bytes([at % 3]) for at in range(1000)])
    block = pkcs1(b"\0hi", 64, lambda length: next(numbers))
    filler = block.parts[1]
    assert block.content[:2] == b"\0\2"
    assert b"\0" not in block.content[filler.start : filler.end]
    assert block.content.endswith(b"\0\0hi")
    assert unpadded(b"hi", 8).content == b"\0\0\0\0\0\0hi"


def test_the_mask_is_mgf1_and_xor_wants_equal_lengths():
    assert mask(b"seed", 40)[:32] == mask(b"seed", 32)
    assert xor(b"\x0f\xf0", b"\xff\xff") == b"\xf0\x0f"
    with pytest.raises(ValueError, match=r"shorter|longer"):
        xor(b"a", b"ab")
