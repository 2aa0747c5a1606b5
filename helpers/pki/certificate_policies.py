"""Certificate policies: do the CAs of a path agree on one? RFC 5280 section 6.1.3 (d) to (f).

A policy is a number for the rules under which a CA works. On the web nobody asks for one; a CA can
(policyConstraints). The RFC grows a tree, which a hostile chain can make enormous; here each level
is a graph with one node for each policy, as RFC 9618 has it since: the same answer, little work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import CertificatePoliciesOID, ExtensionOID

from helpers.pki.der import der_fields
from helpers.pki.facts import Facts, shown
from helpers.pki.job import Finding, Job
from helpers.pki.policy import PATH

ANY = CertificatePoliciesOID.ANY_POLICY
LIMIT = 20_000  # nodes of one path

_SOURCE = "RFC 5280 section 6.1.5 (g); RFC 9618"

Oid = x509.ObjectIdentifier


@dataclass
class _Node:
    """A policy at one level: what it may be called below, and where it came from (the policies
    that entered the path under anyPolicy; None stands for any)."""

    expected: set[Oid]
    origins: frozenset[Oid | None]


Level = dict[Oid, _Node]


class _Refused(Exception):
    """Carries the certificate and the sentence."""


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """Asked once, of the whole path, as it is walked from the root down."""
    if at != len(path) - 1 or at == 0 or not job.is_anchor(path[at]):
        return
    rules = job.policy
    if not rules.explicit_policy and not any(
            item.value(ExtensionOID.POLICY_CONSTRAINTS) or item.value(ExtensionOID.POLICY_MAPPINGS)
            for item in path[:-1]):
        return  # then nothing can demand a policy
    try:
        _walk(path[-2::-1], job)
    except _Refused as refusal:
        yield Finding(PATH, *refusal.args, _SOURCE)


def _walk(chain: Sequence[Facts], job: Job) -> None:
    """RFC 5280 sections 6.1.2 to 6.1.5, the parts about policies; `chain` without the root."""
    rules, depth, nodes = job.policy, len(chain), 0
    never = depth + 1
    explicit = 0 if rules.explicit_policy else never
    mapping = 0 if rules.inhibit_mapping else never
    any_policy = 0 if rules.inhibit_any_policy else never
    level: Level = {ANY: _Node({ANY}, frozenset({None}))}
    for number, item in enumerate(chain, 1):
        last = number == depth
        level = _next(level, item, any_policy > 0 or (not last and item.self_issued))
        nodes += len(level)
        if nodes > LIMIT:
            raise _Refused(item, f"more than {LIMIT:,} policies in one path: given up")
        constraints = item.value(ExtensionOID.POLICY_CONSTRAINTS)
        required = constraints.require_explicit_policy if constraints else None
        if last:
            explicit = 0 if required == 0 else max(explicit - 1, 0)
            level = _accepted(level, rules.accepted_policies)
        if not level and explicit == 0:
            raise _Refused(item, "a CA above demands a certificate policy that all agree on, and "
                           "there is none")
        if last:
            return
        level = _mapped(level, item, mapping > 0)
        if not item.self_issued:
            explicit, mapping, any_policy = (max(value - 1, 0)
                                             for value in (explicit, mapping, any_policy))
        if required is not None:
            explicit = min(explicit, required)
        if constraints and constraints.inhibit_policy_mapping is not None:
            mapping = min(mapping, constraints.inhibit_policy_mapping)
        inhibit = item.value(ExtensionOID.INHIBIT_ANY_POLICY)
        if inhibit is not None:
            any_policy = min(any_policy, inhibit.skip_certs)


def _next(level: Level, item: Facts, any_counts: bool) -> Level:
    """Section 6.1.3 (d) and (e): the policies of a certificate that continue those above."""
    found = item.value(ExtensionOID.CERTIFICATE_POLICIES)
    if found is None:
        return {}
    listed = {policy.policy_identifier for policy in found}
    parents: dict[Oid, set[Oid | None]] = {}
    for node in level.values():
        for expected in node.expected:
            parents.setdefault(expected, set()).update(node.origins)
    result: Level = {}
    for policy in listed - {ANY}:
        if policy in parents:
            result[policy] = _Node({policy}, frozenset(parents[policy]))
        elif ANY in level:
            result[policy] = _Node({policy}, frozenset({policy}))
    if ANY in listed and any_counts:
        for policy, origins in parents.items():
            result.setdefault(policy, _Node({policy}, frozenset(origins)))
    return result


def _mapped(level: Level, item: Facts, allowed: bool) -> Level:
    """Section 6.1.4 (a) and (b): what this CA calls differently from the one above."""
    found = item.value(ExtensionOID.POLICY_MAPPINGS)
    if found is None:
        return level
    renamed: dict[Oid, set[Oid]] = {}
    for issuer, subject in _pairs(item, found.value):
        if ANY in (issuer, subject):
            raise _Refused(item, "it maps to or from anyPolicy, which no CA may")
        renamed.setdefault(issuer, set()).add(subject)
    result = dict(level)
    for policy, names in renamed.items():
        if not allowed:
            result.pop(policy, None)
        elif policy in level:
            result[policy] = _Node(names, level[policy].origins)
        elif ANY in level:
            result[policy] = _Node(names, frozenset({policy}))
    return result


def _pairs(item: Facts, data: bytes) -> Iterator[tuple[Oid, Oid]]:
    """The pairs in policyMappings (section 4.2.1.5), which `cryptography` leaves as bytes."""
    try:
        tree = der_fields(data, "der")
        for pair in tree.elements:
            issuer, subject = pair.elements
            yield x509.ObjectIdentifier(issuer.words), x509.ObjectIdentifier(subject.words)
    except ValueError as problem:  # no DER, not two of them, or no object identifiers
        raise _Refused(item, f"its policyMappings cannot be read: {shown(problem)}") from None


def _accepted(level: Level, accepted: frozenset[str] | None) -> Level:
    """Section 6.1.5 (g): the policies that the one who asks would take."""
    if accepted is None or ANY.dotted_string in accepted:
        return level
    return {policy: node for policy, node in level.items()
            if any(origin is None or origin.dotted_string in accepted for origin in node.origins)}


def passed(path: Sequence[Facts], job: Job) -> str:
    if job.policy.explicit_policy:
        return "all CAs agree on a certificate policy that is accepted here"
    return "no CA demands a certificate policy that is missing"
