"""Asking for a certificate, and answering: CSR (PKCS #10), and one CA's key under two issuers.

A request shows that whoever asks has the private key, for it is signed with it. It proves nothing
about names: that is what `acme` is for. Source: RFC 2986; RFC 5280 section 3.2 (cross-signing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers.pki import encode
from helpers.pki.authority import Identity, distinguished_name
from helpers.pki.issue import general_name, issue, private_key


class RequestRefused(ValueError):
    """The CA does not issue: the sentence says why."""


def request(subject: str | x509.Name, key: object = None, names: Iterable[object] | None = None, *,
            ca: bool = False) -> x509.CertificateSigningRequest:
    """A certificate signing request for `key`, which signs it and does not travel with it.

    `key` as for `issue`; `names`: what to write as subjectAltName (None: the subject). With `ca`
    it also asks to be a CA: anybody may ask."""
    key = private_key(subject, key)
    if names is None:
        names = [subject] if isinstance(subject, str) else []
    subject = distinguished_name(subject) if isinstance(subject, str) else subject
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    if wanted := [general_name(name) for name in names]:
        builder = builder.add_extension(x509.SubjectAlternativeName(wanted), False)
    if ca:
        builder = builder.add_extension(x509.BasicConstraints(True, None), True)
    is_ec = isinstance(key, ec.EllipticCurvePrivateKey)
    return builder.sign(key, None if encode.is_fixed(key) else hashes.SHA256(),
                        ecdsa_deterministic=True if is_ec else None)


def names_asked(csr: x509.CertificateSigningRequest) -> tuple[str, ...]:
    """The DNS names and addresses in the request's subjectAltName; other kinds are passed over.

    Raises RequestRefused if its extensions cannot be read."""
    try:
        found = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as problem:
        raise RequestRefused(f"the request cannot be read: {problem}") from None
    return tuple(str(name.value) for name in found
                 if isinstance(name, x509.DNSName | x509.IPAddress))


def sign_request(csr: x509.CertificateSigningRequest, by: Identity, *,
                 proven: Iterable[str] | None = None, **fields: object) -> Identity:
    """The certificate that the CA `by` makes of a request; its `key` is None, for the CA never
    sees it (see `with_key`).

    Of all that was asked, the CA takes the key and those names that were `proven` to belong to
    whoever asks (None: all, as if they had been). Everything else, such as the wish to be a CA, it
    writes as it sees fit: `fields` are those of `issue`.

    Raises RequestRefused: the request's signature does not fit its key, it cannot be read, or no
    name is left."""
    if not _is_signed(csr):
        raise RequestRefused("the request's signature does not fit the key in it, so whoever asks "
                             "has not shown that the private key is theirs")
    asked = names_asked(csr)
    allowed = asked if proven is None else tuple(proven)
    names = [name for name in asked if name in allowed]
    if not names:
        raise RequestRefused("no name that was asked for is proven: asked for "
                             f"{', '.join(asked) or 'none'}, proven {', '.join(allowed) or 'none'}")
    return issue(names[0], key=csr.public_key(), by=by, names=names, **fields)


def with_key(key: object, signed: Identity) -> Identity:
    """The Identity with its private key put back in, ready to serve.

    Raises ValueError if the key is not the one that the certificate is about."""
    if _spki(key.public_key()) != _spki(signed.certificate.public_key()):
        raise ValueError("this private key does not belong to the key in the certificate")
    return replace(signed, key=key)


def cross_sign(ca: Identity, by: Identity, **fields: object) -> Identity:
    """A second certificate for the same CA: same name, same key, another issuer.

    Whatever `ca` has issued now leads to the root of `by`, too: chains form a net, not a tree.
    `fields` are those of `issue`; name constraints are not taken over."""
    subject, ours = ca.certificate.subject, ca.certificate.extensions
    limits = ours.get_extension_for_class(x509.BasicConstraints).value
    defaults = {"path_length": limits.path_length}
    return issue(subject, key=ca.key, by=by, ca=True, **{**defaults, **fields})


def _is_signed(csr: x509.CertificateSigningRequest) -> bool:
    try:
        return csr.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm):  # a key or algorithm that nobody knows
        return False


def _spki(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
