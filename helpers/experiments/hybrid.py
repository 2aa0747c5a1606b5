"""X25519MLKEM768 with keys we know: a ClientHello of ours, and what real OpenSSL answered.

The course's TLS client speaks 1.2, so the hello is OpenSSL's own with our share put in the place
of its share (tools/record_shares.py). The server is OpenSSL, its key log says what it derived: the
check that our 64 bytes are the right ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers import lab
from helpers.conversation import Conversation
from helpers.sources.capture import read
from helpers.tls.schedule13 import derive_secret, hkdf_extract

FOLDER = lab.DATA / "shares"
VISITS = ("first", "second")
KEY_SHARE, HYBRID = 51, 0x11EC
ENCAPSULATION_KEY, CIPHERTEXT, X25519 = 1184, 1088, 32
"""Lengths in bytes: of ML-KEM-768's public key, of its ciphertext, of an X25519 share."""


@dataclass(frozen=True)
class HybridKeys:
    """The client's two private keys: an ML-KEM-768 seed of 64 bytes, an X25519 key of 32."""

    seed: bytes
    private: bytes

    @property
    def share(self) -> bytes:
        """What the client sends, 1,216 bytes: the ML-KEM part first (RFC 10024)."""
        encapsulation_key = MLKEM768PrivateKey.from_seed_bytes(self.seed).public_key()
        public = X25519PrivateKey.from_private_bytes(self.private).public_key()
        return encapsulation_key.public_bytes_raw() + public.public_bytes_raw()

    def secret(self, server_share: bytes) -> bytes:
        """The 64 bytes both ends share: ML-KEM's 32, then X25519's 32 (RFC 10024).

        ValueError if the share has another length than 1,120 or X25519 gives all zeros."""
        if len(server_share) != CIPHERTEXT + X25519:
            raise ValueError(f"a server's hybrid share has {CIPHERTEXT + X25519} bytes, "
                             f"not {len(server_share)}")
        ml_kem = MLKEM768PrivateKey.from_seed_bytes(self.seed)
        x25519 = X25519PrivateKey.from_private_bytes(self.private)
        peer = X25519PublicKey.from_public_bytes(server_share[CIPHERTEXT:])
        return ml_kem.decapsulate(server_share[:CIPHERTEXT]) + x25519.exchange(peer)


def hybrid_keys(visit: str) -> HybridKeys:
    """The keys of one of the two visits, "first" or "second": seeded, so no secret."""
    random = lab.seeded(f"hybrid client, {visit}")
    return HybridKeys(random(64), random(32))


def hybrid_answer(visit: str) -> Conversation:
    """Our ClientHello and OpenSSL's answer to it. ValueError for another name."""
    if visit not in VISITS:
        raise ValueError(f"there are two visits, {' and '.join(VISITS)}, and no {visit!r}")
    return read(FOLDER / f"{visit}.json")


@dataclass(frozen=True)
class HybridVisit:
    """One of the two visits: our ClientHello, OpenSSL's answer, and what comes out of them."""

    conversation: Conversation
    keys: HybridKeys

    @property
    def secret(self) -> bytes:
        """The 64 bytes, from our end."""
        return self.keys.secret(key_shares(self.conversation)["server"][HYBRID])

    @property
    def logged_secret(self) -> bytes:
        """The server's traffic secret, as OpenSSL wrote it into its key log."""
        return logged_traffic_secret(self.conversation)

    def traffic_secret(self, shared_secret: bytes) -> bytes:
        """The same, derived from a shared secret and the two Hellos."""
        return server_traffic_secret(self.conversation, shared_secret)


def hybrid_visit(name: str) -> HybridVisit:
    """The visit "first" or "second". ValueError for another name."""
    return HybridVisit(hybrid_answer(name), hybrid_keys(name))


def key_shares(conversation: Conversation) -> dict[str, dict[int, bytes]]:
    """{"client": {group: share}, "server": {group: share}} of a TLS 1.3 conversation's Hellos.

    KeyError for a Hello without a key_share extension (RFC 9846 section 4.3.8)."""
    group, share = _extension(conversation, "server_hello")
    return {"client": dict(_extension(conversation, "client_hello")), "server": {group: share}}


def server_traffic_secret(conversation: Conversation, shared_secret: bytes) -> bytes:
    """The secret behind the server's first encrypted records, from what both ends shared.

    For a suite with SHA-256 and without a pre-shared key (RFC 9846 section 7.1)."""
    early_secret = hkdf_extract(bytes(32), bytes(32))
    salt = derive_secret(early_secret, "derived", b"")
    handshake_secret = hkdf_extract(salt, shared_secret)
    hellos = b"".join(conversation.find(name).data for name in ("client_hello", "server_hello"))
    return derive_secret(handshake_secret, "s hs traffic", hellos)


def logged_traffic_secret(conversation: Conversation) -> bytes:
    """The same as OpenSSL wrote it into its key log (RFC 9850). KeyError if it is not there."""
    for line in conversation.keylog:
        label, _, secret = line.split()
        if label == "SERVER_HANDSHAKE_TRAFFIC_SECRET":
            return bytes.fromhex(secret)
    raise KeyError("no SERVER_HANDSHAKE_TRAFFIC_SECRET in the key log")


def _extension(conversation: Conversation, message: str) -> Any:
    found = conversation.find(message).parsed.extension(KEY_SHARE)
    if found is None:
        raise KeyError(f"no key_share in the {message}")
    return found.value
