"""Cryptography with numbers small enough to follow: never for a secret.

Each module does by hand what `cryptography` does for real, so that every step can be looked at.
Nothing in tls/ or pki/ imports from here, and each is tested against the real thing.
"""

from helpers.toy.curve import INFINITY, SMALL, Curve, Group
from helpers.toy.dh import baby_step_giant_step, order_of, search, tried_privates
from helpers.toy.ghash import gcm_divide, gcm_multiply
from helpers.toy.primes import is_prime
from helpers.toy.rsa import RsaKey, close_factors, integer_root, smallest_factor
from helpers.toy.sha256 import padding, resume, toy_sha256
from helpers.toy.x25519 import x25519_unchecked

__all__ = [
    "INFINITY",
    "SMALL",
    "Curve",
    "Group",
    "RsaKey",
    "baby_step_giant_step",
    "close_factors",
    "gcm_divide",
    "gcm_multiply",
    "integer_root",
    "is_prime",
    "order_of",
    "padding",
    "resume",
    "search",
    "smallest_factor",
    "toy_sha256",
    "tried_privates",
    "x25519_unchecked",
]
