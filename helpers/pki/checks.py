"""The checks of a chain, one function each: what RFC 5280 section 6 asks of the certificate at
place `at` of a path (0 is the server's own, the last one the root), with what lies below it.

A check yields `Finding`s, each a rule that is broken; it yields nothing if all is well. `CHECKS` is
the checklist in the order in which a chain is judged. The rules about what a certificate looks
like by itself are in `profile`, those about names in `names` and `constraints`, revocation in
`revoked`; which of them count is said by a `policy.Policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from helpers.pki import certificate_policies, constraints, logged, names, profile, revoked, strength
from helpers.pki.facts import Facts, shown
from helpers.pki.job import Finding, Job
from helpers.pki.policy import BROWSER, PATH, PROFILE

Path = Sequence[Facts]
Found = Iterator[Finding]

_PURPOSES = {"server": (ExtendedKeyUsageOID.SERVER_AUTH, "serverAuth"),
             "client": (ExtendedKeyUsageOID.CLIENT_AUTH, "clientAuth")}
_NOT_FOR_SERVERS = {
    ExtendedKeyUsageOID.CODE_SIGNING: "codeSigning",
    ExtendedKeyUsageOID.EMAIL_PROTECTION: "emailProtection",
    ExtendedKeyUsageOID.TIME_STAMPING: "timeStamping",
    ExtendedKeyUsageOID.OCSP_SIGNING: "OCSPSigning",
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE: "anyExtendedKeyUsage",
    ExtendedKeyUsageOID.CERTIFICATE_TRANSPARENCY: "precertificate signing",
}


def signature(path: Path, at: int, job: Job) -> Found:
    if at and (problem := job.verify(path[at - 1], path[at])):
        yield Finding(PATH, path[at - 1], problem, "RFC 5280 section 6.1.3 (a)(1)")


def dates(path: Path, at: int, job: Job) -> Found:
    item = path[at]
    if job.time < item.starts:
        yield Finding(PATH, item, f"it is valid only from {item.starts:%Y-%m-%d %H:%M} on, and "
                      f"it is {job.time:%Y-%m-%d %H:%M} UTC", "RFC 5280 section 6.1.3 (a)(2)")
    elif job.time > item.ends:
        yield Finding(PATH, item, f"it was valid until {item.ends:%Y-%m-%d %H:%M}, and it is "
                      f"{job.time:%Y-%m-%d %H:%M} UTC", "RFC 5280 section 6.1.3 (a)(2)")


def issuer(path: Path, at: int, job: Job) -> Found:
    if not at or path[at - 1].issuer == path[at].subject:
        return
    below, above = path[at - 1], path[at]
    if job.same_name(below, above):
        yield Finding(BROWSER, below, f"its issuer and the subject of {above.label} are the same "
                      "name in other bytes", "CA/B Baseline Requirements section 7.1.4.1")
    else:
        yield Finding(PATH, below, f"it says that {_issuer(below)} issued it, and the certificate "
                      f"above it is about {above.label}", "RFC 5280 section 6.1.3 (a)(4)")


def _issuer(item: Facts) -> str:
    last = list(item.issuer_name)[-1:] if item.issuer_name is not None else []
    return shown(last[0].value) if last else "nobody"


def ca(path: Path, at: int, job: Job) -> Found:
    item = path[at]
    if at == 0:
        if item.basic and item.basic.ca:
            yield Finding(BROWSER, item, "it is a CA's certificate (cA is TRUE), used as a "
                          "server's", "CA/B Baseline Requirements section 7.1.2.7.8")
    elif item.basic is None:
        yield Finding(PATH, item, "it signed a certificate, and has no basicConstraints that make "
                      "it a CA", "RFC 5280 section 6.1.4 (k)")
    elif not item.basic.ca:
        yield Finding(PATH, item, "it signed a certificate, and is no CA: its basicConstraints "
                      "say cA FALSE", "RFC 5280 section 6.1.4 (k)")


def path_length(path: Path, at: int, job: Job) -> Found:
    basic = path[at].basic
    if at == 0 or basic is None or basic.path_length is None:
        return
    below = sum(not item.self_issued for item in path[1:at])
    if below > basic.path_length:
        yield Finding(PATH, path[at], f"it allows {basic.path_length} CA certificates below it "
                      f"(pathLenConstraint), and there are {below}", "RFC 5280 section 6.1.4 (m)")


def key_usage(path: Path, at: int, job: Job) -> Found:
    item, usage = path[at], path[at].usage
    if at == 0:
        if usage is not None and usage.key_cert_sign:
            yield Finding(PROFILE, item, "its key may sign certificates (keyCertSign), which is "
                          "for CAs", "RFC 5280 section 4.2.1.9")
        if usage is not None and usage.crl_sign:
            yield Finding(BROWSER, item, "its key may sign CRLs (cRLSign), which is for CAs",
                          "CA/B Baseline Requirements section 7.1.2.7.11")
        if usage is not None and not (usage.digital_signature or usage.key_encipherment
                                      or usage.key_agreement):
            yield Finding(BROWSER, item, "its key usage allows nothing that a handshake needs",
                          "CA/B Baseline Requirements section 7.1.2.7.11")
    elif usage is None:
        yield Finding(PROFILE, item, "it is a CA's certificate and has no keyUsage",
                      "RFC 5280 section 4.2.1.3")
    elif not usage.key_cert_sign:
        yield Finding(PATH, item, "it signed a certificate, and its key usage does not allow that "
                      "(no keyCertSign)", "RFC 5280 section 6.1.4 (n)")


def eku(path: Path, at: int, job: Job) -> Found:
    item, purposes = path[at], path[at].purposes
    wanted, name = _PURPOSES[job.purpose]
    any_purpose = ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE
    if purposes is None:
        if at == 0 and job.purpose == "server":
            yield Finding(BROWSER, item, "it does not say what its key is for (no extKeyUsage)",
                          "CA/B Baseline Requirements section 7.1.2.7.10")
    elif at and item.self_issued and job.is_anchor(item):
        yield Finding(BROWSER, item, "a root has no extKeyUsage, and this one has",
                      "CA/B Baseline Requirements section 7.1.2.1.2")
    elif wanted not in purposes and any_purpose not in purposes:
        yield Finding(BROWSER if at else PATH, item, f"its extKeyUsage does not have {name}",
                      "CA/B Baseline Requirements section 7.1.2.10.6" if at
                      else "RFC 5280 section 4.2.1.12")
    elif at == 0 and job.purpose == "server" and (others := purposes & _NOT_FOR_SERVERS.keys()):
        others = ", ".join(sorted(_NOT_FOR_SERVERS[other] for other in others))
        yield Finding(BROWSER, item, f"its extKeyUsage has {others}, which a web server's must not",
                      "CA/B Baseline Requirements section 7.1.2.7.10")
    elif at == 0 and wanted not in purposes:
        yield Finding(BROWSER, item, f"it is for any purpose, and not for {name} by name",
                      "CA/B Baseline Requirements section 7.1.2.7.10")


def name_constraints(path: Path, at: int, job: Job) -> Found:
    item = path[at]
    found = item.value(ExtensionOID.NAME_CONSTRAINTS)
    if at == 0 or found is None:
        return
    if constraints.has_distance(item.raw_constraints):
        yield Finding(PATH, item, "a subtree of its name constraints has a minimum or maximum",
                      "RFC 5280 section 4.2.1.10")
        return
    for problem in constraints.problems(found):
        yield Finding(PATH, item, problem, "RFC 5280 section 4.2.1.10")
        return
    try:
        for place, below in enumerate(path[:at]):
            if place and below.self_issued:
                continue
            if why := constraints.refused(found, constraints.names_of(below), job.comparisons):
                yield Finding(PATH, below, f"{why} of {item.label}",
                              "RFC 5280 section 6.1.3 (b) and (c)", item)
                return
    except constraints.TooMany:
        yield Finding(PATH, item, f"more than {constraints.LIMIT:,} comparisons of names with "
                      "constraints: given up", "RFC 5280 section 8")


def name(path: Path, at: int, job: Job) -> Found:
    item = path[at]
    if at:
        return
    if item.alternatives is None:
        if job.wanted is not None:
            yield Finding(PATH, item, "it has no subjectAltName, so it is about no host; a common "
                          "name does not count", "RFC 9525 section 6.3")
        else:
            yield Finding(BROWSER, item, "it has no subjectAltName",
                          "CA/B Baseline Requirements section 7.1.2.7.12")
    elif job.wanted is not None and not names.matches(job.wanted, item.alternatives):
        yield Finding(PATH, item, names.mismatch(job.wanted, item.alternatives),
                      "RFC 9525 section 6")


def lifetime(path: Path, at: int, job: Job) -> Found:
    item = path[at]
    limit = next((days for day, days in job.policy.lifetimes if item.starts >= day), None)
    if at or limit is None:
        return
    if (item.ends - item.starts).total_seconds() + 1 > limit.total_seconds():
        yield Finding(BROWSER, item, f"it lives {round(_days(item), 1):g} days; one that begins on "
                      f"{item.starts:%Y-%m-%d} may live {limit.days}",
                      "CA/B Baseline Requirements section 6.3.2")


def _days(item: Facts) -> float:
    return ((item.ends - item.starts).total_seconds() + 1) / 86400


class Check(NamedTuple):
    """One line of the checklist. `passed` writes the reason of a line that holds; `about` says
    where there is something to examine: at the "leaf", at the "others", or at "all"."""

    slug: str
    title: str
    examine: Callable[[Path, int, Job], Found]
    passed: Callable[[Path, Job], str]
    source: str
    alert: str
    about: str = "all"
    reads_extensions: bool = False

    def looks_at(self, at: int) -> bool:
        return self.about == "all" or (self.about == "leaf") == (at == 0)


def _each(path: Path) -> str:
    return f"all {len(path)} certificates" if len(path) > 1 else "the certificate"


def _pairs(path: Path, job: Job) -> str:
    return f"{len(path) - 1} signatures fit the key of the certificate above" \
        if len(path) > 1 else "the certificate itself is trusted: no signature to check"


def _soonest(path: Path, job: Job) -> str:
    first = min(path, key=lambda item: item.ends)
    return f"valid at {job.time:%Y-%m-%d %H:%M} UTC; {first.label} ends first, on " \
           f"{first.ends:%Y-%m-%d}"


def _lengths(path: Path, job: Job) -> str:
    limits = [item for item in path[1:] if item.basic and item.basic.path_length is not None]
    return "; ".join(f"{item.label} allows {item.basic.path_length} CAs below it"
                     for item in limits) or "no CA limits how many CAs stand below it"


def _fits(path: Path, job: Job) -> str:
    if job.wanted is None:
        return "no name was asked for"
    its = names.listed(path[0].alternatives or ())
    return f"{shown(job.wanted.text)} is one of its names ({its})"


def _lives(path: Path, job: Job) -> str:
    return f"it lives {_days(path[0]):.0f} days"


def _said(text: str) -> Callable[[Path, Job], str]:
    return lambda path, job: f"{text} ({_each(path)})"


_BR = "CA/B Baseline Requirements section "
CHECKS: tuple[Check, ...] = (
    Check("signature", "Each certificate is signed by the key above it", signature, _pairs,
          "RFC 5280 section 6.1.3 (a)(1)", "bad_certificate", "others"),
    Check("dates", "The moment lies within all dates", dates, _soonest,
          "RFC 5280 section 6.1.3 (a)(2)", "certificate_expired"),
    Check("revocation", "None is revoked", revoked.examine, revoked.passed,
          "RFC 5280 section 6.1.3 (a)(3)", "certificate_revoked", "others"),
    Check("issuer", "Each issuer is the subject above it", issuer,
          _said("issuer and subject names meet"), "RFC 5280 section 6.1.3 (a)(4)", "unknown_ca",
          "others"),
    Check("name_constraints", "Every CA keeps to its names", name_constraints,
          _said("no name lies outside what the CAs may speak for"),
          "RFC 5280 section 6.1.3 (b) and (c)", "certificate_unknown", "others", True),
    Check("policies", "The policies of the CAs agree", certificate_policies.examine,
          certificate_policies.passed,
          "RFC 5280 section 6.1.3 (d) to (f)", "certificate_unknown", "others", True),
    Check("ca", "Only CAs sign certificates", ca, _said("CAs are CAs, and the leaf is none"),
          "RFC 5280 section 6.1.4 (k)", "certificate_unknown", reads_extensions=True),
    Check("path_length", "No more CAs below than allowed", path_length, _lengths,
          "RFC 5280 section 6.1.4 (m)", "certificate_unknown", "others", True),
    Check("key_usage", "Each key may do what it did", key_usage,
          _said("the CAs' keys may sign certificates"), "RFC 5280 section 6.1.4 (n)",
          "unsupported_certificate", reads_extensions=True),
    Check("extensions", "Well formed, and nothing critical unknown", profile.examine,
          _said("every critical extension is understood"), "RFC 5280 section 6.1.5 (e) and (f)",
          "bad_certificate"),
    Check("eku", "The key is for TLS", eku, _said("the purpose fits"),
          "RFC 5280 section 4.2.1.12", "unsupported_certificate", reads_extensions=True),
    Check("name", "The certificate is about this name", name, _fits, "RFC 9525 section 6",
          "certificate_unknown", "leaf", True),
    Check("strength", "Algorithms and keys are strong enough", strength.examine, strength.passed,
          _BR + "6.1.5 and 7.1.3", "bad_certificate"),
    Check("lifetime", "It does not live too long", lifetime, _lives, _BR + "6.3.2",
          "certificate_unknown", "leaf"),
    Check("ct", "It is in public logs", logged.examine, logged.passed, "RFC 6962 section 3.3",
          "certificate_unknown"),
)
