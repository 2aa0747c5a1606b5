"""SHA-256 in plain Python, opened up: its state can be read, set and stopped half-way.

hashlib hides all of this, rightly. Here it is needed twice: to go on hashing from a digest, which
is a length extension, and to stop after a few rounds and see how far one changed bit has spread.
About a thousand times slower than hashlib. Source: FIPS 180-4, sections 4.1.2, 5.1.1 and 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from math import isqrt

BLOCK = 64
"""Bytes that one call of `compress` takes in."""
ROUNDS = 64
_WORD = 0xFFFFFFFF

State = tuple[int, ...]
"""Eight numbers of 32 bits: everything SHA-256 remembers of what it has read."""


def _primes() -> Iterator[int]:
    return (number for number in count(2)
            if all(number % divisor for divisor in range(2, isqrt(number) + 1)))


def _cube_root(number: int) -> int:
    """The whole part of the cube root, without rounding errors."""
    root = round(number ** (1 / 3))
    while root**3 > number:
        root -= 1
    while (root + 1) ** 3 <= number:
        root += 1
    return root


# The first 32 bits behind the point of the square roots of the first 8 primes, and of the cube
# roots of the first 64: numbers with nothing up their sleeves.
START: State = tuple(isqrt(prime << 64) & _WORD for prime in islice(_primes(), 8))
_ROUND = [_cube_root(prime << 96) & _WORD for prime in islice(_primes(), ROUNDS)]


def padding(length: int) -> bytes:
    """What SHA-256 puts behind a message of `length` bytes, to fill up its last block: 80, zeros,
    and the length in bits (8 bytes). ValueError for a negative length."""
    if length < 0:
        raise ValueError(f"a message has 0 bytes or more, not {length}")
    return b"\x80" + bytes((BLOCK - 9 - length) % BLOCK) + (8 * length).to_bytes(8, "big")


def compress(state: State, block: bytes, *, rounds: int = ROUNDS) -> State:
    """The state after one more block of 64 bytes (FIPS 180-4 section 6.2.2).

    With fewer `rounds` than 64 it is not SHA-256 any more: only for looking at how it mixes.
    ValueError for a block of another length or for less than 0 or more than 64 rounds.
    """
    if len(block) != BLOCK or not 0 <= rounds <= ROUNDS:
        raise ValueError("a block of 64 bytes and 0 to 64 rounds, please")
    words = [int.from_bytes(block[at:at + 4], "big") for at in range(0, BLOCK, 4)]
    for at in range(16, rounds):
        early, late = words[at - 15], words[at - 2]
        mixed_early = _turn(early, 7) ^ _turn(early, 18) ^ early >> 3
        mixed_late = _turn(late, 17) ^ _turn(late, 19) ^ late >> 10
        words.append((words[at - 16] + mixed_early + words[at - 7] + mixed_late) & _WORD)
    a, b, c, d, e, f, g, h = state
    for word, constant in zip(words[:rounds], _ROUND, strict=False):
        choice = (e & f) ^ (~e & g)
        majority = (a & b) ^ (a & c) ^ (b & c)
        first = h + (_turn(e, 6) ^ _turn(e, 11) ^ _turn(e, 25)) + choice + constant + word
        second = (_turn(a, 2) ^ _turn(a, 13) ^ _turn(a, 22)) + majority
        a, b, c, d, e, f, g, h = (
            (first + second) & _WORD, a, b, c, (d + first) & _WORD, e, f, g)
    return tuple((old + new) & _WORD
                 for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def toy_sha256(data: bytes, *, state: State = START, already: int = 0,
               rounds: int = ROUNDS) -> bytes:
    """The digest of `data`: with the standard's start and all rounds, SHA-256.

    With another `state` it goes on from there, as if `already` bytes had gone in before. That is
    a whole number of blocks, or a ValueError.
    """
    if already % BLOCK:
        raise ValueError(f"{already} bytes are no whole number of blocks of {BLOCK}")
    whole = data + padding(already + len(data))
    for at in range(0, len(whole), BLOCK):
        state = compress(state, whole[at:at + BLOCK], rounds=rounds)
    return b"".join(word.to_bytes(4, "big") for word in state)


def state_of(digest: bytes) -> State:
    """The state that a digest *is*: nothing was hidden or cut off. ValueError for other lengths
    than 32 bytes."""
    if len(digest) != 32:
        raise ValueError(f"a SHA-256 digest has 32 bytes, not {len(digest)}")
    return tuple(int.from_bytes(digest[at:at + 4], "big") for at in range(0, 32, 4))


def resume(digest: bytes, already: int, more: bytes) -> bytes:
    """Go on hashing where a digest stopped: the SHA-256 of what it was made of, padding included
    (`already` bytes in all), with `more` behind it. What it was made of need not be known.

    ValueError if `already` is no whole number of blocks or `digest` no digest.
    """
    return toy_sha256(more, state=state_of(digest), already=already)


def _turn(word: int, by: int) -> int:
    """The 32 bits of `word`, turned to the right."""
    return (word >> by | word << 32 - by) & _WORD
