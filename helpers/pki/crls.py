"""What one CRL says of one certificate: RFC 5280 sections 5 and 6.3.3.

A CRL is about the certificates of the CA that it names, or, if it is indirect, of other CAs whose
certificates point to it. It may cover some certificates or some reasons only. Signed may it be by
any key of that CA, as long as somebody in the certificate's own path vouches for the key.

A delta CRL lists what changed since a complete one: it can revoke, and it can release a certificate
that the complete one had put on hold; not to be listed in a delta says nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cryptography import x509
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

from helpers.pki.facts import Facts, normal
from helpers.pki.job import Job
from helpers.pki.policy import BROWSER

GOOD, REVOKED, HELD, RELEASED, OPEN = "good", "revoked", "on hold", "released", "open"
ALL = frozenset(x509.ReasonFlags) - {x509.ReasonFlags.unspecified, x509.ReasonFlags.remove_from_crl}
SIGNERS = 8  # certificates of the CRL's issuer that are tried

_DAY = "%Y-%m-%d"
_KNOWN = (ExtensionOID.ISSUING_DISTRIBUTION_POINT, ExtensionOID.DELTA_CRL_INDICATOR)


class Said(NamedTuple):
    """The state (HELD is revoked, until a delta says RELEASED); a sentence without its subject; the
    reasons that it speaks for; the number of the CRL, and of the one that a delta adds to."""

    state: str
    sentence: str
    reasons: frozenset[x509.ReasonFlags] = ALL
    number: int = 0
    base: int | None = None

    def released_by(self, other: Said) -> bool:
        """Does a newer delta release what is on hold here (section 6.3.3 (i) to (k))?"""
        return self.state == HELD and other.state == RELEASED and other.base is not None \
            and other.base <= self.number < other.number


def ask(crl: x509.CertificateRevocationList, item: Facts, above: Sequence[Facts],
        job: Job, *, by_path_only: bool = False) -> Said | None:
    """What the CRL says of `item`, or None if it is about other CAs'. `above` is the path from the
    issuer of `item` on; with `by_path_only`, only the keys in it may have signed.

    A CRL of its own CA that covers others only leaves open whether `item` is revoked.

    May raise what `cryptography` raises for what it cannot read."""
    name = normal(crl.issuer)
    own = name == above[0].normal_subject
    points = [point for point in item.value(ExtensionOID.CRL_DISTRIBUTION_POINTS) or ()
              if (own if point.crl_issuer is None else
                  name in map(_directory, point.crl_issuer))]
    found = item.value(ExtensionOID.CRL_DISTRIBUTION_POINTS)
    elsewhere = Said(OPEN, "covers other certificates of its") if own else None
    if not points and (found is not None or not own):
        return elsewhere
    extensions = {entry.oid: entry for entry in crl.extensions}
    scope = extensions.get(ExtensionOID.ISSUING_DISTRIBUTION_POINT)
    scope = scope.value if scope else None
    reasons = ALL
    if scope is not None:
        points = [point for point in points or (None,) if _meets(scope, point, item, crl.issuer)]
        if not points or not _covers(scope, item):
            return elsewhere
        reasons = frozenset(scope.only_some_reasons or ALL)
    indirect = scope is not None and scope.indirect_crl
    if not own and not indirect:
        return None
    if points and points[0] is not None:
        reasons &= frozenset().union(*(point.reasons or ALL for point in points))
    if scope is not None and job.policy.counts(BROWSER, about_anchor=False) \
            and (scope.indirect_crl or not _only_uris(scope)):
        return Said(OPEN, "has a scope that the web does not allow (CA/B Baseline Requirements "
                          "section 7.2.2.1)")
    if problem := _unfit(crl, extensions, above, job, by_path_only):
        return Said(OPEN, problem)
    base = extensions.get(ExtensionOID.DELTA_CRL_INDICATOR)
    said = _look_up(crl, item, base is not None, indirect, reasons)
    return said._replace(number=extensions[ExtensionOID.CRL_NUMBER].value.crl_number,
                         base=base.value.crl_number if base else None)


def _directory(name: x509.GeneralName) -> object:
    return normal(name.value) if isinstance(name, x509.DirectoryName) else None


def _only_uris(scope: x509.IssuingDistributionPoint) -> bool:
    return scope.relative_name is None and all(
        isinstance(name, x509.UniformResourceIdentifier) for name in scope.full_name or ())


def _covers(scope: x509.IssuingDistributionPoint, item: Facts) -> bool:
    """Section 6.3.3 (b)(2)(ii) to (iv): are such certificates in it?"""
    is_ca = bool(item.basic and item.basic.ca)
    return not (scope.only_contains_attribute_certs or (scope.only_contains_user_certs and is_ca)
                or (scope.only_contains_ca_certs and not is_ca))


def _meets(scope: x509.IssuingDistributionPoint, point: x509.DistributionPoint | None,
           item: Facts, issuer: x509.Name) -> bool:
    """Section 6.3.3 (b)(2)(i): is it the list that the certificate points to?"""
    listed = _names(scope.full_name, scope.relative_name, issuer)
    if not listed:
        return True
    if point is None:
        return item.normal_issuer in listed
    wanted = _names(point.full_name, point.relative_name, issuer)
    return bool(listed & (wanted or _names(point.crl_issuer, None, issuer)))


def _names(full: Sequence[x509.GeneralName] | None, relative: object, base: x509.Name) -> set:
    if relative is not None:
        return {normal(x509.Name([*base.rdns, relative]))}
    return {_directory(name) or name for name in full or ()}


def _unfit(crl: x509.CertificateRevocationList, extensions: dict, above: Sequence[Facts],
           job: Job, by_path_only: bool) -> str:
    """Why the list cannot be relied on, or ""."""
    for oid, extension in extensions.items():
        if extension.critical and oid not in _KNOWN:
            return f"has a critical extension that is not understood here ({oid.dotted_string})"
    if ExtensionOID.CRL_NUMBER not in extensions:
        return "has no number (RFC 5280 section 5.2.3)"
    if ExtensionOID.AUTHORITY_KEY_IDENTIFIER not in extensions:
        return "does not say which key signed it (RFC 5280 section 5.2.1)"
    if problem := _wrongly_signed(crl, above, job, by_path_only):
        return problem
    if job.time < crl.last_update_utc:
        return f"begins only on {crl.last_update_utc:{_DAY}}"
    if crl.next_update_utc is None:
        return "does not say until when it holds (RFC 5280 section 5.1.2.5)"
    if job.time > crl.next_update_utc:
        return f"held until {crl.next_update_utc:{_DAY}}"
    return ""


def _wrongly_signed(crl: x509.CertificateRevocationList, above: Sequence[Facts],
                    job: Job, by_path_only: bool) -> str:
    """Section 6.3.3 (f) and (g): "" if one of the issuer's keys signed it, and may."""
    problem = "has a signature that does not fit"
    for signer in _signers(crl, above, job, by_path_only):
        if isinstance(signer.key, str) or not _fits(crl, signer.key):
            continue
        if signer.usage is None or signer.usage.crl_sign:
            return ""
        problem = "is signed by a key that may not sign CRLs (no cRLSign)"
    return problem


def _signers(crl: x509.CertificateRevocationList, above: Sequence[Facts],
             job: Job, by_path_only: bool) -> Iterator[Facts]:
    """The CA itself, then its other certificates, if somebody in the path signed them."""
    name, tried = normal(crl.issuer), 0
    for signer in above:
        if signer.normal_subject == name:
            yield signer
    if by_path_only:
        return
    for signer in (*job.others, *job.anchors.values()):
        if signer in above or signer.normal_subject != name:
            continue
        tried += 1
        if tried > SIGNERS:
            return
        if job.is_anchor(signer) or _vouched(signer, above, job):
            yield signer


def _vouched(signer: Facts, above: Sequence[Facts], job: Job) -> bool:
    """Is the signer's certificate in time, signed by somebody of the path, and not revoked?"""
    if not signer.starts <= job.time <= signer.ends:
        return False
    for place, other in enumerate(above):
        if signer.issuer == other.subject and not job.verify(signer, other):
            told = (ask(crl, signer, above[place:], job, by_path_only=True) for crl in job.crls)
            return not any(said is not None and said.state in (REVOKED, HELD) for said in told)
    return False


def _fits(crl: x509.CertificateRevocationList, key: object) -> bool:
    try:
        return crl.is_signature_valid(key)
    except Exception:  # a key of another kind, an algorithm nobody supports: it does not fit
        return False


def _look_up(crl: x509.CertificateRevocationList, item: Facts, delta: bool, indirect: bool,
             reasons: frozenset[x509.ReasonFlags]) -> Said:
    entry = _entry(crl, item, indirect)
    if entry is None:
        if delta:
            return Said(OPEN, "lists only what is new, and not this certificate")
        return Said(GOOD, f"of {crl.last_update_utc:{_DAY}} does not list it", reasons)
    reason = _reason(entry)
    if reason is x509.ReasonFlags.remove_from_crl and delta:
        return Said(RELEASED, "says that it is not on hold any more")
    held = reason is x509.ReasonFlags.certificate_hold
    why = f" ({reason.value})" if reason else ""
    return Said(HELD if held else REVOKED,
                f"says that it was revoked on {entry.revocation_date_utc:{_DAY}}{why}")


def _entry(crl: x509.CertificateRevocationList, item: Facts,
           indirect: bool) -> x509.RevokedCertificate | None:
    if not indirect and item.serial_number >= 0:
        return crl.get_revoked_certificate_by_serial_number(item.serial_number)
    issuer, wanted = normal(crl.issuer), item.normal_issuer
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a serial number is negative we know
        for entry in crl:
            if indirect:
                issuer = _issuer(entry) or issuer  # it stays until another is named (5.3.3)
            if entry.serial_number == item.serial_number and issuer == wanted:
                return entry
    return None


def _issuer(entry: x509.RevokedCertificate) -> object:
    for extension in entry.extensions:
        if extension.oid == CRLEntryExtensionOID.CERTIFICATE_ISSUER:
            return next(filter(None, map(_directory, extension.value)), None)
    return None


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except Exception:  # none there, or none that can be read: revoked it is all the same
        return None
