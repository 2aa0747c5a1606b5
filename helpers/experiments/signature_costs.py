"""What a signature costs: bytes that travel, and time to sign and to verify.

The sizes are those of real keys and signatures made here; they are the same on every run. (An
ECDSA signature is written as two whole numbers and may be a few bytes shorter or longer: the
longest form counts.) The times are of this machine and this moment.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, mldsa, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers import lab

from .signatures import ed25519_key

TEXT = b"what a handshake signs has about this length: " + bytes(84)  # 130 bytes: CertificateVerify
LONGEST_P256 = 72  # SEQUENCE of two INTEGERs of 33 bytes each (RFC 3279 section 2.2.3)
_SHA256 = hashes.SHA256()
_PSS = (padding.PSS(padding.MGF1(_SHA256), salt_length=32), _SHA256)
_ECDSA = (ec.ECDSA(_SHA256),)


class Scheme(NamedTuple):
    """One algorithm ready to use: bytes of its public key as a certificate holds it
    (SubjectPublicKeyInfo), bytes of a signature, and an action for each of the two operations."""

    public_key: int
    signature: int
    sign: Callable[[], object]
    verify: Callable[[], object]


class Size(NamedTuple):
    """Bytes of one public key and of one signature."""

    public_key: int
    signature: int

    @property
    def together(self) -> int:
        return self.public_key + self.signature


def _scheme(private: object, how: tuple = ()) -> Scheme:
    public, signature = private.public_key(), private.sign(TEXT, *how)
    encoded = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Scheme(len(encoded), LONGEST_P256 if how == _ECDSA else len(signature),
                  lambda: private.sign(TEXT, *how),
                  lambda: public.verify(signature, TEXT, *how))


@cache
def schemes() -> dict[str, Scheme]:
    """The algorithms, those of today's certificates first. RSA-3072's key is new on every run:
    its size is not."""
    seed = lab.seeded("ml-dsa")(32)
    return {
        "RSA-2048 (PSS)": _scheme(lab.key("server_rsa"), _PSS),
        "RSA-3072 (PSS)": _scheme(rsa.generate_private_key(65537, 3072), _PSS),
        "ECDSA P-256": _scheme(lab.key("server_ecdsa"), _ECDSA),
        "Ed25519": _scheme(ed25519_key()),
        "ML-DSA-44": _scheme(mldsa.MLDSA44PrivateKey.from_seed_bytes(seed)),
        "ML-DSA-65": _scheme(mldsa.MLDSA65PrivateKey.from_seed_bytes(seed)),
        "ML-DSA-87": _scheme(mldsa.MLDSA87PrivateKey.from_seed_bytes(seed)),
    }


def signature_sizes() -> dict[str, Size]:
    """Bytes of public key and signature, by algorithm."""
    return {name: Size(one.public_key, one.signature) for name, one in schemes().items()}


def signature_actions(*names: str) -> dict[str, Callable[[], object]]:
    """{"RSA-2048 (PSS), sign": ..., "RSA-2048 (PSS), verify": ...}: something to time. Without
    names, all of them; KeyError for a name that is not there."""
    chosen = {name: schemes()[name] for name in names} or schemes()
    return {f"{name}, {what}": action for name, one in chosen.items()
            for what, action in (("sign", one.sign), ("verify", one.verify))}
