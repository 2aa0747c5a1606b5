"""Contracts that nobody reads closely, a hash that is too short, and a signature that moves.

`short_hash` is the first bits of SHA-256: ours, for showing. The MD5 pair is real and published.
"""

from __future__ import annotations

from collections.abc import Generator
from hashlib import sha256
from itertools import count
from typing import NamedTuple

from helpers.progress import Progress

GOOD, BAD = "harmless", "nasty"
_TEXTS = {
    GOOD: "Ann lends her bicycle to Bob until Friday. Copy {} of this paper.",
    BAD: "Ann gives her house to Mallory for ever. Copy {} of this paper.",
}


def short_hash(text: bytes, bits: int) -> int:
    """The first `bits` bits of SHA-256, as a number."""
    return int.from_bytes(sha256(text).digest(), "big") >> (256 - bits)


def contract(kind: str, number: int) -> bytes:
    """The contract of this kind ("harmless" or "nasty") with a number that changes nothing."""
    return _TEXTS[kind].format(number).encode()


def contracts(kind: str, start: int, many: int) -> tuple[bytes, ...]:
    """`many` versions of the same contract, numbered from `start`."""
    return tuple(contract(kind, number) for number in range(start, start + many))


class Collision(NamedTuple):
    """Two contracts with the same short hash, and how many were written to find them."""

    harmless: bytes
    nasty: bytes
    written: int


def collide(bits: int = 32) -> Generator[Progress, None, Collision]:
    """Write one harmless and one nasty contract after the other, until one of each kind have the
    same short hash. Yields how far it is every 1,000 numbers, and returns the Collision.

    It keeps every hash it made. ValueError for no bits or more than 40: minutes, and gigabytes.
    """
    if not 1 <= bits <= 40:
        raise ValueError(f"choose 1 to 40 bits, not {bits}")
    seen: dict[str, dict[int, bytes]] = {GOOD: {}, BAD: {}}
    for number in count(1):
        for kind, other in ((GOOD, BAD), (BAD, GOOD)):
            text = contract(kind, number)
            hashed = short_hash(text, bits)
            seen[kind][hashed] = text
            if hashed in seen[other]:
                yield Progress(2 * number, None, "found")
                return Collision(seen[GOOD][hashed], seen[BAD][hashed], 2 * number)
        if number % 1000 == 0:
            yield Progress(2 * number, None, "nothing yet")
    raise AssertionError("count() has no end")


def all_pairs(harmless: tuple[bytes, ...], nasty: tuple[bytes, ...],
              bits: int = 24) -> list[tuple[bytes, bytes]]:
    """Every pair of one harmless and one nasty contract with the same short hash."""
    known: dict[int, list[bytes]] = {}
    for text in harmless:
        known.setdefault(short_hash(text, bits), []).append(text)
    return [(one, text) for text in nasty for one in known.get(short_hash(text, bits), ())]


# A collision of MD5, one of those with which X. Wang, D. Feng, X. Lai and H. Yu broke it (IACR
# ePrint 2004/199): 128 bytes, and the same with one bit turned in six of them. Both hashes are
# computed in tests/experiments/test_collisions.py.
_MD5_BLOCKS = bytes.fromhex(
    "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f89"
    "55ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b"
    "d8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70"
)
_TURNED = (19, 45, 59, 83, 109, 123)


def md5_collision() -> tuple[bytes, bytes]:
    """Two different texts of 128 bytes with the same MD5."""
    other = bytearray(_MD5_BLOCKS)
    for place in _TURNED:
        other[place] ^= 0x80
    return _MD5_BLOCKS, bytes(other)
