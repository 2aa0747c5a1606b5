"""The lab's certificates, made from recorded keys, fixed serials and a fixed clock: the same
bytes on every run. ECDSA signatures are deterministic (RFC 6979) for the same reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from helpers import lab

_DAY = timedelta(days=1)
LEAF_DAYS = 100  # within the 200 days that the CA/Browser Forum allows from 2026-03-15


@dataclass(frozen=True)
class Identity:
    """A certificate, the key it is about, and the certificates that lead to a root."""

    key: lab.PrivateKey
    certificate: x509.Certificate
    intermediates: tuple[x509.Certificate, ...] = ()

    @cached_property
    def chain(self) -> tuple[bytes, ...]:
        """What a server sends: its own certificate first, no root (DER)."""
        return tuple(item.public_bytes(Encoding.DER)
                     for item in (self.certificate, *self.intermediates))


def distinguished_name(common_name: str) -> x509.Name:
    """The lab's names: "TEST ONLY How HTTPS Works" as organization, and a common name."""
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "TEST ONLY How HTTPS Works"),
                      x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def key_usage(**allowed: bool) -> x509.KeyUsage:
    """A key usage extension with these bits set and no others."""
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
             "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _build(subject: x509.Name, key: lab.PrivateKey, issuer: x509.Name, issuer_key: lab.PrivateKey,
           serial: int, start: datetime, end: datetime,
           extensions: list[tuple[x509.ExtensionType, bool]]) -> x509.Certificate:
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
               .public_key(key.public_key()).serial_number(serial)
               .not_valid_before(start).not_valid_after(end))
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    for extension, critical in [*extensions, (key_id, False), (issuer_id, False)]:
        builder = builder.add_extension(extension, critical)
    deterministic = True if isinstance(issuer_key, ec.EllipticCurvePrivateKey) else None
    return builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=deterministic)


def _authority(common_name: str, key: lab.PrivateKey, issuer: Identity | None, serial: int,
               path_length: int | None) -> x509.Certificate:
    subject = distinguished_name(common_name)
    issuer_name = issuer.certificate.subject if issuer else subject
    return _build(subject, key, issuer_name, issuer.key if issuer else key, serial,
                  lab.NOW - 1000 * _DAY, lab.NOW + 2000 * _DAY,
                  [(x509.BasicConstraints(ca=True, path_length=path_length), True),
                   (key_usage(key_cert_sign=True, crl_sign=True), True)])


@cache
def root(name: str = "root") -> Identity:
    """A root CA: the one the lab's clients trust ("root"), or another one ("other_root")."""
    key = lab.key(name)
    label = "TEST ONLY Root CA" if name == "root" else "TEST ONLY Other Root CA"
    return Identity(key, _authority(label, key, None, 1, None))


@cache
def intermediate() -> Identity:
    """The CA that signs the lab's servers; the root signed it."""
    key = lab.key("intermediate")
    return Identity(key, _authority("TEST ONLY Intermediate CA", key, root(), 2, 0))


@cache
def server(kind: str = "rsa", host: str = lab.HOST) -> Identity:
    """A web server's identity for `host`: its key is RSA-2048 ("rsa") or P-256 ("ecdsa")."""
    key, issuer = lab.key(f"server_{kind}"), intermediate()
    usage = key_usage(digital_signature=True, key_encipherment=kind == "rsa")
    certificate = _build(
        distinguished_name(host), key, issuer.certificate.subject, issuer.key,
        {"rsa": 3, "ecdsa": 4}[kind], lab.NOW - 10 * _DAY, lab.NOW + (LEAF_DAYS - 10) * _DAY,
        [(x509.BasicConstraints(ca=False, path_length=None), True), (usage, True),
         (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
         (x509.SubjectAlternativeName([x509.DNSName(host)]), False)])
    return Identity(key, certificate, (issuer.certificate,))
