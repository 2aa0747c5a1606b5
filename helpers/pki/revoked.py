"""Revocation: what CRLs and OCSP responses that were handed in say of a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.pki.facts import Facts
from helpers.pki.job import Finding, Job


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    return iter(())


def passed(path: Sequence[Facts], job: Job) -> str:
    return "no CRL or OCSP response is at hand"
