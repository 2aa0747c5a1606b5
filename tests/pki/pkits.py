"""NIST's Public Key Interoperability Test Suite (PKITS 1.0.1), as `cryptography_vectors` has it.

Every test is one end-entity certificate that is judged from one trust anchor at default settings
(any policy, none required); its name says the number and, mostly, the outcome. The sections are
those of the suite's document. SUBPARTS asks some of them again from other settings.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cryptography import x509

from helpers import pki
from tests.pki.vectors import FOLDER, PKITS

ANCHOR = "TrustAnchorRootCertificate"
SECTIONS = {
    "4.1": ("Signature verification", r"CertificatePath|CASignature|EESignature|DSA", 6),
    "4.2": ("Validity periods", r"notBefore|notAfter", 8),
    "4.3": ("Name chaining", r"NameChaining|NameUIDs|RFC3280|Rollover|UTF8String", 11),
    "4.4": ("Basic revocation", r"RevokedCA|RevokedEE|MissingCRL|BadCRL|WrongCRL|TwoCRLs|UnknownCRL"
            r"|CRLnextUpdate|SerialNumber|Separate", 21),
    "4.5": ("Self-issued certificates", r"BasicSelfIssued", 8),
    "4.6": ("Basic constraints", r"basicConstraints|cAFalse|pathLen", 17),
    "4.7": ("Key usage", r"keyUsage", 5),
    "4.8": ("Certificate policies", r"AllCert|Different|Overlapping|^AnyPolicy|Notice|CPS", 20),
    "4.9": ("Require explicit policy", r"requireExplicit", 8),
    "4.10": ("Policy mappings", r"(Valid|Invalid)Policy|Mapping(From|To)", 14),
    "4.11": ("Inhibit policy mapping", r"inhibitPolicyMapping", 11),
    "4.12": ("Inhibit any policy", r"inhibitAnyPolicy", 10),
    "4.13": ("Name constraints", r"nameConstraints", 38),
    "4.14": ("Distribution points", r"istributionPoint|IDP|cRLIssuer|onlyContains|onlySome", 35),
    "4.15": ("Delta CRLs", r"deltaCRL", 10),
    "4.16": ("Private extensions", r"CriticalCertificateExtension", 2),
}
"""Section: (what it is about, which names belong to it, how many tests it has)."""
_INVALID_POLICIES = {4, 5, 7, 8, 9, 12}
"""In section 4.8, where names do not tell: at default settings these must not validate."""


SUBPARTS = (
    ("4.1.1", {"explicit_policy": True}, {(): True, (1,): True, (2,): False, (1, 2): True}),
    ("4.8.2", {"explicit_policy": True}, {(): False}),
    ("4.8.3", {"explicit_policy": True}, {(): False, (1, 2): False}),
    ("4.8.6", {}, {(1,): True, (2,): False}), ("4.8.10", {}, {(1,): True, (2,): True}),
    ("4.8.11", {}, {(1,): True}), ("4.8.13", {}, {(1,): True, (2,): True, (3,): True}),
    ("4.8.14", {}, {(1,): True, (2,): False}), ("4.8.18", {}, {(1,): True, (2,): True}),
    ("4.10.1", {}, {(1,): True, (2,): False}), ("4.10.1", {"inhibit_mapping": True}, {(): False}),
    ("4.10.3", {}, {(1,): False, (2,): True}), ("4.10.5", {}, {(1,): True, (6,): False}),
    ("4.10.6", {}, {(1,): True, (6,): False}),
    ("4.12.3", {"inhibit_any_policy": True}, {(): False}),
)
"""(number, settings, {which of the suite's policies are wanted, none for any: good?})."""
OTHERWISE = {
    "4.1.4": "DSA signatures: `cryptography` does not verify the one of the CRL",
    "4.1.5": "DSA parameters that are left to the issuer: `cryptography` cannot read such a key",
}
"""What the verdict does otherwise than the suite asks, by number, and why."""


class Case(NamedTuple):
    """One test. `number` as in the document, "4.6.16"; `good` is what it says must come out."""

    number: str
    name: str
    good: bool


@cache
def certificates() -> dict[str, bytes]:
    """{name of the file: DER} of every certificate of the suite."""
    return {path.stem: path.read_bytes() for path in sorted((FOLDER / PKITS / "certs").glob("*"))}


@cache
def authorities() -> tuple[bytes, ...]:
    """The DER of every CA and CRL signer but the anchor: what a server might send beside a leaf."""
    return tuple(der for name, der in certificates().items()
                 if not name.endswith("EE") and name != ANCHOR)


@cache
def crls() -> tuple[x509.CertificateRevocationList, ...]:
    return tuple(x509.load_der_x509_crl(path.read_bytes())
                 for path in sorted((FOLDER / PKITS / "crls").glob("*")))


@cache
def cases() -> tuple[Case, ...]:
    """Every test that has a certificate of its own, in the order of the document."""
    found = [_case(name) for name in certificates() if name.endswith("EE")]
    return tuple(sorted(found, key=lambda case: [int(part) for part in case.number.split(".")]))


def _case(name: str) -> Case:
    section = next((section for section, (_, pattern, _) in reversed(SECTIONS.items())
                    if re.search(pattern, name)), "?")
    number = int(re.search(r"Test(\d+)EE$", name)[1])
    good = number not in _INVALID_POLICIES if section == "4.8" else not name.startswith("Invalid")
    return Case(f"{section}.{number}", name.removesuffix("EE"), good)


def wanted(numbers: tuple[int, ...]) -> frozenset[str] | None:
    """NIST-test-policy-1 and so on; None for any policy."""
    return frozenset(f"2.16.840.1.101.3.2.1.48.{number}" for number in numbers) or None


@cache
def verdict_on(case: Case, policy: pki.Policy = pki.RFC5280) -> pki.Verdict:
    """Judged with every CA of the suite in one heap beside the leaf, and all CRLs at hand."""
    leaf = certificates()[case.name + "EE"]
    return pki.judge([leaf, *authorities()], roots=[certificates()[ANCHOR]], name=None,
                     policy=policy, crls=crls())
