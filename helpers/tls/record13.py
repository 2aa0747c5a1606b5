"""How TLS 1.3 seals records (RFC 9846 section 5): what a record really carries is inside the
ciphertext, and no part of the nonce travels.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.tls.errors import TLSError
from helpers.tls.record import HEADER, MAX_PLAINTEXT, TAG_LENGTH, Record
from helpers.tls.registry import TLS12, AlertDescription, ContentType, SuiteParameters
from helpers.tls.schedule13 import IV_LENGTH

MAX_SEALED = MAX_PLAINTEXT + 256  # what a sealed fragment may hold (section 5.2)
_INNER_TYPES = frozenset((ContentType.alert, ContentType.handshake, ContentType.application_data))


def additional_data(length: int) -> bytes:
    """What the tag covers besides the ciphertext: the record's 5-byte header, which always says
    application data and TLS 1.2; `length` is that of the sealed fragment (section 5.2)."""
    return HEADER.pack(ContentType.application_data, TLS12, length)


class Protection13:
    """One direction's key in one epoch: seals or opens records in order, counting from 0.

    `padding(n)` says how many zeros hide the length of n bytes of content (None: none).
    `clear_alerts`: the peer may not have its key yet, so an alert in the clear counts until the
    first sealed record came.
    """

    def __init__(self, suite: SuiteParameters, key: bytes, iv: bytes, *,
                 padding: Callable[[int], int] | None = None, clear_alerts: bool = False):
        self._aead = AESGCM(key) if suite.aead == "AES-GCM" else ChaCha20Poly1305(key)
        self._iv = int.from_bytes(iv, "big")
        self._padding = padding
        self._clear_alerts = clear_alerts
        self.sequence_number = 0

    def _nonce(self) -> bytes:
        """schedule13.nonce_of, with the IV made a number once."""
        return (self._iv ^ self.sequence_number).to_bytes(IV_LENGTH, "big")

    def protect(self, kind: int, content: bytes, padding: int = 0) -> Record:
        """The sealed record for at most 2^14 bytes: the content, its real type in one byte, and
        `padding` zeros that hide its length (section 5.4)."""
        return Record(ContentType.application_data, TLS12, self._sealed(kind, content, padding)[1])

    def seal(self, kind: int, plaintext: bytes) -> bytes:
        """A whole record, padded as the policy says, within the limit of 2^14 bytes."""
        zeros = 0
        if self._padding:
            zeros = max(0, min(self._padding(len(plaintext)), MAX_PLAINTEXT - len(plaintext)))
        return b"".join(self._sealed(kind, plaintext, zeros))

    def _sealed(self, kind: int, content: bytes, padding: int) -> tuple[bytes, bytes]:
        inner = content + bytes((kind,)) + bytes(padding) if padding else content + bytes((kind,))
        header = additional_data(len(inner) + TAG_LENGTH)
        sealed = self._aead.encrypt(self._nonce(), inner, header)
        self.sequence_number += 1
        return header, sealed

    def unprotect(self, record: Record) -> tuple[int, bytes]:
        """The real content type and the content. Raises TLSError: bad_record_mac when the tag does
        not fit (then the next record is still the same number), record_overflow, or
        unexpected_message when there is no type inside or none that may be sealed."""
        kind, version, fragment = record
        if len(fragment) > MAX_SEALED:
            raise TLSError(AlertDescription.record_overflow, f"{len(fragment)} bytes are sealed; "
                           f"at most {MAX_SEALED} are allowed")
        try:
            inner = self._aead.decrypt(self._nonce(), fragment,
                                       HEADER.pack(kind, version, len(fragment)))
        except InvalidTag:
            raise TLSError(AlertDescription.bad_record_mac,
                           f"the tag of record {self.sequence_number} does not fit") from None
        self.sequence_number += 1
        if len(inner) > MAX_PLAINTEXT + 1:
            raise TLSError(AlertDescription.record_overflow, f"{len(inner)} bytes were sealed; at "
                           f"most {MAX_PLAINTEXT} and a type are allowed")
        if not inner or inner[-1] == 0:
            inner = inner.rstrip(b"\0")
        if not inner or inner[-1] not in _INNER_TYPES:
            raise TLSError(AlertDescription.unexpected_message,
                           "a sealed record says no content type that it may carry")
        return inner[-1], inner[:-1]

    def open(self, record: Record) -> tuple[int, bytes]:
        """The type and content of what came while this key is in use. A ChangeCipherSpec is never
        sealed, and means nothing (section 5); whether it may come is for the caller to say.
        Raises TLSError as `unprotect`; unexpected_message for what should have been sealed."""
        if record.type == ContentType.application_data:
            return self.unprotect(record)
        if record.type == ContentType.change_cipher_spec or (
                record.type == ContentType.alert and self._clear_alerts
                and self.sequence_number == 0):
            return record.type, record.fragment
        raise TLSError(AlertDescription.unexpected_message,
                       f"a record of type {record.type} came in the clear after the keys")
