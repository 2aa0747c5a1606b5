"""Moduli of 2048 bits, four of them made carelessly, and three cheap ways to take one apart.

The primes are found from seeded bytes and a stored distance, so nothing here is generated anew
and nothing is secret. The faults are real ones: close primes (Böck, IACR ePrint 2023/026), a
prime shared by two devices (Heninger and others, USENIX Security 2012), and a small factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import gcd, prod

from helpers import lab
from helpers.toy.rsa import close_factors, divisors_tried

# label: (bits, distance from the seeded start to the next prime), proved by a test
PRIMES = {"A": (1024, 350), "B": (1024, 800), "C": (1024, 1938), "D": (1024, 160),
          "D, the next one": (1024, 322), "E": (2034, 866), "G": (1024, 50),
          "H": (1024, 84), "oracle p": (93, 78), "oracle q": (93, 66)}  # fmt: skip
SMALL_PRIME = 10007
MOST_DIVISORS, MOST_STEPS = 6000, 1000

MODULI = {"router 1": ("A", "B"), "router 2": ("A", "C"), "printer": ("D", "D, the next one"),
          "old phone": ("E",), "web shop": ("G", "H")}  # fmt: skip
ATTACKS = {"try small divisors": "divide", "look for two close primes": "close",
           "compare with the other four keys": "shared"}  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """One attack on one modulus: the factor it found, or None, and how many steps it took."""

    target: str
    attack: str
    bits: int
    factor: int | None
    steps: int

    @property
    def fell(self) -> bool:
        return self.factor is not None


@cache
def prime(label: str) -> int:
    """A prime of the lab. KeyError for another label."""
    bits, distance = PRIMES[label]
    seed = lab.seeded(f"rsa prime {label.split(',')[0]}")(-(-bits // 8))
    start = int.from_bytes(seed, "big") >> (-bits % 8)
    return (start | 3 << (bits - 2) | 1) + distance


@cache
def modulus(target: str) -> int:
    """The modulus of one of the five devices. KeyError for another name."""
    return prod(map(prime, MODULI[target])) * (SMALL_PRIME if target == "old phone" else 1)


@cache
def attack_modulus(target: str, attack: str) -> Attack:
    """Run an attack: "divide", "close" or "shared". KeyError for another one.

    Each gives up after some thousand steps: a learner's machine, not a laboratory.
    """
    n = modulus(target)
    factor, steps = {"divide": _divide, "close": _close, "shared": _shared}[attack](target, n)
    assert factor is None or n % factor == 0
    return Attack(target, attack, n.bit_length(), factor, steps)


def _divide(target: str, n: int) -> tuple[int | None, int]:
    for step, divisor in enumerate(divisors_tried(n), start=1):
        if n % divisor == 0:
            return divisor, step
        if step == MOST_DIVISORS:
            return None, step
    return None, 0


def _close(target: str, n: int) -> tuple[int | None, int]:
    found = close_factors(n, MOST_STEPS)
    return (found[0], found[2]) if found else (None, MOST_STEPS)


def _shared(target: str, n: int) -> tuple[int | None, int]:
    others = [modulus(name) for name in MODULI if name != target]
    for step, other in enumerate(others, start=1):
        if 1 < (factor := gcd(n, other)) < n:
            return factor, step
    return None, len(others)
