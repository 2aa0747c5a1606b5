"""What TLS 1.3 computes with HKDF and HMAC (RFC 9846 sections 4.5, 5.3 and 7.1; RFC 5869): one
small function each. `schedule13` puts them in order.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from helpers.tls.schedule12 import HASHES, hash_of

IV_LENGTH = 12  # of every AEAD that TLS 1.3 uses (RFC 9846 section 5.3)
_CONTEXTS = {"client": b"TLS 1.3, client CertificateVerify",
             "server": b"TLS 1.3, server CertificateVerify"}


def hkdf_extract(salt: bytes, input_key: bytes, hash_name: str = "SHA256") -> bytes:
    """Concentrates what is secret in `input_key` into one hash's length (RFC 5869 section 2.2)."""
    return HKDF.extract(HASHES[hash_name], salt, input_key)


def hkdf_label(label: str, context: bytes, length: int) -> bytes:
    """The HkdfLabel structure: what a secret is expanded with. Raises OverflowError if the label
    (with its "tls13 ") or the context is longer than 255 bytes, or the length than 2^16 - 1."""
    return _label_head(label, length, len(context)) + context


@lru_cache(maxsize=128)
def _label_head(label: str, length: int, context_length: int) -> bytes:
    full = b"tls13 " + label.encode("ascii")
    return (length.to_bytes(2, "big") + len(full).to_bytes(1, "big") + full
            + context_length.to_bytes(1, "big"))


def hkdf_expand_label(secret: bytes, label: str, context: bytes, length: int,
                      hash_name: str = "SHA256") -> bytes:
    """`length` bytes for the purpose that `label` names (RFC 9846 section 7.1). "tls13 " is put
    in front of the label here; `context` is b"" or a transcript hash."""
    return HKDFExpand(HASHES[hash_name], length, hkdf_label(label, context, length)).derive(secret)


def expand_label_with(keyed: HMAC, label: str, context: bytes, length: int) -> bytes:
    """`hkdf_expand_label` many times with one secret: HMAC is keyed with it once, and up to one
    hash's length needs one block of HKDF-Expand (RFC 5869 section 2.3)."""
    mac = keyed.copy()
    mac.update(_label_head(label, length, len(context)) + context + b"\x01")
    return mac.finalize()[:length]


def derive_secret(secret: bytes, label: str, messages: bytes, hash_name: str = "SHA256") -> bytes:
    """A secret tied to the handshake so far (RFC 9846 section 7.1). `messages` are the handshake
    messages in a row, their 4-byte headers included, record headers not; they are hashed here."""
    transcript_hash = hash_of(hash_name, messages)
    return hkdf_expand_label(secret, label, transcript_hash, len(transcript_hash), hash_name)


def finished_key(traffic_secret: bytes, hash_name: str = "SHA256") -> bytes:
    """The key of Finished's HMAC, from a handshake traffic secret (RFC 9846 section 4.5.3)."""
    length = HASHES[hash_name].digest_size
    return hkdf_expand_label(traffic_secret, "finished", b"", length, hash_name)


def verify_data(key: bytes, transcript_hash: bytes, hash_name: str = "SHA256") -> bytes:
    """What Finished says: HMAC with the `finished_key` over the hash of every handshake message
    before it (RFC 9846 section 4.5.3). 32 bytes with SHA-256, 48 with SHA-384."""
    mac = HMAC(key, HASHES[hash_name])
    mac.update(transcript_hash)
    return mac.finalize()


def nonce_of(iv: bytes, sequence_number: int) -> bytes:
    """The nonce of one record: the IV XOR the number of the record under this key, counted from 0
    (RFC 9846 section 5.3). Raises OverflowError for a number below 0 or beyond the IV's length."""
    return (int.from_bytes(iv, "big") ^ sequence_number).to_bytes(len(iv), "big")


def certificate_verify_content(sender: str, transcript_hash: bytes) -> bytes:
    """The bytes that CertificateVerify signs; `sender` is "client" or "server", the hash covers
    every message up to Certificate (RFC 9846 section 4.5.2).

    64 spaces, so that no signature of an older protocol can pass for one of these; a sentence that
    says whose it is; a zero byte; the hash.
    """
    return b" " * 64 + _CONTEXTS[sender] + b"\0" + transcript_hash
