"""Is the certificate in public logs? Only asked where logs are given: RFC 6962 section 3.3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from helpers.pki.facts import Facts, shown
from helpers.pki.job import Finding, Job
from helpers.pki.policy import BROWSER

_SOURCE = "RFC 6962 section 3.3; Chrome's CT policy"
_SHORT = timedelta(days=180)


def needed(item: Facts, job: Job) -> int:
    """How many logs must have promised this certificate."""
    few, many = job.policy.scts
    return few if item.ends - item.starts <= _SHORT else many


def promised(path: Sequence[Facts], job: Job) -> int:
    """How many of the known logs have promised it with a signature that holds."""
    from helpers.pki import transparency

    above = path[1] if len(path) > 1 else path[0]
    checked = transparency.check_scts(path[0].certificate, above.certificate, job.logs,
                                      time=job.time)
    return len({item.log for item in checked if item.good})


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """Asked of the leaf once its issuer is known, which is part of what the logs signed."""
    if job.logs is None or at != min(1, len(path) - 1):
        return
    leaf = path[0]
    try:
        there = promised(path, job)
    except Exception as problem:  # a stranger's SCT list, read by code that need not bear it
        yield Finding(BROWSER, leaf, f"its SCTs cannot be read: "
                      f"{shown(problem) or type(problem).__name__}", _SOURCE)
        return
    if there < needed(leaf, job):
        yield Finding(BROWSER, leaf, f"{there} of the logs that are known here promised it (SCTs "
                      f"that verify), and {needed(leaf, job)} must have", _SOURCE)


def passed(path: Sequence[Facts], job: Job) -> str:
    if job.logs is None:
        return "no logs were given, so nothing was asked"
    return f"at least {needed(path[0], job)} known logs promised it"
