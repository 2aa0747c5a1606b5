"""Records: the envelopes TLS sends, and how they are sealed (RFC 5246 section 6, 5288, 7905)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.tls.errors import TLSError, decode_error
from helpers.tls.registry import (
    TLS12,
    AlertDescription,
    ContentType,
    ProtocolVersion,
    SuiteParameters,
)

HEADER_FIELDS = (("content_type", 1, ContentType), ("version", 2, ProtocolVersion),
                 ("length", 2, None))
"""What stands in front of every record: (name, bytes, registry). To be read by whoever cuts a
stream, and named by whoever shows one."""
HEADER = struct.Struct(">" + "".join("_BH"[size] for _, size, _ in HEADER_FIELDS))
HEADER_LENGTH = HEADER.size
MAX_PLAINTEXT = 2**14
MAX_CIPHERTEXT = MAX_PLAINTEXT + 2048
MAX_HANDSHAKE = 2**18  # bytes in one handshake message; a ClientHello may have 131,396
TAG_LENGTH = 16
EXPLICIT_NONCE_LENGTH = 8  # AES-GCM in TLS 1.2 only
_CONTENT_TYPES = frozenset(ContentType)


class Record(NamedTuple):
    """One record as it travels: header fields and the fragment, sealed or not."""

    type: int
    version: int
    fragment: bytes

    def bytes(self) -> bytes:
        """The 5-byte header, then the fragment."""
        return HEADER.pack(self.type, self.version, len(self.fragment)) + self.fragment


_CHANGE_CIPHER_SPEC = Record(ContentType.change_cipher_spec, TLS12, b"\x01").bytes()


class RecordBuffer:
    """Cuts a stream into records. Holds one incomplete record at most, of bounded size."""

    def __init__(self) -> None:
        self._data, self._pos = b"", 0

    def feed(self, data: bytes) -> None:
        """Bytes as they came, cut anywhere."""
        self._data, self._pos = self._data[self._pos:] + data, 0

    def records(self) -> Iterator[Record]:
        """Every record that is complete. Raises TLSError on a header that no record can have:
        unexpected_message (type), protocol_version, record_overflow (length)."""
        return map(Record._make, self.cut())

    def cut(self) -> Iterator[tuple[int, int, bytes]]:
        """The same as plain tuples: a connection has many."""
        data, size = self._data, len(self._data)
        while size - self._pos >= HEADER_LENGTH:
            kind, version, length = HEADER.unpack_from(data, self._pos)
            if kind not in _CONTENT_TYPES or version >> 8 != 3 or length > MAX_CIPHERTEXT:
                raise _wrong_header(kind, version, length)
            start = self._pos + HEADER_LENGTH
            end = start + length
            if size < end:
                break
            self._pos = end
            yield kind, version, data[start:end]
        self._data, self._pos = data[self._pos:], 0  # keep no more than is needed

    @property
    def header(self) -> bytes:
        """The next record's header, as far as it has come."""
        return self._data[self._pos:self._pos + HEADER_LENGTH]


def _wrong_header(kind: int, version: int, length: int) -> TLSError:
    if kind not in _CONTENT_TYPES:
        return TLSError(AlertDescription.unexpected_message, f"no record has the type {kind}")
    if version >> 8 != 3:
        return TLSError(AlertDescription.protocol_version,
                        f"the record says version 0x{version:04x}, which is no TLS version")
    return TLSError(AlertDescription.record_overflow,
                    f"the record says {length} bytes; at most {MAX_CIPHERTEXT} are allowed")


def split_records(data: bytes) -> list[bytes]:
    """Cuts what one end sent into its records (a broken tail stays in one piece)."""
    records, start = [], 0
    while len(data) - start > HEADER_LENGTH:
        end = start + HEADER_LENGTH + int.from_bytes(data[start + 3:start + 5], "big")
        records.append(data[start:end])
        start = end
    return records + ([data[start:]] if start < len(data) else [])


class HandshakeBuffer:
    """Joins handshake fragments and cuts them into messages: they need not match records."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, fragment: bytes) -> None:
        """The plaintext of one handshake record. Raises TLSError (unexpected_message) if it is
        empty (RFC 9846 sections 5.1 and 5.4)."""
        if not fragment:
            raise TLSError(AlertDescription.unexpected_message,
                           "a handshake record must not be empty")
        self._data += fragment

    def messages(self) -> Iterator[bytes]:
        """Every whole message, header included. Raises TLSError (decode_error) if too long."""
        data = self._data
        if len(data) >= 4 and len(data) == 4 + int.from_bytes(data[1:4], "big") <= MAX_HANDSHAKE:
            self._data = bytearray()  # as it is most often: one record, one message
            yield bytes(data)
            return
        while len(data) >= 4:
            length = int.from_bytes(data[1:4], "big")
            if length > MAX_HANDSHAKE:
                raise decode_error(f"a handshake message of {length} bytes is more than the "
                                   f"{MAX_HANDSHAKE} this course accepts")
            if len(data) < 4 + length:
                return
            message = bytes(data[:4 + length])
            del data[:4 + length]
            yield message

    @property
    def waiting(self) -> int:
        """Bytes of an unfinished message."""
        return len(self._data)


class Sealing:
    """One direction's key, whatever the algorithm; counts its records from 0."""

    sequence_number = 0

    def seal(self, kind: int, plaintext: bytes) -> tuple[bytes, bytes]:
        """Header and fragment of the record for at most 2^14 bytes."""
        kind, version, fragment = self.protect(kind, plaintext)
        return HEADER.pack(kind, version, len(fragment)), fragment

    def open(self, record: tuple[int, int, bytes]) -> tuple[int, bytes]:
        """The content type and the plaintext. Raises TLSError."""
        return record[0], self.unprotect(Record._make(record))


class Protection(Sealing):
    """One direction's key in TLS 1.2: seals or opens records in order, counting them from 0.

    AES-GCM: nonce = 4 secret bytes + 8 that travel with the record (RFC 5288 section 3).
    ChaCha20-Poly1305: nonce = 12 secret bytes XOR the sequence number (RFC 7905 section 2).
    """

    def __init__(self, suite: SuiteParameters, key: bytes, iv: bytes):
        self._aead = AESGCM(key) if suite.aead == "AES-GCM" else ChaCha20Poly1305(key)
        self._explicit = EXPLICIT_NONCE_LENGTH if suite.aead == "AES-GCM" else 0
        self._iv = iv

    def nonce(self, explicit: bytes) -> bytes:
        """The 12-byte nonce of the next record."""
        if self._explicit:
            return self._iv + explicit
        number = int.from_bytes(self._iv, "big") ^ self.sequence_number
        return number.to_bytes(12, "big")

    def additional_data(self, kind: int, version: int, length: int) -> bytes:
        """What the tag covers besides the text: number, type, version, plaintext length
        (RFC 5246 section 6.2.3.3)."""
        return self.sequence_number.to_bytes(8, "big") + HEADER.pack(kind, version, length)

    def protect(self, kind: int, plaintext: bytes) -> Record:
        """The sealed record for at most 2^14 bytes of plaintext."""
        explicit = self.sequence_number.to_bytes(8, "big") if self._explicit else b""
        sealed = self._aead.encrypt(self.nonce(explicit), plaintext,
                                    self.additional_data(kind, TLS12, len(plaintext)))
        self.sequence_number += 1
        return Record(kind, TLS12, explicit + sealed)

    def unprotect(self, record: Record) -> bytes:
        """The plaintext. Raises TLSError (bad_record_mac) when the tag does not fit: wrong key,
        changed byte, wrong order. Does not check how long the plaintext is."""
        length = len(record.fragment) - self._explicit - TAG_LENGTH
        if length < 0:
            raise TLSError(AlertDescription.bad_record_mac,
                           f"a sealed record needs {self._explicit + TAG_LENGTH} bytes or more, "
                           f"{len(record.fragment)} came")
        explicit = record.fragment[:self._explicit]
        additional = self.additional_data(record.type, record.version, length)
        try:
            plaintext = self._aead.decrypt(self.nonce(explicit), record.fragment[self._explicit:],
                                           additional)
        except InvalidTag:
            raise TLSError(AlertDescription.bad_record_mac,
                           f"the tag of record {self.sequence_number} does not fit") from None
        self.sequence_number += 1
        return plaintext


class RecordLayer:
    """One end's records: cuts the stream that comes in, opens and seals once keys are set.

    `read` and `write` are the two directions' keys, None while that direction is in the clear;
    `version` is the one that every record must state, None if it does not matter (before it was
    agreed on, and in TLS 1.3). `skip` is how many bytes of sealed records may be dropped because
    no key of this end opens them: 0-RTT data that a server refused (RFC 9846 section 4.3.10).
    """

    def __init__(self) -> None:
        self.read: Sealing | None = None
        self.write: Sealing | None = None
        self.version: int | None = None
        self.skip = 0
        self._buffer = RecordBuffer()
        self._out: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Bytes from the peer, cut anywhere."""
        self._buffer.feed(data)

    def fragments(self) -> Iterator[tuple[int, bytes]]:
        """Type and plaintext of each complete record; a key set between two is used at once.

        Raises TLSError: unexpected_message, protocol_version, record_overflow, bad_record_mac."""
        for record in self._buffer.cut():
            kind, version, plaintext = record
            if self.version is not None and version != self.version:
                raise TLSError(AlertDescription.protocol_version,
                               f"a record says version 0x{version:04x} after "
                               f"0x{self.version:04x} was agreed on")
            if self.skip and kind == ContentType.application_data:
                opened = self._open_or_skip(record)
                if opened is None:
                    continue
                kind, plaintext = opened
            elif self.read:
                kind, plaintext = self.read.open(record)
            if len(plaintext) > MAX_PLAINTEXT:
                raise TLSError(AlertDescription.record_overflow,
                               f"{len(plaintext)} bytes of plaintext; at most {MAX_PLAINTEXT} "
                               "are allowed")
            yield kind, plaintext

    def _open_or_skip(self, record: tuple[int, int, bytes]) -> tuple[int, bytes] | None:
        """None for a record of refused 0-RTT data; one that opens ends the skipping."""
        try:
            if self.read is not None:
                opened = self.read.open(record)
                self.skip = 0
                return opened
        except TLSError as problem:
            if problem.alert != AlertDescription.bad_record_mac:
                raise
        self.skip -= HEADER_LENGTH + len(record[2])  # even an empty one costs something
        if self.skip <= 0:
            raise TLSError(AlertDescription.unexpected_message,
                           "more early data came than was ever allowed")
        return None

    def send(self, kind: int, plaintext: bytes) -> None:
        """Puts plaintext in line to be sent, in as many records as it needs."""
        for start in range(0, len(plaintext), MAX_PLAINTEXT):
            part = plaintext[start:start + MAX_PLAINTEXT]
            self._out += self.write.seal(kind, part) if self.write else (
                HEADER.pack(kind, TLS12, len(part)), part)

    def send_change_cipher_spec(self) -> None:
        """Its one byte, never sealed where it means nothing (RFC 9846 section 5)."""
        self._out.append(_CHANGE_CIPHER_SPEC)

    @property
    def last(self) -> bytes | None:
        """The end of the line, None if nothing waits to be taken."""
        return self._out[-1] if self._out else None

    def take(self) -> bytes:
        """Everything in line, and the line is empty again."""
        data = b"".join(self._out)
        self._out.clear()
        return data
