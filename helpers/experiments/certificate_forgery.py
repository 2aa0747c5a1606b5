"""Mallory wants to be shop.example: what she can do to a certificate, and what stops each try.

She has everything that is public, a key and a domain of her own (evil.example) with a genuine
certificate for it, and in one case the CA's stolen key. The certificates are real ones (ECDSA on
P-256), changed byte by byte and checked by `cryptography`. Simplified: three checks of a client,
those that this lesson is about; dates and the like are for lesson 07.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers import lab
from helpers.pki import authority, encode
from helpers.pki.issue import issue, test_key

from .certificates import MALLORY, issued

STARTS = ("shop", "own")
CHANGES = ("nothing", "key", "name")
SIGNERS = ("old", "own", "fake_ca", "stolen")
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


@dataclass(frozen=True)
class Check:
    """One check: what is looked at, whether it passes, and why."""

    check: str
    passed: bool
    why: str


@dataclass(frozen=True)
class Forgery:
    """One try. `stopped_by` names the first check that fails, "" if the client is taken in."""

    start: str
    change: str
    signer: str
    checks: tuple[Check, ...]

    @property
    def stopped_by(self) -> str:
        return next((one.check for one in self.checks if not one.passed), "")

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(one.check for one in self.checks if not one.passed)


@cache
def forge(start: str, change: str, signer: str) -> Forgery:
    """Mallory begins with the shop's certificate ("shop", a copy) or her "own", changes the "key"
    (puts hers in) or the "name" (writes shop.example over evil.example), and signs anew: not at all
    ("old"), with her "own" key, with the key of a CA she made herself under the real CA's name
    ("fake_ca"), or with the real CA's "stolen" key. Raises ValueError for other words.
    """
    for said, known in ((start, STARTS), (change, CHANGES), (signer, SIGNERS)):
        if said not in known:
            raise ValueError(f"{said!r} is none of {', '.join(known)}")
    sent = _certificate(start, change, signer)
    checks = (_signature(sent, signer), _name(sent), _handshake(sent))
    return Forgery(start, change, signer, checks)


@cache
def mallory() -> authority.Identity:
    """Her genuine certificate for evil.example, from the same CA as the shop's."""
    return issue(MALLORY, by=authority.intermediate(), key=test_key("Mallory"))


@cache
def fake_ca() -> authority.Identity:
    """A CA made by Mallory under the name of the real one; her own root signed it."""
    name = authority.intermediate().certificate.subject
    return issue(name, by=authority.root("other_root"), ca=True, path_length=0,
                       key=test_key("Mallory's CA"))


def _certificate(start: str, change: str, signer: str) -> x509.Certificate:
    genuine = (authority.server("ecdsa") if start == "shop" else mallory()).certificate
    tbs = genuine.tbs_certificate_bytes
    if change == "key":  # two keys on one curve: the same number of bytes
        tbs = tbs.replace(_public(genuine), _public(mallory().certificate))
    if change == "name":
        tbs = tbs.replace(MALLORY.encode(), lab.HOST.encode())
    signature = genuine.signature if signer == "old" else _signing_key(signer).sign(tbs, _ECDSA)
    der = encode.sequence(tbs, encode.algorithm(lab.key("intermediate"), "sha256"),
                          encode.bit_string(signature))
    return x509.load_der_x509_certificate(der)


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _signing_key(signer: str) -> ec.EllipticCurvePrivateKey:
    return {"own": mallory().key, "fake_ca": fake_ca().key,
            "stolen": authority.intermediate().key}[signer]


def _signature(sent: x509.Certificate, signer: str) -> Check:
    real, root = authority.intermediate().certificate, authority.root().certificate
    if issued(sent, real):
        return Check("issuer's signature", True, "it fits the CA's public key, and the CA's own "
                     "certificate leads to the root that the client trusts")
    if signer == "fake_ca" and issued(sent, fake_ca().certificate):
        if issued(fake_ca().certificate, root):
            raise RuntimeError("the fake CA must not lead to the root")
        return Check("issuer's signature", False, "it fits the CA certificate that came along, and "
                     "that one's own signature fits no root of the client")
    return Check("issuer's signature", False, "it does not fit the public key of the CA whose "
                 "name stands in the certificate")


def _name(sent: x509.Certificate) -> Check:
    names = sent.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = names.get_values_for_type(x509.DNSName)
    if lab.HOST in known:
        return Check("name", True, f"{lab.HOST} is in it")
    return Check("name", False, f"it is for {', '.join(known)}, and the client wants {lab.HOST}")


def _handshake(sent: x509.Certificate) -> Check:
    """Mallory signs the handshake with the only private key she has: her own."""
    if sent.public_key() == mallory().key.public_key():
        return Check("handshake's signature", True, "Mallory has the private key that belongs to "
                     "the key in the certificate")
    return Check("handshake's signature", False, "the key in the certificate is the shop's, and "
                 "Mallory does not have its private half")
