"""What is inside an RSA ciphertext: the block before it was encrypted, for each padding."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import padding

from helpers import lab
from helpers.toy.rsa_padding import Block, oaep, open_oaep, pkcs1, room, unpadded

from .rsa_auction import OAEP, SIZE, auction_key

PADDINGS = ("none", "PKCS#1 v1.5", "OAEP")
E = 65537
_REAL = {"PKCS#1 v1.5": padding.PKCS1v15(), "OAEP": OAEP}


@dataclass(frozen=True)
class Sealed:
    """One message encrypted with the test server's key.

    `block` is what RSA was applied to, None where the message did not fit (then `refused` says
    so); `ciphertext` its encryption, `opened` what `cryptography` reads in it (for "none": the
    block without its zeros). `inside` are the parts of an OAEP block behind its mask.
    """

    padding: str
    message: bytes
    which: int
    block: Block | None
    ciphertext: bytes
    opened: bytes
    inside: tuple[tuple[str, bytes], ...] = ()
    refused: str = ""


def seal_block(padding_name: str, message: bytes, which: int = 1) -> Sealed:
    """Encrypt `message` for the `which`-th time: other random bytes each time, the same on every
    run. KeyError for another padding."""
    room(padding_name, SIZE)
    random = lab.seeded(f"block {padding_name}, time {which}")
    try:
        block = (unpadded(message, SIZE) if padding_name == "none" else
                 {"PKCS#1 v1.5": pkcs1, "OAEP": oaep}[padding_name](message, SIZE, random))
    except ValueError as error:
        return Sealed(padding_name, message, which, None, b"", b"", refused=str(error))
    number = int.from_bytes(block.content, "big")
    if number >= auction_key(E).n:
        said = "As a number this message is larger than the modulus: it does not fit."
        return Sealed(padding_name, message, which, None, b"", b"", refused=said)
    ciphertext = auction_key(E).encrypt(number).to_bytes(SIZE, "big")
    opened = (message if padding_name == "none" else
              lab.key("server_rsa").decrypt(ciphertext, _REAL[padding_name]))
    inside = _inside(block.content) if padding_name == "OAEP" else ()
    return Sealed(padding_name, message, which, block, ciphertext, opened, inside)


def _inside(content: bytes) -> tuple[tuple[str, bytes], ...]:
    seed, data = open_oaep(content)
    end = data.index(b"\1", len(seed))
    return (("seed", seed), ("hash of an empty label", data[:len(seed)]),
            ("zeros", data[len(seed):end]), ("01", data[end:end + 1]), ("message", data[end + 1:]))
