"""Certificate policies: do the CAs of a path agree on one? RFC 5280 section 6.1.3 (d) to (f)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.pki.facts import Facts
from helpers.pki.job import Finding, Job


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    return iter(())
