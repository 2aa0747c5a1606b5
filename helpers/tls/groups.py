"""Key exchange: two ways to agree on a pre-master secret. The arithmetic is `cryptography`'s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription, NamedGroup

PRE_MASTER_SECRET_LENGTH = 48
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RandomBytes = Callable[[int], bytes]
"""`random(n)` gives n bytes: `os.urandom`, or a seeded one so that a run repeats."""


@dataclass(frozen=True, slots=True)
class Share:
    """One end's ephemeral key pair in a group: `public` as it is sent, `private` kept."""

    group: int
    public: bytes
    private: X25519PrivateKey | ec.EllipticCurvePrivateKey


def generate_share(group: int, random: RandomBytes) -> Share:
    """A fresh key pair in x25519 or secp256r1. Raises TLSError for any other group."""
    if group == NamedGroup.x25519:
        private = X25519PrivateKey.from_private_bytes(random(32))
        return Share(group, private.public_key().public_bytes_raw(), private)
    if group == NamedGroup.secp256r1:
        # 16 bytes more than the order has: the remainder is then uniform enough (FIPS 186-5 A.2.1)
        number = int.from_bytes(random(48), "big") % (_P256_ORDER - 1) + 1
        private = ec.derive_private_key(number, ec.SECP256R1())
        public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Share(group, public, private)
    raise TLSError(AlertDescription.illegal_parameter, f"the group {group} was not offered")


def shared_secret(share: Share, peer_public: bytes) -> bytes:
    """The Diffie-Hellman result: 32 bytes, in TLS 1.2 the pre-master secret (RFC 8422 section
    5.10). Raises TLSError (illegal_parameter) if the peer's share is no point of the group or
    would give the all-zero secret (RFC 8422 section 5.11)."""
    try:
        if share.group == NamedGroup.x25519:
            return share.private.exchange(X25519PublicKey.from_public_bytes(peer_public))
        if peer_public[:1] != b"\x04":
            raise ValueError("not an uncompressed point")
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), peer_public)
        return share.private.exchange(ec.ECDH(), point)
    except ValueError:
        raise TLSError(AlertDescription.illegal_parameter,
                       f"the peer's {len(peer_public)}-byte share is not a usable point of "
                       f"{NamedGroup(share.group).name}") from None


def new_pre_master_secret(client_version: int, random: RandomBytes) -> bytes:
    """48 bytes: the version the client offered, then 46 random ones (RFC 5246 section 7.4.7.1)."""
    return client_version.to_bytes(2, "big") + random(PRE_MASTER_SECRET_LENGTH - 2)


def encrypt_pre_master_secret(secret: bytes, public_key: rsa.RSAPublicKey) -> bytes:
    """PKCS#1 v1.5 encryption to the certificate's key (RFC 5246 section 7.4.7.1). History:
    RFC 10015 forbids this key exchange. The padding is random and not injected. Raises TLSError
    (bad_certificate) if the key is too short to hold the secret."""
    try:
        return public_key.encrypt(secret, padding.PKCS1v15())
    except ValueError:
        raise TLSError(AlertDescription.bad_certificate,
                       f"{len(secret)} bytes cannot be encrypted to a {public_key.key_size}-bit "
                       "RSA key") from None


def decrypt_pre_master_secret(encrypted: bytes, private_key: rsa.RSAPrivateKey) -> bytes:
    """What the server, or whoever has its key, gets out of ClientKeyExchange.

    On wrong padding OpenSSL answers with random-looking bytes and no error (implicit rejection),
    and so does this. Raises TLSError (decrypt_error) when the length cannot be right."""
    try:
        return private_key.decrypt(encrypted, padding.PKCS1v15())
    except ValueError:
        raise TLSError(AlertDescription.decrypt_error,
                       f"{len(encrypted)} bytes are no RSA ciphertext for a "
                       f"{private_key.key_size}-bit key") from None
