"""Does the signature of a certificate fit the key of the certificate above it?

`cryptography` verifies what the web uses. What the web has given up (SHA-1, MD5, DSA) its X.509
refuses to touch, and here it is verified all the same, with its lower layer: that a signature fits
and that it should not be trusted any more are two different things (see `strength`).
"""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

from helpers.pki.facts import Facts, shown

_OLD = {
    "1.2.840.113549.1.1.4": (rsa.RSAPublicKey, hashes.MD5),
    "1.2.840.113549.1.1.5": (rsa.RSAPublicKey, hashes.SHA1),
    "1.3.14.3.2.29": (rsa.RSAPublicKey, hashes.SHA1),
    "1.2.840.10045.4.1": (ec.EllipticCurvePublicKey, hashes.SHA1),
    "1.2.840.10040.4.3": (dsa.DSAPublicKey, hashes.SHA1),
    "2.16.840.1.101.3.4.3.1": (dsa.DSAPublicKey, hashes.SHA224),
    "2.16.840.1.101.3.4.3.2": (dsa.DSAPublicKey, hashes.SHA256),
}
"""Given up: object identifier, kind of key, hash."""


def verify(item: Facts, above: Facts) -> str:
    """"" if the signature of `item` fits the key of `above`, else one sentence that says why."""
    if isinstance(above.key, str):
        return f"the key of {above.label} cannot be read: {above.key}"
    if item.inner_algorithm != item.outer_algorithm:
        return "it names one signature algorithm inside what is signed, and another outside"
    try:
        if (old := _OLD.get(item.certificate.signature_algorithm_oid.dotted_string)) is not None:
            _verify_old(item.certificate, above.key, *old)
        elif item.issuer == above.subject:
            item.certificate.verify_directly_issued_by(above.certificate)
        else:
            _verify_by_key(item.certificate, above.key)
    except InvalidSignature:
        return f"its signature does not fit the key of {above.label}"
    except Exception as problem:  # unsupported algorithms, keys of another kind, bad parameters
        return f"its signature cannot be checked with the key of {above.label}: " \
               f"{shown(problem) or type(problem).__name__}"
    return ""


def _verify_old(certificate: x509.Certificate, key: object, kind: type,
                algorithm: type[hashes.HashAlgorithm]) -> None:
    if not isinstance(key, kind):
        raise TypeError("the key is of another kind than the signature")
    parameters = {rsa.RSAPublicKey: (padding.PKCS1v15(), algorithm()),
                  ec.EllipticCurvePublicKey: (ec.ECDSA(algorithm()),),
                  dsa.DSAPublicKey: (algorithm(),)}[kind]
    key.verify(certificate.signature, certificate.tbs_certificate_bytes, *parameters)


def _verify_by_key(certificate: x509.Certificate, key: object) -> None:
    """As `verify_directly_issued_by`, which also wants the names to be equal byte for byte."""
    parameters = certificate.signature_algorithm_parameters
    rest = [parameters] if parameters is not None else []
    if isinstance(parameters, padding.AsymmetricPadding):
        rest.append(certificate.signature_hash_algorithm)
    key.verify(certificate.signature, certificate.tbs_certificate_bytes, *rest)
