"""How a hash mixes, and how soon two messages meet in the same digest.

The messages are counted up from a label, so every search takes the same number of hashes each
time, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from math import expm1, log, sqrt
from statistics import median

from helpers.lab import seeded
from helpers.progress import Progress
from helpers.toy.sha256 import ROUNDS, toy_sha256

MESSAGE = b"Pay 100 euros to the shop at shop.example. Thank you."
"""Fits into one block of SHA-256 (55 bytes at most), so that every bit has its own round."""
MOST_BITS = 48
STRIDE = 4096  # hashes between two reports


@dataclass(frozen=True)
class Avalanche:
    """One flipped bit and what it did to the digest. Bit 0 is the highest bit of the first byte;
    with fewer `rounds` than 64 the hash is SHA-256 stopped half-way."""

    message: bytes
    flipped: bytes
    bit: int
    rounds: int
    before: bytes
    after: bytes

    @property
    def changed(self) -> tuple[int, ...]:
        """The numbers of the digest's bits that changed."""
        differ = int.from_bytes(self.before, "big") ^ int.from_bytes(self.after, "big")
        return tuple(at for at in range(256) if differ >> 255 - at & 1)

    @property
    def enters(self) -> int:
        """The round in which the flipped bit is read for the first time."""
        return self.bit // 32 + 1


def flip_bit(message: bytes, bit: int) -> bytes:
    """The message with one bit turned over. IndexError for a bit behind its end."""
    changed = bytearray(message)
    changed[bit // 8] ^= 0x80 >> bit % 8
    return bytes(changed)


@cache
def avalanche(bit: int, rounds: int = ROUNDS, message: bytes = MESSAGE) -> Avalanche:
    """Hash `message` with and without bit number `bit` flipped."""
    flipped = flip_bit(message, bit)
    return Avalanche(message, flipped, bit, rounds, toy_sha256(message, rounds=rounds),
                     toy_sha256(flipped, rounds=rounds))


def short_hash(message: bytes, bits: int) -> int:
    """The first `bits` bits of the message's SHA-256, as a number."""
    return int.from_bytes(sha256(message).digest()[:8], "big") >> 64 - bits


@dataclass(frozen=True)
class Collision:
    """Two messages with the same short hash, and how many hashes it took to find them."""

    bits: int
    first: bytes
    second: bytes
    hashes: int


def collision_search(bits: int, label: str = "offer") -> Iterator[Progress]:
    """Hash "label 0", "label 1", ... until two agree in their first `bits` bits, and return the
    Collision.

    It keeps every hash it made, so the memory grows. ValueError for no bits, or for more than 48,
    which would take minutes and gigabytes.
    """
    if not 1 <= bits <= MOST_BITS:
        raise ValueError(f"choose 1 to {MOST_BITS} bits, not {bits}")
    seen: dict[int, int] = {}
    for number in count():
        short = short_hash(f"{label} {number}".encode(), bits)
        if short in seen:
            yield Progress(number + 1, note="two agree")
            first, second = (f"{label} {which}".encode() for which in (seen[short], number))
            return Collision(bits, first, second, number + 1)
        seen[short] = number
        if number % STRIDE == STRIDE - 1:
            yield Progress(number + 1, note="no two alike so far")


@cache
def counts(bits: int, searches: int) -> tuple[int, ...]:
    """How many hashes each of so many searches took, sorted; each has messages of its own."""
    found = []
    for search in range(searches):
        prefix, seen = b"search %d: " % search, set()
        for number in count(1):
            short = short_hash(prefix + b"%d" % number, bits)
            if short in seen:
                found.append(number)
                break
            seen.add(short)
    return tuple(sorted(found))


def chance(hashes: int, bits: int) -> float:
    """The birthday curve: how likely two of so many random `bits`-bit values agree (the usual
    approximation 1 - exp(-k(k-1) / 2N) for N = 2^bits)."""
    return -expm1(-hashes * (hashes - 1) / 2 ** (bits + 1))


def half_way(bits: int) -> float:
    """After how many hashes the chance is one half: about 1.18 times the root of 2^bits."""
    return sqrt(2 * log(2) * 2**bits)


def searches_done(bits: int, searches: int, points: int = 60,
                  ) -> dict[str, list[tuple[float, float]]]:
    """Measured and expected, for a chart: (hashes made, percent of searches that have found a
    collision by then)."""
    taken = counts(bits, searches)
    last = taken[-1]
    marks = sorted({round(last * step / points) for step in range(points + 1)})
    measured = [(at, 100 * sum(one <= at for one in taken) / searches) for at in marks]
    return {f"measured: {searches} searches": measured,
            "birthday curve": [(at, 100 * chance(at, bits)) for at in marks]}


def hashes_needed(sizes: tuple[int, ...] = (8, 12, 16, 20, 24), searches: int = 25,
           ) -> dict[str, list[tuple[float, float]]]:
    """For a chart: (bits of the hash, hashes until a collision), measured and expected, and as a
    comparison one hash for every value there is."""
    return {
        "every value once: 2^n": [(bits, 2**bits) for bits in sizes],
        f"measured: middle of {searches} searches":
            [(bits, median(counts(bits, searches))) for bits in sizes],
        "birthday curve: 1.18 · 2^(n/2)": [(bits, half_way(bits)) for bits in sizes],
    }


def every_pin() -> list[str]:
    """"0000" to "9999"."""
    return [f"{number:04}" for number in range(10_000)]


def stolen_digest() -> bytes:
    """The SHA-256 of somebody's PIN, four digits as text, as it was found in a stolen table."""
    pin = 1000 + int.from_bytes(seeded("a PIN that somebody chose")(2), "big") % 9000
    return sha256(b"%d" % pin).digest()
