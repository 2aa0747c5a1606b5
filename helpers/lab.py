"""What makes the lab repeat: one clock, recorded keys, seeded bytes. Nothing here is secret.

Every key in `data/keys` is a TEST KEY, published with the course: never use one elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

DATA = Path(__file__).resolve().parent.parent / "data"
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
"""The moment at which the lab takes place, today and in ten years."""
HOST = "shop.example"
"""The site of the course: a name reserved for examples (RFC 2606), so nobody owns it."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def seeded(label: str) -> Callable[[int], bytes]:
    """A stand-in for `os.urandom`: the same label gives the same bytes, in the same order.

    Looks random and is not: whoever knows the label knows every byte.
    """
    taken = 0

    def random(length: int) -> bytes:
        nonlocal taken
        start, taken = taken, taken + length
        return hashlib.shake_256(f"how https works: {label}".encode()).digest(taken)[start:]

    return random


@cache
def key(name: str) -> PrivateKey:
    """A recorded test key: "server_rsa", "server_ecdsa", "intermediate", "root", "other_root", or
    "other_rsa", which belongs to nobody. By kind, for anybody: "p256", "p384", "ed25519",
    "rsa2048", "rsa3072", and "rsa1024", which is too short.

    Raises FileNotFoundError for another name. Skips OpenSSL's consistency checks of RSA numbers:
    they take 35 ms and these files do not change.
    """
    data = (DATA / "keys" / f"{name}.pem").read_bytes()
    return load_pem_private_key(data, password=None, unsafe_skip_rsa_key_validation=True)
