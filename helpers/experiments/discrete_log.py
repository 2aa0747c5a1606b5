"""How long a listener searches for a private number: watched, and counted by size."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from helpers.progress import Progress
from helpers.toy import baby_step_giant_step, is_prime, search, tried_privates
from helpers.toy.dh import Found

SIZES = (8, 10, 12, 14, 16, 18, 20, 22)
"""Bits of the primes for which every step of a search is counted."""
CLEVER_SIZES = (*SIZES, 26, 30, 34)


def hunt(prime: int, base: int, share: int) -> Generator[Progress, None, int]:
    """Try one private number after the other, telling how far it is; gives the one that fits.

    ValueError if none does."""
    private = 0
    for private in tried_privates(prime, base, share):
        if private % 20_000 == 0:
            yield Progress(private, prime - 1, f"tried up to {private:,}")
    yield Progress(private, prime - 1, f"{private:,} fits")
    return private


def good_prime(bits: int) -> tuple[int, int]:
    """(p, g): the largest prime p = 2 * q + 1 below 2 ** bits with q prime, too, and the smallest
    g whose powers are all numbers from 1 to p - 1. ValueError for fewer than 4 bits."""
    if bits < 4:
        raise ValueError(f"a prime of {bits} bits is too small to be of use")
    odd = range(2**bits - 1, 7, -2)
    prime = next(p for p in odd if is_prime(p) and is_prime(p // 2))
    base = next(g for g in range(2, prime) if pow(g, prime // 2, prime) != 1 and g * g != 1)
    return prime, base


def steps_by_size(sizes: Sequence[int] = SIZES, clever: Sequence[int] = CLEVER_SIZES,
                  ) -> dict[str, list[tuple[float, float]]]:
    """{way: [(bits of p, steps counted)]} for a private number half way up: what a search takes
    on average. Counted, so the same on every machine."""
    return {
        "try 1, 2, 3, ...": [(bits, _halfway(search, bits)) for bits in sizes],
        "baby steps, giant steps": [(bits, _halfway(baby_step_giant_step, bits))
                                    for bits in clever],
    }


def _halfway(undo: Callable[[int, int, int], Found], bits: int) -> float:
    prime, base = good_prime(bits)
    return undo(prime, base, pow(base, prime // 2 - 1, prime)).steps
