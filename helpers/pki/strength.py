"""Are algorithms and keys strong enough? CA/B Baseline Requirements sections 6.1.5 and 7.1.3.

The requirements give each algorithm as bytes that a certificate must repeat exactly, so they are
compared as bytes. The root's own signature is not looked at: nobody verifies it. Does not ask that
a P-384 key signs with SHA-384, as section 7.1.3.2.2 does, nor for the ROCA weakness or Debian's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives.asymmetric import rsa

from helpers.pki.facts import Facts, element
from helpers.pki.job import Finding, Job
from helpers.pki.policy import BROWSER

SMALLEST = 2048  # bits of an RSA modulus

_SHA = {"SHA-256": ("01", 32), "SHA-384": ("02", 48), "SHA-512": ("03", 64)}


def _pss(number: str, salt: int) -> bytes:
    digest = f"300d06096086480165030402{number}0500"
    return bytes.fromhex(f"304106092a864886f70d01010a3034a00f{digest}a11c301a06092a864886f70d010108"
                         f"{digest}a2030201{salt:02x}")


SIGNATURES: dict[bytes, str] = {
    **{bytes.fromhex(f"300d06092a864886f70d0101{number}0500"): f"RSA with {name}"
       for name, number in (("SHA-256", "0b"), ("SHA-384", "0c"), ("SHA-512", "0d"))},
    **{_pss(*numbers): f"RSA-PSS with {name}" for name, numbers in _SHA.items()},
    **{bytes.fromhex(f"300a06082a8648ce3d0403{number}"): f"ECDSA with {name}"
       for name, number in (("SHA-256", "02"), ("SHA-384", "03"), ("SHA-512", "04"))},
}
"""Signature algorithms that a certificate of the web may have: the DER, and the name."""
RSA = bytes.fromhex("300d06092a864886f70d0101010500")
KEYS: dict[bytes, str] = {
    RSA: "RSA",
    bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107"): "P-256",
    bytes.fromhex("301006072a8648ce3d020106052b81040022"): "P-384",
    bytes.fromhex("301006072a8648ce3d020106052b81040023"): "P-521",
}
"""The same for keys."""
_OTHERS = {
    "2a864886f70d010104": "RSA with MD5", "2a864886f70d010105": "RSA with SHA-1",
    "2a864886f70d010102": "RSA with MD2", "2a864886f70d01010e": "RSA with SHA-224",
    "2b0e03021d": "RSA with SHA-1", "2a8648ce3d0401": "ECDSA with SHA-1",
    "2a8648ce3d040301": "ECDSA with SHA-224", "2a8648ce380403": "DSA with SHA-1",
    "608648016503040302": "DSA with SHA-256", "2a8648ce380401": "a DSA key",
    "2b6570": "Ed25519", "2b6571": "Ed448", "2a864886f70d01010a": "RSA-PSS",
    "2a8648ce3d0201": "another elliptic curve", "2a864886f70d010101": "RSA",
    "2a864886f70d01010b": "RSA with SHA-256", "608648016503040311": "ML-DSA-44",
    "608648016503040312": "ML-DSA-65", "608648016503040313": "ML-DSA-87",
}


def _called(algorithm: bytes) -> str:
    start = element(algorithm, 0)[1]
    _, start, end = element(algorithm, start)
    return _OTHERS.get(algorithm[start:end].hex(), "an algorithm without a name here")


def signature_name(item: Facts) -> str:
    """What the certificate was signed with: "ECDSA with SHA-256"."""
    return SIGNATURES.get(item.outer_algorithm) or _called(item.outer_algorithm)


def key_name(item: Facts) -> str:
    """What kind of key the certificate is about: "RSA-2048", "P-256"."""
    if isinstance(item.key, rsa.RSAPublicKey):
        return f"RSA-{item.key.key_size}"
    return KEYS.get(item.key_algorithm) or _called(item.key_algorithm)


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """The key of each certificate, and the signature on all but the root."""
    item = path[at]
    source = "CA/B Baseline Requirements section "
    if not job.is_anchor(item) and item.outer_algorithm not in SIGNATURES:
        yield Finding(BROWSER, item, f"it is signed with {signature_name(item)}, which the web "
                      "does not accept (in this form)", source + "7.1.3.2")
    if item.key_algorithm not in KEYS:
        yield Finding(BROWSER, item, f"its key is of a kind that the web does not accept: "
                      f"{key_name(item)}", source + "7.1.3.1")
    elif isinstance(item.key, str):
        yield Finding(BROWSER, item, f"its key cannot be read: {item.key}", source + "6.1.6")
    elif item.key_algorithm == RSA:
        yield from _rsa(item, source)


def _rsa(item: Facts, source: str) -> Iterator[Finding]:
    size, exponent = item.key.key_size, item.key.public_numbers().e
    if size < SMALLEST:
        yield Finding(BROWSER, item, f"its RSA key has {size} bits, and {SMALLEST} are the least",
                      source + "6.1.5")
    elif size % 8:
        yield Finding(BROWSER, item, f"its RSA key has {size} bits, which is no multiple of 8",
                      source + "6.1.5")
    elif exponent < 3 or exponent % 2 == 0:
        yield Finding(BROWSER, item, "the public exponent of its RSA key is no odd number from 3 "
                      "on", source + "6.1.6")


def passed(path: Sequence[Facts], job: Job) -> str:
    """The algorithms of a chain whose algorithms are fine."""
    return "; ".join(f"{item.label}: {key_name(item)} key" + (
        "" if job.is_anchor(item) else f", signed with {signature_name(item)}") for item in path)
