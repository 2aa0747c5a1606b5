"""The roots that Mozilla's browsers trust, as certifi ships them, and what a certificate says."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from helpers import lab
from helpers.pki import words
from helpers.pki.der import Element, der_fields
from helpers.pki.pem import pem_to_der

_REAL = lab.DATA / "certificates"


@cache
def mozilla_roots() -> tuple[x509.Certificate, ...]:
    """Every root in certifi's file: Mozilla's list of CAs that may vouch for web sites.

    The list has rules of its own that the file does not carry (for instance: trusted only for
    certificates issued before some day).
    """
    text = Path(certifi.where()).read_text(encoding="utf-8")
    with warnings.catch_warnings():  # one root has the serial number 0, older than that rule
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return tuple(map(x509.load_der_x509_certificate, pem_to_der(text, "CERTIFICATE")))


def roots_source() -> str:
    """Where `mozilla_roots` come from, with the version: "certifi 2026.10.18"."""
    return f"certifi {version('certifi')}"


@cache
def real_chain() -> tuple[x509.Certificate, x509.Certificate]:
    """A certificate that was on the web in 2018, with two SCTs in it, and its issuer's.

    Where they come from is in data/certificates/PROVENANCE.md. Both expired long ago.
    """
    leaf, issuer = (x509.load_pem_x509_certificate((_REAL / name).read_bytes())
                    for name in ("cryptography_io.pem", "lets_encrypt_x3.pem"))
    return leaf, issuer


@dataclass(frozen=True)
class Description:
    """What a certificate says about itself, in words. Nothing here was checked.

    `self_issued`: subject and issuer are the same bytes, as in every root (and in whatever would
    like to be one). `names` are those in subjectAltName, with their kind in front if it is not
    dNSName; the times are None if they are not written as RFC 5280 asks; `sha256` is the
    fingerprint.
    """

    subject: str
    issuer: str
    self_issued: bool
    names: tuple[str, ...]
    not_before: datetime | None
    not_after: datetime | None
    key: str
    signature: str
    serial: str
    version: str
    ca: bool
    path_length: int | None
    key_usage: str
    purposes: str
    extensions: tuple[str, ...]
    sha256: str
    size: int

    @property
    def days(self) -> float | None:
        """How long it is valid, in days."""
        if self.not_before is None or self.not_after is None:
            return None
        return (self.not_after - self.not_before).total_seconds() / 86400


def describe(certificate: x509.Certificate | bytes) -> Description:
    """Read a certificate (or its DER) and say what stands in it. Raises DERError if it is no DER,
    and KeyError if it is DER but no certificate. It checks nothing."""
    data = (certificate if isinstance(certificate, bytes)
            else certificate.public_bytes(Encoding.DER))
    tree = der_fields(data)
    body = tree.find("tbsCertificate")
    extensions = {one.name: one for part in body.elements if part.name == "extensions"
                  for one in part.elements}
    limits = _inside(extensions.get("basicConstraints"))
    said = {name: extensions[name].elements[-1].words if name in extensions else ""
            for name in ("keyUsage", "extKeyUsage")}
    subject, issuer = body.find("subject"), body.find("issuer")
    return Description(
        _line(subject), _line(issuer),
        data[subject.start:subject.end] == data[issuer.start:issuer.end],
        _names(extensions.get("subjectAltName")), *_dates(body.find("validity")),
        body.find("subjectPublicKeyInfo").words, tree.find("signatureAlgorithm").words,
        body.find("serialNumber").words, _version(body),
        bool(limits.get("cA") and limits["cA"].value),
        limits["pathLenConstraint"].value if "pathLenConstraint" in limits else None,
        said["keyUsage"], said["extKeyUsage"].partition(": ")[2] or said["extKeyUsage"],
        tuple(extensions), sha256(data).hexdigest(), len(data))


def _version(body: Element) -> str:
    found = body.elements[0]
    return found.words.partition("(")[2].rstrip(")") if found.name == "version" else "v1"


def _dates(validity: Element) -> list[datetime | None]:
    inside = {one.name: one for one in validity.elements if isinstance(one.value, bytes)}
    return [words.when(inside[name].value, inside[name].kind) if name in inside else None
            for name in ("notBefore", "notAfter")]


def _line(found: Element) -> str:
    return found.words if found.elements else ""


def _inside(extension: Element | None) -> dict[str, Element]:
    """The parts of an extension's value by name."""
    held = extension.elements[-1].elements if extension is not None else []
    return {part.name: part for part in held[0].elements} if held else {}


def _names(extension: Element | None) -> tuple[str, ...]:
    held = extension.elements[-1].elements if extension is not None else []
    return tuple(words.text(one.value, one.kind) if one.name == "dNSName"
                 and isinstance(one.value, bytes) else f"{one.name} {one.words}"
                 for one in (held[0].elements if held else ()))
