"""Who signed which certificate: the two questions, and the walk from a leaf to a root.

Only names and signatures are looked at here; dates, purposes and limits are for `helpers.pki`'s
verdicts (lesson 07).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab
from helpers.conversation import Conversation
from helpers.pki import authority
from helpers.tls import certificate_verify_content
from helpers.tls.registry import ContentType

MALLORY = "evil.example"
"""A domain of Mallory's own; as many letters as the shop's, so no length in a certificate moves."""


def signed_by(certificate: x509.Certificate, candidate: x509.Certificate) -> bool:
    """Does the signature in `certificate` fit the public key in `candidate`? Looks at no names."""
    key, how = candidate.public_key(), certificate.signature_algorithm_parameters
    if isinstance(key, rsa.RSAPublicKey):
        told = (how, certificate.signature_hash_algorithm)
    else:
        told = (how,) if isinstance(key, ec.EllipticCurvePublicKey) else ()
    try:
        key.verify(certificate.signature, certificate.tbs_certificate_bytes, *told)
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError, AttributeError):
        return False  # the wrong key, or a key of another kind than the signature
    return True


def issued(certificate: x509.Certificate, candidate: x509.Certificate) -> bool:
    """Is `candidate` the issuer: does it have the issuer's name, and does the signature fit?"""
    return certificate.issuer == candidate.subject and signed_by(certificate, candidate)


def chain_to_root(leaf: x509.Certificate, sent: Sequence[x509.Certificate],
                  roots: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """From `leaf` up to one of `roots`, through those that were `sent`; [] if there is no way.

    Names and signatures only. Each certificate is used once at most, so a loop comes to an end.
    """
    for root in roots:
        if issued(leaf, root):
            return [leaf, root]
    for one in sent:
        if issued(leaf, one):
            others = [other for other in sent if other != one]
            if rest := chain_to_root(one, others, roots):
                return [leaf, *rest]
    return []


def handshake_signature(visit: Conversation) -> tuple[bytes, bytes]:
    """The server's signature in a TLS 1.3 handshake (with SHA-256), and what it signed: everything
    up to its Certificate, hashed (RFC 9846 section 4.5.2). Raises KeyError without
    CertificateVerify."""
    signature = visit.find("certificate_verify").parsed.signature
    covered = b"".join(message.data for message in itertools.takewhile(
        lambda message: message.name != "certificate_verify", visit.messages)
        if message.content_type == ContentType.handshake)
    return signature, certificate_verify_content("server", sha256(covered).digest())


@dataclass(frozen=True)
class Parts:
    """A certificate's bytes, and byte strings that may or may not be in it."""

    certificate: bytes
    parts: dict[str, bytes]

    def __iter__(self):  # so that it can be unpacked into two names
        return iter((self.certificate, self.parts))


@cache
def shop_parts() -> Parts:
    """The shop's RSA certificate (DER) and eight things that have to do with it."""
    shop, issuer = authority.server("rsa"), authority.intermediate().certificate
    private = shop.key.private_numbers()
    point = issuer.public_key().public_numbers()
    common_name = issuer.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    return Parts(shop.certificate.public_bytes(Encoding.DER), {
        "host name": lab.HOST.encode(),
        "public modulus n": private.public_numbers.n.to_bytes(256, "big"),
        "private exponent d": private.d.to_bytes(256, "big"),
        "prime p": private.p.to_bytes(128, "big"),
        "issuer's name": common_name.encode(),
        "issuer's public key": point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big"),
        "issuer's signature": shop.certificate.signature,
        "root's name": b"TEST ONLY Root CA",
    })
