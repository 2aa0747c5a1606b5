"""Revocation: what the CRLs and OCSP responses at hand say of each certificate of a path.

Judged is what was handed in (RFC 5280 section 6.3, RFC 6960 section 3.2); nothing is fetched. A
list that says "revoked" counts. One that cannot be relied on (stale, wrongly signed...) and is the
only one about a certificate leaves its state open, and that is a refusal too: who hands lists in
wants to know. Where nothing is at hand, nothing is asked, as browsers do for OCSP in 2026.

Left out: CRLs signed by another than the certificate's own issuer (indirect ones, and those of a
CA's other key), and joining a delta CRL to its base: a delta can revoke here, never clear.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtensionOID

from helpers.pki import responders
from helpers.pki.constraints import normal
from helpers.pki.facts import Facts, element, shown
from helpers.pki.job import Finding, Job
from helpers.pki.policy import PATH

_CRL, _OCSP = "RFC 5280 section 6.3.3", "RFC 6960 section 3.2"
_DAY = "%Y-%m-%d"

GOOD, REVOKED, OPEN = "good", "revoked", "open"
Answer = tuple[str, str, str]
"""State (GOOD, REVOKED or OPEN), one sentence, source."""


def answers(item: Facts, above: Facts, job: Job) -> list[Answer]:
    """What each list and response that is about `item`, issued by `above`, says."""
    found = []
    for question, things, source in ((_of_crl, job.crls, _CRL), (_of_ocsp, job.ocsp, _OCSP)):
        for thing in things:
            try:
                answer = question(thing, item, above, job)
            except Exception as problem:  # parsed late, so anything can turn out unreadable here
                answer = OPEN, f"cannot be read: {shown(problem) or type(problem).__name__}"
            if answer is not None:
                kind = "a CRL" if source == _CRL else "an OCSP response"
                found.append((answer[0], f"{kind} of {above.label} {answer[1]}", source))
    return found


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """The certificate below `at`, for it is its issuer who revokes it."""
    if at == 0 or not (job.crls or job.ocsp):
        return
    item = path[at - 1]
    found = answers(item, path[at], job)
    states = [state for state, _, _ in found]
    wanted = REVOKED if REVOKED in states else OPEN if OPEN in states and GOOD not in states else ""
    for state, sentence, source in found:
        if state == wanted:
            yield Finding(PATH, item, sentence if state == REVOKED else
                          f"whether it is revoked stays open: {sentence}", source)
            return
    if job.policy.must_know and not found:
        yield Finding(PATH, item, f"whether it is revoked stays open: no CRL or OCSP response of "
                      f"{path[at].label} is at hand", _CRL)


def passed(path: Sequence[Facts], job: Job) -> str:
    """What was found out, or that there was nothing to find out from."""
    if not (job.crls or job.ocsp):
        return "no CRL and no OCSP response is at hand, so nothing was asked"
    said = [f"{item.label}: {sentence}" for item, above in pairwise(path)
            for state, sentence, _ in answers(item, above, job) if state == GOOD]
    return "; ".join(said) or "no CRL or OCSP response at hand is about these certificates"


def _of_crl(crl: x509.CertificateRevocationList, item: Facts, above: Facts,
            job: Job) -> tuple[str, str] | None:
    if above.subject_name is None or normal(crl.issuer) != normal(above.subject_name):
        return None
    extensions = {entry.oid: entry for entry in crl.extensions}
    scope = extensions.get(ExtensionOID.ISSUING_DISTRIBUTION_POINT)
    if scope is not None and not _covers(scope.value, item):
        return None
    if problem := _unfit(crl, extensions, above, job):
        return OPEN, problem
    entry = _entry(crl, item.serial_number)
    delta = ExtensionOID.DELTA_CRL_INDICATOR in extensions
    if entry is None:
        if delta:
            return OPEN, "lists only what is new, and not this certificate"
        if scope is not None and scope.value.only_some_reasons is not None:
            return OPEN, "lists only some reasons, and not this certificate"
        return GOOD, f"of {crl.last_update_utc:{_DAY}} does not list it"
    reason = _reason(entry)
    if reason == x509.ReasonFlags.remove_from_crl and delta:
        return OPEN, "says that it is not on hold any more"
    return REVOKED, f"says that it was revoked on {entry.revocation_date_utc:{_DAY}}" + (
        f" ({reason.value})" if reason else "")


def _entry(crl: x509.CertificateRevocationList,
           serial: int) -> x509.RevokedCertificate | None:
    if serial >= 0:
        return crl.get_revoked_certificate_by_serial_number(serial)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is negative we know
        return next((entry for entry in crl if entry.serial_number == serial), None)


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except Exception:  # none there, or none that can be read: revoked it is all the same
        return None


def _unfit(crl: x509.CertificateRevocationList, extensions: dict, above: Facts, job: Job) -> str:
    """Why a CRL cannot be relied on, or "" (RFC 5280 sections 5 and 6.3.3 (f) and (g))."""
    known = (ExtensionOID.ISSUING_DISTRIBUTION_POINT, ExtensionOID.DELTA_CRL_INDICATOR)
    number = extensions.get(ExtensionOID.CRL_NUMBER)
    for oid, extension in extensions.items():
        if extension.critical and oid not in known:
            return f"has a critical extension that is not understood here ({oid.dotted_string})"
    if number is None:
        return "has no number (RFC 5280 section 5.2.3)"
    if ExtensionOID.AUTHORITY_KEY_IDENTIFIER not in extensions:
        return "does not say which key signed it (RFC 5280 section 5.2.1)"
    if above.usage is not None and not above.usage.crl_sign:
        return "is signed by a key that may not sign CRLs (no cRLSign)"
    if isinstance(above.key, str) or not crl.is_signature_valid(above.key):
        return "has a signature that does not fit"
    if job.time < crl.last_update_utc:
        return f"begins only on {crl.last_update_utc:{_DAY}}"
    if crl.next_update_utc is None:
        return "does not say until when it holds (RFC 5280 section 5.1.2.5)"
    if job.time > crl.next_update_utc:
        return f"held until {crl.next_update_utc:{_DAY}}"
    return ""


def _covers(scope: x509.IssuingDistributionPoint, item: Facts) -> bool:
    """Is the certificate in the scope of the CRL (RFC 5280 section 6.3.3 (b)(2))?"""
    is_ca = bool(item.basic and item.basic.ca)
    if scope.only_contains_attribute_certs or (scope.only_contains_user_certs and is_ca) \
            or (scope.only_contains_ca_certs and not is_ca):
        return False
    if scope.full_name is None:
        return True
    points = item.value(ExtensionOID.CRL_DISTRIBUTION_POINTS) or ()
    named = [name for point in points for name in point.full_name or ()]
    return any(name in scope.full_name for name in named)


def _of_ocsp(response: ocsp.OCSPResponse, item: Facts, above: Facts,
             job: Job) -> tuple[str, str] | None:
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    single = next((one for one in response.responses if _about(one, item, above)), None)
    if single is None:
        return None
    if problem := responders.unfit(response, single, above, job):
        return OPEN, problem
    if single.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return GOOD, f"of {single.this_update_utc:{_DAY}} says that it is good"
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        return REVOKED, f"says that it was revoked on {single.revocation_time_utc:{_DAY}}"
    return OPEN, "does not know it"


def _about(single: ocsp.OCSPSingleResponse, item: Facts, above: Facts) -> bool:
    """Does the CertID (RFC 6960 section 4.1.1) mean this certificate of this issuer?"""
    if single.serial_number != item.serial_number:
        return False
    start = element(above.spki, 0)[1]
    _, start, end = element(above.spki, element(above.spki, start)[2])
    key = above.spki[start + 1:end]  # the BIT STRING without its count of unused bits
    return (_hashed(single.hash_algorithm, item.issuer) == single.issuer_name_hash
            and _hashed(single.hash_algorithm, key) == single.issuer_key_hash)


def _hashed(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()
