"""Taking a modulus apart by trying divisors: step by step, and by the clock."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from math import isqrt

from helpers.progress import Progress
from helpers.toy import is_prime
from helpers.toy.rsa import divisors_tried, smallest_factor

from .timing import race

SIZES = (20, 26, 32, 38, 44)
"""Bits of the moduli that are timed: each 6 bits more are 8 times as many divisors."""


def factor_search(n: int) -> Generator[Progress, None, int]:
    """Try divisors until one divides n, telling how far it is; gives that factor (n if prime)."""
    total, divisor, done = (isqrt(n) + 1) // 2, n, 0
    for done, divisor in enumerate(divisors_tried(n), start=1):
        if done % 5000 == 0:
            yield Progress(done, total, f"tried up to {divisor:,}")
    factor = divisor if n % divisor == 0 else n
    yield Progress(done, total, "found" if factor < n else "n is prime")
    return factor


def balanced_modulus(bits: int) -> int:
    """The product of the two largest primes below 2 ** (bits / 2): the hardest kind of its size
    for trial division. ValueError for an odd number of bits or fewer than 6."""
    if bits < 6 or bits % 2:
        raise ValueError(f"a modulus of {bits} bits has no two primes of half its size")
    below = range(2 ** (bits // 2) - 1, 2, -2)
    primes = filter(is_prime, below)
    return next(primes) * next(primes)


def factoring_times(sizes: Sequence[int] = SIZES) -> list[tuple[float, float]]:
    """(bits, seconds that trial division takes here) for moduli of these sizes."""
    moduli = {bits: balanced_modulus(bits) for bits in sizes}
    searches = {str(bits): partial(smallest_factor, n) for bits, n in moduli.items()}
    turns = [race(searches), race(searches)]  # a busy moment spoils one of them at most
    return [(bits, min(turn[str(bits)] for turn in turns)) for bits in sizes]


def carried_on(times: Sequence[tuple[float, float]], last: int) -> list[tuple[float, float]]:
    """From the largest measured size on, calculated: two bits more, twice as long, up to `last`
    bits. Nobody waited for these."""
    bits, seconds = times[-1]
    return [(size, seconds * 2 ** ((size - bits) / 2)) for size in range(int(bits), last + 1, 4)]
