"""Signed certificate timestamps: TLS structures inside DER (RFC 6962 sections 3.2 and 3.3).

The one place where a certificate stops speaking DER: the list is written in the language of TLS
records, so `helpers.wire.Reader`, which reads handshakes, reads it too.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from helpers.pki import der
from helpers.pki.asn1 import Scope, Type
from helpers.pki.der import Element
from helpers.wire import Field, Reader, WireError

_HASHES = {0: "none", 1: "md5", 2: "sha1", 3: "sha224", 4: "sha256", 5: "sha384", 6: "sha512"}
_SIGNATURES = {0: "anonymous", 1: "rsa", 2: "dsa", 3: "ecdsa"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ID, _LAST = 32, datetime(9999, 1, 1, tzinfo=UTC)


class SctList(Type):
    """An OCTET STRING with a SignedCertificateTimestampList in it."""

    def fits(self, found: Element) -> bool:
        return found.tag == der.OCTET_STRING

    def lay(self, found: Element, scope: Scope) -> None:
        fields: list[Field] = []
        try:
            _read(Reader(scope.data, found.inside, found.end, fields))
        except WireError:
            return  # malformed: it stays a row of bytes
        found.children[-1:] = [_spoken(field) for field in fields]
        number = len(found.children[-1].children) - 1
        found.said = f"{number} signed certificate timestamp{'' if number == 1 else 's'}"


def _read(reader: Reader) -> None:
    scts = reader.block(2, "sct_list")
    while scts.more():
        sct = scts.block(2, "SignedCertificateTimestamp", 1)
        if sct.uint(1, "sct_version"):
            raise WireError("only version 1 (written 0) is known")
        sct.opaque(_ID, "log_id")
        sct.uint(8, "timestamp")
        sct.vector(2, "sct_extensions")
        sct.uint(1, "hash")
        sct.uint(1, "signature_algorithm")
        sct.vector(2, "sct_signature")
        sct.finish("the timestamp")
    reader.finish("the list of timestamps")


def _spoken(field: Field) -> Field:
    """The same field as an Element that can say what it means."""
    children = [_spoken(child) for child in field.children] if field.children else None
    said = ""
    if field.name == "timestamp":
        said = _time(field.value)
    elif field.name == "sct_version":
        said = f"{field.value} (v1)"
    elif field.name in ("hash", "signature_algorithm"):
        known = (_HASHES if field.name == "hash" else _SIGNATURES).get(field.value, "unknown")
        said = f"{field.value} ({known})"
    elif field.name == "SignedCertificateTimestamp":
        said = f"from log {children[2].value[:4].hex()}…, {children[3].said}"
    elif field.name == "log_id":
        said = f"{field.value[:8].hex()}… ({len(field.value)} bytes)"
    elif field.name == "sct_signature" and children:
        said = f"{len(field.value)} bytes"
    elif field.name == "length":
        return field
    return Element(field.name, field.start, field.end, field.value, None, children, said=said)


def _time(milliseconds: int) -> str:
    try:
        when = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        when = _LAST
    if when >= _LAST:
        return f"{milliseconds} ms after 1970, which is no date"
    return f"{when:%Y-%m-%d %H:%M:%S} UTC and {when.microsecond // 1000} ms"
