"""What a key exchange costs the server: computing time, measured here, and bytes."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from helpers import lab

_SECRET = bytes(range(48))


def exchange_actions() -> dict[str, Callable[[], object]]:
    """{way: what the server does for one connection}. X25519 and P-256: make a key pair and
    compute the secret. ML-KEM-768: encapsulate to the client's key. RSA: decrypt the pre-master
    secret (TLS 1.2; forbidden by RFC 10015)."""
    random = lab.seeded("exchange costs")
    x25519 = X25519PrivateKey.from_private_bytes(random(32)).public_key()
    p256 = ec.derive_private_key(int.from_bytes(random(31), "big"), ec.SECP256R1()).public_key()
    ml_kem = MLKEM768PrivateKey.from_seed_bytes(random(64)).public_key()
    rsa = lab.key("server_rsa")
    encrypted = rsa.public_key().encrypt(_SECRET, padding.PKCS1v15())
    return {
        "X25519": lambda: X25519PrivateKey.generate().exchange(x25519),
        "P-256": lambda: ec.generate_private_key(ec.SECP256R1()).exchange(ec.ECDH(), p256),
        "ML-KEM-768": ml_kem.encapsulate,
        "RSA, 2,048 bits": lambda: rsa.decrypt(encrypted, padding.PKCS1v15()),
    }
