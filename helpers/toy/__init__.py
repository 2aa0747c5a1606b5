"""Cryptography with numbers small enough to follow: never for a secret.

Each module does by hand what `cryptography` does for real, so that every step can be looked at.
Nothing in tls/ or pki/ imports from here, and each is tested against the real thing.
"""

from helpers.toy.curve import INFINITY, MIDDLE, SMALL, Curve, Group
from helpers.toy.primes import is_prime
from helpers.toy.sha256 import padding, resume, toy_sha256

__all__ = [
    "INFINITY",
    "MIDDLE",
    "SMALL",
    "Curve",
    "Group",
    "is_prime",
    "padding",
    "resume",
    "toy_sha256",
]
