"""Small questions about certificates in a chain, and a heap of them to build a path from."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from helpers import pki

Certificate = x509.Certificate


def issued_by(child: Certificate, parent: Certificate) -> bool:
    """Whether `child` names `parent`'s subject as its issuer and carries its key's signature.

    Looks at nothing else: not at dates, nor at whether `parent` may issue at all."""
    try:
        child.verify_directly_issued_by(parent)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def path_length(ca: Certificate) -> int | None:
    """How many further CA certificates `ca` allows below itself; None for any number."""
    return ca.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length


def names_of(certificate: Certificate) -> list[str]:
    """The DNS names in its subjectAltName; none if it has no such extension."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return found.value.get_values_for_type(x509.DNSName)


@dataclass(frozen=True)
class Heap:
    """What a client has when it begins: the server's certificate, a heap of others, its roots."""

    leaf: Certificate
    heap: list[Certificate]
    roots: list[Certificate]


def sample_heap() -> Heap:
    """A leaf, four CA certificates in no order, and two roots. Two of the four have one name and
    one key, and only one of these leads to a root that is trusted."""
    trusted, forgotten = pki.issue("Old Oak Root", ca=True), pki.issue("Lost Root", ca=True)
    upper = pki.issue("Upper CA", by=trusted, ca=True)
    astray = pki.issue("Upper CA", by=forgotten, key=upper.key, ca=True)
    lower = pki.issue("Lower CA", by=upper, ca=True)
    namesake = pki.issue("Lower CA", by=upper, key=pki.test_key("somebody else"), ca=True)
    leaf = pki.issue("shop.example", by=lower)
    return Heap(leaf.certificate,
                [one.certificate for one in (astray, namesake, lower, upper)],
                [pki.issue("Young Elm Root", ca=True).certificate, trusted.certificate])
