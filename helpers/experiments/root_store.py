"""Mozilla's root store in numbers: which keys, how large, how old, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab
from helpers.pki.store import mozilla_roots

_YEAR = timedelta(days=365.2425)


@dataclass(frozen=True)
class Root:
    """One root: whose, which key ("RSA-4096"), its size in bytes, its dates, and the hash in its
    signature on itself."""

    organisation: str
    name: str
    key: str
    size: int
    begins: datetime
    ends: datetime
    hash: str

    @property
    def family(self) -> str:
        """ "RSA" or "EC" (an elliptic curve)."""
        return self.key.split("-")[0]

    def age(self, now: datetime = lab.NOW) -> float:
        """In years."""
        return (now - self.begins) / _YEAR

    def left(self, now: datetime = lab.NOW) -> float:
        """Years until it expires."""
        return (self.ends - now) / _YEAR


def store_roots(certificates: Iterable[x509.Certificate] | None = None) -> list[Root]:
    """What is to be known of each (None: Mozilla's roots), in the order of their beginning."""
    told = mozilla_roots() if certificates is None else certificates
    return sorted(map(_root, told), key=lambda root: (root.begins, root.name))


def _root(certificate: x509.Certificate) -> Root:
    organisation = _attribute(certificate, x509.NameOID.ORGANIZATION_NAME)
    hashed = certificate.signature_hash_algorithm
    return Root(organisation or "(no organisation)",
                _attribute(certificate, x509.NameOID.COMMON_NAME) or organisation,
                _key(certificate), len(certificate.public_bytes(Encoding.DER)),
                certificate.not_valid_before_utc, certificate.not_valid_after_utc,
                hashed.name if hashed else "")


def _attribute(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _key(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC-P{key.key_size}"
    return type(key).__name__


def by_key(store: Iterable[Root]) -> dict[str, int]:
    """How many roots have which kind of key, the most frequent first."""
    return dict(Counter(root.key for root in store).most_common())


def by_hash(store: Iterable[Root]) -> dict[str, int]:
    """How many roots signed themselves with which hash, the most frequent first."""
    return dict(Counter(root.hash for root in store).most_common())
