"""One changed bit in a certificate, at every place: what does a client say to each?"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from helpers.pki import authority
from helpers.pki.der import der_fields
from helpers.pki.store import real_chain
from helpers.wire import Field

VERDICTS = {
    "unreadable": "cannot be read as a certificate any more",
    "stranger": "the issuer's name fits no issuer that was sent",
    "mismatch": "two places that name the signature's algorithm disagree",
    "signature": "the issuer's signature does not fit",
    "accepted": "accepted: nobody noticed",
}
"""What a client can say, in the order in which it looks."""


@dataclass(frozen=True)
class Flip:
    """One bit changed at `offset`, and the client's verdict (a key of VERDICTS)."""

    offset: int
    mask: int
    verdict: str


def flip_certificate(certificate: x509.Certificate, issuer: x509.Certificate, offset: int,
                     mask: int = 1) -> Flip:
    """Changes the bits of `mask` at `offset` and reads and checks the result with `cryptography`.

    Looks at reading, issuer's name and issuer's signature only: no dates, no host name. Raises
    ValueError for an offset outside the certificate or a mask outside a byte.
    """
    changed = bytearray(certificate.public_bytes(Encoding.DER))
    if not 0 <= offset < len(changed) or not 0 <= mask < 256:
        raise ValueError(f"offset {offset} or mask {mask} is outside: the certificate has "
                         f"{len(changed)} bytes, a mask is at most 255")
    changed[offset] ^= mask
    return Flip(offset, mask, _verdict(bytes(changed), issuer))


def _verdict(der: bytes, issuer: x509.Certificate) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a serial number that became negative
            read = x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return "unreadable"
    try:
        if read.issuer != issuer.subject:
            return "stranger"
        read.verify_directly_issued_by(issuer)
    except InvalidSignature:
        return "signature"
    except ValueError as problem:
        return "mismatch" if "algorithms" in str(problem) else "unreadable"
    except TypeError:
        return "mismatch"  # an algorithm of another kind than the issuer's key
    return "accepted"


def every_bit(certificate: x509.Certificate, issuer: x509.Certificate,
              masks: Sequence[int] = tuple(1 << bit for bit in range(8))) -> list[Flip]:
    """Each bit of the certificate changed, one at a time (about a second)."""
    size = len(certificate.public_bytes(Encoding.DER))
    return [flip_certificate(certificate, issuer, offset, mask)
            for offset in range(size) for mask in masks]


def counted(flips: Sequence[Flip]) -> dict[str, int]:
    """How often each verdict came, those of VERDICTS in their order, with zeros."""
    found = Counter(flip.verdict for flip in flips)
    return {name: found[name] for name in VERDICTS}


def with_issuer(which: str) -> tuple[x509.Certificate, x509.Certificate]:
    """A certificate and its issuer's: the real "leaf", our "intermediate" or our "root"."""
    root = authority.root().certificate
    return {"leaf": real_chain(), "intermediate": (authority.intermediate().certificate, root),
            "root": (root, root)}[which]


PARTS = ("tbsCertificate", "serialNumber", "validity", "subject", "subjectPublicKeyInfo",
         "basicConstraints", "subjectAltName", "signatureValue")


@cache
def places_in(which: str) -> dict[str, tuple[int, int]]:
    """Where the parts of that certificate are, name to (first byte, last byte); all of it first."""
    der = with_issuer(which)[0].public_bytes(Encoding.DER)
    found = {field.name: (field.start, field.end - 1) for field in _below(der_fields(der))}
    return {"the whole certificate": (0, len(der) - 1),
            **{name: found[name] for name in PARTS if name in found}}


def _below(field: Field) -> Iterator[Field]:
    for child in field.children or ():
        yield from _below(child)
        yield child
