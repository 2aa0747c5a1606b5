"""A record byte by byte: its header and how a sealed fragment is laid out, as named fields.

To be looked at. The header's layout is the one that a connection cuts its stream with.
"""

from __future__ import annotations

from helpers.tls.errors import TLSError, decode_error
from helpers.tls.extensions import TLSReader
from helpers.tls.record import (
    EXPLICIT_NONCE_LENGTH,
    HEADER_FIELDS,
    HEADER_LENGTH,
    TAG_LENGTH,
    Record,
)
from helpers.tls.registry import TLS12
from helpers.tls.registry13 import TLS13
from helpers.wire import Field


def parse_record(data: bytes, fields: list[Field] | None = None, *, sealed: bool = False,
                 aead: str | None = None, version: int | None = TLS12) -> Record:
    """One whole record (RFC 5246 section 6.2; for AES-GCM the layout of RFC 5288 section 3; in TLS
    1.3, `version` 0x0304, no part of the nonce travels).

    `sealed` says that the fragment is encrypted, `aead` how ("AES-GCM", "CHACHA20-POLY1305", or
    None where that is not known). Raises TLSError (decode_error) when the length does not fit.
    Does not check that the type or the version is one that exists.
    """
    reader = TLSReader(data, 0, None, fields)
    kind, legacy_version, length = (reader.uint(size, name, registry)
                                    for name, size, registry in HEADER_FIELDS)
    if length != len(data) - HEADER_LENGTH:
        raise decode_error(f"the record says {length} bytes, {len(data) - HEADER_LENGTH} came")
    explicit = EXPLICIT_NONCE_LENGTH if aead == "AES-GCM" and version != TLS13 else 0
    if sealed and aead and aead != "AES-CBC" and length >= explicit + TAG_LENGTH:
        if explicit:
            reader.opaque(explicit, "nonce_explicit")
        if length > explicit + TAG_LENGTH:
            reader.opaque(length - explicit - TAG_LENGTH, "ciphertext")
        reader.opaque(TAG_LENGTH, "tag")
    else:
        reader.rest("ciphertext" if sealed else "fragment")
    return Record(kind, legacy_version, data[HEADER_LENGTH:])


def record_fields(data: bytes, *, sealed: bool = False, aead: str | None = None,
                  version: int | None = TLS12) -> Field:
    """Every byte of one record in a tree called "record" ("tls13.record" if TLS 1.3 sealed it);
    bytes that are none are "malformed"."""
    inside: list[Field] = []
    try:
        parse_record(data, inside, sealed=sealed, aead=aead, version=version)
    except TLSError:
        return Field("malformed", 0, len(data), data)
    name = "tls13.record" if sealed and version == TLS13 else "record"
    return Field(name, 0, len(data), None, None, inside)
