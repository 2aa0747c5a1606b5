"""Where a judgement is more lenient than `cryptography.x509.verification`, by name."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.pki.facts import Facts
from helpers.pki.job import Job


def named(path: Sequence[Facts], job: Job) -> tuple[str, ...]:
    """One sentence for each leniency that this very path made use of."""
    from helpers.pki.checks import CHECKS

    found = [f"the check {slug} is switched off" for slug in sorted(job.skip)]
    for check in CHECKS:
        for at, item in enumerate(path):
            found += [f"policy {job.policy.name} leaves a rule out: {finding.whose.label}: "
                      f"{finding.reason} ({finding.source})"
                      for finding in check.examine(path, at, job)
                      if not job.policy.counts(finding.book, at > 0 and job.is_anchor(item)
                                               and finding.whose is item)]
    return tuple(dict.fromkeys(found))
