"""One judgement in progress: what was asked, and how much work has been done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from cryptography import x509

from helpers.pki.constraints import Counter
from helpers.pki.facts import Facts
from helpers.pki.names import Reference
from helpers.pki.policy import Policy
from helpers.pki.signed import verify

SIGNATURES = 128  # verifications in one judgement


class Finding(NamedTuple):
    """A rule that a certificate breaks: which book it is from, whose fault, and one sentence.
    `by`: the certificate that made the rule, if another one did."""

    book: str
    whose: Facts
    reason: str
    source: str
    by: Facts | None = None


@dataclass
class Work:
    """What a judgement cost: candidates looked at, signatures verified, whole paths compared."""

    candidates: int = 0
    signatures: int = 0
    paths: int = 0


@dataclass
class Job:
    """The question, and the caches that keep the answer cheap."""

    policy: Policy
    time: datetime
    purpose: str
    wanted: Reference | None
    anchors: dict[bytes, Facts]
    max_depth: int = 8
    crls: Sequence[x509.CertificateRevocationList] = ()
    ocsp: Sequence[object] = ()
    logs: object = None
    skip: frozenset[str] = frozenset()
    others: Sequence[Facts] = ()
    work: Work = field(default_factory=Work)
    comparisons: Counter = field(default_factory=Counter)
    _verified: dict[tuple[bytes, bytes], str] = field(default_factory=dict)

    def is_anchor(self, item: Facts) -> bool:
        return item.der in self.anchors

    def counts(self, finding: Finding, at: int, item: Facts) -> bool:
        """Does this finding at `item`, the certificate at place `at`, count by the policy?"""
        about_anchor = at > 0 and (finding.by or finding.whose) is item and self.is_anchor(item)
        return self.policy.counts(finding.book, about_anchor)

    def verify(self, item: Facts, above: Facts) -> str:
        """"" if the key of `above` made the signature of `item`, else one sentence. At most
        SIGNATURES verifications; the same question twice costs nothing."""
        question = item.der, above.spki
        if (known := self._verified.get(question)) is None:
            if self.work.signatures >= SIGNATURES:
                return f"not checked: {SIGNATURES} signatures were enough work"
            self.work.signatures += 1
            known = self._verified[question] = verify(item, above)
        return known

    def same_name(self, item: Facts, above: Facts) -> bool:
        """Is the issuer of `item` the subject of `above`, as RFC 5280 section 7.1 compares?"""
        return item.issuer == above.subject or (
            item.normal_issuer is not None and item.normal_issuer == above.normal_subject)
