"""Taking a certificate back: lists of revoked serial numbers (CRL), and fresh answers (OCSP).

Both are signed by the CA that issued the certificate, both carry the time until which they may be
believed. Source: RFC 5280 section 5 (CRL), RFC 6960 (OCSP). Lists and answers are made here; who
believes them is `revoked` and the validators.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from helpers import lab
from helpers.pki import encode
from helpers.pki.authority import Identity

Revoked = tuple[int | x509.Certificate, datetime | None, str | None]
_DAY = timedelta(days=1)
_REASONS = {"unspecified": 0, "key_compromise": 1, "ca_compromise": 2, "affiliation_changed": 3,
            "superseded": 4, "cessation_of_operation": 5, "certificate_hold": 6,
            "privilege_withdrawn": 9, "aa_compromise": 10}
"""CRLReason (RFC 5280 section 5.3.1); 7 was never given out, 8 belongs to delta CRLs."""
_BASIC = "1.3.6.1.5.5.7.48.1.1"
_SHA1 = "1.3.14.3.2.26"


def crl(by: Identity, revoked: Iterable[int | x509.Certificate | Revoked] = (), *,
        issued: datetime | None = None, days: float = 7, number: int = 1,
        sign_with: object = None) -> x509.CertificateRevocationList:
    """The list of what `by` has revoked, believed from `issued` (a day before lab.NOW) for `days`.

    Each entry is a serial number or certificate, or (that, date or None, reason or None).
    Always a complete list for everything `by` issues: no delta CRLs, no partitions."""
    issued = issued or lab.NOW - _DAY
    key = sign_with or by.key
    builder = (x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject)
               .last_update(issued).next_update(issued + days * _DAY)
               .add_extension(x509.CRLNumber(number), False)
               .add_extension(_key_id(by.certificate), False))
    for entry in revoked:
        builder = builder.add_revoked_certificate(_entry(entry, issued))
    is_ec = isinstance(key, ec.EllipticCurvePrivateKey)
    algorithm = None if encode.is_fixed(key) else hashes.SHA256()
    return builder.sign(key, algorithm, ecdsa_deterministic=True if is_ec else None)


def _key_id(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())


def _entry(entry: int | x509.Certificate | Revoked, issued: datetime) -> x509.RevokedCertificate:
    what, date, reason = entry if isinstance(entry, tuple) else (entry, None, None)
    serial = what if isinstance(what, int) else what.serial_number
    builder = (x509.RevokedCertificateBuilder().serial_number(serial)
               .revocation_date(date or issued))
    if reason:
        _check_reason(reason)
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags[reason]), False)
    return builder.build()


def _check_reason(reason: str) -> None:
    if reason not in _REASONS:
        raise ValueError(f"{reason!r} is no reason of RFC 5280; choose one of "
                         f"{', '.join(_REASONS)}")


def ocsp_response(certificate: x509.Certificate, by: Identity, status: str = "good", *,
                  issued: datetime | None = None, days: float = 4,
                  revoked_at: datetime | None = None, reason: str | None = None,
                  responder: Identity | None = None, sign_with: object = None
                  ) -> ocsp.OCSPResponse:
    """What the responder of `by`, its issuer, says of a certificate: good, revoked or unknown.

    Believed from `issued` (a day before lab.NOW) for `days`. Signed by `by` itself, or by a
    `responder` that `by` gave a certificate for OCSP signing, which is then sent along.

    Written field by field: `cryptography` would put the time of today into `producedAt`, and draw
    lots for the signature. No nonce, and one certificate an answer."""
    issued = issued or lab.NOW - _DAY
    state = _status(status, revoked_at or issued, reason)
    single = encode.sequence(_certificate_id(certificate, by.certificate), state,
                             encode.generalized_time(issued),
                             encode.tlv(0xA0, encode.generalized_time(issued + days * _DAY)))
    signer = responder or by
    key = sign_with or signer.key
    data = encode.sequence(encode.tlv(0xA1, signer.certificate.subject.public_bytes()),
                           encode.generalized_time(issued), encode.sequence(single))
    sent = signer.certificate.public_bytes(Encoding.DER) if responder else b""
    basic = encode.signed(data, key, "sha256",
                          after=encode.tlv(0xA0, encode.sequence(sent)) if sent else b"")
    successful = encode.tlv(encode.ENUMERATED, b"\0")
    body = encode.sequence(encode.oid(_BASIC), encode.tlv(encode.OCTET_STRING, basic))
    return ocsp.load_der_ocsp_response(encode.sequence(successful, encode.tlv(0xA0, body)))


def _status(status: str, date: datetime, reason: str | None) -> bytes:
    if status == "good":
        return encode.tlv(0x80)
    if status == "unknown":
        return encode.tlv(0x82)
    if status != "revoked":
        raise ValueError(f"status is {status!r}; choose good, revoked or unknown")
    if reason:
        _check_reason(reason)
    why = encode.tlv(0xA0, encode.tlv(encode.ENUMERATED, bytes([_REASONS[reason]]))) \
        if reason else b""
    return encode.tlv(0xA1, encode.generalized_time(date), why)


def _certificate_id(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Whose certificate is meant: hashes of the issuer's name and key, and the serial number.

    SHA-1 is what everybody uses here (RFC 6960 section 4.3 has responders expect it): it only
    finds the entry, and nothing rests on it."""
    key_hash = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()).digest
    name_hash = hashlib.sha1(issuer.subject.public_bytes()).digest()
    return encode.sequence(encode.sequence(encode.oid(_SHA1), encode.tlv(encode.NULL)),
                           encode.tlv(encode.OCTET_STRING, name_hash),
                           encode.tlv(encode.OCTET_STRING, key_hash),
                           encode.integer(certificate.serial_number))
