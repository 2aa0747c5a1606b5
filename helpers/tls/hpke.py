"""HPKE, RFC 9180: sealing something to a public key, so that only the owner of its private key can
open it. One way of it: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.

`cryptography` has HPKE for one message at a time and without associated data; Encrypted
ClientHello needs associated data, and sometimes a second message. The arithmetic is its all the
same: here is only the key schedule.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from helpers.tls.groups import RandomBytes
from helpers.tls.hkdf13 import hkdf_extract, nonce_of

KEM, KDF, AEAD = 0x0020, 0x0001, 0x0001  # their numbers in section 7
ENC_LENGTH, TAG_LENGTH = 32, 16  # of an encapsulated key, and what sealing adds
_HASH_LENGTH, _KEY_LENGTH, _NONCE_LENGTH = 32, 16, 12
_FOR_KEM = b"KEM" + KEM.to_bytes(2, "big")
_FOR_ALL = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (KEM, KDF, AEAD))


class Context:
    """What both ends have once the key is agreed on (section 5.2): each message has the next
    nonce, counted from 0."""

    def __init__(self, shared_secret: bytes, info: bytes):
        """Section 5.1, KeySchedule in base mode. `info` is what both ends know and agree on."""
        self.shared_secret = shared_secret
        self.sequence_number = 0
        context = b"\0" + _extract(_FOR_ALL, b"", b"psk_id_hash", b"") + \
            _extract(_FOR_ALL, b"", b"info_hash", info)
        secret = _extract(_FOR_ALL, shared_secret, b"secret", b"")
        self.key = _expand(_FOR_ALL, secret, b"key", context, _KEY_LENGTH)
        self.base_nonce = _expand(_FOR_ALL, secret, b"base_nonce", context, _NONCE_LENGTH)

    def seal(self, associated: bytes, plaintext: bytes) -> bytes:
        """The ciphertext, 16 bytes longer; `associated` is not in it, but bound to it."""
        sealed = AESGCM(self.key).encrypt(self._nonce(), plaintext, associated)
        self.sequence_number += 1
        return sealed

    def open(self, associated: bytes, ciphertext: bytes) -> bytes:
        """The plaintext. Raises InvalidTag if a bit of either is another, or the key is."""
        plaintext = AESGCM(self.key).decrypt(self._nonce(), ciphertext, associated)
        self.sequence_number += 1
        return plaintext

    def _nonce(self) -> bytes:
        return nonce_of(self.base_nonce, self.sequence_number)


def sender(public_key: bytes, info: bytes, random: RandomBytes) -> tuple[bytes, Context]:
    """Who seals (section 5.1.1): the encapsulated key, 32 bytes to be sent along, and the Context.
    Raises ValueError for a public key that is of no use."""
    ephemeral = X25519PrivateKey.from_private_bytes(random(32))
    enc = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    return enc, Context(_shared_secret(shared, enc, public_key), info)


def receiver(enc: bytes, private_key: X25519PrivateKey, info: bytes) -> Context:
    """Who opens (section 5.1.1). Raises ValueError for an `enc` that is of no use."""
    shared = private_key.exchange(X25519PublicKey.from_public_bytes(enc))
    return Context(_shared_secret(shared, enc, private_key.public_key().public_bytes_raw()), info)


def _shared_secret(shared: bytes, enc: bytes, public_key: bytes) -> bytes:
    """Section 4.1, ExtractAndExpand: bound to both public keys."""
    secret = _extract(_FOR_KEM, b"", b"eae_prk", shared)
    return _expand(_FOR_KEM, secret, b"shared_secret", enc + public_key, _HASH_LENGTH)


def _extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    """Section 4, LabeledExtract."""
    return hkdf_extract(salt, b"HPKE-v1" + suite + label + key)


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """Section 4, LabeledExpand."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), length, labeled).derive(secret)
