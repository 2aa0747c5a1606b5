"""Where a judgement is more lenient than `cryptography.x509.verification`, by name.

Two kinds: rules that the policy leaves out and this chain breaks, and the places where the rule
books here follow RFC 5280 and that library, knowingly, does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

from helpers.pki.facts import Facts
from helpers.pki.job import Job

MANY = 20  # candidates; with more of them, its budget of signatures may end before ours

_POLICY_EXTENSIONS = (ExtensionOID.CERTIFICATE_POLICIES, ExtensionOID.POLICY_MAPPINGS,
                      ExtensionOID.POLICY_CONSTRAINTS, ExtensionOID.INHIBIT_ANY_POLICY)


def named(path: Sequence[Facts], job: Job) -> tuple[str, ...]:
    """One sentence for each leniency that this very path makes use of."""
    return tuple(dict.fromkeys([*_switched_off(job), *_left_out(path, job), *_lengths(path, job),
                                *_constraints(path), *_processed(path), *_searched(path, job)]))


def _switched_off(job: Job) -> Iterator[str]:
    for slug in sorted(job.skip):
        yield f"the check {slug!r} is switched off"


def _left_out(path: Sequence[Facts], job: Job) -> Iterator[str]:
    from helpers.pki.checks import CHECKS

    for check in CHECKS:
        for at, item in enumerate(path):
            for finding in check.examine(path, at, job):
                if not job.counts(finding, at, item):
                    yield (f"policy {job.policy.name} does not ask this: {finding.whose.label}: "
                           f"{finding.reason} ({finding.source})")


def _lengths(path: Sequence[Facts], job: Job) -> Iterator[str]:
    for at, item in enumerate(path):
        limit = item.basic.path_length if at and item.basic else None
        counted = sum(not lower.self_issued for lower in path[1:at])
        if limit is not None and counted <= limit < at - 1:
            yield (f"RFC 5280 section 6.1.4 (l) does not count self-issued certificates against "
                   f"the path length of {item.label}; cryptography does")
    if len(path) - 2 > job.max_depth:
        yield "self-issued certificates do not count as depth here; for cryptography they do"


def _constraints(path: Sequence[Facts]) -> Iterator[str]:
    for at, item in enumerate(path):
        found = item.value(ExtensionOID.NAME_CONSTRAINTS)
        trees = [] if found is None else [*(found.permitted_subtrees or ()),
                                          *(found.excluded_subtrees or ())]
        below = {type(name) for place, lower in enumerate(path[:at])
                 if not place or not lower.self_issued for name in lower.alternatives or ()}
        kinds = {type(tree) for tree in trees}
        if x509.DirectoryName in kinds:
            yield (f"the directoryName constraints of {item.label} are checked here; cryptography "
                   "does not process them")
        for kind in kinds & below - _COMPARED:
            yield (f"the name constraints of {item.label} on {kind.__name__} are checked here; "
                   "cryptography refuses those it does not process")
        if x509.DNSName in below and any(isinstance(tree, x509.DNSName) and not tree.value
                                         for tree in trees):
            yield "an empty dNSName constrains all hosts here; cryptography calls it malformed"


def _directories(item: Facts) -> bool:
    found = item.value(ExtensionOID.NAME_CONSTRAINTS)
    return found is not None and any(
        isinstance(tree, x509.DirectoryName)
        for tree in (*(found.permitted_subtrees or ()), *(found.excluded_subtrees or ())))


_COMPARED = {x509.DirectoryName, x509.DNSName, x509.IPAddress, x509.RFC822Name}


def _processed(path: Sequence[Facts]) -> Iterator[str]:
    for item in path:
        if any(item.extensions[oid].critical for oid in _POLICY_EXTENSIONS
               if oid in item.extensions):
            yield (f"the critical policy extensions of {item.label} are processed here (RFC 5280 "
                   "section 6.1); cryptography does not know them")


def _searched(path: Sequence[Facts], job: Job) -> Iterator[str]:
    names = {item.issuer for item in path}
    if any(item.malformed and item.subject in names for item in job.others):
        yield "a candidate that cannot be read is passed over here; cryptography may stop at it"
    if any(_directories(item) for item in (*job.others, *job.anchors.values())
           if item.subject in names and item not in path):
        yield ("a candidate beside the path has directoryName constraints; cryptography gives up "
               "where it meets one")
    if len(job.others) > MANY or job.work.candidates > MANY:
        yield (f"more than {MANY} certificates were on offer; cryptography gives up after 128 "
               "signatures, which it tries in another order")
