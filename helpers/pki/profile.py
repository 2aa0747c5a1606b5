"""What a certificate must look like by itself: RFC 5280 section 4 and the CA/B profiles.

`examine` gives one Finding for each rule that is broken. Left out on purpose, because the web
itself does not hold to it or because nothing here could tell: certificatePolicies and
authorityInfoAccess must be in a server's certificate; kinds of names besides hosts and addresses;
key usages that fit an RSA key and not an elliptic curve; whether a name is in the public DNS; a
serial number of zero in a root (six of Mozilla's have it); nameConstraints that are not critical,
which the Baseline Requirements (section 7.1.2.10.8) allow; a common name that is not one of the
subjectAltNames (section 7.1.4.3 binds the CA; a browser does not look at common names).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptography import x509
from cryptography.x509.oid import ExtensionOID as Oid

from helpers.pki.facts import Facts, element, shown
from helpers.pki.job import Finding, Job
from helpers.pki.names import is_host, pattern_problem
from helpers.pki.policy import BROWSER, PATH, PROFILE

Rules = Iterator[tuple[str, str, str]]
"""Book, reason, section of RFC 5280 (or the whole source)."""

_UNDERSTOOD = frozenset({
    Oid.BASIC_CONSTRAINTS, Oid.KEY_USAGE, Oid.EXTENDED_KEY_USAGE, Oid.SUBJECT_ALTERNATIVE_NAME,
    Oid.NAME_CONSTRAINTS, Oid.CERTIFICATE_POLICIES, Oid.POLICY_MAPPINGS, Oid.POLICY_CONSTRAINTS,
    Oid.INHIBIT_ANY_POLICY, Oid.SUBJECT_KEY_IDENTIFIER, Oid.AUTHORITY_KEY_IDENTIFIER,
})
_NEVER_CRITICAL = {  # others that must not be are not understood here, and fail as such
    Oid.AUTHORITY_KEY_IDENTIFIER: ("authorityKeyIdentifier", "4.2.1.1"),
    Oid.SUBJECT_KEY_IDENTIFIER: ("subjectKeyIdentifier", "4.2.1.2"),
}
_ALWAYS_CRITICAL = {
    Oid.POLICY_CONSTRAINTS: ("policyConstraints", "4.2.1.11"),
    Oid.INHIBIT_ANY_POLICY: ("inhibitAnyPolicy", "4.2.1.14"),
}
_BR = "CA/B Baseline Requirements section "
_EMPTY = b"\x30\x00"


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """Every rule that the certificate at `at` breaks."""
    item = path[at]
    is_ca = at > 0
    for rules in (_readable, _fields, _validity, _criticality):
        for book, reason, source in rules(item, is_ca):
            yield _finding(item, book, reason, source)
    if item.malformed:
        return
    if not any(item.serial) and not (is_ca and job.is_anchor(item)):
        yield _finding(item, PROFILE, "its serial number is zero", "4.1.2.2")
    root = is_ca and item.self_issued and job.is_anchor(item)
    more = (_root(item), _usage(item), _contents(item)) if root else \
        (_keys(item, is_ca), _usage(item), _contents(item))
    for rules in more if is_ca else (*more, _leaf(item)):
        for book, reason, source in rules:
            yield _finding(item, book, reason, source)


def _finding(item: Facts, book: str, reason: str, source: str) -> Finding:
    return Finding(book, item, reason, source if source[0].isalpha()
                   else f"RFC 5280 section {source}")


def _readable(item: Facts, is_ca: bool) -> Rules:
    if item.malformed:
        yield PATH, f"its extensions cannot be read: {item.malformed}", "4.2"
    if item.version != 3:
        yield (PROFILE if not item.extensions else PATH,
               f"it is of version {item.version}, and extensions came with version 3", "4.1.2.1")
    for oid, extension in item.extensions.items():
        if extension.critical and oid not in _UNDERSTOOD:
            yield (PATH, f"it has a critical extension that is not understood here: "
                   f"{_extension_name(oid)}", "4.2")


def _extension_name(oid: x509.ObjectIdentifier) -> str:
    from helpers.pki.oids import oid_name

    return shown(oid_name(oid.dotted_string))


def _fields(item: Facts, is_ca: bool) -> Rules:
    serial = item.serial
    if serial[0] & 0x80:
        yield PROFILE, "its serial number is negative", "4.1.2.2"
    elif len(serial.lstrip(b"\0")) > 20:
        yield (PROFILE, f"its serial number is {len(serial)} octets long, and 20 are the most",
               "4.1.2.2")
    if item.inner_algorithm != item.outer_algorithm:
        yield (PATH, "it names one signature algorithm inside what is signed, and another outside",
               "4.1.1.2")
    if item.issuer == _EMPTY:
        yield PROFILE, "its issuer has no name", "4.1.2.4"
    if item.subject == _EMPTY and is_ca:
        yield PROFILE, "it is a CA's certificate, and its subject has no name", "4.1.2.6"
    if item.unique_ids:
        yield PROFILE, "it has a unique identifier, which nobody issues any more", "4.1.2.8"


def _validity(item: Facts, is_ca: bool) -> Rules:
    at = 0
    for label, moment in (("notBefore", item.starts), ("notAfter", item.ends)):
        tag, _, at = element(item.validity, at)
        if tag == 0x18 and moment.year < 2050:
            yield (PROFILE, f"its {label} ({moment.year}) is a GeneralizedTime; until 2049 it is "
                   "a UTCTime", "4.1.2.5")
    if item.ends < item.starts:
        yield PROFILE, "it ends before it begins", "4.1.2.5"


def _criticality(item: Facts, is_ca: bool) -> Rules:
    for oid, extension in item.extensions.items():
        if extension.critical and oid in _NEVER_CRITICAL:
            name, source = _NEVER_CRITICAL[oid]
            yield PROFILE, f"its {name} is critical, and must not be", source
        elif not extension.critical and oid in _ALWAYS_CRITICAL:
            name, source = _ALWAYS_CRITICAL[oid]
            yield PROFILE, f"its {name} is not critical, and must be", source
    purposes = item.extensions.get(Oid.EXTENDED_KEY_USAGE)
    if purposes and purposes.critical:
        yield BROWSER, "its extKeyUsage is critical, and must not be", _BR + "7.1.2.7.6"
    basic = item.extensions.get(Oid.BASIC_CONSTRAINTS)
    if is_ca and basic and not basic.critical:
        yield PROFILE, "its basicConstraints are not critical, and a CA's must be", "4.2.1.9"


def _keys(item: Facts, is_ca: bool) -> Rules:
    found = item.value(Oid.AUTHORITY_KEY_IDENTIFIER)
    if found is None:
        yield PROFILE, "it does not say which key signed it (no authorityKeyIdentifier)", "4.2.1.1"
    elif found.key_identifier is None:
        yield PROFILE, "its authorityKeyIdentifier has no keyIdentifier", "4.2.1.1"
    elif found.authority_cert_issuer is not None or \
            found.authority_cert_serial_number is not None:
        yield (BROWSER, "its authorityKeyIdentifier names an issuer or a serial number",
               _BR + "7.1.2.11.1")
    if is_ca and item.key_id is None:
        yield (PROFILE, "it is a CA's certificate and does not name its key (no "
               "subjectKeyIdentifier)", "4.2.1.2")


def _root(item: Facts) -> Rules:
    found = item.value(Oid.AUTHORITY_KEY_IDENTIFIER)
    source = _BR + "7.1.2.1.3"
    if item.key_id is None:
        yield (PROFILE, "it is a CA's certificate and does not name its key (no "
               "subjectKeyIdentifier)", "4.2.1.2")
    if found is None:
        return
    if found.key_identifier is None:
        yield BROWSER, "its authorityKeyIdentifier has no keyIdentifier", source
    elif item.key_id is not None and found.key_identifier != item.key_id:
        yield (BROWSER, "it is a root, and its authorityKeyIdentifier is not its own "
               "subjectKeyIdentifier", source)
    if found.authority_cert_issuer is not None or found.authority_cert_serial_number is not None:
        yield BROWSER, "its authorityKeyIdentifier names an issuer or a serial number", source


def _usage(item: Facts) -> Rules:
    usage, basic = item.usage, item.basic
    if usage is not None and not _any_bit(usage):
        yield PROFILE, "its keyUsage allows nothing at all", "4.2.1.3"
    if basic is not None and basic.path_length is not None and usage is not None \
            and not usage.key_cert_sign:
        yield PROFILE, "it limits the CAs below it, and may not sign certificates", "4.2.1.9"


def _any_bit(usage: x509.KeyUsage) -> bool:
    return (usage.digital_signature or usage.content_commitment or usage.key_encipherment
            or usage.data_encipherment or usage.key_agreement or usage.key_cert_sign
            or usage.crl_sign)


def _contents(item: Facts) -> Rules:
    if item.alternatives is not None and not item.alternatives:
        yield PROFILE, "its subjectAltName is empty", "4.2.1.6"
    for name in item.alternatives or ():
        if not getattr(name, "value", name):
            yield PROFILE, "its subjectAltName has an empty name", "4.2.1.6"
        if isinstance(name, x509.DNSName) and (problem := pattern_problem(name.value)):
            yield (PROFILE, f"its subjectAltName has {shown(name.value)!r}: {problem}", "4.2.1.6")
    for point in item.value(Oid.CRL_DISTRIBUTION_POINTS) or ():
        if not all(isinstance(name, x509.UniformResourceIdentifier)
                   for name in point.full_name or ()):
            yield (BROWSER, "its cRLDistributionPoints name something else than URIs",
                   _BR + "7.1.2.11.2")
    policies = item.value(Oid.CERTIFICATE_POLICIES)
    if policies is not None:
        listed = [policy.policy_identifier for policy in policies]
        if len(listed) != len(set(listed)):
            yield PROFILE, "its certificatePolicies has one twice", "4.2.1.4"


def _leaf(item: Facts) -> Rules:
    if item.value(Oid.NAME_CONSTRAINTS) is not None:
        yield PROFILE, "it has nameConstraints and is no CA's certificate", "4.2.1.10"
    san = item.extensions.get(Oid.SUBJECT_ALTERNATIVE_NAME)
    if san is None:
        if item.subject == _EMPTY:
            yield PROFILE, "it has neither a subject nor a subjectAltName", "4.1.2.6"
        return
    if item.subject == _EMPTY and not san.critical:
        yield PROFILE, "its subject is empty, so its subjectAltName must be critical", "4.2.1.6"
    if item.subject != _EMPTY and san.critical:
        yield (BROWSER, "its subjectAltName is critical, and its subject is not empty",
               _BR + "7.1.2.7.12")
    for name in item.alternatives:
        if isinstance(name, x509.DNSName) and name.value.startswith("*.") \
                and is_host(name.value[2:]) and "." not in name.value[2:]:
            yield (BROWSER, f"{shown(name.value)} would cover a whole top-level domain",
                   _BR + "3.2.2.6")
