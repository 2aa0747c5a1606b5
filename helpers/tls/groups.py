"""Key exchange: how two ends agree on a secret. The arithmetic is `cryptography`'s."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.tls.errors import TLSError
from helpers.tls.extensions13 import CIPHERTEXT_LENGTH, ENCAPSULATION_KEY_LENGTH
from helpers.tls.registry import AlertDescription, NamedGroup

PRE_MASTER_SECRET_LENGTH = 48
_SEED_LENGTH = 64  # of an ML-KEM key pair (FIPS 203 section 7.1)
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RandomBytes = Callable[[int], bytes]
"""`random(n)` gives n bytes: `os.urandom`, or a seeded one so that a run repeats."""

GROUPS12 = (NamedGroup.x25519, NamedGroup.secp256r1)
GROUPS = (NamedGroup.X25519MLKEM768, *GROUPS12)
"""What the engine can use, best first. The hybrid is for TLS 1.3 alone (RFC 10024)."""


class Share(NamedTuple):
    """One end's ephemeral key pair in a group: `public` as it is sent, `private` kept, and for
    the hybrid the ML-KEM key pair's private half too."""

    group: int
    public: bytes
    private: X25519PrivateKey | ec.EllipticCurvePrivateKey
    private_mlkem: MLKEM768PrivateKey | None = None


def generate_share(group: int, random: RandomBytes) -> Share:
    """A fresh key pair in x25519, secp256r1 or X25519MLKEM768 (ML-KEM's encapsulation key first,
    1,184 + 32 bytes). Raises TLSError for any other group."""
    if group == NamedGroup.x25519:
        private = X25519PrivateKey.from_private_bytes(random(32))
        return Share(group, private.public_key().public_bytes_raw(), private)
    if group == NamedGroup.secp256r1:
        # 16 bytes more than the order has: the remainder is then uniform enough (FIPS 186-5 A.2.1)
        number = int.from_bytes(random(48), "big") % (_P256_ORDER - 1) + 1
        private = ec.derive_private_key(number, ec.SECP256R1())
        point = private.public_key().public_numbers()
        public = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
        return Share(group, public, private)  # uncompressed: RFC 9846 section 4.3.8.2
    if group == NamedGroup.X25519MLKEM768:
        mlkem = MLKEM768PrivateKey.from_seed_bytes(random(_SEED_LENGTH))
        half = generate_share(NamedGroup.x25519, random)
        public = mlkem.public_key().public_bytes_raw() + half.public
        return Share(group, public, half.private, mlkem)
    raise TLSError(AlertDescription.illegal_parameter, f"the group {group} was not offered")


def shared_secret(share: Share, peer_public: bytes) -> bytes:
    """What both ends can compute: the Diffie-Hellman result, 32 bytes, in TLS 1.2 the pre-master
    secret (RFC 8422 section 5.10); with the hybrid, at the client, ML-KEM's 32 bytes before it.

    Raises TLSError (illegal_parameter) if the peer's share is no point of the group, or would give
    the all-zero secret (RFC 8422 section 5.11), or is no ML-KEM ciphertext."""
    try:
        if share.private_mlkem is not None:
            ciphertext, x25519 = _halves(peer_public, CIPHERTEXT_LENGTH)
            return share.private_mlkem.decapsulate(ciphertext) + _exchange(share, x25519)
        return _exchange(share, peer_public)
    except ValueError:
        raise _useless(share.group, peer_public) from None


def answer_share(group: int, peer_public: bytes, random: RandomBytes) -> tuple[bytes, bytes]:
    """The server's side in one go: the share that it sends, and the shared secret.

    ML-KEM draws the randomness of an encapsulation itself: `cryptography` takes none from outside,
    so a server's hybrid share does not repeat. Raises TLSError (illegal_parameter) as above."""
    if group != NamedGroup.X25519MLKEM768:
        share = generate_share(group, random)
        return share.public, shared_secret(share, peer_public)
    try:
        key, x25519 = _halves(peer_public, ENCAPSULATION_KEY_LENGTH)
        secret, ciphertext = MLKEM768PublicKey.from_public_bytes(key).encapsulate()
        half = generate_share(NamedGroup.x25519, random)
        return ciphertext + half.public, secret + _exchange(half, x25519)
    except ValueError:
        raise _useless(group, peer_public) from None


def _halves(public: bytes, length: int) -> tuple[bytes, bytes]:
    """ML-KEM's part, then X25519's (RFC 10024)."""
    if len(public) != length + 32:
        raise ValueError("a hybrid share of the wrong length")
    return public[:length], public[length:]


def _exchange(share: Share, peer_public: bytes) -> bytes:
    if share.group != NamedGroup.secp256r1:
        return share.private.exchange(X25519PublicKey.from_public_bytes(peer_public))
    if peer_public[:1] != b"\x04":
        raise ValueError("not an uncompressed point")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), peer_public)
    return share.private.exchange(ec.ECDH(), point)


def _useless(group: int, public: bytes) -> TLSError:
    return TLSError(AlertDescription.illegal_parameter, f"the peer's {len(public)}-byte share is "
                    f"not a usable point of {NamedGroup(group).name}")


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


def received_pre_master_secret(encrypted: bytes, private_key: rsa.RSAPrivateKey,
                               client_version: int, random: RandomBytes) -> bytes:
    """The server's way: 48 bytes, whatever came. What does not decrypt to 48 bytes that begin with
    the version the client offered is replaced by random ones, and the handshake fails only at
    Finished: a server that says what was wrong can be made to decrypt (Bleichenbacher's attack;
    RFC 5246 section 7.4.7.1)."""
    instead = new_pre_master_secret(client_version, random)
    try:
        secret = decrypt_pre_master_secret(encrypted, private_key)
    except TLSError:
        return instead
    fits = len(secret) == PRE_MASTER_SECRET_LENGTH and secret[:2] == instead[:2]
    return secret if fits else instead
