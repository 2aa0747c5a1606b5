"""The two ways of filling up an RSA block, with the filler given as an argument.

`cryptography` takes its own random bytes and shows no block; these make the block itself, so that
it can be looked at and repeated. tests/toy/test_rsa_padding.py lets `cryptography` open them.
Source: RFC 8017, sections 7.1.1 (OAEP), 7.2.1 (PKCS#1 v1.5) and B.2.1 (MGF1).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

HASH = sha256().digest_size
Random = Callable[[int], bytes]
"""`random(n)` gives n bytes, as `lab.seeded(...)` does."""


class Part(NamedTuple):
    """A named stretch of a block, from `start` to before `end`."""

    name: str
    start: int
    end: int


class Block(NamedTuple):
    """What RSA is applied to: `content` as long as the modulus, and what its parts are."""

    content: bytes
    parts: tuple[Part, ...]


def room(padding: str, size: int) -> int:
    """The most bytes that a message may have in a block of `size` bytes.

    `padding` is "none", "PKCS#1 v1.5" or "OAEP" (with SHA-256); anything else is a KeyError.
    """
    return {"none": size, "PKCS#1 v1.5": size - 11, "OAEP": size - 2 * HASH - 2}[padding]


def unpadded(message: bytes, size: int) -> Block:
    """Textbook RSA: zeros, then the message. ValueError when it is too long."""
    _check(message, "none", size)
    zeros = size - len(message)
    return _block(("zeros", bytes(zeros)), ("message", message))


def pkcs1(message: bytes, size: int, random: Random) -> Block:
    """PKCS#1 v1.5: 00 02, random bytes that are not 00, 00, the message. ValueError when it is
    too long."""
    _check(message, "PKCS#1 v1.5", size)
    filler = b""
    while len(filler) < size - 3 - len(message):
        filler += random(1).strip(b"\0")
    return _block(
        ("start", b"\0\2"), ("random filler", filler), ("separator", b"\0"), ("message", message)
    )


def oaep(message: bytes, size: int, random: Random) -> Block:
    """OAEP with SHA-256 and no label: 00, masked seed, masked data. ValueError when too long.

    The data is the hash of the label, zeros, 01 and the message. The seed masks the data, and
    the masked data then masks the seed.
    """
    _check(message, "OAEP", size)
    zeros = room("OAEP", size) - len(message)
    plain = sha256(b"").digest() + bytes(zeros) + b"\1" + message
    seed = random(HASH)
    masked = xor(plain, mask(seed, len(plain)))
    return _block(
        ("start", b"\0"), ("masked seed", xor(seed, mask(masked, HASH))), ("masked data", masked)
    )


def open_oaep(content: bytes) -> tuple[bytes, bytes]:
    """(seed, data) of an OAEP block with the masks taken off; checks nothing."""
    masked_seed, masked = content[1 : 1 + HASH], content[1 + HASH :]
    seed = xor(masked_seed, mask(masked, HASH))
    return seed, xor(masked, mask(seed, len(masked)))


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-256: `length` bytes that nobody can tell from random without the seed."""
    count = -(-length // HASH)
    blocks = (sha256(seed + number.to_bytes(4, "big")).digest() for number in range(count))
    return b"".join(blocks)[:length]


def xor(one: bytes, other: bytes) -> bytes:
    """Both, byte by byte; they must be of one length."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _check(message: bytes, padding: str, size: int) -> None:
    if len(message) > (most := room(padding, size)):
        raise ValueError(
            f"{len(message)} bytes do not fit: a block of {size} bytes holds at most "
            f"{max(0, most)} with {padding} padding."
        )


def _block(*pieces: tuple[str, bytes]) -> Block:
    parts, at = [], 0
    for name, content in pieces:
        parts.append(Part(name, at, at + len(content)))
        at += len(content)
    return Block(b"".join(content for _, content in pieces), tuple(parts))
