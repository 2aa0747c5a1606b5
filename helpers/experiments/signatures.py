"""Sign a letter, change something, and ask the verifier.

The keys are the lab's test keys. Everything is signed and verified by `cryptography`; the names
of the algorithms are those of TLS (RFC 9846 section 4.3.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from helpers import lab

_SHA256 = hashes.SHA256()
_PSS = padding.PSS(padding.MGF1(_SHA256), salt_length=32)
# The orders of the two groups: SEC 2 version 2.0 section 2.4.2, and RFC 8032 section 5.1.
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493
LETTER = b"Pay 100 euro to Ann."


def verifies(public_key: Any, signature: bytes, message: bytes, *how: Any) -> bool:
    """Whether `public_key.verify(signature, message, *how)` accepts. `verify` itself returns
    nothing when all is well and raises InvalidSignature when not; any other error comes
    through, for it means that the question was wrong."""
    try:
        public_key.verify(signature, message, *how)
    except InvalidSignature:
        return False
    return True


def ed25519_key(label: str = "the shop") -> Ed25519PrivateKey:
    """A test key made from its label: the same on every run, and no secret."""
    return Ed25519PrivateKey.from_private_bytes(lab.seeded(f"ed25519 of {label}")(32))


class Letters(NamedTuple):
    """Some letters that read alike, and one signature with its public key."""

    letters: tuple[bytes, ...]
    signature: bytes
    public_key: Any


def letters() -> Letters:
    """Five letters; one of them, and only one, was signed."""
    written = (b"Pay 100 euro to Anne.", b"Pay 100 Euro to Ann.", b"Pay 100 euro to Ann",
               b"Pay 100 euro to Ann.\n", LETTER)
    owner = ed25519_key("Ann's bank")
    return Letters(written, owner.sign(written[2]), owner.public_key())


# --- sign and tamper ---------------------------------------------------------------------------


class Signer(NamedTuple):
    """One algorithm: how it signs with the shop's key and with another's, and what `verify` is
    told besides signature and message."""

    sign: Callable[[bytes], bytes]
    other: Callable[[bytes], bytes]
    public_key: Any
    how: tuple[Any, ...]


@dataclass(frozen=True)
class Tampered:
    """What was sent and how the check went. `place` is the changed byte, or None."""

    algorithm: str
    change: str
    message: bytes
    signature: bytes
    place: int | None
    accepted: bool
    why: str


ALGORITHMS = ("rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256", "ed25519")
CHANGES = ("nothing", "message", "signature", "twin", "signer")


@cache
def _signer(algorithm: str) -> Signer:
    if algorithm == "rsa_pss_rsae_sha256":
        key, other = lab.key("server_rsa"), lab.key("other_rsa")
        how: tuple[Any, ...] = (_PSS, _SHA256)
        return Signer(lambda m: key.sign(m, *how), lambda m: other.sign(m, *how),
                      key.public_key(), how)
    if algorithm == "ecdsa_secp256r1_sha256":
        key, other = lab.key("server_ecdsa"), lab.key("other_root")
        how, told = (ec.ECDSA(_SHA256),), ec.ECDSA(_SHA256, deterministic_signing=True)
        return Signer(lambda m: key.sign(m, told), lambda m: other.sign(m, told),
                      key.public_key(), how)
    key, other = ed25519_key(), ed25519_key("somebody else")
    return Signer(key.sign, other.sign, key.public_key(), ())


@cache
def original(algorithm: str) -> bytes:
    """The shop's signature over LETTER, made once."""
    return _signer(algorithm).sign(LETTER)


def tamper_with(algorithm: str, change: str, place: int = 0) -> Tampered:
    """The signed LETTER with one thing changed, and what the verifier says to it.

    `change` is one of CHANGES; `place` is the byte whose lowest bit is flipped, in the message
    or in the signature. Raises ValueError for anything else.
    """
    if algorithm not in ALGORITHMS or change not in CHANGES:
        raise ValueError(f"no such case: {algorithm}, {change}")
    signer, message, signature = _signer(algorithm), LETTER, original(algorithm)
    if change == "message":
        message = _flipped(message, place)
    elif change == "signature":
        signature = _flipped(signature, place)
    elif change == "twin":
        signature = _TWINS[algorithm](signature)
    elif change == "signer":
        signature = signer.other(message)
    accepted = verifies(signer.public_key, signature, message, *signer.how)
    at = place if change in ("message", "signature") else None
    return Tampered(algorithm, change, message, signature, at, accepted,
                    _why(algorithm, change))


def _flipped(source: bytes, place: int) -> bytes:
    if not 0 <= place < len(source):
        raise ValueError(f"there is no byte {place} in {len(source)}")
    return source[:place] + bytes([source[place] ^ 1]) + source[place + 1:]


def _rsa_twin(signature: bytes) -> bytes:
    """The same number modulo n, one n larger."""
    larger = int.from_bytes(signature, "big") + lab.key("server_rsa").public_key(
    ).public_numbers().n
    return larger.to_bytes((larger.bit_length() + 7) // 8, "big")


def _ecdsa_twin(signature: bytes) -> bytes:
    """s replaced by n - s: the mirror image on the curve has the same x, hence the same r."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, P256_ORDER - s)


def _ed25519_twin(signature: bytes) -> bytes:
    """S replaced by S + L, the same number modulo the order L."""
    larger = int.from_bytes(signature[32:], "little") + ED25519_ORDER
    return signature[:32] + larger.to_bytes(32, "little")


_TWINS = dict(zip(ALGORITHMS, (_rsa_twin, _ecdsa_twin, _ed25519_twin), strict=True))
_TWIN_WORDS = {
    "rsa_pss_rsae_sha256": "The signature is a number below the modulus n; its twin is n larger. "
    "RFC 8017 section 5.2.2 has the verifier refuse every number that is not below n.",
    "ecdsa_secp256r1_sha256": "For each pair (r, s) the pair (r, n - s) solves the same equation, "
    "and anybody can compute it. It still says the same about the same message: nothing is forged.",
    "ed25519": "The twin is S + L. It would solve the equation, too, so RFC 8032 section 5.1.7 has "
    "the verifier refuse every S that is not below L.",
}


def _why(algorithm: str, change: str) -> str:
    if change == "twin":
        return _TWIN_WORDS[algorithm]
    return {
        "nothing": "Message, signature and public key belong together.",
        "message": "The signature belongs to the hash of another message. Which of the two was "
        "changed, the verifier cannot say: only that they do not belong together.",
        "signature": "No message was signed with these bytes. Which byte is wrong, and whether it "
        "is in the message or in the signature, the verifier cannot say.",
        "signer": "It is a perfect signature over this very message, by somebody else's private "
        "key. It does not belong to the shop's public key.",
    }[change]
