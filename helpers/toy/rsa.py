"""RSA with numbers small enough to follow: a key from two primes, and the bare operation.

Textbook RSA, without padding: never for a secret. tests/toy/test_rsa.py compares it with the
`cryptography` package. Source: RFC 8017, sections 3 (keys) and 5.1 (the operation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from math import gcd, isqrt, lcm

from .primes import is_prime


@dataclass(frozen=True)
class RsaKey:
    """A key made from two primes and a public exponent.

    Raises ValueError with one sentence for numbers that make no working key. Does not check that
    the primes are large, random or far apart: real keys must have all three.
    """

    p: int
    q: int
    e: int

    def __post_init__(self) -> None:
        if trouble := refusal(self.p, self.q, self.e):
            raise ValueError(trouble)

    @property
    def n(self) -> int:
        """The modulus: the part of the public key that both primes are hidden in."""
        return self.p * self.q

    @property
    def circle(self) -> int:
        """lcm(p - 1, q - 1): after so many multiplications modulo n every power comes back."""
        return lcm(self.p - 1, self.q - 1)

    @property
    def d(self) -> int:
        """The private exponent: the smallest with e * d = 1 modulo the circle."""
        return pow(self.e, -1, self.circle)

    def encrypt(self, message: int) -> int:
        """message ** e modulo n (RFC 8017 section 5.1.1). ValueError unless 0 <= message < n."""
        return pow(_fitting(message, self.n), self.e, self.n)

    def decrypt(self, ciphertext: int) -> int:
        """ciphertext ** d modulo n (section 5.1.2). ValueError unless 0 <= ciphertext < n."""
        return pow(_fitting(ciphertext, self.n), self.d, self.n)


def refusal(p: int, q: int, e: int) -> str:
    """Why p, q and e make no RSA key, in one sentence; empty when they do."""
    for name, number in (("p", p), ("q", q)):
        if not is_prime(number):
            return f"{name} = {number} is not a prime number."
    if p == q:
        return f"p and q are both {p}: the square root of n would give them away."
    if e < 2:
        return f"e = {e} is too small: it has to be 3 or more."
    for name, number in (("p", p), ("q", q)):
        if (shared := gcd(e, number - 1)) > 1:
            return (
                f"e = {e} and {name} - 1 = {number - 1} can both be divided by {shared}: "
                "no d can undo it."
            )
    return ""


def _fitting(number: int, n: int) -> int:
    if not 0 <= number < n:
        raise ValueError(f"{number} does not fit: a message is a number from 0 to n - 1 = {n - 1}.")
    return number


def divisors_tried(n: int) -> Iterator[int]:
    """Trial division, one divisor after another: 2, 3, 5, 7, 9 ... up to the root of n.

    Yields each divisor before it is tried, and stops behind the first that divides n; when none
    does, behind the last. Stopping early loses nothing.
    """
    last = isqrt(n)
    for divisor in chain((2,), count(3, 2)):
        if divisor > last:
            return
        yield divisor
        if n % divisor == 0:
            return


def smallest_factor(n: int) -> int:
    """The smallest factor of n above 1; n itself when n is prime. ValueError below 2.

    Trial division: about half the root of n divisions where n is a product of two such primes.
    """
    if n < 2:
        raise ValueError(f"{n} has no prime factor.")
    if n % 2 == 0:
        return 2
    return next((at for at in range(3, isqrt(n) + 1, 2) if n % at == 0), n)


def close_factors(n: int, most: int = 1000) -> tuple[int, int, int] | None:
    """Fermat's search: (smaller factor, larger factor, steps), or None after `most` steps.

    Finds the factors of an odd n at once when they are close to each other, whatever their size.
    """
    middle = isqrt(n - 1) + 1
    for step in range(1, most + 1):
        square = middle * middle - n
        half = isqrt(square)
        if half * half == square:
            return middle - half, middle + half, step
        middle += 1
    return None


def integer_root(number: int, degree: int) -> int:
    """The largest whole number whose `degree`-th power is not above `number`, exactly.

    >>> integer_root(1000, 3), integer_root(999, 3)
    (10, 9)
    """
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle)
    return low
