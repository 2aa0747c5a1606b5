"""How TLS 1.3 seals records (RFC 9846 section 5): what a record really carries is inside the
ciphertext, and no part of the nonce travels.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.tls.errors import TLSError
from helpers.tls.record import HEADER, MAX_PLAINTEXT, TAG_LENGTH, Record, Sealing
from helpers.tls.registry import TLS12, AlertDescription, ContentType, SuiteParameters
from helpers.tls.schedule13 import IV_LENGTH

MAX_SEALED = MAX_PLAINTEXT + 256  # what a sealed fragment may hold (section 5.2)
_SEALED = int(ContentType.application_data)  # what every sealed record says it is
_TYPE_BYTES = [bytes((kind,)) for kind in range(256)]
_INNER_TYPES = frozenset(_TYPE_BYTES[kind] for kind in (
    ContentType.alert, ContentType.handshake, ContentType.application_data))


def additional_data(length: int) -> bytes:
    """What the tag covers besides the ciphertext: the record's 5-byte header, which always says
    application data and TLS 1.2; `length` is that of the sealed fragment (section 5.2)."""
    return HEADER.pack(_SEALED, TLS12, length)


class Protection13(Sealing):
    """One direction's key in one epoch: seals or opens records in order, counting from 0.

    `padding(n)` says how many zeros hide the length of n bytes of content (None: none).
    `clear_alerts`: the peer may not have its key yet, so an alert in the clear counts until the
    first sealed record came. Where key and IV are not there yet, `keys()` gives them when the
    first record needs them.
    """

    def __init__(self, suite: SuiteParameters, key: bytes = b"", iv: bytes = b"", *,
                 keys: Callable[[], tuple[bytes, bytes]] | None = None,
                 padding: Callable[[int], int] | None = None, clear_alerts: bool = False):
        self._suite, self._keys = suite, keys or (lambda: (key, iv))
        self._padding = padding
        self._clear_alerts = clear_alerts
        self._encrypt = self._decrypt = self._iv = None

    def _start(self) -> None:
        """Takes key and IV: the first record needs them."""
        key, iv = self._keys()
        aead = AESGCM(key) if self._suite.aead == "AES-GCM" else ChaCha20Poly1305(key)
        self._encrypt, self._decrypt = aead.encrypt, aead.decrypt
        self._iv = int.from_bytes(iv, "big")

    def protect(self, kind: int, content: bytes, padding: int = 0) -> Record:
        """The sealed record for at most 2^14 bytes: the content, its real type in one byte, and
        `padding` zeros that hide its length (section 5.4)."""
        return Record(_SEALED, TLS12, self.seal(kind, content, padding)[1])

    def seal(self, kind: int, plaintext: bytes, zeros: int | None = None) -> tuple[bytes, bytes]:
        """Header and fragment of a record; padded as the policy says, unless `zeros` does."""
        if self._iv is None:
            self._start()
        inner = plaintext + _TYPE_BYTES[kind]
        if zeros is None and self._padding:
            zeros = max(0, min(self._padding(len(plaintext)), MAX_PLAINTEXT - len(plaintext)))
        if zeros:
            inner += bytes(zeros)
        header = HEADER.pack(_SEALED, TLS12, len(inner) + TAG_LENGTH)
        nonce = (self._iv ^ self.sequence_number).to_bytes(IV_LENGTH, "big")
        self.sequence_number += 1
        return header, self._encrypt(nonce, inner, header)

    def unprotect(self, record: Record) -> tuple[int, bytes]:
        """The real content type and the content. Raises TLSError: bad_record_mac when the tag does
        not fit (then the next record is still the same number), record_overflow, or
        unexpected_message when there is no type inside or none that may be sealed."""
        kind, version, fragment = record
        size = len(fragment)
        if size > MAX_SEALED:
            raise TLSError(AlertDescription.record_overflow, f"{size} bytes are sealed; at most "
                           f"{MAX_SEALED} are allowed")
        if self._iv is None:
            self._start()
        nonce = (self._iv ^ self.sequence_number).to_bytes(IV_LENGTH, "big")
        try:
            inner = self._decrypt(nonce, fragment, HEADER.pack(kind, version, size))
        except InvalidTag:
            raise TLSError(AlertDescription.bad_record_mac,
                           f"the tag of record {self.sequence_number} does not fit") from None
        self.sequence_number += 1
        if len(inner) > MAX_PLAINTEXT + 1:
            raise TLSError(AlertDescription.record_overflow, f"{len(inner)} bytes were sealed; at "
                           f"most {MAX_PLAINTEXT} and a type are allowed")
        inner = inner.rstrip(b"\0")
        if inner[-1:] not in _INNER_TYPES:
            raise TLSError(AlertDescription.unexpected_message,
                           "a sealed record says no content type that it may carry")
        return inner[-1], inner[:-1]

    def open(self, record: tuple[int, int, bytes]) -> tuple[int, bytes]:
        """The type and content of what came while this key is in use. A ChangeCipherSpec is never
        sealed, and means nothing (section 5); whether it may come is for the caller to say.
        Raises TLSError as `unprotect`; unexpected_message for what should have been sealed."""
        kind = record[0]
        if kind == _SEALED:
            return self.unprotect(record)
        if kind == ContentType.change_cipher_spec or (
                kind == ContentType.alert and self._clear_alerts and self.sequence_number == 0):
            return kind, record[2]
        raise TLSError(AlertDescription.unexpected_message,
                       f"a record of type {kind} came in the clear after the keys")
