"""Diffie-Hellman with small numbers, and two ways to undo it: the discrete logarithm.

Everything is arithmetic modulo a prime p; g is the number whose powers are taken. Both ends use
Python's own `pow`, as in RFC 2631; only the size of the numbers is a toy's.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import NamedTuple

from helpers.toy.primes import is_prime


class Found(NamedTuple):
    """A private number that fits a share, and how many multiplications it took to find it."""

    private: int
    steps: int


def powers(g: int, p: int) -> Iterator[int]:
    """g, g^2, g^3, ... modulo p, one multiplication each; the last one is 1.

    ValueError if p is no prime above 2 or g is not from 1 to p - 1.
    """
    _check(g, p)
    power = g
    while power != 1:
        yield power
        power = power * g % p
    yield 1


def order_of(g: int, p: int) -> int:
    """How many different powers g has modulo p: the number of secrets there can be. Counted one
    by one, so for small p."""
    return sum(1 for _ in powers(g, p))


def tried_privates(p: int, g: int, share: int) -> Iterator[int]:
    """Every private number that is tried, 1, 2, 3, ...; the last one fits: g^it = share mod p.

    Takes as many steps as the answer is large. ValueError at the end if no power of g fits.
    """
    for private, power in enumerate(powers(g, p), start=1):
        yield private
        if power == share:
            return
    raise ValueError(f"{share} is no power of {g} modulo {p}")


def search(p: int, g: int, share: int) -> Found:
    """The private number behind a share, by trying one after the other."""
    steps = sum(1 for _ in tried_privates(p, g, share))
    return Found(steps, steps)


def baby_step_giant_step(p: int, g: int, share: int) -> Found:
    """The same, in about 2 * sqrt(p) steps and with a table of sqrt(p) numbers (Shanks, 1971).

    private = giant * size - baby: list share * g^baby for all babies, then take giant steps of
    `size` until one of them is in the list. ValueError if no power of g fits.
    """
    _check(g, p)
    size = isqrt(p - 2) + 1
    table, value = {}, share % p
    for baby in range(size):
        table.setdefault(value, baby)
        value = value * g % p
    leap, value, best = pow(g, size, p), 1, 0
    for giant in range(1, size + 1):
        value = value * leap % p
        if value in table:
            best = giant * size - table[value]
            if pow(g, best, p) == share % p:
                return Found(best, size + giant)
    raise ValueError(f"{share} is no power of {g} modulo {p}")


def _check(g: int, p: int) -> None:
    if p < 3 or not is_prime(p):
        raise ValueError(f"p has to be a prime above 2, and {p} is not")
    if not 1 <= g < p:
        raise ValueError(f"g has to be from 1 to {p - 1}, and {g} is not")
